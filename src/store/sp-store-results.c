/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store as the source of a list of results: gives the assets of what is on screen. */
#include "sp-search-private.h"
#include "sp-store-private.h"

static void
unref_asset (gpointer asset)
{
  if (asset != NULL)
    g_object_unref (asset);
}

static gboolean
load_asset (SpDb *db, gint64 doc, SpAsset **asset, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *rev = NULL;
  g_autoptr (SpNode) body = NULL;

  *asset = NULL;
  if (!sp_search_load_one (db, doc, &id, &rev, &body, error))
    return FALSE;
  if (body != NULL)
    *asset = sp_asset_new (id, rev, body);
  return TRUE;
}

/**
 * sp_store_load_assets:
 * @db: a connection
 * @docs: (array length=n): local numbers of documents
 * @n: how many
 * @cancellable: (nullable): asked before each
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpAsset): the entries, %NULL for one that is gone
 */
GPtrArray *
sp_store_load_assets (SpDb *db, const gint64 *docs, guint n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_full (n, unref_asset);

  for (guint i = 0; i < n; i++)
    {
      SpAsset *asset;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !load_asset (db, docs[i], &asset, error))
        return NULL;
      g_ptr_array_add (assets, asset);
    }
  return g_steal_pointer (&assets);
}

/* On a reader. @data: array of gint64. */
static gpointer
load_assets (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const GArray *docs = data;

  return sp_store_load_assets (db, (const gint64 *) (gconstpointer) docs->data, docs->len, cancellable, error);
}

static void
sp_store_load_async (SpResultSource *source, const gint64 *docs, guint count, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), count);

  g_array_append_vals (copy, docs, count);
  sp_store_read_async (SP_STORE (source), load_assets, copy, (GDestroyNotify) g_array_unref,
                       (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static GPtrArray *
sp_store_load_finish (SpResultSource *source, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (SP_STORE (source), result, error);
}

/**
 * sp_store_result_source_init:
 * @iface: the interface of #SpStore
 *
 * Makes a store fill the results of a list.
 */
void
sp_store_result_source_init (SpResultSourceInterface *iface)
{
  iface->load_async = sp_store_load_async;
  iface->load_finish = sp_store_load_finish;
}
