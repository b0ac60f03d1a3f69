/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPointCache: the table of all points, shared by the readers of a store. Each takes the one of what it sees. */
#include "sp-point-table.h"

#include "sp-clock.h"

#define KEY "signpost-point-cache"

struct _SpPointCache
{
  gatomicrefcount refs;
  GMutex        lock;  /* of @table; held while another is loaded, which who needs the same waits for */
  SpPointTable *table; /* nullable */
};

/**
 * sp_point_cache_new:
 *
 * Returns: (transfer full): a cache with nothing in it
 */
SpPointCache *
sp_point_cache_new (void)
{
  SpPointCache *self = g_new0 (SpPointCache, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  return self;
}

/**
 * sp_point_cache_unref:
 * @self: (transfer full): a cache
 */
void
sp_point_cache_unref (SpPointCache *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->table, sp_point_table_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * sp_point_cache_give:
 * @self: a cache
 * @db: a reader of the store that it is for; keeps a reference
 *
 * Has the reader go by this cache. It is for readers alone: what a writer sees may yet be undone.
 */
void
sp_point_cache_give (SpPointCache *self, SpDb *db)
{
  g_return_if_fail (sp_db_get_mode (db) == SP_DB_READ);
  g_atomic_ref_count_inc (&self->refs);
  sp_db_set_data (db, KEY, self, (GDestroyNotify) sp_point_cache_unref);
}

/* With the lock held. A table of what is newer than the reader sees is left alone: others need it. */
static SpPointTable *
bring_up_to_date (SpPointCache *self, SpDb *db, gint64 seq, gboolean load, GError **error)
{
  const gint32 today = sp_clock_today ();
  SpPointTable *old = self->table != NULL && sp_point_table_is_of (self->table, today) ? self->table : NULL, *table = NULL;
  g_autoptr (GError) failure = NULL;

  if (old != NULL && sp_point_table_get_seq (old) >= seq)
    return sp_point_table_get_seq (old) == seq ? sp_point_table_ref (old) : NULL;
  if (old != NULL)
    table = sp_point_table_renew (old, db, seq, today, &failure);
  if (table == NULL && failure == NULL && load)
    table = sp_point_table_load (db, seq, today, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (table == NULL)
    return NULL;
  g_clear_pointer (&self->table, sp_point_table_unref);
  self->table = table;
  return sp_point_table_ref (table);
}

/**
 * sp_point_cache_take:
 * @db: a connection, in a transaction
 * @seq: the store's newest sequence there
 * @load: whether to read all entries, if that is what it takes
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Gives the table of all entries as the connection sees them.
 *
 * Returns: (transfer full) (nullable): the table; %NULL without an error if the connection has no cache, or there is no such table
 *   without loading it, or another reader is about that
 */
SpPointTable *
sp_point_cache_take (SpDb *db, gint64 seq, gboolean load, GError **error)
{
  SpPointCache *self = sp_db_get_data (db, KEY);
  SpPointTable *table;

  if (self == NULL || (!load && !g_mutex_trylock (&self->lock)))
    return NULL;
  if (load)
    g_mutex_lock (&self->lock);
  table = bring_up_to_date (self, db, seq, load, error);
  g_mutex_unlock (&self->lock);
  return table;
}
