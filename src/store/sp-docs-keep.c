/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bodies stay beside those of the leaves, and which revisions can still be taken back because no peer was ever
 * offered them. */
#include "sp-docs-private.h"

#include "sp-clock.h"
#include "sp-projection.h"


/* Binds the document and revision of a statement that finds its row with REV_OF. */
#define REV_OF "n = (SELECT r.n FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ?1 AND r.gen = ?2 AND r.hash = ?3)"

static gboolean
change_rev (SpDb *db, const char *sql, const char *id, const char *rev, const char *why, gboolean *found, GError **error)
{
  guint32 generation;
  const char *hash;
  SP_DB_STMT *stmt = NULL;

  if (!sp_docs_check_rev (id, rev, error) || (stmt = sp_db_prepare (db, sql, error)) == NULL)
    return FALSE;
  sp_revision_parse (rev, &generation, &hash);
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 2, generation);
  sqlite3_bind_text (stmt, 3, hash, -1, SQLITE_STATIC);
  if (why != NULL)
    {
      sqlite3_bind_text (stmt, 4, why, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (stmt, 5, sp_clock_now ());
    }
  if (!sp_db_run (db, stmt, error))
    return FALSE;
  *found = sqlite3_changes (sp_db_get_handle (db)) > 0;
  return TRUE;
}

/**
 * sp_docs_keep_body:
 * @db: the writing connection
 * @id: document id
 * @rev: a revision whose body is still here
 * @why: `base` for one that an edit started from, `loser` for one that lost a merge
 * @error: %SP_ERROR_NOT_FOUND if there is no such body
 *
 * Keeps a body through compaction, from now on; one that is kept already stays kept since it was.
 *
 * Returns: whether it is kept
 */
gboolean
sp_docs_keep_body (SpDb *db, const char *id, const char *rev, const char *why, GError **error)
{
  gboolean found;

  if (!change_rev (db, "UPDATE rev SET kept = ?4, kept_since = coalesce (kept_since, ?5) WHERE body IS NOT NULL AND " REV_OF,
                   id, rev, why, &found, error))
    return FALSE;
  if (!found)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the text of revision %s is not kept here", id, rev);
  return found;
}

/**
 * sp_docs_drop_body:
 * @db: the writing connection
 * @id: document id
 * @rev: a revision that is not a leaf
 * @error: %SP_ERROR_INVALID if it is a leaf
 *
 * Drops a body at once, kept or not. The revision itself stays in the tree.
 *
 * Returns: whether the body is gone
 */
gboolean
sp_docs_drop_body (SpDb *db, const char *id, const char *rev, GError **error)
{
  gboolean found;

  if (!change_rev (db, "UPDATE rev SET kept = NULL, kept_since = NULL, body = NULL WHERE NOT leaf AND " REV_OF, id, rev, NULL, &found, error))
    return FALSE;
  if (!found)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: revision %s is current, or not here", id, rev);
  return found;
}

/**
 * sp_docs_mark_offered:
 * @db: the writing connection
 * @seq: a local sequence
 * @error: %SP_ERROR
 *
 * Remembers that peers were offered everything up to @seq. Never goes back.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_mark_offered (SpDb *db, gint64 seq, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO meta VALUES ('offered_seq', ?1) ON CONFLICT DO UPDATE"
                                        " SET value = max (CAST (value AS INTEGER), CAST (?1 AS INTEGER))", error);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

static gboolean
run_for (SpDb *db, const char *sql, gint64 number, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, number);
  return sp_db_run (db, stmt, error);
}

/* The document goes with its only revision. */
static gboolean
remove_doc (SpDb *db, const char *id, gint64 doc, gint64 seq, GError **error)
{
  if (!run_for (db, "DELETE FROM doc WHERE n = ?", doc, error) || !sp_projection_update (db, doc, seq, id, NULL, NULL, error))
    return FALSE;
  sp_db_note_change (db, id);
  return TRUE;
}

