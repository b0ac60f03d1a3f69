/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map's model: a new result in one go, a newer query instead of the older, and what changes in the store. */
#include "store-fixture.h"

#include "sp-docs.h"
#include "sp-map-model.h"

#define ENTRIES 500

typedef struct
{
  StoreFixture base;
  SpMapModel  *model;
  guint        changes;
} ModelFixture;

/* "Tea 7" at 54.007° north; every fifth is free. */
static gpointer
fill (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sp_db_begin (db, NULL));
  for (guint i = 0; i < ENTRIES; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%03u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Tea %u\",\"free\":%s,\"location\":{\"latitude\":%.3f,\"longitude\":-3.0}}",
                                               i, i % 5 == 0 ? "true" : "false", 54 + i * 0.001);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

      sp_docs_put_new (db, id, body, NULL, error);
      g_assert_no_error (*error);
    }
  g_assert_true (sp_db_commit (db, NULL));
  return NULL;
}

static void
model_changed_cb (SpMapModel *model, ModelFixture *f)
{
  f->changes++;
}

static void
set_up_model (ModelFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  set_up_store (&f->base, data);
  sp_store_write_async (f->base.store, fill, NULL, NULL, NULL, NULL, result_cb, &f->base);
  result = wait_for_result (&f->base);
  f->model = sp_map_model_new (f->base.store);
  g_signal_connect (f->model, "changed", G_CALLBACK (model_changed_cb), f);
}

static void
tear_down_model (ModelFixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->model);
  tear_down_store (&f->base, data);
}

static void
set_filter (ModelFixture *f, const char *name, const char *value)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  if (name != NULL)
    g_assert_true (sp_query_set_filter (query, name, value, NULL));
  sp_map_model_set_query (f->model, query);
}

static void
wait_for_change (ModelFixture *f)
{
  guint before = f->changes;

  while (f->changes == before)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count (ModelFixture *f)
{
  return sp_map_model_get_index (f->model) != NULL ? sp_cluster_index_count (sp_map_model_get_index (f->model)) : 0;
}

static void
test_query (ModelFixture *f, gconstpointer data)
{
  g_assert_null (sp_map_model_get_index (f->model));
  set_filter (f, NULL, NULL);
  g_assert_true (sp_map_model_is_running (f->model));
  wait_for_change (f);
  g_assert_false (sp_map_model_is_running (f->model));
  g_assert_cmpuint (count (f), ==, ENTRIES);
  set_filter (f, "free", NULL);
  g_assert_cmpuint (count (f), ==, ENTRIES); /* the old result stays until the new one is there */
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5);
  sp_map_model_set_query (f->model, NULL);
  g_assert_null (sp_map_model_get_index (f->model));
  g_assert_cmpuint (f->changes, ==, 3);
}

/* Of many in a row only the last is heard of. */
static void
test_newer (ModelFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    set_filter (f, i % 2 == 0 ? NULL : "free", NULL);
  wait_for_change (f);
  g_assert_cmpuint (f->changes, ==, 1);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5);
}

/* What one comes back to is there at once; whoever asks for what is shown has it looked for anew. */
static void
test_everything (ModelFixture *f, gconstpointer data)
{
  const SpClusterIndex *all;

  set_filter (f, NULL, NULL);
  wait_for_change (f);
  set_filter (f, NULL, NULL);
  g_assert_true (sp_map_model_is_running (f->model));
  wait_for_change (f);
  all = sp_map_model_get_index (f->model);
  set_filter (f, "free", NULL);
  set_filter (f, NULL, NULL); /* before there is an answer */
  g_assert_false (sp_map_model_is_running (f->model));
  g_assert_true (sp_map_model_get_index (f->model) == all);
  set_filter (f, "free", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5);
  set_filter (f, NULL, NULL);
  g_assert_false (sp_map_model_is_running (f->model));
  g_assert_true (sp_map_model_get_index (f->model) == all);
  g_assert_cmpuint (f->changes, ==, 5);
  sp_map_model_set_query (f->model, NULL);
  g_assert_null (sp_map_model_get_index (f->model));
  set_filter (f, NULL, NULL);
  g_assert_cmpuint (count (f), ==, ENTRIES);
}

/* Nothing that has changed meanwhile is missing. */
static void
test_everything_changes (ModelFixture *f, gconstpointer data)
{
  g_autofree char *added = NULL, *another = NULL;

  set_filter (f, NULL, NULL);
  wait_for_change (f);
  added = save_entry (&f->base, "asset:new", NULL, "{'type':'asset','name':'New','free':true,'location':{'latitude':55,'longitude':-3}}", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES + 1);
  set_filter (f, "free", NULL);
  wait_for_change (f);
  set_filter (f, NULL, NULL);
  g_assert_false (sp_map_model_is_running (f->model)); /* brought up to date, so kept */
  g_assert_cmpuint (count (f), ==, ENTRIES + 1);
  set_filter (f, "free", NULL);
  wait_for_change (f);
  another = save_entry (&f->base, "asset:newer", NULL, "{'type':'asset','name':'Newer','location':{'latitude':55,'longitude':-3}}", NULL);
  wait_for_change (f);
  set_filter (f, NULL, NULL);
  g_assert_true (sp_map_model_is_running (f->model));
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES + 2);
}

