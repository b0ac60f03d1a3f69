/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters against a reference that goes by the definition, point by point and cell by cell, on the whole map. */
#include "sp-cluster-index.h"

#include <math.h>
#include <string.h>

#define POINTS 600
#define WHOLE ((SpMapBox){ 0, 0, 1, 1 })

/* A cell of the reference, found by looking at all. */
typedef struct
{
  guint32 column, row;
  guint64 count, sum_x, sum_y;
  double  x, y;
  int     host;
  gboolean done;
} Cell;

static guint32
random_position (GRand *random, guint32 around, guint bits)
{
  return around + (g_rand_int (random) >> (32 - bits));
}

/* Some towns, some loners, some at one spot. */
static GArray *
make_points (GRand *random, guint n)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SpPoint));

  for (guint i = 0; i < n; i++)
    {
      guint32 town = (guint32) g_rand_int_range (random, 0, 5) * 0x31415927u;
      guint bits = i % 7 == 0 ? 32 : i % 5 == 0 ? 2 : 26;
      SpPoint point = { (gint64) ((i * 7919) % n) - 50, random_position (random, town, bits), random_position (random, town * 3, bits),
                        { (guint8) (i % 11), 0, 0 } };
      g_array_append_val (points, point);
    }
  return points;
}

static Cell *
find_cell (GArray *cells, guint32 column, guint32 row)
{
  for (guint i = 0; i < cells->len; i++)
    if (g_array_index (cells, Cell, i).column == column && g_array_index (cells, Cell, i).row == row)
      return &g_array_index (cells, Cell, i);
  g_array_append_val (cells, ((Cell){ column, row }));
  return &g_array_index (cells, Cell, cells->len - 1);
}

static gboolean
is_near (const Cell *a, const Cell *b, guint level)
{
  double near = (a->count == 1 && b->count == 1 ? 0.75 : 0.99) * SP_POINT_WORLD / (double) (1u << level);

  return a != b && (a->x - b->x) * (a->x - b->x) + (a->y - b->y) * (a->y - b->y) < near * near;
}

static gboolean
is_greater (const Cell *a, const Cell *b)
{
  if (a->count != b->count)
    return a->count > b->count;
  return a->row != b->row ? a->row < b->row : a->column < b->column;
}

static gboolean
is_greatest (GArray *cells, const Cell *cell, guint level)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *other = &g_array_index (cells, Cell, i);
      if (!other->done && is_near (cell, other, level) && is_greater (other, cell))
        return FALSE;
    }
  return TRUE;
}

/* Two rounds: the greatest of those that are near each other become hosts, and take in what is near them. */
static void
join_reference (GArray *cells, guint level)
{
  g_autofree gboolean *is_host = g_new0 (gboolean, cells->len);

  for (guint round = 0; round < 2; round++)
    {
      g_autofree gboolean *greatest = g_new0 (gboolean, cells->len);

      for (guint i = 0; i < cells->len; i++)
        greatest[i] = !g_array_index (cells, Cell, i).done && is_greatest (cells, &g_array_index (cells, Cell, i), level);
      for (guint i = 0; i < cells->len; i++)
        if (greatest[i])
          is_host[i] = g_array_index (cells, Cell, i).done = TRUE;
      for (guint i = 0; i < cells->len; i++)
        {
          Cell *cell = &g_array_index (cells, Cell, i), *host = NULL;

          for (guint j = 0; j < cells->len && !cell->done; j++)
            {
              Cell *other = &g_array_index (cells, Cell, j);
              if (is_host[j] && is_near (cell, other, level) && (host == NULL || is_greater (other, host)))
                host = other;
            }
          if (host == NULL)
            continue;
          cell->host = (int) (host - (Cell *) (gpointer) cells->data);
          cell->done = TRUE;
        }
    }
}

static GArray *
make_reference (GArray *points, guint level)
{
  GArray *cells = g_array_new (FALSE, TRUE, sizeof (Cell));

  for (guint i = 0; i < points->len; i++)
    {
      const SpPoint *point = &g_array_index (points, SpPoint, i);
      Cell *cell = find_cell (cells, level == 0 ? 0 : point->x >> (32 - level), level == 0 ? 0 : point->y >> (32 - level));
      cell->count++;
      cell->sum_x += point->x;
      cell->sum_y += point->y;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);
      cell->x = (double) cell->sum_x / (double) cell->count;
      cell->y = (double) cell->sum_y / (double) cell->count;
      cell->host = (int) i;
    }
  join_reference (cells, level);
  return cells;
}

