/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetPage: a chooser: one question with its answers, each with how many entries it would leave. Answers are ticked
 * and unticked in place; some can be typed. */
#include "sp-facet-page.h"

#include "sp-count-words.h"
#include "sp-facet-counts.h"
#include "sp-facet-row.h"
#include "sp-filter.h"
#include "sp-suggest.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define QUIET_MS 100 /* after an answer, before anything is counted anew: the map comes first */
#define AT_ONCE 20   /* rows: more than are in sight; the others come when there is nothing else to do */

struct _SpFacetPage
{
  GtkWidget parent_instance;

  SpBrowser     *browser;     /* owned, nullable */
  GSettings     *settings;    /* owned, nullable */
  const SpFacet *facet;       /* nullable */
  GPtrArray     *options;     /* owned; SpFacetOption */
  GPtrArray     *rows;        /* SpFacetRow, owned by the list; while @adding, of the first options */
  guint          adding;      /* source, or 0 */
  GPtrArray     *suggestions; /* owned, nullable; SpSuggestion, each a row above the options */
  GCancellable  *counting;    /* owned, nullable */
  guint          quiet;       /* source, or 0: about to count */
  GCancellable  *suggesting;  /* owned, nullable */

  /* of the template */
  GtkWidget      *box;
  GtkSearchEntry *search;
  GtkEntry       *entry;
  GtkLabel       *problem;
  GtkWidget      *scroller;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (SpFacetPage, sp_facet_page, GTK_TYPE_WIDGET)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static gboolean
in_miles (SpFacetPage *self)
{
  g_autofree char *units = g_settings_get_string (self->settings, "units");

  return g_str_equal (units, "miles");
}

static void add_all (SpFacetPage *self);

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
  add_all (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SpFacetCount *count = counts != NULL && i < counts->len ? &g_array_index (counts, SpFacetCount, i) : NULL;
      g_autofree char *words = count != NULL ? sp_count_words (count->count, count->exact) : g_strdup ("");

      sp_facet_row_set_count (g_ptr_array_index (self->rows, i), words);
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

static void
stop_counting (SpFacetPage *self)
{
  g_clear_handle_id (&self->quiet, g_source_remove);
  stop (&self->counting);
}

static void
count (SpFacetPage *self)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);

  stop_counting (self);
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
  count (self);
  return G_SOURCE_REMOVE;
}

