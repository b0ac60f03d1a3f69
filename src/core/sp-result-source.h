/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"

G_BEGIN_DECLS

#define SP_TYPE_RESULT_SOURCE (sp_result_source_get_type ())
G_DECLARE_INTERFACE (SpResultSource, sp_result_source, SP, RESULT_SOURCE, GObject)

/**
 * SpResultSourceInterface:
 * @load_async: reads the documents @docs (local numbers, valid during the call only)
 * @load_finish: (element-type SpAsset): as many assets as documents were asked for, in their order; %NULL for one that
 *   is gone, which the array's free function must take
 *
 * The seam through which a list of results gets its assets: the store fills it.
 */
struct _SpResultSourceInterface
{
  GTypeInterface parent_iface;

  void       (*load_async)  (SpResultSource *self, const gint64 *docs, guint count, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*load_finish) (SpResultSource *self, GAsyncResult *result, GError **error);
};

void       sp_result_source_load_async  (SpResultSource *self, const gint64 *docs, guint count, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sp_result_source_load_finish (SpResultSource *self, GAsyncResult *result, GError **error);

G_END_DECLS
