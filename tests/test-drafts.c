/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts are kept, come back after the program was killed, and never travel. */
#include "sp-backup.h"
#include "sp-draft-list.h"
#include "sp-drafts.h"
#include "sp-erase.h"
#include "store-fixture.h"

#include <signal.h>
#include <unistd.h>

static SpNode *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  SpNode *node = sp_node_parse (text, -1, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
keep (SpDb *db, const char *id, const char *parent, const char *json, gint64 changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = parse (json);
  g_autoptr (SpDraft) draft = sp_draft_new (id, parent, body, changed);

  g_assert_true (sp_drafts_keep (db, draft, &error));
  g_assert_no_error (error);
}

/* "asset:b asset:a@1-x": ids, newest first, with the revisions they began with. */
static char *
list_drafts (SpDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = sp_drafts_list (db, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < drafts->len; i++)
    {
      const SpDraft *draft = g_ptr_array_index (drafts, i);
      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " " : "", draft->id, draft->parent != NULL ? "@" : "",
                              draft->parent != NULL ? draft->parent : "");
    }
  return g_string_free (out, FALSE);
}

#define assert_drafts(db, expected) G_STMT_START { \
  g_autofree char *drafts_ = list_drafts (db); \
  g_assert_cmpstr (drafts_, ==, expected); } G_STMT_END

static void
test_keep_and_forget (void)
{
  g_autoptr (SpDb) db = open_store (":memory:", SP_DB_WRITE);
  g_autoptr (GPtrArray) drafts = NULL;

  assert_drafts (db, "");
  keep (db, "asset:a", "1-x", "{'name':'A'}", 10);
  keep (db, "asset:b", NULL, "{'name':'B'}", 20);
  assert_drafts (db, "asset:b asset:a@1-x");
  keep (db, "asset:a", "2-y", "{'name':'A again'}", 30);
  assert_drafts (db, "asset:a@2-y asset:b");
  drafts = sp_drafts_list (db, NULL);
  g_assert_cmpstr (sp_node_get_text (((SpDraft *) g_ptr_array_index (drafts, 0))->body, "name"), ==, "A again");
  g_assert_true (sp_drafts_forget (db, "asset:a", NULL));
  g_assert_true (sp_drafts_forget (db, "asset:a", NULL));
  assert_drafts (db, "asset:b");
}

static void
test_unreadable (void)
{
  g_autoptr (SpDb) db = open_store (":memory:", SP_DB_WRITE);

  keep (db, "asset:a", NULL, "{'name':'A'}", 10);
  g_assert_true (sp_db_exec (db, "INSERT INTO private_draft VALUES ('asset:x', NULL, '{', 20), ('asset:y', NULL, '[]', 30)", NULL));
  assert_drafts (db, "asset:a");
}

static const char *program; /* this one */

/* Keeps a draft and says so, then waits to be killed. */
static int
keep_and_wait (const char *path)
{
  SpDb *db = sp_db_open (path, SP_DB_WRITE, NULL);
  g_autoptr (SpNode) body = parse ("{'name':'Half a name'}");
  g_autoptr (SpDraft) draft = sp_draft_new ("asset:new", NULL, body, 5);

  if (db == NULL || !sp_drafts_keep (db, draft, NULL) || write (STDOUT_FILENO, "k", 1) != 1)
    return 1;
  while (TRUE)
    pause ();
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--keep", f->path, NULL);
  g_autoptr (SpDb) db = NULL;
  char byte;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &byte, 1, NULL, NULL), ==, 1);
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (child) && g_subprocess_get_term_sig (child) == SIGKILL);
  db = open_store (f->path, SP_DB_WRITE);
  assert_drafts (db, "asset:new");
}

static void
back_up (SpDb *db, const char *path, gboolean with_private, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) copy = NULL;

  g_assert_true (sp_backup_write (db, path, with_private, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  copy = open_store (path, SP_DB_READ);
  assert_drafts (copy, expected);
}

static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  g_autofree char *plain = g_build_filename (f->folder, "plain.backup", NULL);
  g_autofree char *all = g_build_filename (f->folder, "all.backup", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  keep (db, "asset:a", NULL, "{'name':'Knitwits of Netherton'}", 10);
  back_up (db, plain, FALSE, "");
  back_up (db, all, TRUE, "asset:a");
  g_assert_true (g_file_get_contents (plain, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "Netherton", strlen ("Netherton")));
}

static void
wait_until_quiet (SpDraftList *list)
{
  while (!sp_draft_list_is_quiet (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (SpDraftList *list, guint *count)
{
  *count += 1;
}

static void
test_list (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpDraftList) list = sp_draft_list_new (f->store);
  g_autoptr (SpDraftList) second = NULL;
  g_autoptr (SpNode) a = parse ("{'name':'A'}");
  g_autoptr (SpNode) b = parse ("{'name':'B'}");
  guint changes = 0;

  g_signal_connect (list, "changed", G_CALLBACK (count_cb), &changes);
  sp_draft_list_keep (list, "asset:a", "1-x", a); /* before the first reading came */
  g_assert_cmpuint (changes, ==, 1);
  wait_until_quiet (list);
  g_assert_cmpuint (sp_draft_list_get_size (list), ==, 1);
  sp_draft_list_keep (list, "asset:b", NULL, b);
  g_assert_cmpstr (sp_draft_list_get (list, 0)->id, ==, "asset:b");
  g_assert_cmpstr (sp_draft_list_find (list, "asset:a")->parent, ==, "1-x");
  wait_until_quiet (list);
  second = sp_draft_list_new (f->store);
  wait_until_quiet (second);
  g_assert_cmpuint (sp_draft_list_get_size (second), ==, 2);
  sp_draft_list_forget (second, "asset:a");
  g_assert_null (sp_draft_list_find (second, "asset:a"));
  wait_until_quiet (second);
}

static gpointer
erase_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_erase_members (db, data, (const char *const[]){ "contacts", NULL }, &stamp, error) ? data : NULL;
}

/* What is erased goes out of the draft, and the window's copy of it follows. */
static void
test_erased (StoreFixture *f, gconstpointer data)
{
  g_autofree char *rev = save_entry (f, "asset:a", NULL, "{'type':'asset','name':'A','contacts':[{'id':'c1','phone':'01632 960001'}]}", NULL);
  g_autoptr (SpDraftList) list = sp_draft_list_new (f->store);
  g_autoptr (SpNode) body = parse ("{'name':'A2','contacts':[{'id':'c1','phone':'01632 960002'}]}");
  g_autoptr (GAsyncResult) result = NULL;

  sp_draft_list_keep (list, "asset:a", rev, body);
  wait_until_quiet (list);
  sp_store_write_async (f->store, erase_job, (gpointer) "asset:a", NULL, NULL, NULL, result_cb, f);
  result = wait_for_result (f);
  g_assert_nonnull (sp_store_call_finish (f->store, result, NULL));
  while (sp_node_get (sp_draft_list_find (list, "asset:a")->body, "contacts") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sp_node_get_text (sp_draft_list_find (list, "asset:a")->body, "name"), ==, "A2");
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--keep") == 0)
    return keep_and_wait (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/drafts/keep-and-forget", test_keep_and_forget);
  g_test_add_func ("/drafts/unreadable", test_unreadable);
  g_test_add ("/drafts/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/drafts/backup", Fixture, NULL, set_up, test_backup, tear_down);
  g_test_add ("/drafts/list", StoreFixture, NULL, set_up_store, test_list, tear_down_store);
  g_test_add ("/drafts/erased", StoreFixture, NULL, set_up_store, test_erased, tear_down_store);
  return g_test_run ();
}
