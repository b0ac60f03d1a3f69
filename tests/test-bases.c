/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves began with: the nearest version that all of them came from, over merges too; and where there are several,
 * what those give together. */
#include "settle-fixture.h"

#include "sp-bases.h"
#include "sp-past.h"

/* @json as the first of @rev and its ancestors, newest first, with NULL at the end. */
static void G_GNUC_NULL_TERMINATED
add (SpDb *db, const char *json, const char *rev, ...)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  va_list more;

  g_ptr_array_add (path, (char *) rev);
  va_start (more, rev);
  for (const char *next = va_arg (more, const char *); next != NULL; next = va_arg (more, const char *))
    g_ptr_array_add (path, (char *) next);
  va_end (more);
  g_ptr_array_add (path, NULL);
  sp_docs_put_history (db, ID, (const char *const *) path->pdata, FALSE, json, -1, NULL, &error);
  g_assert_no_error (error);
}

static SpBase *
find_base (SpDb *db, const char *first, const char *second)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (GError) error = NULL;
  const char *revs[] = { first, second };
  SpBase *base;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SpDoc) doc = sp_docs_get (db, ID, revs[i], NULL);
      g_autoptr (SpNode) body = parse (doc->body);

      g_ptr_array_add (leaves, sp_merge_leaf_new (revs[i], body));
    }
  base = sp_bases_find (db, ID, leaves, &error);
  g_assert_no_error (error);
  return base;
}

static void
test_kept (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"x\",\"modified\":{},\"edit\":[]}", "1-a", NULL);
  add (db, "{\"name\":\"y\"}", "2-a", "1-a", NULL);
  add (db, "{\"name\":\"z\"}", "2-b", "1-a", NULL);
  base = find_base (db, "2-a", "2-b");
  g_assert_cmpstr (base->rev, ==, "1-a");
  g_assert_cmpuint (base->generation, ==, 1);
  g_autofree char *json = sp_node_to_json (base->body);
  g_assert_cmpstr (json, ==, "{\"name\":\"x\"}");
}

/* The ancestor never was here: one of the leaves tells what it was. */
static void
test_rebuilt (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"z\",\"url\":\"u\"}", "2-b", "1-a", NULL);
  add (db,
       "{\"name\":\"y\",\"edit\":[{\"from\":\"2-a\",\"was\":{\"url\":\"u\"}},{\"from\":\"1-a\",\"was\":{\"name\":\"x\"}"
       "}]}",
       "3-a", "2-a", "1-a", NULL);
  base = find_base (db, "2-b", "3-a");
  g_assert_cmpstr (base->rev, ==, "1-a");
  g_autofree char *json = sp_node_to_json (base->body);
  g_assert_cmpstr (json, ==, "{\"name\":\"x\",\"url\":\"u\"}");
}

static void
test_unknown (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"y\"}", "2-a", "1-a", NULL);
  add (db, "{\"name\":\"z\"}", "2-b", "1-a", NULL);
  base = find_base (db, "2-a", "2-b");
  g_assert_cmpstr (base->rev, ==, "1-a");
  g_assert_null (base->body);
}

static void
test_roots (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;
  g_autoptr (SpBase) stemmed = NULL;

  add (db, "{\"name\":\"y\"}", "1-a", NULL);
  add (db, "{\"name\":\"z\"}", "2-b", "1-b", NULL);
  add (db, "{\"name\":\"z\"}", "2-c", NULL); /* what came before is not known */
  base = find_base (db, "1-a", "2-b");
  g_assert_null (base->rev);
  g_assert_cmpuint (base->generation, ==, 0);
  g_assert_cmpuint (sp_node_get_length (base->body), ==, 0);
  stemmed = find_base (db, "1-a", "2-c");
  g_assert_null (stemmed->body);
}

/* A merged revision counts as a child of each revision it merged: the greatest common ancestor is then the loser. */
static void
test_over_merge (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"x\"}", "1-a", NULL);
  add (db, "{\"name\":\"w\"}", "2-w", "1-a", NULL);
  add (db, "{\"name\":\"l\"}", "2-l", "1-a", NULL);
  add (db, "{\"name\":\"m\",\"edit\":[{\"from\":\"2-w\",\"merged\":[\"2-l\"],\"was\":{\"name\":\"w\"}}]}", "3-m", "2-w",
       "1-a", NULL);
  add (db, "{\"name\":\"k\"}", "3-k", "2-l", "1-a", NULL);
  base = find_base (db, "3-m", "3-k");
  g_assert_cmpstr (base->rev, ==, "2-l");
  g_assert_cmpstr (sp_node_get_text (base->body, "name"), ==, "l");
}

/* What was merged had merged something itself. Neither its body nor its path ever came here: the merge tells. */
static void
test_over_two_merges (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"m\",\"edit\":[{\"from\":\"2-w\",\"merged\":[\"4-l\"],\"past\":[[\"4-l\",\"3-l\",\"2-l\",\"1-a\"],"
           "[\"4-l\",\"2-k\",\"1-a\"]],\"was\":{\"name\":\"w\"}}]}", "3-m", "2-w", "1-a", NULL);
  add (db, "{\"name\":\"k2\",\"edit\":[{\"from\":\"2-k\",\"was\":{\"name\":\"k\"}}]}", "3-k", "2-k", "1-a", NULL);
  base = find_base (db, "3-m", "3-k");
  g_assert_cmpstr (base->rev, ==, "2-k");
  g_assert_cmpstr (sp_node_get_text (base->body, "name"), ==, "k");
}

