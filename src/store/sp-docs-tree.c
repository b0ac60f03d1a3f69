/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The revision tree of a document: the rows of `doc` and `rev`, and the one way in which a tree grows. The tree is the
 * union of all the parent links that ever came, so the order in which they come does not matter. */
#include "sp-docs-private.h"

#include <string.h>

/**
 * sp_doc_row_clear:
 * @row: a row; what it holds is freed, the struct is not
 */
void
sp_doc_row_clear (SpDocRow *row)
{
  g_clear_pointer (&row->rev, g_free);
}

/**
 * sp_rev_row_clear:
 * @row: a row; what it holds is freed, the struct is not
 */
void
sp_rev_row_clear (SpRevRow *row)
{
  g_clear_pointer (&row->parent, g_free);
}

/**
 * sp_docs_find:
 * @db: a connection
 * @id: document id
 * @row: (out): what its row says; its number is 0 if there is none
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_find (SpDb *db, const char *id, SpDocRow *row, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.n, d.winner, d.deleted, d.leaves, d.conflicts, r.gen || '-' || r.hash"
                                        " FROM doc d JOIN rev r ON r.n = d.winner WHERE d.id = ?", error);

  *row = (SpDocRow){ 0 };
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    {
      row->n = sqlite3_column_int64 (stmt, 0);
      row->winner = sqlite3_column_int64 (stmt, 1);
      row->deleted = sqlite3_column_int (stmt, 2);
      row->leaves = (guint) sqlite3_column_int (stmt, 3);
      row->live = row->deleted ? 0 : (guint) sqlite3_column_int (stmt, 4) + 1;
      row->rev = g_strdup ((const char *) sqlite3_column_text (stmt, 5));
    }
  return TRUE;
}

/**
 * sp_docs_find_rev:
 * @db: a connection
 * @doc: local number of the document
 * @generation: of the revision
 * @hash: of the revision
 * @row: (out): what its row says; its number is 0 if there is none
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_find_rev (SpDb *db, gint64 doc, guint32 generation, const char *hash, SpRevRow *row, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, parent, leaf, deleted, seq FROM rev WHERE doc = ? AND gen = ? AND hash = ?", error);

  *row = (SpRevRow){ 0 };
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_int64 (stmt, 2, generation);
  sqlite3_bind_text (stmt, 3, hash, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    {
      row->n = sqlite3_column_int64 (stmt, 0);
      row->parent = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
      row->leaf = sqlite3_column_int (stmt, 2);
      row->deleted = sqlite3_column_int (stmt, 3);
      row->seq = sqlite3_column_int64 (stmt, 4);
    }
  return TRUE;
}

/* Whether a child other than @except still names it as its parent: a stemmed revision is known although its row is gone. */
static gboolean
has_child (SpDb *db, gint64 doc, guint32 generation, const char *hash, const char *except, gboolean *found, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT 1 FROM rev WHERE doc = ? AND gen = ? AND parent = ? AND hash <> ? LIMIT 1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_int64 (stmt, 2, (gint64) generation + 1);
  sqlite3_bind_text (stmt, 3, hash, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, except, -1, SQLITE_STATIC);
  return sp_db_step (db, stmt, found, error);
}

/**
 * sp_docs_is_known:
 * @db: a connection
 * @doc: local number of a document
 * @generation: of a revision
 * @hash: of that revision
 * @known: (out): whether it is anywhere in the tree, even if stemmed
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_is_known (SpDb *db, gint64 doc, guint32 generation, const char *hash, gboolean *known, GError **error)
{
  g_auto (SpRevRow) row = { 0 };

  if (!sp_docs_find_rev (db, doc, generation, hash, &row, error))
    return FALSE;
  *known = row.n != 0;
  return *known || has_child (db, doc, generation, hash, "", known, error);
}

static gboolean
insert_rev (SpDb *db, gint64 doc, gint64 seq, const SpRevPath *path, guint index, gboolean deleted, const char *json, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "INSERT INTO rev (doc, gen, hash, seq, parent, leaf, deleted, body)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  sqlite3_bind_int64 (stmt, 2, path->generation - index);
  sqlite3_bind_text (stmt, 3, path->hashes[index], -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, seq);
  if (index + 1 < path->length)
    sqlite3_bind_text (stmt, 5, path->hashes[index + 1], -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 6, index == 0);
  sqlite3_bind_int (stmt, 7, deleted);
  if (json != NULL)
    sqlite3_bind_text (stmt, 8, json, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/* A revision gets a child, or learns its parent from a path that knows more. */
