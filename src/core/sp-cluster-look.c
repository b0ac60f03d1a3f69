/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into an SpClusterIndex: which sprites a view has, and what is in them. */
#include "sp-cluster-private.h"

#include <math.h>

#define MOST_CELLS (1u << 18) /* in one look: more than a hundred screens have */
#define ROOM (4.0 / 3)        /* the least side of a cell, in sprites: pins that are nearer than three quarters are joined */
#define LITTLE_ROOM 0.85      /* likewise where there are few: they may overlap, but each can be seen */

/* Cells that a view of that size may touch, wherever it is. */
static double
count_cells (double world, double width, double height, guint level)
{
  double cells = (double) (1u << level), side = world / cells;

  return MIN (cells, ceil (width / side) + 1) * MIN (cells, ceil (height / side) + 1);
}

/**
 * sp_cluster_index_level:
 * @self: an index
 * @world: how wide the whole map is, in pixels
 * @width: how wide the part is that is seen, in pixels
 * @height: how high it is, in pixels
 * @sprite: how wide a sprite is, in pixels
 *
 * Chooses a level by what is seen, but not by where: so nothing changes while the map is dragged. No more than
 * %SP_CLUSTER_MOST cells of that level are touched, so there are no more sprites; if there are no more entries, they may
 * overlap a little.
 *
 * Returns: the level for sp_cluster_index_look()
 */
guint
sp_cluster_index_level (const SpClusterIndex *self, double world, double width, double height, double sprite)
{
  gboolean few = sp_cluster_index_count (self) <= SP_CLUSTER_MOST;
  double deepest = floor (log2 (world / (sprite * (few ? LITTLE_ROOM : ROOM))));
  guint level = (guint) CLAMP (deepest, 0, SP_CLUSTER_LAST_LEVEL);

  while (level > 0 && count_cells (world, width, height, level) > (few ? MOST_CELLS / 4 : SP_CLUSTER_MOST))
    level--;
  return level;
}

/* A rectangle of cells, the last ones included. */
typedef struct
{
  guint   level;
  guint32 left, top, right, bottom;
} Region;

static guint32
cell_of (double position, guint level)
{
  double cells = (double) (1u << level);

  return (guint32) CLAMP (floor (position * cells), 0, cells - 1);
}

static Region
widen_region (const Region *inner, guint by)
{
  guint32 last = (1u << inner->level) - 1;

  return (Region){ inner->level, inner->left - MIN (by, inner->left), inner->top - MIN (by, inner->top),
                   MIN (inner->right + by, last), MIN (inner->bottom + by, last) };
}

typedef struct
{
  const SpPointBlocks *blocks;
  Region               region;
  GArray              *cells; /* of SpClusterCell */
} Walk;

static void
append_cell (Walk *walk, guint32 column, guint32 row, SpPointSpot from, SpPointSpot to)
{
  SpPointTotals totals;
  SpClusterCell cell = { .column = column, .row = row };

  sp_point_blocks_sum (walk->blocks, from, to, &totals);
  cell.count = (guint) totals.n;
  cell.x = (double) totals.x / (double) totals.n;
  cell.y = (double) totals.y / (double) totals.n;
  g_array_append_val (walk->cells, cell);
}

/* Goes down into the quarters of a cell of @level, unless nothing is there or nobody looks. Its points are those from
 * @from to @to. */
static void
walk_cell (Walk *walk, guint level, guint32 column, guint32 row, SpPointSpot from, SpPointSpot to)
{
  const Region *region = &walk->region;
  guint deeper = region->level - level;
  SpPointSpot spots[5] = { from, to, to, to, to };

  if (sp_point_spot_equal (from, to)
      || column > region->right >> deeper || column < region->left >> deeper
      || row > region->bottom >> deeper || row < region->top >> deeper)
    return;
  if (deeper == 0)
    {
      append_cell (walk, column, row, from, to);
      return;
    }
  for (guint i = 1; i < 4; i++)
    spots[i] = sp_point_blocks_search (walk->blocks, sp_point_order (2 * column + i % 2, 2 * row + i / 2) << (62 - 2 * level),
                                       spots[i - 1], to);
  for (guint i = 0; i < 4; i++)
    walk_cell (walk, level + 1, 2 * column + i % 2, 2 * row + i / 2, spots[i], spots[i + 1]);
}

