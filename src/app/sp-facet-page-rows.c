/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetPage: the rows of its answers, and how many entries each would leave. */
#include "sp-facet-page-private.h"

#include "sp-count-words.h"
#include "sp-facet-counts.h"
#include "sp-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#define QUIET_MS 100 /* after an answer, before anything is counted anew: the map comes first */
#define AT_ONCE 20   /* rows: more than are in sight; the others come when there is nothing else to do */

static gboolean
in_miles (SpFacetPage *self)
{
  g_autofree char *units = g_settings_get_string (self->settings, "units");

  return g_str_equal (units, "miles");
}

static guint
count_suggestions (SpFacetPage *self)
{
  return self->suggestions != NULL ? self->suggestions->len : 0;
}

/**
 * sp_facet_page_count_added:
 * @self: a page
 *
 * Rows of options come by and by.
 *
 * Returns: how many options have a row by now
 */
guint
sp_facet_page_count_added (SpFacetPage *self)
{
  return sp_facet_rows_count (self->rows) - MIN (count_suggestions (self), sp_facet_rows_count (self->rows));
}

static SpFacetRow *
get_row (SpFacetPage *self, guint option)
{
  return sp_facet_rows_get (self->rows, count_suggestions (self) + option);
}

/* ── Counts ── */

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFacetPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = sp_facet_counts_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->counting);
  sp_facet_page_add_all (self);
  for (guint i = 0; i < sp_facet_page_count_added (self); i++)
    {
      const SpFacetCount *count = counts != NULL && i < counts->len ? &g_array_index (counts, SpFacetCount, i) : NULL;
      g_autofree char *words = count != NULL ? sp_count_words (count->count, count->exact) : g_strdup ("");

      sp_facet_row_set_count (get_row (self, i), words);
    }
}

/* The query as it was looked up, if it was: only then it is known where its place is. */
static SpQuery *
get_base (SpFacetPage *self)
{
  SpFinder *finder = sp_browser_get_finder (self->browser);
  SpQuery *found = sp_finder_get_query (finder);

  return found != NULL ? found : sp_browser_get_query (self->browser);
}

/**
 * sp_facet_page_stop_counting:
 * @self: a page
 *
 * Stops what counts, or is about to.
 */
void
sp_facet_page_stop_counting (SpFacetPage *self)
{
  g_clear_handle_id (&self->quiet, g_source_remove);
  sp_facet_page_stop (&self->counting);
}

/**
 * sp_facet_page_count:
 * @self: a page
 *
 * Counts what each answer would leave, if anybody sees it.
 */
void
sp_facet_page_count (SpFacetPage *self)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);

  sp_facet_page_stop_counting (self);
  if (self->facet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || sp_finder_is_running (sp_browser_get_finder (self->browser)))
    return;
  for (guint i = 0; i < self->options->len; i++)
    {
      const SpFacetOption *option = g_ptr_array_index (self->options, i);
      g_ptr_array_add (queries, sp_filter_with_only (get_base (self), option->filter, option->value));
    }
  if (queries->len == 0)
    return;
  self->counting = g_cancellable_new ();
  sp_facet_counts_async (sp_browser_get_store (self->browser), queries, self->counting, counted_cb, g_object_ref (self));
}

static gboolean
quiet_cb (gpointer data)
{
  SpFacetPage *self = data;

  self->quiet = 0;
  sp_facet_page_count (self);
  return G_SOURCE_REMOVE;
}

/**
 * sp_facet_page_count_again:
 * @self: a page
 *
 * What was found has changed: counts anew in a moment.
 */
