/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settling a document in which several versions live: merges them if they go together, and writes what every other
 * replica that merges them writes too. */
#include "sp-settle-private.h"

#include "sp-bases.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-edit.h"
#include "sp-erase.h"
#include "sp-history.h"
#include "sp-revision.h"
#include "sp-splice.h"

#include <string.h>

/* The live leaves of @docs with their bodies, the winner first. */
static GPtrArray *
parse_leaves (SpDb *db, GPtrArray *docs, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);

  for (guint i = 0; i < docs->len; i++)
    {
      const SpDoc *doc = g_ptr_array_index (docs, i);
      g_autoptr (SpNode) body = NULL;
      SpMergeLeaf *leaf;

      if (doc->deleted)
        continue;
      body = sp_node_parse (doc->body, -1, error);
      if (body == NULL)
        return NULL;
      leaf = sp_merge_leaf_new (doc->rev, body);
      g_ptr_array_add (leaves, leaf);
      leaf->path = sp_docs_get_revisions (db, doc->id, doc->rev, error);
      if (leaf->path == NULL)
        return NULL;
    }
  return g_steal_pointer (&leaves);
}

static SpMerge *
run_merge (SpDb *db, const char *id, GPtrArray *leaves, GError **error)
{
  g_autoptr (SpBase) base = sp_bases_find (db, id, leaves, error);

  return base != NULL ? sp_merge_run_unsure (base->body, base->unknown, leaves) : NULL;
}

/* What changes from one body to the next, as sp_splice_members() wants it. */
static SpNode *
find_changes (const SpNode *before, const SpNode *after)
{
  SpNode *changes = sp_node_new_object ();

  for (guint i = 0; i < sp_node_get_length (before); i++)
    if (sp_node_get (after, sp_node_get_name (before, i)) == NULL)
      sp_node_set (changes, sp_node_get_name (before, i), sp_node_new_null ());
  for (guint i = 0; i < sp_node_get_length (after); i++)
    {
      SpNode *value = sp_node_get_element (after, i);
      if (!sp_node_equal (sp_node_get (before, sp_node_get_name (after, i)), value))
        sp_node_set (changes, sp_node_get_name (after, i), sp_node_ref (value));
    }
  return changes;
}

/* What is written below the winner. */
static char *
make_json (SpDb *db, const char *id, const SpMergeLeaf *winner, const SpNode *merged, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, winner->rev, error);
  g_autoptr (SpNode) changes = find_changes (winner->body, merged);

  return doc != NULL ? sp_splice_members (doc->body, changes, error) : NULL;
}

static gboolean
write_winner (SpDb *db, const char *id, const SpMergeLeaf *winner, const SpNode *merged, char **rev, GError **error)
{
  g_autofree char *json = make_json (db, id, winner, merged, error);

  return json != NULL
         && sp_history_keep (db, id, winner->rev, "base", error)
         && sp_edit_write_below (db, id, winner->rev, json, rev, error);
}

/**
 * sp_settle_write:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @merge: the leaves that go together
 * @merged: (nullable): the body to write below the winner; %NULL to drop the losers only
 * @rev: (out) (optional) (transfer full): the new winner; the old one if only losers were dropped
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Writes a merge: a child of the winner, and below each loser a tombstone that says what it was merged into. The versions
 * that were merged are kept.
 *
 * Returns: whether it was written
 */
gboolean
sp_settle_write (SpDb *db, const char *id, const SpMerge *merge, const SpNode *merged, char **rev, GError **error)
{
  const SpMergeLeaf *winner = g_ptr_array_index (merge->leaves, 0);
  g_autofree char *written = g_strdup (winner->rev);

  if (merged != NULL)
    {
      g_clear_pointer (&written, g_free);
      if (!write_winner (db, id, winner, merged, &written, error))
        return FALSE;
    }
  for (guint i = 1; i < merge->leaves->len; i++)
    if (!sp_settle_write_tombstone (db, id, g_ptr_array_index (merge->leaves, i), winner->rev, error))
      return FALSE;
  if (rev != NULL)
    *rev = g_steal_pointer (&written);
  return TRUE;
}

