/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share: stores of many assets, made once and kept in the build folder; time; lines of results. */
#include "sp-bench.h"

#include "sp-generate.h"
#include "sp-projection.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static clockid_t bench_clock = CLOCK_MONOTONIC;

/* Seconds of a clock that never goes back: the wall's, or with --cpu that of this process, of all its threads. */
double
sp_bench_now (void)
{
  struct timespec time;

  clock_gettime (bench_clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* The same for another process: with --cpu the time that its threads worked. */
double
sp_bench_now_of (int process)
{
  struct timespec time;
  clockid_t its;

  if (bench_clock == CLOCK_MONOTONIC)
    return sp_bench_now ();
  sp_bench_check (clock_getcpuclockid (process, &its) == 0, NULL);
  clock_gettime (its, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* Whether --cpu was given. */
gboolean
sp_bench_is_by_processor (void)
{
  return bench_clock == CLOCK_PROCESS_CPUTIME_ID;
}

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Sorts @values; gives the one that @part (0 to 1) of them are below. */
double
sp_bench_percentile (double *values, guint n, double part)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[MIN (n - 1, (guint) (part * n))];
}

/* Prints one figure beside its bare counterpart; gives whether the ratio is within the limit. */
gboolean
sp_bench_report (const char *name, double ours, double bare, double limit, const char *unit)
{
  gboolean fine = ours <= bare * limit;

  g_print ("%-55s %9.2f %s %9.2f %s %6.2f %8.2f     %s\n", name, ours, unit, bare, unit, ours / bare, limit, fine ? "ok" : "MISS");
  return fine;
}

/* Prints one figure that stands alone. */
gboolean
sp_bench_bound (const char *name, double value, double limit, const char *unit)
{
  gboolean fine = value <= limit;

  g_print ("%-55s %9.2f %s %19s %8.2f %s  %s\n", name, value, unit, "", limit, unit, fine ? "ok" : "MISS");
  return fine;
}

static double
read_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  sp_bench_check (g_file_get_contents ("/proc/self/status", &status, NULL, NULL), NULL);
  line = strstr (status, name);
  sp_bench_check (line != NULL, NULL);
  return g_ascii_strtod (line + strlen (name), NULL) / 1024;
}

/* Megabytes that this process holds for itself, without files that are mapped. */
double
sp_bench_memory (void)
{
  return read_status ("RssAnon:");
}

/* Gives back what was freed, forgets how much was ever held, and gives how many megabytes are held now. */
double
sp_bench_memory_begin (void)
{
  malloc_trim (0);
  sp_bench_check (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0, NULL), NULL);
  return read_status ("VmRSS:");
}

/* The most megabytes that were held at any moment since then. */
double
sp_bench_memory_most (void)
{
  return read_status ("VmHWM:");
}

/* A benchmark that cannot do its work says why and ends. */
void
sp_bench_check (gboolean right, GError **error)
{
  if (right)
    return;
  g_printerr ("%s\n", error != NULL && *error != NULL ? (*error)->message : "failed");
  exit (2);
}

/* The options: --assets N, @assets without it; --cpu, for a machine that is busy with other things. */
guint
sp_bench_options (int argc, char **argv, guint assets)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int n = (int) assets;
  gboolean cpu = FALSE;
  GOptionEntry entries[] = {
    { "assets", 0, 0, G_OPTION_ARG_INT, &n, "How many", "N" },
    { "cpu", 0, 0, G_OPTION_ARG_NONE, &cpu, "Time of the processor instead of the wall clock's", NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
  sp_bench_check (g_option_context_parse (context, &argc, &argv, &error), &error);
  if (cpu)
    {
      g_print ("# time of the processor, not of the wall clock\n");
      bench_clock = CLOCK_PROCESS_CPUTIME_ID;
    }
  g_print ("%-55s %12s %12s %6s %8s\n", "figure", "ours   ", "bare   ", "ratio", "limit");
  return (guint) MAX (1, n);
}

/**
 * sp_bench_fill:
 * @db: an empty store
 * @assets: how many
 *
 * Writes documents with one revision each, straight into their tables.
 */
void
sp_bench_fill (SpDb *db, guint assets)
{
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  sp_bench_check (sp_db_begin (db, &error), &error);
  for (guint i = 0; i < assets; i++)
    {
      SP_DB_STMT *doc = sp_db_prepare (db, "INSERT INTO doc (n, id, seq, winner, deleted, conflicts, leaves) VALUES (?1, ?2, ?1, ?1, 0, 0, 1)", &error);
      SP_DB_STMT *rev = sp_db_prepare (db, "INSERT INTO rev (n, doc, gen, hash, seq, leaf, deleted, body) VALUES (?1, ?1, 1, ?2, ?1, 1, 0, ?3)", &error);
      char id[43], hash[33];

      sp_bench_check (doc != NULL && rev != NULL, &error);
      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      sp_generator_id (i, id);
      g_snprintf (hash, sizeof hash, "%032x", i);
      sqlite3_bind_int64 (doc, 1, i + 1);
      sqlite3_bind_text (doc, 2, id, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (rev, 1, i + 1);
      sqlite3_bind_text (rev, 2, hash, -1, SQLITE_STATIC);
      sqlite3_bind_text (rev, 3, json->str, (int) json->len, SQLITE_STATIC);
      sp_bench_check (sp_db_run (db, doc, &error) && sp_db_run (db, rev, &error), &error);
    }
  {
    g_autofree char *seq = g_strdup_printf ("%u", assets);
    sp_bench_check (sp_db_set_meta (db, "update_seq", seq, &error) && sp_db_commit (db, &error), &error);
  }
}

/**
 * sp_bench_store:
 * @assets: how many
 *
 * Makes a store with a projection, or finds the one that an earlier run made.
 *
 * Returns: (transfer full): its path
 */
char *
sp_bench_store (guint assets)
{
  g_autofree char *name = g_strdup_printf ("store-%u-g%d-p%s.db", assets, SP_GENERATE_VERSION, sp_projection_get_version ());
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, name, NULL);
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  g_autoptr (GError) error = NULL;
  double start = sp_bench_now ();
  SpDb *db;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      db = sp_db_open (path, SP_DB_WRITE, &error); /* brings the schema up to date */
      sp_bench_check (db != NULL, &error);
      sp_db_close (db);
      return g_steal_pointer (&path);
    }
  g_print ("# making %s\n", path);
  g_remove (unfinished);
  db = sp_db_open (unfinished, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL, &error);
  sp_bench_fill (db, assets);
  sp_bench_check (sp_projection_rebuild (db, NULL, NULL, NULL, &error), &error);
  sp_bench_check (sp_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", &error), &error);
  sp_db_close (db);
  sp_bench_check (g_rename (unfinished, path) == 0, NULL);
  g_print ("# %u assets, %.0f s\n", assets, sp_bench_now () - start);
  return g_steal_pointer (&path);
}

/* Copies a store that nobody has open. */
void
sp_bench_copy (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  sp_bench_check (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error), &error);
}

/* The document id of the asset with that number. */
void
sp_bench_id (guint number, char **id)
{
  *id = g_malloc (43);
  sp_generator_id (number, *id);
}
