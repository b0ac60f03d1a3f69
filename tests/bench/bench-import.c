/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list as CSV into an empty store, as the command line does it: reading, recognising columns, ids, twins, documents,
 * projection, journal. Beside it the bare loop with the same chunks and the same journal, and in one transaction. Then all
 * that the entries hold as GeoJSON, and as a spreadsheet beside CSV of the same rows. */
#include "sp-bench-import.h"
#include "sp-bench.h"
#include "sp-generate.h"
#include "sp-node.h"
#include "sp-writer.h"

#include <glib/gstdio.h>

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

/* The same entries as a file of our own, with all their members. */
static char *
write_all (const char *format, guint assets)
{
  g_autofree char *name = g_strdup_printf ("list-%u-g%d.all.%s", assets, SP_GENERATE_VERSION, format);
  char *path = g_build_filename (SP_BENCH_FOLDER, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (SpWriter) writer = sp_writer_open (file, format, NULL, &error);

  sp_bench_check (writer != NULL, &error);
  for (guint i = 0; i < assets; i++)
    {
      g_autoptr (SpNode) asset = NULL;
      char id[43];

      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      asset = sp_node_parse (json->str, (gssize) json->len, &error);
      sp_bench_check (asset != NULL, &error);
      sp_generator_id (i, id);
      sp_node_set_text (asset, "_id", id);
      sp_bench_check (sp_writer_add (writer, asset, &error), &error);
    }
  sp_bench_check (sp_writer_finish (writer, &error), &error);
  return path;
}

static SpBenchImport
time_format (const char *format, const char *store, guint assets)
{
  g_autofree char *path = write_all (format, assets);
  SpBenchImport figures = sp_bench_import_time (path, store);

  g_remove (path);
  return figures;
}

/* What was imported, beside the bare loop that writes the same rows in the same chunks. */
static gboolean
report (const char *format, const SpBenchImport *ours, const char *store, guint assets)
{
  g_autofree char *bare_store = g_build_filename (SP_BENCH_FOLDER, "import-bare.db", NULL);
  g_autofree char *name = g_strdup_printf ("%s in, %u entries", format, assets), *memory = g_strdup_printf ("%s in, memory above the start", format);
  guint chunk = MAX (1, assets / MAX (1, ours->commits));
  double bare = sp_bench_import_time_bare (store, bare_store, assets, chunk), one = sp_bench_import_time_bare (store, bare_store, assets, 0);
  gboolean fine = sp_bench_report (name, ours->seconds, bare, 2, "s ");

  g_print ("# in chunks of %u entries; the bare loop in one transaction: %.2f s\n", chunk, one);
  sp_bench_remove_store (store);
  return sp_bench_bound (memory, ours->grown, 100, "MiB") && fine;
}

/* What SQLite keeps of the file fills up to a limit; all else must not grow with the list. */
static gboolean
report_growth (const SpBenchImport *small, const SpBenchImport *ours, guint assets)
{
  gboolean fine = sp_bench_bound ("CSV in, memory for twice the rows, but for the cache", (ours->megabytes - ours->cache) / (small->megabytes - small->cache), 1.1, "x ");

  g_print ("# %.0f MiB for %u rows, of which SQLite's cache %.0f; %.0f for %u, its cache %.0f\n", small->megabytes, assets / 2, small->cache,
           ours->megabytes, assets, ours->cache);
  return fine;
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000);
  g_autofree char *csv = make_csv (assets), *short_csv = make_csv (assets / 2);
  g_autofree char *csv_store = g_build_filename (SP_BENCH_FOLDER, "import-csv.db", NULL), *store = g_build_filename (SP_BENCH_FOLDER, "import.db", NULL);
  g_autofree char *geojson_store = g_build_filename (SP_BENCH_FOLDER, "import-geojson.db", NULL);
  g_autofree char *xlsx_name = g_strdup_printf ("XLSX in, %u rows, beside CSV", assets);
  /* before anything here starts a thread: what is forked after that waits for it for ever */
  const SpBenchImport small = sp_bench_import_time (short_csv, store), ours = sp_bench_import_time (csv, csv_store);
  const SpBenchImport all = time_format ("csv", store, assets), xlsx = time_format ("xlsx", store, assets), geojson = time_format ("geojson", geojson_store, assets);
  gboolean fine = report ("CSV", &ours, csv_store, assets);

  fine = report_growth (&small, &ours, assets) && fine;
  fine = report ("GeoJSON", &geojson, geojson_store, assets) && fine;
  fine = sp_bench_report (xlsx_name, xlsx.seconds, all.seconds, 4, "s ") && fine;
  fine = sp_bench_bound ("XLSX in, memory beyond that for CSV", xlsx.megabytes - all.megabytes, 100, "MiB") && fine;
  sp_bench_remove_store (store);
  g_remove (csv);
  g_remove (short_csv);
  return !fine;
}
