/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published list of postcodes, as many as the United Kingdom has: how far the store grows, how long one is looked up, and
 * how much longer it takes than a loop that does nothing but put the same rows into a table. The postcodes are invented. */
#include "sp-bench.h"
#include "sp-gazetteer.h"
#include "sp-import.h"
#include "sp-postcode.h"
#include "sp-reader.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define LOOK_UPS 20000
#define MOST_MB 300.0
#define MOST_MS 1.0
#define MOST_DISTRICT_MS 3.0 /* four thousand postcodes */
#define MOST_RATIO 8.0 /* reading the file, unprojecting and telling news from what is known are in ours only */

static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ"; /* of inward codes */

/* The postcode of that number: ten areas of hundred districts, ten sectors each of four hundred units. */
static void
make_postcode (guint number, char *text, gsize room)
{
  static const char * const areas[] = { "CA", "LA", "WN", "DG", "NE", "DH", "PR", "BB", "OL", "SK" };
  guint unit = number % 400, sector = number / 400 % 10, district = 1 + number / 4000 % 99, area = number / 396000 % 10;

  g_snprintf (text, (gulong) room, "%s%u %u%c%c", areas[area], district, sector, letters[unit / 20], letters[unit % 20]);
}

static void
write_list (const char *path, guint n)
{
  FILE *file = fopen (path, "w");
  char postcode[16];

  g_assert_nonnull (file);
  for (guint i = 0; i < n; i++)
    {
      make_postcode (i, postcode, sizeof postcode);
      fprintf (file, "\"%s\",10,%u,%u,\"E92000001\",\"\",\"\",\"\",\"E07000026\",\"E05014171\"\n", postcode,
               300000 + i * 37 % 200000, 200000 + i * 53 % 400000);
    }
  g_assert_cmpint (fclose (file), ==, 0);
}

static double
import_list (const char *list, const char *store, guint *n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (list);
  g_autoptr (SpReader) reader = sp_reader_open (file, NULL, NULL, &error);
  g_autoptr (SpDb) db = sp_db_open (store, SP_DB_WRITE, &error);
  double start = sp_bench_now ();
  g_autoptr (SpImport) import = NULL;

  sp_bench_check (reader != NULL && db != NULL, &error);
  import = sp_import_begin (db, "postcodes", "bench", &error);
  sp_bench_check (import != NULL, &error);
  for (*n = 0;; (*n)++)
    {
      g_autoptr (SpRecord) record = NULL;
      SpImportOutcome outcome;

      sp_bench_check (sp_reader_next (reader, &record, &error), &error);
      if (record == NULL)
        break;
      sp_bench_check (record->place != NULL && sp_import_put_place (import, record->place, &outcome, &error), &error);
    }
  sp_bench_check (sp_import_finish (import, &error), &error);
  return sp_bench_now () - start;
}

/* The same rows by one statement in one transaction. */
static double
fill_bare (const char *path, guint n)
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  char postcode[16];
  double start = sp_bench_now ();

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA journal_mode = WAL; CREATE TABLE postcode (key INTEGER PRIMARY KEY, lat INTEGER NOT NULL,"
                    " lon INTEGER NOT NULL, source INTEGER NOT NULL, count INTEGER NOT NULL) STRICT; BEGIN", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO postcode VALUES (?, ?, ?, 1, 1)", -1, &stmt, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < n; i++)
    {
      make_postcode (i, postcode, sizeof postcode);
      sqlite3_bind_int64 (stmt, 1, sp_postcode_get_range (postcode, NULL));
      sqlite3_bind_int64 (stmt, 2, 54000000 + i % 1000000);
      sqlite3_bind_int64 (stmt, 3, -3000000 + i % 1000000);
      g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  return sp_bench_now () - start;
}

static double
look_up (const char *store, guint n, guint length, double part)
{
  g_autofree double *times = g_new (double, LOOK_UPS);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = sp_db_open (store, SP_DB_READ, &error);

  sp_bench_check (db != NULL, &error);
  for (guint i = 0; i < LOOK_UPS; i++)
    {
      char postcode[16];
      g_autoptr (SpSpot) spot = NULL;
      double start;

      make_postcode ((guint) ((guint64) i * 7919 * 131 % n), postcode, sizeof postcode);
      if (length == 0)
        postcode[strcspn (postcode, " ")] = '\0';
      start = sp_bench_now ();
      spot = sp_gazetteer_resolve (db, postcode, NULL, &error);
      times[i] = (sp_bench_now () - start) * 1e3;
      sp_bench_check (spot != NULL, &error);
    }
  return sp_bench_percentile (times, LOOK_UPS, part);
}

static double
megabytes (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (double) status.st_size / 1e6 : 0;
}

static void
remove_store (const char *path)
{
  static const char * const ends[] = { "", "-wal", "-shm", NULL };

  for (guint i = 0; ends[i] != NULL; i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);
      g_unlink (file);
    }
}

int
main (int argc, char **argv)
{
  guint n = sp_bench_options (argc, argv, 1700000), read = 0, misses = 0;
  g_autofree char *list = g_build_filename (SP_BENCH_FOLDER, "postcodes.csv", NULL);
  g_autofree char *store = g_build_filename (SP_BENCH_FOLDER, "postcodes.db", NULL);
  g_autofree char *bare = g_build_filename (SP_BENCH_FOLDER, "postcodes-bare.db", NULL);
  g_autofree char *what = g_strdup_printf ("import of %u postcodes", n);
  double ours, loop;

  remove_store (store);
  remove_store (bare);
  write_list (list, n);
  ours = import_list (list, store, &read);
  g_assert_cmpuint (read, ==, n);
  loop = fill_bare (bare, n);
  misses += !sp_bench_report (what, ours, loop, MOST_RATIO, "s");
  misses += !sp_bench_bound ("growth of the store", megabytes (store), MOST_MB, "MB");
  misses += !sp_bench_bound ("look-up of a postcode: 99 of 100", look_up (store, n, 1, 0.99), MOST_MS, "ms");
  misses += !sp_bench_bound ("look-up of a district, the mean of all in it: 99 of 100", look_up (store, n, 0, 0.99), MOST_DISTRICT_MS, "ms");
  g_unlink (list);
  remove_store (bare);
  return misses > 0;
}
