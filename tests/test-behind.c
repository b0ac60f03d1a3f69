/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of what is near, left behind: whatever is written meanwhile, and wherever the work on it is cut off, in the end it is
 * what a rebuild makes. */
#include "projection-fixture.h"

#include <string.h>

#define PIECE 1000 /* rows that are written at once */
#define MARK "SELECT value FROM meta WHERE key = 'near'"
#define IN_NEAR "SELECT count (DISTINCT doc) FROM near_vocabulary"

/* Puts the next entries into a batch of which the index of what is near gets nothing. */
static void
pull (SpDb *db, guint first, guint count)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_db_begin (db, &error) && sp_projection_fall_behind (db, G_MAXUINT, &error));
  put_batch (db, first, count);
  g_assert_true (sp_db_commit (db, &error));
  g_assert_no_error (error);
}

static void
catch_up (SpDb *db, gint64 until)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_projection_catch_up (db, until, &error));
  g_assert_no_error (error);
}

/* Nothing is lacking, and a rebuild makes the same. */
static void
check_complete (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL, *rebuilt = NULL;

  g_assert_false (sp_projection_is_behind (db));
  expect (db, MARK, "");
  sp_db_exec (db, "INSERT INTO near (near) VALUES ('integrity-check')", &error);
  g_assert_no_error (error);
  after = dump (db);
  g_assert_true (sp_projection_rebuild (db, NULL, NULL, NULL, &error));
  rebuilt = dump (db);
  g_assert_cmpstr (after, ==, rebuilt);
}

/* What comes after the mark is not there, what came before is; then all. */
static void
test_left_out (void)
{
  g_autoptr (SpDb) db = open_store ();

  put_batch (db, 0, 100);
  g_assert_false (sp_projection_is_behind (db)); /* a batch alone leaves out nothing */
  pull (db, 100, 200);
  g_assert_true (sp_projection_is_behind (db));
  expect (db, MARK, "100\n");
  make_vocabularies (db);
  expect (db, IN_NEAR, "100\n");
  put (db, "asset:5", full);
  put (db, "asset:300", full);
  put (db, "asset:6", NULL);
  put (db, "asset:106", NULL);
  expect (db, IN_NEAR, "98\n");
  expect (db, "SELECT count (*) FROM position", "299\n"); /* all else is as ever */
  catch_up (db, 0);
  expect (db, IN_NEAR, "299\n");
  check_complete (db);
}

/* Only where much of the store is coming. */
static void
test_when (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;

  put_batch (db, 0, 401);
  g_assert_true (sp_db_begin (db, &error) && sp_projection_fall_behind (db, 99, &error));
  g_assert_false (sp_projection_is_behind (db));
  g_assert_true (sp_projection_fall_behind (db, 100, &error));
  g_assert_true (sp_projection_is_behind (db));
  g_assert_true (sp_db_commit (db, &error));
  pull (db, 401, 5); /* the mark stays where it is */
  expect (db, MARK, "401\n");
  g_assert_no_error (error);
}

/* Of what was undone nothing stays, not even what the connection knew. */
static void
test_undone (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_db_begin (db, &error) && sp_projection_fall_behind (db, 1, &error));
  put (db, "asset:a", full);
  g_assert_true (sp_projection_is_behind (db));
  sp_db_rollback (db);
  g_assert_false (sp_projection_is_behind (db));
  put (db, "asset:b", full);
  make_vocabularies (db);
  expect (db, IN_NEAR, "1\n");
  check_complete (db);
}

static int
refuse_cb (gpointer data)
{
  return 1;
}

/* Piece by piece; one that fails leaves what was there. */
static void
test_pieces (void)
{
  g_autoptr (SpDb) db = open_store ();
  g_autoptr (GError) error = NULL;

  pull (db, 0, 2 * PIECE + 10);
  make_vocabularies (db);
  for (guint piece = 0; piece < 2; piece++)
    {
      g_autofree char *rows = g_strdup_printf ("%u\n", PIECE * (piece + 1));

      catch_up (db, 0);
      expect (db, MARK, rows);
      expect (db, IN_NEAR, rows);
      sqlite3_commit_hook (sp_db_get_handle (db), refuse_cb, NULL);
      g_assert_false (sp_projection_catch_up (db, G_MAXINT64, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      sqlite3_commit_hook (sp_db_get_handle (db), NULL, NULL);
      expect (db, MARK, rows);
      expect (db, IN_NEAR, rows);
    }
  g_assert_true (sp_projection_is_loose (db));
  catch_up (db, 0);
  expect (db, IN_NEAR, "2010\n");
  check_complete (db);
}

/* Exactly as many as fill a piece, of which some have no position. */
static void
test_full_piece (void)
{
  g_autoptr (SpDb) db = open_store ();

  pull (db, 0, PIECE);
  put (db, "asset:nowhere", "{'name':'Helpline'}");
  catch_up (db, 0);
  g_assert_true (sp_projection_is_behind (db)); /* who knows what comes after? */
  catch_up (db, 0);
  check_complete (db);
}

/* Changes entries of all pieces, places that others happen in among them. */
static void
change_some (SpDb *db, GRand *rand, guint entries)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%d", g_rand_int_range (rand, 0, (gint32) entries));
      g_autofree char *body = g_strdup_printf ("{'kind':'service','name':'Club %u','venue':'asset:%d'}", i, g_rand_int_range (rand, 0, (gint32) entries));
      g_autofree char *moved = g_strdup_printf ("{'name':'Moved %u','location':{'latitude':%u.25,'longitude':-3}}", i, 50 + i % 8);
      g_autoptr (SpDoc) old = sp_docs_get (db, id, NULL, NULL);
      const gboolean is_there = old != NULL && !old->deleted;
      const int what = g_rand_int_range (rand, 0, 5);

      if (what > 0 || is_there)
        put (db, id, what == 0 ? NULL : what < 3 ? body : what == 3 ? moved : "{'name':'Nowhere'}");
    }
}

