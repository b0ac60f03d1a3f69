/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-asset.h"
#include "sp-edit.h"
#include "sp-store.h"

G_BEGIN_DECLS

/**
 * SpStoreEntry:
 * @asset: what it says
 * @deleted: whether that is a tombstone
 * @conflicts: (element-type SpAsset): the other live versions, the greatest first; empty if there is no conflict
 *
 * A document as it stood at one moment.
 */
typedef struct
{
  SpAsset   *asset;
  gboolean   deleted;
  GPtrArray *conflicts;
} SpStoreEntry;

void          sp_store_entry_free    (SpStoreEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpStoreEntry, sp_store_entry_free)

void          sp_store_get_async     (SpStore *self, const char *id, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
SpStoreEntry *sp_store_get_finish    (SpStore *self, GAsyncResult *result, GError **error);
void          sp_store_save_async    (SpStore *self, const char *id, const char *parent, const SpNode *changes,
                                      const SpEditStamp *stamp, GAsyncReadyCallback callback, gpointer user_data);
char         *sp_store_save_finish   (SpStore *self, GAsyncResult *result, GError **error);
void          sp_store_delete_async  (SpStore *self, const char *id, const char *parent, const SpEditStamp *stamp,
                                      GAsyncReadyCallback callback, gpointer user_data);
char         *sp_store_delete_finish (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
