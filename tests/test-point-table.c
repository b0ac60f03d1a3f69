/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of all points in memory: renewed after any change it is what the store has, whatever has changed; and a query
 * finds by it what it finds without. */
#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-point-table.h"
#include "sp-points.h"
#include "sp-taxonomy.h"

#include <glib/gstdio.h>

#define IDS 60 /* of documents that come and go */
#define HALLS 6
#define TODAY "2026-11-23T10:00:00Z"

typedef struct
{
  char         *folder;
  SpDb         *writer;
  SpDb         *reader, *other; /* with one cache */
  SpDb         *bare;           /* a reader without */
  SpPointCache *cache;
  GRand        *random;
} Fixture;

static SpDb *
open_db (Fixture *f, SpDbMode mode)
{
  g_autofree char *path = g_build_filename (f->folder, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, mode, &error);

  g_assert_no_error (error);
  return db;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_setenv ("SIGNPOST_CLOCK", TODAY, TRUE);
  f->folder = g_dir_make_tmp ("signpost-XXXXXX", NULL);
  f->writer = open_db (f, SP_DB_WRITE);
  f->reader = open_db (f, SP_DB_READ);
  f->other = open_db (f, SP_DB_READ);
  f->bare = open_db (f, SP_DB_READ);
  f->cache = sp_point_cache_new ();
  sp_point_cache_give (f->cache, f->reader);
  sp_point_cache_give (f->cache, f->other);
  f->random = g_rand_new_with_seed (23);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm" };

  sp_db_close (f->reader);
  sp_db_close (f->other);
  sp_db_close (f->bare);
  sp_db_close (f->writer);
  sp_point_cache_unref (f->cache);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_rand_free (f->random);
}

/* ── Changes ── */

static char *
make_json (Fixture *f)
{
  static const char *const categories[] = { "food-bank", "village-hall", "befriending", "none-we-know" };
  GString *json = g_string_new ("{\"type\":\"asset\",\"name\":\"Tea and chess\"");
  const int chance = g_rand_int_range (f->random, 0, 10);

  g_string_append_printf (json, ",\"kind\":\"%s\"", g_rand_boolean (f->random) ? "place" : "group");
  g_string_append_printf (json, ",\"categories\":[\"%s\"]", categories[g_rand_int_range (f->random, 0, 4)]);
  if (chance < 3)
    g_string_append_printf (json, ",\"status\":\"%s\"", chance < 2 ? "temporarily closed" : "defunct");
  if (chance == 4)
    g_string_append (json, ",\"visible\":{\"until\":\"2020-01-01\"}");
  if (chance == 5)
    g_string_append (json, ",\"visible\":{\"from\":\"2026-11-24\"}");
  if (chance > 7)
    g_string_append (json, ",\"checked\":{\"times\":{\"on\":\"2019-01-01\",\"how\":\"phone\"}}");
  if (g_rand_int_range (f->random, 0, 3) == 0)
    g_string_append_printf (json, ",\"venue\":\"asset:%d\"", g_rand_int_range (f->random, 0, HALLS));
  else if (g_rand_int_range (f->random, 0, 4) > 0)
    g_string_append_printf (json, ",\"location\":{\"latitude\":%.4f,\"longitude\":%.4f}", g_rand_double_range (f->random, 54, 55),
                            g_rand_double_range (f->random, -3.5, -2.5));
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* Adds, changes, deletes or takes back one. */
static void
change_one (Fixture *f)
{
  g_autofree char *id = g_strdup_printf ("asset:%d", g_rand_int_range (f->random, 0, IDS)), *json = make_json (f), *rev = NULL;
  g_autoptr (SpDoc) old = sp_docs_get (f->writer, id, NULL, NULL);
  g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);
  g_autoptr (GError) error = NULL;
  const int what = g_rand_int_range (f->random, 0, 8);

  if (old != NULL && what == 0)
    sp_docs_remove_unoffered (f->writer, id, old->rev, &error);
  else
    sp_docs_put (f->writer, id, old != NULL ? old->rev : NULL, old != NULL && !old->deleted && what == 1, body, &rev, &error);
  if (!g_error_matches (error, SP_ERROR, SP_ERROR_DENIED)) /* a body that is no longer kept cannot come back */
    g_assert_no_error (error);
}

static void
change (Fixture *f, guint times)
{
  g_assert_true (sp_db_begin (f->writer, NULL));
  for (guint i = 0; i < times; i++)
    change_one (f);
  g_assert_true (sp_db_commit (f->writer, NULL));
}

/* ── Tables ── */

static gint64
get_seq (SpDb *db)
{
  g_autofree char *seq = sp_db_get_meta (db, "update_seq");

  return g_ascii_strtoll (seq, NULL, 10);
}

