/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFlatSpool: a column is written only if some row has something in it, and that is known at the end. So the cells first
 * go to a temporary file without a name, and memory stays flat. A row there is its length in bytes, and for each cell its
 * column, the length of its text, and the text with its end; a row is written and read at one go. */
#include "sp-flat-spool.h"

#include "sp-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpFlatSpool
{
  GFileIOStream     *file;  /* owned; already unlinked; NULL before the first row */
  GOutputStream     *to;    /* owned; buffered */
  GInputStream      *from;  /* owned; buffered; once it was rewound */
  GByteArray        *row;   /* owned; the one that is written or read */
  GArray            *cells; /* owned; SpFlatCell, of the row that was read, whose texts stand in it */
  GArray            *used;  /* gboolean; by column */
};

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

  self->row = g_byte_array_new ();
  self->cells = g_array_new (FALSE, FALSE, sizeof (SpFlatCell));
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
  g_byte_array_unref (self->row);
  g_array_unref (self->cells);
  g_array_unref (self->used);
  g_free (self);
}

static gboolean
open_file (SpFlatSpool *self, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (self->file != NULL)
    return TRUE;
  file = g_file_new_tmp ("signpost-XXXXXX", &self->file, error);
  if (file == NULL)
    return FALSE;
  g_file_delete (file, NULL, NULL);
  self->to = g_buffered_output_stream_new_sized (g_io_stream_get_output_stream (G_IO_STREAM (self->file)), 64 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (self->to), FALSE);
  return TRUE;
}

static void
put_number (GByteArray *row, guint32 number)
{
  g_byte_array_append (row, (const guint8 *) &number, sizeof number);
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

  g_byte_array_set_size (self->row, 0);
  put_number (self->row, 0);
  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      gsize length = strlen (cell->text);

      g_array_index (self->used, gboolean, cell->column) = TRUE;
      put_number (self->row, cell->column);
      put_number (self->row, (guint32) length);
      g_byte_array_append (self->row, (const guint8 *) cell->text, (guint) length + 1);
    }
  ((guint32 *) (gpointer) self->row->data)[0] = self->row->len - (guint) sizeof (guint32);
  return open_file (self, error) && g_output_stream_write_all (self->to, self->row->data, self->row->len, NULL, NULL, error);
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
  if (self->file == NULL) /* no rows */
    return TRUE;
  if (!g_output_stream_flush (self->to, NULL, error)
      || !g_seekable_seek (G_SEEKABLE (self->file), 0, G_SEEK_SET, NULL, error))
    return FALSE;
  g_clear_object (&self->from);
  self->from = g_buffered_input_stream_new_sized (g_io_stream_get_input_stream (G_IO_STREAM (self->file)), 64 * 1024);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->from), FALSE);
  return TRUE;
}

static gboolean
read_bytes (SpFlatSpool *self, gpointer bytes, gsize length, GError **error)
{
  gsize read;

  if (!g_input_stream_read_all (self->from, bytes, length, &read, NULL, error))
    return FALSE;
  if (read == length)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_FAILED, _("The temporary file ends too early"));
  return FALSE;
}

static guint32
take_number (const guint8 **at)
{
  guint32 number;

  memcpy (&number, *at, sizeof number);
  *at += sizeof number;
  return number;
}

static void
take_cells (SpFlatSpool *self)
{
  g_array_set_size (self->cells, 0);
  for (const guint8 *at = self->row->data, *end = self->row->data + self->row->len; at < end;)
    {
      SpFlatCell cell = { .column = take_number (&at) };
      guint32 length = take_number (&at);

      cell.text = (char *) at;
      at += length + 1;
      g_array_append_val (self->cells, cell);
    }
}

/**
 * sp_flat_spool_next:
 * @self: a spool that was rewound, and has another row
 * @error: why it cannot be read
 *
 * Returns: (transfer none) (nullable) (element-type SpFlatCell): the cells of the next row, in the order of their columns,
 *   until the next call
 */
const GArray *
sp_flat_spool_next (SpFlatSpool *self, GError **error)
{
  guint32 length;

  if (!read_bytes (self, &length, sizeof length, error))
    return NULL;
  g_byte_array_set_size (self->row, length);
  if (!read_bytes (self, self->row->data, length, error))
    return NULL;
  take_cells (self);
  return self->cells;
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
