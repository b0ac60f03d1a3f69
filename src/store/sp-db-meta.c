/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store knows about itself: named values, the sequence, which documents a transaction changed, and what other
 * files of this room keep with a connection. */
#include "sp-db-private.h"

/**
 * sp_db_get_meta:
 * @db: a connection
 * @key: a name
 *
 * Returns: (transfer full) (nullable): what the store keeps under it
 */
char *
sp_db_get_meta (SpDb *db, const char *key)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT value FROM meta WHERE key = ?", NULL);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, NULL) || !has_row)
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

/**
 * sp_db_set_meta:
 * @db: the writing connection
 * @key: a name
 * @value: what the store shall keep under it
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that went well
 */
gboolean
sp_db_set_meta (SpDb *db, const char *key, const char *value, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, value, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

static gboolean
load_seq (SpDb *db, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq'", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  db->seq = db->stored_seq = has_row ? sqlite3_column_int64 (stmt, 0) : 0;
  return TRUE;
}

/**
 * sp_db_store_seq:
 * @db: the writing connection, before its transaction ends
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Writes the newest sequence that the transaction has drawn.
 *
 * Returns: whether that went well
 */
gboolean
sp_db_store_seq (SpDb *db, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "UPDATE meta SET value = CAST (?1 AS TEXT) WHERE key = 'update_seq'", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, db->seq);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_db_get_transaction:
 * @db: the writing connection, inside a transaction
 *
 * While it is open nobody else writes: what was read in it holds until its end.
 *
 * Returns: which transaction of this connection it is, from 1
 */
guint sp_db_get_transaction (SpDb *db) { return db->transaction; }

/**
 * sp_db_next_seq:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Takes the next sequence. The counter never goes back, and only one writer draws from it; it is written once, when
 * the transaction ends.
 *
 * Returns: the sequence, or -1
 */
gint64
sp_db_next_seq (SpDb *db, GError **error)
{
  g_return_val_if_fail (db->depth > 0, -1);
  if (db->seq < 0 && !load_seq (db, error))
    return -1;
  return ++db->seq;
}

/**
 * sp_db_get_seq:
 * @db: the writing connection, inside a transaction
 * @error: %SP_ERROR
 *
 * Returns: the newest sequence, also one that this transaction has drawn; -1 if it cannot be read
 */
gint64
sp_db_get_seq (SpDb *db, GError **error)
{
  g_return_val_if_fail (db->depth > 0, -1);
  if (db->seq < 0 && !load_seq (db, error))
    return -1;
  return db->seq;
}

/**
 * sp_db_watch_changes:
 * @db: the writing connection, outside of a transaction
 *
 * From now on the ids of documents that change are kept for sp_db_take_changes(), which must then be called now and then.
 */
void
sp_db_watch_changes (SpDb *db)
{
  if (db->changes == NULL)
    db->changes = g_ptr_array_new_with_free_func (g_free);
}

/**
 * sp_db_note_change:
 * @db: the writing connection, inside a transaction
 * @id: id of a document that changed
 *
 * Remembers it for whoever listens after the commit, if anybody does.
 */
void
sp_db_note_change (SpDb *db, const char *id)
{
  if (db->changes != NULL)
    g_ptr_array_add (db->changes, g_strdup (id));
}

/**
 * sp_db_take_changes:
 * @db: a connection, outside of a transaction, for which sp_db_watch_changes() was called
 *
 * Returns: (transfer full) (element-type utf8): the ids noted since the last call
 */
GPtrArray *
sp_db_take_changes (SpDb *db)
{
  GPtrArray *changes = db->changes;

  g_return_val_if_fail (changes != NULL, NULL);
  db->committed = 0;
  db->changes = g_ptr_array_new_with_free_func (g_free);
  return changes;
}

/**
 * sp_db_set_data:
 * @db: a connection
 * @key: a name
 * @data: (nullable): what to keep with it, instead of what was there
 * @destroy: (nullable): frees it when the connection is closed
 */
void
sp_db_set_data (SpDb *db, const char *key, gpointer data, GDestroyNotify destroy)
{
  g_datalist_set_data_full (&db->data, key, data, destroy);
}

/**
 * sp_db_get_data:
 * @db: a connection
 * @key: a name
 *
 * Returns: (nullable) (transfer none): what sp_db_set_data() keeps with it
 */
gpointer
sp_db_get_data (SpDb *db, const char *key)
{
  return g_datalist_get_data (&db->data, key);
}
