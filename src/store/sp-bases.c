/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding what the leaves of a document began with: the nearest common ancestor, where a merged revision counts as a
 * child of each revision it merged, and its body, kept or rebuilt from the `edit` lists; where there are several, what
 * they give together. */
#include "sp-bases.h"

#include "sp-ancestry.h"
#include "sp-docs.h"
#include "sp-edit-list.h"
#include "sp-erase.h"
#include "sp-lineage.h"
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
  g_clear_pointer (&base->unknown, g_ptr_array_unref);
  g_free (base);
}

/* The body of a revision as far as it is kept; *@body stays NULL if it is not. What @steps erased after it is left out:
 * whether a store has forgotten that already is nothing that a merge may depend on. */
static gboolean
load_body (SpDb *db, const char *id, const char *rev, const SpNode *steps, gboolean *deleted, SpNode **body,
           GError **error)
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

/* Finding what leaves began with. */
typedef struct
{
  SpDb       *db;
  const char *id;
  GPtrArray  *leaves; /* (element-type SpMergeLeaf) */
  SpNode     *steps;  /* that erased something, of all leaves */
} Search;

static void
clear_search (Search *self)
{
  sp_node_unref (self->steps);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

/* ---- who came from whom ---- */

/* A leaf tells what itself came from; what came before it all that know it tell. */
static GPtrArray *
find_telling (const Search *self, const char *rev)
{
  GPtrArray *telling = g_ptr_array_new ();

  for (guint i = 0; i < self->leaves->len; i++)
    if (strcmp (((const SpMergeLeaf *) g_ptr_array_index (self->leaves, i))->rev, rev) == 0)
      g_ptr_array_add (telling, g_ptr_array_index (self->leaves, i));
  for (guint i = 0; i < self->leaves->len && telling->len == 0; i++)
    g_ptr_array_extend (telling, self->leaves, NULL, NULL);
  return telling;
}

/* The common ancestors of @revs that no other common one came from. */
static GPtrArray *
find_nearest (const Search *self, GPtrArray *revs, GError **error)
{
  g_autoptr (GPtrArray) ancestries = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_ancestry_free);

  for (guint i = 0; i < revs->len; i++)
    {
      const char *rev = g_ptr_array_index (revs, i);
      g_autoptr (GPtrArray) telling = find_telling (self, rev);
      SpAncestry *ancestry = sp_lineage_read (self->db, self->id, rev, telling, error);

      if (ancestry == NULL)
        return NULL;
      g_ptr_array_add (ancestries, ancestry);
    }
  return sp_ancestry_find_nearest (ancestries);
}

/* ---- what it said ---- */

