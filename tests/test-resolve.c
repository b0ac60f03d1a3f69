/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a person: the list of it, all versions of three, and two that become two entries. */
#include "sp-history.h"
#include "sp-resolve.h"
#include "versions-fixture.h"

#define SECOND "asset:0b7e0000-0000-4000-8000-000000000002"
#define THIRD "asset:0b7e0000-0000-4000-8000-000000000003"

static const SpEditStamp stamp = { "cyd", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };

/* Mine, and as many others as asked for; all changed the name. */
static char *
collide (SpDb *db, const char *id, guint others)
{
  g_autofree char *first = write_version (db, id, NULL, "{'type':'asset','name':'Hall','url':'https://a.example.org'}", "ann");
  char *mine = write_version (db, id, first, "{'name':'Mine'}", "ann");

  put_version (db, id, "2-00000000000000000000000000000001", first,
               "{'type':'asset','name':'Theirs','url':'https://a.example.org','source':{'feed':'f','row':'1'},"
               "'modified':{'by':'bob','on':'2026-11-21T10:00:00Z'}}");
  if (others > 1)
    put_version (db, id, "2-00000000000000000000000000000002", first,
                 "{'type':'asset','name':'Another','modified':{'by':'cat','on':'2026-11-21T11:00:00Z'}}");
  return mine;
}

static const SpConflictSide *
get_side (const SpConflict *conflict, guint index)
{
  return g_ptr_array_index (conflict->sides, index);
}

static const char *
get_value (const SpCollision *collision, guint index)
{
  return sp_node_get_string (g_ptr_array_index (collision->values, index));
}

static void
test_three (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *mine = collide (db, ID, 2);
  g_autoptr (SpConflict) conflict = sp_resolve_look (db, ID, NULL);
  const SpCollision *name;

  g_assert_nonnull (conflict);
  g_assert_true (conflict->own);
  g_assert_cmpuint (conflict->sides->len, ==, 3);
  g_assert_cmpstr (get_side (conflict, 0)->rev, ==, mine);
  g_assert_cmpstr (get_side (conflict, 0)->by, ==, "ann");
  g_assert_cmpstr (get_side (conflict, 1)->by, ==, "cat");
  g_assert_cmpstr (get_side (conflict, 1)->on, ==, "2026-11-21T11:00:00Z");
  g_assert_cmpstr (get_side (conflict, 2)->by, ==, "bob");
  name = g_ptr_array_index (conflict->collisions, 0);
  g_assert_cmpstr (name->path, ==, "name");
  g_assert_cmpstr (get_value (name, 0), ==, "Mine");
  g_assert_cmpstr (get_value (name, 1), ==, "Another");
  g_assert_cmpstr (get_value (name, 2), ==, "Theirs");
}

static void
test_list (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *first = collide (db, ID, 1), *second = collide (db, SECOND, 1);
  g_autofree char *alone = write_version (db, THIRD, NULL, "{'type':'asset','name':'Alone'}", "ann");
  g_autoptr (GPtrArray) all = sp_resolve_list (db, 10, NULL), one = sp_resolve_list (db, 1, NULL);
  guint count;

  g_assert_true (sp_resolve_count (db, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((SpConflict *) g_ptr_array_index (all, 0))->id, ==, SECOND); /* the newest first */
  g_assert_cmpuint (one->len, ==, 1);
}

/* Submissions are decided on in another way. */
static void
test_not_submissions (void)
{
  g_autoptr (SpDb) db = new_store ();
  guint count;

  put_version (db, "submission:ann:1", "2-00000000000000000000000000000001", "1-0000000000000000000000000000000a", "{'type':'submission'}");
  put_version (db, "submission:ann:1", "2-00000000000000000000000000000002", "1-0000000000000000000000000000000a", "{'type':'submission','n':1}");
  g_assert_true (sp_resolve_count (db, &count, NULL));
  g_assert_cmpuint (count, ==, 0);
}

static gboolean
is_kept (SpDb *db, const char *rev)
{
  g_autoptr (GPtrArray) versions = sp_history_get (db, ID, NULL);

  for (guint i = 0; i < versions->len; i++)
    if (g_strcmp0 (((SpVersion *) g_ptr_array_index (versions, i))->rev, rev) == 0)
      return TRUE;
  return FALSE;
}

static void
test_split (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *mine = collide (db, ID, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) apart = NULL;
  guint count;

  g_assert_true (sp_resolve_split (db, ID, (const char *[]){ SECOND, THIRD, NULL }, &stamp, &error));
  g_assert_no_error (error);
  assert_member (db, ID, "name", "Mine");
  assert_member (db, ID, "url", "https://a.example.org");
  assert_member (db, ID, "modified.by", "cyd");
  assert_member (db, SECOND, "name", "Another");
  assert_member (db, SECOND, "url", NULL);
  assert_member (db, THIRD, "name", "Theirs");
  apart = get_body (db, THIRD);
  g_assert_null (sp_node_get (apart, "source")); /* it is not the row that was imported */
  g_assert_null (sp_node_get (apart, "edit"));
  g_assert_true (sp_resolve_count (db, &count, NULL));
  g_assert_cmpuint (count, ==, 0);
  g_assert_true (is_kept (db, mine));
  g_assert_true (is_kept (db, "2-00000000000000000000000000000001"));
}

/* Another version came while a person thought: nothing is written. */
static void
test_split_refused (void)
{
  g_autoptr (SpDb) db = new_store ();
  g_autofree char *mine = collide (db, ID, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) none = NULL;
  guint count;

  g_assert_false (sp_resolve_split (db, ID, (const char *[]){ SECOND, NULL }, &stamp, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  none = sp_docs_get (db, SECOND, NULL, NULL);
  g_assert_null (none);
  g_assert_true (sp_resolve_count (db, &count, NULL));
  g_assert_cmpuint (count, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/resolve/three", test_three);
  g_test_add_func ("/resolve/list", test_list);
  g_test_add_func ("/resolve/not-submissions", test_not_submissions);
  g_test_add_func ("/resolve/split", test_split);
  g_test_add_func ("/resolve/split-refused", test_split_refused);
  return g_test_run ();
}
