/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that cannot be opened: the window says why, keeps the file, and offers the last backup. */
#include "window-fixture.h"

#include "sp-backup.h"

static void
open_broken (WindowFixture *f)
{
  f->window = sp_window_new (window_application, f->path);
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT (find_text (f->window, "The List Cannot Be Opened") != NULL);
}

static void
make_foreign (const char *path)
{
  g_assert_true (g_file_set_contents (path, "Dear diary, this is no database at all, and long enough to be looked at.\n", -1, NULL));
}

static void
test_foreign (WindowFixture *f, gconstpointer data)
{
  g_autofree char *kept = NULL;

  make_foreign (f->path);
  open_broken (f);
  spin ();
  g_assert_null (find_text (f->window, "Use the Last Backup")); /* there is none */
  g_assert_true (g_file_get_contents (f->path, &kept, NULL, NULL));
  g_assert_true (g_str_has_prefix (kept, "Dear diary"));
}

static void
test_try_again (WindowFixture *f, gconstpointer data)
{
  make_foreign (f->path);
  open_broken (f);
  g_unlink (f->path);
  fill_window_store (f->path, 5);
  gtk_widget_activate (gtk_widget_get_ancestor (find_text (f->window, "Try Again"), GTK_TYPE_BUTTON));
  WAIT (browser_of (f) != NULL);
  wait_for_search (f);
  g_assert_cmpuint (count_results (f), ==, 5);
}

static void
make_backup (const char *path)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, SP_DB_READ, &error);

  g_assert_no_error (error);
  g_assert_true (sp_backup_automatic (db, NULL, NULL, &error));
  sp_db_close (db);
}

static void
test_backup (WindowFixture *f, gconstpointer data)
{
  fill_window_store (f->path, 5);
  make_backup (f->path);
  make_foreign (f->path);
  open_broken (f);
  WAIT (find_text (f->window, "Use the Last Backup") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (find_text (f->window, "Use the Last Backup"), GTK_TYPE_BUTTON));
  WAIT (browser_of (f) != NULL);
  wait_for_search (f);
  g_assert_cmpuint (count_results (f), ==, 5);
}

static void
add_tests (void)
{
  g_test_add ("/window/open/foreign", WindowFixture, NULL, set_up_path, test_foreign, tear_down_window);
  g_test_add ("/window/open/try-again", WindowFixture, NULL, set_up_path, test_try_again, tear_down_window);
  g_test_add ("/window/open/backup", WindowFixture, NULL, set_up_path, test_backup, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
