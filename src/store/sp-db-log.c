/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The write-ahead log of a connection: how much it gathers before SQLite folds it into the file. What is committed is safe in the
 * log; to fold it costs reading and writing all of it once more. */
#include "sp-db-private.h"

#define GATHERED_PAGES 64000 /* 256 MiB; of that its file keeps 64 once it was folded, see sp_db_open() */

/**
 * sp_db_gather:
 * @db: the writing connection
 *
 * Lets the log gather 256 MiB rather than 16, until sp_db_fold(): while batches come, each changes the same pages of the indexes
 * as the one before, and none should wait for the file.
 */
void
sp_db_gather (SpDb *db)
{
  if (!db->gathers)
    sqlite3_wal_autocheckpoint (db->handle, GATHERED_PAGES);
  db->gathers = TRUE;
}

/**
 * sp_db_gathers:
 * @db: a connection
 *
 * Returns: whether sp_db_fold() has something to do
 */
gboolean sp_db_gathers (SpDb *db) { return db->gathers; }

/**
 * sp_db_fold:
 * @db: the writing connection, outside of a transaction
 *
 * Folds what was gathered into the file, as far as nobody reads an older state, and the log is as short as usual again. What
 * fails is done with the next commit that SQLite finds the log long after.
 */
void
sp_db_fold (SpDb *db)
{
  if (!db->gathers || db->is_damaged)
    return;
  db->gathers = FALSE;
  sqlite3_wal_autocheckpoint (db->handle, SP_DB_LOG_PAGES);
  sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}