/* Whether there is room for what a merge would write. */
static gboolean
has_room (SpDb *db, const char *id, const SpMerge *merge, const SpNode *merged, gboolean *can, GError **error)
{
  g_autofree char *json = make_json (db, id, g_ptr_array_index (merge->leaves, 0), merged, error);

  *can = json != NULL && sp_json_gate_can_store (json);
  return json != NULL;
}

/* Writes what all of a merge goes together to, if there is room for it. */
static gboolean
write_merge (SpDb *db, const char *id, const SpMerge *merge, gboolean *can, GError **error)
{
  g_autoptr (SpNode) merged = merge->alike ? NULL : sp_merge_finish (merge, NULL, NULL);

  *can = TRUE;
  if (merged != NULL && !has_room (db, id, merge, merged, can, error))
    return FALSE;
  return !*can || sp_settle_write (db, id, merge, merged, NULL, error);
}

/* Merges two leaves if they began with something nearer than all did, and go together. @ends: nobody here knows with what. */
static gboolean
merge_two (SpDb *db, const char *id, SpMergeLeaf *first, SpMergeLeaf *second, const char *began, gboolean *wrote, gboolean *ends,
           GError **error)
{
  g_autoptr (GPtrArray) pair = g_ptr_array_new ();
  g_autoptr (SpBase) base = NULL;
  g_autoptr (SpMerge) merge = NULL;

  g_ptr_array_add (pair, first);
  g_ptr_array_add (pair, second);
  base = sp_bases_find (db, id, pair, error);
  if (base == NULL)
    return FALSE;
  if (base->rev == NULL || g_strcmp0 (base->rev, began) == 0)
    return TRUE;
  *ends = base->body == NULL;
  merge = sp_merge_run_unsure (base->body, base->unknown, pair);
  return *ends || merge->collisions->len > 0 || write_merge (db, id, merge, wrote, error);
}

#define MOST_APART 8 /* of more leaves no two are looked at alone */

/* Of more than two, two can have begun with something that the others do not know: with what all began with both seem to
 * have changed what only one of them has changed since. */
static gboolean
merge_nearest (SpDb *db, const char *id, GPtrArray *leaves, gboolean *wrote, GError **error)
{
  g_autoptr (SpBase) all = NULL;
  gboolean ends = leaves->len < 3 || leaves->len > MOST_APART || sp_settle_was_reopened (leaves);

  *wrote = FALSE;
  if (ends)
    return TRUE;
  all = sp_bases_find (db, id, leaves, error);
  for (guint i = 0; all != NULL && i < leaves->len; i++)
    for (guint k = i + 1; k < leaves->len && !*wrote && !ends; k++)
      if (!merge_two (db, id, g_ptr_array_index (leaves, i), g_ptr_array_index (leaves, k), all->rev, wrote, &ends, error))
        return FALSE;
  return all != NULL;
}

static gboolean
merge_leaves (SpDb *db, const char *id, GPtrArray *leaves, SpSettled *result, GError **error)
{
  g_autoptr (SpMerge) merge = NULL;
  gboolean waits, can;

  if (!sp_settle_find_waiting (db, id, leaves, &waits, error))
    return FALSE;
  if (waits)
    {
      *result = SP_SETTLED_CONFLICT;
      return TRUE;
    }
  merge = run_merge (db, id, leaves, error);
  if (merge == NULL)
    return FALSE;
  can = merge->collisions->len == 0 || merge->alike;
  if (can && !write_merge (db, id, merge, &can, error))
    return FALSE;
  *result = can ? SP_SETTLED_MERGED : SP_SETTLED_CONFLICT;
  return TRUE;
}

