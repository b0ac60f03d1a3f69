/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What merges begin with when some of it was erased since: the rest of it, the same in every store, and nobody else's to see. */
#include "settle-fixture.h"

#include "sp-erase.h"

#define SECRET "zqxjbrendavoss"
#define CONTACTS "\"contacts\":[{\"id\":\"c1\",\"name\":\"" SECRET "\"}]"
#define ROOT "{\"type\":\"asset\",\"name\":\"r\",\"url\":\"r\"," CONTACTS "}"

static void
erase (SpDb *db, const char *member)
{
  static const SpEditStamp dan = { "dan", "2026-11-05T10:00:00Z", SP_EDIT_BY_PERSON };
  g_autoptr (GError) error = NULL;

  sp_erase_members (db, ID, (const char *[]){ member, NULL }, &dan, &error);
  g_assert_no_error (error);
}

static char *
get_rev (SpDb *db)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, ID, NULL, NULL);

  return g_strdup (doc->rev);
}

/* Saves once more below what is newest. */
static void
go_on (SpDb *db, const char *changes, const char *by)
{
  g_autofree char *rev = get_rev (db);

  g_free (save (db, rev, changes, by, LATER));
}

static SpNode *
get_begun (SpDb *db, const char *rev)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get_begun (db, ID, rev, &error);

  g_assert_no_error (error);
  return parse (doc->body);
}

static gboolean
tells (SpDb *db, const char *secret)
{
  g_autoptr (GPtrArray) versions = sp_history_get_stored (db, ID, NULL);

  for (guint i = 0; i < versions->len; i++)
    if (strstr (((SpVersion *) g_ptr_array_index (versions, i))->body, secret) != NULL)
      return TRUE;
  return FALSE;
}

/* What is left is no version: none to read, to restore, to go back to, or to send. */
static void
test_nobody_elses (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autofree char *first = save (db, NULL, ROOT, "ann", ON), *second = save (db, first, "{\"name\":\"s\"}", "ann", ON);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) rest = NULL;
  g_autofree char *newest = NULL;
  g_autoptr (GError) error = NULL;

  erase (db, "contacts");
  newest = get_rev (db);
  rest = get_begun (db, first);
  g_assert_cmpstr (sp_node_get_text (rest, "name"), ==, "r");
  g_assert_null (sp_node_get (rest, "contacts"));
  g_assert_false (tells (db, SECRET));
  doc = sp_docs_get (db, ID, first, NULL);
  g_assert_null (doc->body);
  versions = sp_history_get (db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
  g_assert_false (sp_docs_keep_body (db, ID, first, "base", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_docs_remove_unoffered (db, ID, newest, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DENIED);
}

/* Each erasure takes its part, and then there is nothing more to do. */
static void
test_again (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autofree char *first = save (db, NULL, ROOT, "ann", ON), *second = save (db, first, "{\"name\":\"s\"}", "ann", ON);
  g_autoptr (SpNode) rest = NULL;
  int before;

  erase (db, "contacts");
  erase (db, "url");
  rest = get_begun (db, first);
  g_assert_cmpstr (sp_node_get_text (rest, "name"), ==, "r");
  g_assert_null (sp_node_get (rest, "url"));
  before = sqlite3_total_changes (sp_db_get_handle (db));
  settle (db);
  g_assert_cmpint (sqlite3_total_changes (sp_db_get_handle (db)), ==, before);
}

/* A version that never told what was erased stays what it is. */
static void
test_told_nothing (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autofree char *first = save (db, NULL, "{\"type\":\"asset\",\"name\":\"r\"}", "ann", ON);
  g_autofree char *second = save (db, first, "{" CONTACTS "}", "ann", ON);
  g_autoptr (SpDoc) before = sp_docs_get (db, ID, first, NULL), after = NULL, told = NULL;

  erase (db, "contacts");
  after = sp_docs_get (db, ID, first, NULL);
  g_assert_cmpstr (after->body, ==, before->body);
  told = sp_docs_get (db, ID, second, NULL);
  g_assert_null (told->body);
}

static void
test_document (void)
{
  g_autoptr (SpDb) db = new_replica ();
  g_autofree char *first = save (db, NULL, ROOT, "ann", ON), *second = save (db, first, "{\"name\":\"s\"}", "ann", ON);
  g_autoptr (GPtrArray) versions = NULL;

  erase (db, "contacts");
  versions = sp_history_get_stored (db, ID, NULL);
  g_assert_cmpuint (versions->len, >, 0);
  g_ptr_array_unref (versions);
  g_assert_true (sp_erase_document (db, ID, NULL));
  versions = sp_history_get_stored (db, ID, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
}

/* One merges bob's version with its own, another with what came after an erasure that bob did not know of. What both have is
 * bob's version then, which only the first still has as it was. */
static void
test_crosswise (void)
{
  g_autoptr (SpDb) ann = new_replica (), bob = new_replica (), cyd = new_replica ();
  g_autofree char *root = save (ann, NULL, ROOT, "ann", ON), *bobs = NULL;
  g_autoptr (SpNode) rest = NULL, body = NULL;

  replicate (ann, bob, NULL);
  replicate (ann, cyd, NULL);
  bobs = save (bob, root, "{\"url\":\"b\",\"contacts\":[{\"id\":\"c1\",\"name\":\"" SECRET "\",\"phone\":\"1\"}]}", "bob", LATER);
  go_on (ann, "{\"name\":\"a\"}", "ann");
  go_on (ann, "{\"name\":\"aa\"}", "ann");
  erase (cyd, "contacts");
  go_on (cyd, "{\"contacts\":[{\"id\":\"c2\",\"name\":\"c\"}]}", "cyd");
  replicate (bob, ann, NULL);
  replicate (bob, cyd, NULL);
  g_assert_cmpint (settle (ann), ==, SP_SETTLED_MERGED);
  g_assert_cmpint (settle (cyd), ==, SP_SETTLED_MERGED);
  rest = get_begun (cyd, bobs);
  g_assert_cmpstr (sp_node_get_text (rest, "url"), ==, "b");

  replicate (ann, cyd, NULL);
  replicate (cyd, ann, NULL);
  g_assert_cmpint (settle (cyd), ==, SP_SETTLED_MERGED);
  g_assert_cmpint (settle (ann), ==, SP_SETTLED_MERGED);
  assert_same (ann, cyd);
  assert_text (cyd, "name", "aa");
  assert_text (cyd, "url", "b");
  assert_text (cyd, "contacts.c2.name", "c");
  body = get_winner (cyd);
  g_assert_cmpuint (sp_node_get_length (sp_node_get (body, "contacts")), ==, 1);
}

/* Saves below the leaf that has @text. */
static void
save_below (SpDb *db, const char *text, const char *changes)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, i);

      if (strstr (leaf->body, text) != NULL)
        g_free (save (db, leaf->rev, changes, "ann", LATER));
    }
}

