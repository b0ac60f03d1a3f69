/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many documents there are, and which: what a server tells about a database. */
#include "sp-docs-private.h"

/**
 * sp_docs_count:
 * @db: a connection
 * @live: (out): documents that are not deleted
 * @deleted: (out): documents that are
 * @error: %SP_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
sp_docs_count (SpDb *db, guint *live, guint *deleted, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*), coalesce (sum (deleted), 0) FROM doc", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *deleted = (guint) sqlite3_column_int64 (stmt, 1);
  *live = (guint) sqlite3_column_int64 (stmt, 0) - *deleted;
  return TRUE;
}

static sqlite3_stmt *
prepare_list (SpDb *db, const SpDocsRange *range, GError **error)
{
  sqlite3_stmt *stmt;

  if (range->descending)
    stmt = sp_db_prepare (db, "SELECT id FROM doc WHERE NOT deleted AND (?1 IS NULL OR id <= ?1)"
                              " AND (?2 IS NULL OR id > ?2 OR (?3 AND id = ?2)) ORDER BY id DESC LIMIT ?4 OFFSET ?5", error);
  else
    stmt = sp_db_prepare (db, "SELECT id FROM doc WHERE NOT deleted AND (?1 IS NULL OR id >= ?1)"
                              " AND (?2 IS NULL OR id < ?2 OR (?3 AND id = ?2)) ORDER BY id LIMIT ?4 OFFSET ?5", error);
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, range->start, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, range->end, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 3, range->with_end);
  sqlite3_bind_int64 (stmt, 4, range->limit == G_MAXUINT ? -1 : (gint64) range->limit);
  sqlite3_bind_int64 (stmt, 5, range->skip);
  return stmt;
}

/**
 * sp_docs_list:
 * @db: a connection
 * @range: which
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): ids of documents that are not deleted, in the order of their bytes
 */
GStrv
sp_docs_list (SpDb *db, const SpDocsRange *range, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = prepare_list (db, range, error);

  if (stmt == NULL)
    return NULL;
  while (has_row)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (builder, (const char *) sqlite3_column_text (stmt, 0));
    }
  return g_strv_builder_end (builder);
}
