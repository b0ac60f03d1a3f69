/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps a store small: the revision limit drops the oldest ancestors, compaction the bodies nobody needs. */
#include "sp-docs-private.h"

#include <stdlib.h>

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
