/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents and their revision trees, as the replication protocol of CouchDB wants them. */
#include "sp-docs.h"

typedef struct
{
  SpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

/* Writes @json below @parent and gives the revision; NULL and an error of @code where one is expected. */
static char *
put (SpDb *db, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);
  char *rev = NULL;

  g_assert_no_error (error);
  g_assert_true (sp_docs_put (db, id, parent, FALSE, body, &rev, &error));
  g_assert_no_error (error);
  return rev;
}

static void
test_put_get (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"name\":\"Hall\"}");
  g_autofree char *second = put (f->db, "asset:1", first, "{\"name\":\"Hall\",\"n\":1.50}");
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, "asset:1", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (doc->rev, ==, second);
  g_assert_cmpstr (doc->body, ==, "{\"name\":\"Hall\",\"n\":1.50}");
  g_assert_false (doc->deleted);
  g_assert_cmpint (doc->seq, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/docs/put-get", Fixture, NULL, set_up, test_put_get, tear_down);
  return g_test_run ();
}
