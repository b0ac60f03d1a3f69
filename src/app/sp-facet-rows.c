/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFacetRows: the rows of a list of answers. To throw a hundred of them away and make as many for the next question takes
 * longer than a frame may: they get other words instead, and those that are too many are out of sight.
 *
 * Belongs to the main loop. */
#include "sp-facet-rows.h"

struct _SpFacetRows
{
  GtkListBox *list; /* not owned */
  GPtrArray  *rows; /* SpFacetRow, owned by the list; the first ones are in use */
  guint       used;
};

/**
 * sp_facet_rows_new:
 * @list: an empty list, which must live as long
 *
 * Returns: (transfer full): its rows: none yet
 */
SpFacetRows *
sp_facet_rows_new (GtkListBox *list)
{
  SpFacetRows *self = g_new0 (SpFacetRows, 1);

  self->list = list;
  self->rows = g_ptr_array_new ();
  return self;
}

/**
 * sp_facet_rows_free:
 * @self: (transfer full): rows; the widgets are the list's
 */
void
sp_facet_rows_free (SpFacetRows *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * sp_facet_rows_clear:
 * @self: rows
 *
 * Begins anew: no row is in use. What there is to see changes with sp_facet_rows_show(). A row that had the keyboard goes: a list
 * would give it to that row again, whatever it says then.
 */
void
sp_facet_rows_clear (SpFacetRows *self)
{
  self->used = 0;
  for (guint i = self->rows->len; i > 0; i--)
    if (sp_facet_row_was_focused (g_ptr_array_index (self->rows, i - 1)))
      {
        gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i - 1));
        g_ptr_array_remove_index (self->rows, i - 1);
      }
}

/**
 * sp_facet_rows_add:
 * @self: rows
 * @label: what the next row says
 *
 * Returns: (transfer none): the row, as new
 */
SpFacetRow *
sp_facet_rows_add (SpFacetRows *self, const char *label)
{
  GtkWidget *row;

  if (self->used < self->rows->len)
    {
      row = g_ptr_array_index (self->rows, self->used);
      sp_facet_row_begin (SP_FACET_ROW (row), label);
    }
  else
    {
      row = sp_facet_row_new (label);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
  self->used++;
  return SP_FACET_ROW (row);
}

/**
 * sp_facet_rows_show:
 * @self: rows
 *
 * Shows those that are in use, and no others, under their headings.
 */
void
sp_facet_rows_show (SpFacetRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), i < self->used);
  gtk_list_box_invalidate_headers (self->list);
  gtk_list_box_invalidate_filter (self->list);
}

/**
 * sp_facet_rows_find_first:
 * @self: rows
 *
 * Returns: (transfer none) (nullable): the first that one sees: what the list leaves out when somebody types is not
 */
SpFacetRow *
sp_facet_rows_find_first (SpFacetRows *self)
{
  for (guint i = 0; i < self->used; i++)
    if (gtk_widget_get_child_visible (g_ptr_array_index (self->rows, i)))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/**
 * sp_facet_rows_focus:
 * @self: rows
 *
 * Gives the keyboard to the first row.
 *
 * Returns: whether there is one
 */
gboolean
sp_facet_rows_focus (SpFacetRows *self)
{
  SpFacetRow *first = sp_facet_rows_find_first (self);

  return first != NULL && gtk_widget_grab_focus (GTK_WIDGET (first));
}

/**
 * sp_facet_rows_count:
 * @self: rows
 *
 * Returns: how many are in use
 */
guint sp_facet_rows_count (SpFacetRows *self) { return self->used; }

/**
 * sp_facet_rows_get:
 * @self: rows
 * @number: of one in use, from 0
 *
 * Returns: (transfer none): the row
 */
SpFacetRow *sp_facet_rows_get (SpFacetRows *self, guint number) { return g_ptr_array_index (self->rows, number); }
