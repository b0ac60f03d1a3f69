/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local side of an erasure, the same whether it was asked for here or arrived: earlier versions that still tell what
 * was erased go, and then their bytes go from the full-text index, the log and the file. */
#include "sp-erase.h"

#include "sp-docs-private.h"
#include "sp-edit-list.h"
#include "sp-erase-private.h"
#include "sp-history.h"
#include "sp-projection-private.h"
#include "sp-splice.h"
#include "sp-twins.h"

#include <string.h>

#define PENDING "erase_pending" /* meta: something was erased, but its bytes may still be in … */
#define IN_FILE "1"             /* … the file and its log */
#define IN_LOG "2"              /* … the log */

static gboolean
run_for (SpDb *db, const char *sql, const char *id, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/* What never travelled about the entry goes too. */
static gboolean
forget_private (SpDb *db, const char *id, GError **error)
{
  return run_for (db, "DELETE FROM private_draft WHERE id = ?", id, error)
         && run_for (db, "DELETE FROM private_note WHERE id = ?", id, error)
         && run_for (db, "DELETE FROM private_contact WHERE id = ?", id, error)
         && run_for (db, "DELETE FROM private_position WHERE id = ?", id, error)
         && run_for (db, "DELETE FROM private_shortlist_item WHERE id = ?", id, error);
}

/* The keys by which likely twins are found are made of names and telephone numbers: only those of the body as it now is
 * remain. */
static gboolean
renew_keys (SpDb *db, const char *id, GError **error)
{
  g_auto (SpDocRow) row = { 0 };
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = NULL;
  g_autoptr (SpTraits) traits = NULL;

  if (!sp_docs_find (db, id, &row, error) || !sp_twins_forget (db, row.n, error))
    return FALSE;
  if (row.deleted)
    return TRUE;
  doc = sp_docs_get (db, id, NULL, error);
  body = doc != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  if (body == NULL)
    return FALSE;
  traits = sp_traits_new (NULL, body);
  return sp_twins_project (db, row.n, traits, NULL, error);
}

/**
 * sp_erase_collect_steps:
 * @leaves: (element-type SpDoc): leaves of a document
 * @whole: (out): whether one of them erased the document
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the steps of all of them that erased members, tombstones too, each once; an array
 */
SpNode *
sp_erase_collect_steps (GPtrArray *leaves, gboolean *whole, GError **error)
{
  g_autoptr (SpNode) steps = sp_node_new_array ();

  *whole = FALSE;
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (SpNode) body = sp_node_parse (leaf->body, -1, error);

      if (body == NULL)
        return NULL;
      if (leaf->deleted && sp_node_get_flag (body, "erased", FALSE))
        *whole = TRUE;
      else
        sp_edit_list_add_erasures (steps, sp_node_get (body, "edit"));
    }
  return g_steal_pointer (&steps);
}

/* A version that came after an erasure has its step; all others may tell what it erased. */
static GPtrArray *
find_erased_since (const SpNode *body, const SpNode *steps)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sp_node_get_length (steps); i++)
    if (!sp_edit_list_knows (sp_node_get (body, "edit"), sp_node_get_element (steps, i)))
      sp_edit_list_add_names (sp_node_get_element (steps, i), members);
  return members;
}

/**
 * sp_erase_strip:
 * @json: a version of an asset
 * @steps: an array of steps that erased something
 * @error: %SP_ERROR_INVALID if it is no version
 *
 * Returns: (transfer full) (nullable): the version without what those steps erased after it; the same bytes if it never told that
 */
char *
sp_erase_strip (const char *json, const SpNode *steps, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (json, -1, error), changes = sp_node_new_object ();
  g_autoptr (GPtrArray) members = body != NULL ? find_erased_since (body, steps) : NULL;
  SpNode *list = sp_node_get (body, "edit");

  if (body == NULL)
    return NULL;
  if (members->len == 0)
    return g_strdup (json);
  sp_erase_drop_original (body, changes);
  for (guint i = 0; i < members->len; i++)
    if (sp_node_get (body, g_ptr_array_index (members, i)) != NULL)
      sp_node_set (changes, g_ptr_array_index (members, i), sp_node_new_null ());
  list = sp_edit_list_strip (list, members);
  if (list != NULL && !sp_node_equal (list, sp_node_get (body, "edit")))
    sp_node_set (changes, "edit", g_steal_pointer (&list));
  g_clear_pointer (&list, sp_node_unref);
  return sp_splice_members (json, changes, error);
}

/* A version that told what was erased is no version any more. What is left of one that was kept is what merges may begin with. */
static gboolean
strip_version (SpDb *db, const char *id, const SpVersion *version, const SpNode *steps, GError **error)
{
  g_autofree char *stripped = sp_erase_strip (version->body, steps, NULL);

  if (g_strcmp0 (stripped, version->body) == 0)
    return TRUE;
  if (stripped == NULL || version->why == NULL)
    return sp_docs_drop_body (db, id, version->rev, error);
  return sp_docs_keep_stripped (db, id, version->rev, stripped, error);
}

static gboolean
strip_versions (SpDb *db, const char *id, const SpNode *steps, GError **error)
{
  g_autoptr (GPtrArray) versions = sp_history_get_stored (db, id, error);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (!strip_version (db, id, g_ptr_array_index (versions, i), steps, error))
      return FALSE;
  return versions != NULL;
}

