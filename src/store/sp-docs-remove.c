/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revisions that are taken out of a tree as if they had never been: one that no peer was ever offered, or those that the
 * only peer that was offered them refused. */
#include "sp-docs-private.h"

#include "sp-projection.h"

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
  stmt = sp_db_prepare (db, "SELECT p.n, " SP_DOCS_BODY ("p") " IS NOT NULL OR EXISTS (SELECT 1 FROM rev c WHERE c.doc = p.doc AND c.gen = p.gen + 1 AND c.parent = p.hash AND c.n <> ?4)"
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

/* ── Several at once ── */

#define LISTED(rev) "(" rev ".gen || '-' || " rev ".hash) IN (SELECT value FROM json_each (?2))"
#define CHILD_OF(parent) "c.doc = " parent ".doc AND c.gen = " parent ".gen + 1 AND c.parent = " parent ".hash"

static sqlite3_stmt *
prepare_listed (SpDb *db, const char *sql, gint64 doc, const char *list, GError **error)
{
  sqlite3_stmt *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_text (stmt, 2, list, -1, SQLITE_TRANSIENT);
  return stmt;
}

/* Whether a row of the document answers @sql. */
static gboolean
find_listed (SpDb *db, const char *sql, gint64 doc, const char *list, gboolean *found, GError **error)
{
  SP_DB_STMT *stmt = prepare_listed (db, sql, doc, list, error);

  return stmt != NULL && sp_db_step (db, stmt, found, error);
}

/* What hangs below a revision goes with it or neither goes; and what becomes a leaf again must have its body. */
static gboolean
check_listed (SpDb *db, const char *id, const char *first, gint64 doc, const char *list, GError **error)
{
  gboolean newer, bare;

  if (!find_listed (db, "SELECT 1 FROM rev p JOIN rev c ON " CHILD_OF ("p") " WHERE p.doc = ?1 AND " LISTED ("p")
                        " AND NOT " LISTED ("c") " LIMIT 1", doc, list, &newer, error)
      || !find_listed (db, "SELECT 1 FROM rev p WHERE p.doc = ?1 AND " SP_DOCS_BODY ("p") " IS NULL AND NOT " LISTED ("p")
                           " AND EXISTS (SELECT 1 FROM rev c WHERE " CHILD_OF ("p") " AND " LISTED ("c") ")"
                           " AND NOT EXISTS (SELECT 1 FROM rev c WHERE " CHILD_OF ("p") " AND NOT " LISTED ("c") ") LIMIT 1",
                       doc, list, &bare, error))
    return FALSE;
  if (newer)
    return refuse_removal (id, first, "there is a newer one", error);
  return !bare || refuse_removal (id, first, "what it replaced is no longer kept", error);
}

static gboolean
remove_listed (SpDb *db, const char *id, gint64 doc, const char *list, GError **error)
{
  SP_DB_STMT *stmt = prepare_listed (db, "DELETE FROM rev WHERE doc = ?1 AND " LISTED ("rev"), doc, list, error);
  gint64 seq = stmt != NULL ? sp_db_next_seq (db, error) : -1;
  gboolean any;

  if (seq < 0 || !sp_db_run (db, stmt, error)
      || !run_for (db, "UPDATE rev SET leaf = NOT EXISTS (SELECT 1 FROM rev c WHERE " CHILD_OF ("rev") ") WHERE doc = ?", doc, error)
      || !find_listed (db, "SELECT 1 FROM rev WHERE doc = ?1 AND ?2 IS NOT NULL LIMIT 1", doc, list, &any, error))
    return FALSE;
  return any ? sp_docs_settle_leaves (db, id, doc, seq, error) : remove_doc (db, id, doc, seq, error);
}

/* As the JSON array that LISTED() looks into. */
static char *
make_list (const char *const *revs)
{
  g_autoptr (SpNode) array = sp_node_new_array ();

  for (guint i = 0; revs[i] != NULL; i++)
    sp_node_append (array, sp_node_new_string (revs[i]));
  return sp_node_to_json (array);
}

/**
 * sp_docs_find_offered:
 * @db: a connection
 * @id: document id
 * @revs: (array zero-terminated=1): revisions
 * @offered: (out): whether peers may have one of them, see sp_docs_mark_offered()
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_find_offered (SpDb *db, const char *id, const char *const *revs, gboolean *offered, GError **error)
{
  g_auto (SpDocRow) doc = { 0 };
  g_autofree char *list = make_list (revs);

  return sp_docs_find (db, id, &doc, error)
         && find_listed (db, "SELECT 1 FROM rev WHERE doc = ?1 AND " LISTED ("rev")
                             " AND seq <= (SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'offered_seq') LIMIT 1",
                         doc.n, list, offered, error);
}

/**
 * sp_docs_remove_revisions:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @revs: (array zero-terminated=1): revisions, with all that hangs below them; at least one
 * @error: %SP_ERROR_NOT_FOUND; %SP_ERROR_DENIED if something newer hangs below one of them, or if what they replaced is no
 *   longer kept: then nothing was written
 *
 * Takes them out of the tree as if they had never been. A document that has no others is gone. Only for what no replica
 * has: see sp_refusals_propose().
 *
 * Returns: whether they are gone
 */
gboolean
sp_docs_remove_revisions (SpDb *db, const char *id, const char *const *revs, GError **error)
{
  g_auto (SpDocRow) doc = { 0 };
  g_autofree char *list = make_list (revs);

  if (!sp_docs_find (db, id, &doc, error))
    return FALSE;
  if (doc.n == 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: there is no such document", id);
      return FALSE;
    }
  return check_listed (db, id, revs[0], doc.n, list, error) && remove_listed (db, id, doc.n, list, error);
}