static SpMergeLeaf *
new_leaf (const char *json, const char *const *path)
{
  g_autoptr (SpNode) body = parse (json);
  SpMergeLeaf *leaf = sp_merge_leaf_new (path[0], body);

  leaf->path = g_strdupv ((char **) path);
  return leaf;
}

static void
assert_past (const char *loser, const char *const *path, const char *expected)
{
  g_autoptr (GPtrArray) leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpNode) past = NULL;
  g_autofree char *json = NULL;

  g_ptr_array_add (leaves, new_leaf ("{}", (const char *const[]){ "5-w", "4-w", "1-a", NULL }));
  g_ptr_array_add (leaves, new_leaf (loser, path));
  past = sp_past_make (leaves);
  json = past != NULL ? sp_node_to_json (past) : NULL;
  g_assert_cmpstr (json, ==, expected);
}

/* A merge tells how what gave way led to what both share, and what that had merged; revisions and nothing else. */
static void
test_past (void)
{
  const char *const path[] = { "4-l", "3-l", "2-l", "1-a", NULL }, *const root[] = { "1-b", NULL };

  assert_past ("{}", root, NULL);
  assert_past ("{}", path, "[[\"4-l\",\"3-l\",\"2-l\",\"1-a\"]]");
  assert_past ("{\"edit\":[{\"from\":\"3-l\",\"was\":{\"phone\":\"0\"}},{\"from\":\"2-l\",\"merged\":[\"2-k\",\"Ann Example\",7],"
               "\"past\":[[\"2-k\",\"1-a\"],[\"Ann Example\",\"1-a\"],\"Ann\",[\"3-l\",\"2-k\"]]},"
               "{\"from\":\"0-x\",\"merged\":[\"2-no\"]}]}", path,
               "[[\"4-l\",\"3-l\",\"2-l\",\"1-a\"],[\"3-l\",\"2-k\",\"1-a\"]]");
}

/* There is an end to how much a merge tells: what comes first in it is there. */
static void
test_past_of_many (void)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new_with_free_func (g_free), leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_merge_leaf_free);
  g_autoptr (SpNode) past = NULL;
  g_autofree char *json = NULL;

  for (guint i = 300; i > 0; i--)
    g_ptr_array_add (path, g_strdup_printf ("%u-l", i));
  g_ptr_array_add (path, NULL);
  g_ptr_array_add (leaves, new_leaf ("{}", (const char *const[]){ "301-w", "1-l", NULL }));
  g_ptr_array_add (leaves, new_leaf ("{\"edit\":[{\"from\":\"299-l\",\"merged\":[\"2-k\"]}]}", (const char *const *) path->pdata));
  past = sp_past_make (leaves);
  json = sp_node_to_json (past);
  g_assert_cmpuint (strlen (json), <=, SP_PAST_MAX_BYTES);
  g_assert_cmpuint (strlen (json), >, SP_PAST_MAX_BYTES - 20);
  g_assert_cmpuint (sp_node_get_length (past), ==, 1);
  g_assert_true (g_str_has_prefix (json, "[[\"300-l\",\"299-l\","));
}

/* Nothing was there while it was deleted. */
static void
test_deleted (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  add (db, "{\"name\":\"x\"}", "1-a", NULL);
  g_assert_true (sp_docs_put_history (db, ID, (const char *[]){ "2-d", "1-a", NULL }, TRUE, "{\"type\":\"asset\"}", -1,
                                      NULL, NULL));
  add (db, "{\"name\":\"y\"}", "3-a", "2-d", "1-a", NULL);
  add (db, "{\"name\":\"z\"}", "3-b", "2-d", "1-a", NULL);
  base = find_base (db, "3-a", "3-b");
  g_assert_cmpstr (base->rev, ==, "2-d");
  g_assert_cmpuint (sp_node_get_length (base->body), ==, 0);
}

#define MERGED(from, loser) "\"edit\":[{\"from\":\"" from "\",\"merged\":[\"" loser "\"],\"was\":{}}]"

/* Two versions of a root, 2-y and 2-x, each in a merge of its own: 3-m of both, and 4-m of one and a child of the
 * other. */
static void
cross (SpDb *db, const char *root, const char *y, const char *x, const char *x2, const char *first, const char *second)
{
  add (db, root, "1-a", NULL);
  add (db, y, "2-y", "1-a", NULL);
  add (db, x, "2-x", "1-a", NULL);
  add (db, x2, "3-x", "2-x", "1-a", NULL);
  add (db, first, "3-m", "2-y", "1-a", NULL);
  add (db, second, "4-m", "3-x", "2-x", "1-a", NULL);
}

