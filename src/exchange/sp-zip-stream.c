/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpZipStream: the file that a ZIP archive stands at, as a stream that others read. */
#include "sp-zip-stream.h"

struct _SpZipStream
{
  GInputStream parent_instance;

  SpZipPart *part; /* not owned */
};

G_DEFINE_FINAL_TYPE (SpZipStream, sp_zip_stream, G_TYPE_INPUT_STREAM)

static gssize
sp_zip_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  return sp_zip_part_read (SP_ZIP_STREAM (stream)->part, buffer, count, error);
}

static void
sp_zip_stream_class_init (SpZipStreamClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = sp_zip_stream_read;
}

static void
sp_zip_stream_init (SpZipStream *self)
{
}

/**
 * sp_zip_stream_new:
 * @part: (transfer none): at the beginning of a file; must live longer, and not go on while the stream is read
 *
 * Returns: (transfer full): the bytes of that file; its errors are those of sp_zip_part_read()
 */
GInputStream *
sp_zip_stream_new (SpZipPart *part)
{
  SpZipStream *self = g_object_new (SP_TYPE_ZIP_STREAM, NULL);

  self->part = part;
  return G_INPUT_STREAM (self);
}
