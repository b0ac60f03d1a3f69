/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every edit of a window can be undone and done again, several deep, and what others changed since is left to them. */
#include "sp-changes.h"
#include "sp-docs.h"
#include "store-fixture.h"

typedef struct
{
  StoreFixture store;
  SpChanges   *changes;
  char        *label;  /* what was done last */
  char        *failed; /* why not */
  gboolean     could_undo; /* when that was told */
} ChangesFixture;

static void
done_cb (ChangesFixture *f, const char *label)
{
  g_free (f->label);
  f->label = g_strdup (label);
  f->could_undo = sp_changes_can_undo (f->changes);
}

static void
failed_cb (ChangesFixture *f, const GError *error)
{
  g_free (f->failed);
  f->failed = g_strdup (error->message);
}

static void
failed_label_cb (ChangesFixture *f, const char *label)
{
  g_free (f->failed);
  f->failed = g_strdup (label);
}

static void
set_up_changes (ChangesFixture *f, gconstpointer data)
{
  set_up_store (&f->store, NULL);
  f->changes = sp_changes_new (f->store.store);
  g_signal_connect_swapped (f->changes, "done", G_CALLBACK (done_cb), f);
  g_signal_connect_swapped (f->changes, "failed", G_CALLBACK (failed_cb), f);
}

static void
tear_down_changes (ChangesFixture *f, gconstpointer data)
{
  g_clear_object (&f->changes);
  g_free (f->label);
  g_free (f->failed);
  tear_down_store (&f->store, NULL);
}

static SpStoreEntry *
read_entry (ChangesFixture *f, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_get_async (f->store.store, id, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  return sp_store_get_finish (f->store.store, result, NULL);
}

/* A member; "-" if the entry was deleted. */
static char *
read_text (ChangesFixture *f, const char *id, const char *path)
{
  g_autoptr (SpStoreEntry) entry = read_entry (f, id);

  g_assert_nonnull (entry);
  return g_strdup (entry->deleted ? "-" : sp_asset_get_text (entry->asset, path));
}

#define assert_text(f, id, path, expected) G_STMT_START { \
  g_autofree char *text_ = read_text (f, id, path); \
  g_assert_cmpstr (text_, ==, expected); } G_STMT_END

static char *
get_rev (ChangesFixture *f, const char *id)
{
  g_autoptr (SpStoreEntry) entry = read_entry (f, id);

  return g_strdup (sp_asset_get_rev (entry->asset));
}

