/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list as CSV into an empty store, as the command line does it: reading, recognising columns, ids, twins, documents,
 * projection, journal. Beside it the bare loop with the same chunks and the same journal, and in one transaction. */
#include "sp-bare.h"
#include "sp-bench.h"
#include "sp-generate.h"
#include "sp-import.h"
#include "sp-reader.h"
#include "sp-twins.h"

#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void
append_cell (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, ',');
  g_string_append_c (line, '"');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

/* A row as councils publish them. */
static void
make_row (const SpNode *asset, guint number, GString *line)
{
  static const char * const paths[] = {
    "name", "description", "address.line_1", "address.city", "address.postal_code", "contacts.1.phone", "contacts.1.email",
    "url", "schedule_words", "categories.1", "referral.detail",
  };
  g_autofree char *id = g_strdup_printf ("%u", number);
  const char *latitude = sp_node_get_lexeme (sp_node_get_path (asset, "location.latitude"));
  const char *longitude = sp_node_get_lexeme (sp_node_get_path (asset, "location.longitude"));

  g_string_truncate (line, 0);
  append_cell (line, id);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    append_cell (line, sp_node_get_string (sp_node_get_path (asset, paths[i])));
  append_cell (line, latitude);
  append_cell (line, longitude);
  g_string_append_c (line, '\n');
}

static char *
make_csv (guint assets)
{
  g_autofree char *name = g_strdup_printf ("list-%u-g%d.csv", assets, SP_GENERATE_VERSION);
  char *path = g_build_filename (SP_BENCH_FOLDER, name, NULL);
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  FILE *file = g_fopen (path, "w");

  sp_bench_check (file != NULL, NULL);
  fputs ("ID,Name,Description,Address,Town,Postcode,Phone,Email,Website,Opening times,Category,How to join,Latitude,Longitude\n", file);
  for (guint i = 0; i < assets; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) asset = NULL;

      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      asset = sp_node_parse (json->str, (gssize) json->len, &error);
      sp_bench_check (asset != NULL, &error);
      make_row (asset, i + 1, line);
      fwrite (line->str, 1, line->len, file);
    }
  sp_bench_check (fclose (file) == 0, NULL);
  return path;
}

static int
count_commit (void *commits)
{
  (*(guint *) commits)++;
  return 0;
}

typedef struct
{
  double seconds;
  double megabytes; /* most that the process had in memory */
  guint  commits;
} Figures;

static void
import_file (SpDb *db, const char *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  SpReaderOptions options = { 0 };
  g_autoptr (SpReader) reader = sp_reader_open (file, NULL, &options, &error);
  g_autoptr (SpImport) import = sp_import_begin (db, "list.csv", "local", &error);

  sp_bench_check (reader != NULL && import != NULL, &error);
  for (;;)
    {
      g_autoptr (SpRecord) record = NULL;
      g_autoptr (GPtrArray) twins = NULL;
      g_autofree char *reason = NULL;
      SpImportOutcome outcome;
      const char *id;

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
}

static void
remove_store (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  g_remove (path);
  g_remove (log);
  g_remove (shared);
}

static void
run_ours (const char *csv, const char *store, Figures *figures)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (store, SP_DB_WRITE, &error);
  struct rusage usage;
  double start = sp_bench_now ();

  sp_bench_check (db != NULL, &error);
  sqlite3_commit_hook (sp_db_get_handle (db), count_commit, &figures->commits);
  import_file (db, csv);
  figures->seconds = sp_bench_now () - start;
  sp_db_close (db);
  getrusage (RUSAGE_SELF, &usage);
  figures->megabytes = (double) usage.ru_maxrss / 1024;
}

/* In a process of its own, so that its memory can be told. */
static Figures
time_ours (const char *csv, const char *store)
{
  Figures figures = { 0 };
  int ends[2], status;

  remove_store (store);
  sp_bench_check (pipe (ends) == 0, NULL);
  if (fork () == 0)
    {
      run_ours (csv, store, &figures);
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
static double
time_bare (const char *ready, const char *store, guint assets, guint chunk)
{
  g_autoptr (GError) error = NULL;
  SpDb *db;
  SpBare *bare;
  double start, seconds = 0;

  remove_store (store);
  db = sp_db_open (store, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL && sp_db_exec (db, "PRAGMA synchronous = NORMAL", &error), &error);
  bare = sp_bare_new (db, ready);
  sp_bench_check (chunk > 0 || sp_db_begin (db, &error), &error);
  for (guint first = 1; first <= assets; first += BATCH)
    {
      guint count = MIN (BATCH, assets - first + 1);

      sp_bare_load (bare, first, count, SP_BARE_DOCUMENT | SP_BARE_PROJECTION | SP_BARE_JOURNAL);
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
  remove_store (store);
  return seconds;
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000);
  g_autofree char *csv = make_csv (assets);
  g_autofree char *short_csv = make_csv (assets / 2);
  g_autofree char *store = g_build_filename (SP_BENCH_FOLDER, "import.db", NULL);
  g_autofree char *bare_store = g_build_filename (SP_BENCH_FOLDER, "import-bare.db", NULL);
  g_autofree char *name = g_strdup_printf ("CSV in, %u rows", assets);
  Figures small = time_ours (short_csv, store), ours = time_ours (csv, store);
  guint chunk = MAX (1, assets / MAX (1, ours.commits));
  double bare = time_bare (store, bare_store, assets, chunk), one = time_bare (store, bare_store, assets, 0);
  gboolean fine = sp_bench_report (name, ours.seconds, bare, 2, "s ");

  g_print ("# in chunks of %u rows; the bare loop in one transaction: %.2f s\n", chunk, one);
  fine = sp_bench_bound ("CSV in, memory for twice the rows", ours.megabytes / small.megabytes, 1.1, "x ") && fine;
  g_print ("# %.0f MiB for %u rows, %.0f MiB for %u\n", small.megabytes, assets / 2, ours.megabytes, assets);
  remove_store (store);
  g_remove (csv);
  g_remove (short_csv);
  return !fine;
}