/* Of two that both leaves began with neither will do by itself: each lacks what the other brought. */
static void
test_crosswise (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  cross (db, "{\"name\":\"a\"}", "{\"name\":\"a\",\"url\":\"y\"}", "{\"name\":\"x\"}", "{\"name\":\"z\"}",
         "{\"name\":\"x\",\"url\":\"y\"," MERGED ("2-y", "2-x") "}",
         "{\"name\":\"z\",\"url\":\"y\"," MERGED ("3-x", "2-y") "}");
  base = find_base (db, "3-m", "4-m");
  g_assert_cmpstr (base->rev, ==, "2-y");
  g_assert_cmpstr (sp_node_get_text (base->body, "name"), ==, "x");
  g_assert_cmpstr (sp_node_get_text (base->body, "url"), ==, "y");
  g_assert_cmpuint (base->unknown->len, ==, 0);
}

/* What those two collide in nobody knows: each leaf may have decided in its way. */
static void
test_crosswise_collision (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  cross (db, "{\"type\":\"asset\",\"name\":\"a\"}", "{\"type\":\"asset\",\"name\":\"y\",\"url\":\"y\"}",
         "{\"type\":\"asset\",\"name\":\"x\"}", "{\"type\":\"asset\",\"name\":\"x\",\"email\":\"x\"}",
         "{\"type\":\"asset\",\"name\":\"y\",\"url\":\"y\"," MERGED ("2-y", "2-x") "}",
         "{\"type\":\"asset\",\"name\":\"x\",\"url\":\"y\",\"email\":\"x\"," MERGED ("3-x", "2-y") "}");
  base = find_base (db, "3-m", "4-m");
  g_assert_cmpstr (sp_node_get_text (base->body, "url"), ==, "y");
  g_assert_null (sp_node_get (base->body, "name"));
  g_assert_cmpuint (base->unknown->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (base->unknown, 0), ==, "name");
  g_assert_cmpint (settle (db), ==, SP_SETTLED_CONFLICT);
}

/* One of them is not kept here: then nobody here knows. */
static void
test_crosswise_unknown (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autoptr (SpBase) base = NULL;

  cross (db, "{\"name\":\"a\"}", "{\"name\":\"a\",\"url\":\"y\"}", "{\"name\":\"x\"}", "{\"name\":\"z\"}",
         "{\"name\":\"x\",\"url\":\"y\"," MERGED ("2-y", "2-x") "}",
         "{\"name\":\"z\",\"url\":\"y\"," MERGED ("3-x", "2-y") "}");
  g_assert_true (sp_docs_drop_body (db, ID, "2-x", NULL));
  base = find_base (db, "3-m", "4-m");
  g_assert_null (base->body);
}

/* What came after both merged is settled without anybody being asked, and what was taken back stays taken back. */
static void
test_taken_back (void)
{
  g_autoptr (SpDb) ann = new_replica (), bob = new_replica (), cyd = new_replica ();
  g_autofree char *root =
                      save (ann, NULL, "{\"type\":\"asset\",\"name\":\"r\",\"url\":\"r\",\"email\":\"r\"}", "ann", ON),
                  *anns = NULL;

  replicate (ann, bob, NULL);
  replicate (ann, cyd, NULL);
  anns = save (ann, root, "{\"url\":\"a\",\"email\":\"a\"}", "ann", ON);
  replicate (ann, cyd, NULL);                                                  /* cyd has ann's first edit … */
  g_free (save (ann, anns, "{\"url\":\"r\",\"email\":\"aa\"}", "ann", LATER)); /* … of which ann takes one half back */
  g_free (save (bob, root, "{\"name\":\"b\"}", "bob", LATER));
  replicate (bob, ann, NULL);
  replicate (bob, cyd, NULL);
  g_assert_cmpint (settle (ann), ==, SP_SETTLED_MERGED);
  g_assert_cmpint (settle (cyd), ==, SP_SETTLED_MERGED);
  replicate (ann, cyd, NULL);
  replicate (cyd, ann, NULL);
  g_assert_cmpint (settle (ann), ==, SP_SETTLED_MERGED);
  g_assert_cmpint (settle (cyd), ==, SP_SETTLED_MERGED);
  assert_same (ann, cyd);
  assert_text (cyd, "name", "b");
  assert_text (cyd, "url", "r");
  assert_text (cyd, "email", "aa");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bases/kept", test_kept);
  g_test_add_func ("/bases/rebuilt", test_rebuilt);
  g_test_add_func ("/bases/unknown", test_unknown);
  g_test_add_func ("/bases/roots", test_roots);
  g_test_add_func ("/bases/over-merge", test_over_merge);
  g_test_add_func ("/bases/over-two-merges", test_over_two_merges);
  g_test_add_func ("/bases/past", test_past);
  g_test_add_func ("/bases/past-of-many", test_past_of_many);
  g_test_add_func ("/bases/deleted", test_deleted);
  g_test_add_func ("/bases/crosswise", test_crosswise);
  g_test_add_func ("/bases/crosswise-collision", test_crosswise_collision);
  g_test_add_func ("/bases/crosswise-unknown", test_crosswise_unknown);
  g_test_add_func ("/bases/taken-back", test_taken_back);
  return g_test_run ();
}
