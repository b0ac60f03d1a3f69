/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents and their revision trees, as the replication protocol of CouchDB wants them. The hashes in these trees are
 * short and made up: to the store they are opaque. */
#include "docs-fixture.h"

static void
test_put_get (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"name\":\"Hall\"}");
  g_autofree char *second = put (f->db, "asset:1", first, "{\"name\":\"Hall\",\"n\":1.50}");
  g_autoptr (SpDoc) doc = sp_docs_get (f->db, "asset:1", NULL, &error);
  g_autoptr (SpDoc) old = sp_docs_get (f->db, "asset:1", first, &error);
  g_autofree char *expected = sp_revision_make (FALSE, first, "{\"n\":1.5,\"name\":\"Hall\"}");

  g_assert_no_error (error);
  g_assert_cmpstr (second, ==, expected);
  g_assert_cmpstr (doc->rev, ==, second);
  g_assert_cmpstr (doc->id, ==, "asset:1");
  g_assert_cmpstr (doc->body, ==, "{\"name\":\"Hall\",\"n\":1.50}");
  g_assert_false (doc->deleted);
  g_assert_cmpint (doc->seq, ==, 2);
  g_assert_cmpstr (old->body, ==, "{\"name\":\"Hall\"}");
}

static void
test_not_found (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = put (f->db, "asset:1", NULL, "{}");
  static const struct { const char *id, *rev; SpError code; } cases[] = {
    { "asset:2", NULL, SP_ERROR_NOT_FOUND },
    { "asset:1", "9-x", SP_ERROR_NOT_FOUND },
    { "asset:1", "x", SP_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sp_docs_get (f->db, cases[i].id, cases[i].rev, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
      if (cases[i].rev == NULL)
        continue;
      g_clear_error (&error);
      g_assert_null (sp_docs_get_revisions (f->db, cases[i].id, cases[i].rev, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
    }
  {
    g_autoptr (GError) error = NULL;
    g_assert_null (sp_docs_get_leaves (f->db, "asset:2", &error));
    g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  }
}

static void
test_conflict_on_put (Fixture *f, gconstpointer data)
{
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_autofree char *second = put (f->db, "asset:1", first, "{\"v\":2}");

  assert_put_fails (f->db, "asset:1", NULL, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", first, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", first, FALSE, "{\"v\":2}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", "2-0", FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:2", first, FALSE, "{\"v\":3}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "asset:1", "second", FALSE, "{\"v\":3}", SP_ERROR_INVALID);
  g_assert_cmpint (get_seq (f->db), ==, 2);
  assert_leaves (f->db, "asset:1", second);
}

static void
test_delete_and_recreate (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_autofree char *tombstone = delete (f->db, "asset:1", first);
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SpDoc) deleted = sp_docs_get (f->db, "asset:1", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (deleted->deleted);
  g_assert_cmpstr (deleted->rev, ==, tombstone);
  assert_put_fails (f->db, "asset:1", NULL, TRUE, "{}", SP_ERROR_CONFLICT);

  again = put (f->db, "asset:1", NULL, "{\"v\":1}");
  g_assert_true (g_str_has_prefix (again, "3-"));
  path = g_strjoin (" ", again, tombstone, first, NULL);
  assert_revisions (f->db, "asset:1", again, path);
  assert_leaves (f->db, "asset:1", again);
}

static void
test_recreate_captured (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;

  push (f->db, "doc", "3-x 2-b 1-a", TRUE);
  rev = put (f->db, "doc", NULL, "{\"again\":true}");
  g_assert_true (g_str_has_prefix (rev, "4-"));
  assert_leaves (f->db, "doc", rev);
}

static void
test_refused_ids (Fixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (2048, 'a');
  g_autofree char *too_long = g_strnfill (2049, 'a');
  g_autofree char *rev = put (f->db, longest, NULL, "{}");
  g_autofree char *design = put (f->db, "_design/signpost", NULL, "{}");
  const char * const bad[] = { "", "_local/x", "_x", "_design/", "a\xff", too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      const char * const path[] = { "1-a", NULL };
      assert_put_fails (f->db, bad[i], NULL, FALSE, "{}", SP_ERROR_INVALID);
      g_assert_false (sp_docs_put_history (f->db, bad[i], path, FALSE, "{}", -1, NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM doc"), ==, 2);
}

static void
test_refused_members (Fixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autofree char *body = NULL;

  assert_put_fails (f->db, "doc", NULL, FALSE, "{\"a\":1,\"_attachments\":{\"b\":{}}}", SP_ERROR_DENIED);
  assert_put_fails (f->db, "doc", NULL, FALSE, "{\"_what\":1}", SP_ERROR_RESERVED);
  assert_put_fails (f->db, "doc", NULL, FALSE, "[1]", SP_ERROR_INVALID);
  rev = put (f->db, "doc", NULL, "{\"_id\":\"doc\",\"a\":{\"_inner\":1},\"_rev\":\"1-a\",\"_revisions\":{},\"_conflicts\":[]}");
  body = get_body (f->db, "doc", NULL);
  g_assert_cmpstr (body, ==, "{\"a\":{\"_inner\":1}}");
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autofree char *text = g_strnfill (SP_JSON_MAX_BYTES, 'a');

  sp_node_set_text (body, "text", text);
  g_assert_false (sp_docs_put (f->db, "doc", NULL, FALSE, body, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

/* A refused document does not cost the batch it stands in. */
static void
test_batch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;
  const char * const path[] = { "1-a", NULL };

  g_assert_true (sp_db_begin (f->db, &error));
  rev = put (f->db, "doc", NULL, "{}");
  assert_put_fails (f->db, "doc", NULL, FALSE, "{}", SP_ERROR_CONFLICT);
  assert_put_fails (f->db, "_x", NULL, FALSE, "{}", SP_ERROR_INVALID);
  g_assert_false (sp_docs_put_history (f->db, "other", path, FALSE, "{\"a\":}", -1, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_clear_error (&error);
  push (f->db, "third", "1-a", FALSE);
  g_assert_true (sp_db_commit (f->db, &error));
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM doc"), ==, 2);
}

static void
test_rolled_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *rev = NULL;

  sp_db_watch_changes (f->db);
  g_assert_true (sp_db_begin (f->db, &error));
  rev = put (f->db, "doc", NULL, "{}");
  sp_db_rollback (f->db);
  g_assert_null (sp_docs_get (f->db, "doc", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_db_commit (f->db, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
  changes = sp_db_take_changes (f->db);
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_put_new (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse ("{\"b\":2,\"a\":1}", -1, NULL);
  g_autofree char *rev = NULL;
  g_autofree char *same = put (f->db, "b", NULL, "{\"a\":1,\"b\":2}");
  g_autofree char *next = NULL;
  g_autofree char *stored = NULL;

  g_assert_true (sp_docs_put_new (f->db, "a", body, &rev, &error));
  g_assert_cmpstr (rev, ==, same);
  assert_leaves (f->db, "a", rev);
  stored = get_body (f->db, "a", NULL);
  g_assert_cmpstr (stored, ==, "{\"b\":2,\"a\":1}");
  g_assert_false (sp_docs_put_new (f->db, "a", body, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  next = put (f->db, "a", rev, "{\"a\":2}");
  assert_leaves (f->db, "a", next);
  assert_leaves (f->db, "b", same);
}

/* Two replicas that make one edit of one parent make one revision. */
static void
test_deterministic (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) other = sp_db_open (":memory:", SP_DB_WRITE, NULL);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  push (f->db, "doc", "1-a", FALSE);
  push (other, "doc", "1-a", FALSE);
  here = put (f->db, "doc", "1-a", "{\"b\":[1.0,\"\\u00e9\"],\"a\":1e2}");
  there = put (other, "doc", "1-a", "{\"a\":100,\"b\":[1,\"é\"],\"_rev\":\"1-a\"}");
  g_assert_cmpstr (here, ==, there);
}

/* ---- put with history ---- */

static void
test_bytes_are_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char * const path[] = { "1-a", NULL };
  static const char json[] = " { \"_id\" : \"doc\",\t\"a b\" : [ 1.50 , -0 , 1e2 , 12345678901234567890 ],\r\n"
                             " \"_rev\":\"1-a\", \"s\" : \"x  \\u00e9 \\\" \\\\\", \"é\" : { } , \"_x\" : { \"deep\" : [ 1 ] } , \"_inner\":1,\n"
                             " \"in\" : { \"_id\" : true , \"n\" : null } } ";
  g_autofree char *body = NULL;

  g_assert_true (sp_docs_put_history (f->db, "doc", path, FALSE, json, -1, NULL, &error));
  g_assert_no_error (error);
  body = get_body (f->db, "doc", NULL);
  g_assert_cmpstr (body, ==, "{\"a b\":[1.50,-0,1e2,12345678901234567890],\"s\":\"x  \\u00e9 \\\" \\\\\",\"é\":{},\"in\":{\"_id\":true,\"n\":null}}");
}

static void
test_refused_histories (Fixture *f, gconstpointer data)
{
  static const struct { const char *path, *json; SpError code; } cases[] = {
    { "", "{}", SP_ERROR_INVALID },
    { "2-b 1-a ", "{}", SP_ERROR_INVALID },
    { "3-c 1-a", "{}", SP_ERROR_INVALID },
    { "2-b 2-a", "{}", SP_ERROR_INVALID },
    { "2-b 3-a", "{}", SP_ERROR_INVALID },
    { "1-a 0-a", "{}", SP_ERROR_INVALID },
    { "x", "{}", SP_ERROR_INVALID },
    { "1-a", "[]", SP_ERROR_PARSE },
    { "1-a", "{\"a\":1,\"a\":2}", SP_ERROR_PARSE },
    { "1-a", "", SP_ERROR_PARSE },
    { "1-a", "{\"_attachments\":{\"x\":{\"stub\":true}}}", SP_ERROR_DENIED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) path = g_strsplit (cases[i].path, " ", -1);
      g_test_message ("%s %s", cases[i].path, cases[i].json);
      g_assert_false (sp_docs_put_history (f->db, "doc", (const char * const *) path, FALSE, cases[i].json, -1, NULL, &error));
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
    }
  g_assert_cmpint (get_seq (f->db), ==, 0);
}

static void
test_known_is_no_change (Fixture *f, gconstpointer data)
{
  g_assert_true (push (f->db, "doc", "3-c 2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "3-c 2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "3-c", FALSE));
  g_assert_false (push (f->db, "doc", "2-b 1-a", FALSE));
  g_assert_false (push (f->db, "doc", "1-a", TRUE));
  g_assert_cmpint (get_seq (f->db), ==, 1);
  assert_leaves (f->db, "doc", "3-c");
  assert_revisions (f->db, "doc", "3-c", "3-c 2-b 1-a");
  assert_revisions (f->db, "doc", "2-b", "2-b 1-a");
}

/* What is known, and what is refused, writes nothing: not even the sequence that it leaves as it is. */
static void
test_nothing_is_written (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autoptr (GError) error = NULL;
  int before;

  g_assert_true (push (f->db, "doc", "1-a", FALSE));
  before = sqlite3_total_changes (sp_db_get_handle (f->db));
  g_assert_false (push (f->db, "doc", "1-a", FALSE));
  g_assert_true (sp_db_begin (f->db, NULL));
  g_assert_false (sp_docs_put (f->db, "doc", NULL, FALSE, body, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  g_assert_true (sp_db_commit (f->db, NULL));
  g_assert_cmpint (sqlite3_total_changes (sp_db_get_handle (f->db)), ==, before);
}

/* As captured from CouchDB 3.5.0: three leaves, then a tombstone below the winner. */
static void
test_winner_captured (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) conflicts = NULL;
  g_autofree char *joined = NULL;

  push (f->db, "doc", "3-a 2-b 1-c", FALSE);
  push (f->db, "doc", "3-d 2-b 1-c", FALSE);
  push (f->db, "doc", "2-d", FALSE);
  assert_leaves (f->db, "doc", "3-d 3-a 2-d");
  conflicts = sp_docs_get_conflicts (f->db, "doc", &error);
  joined = g_strjoinv (" ", conflicts);
  g_assert_cmpstr (joined, ==, "3-a 2-d");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 2);

  push (f->db, "doc", "4-d 3-d", TRUE);
  assert_leaves (f->db, "doc", "3-a 2-d 4-d!");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 1);
  g_assert_cmpint (query_number (f->db, "SELECT leaves FROM doc"), ==, 3);
  g_assert_cmpint (query_number (f->db, "SELECT deleted FROM doc"), ==, 0);
}

static void
test_put_below_loser (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *loser = NULL;
  g_autofree char *expected = NULL;

  push (f->db, "doc", "2-a 1-a", FALSE);
  push (f->db, "doc", "2-b 1-a", FALSE);
  g_assert_true (sp_db_begin (f->db, &error));
  merged = put (f->db, "doc", "2-b", "{\"merged\":1}");
  loser = delete (f->db, "doc", "2-a");
  g_assert_true (sp_db_commit (f->db, &error));
  expected = g_strdup_printf ("%s %s!", merged, loser);
  assert_leaves (f->db, "doc", expected);
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 0);
  assert_put_fails (f->db, "doc", "2-a", FALSE, "{}", SP_ERROR_CONFLICT);
}

/* A child that came before its parent's own history: the links join whatever the order. */
static void
test_late_ancestors (Fixture *f, gconstpointer data)
{
  push (f->db, "doc", "3-c 2-b", FALSE);
  push (f->db, "doc", "1-a", FALSE);
  assert_leaves (f->db, "doc", "3-c 1-a");
  g_assert_true (push (f->db, "doc", "2-b 1-a", FALSE));
  assert_leaves (f->db, "doc", "3-c");
  assert_revisions (f->db, "doc", "3-c", "3-c 2-b 1-a");
  g_assert_false (push (f->db, "doc", "2-b 1-a", FALSE));
}

static void
test_all_deleted (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = NULL;

  push (f->db, "doc", "2-a 1-a", TRUE);
  push (f->db, "doc", "3-b 2-b 1-a", TRUE);
  doc = sp_docs_get (f->db, "doc", NULL, &error);
  g_assert_true (doc->deleted);
  g_assert_cmpstr (doc->rev, ==, "3-b");
  g_assert_cmpint (query_number (f->db, "SELECT conflicts FROM doc"), ==, 0);
  push (f->db, "doc", "2-c 1-a", FALSE);
  assert_leaves (f->db, "doc", "2-c 3-b! 2-a!");
}

static void
test_growth (Fixture *f, gconstpointer data)
{
  static const struct { const char *revisions[3]; SpDocsGrowth growth; } cases[] = {
    { { "2-b", "1-a" }, SP_DOCS_BEGUN }, { { "2-b", "1-a" }, SP_DOCS_KNOWN }, { { "1-a" }, SP_DOCS_KNOWN },
    { { "3-c", "2-b" }, SP_DOCS_GROWN }, { { "1-x" }, SP_DOCS_GROWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (SpBody) body = { 0 };
      SpDocsGrowth growth;

      g_assert_true (sp_body_from_text (&body, "{}", -1, NULL));
      g_assert_true (sp_docs_add_history (f->db, "doc", cases[i].revisions, FALSE, &body, &growth, NULL));
      g_assert_cmpint (growth, ==, cases[i].growth);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/docs/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("put-get", test_put_get);
  TEST ("not-found", test_not_found);
  TEST ("conflict-on-put", test_conflict_on_put);
  TEST ("delete-and-recreate", test_delete_and_recreate);
  TEST ("recreate-captured", test_recreate_captured);
  TEST ("refused-ids", test_refused_ids);
  TEST ("refused-members", test_refused_members);
  TEST ("too-large", test_too_large);
  TEST ("batch", test_batch);
  TEST ("rolled-back", test_rolled_back);
  TEST ("put-new", test_put_new);
  TEST ("deterministic", test_deterministic);
  TEST ("bytes-are-kept", test_bytes_are_kept);
  TEST ("refused-histories", test_refused_histories);
  TEST ("known-is-no-change", test_known_is_no_change);
  TEST ("nothing-is-written", test_nothing_is_written);
  TEST ("winner-captured", test_winner_captured);
  TEST ("put-below-loser", test_put_below_loser);
  TEST ("late-ancestors", test_late_ancestors);
  TEST ("all-deleted", test_all_deleted);
  TEST ("growth", test_growth);
  return g_test_run ();
}
