/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetPage: a chooser: one question with its answers, each with how many entries it would leave. Answers are ticked
 * and unticked in place; some can be typed. */
#include "sp-facet-page-private.h"

#include <glib/gi18n.h>

#define MOST_SEEN 12 /* rows that may be seen without scrolling */

G_DEFINE_FINAL_TYPE (SpFacetPage, sp_facet_page, GTK_TYPE_WIDGET)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * sp_facet_page_stop:
 * @cancellable: (inout) (nullable): what stops some work; becomes %NULL
 *
 * Stops it, if it is under way.
 */
void
sp_facet_page_stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/**
 * sp_facet_page_emit_answered:
 * @self: a page
 *
 * Says that the one answer that there can be was given.
 */
void
sp_facet_page_emit_answered (SpFacetPage *self)
{
  g_signal_emit (self, signals[ANSWERED], 0);
}

/* ── Following the browser ── */

static void
query_changed_cb (SpFacetPage *self)
{
  if (self->facet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->facet->entry == SP_FACET_ENTRY_PLACE && (sp_facet_page_count_added (self) > 0) != (sp_query_get_filters (sp_browser_get_query (self->browser))->near != NULL))
    sp_facet_page_fill (self); /* distances come and go with the place */
  else
    sp_facet_page_show_chosen (self);
}

static void
sp_facet_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sp_facet_page_parent_class)->map (widget);
  sp_facet_page_count (SP_FACET_PAGE (widget));
}

static void
sp_facet_page_unmap (GtkWidget *widget)
{
  sp_facet_page_stop_counting (SP_FACET_PAGE (widget));
  GTK_WIDGET_CLASS (sp_facet_page_parent_class)->unmap (widget);
}

static gboolean
sp_facet_page_grab_focus (GtkWidget *widget)
{
  SpFacetPage *self = SP_FACET_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return sp_facet_rows_focus (self->rows);
}

/* How much higher a list that one sees as a whole is in @width than if no answer were wrapped. A long one is scrolled in any
 * case, and where there is room for all answers none is wrapped: to measure either takes its time. */
static int
measure_wrapping (SpFacetPage *self, int width)
{
  int most = gtk_scrolled_window_get_max_content_height (GTK_SCROLLED_WINDOW (self->scroller)), least, wanted, unwrapped, wrapped;

  if (sp_facet_rows_count (self->rows) > MOST_SEEN)
    return 0;
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  if (width <= least || width >= wanted)
    return 0;
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, -1, NULL, &unwrapped, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, width, NULL, &wrapped, NULL, NULL);
  return MAX (MIN (wrapped, most) - MIN (unwrapped, most), 0);
}

/* What is scrolled is measured as if no answer were ever wrapped. */
static void
sp_facet_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  SpFacetPage *self = SP_FACET_PAGE (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && gtk_widget_get_visible (self->scroller))
    *natural += measure_wrapping (self, for_size);
}

static GtkSizeRequestMode
sp_facet_page_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sp_facet_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (SP_FACET_PAGE (widget)->box, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
sp_facet_page_dispose (GObject *object)
{
  SpFacetPage *self = SP_FACET_PAGE (object);

  sp_facet_page_stop_counting (self);
  sp_facet_page_stop (&self->suggesting);
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
  g_clear_pointer (&self->rows, sp_facet_rows_free);
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
  widget_class->get_request_mode = sp_facet_page_get_request_mode;
  widget_class->measure = sp_facet_page_measure;
  widget_class->size_allocate = sp_facet_page_size_allocate;
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

static void
sp_facet_page_init (SpFacetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sp_facet_page_init_rows (self);
  sp_facet_page_init_answers (self);
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
  g_signal_connect_object (sp_browser_get_finder (browser), "ended", G_CALLBACK (sp_facet_page_count_again), self, G_CONNECT_SWAPPED);
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
  sp_facet_page_stop (&self->suggesting);
  sp_facet_page_clear_rows (self);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  sp_facet_page_show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search), searches);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), facet->entry == SP_FACET_ENTRY_VALUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_object_set (self->search, "placeholder-text", hint, NULL);
  gtk_entry_set_placeholder_text (self->entry, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _(facet->title), -1);
  sp_facet_page_fill (self);
  if (facet->entry == SP_FACET_ENTRY_AREA)
    sp_facet_page_suggest (self); /* all of them, before anything is typed */
}

/**
 * sp_facet_page_get_facet:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it asks
 */
const SpFacet *sp_facet_page_get_facet (SpFacetPage *self) { return self->facet; }