/* All cells of a region that are not empty, joined where they are near. */
static GArray *
list_cells (const SpClusterIndex *self, const Region *region)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (SpClusterCell));
  Walk walk = { self->blocks, *region, cells };

  walk_cell (&walk, 0, 0, 0, sp_point_blocks_first (self->blocks), sp_point_blocks_last (self->blocks));
  sp_cluster_join (cells, region->level, region->left, region->top,
                   region->right - region->left + 1, region->bottom - region->top + 1);
  return cells;
}

/* The place of a cell that was joined to @host among the eight around it, in reading order. */
static guint
place_around (const SpClusterCell *cell, const SpClusterCell *host)
{
  guint place = (cell->row + 1 - host->row) * 3 + (cell->column + 1 - host->column);

  return place > 4 ? place - 1 : place;
}

static SpCluster
make_cluster (const SpClusterCell *cell, guint level)
{
  return (SpCluster){ .x = cell->x / SP_POINT_WORLD, .y = cell->y / SP_POINT_WORLD, .count = cell->count,
                      .level = (guint8) level, .column = cell->column, .row = cell->row };
}

static gboolean
range_of_cell (const SpClusterIndex *self, guint level, guint32 column, guint32 row, SpPointSpot *from, SpPointSpot *to)
{
  SpPointSpot first = sp_point_blocks_first (self->blocks), last = sp_point_blocks_last (self->blocks);
  guint64 order = sp_point_order (column, row);

  *from = level == 0 ? first : sp_point_blocks_search (self->blocks, order << (64 - 2 * level), first, last);
  *to = level == 0 || (order + 1) >> (2 * level) != 0
          ? last : sp_point_blocks_search (self->blocks, (order + 1) << (64 - 2 * level), *from, last);
  return !sp_point_spot_equal (*from, *to);
}

static void
take_only (const SpClusterIndex *self, SpCluster *cluster)
{
  SpPointSpot from, to;
  guint32 number;

  if (range_of_cell (self, cluster->level, cluster->column, cluster->row, &from, &to)
      && sp_point_blocks_next (self->blocks, &from, to, &number))
    cluster->only = *sp_cluster_index_get (self, number);
}

static gboolean
is_in_view (const SpCluster *cluster, const SpMapBox *view)
{
  return cluster->x >= view->left && cluster->x <= view->right && cluster->y >= view->top && cluster->y <= view->bottom;
}

/* The hosts that are seen become clusters. Gives for each cell the number of its cluster + 1, or 0. */
static guint *
append_hosts (GArray *cells, guint level, const SpMapBox *view, GArray *clusters)
{
  guint *places = g_new0 (guint, cells->len);

  for (guint i = 0; i < cells->len; i++)
    {
      const SpClusterCell *cell = &g_array_index (cells, SpClusterCell, i);
      SpCluster cluster = make_cluster (cell, level);

      if (cell->host != i || !is_in_view (&cluster, view))
        continue;
      g_array_append_val (clusters, cluster);
      places[i] = clusters->len;
    }
  return places;
}

static void
add_joined (GArray *cells, const guint *places, GArray *clusters)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const SpClusterCell *cell = &g_array_index (cells, SpClusterCell, i);
      SpCluster *cluster;

      if (cell->host == i || places[cell->host] == 0)
        continue;
      cluster = &g_array_index (clusters, SpCluster, places[cell->host] - 1);
      cluster->count += cell->count;
      cluster->joined |= (guint8) (1u << place_around (cell, &g_array_index (cells, SpClusterCell, cell->host)));
    }
}

/* A view that does not cross the map's edge. */
static void
look_at (const SpClusterIndex *self, guint level, const SpMapBox *view, GArray *clusters)
{
  Region inner = { level, cell_of (view->left, level), cell_of (view->top, level), cell_of (view->right, level), cell_of (view->bottom, level) };
  Region region = widen_region (&inner, SP_CLUSTER_MARGIN);
  g_autoptr (GArray) cells = NULL;
  g_autofree guint *places = NULL;
  guint first = clusters->len;

  g_return_if_fail ((guint64) (region.right - region.left + 1) * (region.bottom - region.top + 1) <= MOST_CELLS);
  cells = list_cells (self, &region);
  places = append_hosts (cells, level, view, clusters);
  add_joined (cells, places, clusters);
  for (guint i = first; i < clusters->len; i++)
    if (g_array_index (clusters, SpCluster, i).count == 1)
      take_only (self, &g_array_index (clusters, SpCluster, i));
}

