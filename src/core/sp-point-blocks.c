/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPointBlocks: points in Z-order, in blocks: the leaves of a B+ tree (R. Bayer, E. McCreight, 1972; D. Comer, "The
 * Ubiquitous B-Tree", 1979) under one array of all of them, which is enough for some million. */
#include "sp-point-blocks.h"

#include <string.h>

#define CAPACITY 128 /* points a block */
#define FILLING 104  /* of them to begin with, so that a new point seldom splits one */

/* Numbers that are looked at together stand together. */
typedef struct
{
  guint32 x[CAPACITY];
  guint32 y[CAPACITY];
  guint32 number[CAPACITY];
} Points;

typedef struct
{
  Points       *points; /* owned */
  guint         len;    /* at least 1 */
  guint64       first;  /* the order of its first point */
  SpPointTotals before; /* of all blocks before */
  SpPointBounds bounds;
} Block;

struct _SpPointBlocks
{
  GArray       *blocks; /* of Block */
  SpPointTotals totals;
};

static inline Block *
get_block (const SpPointBlocks *self, guint i)
{
  return &g_array_index (self->blocks, Block, i);
}

static inline guint64
order_at (const Points *points, guint i)
{
  return sp_point_order (points->x[i], points->y[i]);
}

static void
clear_block (gpointer data)
{
  g_free (((Block *) data)->points);
}

static void
sum_points (const Points *points, guint from, guint to, SpPointTotals *totals)
{
  guint64 x = 0, y = 0;

  for (guint i = from; i < to; i++)
    {
      x += points->x[i];
      y += points->y[i];
    }
  totals->n += to - from;
  totals->x += x;
  totals->y += y;
}

static void
widen (SpPointBounds *bounds, const SpPointBounds *other)
{
  bounds->left = MIN (bounds->left, other->left);
  bounds->top = MIN (bounds->top, other->top);
  bounds->right = MAX (bounds->right, other->right);
  bounds->bottom = MAX (bounds->bottom, other->bottom);
}

static void
bound_points (const Points *points, guint from, guint to, SpPointBounds *bounds)
{
  for (guint i = from; i < to; i++)
    widen (bounds, &(SpPointBounds){ points->x[i], points->y[i], points->x[i], points->y[i] });
}

static const SpPointBounds no_bounds = { G_MAXUINT32, G_MAXUINT32, 0, 0 };

/* What is known of a block beside its points. */
static void
describe (Block *block)
{
  block->first = order_at (block->points, 0);
  block->bounds = no_bounds;
  bound_points (block->points, 0, block->len, &block->bounds);
}

static void
add_totals (SpPointTotals *totals, const SpPointTotals *more)
{
  totals->n += more->n;
  totals->x += more->x;
  totals->y += more->y;
}

/* Takes as many of the points in their order as belong into one block. */
static void
append_block (SpPointBlocks *self, const SpPoint *points, const guint32 *order, guint n)
{
  Block block = { g_new (Points, 1), n, 0, self->totals, no_bounds };

  for (guint i = 0; i < n; i++)
    {
      block.points->x[i] = points[order[i]].x;
      block.points->y[i] = points[order[i]].y;
      block.points->number[i] = order[i];
    }
  describe (&block);
  sum_points (block.points, 0, n, &self->totals);
  g_array_append_val (self->blocks, block);
}

/**
 * sp_point_blocks_new:
 * @points: (array length=n): in any order
 * @n: how many, below 2³²
 *
 * Orders points. Each gets its index in @points for a number.
 *
 * Returns: (transfer full): the blocks
 */
SpPointBlocks *
sp_point_blocks_new (const SpPoint *points, guint n)
{
  SpPointBlocks *self = g_new0 (SpPointBlocks, 1);
  g_autofree guint64 *keys = g_new (guint64, n);
  g_autofree guint32 *order = g_new (guint32, n);

  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);
  for (guint i = 0; i < n; i++)
    keys[i] = sp_point_order (points[i].x, points[i].y);
  sp_point_sort (keys, n, order);
  for (guint i = 0; i < n; i += FILLING)
    append_block (self, points, order + i, MIN (FILLING, n - i));
  return self;
}

/**
 * sp_point_blocks_free:
 * @self: (transfer full): blocks
 */
void
sp_point_blocks_free (SpPointBlocks *self)
{
  g_array_unref (self->blocks);
  g_free (self);
}

