/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing a decision: the question comes back, here and on every other replica, in whatever order that arrives. */
#include "settle-fixture.h"

static const SpEditStamp eve = { "eve", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };

#define HALL "{\"type\":\"asset\",\"name\":\"Hall\",\"url\":\"u\"}"

/* Two replicas that disagree about the name, and not about the rest; both have both versions. */
static void
disagree (SpDb *a, SpDb *b)
{
  part (a, b, HALL, "{\"name\":\"Mine\",\"url\":\"v\"}", "{\"name\":\"Theirs\",\"summary\":\"s\"}");
  replicate (a, b, NULL);
  replicate (b, a, NULL);
  g_assert_cmpint (settle (a), ==, SP_SETTLED_CONFLICT);
  g_assert_cmpint (settle (b), ==, SP_SETTLED_CONFLICT);
}

static void
decide (SpDb *db, SpChoiceKind kind)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_choice_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (choices, sp_choice_new ("name", kind, NULL, kind == SP_CHOICE_VALUE ? sp_node_new_string ("Both") : NULL));
  sp_resolve_write (db, ID, choices, &eve, NULL, &error);
  g_assert_no_error (error);
}

static void
reopen (SpDb *db)
{
  g_autoptr (GError) error = NULL;

  sp_resolve_reopen (db, ID, &eve, &error);
  g_assert_no_error (error);
}

static char *
get_value (const SpCollision *collision, guint side)
{
  return g_strdup (sp_node_get_string (g_ptr_array_index (collision->values, side)));
}

/* Whether the name, and nothing else, is to be decided between the two. */
static void
assert_asks (SpDb *db)
{
  g_autoptr (SpConflict) conflict = sp_resolve_look (db, ID, NULL);
  g_autofree char *first = NULL, *second = NULL;
  const SpCollision *collision;

  g_assert_nonnull (conflict);
  g_assert_cmpuint (conflict->sides->len, ==, 2);
  g_assert_cmpuint (conflict->collisions->len, ==, 1);
  collision = g_ptr_array_index (conflict->collisions, 0);
  g_assert_cmpstr (collision->path, ==, "name");
  first = get_value (collision, 0);
  second = get_value (collision, 1);
  g_assert_true ((g_str_equal (first, "Mine") && g_str_equal (second, "Theirs")) || (g_str_equal (first, "Theirs") && g_str_equal (second, "Mine")));
}

/* The same versions as before, signed as they were, each the one of whom it was. */
static void
test_question (void)
{
  static const SpChoiceKind kinds[] = { SP_CHOICE_MINE, SP_CHOICE_THEIRS, SP_CHOICE_VALUE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SpDb) a = new_replica (), b = new_replica ();
      g_autoptr (SpConflict) before = NULL, after = NULL;

      disagree (a, b);
      before = sp_resolve_look (a, ID, NULL);
      decide (a, kinds[i]);
      reopen (a);
      assert_asks (a);
      after = sp_resolve_look (a, ID, NULL);
      g_assert_true (after->own);
      for (guint k = 0; k < 2; k++)
        {
          const SpConflictSide *was = g_ptr_array_index (before->sides, k), *is = g_ptr_array_index (after->sides, k);

          g_assert_cmpstr (was->by, ==, is->by);
          g_assert_cmpstr (was->on, ==, is->on);
        }
      decide (a, SP_CHOICE_MINE); /* and can be decided anew, what only one of them changed included */
      g_assert_cmpuint (count_live (a), ==, 1);
      assert_text (a, "name", "Mine");
      assert_text (a, "url", "v");
      assert_text (a, "summary", "s");
    }
}

/* Brings one leaf, and settles at once, as when a line breaks after each. */
static void
bring_one_by_one (SpDb *from, SpDb *to, gboolean backwards)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (from, ID, NULL);

  for (guint i = 0; i < leaves->len; i++)
    {
      const SpDoc *leaf = g_ptr_array_index (leaves, backwards ? leaves->len - 1 - i : i);
      g_auto (GStrv) path = sp_docs_get_revisions (from, ID, leaf->rev, NULL);

      sp_docs_put_history (to, ID, (const char *const *) path, leaf->deleted, leaf->body, -1, NULL, NULL);
      settle (to);
    }
}

