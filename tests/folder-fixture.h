/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A folder of a test's own, what is in it, and stores made and filled there. */

#include "sp-docs.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path; /* of a store in it, not made yet */
} Fixture;

G_GNUC_UNUSED static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("signpost-test-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "town.db", NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = list_folder (folder);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

G_GNUC_UNUSED static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_folder (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

/* The names in the folder, sorted, with spaces between. */
G_GNUC_UNUSED static char *
join_names (const char *folder)
{
  g_autoptr (GPtrArray) names = list_folder (folder);

  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

/* Everything in the folder: names, when each was last changed, and a digest of its bytes. */
G_GNUC_UNUSED static char *
describe_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = list_folder (folder);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *digest = NULL;
      gsize length = 0;
      struct stat info;
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_file_get_contents (path, &bytes, &length, NULL);
      digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
      g_string_append_printf (out, "%s %ld.%09ld %s\n", (char *) g_ptr_array_index (names, i), (long) info.st_mtim.tv_sec, info.st_mtim.tv_nsec, digest);
    }
  return g_string_free (out, FALSE);
}

G_GNUC_UNUSED static SpDb *
open_store (const char *path, SpDbMode mode)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, mode, &error);

  g_assert_no_error (error);
  return db;
}

static gboolean
try_save (SpDb *db, const char *id, const char *text, GError **error)
{
  g_autoptr (SpNode) body = sp_node_new_object ();

  sp_node_set_text (body, "text", text);
  return sp_docs_put (db, id, NULL, FALSE, body, NULL, error);
}

G_GNUC_UNUSED static void
save (SpDb *db, const char *id)
{
  g_autoptr (GError) error = NULL;

  try_save (db, id, "something", &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static gboolean
has_doc (SpDb *db, const char *id)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, NULL);

  return doc != NULL;
}

/* A store with @count documents, closed: "doc:0" and so on. */
G_GNUC_UNUSED static void
make_store (const char *path, guint count)
{
  g_autoptr (SpDb) db = open_store (path, SP_DB_WRITE);

  g_assert_true (sp_db_begin (db, NULL));
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("doc:%u", i);
      save (db, id);
    }
  g_assert_true (sp_db_commit (db, NULL));
}

G_GNUC_UNUSED static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, &error));
}

/* Overwrites @length bytes at @offset with the letter x. */
G_GNUC_UNUSED static void
damage (const char *path, gsize offset, gsize length)
{
  FILE *file = fopen (path, "r+b");

  g_assert_nonnull (file);
  fseek (file, (long) offset, SEEK_SET);
  for (gsize i = 0; i < length; i++)
    fputc ('x', file);
  fclose (file);
}

/* Runs statements on a file as any other program with SQLite would. */
G_GNUC_UNUSED static void
run_elsewhere (const char *path, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}
