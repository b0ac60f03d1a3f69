/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding what the leaves of a document began with: the common ancestor, where a merged revision counts as a child of
 * each revision it merged, and its body, kept or rebuilt from the `edit` lists. */
#include "sp-bases.h"

#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-erase.h"
#include "sp-merge.h"
#include "sp-revision.h"

#include <string.h>

/**
 * sp_base_free:
 * @base: (transfer full): a base
 */
void
sp_base_free (SpBase *base)
{
  g_free (base->rev);
  g_clear_pointer (&base->body, sp_node_unref);
  g_free (base);
}

/* The body of a revision as far as it is kept; *@body stays NULL if it is not. What @steps erased after it is left out: whether
 * a store has forgotten that already is nothing that a merge may depend on. */
static gboolean
load_body (SpDb *db, const char *id, const char *rev, const SpNode *steps, gboolean *deleted, SpNode **body, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get_begun (db, id, rev, &missing);
  g_autofree char *stripped = NULL;

  *body = NULL;
  *deleted = FALSE;
  if (g_error_matches (missing, SP_ERROR, SP_ERROR_NOT_FOUND)) /* stemmed, or never seen */
    return TRUE;
  if (doc == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  *deleted = doc->deleted;
  if (doc->body == NULL)
    return TRUE;
  stripped = sp_erase_strip (doc->body, steps, error);
  *body = stripped != NULL ? sp_node_parse (stripped, -1, error) : NULL;
  return *body != NULL;
}

/* As sp_docs_get_revisions(), but a revision that is not known here is a path of its own. */
static GStrv
get_path (SpDb *db, const char *id, const char *rev, GError **error)
{
  g_autoptr (GError) missing = NULL;
  GStrv path = sp_docs_get_revisions (db, id, rev, &missing);

  if (path == NULL && g_error_matches (missing, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      const char *alone[] = { rev, NULL };
      return g_strdupv ((char **) alone);
    }
  if (path == NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  return path;
}

static void
add_merged (GPtrArray *merged, const SpNode *step)
{
  const SpNode *losers = sp_node_get (step, "merged");

  for (guint i = 0; sp_node_is_array (losers) && i < sp_node_get_length (losers); i++)
    {
      const char *loser = sp_node_get_string (sp_node_get_element (losers, i));
      if (sp_revision_parse (loser, NULL, NULL))
        g_ptr_array_add (merged, g_strdup (loser));
    }
}

/**
 * sp_bases_get_merged:
 * @db: a connection
 * @id: document id
 * @rev: a revision
 * @body: its body
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the revisions that @rev or an ancestor of it merged, as far
 *   as its `edit` list counts, each followed by the winner it was merged into
 */
GPtrArray *
sp_bases_get_merged (SpDb *db, const char *id, const char *rev, const SpNode *body, GError **error)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) path = get_path (db, id, rev, error);
  const SpNode *list = sp_node_get (body, "edit");

  if (path == NULL)
    return NULL;
  for (guint i = 0; i < sp_edit_list_count (list, (const char * const *) path); i++)
    {
      g_autoptr (GPtrArray) losers = g_ptr_array_new_with_free_func (g_free);
      add_merged (losers, sp_node_get_element (list, i));
      for (guint k = 0; k < losers->len; k++)
        {
          g_ptr_array_add (merged, g_strdup (g_ptr_array_index (losers, k)));
          g_ptr_array_add (merged, g_strdup (path[i + 1]));
        }
    }
  return g_steal_pointer (&merged);
}

/* Adds @rev and all it came from to @ancestors, over merges too. */
static gboolean
add_ancestors (SpDb *db, const char *id, const char *rev, SpNode *body, GHashTable *ancestors, GError **error)
{
  g_auto (GStrv) path = get_path (db, id, rev, error);
  g_autoptr (SpNode) own = body != NULL ? sp_node_ref (body) : NULL;
  g_autoptr (GPtrArray) merged = NULL;
  gboolean deleted;

  if (path == NULL || (own == NULL && !load_body (db, id, rev, NULL, &deleted, &own, error)))
    return FALSE;
  for (guint i = 0; path[i] != NULL; i++)
    g_hash_table_add (ancestors, g_strdup (path[i]));
  merged = sp_bases_get_merged (db, id, rev, own, error);
  for (guint i = 0; merged != NULL && i < merged->len; i += 2)
    {
      const char *loser = g_ptr_array_index (merged, i);
      if (!g_hash_table_contains (ancestors, loser) && !add_ancestors (db, id, loser, NULL, ancestors, error))
        return FALSE;
    }
  return merged != NULL;
}

/* Of those in @common, only what is in @other too remains. */
static void
intersect (GHashTable *common, GHashTable *other)
{
  GHashTableIter iter;
  gpointer rev;

  g_hash_table_iter_init (&iter, common);
  while (g_hash_table_iter_next (&iter, &rev, NULL))
    if (!g_hash_table_contains (other, rev))
      g_hash_table_iter_remove (&iter);
}

static gboolean
find_common (SpDb *db, const char *id, GPtrArray *leaves, char **rev, GError **error)
{
  g_autoptr (GHashTable) common = NULL;
  GHashTableIter iter;
  gpointer candidate;

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (leaves, i);
      g_autoptr (GHashTable) ancestors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      if (!add_ancestors (db, id, leaf->rev, leaf->body, ancestors, error))
        return FALSE;
      if (common != NULL)
        intersect (common, ancestors);
      else
        common = g_steal_pointer (&ancestors);
    }
  *rev = NULL;
  g_hash_table_iter_init (&iter, common);
  while (g_hash_table_iter_next (&iter, &candidate, NULL))
    if (*rev == NULL || sp_revision_compare (FALSE, candidate, FALSE, *rev) < 0)
      *rev = candidate;
  *rev = g_strdup (*rev);
  return TRUE;
}

