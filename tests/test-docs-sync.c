/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What replication asks of the documents: changes, differences, local documents, and that the order in which revisions
 * arrive does not matter. */
#include "docs-fixture.h"
#include "sp-docs-private.h"

/* "3:doc 2-b 2-a!…" for each change. */
static char *
list_changes (SpDb *db, const char *since, guint limit, char **last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = sp_docs_get_changes (db, since, limit, last, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const SpChange *change = g_ptr_array_index (changes, i);
      g_string_append_printf (out, "%s%" G_GINT64_FORMAT ":%s%s", i > 0 ? ", " : "", change->seq, change->id, change->deleted ? "!" : "");
      for (guint k = 0; k < change->leaves->len; k++)
        g_string_append_printf (out, " %s", (char *) g_ptr_array_index (change->leaves, k));
    }
  return g_string_free (out, FALSE);
}

#define assert_changes(db, since, limit, last, expected) G_STMT_START { \
  g_autofree char *changes_ = list_changes (db, since, limit, last); \
  g_assert_cmpstr (changes_, ==, expected); } G_STMT_END

static void
push_three (SpDb *db)
{
  push (db, "a", "1-a", FALSE);
  push (db, "b", "1-b", FALSE);
  push (db, "c", "2-c 1-c", TRUE);
  push (db, "a", "2-x 1-a", FALSE);
  push (db, "a", "2-y 1-a", FALSE);
  push (db, "a", "3-t 2-y", TRUE);
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *last = NULL;
  g_autofree char *update_seq = sp_docs_get_update_seq (f->db, NULL);
  g_autofree char *empty = NULL;

  assert_changes (f->db, NULL, G_MAXUINT, &empty, "");
  g_assert_cmpstr (empty, ==, update_seq);
  push_three (f->db);
  assert_changes (f->db, NULL, G_MAXUINT, &last, "2:b 1-b, 3:c! 2-c, 6:a 2-x 3-t");
  g_assert_true (g_str_has_prefix (last, "6-"));
  assert_changes (f->db, empty, G_MAXUINT, NULL, "2:b 1-b, 3:c! 2-c, 6:a 2-x 3-t");
  assert_changes (f->db, last, G_MAXUINT, NULL, "");
}

/* From the newest down, and what changes meanwhile stays above. */
static void
test_newest_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *last = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) after = NULL;

  push_three (f->db);
  first = sp_docs_get_newest_changes (f->db, NULL, G_MAXINT64, 2, &last, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_cmpstr (((SpChange *) g_ptr_array_index (first, 0))->id, ==, "a");
  g_assert_cmpstr (((SpChange *) g_ptr_array_index (first, 1))->id, ==, "c");
  g_assert_true (g_str_has_prefix (last, "6-"));
  push (f->db, "d", "1-d", FALSE);
  second = sp_docs_get_newest_changes (f->db, NULL, ((SpChange *) g_ptr_array_index (first, 1))->seq, 2, &newer, NULL);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpstr (((SpChange *) g_ptr_array_index (second, 0))->id, ==, "b");
  after = sp_docs_get_newest_changes (f->db, last, G_MAXINT64, 9, &none, NULL);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((SpChange *) g_ptr_array_index (after, 0))->id, ==, "d");
  g_assert_null (sp_docs_get_newest_changes (f->db, "garbage", G_MAXINT64, 9, &none, NULL));
}

static void
test_changes_in_pages (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *none = NULL;

  push_three (f->db);
  assert_changes (f->db, "0", 2, &first, "2:b 1-b, 3:c! 2-c");
  g_assert_true (g_str_has_prefix (first, "3-"));
  assert_changes (f->db, first, 0, &none, "");
  g_assert_cmpstr (none, ==, first);
  assert_changes (f->db, first, 2, &second, "6:a 2-x 3-t");
  push (f->db, "b", "2-b 1-b", FALSE);
  assert_changes (f->db, second, 2, &third, "7:b 2-b");
  assert_changes (f->db, third, 2, NULL, "");
}

/* A sequence that this store cannot have given begins at the start, so that nothing is skipped. */
static void
test_changes_of_another_epoch (Fixture *f, gconstpointer data)
{
  g_autofree char *last = NULL;
  g_autofree char *beyond = NULL;
  g_autofree char *all = NULL;

  push_three (f->db);
  all = list_changes (f->db, NULL, G_MAXUINT, &last);
  beyond = g_strdup_printf ("7%s", strchr (last, '-'));
  assert_changes (f->db, beyond, G_MAXUINT, NULL, all);
  assert_changes (f->db, "6-0123456789abcdef", G_MAXUINT, NULL, all);
}

