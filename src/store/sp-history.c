/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Earlier versions: which bodies stay and for how long. The body an edit began with, and the versions that lost a
 * merge, are kept until every peer has what followed and some time more. */
#include "sp-history.h"

#include "sp-docs.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/**
 * sp_version_free:
 * @version: (transfer full): a version
 */
void
sp_version_free (SpVersion *version)
{
  g_free (version->rev);
  g_free (version->why);
  g_free (version->body);
  g_free (version);
}

/* Runs a statement whose one or two parameters are a text or a number each. */
static gboolean
run_text (SpDb *db, const char *sql, const char *text, gint64 number, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count (stmt) > 1)
    sqlite3_bind_int64 (stmt, 2, number);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_history_keep:
 * @db: the writing connection
 * @id: document id
 * @rev: a revision whose body is still here
 * @why: `base` or `loser`
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Keeps a body; of more than %SP_HISTORY_MAX_BODIES of one document the oldest goes.
 *
 * Returns: whether it is kept
 */
gboolean
sp_history_keep (SpDb *db, const char *id, const char *rev, const char *why, GError **error)
{
  return sp_docs_keep_body (db, id, rev, why, error)
         && run_text (db, "UPDATE rev SET body = NULL, kept = NULL, kept_since = NULL WHERE doc = (SELECT n FROM doc WHERE id = ?1)"
                          " AND kept IS NOT NULL AND NOT leaf AND n NOT IN (SELECT r.n FROM rev r WHERE r.doc = rev.doc AND r.kept IS NOT NULL"
                          " ORDER BY r.n DESC LIMIT ?2)", id, SP_HISTORY_MAX_BODIES, error);
}

static GPtrArray *
list_versions (SpDb *db, const char *sql, const char *id, GError **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_version_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  while (sp_db_step (db, stmt, &has_row, error))
    {
      SpVersion *version;
      if (!has_row)
        return g_steal_pointer (&versions);
      version = g_new0 (SpVersion, 1);
      version->rev = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
      version->why = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
      version->body = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
      g_ptr_array_add (versions, version);
    }
  return NULL;
}

#define VERSIONS_WITH(body) "SELECT r.gen || '-' || r.hash, r.kept, r.body FROM doc d JOIN rev r ON r.doc = d.n" \
                            " WHERE d.id = ? AND NOT r.leaf AND NOT r.deleted AND " body " IS NOT NULL ORDER BY r.gen DESC, r.hash DESC"

/**
 * sp_history_get:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpVersion): the earlier versions that are still here, newest first
 */
GPtrArray *
sp_history_get (SpDb *db, const char *id, GError **error)
{
  return list_versions (db, VERSIONS_WITH (SP_DOCS_BODY ("r")), id, error);
}

/**
 * sp_history_get_stored:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR
 *
 * As sp_history_get(), with those of which only a part is left; see sp_docs_keep_stripped().
 *
 * Returns: (transfer full) (nullable) (element-type SpVersion): all of which bytes are stored, newest first
 */
GPtrArray *
sp_history_get_stored (SpDb *db, const char *id, GError **error)
{
  return list_versions (db, VERSIONS_WITH ("r.body"), id, error);
}

/**
 * sp_history_purge:
 * @db: the writing connection
 * @id: document id
 * @error: %SP_ERROR
 *
 * Drops every earlier version of a document at once: for erasure.
 *
 * Returns: whether that went well
 */
gboolean
sp_history_purge (SpDb *db, const char *id, GError **error)
{
  return run_text (db, "UPDATE rev SET body = NULL, kept = NULL, kept_since = NULL"
                       " WHERE doc = (SELECT n FROM doc WHERE id = ?1) AND NOT leaf AND body IS NOT NULL", id, 0, error);
}

/* The sequence that all peers have; the greatest of all if there are no peers. */
static gboolean
get_acked (SpDb *db, gint64 *acked, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT coalesce (min (acked), 9223372036854775807) FROM peer", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *acked = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Whether what followed a kept body came in a sequence that the rest of the condition speaks of. */
#define SUCCESSOR "EXISTS (SELECT 1 FROM rev c WHERE c.doc = rev.doc AND c.gen = rev.gen + 1 AND c.parent = rev.hash AND c.seq "

/* The days begin to count for the bodies whose successors all peers have since just now. */
static gboolean
start_clocks (SpDb *db, gint64 before, gint64 after, gint64 now, GError **error)
{
  SP_DB_STMT *stmt = NULL;

  if (after <= before)
    return TRUE;
  stmt = sp_db_prepare (db, "UPDATE rev SET kept_since = ?3 WHERE kept IS NOT NULL AND NOT leaf"
                            " AND " SUCCESSOR "> ?1) AND NOT " SUCCESSOR "> ?2)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, before);
  sqlite3_bind_int64 (stmt, 2, after);
  sqlite3_bind_int64 (stmt, 3, now);
  return sp_db_run (db, stmt, error);
}

static gboolean
change_peer (SpDb *db, const char *sql, const char *peer, gint64 acked, gint64 now, GError **error)
{
  gint64 before, after;

  if (!sp_db_begin (db, error))
    return FALSE;
  if (get_acked (db, &before, error) && run_text (db, sql, peer, acked, error) && get_acked (db, &after, error)
      && start_clocks (db, before, after, now, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/**
 * sp_history_set_peer:
 * @db: the writing connection
 * @peer: what the replica is known by, such as its uuid
 * @acked: the local sequence up to which it has everything; 0 for a peer that was just configured
 * @now: seconds since 1970
 * @error: %SP_ERROR
 *
 * Notes what a peer has. What it said before never shrinks.
 *
 * Returns: whether that went well
 */
gboolean
sp_history_set_peer (SpDb *db, const char *peer, gint64 acked, gint64 now, GError **error)
{
  return change_peer (db, "INSERT INTO peer VALUES (?1, ?2) ON CONFLICT DO UPDATE SET acked = max (acked, excluded.acked)", peer, acked, now, error);
}

/**
 * sp_history_forget_peer:
 * @db: the writing connection
 * @peer: a replica that is not synced with any more
 * @now: seconds since 1970
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_history_forget_peer (SpDb *db, const char *peer, gint64 now, GError **error)
{
  return change_peer (db, "DELETE FROM peer WHERE name = ?1", peer, 0, now, error);
}

/**
 * sp_history_expire:
 * @db: the writing connection
 * @now: seconds since 1970
 * @error: %SP_ERROR
 *
 * Drops the kept bodies whose successors every configured peer has had for %SP_HISTORY_KEEP_DAYS; without peers those
 * that were kept for so long.
 *
 * Returns: whether that went well
 */
gboolean
sp_history_expire (SpDb *db, gint64 now, GError **error)
{
  SP_DB_STMT *stmt = NULL;
  gint64 acked;

  if (!get_acked (db, &acked, error))
    return FALSE;
  stmt = sp_db_prepare (db, "UPDATE rev SET body = NULL, kept = NULL, kept_since = NULL WHERE kept IS NOT NULL AND NOT leaf"
                            " AND kept_since <= ?1 AND NOT " SUCCESSOR "> ?2)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, now - (gint64) SP_HISTORY_KEEP_DAYS * SECONDS_PER_DAY);
  sqlite3_bind_int64 (stmt, 2, acked);
  return sp_db_run (db, stmt, error);
}
