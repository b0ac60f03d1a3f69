/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpResultSource: where a list of results gets its assets from. */
#include "sp-result-source.h"

G_DEFINE_INTERFACE (SpResultSource, sp_result_source, G_TYPE_OBJECT)

static void
sp_result_source_default_init (SpResultSourceInterface *iface)
{
}

/**
 * sp_result_source_load_async:
 * @self: a source
 * @docs: (array length=count): local numbers of documents
 * @count: how many
 * @cancellable: (nullable): to stop it
 * @callback: called on the main loop of the calling thread
 * @user_data: for @callback
 *
 * Reads some assets without blocking.
 */
void
sp_result_source_load_async (SpResultSource *self, const gint64 *docs, guint count, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SP_IS_RESULT_SOURCE (self));
  SP_RESULT_SOURCE_GET_IFACE (self)->load_async (self, docs, count, cancellable, callback, user_data);
}

/**
 * sp_result_source_load_finish:
 * @self: a source
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpAsset): the assets in the order of the documents, %NULL for one
 *   that is gone
 */
GPtrArray *
sp_result_source_load_finish (SpResultSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (SP_IS_RESULT_SOURCE (self), NULL);
  return SP_RESULT_SOURCE_GET_IFACE (self)->load_finish (self, result, error);
}
