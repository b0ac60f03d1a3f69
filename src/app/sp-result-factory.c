/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the rows of the list of results. For an answer that is quite another one GtkListView makes its items anew, and
 * throws the old ones away: their rows are used for the next answer, as to make and to free a dozen takes half of a frame. */
#include "sp-result-factory.h"

#include "sp-facts.h"
#include "sp-result-row.h"

#define MOST_KEPT 40 /* rows: those of an answer while the next comes, of a high window */

typedef struct
{
  gboolean         miles;
  SpFreshnessRules rules;
  GPtrArray       *rows; /* SpResultRow, in the list or spare */
} Factory;

static void
factory_free (gpointer data)
{
  Factory *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, SpResultRow *row)
{
  SpResult *result = sp_result_row_get_result (row);

  if (result != NULL && sp_result_get_id (result) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (row), "win.show", "s", sp_result_get_id (result));
}

static GtkWidget *
make_row (Factory *self)
{
  GtkWidget *row = sp_result_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  if (self->rows->len < MOST_KEPT)
    g_ptr_array_add (self->rows, g_object_ref_sink (row));
  return row;
}

static GtkWidget *
find_spare (Factory *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_parent (row) == NULL)
        return row;
    }
  return NULL;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *self)
{
  GtkWidget *spare = find_spare (self);

  gtk_list_item_set_child (item, spare != NULL ? spare : make_row (self));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *self)
{
  SpResultRow *row = SP_RESULT_ROW (gtk_list_item_get_child (item));

  sp_result_row_set_miles (row, self->miles);
  sp_result_row_set_rules (row, &self->rules);
  sp_result_row_set_result (row, gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Factory *self)
{
  sp_result_row_set_result (SP_RESULT_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * sp_result_factory_new:
 * @settings: the program's; rows go by `units` and `freshness` as they are now
 *
 * Returns: (transfer full): what makes a row of each #SpResult
 */
GtkListItemFactory *
sp_result_factory_new (GSettings *settings)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *units = g_settings_get_string (settings, "units");
  Factory *self = g_new0 (Factory, 1);

  self->miles = g_str_equal (units, "miles");
  sp_facts_read_rules (settings, &self->rules);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (factory), "sp-factory", self, factory_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  return factory;
}
