/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as you type: each beginning of what people look for, the first 50, with distances; ours beside the bare
 * statements, that is the same SQL with the same values, prepared once and stepped in a loop. */
#include "sp-bench.h"
#include "sp-search.h"

#include <stdlib.h>
#include <string.h>

#define REPEATS 3 /* of each query; the fastest counts, so that a busy machine matters less */

static const char * const typed[] = {
  "men's shed", "lunch club", "food bank wigan", "dementia cafe", "my mum has dementia", "walking group", "can't pay the heating",
  "ca15 6aa", "befriending carlisle", "warm space", "yoga", "parent and toddler", "village hall", "debt advice", "chair exercise",
  "knitting", "St Mary", "autism support", "community", "thornby", "lonely", "wheelchair access", "volunteer driver", "swimming lessons",
  "the", "art", "benefits advice leeds", "x", "high street", "bereavement",
};

static const struct { const char *name; double latitude, longitude; } towns[] = {
  { "Maryport", 54.7143, -3.4947 }, { "Wigan", 53.5448, -2.6318 }, { "London", 51.5085, -0.1257 }, { "Oban", 56.4155, -5.4720 },
  { "Cardiff", 51.4800, -3.1800 }, { "Birmingham", 52.4814, -1.8998 },
};

/* What one query asked SQLite: the statements with their values, and how many rows were taken of each. */
typedef struct
{
  GPtrArray *sql;
  GArray    *rows;
} Trace;

static int
trace_cb (unsigned type, void *user_data, void *stmt, void *unused)
{
  Trace *trace = user_data;

  const char *sql = sqlite3_sql (stmt); /* NULL of what FTS5 itself runs */

  if (sql == NULL || !g_str_has_prefix (sql, "SELECT a.n"))
    return 0;
  if (type == SQLITE_TRACE_STMT)
    {
      char *expanded = sqlite3_expanded_sql (stmt);
      g_ptr_array_add (trace->sql, g_strdup (expanded));
      g_array_append_val (trace->rows, ((guint){ 0 }));
      sqlite3_free (expanded);
    }
  else
    g_array_index (trace->rows, guint, trace->rows->len - 1)++;
  return 0;
}

static double
time_ours (SpDb *db, SpQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpHits) hits = NULL;
  double start = sp_bench_now ();

  hits = sp_search_find (db, query, NULL, &error);
  sp_bench_check (hits != NULL, &error);
  return (sp_bench_now () - start) * 1e3;
}

/* Steps a statement to the end of what ours took, and reads each column. */
static double
step_all (sqlite3_stmt *stmt, guint rows)
{
  double start = sp_bench_now (), sum = 0;

  for (guint i = 0; i <= rows && sqlite3_step (stmt) == SQLITE_ROW; i++)
    {
      if (i == rows)
        break;
      for (int column = 0; column < sqlite3_column_count (stmt); column++)
        sum += sqlite3_column_type (stmt, column) == SQLITE_TEXT ? *sqlite3_column_text (stmt, column) : sqlite3_column_double (stmt, column);
    }
  sqlite3_reset (stmt);
  return (sp_bench_now () - start) * 1e3 + (sum > 1e300 ? 1 : 0);
}

static double
time_bare (SpDb *db, Trace *trace)
{
  double sum = 0;

  for (guint i = 0; i < trace->sql->len; i++)
    {
      sqlite3_stmt *stmt = NULL;
      double best = G_MAXDOUBLE, seconds;

      if (sqlite3_prepare_v2 (sp_db_get_handle (db), g_ptr_array_index (trace->sql, i), -1, &stmt, NULL) != SQLITE_OK)
        sp_bench_check (FALSE, NULL);
      for (guint repeat = 0; repeat < REPEATS; repeat++)
        {
          seconds = step_all (stmt, g_array_index (trace->rows, guint, i));
          best = MIN (best, seconds);
        }
      sqlite3_finalize (stmt);
      sum += best;
    }
  return sum;
}

typedef struct
{
  GArray *ours;
  GArray *bare;
  guint   statements;
} Times;