/* One point more or less in the block @i. */
static void
pass_on (SpPointBlocks *self, guint i, const SpPointTotals *more)
{
  add_totals (&self->totals, more);
  for (i++; i < self->blocks->len; i++)
    add_totals (&get_block (self, i)->before, more);
}

static void
move_points (Points *points, guint from, guint to, guint n)
{
  memmove (points->x + to, points->x + from, n * sizeof *points->x);
  memmove (points->y + to, points->y + from, n * sizeof *points->y);
  memmove (points->number + to, points->number + from, n * sizeof *points->number);
}

/* Makes two of one that is full. */
static void
split (SpPointBlocks *self, guint i)
{
  Block *block = get_block (self, i);
  Block next = { g_memdup2 (block->points, sizeof (Points)), CAPACITY - CAPACITY / 2, 0, block->before, no_bounds };

  block->len = CAPACITY / 2;
  describe (block);
  sum_points (block->points, 0, block->len, &next.before);
  move_points (next.points, CAPACITY / 2, 0, next.len);
  describe (&next);
  g_array_insert_val (self->blocks, i + 1, next);
}

static void
put (SpPointBlocks *self, SpPointSpot spot, guint32 x, guint32 y, guint32 number)
{
  Block *block = get_block (self, spot.block);

  move_points (block->points, spot.offset, spot.offset + 1, block->len - spot.offset);
  block->points->x[spot.offset] = x;
  block->points->y[spot.offset] = y;
  block->points->number[spot.offset] = number;
  block->len++;
  describe (block);
}

/**
 * sp_point_blocks_add:
 * @self: blocks
 * @x: its place
 * @y: its place
 * @number: the number that it shall have, other than those that are there
 *
 * Adds a point.
 */
void
sp_point_blocks_add (SpPointBlocks *self, guint32 x, guint32 y, guint32 number)
{
  guint64 order = sp_point_order (x, y);
  SpPointSpot spot;

  if (self->blocks->len == 0)
    {
      Block block = { g_new (Points, 1), 0, order, { 0 }, no_bounds };
      g_array_append_val (self->blocks, block);
    }
  spot = sp_point_blocks_search (self, order, sp_point_blocks_first (self), sp_point_blocks_last (self));
  if (spot.offset == 0 && spot.block > 0) /* the end of one block is as good, and there if this one is past all */
    spot = (SpPointSpot){ spot.block - 1, get_block (self, spot.block - 1)->len };
  if (get_block (self, spot.block)->len == CAPACITY)
    {
      split (self, spot.block);
      if (spot.offset > CAPACITY / 2)
        spot = (SpPointSpot){ spot.block + 1, spot.offset - CAPACITY / 2 };
    }
  put (self, spot, x, y, number);
  pass_on (self, spot.block, &(SpPointTotals){ 1, x, y });
}

/* Where the point is; past all if it is not there. */
static SpPointSpot
find (const SpPointBlocks *self, guint32 x, guint32 y, guint32 number)
{
  SpPointSpot last = sp_point_blocks_last (self);
  SpPointSpot spot = sp_point_blocks_search (self, sp_point_order (x, y), sp_point_blocks_first (self), last);
  guint32 found;

  while (!sp_point_spot_equal (spot, last))
    {
      SpPointSpot here = spot;
      const Points *points = get_block (self, here.block)->points;

      if (points->x[here.offset] != x || points->y[here.offset] != y)
        return last;
      if (sp_point_blocks_next (self, &spot, last, &found) && found == number)
        return here;
    }
  return last;
}

/**
 * sp_point_blocks_remove:
 * @self: blocks
 * @x: its place
 * @y: its place
 * @number: its number
 *
 * Takes a point out.
 *
 * Returns: whether it was there
 */
gboolean
sp_point_blocks_remove (SpPointBlocks *self, guint32 x, guint32 y, guint32 number)
{
  SpPointSpot spot = find (self, x, y, number);
  Block *block;

  if (sp_point_spot_equal (spot, sp_point_blocks_last (self)))
    return FALSE;
  block = get_block (self, spot.block);
  block->len--;
  move_points (block->points, spot.offset + 1, spot.offset, block->len - spot.offset);
  pass_on (self, spot.block, &(SpPointTotals){ (guint64) -1, (guint64) -(gint64) x, (guint64) -(gint64) y });
  if (block->len > 0)
    describe (block);
  else
    g_array_remove_index (self->blocks, spot.block);
  return TRUE;
}

