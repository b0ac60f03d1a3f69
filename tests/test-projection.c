/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The projection: what the tables have of an entry, and that they are the same however it came there. */
#include "projection-fixture.h"

#include <gio/gio.h>
#include <string.h>

static void
test_tables (void)
{
  g_autoptr (SpDb) db = open_store ();

  put (db, "asset:a", full);
  expect (db, "SELECT n, doc, kind, status, name, category, latitude, longitude, minimum_age, maximum_age, cost, capacity, visible_from, visible_until, venue FROM asset",
          "1|1|1|1|Harbour Hall|village-hall|54.7143|-3.4947|18|99|2.5|120|10|31|-\n");
  expect (db, "SELECT * FROM asset_category", "1|food-bank\n1|village-hall\n");
  expect (db, "SELECT i, freq, days, opens, closes, valid_from, valid_to FROM schedule",
          "0|weekly|10|600|750|-|59\n1|monthly|16|1320|1500|-|-\n2|always|127|0|1440|-|-\n3|once|8|540|-|0|0\n");
  expect (db, "SELECT i, phone, email, visible_to FROM contact", "0|01632960001|hall@example.org|members\n");
  expect (db, "SELECT capacity, floor_area, kitchen, parking, wifi, generator, crisis_roles FROM building", "120|200.5|1|-|0|-|rest centre\nfood hub\n");
  expect (db, "SELECT source, amount, currency, until FROM funding", "Lottery|12000.0|GBP|1\n");
  expect (db, "SELECT facts, checked_on, how FROM checked", "place|0|visit\n");
  expect (db, "SELECT count (*) FROM near WHERE near MATCH 'harbour' AND (rowid & 0x7fffffff) = 1", "1\n");
  expect (db, "SELECT count (*) FROM position WHERE south < 54.72 AND north > 54.71 AND west < -3.49 AND east > -3.5", "1\n");
  expect (db, "SELECT word FROM word", "hall\nharbour\nmaryport\n");
  expect (db, "SELECT name, place FROM text", "harbour hall|maryport ca156aa ca15 ca156\n");
}

static void
test_delete (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autofree char *empty = dump (db);
  g_autofree char *after = NULL;

  put (db, "asset:a", full);
  put (db, "asset:a", NULL);
  after = dump (db);
  g_assert_cmpstr (after, ==, empty);
}

/* Where it was it is no longer found. */
static void
test_move (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autofree char *rows = NULL;

  put (db, "asset:hall", full);
  put (db, "asset:club", "{'kind':'service','name':'Club','venue':'asset:hall'}");
  put (db, "asset:hall", "{'kind':'place','name':'Harbour Hall','location':{'latitude':51.5,'longitude':-0.12}}");
  expect (db, "SELECT count (*), count (DISTINCT rowid >> 31) FROM near WHERE near MATCH 'harbour OR club'", "2|1\n");
  put (db, "asset:hall", "{'kind':'place','name':'Harbour Hall'}");
  expect (db, "SELECT count (*) FROM near WHERE near MATCH 'harbour OR club'", "0\n");
  rows = dump (db);
  g_assert_nonnull (rows);
}

/* Rows that statements went through one after the other since this was last asked. */
static int
count_scanned (SpDb *db)
{
  int scanned = 0;

  for (sqlite3_stmt *stmt = sqlite3_next_stmt (sp_db_get_handle (db), NULL); stmt != NULL; stmt = sqlite3_next_stmt (sp_db_get_handle (db), stmt))
    scanned += sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, TRUE);
  return scanned;
}

/* After many new entries each index is one piece; after a few it is left to FTS5. */
static void
test_merge (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;

  put_batch (db, 0, 600);
  put_batch (db, 600, 600);
  count_scanned (db);
  g_assert_true (sp_projection_is_loose (db) && sp_projection_is_busy (db));
  g_assert_cmpint (count_scanned (db), ==, 0); /* it is asked after each write */
  g_assert_true (sp_projection_merge (db, &error));
  expect (db, "SELECT count (DISTINCT segid) FROM near_idx", "1\n");
  expect (db, "SELECT count (DISTINCT segid) FROM text_idx", "1\n");
  check_near (db);
  put_batch (db, 1200, 100);
  g_assert_false (sp_projection_is_loose (db));
  expect (db, "SELECT count (DISTINCT segid) FROM near_idx", "2\n");
  g_assert_true (sp_projection_rebuild (db, NULL, NULL, NULL, &error));
  expect (db, "SELECT count (DISTINCT segid) FROM near_idx", "1\n");
  g_assert_no_error (error);
}

