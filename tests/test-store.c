/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStore: what a program with a main loop sees of a store. */
#include "sp-store.h"

#include <glib/gstdio.h>

typedef struct
{
  char        *folder;
  SpStore     *store;
  GAsyncResult *result;
  GPtrArray   *changed; /* ids, in order */
} Fixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&f->result);
}

static void
changed_cb (SpStore *store, GStrv ids, Fixture *f)
{
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (f->changed, g_strdup (ids[i]));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("signpost-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (f->folder, "a.db", NULL);
  f->changed = g_ptr_array_new_with_free_func (g_free);
  sp_store_open_async (path, NULL, result_cb, f);
  result = wait_for_result (f);
  f->store = sp_store_open_finish (result, &error);
  g_assert_no_error (error);
  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), f);
}

static void
close_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_close_async (f->store, result_cb, f);
  result = wait_for_result (f);
  g_assert_true (sp_store_close_finish (f->store, result, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "a.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  close_store (f);
  g_object_add_weak_pointer (G_OBJECT (f->store), (gpointer *) &f->store);
  g_object_unref (f->store);
  while (f->store != NULL) /* the thread that closed it lets go of it a moment later; for ever if it leaks */
    g_thread_yield ();
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS)); /* folded into the file */
  g_unlink (path);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_ptr_array_unref (f->changed);
}

static gpointer
write_note (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!sp_db_begin (db, error) || !sp_db_set_meta (db, "note", data, error))
    return NULL;
  sp_db_note_change (db, data);
  return sp_db_commit (db, error) ? g_strdup ("written") : NULL;
}

static gpointer
write_and_forget_commit (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_begin (db, NULL);
  sp_db_set_meta (db, "note", data, NULL);
  sp_db_note_change (db, data);
  return g_strdup ("left open");
}

static gpointer
read_note (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  char *note = sp_db_get_meta (db, "note");

  return note != NULL ? note : g_strdup ("nothing");
}

static gpointer
count_for_ever (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  sp_db_exec (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n", error);
  return NULL;
}

static char *
call_write (Fixture *f, SpStoreFunc func, const char *note, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_write_async (f->store, func, g_strdup (note), g_free, g_free, NULL, result_cb, f);
  result = wait_for_result (f);
  return sp_store_call_finish (f->store, result, error);
}

static char *
call_read (Fixture *f, SpStoreFunc func, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_read_async (f->store, func, NULL, NULL, g_free, cancellable, result_cb, f);
  result = wait_for_result (f);
  return sp_store_call_finish (f->store, result, error);
}

static void
test_write_then_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_note, "asset:1", &error);
  g_autofree char *note = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (reply, ==, "written");
  note = call_read (f, read_note, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (note, ==, "asset:1");
  while (f->changed->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (g_ptr_array_index (f->changed, 0), ==, "asset:1");
}

static void
test_open_transaction_is_rolled_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = call_write (f, write_and_forget_commit, "asset:2", &error);
  g_autofree char *note = call_read (f, read_note, NULL, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (note, ==, "nothing");
  again = call_write (f, write_note, "asset:3", &error);
  g_assert_no_error (error);
  while (f->changed->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->changed->len, ==, 1); /* what was rolled back changed nothing */
  g_assert_cmpstr (g_ptr_array_index (f->changed, 0), ==, "asset:3");
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_interrupts (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *note = NULL;

  g_timeout_add (20, cancel_cb, cancellable);
  g_assert_null (call_read (f, count_for_ever, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  note = call_read (f, read_note, NULL, NULL); /* the connection is as good as new */
  g_assert_cmpstr (note, ==, "nothing");
}

static void
test_readers_cannot_write (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call_read (f, write_note, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_READ_ONLY);
}

static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  close_store (f);
  g_assert_null (call_read (f, read_note, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/store/write-then-read", Fixture, NULL, set_up, test_write_then_read, tear_down);
  g_test_add ("/store/open-transaction-is-rolled-back", Fixture, NULL, set_up, test_open_transaction_is_rolled_back, tear_down);
  g_test_add ("/store/cancel-interrupts", Fixture, NULL, set_up, test_cancel_interrupts, tear_down);
  g_test_add ("/store/readers-cannot-write", Fixture, NULL, set_up, test_readers_cannot_write, tear_down);
  g_test_add ("/store/closed", Fixture, NULL, set_up, test_closed, tear_down);
  return g_test_run ();
}
