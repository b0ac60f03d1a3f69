/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is new since a person last looked: the entries that came from others. The store keeps the sequences that arrivals
 * took, as ranges: a document whose newest sequence lies in one is new. What is written here later takes it out again. */
#include "sp-news.h"

#include "sp-asset.h"
#include "sp-docs.h"
#include "sp-edit-list.h"

#include <string.h>

/**
 * sp_news_item_free:
 * @self: (transfer full): an item
 */
void
sp_news_item_free (SpNewsItem *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->by);
  g_free (self->on);
  g_free (self->deleted_by);
  g_strfreev (self->members);
  g_free (self);
}

static gboolean
run_two (SpDb *db, const char *sql, gint64 first, gint64 last, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, first);
  sqlite3_bind_int64 (stmt, 2, last);
  return sp_db_run (db, stmt, error);
}

/* ── The first time that anything comes ── */

#define FIRST_KEY "first_arrivals" /* of meta: how it stands with them */
#define UNDER_WAY "under way"
#define OVER "over"

static gboolean
has_entries (SpDb *db, gboolean *has, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT 1 FROM doc WHERE id >= 'asset:' AND id < 'asset;' AND NOT deleted LIMIT 1", error);

  return stmt != NULL && sp_db_step (db, stmt, has, error);
}

/**
 * sp_news_is_first:
 * @db: the writing connection, inside the transaction that is to write what arrived
 * @is_first: (out): whether it is of the first that ever comes from others, into a store that had no entries before: where all is
 *   new, nothing is
 * @error: %SP_ERROR
 *
 * Returns: whether that is known
 */
gboolean
sp_news_is_first (SpDb *db, gboolean *is_first, GError **error)
{
  g_autofree char *state = sp_db_get_meta (db, FIRST_KEY);
  gboolean has;

  *is_first = g_strcmp0 (state, UNDER_WAY) == 0;
  if (state != NULL)
    return TRUE;
  if (!has_entries (db, &has, error))
    return FALSE;
  *is_first = !has;
  return sp_db_set_meta (db, FIRST_KEY, has ? OVER : UNDER_WAY, error);
}

/**
 * sp_news_end_first:
 * @db: the writing connection
 * @error: %SP_ERROR
 *
 * All has come that somebody else had: what comes from now on is new.
 *
 * Returns: whether that is remembered
 */
gboolean
sp_news_end_first (SpDb *db, GError **error)
{
  g_autofree char *state = sp_db_get_meta (db, FIRST_KEY);

  return g_strcmp0 (state, OVER) == 0 || sp_db_set_meta (db, FIRST_KEY, OVER, error);
}

/**
 * sp_news_note:
 * @db: the writing connection, inside the transaction that wrote what arrived
 * @before: the newest sequence before that; see sp_db_get_seq()
 * @error: %SP_ERROR
 *
 * Remembers that all that was written since came from others.
 *
 * Returns: whether that went well
 */
gboolean
sp_news_note (SpDb *db, gint64 before, GError **error)
{
  gint64 last = sp_db_get_seq (db, error);

  if (last <= before)
    return last >= 0;
  if (!run_two (db, "UPDATE arrived SET last = ?2 WHERE first = (SELECT max (first) FROM arrived) AND last = ?1", before, last, error))
    return FALSE;
  return sqlite3_changes (sp_db_get_handle (db)) > 0
         || run_two (db, "INSERT INTO arrived VALUES (?1, ?2)", before + 1, last, error);
}

/* The ranges and the index of sequences, both walked backwards: nothing is sorted, however much there is. The pluses keep
 * SQLite from looking at anything else first. What waits for a decision is not told twice. */
#define NEW_ENTRIES " FROM arrived a CROSS JOIN doc d ON d.seq BETWEEN a.first AND a.last" \
                    " WHERE +d.id >= 'asset:' AND +d.id < 'asset;' AND +d.conflicts = 0"

/* The newest revision of a document that was here before all that nobody has looked at yet: its body, as far as it can be
 * had, in *@before. */
static gboolean
find_before (SpDb *db, gint64 doc, const char *id, const char *winner, const SpNode *now, gboolean *known, SpNode **before, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT gen || '-' || hash, " SP_DOCS_BODY ("rev") " FROM rev WHERE doc = ? AND NOT deleted AND NOT EXISTS"
                                        " (SELECT 1 FROM arrived WHERE rev.seq BETWEEN first AND last) ORDER BY gen DESC, hash DESC LIMIT 1", error);
  g_auto (GStrv) revisions = NULL;

  *before = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  if (!sp_db_step (db, stmt, known, error))
    return FALSE;
  if (!*known)
    return TRUE;
  if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
    *before = sp_node_parse ((const char *) sqlite3_column_text (stmt, 1), sqlite3_column_bytes (stmt, 1), NULL);
  else if ((revisions = sp_docs_get_revisions (db, id, winner, error)) == NULL)
    return FALSE;
  else
    *before = sp_edit_list_rebuild (now, (const char *const *) revisions, (const char *) sqlite3_column_text (stmt, 0));
  return TRUE;
}

static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "created", "modified", "edit", "source", "type", "schema", NULL };

  return g_strv_contains (names, name);
}

/* The names of the members that @changes has values for. */
static GStrv
list_members (const SpNode *changes)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < sp_node_get_length (changes); i++)
    if (!is_bookkeeping (sp_node_get_name (changes, i)))
      g_strv_builder_add (names, sp_node_get_name (changes, i));
  return g_strv_builder_end (names);
}

static gboolean
is_closed (const SpNode *body)
{
  const char *status = sp_node_get_text (body, "status");

  return status != NULL && strcmp (status, "active") != 0;
}

