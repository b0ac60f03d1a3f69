/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFilterChooser: the popover that adds a filter: first all questions, then the answers to one of them. */
#include "sp-filter-chooser.h"

#include "sp-facet-page.h"
#include "sp-facet-row.h"
#include "sp-narrow-bin.h"

#include <glib/gi18n.h>

#define AROUND 60 /* pixels of a popover around what is in it: padding, lines, shadow */

struct _SpFilterChooser
{
  GtkPopover parent_instance;

  SpBrowser *browser; /* owned, nullable */

  /* of the template */
  SpNarrowBin *bin;
  GtkStack    *stack;
  GtkListBox  *menu;
  GtkWidget   *back;
  GtkLabel    *title;
  SpFacetPage *page;
};

G_DEFINE_FINAL_TYPE (SpFilterChooser, sp_filter_chooser, GTK_TYPE_POPOVER)

static void
mark_menu (SpFilterChooser *self)
{
  SpQuery *query = sp_browser_get_query (self->browser);

  for (int i = 0; sp_facet_get ((guint) i) != NULL; i++)
    sp_facet_row_set_chosen (SP_FACET_ROW (gtk_list_box_get_row_at_index (self->menu, i)),
                             sp_facet_count_set (sp_facet_get ((guint) i), query) > 0);
}

static void
show_menu (SpFilterChooser *self)
{
  gtk_stack_set_visible_child_name (self->stack, "menu");
}

static void
show_page (SpFilterChooser *self, const SpFacet *facet)
{
  gtk_label_set_label (self->title, _(facet->title));
  sp_facet_page_set_facet (self->page, facet);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void
row_activated_cb (SpFilterChooser *self, GtkListBoxRow *row)
{
  show_page (self, sp_facet_get ((guint) gtk_list_box_row_get_index (row)));
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

static void
back_cb (SpFilterChooser *self)
{
  show_menu (self);
  gtk_widget_child_focus (GTK_WIDGET (self->menu), GTK_DIR_TAB_FORWARD);
}

/* No wider than its window: on a telephone long answers wrap, which a popover would not let them of itself. */
static void
sp_filter_chooser_show (GtkWidget *widget)
{
  SpFilterChooser *self = SP_FILTER_CHOOSER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  sp_narrow_bin_set_most (self->bin, root != NULL ? MAX (gtk_widget_get_width (GTK_WIDGET (root)) - AROUND, 0) : -1);
  GTK_WIDGET_CLASS (sp_filter_chooser_parent_class)->show (widget);
}

static void
sp_filter_chooser_dispose (GObject *object)
{
  g_clear_object (&SP_FILTER_CHOOSER (object)->browser);
  G_OBJECT_CLASS (sp_filter_chooser_parent_class)->dispose (object);
}

static void
sp_filter_chooser_class_init (SpFilterChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_filter_chooser_dispose;
  widget_class->show = sp_filter_chooser_show;
  g_type_ensure (SP_TYPE_FACET_PAGE);
  g_type_ensure (SP_TYPE_NARROW_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-filter-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, bin);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, menu);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, back);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, title);
  gtk_widget_class_bind_template_child (widget_class, SpFilterChooser, page);
}

static void
sp_filter_chooser_init (SpFilterChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; sp_facet_get (i) != NULL; i++)
    gtk_list_box_append (self->menu, sp_facet_row_new (_(sp_facet_get (i)->title)));
  g_signal_connect_swapped (self->menu, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->page, "answered", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect (self, "closed", G_CALLBACK (show_menu), NULL);
}

/**
 * sp_filter_chooser_new:
 *
 * Returns: (transfer floating): a popover
 */
SpFilterChooser *
sp_filter_chooser_new (void)
{
  return g_object_new (SP_TYPE_FILTER_CHOOSER, NULL);
}

/**
 * sp_filter_chooser_set_browser:
 * @self: a popover that has none yet
 * @browser: whose query it changes
 * @settings: the program's
 */
void
sp_filter_chooser_set_browser (SpFilterChooser *self, SpBrowser *browser, GSettings *settings)
{
  g_return_if_fail (SP_IS_FILTER_CHOOSER (self) && self->browser == NULL);
  self->browser = g_object_ref (browser);
  sp_facet_page_set_browser (self->page, browser, settings);
  mark_menu (self);
  g_signal_connect_object (browser, "notify::query", G_CALLBACK (mark_menu), self, G_CONNECT_SWAPPED);
}

/**
 * sp_filter_chooser_open:
 * @self: a popover with a browser and a parent
 * @filter: a filter's name
 *
 * Opens at the answers to the question that the filter belongs to.
 */
void
sp_filter_chooser_open (SpFilterChooser *self, const char *filter)
{
  const SpFacet *facet = sp_facet_of_filter (filter);

  if (facet != NULL)
    show_page (self, facet);
  gtk_popover_popup (GTK_POPOVER (self));
}