/* Another program says nothing when it has written to the file. */
static void
test_everything_elsewhere (ModelFixture *f, gconstpointer data)
{
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\",\"name\":\"New\",\"location\":{\"latitude\":55,\"longitude\":-3}}", -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) other = sp_db_open (f->base.files.path, SP_DB_WRITE, &error);

  g_assert_no_error (error);
  set_filter (f, NULL, NULL);
  wait_for_change (f);
  set_filter (f, "free", NULL);
  wait_for_change (f);
  g_assert_true (sp_db_begin (other, NULL));
  g_assert_true (sp_docs_put_new (other, "asset:new", body, NULL, NULL));
  g_assert_true (sp_db_commit (other, NULL));
  set_filter (f, NULL, NULL);
  g_assert_cmpuint (count (f), ==, ENTRIES); /* at once */
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES + 1);
}

static void
test_changes (ModelFixture *f, gconstpointer data)
{
  const SpClusterIndex *index;
  g_autofree char *added = NULL, *moved = NULL, *gone = NULL;
  SpPoint point, expected = { 0 };

  set_filter (f, "free", NULL);
  wait_for_change (f);
  index = sp_map_model_get_index (f->model);
  added = save_entry (&f->base, "asset:new", NULL, "{'type':'asset','name':'New','free':true,'location':{'latitude':55,'longitude':-3}}", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5 + 1);
  g_assert_true (sp_map_model_get_index (f->model) == index); /* brought up to date, not made anew */
  g_assert_true (sp_cluster_index_find (index, ENTRIES + 1, &point));
  moved = save_entry (&f->base, "asset:new", added, "{'location':{'latitude':56,'longitude':-3}}", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5 + 1);
  g_assert_true (sp_cluster_index_find (index, ENTRIES + 1, &point));
  sp_point_place (&expected, 56, -3);
  g_assert_cmpuint (point.y, ==, expected.y);
  gone = save_entry (&f->base, "asset:new", moved, "{'free':false}", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES / 5);
}

/* So many at once that all is looked for anew; and with words it always is. */
static void
test_many_changes (ModelFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autofree char *rev = NULL;

  set_filter (f, NULL, NULL);
  wait_for_change (f);
  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (ids, g_strdup_printf ("asset:%03u", i));
  g_ptr_array_add (ids, NULL);
  g_signal_emit_by_name (f->base.store, "changed", ids->pdata);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, ENTRIES);
  sp_query_set_words (query, "coffee");
  sp_map_model_set_query (f->model, query);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, 0);
  rev = save_entry (&f->base, "asset:new", NULL, "{'type':'asset','name':'Coffee','location':{'latitude':55,'longitude':-3}}", NULL);
  wait_for_change (f);
  g_assert_cmpuint (count (f), ==, 1);
}

/* What cannot be found empties the map, as it does the list. */
static void
test_error (ModelFixture *f, gconstpointer data)
{
  set_filter (f, NULL, NULL);
  wait_for_change (f);
  g_assert_no_error (sp_map_model_get_error (f->model));
  set_filter (f, "near", "Nowhere at all");
  wait_for_change (f);
  g_assert_error (sp_map_model_get_error (f->model), SP_ERROR, SP_ERROR_NOT_FOUND);
  g_assert_null (sp_map_model_get_index (f->model));
  set_filter (f, "near", "54.1,-3.0");
  wait_for_change (f);
  g_assert_no_error (sp_map_model_get_error (f->model));
  g_assert_true (sp_query_get_filters (sp_map_model_get_query (f->model))->placed);
}

/* Gone while it looks, and while it is about to: no late callback. */
static void
test_gone (ModelFixture *f, gconstpointer data)
{
  static const char * const ids[] = { "asset:001", NULL };

  set_filter (f, NULL, NULL);
  g_assert_finalize_object (f->model);
  f->model = sp_map_model_new (f->base.store);
  set_filter (f, NULL, NULL);
  g_signal_connect (f->model, "changed", G_CALLBACK (model_changed_cb), f);
  wait_for_change (f);
  g_signal_emit_by_name (f->base.store, "changed", ids);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/map-model/" name, ModelFixture, NULL, set_up_model, func, tear_down_model)
  ADD ("query", test_query);
  ADD ("newer", test_newer);
  ADD ("everything", test_everything);
  ADD ("everything-changes", test_everything_changes);
  ADD ("everything-elsewhere", test_everything_elsewhere);
  ADD ("changes", test_changes);
  ADD ("many-changes", test_many_changes);
  ADD ("error", test_error);
  ADD ("gone", test_gone);
  return g_test_run ();
}
