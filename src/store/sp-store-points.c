/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present result on the map, for a program with a main loop: found and indexed on a reader's thread. */
#include "sp-points.h"

#include "sp-docs.h"
#include "sp-store-find.h"

typedef struct
{
  SpQuery *query;
  GStrv    changed; /* nullable */
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->query);
  g_strfreev (request->changed);
  g_free (request);
}

/**
 * sp_points_free:
 * @self: (transfer full): points
 */
void
sp_points_free (SpPoints *self)
{
  g_object_unref (self->query);
  g_clear_pointer (&self->index, sp_cluster_index_free);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self->seq);
  g_free (self);
}

/* On a reader. */
static gpointer
find_points (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GArray) changes = NULL, all = NULL;
  g_autofree char *seq = NULL;
  SpPoints *points;

  if (!sp_store_look_up (db, request->query, error))
    return NULL;
  if (request->changed != NULL)
    changes = sp_points_check (db, request->query, (const char * const *) request->changed, cancellable, &failure);
  if (changes == NULL && failure == NULL && (seq = sp_docs_get_update_seq (db, &failure)) != NULL)
    all = sp_points_find (db, request->query, cancellable, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  points = g_new0 (SpPoints, 1);
  points->query = g_object_ref (request->query);
  points->index = all != NULL ? sp_cluster_index_new (g_steal_pointer (&all)) : NULL;
  points->changes = g_steal_pointer (&changes);
  points->seq = g_steal_pointer (&seq);
  return points;
}

/**
 * sp_store_points_async:
 * @self: a store
 * @query: what to look for; copied
 * @changed: (nullable) (array zero-terminated=1): ids of the documents that have changed since the same was looked for
 *   before: then it is enough to hear what became of these
 * @cancellable: (nullable): interrupts it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Finds all that matches and has a place, and clusters it.
 */
void
sp_store_points_async (SpStore *self, SpQuery *query, const char * const *changed, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->query = sp_query_copy (query);
  request->changed = g_strdupv ((GStrv) changed);
  sp_store_read_async (self, find_points, request, free_request, (GDestroyNotify) sp_points_free, cancellable, callback, user_data);
}

/**
 * sp_store_points_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as sp_store_find_finish() says
 *
 * Returns: (transfer full) (nullable): the points
 */
SpPoints *
sp_store_points_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}

/* On a reader. */
static gpointer
get_point (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  SpPoint point;

  return sp_points_get (db, id, &point, error) ? g_memdup2 (&point, sizeof point) : NULL;
}

/**
 * sp_store_point_async:
 * @self: a store
 * @id: document id of an asset
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Finds where one entry is, whatever is looked for.
 */
void
sp_store_point_async (SpStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, get_point, g_strdup (id), g_free, g_free, cancellable, callback, user_data);
}

/**
 * sp_store_point_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as sp_points_get() says
 *
 * Returns: (transfer full) (nullable): its point; g_free() it
 */
SpPoint *
sp_store_point_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (self, result, error);
}