static void
test_other_documents (void)
{
  g_autoptr (SpDb) db = open_store ();

  put (db, "submission:mary:1", full);
  put (db, "taxonomy:local", full);
  expect (db, "SELECT count (*) FROM asset", "0\n");
}

static void
test_odd_bodies (void)
{
  static const char * const bodies[] = {
    "{}", "{'name':5,'categories':'x','schedules':{},'contacts':[1,null,'x'],'building':[],'location':{'latitude':'54'}}",
    "{'name':'x','location':{'latitude':91,'longitude':0}}", "{'name':'x','location':{'latitude':1e308,'longitude':-1e308}}",
    "{'name':'x','schedules':[{'freq':'weekly','byday':7,'opens_at':'25:99'},null],'costs':[{'amount':'free'}],'funding':[[]]}",
    "{'name':'x','eligibility':{'minimum_age':-4,'maximum_age':1e300},'building':{'capacity':2.7,'crisis_roles':[{}]}}",
    "{'name':'x','visible':{'from':'soon'},'checked':[],'venue':'asset:nowhere','translations':{'cy':5}}",
    "{'name':'x','categories':['a b','','%*^', 5]}",
  };
  g_autoptr (SpDb) db = open_store ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      put (db, id, bodies[i]);
    }
  expect (db, "SELECT count (*), count (latitude) FROM asset", "8|0\n");
  expect (db, "SELECT minimum_age, maximum_age, capacity FROM asset WHERE n = 6", "-|-|2\n");
}

/* Whatever was done step by step, the rebuilt projection is the same. */
static void
test_rebuild_equals_steps (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *rebuilt = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  change_much (db, rand, 600);
  steps = dump (db);
  sp_projection_rebuild (db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  rebuilt = dump (db);
  g_assert_cmpstr (steps, ==, rebuilt);
}

/* What is gathered in a batch is there at its end, with all that changed meanwhile; afterwards full text is set as before. */
static void
test_batch_equals_steps (void)
{
  g_autoptr (SpDb) one = open_store ();
  g_autoptr (SpDb) other = open_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *batches = NULL;

  for (guint seed = 0; seed < 4; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed), same = g_rand_new_with_seed (seed);

      change_much (one, rand, 150);
      g_assert_true (sp_db_begin (other, &error) && sp_projection_begin_batch (other, seed % 2 == 0, &error));
      change_much (other, same, 150);
      g_assert_true (sp_projection_end_batch (other, &error) && sp_db_commit (other, &error));
    }
  steps = dump (one);
  batches = dump (other);
  g_assert_cmpstr (steps, ==, batches);
  expect (other, "SELECT k, v FROM text_config WHERE k IN ('automerge', 'hashsize')", "automerge|4\nhashsize|1048576\n");
}

/* Nothing of a batch that was undone comes back with the next one. */
static void
test_batch_undone (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_db_begin (db, &error) && sp_projection_begin_batch (db, TRUE, &error));
  put (db, "asset:a", full);
  sp_db_rollback (db);
  expect (db, "SELECT v FROM text_config WHERE k = 'hashsize'", "1048576\n");
  g_assert_true (sp_db_begin (db, &error) && sp_projection_begin_batch (db, TRUE, &error));
  put (db, "asset:b", "{'name':'Elsewhere'}");
  g_assert_true (sp_projection_end_batch (db, &error) && sp_db_commit (db, &error));
  expect (db, "SELECT (SELECT count (*) FROM position), (SELECT count (*) FROM text), (SELECT count (*) FROM likeness_key WHERE doc <> 1)", "0|1|0\n");
}

