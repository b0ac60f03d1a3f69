/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long revisions and bodies stay: the revision limit, compaction, kept bodies, and taking back what no peer was
 * offered. */
#include "docs-fixture.h"

static void
push_chain (SpDb *db, const char *id, guint length)
{
  g_autofree char *path = g_strdup ("1-h1");

  push (db, id, path, FALSE);
  for (guint i = 2; i <= length; i++)
    {
      g_autofree char *longer = g_strdup_printf ("%u-h%u %s", i, i, path);
      push (db, id, longer, FALSE);
      g_free (path);
      path = g_steal_pointer (&longer);
    }
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_docs_set_revision_limit (f->db, 0, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (sp_docs_set_revision_limit (f->db, 3, &error));
  push_chain (f->db, "doc", 6);
  assert_revisions (f->db, "doc", "6-h6", "6-h6 5-h5 4-h4");
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM rev"), ==, 3);
}

/* A branch keeps as many ancestors as the limit says from its own leaf down. */
static void
test_limit_of_branches (Fixture *f, gconstpointer data)
{
  push (f->db, "doc", "2-z 1-h1", FALSE);
  g_assert_true (sp_docs_set_revision_limit (f->db, 3, NULL));
  push_chain (f->db, "doc", 6);
  assert_leaves (f->db, "doc", "6-h6 2-z");
  assert_revisions (f->db, "doc", "6-h6", "6-h6 5-h5 4-h4");
  assert_revisions (f->db, "doc", "2-z", "2-z 1-h1");
}

/* What was stemmed is still known by its child: it comes back neither as a leaf nor as something missing. */
static void
test_stemmed_is_known (Fixture *f, gconstpointer data)
{
  const char * const offered[] = { "3-h3", "2-h2", NULL };
  g_autoptr (GPtrArray) missing = NULL;
  gint64 seq;

  g_assert_true (sp_docs_set_revision_limit (f->db, 3, NULL));
  push_chain (f->db, "doc", 6);
  seq = get_seq (f->db);
  g_assert_false (push (f->db, "doc", "6-h6 5-h5 4-h4 3-h3 2-h2 1-h1", FALSE));
  g_assert_false (push (f->db, "doc", "3-h3 2-h2 1-h1", FALSE));
  g_assert_cmpint (get_seq (f->db), ==, seq);
  missing = sp_docs_revs_diff (f->db, "doc", offered, NULL, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "2-h2");
  g_assert_true (push (f->db, "doc", "4-x 3-h3 2-h2 1-h1", FALSE));
  assert_leaves (f->db, "doc", "6-h6 4-x");
  assert_revisions (f->db, "doc", "4-x", "4-x");
}

static void
test_long_history_arrives (Fixture *f, gconstpointer data)
{
  g_assert_true (sp_docs_set_revision_limit (f->db, 2, NULL));
  push (f->db, "doc", "4-d 3-c 2-b 1-a", FALSE);
  assert_revisions (f->db, "doc", "4-d", "4-d 3-c");
  assert_leaves (f->db, "doc", "4-d");
}

static void
test_compact (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *dropped = NULL;
  g_autofree char *leaf = NULL;

  push_chain (f->db, "doc", 3);
  push (f->db, "doc", "2-x 1-h1", TRUE);
  first = get_body (f->db, "doc", "1-h1");
  g_assert_cmpstr (first, ==, "{\"at\":\"1-h1\"}");
  g_assert_true (sp_docs_keep_body (f->db, "doc", "1-h1", "base", &error));
  g_assert_true (sp_docs_compact (f->db, NULL, &error));
  g_assert_no_error (error);
  kept = get_body (f->db, "doc", "1-h1");
  g_assert_cmpstr (kept, ==, first);
  dropped = get_body (f->db, "doc", "2-h2");
  g_assert_null (dropped);
  leaf = get_body (f->db, "doc", "2-x");
  g_assert_cmpstr (leaf, ==, "{\"at\":\"2-x\"}");
  assert_leaves (f->db, "doc", "3-h3 2-x!");
  assert_revisions (f->db, "doc", "3-h3", "3-h3 2-h2 1-h1");
}

static void
test_compact_stems (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  push_chain (f->db, "a", 5);
  push_chain (f->db, "b", 2);
  g_assert_true (sp_docs_set_revision_limit (f->db, 2, &error));
  g_assert_true (sp_docs_compact (f->db, NULL, &error));
  assert_revisions (f->db, "a", "5-h5", "5-h5 4-h4");
  assert_revisions (f->db, "b", "2-h2", "2-h2 1-h1");
}

static void
test_compact_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  push_chain (f->db, "doc", 3);
  g_cancellable_cancel (cancellable);
  g_assert_false (sp_docs_compact (f->db, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_leaves (f->db, "doc", "3-h3");
  push (f->db, "doc", "4-d 3-h3", FALSE);
}

static void
test_drop_body (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  push_chain (f->db, "doc", 2);
  g_assert_true (sp_docs_keep_body (f->db, "doc", "1-h1", "loser", &error));
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM rev WHERE kept = 'loser' AND kept_since > 1700000000"), ==, 1);
  g_assert_true (sp_docs_drop_body (f->db, "doc", "1-h1", &error));
  g_assert_cmpint (query_number (f->db, "SELECT count(*) FROM rev WHERE kept IS NOT NULL OR kept_since IS NOT NULL"), ==, 0);
  body = get_body (f->db, "doc", "1-h1");
  g_assert_null (body);
  g_assert_false (sp_docs_keep_body (f->db, "doc", "1-h1", "base", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_docs_drop_body (f->db, "doc", "2-h2", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

#define assert_removal_fails(db, id, rev) G_STMT_START { \
  g_autoptr (GError) removal_error = NULL; \
  g_assert_false (sp_docs_remove_unoffered (db, id, rev, &removal_error)); \
  g_assert_error (removal_error, SP_ERROR, SP_ERROR_DENIED); } G_STMT_END

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *body = NULL;

  sp_db_watch_changes (f->db);
  push_chain (f->db, "doc", 2);
  assert_removal_fails (f->db, "doc", "1-h1");
  assert_removal_fails (f->db, "doc", "9-x");
  assert_removal_fails (f->db, "other", "1-h1");
  g_assert_true (sp_docs_remove_unoffered (f->db, "doc", "2-h2", &error));
  g_assert_no_error (error);
  assert_leaves (f->db, "doc", "1-h1");
  body = get_body (f->db, "doc", NULL);
  g_assert_cmpstr (body, ==, "{\"at\":\"1-h1\"}");
  g_assert_cmpint (get_seq (f->db), ==, 3);
  g_assert_cmpint (query_number (f->db, "SELECT seq FROM doc"), ==, 3);

  g_assert_true (sp_docs_remove_unoffered (f->db, "doc", "1-h1", &error));
  g_assert_cmpint (query_number (f->db, "SELECT (SELECT count(*) FROM doc) + (SELECT count(*) FROM rev)"), ==, 0);
  changes = sp_db_take_changes (f->db);
  g_assert_cmpuint (changes->len, ==, 4);
  push (f->db, "doc", "1-h1", FALSE);
}

static void
test_remove_branch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  push (f->db, "doc", "2-a 1-a", FALSE);
  push (f->db, "doc", "2-b 1-a", FALSE);
  g_assert_true (sp_docs_remove_unoffered (f->db, "doc", "2-b", &error));
  assert_leaves (f->db, "doc", "2-a");
  assert_removal_fails (f->db, "doc", "2-a");
}

static void
test_remove_offered (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  push_chain (f->db, "doc", 2);
  g_assert_true (sp_docs_mark_offered (f->db, 2, &error));
  g_assert_true (sp_docs_mark_offered (f->db, 1, &error));
  assert_removal_fails (f->db, "doc", "2-h2");
  push (f->db, "doc", "3-c 2-h2", FALSE);
  g_assert_true (sp_docs_remove_unoffered (f->db, "doc", "3-c", &error));
  g_assert_no_error (error);
}

static void
test_remove_after_compaction (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  push_chain (f->db, "doc", 2);
  g_assert_true (sp_docs_compact (f->db, NULL, &error));
  assert_removal_fails (f->db, "doc", "2-h2");
  assert_leaves (f->db, "doc", "2-h2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/docs-keep/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("limit", test_limit);
  TEST ("limit-of-branches", test_limit_of_branches);
  TEST ("stemmed-is-known", test_stemmed_is_known);
  TEST ("long-history-arrives", test_long_history_arrives);
  TEST ("compact", test_compact);
  TEST ("compact-stems", test_compact_stems);
  TEST ("compact-cancelled", test_compact_cancelled);
  TEST ("drop-body", test_drop_body);
  TEST ("remove", test_remove);
  TEST ("remove-branch", test_remove_branch);
  TEST ("remove-offered", test_remove_offered);
  TEST ("remove-after-compaction", test_remove_after_compaction);
  return g_test_run ();
}
