/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching beside a main loop: a query, and the list of what it finds in a store of some thousand entries. */
#include "store-fixture.h"

#include "sp-finder.h"
#include "sp-store-find.h"

#define ENTRIES 3000
#define SHOWN 40

typedef struct
{
  StoreFixture base;
  SpFinder    *finder;
  guint        ended;
  guint        changes, position, removed, added; /* of the list */
} FindFixture;

/* "Club 00012", more of them the further north; every hundredth has a kitchen. */
static gpointer
fill (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sp_db_begin (db, NULL));
  for (guint i = 0; i < ENTRIES; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%05u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Club %05u\",\"summary\":\"%s\","
                                               "\"location\":{\"latitude\":%.4f,\"longitude\":-3.4951}}",
                                               i, i % 100 == 0 ? "A kitchen for all" : "Tea", 54.7143 + i * 0.0001);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

      g_assert_true (sp_docs_put_new (db, id, body, NULL, NULL));
    }
  g_assert_true (sp_db_commit (db, NULL));
  return NULL;
}

static void
call_write (FindFixture *f, SpStoreFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_write_async (f->base.store, func, NULL, NULL, NULL, NULL, result_cb, &f->base);
  result = wait_for_result (&f->base);
  sp_store_call_finish (f->base.store, result, &error);
  g_assert_no_error (error);
}

static void
ended_cb (SpFinder *finder, FindFixture *f)
{
  f->ended++;
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, FindFixture *f)
{
  f->changes++;
  f->position = position;
  f->removed = removed;
  f->added = added;
}

static void
set_up_finder (FindFixture *f, gconstpointer data)
{
  set_up_store (&f->base, data);
  call_write (f, fill);
  f->finder = sp_finder_new (f->base.store);
  g_signal_connect (f->finder, "ended", G_CALLBACK (ended_cb), f);
  g_signal_connect (sp_finder_get_list (f->finder), "items-changed", G_CALLBACK (items_changed_cb), f);
}

static void
tear_down_finder (FindFixture *f, gconstpointer data)
{
  g_autoptr (SpResultList) list = g_object_ref (sp_finder_get_list (f->finder));

  g_assert_finalize_object (f->finder);
  g_assert_finalize_object (g_steal_pointer (&list));
  tear_down_store (&f->base, data); /* the store too is held by nobody */
}

static void
look_for (FindFixture *f, const char *words, const char *filter, const char *value)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_query_set_order (query, SP_ORDER_NAME);
  sp_query_set_words (query, words);
  if (filter != NULL)
    g_assert_true (sp_query_set_filter (query, filter, value, NULL));
  sp_finder_set_query (f->finder, query);
  sp_query_set_words (query, "changed afterwards"); /* the finder has a copy */
}

static void
wait_for_end (FindFixture *f)
{
  guint before = f->ended;

  while (f->ended == before)
    g_main_context_iteration (NULL, TRUE);
}

/* As if commits had come in. */
static void
pretend_changes (FindFixture *f, guint count)
{
  static const char * const ids[] = { "asset:00001", NULL };

  for (guint i = 0; i < count; i++)
    g_signal_emit_by_name (f->base.store, "changed", ids);
}

static guint
count_items (FindFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (sp_finder_get_list (f->finder)));
}

static void
wait_for_count (FindFixture *f, guint count)
{
  while (count_items (f) != count)
    g_main_context_iteration (NULL, TRUE);
}

static SpResult *
get_result (FindFixture *f, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (sp_finder_get_list (f->finder)), position);
}

static void
expect_name (FindFixture *f, guint position, const char *name)
{
  g_autoptr (SpResult) result = get_result (f, position);

  while (!sp_result_is_current (result))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sp_result_get_problem (result), ==, NULL);
  g_assert_cmpstr (sp_asset_get_name (sp_result_get_asset (result)), ==, name);
}

static void
test_find (FindFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpQuery) looked_up = NULL;
  g_autoptr (SpHits) hits = NULL;

  sp_query_set_filter (query, "near", "Maryport", NULL);
  sp_query_set_limit (query, 5);
  sp_store_find_async (f->base.store, query, NULL, result_cb, &f->base);
  result = wait_for_result (&f->base);
  hits = sp_store_find_finish (f->base.store, result, &looked_up, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->hits->len, ==, 5);
  g_assert_cmpfloat (g_array_index (hits->hits, SpHit, 0).distance, <, 20);
  g_assert_true (sp_query_get_filters (looked_up)->placed);
  g_assert_cmpstr (sp_query_get_filters (looked_up)->near, ==, "Maryport, Cumbria");
  g_assert_false (sp_query_get_filters (query)->placed); /* the caller's is as it was */
}