static void
progress_cb (goffset done, goffset total, gpointer user_data)
{
  goffset *seen = user_data;

  g_assert_cmpint (done, >=, seen[0]);
  g_assert_cmpint (total, ==, 1);
  seen[0] = done;
}

static void
test_rebuild_cancelled (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  goffset seen[1] = { 0 };

  put (db, "asset:a", full);
  before = dump (db);
  g_cancellable_cancel (cancellable);
  g_assert_false (sp_projection_rebuild (db, cancellable, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = dump (db);
  g_assert_cmpstr (before, ==, after);
  g_clear_error (&error);
  g_assert_true (sp_projection_rebuild (db, NULL, progress_cb, seen, &error));
  g_assert_cmpint (seen[0], ==, 1);
}

/* Words that a rolled-back change brought must be written again when they come again. */
static void
test_words_after_rollback (void)
{
  g_autoptr (SpDb) db = open_store ();

  sp_db_begin (db, NULL);
  put (db, "asset:a", "{'name':'Juggling'}");
  sp_db_rollback (db);
  expect (db, "SELECT count (*) FROM word", "0\n");
  put (db, "asset:a", "{'name':'Juggling'}");
  expect (db, "SELECT word FROM word", "juggling\n");
}

static void
test_other_version (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) again = NULL;
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);

  g_assert_no_error (error);
  put (db, "asset:a", full);
  g_assert_true (sp_projection_is_current (db));
  sp_db_exec (db, "DROP TABLE building; DROP TABLE text; DELETE FROM asset; UPDATE meta SET value = '0' WHERE key = 'projection'", &error);
  g_assert_no_error (error);
  sp_db_close (db);
  again = sp_db_open (path, SP_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (sp_projection_is_current (again));
  expect (again, "SELECT name, (SELECT count (*) FROM building), (SELECT count (*) FROM text) FROM asset", "Harbour Hall|1|1\n");
}

/* Who serves documents has nothing to search in, also where another program had made it; who searches makes it first. */
static void
test_served (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  SpDb *served = sp_db_open (path, SP_DB_SERVE, &error);
  SpDb *searched;

  g_assert_no_error (error);
  put (served, "asset:a", full);
  expect (served, "SELECT (SELECT count (*) FROM doc), (SELECT count (*) FROM asset), (SELECT count (*) FROM text)", "1|0|0\n");
  searched = sp_db_open (path, SP_DB_WRITE, &error);
  g_assert_no_error (error);
  expect (searched, "SELECT name, (SELECT count (*) FROM building), (SELECT count (*) FROM text) FROM asset", "Harbour Hall|1|1\n");
  put (served, "asset:b", "{'name':'Shed'}");
  expect (served, "SELECT (SELECT count (*) FROM doc), (SELECT count (*) FROM asset), (SELECT count (*) FROM text)", "2|0|0\n");
  sp_db_close (searched);
  sp_db_close (served);
  searched = sp_db_open (path, SP_DB_WRITE, &error);
  g_assert_no_error (error);
  expect (searched, "SELECT name FROM asset ORDER BY n", "Harbour Hall\nShed\n");
  sp_db_close (searched);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/projection/tables", test_tables);
  g_test_add_func ("/projection/delete", test_delete);
  g_test_add_func ("/projection/move", test_move);
  g_test_add_func ("/projection/merge", test_merge);
  g_test_add_func ("/projection/other-documents", test_other_documents);
  g_test_add_func ("/projection/odd-bodies", test_odd_bodies);
  g_test_add_func ("/projection/rebuild-equals-steps", test_rebuild_equals_steps);
  g_test_add_func ("/projection/batch-equals-steps", test_batch_equals_steps);
  g_test_add_func ("/projection/batch-undone", test_batch_undone);
  g_test_add_func ("/projection/rebuild-cancelled", test_rebuild_cancelled);
  g_test_add_func ("/projection/words-after-rollback", test_words_after_rollback);
  g_test_add_func ("/projection/other-version", test_other_version);
  g_test_add_func ("/projection/served", test_served);
  return g_test_run ();
}
