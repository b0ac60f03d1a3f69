/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions that give way without a new one: another has merged them already, or is what the same versions were merged to. */
#include "sp-settle-private.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-history.h"
#include "sp-lineage.h"

#include <string.h>

/**
 * sp_settle_write_tombstone:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @loser: a version that gives way
 * @winner: the version that it gives way to
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Writes a tombstone below @loser that says so, and keeps what it said.
 *
 * Returns: whether that went well
 */
gboolean
sp_settle_write_tombstone (SpDb *db, const char *id, const SpMergeLeaf *loser, const char *winner, GError **error)
{
  g_autoptr (SpNode) tombstone = sp_node_new_object ();

  sp_node_set_text (tombstone, "type", g_str_has_prefix (id, "asset:") ? "asset" : sp_node_get_text (loser->body, "type"));
  sp_node_set_text (tombstone, "merged", winner);
  return sp_history_keep (db, id, loser->rev, "loser", error)
         && sp_docs_put (db, id, loser->rev, TRUE, tombstone, NULL, error);
}

/* What each of the leaves came from. */
static GPtrArray *
read_lineages (SpDb *db, const char *id, GPtrArray *leaves, GError **error)
{
  g_autoptr (GPtrArray) lineages = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_ancestry_free);

  for (guint i = 0; i < leaves->len; i++)
    {
      SpMergeLeaf *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (GPtrArray) alone = g_ptr_array_new ();
      SpAncestry *lineage;

      g_ptr_array_add (alone, leaf);
      lineage = sp_lineage_read (db, id, leaf->rev, alone, error);
      if (lineage == NULL)
        return NULL;
      g_ptr_array_add (lineages, lineage);
    }
  return g_steal_pointer (&lineages);
}

/* If another has merged a leaf already, or what had merged it, gives the winner it was merged into. */
static const char *
find_winner (GPtrArray *leaves, GPtrArray *lineages, guint leaf)
{
  const char *rev = ((const SpMergeLeaf *) g_ptr_array_index (leaves, leaf))->rev, *winner = NULL;

  for (guint i = 0; i < lineages->len && winner == NULL; i++)
    winner = i != leaf ? sp_ancestry_find_winner (g_ptr_array_index (lineages, i), rev) : NULL;
  return winner;
}

/* A merge can arrive before the tombstones of the versions it merged: writes those that its author wrote. */
static gboolean
drop_merged (SpDb *db, const char *id, GPtrArray *leaves, gboolean *wrote, GError **error)
{
  g_autoptr (GPtrArray) lineages = leaves->len > 1 ? read_lineages (db, id, leaves, error) : g_ptr_array_new ();

  for (guint i = leaves->len; lineages != NULL && i-- > 0;)
    {
      const char *winner = find_winner (leaves, lineages, i);

      if (winner == NULL)
        continue;
      *wrote = TRUE;
      if (!sp_settle_write_tombstone (db, id, g_ptr_array_index (leaves, i), winner, error))
        return FALSE;
      g_ptr_array_remove_index (leaves, i);
      g_ptr_array_remove_index (lineages, i); /* two that claim to have merged each other: one stays */
    }
  return lineages != NULL;
}

/* The newest step of a leaf, if that put versions together. */
static const SpNode *
get_merging (const SpMergeLeaf *leaf)
{
  const SpNode *newest = sp_edit_list_get_newest (leaf->body);

  return sp_node_get (newest, "merged") != NULL && g_strcmp0 (sp_node_get_text (newest, "from"), leaf->path[1]) == 0 ? newest : NULL;
}

/* Whether two leaves are what the same versions were put together to. What a person decides is signed by that person. */
static gboolean
is_same_merge (const SpMergeLeaf *a, const SpMergeLeaf *b)
{
  const SpNode *first = get_merging (a), *second = get_merging (b);

  return first != NULL && second != NULL && sp_node_equal (sp_node_get (first, "from"), sp_node_get (second, "from"))
         && sp_node_equal (sp_node_get (first, "merged"), sp_node_get (second, "merged"))
         && sp_node_equal (sp_node_get (a->body, "modified"), sp_node_get (b->body, "modified"));
}

/* Replicas that know more or less of what versions began with can merge the same ones differently: with an older program, or
 * where a tree ends early. Merging what they wrote,
 * each would take what the other wrote, for ever: so the greatest counts. */
static gboolean
drop_same_merges (SpDb *db, const char *id, GPtrArray *leaves, gboolean *wrote, GError **error)
{
  for (guint i = leaves->len; i-- > 1;)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (leaves, i), *other = NULL;
      gboolean same = FALSE;

      for (guint k = 0; k < i && !same; k++)
        {
          other = g_ptr_array_index (leaves, k);
          same = is_same_merge (leaf, other);
        }
      if (!same)
        continue;
      *wrote = TRUE;
      if (!sp_settle_write_tombstone (db, id, leaf, other->rev, error))
        return FALSE;
      g_ptr_array_remove_index (leaves, i);
    }
  return TRUE;
}

/**
 * sp_settle_drop:
 * @db: the writing connection, inside a transaction
 * @id: document id
 * @leaves: (element-type SpMergeLeaf): those that live, the winner first; those that give way are taken out
 * @wrote: (inout): set if a tombstone was written
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * Returns: whether that went well
 */
gboolean
sp_settle_drop (SpDb *db, const char *id, GPtrArray *leaves, gboolean *wrote, GError **error)
{
  return drop_merged (db, id, leaves, wrote, error) && drop_same_merges (db, id, leaves, wrote, error);
}
