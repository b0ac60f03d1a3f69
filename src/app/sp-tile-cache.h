/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpTileCacheEntry:
 * @bytes: the picture
 * @etag: (nullable): what the server calls this version of it
 * @modified: (nullable): since when the server has it, as it wrote that
 * @expires: until when it need not be asked for again; seconds since 1970
 *
 * A picture that was fetched once.
 */
typedef struct
{
  GBytes *bytes;
  char   *etag;
  char   *modified;
  gint64  expires;
} SpTileCacheEntry;

void              sp_tile_cache_entry_free (SpTileCacheEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTileCacheEntry, sp_tile_cache_entry_free)

/**
 * SpTileCache:
 *
 * A folder of pictures by their addresses, of limited size. Any thread may ask.
 */
typedef struct _SpTileCache SpTileCache;

SpTileCache      *sp_tile_cache_new   (const char *folder, guint64 limit);
SpTileCache      *sp_tile_cache_ref   (SpTileCache *self);
void              sp_tile_cache_unref (SpTileCache *self);
SpTileCacheEntry *sp_tile_cache_load  (SpTileCache *self, const char *uri);
gboolean          sp_tile_cache_save  (SpTileCache *self, const char *uri, const SpTileCacheEntry *entry, GError **error);

/* sp-tile-cache-errand.c: the same from the main loop */
void              sp_tile_cache_load_async  (SpTileCache *self, const char *uri, GAsyncReadyCallback callback, gpointer user_data);
SpTileCacheEntry *sp_tile_cache_load_finish (GAsyncResult *result);
void              sp_tile_cache_save_later  (SpTileCache *self, const char *uri, SpTileCacheEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTileCache, sp_tile_cache_unref)

G_END_DECLS