/* In a batch or not, whatever is changed between the pieces, on both sides of the mark. */
static void
test_changes_between (void)
{
  g_autoptr (GError) error = NULL;

  for (guint seed = 0; seed < 6; seed++)
    {
      g_autoptr (SpDb) db = open_store ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      guint entries = seed % 2 * 300;

      put_batch (db, 0, entries);
      pull (db, entries, PIECE + 400);
      entries += PIECE + 400;
      for (guint round = 0; sp_projection_is_behind (db); round++)
        {
          g_assert_true (sp_db_begin (db, &error) && (round % 2 == 0 || sp_projection_begin_batch (db, seed % 3 == 0, &error)));
          change_some (db, rand, entries);
          g_assert_true (sp_projection_end_batch (db, &error) && sp_db_commit (db, &error));
          catch_up (db, 0);
        }
      change_some (db, rand, entries);
      check_complete (db);
    }
}

/* What happens in a place is moved with it: of a row before the mark and of one after it. */
static void
test_venue (void)
{
  g_autoptr (SpDb) db = open_store ();

  put (db, "asset:hall", full);
  put (db, "asset:club", "{'kind':'service','name':'Club','venue':'asset:hall'}");
  pull (db, 0, 10);
  put (db, "asset:choir", "{'kind':'service','name':'Choir','venue':'asset:hall'}");
  put (db, "asset:hall", "{'kind':'place','name':'Harbour Hall','location':{'latitude':51.5,'longitude':-0.12}}");
  expect (db, "SELECT rowid & 0x7fffffff FROM near WHERE near MATCH 'harbour OR club OR choir'", "2\n");
  put (db, "asset:hall", "{'kind':'place','name':'Harbour Hall'}");
  expect (db, "SELECT count (*) FROM near WHERE near MATCH 'harbour OR club OR choir'", "0\n");
  put (db, "asset:hall", full);
  catch_up (db, 0);
  expect (db, "SELECT count (*) FROM near WHERE near MATCH 'harbour'", "3\n");
  check_complete (db);
}

/* Who opens the store next goes on, two at once too. */
static void
test_opened_again (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL), *other;

  pull (db, 0, 3 * PIECE);
  catch_up (db, 0);
  sp_db_close (db);
  db = sp_db_open (path, SP_DB_WRITE, NULL);
  other = sp_db_open (path, SP_DB_WRITE, NULL);
  expect (db, MARK, "1000\n");
  catch_up (db, 0);
  put (other, "asset:2", full);
  put (db, "asset:2500", NULL);
  catch_up (other, 0);
  expect (other, MARK, "3001\n"); /* the third thousand, without the one that is gone, and the one that is new */
  catch_up (db, 0);
  g_assert_false (sp_projection_is_behind (other));
  sp_db_close (other);
  check_complete (db);
  sp_db_close (db);
}

/* Whatever makes all of it anew, or takes all of it away. */
static void
test_made_anew (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL), *served;

  pull (db, 0, 10);
  g_assert_true (sp_projection_rebuild (db, NULL, NULL, NULL, NULL));
  check_complete (db);
  pull (db, 10, 10);
  g_assert_true (sp_projection_is_behind (db));
  sp_db_close (db);
  served = sp_db_open (path, SP_DB_SERVE, NULL);
  g_assert_false (sp_projection_is_behind (served));
  g_assert_true (sp_db_begin (served, NULL) && sp_projection_fall_behind (served, G_MAXUINT, NULL) && sp_db_commit (served, NULL));
  g_assert_false (sp_projection_is_behind (served)); /* it has no index that could be */
  sp_db_close (served);
  db = sp_db_open (path, SP_DB_WRITE, NULL);
  expect (db, "SELECT count (*) FROM position", "20\n");
  check_complete (db);
  sp_db_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/behind/left-out", test_left_out);
  g_test_add_func ("/behind/when", test_when);
  g_test_add_func ("/behind/undone", test_undone);
  g_test_add_func ("/behind/pieces", test_pieces);
  g_test_add_func ("/behind/full-piece", test_full_piece);
  g_test_add_func ("/behind/changes-between", test_changes_between);
  g_test_add_func ("/behind/venue", test_venue);
  g_test_add_func ("/behind/opened-again", test_opened_again);
  g_test_add_func ("/behind/made-anew", test_made_anew);
  return g_test_run ();
}
