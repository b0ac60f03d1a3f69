/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents around an asset, for a program with a main loop. */
#include "sp-store-links.h"

typedef struct
{
  char    *id;
  SpNation nation;
  char    *terms; /* nullable */
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request->terms);
  g_free (request);
}

/* On a reader. */
static gpointer
read_links (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return sp_links_read (db, request->id, request->nation, request->terms, SP_STORE_LINKS_MAX, error);
}

/**
 * sp_store_get_links_async:
 * @self: a store
 * @id: document id of an asset
 * @nation: whose bank holidays count where the asset has no postcode
 * @terms: (nullable): document id of the term calendar; %NULL or empty for the first that the store has
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads the place an asset is held in, who runs it, what is held in it and what it runs: at most %SP_STORE_LINKS_MAX of
 * each list.
 */
void
sp_store_get_links_async (SpStore *self, const char *id, SpNation nation, const char *terms, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new (Request, 1);

  *request = (Request){ g_strdup (id), nation, g_strdup (terms) };
  sp_store_read_async (self, read_links, request, free_request, (GDestroyNotify) sp_links_free, cancellable, callback, user_data);
}

/**
 * sp_store_get_links_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as of sp_links_read()
 *
 * Returns: (transfer full) (nullable): what is around it
 */
SpLinks *
sp_store_get_links_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}