/* Whether all histories are known down to their first revision. */
static gboolean
reach_down (const Search *self, GPtrArray *revs, gboolean *all, GError **error)
{
  *all = TRUE;
  for (guint i = 0; i < revs->len; i++)
    {
      g_auto (GStrv) path = sp_lineage_get_path (self->db, self->id, g_ptr_array_index (revs, i), error);
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
rebuild_along (const Search *self, GStrv path, const char *rev, SpNode **result, GError **error)
{
  if (!g_strv_contains ((const char *const *) path, rev))
    return TRUE;
  for (guint i = 0; strcmp (path[i], rev) != 0; i++)
    {
      g_autoptr (SpNode) body = NULL;
      gboolean deleted;

      if (!load_body (self->db, self->id, path[i], self->steps, &deleted, &body, error))
        return FALSE;
      *result = body != NULL ? sp_edit_list_rebuild (body, (const char *const *) path + i, rev) : NULL;
      if (*result != NULL)
        return TRUE;
    }
  return TRUE;
}

/* The body of @rev: kept here, or rebuilt; *@result stays %NULL if nobody here knows it. */
static gboolean
find_body (const Search *self, const char *rev, SpNode **result, GError **error)
{
  gboolean deleted;

  if (!load_body (self->db, self->id, rev, self->steps, &deleted, result, error))
    return FALSE;
  if (deleted) /* whatever a tombstone says, nothing was there */
    {
      g_clear_pointer (result, sp_node_unref);
      *result = sp_node_new_object ();
    }
  for (guint i = 0; *result == NULL && i < self->leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (self->leaves, i);
      g_auto (GStrv) path = sp_lineage_get_path (self->db, self->id, leaf->rev, error);
      if (path == NULL || !rebuild_along (self, path, rev, result, error))
        return FALSE;
    }
  if (*result == NULL)
    return TRUE;
  sp_node_remove (*result, "edit");
  sp_node_remove (*result, "modified");
  return TRUE;
}

/* What a merge says, but for what collides in it: of that nobody can say what came first. */
static void
take_merged (SpBase *base, const SpMerge *merge)
{
  base->body = sp_node_copy (merge->body);
  base->unknown = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < merge->collisions->len; i++)
    {
      const char *path = g_ptr_array_index (merge->collisions, i);
      g_autofree char *name = g_strndup (path, strcspn (path, "."));

      if (sp_edit_list_contains (base->unknown, name))
        continue;
      sp_node_remove (base->body, name);
      g_ptr_array_add (base->unknown, g_steal_pointer (&name));
    }
}

static gboolean find_base (const Search *self, GPtrArray *revs, SpBase *base, GError **error);

/* When two replicas each merged the same two versions with others, both versions are what the leaves began with: then
 * it is what those two give together, beginning with what they began with. */
static gboolean
merge_nearest (const Search *self, GPtrArray *nearest, SpBase *base, GError **error)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpBase) before = g_new0 (SpBase, 1);
  g_autoptr (SpMerge) merge = NULL;

  for (guint i = 0; i < nearest->len; i++)
    {
      const char *rev = g_ptr_array_index (nearest, i);
      g_autoptr (SpNode) body = NULL;

      if (!find_body (self, rev, &body, error))
        return FALSE;
      if (body == NULL)
        return TRUE;
      g_ptr_array_add (leaves, sp_merge_leaf_new (rev, body));
    }
  if (!find_base (self, nearest, before, error))
    return FALSE;
  merge = sp_merge_run_unsure (before->body, before->unknown, leaves);
  take_merged (base, merge);
  return TRUE;
}

/* What @revs began with, into the empty @base. */
static gboolean
find_base (const Search *self, GPtrArray *revs, SpBase *base, GError **error)
{
  g_autoptr (GPtrArray) nearest = find_nearest (self, revs, error);
  gboolean all;

  if (nearest == NULL)
    return FALSE;
  if (nearest->len > 0)
    {
      base->rev = g_strdup (g_ptr_array_index (nearest, 0));
      sp_revision_parse (base->rev, &base->generation, NULL);
      return nearest->len > 1 ? merge_nearest (self, nearest, base, error)
                              : find_body (self, base->rev, &base->body, error);
    }
  if (!reach_down (self, revs, &all, error))
    return FALSE;
  if (all)
    base->body = sp_node_new_object ();
  return TRUE;
}

/**
 * sp_bases_find:
 * @db: a connection
 * @id: document id
 * @leaves: (element-type SpMergeLeaf): at least one revision of it that is stored here
 * @error: %SP_ERROR
 *
 * Finds the nearest common ancestor of @leaves and its body: kept here, or rebuilt from an `edit` list that reaches
 * back to it. If there are several that none of the others came from, the base is what they give together, as Git's
 * recursive merge has it. Leaves with no common ancestor whose histories are known down to generation 1 began with
 * nothing, `{}`.
 *
 * Returns: (transfer full) (nullable): the base
 */
SpBase *
sp_bases_find (SpDb *db, const char *id, GPtrArray *leaves, GError **error)
{
  g_auto (Search) search = { db, id, leaves, sp_node_new_array () };
  g_autoptr (GPtrArray) revs = g_ptr_array_new ();
  g_autoptr (SpBase) base = g_new0 (SpBase, 1);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpMergeLeaf *leaf = g_ptr_array_index (leaves, i);

      sp_edit_list_add_erasures (search.steps, sp_node_get (leaf->body, "edit"));
      g_ptr_array_add (revs, leaf->rev);
    }
  return find_base (&search, revs, base, error) ? g_steal_pointer (&base) : NULL;
}
