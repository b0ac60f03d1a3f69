/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters of what is on the map: a million points in a thread, any viewport, and one entry more or less. The points lie
 * as people do: in towns of very different size, many at one spot. And of a new result, from a store. */
#include "sp-bench.h"
#include "sp-point-table.h"
#include "sp-points.h"

#include <math.h>

#define TOWNS 3000
#define VIEWS 4000
#define CHANGES 20000

typedef struct
{
  double latitude, longitude, width;
} Town;

static double
normal (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

static SpPoint
make_point (GRand *random, const Town *towns, gint64 doc)
{
  /* The square of an even number: the first towns are the large ones. */
  const Town *town = &towns[(guint) (pow (g_rand_double (random), 3) * TOWNS)];
  double latitude = town->latitude + town->width * normal (random), longitude = town->longitude + town->width * 1.7 * normal (random);
  SpPoint point = { .doc = doc, .look.shape = (guint8) (doc % SP_PIN_N_SHAPES) };

  if (g_rand_int_range (random, 0, 5) == 0) /* at a postcode */
    {
      latitude = round (latitude * 1000) / 1000;
      longitude = round (longitude * 500) / 500;
    }
  sp_point_place (&point, latitude, longitude);
  return point;
}

static GArray *
make_points (GRand *random, guint n, Town *towns)
{
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (SpPoint), n);

  for (guint i = 0; i < TOWNS; i++)
    towns[i] = (Town){ g_rand_double_range (random, 50, 58.5), g_rand_double_range (random, -5.5, 1.5), g_rand_double_range (random, 0.003, 0.06) };
  for (guint i = 0; i < n; i++)
    {
      SpPoint point = make_point (random, towns, i + 1);
      g_array_append_val (points, point);
    }
  return points;
}

static const struct { double width, height; } screens[] = { { 360, 480 }, { 600, 700 }, { 1200, 950 }, { 1920, 1080 }, { 3840, 2160 } };

/* Looks at @at, at any zoom and in any window; gives milliseconds. */
static double
look (SpClusterIndex *index, GRand *random, const SpPoint *at, GArray *clusters)
{
  guint screen = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (screens));
  double world = 256 * exp2 (g_rand_double_range (random, 0, 19)), width = screens[screen].width, height = screens[screen].height;
  double x = at->x / SP_POINT_WORLD, y = at->y / SP_POINT_WORLD, start = sp_bench_now ();
  guint level = sp_cluster_index_level (index, world, width, height, 36);

  g_array_set_size (clusters, 0);
  sp_cluster_index_look (index, level, &(SpMapBox){ x - width / world / 2, y - height / world / 2, x + width / world / 2, y + height / world / 2 }, clusters);
  return (sp_bench_now () - start) * 1e3;
}

static guint
bench_views (SpClusterIndex *index, GRand *random, const Town *towns, guint n)
{
  g_autofree double *times = g_new (double, VIEWS);
  g_autoptr (GArray) clusters = g_array_new (FALSE, FALSE, sizeof (SpCluster));
  g_autofree char *name = g_strdup_printf ("clusters, %u points, any view: p99", n);
  guint most = 0;

  for (guint i = 0; i < VIEWS; i++)
    {
      SpPoint at = make_point (random, towns, 0);
      times[i] = look (index, random, &at, clusters);
      most = MAX (most, clusters->len);
    }
  g_print ("# p50 %.3f ms\n", sp_bench_percentile (times, VIEWS, 0.5));
  return !sp_bench_bound (name, sp_bench_percentile (times, VIEWS, 0.99), 1, "ms")
         + !sp_bench_bound ("clusters, sprites on screen at most", most, SP_CLUSTER_MOST, "  ");
}

static guint
bench_changes (SpClusterIndex *index, GRand *random, const Town *towns, guint n)
{
  static const char * const names[] = { "clusters, an entry moved: p99", "clusters, an entry hidden: p99", "clusters, an entry added: p99" };
  g_autofree double *times = g_new (double, CHANGES);
  guint misses = 0;

  for (guint what = 0; what < G_N_ELEMENTS (names); what++)
    {
      for (guint i = 0; i < CHANGES; i++)
        {
          SpPoint point = make_point (random, towns, what == 2 ? (gint64) n + i + 1 : g_rand_int_range (random, 1, (gint32) n + 1));
          double start = sp_bench_now ();

          if (what == 1)
            sp_cluster_index_remove (index, point.doc);
          else
            sp_cluster_index_put (index, &point);
          times[i] = (sp_bench_now () - start) * 1e3;
        }
      misses += !sp_bench_bound (names[what], sp_bench_percentile (times, CHANGES, 0.99), 0.1, "ms");
    }
  return misses;
}

static double
time_result (SpDb *db, SpQuery *query, guint *count)
{
  g_autoptr (GError) error = NULL;
  double start = sp_bench_now ();
  GArray *points = sp_points_find (db, query, NULL, &error);
  g_autoptr (SpClusterIndex) index = NULL;

  sp_bench_check (points != NULL, &error);
  index = sp_cluster_index_new (points);
  *count = sp_cluster_index_count (index);
  return (sp_bench_now () - start) * 1e3;
}

/* From the query to its clusters, the fastest of some. @afresh: without the table of points in memory, as after opening */
static double
time_best (SpDb *db, SpQuery *query, gboolean afresh, guint *count)
{
  double best = G_MAXDOUBLE, ms;

  for (guint repeat = 0; repeat < 5; repeat++)
    {
      g_autoptr (SpPointCache) cache = afresh ? sp_point_cache_new () : NULL;

      if (cache != NULL)
        sp_point_cache_give (cache, db);
      ms = time_result (db, query, count);
      best = MIN (best, ms);
    }
  return best;
}

static guint
bench_results (guint assets)
{
  static const char * const cases[][3] = { { "all, as after opening" }, { "all" }, { "the free ones", "free", NULL }, { "on Tuesdays", "day", "tue" }, { "with a word", "words", "community" } };
  g_autofree char *path = sp_bench_store (assets);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = sp_db_open (path, SP_DB_READ, &error);
  guint misses = 0, count;

  sp_bench_check (db != NULL, &error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpQuery) query = sp_query_new ();
      g_autofree char *name = g_strdup_printf ("clusters, %u assets, %s", assets, cases[i][0]);

      if (g_strcmp0 (cases[i][1], "words") == 0)
        sp_query_set_words (query, cases[i][2]);
      else if (cases[i][1] != NULL)
        sp_query_set_filter (query, cases[i][1], cases[i][2], NULL);
      misses += !sp_bench_bound (name, time_best (db, query, i == 0, &count), 100.0 * assets / 1e5, "ms");
      g_print ("# %u of them\n", count);
    }
  return misses;
}

int
main (int argc, char **argv)
{
  guint n = sp_bench_options (argc, argv, 1000000), misses = 0;
  GRand *random = g_rand_new_with_seed (8);
  g_autofree Town *towns = g_new (Town, TOWNS);
  g_autofree char *name = g_strdup_printf ("clusters, %u points indexed", n);
  GArray *points = make_points (random, n, towns);
  double start = sp_bench_now ();
  g_autoptr (SpClusterIndex) index = sp_cluster_index_new (points);

  misses += !sp_bench_bound (name, (sp_bench_now () - start) * 1e3, 1000.0 * n / 1e6, "ms");
  misses += bench_views (index, random, towns, n);
  misses += bench_changes (index, random, towns, n);
  misses += bench_views (index, random, towns, n);
  misses += bench_results (MAX (n / 10, 1));
  g_rand_free (random);
  return misses > 0;
}
