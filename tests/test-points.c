/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present result on the map is all that a search finds and that has a place, for any query and after any change. */
#include "store-fixture.h"

#include "sp-docs.h"
#include "sp-points.h"
#include "sp-search.h"
#include "sp-store-find.h"

#include <math.h>

#define ENTRIES 800

static const char * const categories[] = { "food-bank", "village-hall", "befriending", "none-we-know" };

/* Every kind of thing that a query asks for, in another mixture each; every ninth has no place of its own, and half of
 * those are in the hall. */
static char *
make_json (guint i, guint mix)
{
  GString *json = g_string_new ("{\"type\":\"asset\"");

  g_string_append_printf (json, ",\"kind\":\"%s\",\"name\":\"%s %05u\"", i % 3 == 0 ? "place" : "group", i % 5 == 0 ? "Tea" : "Chess", i);
  g_string_append_printf (json, ",\"categories\":[\"%s\"]", categories[(i + mix) % 4]);
  if (i % 11 == 3)
    g_string_append (json, ",\"status\":\"temporarily closed\"");
  else if (i % 13 == 5)
    g_string_append (json, ",\"status\":\"defunct\"");
  if (i % 2 == 0)
    g_string_append (json, ",\"free\":true");
  if (i % 17 == 1)
    g_string_append (json, ",\"visible\":{\"until\":\"2020-01-01\"}");
  g_string_append_printf (json, ",\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"%s\"}]", i % 4 == 0 ? "TU" : "FR");
  if (i % 6 == 0)
    g_string_append_printf (json, ",\"checked\":{\"times\":{\"on\":\"%s\",\"how\":\"phone\"}}", i % 12 == 0 ? "2019-01-01" : "2026-11-01");
  if (i % 9 != 4)
    g_string_append_printf (json, ",\"location\":{\"latitude\":%.4f,\"longitude\":%.4f}", 54 + (i * 37 + mix * 11) % 500 * 0.002, -3.5 + (i * 53) % 400 * 0.003);
  else if (i % 2 == 0)
    g_string_append (json, ",\"venue\":\"asset:hall\"");
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static gpointer
fill (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpNode) hall = sp_node_parse ("{\"type\":\"asset\",\"name\":\"The Hall\",\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947}}", -1, NULL);
  g_autoptr (SpNode) area = sp_node_parse ("{\"type\":\"area\",\"name\":\"Coast\",\"kind\":\"drawn\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                                           "[[[-3.4,54.2],[-3.0,54.2],[-3.1,54.8],[-3.4,54.6],[-3.4,54.2]]]}}", -1, NULL);

  g_assert_true (sp_db_begin (db, NULL));
  g_assert_true (sp_docs_put_new (db, "asset:hall", hall, NULL, NULL));
  g_assert_true (sp_docs_put_new (db, "area:coast", area, NULL, NULL));
  for (guint i = 0; i < ENTRIES; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%05u", i), *json = make_json (i, 0);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

      sp_docs_put_new (db, id, body, NULL, error);
      g_assert_no_error (*error);
    }
  g_assert_true (sp_db_commit (db, NULL));
  return NULL;
}

/* Gives another body to some entries, and takes others away. @data: (element-type utf8): gets their ids */
static gpointer
change_some (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *ids = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%05u", i * 31), *json = make_json (i * 31 + 7, i), *rev = NULL;
      g_autoptr (SpNode) body = sp_node_parse (i % 5 == 0 ? "{\"type\":\"asset\"}" : json, -1, NULL);
      g_autoptr (SpDoc) old = sp_docs_get (db, id, NULL, NULL);

      g_assert_true (sp_docs_put (db, id, old->rev, i % 5 == 0, body, &rev, NULL));
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  return NULL;
}

static gpointer
move_hall (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpNode) hall = sp_node_parse ("{\"type\":\"asset\",\"name\":\"The Hall\",\"location\":{\"latitude\":55.5,\"longitude\":-3.0}}", -1, NULL);
  g_autoptr (SpDoc) old = sp_docs_get (db, "asset:hall", NULL, NULL);
  g_autofree char *rev = NULL;

  g_assert_true (sp_docs_put (db, "asset:hall", old->rev, FALSE, hall, &rev, NULL));
  g_ptr_array_add (data, g_strdup ("asset:hall"));
  return NULL;
}