/* Says what became of an entry that was here before, by what it said then; @before is %NULL if that is not kept. */
static void
compare (SpNewsItem *item, const SpNode *before, const SpNode *now)
{
  const SpNode *was = sp_node_get (sp_edit_list_get_newest (now), "was");
  g_autoptr (SpNode) changes = before != NULL ? sp_asset_diff (before, now) : NULL;

  if (changes == NULL && was == NULL)
    return;
  g_strfreev (item->members);
  item->members = list_members (changes != NULL ? changes : was);
  if (is_closed (now) && g_strv_contains ((const char *const *) item->members, "status"))
    item->kind = SP_NEWS_CLOSED;
}

#define SEEN(rev) "NOT EXISTS (SELECT 1 FROM arrived WHERE " rev ".seq BETWEEN first AND last)"

/* Whether the entry lives although somebody deleted it, and nobody here has seen that yet: the deletion is new, or what was
 * edited beside it is. A tombstone of a merge is nobody's deletion. */
static gboolean
find_deletion (SpDb *db, gint64 doc, SpNewsItem *item, GError **error)
{
  gboolean kept;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT t.body ->> '$.modified.by' FROM rev t WHERE t.doc = ? AND t.leaf AND t.deleted"
                                        " AND t.body ->> '$.merged' IS NULL AND t.body ->> '$.erased' IS NULL"
                                        " AND (NOT " SEEN ("t") " OR NOT EXISTS (SELECT 1 FROM rev s WHERE s.doc = t.doc AND NOT s.deleted"
                                        " AND s.gen >= t.gen AND " SEEN ("s") ")) ORDER BY t.gen DESC, t.hash DESC LIMIT 1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, doc);
  if (!sp_db_step (db, stmt, &kept, error))
    return FALSE;
  if (!kept)
    return TRUE;
  item->kind = SP_NEWS_KEPT;
  item->deleted_by = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  return TRUE;
}

static gboolean
fill_item (SpDb *db, SpNewsItem *item, sqlite3_stmt *row, const SpNode *now, GError **error)
{
  g_autoptr (SpNode) before = NULL;
  gboolean known;

  if (!find_before (db, sqlite3_column_int64 (row, 0), item->id, (const char *) sqlite3_column_text (row, 3), now, &known, &before, error))
    return FALSE;
  if (item->kind == SP_NEWS_DELETED)
    item->name = g_strdup (sp_node_get_text (before, "name"));
  else if (!known)
    item->kind = SP_NEWS_ADDED;
  else
    {
      compare (item, before, now);
      return find_deletion (db, sqlite3_column_int64 (row, 0), item, error);
    }
  return TRUE;
}

static SpNewsItem *
read_item (SpDb *db, sqlite3_stmt *row, GError **error)
{
  g_autoptr (SpNewsItem) item = g_new0 (SpNewsItem, 1);
  g_autoptr (SpNode) now = sp_node_parse ((const char *) sqlite3_column_text (row, 4), sqlite3_column_bytes (row, 4), error);
  const SpNode *modified = sp_node_get (now, "modified") != NULL ? sp_node_get (now, "modified") : sp_node_get (now, "created");

  if (now == NULL)
    return NULL;
  item->id = g_strdup ((const char *) sqlite3_column_text (row, 1));
  item->name = g_strdup (sp_node_get_text (now, "name"));
  item->kind = sqlite3_column_int (row, 2) ? SP_NEWS_DELETED : SP_NEWS_CHANGED;
  item->by = g_strdup (sp_node_get_text (modified, "by"));
  item->on = g_strdup (sp_node_get_text (modified, "on"));
  item->members = g_new0 (char *, 1);
  return fill_item (db, item, row, now, error) ? g_steal_pointer (&item) : NULL;
}

/**
 * sp_news_list:
 * @db: a connection
 * @limit: the greatest number to give
 * @error: %SP_ERROR
 *
 * Costs as much as it gives, whatever the size of the store.
 *
 * Returns: (transfer full) (nullable) (element-type SpNewsItem): the entries that came from others since somebody here
 *   last looked, the newest first
 */
GPtrArray *
sp_news_list (SpDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_news_item_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.n, d.id, d.deleted, (SELECT gen || '-' || hash FROM rev WHERE n = d.winner),"
                                        " (SELECT body FROM rev WHERE n = d.winner)" NEW_ENTRIES " ORDER BY a.first DESC, d.seq DESC LIMIT ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, limit);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    {
      SpNewsItem *item = read_item (db, stmt, error);
      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return has_row ? NULL : g_steal_pointer (&items);
}

/**
 * sp_news_count:
 * @db: a connection
 * @most: where to stop counting
 * @count: (out): how many entries are new, at most @most
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_news_count (SpDb *db, guint most, guint *count, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM (SELECT 1" NEW_ENTRIES " LIMIT ?)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, most);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *count = (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/**
 * sp_news_get_last:
 * @db: a connection
 * @last: (out): the sequence up to which sp_news_list() tells; 0 if nothing came
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_news_get_last (SpDb *db, gint64 *last, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT coalesce (max (last), 0) FROM arrived", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *last = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/**
 * sp_news_mark_seen:
 * @db: the writing connection
 * @last: as sp_news_get_last() gave it when the list was made; what came since stays new
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_news_mark_seen (SpDb *db, gint64 last, GError **error)
{
  if (!sp_db_begin (db, error))
    return FALSE;
  if (run_two (db, "DELETE FROM arrived WHERE last <= ?1", last, 0, error)
      && run_two (db, "UPDATE arrived SET first = ?1 + 1 WHERE first <= ?1", last, 0, error)
      && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