static void
expect_same (const SpPointTable *a, const SpPointTable *b)
{
  const GArray *rows = sp_point_table_get_rows (a), *others = sp_point_table_get_rows (b);

  g_assert_cmpuint (rows->len, ==, others->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const SpPointRow *row = &g_array_index (rows, SpPointRow, i), *other = &g_array_index (others, SpPointRow, i);

      g_assert_cmpuint (row->n, ==, other->n);
      g_assert_cmpint (row->point.doc, ==, other->point.doc);
      g_assert_cmpuint (row->flags, ==, other->flags);
      g_assert_cmpuint (row->point.x, ==, other->point.x);
      g_assert_cmpuint (row->point.y, ==, other->point.y);
      g_assert_cmpmem (&row->point.look, sizeof (SpPinLook), &other->point.look, sizeof (SpPinLook));
    }
}

/* The table of the cache is what the store has. Gives whether that took no loading. */
static gboolean
expect_current (Fixture *f)
{
  const gint64 seq = get_seq (f->reader);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPointTable) renewed = sp_point_cache_take (f->reader, seq, FALSE, &error), table = NULL, loaded = NULL;

  g_assert_no_error (error);
  table = sp_point_cache_take (f->reader, seq, TRUE, &error);
  g_assert_no_error (error);
  loaded = sp_point_table_load (f->bare, seq, sp_clock_today (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (sp_point_table_get_seq (table), ==, seq);
  expect_same (table, loaded);
  return renewed != NULL;
}

static void
test_renewed (Fixture *f, gconstpointer data)
{
  guint renewed = 0, rounds = 150;

  change (f, 200);
  g_assert_false (expect_current (f));
  for (guint i = 0; i < rounds; i++)
    {
      change (f, (guint) g_rand_int_range (f->random, 1, 6));
      renewed += expect_current (f);
    }
  g_assert_cmpuint (renewed, >, rounds / 4); /* what was only taken back has to be loaded */
  g_assert_cmpuint (renewed, <, rounds);
}

/* A hall that moves, hides or goes takes along what happens in it. */
static void
test_venue (Fixture *f, gconstpointer data)
{
  static const char *const halls[] = { "{\"type\":\"asset\",\"name\":\"The Hall\",\"location\":{\"latitude\":54.7,\"longitude\":-3.4}}",
                                       "{\"type\":\"asset\",\"name\":\"The Hall\",\"location\":{\"latitude\":55.1,\"longitude\":-2.4}}",
                                       "{\"type\":\"asset\",\"name\":\"The Hall\"}", "{\"type\":\"asset\"}" };
  g_autoptr (SpNode) club = sp_node_parse ("{\"type\":\"asset\",\"name\":\"Chess\",\"venue\":\"asset:hall\"}", -1, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_docs_put_new (f->writer, "asset:club", club, NULL, &error));
  expect_current (f);
  for (guint i = 0; i < G_N_ELEMENTS (halls); i++)
    {
      g_autoptr (SpNode) hall = sp_node_parse (halls[i], -1, NULL);
      g_autofree char *old = g_steal_pointer (&rev);

      sp_docs_put (f->writer, "asset:hall", old, i + 1 == G_N_ELEMENTS (halls), hall, &rev, &error);
      g_assert_no_error (error);
      g_assert_true (expect_current (f));
    }
}

/* One reader still sees what was: it gets no table of what it does not see, and does not take the newer one away. */
static void
test_older_reader (Fixture *f, gconstpointer data)
{
  g_autoptr (SpPointTable) table = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq;

  change (f, 50);
  seq = get_seq (f->other);
  change (f, 3);
  g_assert_cmpint (get_seq (f->reader), >, seq);
  expect_current (f);
  g_assert_null (sp_point_cache_take (f->other, seq, TRUE, &error));
  g_assert_no_error (error);
  table = sp_point_cache_take (f->reader, get_seq (f->reader), FALSE, &error);
  g_assert_nonnull (table);
}

static SpPointTable *
take (Fixture *f, gboolean load)
{
  g_autoptr (GError) error = NULL;
  SpPointTable *table = sp_point_cache_take (f->reader, get_seq (f->reader), load, &error);

  g_assert_no_error (error);
  return table;
}

/* Tomorrow something else is shown, and with other categories it looks otherwise. */
static void
test_other_day (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) words = sp_node_parse ("{\"headings\":[],\"categories\":[]}", -1, NULL);
  g_autoptr (SpTaxonomy) taxonomy = sp_taxonomy_extend (sp_taxonomy_get_built_in (), words, NULL);
  g_autoptr (SpPointTable) first = NULL, second = NULL;

  change (f, 100);
  first = take (f, TRUE);
  g_setenv ("SIGNPOST_CLOCK", "2026-11-24T10:00:00Z", TRUE);
  g_assert_null (take (f, FALSE));
  expect_current (f);
  second = take (f, FALSE);
  g_assert_nonnull (second);
  g_assert_nonnull (taxonomy);
  sp_taxonomy_set_default (taxonomy);
  g_assert_null (take (f, FALSE));
  expect_current (f);
  sp_taxonomy_set_default (NULL);
}