/* Whatever was decided, and whichever version comes first: the other replica knows of the decision, or not yet. */
static void
test_travels (void)
{
  static const SpChoiceKind kinds[] = { SP_CHOICE_MINE, SP_CHOICE_THEIRS, SP_CHOICE_VALUE };

  for (guint i = 0; i < 4 * G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SpDb) a = new_replica (), b = new_replica (), c = new_replica ();
      gboolean backwards = i % 2 == 1, knows = i / 2 % 2 == 1;

      disagree (a, b);
      decide (a, kinds[i / 4]);
      if (knows)
        bring_one_by_one (a, b, FALSE);
      reopen (a);
      bring_one_by_one (a, b, backwards);
      assert_asks (b);
      bring_one_by_one (b, c, backwards); /* one that has nothing else */
      assert_asks (c);
      bring_one_by_one (c, a, backwards);
      assert_same (a, b);
      assert_same (a, c);
      decide (c, SP_CHOICE_THEIRS);
      bring_one_by_one (c, a, FALSE);
      bring_one_by_one (c, b, FALSE);
      g_assert_cmpuint (count_live (a), ==, 1);
      assert_same (a, c);
      assert_same (b, c);
    }
}

/* Somebody who heard of the decision went on from there: nothing of that is lost, and it is asked. */
static void
test_edited_meanwhile (gconstpointer backwards)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();
  g_autoptr (SpDoc) decided = NULL;
  g_autoptr (SpConflict) conflict = NULL;

  disagree (a, b);
  decide (a, SP_CHOICE_VALUE);
  bring_one_by_one (a, b, FALSE);
  decided = sp_docs_get (b, ID, NULL, NULL);
  g_free (save (b, decided->rev, "{\"phone\":\"01632 960001\"}", "bob", LATER));
  reopen (a);
  bring_one_by_one (a, b, backwards != NULL);
  bring_one_by_one (b, a, FALSE);
  assert_same (a, b);
  conflict = sp_resolve_look (a, ID, NULL);
  g_assert_nonnull (conflict);
  g_assert_cmpuint (conflict->sides->len, ==, 3);
  decide (a, SP_CHOICE_MINE);
  assert_text (a, "phone", "01632 960001");
  assert_text (a, "summary", "s");
}

/* ---- what was deleted ---- */

/* Deletes the entry in @db, whichever version is named; gives what lived. */
static GStrv
delete_all (SpDb *db, guint named)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, ID, NULL);
  g_autoptr (GStrvBuilder) versions = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *tombstone = NULL;
  g_auto (GStrv) path = NULL;

  for (guint i = 0; i < 2; i++)
    g_strv_builder_add (versions, ((const SpDoc *) g_ptr_array_index (leaves, i))->rev);
  sp_edit_delete (db, ID, ((const SpDoc *) g_ptr_array_index (leaves, named))->rev, &eve, &tombstone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_live (db), ==, 0);
  path = sp_docs_get_revisions (db, ID, tombstone, NULL);
  g_assert_cmpstr (path[1], ==, ((const SpDoc *) g_ptr_array_index (leaves, named))->rev);
  return g_strv_builder_end (versions);
}

/* Both versions go, here and elsewhere; taken back, both stand against each other again, whichever comes first. */
static void
test_deleted (gconstpointer backwards)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();
  g_auto (GStrv) versions = NULL;
  g_autoptr (SpConflict) conflict = NULL;

  disagree (a, b);
  versions = delete_all (a, backwards != NULL);
  bring_one_by_one (a, b, backwards != NULL);
  g_assert_cmpuint (count_live (b), ==, 0);
  g_assert_true (sp_resolve_undelete (a, ID, (const char *const *) versions, &eve, NULL));
  assert_asks (a);
  conflict = sp_resolve_look (a, ID, NULL);
  g_assert_true (conflict->own);
  bring_one_by_one (a, b, backwards != NULL);
  assert_same (a, b);
  assert_asks (b);
  decide (b, SP_CHOICE_THEIRS);
  g_assert_cmpuint (count_live (b), ==, 1);
  assert_text (b, "url", "v");
  assert_text (b, "summary", "s");
}

/* Who did not know of the deletion edited: the edit stands, and the deletion cannot be taken back. */
static void
test_deleted_and_edited (void)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();
  g_autoptr (SpDoc) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) versions = NULL;

  disagree (a, b);
  seen = sp_docs_get (b, ID, NULL, NULL);
  g_free (save (b, seen->rev, "{\"phone\":\"01632 960001\"}", "bob", LATER));
  versions = delete_all (a, 0);
  bring_one_by_one (b, a, FALSE);
  g_assert_cmpuint (count_live (a), ==, 1);
  assert_text (a, "phone", "01632 960001");
  g_assert_false (sp_resolve_undelete (a, ID, (const char *const *) versions, &eve, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
}

/* ---- what cannot be undone so ---- */

static void
assert_fails (SpDb *db, int code)
{
  g_autofree char *before = describe (db), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_resolve_reopen (db, ID, &eve, &error));
  g_assert_error (error, SP_ERROR, code);
  after = describe (db);
  g_assert_cmpstr (before, ==, after);
}