/* Whether all histories are known down to their first revision. */
static gboolean
reach_down (SpDb *db, const char *id, GPtrArray *leaves, gboolean *all, GError **error)
{
  *all = TRUE;
  for (guint i = 0; i < leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (leaves, i);
      g_auto (GStrv) path = get_path (db, id, leaf->rev, error);
      guint32 generation = 0;

      if (path == NULL)
        return FALSE;
      sp_revision_parse (path[g_strv_length (path) - 1], &generation, NULL);
      *all = *all && generation == 1;
    }
  return TRUE;
}

/* Rebuilds the body of @rev from @path, a leaf and its ancestors: from the leaf, else from an ancestor that is kept. */
static gboolean
rebuild_along (SpDb *db, const char *id, GStrv path, const char *rev, const SpNode *steps, SpNode **result, GError **error)
{
  if (!g_strv_contains ((const char * const *) path, rev))
    return TRUE;
  for (guint i = 0; strcmp (path[i], rev) != 0; i++)
    {
      g_autoptr (SpNode) body = NULL;
      gboolean deleted;

      if (!load_body (db, id, path[i], steps, &deleted, &body, error))
        return FALSE;
      *result = body != NULL ? sp_edit_list_rebuild (body, (const char * const *) path + i, rev) : NULL;
      if (*result != NULL)
        return TRUE;
    }
  return TRUE;
}

static SpNode *
collect_erasures (GPtrArray *leaves)
{
  SpNode *steps = sp_node_new_array ();

  for (guint i = 0; i < leaves->len; i++)
    sp_edit_list_add_erasures (steps, sp_node_get (((const SpMergeLeaf *) g_ptr_array_index (leaves, i))->body, "edit"));
  return steps;
}

static gboolean
find_body (SpDb *db, const char *id, GPtrArray *leaves, const char *rev, SpNode **result, GError **error)
{
  g_autoptr (SpNode) steps = collect_erasures (leaves);
  gboolean deleted;

  if (!load_body (db, id, rev, steps, &deleted, result, error))
    return FALSE;
  if (deleted) /* whatever a tombstone says, nothing was there */
    {
      g_clear_pointer (result, sp_node_unref);
      *result = sp_node_new_object ();
    }
  for (guint i = 0; *result == NULL && i < leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (leaves, i);
      g_auto (GStrv) path = get_path (db, id, leaf->rev, error);
      if (path == NULL || !rebuild_along (db, id, path, rev, steps, result, error))
        return FALSE;
    }
  if (*result == NULL)
    return TRUE;
  sp_node_remove (*result, "edit");
  sp_node_remove (*result, "modified");
  return TRUE;
}

/**
 * sp_bases_find:
 * @db: a connection
 * @id: document id
 * @leaves: (element-type SpMergeLeaf): at least one leaf of it
 * @error: %SP_ERROR
 *
 * Finds the greatest common ancestor of @leaves and its body: kept here, or rebuilt from an `edit` list that reaches back
 * to it. Leaves with no common ancestor whose histories are known down to generation 1 began with nothing, `{}`.
 *
 * Returns: (transfer full) (nullable): the base
 */
SpBase *
sp_bases_find (SpDb *db, const char *id, GPtrArray *leaves, GError **error)
{
  g_autoptr (SpBase) base = g_new0 (SpBase, 1);
  gboolean all;

  if (!find_common (db, id, leaves, &base->rev, error))
    return NULL;
  if (base->rev != NULL)
    {
      sp_revision_parse (base->rev, &base->generation, NULL);
      return find_body (db, id, leaves, base->rev, &base->body, error) ? g_steal_pointer (&base) : NULL;
    }
  if (!reach_down (db, id, leaves, &all, error))
    return NULL;
  if (all)
    base->body = sp_node_new_object ();
  return g_steal_pointer (&base);
}
