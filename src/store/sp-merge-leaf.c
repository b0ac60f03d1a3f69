/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMergeLeaf: one version that goes into a merge. */
#include "sp-merge.h"

/**
 * sp_merge_leaf_new:
 * @rev: its revision
 * @body: its body; a reference is taken
 *
 * Returns: (transfer full): the leaf
 */
SpMergeLeaf *
sp_merge_leaf_new (const char *rev, SpNode *body)
{
  SpMergeLeaf *leaf = g_new (SpMergeLeaf, 1);

  leaf->rev = g_strdup (rev);
  leaf->body = sp_node_ref (body);
  leaf->path = NULL;
  return leaf;
}

/**
 * sp_merge_leaf_copy:
 * @leaf: a leaf
 *
 * Returns: (transfer full): another that says the same
 */
SpMergeLeaf *
sp_merge_leaf_copy (const SpMergeLeaf *leaf)
{
  SpMergeLeaf *copy = sp_merge_leaf_new (leaf->rev, leaf->body);

  copy->path = g_strdupv (leaf->path);
  return copy;
}

/**
 * sp_merge_leaf_free:
 * @leaf: (transfer full): a leaf
 */
void
sp_merge_leaf_free (SpMergeLeaf *leaf)
{
  g_free (leaf->rev);
  g_strfreev (leaf->path);
  sp_node_unref (leaf->body);
  g_free (leaf);
}