static gboolean
settle_live (SpDb *db, const char *id, GPtrArray *docs, SpSettled *result, GError **error)
{
  g_autoptr (GPtrArray) leaves = parse_leaves (db, docs, error);
  g_autoptr (GPtrArray) left = NULL;
  gboolean wrote = FALSE;

  if (leaves == NULL || !sp_settle_drop (db, id, leaves, &wrote, error))
    return FALSE;
  if (wrote)
    *result = SP_SETTLED_MERGED;
  if (leaves->len < 2)
    return TRUE;
  if (!merge_leaves (db, id, leaves, result, error))
    return FALSE;
  if (*result != SP_SETTLED_CONFLICT)
    return TRUE;
  if (!merge_nearest (db, id, leaves, &wrote, error))
    return FALSE;
  if (!wrote)
    return TRUE;
  *result = SP_SETTLED_MERGED;
  left = sp_docs_get_leaves (db, id, error);
  return left != NULL && settle_live (db, id, left, result, error);
}

/* What others remember as erased goes from the leaves that live. @docs is then read anew. */
static gboolean
settle_members (SpDb *db, const char *id, GPtrArray **docs, gboolean from_live, gboolean *wrote, GError **error)
{
  if (!sp_erase_spread_members (db, id, *docs, from_live, wrote, error))
    return FALSE;
  if (*wrote)
    {
      g_ptr_array_unref (*docs);
      *docs = sp_docs_get_leaves (db, id, error);
    }
  return *docs != NULL;
}

/* Where only a person can decide, an erasure does not wait for that. */
static gboolean
settle_edits (SpDb *db, const char *id, GPtrArray **docs, SpSettled *result, GError **error)
{
  gboolean wrote;

  if (!settle_members (db, id, docs, FALSE, &wrote, error))
    return FALSE;
  if (wrote)
    *result = SP_SETTLED_ERASED;
  if (!settle_live (db, id, *docs, result, error))
    return FALSE;
  if (*result != SP_SETTLED_CONFLICT)
    return TRUE;
  g_ptr_array_unref (*docs);
  *docs = sp_docs_get_leaves (db, id, error);
  if (*docs == NULL || !settle_members (db, id, docs, TRUE, &wrote, error))
    return FALSE;
  if (wrote)
    *result = SP_SETTLED_ERASED;
  return TRUE;
}

static gboolean
settle (SpDb *db, const char *id, SpSettled *result, GError **error)
{
  g_autoptr (GPtrArray) docs = sp_docs_get_leaves (db, id, error);
  gboolean erased = FALSE;

  if (docs == NULL || !sp_erase_spread (db, id, docs, &erased, error))
    return FALSE;
  if (erased)
    *result = SP_SETTLED_ERASED;
  else if (!settle_edits (db, id, &docs, result, error))
    return FALSE;
  return sp_erase_purge (db, id, error);
}

/**
 * sp_settle_document:
 * @db: the writing connection
 * @id: a document that something arrived for
 * @result: (out): what was done
 * @error: %SP_ERROR_NOT_FOUND …
 *
 * Settles an asset, in one transaction: spreads an erasure, merges live leaves that go together, and purges what was
 * erased. What every replica writes for the same leaves is the same. Documents that are not assets are left alone. After
 * a batch call sp_erase_clean().
 *
 * Returns: whether that went well
 */
gboolean
sp_settle_document (SpDb *db, const char *id, SpSettled *result, GError **error)
{
  *result = SP_SETTLED_NOTHING;
  if (!g_str_has_prefix (id, "asset:"))
    return TRUE;
  if (!sp_db_begin (db, error))
    return FALSE;
  if (settle (db, id, result, error) && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

/**
 * sp_settle_look:
 * @db: a connection
 * @id: document id
 * @error: %SP_ERROR_NOT_FOUND
 *
 * Merges the live leaves without writing anything: to show what collides, or the merged entry to somebody who may not
 * write it.
 *
 * Returns: (transfer full) (nullable): the merge; %NULL without @error if no two versions live
 */
SpMerge *
sp_settle_look (SpDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) docs = sp_docs_get_leaves (db, id, error);
  g_autoptr (GPtrArray) leaves = docs != NULL ? parse_leaves (db, docs, error) : NULL;

  return leaves != NULL && leaves->len > 1 ? run_merge (db, id, leaves, error) : NULL;
}