static void
test_list (FindFixture *f, gconstpointer data)
{
  g_autoptr (SpResult) result = NULL;

  look_for (f, NULL, NULL, NULL);
  g_assert_true (sp_finder_is_running (f->finder));
  wait_for_end (f);
  g_assert_false (sp_finder_is_running (f->finder));
  g_assert_null (sp_finder_get_error (f->finder));
  g_assert_cmpuint (sp_finder_get_hits (f->finder)->total, ==, ENTRIES);
  g_assert_cmpuint (count_items (f), ==, ENTRIES);
  expect_name (f, 0, "Club 00000");
  expect_name (f, 1234, "Club 01234");
  expect_name (f, ENTRIES - 1, "Club 02999");
  result = get_result (f, 7);
  while (!sp_result_is_current (result))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sp_asset_get_id (sp_result_get_asset (result)), ==, "asset:00007");
  g_assert_nonnull (sp_asset_get_rev (sp_result_get_asset (result)));
  g_assert_cmpfloat_with_epsilon (sp_result_get_latitude (result), 54.715, 1e-5);
  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  g_assert_cmpuint (count_items (f), ==, ENTRIES / 100);
  expect_name (f, 3, "Club 00300");
  sp_finder_set_query (f->finder, NULL);
  g_assert_cmpuint (count_items (f), ==, 0);
  g_assert_null (sp_finder_get_hits (f->finder));
}

static void
gone_cb (gpointer alive, GObject *where_it_was)
{
  (*(guint *) alive)--;
}

/* Counts @object while it lives, once. */
static void
watch (gpointer object, guint *alive)
{
  if (g_object_get_data (object, "watched") != NULL)
    return;
  g_object_set_data (object, "watched", alive);
  g_object_weak_ref (object, gone_cb, alive);
  (*alive)++;
}

/* Scrolls through all of it: objects exist for what is on screen, and assets for a few pages. */
static void
test_objects_are_few (FindFixture *f, gconstpointer data)
{
  SpResult *shown[SHOWN] = { NULL };
  guint results = 0, assets = 0, most_results = 0, most_assets = 0;

  look_for (f, NULL, NULL, NULL);
  wait_for_end (f);
  for (guint i = 0; i < ENTRIES; i++)
    {
      SpResult **place = &shown[i % SHOWN];

      g_clear_object (place);
      *place = get_result (f, i);
      watch (*place, &results);
      while (!sp_result_is_current (*place))
        g_main_context_iteration (NULL, TRUE);
      watch (sp_result_get_asset (*place), &assets);
      most_results = MAX (most_results, results);
      most_assets = MAX (most_assets, assets);
    }
  g_assert_cmpuint (most_results, ==, SHOWN);
  g_assert_cmpuint (most_assets, >=, SHOWN);
  g_assert_cmpuint (most_assets, <=, 10 * SP_RESULT_PAGE);
  for (guint i = 0; i < SHOWN; i++)
    g_clear_object (&shown[i]);
  g_assert_cmpuint (results, ==, 0);
  sp_finder_set_query (f->finder, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (assets, ==, 0);
}

/* ---- a newer query ---- */

/* Stops the first search inside its statement until the test lets it go on. */
static struct
{
  GMutex   lock;
  GCond    moved;
  guint    prepared; /* readers that have the handler */
  gboolean is_set, is_inside, is_open;
  GThread *thread;   /* that was stopped */
  guint    steps;    /* that it made afterwards; of 100 operations */
} trap;

static int
step_cb (gpointer data)
{
  g_mutex_lock (&trap.lock);
  if (trap.is_set)
    {
      trap.is_set = FALSE;
      trap.is_inside = TRUE;
      trap.thread = g_thread_self ();
      g_cond_broadcast (&trap.moved);
      while (!trap.is_open)
        g_cond_wait (&trap.moved, &trap.lock);
    }
  else if (trap.thread == g_thread_self ())
    trap.steps++;
  g_mutex_unlock (&trap.lock);
  return 0;
}

/* On each reader: they wait for one another, so that none takes two of the jobs. A first search has the schema read. */
static gpointer
lay_trap (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_hits_free (sp_search_find (db, query, NULL, NULL));
  sqlite3_progress_handler (sp_db_get_handle (db), 100, step_cb, NULL);
  g_mutex_lock (&trap.lock);
  trap.prepared++;
  g_cond_broadcast (&trap.moved);
  while (trap.prepared < 3)
    g_cond_wait (&trap.moved, &trap.lock);
  g_mutex_unlock (&trap.lock);
  return NULL;
}

static void
lay_traps (FindFixture *f)
{
  StoreFixture calls[3] = { { .store = f->base.store }, { .store = f->base.store }, { .store = f->base.store } };

  trap.prepared = 0;
  trap.is_inside = trap.is_open = FALSE;
  trap.is_set = TRUE;
  trap.thread = NULL;
  trap.steps = 0;
  for (guint i = 0; i < 3; i++)
    sp_store_read_async (f->base.store, lay_trap, NULL, NULL, NULL, NULL, result_cb, &calls[i]);
  for (guint i = 0; i < 3; i++)
    g_object_unref (wait_for_result (&calls[i]));
}

static void
wait_until_inside (void)
{
  g_mutex_lock (&trap.lock);
  while (!trap.is_inside)
    g_cond_wait (&trap.moved, &trap.lock);
  g_mutex_unlock (&trap.lock);
}

static void
let_go (void)
{
  g_mutex_lock (&trap.lock);
  trap.is_open = TRUE;
  g_cond_broadcast (&trap.moved);
  g_mutex_unlock (&trap.lock);
}

static void
test_newer_interrupts_older (FindFixture *f, gconstpointer data)
{
  lay_traps (f);
  look_for (f, NULL, NULL, NULL);
  wait_until_inside ();
  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f); /* another reader has it, though the older has not ended */
  g_assert_cmpuint (count_items (f), ==, ENTRIES / 100);
  let_go ();
  close_store (&f->base); /* waits for what still runs */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (trap.steps, <=, 2); /* it stopped at once */
  g_assert_cmpuint (f->ended, ==, 1);   /* and nobody heard of it */
  g_assert_cmpuint (f->changes, ==, 1);
}