static void
make (ChangesFixture *f, const char *id, const char *json, const char *label)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (SpNode) changes = sp_node_parse (text, -1, NULL);
  g_autoptr (SpStoreEntry) before = read_entry (f, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = NULL;

  sp_changes_save_async (f->changes, id, before != NULL ? sp_asset_get_rev (before->asset) : NULL, changes, label, result_cb, &f->store);
  result = wait_for_result (&f->store);
  saved = sp_changes_save_finish (f->changes, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (saved, ==, id);
}

static void
wait_for_answer (ChangesFixture *f)
{
  while (f->label == NULL && f->failed == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
forget_answer (ChangesFixture *f)
{
  g_clear_pointer (&f->label, g_free);
  g_clear_pointer (&f->failed, g_free);
}

static void
undo (ChangesFixture *f)
{
  forget_answer (f);
  sp_changes_undo (f->changes);
  wait_for_answer (f);
}

static void
redo (ChangesFixture *f)
{
  forget_answer (f);
  sp_changes_redo (f->changes);
  wait_for_answer (f);
}

#define NEW "{'type':'asset','name':'Shed','url':'https://a.example.org'}"

static void
test_levels (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", NEW, "“Shed” added");
  g_assert_true (f->could_undo);
  make (f, "asset:a", "{'url':'https://b.example.org'}", "“Shed” changed");
  make (f, "asset:a", "{'url':null,'summary':'Makes things.'}", "“Shed” changed again");
  undo (f);
  g_assert_cmpstr (f->label, ==, "Undone: “Shed” changed again");
  assert_text (f, "asset:a", "url", "https://b.example.org");
  assert_text (f, "asset:a", "summary", NULL);
  undo (f);
  assert_text (f, "asset:a", "url", "https://a.example.org");
  undo (f);
  assert_text (f, "asset:a", "name", "-");
  g_assert_false (sp_changes_can_undo (f->changes));
  redo (f);
  assert_text (f, "asset:a", "name", "Shed");
  redo (f);
  redo (f);
  g_assert_cmpstr (f->label, ==, "Done again: “Shed” changed again");
  assert_text (f, "asset:a", "url", NULL);
  assert_text (f, "asset:a", "summary", "Makes things.");
  g_assert_false (sp_changes_can_redo (f->changes));
  undo (f);
  make (f, "asset:a", "{'name':'New Shed'}", "“New Shed” changed"); /* what was undone cannot be done again after that */
  g_assert_false (sp_changes_can_redo (f->changes));
}

static void
test_delete (ChangesFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  make (f, "asset:a", NEW, "added");
  rev = get_rev (f, "asset:a");
  sp_changes_delete_async (f->changes, "asset:a", rev, "“Shed” deleted", result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_true (sp_changes_delete_finish (f->changes, result, NULL));
  assert_text (f, "asset:a", "name", "-");
  undo (f);
  assert_text (f, "asset:a", "name", "Shed");
  assert_text (f, "asset:a", "url", "https://a.example.org");
  redo (f);
  assert_text (f, "asset:a", "name", "-");
}

/* Somebody else changes the entry, past this window. */
static void
change_elsewhere (ChangesFixture *f, const char *json)
{
  g_autofree char *rev = get_rev (f, "asset:a");
  g_autofree char *theirs = save_entry (&f->store, "asset:a", rev, json, NULL);

  g_assert_nonnull (theirs);
}

static void
test_changed_since (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", NEW, "added");
  make (f, "asset:a", "{'url':'https://b.example.org','summary':'Mine.'}", "changed");
  change_elsewhere (f, "{'url':'https://theirs.example.org','description':'Theirs.'}");
  undo (f);
  g_assert_nonnull (strstr (f->label, "but for what others have changed"));
  assert_text (f, "asset:a", "url", "https://theirs.example.org");
  assert_text (f, "asset:a", "description", "Theirs.");
  assert_text (f, "asset:a", "summary", NULL);
  redo (f); /* only what was undone is done again */
  assert_text (f, "asset:a", "url", "https://theirs.example.org");
  assert_text (f, "asset:a", "summary", "Mine.");
}

static void
test_all_changed_since (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", NEW, "added");
  make (f, "asset:a", "{'url':'https://b.example.org'}", "changed");
  change_elsewhere (f, "{'url':'https://theirs.example.org'}");
  undo (f);
  g_assert_nonnull (f->failed);
  assert_text (f, "asset:a", "url", "https://theirs.example.org");
  undo (f); /* the adding: others have written in it since, so it stays */
  g_assert_nonnull (f->failed);
  assert_text (f, "asset:a", "name", "Shed");
  g_assert_false (sp_changes_can_undo (f->changes));
  g_assert_false (sp_changes_can_redo (f->changes));
}

/* A second undo while the first is under way waits its turn: it does nothing. */
static void
test_busy (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", NEW, "added");
  make (f, "asset:a", "{'url':'https://b.example.org'}", "changed");
  forget_answer (f);
  sp_changes_undo (f->changes);
  sp_changes_undo (f->changes);
  wait_for_answer (f);
  assert_text (f, "asset:a", "url", "https://a.example.org");
  g_assert_true (sp_changes_can_undo (f->changes));
}

static void
test_conflict (ChangesFixture *f, gconstpointer data)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  make (f, "asset:a", NEW, "added");
  rev = get_rev (f, "asset:a");
  change_elsewhere (f, "{'summary':'Theirs.'}");
  sp_node_set_text (changes, "summary", "Mine.");
  sp_changes_save_async (f->changes, "asset:a", rev, changes, "changed", result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_null (sp_changes_save_finish (f->changes, result, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  assert_text (f, "asset:a", "summary", "Theirs.");
}

/* Another version of the entry beside the newest. */
static gpointer
put_other_job (SpDb *db, gpointer json, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, "asset:a", NULL, error);
  g_auto (GStrv) path = sp_docs_get_revisions (db, "asset:a", doc->rev, error);
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  const char *revisions[] = { "2-00000000000000000000000000000001", path[g_strv_length (path) - 1], NULL };

  return sp_docs_put_history (db, "asset:a", revisions, FALSE, text, -1, NULL, error) ? db : NULL;
}

static gpointer
count_job (SpDb *db, gpointer count, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) others = sp_docs_get_conflicts (db, "asset:a", error);

  *(guint *) count = g_strv_length (others);
  return db;
}

static void
call_store (ChangesFixture *f, SpStoreFunc func, gpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sp_store_write_async (f->store.store, func, data, NULL, NULL, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_nonnull (sp_store_call_finish (f->store.store, result, &error));
}

static void
assert_stands (ChangesFixture *f, guint others, const char *path, const char *expected)
{
  guint count = 0;

  call_store (f, count_job, &count);
  g_assert_cmpuint (count, ==, others);
  assert_text (f, "asset:a", path, expected);
}

static gboolean
change_one (SpDb *db, const SpEditStamp *by, gpointer name, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autoptr (SpDoc) doc = sp_docs_get (db, "asset:a", NULL, error);

  sp_node_set_text (changes, "name", name);
  return doc != NULL && sp_edit_save (db, "asset:a", doc->rev, changes, by, NULL, error);
}

static void
run_one (ChangesFixture *f, const char *name)
{
  static const char *const ids[] = { "asset:a", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  sp_changes_run_async (f->changes, ids, name, change_one, g_strdup (name), g_free, result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_true (sp_changes_run_finish (f->changes, result, NULL));
}

/* An edit after which versions go together by themselves: undone, they stand against each other again. */
static void
test_conflict_ended (ChangesFixture *f, gconstpointer data)
{
  static const struct { const char *first, *other, *second; } cases[] = {
    { "{'name':'y'}", "{'type':'asset','name':'z','contacts':[{'id':'c1','name':'x'}]}", "{'name':'z'}" },
    { "{'name':'y'}", "{'type':'asset','name':'z','url':'u','contacts':[{'id':'c1','name':'x'}]}", "{'name':'z'}" },
    { "{'contacts':[{'id':'c1','name':'y'}]}", "{'type':'asset','name':'x','contacts':[{'id':'c1','name':'z'},{'id':'c2'}]}",
      "{'contacts':[{'id':'c1','name':'z'}]}" },
    { "{'name':'y'}", "{'type':'asset','name':'z','url':'u','contacts':[{'id':'c1','name':'x'}]}", NULL }, /* as part of something else */
  };
  guint i = GPOINTER_TO_UINT (data);
  const gboolean is_contact = i == 2;

  make (f, "asset:a", "{'type':'asset','name':'x','contacts':[{'id':'c1','name':'x'}]}", "added");
  make (f, "asset:a", cases[i].first, "y");
  call_store (f, put_other_job, (gpointer) cases[i].other);
  if (i < 3)
    make (f, "asset:a", cases[i].second, "z");
  else
    run_one (f, "z");
  assert_stands (f, 0, "name", is_contact ? "x" : "z");
  for (guint round = 0; round < 2; round++)
    {
      undo (f);
      g_assert_cmpstr (f->label, ==, "Undone: z");
      assert_stands (f, 1, "name", is_contact ? "x" : "y");
      assert_text (f, "asset:a", "url", NULL);
      redo (f);
      assert_stands (f, 0, "name", is_contact ? "x" : "z");
    }
}

static void
delete_it (ChangesFixture *f)
{
  g_autofree char *rev = get_rev (f, "asset:a");
  g_autoptr (GAsyncResult) result = NULL;

  sp_changes_delete_async (f->changes, "asset:a", rev, "deleted", result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_true (sp_changes_delete_finish (f->changes, result, NULL));
}

/* All versions go together, and come back together. */
static void
test_delete_conflict (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", "{'type':'asset','name':'x'}", "added");
  make (f, "asset:a", "{'name':'y'}", "y");
  call_store (f, put_other_job, "{'type':'asset','name':'z','url':'u'}");
  assert_stands (f, 1, "name", "y");
  delete_it (f);
  assert_stands (f, 0, "name", "-");
  for (guint round = 0; round < 2; round++)
    {
      g_autofree char *shown = NULL; /* which of the two is the winner may have changed */

      undo (f);
      g_assert_cmpstr (f->label, ==, "Undone: deleted");
      shown = read_text (f, "asset:a", "name");
      assert_stands (f, 1, "url", g_strcmp0 (shown, "z") == 0 ? "u" : NULL);
      redo (f);
      g_assert_cmpstr (f->label, ==, "Done again: deleted");
      assert_stands (f, 0, "name", "-");
    }
}

static gpointer
forget_other_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_docs_drop_body (db, "asset:a", "2-00000000000000000000000000000001", error) ? db : NULL;
}

/* Where the other version is no longer kept, at least what was shown comes back. */
static void
test_delete_forgotten (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", "{'type':'asset','name':'x'}", "added");
  make (f, "asset:a", "{'name':'y'}", "y");
  call_store (f, put_other_job, "{'type':'asset','name':'z','url':'u'}");
  delete_it (f);
  call_store (f, forget_other_job, NULL);
  undo (f);
  assert_stands (f, 0, "name", "y");
  redo (f);
  assert_stands (f, 0, "name", "-");
}

/* A version that came since is not deleted with what was deleted before. */
static void
test_delete_not_again (ChangesFixture *f, gconstpointer data)
{
  make (f, "asset:a", "{'type':'asset','name':'x'}", "added");
  make (f, "asset:a", "{'name':'y'}", "y");
  delete_it (f);
  undo (f);
  call_store (f, put_other_job, "{'type':'asset','name':'z','url':'u'}");
  redo (f);
  g_assert_nonnull (f->failed);
  assert_stands (f, 1, "name", "y");
}

/* Two documents at once, on the writer. */
static gboolean
change_two (SpDb *db, const SpEditStamp *by, gpointer data, GError **error)
{
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autoptr (SpDoc) doc = sp_docs_get (db, "asset:a", NULL, error);

  sp_node_set_text (changes, "name", data);
  return doc != NULL && sp_edit_save (db, "asset:a", doc->rev, changes, by, NULL, error)
         && sp_edit_save (db, "asset:b", NULL, changes, by, NULL, error);
}

static gboolean
run_two (ChangesFixture *f, const char *name, GError **error)
{
  static const char *const ids[] = { "asset:a", "asset:b", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  sp_changes_run_async (f->changes, ids, "both", change_two, g_strdup (name), g_free, result_cb, &f->store);
  result = wait_for_result (&f->store);
  return sp_changes_run_finish (f->changes, result, error);
}

/* What was done together is undone and done again together. */
static void
test_together (ChangesFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make (f, "asset:a", NEW, "added");
  g_assert_true (run_two (f, "Both", &error));
  assert_text (f, "asset:a", "name", "Both");
  assert_text (f, "asset:b", "name", "Both");
  undo (f);
  g_assert_cmpstr (f->label, ==, "Undone: both");
  assert_text (f, "asset:a", "name", "Shed");
  assert_text (f, "asset:b", "name", "-");
  redo (f);
  assert_text (f, "asset:a", "name", "Both");
  assert_text (f, "asset:b", "name", "Both");
  change_elsewhere (f, "{'name':'Theirs'}");
  undo (f);
  g_assert_null (f->label);
  g_assert_nonnull (f->failed); /* of the first nothing can be undone: then neither is the second */
  assert_text (f, "asset:a", "name", "Theirs");
  assert_text (f, "asset:b", "name", "Both");
}

/* If a part fails, nothing is written. */
static void
test_together_refused (ChangesFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make (f, "asset:a", NEW, "added");
  make (f, "asset:b", NEW, "added");
  g_assert_false (run_two (f, "Both", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_CONFLICT);
  assert_text (f, "asset:a", "name", "Shed");
}

static gboolean
change_nothing (SpDb *db, const SpEditStamp *by, gpointer data, GError **error)
{
  return TRUE;
}

/* There is nothing to undo then, and nobody offers it. */
static void
test_noted (ChangesFixture *f, gconstpointer data)
{
  static const char *const ids[] = { "asset:a", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_connect_swapped (f->changes, "noted", G_CALLBACK (failed_label_cb), f);
  sp_changes_run_async (f->changes, ids, "decided", change_nothing, NULL, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  g_assert_true (sp_changes_run_finish (f->changes, result, NULL));
  g_assert_cmpstr (f->failed, ==, "decided");
  g_assert_null (f->label);
  g_assert_false (sp_changes_can_undo (f->changes));
}

/* Who may only propose leaves the entry as it is; undoing takes the proposal back. */
static void
test_submits (ChangesFixture *f, gconstpointer data)
{
  g_autofree char *rev = NULL, *id = NULL;
  g_autoptr (SpNode) changes = sp_node_new_object ();
  g_autoptr (GAsyncResult) result = NULL, deleted = NULL;
  g_autoptr (GError) error = NULL;

  make (f, "asset:a", NEW, "added");
  rev = get_rev (f, "asset:a");
  g_object_set (f->changes, "submits", "ann", NULL);
  sp_node_set_text (changes, "url", "https://b.example.org");
  sp_changes_save_async (f->changes, "asset:a", rev, changes, "changed", result_cb, &f->store);
  result = wait_for_result (&f->store);
  id = sp_changes_save_finish (f->changes, result, NULL);
  g_assert_true (g_str_has_prefix (id, "submission:ann:"));
  assert_text (f, "asset:a", "url", "https://a.example.org");
  assert_text (f, id, "target", "asset:a");
  assert_text (f, id, "base", rev);
  assert_text (f, id, "body.url", "https://b.example.org");
  g_assert_cmpstr (f->label, ==, "Proposed: changed");
  sp_changes_delete_async (f->changes, "asset:a", rev, "deleted", result_cb, &f->store);
  deleted = wait_for_result (&f->store);
  g_assert_false (sp_changes_delete_finish (f->changes, deleted, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DENIED);
  undo (f);
  assert_text (f, id, "state", "-");
}

#define TEST(name, function) g_test_add ("/changes/" name, ChangesFixture, NULL, set_up_changes, function, tear_down_changes)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST ("levels", test_levels);
  TEST ("delete", test_delete);
  TEST ("changed-since", test_changed_since);
  TEST ("all-changed-since", test_all_changed_since);
  TEST ("busy", test_busy);
  TEST ("conflict", test_conflict);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/changes/conflict-ended/%u", i);
      g_test_add (path, ChangesFixture, GUINT_TO_POINTER (i), set_up_changes, test_conflict_ended, tear_down_changes);
    }
  TEST ("delete-conflict", test_delete_conflict);
  TEST ("delete-forgotten", test_delete_forgotten);
  TEST ("delete-not-again", test_delete_not_again);
  TEST ("together", test_together);
  TEST ("together-refused", test_together_refused);
  TEST ("noted", test_noted);
  TEST ("submits", test_submits);
  return g_test_run ();
}
