/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many entries that arrive in one transaction: full text gathers them all before it writes, and tables whose order is not
 * that of the documents get their rows from sorted arrays. Whoever would change such a row has what waits written first. */
#include "sp-projection-private.h"

#include "sp-db-private.h"
#include "sp-twins.h"

#define DATA_KEY "signpost-bulk"
#define LOOSE_KEY "signpost-loose"
#define MANY_LOOSE 1000 /* entries */
#define LARGE_PART 4    /* a quarter */

/* About how many entries there are. Apart, as SQLite reads a whole table for a question that asks for both. */
#define COUNT_SQL "SELECT (SELECT max (n) FROM asset) - (SELECT min (n) FROM asset)"

static void
free_bulk (gpointer data)
{
  SpBulk *bulk = data;

  g_array_unref (bulk->positions);
  g_array_unref (bulk->keys);
  g_array_unref (bulk->gone);
  g_hash_table_unref (bulk->waiting);
  g_free (bulk);
}

static SpBulk *
new_bulk (guint transaction, gboolean many)
{
  SpBulk *bulk = g_new (SpBulk, 1);

  bulk->transaction = transaction;
  bulk->many = many;
  bulk->positions = g_array_new (FALSE, FALSE, sizeof (SpPlaced));
  g_array_set_clear_func (bulk->positions, sp_rows_clear_placed);
  bulk->keys = g_array_new (FALSE, FALSE, sizeof (SpTwinKey));
  bulk->gone = g_array_new (FALSE, FALSE, sizeof (SpNearGone));
  g_array_set_clear_func (bulk->gone, sp_near_clear_gone);
  bulk->waiting = g_hash_table_new (NULL, NULL);
  return bulk;
}

/**
 * sp_bulk_get:
 * @db: the writing connection
 *
 * Returns: (transfer none) (nullable): what gets the rows that are better written later, between sp_projection_begin_batch()
 *   and sp_projection_end_batch(); what an undone transaction left behind is no longer of use
 */
SpBulk *
sp_bulk_get (SpDb *db)
{
  SpBulk *bulk = sp_db_get_data (db, DATA_KEY);

  return bulk != NULL && bulk->transaction == sp_db_get_transaction (db) && !sqlite3_get_autocommit (sp_db_get_handle (db)) ? bulk : NULL;
}

/* What came in batches since the indexes were last merged. */
typedef struct
{
  guint  entries;
  gint64 last; /* g_get_monotonic_time() */
} Loose;

static Loose *
get_loose (SpDb *db)
{
  Loose *loose = sp_db_get_data (db, LOOSE_KEY);

  if (loose == NULL)
    sp_db_set_data (db, LOOSE_KEY, loose = g_new0 (Loose, 1), g_free);
  return loose;
}

/* What goes, goes first: a row may come back with other words. */
static gboolean
write_positions (SpDb *db, SpBulk *bulk, GError **error)
{
  sp_projection_loosen (db, bulk->positions->len);
  g_hash_table_remove_all (bulk->waiting);
  return sp_near_write_gone (db, bulk->gone, error) && sp_rows_write_positions (db, bulk->positions, error);
}

/**
 * sp_bulk_settle:
 * @db: the writing connection, inside a transaction
 * @n: an asset's row
 * @error: %SP_ERROR
 *
 * Writes where things are, if that asset is among what waits: before it is taken out.
 *
 * Returns: whether that went well
 */
gboolean
sp_bulk_settle (SpDb *db, gint64 n, GError **error)
{
  SpBulk *bulk = sp_bulk_get (db);

  return bulk == NULL || !g_hash_table_contains (bulk->waiting, GSIZE_TO_POINTER (n)) || write_positions (db, bulk, error);
}

/**
 * sp_bulk_write_keys:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Writes the keys of twins that wait, if there are any: before some are taken out.
 *
 * Returns: whether that went well
 */
gboolean
sp_bulk_write_keys (SpDb *db, GError **error)
{
  SpBulk *bulk = sp_bulk_get (db);

  return bulk == NULL || sp_twins_write (db, bulk->keys, error);
}

/**
 * sp_projection_begin_batch:
 * @db: the writing connection, inside a transaction
 * @many: whether some hundred entries are coming: then full text gathers them all before it writes, too
 * @error: %SP_ERROR
 *
 * Makes writing several entries cheaper. In the same transaction sp_projection_end_batch() must follow; if that is
 * undone, so is the batch. Where there is no projection nothing is done.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_begin_batch (SpDb *db, gboolean many, GError **error)
{
  if (sp_db_get_mode (db) == SP_DB_SERVE)
    return TRUE;
  sp_db_set_data (db, DATA_KEY, new_bulk (sp_db_get_transaction (db), many), free_bulk);
  return !many || sp_projection_set_bulk (db, TRUE, error);
}

/**
 * sp_projection_end_batch:
 * @db: the writing connection, in the transaction of sp_projection_begin_batch()
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Writes what was gathered. Nothing if no batch was begun.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_end_batch (SpDb *db, GError **error)
{
  SpBulk *bulk = sp_bulk_get (db);
  const gboolean good = bulk == NULL
                        || (write_positions (db, bulk, error) && sp_bulk_write_keys (db, error)
                            && (!bulk->many || sp_projection_set_bulk (db, FALSE, error)));

  get_loose (db)->last = g_get_monotonic_time ();
  sp_db_set_data (db, DATA_KEY, NULL, NULL);
  return good;
}

/**
 * sp_projection_merge:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * Makes one piece of each full text index: FTS5 writes a piece with each transaction, and looks up each phrase in each of them,
 * so that after many a search takes several times as long. A million entries take some ten seconds.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_merge (SpDb *db, GError **error)
{
  get_loose (db)->entries = 0;
  return sp_db_exec (db, "INSERT INTO near (near) VALUES ('optimize'); INSERT INTO text (text) VALUES ('optimize')", error);
}

/**
 * sp_projection_count:
 * @db: a connection
 *
 * Returns: about how many entries the store has: fewer after many changes
 */
double
sp_projection_count (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, COUNT_SQL, NULL);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, NULL) ? sqlite3_column_double (stmt, 0) : 0;
}

/**
 * sp_projection_loosen:
 * @db: the writing connection
 * @entries: that were added
 *
 * Counts what sp_projection_is_loose() goes by.
 */
void
sp_projection_loosen (SpDb *db, guint entries)
{
  get_loose (db)->entries += entries;
}

/**
 * sp_projection_is_loose:
 * @db: the writing connection
 *
 * Returns: whether batches brought so much of what is there that sp_projection_merge() is worth it; after less, FTS5 merges
 *   enough by itself
 */
gboolean
sp_projection_is_loose (SpDb *db)
{
  const guint loose = get_loose (db)->entries;

  return loose >= MANY_LOOSE && (double) loose * LARGE_PART >= sp_projection_count (db);
}

/**
 * sp_projection_is_busy:
 * @db: the writing connection
 *
 * Returns: whether a batch was written just now, so that another one is likely
 */
gboolean
sp_projection_is_busy (SpDb *db)
{
  return g_get_monotonic_time () - get_loose (db)->last < G_TIME_SPAN_SECOND;
}
