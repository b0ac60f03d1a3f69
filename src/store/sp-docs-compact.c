/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps a store small: the revision limit drops the oldest ancestors, compaction the bodies nobody needs. */
#include "sp-docs-private.h"

#include <stdlib.h>

#define COMPACT_ROWS 2000 /* revisions looked at in one transaction */
#define OPCODES_A_LOOK 20000 /* SQLite's steps between two looks at the cancellable */

static guint
get_limit (SpDb *db)
{
  g_autofree char *value = sp_db_get_meta (db, "revs_limit");

  return value != NULL ? (guint) MAX (1, atoi (value)) : SP_DOCS_REVISION_LIMIT;
}

/**
 * sp_docs_stem:
 * @db: the writing connection, inside a transaction
 * @doc: local number of a document
 * @generation: its greatest generation
 * @error: %SP_ERROR
 *
 * Drops the oldest ancestors of paths that are longer than the revision limit. The last one that stays still names
 * its parent, so that a stemmed revision is known for as long as a child of it is here.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_stem (SpDb *db, gint64 doc, guint32 generation, GError **error)
{
  guint limit = generation > 1 ? get_limit (db) : G_MAXUINT;
  SP_DB_STMT *stmt = NULL;

  if (generation <= limit)
    return TRUE;
  stmt = sp_db_prepare (db, "WITH RECURSIVE path (n, gen, parent, depth) AS ("
                            " SELECT n, gen, parent, 1 FROM rev WHERE doc = ?1 AND leaf"
                            " UNION ALL"
                            " SELECT r.n, r.gen, r.parent, p.depth + 1 FROM path p"
                            " JOIN rev r ON r.doc = ?1 AND r.gen = p.gen - 1 AND r.hash = p.parent WHERE p.depth < ?2)"
                            " DELETE FROM rev WHERE doc = ?1 AND n NOT IN (SELECT n FROM path)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_int64 (stmt, 2, limit);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_docs_set_revision_limit:
 * @db: the writing connection
 * @limit: how many generations of a path to remember, at least 1; %SP_DOCS_REVISION_LIMIT unless set
 * @error: %SP_ERROR_INVALID
 *
 * Sets the revision limit. It takes effect on a document when it is next written, and on all by compaction. Too low a
 * limit makes false conflicts, since paths can no longer be joined.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_set_revision_limit (SpDb *db, guint limit, GError **error)
{
  g_autofree char *text = NULL;

  if (limit < 1 || limit > G_MAXINT32)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "At least one revision of each entry must be kept");
      return FALSE;
    }
  text = g_strdup_printf ("%u", limit);
  return sp_db_set_meta (db, "revs_limit", text, error);
}

static gboolean
read_number (SpDb *db, const char *sql, gint64 *number, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *number = has_row ? sqlite3_column_int64 (stmt, 0) : 0;
  return TRUE;
}

/* Drops the bodies of inner revisions numbered @from to @from + COMPACT_ROWS that nothing asks to keep. */
static gboolean
drop_bodies (SpDb *db, gint64 from, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "UPDATE rev SET body = NULL WHERE n >= ?1 AND n < ?1 + ?2 AND NOT leaf AND kept IS NULL AND body IS NOT NULL", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, from);
  sqlite3_bind_int64 (stmt, 2, COMPACT_ROWS);
  return sp_db_run (db, stmt, error);
}

/* Stems every document that has a generation beyond the limit. */
static gboolean
stem_all (SpDb *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) docs = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT DISTINCT doc FROM rev WHERE gen > ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, get_limit (db));
  while (has_row)
    {
      gint64 doc;
      if (!sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      doc = sqlite3_column_int64 (stmt, 0);
      if (has_row)
        g_array_append_val (docs, doc);
    }
  sqlite3_reset (stmt);
  for (guint i = 0; i < docs->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !sp_docs_stem (db, g_array_index (docs, gint64, i), G_MAXINT32, error))
      return FALSE;
  return TRUE;
}

static int
look_at_cancellable (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/**
 * sp_docs_compact:
 * @db: the writing connection, outside of a transaction
 * @cancellable: (nullable): stops it; what was dropped until then stays dropped
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Drops the bodies of inner revisions that are not marked as kept and ancestors beyond the revision limit, and gives
 * the room back to the disk. Writes in steps of a few milliseconds, but for the last, which copies the file.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_compact (SpDb *db, GCancellable *cancellable, GError **error)
{
  gint64 last;
  gboolean good;

  if (!read_number (db, "SELECT max (n) FROM rev", &last, error))
    return FALSE;
  for (gint64 n = 0; n <= last; n += COMPACT_ROWS)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !drop_bodies (db, n, error))
      return FALSE;
  if (!stem_all (db, cancellable, error))
    return FALSE;
  sqlite3_progress_handler (sp_db_get_handle (db), OPCODES_A_LOOK, look_at_cancellable, cancellable);
  good = sp_db_exec (db, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE);", error);
  sqlite3_progress_handler (sp_db_get_handle (db), 0, NULL, NULL);
  return good;
}
