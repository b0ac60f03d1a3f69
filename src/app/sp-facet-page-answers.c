/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetPage: the answers that are given, by a row or typed. */
#include "sp-facet-page-private.h"

#include "sp-filter.h"

#include <glib/gi18n.h>

/* ── By a row ── */

/**
 * sp_facet_page_show_problem:
 * @self: a page
 * @problem: (nullable): a sentence
 *
 * Says what is wrong with what was typed, or nothing.
 */
void
sp_facet_page_show_problem (SpFacetPage *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
take_suggestion (SpFacetPage *self, const SpSuggestion *suggestion)
{
  g_autoptr (SpQuery) query = sp_query_copy (sp_browser_get_query (self->browser));

  if (suggestion->kind == SP_SUGGESTION_AREA)
    sp_query_set_area (query, suggestion->value, suggestion->label);
  else
    sp_query_set_near (query, suggestion->label, suggestion->latitude, suggestion->longitude);
  sp_browser_set_query (self->browser, query);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (suggestion->kind == SP_SUGGESTION_AREA)
    sp_facet_page_emit_answered (self);
}

static void
toggle (SpFacetPage *self, const SpFacetOption *option)
{
  SpQuery *query = sp_browser_get_query (self->browser);
  gboolean chosen = sp_filter_is_set (query, option->filter, option->value);
  g_autoptr (SpQuery) changed = chosen ? sp_filter_without (query, option->filter, option->value)
                                       : sp_filter_with (query, option->filter, option->value, NULL);

  if (changed != NULL)
    sp_browser_set_query (self->browser, changed);
  if (!chosen && sp_filter_get_mode (option->filter) == SP_FILTER_ONE)
    sp_facet_page_emit_answered (self);
}

static void
row_activated_cb (SpFacetPage *self, GtkListBoxRow *row)
{
  const SpFacetOption *option = g_object_get_data (G_OBJECT (row), "sp-option");
  const SpSuggestion *suggestion = g_object_get_data (G_OBJECT (row), "sp-suggestion");

  if (suggestion != NULL)
    take_suggestion (self, suggestion);
  else if (option != NULL)
    toggle (self, option);
}

static void
entry_activated_cb (SpFacetPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpQuery) query = sp_filter_with (sp_browser_get_query (self->browser), self->facet->filter,
                                              gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);

  sp_facet_page_show_problem (self, error != NULL ? error->message : NULL);
  if (query == NULL)
    return;
  sp_browser_set_query (self->browser, query);
  sp_facet_page_emit_answered (self);
}

/* ── What is typed ── */

static void
suggested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFacetPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = sp_suggest_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->suggesting);
  sp_facet_page_show_problem (self, error != NULL ? error->message
                : suggestions->len == 0 && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? _("No such place is known") : NULL);
  sp_facet_page_clear_rows (self); /* before what they stand for */
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = g_steal_pointer (&suggestions);
  sp_facet_page_fill (self);
}

/**
 * sp_facet_page_suggest:
 * @self: a page
 *
 * Looks for places, or areas, that what is typed may mean.
 */
void
sp_facet_page_suggest (SpFacetPage *self)
{
  guint kind = self->facet->entry == SP_FACET_ENTRY_AREA ? SP_SUGGESTION_AREA : SP_SUGGESTION_PLACE;

  sp_facet_page_stop (&self->suggesting);
  self->suggesting = g_cancellable_new ();
  sp_suggest_async (sp_browser_get_store (self->browser), gtk_editable_get_text (GTK_EDITABLE (self->search)), 1u << kind,
                    self->suggesting, suggested_cb, g_object_ref (self));
}

static void
search_changed_cb (SpFacetPage *self)
{
  if (self->facet == NULL)
    return;
  if (self->facet->entry == SP_FACET_ENTRY_SEARCH)
    gtk_list_box_invalidate_filter (self->list);
  else
    sp_facet_page_suggest (self);
}

static void
search_activated_cb (SpFacetPage *self)
{
  SpFacetRow *row;

  sp_facet_page_add_all (self);
  row = sp_facet_rows_find_first (self->rows);
  if (row != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    row_activated_cb (self, GTK_LIST_BOX_ROW (row));
}

/* What is typed is looked for in the answers below: Down goes to them. */
static gboolean
key_cb (SpFacetPage *self, guint key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  return sp_facet_rows_focus (self->rows);
}

static void
lead_down (SpFacetPage *self, GtkWidget *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
}

/**
 * sp_facet_page_init_answers:
 * @self: a page with its template
 *
 * Readies what answers are given by.
 */
void
sp_facet_page_init_answers (SpFacetPage *self)
{
  lead_down (self, GTK_WIDGET (self->search));
  lead_down (self, GTK_WIDGET (self->entry));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
}
