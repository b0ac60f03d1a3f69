/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-point.h"

G_BEGIN_DECLS

/**
 * SpPointBlocks:
 *
 * Points in Z-order, in blocks of at most some hundred, with the sums of all before each block: so the sums over any
 * range cost as much as two blocks, and one more point moves no more than one block's.
 *
 * Belongs to one thread at a time.
 */
typedef struct _SpPointBlocks SpPointBlocks;

/**
 * SpPointSpot:
 * @block: number of the block
 * @offset: number within it
 *
 * A place between two points: before that one. It holds until the next change.
 */
typedef struct
{
  guint block;
  guint offset;
} SpPointSpot;

/**
 * SpPointTotals:
 * @n: how many
 * @x: sum of all x
 * @y: sum of all y
 *
 * Sums over some points.
 */
typedef struct
{
  guint64 n;
  guint64 x;
  guint64 y;
} SpPointTotals;

/**
 * SpPointBounds:
 * @left: the least x
 * @top: the least y
 * @right: the greatest x, not less than @left
 * @bottom: the greatest y, not less than @top
 *
 * The smallest box that holds some points.
 */
typedef struct
{
  guint32 left;
  guint32 top;
  guint32 right;
  guint32 bottom;
} SpPointBounds;

SpPointBlocks *sp_point_blocks_new    (const SpPoint *points, guint n);
void           sp_point_blocks_free   (SpPointBlocks *self);
void           sp_point_blocks_add    (SpPointBlocks *self, guint32 x, guint32 y, guint32 number);
gboolean       sp_point_blocks_remove (SpPointBlocks *self, guint32 x, guint32 y, guint32 number);

guint          sp_point_blocks_count  (const SpPointBlocks *self);
SpPointSpot    sp_point_blocks_first  (const SpPointBlocks *self);
SpPointSpot    sp_point_blocks_last   (const SpPointBlocks *self);
SpPointSpot    sp_point_blocks_search (const SpPointBlocks *self, guint64 order, SpPointSpot from, SpPointSpot to);
gboolean       sp_point_blocks_next   (const SpPointBlocks *self, SpPointSpot *from, SpPointSpot to, guint32 *number);
void           sp_point_blocks_sum    (const SpPointBlocks *self, SpPointSpot from, SpPointSpot to, SpPointTotals *totals);
void           sp_point_blocks_bound  (const SpPointBlocks *self, SpPointSpot from, SpPointSpot to, SpPointBounds *bounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPointBlocks, sp_point_blocks_free)

static inline gboolean
sp_point_spot_equal (SpPointSpot a, SpPointSpot b)
{
  return a.block == b.block && a.offset == b.offset;
}

G_END_DECLS