/* What was found has changed. */
static void
count_again (SpFacetPage *self)
{
  stop_counting (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->quiet = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/* ── Rows ── */

static void
show_chosen (SpFacetPage *self)
{
  SpQuery *query = sp_browser_get_query (self->browser);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SpFacetOption *option = g_ptr_array_index (self->options, i);
      sp_facet_row_set_chosen (g_ptr_array_index (self->rows, i), sp_filter_is_set (query, option->filter, option->value));
    }
}

static void
clear_rows (SpFacetPage *self)
{
  GtkWidget *row;

  g_clear_handle_id (&self->adding, g_source_remove);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_suggestions (SpFacetPage *self)
{
  for (guint i = 0; self->suggestions != NULL && i < self->suggestions->len; i++)
    {
      const SpSuggestion *suggestion = g_ptr_array_index (self->suggestions, i);
      GtkWidget *row = sp_facet_row_new (suggestion->label);

      g_object_set_data (G_OBJECT (row), "sp-suggestion", (gpointer) suggestion);
      gtk_list_box_append (self->list, row);
    }
}

static void
add_options (SpFacetPage *self, guint most)
{
  const guint first = self->rows->len;

  for (guint i = first; i < self->options->len && i - first < most; i++)
    {
      const SpFacetOption *option = g_ptr_array_index (self->options, i);
      GtkWidget *row = sp_facet_row_new (option->label);

      g_object_set_data (G_OBJECT (row), "sp-option", (gpointer) option);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
  show_chosen (self);
}

static gboolean
add_more_cb (gpointer data)
{
  SpFacetPage *self = data;

  add_options (self, AT_ONCE);
  if (self->rows->len < self->options->len)
    return G_SOURCE_CONTINUE;
  self->adding = 0;
  return G_SOURCE_REMOVE;
}

/* Whoever needs them all does not wait. */
static void
add_all (SpFacetPage *self)
{
  g_clear_handle_id (&self->adding, g_source_remove);
  if (self->rows->len < self->options->len)
    add_options (self, G_MAXUINT);
}

static void
fill (SpFacetPage *self)
{
  clear_rows (self);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  self->options = sp_facet_list_options (self->facet, sp_browser_get_query (self->browser), in_miles (self));
  add_suggestions (self);
  add_options (self, AT_ONCE);
  if (self->rows->len < self->options->len)
    self->adding = g_idle_add (add_more_cb, self);
  gtk_widget_set_visible (self->scroller, gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
  count (self);
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

/* ── Answers ── */

static void
show_problem (SpFacetPage *self, const char *problem)
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
    g_signal_emit (self, signals[ANSWERED], 0);
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
    g_signal_emit (self, signals[ANSWERED], 0);
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

  show_problem (self, error != NULL ? error->message : NULL);
  if (query == NULL)
    return;
  sp_browser_set_query (self->browser, query);
  g_signal_emit (self, signals[ANSWERED], 0);
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
  show_problem (self, error != NULL ? error->message
                : suggestions->len == 0 && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? _("No such place is known") : NULL);
  clear_rows (self); /* before what they stand for */
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = g_steal_pointer (&suggestions);
  fill (self);
}

static void
suggest (SpFacetPage *self)
{
  guint kind = self->facet->entry == SP_FACET_ENTRY_AREA ? SP_SUGGESTION_AREA : SP_SUGGESTION_PLACE;

  stop (&self->suggesting);
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
    suggest (self);
}

static void
search_activated_cb (SpFacetPage *self)
{
  GtkWidget *row;

  add_all (self);
  row = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  while (row != NULL && (!GTK_IS_LIST_BOX_ROW (row) || !gtk_widget_get_child_visible (row)))
    row = gtk_widget_get_next_sibling (row);
  if (row != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    row_activated_cb (self, GTK_LIST_BOX_ROW (row));
}

/* ── Following the browser ── */

static void
query_changed_cb (SpFacetPage *self)
{
  if (self->facet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->facet->entry == SP_FACET_ENTRY_PLACE && (self->rows->len > 0) != (sp_query_get_filters (sp_browser_get_query (self->browser))->near != NULL))
    fill (self); /* distances come and go with the place */
  else
    show_chosen (self);
}

static void
sp_facet_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sp_facet_page_parent_class)->map (widget);
  count (SP_FACET_PAGE (widget));
}

static void
sp_facet_page_unmap (GtkWidget *widget)
{
  stop_counting (SP_FACET_PAGE (widget));
  GTK_WIDGET_CLASS (sp_facet_page_parent_class)->unmap (widget);
}

static gboolean
sp_facet_page_grab_focus (GtkWidget *widget)
{
  SpFacetPage *self = SP_FACET_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
sp_facet_page_dispose (GObject *object)
{
  SpFacetPage *self = SP_FACET_PAGE (object);

  stop_counting (self);
  stop (&self->suggesting);
  g_clear_handle_id (&self->adding, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->browser);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (sp_facet_page_parent_class)->dispose (object);
}

static void
sp_facet_page_finalize (GObject *object)
{
  SpFacetPage *self = SP_FACET_PAGE (object);

  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  G_OBJECT_CLASS (sp_facet_page_parent_class)->finalize (object);
}

static void
sp_facet_page_class_init (SpFacetPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sp_facet_page_dispose;
  object_class->finalize = sp_facet_page_finalize;
  widget_class->map = sp_facet_page_map;
  widget_class->unmap = sp_facet_page_unmap;
  widget_class->grab_focus = sp_facet_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-facet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, box);
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, search);
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, entry);
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, SpFacetPage, list);

  /**
   * SpFacetPage::answered:
   * @self: the page
   *
   * The one answer that there can be was given.
   */
  signals[ANSWERED] = g_signal_new ("answered", SP_TYPE_FACET_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* What is typed is looked for in the answers below: Down goes to them. */
static gboolean
key_cb (SpFacetPage *self, guint key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
lead_down (SpFacetPage *self, GtkWidget *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
}

static void
sp_facet_page_init (SpFacetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->options = g_ptr_array_new ();
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  lead_down (self, GTK_WIDGET (self->search));
  lead_down (self, GTK_WIDGET (self->entry));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
}

/**
 * sp_facet_page_set_browser:
 * @self: a page that has none yet
 * @browser: whose query it changes
 * @settings: the program's; the page goes by its `units`
 */
void
sp_facet_page_set_browser (SpFacetPage *self, SpBrowser *browser, GSettings *settings)
{
  g_return_if_fail (SP_IS_FACET_PAGE (self) && self->browser == NULL);
  self->browser = g_object_ref (browser);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (browser, "notify::query", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_browser_get_finder (browser), "ended", G_CALLBACK (count_again), self, G_CONNECT_SWAPPED);
}

/**
 * sp_facet_page_set_facet:
 * @self: a page with a browser
 * @facet: what it asks now
 */
void
sp_facet_page_set_facet (SpFacetPage *self, const SpFacet *facet)
{
  gboolean searches = facet->entry == SP_FACET_ENTRY_SEARCH || facet->entry == SP_FACET_ENTRY_PLACE || facet->entry == SP_FACET_ENTRY_AREA;
  const char *hint = facet->hint != NULL ? _(facet->hint) : "";

  self->facet = facet;
  stop (&self->suggesting);
  clear_rows (self);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search), searches);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), facet->entry == SP_FACET_ENTRY_VALUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_object_set (self->search, "placeholder-text", hint, NULL);
  gtk_entry_set_placeholder_text (self->entry, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _(facet->title), -1);
  fill (self);
  if (facet->entry == SP_FACET_ENTRY_AREA)
    suggest (self); /* all of them, before anything is typed */
}

/**
 * sp_facet_page_get_facet:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it asks
 */
const SpFacet *sp_facet_page_get_facet (SpFacetPage *self) { return self->facet; }
