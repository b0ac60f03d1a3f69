/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a store of many assets: to read, and to write, each to the answer of a first small question. */
#include "sp-bench.h"
#include "sp-search.h"

#define REPEATS 9

static double
time_open (const char *path, SpDbMode mode)
{
  double times[REPEATS];

  for (guint i = 0; i < REPEATS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpQuery) query = sp_query_new ();
      g_autoptr (SpHits) hits = NULL;
      double start = sp_bench_now ();
      SpDb *db = sp_db_open (path, mode, &error);

      sp_bench_check (db != NULL, &error);
      sp_query_set_limit (query, 50);
      sp_query_set_filter (query, "near", "54.7143,-3.4947", NULL);
      sp_query_set_filter (query, "within", "1km", NULL);
      hits = sp_search_find (db, query, NULL, &error);
      sp_bench_check (hits != NULL, &error);
      times[i] = (sp_bench_now () - start) * 1e3;
      sp_db_close (db);
    }
  return sp_bench_percentile (times, REPEATS, 0.5);
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 1000000), misses = 0;
  g_autofree char *path = sp_bench_store (assets);
  g_autofree char *reading = g_strdup_printf ("open to read and find what is near, %u: median", assets);
  g_autofree char *writing = g_strdup_printf ("open to write and find what is near, %u: median", assets);

  misses += !sp_bench_bound (reading, time_open (path, SP_DB_READ), 100, "ms");
  misses += !sp_bench_bound (writing, time_open (path, SP_DB_WRITE), 100, "ms");
  return misses > 0;
}