/* The same without a newer one: so many steps the search would have made. */
static void
test_uninterrupted (FindFixture *f, gconstpointer data)
{
  lay_traps (f);
  look_for (f, NULL, NULL, NULL);
  wait_until_inside ();
  let_go ();
  wait_for_end (f);
  g_assert_cmpuint (count_items (f), ==, ENTRIES);
  g_assert_cmpuint (trap.steps, >, 100);
}

static void
test_many_queries (FindFixture *f, gconstpointer data)
{
  static const char * const typed[] = { "k", "ki", "kit", "kitc", "kitch", "kitche", "kitchen" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    look_for (f, typed[i], NULL, NULL);
  wait_for_end (f);
  close_store (&f->base);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->ended, ==, 1);
  g_assert_cmpuint (count_items (f), ==, ENTRIES / 100);
}

static void
test_finder_goes_first (FindFixture *f, gconstpointer data)
{
  SpFinder *finder = sp_finder_new (f->base.store);
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_finder_set_query (finder, query);
  g_assert_finalize_object (finder); /* the answer that comes yet finds nobody */
}

/* ---- the store changes ---- */

static void
test_changed_name (FindFixture *f, gconstpointer data)
{
  g_autoptr (SpResult) result = NULL;
  g_autofree char *rev = NULL;

  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  result = get_result (f, 4);
  while (!sp_result_is_current (result))
    g_main_context_iteration (NULL, TRUE);
  rev = save_entry (&f->base, "asset:00400", sp_asset_get_rev (sp_result_get_asset (result)), "{'name':'Club 00400 and friends'}", NULL);
  g_assert_nonnull (rev);
  while (g_strcmp0 (sp_asset_get_rev (sp_result_get_asset (result)), rev) != 0) /* the old one is there until then */
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sp_asset_get_name (sp_result_get_asset (result)), ==, "Club 00400 and friends");
  g_assert_cmpuint (f->changes, ==, 1); /* it stands where it stood */
}

