/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasure of personal data, of members or of a whole document: in the tree so that it travels and wins, in what is kept
 * here, and in the bytes of the file. */
#include "sp-erase-private.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-history.h"
#include "sp-settle.h"
#include "sp-splice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a tombstone may say without saying anything about the entry. */
static const char * const bare[] = { "type", "erased", "merged", NULL };

static gboolean
run_for (SpDb *db, const char *sql, const char *id, const char *text, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (text != NULL)
    sqlite3_bind_text (stmt, 2, text, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/* --- of a document --- */

static gboolean
is_erased_tombstone (const SpDoc *leaf, gboolean *erased, GError **error)
{
  g_autoptr (SpNode) body = NULL;

  *erased = FALSE;
  if (!leaf->deleted)
    return TRUE;
  body = sp_node_parse (leaf->body, -1, error);
  *erased = body != NULL && sp_node_get_flag (body, "erased", FALSE);
  return body != NULL;
}

/* Whether a leaf says anything about the entry: a live one does, a tombstone may. */
static gboolean
is_telling (const SpDoc *leaf, gboolean *telling, GError **error)
{
  g_autoptr (SpNode) body = NULL;

  *telling = !leaf->deleted;
  if (*telling)
    return TRUE;
  body = sp_node_parse (leaf->body, -1, error);
  for (guint i = 0; i < sp_node_get_length (body); i++)
    if (!g_strv_contains (bare, sp_node_get_name (body, i)))
      *telling = TRUE;
  return body != NULL;
}

static gboolean
write_tombstone (SpDb *db, const char *id, const char *leaf, GError **error)
{
  g_autoptr (SpNode) tombstone = sp_node_new_object ();

  sp_node_set_text (tombstone, "type", "asset");
  sp_node_set (tombstone, "erased", sp_node_new_boolean (TRUE));
  return sp_docs_put (db, id, leaf, TRUE, tombstone, NULL, error);
}

static gboolean
write_tombstones (SpDb *db, const char *id, GPtrArray *leaves, GError **error)
{
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      gboolean telling;

      if (!is_telling (leaf, &telling, error))
        return FALSE;
      if (telling && !write_tombstone (db, id, leaf->rev, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_erase_spread:
 * @db: the writing connection, inside a transaction
 * @id: an asset
 * @leaves: (element-type SpDoc): all its leaves
 * @erased: (out): whether one of them erased it
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * An erasure beats edits: if a leaf is an erasing tombstone, each leaf that still says something gets the same tombstone
 * as its child.
 *
 * Returns: whether that went well
 */
gboolean
sp_erase_spread (SpDb *db, const char *id, GPtrArray *leaves, gboolean *erased, GError **error)
{
  *erased = FALSE;
  for (guint i = 0; i < leaves->len && !*erased; i++)
    if (!is_erased_tombstone (g_ptr_array_index (leaves, i), erased, error))
      return FALSE;
  return !*erased || write_tombstones (db, id, leaves, error);
}

/**
 * sp_erase_is_erased:
 * @db: a connection
 * @id: document id
 * @erased: (out): whether it was erased, so that an import must not bring it back
 * @error: %SP_ERROR
 *
 * Returns: whether that went well; a document that never was is not erased
 */
gboolean
sp_erase_is_erased (SpDb *db, const char *id, gboolean *erased, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, &missing);

  *erased = FALSE;
  if (g_error_matches (missing, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  if (leaves == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  for (guint i = 0; i < leaves->len && !*erased; i++)
    if (!is_erased_tombstone (g_ptr_array_index (leaves, i), erased, error))
      return FALSE;
  return TRUE;
}

static gboolean
erase_document (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  gboolean erased;

  if (leaves == NULL || !write_tombstones (db, id, leaves, error) || !sp_erase_is_erased (db, id, &erased, error))
    return FALSE;
  if (!erased && !write_tombstone (db, id, ((const SpDoc *) g_ptr_array_index (leaves, 0))->rev, error))
    return FALSE; /* it was deleted by somebody who said nothing more, or merged away */
  return sp_erase_purge (db, id, error);
}

/**
 * sp_erase_document:
 * @db: the writing connection
 * @id: an asset
 * @error: %SP_ERROR_NOT_FOUND, %SP_ERROR_INVALID if it is no asset
 *
 * Erases an asset everywhere, also one that was deleted before: every version of it gets a tombstone that beats edits, and what is kept of it here goes,
 * drafts and staff notes too. Then call sp_erase_clean(). Old backups still hold it.
 *
 * Returns: whether it is erased
 */
gboolean
sp_erase_document (SpDb *db, const char *id, GError **error)
{
  if (!g_str_has_prefix (id, "asset:"))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("%s: only entries can be erased"), id);
      return FALSE;
    }
  if (!sp_db_begin (db, error))
    return FALSE;
  if (erase_document (db, id, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/* --- of members --- */

static SpNode *
make_step (const char *from, GPtrArray *members, const SpEditStamp *stamp)
{
  SpNode *step = sp_node_new_object (), *erased = sp_node_new_array ();

  for (guint i = 0; i < members->len; i++)
    sp_node_append (erased, sp_node_new_string (g_ptr_array_index (members, i)));
  sp_node_set_text (step, "from", from);
  sp_node_set_text (step, "by", stamp->by);
  sp_node_set_text (step, "on", stamp->on);
  sp_node_set (step, "erased", erased);
  return step;
}

/**
 * sp_erase_drop_original:
 * @body: a body
 * @changes: (inout): gets its `source` without the row it was imported from, if it has that
 */
void
sp_erase_drop_original (const SpNode *body, SpNode *changes)
{
  SpNode *source = sp_node_get (body, "source");

  if (sp_node_get (source, "original") != NULL)
    sp_node_set (changes, "source", sp_edit_list_without_original (source));
}

/**
 * sp_erase_make_changes:
 * @body: a body
 * @from: its revision
 * @members: (element-type utf8): top members, sorted
 * @stamp: who, when
 *
 * What the erasing revision changes: the members go, and with them every old value and the row they came from.
 *
 * Returns: (transfer full): new values of top members, as sp_splice_members() takes them
 */
SpNode *
sp_erase_make_changes (const SpNode *body, const char *from, GPtrArray *members, const SpEditStamp *stamp)
{
  SpNode *changes = sp_node_new_object (), *modified = sp_node_new_object ();
  g_autoptr (SpNode) stripped = sp_edit_list_strip (sp_node_get (body, "edit"), members);

  sp_erase_drop_original (body, changes);
  for (guint i = 0; i < members->len; i++)
    sp_node_set (changes, g_ptr_array_index (members, i), sp_node_new_null ());
  sp_node_set_text (modified, "on", stamp->on);
  sp_node_set_text (modified, "by", stamp->by);
  sp_node_set (changes, "modified", modified);
  sp_node_set (changes, "edit", sp_edit_list_prepend (stripped, make_step (from, members, stamp)));
  return changes;
}

/**
 * sp_erase_remember_only:
 * @changes: what a revision changes
 * @list: (nullable): the steps it would remember
 *
 * Has it remember those of them only that erased something: that makes room.
 */
void
sp_erase_remember_only (SpNode *changes, const SpNode *list)
{
  SpNode *erasures = sp_edit_list_keep_erased (list);

  sp_node_set (changes, "edit", erasures != NULL ? erasures : sp_node_new_null ());
}

static gboolean
erase_in_leaf (SpDb *db, const SpDoc *leaf, GPtrArray *members, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (leaf->body, -1, error);
  g_autoptr (SpNode) changes = body != NULL ? sp_erase_make_changes (body, leaf->rev, members, stamp) : NULL;
  g_autofree char *json = changes != NULL ? sp_splice_members (leaf->body, changes, error) : NULL;

  if (json != NULL && !sp_json_gate_can_store (json)) /* the steps of other edits make room */
    {
      sp_erase_remember_only (changes, sp_node_get (changes, "edit"));
      g_free (json);
      json = sp_splice_members (leaf->body, changes, error);
    }
  return json != NULL && sp_edit_write_below (db, leaf->id, leaf->rev, json, NULL, error);
}

/* A draft that is under way must not bring back what was erased. */
static gboolean
erase_in_draft (SpDb *db, const char *id, GPtrArray *members, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autofree char *body = NULL;
  g_autofree char *json = NULL;
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT body FROM private_draft WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error) || !has_row)
    return !has_row;
  body = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_reset (stmt);
  for (guint i = 0; i < members->len; i++)
    sp_node_set (changes, g_ptr_array_index (members, i), sp_node_new_null ());
  json = sp_splice_members (body, changes, NULL);
  if (json == NULL) /* not a body: nobody can tell what it holds */
    return run_for (db, "DELETE FROM private_draft WHERE id = ?", id, NULL, error);
  return run_for (db, "UPDATE private_draft SET body = ?2 WHERE id = ?1", id, json, error);
}

static gboolean
erase_members (SpDb *db, const char *id, GPtrArray *members, const SpEditStamp *stamp, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, id, error);
  SpSettled settled;
  guint live = 0;

  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);
      live += !leaf->deleted;
      if (!leaf->deleted && !erase_in_leaf (db, leaf, members, stamp, error))
        return FALSE;
    }
  if (leaves != NULL && live == 0)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("%s: the entry was deleted"), id);
  return live > 0 && erase_in_draft (db, id, members, error) && sp_settle_document (db, id, &settled, error);
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * sp_erase_sort_names:
 * @members: (element-type utf8): names of top members
 *
 * Brings them into an order that is the same everywhere.
 */
void sp_erase_sort_names (GPtrArray *members) { g_ptr_array_sort (members, compare_names); }

/**
 * sp_erase_members:
 * @db: the writing connection
 * @id: an asset
 * @members: (array zero-terminated=1): top members, at least one
 * @stamp: who, when
 * @error: %SP_ERROR_NOT_FOUND, %SP_ERROR_INVALID for a member that an entry cannot be without
 *
 * Erases members everywhere: each live version gets a revision without them whose step says so without telling what they
 * were, all older steps lose them too, and the row an import kept goes with them. In a merge that wins, and versions that stood
 * against each other only in what was erased are merged. Then call sp_erase_clean(). Old backups still hold them.
 *
 * Returns: whether they are erased
 */
gboolean
sp_erase_members (SpDb *db, const char *id, const char * const *members, const SpEditStamp *stamp, GError **error)
{
  static const char * const needed[] = { "type", "schema", "kind", "edit", "modified", "created", "source", NULL };
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; members[i] != NULL; i++)
    {
      if (g_strv_contains (needed, members[i]))
        {
          g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("%s: an entry cannot be without “%s”"), id, members[i]);
          return FALSE;
        }
      if (!sp_edit_list_contains (sorted, members[i]))
        g_ptr_array_add (sorted, (char *) members[i]);
    }
  sp_erase_sort_names (sorted);
  if (!sp_db_begin (db, error))
    return FALSE;
  if (erase_members (db, id, sorted, stamp, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}
