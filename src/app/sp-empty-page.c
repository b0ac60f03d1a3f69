/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpEmptyPage: nothing was found. It says what to give up and how many entries that would find, a click each; in a store
 * without entries it says how to begin. */
#include "sp-empty-page.h"

#include "sp-count-words.h"
#include "sp-facet-counts.h"
#include "sp-facet-row.h"
#include "sp-loosen.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MOST_OFFERED 6

struct _SpEmptyPage
{
  GtkWidget parent_instance;

  SpBrowser    *browser;  /* owned, nullable */
  GPtrArray    *offers;   /* owned, nullable; SpLoosened */
  GCancellable *counting; /* owned, nullable */

  /* of the template */
  AdwStatusPage *page;
  GtkListBox    *list;
  GtkWidget     *beginnings;
};

G_DEFINE_FINAL_TYPE (SpEmptyPage, sp_empty_page, GTK_TYPE_WIDGET)

static void
stop_counting (SpEmptyPage *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
clear_offers (SpEmptyPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
}

static void
add_offer (SpEmptyPage *self, SpLoosened *loosened, const SpFacetCount *count)
{
  GtkWidget *row = sp_facet_row_new (loosened->label);
  g_autofree char *words = sp_count_words_found (count->count, count->exact);

  sp_facet_row_set_count (SP_FACET_ROW (row), words);
  g_object_set_data_full (G_OBJECT (row), "sp-query", g_object_ref (loosened->query), g_object_unref);
  gtk_list_box_append (self->list, row);
}

/* Only what finds something is offered. */
static void
show_offers (SpEmptyPage *self, GArray *counts)
{
  guint shown = 0;

  for (guint i = 0; i < counts->len && shown < MOST_OFFERED; i++)
    {
      const SpFacetCount *count = &g_array_index (counts, SpFacetCount, i);

      if (count->count == 0)
        continue;
      add_offer (self, g_ptr_array_index (self->offers, i), count);
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), shown > 0);
  adw_status_page_set_description (self->page, shown > 0 ? _("This would find something:") : _("There is nothing like it on the list yet."));
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpEmptyPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = sp_facet_counts_finish (SP_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->counting);
  if (counts != NULL)
    show_offers (self, counts);
}

static void
row_activated_cb (SpEmptyPage *self, GtkListBoxRow *row)
{
  sp_browser_set_query (self->browser, g_object_get_data (G_OBJECT (row), "sp-query"));
}

static void
sp_empty_page_dispose (GObject *object)
{
  SpEmptyPage *self = SP_EMPTY_PAGE (object);

  stop_counting (self);
  if (self->page != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->page));
  self->page = NULL;
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_object (&self->browser);
  G_OBJECT_CLASS (sp_empty_page_parent_class)->dispose (object);
}

static void
sp_empty_page_class_init (SpEmptyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_empty_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SpEmptyPage, page);
  gtk_widget_class_bind_template_child (widget_class, SpEmptyPage, list);
  gtk_widget_class_bind_template_child (widget_class, SpEmptyPage, beginnings);
}

static void
sp_empty_page_init (SpEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

static void
count_offers (SpEmptyPage *self)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new ();

  for (guint i = 0; i < self->offers->len; i++)
    g_ptr_array_add (queries, ((SpLoosened *) g_ptr_array_index (self->offers, i))->query);
  self->counting = g_cancellable_new ();
  sp_facet_counts_async (sp_browser_get_store (self->browser), queries, self->counting, counted_cb, g_object_ref (self));
}

/**
 * sp_empty_page_explain:
 * @self: a page
 * @browser: whose search has just found nothing
 * @miles: whether distances are told in miles
 *
 * Says what to look for instead; the counts come a moment later.
 */
void
sp_empty_page_explain (SpEmptyPage *self, SpBrowser *browser, gboolean miles)
{
  SpQuery *found = sp_finder_get_query (sp_browser_get_finder (browser)); /* with its place looked up */

  g_return_if_fail (SP_IS_EMPTY_PAGE (self));
  g_set_object (&self->browser, browser);
  stop_counting (self);
  clear_offers (self);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  self->offers = sp_loosen (found, miles);
  gtk_widget_set_visible (self->beginnings, self->offers->len == 0);
  adw_status_page_set_icon_name (self->page, self->offers->len > 0 ? "edit-find-symbolic" : "view-list-symbolic");
  adw_status_page_set_title (self->page, self->offers->len > 0 ? _("Nothing Found") : _("No Entries Yet"));
  adw_status_page_set_description (self->page, self->offers->len > 0 ? NULL : _("Add what your neighbourhood has, or import a list."));
  if (self->offers->len > 0)
    count_offers (self);
}