/* More than are worth looking at one by one. */
static void
test_many (Fixture *f, gconstpointer data)
{
  change (f, 10);
  expect_current (f);
  g_assert_true (sp_db_begin (f->writer, NULL));
  for (guint i = 0; i < 2100; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:more-%u", i), *json = make_json (f);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

      g_assert_true (sp_docs_put_new (f->writer, id, body, NULL, NULL));
    }
  g_assert_true (sp_db_commit (f->writer, NULL));
  g_assert_false (expect_current (f));
}

/* Whatever was found before, and whatever is looked for, there or not. */
static void
test_find (Fixture *f, gconstpointer data)
{
  g_autoptr (SpPointTable) table = NULL, empty = take (f, TRUE);
  const GArray *rows;
  guint near = 7;

  g_assert_null (sp_point_table_find (empty, 1, &near));
  change (f, 300);
  table = take (f, TRUE);
  rows = sp_point_table_get_rows (table);
  g_assert_cmpuint (rows->len, >, IDS / 4);
  for (guint i = 0; i < 20000; i++)
    {
      const gint64 n = g_rand_int_range (f->random, -2, (gint32) get_seq (f->reader) + 3);
      const SpPointRow *found = sp_point_table_find (table, n, &near), *expected = NULL;

      for (guint j = 0; j < rows->len && expected == NULL; j++)
        if (g_array_index (rows, SpPointRow, j).n == n)
          expected = &g_array_index (rows, SpPointRow, j);
      g_assert_true (found == expected);
      if (i % 3 == 0)
        near = (guint) g_rand_int_range (f->random, 0, (gint32) rows->len + 2);
    }
}

/* ── Queries ── */

static int
compare_docs (gconstpointer a, gconstpointer b)
{
  const SpPoint *first = a, *second = b;

  return (first->doc > second->doc) - (first->doc < second->doc);
}

static GArray *
find (SpDb *db, SpQuery *query)
{
  g_autoptr (GError) error = NULL;
  GArray *points = sp_points_find (db, query, NULL, &error);

  g_assert_no_error (error);
  g_array_sort (points, compare_docs);
  return points;
}

static void
expect_same_points (Fixture *f, const char *name, const char *value)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GArray) expected = NULL, found = NULL;

  if (g_strcmp0 (name, "words") == 0)
    sp_query_set_words (query, value);
  else if (name != NULL)
    g_assert_true (sp_query_set_filter (query, name, value, NULL));
  expected = find (f->bare, query);
  found = find (f->reader, query);
  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < found->len; i++)
    {
      const SpPoint *a = &g_array_index (found, SpPoint, i), *b = &g_array_index (expected, SpPoint, i);

      g_assert_cmpint (a->doc, ==, b->doc);
      g_assert_true (a->x == b->x && a->y == b->y && memcmp (&a->look, &b->look, sizeof a->look) == 0);
    }
}

static void
test_queries (Fixture *f, gconstpointer data)
{
  static const char *const queries[][2] = { { NULL, NULL }, { "words", "chess" }, { "words", "tea nonsense" }, { "words", "nonsense" },
                                            { "kind", "group" }, { "status", "defunct" }, { "category", "food-bank" }, { "hidden", NULL },
                                            { "stale", NULL }, { "near", "54.5,-3.1" }, { "words", "t" } };

  for (guint round = 0; round < 30; round++)
    {
      change (f, round == 0 ? 200 : 5);
      for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
        expect_same_points (f, queries[i][0], queries[i][1]);
    }
}

static int
stop_cb (void *data)
{
  guint *left = data;

  return *left == 0 ? 1 : ((*left)--, 0);
}

/* Wherever it is stopped, there is no table and one error, and the next one takes it as it should be. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  gint64 seq;

  change (f, 200);
  g_assert_false (expect_current (f));
  change (f, 5);
  seq = get_seq (f->reader);
  for (guint after = 0, stopped = 1; stopped > 0; after += 1 + after / 4)
    {
      guint left = after;
      g_autoptr (GError) error = NULL;
      g_autoptr (SpPointTable) table = NULL;

      sqlite3_progress_handler (sp_db_get_handle (f->reader), 1, stop_cb, &left);
      table = sp_point_cache_take (f->reader, seq, TRUE, &error);
      sqlite3_progress_handler (sp_db_get_handle (f->reader), 0, NULL, NULL);
      stopped = table == NULL;
      if (stopped)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  expect_current (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/point-table/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("renewed", test_renewed);
  ADD ("venue", test_venue);
  ADD ("older-reader", test_older_reader);
  ADD ("other-day", test_other_day);
  ADD ("many", test_many);
  ADD ("find", test_find);
  ADD ("queries", test_queries);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
