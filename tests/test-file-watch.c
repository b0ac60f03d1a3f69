/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is watched: what is told of it and of its folder, and that nothing is told of its neighbours. */
#include "sp-file-watch.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char        *folder;
  char        *path;
  SpFileWatch *watch;
  guint        told;
} Fixture;

static void
count_cb (gpointer told)
{
  ++*(guint *) told;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("file-watch-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "accounts", NULL);
  f->watch = sp_file_watch_new (f->path, count_cb, &f->told);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sp_file_watch_free (f->watch);
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

/* The system notes a change while it is made: so all is told that will be. */
static guint
hear (Fixture *f)
{
  const guint before = f->told;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  return f->told - before;
}

static void
write_file (const char *path, GFileSetContentsFlags flags)
{
  g_assert_true (g_file_set_contents_full (path, "x", 1, flags, 0600, NULL));
}

static void
test_told (Fixture *f, gconstpointer data)
{
  write_file (f->path, G_FILE_SET_CONTENTS_NONE); /* new, and in place */
  g_assert_cmpuint (hear (f), ==, 1);
  write_file (f->path, G_FILE_SET_CONTENTS_CONSISTENT); /* another file takes its name */
  g_assert_cmpuint (hear (f), ==, 1);
  write_file (f->path, G_FILE_SET_CONTENTS_NONE);
  g_assert_cmpuint (hear (f), ==, 1);
  g_assert_cmpuint (hear (f), ==, 0);
}

static void
test_neighbour (Fixture *f, gconstpointer data)
{
  g_autofree char *neighbour = g_strconcat (f->path, ".lock", NULL);

  for (guint i = 0; i < 100; i++)
    write_file (neighbour, G_FILE_SET_CONTENTS_CONSISTENT);
  g_assert_cmpuint (hear (f), ==, 0);
  write_file (f->path, G_FILE_SET_CONTENTS_CONSISTENT);
  g_assert_cmpuint (hear (f), ==, 1);
  g_unlink (neighbour);
}

/* What is told a moment later; the test hangs if it is not. */
static void
wait_until_told (Fixture *f)
{
  for (const guint before = f->told; f->told == before;)
    g_main_context_iteration (NULL, TRUE);
}

/* However it was taken away, and whatever then takes its name. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (f->path, ".old", NULL);

  write_file (f->path, G_FILE_SET_CONTENTS_NONE);
  hear (f);
  g_assert_cmpint (g_rename (f->path, aside), ==, 0);
  wait_until_told (f);
  g_assert_cmpint (symlink (aside, f->path), ==, 0);
  wait_until_told (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  wait_until_told (f);
  g_assert_cmpint (link (aside, f->path), ==, 0);
  wait_until_told (f);
  g_unlink (aside);
}

/* A folder that takes the place of another one is watched instead, whenever it comes. */
static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (f->folder, ".old", NULL);

  g_assert_cmpint (g_rename (f->folder, aside), ==, 0);
  wait_until_told (f);
  g_assert_cmpint (g_rename (aside, f->folder), ==, 0);
  wait_until_told (f);
  write_file (f->path, G_FILE_SET_CONTENTS_NONE);
  wait_until_told (f);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  wait_until_told (f);
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
  wait_until_told (f);
  write_file (f->path, G_FILE_SET_CONTENTS_CONSISTENT);
  wait_until_told (f);
}

/* Without its folder there is nothing to watch, which is said. */
static void
test_nowhere (void)
{
  SpFileWatch *watch;
  guint told = 0;

  g_test_expect_message ("Signpost", G_LOG_LEVEL_MESSAGE, "*cannot be watched*No such file*");
  watch = sp_file_watch_new ("/nonexistent/folder/accounts", count_cb, &told);
  g_test_assert_expected_messages ();
  sp_file_watch_free (watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/file-watch/told", Fixture, NULL, set_up, test_told, tear_down);
  g_test_add ("/file-watch/neighbour", Fixture, NULL, set_up, test_neighbour, tear_down);
  g_test_add ("/file-watch/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/file-watch/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add_func ("/file-watch/nowhere", test_nowhere);
  return g_test_run ();
}
