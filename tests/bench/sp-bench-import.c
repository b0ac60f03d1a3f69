/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list into an empty store, as the command line does it, and the bare loop beside it: for benchmarks of every format. */
#include "sp-bench-import.h"

#include "sp-bare.h"
#include "sp-bench.h"
#include "sp-import.h"
#include "sp-reader.h"
#include "sp-twins.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_EVERY 500 /* rows, at how much memory there is */

static int
count_commit (void *commits)
{
  (*(guint *) commits)++;
  return 0;
}

static double
get_cache (SpDb *db)
{
  int used = 0, most;

  sqlite3_db_status (sp_db_get_handle (db), SQLITE_DBSTATUS_CACHE_USED, &used, &most, FALSE);
  return used / 1048576.0;
}

/* *@most gets the most megabytes that it held. */
static void
import_file (SpDb *db, const char *list, double *most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (list);
  SpReaderOptions options = { 0 };
  g_autoptr (SpReader) reader = sp_reader_open (file, NULL, &options, &error);
  g_autoptr (SpImport) import = sp_import_begin (db, "list", "local", &error);

  sp_bench_check (reader != NULL && import != NULL, &error);
  for (guint n = 0;; n++)
    {
      g_autoptr (SpRecord) record = NULL;
      g_autoptr (GPtrArray) twins = NULL;
      g_autofree char *reason = NULL;
      SpImportOutcome outcome;
      const char *id;

      if (n % LOOK_EVERY == 0)
        *most = MAX (*most, sp_bench_memory ());
      sp_bench_check (sp_reader_next (reader, &record, &error), &error);
      if (record == NULL)
        break;
      sp_bench_check (record->asset != NULL, NULL);
      id = sp_node_get_text (record->asset, "_id");
      sp_bench_check (sp_import_put (import, id, record->asset, &outcome, &reason, &error) && outcome == SP_IMPORT_ADDED, &error);
      twins = sp_twins_find (db, id, record->asset, &error);
      sp_bench_check (twins != NULL, &error);
    }
  sp_bench_check (sp_import_finish (import, &error), &error);
  *most = MAX (*most, sp_bench_memory ());
}

void
sp_bench_remove_store (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  g_remove (path);
  g_remove (log);
  g_remove (shared);
}

static void
run_ours (const char *list, const char *store, SpBenchImport *figures)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (store, SP_DB_WRITE, &error);
  double start = sp_bench_now (), before;

  sp_bench_check (db != NULL, &error);
  sqlite3_commit_hook (sp_db_get_handle (db), count_commit, &figures->commits);
  before = sp_bench_memory ();
  import_file (db, list, &figures->megabytes);
  figures->grown = figures->megabytes - before;
  figures->cache = get_cache (db);
  figures->seconds = sp_bench_now () - start;
  sp_db_close (db);
}

/* In a process of its own, so that its memory can be told. */
SpBenchImport
sp_bench_import_time (const char *list, const char *store)
{
  SpBenchImport figures = { 0 };
  int ends[2], status;

  sp_bench_remove_store (store);
  sp_bench_check (pipe (ends) == 0, NULL);
  if (fork () == 0)
    {
      run_ours (list, store, &figures);
      _exit (write (ends[1], &figures, sizeof figures) != sizeof figures);
    }
  sp_bench_check (read (ends[0], &figures, sizeof figures) == sizeof figures, NULL);
  wait (&status);
  sp_bench_check (status == 0, NULL);
  close (ends[0]);
  close (ends[1]);
  return figures;
}

#define BATCH 4096 /* assets in memory at once */

/* Writes a loaded batch in transactions of @chunk assets. */
static void
write_batch (SpDb *db, SpBare *bare, guint first, guint count, guint chunk)
{
  g_autoptr (GError) error = NULL;

  for (guint n = first; n < first + count; n += chunk)
    {
      sp_bench_check (sp_db_begin (db, &error), &error);
      sp_bare_write (bare, n, MIN (chunk, first + count - n));
      sp_bench_check (sp_db_commit (db, &error), &error);
    }
}

/* @chunk: assets in one transaction, 0 for all */
double
sp_bench_import_time_bare (const char *ready, const char *store, guint assets, guint chunk)
{
  g_autoptr (GError) error = NULL;
  SpDb *db;
  SpBare *bare;
  double start, seconds = 0;

  sp_bench_remove_store (store);
  db = sp_db_open (store, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL && sp_db_set_lasting (db, FALSE, &error), &error);
  bare = sp_bare_new (db, ready);
  sp_bench_check (chunk > 0 || sp_db_begin (db, &error), &error);
  for (guint first = 1; first <= assets; first += BATCH)
    {
      guint count = MIN (BATCH, assets - first + 1);

      sp_bare_load (bare, first, count, SP_BARE_DOCUMENT | SP_BARE_PROJECTION | SP_BARE_NEAR | SP_BARE_JOURNAL);
      start = sp_bench_now ();
      write_batch (db, bare, first, count, chunk > 0 ? chunk : count);
      seconds += sp_bench_now () - start;
    }
  start = sp_bench_now ();
  sp_bare_write_words (bare);
  sp_bench_check (chunk > 0 || sp_db_commit (db, &error), &error);
  seconds += sp_bench_now () - start;
  sp_bare_free (bare);
  sp_db_close (db);
  sp_bench_remove_store (store);
  return seconds;
}