static gboolean
update_rev (SpDb *db, gint64 rev, const char *parent, gboolean leaf, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "UPDATE rev SET parent = ?2, leaf = ?3 WHERE n = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rev);
  sqlite3_bind_text (stmt, 2, parent, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 3, leaf);
  return sp_db_run (db, stmt, error);
}

typedef struct
{
  SpDb            *db;
  const char      *id;
  SpDocRow        *doc;
  const SpRevPath *path;
  gboolean         deleted;
  const char      *json;
  gboolean         is_new; /* the document: nothing of it is known */
  gint64           seq;   /* 0 until something changes */
  gint64           top;   /* number of the newest revision, once it was added */
  SpDocLeaves      lost;  /* the leaves that it was hung below: mostly one, and then the winner */
} Growth;

/* A sequence is taken only when there is something to write. The number of a document that is new here is its first one,
 * which no other document can have. */
static gboolean
begin_change (Growth *g, GError **error)
{
  if (g->seq != 0)
    return TRUE;
  g->seq = sp_db_next_seq (g->db, error);
  if (g->is_new)
    g->doc->n = g->seq;
  return g->seq > 0;
}

static gboolean
add_step (Growth *g, guint index, gboolean *stop, GError **error)
{
  const SpRevPath *path = g->path;
  gboolean top = index == 0;

  if (!g->is_new && !has_child (g->db, g->doc->n, path->generation - index, path->hashes[index], top ? "" : path->hashes[index - 1], stop, error))
    return FALSE;
  if (*stop) /* it was stemmed here, and is as good as known */
    return TRUE;
  if (!begin_change (g, error) || !insert_rev (g->db, g->doc->n, g->seq, path, index, top && g->deleted, top ? g->json : NULL, error))
    return FALSE;
  if (top)
    g->top = sqlite3_last_insert_rowid (sp_db_get_handle (g->db));
  return TRUE;
}

static gboolean
link_step (Growth *g, guint index, const SpRevRow *row, gboolean *stop, GError **error)
{
  const char *parent = index + 1 < g->path->length ? g->path->hashes[index + 1] : NULL;

  *stop = row->parent != NULL || parent == NULL;
  if (index > 0 && row->leaf)
    {
      g->lost.leaves++;
      g->lost.live += !row->deleted;
      if (row->n == g->doc->winner)
        g->lost.winner = row->n;
    }
  else if (*stop)
    return TRUE;
  return begin_change (g, error) && update_rev (g->db, row->n, row->parent != NULL ? row->parent : parent, index == 0 && row->leaf, error);
}

/* Adds or links each revision of the path, the newest first, until what lies below is known already. */
static gboolean
grow_path (Growth *g, GError **error)
{
  gboolean stop = FALSE;

  for (guint i = 0; i < g->path->length && !stop; i++)
    {
      g_auto (SpRevRow) row = { 0 };
      if (!g->is_new && !sp_docs_find_rev (g->db, g->doc->n, g->path->generation - i, g->path->hashes[i], &row, error))
        return FALSE;
      if (!(row.n != 0 ? link_step (g, i, &row, &stop, error) : add_step (g, i, &stop, error)))
        return FALSE;
    }
  return TRUE;
}

