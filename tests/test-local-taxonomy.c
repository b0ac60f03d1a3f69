/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a partnership: with its document in the store a search understands them, until it is gone or has a mistake. */
#include "sp-docs.h"
#include "sp-error.h"
#include "sp-local-taxonomy.h"
#include "sp-query.h"
#include "sp-search.h"
#include "sp-taxonomy.h"

#define HARBOUR "{\"type\":\"taxonomy\",\"headings\":[{\"code\":\"sea\",\"name\":\"The sea\",\"shape\":\"anchor\",\"colour\":\"navy\"}]," \
                "\"categories\":[{\"code\":\"harbour\",\"name\":\"Harbour\",\"heading\":\"sea\",\"synonyms\":[\"marina\"]," \
                "\"needs\":[\"misses the boats\"]}]}"

typedef struct
{
  SpDb *db;
} Fixture;

/* @parent: (nullable): the revision that it follows. Returns its own. */
static char *
put (Fixture *f, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);
  char *rev = NULL;

  g_assert_no_error (error);
  g_assert_true (sp_docs_put (f->db, id, parent, FALSE, body, &rev, &error));
  g_assert_no_error (error);
  return rev;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_assert_nonnull (f->db);
  rev = put (f, "asset:00000000-0000-4000-8000-000000000001", NULL,
             "{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Old Quay\",\"categories\":[\"harbour\"]}");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
  sp_taxonomy_set_default (NULL);
}

static guint
count (Fixture *f, const char *words, const char *category)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;

  sp_query_set_words (query, words);
  if (category != NULL)
    g_assert_true (sp_query_set_filter (query, "category", category, &error));
  hits = sp_search_find (f->db, query, NULL, &error);
  g_assert_no_error (error);
  return hits->relaxed ? 0 : hits->total;
}

static void
test_understood (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = put (f, SP_LOCAL_TAXONOMY, NULL, HARBOUR);

  g_assert_cmpuint (count (f, "misses the boats", NULL), ==, 0);
  g_assert_true (sp_local_taxonomy_load (f->db, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (f, "misses the boats", NULL), ==, 1);
  g_assert_cmpuint (count (f, "marina", NULL), ==, 1);
  g_assert_cmpuint (count (f, NULL, "Harbour"), ==, 1);
  g_assert_cmpstr (sp_taxonomy_lookup (sp_taxonomy_get_default (), "harbour")->heading->name, ==, "The sea");
  g_assert_null (sp_taxonomy_lookup (sp_taxonomy_get_built_in (), "harbour"));
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = put (f, SP_LOCAL_TAXONOMY, NULL, HARBOUR);
  g_autoptr (SpNode) nothing = sp_node_new_object ();

  g_assert_true (sp_local_taxonomy_load (f->db, &error));
  g_assert_true (sp_docs_put (f->db, SP_LOCAL_TAXONOMY, rev, TRUE, nothing, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (sp_local_taxonomy_load (f->db, &error));
  g_assert_true (sp_taxonomy_get_default () == sp_taxonomy_get_built_in ());
  g_assert_cmpuint (count (f, "misses the boats", NULL), ==, 0);
}

/* It is said which item is wrong, and ours goes on without it. */
static void
test_mistake (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = put (f, SP_LOCAL_TAXONOMY, NULL, "{\"type\":\"taxonomy\",\"categories\":[{\"code\":\"harbour\",\"heading\":\"food\"}]}");

  g_assert_false (sp_local_taxonomy_load (f->db, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_true (g_str_has_prefix (error->message, "taxonomy:local: "));
  g_assert_nonnull (strstr (error->message, "expected a name"));
  g_assert_true (sp_taxonomy_get_default () == sp_taxonomy_get_built_in ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/local-taxonomy/understood", Fixture, NULL, set_up, test_understood, tear_down);
  g_test_add ("/local-taxonomy/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/local-taxonomy/mistake", Fixture, NULL, set_up, test_mistake, tear_down);
  return g_test_run ();
}