static const SpCluster *
find_cluster (GArray *clusters, const Cell *cell)
{
  for (guint i = 0; i < clusters->len; i++)
    {
      const SpCluster *cluster = &g_array_index (clusters, SpCluster, i);
      if (cluster->column == cell->column && cluster->row == cell->row)
        return cluster;
    }
  return NULL;
}

static gboolean
holds (const SpMapBox *box, double x, double y)
{
  return x >= box->left && x <= box->right && y >= box->top && y <= box->bottom;
}

static GArray *
look (const SpClusterIndex *index, guint level, const SpMapBox *view)
{
  GArray *clusters = g_array_new (FALSE, FALSE, sizeof (SpCluster));

  sp_cluster_index_look (index, level, view, clusters);
  return clusters;
}

/* Just what the reference has in the view. */
static void
expect_reference (const SpClusterIndex *index, GArray *cells, guint level, const SpMapBox *view)
{
  g_autoptr (GArray) clusters = look (index, level, view);
  guint expected = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const SpCluster *cluster = find_cluster (clusters, cell);
      guint64 count = 0;

      for (guint j = 0; j < cells->len; j++)
        if (g_array_index (cells, Cell, j).host == (int) i)
          count += g_array_index (cells, Cell, j).count;
      if (cell->host != (int) i || !holds (view, cell->x / SP_POINT_WORLD, cell->y / SP_POINT_WORLD))
        {
          g_assert_null (cluster);
          continue;
        }
      expected++;
      g_assert_nonnull (cluster);
      g_assert_cmpuint (cluster->count, ==, count);
      g_assert_cmpfloat (cluster->x, ==, cell->x / SP_POINT_WORLD);
      g_assert_cmpfloat (cluster->y, ==, cell->y / SP_POINT_WORLD);
    }
  g_assert_cmpuint (clusters->len, ==, expected);
}

static SpMapBox
random_view (GRand *random, guint level)
{
  double side = 12.0 / (1u << level), x = g_rand_double_range (random, 0, 1), y = g_rand_double_range (random, 0, 1);

  return (SpMapBox){ x, y, MIN (x + side, 1), MIN (y + side, 1) };
}

static void
test_reference (void)
{
  GRand *random = g_rand_new_with_seed (17);

  for (guint level = 0; level <= 9; level++)
    {
      g_autoptr (GArray) points = make_points (random, POINTS);
      g_autoptr (GArray) cells = make_reference (points, level);
      g_autoptr (SpClusterIndex) index = sp_cluster_index_new (g_array_ref (points));

      g_assert_cmpuint (sp_cluster_index_count (index), ==, POINTS);
      expect_reference (index, cells, level, &WHOLE);
      for (guint i = 0; i < 20; i++)
        {
          SpMapBox view = random_view (random, level);
          expect_reference (index, cells, level, &view);
        }
    }
  g_rand_free (random);
}

/* Deep down, where the whole map has too many cells: around each of some points. */
static void
test_deep (void)
{
  GRand *random = g_rand_new_with_seed (18);
  g_autoptr (GArray) points = make_points (random, POINTS);
  g_autoptr (SpClusterIndex) index = sp_cluster_index_new (g_array_ref (points));

  for (guint level = 12; level <= SP_CLUSTER_LAST_LEVEL; level += 4)
    {
      g_autoptr (GArray) cells = make_reference (points, level);

      for (guint i = 0; i < POINTS; i += 50)
        {
          const SpPoint *point = &g_array_index (points, SpPoint, i);
          double x = point->x / SP_POINT_WORLD, y = point->y / SP_POINT_WORLD, side = 8.0 / (1u << level);
          SpMapBox view = { MAX (x - side, 0), MAX (y - side, 0), MIN (x + side, 1), MIN (y + side, 1) };
          expect_reference (index, cells, level, &view);
        }
    }
  g_rand_free (random);
}

static int
compare_docs (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const SpPoint *) a)->doc, second = ((const SpPoint *) b)->doc;

  return (first > second) - (first < second);
}

