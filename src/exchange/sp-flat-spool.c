/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFlatSpool: a column is written only if some row has something in it, and that is known at the end. So the cells first
 * go to a temporary file without a name, and memory stays flat. A row there is the number of its cells, and for each its
 * column, length and bytes. */
#include "sp-flat-spool.h"

#include <gio/gio.h>
#include <string.h>

struct _SpFlatSpool
{
  GFileIOStream     *file;  /* owned; already unlinked; NULL before the first row */
  GDataOutputStream *to;    /* owned */
  GDataInputStream  *from;  /* owned; once it was rewound */
  GArray            *used;  /* gboolean; by column */
};

static void
clear_cell (gpointer data)
{
  g_free (((SpFlatCell *) data)->text);
}

/**
 * sp_flat_spool_new:
 *
 * Returns: (transfer full): a spool without rows
 */
SpFlatSpool *
sp_flat_spool_new (void)
{
  SpFlatSpool *self = g_new0 (SpFlatSpool, 1);
  guint n = sp_flat_get_n_columns ();

  self->used = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), n);
  g_array_set_size (self->used, n);
  g_array_index (self->used, gboolean, 0) = TRUE;     /* _id and _rest are always there: by them */
  g_array_index (self->used, gboolean, n - 1) = TRUE; /* our own export is recognised */
  return self;
}

/**
 * sp_flat_spool_free:
 * @self: (transfer full): a spool
 */
void
sp_flat_spool_free (SpFlatSpool *self)
{
  g_clear_object (&self->from);
  g_clear_object (&self->to);
  g_clear_object (&self->file);
  g_array_unref (self->used);
  g_free (self);
}

static gboolean
open_file (SpFlatSpool *self, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GOutputStream) buffered = NULL;

  if (self->file != NULL)
    return TRUE;
  file = g_file_new_tmp ("signpost-XXXXXX", &self->file, error);
  if (file == NULL)
    return FALSE;
  g_file_delete (file, NULL, NULL);
  buffered = g_buffered_output_stream_new_sized (g_io_stream_get_output_stream (G_IO_STREAM (self->file)), 64 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (buffered), FALSE);
  self->to = g_data_output_stream_new (buffered);
  return TRUE;
}

/**
 * sp_flat_spool_add:
 * @self: a spool that was not rewound
 * @asset: a document
 * @error: why there is no room for it
 *
 * Returns: whether it is there
 */
gboolean
sp_flat_spool_add (SpFlatSpool *self, const SpNode *asset, GError **error)
{
  g_autoptr (GArray) cells = sp_flat_from_asset (asset);

  if (!open_file (self, error) || !g_data_output_stream_put_uint32 (self->to, cells->len, NULL, error))
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      gsize length = strlen (cell->text);

      g_array_index (self->used, gboolean, cell->column) = TRUE;
      if (!g_data_output_stream_put_uint32 (self->to, cell->column, NULL, error)
          || !g_data_output_stream_put_uint32 (self->to, (guint32) length, NULL, error)
          || !g_output_stream_write_all (G_OUTPUT_STREAM (self->to), cell->text, length, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_flat_spool_rewind:
 * @self: a spool
 * @error: why it cannot be read
 *
 * Goes back to the first row; nothing can be added any more.
 *
 * Returns: whether that went well
 */
gboolean
sp_flat_spool_rewind (SpFlatSpool *self, GError **error)
{
  g_autoptr (GInputStream) buffered = NULL;

  if (self->file == NULL) /* no rows */
    return TRUE;
  if (!g_output_stream_flush (G_OUTPUT_STREAM (self->to), NULL, error)
      || !g_seekable_seek (G_SEEKABLE (self->file), 0, G_SEEK_SET, NULL, error))
    return FALSE;
  buffered = g_buffered_input_stream_new_sized (g_io_stream_get_input_stream (G_IO_STREAM (self->file)), 64 * 1024);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (buffered), FALSE);
  g_clear_object (&self->from);
  self->from = g_data_input_stream_new (buffered);
  return TRUE;
}

static gboolean
read_cell (SpFlatSpool *self, SpFlatCell *cell, GError **error)
{
  g_autoptr (GError) why = NULL;
  guint32 length;

  cell->column = g_data_input_stream_read_uint32 (self->from, NULL, &why);
  length = why == NULL ? g_data_input_stream_read_uint32 (self->from, NULL, &why) : 0;
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  cell->text = g_malloc0 ((gsize) length + 1);
  return g_input_stream_read_all (G_INPUT_STREAM (self->from), cell->text, length, NULL, NULL, error);
}

/**
 * sp_flat_spool_next:
 * @self: a spool that was rewound, and has another row
 * @error: why it cannot be read
 *
 * Returns: (transfer full) (nullable) (element-type SpFlatCell): the cells of the next row, in the order of their columns
 */
GArray *
sp_flat_spool_next (SpFlatSpool *self, GError **error)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (SpFlatCell));
  g_autoptr (GError) why = NULL;
  guint32 n = g_data_input_stream_read_uint32 (self->from, NULL, &why);

  g_array_set_clear_func (cells, clear_cell);
  for (guint32 i = 0; why == NULL && i < n; i++)
    {
      SpFlatCell cell = { 0, NULL };
      gboolean read = read_cell (self, &cell, &why);
      if (read || cell.text != NULL)
        g_array_append_val (cells, cell);
    }
  if (why == NULL)
    return g_steal_pointer (&cells);
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

/**
 * sp_flat_spool_has:
 * @self: a spool
 * @column: of our own list, see sp_flat_get_title()
 *
 * Returns: whether the file needs that column
 */
gboolean
sp_flat_spool_has (const SpFlatSpool *self, guint column)
{
  return g_array_index (self->used, gboolean, column);
}