static void
test_changed_members (FindFixture *f, gconstpointer data)
{
  g_autoptr (SpResult) before = NULL;
  g_autofree char *rev = NULL;

  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  before = get_result (f, 20);
  rev = save_entry (&f->base, "asset:new", NULL, "{'type':'asset','name':'Club 01050','summary':'Our kitchen'}", NULL);
  wait_for_count (f, ENTRIES / 100 + 1);
  g_assert_cmpuint (f->changes, ==, 2);
  g_assert_cmpuint (f->position, ==, 11);
  g_assert_cmpuint (f->removed, ==, 0);
  g_assert_cmpuint (f->added, ==, 1);
  expect_name (f, 11, "Club 01050");
  g_assert_cmpuint (sp_result_get_index (before), ==, 21);
  g_free (delete_entry (&f->base, "asset:new", rev, NULL));
  wait_for_count (f, ENTRIES / 100);
  g_assert_cmpuint (f->changes, ==, 3);
  g_assert_cmpuint (f->position, ==, 11);
  g_assert_cmpuint (f->removed, ==, 1);
  g_assert_cmpuint (f->added, ==, 0);
  g_assert_cmpuint (sp_result_get_index (before), ==, 20);
}

/* Many commits in a row do not make as many searches. */
static void
test_changes_are_gathered (FindFixture *f, gconstpointer data)
{
  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  pretend_changes (f, 50);
  wait_for_end (f);
  close_store (&f->base);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->ended, ==, 2);
}

/* What came in while a search was running is not overlooked. */
static void
test_changed_while_running (FindFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  lay_traps (f);
  look_for (f, NULL, NULL, NULL);
  wait_until_inside ();
  rev = save_entry (&f->base, "asset:new", NULL, "{'type':'asset','name':'Club 99999'}", NULL);
  let_go ();
  wait_for_end (f);
  g_assert_cmpuint (count_items (f), ==, ENTRIES);
  wait_for_end (f);
  g_assert_cmpuint (count_items (f), ==, ENTRIES + 1);
}

/* ---- errors ---- */

static void
test_errors (FindFixture *f, gconstpointer data)
{
  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  look_for (f, NULL, "near", "Newport");
  wait_for_end (f);
  g_assert_error (sp_finder_get_error (f->finder), SP_ERROR, SP_ERROR_AMBIGUOUS);
  g_assert_nonnull (strstr (sp_finder_get_error (f->finder)->message, "Newport, Isle of Wight"));
  g_assert_cmpuint (count_items (f), ==, 0);
  look_for (f, NULL, "near", "Xyzzyville");
  wait_for_end (f);
  g_assert_error (sp_finder_get_error (f->finder), SP_ERROR, SP_ERROR_NOT_FOUND);
  look_for (f, NULL, "area", "Nowhere Ward");
  wait_for_end (f);
  g_assert_error (sp_finder_get_error (f->finder), SP_ERROR, SP_ERROR_NOT_FOUND);
  look_for (f, NULL, "near", "Newport, Isle of Wight");
  wait_for_end (f);
  g_assert_null (sp_finder_get_error (f->finder));
  g_assert_cmpuint (count_items (f), ==, ENTRIES);
  g_assert_true (sp_query_get_filters (sp_finder_get_query (f->finder))->placed);
}

/* A list that could only not be brought up to date stays. */
static void
test_closed_under_it (FindFixture *f, gconstpointer data)
{
  look_for (f, "kitchen", NULL, NULL);
  wait_for_end (f);
  close_store (&f->base);
  pretend_changes (f, 1);
  wait_for_end (f);
  g_assert_error (sp_finder_get_error (f->finder), SP_ERROR, SP_ERROR_FAILED);
  g_assert_cmpuint (count_items (f), ==, ENTRIES / 100);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (FindFixture *, gconstpointer); } tests[] = {
    { "/store-find/find", test_find },
    { "/store-find/list", test_list },
    { "/store-find/objects-are-few", test_objects_are_few },
    { "/store-find/newer-interrupts-older", test_newer_interrupts_older },
    { "/store-find/uninterrupted", test_uninterrupted },
    { "/store-find/many-queries", test_many_queries },
    { "/store-find/finder-goes-first", test_finder_goes_first },
    { "/store-find/changed-name", test_changed_name },
    { "/store-find/changed-members", test_changed_members },
    { "/store-find/changes-are-gathered", test_changes_are_gathered },
    { "/store-find/changed-while-running", test_changed_while_running },
    { "/store-find/errors", test_errors },
    { "/store-find/closed-under-it", test_closed_under_it },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FindFixture, NULL, set_up_finder, tests[i].test, tear_down_finder);
  return g_test_run ();
}