/* Each entry is in just one cluster; a cluster's members are as many as it says and in its box, which is no larger. */
static void
test_members (void)
{
  GRand *random = g_rand_new_with_seed (19);
  g_autoptr (GArray) points = make_points (random, POINTS);
  g_autoptr (SpClusterIndex) index = sp_cluster_index_new (g_array_ref (points));

  g_array_sort (points, compare_docs);
  for (guint level = 0; level <= 9; level++)
    {
      g_autoptr (GArray) clusters = look (index, level, &WHOLE), all = g_array_new (FALSE, FALSE, sizeof (SpPoint));

      for (guint i = 0; i < clusters->len; i++)
        {
          const SpCluster *cluster = &g_array_index (clusters, SpCluster, i);
          g_autoptr (GArray) members = sp_cluster_index_members (index, cluster, G_MAXUINT);
          g_autoptr (GArray) few = sp_cluster_index_members (index, cluster, 3);
          SpMapBox box, own = { 1, 1, 0, 0 };

          g_assert_cmpuint (members->len, ==, cluster->count);
          g_assert_cmpmem (few->data, few->len * sizeof (SpPoint), members->data, MIN (3, members->len) * sizeof (SpPoint));
          g_assert_true (sp_cluster_index_bound (index, cluster, &box));
          for (guint j = 0; j < members->len; j++)
            {
              const SpPoint *member = &g_array_index (members, SpPoint, j);
              own = (SpMapBox){ MIN (own.left, member->x / SP_POINT_WORLD), MIN (own.top, member->y / SP_POINT_WORLD),
                                MAX (own.right, member->x / SP_POINT_WORLD), MAX (own.bottom, member->y / SP_POINT_WORLD) };
            }
          g_assert_cmpmem (&box, sizeof box, &own, sizeof own);
          if (cluster->count == 1)
            g_assert_cmpint (cluster->only.doc, ==, g_array_index (members, SpPoint, 0).doc);
          g_array_append_vals (all, members->data, members->len);
        }
      g_array_sort (all, compare_docs);
      g_assert_cmpmem (all->data, all->len * sizeof (SpPoint), points->data, points->len * sizeof (SpPoint));
    }
  g_rand_free (random);
}

/* What one view shows, another shows too, where both look: dragging the map changes nothing. */
static void
test_panning (void)
{
  GRand *random = g_rand_new_with_seed (20);
  g_autoptr (SpClusterIndex) index = sp_cluster_index_new (make_points (random, 5000));

  for (guint step = 0; step < 300; step++)
    {
      guint level = 5 + step % 12;
      double side = 10.0 / (1u << level);
      double x = g_rand_double (random) * (1 - side * 4 / 3), y = side / 5 + g_rand_double (random) * (1 - side * 6 / 5);
      SpMapBox here = { x, y, x + side, y + side }, there = { x + side / 3, y - side / 5, x + side * 4 / 3, y + side * 4 / 5 };
      g_autoptr (GArray) first = look (index, level, &here), second = look (index, level, &there);
      guint shared = 0, found = 0;

      for (guint i = 0; i < first->len; i++)
        shared += holds (&there, g_array_index (first, SpCluster, i).x, g_array_index (first, SpCluster, i).y);
      for (guint i = 0; i < first->len; i++)
        for (guint j = 0; j < second->len; j++)
          found += memcmp (&g_array_index (first, SpCluster, i), &g_array_index (second, SpCluster, j), sizeof (SpCluster)) == 0;
      g_assert_cmpuint (found, ==, shared);
    }
  g_rand_free (random);
}

/* Added, moved and taken out in any order: as if made anew. */
static void
test_changes (void)
{
  GRand *random = g_rand_new_with_seed (21);
  g_autoptr (SpClusterIndex) index = sp_cluster_index_new (g_array_new (FALSE, FALSE, sizeof (SpPoint)));
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint step = 0; step < 6000; step++)
    {
      g_autoptr (GArray) one = make_points (random, 1);
      SpPoint *point = g_memdup2 (one->data, sizeof (SpPoint));

      point->doc = g_rand_int_range (random, 0, 900);
      if (step % 3 == 0)
        g_assert_true (sp_cluster_index_remove (index, point->doc) == g_hash_table_remove (now, &point->doc));
      else
        sp_cluster_index_put (index, point);
      if (step % 3 == 0)
        g_free (point);
      else
        g_hash_table_replace (now, &point->doc, point);
      g_assert_cmpuint (sp_cluster_index_count (index), ==, g_hash_table_size (now));
      if (step % 1000 == 999)
        {
          g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
          g_autoptr (GArray) cells = NULL;
          GHashTableIter iter;
          gpointer value;
          SpPoint found;

          g_hash_table_iter_init (&iter, now);
          while (g_hash_table_iter_next (&iter, NULL, &value))
            {
              g_array_append_vals (points, value, 1);
              g_assert_true (sp_cluster_index_find (index, ((SpPoint *) value)->doc, &found));
              g_assert_cmpmem (&found, sizeof found, value, sizeof found);
            }
          cells = make_reference (points, step / 1000 + 2);
          expect_reference (index, cells, step / 1000 + 2, &WHOLE);
        }
    }
  g_assert_false (sp_cluster_index_find (index, 900, NULL));
  g_rand_free (random);
}