static void
test_malformed_since (Fixture *f, gconstpointer data)
{
  static const char * const bad[] = { "", "6", "99999", "garbage", "-1", "-abc", "6-", "6-xyz", "6-AB", " 6-ab", "999999999999999999999999-ab" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_test_message ("“%s”", bad[i]);
      g_assert_null (sp_docs_get_changes (f->db, bad[i], 10, NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

static char *
join_and_free (GPtrArray *strings)
{
  char *joined;

  g_assert_nonnull (strings);
  g_ptr_array_add (strings, NULL);
  joined = g_strjoinv (" ", (char **) strings->pdata);
  g_ptr_array_unref (strings);
  return joined;
}

static void
test_revs_diff (Fixture *f, gconstpointer data)
{
  static const struct { const char *id, *offered, *missing, *ancestors; } cases[] = {
    { "doc", "3-c 2-b 1-a 2-x", "", "" },
    { "doc", "3-c 4-d 2-z", "4-d 2-z", "3-c 2-x" },
    { "doc", "3-z", "3-z", "2-x" },
    { "doc", "1-z", "1-z", "" },
    { "other", "2-b 1-a", "2-b 1-a", "" },
  };

  push (f->db, "doc", "3-c 2-b 1-a", FALSE);
  push (f->db, "doc", "2-x 1-a", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) offered = g_strsplit (cases[i].offered, " ", -1);
      GPtrArray *possible = NULL;
      g_autofree char *missing = join_and_free (sp_docs_revs_diff (f->db, cases[i].id, (const char * const *) offered, &possible, &error));
      g_autofree char *ancestors = join_and_free (possible);
      g_assert_no_error (error);
      g_assert_cmpstr (missing, ==, cases[i].missing);
      g_assert_cmpstr (ancestors, ==, cases[i].ancestors);
    }
}

static void
test_revs_diff_malformed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char * const offered[] = { "1-a", "nonsense", NULL };

  g_assert_null (sp_docs_revs_diff (f->db, "doc", offered, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
test_local (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *read = NULL;
  g_autofree char *body = NULL;

  g_assert_true (sp_docs_put_local (f->db, "check/point==", "{ \"_id\":\"_local/x\", \"last\" : \"5-ab\" }", -1, &first, &error));
  g_assert_true (sp_docs_put_local (f->db, "check/point==", "{\"_rev\":\"0-77\",\"last\":\"6-ab\"}", -1, &second, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "0-1");
  g_assert_cmpstr (second, ==, "0-2");
  body = sp_docs_get_local (f->db, "check/point==", &read, &error);
  g_assert_cmpstr (body, ==, "{\"last\":\"6-ab\"}");
  g_assert_cmpstr (read, ==, "0-2");
  g_assert_cmpint (get_seq (f->db), ==, 0);
  assert_changes (f->db, NULL, G_MAXUINT, NULL, "");

  g_assert_true (sp_docs_delete_local (f->db, "check/point==", &error));
  g_assert_null (sp_docs_get_local (f->db, "check/point==", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_docs_delete_local (f->db, "check/point==", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_docs_put_local (f->db, "", "{}", -1, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_docs_put_local (f->db, "x", "{", -1, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
}

/* Each change is told once to whoever listens, a known revision not at all. */
static void
test_noted_changes (Fixture *f, gconstpointer data)
{
  g_autofree char *ids = NULL;
  g_autofree char *none = NULL;

  push (f->db, "unheard", "1-a", FALSE);
  sp_db_watch_changes (f->db);
  push (f->db, "a", "1-a", FALSE);
  push (f->db, "b", "1-b", FALSE);
  push (f->db, "a", "1-a", FALSE);
  ids = join_and_free (sp_db_take_changes (f->db));
  g_assert_cmpstr (ids, ==, "a b");
  none = join_and_free (sp_db_take_changes (f->db));
  g_assert_cmpstr (none, ==, "");
}

#define REVS 24

typedef struct
{
  int      parent; /* index; -1 of a root */
  guint    generation;
  gboolean deleted;
  gboolean has_child;
} RandomRev;

static char *
random_rev_name (const RandomRev *revs, int i)
{
  return g_strdup_printf ("%u-%02x", revs[i].generation, (i * 167) % 256);
}

static void
make_random_tree (RandomRev *revs)
{
  for (int i = 0; i < REVS; i++)
    {
      int parent = g_test_rand_int_range (-1, MAX (i, 1));
      if (i == 0)
        parent = -1;
      revs[i] = (RandomRev){ .parent = parent, .generation = parent < 0 ? 1 : revs[parent].generation + 1,
                             .deleted = g_test_rand_int_range (0, 4) == 0 };
      if (parent >= 0)
        revs[parent].has_child = TRUE;
    }
}

/* The row of a document tells what counting all leaves of its tree gives. */
static void
assert_counted (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT d.winner = (SELECT n FROM rev WHERE doc = d.n AND leaf ORDER BY deleted, gen DESC, hash DESC)"
                                        " AND d.leaves = (SELECT count (*) FROM rev WHERE doc = d.n AND leaf)"
                                        " AND d.conflicts = max ((SELECT count (*) FROM rev WHERE doc = d.n AND leaf AND NOT deleted) - 1, 0)"
                                        " AND d.deleted = (SELECT deleted FROM rev WHERE n = d.winner) FROM doc d", NULL);

  g_assert_true (sp_db_step (db, stmt, &has_row, NULL) && has_row);
  g_assert_true (sqlite3_column_int (stmt, 0));
}

/* The revision and as much of its history as chance gives, but always its parent. */
static void
push_random (SpDb *db, const RandomRev *revs, int i)
{
  GString *path = g_string_new (NULL);
  g_autofree char *text = NULL;
  int length = g_test_rand_int_range (2, 6);

  for (int at = i; at >= 0 && length > 0; at = revs[at].parent, length--)
    {
      g_autofree char *name = random_rev_name (revs, at);
      g_string_append_printf (path, "%s%s", path->len > 0 ? " " : "", name);
    }
  text = g_string_free (path, FALSE);
  push (db, "doc", text, revs[i].deleted);
  assert_counted (db);
}

static void
push_all_shuffled (SpDb *db, const RandomRev *revs)
{
  int order[REVS];

  for (int i = 0; i < REVS; i++)
    {
      int k = g_test_rand_int_range (0, i + 1);
      order[i] = order[k];
      order[k] = i;
    }
  for (int i = 0; i < REVS; i++)
    push_random (db, revs, order[i]);
}

static int
compare_leaves (gconstpointer a, gconstpointer b)
{
  const char *first = *(char **) a, *second = *(char **) b;
  gboolean first_deleted = g_str_has_suffix (first, "!"), second_deleted = g_str_has_suffix (second, "!");

  return sp_revision_compare (first_deleted, first, second_deleted, second);
}

/* What the leaves must be, straight from the tree. */
static char *
expect_leaves (const RandomRev *revs)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < REVS; i++)
    if (!revs[i].has_child)
      {
        g_autofree char *name = random_rev_name (revs, i);
        g_ptr_array_add (leaves, g_strconcat (name, revs[i].deleted ? "!" : "", NULL));
      }
  g_ptr_array_sort (leaves, compare_leaves);
  g_ptr_array_add (leaves, NULL);
  return g_strjoinv (" ", (char **) leaves->pdata);
}

static void
test_any_order (void)
{
  for (int round = 0; round < 150; round++)
    {
      g_autoptr (SpDb) here = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      g_autoptr (SpDb) there = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      RandomRev revs[REVS];
      g_autofree char *expected = NULL;
      gint64 seq;

      make_random_tree (revs);
      expected = expect_leaves (revs);
      push_all_shuffled (here, revs);
      push_all_shuffled (there, revs);
      assert_leaves (here, "doc", expected);
      assert_leaves (there, "doc", expected);
      seq = get_seq (here);
      push_all_shuffled (here, revs);
      g_assert_cmpint (get_seq (here), ==, seq);
      for (int i = 0; i < REVS; i++)
        {
          g_autofree char *name = random_rev_name (revs, i);
          g_autofree char *first = list_revisions (here, "doc", name);
          assert_revisions (there, "doc", name, first);
        }
    }
}

static gboolean
try_push (SpDb *db, const char *rev, const char *parent, gboolean deleted, GError **error)
{
  const char *path[] = { rev, parent, NULL };

  return sp_docs_put_history (db, "doc", path, deleted, "{}", -1, NULL, error);
}

/* So many versions may stand against each other, and not one more; what was refused undoes nothing around it. */
static void
test_too_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leaves = NULL;

  g_assert_true (sp_db_begin (f->db, NULL));
  for (guint i = 0; i < SP_DOCS_MAX_LIVE; i++)
    {
      g_autofree char *rev = g_strdup_printf ("1-%04x", i);
      push (f->db, "doc", rev, FALSE);
    }
  g_assert_false (try_push (f->db, "1-one", NULL, FALSE, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "doc: 200 versions"));
  g_assert_false (push (f->db, "doc", "1-0001", FALSE));     /* what is known */
  g_assert_true (push (f->db, "doc", "2-a 1-0001", FALSE));  /* what goes on from one of them */
  g_assert_true (push (f->db, "doc", "2-b 1-0002", TRUE));   /* what ends one */
  g_assert_true (push (f->db, "doc", "1-one", FALSE));
  g_assert_false (try_push (f->db, "3-c", "2-b", FALSE, NULL)); /* a tombstone is none of them */
  g_assert_true (sp_db_commit (f->db, NULL));
  leaves = sp_docs_get_leaves (f->db, "doc", NULL);
  g_assert_cmpuint (leaves->len, ==, SP_DOCS_MAX_LIVE + 1);
  assert_counted (f->db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/docs-sync/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("changes", test_changes);
  TEST ("changes-in-pages", test_changes_in_pages);
  TEST ("newest-changes", test_newest_changes);
  TEST ("changes-of-another-epoch", test_changes_of_another_epoch);
  TEST ("malformed-since", test_malformed_since);
  TEST ("revs-diff", test_revs_diff);
  TEST ("revs-diff-malformed", test_revs_diff_malformed);
  TEST ("local", test_local);
  TEST ("noted-changes", test_noted_changes);
  TEST ("too-many", test_too_many);
  g_test_add_func ("/docs-sync/any-order", test_any_order);
  return g_test_run ();
}
