/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bodies stay beside those of the leaves, and up to where peers were offered what is here. */
#include "sp-docs-private.h"

#include "sp-clock.h"

/* Binds the document and revision of a statement that finds its row with REV_OF. */
#define REV_OF "n = (SELECT r.n FROM doc d JOIN rev r ON r.doc = d.n WHERE d.id = ?1 AND r.gen = ?2 AND r.hash = ?3)"

static gboolean
change_rev (SpDb *db, const char *sql, const char *id, const char *rev, const char *text, gboolean *found, GError **error)
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
  if (text != NULL)
    {
      sqlite3_bind_text (stmt, 4, text, -1, SQLITE_STATIC);
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

  if (!change_rev (db, "UPDATE rev SET kept = ?4, kept_since = coalesce (kept_since, ?5) WHERE " SP_DOCS_BODY ("rev") " IS NOT NULL AND " REV_OF,
                   id, rev, why, &found, error))
    return FALSE;
  if (!found)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the text of revision %s is not kept here", id, rev);
  return found;
}

/**
 * sp_docs_keep_stripped:
 * @db: the writing connection
 * @id: document id
 * @rev: a revision that is not a leaf
 * @json: what is left of its body
 * @error: %SP_ERROR_INVALID if it is a leaf
 *
 * Keeps a part of a body in the place of the whole: only sp_docs_get_begun() gives it.
 *
 * Returns: whether it is kept
 */
gboolean
sp_docs_keep_stripped (SpDb *db, const char *id, const char *rev, const char *json, GError **error)
{
  gboolean found;

  if (!change_rev (db, "UPDATE rev SET kept = '" SP_DOCS_STRIPPED "', kept_since = coalesce (kept_since, ?5), body = ?4 WHERE NOT leaf AND " REV_OF,
                   id, rev, json, &found, error))
    return FALSE;
  if (!found)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: revision %s is current, or not here", id, rev);
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
