/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All entries of a store into a file, as the command line does it: searching, reading, flattening, writing. Beside it what
 * SQLite's own JSON functions take for the same rows, stepped and written by a C loop. */
#include "sp-bench.h"
#include "sp-search.h"
#include "sp-writer.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BATCH 500 /* entries in memory at a time, as in signpost export */
#define MOST_MEGABYTES 100 /* beyond what the process had at the start */

typedef struct
{
  double seconds;
  double megabytes; /* more than at the start, at most */
  guint  n;         /* entries that were written */
} Figures;

static void
write_hits (SpDb *db, SpWriter *writer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = sp_search_find (db, query, NULL, &error);

  sp_bench_check (hits != NULL, &error);
  for (guint i = 0; i < hits->hits->len; i += BATCH)
    {
      g_autoptr (GPtrArray) assets = sp_search_load (db, &g_array_index (hits->hits, SpHit, i), MIN (BATCH, hits->hits->len - i), &error);

      sp_bench_check (assets != NULL, &error);
      for (guint j = 0; j < assets->len; j++)
        sp_bench_check (sp_writer_add (writer, g_ptr_array_index (assets, j), &error), &error);
    }
  sp_db_shrink (db);
  sp_bench_check (sp_writer_finish (writer, &error), &error);
}

static void
run_ours (const char *store, const char *format, const char *path, Figures *figures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SpDb *db = sp_db_open (store, SP_DB_READ, &error);
  g_autoptr (SpWriter) writer = db != NULL ? sp_writer_open (file, format, NULL, &error) : NULL;
  double before = sp_bench_memory_begin (), start = sp_bench_now ();

  sp_bench_check (writer != NULL, &error);
  write_hits (db, writer);
  *figures = (Figures){ sp_bench_now () - start, sp_bench_memory_most () - before, sp_writer_get_count (writer) };
  sp_db_close (db);
}

/* In a process of its own, so that its memory can be told. */
static Figures
time_ours (const char *store, const char *format, const char *path)
{
  Figures figures = { 0 };
  int ends[2], status;

  sp_bench_check (pipe (ends) == 0, NULL);
  if (fork () == 0)
    {
      run_ours (store, format, path, &figures);
      _exit (write (ends[1], &figures, sizeof figures) != sizeof figures);
    }
  sp_bench_check (read (ends[0], &figures, sizeof figures) == sizeof figures, NULL);
  wait (&status);
  sp_bench_check (status == 0, NULL);
  close (ends[0]);
  close (ends[1]);
  return figures;
}

/* "contacts.1.phone" → "$.contacts[0].phone" */
static void
append_path (GString *sql, const char *title)
{
  g_auto (GStrv) parts = g_strsplit (strcmp (title, "latitude") == 0 ? "location.latitude" : strcmp (title, "longitude") == 0 ? "location.longitude" : title, ".", -1);

  g_string_append (sql, "json_extract (body, '$");
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_isdigit (*parts[i]))
      g_string_append_printf (sql, "[%d]", atoi (parts[i]) - 1);
    else
      g_string_append_printf (sql, ".%s", parts[i]);
  g_string_append (sql, "')");
}

/* The columns that our file has. */
static char *
make_csv_query (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) titles = NULL;
  GString *sql = g_string_new ("SELECT id");

  sp_bench_check (g_file_get_contents (path, &text, NULL, NULL), NULL);
  *strchr (text, '\r') = '\0';
  titles = g_strsplit (text, ",", -1);
  for (guint i = 1; titles[i] != NULL; i++)
    if (strcmp (titles[i], "_rest") != 0)
      {
        g_string_append (sql, ", ");
        append_path (sql, titles[i]);
      }
  g_string_append (sql, " FROM doc JOIN rev ON rev.n = doc.winner WHERE " SP_BENCH_FOUND);
  return g_string_free (sql, FALSE);
}

static const char geojson_query[] =
  "SELECT json_object ('type', 'Feature', 'id', id, 'properties', json_remove (json (body), '$.location'), 'geometry',"
  " json_object ('type', 'Point', 'coordinates', json_array (json_extract (body, '$.location.longitude'),"
  " json_extract (body, '$.location.latitude')))) FROM doc JOIN rev ON rev.n = doc.winner WHERE " SP_BENCH_FOUND;

/* In quotes where it must be, as SQLite's shell does. */
static void
put_cell (FILE *file, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      fputs (text, file);
      return;
    }
  fputc ('"', file);
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        fputc ('"', file);
      fputc (*text, file);
    }
  fputc ('"', file);
}

/* Checks that it wrote @n rows. */
static double
time_bare (const char *store, const char *sql, gboolean quoted, const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (store, SP_DB_READ, &error);
  FILE *file = g_fopen (path, "w");
  double start = sp_bench_now ();
  sqlite3_stmt *stmt = NULL;

  sp_bench_check (db != NULL && file != NULL, &error);
  sp_bench_check (sqlite3_prepare_v2 (sp_db_get_handle (db), sql, -1, &stmt, NULL) == SQLITE_OK, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        {
          const char *text = (const char *) sqlite3_column_text (stmt, i);
          if (i > 0)
            fputc (',', file);
          if (text != NULL && quoted)
            put_cell (file, text);
          else if (text != NULL)
            fputs (text, file);
        }
      fputc ('\n', file);
      n--;
    }
  sp_bench_check (n == 0, NULL);
  sqlite3_finalize (stmt);
  sp_bench_check (fclose (file) == 0, NULL);
  sp_db_close (db);
  return sp_bench_now () - start;
}

/* Whoever comes first would wait for the disk, the others not. */
static void
warm (const char *store)
{
  static char buffer[1024 * 1024];
  FILE *file = g_fopen (store, "r");

  sp_bench_check (file != NULL, NULL);
  while (fread (buffer, 1, sizeof buffer, file) > 0)
    ;
  fclose (file);
}

static gboolean
report (const char *format, guint assets, Figures ours, double bare, double limit)
{
  g_autofree char *name = g_strdup_printf ("%s out, %u entries", format, assets);
  g_autofree char *memory = g_strdup_printf ("%s out, memory beyond the start", format);
  gboolean quick = sp_bench_report (name, ours.seconds, bare, limit, "s ");

  return sp_bench_bound (memory, ours.megabytes, MOST_MEGABYTES, "MiB") && quick;
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000), misses = 0;
  g_autofree char *store = sp_bench_store (assets);
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "export.out", NULL), *bare_path = g_build_filename (SP_BENCH_FOLDER, "export-bare.out", NULL);
  g_autofree char *sql = NULL;
  Figures csv, geojson, xlsx;

  warm (store);
  csv = time_ours (store, "csv", path);
  sql = make_csv_query (path);
  misses += !report ("CSV", assets, csv, time_bare (store, sql, TRUE, bare_path, csv.n), 2);
  geojson = time_ours (store, "geojson", path);
  misses += !report ("GeoJSON", assets, geojson, time_bare (store, geojson_query, FALSE, bare_path, geojson.n), 2);
  xlsx = time_ours (store, "xlsx", path);
  misses += !report ("XLSX", assets, xlsx, csv.seconds, 4);
  g_remove (path);
  g_remove (bare_path);
  return misses > 0;
}
