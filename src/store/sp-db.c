/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpDb: one connection to a store file, its prepared statements and its transaction. */
#include "sp-db-private.h"

#include "sp-db-file.h"
#include "sp-identity.h"
#include "sp-import.h"
#include "sp-projection.h"
#include "sp-schema.h"
#include "sp-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 5000

/**
 * sp_db_take_error:
 * @db: a connection
 * @code: what SQLite returned
 * @error: where to put it in words
 *
 * An interrupted statement becomes %G_IO_ERROR_CANCELLED, all else %SP_ERROR with the file's name. Once a store has turned
 * out to be damaged, nothing is written to it through @db any more.
 *
 * Returns: always %FALSE
 */
gboolean
sp_db_take_error (SpDb *db, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped"));
  else if (sp_db_error_set (db->path, db->handle, code, error) == SP_ERROR_DAMAGED)
    {
      db->is_damaged = TRUE;
      sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
  return FALSE;
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static SpDb *
new_db (const char *path, SpDbMode mode)
{
  SpDb *db = g_new0 (SpDb, 1);

  db->path = g_strdup (path);
  db->mode = mode;
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  return db;
}

/* SQLite counts each piece of memory behind one lock for all threads, unless it is told before anything else that nobody asks. */
static void __attribute__ ((constructor))
leave_memory_uncounted (void)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Opens the file, but reads nothing of it yet. What it holds may come from outside: its schema may do nothing by itself. */
static gboolean
open_handle (SpDb *db, const SpDbFile *file, GError **error)
{
  gboolean immutable = db->mode == SP_DB_READ && file->is_fixed;
  g_autofree char *uri = immutable ? sp_db_file_make_uri (db->path, TRUE) : NULL;
  int flags = db->mode == SP_DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2 (immutable ? uri : db->path, &db->handle, flags | SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_URI : 0), NULL);

  if (code != SQLITE_OK)
    return sp_db_take_error (db, code, error);
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  return TRUE;
}

/* The version again, as the write-ahead log may know better than the file's header. */
static gboolean
check_version (SpDb *db, GError **error)
{
  int version;

  if (!sp_schema_get_version (db, &version, error))
    return FALSE;
  if (version < 0 || version > sp_schema_get_newest ())
    return sp_db_file_set_newer (db->path, version, error);
  if (db->mode == SP_DB_READ && version < sp_schema_get_newest ())
    {
      g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, _("“%s” was written by an older Signpost and cannot be brought up to date while it is only read"), db->path);
      return FALSE;
    }
  return TRUE;
}

/* A new file gets its tables before its write-ahead log, so that its header says at once whose it is. */
static gboolean
prepare_to_write (SpDb *db, GError **error)
{
  return sp_db_exec (db, "PRAGMA synchronous = FULL;"
                         "PRAGMA wal_autocheckpoint = " G_STRINGIFY (SP_DB_LOG_PAGES) "; PRAGMA journal_size_limit = 67108864;", error)
         && sp_schema_upgrade (db, error)
         && sp_db_exec (db, "PRAGMA journal_mode = WAL;", error)
         && sp_identity_ensure (db, error)
         && sp_projection_prepare (db, error)
         && sp_import_recover (db, NULL, error);
}

/**
 * sp_db_open:
 * @path: the store file; ":memory:" for one that leaves nothing behind
 * @mode: whether it will be written to
 * @error: %SP_ERROR_FOREIGN, %SP_ERROR_DAMAGED, %SP_ERROR_NEWER, %SP_ERROR_READ_ONLY, %SP_ERROR_LOCKED …
 *
 * Opens a store, and for writing brings its schema and identity up to date and takes back an import that was cut off. A file that is not a store of ours, is newer
 * or damaged is left exactly as it is.
 *
 * Returns: (transfer full) (nullable): the connection, for this thread
 */
