/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting ahead: what is promised is what a search finds. */
#include "sp-facet-counts.h"

#include "docs-fixture.h"

static void
fill (SpDb *db)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%02u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"kind\":\"%s\",\"name\":\"Thing %u\",\"free\":%s,"
                                               "\"location\":{\"latitude\":%.2f,\"longitude\":-3.5}}",
                                               i % 4 == 0 ? "group" : "place", i, i % 2 == 0 ? "true" : "false", 54.0 + i / 100.0);
      g_free (put (db, id, NULL, json));
    }
}

static SpQuery *
make_query (const char *filter, const char *value)
{
  SpQuery *query = sp_query_new ();

  if (filter != NULL)
    g_assert_true (sp_query_set_filter (query, filter, value, NULL));
  return query;
}

static void
test_counts (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = NULL;
  SpQuery *near = make_query ("near", "54.0,-3.5");
  const guint expected[] = { 40, 10, 20, 0, 9 };

  fill (f->db);
  g_assert_true (sp_query_set_filter (near, "within", "10km", NULL)); /* a hundredth of a degree is 1.11 km */
  g_ptr_array_add (queries, make_query (NULL, NULL));
  g_ptr_array_add (queries, make_query ("kind", "group"));
  g_ptr_array_add (queries, make_query ("free", NULL));
  g_ptr_array_add (queries, make_query ("kind", "service"));
  g_ptr_array_add (queries, near);
  counts = sp_facet_counts (f->db, queries, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (g_array_index (counts, SpFacetCount, i).exact);
      g_assert_cmpuint (g_array_index (counts, SpFacetCount, i).count, ==, expected[i]);
    }
}

/* The queries are as they were: a chooser keeps them. */
static void
test_untouched (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) counts = NULL;
  SpQuery *query = sp_query_new ();

  sp_query_set_order (query, SP_ORDER_NAME);
  g_ptr_array_add (queries, query);
  counts = sp_facet_counts (f->db, queries, NULL, NULL);
  g_assert_nonnull (counts);
  g_assert_cmpint (sp_query_get_filters (query)->order, ==, SP_ORDER_NAME);
  g_assert_cmpuint (sp_query_get_filters (query)->limit, ==, 0);
}

static void
test_place_not_looked_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (queries, make_query ("near", "Nowhere"));
  g_assert_null (sp_facet_counts (f->db, queries, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_ptr_array_add (queries, sp_query_new ());
  g_assert_null (sp_facet_counts (f->db, queries, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/facet-counts/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/facet-counts/untouched", Fixture, NULL, set_up, test_untouched, tear_down);
  g_test_add ("/facet-counts/place-not-looked-up", Fixture, NULL, set_up, test_place_not_looked_up, tear_down);
  g_test_add ("/facet-counts/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