static gboolean
refuse_removal (const char *id, const char *rev, const char *why, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: revision %s cannot be taken back: %s", id, rev, why);
  return FALSE;
}

/* Whether @parent can be a leaf again once @row is gone: it needs its body for that, unless it has other children. */
static gboolean
check_removal (SpDb *db, const char *id, const char *rev, const SpDocRow *doc, const SpRevRow *row, gint64 *parent, GError **error)
{
  g_autofree char *offered = sp_db_get_meta (db, "offered_seq");
  guint32 generation = 0;
  gboolean found;
  SP_DB_STMT *stmt = NULL;

  *parent = 0;
  if (doc->n == 0 || row->n == 0 || !row->leaf)
    return refuse_removal (id, rev, "it is not current", error);
  if (offered != NULL && row->seq <= g_ascii_strtoll (offered, NULL, 10))
    return refuse_removal (id, rev, "others may have it already", error);
  if (row->parent == NULL)
    return TRUE;
  stmt = sp_db_prepare (db, "SELECT p.n, p.body IS NOT NULL OR EXISTS (SELECT 1 FROM rev c WHERE c.doc = p.doc AND c.gen = p.gen + 1 AND c.parent = p.hash AND c.n <> ?4)"
                            " FROM rev p WHERE p.doc = ?1 AND p.gen = ?2 AND p.hash = ?3", error);
  if (stmt == NULL)
    return FALSE;
  sp_revision_parse (rev, &generation, NULL);
  sqlite3_bind_int64 (stmt, 1, doc->n);
  sqlite3_bind_int64 (stmt, 2, (gint64) generation - 1);
  sqlite3_bind_text (stmt, 3, row->parent, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, row->n);
  if (!sp_db_step (db, stmt, &found, error))
    return FALSE;
  if (!found || !sqlite3_column_int (stmt, 1))
    return refuse_removal (id, rev, "what it replaced is no longer kept", error);
  *parent = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
remove_leaf (SpDb *db, const char *id, const SpDocRow *doc, gint64 rev, gint64 parent, GError **error)
{
  gint64 seq = sp_db_next_seq (db, error);

  if (seq < 0 || !run_for (db, "DELETE FROM rev WHERE n = ?", rev, error))
    return FALSE;
  if (parent == 0 && doc->leaves == 1)
    return remove_doc (db, id, doc->n, seq, error);
  if (parent != 0 && !run_for (db, "UPDATE rev SET leaf = NOT EXISTS (SELECT 1 FROM rev c WHERE c.doc = rev.doc AND c.gen = rev.gen + 1 AND c.parent = rev.hash)"
                                   " WHERE n = ?", parent, error))
    return FALSE;
  return sp_docs_settle_leaves (db, id, doc->n, seq, error);
}

/**
 * sp_docs_remove_unoffered:
 * @db: the writing connection
 * @id: document id
 * @rev: a leaf
 * @error: %SP_ERROR_DENIED if peers may have it, if it is no leaf, or if what it replaced is no longer kept
 *
 * Takes a leaf out of the tree as if it had never been; its parent is a leaf again. A document whose only revision it
 * was is gone. Only for what no peer was ever offered, see sp_docs_mark_offered().
 *
 * Returns: whether it is gone; if it was refused, a transaction around it is still open
 */
gboolean
sp_docs_remove_unoffered (SpDb *db, const char *id, const char *rev, GError **error)
{
  g_auto (SpDocRow) doc = { 0 };
  g_auto (SpRevRow) row = { 0 };
  guint32 generation;
  const char *hash;
  gint64 parent;

  if (!sp_docs_check_rev (id, rev, error) || !sp_db_begin (db, error))
    return FALSE;
  sp_revision_parse (rev, &generation, &hash);
  if (!sp_docs_find (db, id, &doc, error) || !sp_docs_find_rev (db, doc.n, generation, hash, &row, error)
      || !check_removal (db, id, rev, &doc, &row, &parent, error))
    {
      sp_db_leave (db);
      return FALSE;
    }
  if (remove_leaf (db, id, &doc, row.n, parent, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