/**
 * sp_erase_purge:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Drops the earlier versions of a document that tell what its leaves say was erased, here or elsewhere, but for what merges
 * need of them; after the erasure of the whole document drafts and staff notes too. Does nothing where nothing was erased.
 *
 * Returns: whether that went well
 */
gboolean
sp_erase_purge (SpDb *db, const char *id, GError **error)
{
  int before = sqlite3_total_changes (sp_db_get_handle (db));
  gboolean whole, good;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  g_autoptr (SpNode) steps = leaves != NULL ? sp_erase_collect_steps (leaves, &whole, error) : NULL;

  if (steps == NULL)
    return FALSE;
  if (!whole && sp_node_get_length (steps) == 0)
    return TRUE;
  if (whole)
    good = sp_history_purge (db, id, error) && forget_private (db, id, error);
  else
    good = strip_versions (db, id, steps, error);
  if (!good || sqlite3_total_changes (sp_db_get_handle (db)) == before)
    return good;
  return renew_keys (db, id, error) && sp_db_set_meta (db, PENDING, IN_FILE, error);
}

/* What a revision that erases something, or tells of one that did, holds somewhere. */
static gboolean
may_erase (const char *json, gsize length)
{
  return memmem (json, length, "\"erased\"", strlen ("\"erased\"")) != NULL || memmem (json, length, "\"merged\"", strlen ("\"merged\"")) != NULL;
}

/**
 * sp_erase_may_concern:
 * @bytes: a document that went through the gate
 * @tokens: (element-type SpJsonToken): what the gate found in it
 *
 * Any thread.
 *
 * Returns: whether sp_erase_arrived() must look at it; it need not for nearly all documents
 */
gboolean
sp_erase_may_concern (const char *bytes, GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const SpJsonToken *token = &g_array_index (tokens, SpJsonToken, i);
      const char *text = bytes + token->start;

      if (token->type == SP_JSON_STRING && token->end - token->start == strlen ("erased")
          && (memcmp (text, "erased", strlen ("erased")) == 0 || memcmp (text, "merged", strlen ("merged")) == 0))
        return TRUE;
    }
  return FALSE;
}

/**
 * sp_erase_arrived:
 * @db: the writing connection
 * @id: document id
 * @json: a revision of it that was just written
 * @length: of @json, in bytes
 * @error: %SP_ERROR
 *
 * What a store that never merges does when something arrives: sp_erase_purge(), in a transaction, if @json can have to do
 * with an erasure. It writes no revision. After a batch call sp_erase_clean(), or leave that to SpStore.
 *
 * Returns: whether that went well
 */
gboolean
sp_erase_arrived (SpDb *db, const char *id, const char *json, gsize length, GError **error)
{
  if (!g_str_has_prefix (id, "asset:") || !may_erase (json, length))
    return TRUE;
  if (!sp_db_begin (db, error))
    return FALSE;
  if (sp_erase_purge (db, id, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/* The names of all full-text tables, for the one command that drops the words of rows that are gone. */
static GPtrArray *
get_full_text_tables (SpDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'", error);

  if (stmt == NULL)
    return NULL;
  while (sp_db_step (db, stmt, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return NULL;
}

static gboolean
optimize_full_text (SpDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = get_full_text_tables (db, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      char *sql = sqlite3_mprintf ("INSERT INTO \"%w\" (\"%w\") VALUES ('optimize')", name, name);
      gboolean good = sp_db_exec (db, sql, error);

      sqlite3_free (sql);
      if (!good)
        return FALSE;
    }
  return names != NULL;
}

/* Moves the log into the file and empties it. *@done is FALSE while somebody still reads from it. */
static gboolean
truncate_log (SpDb *db, gboolean *done, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA wal_checkpoint (TRUNCATE)", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *done = has_row && sqlite3_column_int (stmt, 0) == 0;
  return TRUE;
}

/**
 * sp_erase_is_pending:
 * @db: a connection
 *
 * Returns: whether something was erased whose bytes may still be in the file or its log
 */
gboolean
sp_erase_is_pending (SpDb *db)
{
  g_autofree char *pending = sp_db_get_meta (db, PENDING);

  return pending != NULL && strcmp (pending, "0") != 0;
}

static gboolean
clean_file (SpDb *db, GError **error)
{
  return optimize_full_text (db, error) && sp_words_prune (db, error) && sp_db_exec (db, "VACUUM", error)
         && sp_db_set_meta (db, PENDING, IN_LOG, error);
}

/**
 * sp_erase_clean:
 * @db: the writing connection, outside of a transaction
 * @error: %SP_ERROR
 *
 * Takes the bytes of what was erased since the last call out of the full-text index, the file and its log. It writes the
 * whole file anew, so it takes as long as compaction: SQLite zeroes what is deleted, but not the copies that it leaves in
 * the gaps of pages when rows move. While another connection reads an old state the log cannot be
 * emptied; the next call goes on there. Does nothing if nothing was erased. SpStore calls it when it is opened, soon after an
 * erasure, and when it is closed.
 *
 * Returns: whether that went well
 */
gboolean
sp_erase_clean (SpDb *db, GError **error)
{
  g_autofree char *pending = sp_db_get_meta (db, PENDING);
  gboolean done = FALSE;

  if (pending == NULL || strcmp (pending, "0") == 0)
    return TRUE;
  if ((strcmp (pending, IN_LOG) != 0 && !clean_file (db, error)) || !truncate_log (db, &done, error))
    return FALSE;
  return !done || sp_db_set_meta (db, PENDING, "0", error);
}
