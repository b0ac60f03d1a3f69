/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A store in a folder of its own, opened as a program with a main loop does, and waiting for its answers. */

#include "folder-fixture.h"
#include "sp-store-documents.h"

typedef struct
{
  Fixture       files;
  SpStore      *store;
  GAsyncResult *result;
  GPtrArray    *changed;   /* ids, in order */
  GPtrArray    *backups;   /* paths of automatic backups */
  GError       *no_backup; /* why the last could not be made */
} StoreFixture;

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((StoreFixture *) data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (StoreFixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&f->result);
}

static void
changed_cb (SpStore *store, GStrv ids, StoreFixture *f)
{
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (f->changed, g_strdup (ids[i]));
}

static void
backed_up_cb (SpStore *store, const char *path, const GError *error, StoreFixture *f)
{
  if (path != NULL)
    g_ptr_array_add (f->backups, g_strdup (path));
  if (error != NULL)
    f->no_backup = g_error_copy (error);
}

static void
open_fixture_store (StoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_open_async (f->files.path, NULL, result_cb, f);
  result = wait_for_result (f);
  f->store = sp_store_open_finish (result, &error);
  g_assert_no_error (error);
  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->store, "backed-up", G_CALLBACK (backed_up_cb), f);
}

static void
close_store (StoreFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_close_async (f->store, result_cb, f);
  result = wait_for_result (f);
  g_assert_true (sp_store_close_finish (f->store, result, &error));
  g_assert_no_error (error);
}

/* Closes the store and sees that nobody holds it any more. */
static void
end_store (StoreFixture *f)
{
  close_store (f);
  g_object_add_weak_pointer (G_OBJECT (f->store), (gpointer *) &f->store);
  g_object_unref (f->store);
  while (f->store != NULL) /* answers and threads let go of it a moment later; for ever if it leaks */
    if (!g_main_context_iteration (NULL, FALSE))
      g_thread_yield ();
}

G_GNUC_UNUSED static void
set_up_store (StoreFixture *f, gconstpointer data)
{
  set_up (&f->files, NULL);
  f->changed = g_ptr_array_new_with_free_func (g_free);
  f->backups = g_ptr_array_new_with_free_func (g_free);
  open_fixture_store (f);
}

G_GNUC_UNUSED static void
tear_down_store (StoreFixture *f, gconstpointer data)
{
  g_autofree char *log = g_strconcat (f->files.path, "-wal", NULL);

  end_store (f);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS)); /* folded into the file */
  tear_down (&f->files, NULL);
  g_ptr_array_unref (f->changed);
  g_ptr_array_unref (f->backups);
  g_clear_error (&f->no_backup);
}

static const SpEditStamp stamp = { "jo@example.org", "2026-11-22T10:00:00Z", SP_EDIT_BY_PERSON };

/* Saves @json, in which single quotes stand for double ones. */
G_GNUC_UNUSED static char *
save_entry (StoreFixture *f, const char *id, const char *parent, const char *json, GError **error)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (SpNode) changes = sp_node_parse (text, -1, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (changes);
  sp_store_save_async (f->store, id, parent, changes, &stamp, result_cb, f);
  result = wait_for_result (f);
  return sp_store_save_finish (f->store, result, error);
}

G_GNUC_UNUSED static char *
delete_entry (StoreFixture *f, const char *id, const char *parent, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_delete_async (f->store, id, parent, &stamp, result_cb, f);
  result = wait_for_result (f);
  return sp_store_delete_finish (f->store, result, error);
}
