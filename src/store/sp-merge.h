/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpMergeLeaf:
 * @rev: its revision
 * @body: its body
 * @path: (nullable): it and its ancestors, newest first; %NULL if nobody asked for them
 *
 * One live leaf that goes into a merge.
 */
typedef struct
{
  char   *rev;
  SpNode *body;
  GStrv   path;
} SpMergeLeaf;

/**
 * SpMerge:
 * @leaves: (element-type SpMergeLeaf): what was merged, the winner first, then descending (generation, hash)
 * @body: the merged body without its `edit`; where sides collide the winner's value stands
 * @collisions: (element-type utf8): paths of what only a person can decide; empty if all went together
 * @erased: (element-type utf8): members that a leaf erased and another does not know of, sorted
 * @alike: whether the leaves differ only in `edit` and `modified`, so that the losers can be dropped as they are
 *
 * What became of a set of leaves.
 */
typedef struct
{
  GPtrArray *leaves;
  SpNode    *body;
  GPtrArray *collisions;
  GPtrArray *erased;
  gboolean   alike;
} SpMerge;

SpMergeLeaf *sp_merge_leaf_new  (const char *rev, SpNode *body);
SpMergeLeaf *sp_merge_leaf_copy (const SpMergeLeaf *leaf);
void         sp_merge_leaf_free (SpMergeLeaf *leaf);

SpMerge     *sp_merge_run       (const SpNode *base, GPtrArray *leaves);
SpMerge     *sp_merge_run_unsure (const SpNode *base, GPtrArray *unknown, GPtrArray *leaves);
SpNode      *sp_merge_finish    (const SpMerge *self, const char *by, const char *on);
void         sp_merge_free      (SpMerge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpMergeLeaf, sp_merge_leaf_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpMerge, sp_merge_free)

G_END_DECLS