SpDb *
sp_db_open (const char *path, SpDbMode mode, GError **error)
{
  g_autoptr (SpDb) db = new_db (path, mode);
  SpDbFile file = { 0 };

  if (strcmp (path, ":memory:") != 0 && !sp_db_file_look (path, mode, &file, error))
    return NULL;
  if (strcmp (path, ":memory:") != 0)
    db->held = sp_db_file_hold (path);
  if (!open_handle (db, &file, error))
    return NULL;
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!check_version (db, error))
    return NULL;
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  db->is_ready = TRUE;
  if (!sp_db_exec (db, "PRAGMA cache_size = -65536;", error)
      || !sp_projection_register (db, error) || !sp_search_register (db, error)
      || (mode != SP_DB_READ && !prepare_to_write (db, error)))
    return NULL;
  return g_steal_pointer (&db);
}

/**
 * sp_db_close:
 * @db: (transfer full): a connection
 *
 * Undoes an open transaction and closes the connection. The writing one moves what its log holds into the file; the last
 * one to close the file leaves nothing beside it, so close readers first.
 */
void
sp_db_close (SpDb *db)
{
  g_hash_table_unref (db->statements);
  g_clear_pointer (&db->changes, g_ptr_array_unref);
  if (db->depth > 0)
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  if (db->mode != SP_DB_READ && db->is_ready && !db->is_damaged)
    sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  sqlite3_close (db->handle);
  if (db->held != NULL)
    sp_db_file_release (db->held);
  g_datalist_clear (&db->data); /* after: closing may still roll back and call a hook */
  g_free (db->path);
  g_free (db);
}

/**
 * sp_db_shrink:
 * @db: a connection
 *
 * Gives back the memory of what it read: for work that goes on without it, and needs memory itself.
 */
void
sp_db_shrink (SpDb *db)
{
  sqlite3_db_release_memory (db->handle);
}

/**
 * sp_db_set_lasting:
 * @db: a connection
 * @lasting: whether a commit waits for the disk, as it does at first; %FALSE where a power cut takes only what can be had again
 * @error: %SP_ERROR
 *
 * For what is committed from now on; outside of a transaction. The store is whole either way.
 *
 * Returns: whether that went well
 */
gboolean
sp_db_set_lasting (SpDb *db, gboolean lasting, GError **error)
{
  return sp_db_exec (db, lasting ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error);
}

/**
 * sp_db_set_patience:
 * @db: a connection
 * @milliseconds: how long to wait for another program's lock; five seconds unless set
 */
void
sp_db_set_patience (SpDb *db, guint milliseconds)
{
  sqlite3_busy_timeout (db->handle, (int) milliseconds);
}

/**
 * sp_db_get_handle:
 * @db: a connection
 *
 * Returns: (transfer none): SQLite's own connection, for what this room has no function for
 */
sqlite3 *sp_db_get_handle (SpDb *db) { return db->handle; }

/**
 * sp_db_get_mode:
 * @db: a connection
 *
 * Returns: what it is for
 */
SpDbMode sp_db_get_mode (SpDb *db) { return db->mode; }

/**
 * sp_db_is_damaged:
 * @db: a connection
 *
 * Returns: whether something in the store could not be read, so that nothing may be written to it any more
 */
gboolean sp_db_is_damaged (SpDb *db) { return db->is_damaged; }

/**
 * sp_db_get_path:
 * @db: a connection
 *
 * Returns: (transfer none): path of the store file, in the encoding of file names
 */
const char *sp_db_get_path (SpDb *db) { return db->path; }

/**
 * sp_db_interrupt:
 * @db: a connection
 *
 * Makes what runs on @db stop soon with %G_IO_ERROR_CANCELLED. The one function that any thread may call.
 */
void
sp_db_interrupt (SpDb *db)
{
  sqlite3_interrupt (db->handle);
}

/**
 * sp_db_prepare:
 * @db: a connection
 * @sql: one statement
 * @error: %SP_ERROR
 *
 * Gives a statement, prepared once and kept. Hold it as `SP_DB_STMT *`, which resets it at the end of the scope.
 *
 * Returns: (transfer none) (nullable): the statement
 */