static void
test_fails (void)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();
  g_autoptr (SpDoc) decided = NULL;
  g_autofree char *edited = NULL;

  disagree (a, b);
  assert_fails (a, SP_ERROR_CONFLICT); /* nobody has decided yet */
  decide (a, SP_CHOICE_MINE);
  decided = sp_docs_get (a, ID, NULL, NULL);
  edited = save (a, decided->rev, "{\"url\":\"w\"}", "ann", LATER);
  assert_fails (a, SP_ERROR_CONFLICT); /* somebody went on from there */
}

/* Nobody was asked. */
static void
test_merged (void)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();

  part (a, b, HALL, "{\"name\":\"Mine\"}", "{\"summary\":\"s\"}");
  replicate (b, a, NULL);
  g_assert_cmpint (settle (a), ==, SP_SETTLED_MERGED);
  assert_fails (a, SP_ERROR_CONFLICT);
}

/* The versions that gave way are not kept any more. */
static void
test_not_kept (void)
{
  g_autoptr (SpDb) a = new_replica (), b = new_replica ();

  disagree (a, b);
  decide (a, SP_CHOICE_MINE);
  g_assert_true (sp_history_purge (a, ID, NULL));
  assert_fails (a, SP_ERROR_CONFLICT);
}

/* ---- an edit that made a decision needless ---- */

/* Says in what wins what the other version says. Gives the version it began with, and what it wrote. */
static void
give_in (SpDb *db, char **before, char **edited)
{
  g_autoptr (SpDoc) winner = sp_docs_get (db, ID, NULL, NULL);
  g_autoptr (SpNode) body = parse (winner->body);
  gboolean is_mine = g_str_equal (sp_node_get_text (body, "name"), "Mine");

  *before = g_strdup (winner->rev);
  *edited = save (db, winner->rev, is_mine ? "{\"name\":\"Theirs\"}" : "{\"name\":\"Mine\"}", "eve", "2026-11-22T10:00:00Z");
  g_assert_cmpuint (count_live (db), ==, 1);
}

/* The question is the same, here and elsewhere, in any order of arrival. */
static void
test_edit (void)
{
  for (guint32 seed = 0; seed < 8; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (SpDb) a = new_replica (), b = new_replica ();
      g_autofree char *before = NULL, *edited = NULL;
      g_autoptr (GError) error = NULL;

      disagree (a, b);
      give_in (a, &before, &edited);
      if (seed % 2 == 0) /* or only later */
        {
          replicate (a, b, random);
          settle (b);
        }
      sp_resolve_reopen_edit (a, ID, before, edited, &eve, &error);
      g_assert_no_error (error);
      assert_asks (a);
      replicate (a, b, random);
      settle (b);
      replicate (b, a, random);
      settle (a);
      assert_asks (b);
      assert_same (a, b);
    }
}

/* Only what the edit itself ended, and as long as it stands. */
static void
test_edit_refused (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SpDb) a = new_replica (), b = new_replica ();
      g_autofree char *before = NULL, *edited = NULL;
      g_autoptr (SpDoc) doc = NULL;
      g_autoptr (GError) error = NULL;

      disagree (a, b);
      if (i == 0)
        give_in (a, &before, &edited);
      doc = sp_docs_get (a, ID, NULL, NULL);
      if (i == 0) /* gone on from */
        g_free (save (a, doc->rev, "{\"summary\":\"t\"}", "eve", "2026-11-22T10:00:00Z"));
      else
        {
          before = g_strdup (doc->rev);
          edited = save (a, doc->rev, "{\"email\":\"e\"}", "eve", "2026-11-22T10:00:00Z");
        }
      if (i == 2) /* somebody decided */
        decide (a, SP_CHOICE_VALUE);
      g_assert_false (sp_resolve_reopen_edit (a, ID, before, edited, &eve, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reopen/question", test_question);
  g_test_add_func ("/reopen/travels", test_travels);
  g_test_add_data_func ("/reopen/edited-meanwhile", NULL, test_edited_meanwhile);
  g_test_add_data_func ("/reopen/edited-meanwhile-backwards", "", test_edited_meanwhile);
  g_test_add_data_func ("/reopen/deleted", NULL, test_deleted);
  g_test_add_data_func ("/reopen/deleted-backwards", "", test_deleted);
  g_test_add_func ("/reopen/deleted-and-edited", test_deleted_and_edited);
  g_test_add_func ("/reopen/fails", test_fails);
  g_test_add_func ("/reopen/merged", test_merged);
  g_test_add_func ("/reopen/not-kept", test_not_kept);
  g_test_add_func ("/reopen/edit", test_edit);
  g_test_add_func ("/reopen/edit-refused", test_edit_refused);
  return g_test_run ();
}