/**
 * sp_point_blocks_count:
 * @self: blocks
 *
 * Returns: how many points there are
 */
guint
sp_point_blocks_count (const SpPointBlocks *self)
{
  return (guint) self->totals.n;
}

/**
 * sp_point_blocks_first:
 * @self: blocks
 *
 * Returns: the place before all points
 */
SpPointSpot
sp_point_blocks_first (const SpPointBlocks *self)
{
  return (SpPointSpot){ 0, 0 };
}

/**
 * sp_point_blocks_last:
 * @self: blocks
 *
 * Returns: the place after all points
 */
SpPointSpot
sp_point_blocks_last (const SpPointBlocks *self)
{
  return (SpPointSpot){ self->blocks->len, 0 };
}

/* The last block from @from to @to that may begin before @order. */
static guint
search_blocks (const SpPointBlocks *self, guint64 order, guint from, guint to)
{
  while (from < to)
    {
      guint middle = (from + to + 1) / 2;
      if (get_block (self, middle)->first < order)
        from = middle;
      else
        to = middle - 1;
    }
  return from;
}

/**
 * sp_point_blocks_search:
 * @self: blocks
 * @order: a place in Z-order, sp_point_order()
 * @from: where to begin
 * @to: where to end, not before @from
 *
 * Returns: the place before the first point from @from to @to that is not before @order; @to if all are
 */
SpPointSpot
sp_point_blocks_search (const SpPointBlocks *self, guint64 order, SpPointSpot from, SpPointSpot to)
{
  const Block *block;
  guint i, low, high;

  if (sp_point_spot_equal (from, to))
    return to;
  i = search_blocks (self, order, from.block, MIN (to.block, self->blocks->len - 1));
  block = get_block (self, i);
  low = i == from.block ? from.offset : 0;
  high = i == to.block ? to.offset : block->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (order_at (block->points, middle) < order)
        low = middle + 1;
      else
        high = middle;
    }
  return low == block->len ? (SpPointSpot){ i + 1, 0 } : (SpPointSpot){ i, low };
}

/**
 * sp_point_blocks_next:
 * @self: blocks
 * @from: (inout): where to look; moves on by one
 * @to: where to end
 * @number: (out): of the point there
 *
 * Returns: whether there was one more
 */
gboolean
sp_point_blocks_next (const SpPointBlocks *self, SpPointSpot *from, SpPointSpot to, guint32 *number)
{
  const Block *block;

  if (sp_point_spot_equal (*from, to))
    return FALSE;
  block = get_block (self, from->block);
  *number = block->points->number[from->offset++];
  if (from->offset == block->len)
    *from = (SpPointSpot){ from->block + 1, 0 };
  return TRUE;
}

/**
 * sp_point_blocks_sum:
 * @self: blocks
 * @from: a place
 * @to: a place, not before @from
 * @totals: (out caller-allocates): the sums of all points between the two
 */
void
sp_point_blocks_sum (const SpPointBlocks *self, SpPointSpot from, SpPointSpot to, SpPointTotals *totals)
{
  SpPointTotals before = { 0 };

  *totals = (SpPointTotals){ 0 };
  if (from.block == to.block)
    {
      if (from.offset < to.offset)
        sum_points (get_block (self, from.block)->points, from.offset, to.offset, totals);
      return;
    }
  *totals = to.block < self->blocks->len ? get_block (self, to.block)->before : self->totals;
  if (to.offset > 0)
    sum_points (get_block (self, to.block)->points, 0, to.offset, totals);
  before = get_block (self, from.block)->before;
  sum_points (get_block (self, from.block)->points, 0, from.offset, &before);
  *totals = (SpPointTotals){ totals->n - before.n, totals->x - before.x, totals->y - before.y };
}

/**
 * sp_point_blocks_bound:
 * @self: blocks
 * @from: a place
 * @to: a place after @from
 * @bounds: (inout): widened to hold all points between the two
 */
void
sp_point_blocks_bound (const SpPointBlocks *self, SpPointSpot from, SpPointSpot to, SpPointBounds *bounds)
{
  for (guint i = from.block; i <= to.block && i < self->blocks->len; i++)
    {
      const Block *block = get_block (self, i);
      guint first = i == from.block ? from.offset : 0;
      guint end = i == to.block ? to.offset : block->len;

      if (first == 0 && end == block->len)
        widen (bounds, &block->bounds);
      else
        bound_points (block->points, first, end, bounds);
    }
}