static void
write_store (StoreFixture *f, SpStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_write_async (f->store, func, data, NULL, NULL, NULL, result_cb, f);
  result = wait_for_result (f);
  sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
}

static void
set_up_points (StoreFixture *f, gconstpointer data)
{
  set_up_store (f, data);
  write_store (f, fill, NULL);
}

/* Queries of all sorts: names and values of filters; "words" for words. */
static const char * const queries[][6] = {
  { NULL }, { "words", "chess" }, { "words", "tea", "free", NULL }, { "words", "tea nonsenseword" }, { "words", "nonsenseword" },
  { "category", "food-bank" }, { "day", "tue" }, { "free", NULL, "kind", "group" }, { "status", "defunct" },
  { "near", "54.5,-3.1", "within", "10km" }, { "near", "54.5,-3.1", "within", "60km", "words", "chess" }, { "near", "54.5,-3.1" },
  { "area", "Coast" }, { "area", "Coast", "day", "fri", "free", NULL }, { "stale", NULL }, { "available", NULL },
};

static SpQuery *
make_query (const char * const parts[6])
{
  SpQuery *query = sp_query_new ();

  for (guint i = 0; i < 6 && parts[i] != NULL; i += 2)
    if (g_str_equal (parts[i], "words"))
      sp_query_set_words (query, parts[i + 1]);
    else
      g_assert_true (sp_query_set_filter (query, parts[i], parts[i + 1], NULL));
  return query;
}

static SpPoints *
find_points (StoreFixture *f, SpQuery *query, const char * const *changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SpPoints *points;

  sp_store_points_async (f->store, query, changed, NULL, result_cb, f);
  result = wait_for_result (f);
  points = sp_store_points_finish (f->store, result, &error);
  g_assert_no_error (error);
  return points;
}

static SpHits *
find_hits (StoreFixture *f, SpQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SpHits *hits;

  sp_store_find_async (f->store, query, NULL, result_cb, f);
  result = wait_for_result (f);
  hits = sp_store_find_finish (f->store, result, NULL, &error);
  g_assert_no_error (error);
  return hits;
}

/* The map has just what the list has, as far as it has a place. */
static void
expect_hits (const SpClusterIndex *index, SpHits *hits)
{
  guint placed = 0;

  for (guint i = 0; i < hits->hits->len; i++)
    {
      const SpHit *hit = &g_array_index (hits->hits, SpHit, i);
      const SpCategory *category = hit->category != NULL ? sp_taxonomy_lookup (sp_taxonomy_get_default (), hit->category) : NULL;
      SpPoint point, expected = { 0 };

      g_assert_true (sp_cluster_index_find (index, hit->doc, &point) == !isnan (hit->latitude));
      if (isnan (hit->latitude))
        continue;
      placed++;
      sp_point_place (&expected, hit->latitude, hit->longitude);
      g_assert_cmpuint (point.x, ==, expected.x);
      g_assert_cmpuint (point.y, ==, expected.y);
      g_assert_cmpint (point.look.shape, ==, sp_pin_shape_from_name (category != NULL ? category->shape : NULL));
      g_assert_cmpint (point.look.colour, ==, sp_pin_colour_from_name (category != NULL ? category->colour : NULL));
      g_assert_true (!!(point.look.marks & SP_PIN_CLOSED) == (hit->status == SP_STATUS_CLOSED_FOR_NOW));
    }
  g_assert_cmpuint (sp_cluster_index_count (index), ==, placed);
}

static void
test_agrees (StoreFixture *f, gconstpointer data)
{
  guint some = 0;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (SpQuery) query = make_query (queries[i]);
      g_autoptr (SpHits) hits = find_hits (f, query);
      g_autoptr (SpPoints) points = NULL;

      sp_query_set_limit (query, 3); /* the map shows all the same */
      points = find_points (f, query, NULL);
      g_assert_null (points->changes);
      expect_hits (points->index, hits);
      some += hits->hits->len > 0;
    }
  g_assert_cmpuint (some, >=, G_N_ELEMENTS (queries) - 1);
}

