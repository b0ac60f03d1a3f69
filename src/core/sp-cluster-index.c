/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpClusterIndex: what to show of many entries, wherever one looks. The points stand in Z-order, so that those of a cell
 * follow one another at every level, and no level need be kept: how many a cell has and where they stand on average is
 * the difference of two sums. One entry more or less costs one block. docs/clusters.md compares it with other ways. */
#include "sp-cluster-index.h"

#include "sp-cluster-join.h"
#include "sp-point-blocks.h"

#include <math.h>

#define MOST_CELLS (1u << 18) /* in one look: more than a hundred screens have */
#define ROOM (4.0 / 3)        /* the least side of a cell, in sprites: pins that are nearer than three quarters are joined */
#define LITTLE_ROOM 0.85      /* likewise where there are few: they may overlap, but each can be seen */

struct _SpClusterIndex
{
  GArray        *points;  /* of SpPoint, owned; by doc */
  GArray        *late;    /* of SpPoint, owned: what came later; their numbers follow on */
  GHashTable    *changed; /* doc to number + 1 of what came later; to 0 if it is gone */
  SpPointBlocks *blocks;
};

static const SpPoint *
get_point (const SpClusterIndex *self, guint32 number)
{
  if (number < self->points->len)
    return &g_array_index (self->points, SpPoint, number);
  return &g_array_index (self->late, SpPoint, number - self->points->len);
}

/* @points: in any order. Gives them by doc; they nearly always are, one way or the other. */
static GArray *
sort_points (GArray *points)
{
  const SpPoint *from = (const SpPoint *) (gpointer) points->data;
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (SpPoint), points->len);
  g_autofree guint64 *keys = g_new (guint64, points->len);
  g_autofree guint32 *order = g_new (guint32, points->len);

  for (guint i = 0; i < points->len; i++)
    keys[i] = (guint64) from[i].doc ^ (G_GUINT64_CONSTANT (1) << 63);
  sp_point_sort (keys, points->len, order);
  for (guint i = 0; i < points->len; i++)
    g_array_append_val (sorted, from[order[i]]);
  return sorted;
}

static gboolean
is_sorted (GArray *points)
{
  for (guint i = 1; i < points->len; i++)
    if (g_array_index (points, SpPoint, i - 1).doc >= g_array_index (points, SpPoint, i).doc)
      return FALSE;
  return TRUE;
}

/**
 * sp_cluster_index_new:
 * @points: (element-type SpPoint) (transfer full): in any order; each doc once
 *
 * Takes some time for many: not on the main loop.
 *
 * Returns: (transfer full): their index
 */
SpClusterIndex *
sp_cluster_index_new (GArray *points)
{
  SpClusterIndex *self = g_new0 (SpClusterIndex, 1);

  self->points = is_sorted (points) ? g_array_ref (points) : sort_points (points);
  g_array_unref (points);
  self->late = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->blocks = sp_point_blocks_new ((const SpPoint *) (gpointer) self->points->data, self->points->len);
  return self;
}

/**
 * sp_cluster_index_free:
 * @self: (transfer full): an index
 */
void
sp_cluster_index_free (SpClusterIndex *self)
{
  g_array_unref (self->points);
  g_array_unref (self->late);
  g_hash_table_unref (self->changed);
  sp_point_blocks_free (self->blocks);
  g_free (self);
}

static int
compare_docs (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const SpPoint *) a)->doc, second = ((const SpPoint *) b)->doc;

  return (first > second) - (first < second);
}

/* The number of a document's point; FALSE if it has none. */
static gboolean
find_number (const SpClusterIndex *self, gint64 doc, guint32 *number)
{
  gpointer value;
  guint i;

  if (g_hash_table_lookup_extended (self->changed, &doc, NULL, &value))
    {
      *number = GPOINTER_TO_UINT (value) - 1;
      return value != NULL;
    }
  if (!g_array_binary_search (self->points, &(SpPoint){ .doc = doc }, compare_docs, &i))
    return FALSE;
  *number = i;
  return TRUE;
}

static void
set_number (SpClusterIndex *self, gint64 doc, guint number_and_one)
{
  g_hash_table_replace (self->changed, g_memdup2 (&doc, sizeof doc), GUINT_TO_POINTER (number_and_one));
}

/**
 * sp_cluster_index_remove:
 * @self: an index
 * @doc: a document's local number
 *
 * Takes an entry out. Clusters that were asked for before are out of date.
 *
 * Returns: whether it was there
 */
gboolean
sp_cluster_index_remove (SpClusterIndex *self, gint64 doc)
{
  const SpPoint *point;
  guint32 number;

  if (!find_number (self, doc, &number))
    return FALSE;
  point = get_point (self, number);
  sp_point_blocks_remove (self->blocks, point->x, point->y, number);
  set_number (self, doc, 0);
  return TRUE;
}

/**
 * sp_cluster_index_put:
 * @self: an index
 * @point: an entry
 *
 * Adds an entry, or moves the one of that document. Clusters that were asked for before are out of date.
 */
void
sp_cluster_index_put (SpClusterIndex *self, const SpPoint *point)
{
  guint32 number = self->points->len + self->late->len;

  sp_cluster_index_remove (self, point->doc);
  g_array_append_vals (self->late, point, 1);
  set_number (self, point->doc, number + 1);
  sp_point_blocks_add (self->blocks, point->x, point->y, number);
}

/**
 * sp_cluster_index_count:
 * @self: an index
 *
 * Returns: how many entries it has
 */
guint
sp_cluster_index_count (const SpClusterIndex *self)
{
  return sp_point_blocks_count (self->blocks);
}

/**
 * sp_cluster_index_find:
 * @self: an index
 * @doc: a document's local number
 * @point: (out caller-allocates) (optional): its point
 *
 * Returns: whether it is there
 */
gboolean
sp_cluster_index_find (const SpClusterIndex *self, gint64 doc, SpPoint *point)
{
  guint32 number;

  if (!find_number (self, doc, &number))
    return FALSE;
  if (point != NULL)
    *point = *get_point (self, number);
  return TRUE;
}

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
    cluster->only = *get_point (self, number);
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
    g_array_append_vals (members->points, get_point (self, number), 1);
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
 * @cluster: one of its clusters
 * @box: (out caller-allocates): the smallest box that holds all entries in it
 *
 * Returns: whether there are any: none if the index has changed since
 */
gboolean
sp_cluster_index_bound (const SpClusterIndex *self, const SpCluster *cluster, SpMapBox *box)
{
  SpPointBounds bounds = { G_MAXUINT32, G_MAXUINT32, 0, 0 };

  for_each_cell (self, cluster, take_bounds, &bounds);
  *box = (SpMapBox){ bounds.left / SP_POINT_WORLD, bounds.top / SP_POINT_WORLD, bounds.right / SP_POINT_WORLD, bounds.bottom / SP_POINT_WORLD };
  return bounds.left <= bounds.right;
}
