/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open Referral UK: a directory as others publish it into an empty store, beside the bare loop; and a store as a file of
 * services, beside one statement in which SQLite's own JSON functions make the same objects of the same rows. */
#include "sp-bench-import.h"
#include "sp-bench.h"
#include "sp-db.h"
#include "sp-generate.h"
#include "sp-link-cache.h"
#include "sp-oruk-service.h"
#include "sp-search.h"
#include "sp-writer.h"

#include <glib/gstdio.h>

/* The same members, lists and attributes, without ids of parts, which SQLite could not make. */
#define STATEMENT \
  "SELECT json_object ('id', substr (doc.id, 7), 'name', body ->> '$.name', 'description', body ->> '$.description'," \
  " 'status', ifnull (body ->> '$.status', 'active'), 'url', body ->> '$.url', 'alert', body ->> '$.notice.text'," \
  " 'minimum_age', body ->> '$.eligibility.minimum_age', 'maximum_age', body ->> '$.eligibility.maximum_age'," \
  " 'last_modified', body ->> '$.modified.on', 'schedules', (SELECT json_group_array (json_object ('id', value ->> '$.id'," \
  " 'service_id', substr (doc.id, 7), 'freq', upper (value ->> '$.freq'), 'byday', value ->> '$.byday', 'opens_at', value ->> '$.opens_at'," \
  " 'closes_at', value ->> '$.closes_at', 'notes', value ->> '$.note')) FROM json_each (body, '$.schedules'))," \
  " 'service_at_locations', json_array (json_object ('id', substr (doc.id, 7), 'location', json_object ('id', substr (doc.id, 7)," \
  " 'location_type', 'physical', 'latitude', body -> '$.location.latitude', 'longitude', body -> '$.location.longitude'," \
  " 'addresses', json_array (json_object ('id', substr (doc.id, 7), 'address_1', body ->> '$.address.line_1', 'city', body ->> '$.address.city'," \
  " 'state_province', body ->> '$.address.county', 'postal_code', body ->> '$.address.postal_code', 'country', 'GB', 'address_type', 'physical')))))," \
  " 'contacts', (SELECT json_group_array (json_object ('id', value ->> '$.id', 'service_id', substr (doc.id, 7), 'title', value ->> '$.title'," \
  " 'email', value ->> '$.email', 'phones', json_array (json_object ('id', value ->> '$.id', 'number', value ->> '$.phone'))))" \
  " FROM json_each (body, '$.contacts'))," \
  " 'cost_options', (SELECT json_group_array (json_object ('id', value ->> '$.id', 'option', value ->> '$.option', 'amount', value -> '$.amount'))" \
  " FROM json_each (body, '$.costs'))," \
  " 'attributes', (SELECT json_group_array (json_object ('id', substr (doc.id, 7), 'link_type', 'service', 'taxonomy_term'," \
  " json_object ('id', substr (doc.id, 7), 'name', fullkey, 'description', cast (atom AS TEXT), 'taxonomy', 'Signpost data')))" \
  " FROM json_tree (body) WHERE atom IS NOT NULL AND fullkey NOT IN ('$.name', '$.description', '$.status', '$.url', '$.type', '$.schema')" \
  " AND path NOT IN ('$.address', '$.contacts[0]', '$.schedules[0]', '$.costs[0]')))" \
  " FROM doc JOIN rev ON rev.n = doc.winner WHERE " SP_BENCH_FOUND " ORDER BY doc.n"

/* What another directory would publish: services of the standard, without what is ours. */
static char *
make_feed (guint assets)
{
  g_autofree char *name = g_strdup_printf ("feed-%u-g%d.json", assets, SP_GENERATE_VERSION);
  char *path = g_build_filename (SP_BENCH_FOLDER, name, NULL);
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  FILE *file = g_fopen (path, "w");

  sp_bench_check (file != NULL, NULL);
  fputs ("{\"contents\":[\n", file);
  for (guint i = 0; i < assets; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) asset = NULL, service = NULL;
      g_autofree char *id = NULL;

      g_string_truncate (json, 0);
      sp_generator_append (generator, i, json);
      asset = sp_node_parse (json->str, (gssize) json->len, &error);
      sp_bench_check (asset != NULL, &error);
      sp_bench_id (i, &id);
      sp_node_set (asset, "_id", sp_node_new_string (id));
      service = sp_oruk_service_new (asset, NULL, NULL);
      g_string_assign (json, i > 0 ? ",\n" : "");
      sp_node_append_json (service, json);
      fwrite (json->str, 1, json->len, file);
    }
  fputs ("],\"total_pages\":1}\n", file);
  sp_bench_check (fclose (file) == 0, NULL);
  return path;
}