static void
measure (SpDb *db, SpQuery *query, Times *times)
{
  Trace trace = { g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, TRUE, sizeof (guint)) };
  double ours = G_MAXDOUBLE, bare;

  sqlite3_trace_v2 (sp_db_get_handle (db), SQLITE_TRACE_STMT | SQLITE_TRACE_ROW, trace_cb, &trace);
  time_ours (db, query);
  sqlite3_trace_v2 (sp_db_get_handle (db), 0, NULL, NULL);
  for (guint repeat = 0; repeat < REPEATS; repeat++)
    ours = MIN (ours, time_ours (db, query));
  bare = time_bare (db, &trace);
  if (g_getenv ("SP_BENCH_EACH") != NULL)
    {
      const SpFilters *f = sp_query_get_filters (query);
      g_print ("#   %-28s %-12s ours %8.2f ms  bare %8.2f ms  statements %u\n", f->words, f->near != NULL ? f->near : "", ours, bare, trace.sql->len);
    }
  times->statements += trace.sql->len;
  g_array_append_val (times->ours, ours);
  g_array_append_val (times->bare, bare);
  g_ptr_array_unref (trace.sql);
  g_array_unref (trace.rows);
}

typedef enum
{
  BEST,    /* the best fit first, with distances */
  NEAREST, /* the nearest first */
  FILTERS, /* five filters, the nearest first */
  N_SETS
} Set;

static const char * const set_names[N_SETS] = { "best fit first", "nearest first", "five filters" };

static SpQuery *
make_query (Set set, const char *words, guint town)
{
  SpQuery *query = sp_query_new ();

  sp_query_set_words (query, words);
  sp_query_set_limit (query, 50);
  sp_query_set_near (query, towns[town].name, towns[town].latitude, towns[town].longitude);
  if (set == BEST)
    sp_query_set_order (query, SP_ORDER_FIT);
  if (set == FILTERS)
    {
      static const char * const filters[][2] = { { "within", "20km" }, { "day", "tue" }, { "free", NULL }, { "age", "70" }, { "access", "wheelchair" } };
      for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
        sp_query_set_filter (query, filters[i][0], filters[i][1], NULL);
    }
  return query;
}

static void
measure_set (SpDb *db, Set set, Times *times)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (const char *end = typed[i] + 1; end <= typed[i] + strlen (typed[i]); end++)
      {
        g_autofree char *words = g_strndup (typed[i], (gsize) (end - typed[i]));
        g_autoptr (SpQuery) query = make_query (set, words, i % G_N_ELEMENTS (towns));
        measure (db, query, times);
      }
}

/* Gives the 95th percentile in milliseconds; counts what missed its limit in @misses. */
static double
bench_set (SpDb *db, Set set, guint assets, double limit, guint *misses)
{
  Times times = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)), 0 };
  g_autofree char *name = g_strdup_printf ("search, %s, %u: p95", set_names[set], assets);
  g_autofree char *bound = g_strdup_printf ("search, %s, %u: p95 in all", set_names[set], assets);
  g_autofree char *median = g_strdup_printf ("search, %s, %u: p50", set_names[set], assets);
  double p95, p50, bare95, bare50;
  guint n;

  measure_set (db, set, &times);
  n = times.ours->len;
  p95 = sp_bench_percentile ((double *) (gpointer) times.ours->data, n, 0.95);
  bare95 = sp_bench_percentile ((double *) (gpointer) times.bare->data, n, 0.95);
  p50 = sp_bench_percentile ((double *) (gpointer) times.ours->data, n, 0.5);
  bare50 = sp_bench_percentile ((double *) (gpointer) times.bare->data, n, 0.5);
  *misses += !sp_bench_report (name, p95, bare95, 1.5, "ms");
  sp_bench_report (median, p50, bare50, 1.5, "ms");
  *misses += !sp_bench_bound (bound, p95, limit, "ms");
  g_print ("# %u queries, %.1f statements each\n", n, (double) times.statements / n);
  g_array_unref (times.ours);
  g_array_unref (times.bare);
  return p95;
}

static void
bench_size (guint assets, double limit, double p95[N_SETS], guint *misses)
{
  g_autofree char *path = sp_bench_store (assets);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = sp_db_open (path, SP_DB_READ, &error);

  sp_bench_check (db != NULL, &error);
  for (guint set = 0; set < N_SETS; set++)
    p95[set] = bench_set (db, (Set) set, assets, limit, misses);
}

int
main (int argc, char **argv)
{
  guint large = sp_bench_options (argc, argv, 1000000), small = large / 10, misses = 0;
  double few[N_SETS], many[N_SETS];

  bench_size (small, 50, few, &misses);
  bench_size (large, 150, many, &misses);
  for (guint set = 0; set < N_SETS; set++)
    {
      g_autofree char *name = g_strdup_printf ("search, %s: growth of p95, %u to %u", set_names[set], small, large);
      misses += !sp_bench_bound (name, many[set] / few[set], 4, "x ");
    }
  return misses > 0;
}