void
sp_facet_page_count_again (SpFacetPage *self)
{
  sp_facet_page_stop_counting (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->quiet = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/* ── Rows ── */

/**
 * sp_facet_page_show_chosen:
 * @self: a page
 *
 * Ticks the answers that the query has.
 */
void
sp_facet_page_show_chosen (SpFacetPage *self)
{
  SpQuery *query = sp_browser_get_query (self->browser);

  for (guint i = 0; i < sp_facet_page_count_added (self); i++)
    {
      const SpFacetOption *option = g_ptr_array_index (self->options, i);
      sp_facet_row_set_chosen (get_row (self, i), sp_filter_is_set (query, option->filter, option->value));
    }
}

/* What a row stands for: an option, a suggestion, or nothing. */
static void
set_answer (SpFacetRow *row, const SpFacetOption *option, const SpSuggestion *suggestion)
{
  g_object_set_data (G_OBJECT (row), "sp-option", (gpointer) option);
  g_object_set_data (G_OBJECT (row), "sp-suggestion", (gpointer) suggestion);
}

/**
 * sp_facet_page_clear_rows:
 * @self: a page
 *
 * Takes all rows out of use. What they stand for may go afterwards.
 */
void
sp_facet_page_clear_rows (SpFacetPage *self)
{
  g_clear_handle_id (&self->adding, g_source_remove);
  for (guint i = 0; i < sp_facet_rows_count (self->rows); i++)
    set_answer (sp_facet_rows_get (self->rows, i), NULL, NULL);
  sp_facet_rows_clear (self->rows);
}

static void
add_suggestions (SpFacetPage *self)
{
  for (guint i = 0; i < count_suggestions (self); i++)
    {
      const SpSuggestion *suggestion = g_ptr_array_index (self->suggestions, i);

      set_answer (sp_facet_rows_add (self->rows, suggestion->label), NULL, suggestion);
    }
}

static void
add_options (SpFacetPage *self, guint most)
{
  const guint first = sp_facet_page_count_added (self);

  for (guint i = first; i < self->options->len && i - first < most; i++)
    {
      const SpFacetOption *option = g_ptr_array_index (self->options, i);

      set_answer (sp_facet_rows_add (self->rows, option->label), option, NULL);
    }
  sp_facet_rows_show (self->rows);
  sp_facet_page_show_chosen (self);
}

static gboolean
add_more_cb (gpointer data)
{
  SpFacetPage *self = data;

  add_options (self, AT_ONCE);
  if (sp_facet_page_count_added (self) < self->options->len)
    return G_SOURCE_CONTINUE;
  self->adding = 0;
  return G_SOURCE_REMOVE;
}

/**
 * sp_facet_page_add_all:
 * @self: a page
 *
 * Makes the rows that are still missing: whoever needs them all does not wait.
 */
void
sp_facet_page_add_all (SpFacetPage *self)
{
  g_clear_handle_id (&self->adding, g_source_remove);
  if (sp_facet_page_count_added (self) < self->options->len)
    add_options (self, G_MAXUINT);
}

/**
 * sp_facet_page_fill:
 * @self: a page
 *
 * Begins anew with the answers that its question has now.
 */
void
sp_facet_page_fill (SpFacetPage *self)
{
  sp_facet_page_clear_rows (self);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  self->options = sp_facet_list_options (self->facet, sp_browser_get_query (self->browser), in_miles (self));
  add_suggestions (self);
  add_options (self, AT_ONCE);
  if (sp_facet_page_count_added (self) < self->options->len)
    self->adding = g_idle_add (add_more_cb, self);
  gtk_widget_set_visible (self->scroller, sp_facet_rows_count (self->rows) > 0);
  sp_facet_page_count (self);
}

static const char *
get_section (GtkListBoxRow *row)
{
  const SpFacetOption *option = row != NULL ? g_object_get_data (G_OBJECT (row), "sp-option") : NULL;

  return option != NULL ? option->section : NULL;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *section = get_section (row);
  GtkWidget *label;

  if (section == NULL || g_strcmp0 (section, get_section (before)) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_(section));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "facet-section");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  SpFacetPage *self = data;
  const SpFacetOption *option = g_object_get_data (G_OBJECT (row), "sp-option");
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return option == NULL || self->facet == NULL || self->facet->entry != SP_FACET_ENTRY_SEARCH || *typed == '\0'
         || g_str_match_string (typed, option->label, TRUE);
}

/**
 * sp_facet_page_init_rows:
 * @self: a page with its template
 *
 * Readies the list of answers.
 */
void
sp_facet_page_init_rows (SpFacetPage *self)
{
  self->rows = sp_facet_rows_new (self->list);
  self->options = g_ptr_array_new ();
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}
