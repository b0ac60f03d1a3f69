/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing the pictures of an SpTileCache on threads, for the main loop. */
#include "sp-tile-cache.h"

/* What a thread does. It holds nothing else: whatever a thread lets go of last is freed there, and much of what asks for
 * pictures belongs to the main loop. */
typedef struct
{
  SpTileCache      *cache; /* owned */
  char             *uri;   /* owned */
  SpTileCacheEntry *entry; /* owned, nullable: to be saved */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  sp_tile_cache_unref (errand->cache);
  g_free (errand->uri);
  g_clear_pointer (&errand->entry, sp_tile_cache_entry_free);
  g_free (errand);
}

static void
send_errand (SpTileCache *cache, const char *uri, SpTileCacheEntry *entry, GTaskThreadFunc func, GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->cache = sp_tile_cache_ref (cache);
  errand->uri = g_strdup (uri);
  errand->entry = entry;
  g_task_set_source_tag (task, send_errand);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, func);
}

/* On a thread. */
static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;

  g_task_return_pointer (task, sp_tile_cache_load (errand->cache, errand->uri), (GDestroyNotify) sp_tile_cache_entry_free);
}

/**
 * sp_tile_cache_load_async:
 * @self: a cache
 * @uri: address of a picture
 * @callback: called in the caller's main context
 * @user_data: for @callback
 */
void
sp_tile_cache_load_async (SpTileCache *self, const char *uri, GAsyncReadyCallback callback, gpointer user_data)
{
  send_errand (self, uri, NULL, load_thread, callback, user_data);
}

/**
 * sp_tile_cache_load_finish:
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable): the picture; %NULL if it is not kept
 */
SpTileCacheEntry *
sp_tile_cache_load_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* On a thread. A picture that cannot be kept is shown all the same, and asked for again the next time. */
static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;
  GError *error = NULL;

  if (sp_tile_cache_save (errand->cache, errand->uri, errand->entry, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sp_tile_cache_save_later:
 * @self: a cache
 * @uri: address of a picture
 * @entry: (transfer full): the picture
 *
 * Has a thread keep it; nobody waits for that.
 */
void
sp_tile_cache_save_later (SpTileCache *self, const char *uri, SpTileCacheEntry *entry)
{
  send_errand (self, uri, entry, save_thread, NULL, NULL);
}
