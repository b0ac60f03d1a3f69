/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpMergeKind:
 * @SP_MERGE_VALUE: one value: changed differently on both sides is a collision
 * @SP_MERGE_SET: an array of strings, by additions and removals
 * @SP_MERGE_LIST: an array of objects with an `id`: item by item, and items member by member
 * @SP_MERGE_OBJECT: an object: member by member
 * @SP_MERGE_CLOCKS: `checked`: each clock by the later `on`
 * @SP_MERGE_EARLIER: `created`: the earlier `on`
 * @SP_MERGE_LATER: `modified`: the later `on`, then the greater `by`
 * @SP_MERGE_SOURCE: `source`: what the import wrote together by the later `retrieved`, `hand_corrected` as a set
 * @SP_MERGE_STEPS: `edit`: the winner's, and one step more
 *
 * How two changed values of one member become one.
 */
typedef enum
{
  SP_MERGE_VALUE,
  SP_MERGE_SET,
  SP_MERGE_LIST,
  SP_MERGE_OBJECT,
  SP_MERGE_CLOCKS,
  SP_MERGE_EARLIER,
  SP_MERGE_LATER,
  SP_MERGE_SOURCE,
  SP_MERGE_STEPS,
} SpMergeKind;

SpMergeKind  sp_merge_get_kind   (const char *member);

SpNode      *sp_merge_three_ways (SpMergeKind kind, const char *path, SpNode *base, SpNode *a, SpNode *b, GPtrArray *collisions);

G_END_DECLS