/* However many there are, wherever one looks, in whatever window: few sprites, and none much nearer than one is wide. */
static void
test_sprites (void)
{
  static const double screens[][2] = { { 360, 500 }, { 900, 700 }, { 1920, 1080 }, { 3840, 2160 }, { 200, 4000 } };
  GRand *random = g_rand_new_with_seed (22);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  g_autoptr (SpClusterIndex) index = NULL;

  for (guint i = 0; i < 200000; i++) /* everywhere alike: the most clusters there can be */
    g_array_append_val (points, ((SpPoint){ i, g_rand_int (random) >> 10, g_rand_int (random) >> 10, { 0 } }));
  index = sp_cluster_index_new (points);
  for (guint step = 0; step < 200; step++)
    {
      const double *screen = screens[step % G_N_ELEMENTS (screens)];
      double world = 256 * exp2 (g_rand_double_range (random, 0, 19)), x = g_rand_double (random) / 1024, y = g_rand_double (random) / 1024;
      guint level = sp_cluster_index_level (index, world, screen[0], screen[1], 36);
      SpMapBox view = { x, y, x + screen[0] / world, y + screen[1] / world };
      g_autoptr (GArray) clusters = look (index, level, &view);

      g_assert_cmpuint (clusters->len, <=, SP_CLUSTER_MOST);
      g_assert_cmpfloat (world / (1u << level), >=, 48);
    }
  g_rand_free (random);
}

/* As few as may be shown stand alone, unless they would cover each other. */
static void
test_few (void)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  g_autoptr (SpClusterIndex) index = NULL;

  for (guint i = 0; i < SP_CLUSTER_MOST; i++) /* 40 pixels apart at a zoom of 16 */
    g_array_append_val (points, ((SpPoint){ i, 0x80000000u + (i % 12) * 40 * 256, 0x50000000u + (i / 12) * 40 * 256, { 0 } }));
  index = sp_cluster_index_new (points);
  for (guint more = 0; more <= 1; more++)
    {
      SpMapBox view = { 0.4999, 0.3124, 0.5001, 0.3126 };
      guint level;
      g_autoptr (GArray) clusters = NULL;

      if (more == 1)
        sp_cluster_index_put (index, &(SpPoint){ 1000, 0, 0, { 0 } });
      level = sp_cluster_index_level (index, 256 * 65536, 1920, 1080, 36);
      clusters = look (index, level, &view);
      if (more == 0)
        g_assert_cmpuint (clusters->len, ==, SP_CLUSTER_MOST);
      else
        g_assert_cmpuint (clusters->len, <, 150);
    }
}

static void
test_edges (void)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  g_autoptr (SpClusterIndex) index = NULL;
  g_autoptr (SpClusterIndex) empty = sp_cluster_index_new (g_array_new (FALSE, FALSE, sizeof (SpPoint)));
  static const struct { SpMapBox view; guint count; } cases[] = {
    { { 0, 0, 1, 1 }, 3 }, { { -0.01, 0, 0.01, 1 }, 2 }, { { 0.99, 0, 1.01, 1 }, 2 }, { { -3, -2, 4, 5 }, 3 },
    { { 2.99, 0.4, 3.01, 0.6 }, 2 }, { { 0.4, 0.9, 0.6, 1.5 }, 1 }, { { 0.4, 1.1, 0.6, 1.5 }, 0 }, { { 0.4, -1, 0.6, -0.5 }, 0 },
  };

  g_array_append_val (points, ((SpPoint){ 1, 0, 0x80000000u, { 0 } }));
  g_array_append_val (points, ((SpPoint){ 2, G_MAXUINT32, 0x80000000u, { 0 } }));
  g_array_append_val (points, ((SpPoint){ 3, 0x80000000u, G_MAXUINT32, { 0 } }));
  index = sp_cluster_index_new (points);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) clusters = look (index, 4, &cases[i].view), none = look (empty, 4, &cases[i].view);

      g_assert_cmpuint (clusters->len, ==, cases[i].count);
      g_assert_cmpuint (none->len, ==, 0);
    }
  g_assert_cmpuint (sp_cluster_index_level (empty, 1, 100, 100, 36), ==, 0);
}