static gboolean
time_in (guint assets)
{
  g_autofree char *feed = make_feed (assets);
  g_autofree char *store = g_build_filename (SP_BENCH_FOLDER, "import.db", NULL);
  g_autofree char *bare_store = g_build_filename (SP_BENCH_FOLDER, "import-bare.db", NULL);
  g_autofree char *name = g_strdup_printf ("ORUK in, %u services", assets);
  SpBenchImport ours = sp_bench_import_time (feed, store);
  double bare = sp_bench_import_time_bare (store, bare_store, assets, MAX (1, assets / MAX (1, ours.commits)));
  gboolean fine = sp_bench_report (name, ours.seconds, bare, 2, "s ");

  fine = sp_bench_bound ("ORUK in, memory above the start", ours.grown, 100, "MiB") && fine;
  sp_bench_remove_store (store);
  g_remove (feed);
  return fine;
}

/* As the command line does it. */
static double
write_ours (SpDb *db, const char *path, guint *n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpLinkCache) links = sp_link_cache_new (SP_NATION_ENGLAND_AND_WALES, NULL);
  g_autoptr (SpWriter) writer = sp_writer_open (file, "oruk", NULL, &error);
  g_autoptr (SpHits) hits = NULL;
  double start = sp_bench_now ();

  sp_bench_check (writer != NULL, &error);
  sp_query_set_strict (query, TRUE);
  hits = sp_search_find (db, query, NULL, &error);
  sp_bench_check (hits != NULL, &error);
  for (guint i = 0; i < hits->hits->len; i += 500)
    {
      g_autoptr (GPtrArray) assets = sp_search_load (db, &g_array_index (hits->hits, SpHit, i), MIN (500, hits->hits->len - i), &error);

      sp_bench_check (assets != NULL, &error);
      for (guint k = 0; k < assets->len; k++)
        {
          const SpNode *venue;
          SpCalendar calendar;
          sp_bench_check (sp_link_cache_read (links, db, g_ptr_array_index (assets, k), &venue, &calendar, &error)
                            && sp_writer_add_linked (writer, g_ptr_array_index (assets, k), venue, &calendar, &error), &error);
        }
    }
  sp_bench_check (sp_writer_finish (writer, &error), &error);
  *n = sp_writer_get_count (writer);
  return sp_bench_now () - start;
}

static double
write_bare (SpDb *db, const char *path, guint *n)
{
  FILE *file = g_fopen (path, "w");
  sqlite3_stmt *stmt = NULL;
  double start = sp_bench_now ();

  if (sqlite3_prepare_v2 (sp_db_get_handle (db), STATEMENT, -1, &stmt, NULL) != SQLITE_OK)
    g_printerr ("%s\n", sqlite3_errmsg (sp_db_get_handle (db)));
  sp_bench_check (file != NULL && stmt != NULL, NULL);
  for (*n = 0; sqlite3_step (stmt) == SQLITE_ROW; (*n)++)
    fprintf (file, "%s\n", (const char *) sqlite3_column_text (stmt, 0));
  sp_bench_check (sqlite3_finalize (stmt) == SQLITE_OK && fclose (file) == 0, NULL);
  return sp_bench_now () - start;
}

static double
size_of (const char *path)
{
  GStatBuf info;

  sp_bench_check (g_stat (path, &info) == 0, NULL);
  return (double) info.st_size / 1e6;
}

static gboolean
time_out (guint assets)
{
  g_autofree char *store = sp_bench_store (assets);
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "out.json", NULL);
  g_autofree char *bare_path = g_build_filename (SP_BENCH_FOLDER, "out-bare.json", NULL);
  g_autofree char *name = g_strdup_printf ("ORUK out, %u entries", assets);
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (store, SP_DB_READ, &error);
  double ours, bare, before;
  guint n, n_bare;
  gboolean fine;

  sp_bench_check (db != NULL, &error);
  bare = write_bare (db, bare_path, &n_bare);
  before = sp_bench_memory_begin ();
  ours = write_ours (db, path, &n);
  sp_bench_check (n == n_bare, NULL);
  fine = sp_bench_report (name, ours, bare, 2, "s ");
  fine = sp_bench_bound ("ORUK out, memory above the start", sp_bench_memory_most () - before, 100, "MiB") && fine;
  g_print ("# ours %.1f MB, SQLite's %.1f MB\n", size_of (path), size_of (bare_path));
  sp_db_close (db);
  g_remove (path);
  g_remove (bare_path);
  return fine;
}

int
main (int argc, char **argv)
{
  guint assets = sp_bench_options (argc, argv, 100000);
  gboolean in = time_in (assets), out = time_out (assets); /* in this order: searching starts threads, which no fork survives */

  return !(in && out);
}