/**
 * sp_cluster_index_look:
 * @self: an index
 * @level: from sp_cluster_index_level()
 * @view: what is seen
 * @clusters: (element-type SpCluster): gets the sprites whose middle is there
 *
 * Tells what to show. Two looks at one level agree about every sprite that both see.
 */
void
sp_cluster_index_look (const SpClusterIndex *self, guint level, const SpMapBox *view, GArray *clusters)
{
  double turns = floor (view->left);
  SpMapBox box = { view->left - turns, MAX (view->top, 0), view->right - turns, MIN (view->bottom, 1) };

  g_return_if_fail (level <= SP_CLUSTER_LAST_LEVEL);
  if (box.top > box.bottom)
    return;
  if (box.right - box.left >= 1)
    box = (SpMapBox){ 0, box.top, 1, box.bottom };
  if (box.right > 1)
    {
      look_at (self, level, &(SpMapBox){ 0, box.top, box.right - 1, box.bottom }, clusters);
      box.right = 1;
    }
  look_at (self, level, &box, clusters);
}

typedef void (*CellFunc) (const SpClusterIndex *self, SpPointSpot from, SpPointSpot to, gpointer data);

/* For each cell of a cluster that is not empty: its own first. */
static void
for_each_cell (const SpClusterIndex *self, const SpCluster *cluster, CellFunc func, gpointer data)
{
  SpPointSpot from, to;

  if (range_of_cell (self, cluster->level, cluster->column, cluster->row, &from, &to))
    func (self, from, to, data);
  for (guint i = 0; i < 8; i++)
    {
      guint place = i < 4 ? i : i + 1;

      if ((cluster->joined & 1u << i)
          && range_of_cell (self, cluster->level, cluster->column + place % 3 - 1, cluster->row + place / 3 - 1, &from, &to))
        func (self, from, to, data);
    }
}

typedef struct
{
  GArray *points;
  guint   most;
} Members;

static void
take_members (const SpClusterIndex *self, SpPointSpot from, SpPointSpot to, gpointer data)
{
  Members *members = data;
  guint32 number;

  while (members->points->len < members->most && sp_point_blocks_next (self->blocks, &from, to, &number))
    g_array_append_vals (members->points, sp_cluster_index_get (self, number), 1);
}

/**
 * sp_cluster_index_members:
 * @self: an index
 * @cluster: one of its clusters
 * @most: how many are wanted
 *
 * Returns: (element-type SpPoint) (transfer full): the entries in it, in an order that stays; @most of them if there are more
 */
GArray *
sp_cluster_index_members (const SpClusterIndex *self, const SpCluster *cluster, guint most)
{
  Members members = { g_array_new (FALSE, FALSE, sizeof (SpPoint)), most };

  for_each_cell (self, cluster, take_members, &members);
  return members.points;
}

static void
take_bounds (const SpClusterIndex *self, SpPointSpot from, SpPointSpot to, gpointer data)
{
  sp_point_blocks_bound (self->blocks, from, to, data);
}

/**
 * sp_cluster_index_bound:
 * @self: an index
 * @cluster: (nullable): one of its clusters; %NULL for all that is in the index
 * @box: (out caller-allocates): the smallest box that holds all entries in it
 *
 * Returns: whether there are any: none if the index has changed since
 */
gboolean
sp_cluster_index_bound (const SpClusterIndex *self, const SpCluster *cluster, SpMapBox *box)
{
  SpPointBounds bounds = { G_MAXUINT32, G_MAXUINT32, 0, 0 };

  if (cluster != NULL)
    for_each_cell (self, cluster, take_bounds, &bounds);
  else
    sp_point_blocks_bound (self->blocks, sp_point_blocks_first (self->blocks), sp_point_blocks_last (self->blocks), &bounds);
  *box = (SpMapBox){ bounds.left / SP_POINT_WORLD, bounds.top / SP_POINT_WORLD, bounds.right / SP_POINT_WORLD, bounds.bottom / SP_POINT_WORLD };
  return bounds.left <= bounds.right;
}

/**
 * sp_cluster_is_same:
 * @a: a cluster
 * @b: a cluster of the same index
 *
 * Returns: whether both stand for the same place at the same level, though not for the same entries if the index has
 *   changed
 */
gboolean
sp_cluster_is_same (const SpCluster *a, const SpCluster *b)
{
  return a->level == b->level && a->column == b->column && a->row == b->row;
}
