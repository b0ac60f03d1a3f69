/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local documents: they never travel, have no tree and take no sequence. Replicators keep their checkpoints in them, so
 * they are lenient: the newest write wins, whatever revision it names. */
#include "sp-docs-private.h"

#include <string.h>

/**
 * sp_docs_get_local:
 * @db: a connection
 * @id: what follows `_local/`
 * @rev: (out) (optional) (transfer full): its revision, `0-N`
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the body as JSON, without members that begin with `_`
 */
char *
sp_docs_get_local (SpDb *db, const char *id, char **rev, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, body FROM local WHERE id = ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "_local/%s: there is no such local document", id);
      return NULL;
    }
  if (rev != NULL)
    *rev = g_strdup_printf ("0-%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (stmt, 0));
  return g_strdup ((const char *) sqlite3_column_text (stmt, 1));
}

static gboolean
check_local_id (const char *id, GError **error)
{
  gsize length = strlen (id);

  if (length > 0 && length <= SP_DOCS_MAX_ID && g_utf8_validate (id, (gssize) length, NULL))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "A local id must have 1 to %d bytes of UTF-8", SP_DOCS_MAX_ID);
  return FALSE;
}

/**
 * sp_docs_put_local:
 * @db: the writing connection
 * @id: what follows `_local/`
 * @json: the document; members that begin with `_` are left out
 * @length: length of @json in bytes, or -1 if it ends with a nul
 * @rev: (out) (optional) (transfer full): its new revision, one after the one before
 * @error: %SP_ERROR_PARSE, %SP_ERROR_INVALID …
 *
 * Returns: whether it was written
 */
gboolean
sp_docs_put_local (SpDb *db, const char *id, const char *json, gssize length, char **rev, GError **error)
{
  g_auto (SpBody) body = { 0 };
  gboolean has_row;
  SP_DB_STMT *stmt = NULL;

  if (!check_local_id (id, error) || !sp_body_from_text (&body, json, length, error))
    return FALSE;
  stmt = sp_db_prepare (db, "INSERT INTO local (id, n, body) VALUES (?1, 1, ?2)"
                            " ON CONFLICT (id) DO UPDATE SET n = n + 1, body = excluded.body RETURNING n", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, body.json, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (rev != NULL)
    *rev = g_strdup_printf ("0-%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (stmt, 0));
  /* A statement that returns rows ends, and so commits, with the step after its last row. */
  if (sp_db_run (db, stmt, error))
    return TRUE;
  if (rev != NULL)
    g_clear_pointer (rev, g_free);
  return FALSE;
}

/**
 * sp_docs_delete_local:
 * @db: the writing connection
 * @id: what follows `_local/`
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Returns: whether it was there and is gone
 */
gboolean
sp_docs_delete_local (SpDb *db, const char *id, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "DELETE FROM local WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  if (sqlite3_changes (sp_db_get_handle (db)) > 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "_local/%s: there is no such local document", id);
  return FALSE;
}

/**
 * sp_docs_measure_local:
 * @db: a connection
 * @prefix: what ids begin with; it ends in a character of ASCII
 * @count: (out): how many local documents there are with such ids
 * @bytes: (out): of their ids and bodies
 * @error: %SP_ERROR
 *
 * Reads them all: for some thousands, and not for each of them.
 *
 * Returns: whether they could be counted
 */
gboolean
sp_docs_measure_local (SpDb *db, const char *prefix, guint *count, gsize *bytes, GError **error)
{
  const gsize length = strlen (prefix);
  g_autofree char *end = g_strdup (prefix);
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count(*), coalesce(sum(length(CAST(id AS BLOB)) + length(CAST(body AS BLOB))), 0)"
                                        " FROM local WHERE id >= ? AND id < ?", error);

  g_return_val_if_fail (length > 0, FALSE);
  end[length - 1]++; /* the first that no longer begins so */
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, prefix, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, end, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *count = (guint) sqlite3_column_int64 (stmt, 0);
  *bytes = (gsize) sqlite3_column_int64 (stmt, 1);
  return TRUE;
}
