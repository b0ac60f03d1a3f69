/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list as CSV into an empty store, as the command line does it: reading, recognising columns, ids, twins, documents,
 * projection, journal. Beside it the bare loop with the same chunks and the same journal, and in one transaction. */
#include "sp-bench-import.h"
#include "sp-bench.h"
#include "sp-generate.h"
#include "sp-node.h"

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

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000);
  g_autofree char *csv = make_csv (assets);
  g_autofree char *short_csv = make_csv (assets / 2);
  g_autofree char *store = g_build_filename (SP_BENCH_FOLDER, "import.db", NULL);
  g_autofree char *bare_store = g_build_filename (SP_BENCH_FOLDER, "import-bare.db", NULL);
  g_autofree char *name = g_strdup_printf ("CSV in, %u rows", assets);
  SpBenchImport small = sp_bench_import_time (short_csv, store), ours = sp_bench_import_time (csv, store);
  guint chunk = MAX (1, assets / MAX (1, ours.commits));
  double bare = sp_bench_import_time_bare (store, bare_store, assets, chunk), one = sp_bench_import_time_bare (store, bare_store, assets, 0);
  gboolean fine = sp_bench_report (name, ours.seconds, bare, 2, "s ");

  g_print ("# in chunks of %u rows; the bare loop in one transaction: %.2f s\n", chunk, one);
  fine = sp_bench_bound ("CSV in, memory for twice the rows", ours.megabytes / small.megabytes, 1.1, "x ") && fine;
  g_print ("# %.0f MiB for %u rows, %.0f MiB for %u\n", small.megabytes, assets / 2, ours.megabytes, assets);
  sp_bench_remove_store (store);
  g_remove (csv);
  g_remove (short_csv);
  return !fine;
}
