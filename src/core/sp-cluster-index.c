/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpClusterIndex: what to show of many entries, wherever one looks. The points stand in Z-order, so that those of a cell
 * follow one another at every level, and no level need be kept: how many a cell has and where they stand on average is
 * the difference of two sums. One entry more or less costs one block. docs/clusters.md compares it with other ways. */
#include "sp-cluster-private.h"

/**
 * sp_cluster_index_get:
 * @self: an index
 * @number: of a point in its blocks
 *
 * Returns: (transfer none): the point, until the next change
 */
const SpPoint *
sp_cluster_index_get (const SpClusterIndex *self, guint32 number)
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
  point = sp_cluster_index_get (self, number);
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
    *point = *sp_cluster_index_get (self, number);
  return TRUE;
}
