/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that is opened before anybody waits for it: taken when it is there, waited for when it is not, or left. */
#include "store-fixture.h"

#include "sp-store-opening.h"

static void
wait_until_open (StoreFixture *f, SpStoreOpening *opening)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_opening_wait_async (opening, result_cb, f);
  result = wait_for_result (f);
  g_assert_true (sp_store_opening_is_done (opening));
}

static void
test_take (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpStoreOpening) opening = sp_store_opening_start (f->files.path);
  g_autoptr (GError) error = NULL;

  wait_until_open (f, opening);
  f->store = sp_store_opening_take (opening, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sp_store_get_path (f->store), ==, f->files.path);
  end_store (f);
}

/* Whether it was there in time or not, who waits hears of it, and not before the main loop runs again. */
static void
test_wait_late (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpStoreOpening) opening = sp_store_opening_start (f->files.path);
  g_autoptr (GError) error = NULL;

  while (!sp_store_opening_is_done (opening))
    g_thread_yield ();
  sp_store_opening_wait_async (opening, result_cb, f);
  g_assert_null (f->result);
  g_object_unref (wait_for_result (f));
  f->store = sp_store_opening_take (opening, &error);
  g_assert_no_error (error);
  end_store (f);
}

static void
test_cannot_be_opened (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpStoreOpening) opening = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->files.path, "not a store", -1, NULL));
  opening = sp_store_opening_start (f->files.path);
  wait_until_open (f, opening);
  g_assert_null (sp_store_opening_take (opening, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FOREIGN);
}

/* A program that ends at once: the store is closed by whoever lets go of it last. */
static void
test_left (StoreFixture *f, gconstpointer data)
{
  SpStoreOpening *opening = sp_store_opening_start (f->files.path);
  g_autofree char *log = g_strconcat (f->files.path, "-wal", NULL);

  while (!sp_store_opening_is_done (opening))
    g_thread_yield ();
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  sp_store_opening_free (opening);
  while (g_file_test (log, G_FILE_TEST_EXISTS)) /* until it is folded into the file; for ever if the store stays open */
    g_usleep (1000);
}

static char *
back_up (StoreFixture *f, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_back_up_async (f->store, result_cb, f);
  result = wait_for_result (f);
  return sp_store_back_up_finish (f->store, result, error);
}

/* Until the person has begun, the disk is theirs. */
static void
test_backup_put_off (StoreFixture *f, gconstpointer data)
{
  g_autoptr (SpStoreOpening) opening = sp_store_opening_start (f->files.path);
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;

  wait_until_open (f, opening);
  f->store = sp_store_opening_take (opening, &error);
  sp_store_put_off_backup (f->store, 3600);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  made = back_up (f, &error);
  g_assert_no_error (error);
  g_assert_nonnull (made); /* so there was none */
  end_store (f);
}

static void
set_up_opening (StoreFixture *f, gconstpointer data)
{
  set_up (&f->files, NULL);
}

static void
tear_down_opening (StoreFixture *f, gconstpointer data)
{
  tear_down (&f->files, NULL);
}

static void
add (const char *path, void (*test) (StoreFixture *, gconstpointer))
{
  g_test_add (path, StoreFixture, NULL, set_up_opening, test, tear_down_opening);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("/store-opening/take", test_take);
  add ("/store-opening/wait-late", test_wait_late);
  add ("/store-opening/cannot-be-opened", test_cannot_be_opened);
  add ("/store-opening/left", test_left);
  add ("/store-opening/backup-put-off", test_backup_put_off);
  return g_test_run ();
}