/* Whether the new leaf wins over the one that won until now. */
static gboolean
beats_winner (const Growth *g)
{
  g_autofree char *rev = g_strdup_printf ("%u-%s", g->path->generation, g->path->hashes[0]);

  return sp_revision_compare (g->deleted, rev, g->doc->deleted, g->doc->rev) < 0;
}

/* What the leaves are now, as far as that follows from what they were: an entry may have many, which none may count again
 * for each that comes. The winner stays 0 where all must be looked at. */
static SpDocLeaves
follow_leaves (const Growth *g)
{
  const SpDocRow *was = g->doc;
  const guint more = g->top != 0;
  SpDocLeaves now = { .leaves = was->leaves - g->lost.leaves + more, .live = was->live - g->lost.live + (more && !g->deleted) };

  if (now.leaves == 1 && more)
    now.winner = g->top;
  else if (g->lost.winner == 0)
    now.winner = more && beats_winner (g) ? g->top : was->winner;
  now.deleted = now.live == 0;
  return now;
}

/* Whether the revision is known, or comes after one that stands against others already. */
static gboolean
goes_on (SpDb *db, const SpDocRow *doc, const SpRevPath *path, gboolean *found, GError **error)
{
  g_auto (SpRevRow) row = { 0 };

  for (guint i = 0; i < path->length && row.n == 0; i++)
    {
      sp_rev_row_clear (&row);
      if (!sp_docs_find_rev (db, doc->n, path->generation - i, path->hashes[i], &row, error))
        return FALSE;
      *found = row.n != 0 && (i == 0 || (row.leaf && !row.deleted));
    }
  return TRUE;
}

/* There is an end to how many versions may stand against each other, since whoever merges them looks at each. */
static gboolean
has_room (SpDb *db, const char *id, const SpDocRow *doc, const SpRevPath *path, gboolean deleted, GError **error)
{
  gboolean found = FALSE;

  if (deleted || doc->live < SP_DOCS_MAX_LIVE)
    return TRUE;
  if (!goes_on (db, doc, path, &found, error))
    return FALSE;
  if (!found)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s: %u versions stand against each other already; there may not be more", id, doc->live);
  return found;
}

/**
 * sp_docs_grow:
 * @db: the writing connection, inside a transaction
 * @id: document id, valid
 * @doc: what sp_docs_find() said of it
 * @path: the revision with its history
 * @deleted: whether the revision is a tombstone
 * @body: its body
 * @changed: (out): whether the tree was changed; a revision that is known changes nothing and takes no sequence
 * @error: %SP_ERROR_INVALID if too many versions stand against each other; if @changed, the transaction must be undone
 *
 * The one way in which a tree grows: hangs the path below its first known revision, or as a root of its own, and
 * brings leaves, winner, sequence and projection up to date.
 *
 * Returns: whether that went well
 */
gboolean
sp_docs_grow (SpDb *db, const char *id, SpDocRow *doc, const SpRevPath *path, gboolean deleted, const SpBody *body, gboolean *changed, GError **error)
{
  Growth g = { .db = db, .id = id, .doc = doc, .path = path, .deleted = deleted, .json = body->json, .is_new = doc->n == 0 };
  SpDocLeaves leaves;

  *changed = FALSE;
  if (!has_room (db, id, doc, path, deleted, error))
    return FALSE;
  *changed = TRUE;
  if (!grow_path (&g, error))
    return FALSE;
  *changed = g.seq != 0;
  if (!*changed)
    return TRUE;
  leaves = follow_leaves (&g);
  if (leaves.winner == 0)
    {
      if (!sp_docs_settle_leaves (db, id, doc->n, g.seq, error))
        return FALSE;
    }
  else if (!sp_docs_set_winner (db, id, doc->n, g.is_new, g.seq, &leaves, leaves.winner == g.top ? body : NULL, error))
    return FALSE;
  return sp_docs_stem (db, doc->n, path->generation, error);
}