/* All in one building stay together, however deep one looks. */
static void
test_one_spot (void)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  g_autoptr (SpClusterIndex) index = NULL;
  g_autoptr (GArray) clusters = NULL, members = NULL;
  SpMapBox box;
  SpPoint point = { 0 };

  sp_point_place (&point, 54.7143, -3.4947);
  for (point.doc = 1; point.doc <= 1000; point.doc++)
    g_array_append_val (points, point);
  index = sp_cluster_index_new (points);
  for (guint i = 1; i <= 1000; i += 3)
    g_assert_true (sp_cluster_index_remove (index, i));
  clusters = look (index, SP_CLUSTER_LAST_LEVEL, &(SpMapBox){ point.x / SP_POINT_WORLD, point.y / SP_POINT_WORLD, point.x / SP_POINT_WORLD, point.y / SP_POINT_WORLD });
  g_assert_cmpuint (clusters->len, ==, 1);
  g_assert_cmpuint (g_array_index (clusters, SpCluster, 0).count, ==, 666);
  members = sp_cluster_index_members (index, &g_array_index (clusters, SpCluster, 0), 10);
  g_assert_cmpuint (members->len, ==, 10);
  g_assert_true (sp_cluster_index_bound (index, &g_array_index (clusters, SpCluster, 0), &box));
  g_assert_cmpfloat (box.left, ==, box.right);
  sp_point_place (&point, 50.1, -5.5);
  sp_cluster_index_put (index, &point);
  g_assert_true (sp_cluster_index_bound (index, NULL, &box));
  g_assert_cmpfloat (box.left, ==, point.x / SP_POINT_WORLD);
  g_assert_cmpfloat (box.bottom, ==, point.y / SP_POINT_WORLD);
  g_assert_cmpfloat (box.right, >, box.left);
  sp_cluster_index_remove (index, point.doc);
  for (guint i = 1; i <= 1000; i++)
    sp_cluster_index_remove (index, i);
  g_assert_false (sp_cluster_index_bound (index, &g_array_index (clusters, SpCluster, 0), &box));
  g_assert_false (sp_cluster_index_bound (index, NULL, &box));
}

static void
test_place (void)
{
  static const double places[][2] = { { 54.7143, -3.4947 }, { 51.5, 0 }, { 85.06, 180 }, { -89, -180 }, { 0, 179.9999999 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      SpPoint point = { 0 };
      double latitude, longitude;

      sp_point_place (&point, places[i][0], places[i][1]);
      sp_point_locate (&point, &latitude, &longitude);
      g_assert_cmpfloat_with_epsilon (latitude, CLAMP (places[i][0], -SP_GEODESY_MERCATOR_LATITUDE, SP_GEODESY_MERCATOR_LATITUDE), 1e-6);
      g_assert_cmpfloat_with_epsilon (longitude, places[i][1], 1e-6);
    }
}

static void
test_looks (void)
{
  g_assert_cmpint (sp_pin_shape_from_name ("triangle-down"), ==, SP_PIN_SHAPE_TRIANGLE_DOWN);
  g_assert_cmpint (sp_pin_shape_from_name ("anchor"), ==, SP_PIN_SHAPE_OTHER);
  g_assert_cmpint (sp_pin_shape_from_name (NULL), ==, SP_PIN_SHAPE_OTHER);
  g_assert_cmpint (sp_pin_colour_from_name ("slate"), ==, SP_PIN_COLOUR_SLATE);
  g_assert_cmpint (sp_pin_colour_from_name ("navy"), ==, SP_PIN_COLOUR_OTHER);
  g_assert_cmpuint (sizeof (SpPoint), ==, 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cluster-index/reference", test_reference);
  g_test_add_func ("/cluster-index/deep", test_deep);
  g_test_add_func ("/cluster-index/members", test_members);
  g_test_add_func ("/cluster-index/panning", test_panning);
  g_test_add_func ("/cluster-index/changes", test_changes);
  g_test_add_func ("/cluster-index/sprites", test_sprites);
  g_test_add_func ("/cluster-index/few", test_few);
  g_test_add_func ("/cluster-index/edges", test_edges);
  g_test_add_func ("/cluster-index/one-spot", test_one_spot);
  g_test_add_func ("/cluster-index/place", test_place);
  g_test_add_func ("/cluster-index/looks", test_looks);
  return g_test_run ();
}
