/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a request smaller: gzip, in a thread, so that a batch of documents does not hold up the main loop. */
#include "sp-couch-pack.h"

#define LEVEL 3 /* of 9: a network is slower than this */

static void
pack_thread (GTask *task, gpointer source, gpointer bytes, GCancellable *cancellable)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  GError *error = NULL;
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (g_output_stream_write_all (stream, data, length, NULL, cancellable, &error) && g_output_stream_close (stream, cancellable, &error))
    g_task_return_pointer (task, g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * sp_couch_pack_async:
 * @bytes: what is to become smaller
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Packs bytes as gzip does.
 */
void
sp_couch_pack_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_couch_pack_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, pack_thread);
}

/**
 * sp_couch_pack_finish:
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the packed bytes
 */
GBytes *
sp_couch_pack_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