/* Two versions that both know of an erasure, each in its own way, reach one store that has forgotten and one that has not. The
 * contacts that somebody put back are not taken for those that were there before. */
static void
test_not_yet_forgotten (void)
{
  g_autoptr (SpDb) ann = new_replica (), bob = new_replica (), late = new_replica ();
  g_autofree char *root = save (ann, NULL, ROOT, "ann", ON);

  replicate (ann, bob, NULL);
  replicate (ann, late, NULL);
  go_on (ann, "{\"name\":\"a\"}", "ann");
  erase (bob, "contacts");
  go_on (bob, "{\"name\":\"b\"," CONTACTS "}", "bob");
  replicate (bob, ann, NULL);
  g_assert_cmpint (settle (ann), ==, SP_SETTLED_ERASED); /* and a person must decide about the name */
  g_assert_cmpuint (count_live (ann), ==, 2);
  save_below (ann, "\"name\":\"a\"", "{\"name\":\"b\"}");
  replicate (ann, late, NULL);
  settle (ann);
  settle (late);
  assert_same (ann, late);
  g_assert_cmpuint (count_live (late), ==, 1);
  assert_text (late, "contacts.c1.name", SECRET);
}

/* Where versions stood against each other in nothing else, nobody is asked about what is gone. */
static void
test_only_collision (void)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();

  part (a, b, ROOT, "{\"name\":\"a\",\"contacts\":[{\"id\":\"c1\",\"name\":\"1\"}]}", "{\"url\":\"b\",\"contacts\":[{\"id\":\"c1\",\"name\":\"2\"}]}");
  replicate (b, a, NULL);
  g_assert_cmpint (settle (a), ==, SP_SETTLED_CONFLICT);
  erase (a, "contacts");
  g_assert_cmpuint (count_live (a), ==, 1);
  assert_text (a, "name", "a");
  assert_text (a, "url", "b");
  replicate (a, b, NULL);
  settle (b);
  assert_same (a, b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erase/bases/nobody-elses", test_nobody_elses);
  g_test_add_func ("/erase/bases/again", test_again);
  g_test_add_func ("/erase/bases/told-nothing", test_told_nothing);
  g_test_add_func ("/erase/bases/document", test_document);
  g_test_add_func ("/erase/bases/crosswise", test_crosswise);
  g_test_add_func ("/erase/bases/not-yet-forgotten", test_not_yet_forgotten);
  g_test_add_func ("/erase/bases/only-collision", test_only_collision);
  return g_test_run ();
}