sqlite3_stmt *
sp_db_prepare (SpDb *db, const char *sql, GError **error)
{
  SpDbRecent *recent = &db->recent[((guintptr) sql >> 3) % SP_DB_RECENT];
  sqlite3_stmt *stmt;
  int code;

  if (recent->sql == sql && strcmp (sqlite3_sql (recent->stmt), sql) == 0)
    return recent->stmt;
  stmt = g_hash_table_lookup (db->statements, sql);
  if (stmt != NULL)
    {
      *recent = (SpDbRecent){ sql, stmt };
      return stmt;
    }
  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (code != SQLITE_OK)
    {
      sp_db_take_error (db, code, error);
      return NULL;
    }
  g_hash_table_insert (db->statements, g_strdup (sql), stmt);
  return stmt;
}

/**
 * sp_db_step:
 * @db: a connection
 * @stmt: a statement of it
 * @has_row: (out): whether there is a row; %TRUE if it failed, as the rows had not come to their end
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that went well
 */
gboolean
sp_db_step (SpDb *db, sqlite3_stmt *stmt, gboolean *has_row, GError **error)
{
  int code = sqlite3_step (stmt);

  *has_row = code != SQLITE_DONE;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  return sp_db_take_error (db, code, error);
}

/**
 * sp_db_run:
 * @db: a connection
 * @stmt: a statement of it that gives no rows
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that went well
 */
gboolean
sp_db_run (SpDb *db, sqlite3_stmt *stmt, GError **error)
{
  gboolean has_row;

  return sp_db_step (db, stmt, &has_row, error);
}

/**
 * sp_db_exec:
 * @db: a connection
 * @sql: one or more statements whose rows nobody wants
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that went well
 */
gboolean
sp_db_exec (SpDb *db, const char *sql, GError **error)
{
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || sp_db_take_error (db, code, error);
}

static gboolean
refuse_undone (GError **error)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_FAILED, _("Nothing was saved: an earlier step had failed"));
  return FALSE;
}

/**
 * sp_db_begin:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * Begins a transaction, or joins the one that is open: only the outermost commit writes.
 *
 * Returns: whether that went well
 */
gboolean
sp_db_begin (SpDb *db, GError **error)
{
  if (db->is_damaged)
    return sp_db_file_set_damaged (db->path, _("something in it could not be read"), error);
  if (db->depth > 0 && sqlite3_get_autocommit (db->handle))
    return refuse_undone (error); /* SQLite undoes by itself when the disk is full or a write was interrupted */
  if (db->depth == 0)
    {
      if (!sp_db_exec (db, "BEGIN IMMEDIATE", error))
        return FALSE;
      db->seq = db->stored_seq = -1;
      db->transaction++;
    }
  db->depth++;
  return TRUE;
}

/**
 * sp_db_commit:
 * @db: the writing connection
 * @error: %SP_ERROR, also when something inside has already undone the transaction
 *
 * Ends what sp_db_begin() began. The outermost commit writes; when it fails the transaction is still open, to be
 * undone with sp_db_rollback().
 *
 * Returns: whether that went well
 */
gboolean
sp_db_commit (SpDb *db, GError **error)
{
  if (db->depth == 0 || sqlite3_get_autocommit (db->handle))
    return refuse_undone (error);
  if (db->depth == 1)
    {
      if ((db->seq != db->stored_seq && !sp_db_store_seq (db, error)) || !sp_db_exec (db, "COMMIT", error))
        return FALSE;
      db->committed = db->changes != NULL ? db->changes->len : 0;
    }
  db->depth--;
  return TRUE;
}

/**
 * sp_db_leave:
 * @db: the writing connection
 *
 * Ends what sp_db_begin() began when nothing was written since: a transaction around it goes on untouched, so that a
 * refused document does not cost its batch.
 */
void
sp_db_leave (SpDb *db)
{
  if (db->depth > 1)
    db->depth--;
  else
    sp_db_rollback (db);
}

/**
 * sp_db_rollback:
 * @db: a connection
 *
 * Undoes the whole transaction, whatever its depth; nothing if none is open. Calling it again does no harm.
 */
void
sp_db_rollback (SpDb *db)
{
  if (db->depth == 0)
    return;
  db->depth = 0;
  if (db->changes != NULL)
    g_ptr_array_set_size (db->changes, (int) db->committed);
  sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}