static void
apply (SpClusterIndex *index, GArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const SpPointChange *change = &g_array_index (changes, SpPointChange, i);

      if (change->is_there)
        sp_cluster_index_put (index, &change->point);
      else
        sp_cluster_index_remove (index, change->point.doc);
    }
}

/* What changed is told alone, and then the map is as if all were found anew. */
static void
expect_changes (StoreFixture *f, SpStoreFunc func)
{
  GPtrArray *before = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint alone = 0;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (SpQuery) query = make_query (queries[i]);
      g_ptr_array_add (before, find_points (f, query, NULL));
    }
  write_store (f, func, ids);
  g_ptr_array_add (ids, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (SpPoints) old = g_ptr_array_index (before, i);
      g_autoptr (SpPoints) news = find_points (f, old->query, (const char * const *) ids->pdata);
      g_autoptr (SpHits) hits = find_hits (f, old->query);

      g_assert_true ((news->index == NULL) == (news->changes != NULL));
      if (news->changes != NULL)
        apply (old->index, news->changes);
      expect_hits (news->changes != NULL ? old->index : news->index, hits);
      alone += news->changes != NULL;
    }
  g_assert_cmpuint (alone, ==, 11); /* all but those with words */
  g_ptr_array_unref (before);
}

static void
test_changes (StoreFixture *f, gconstpointer data)
{
  expect_changes (f, change_some);
}

/* What happens in a hall moves with it. */
static void
test_venue (StoreFixture *f, gconstpointer data)
{
  expect_changes (f, move_hall);
}

/* More than are worth looking at one by one, or an area with another outline: all anew. */
static void
test_all_anew (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  static const char * const area[] = { "area:coast", NULL }, * const other[] = { "area:other", "taxonomy:local", NULL };
  g_autoptr (SpQuery) all = make_query (queries[0]), in_area = make_query (queries[12]);
  g_autoptr (SpPoints) first = NULL, second = NULL, third = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (ids, g_strdup_printf ("asset:%05u", i));
  g_ptr_array_add (ids, NULL);
  first = find_points (f, all, (const char * const *) ids->pdata);
  g_assert_nonnull (first->index);
  second = find_points (f, in_area, area);
  g_assert_nonnull (second->index);
  third = find_points (f, in_area, other);
  g_assert_nonnull (third->changes);
  g_assert_cmpuint (third->changes->len, ==, 0);
}

static void
test_stale (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = make_query (queries[0]);
  g_autoptr (SpPoints) points = find_points (f, query, NULL);
  g_autoptr (SpHits) hits = find_hits (f, query);
  g_autoptr (GPtrArray) stale = g_ptr_array_new ();
  guint marked = 0;

  for (guint i = 0; i < hits->hits->len; i++)
    {
      SpPoint point;
      if (sp_cluster_index_find (points->index, g_array_index (hits->hits, SpHit, i).doc, &point))
        marked += (point.look.marks & SP_PIN_STALE) != 0;
    }
  g_assert_cmpuint (marked, >, ENTRIES / 30);
  g_assert_cmpuint (marked, <, ENTRIES / 10);
}

static void
test_errors (StoreFixture *f, gconstpointer data)
{
  static const char * const cases[][6] = { { "near", "Nowhere at all" }, { "area", "No such ward" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpQuery) query = make_query (cases[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      sp_store_points_async (f->store, query, NULL, NULL, result_cb, f);
      result = wait_for_result (f);
      g_assert_null (sp_store_points_finish (f->store, result, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
    }
}

static void
test_cancelled (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_points_async (f->store, query, NULL, cancellable, result_cb, f);
  g_cancellable_cancel (cancellable);
  result = wait_for_result (f);
  g_assert_null (sp_store_points_finish (f->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("SIGNPOST_CLOCK", "2026-11-22T10:00:00Z", TRUE);
#define ADD(name, func) g_test_add ("/points/" name, StoreFixture, NULL, set_up_points, func, tear_down_store)
  ADD ("agrees-with-the-list", test_agrees);
  ADD ("changes", test_changes);
  ADD ("venue", test_venue);
  ADD ("all-anew", test_all_anew);
  ADD ("stale", test_stale);
  ADD ("errors", test_errors);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
