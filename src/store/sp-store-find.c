/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One search for a program with a main loop: looks up what the query calls by name, then finds. SpFinder makes a
 * search field of it. */
#include "sp-store-find.h"

#include "sp-areas.h"
#include "sp-gazetteer.h"
#include "sp-result-list.h"
#include "sp-store-private.h"

typedef struct
{
  SpQuery *query; /* with its place and area looked up */
  SpHits  *hits;
} Found;

static void
free_found (Found *found)
{
  g_object_unref (found->query);
  if (found->hits != NULL)
    sp_hits_free (found->hits);
  g_free (found);
}

static gboolean
look_up_place (SpDb *db, SpQuery *query, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);
  g_autoptr (SpSpot) spot = NULL;

  if (filters->near == NULL || filters->placed)
    return TRUE;
  spot = sp_gazetteer_resolve (db, filters->near, NULL, error);
  if (spot == NULL)
    return FALSE;
  sp_query_set_near (query, spot->name, spot->latitude, spot->longitude);
  return TRUE;
}

/* An area that is given by its id has that for a name until it is looked up. */
static gboolean
look_up_area (SpDb *db, SpQuery *query, GError **error)
{
  const SpFilters *filters = sp_query_get_filters (query);
  g_autoptr (SpArea) area = NULL;

  if (filters->area == NULL || (filters->area_id != NULL && !g_str_equal (filters->area, filters->area_id)))
    return TRUE;
  area = sp_areas_find (db, filters->area, NULL, error);
  if (area == NULL)
    return FALSE;
  sp_query_set_area (query, area->id, area->name);
  return TRUE;
}

/**
 * sp_store_look_up:
 * @db: a connection
 * @query: gets the place and the area that it only names
 * @error: %SP_ERROR_AMBIGUOUS or %SP_ERROR_NOT_FOUND, as sp_gazetteer_resolve() and sp_areas_find() say
 *
 * Makes a query ready for sp_search_find() and sp_points_find().
 *
 * Returns: whether all was found
 */
gboolean
sp_store_look_up (SpDb *db, SpQuery *query, GError **error)
{
  return look_up_place (db, query, error) && look_up_area (db, query, error);
}

/* What will be looked at first comes along, so that nobody has to ask for it and wait again. Who asks will hear why it
 * could not be read. */
static void
load_first_page (SpDb *db, SpHits *hits, GCancellable *cancellable)
{
  guint n = MIN (hits->hits->len, SP_RESULT_PAGE);
  gint64 docs[SP_RESULT_PAGE];

  for (guint i = 0; i < n; i++)
    docs[i] = g_array_index (hits->hits, SpHit, i).doc;
  hits->first = sp_store_load_assets (db, docs, n, cancellable, NULL);
}

/* On a reader, with a query of its own. */
static gpointer
find (SpDb *db, gpointer query, GCancellable *cancellable, GError **error)
{
  Found *found;
  SpHits *hits = NULL;

  if (sp_store_look_up (db, query, error))
    hits = sp_search_find (db, query, cancellable, error);
  if (hits == NULL)
    return NULL;
  load_first_page (db, hits, cancellable);
  found = g_new (Found, 1);
  found->query = g_object_ref (query);
  found->hits = hits;
  return found;
}

/**
 * sp_store_find_async:
 * @self: a store
 * @query: what to look for; copied
 * @cancellable: (nullable): interrupts it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks up the query's place and area if they are only named, and finds.
 */
void
sp_store_find_async (SpStore *self, SpQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, find, sp_query_copy (query), g_object_unref, (GDestroyNotify) free_found,
                       cancellable, callback, user_data);
}

/**
 * sp_store_find_finish:
 * @self: a store
 * @result: what the callback got
 * @looked_up: (out) (optional) (transfer full) (nullable): the query with its place and area as they were found
 * @error: %SP_ERROR_AMBIGUOUS or %SP_ERROR_NOT_FOUND of the place or the area, as sp_gazetteer_resolve() and
 *   sp_areas_find() say; what sp_search_find() says
 *
 * Returns: (transfer full) (nullable): what was found
 */
SpHits *
sp_store_find_finish (SpStore *self, GAsyncResult *result, SpQuery **looked_up, GError **error)
{
  Found *found = sp_store_call_finish (self, result, error);
  SpHits *hits;

  if (looked_up != NULL)
    *looked_up = found != NULL ? g_object_ref (found->query) : NULL;
  if (found == NULL)
    return NULL;
  hits = g_steal_pointer (&found->hits);
  free_found (found);
  return hits;
}
