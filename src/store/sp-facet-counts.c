/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting ahead: how many entries each of several queries would find, for the choosers of filters and for what to
 * loosen when nothing is found. Each is run as a search runs it, so that the number promised is the number found; none
 * looks at more than SP_SEARCH_BOUND entries, or sorts them in a way that costs. */
#include "sp-facet-counts.h"

#include "sp-search.h"

static gboolean
count_one (SpDb *db, SpQuery *query, GCancellable *cancellable, SpFacetCount *count, GError **error)
{
  g_autoptr (SpQuery) bounded = sp_query_copy (query);
  g_autoptr (SpHits) hits = NULL;

  sp_query_set_limit (bounded, 1);
  sp_query_set_order (bounded, SP_ORDER_ANY);
  hits = sp_search_find (db, bounded, cancellable, error);
  if (hits == NULL)
    return FALSE;
  count->count = hits->total;
  count->exact = hits->exact;
  return TRUE;
}

/**
 * sp_facet_counts:
 * @db: a connection
 * @queries: (element-type SpQuery): what to count, with places and areas looked up; not changed meanwhile
 * @cancellable: (nullable): asked between queries and within them
 * @error: as of sp_search_find()
 *
 * Returns: (transfer full) (nullable) (element-type SpFacetCount): the counts, in the order of @queries
 */
GArray *
sp_facet_counts (SpDb *db, GPtrArray *queries, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, TRUE, sizeof (SpFacetCount), queries->len);

  g_array_set_size (counts, queries->len);
  for (guint i = 0; i < queries->len; i++)
    if (!count_one (db, g_ptr_array_index (queries, i), cancellable, &g_array_index (counts, SpFacetCount, i), error))
      return NULL;
  return g_steal_pointer (&counts);
}

/* On a reader. */
static gpointer
count_job (SpDb *db, gpointer queries, GCancellable *cancellable, GError **error)
{
  return sp_facet_counts (db, queries, cancellable, error);
}

/**
 * sp_facet_counts_async:
 * @store: a store
 * @queries: (element-type SpQuery): what to count, with places and areas looked up; copied
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Counts on one of the store's readers.
 */
void
sp_facet_counts_async (SpStore *store, GPtrArray *queries, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GPtrArray *copy = g_ptr_array_new_full (queries->len, g_object_unref);

  for (guint i = 0; i < queries->len; i++)
    g_ptr_array_add (copy, sp_query_copy (g_ptr_array_index (queries, i)));
  sp_store_read_async (store, count_job, copy, (GDestroyNotify) g_ptr_array_unref, (GDestroyNotify) g_array_unref,
                       cancellable, callback, user_data);
}

/**
 * sp_facet_counts_finish:
 * @store: a store
 * @result: what the callback got
 * @error: as of sp_facet_counts(); %G_IO_ERROR_CANCELLED if it was stopped
 *
 * Returns: (transfer full) (nullable) (element-type SpFacetCount): the counts, in the order of the queries
 */
GArray *
sp_facet_counts_finish (SpStore *store, GAsyncResult *result, GError **error)
{
  return sp_store_call_finish (store, result, error);
}
