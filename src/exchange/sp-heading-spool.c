/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpHeadingSpool: entries come in the order in which they were found, and some files want them under headings. The pieces
 * go to a temporary file without a name; only where each one stands is kept, so that memory stays flat. */
#include "sp-heading-spool.h"

typedef struct
{
  goffset start;
  gsize   length;
} Piece;

struct _SpHeadingSpool
{
  GFileIOStream *file;   /* owned; already unlinked; NULL before the first piece */
  GOutputStream *to;     /* owned; buffered */
  goffset        end;
  guint          n;
  GArray       **pieces; /* Piece; by heading */
};

/**
 * sp_heading_spool_new:
 * @n_headings: how many headings there are
 *
 * Returns: (transfer full): a spool without pieces
 */
SpHeadingSpool *
sp_heading_spool_new (guint n_headings)
{
  SpHeadingSpool *self = g_new0 (SpHeadingSpool, 1);

  self->n = n_headings;
  self->pieces = g_new (GArray *, n_headings);
  for (guint i = 0; i < n_headings; i++)
    self->pieces[i] = g_array_new (FALSE, FALSE, sizeof (Piece));
  return self;
}

/**
 * sp_heading_spool_free:
 * @self: (transfer full): a spool
 */
void
sp_heading_spool_free (SpHeadingSpool *self)
{
  for (guint i = 0; i < self->n; i++)
    g_array_unref (self->pieces[i]);
  g_free (self->pieces);
  g_clear_object (&self->to);
  g_clear_object (&self->file);
  g_free (self);
}

static gboolean
open_file (SpHeadingSpool *self, GError **error)
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

/**
 * sp_heading_spool_add:
 * @self: a spool that was not read yet
 * @heading: under which it stands, from 0
 * @text: (array length=length): a piece
 * @length: in bytes
 * @error: why there is no room for it
 *
 * Returns: whether it is there
 */
gboolean
sp_heading_spool_add (SpHeadingSpool *self, guint heading, const char *text, gsize length, GError **error)
{
  Piece piece = { self->end, length };

  if (!open_file (self, error) || !g_output_stream_write_all (self->to, text, length, NULL, NULL, error))
    return FALSE;
  g_array_append_val (self->pieces[heading], piece);
  self->end += (goffset) length;
  return TRUE;
}

/**
 * sp_heading_spool_count:
 * @self: a spool
 * @heading: from 0
 *
 * Returns: how many pieces stand under it
 */
guint sp_heading_spool_count (const SpHeadingSpool *self, guint heading) { return self->pieces[heading]->len; }

static gboolean
copy_piece (SpHeadingSpool *self, const Piece *piece, GOutputStream *out, GError **error)
{
  GInputStream *from = g_io_stream_get_input_stream (G_IO_STREAM (self->file));
  g_autofree char *text = g_malloc (piece->length);

  return g_seekable_seek (G_SEEKABLE (self->file), piece->start, G_SEEK_SET, NULL, error)
         && g_input_stream_read_all (from, text, piece->length, NULL, NULL, error)
         && g_output_stream_write_all (out, text, piece->length, NULL, NULL, error);
}

/**
 * sp_heading_spool_write:
 * @self: a spool to which everything was added
 * @heading: from 0
 * @out: where its pieces go, in the order in which they came
 * @error: why that cannot be
 *
 * Returns: whether all is written
 */
gboolean
sp_heading_spool_write (SpHeadingSpool *self, guint heading, GOutputStream *out, GError **error)
{
  const GArray *pieces = self->pieces[heading];

  if (pieces->len > 0 && !g_output_stream_flush (self->to, NULL, error))
    return FALSE;
  for (guint i = 0; i < pieces->len; i++)
    if (!copy_piece (self, &g_array_index (pieces, Piece, i), out, error))
      return FALSE;
  return TRUE;
}
