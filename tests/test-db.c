/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store does with files it must not write to, and what is left when writing fails. */
#include "folder-fixture.h"

#include "sp-schema.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Neither way of opening may succeed, and nothing in the folder may change. */
static void
assert_refused (Fixture *f, SpError expected)
{
  g_autofree char *before = describe_folder (f->folder);

  for (SpDbMode mode = SP_DB_WRITE; mode <= SP_DB_READ; mode++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      g_assert_null (sp_db_open (f->path, mode, &error));
      g_assert_error (error, SP_ERROR, (int) expected);
      g_assert_nonnull (strstr (error->message, f->path));
      after = describe_folder (f->folder);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_new_and_closed (Fixture *f, gconstpointer data)
{
  g_autofree char *names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SpDb *db, *reader;

  make_store (f->path, 3);
  names = join_names (f->folder);
  g_assert_cmpstr (names, ==, "town.db");

  before = describe_folder (f->folder);
  db = open_store (f->path, SP_DB_WRITE);
  reader = open_store (f->path, SP_DB_READ);
  g_assert_true (has_doc (reader, "doc:2"));
  sp_db_close (reader);
  sp_db_close (db);
  after = describe_folder (f->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "no", "such.db", NULL);

  g_assert_null (sp_db_open (f->path, SP_DB_READ, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (sp_db_open (path, SP_DB_WRITE, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

static void
test_no_database (Fixture *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (5000, 'a');
  const char * const texts[] = { "A letter, not a database", "SQLite format 3", long_text };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (f->path, texts[i], -1, NULL));
      assert_refused (f, SP_ERROR_FOREIGN);
    }
  g_unlink (f->path);
  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  assert_refused (f, SP_ERROR_FOREIGN);
}

static void
test_empty_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = NULL;

  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_null (sp_db_open (f->path, SP_DB_READ, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FOREIGN);
  db = open_store (f->path, SP_DB_WRITE);
  save (db, "doc:1");
}

static void
test_foreign_database (Fixture *f, gconstpointer data)
{
  run_elsewhere (f->path, "CREATE TABLE doc (a); INSERT INTO doc VALUES (1);");
  assert_refused (f, SP_ERROR_FOREIGN);
  run_elsewhere (f->path, "PRAGMA application_id = 1234;");
  assert_refused (f, SP_ERROR_FOREIGN);
  run_elsewhere (f->path, "PRAGMA journal_mode = WAL;");
  assert_refused (f, SP_ERROR_FOREIGN);
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  make_store (f->path, 1);
  run_elsewhere (f->path, "PRAGMA user_version = 4000;");
  assert_refused (f, SP_ERROR_NEWER);
  run_elsewhere (f->path, "PRAGMA user_version = -1;");
  assert_refused (f, SP_ERROR_NEWER);
}

/* Only the log says that it is newer: the program that wrote it was killed before it could tidy up. */
static void
test_newer_in_log (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *log_copy = g_strconcat (copy, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *bytes_after = NULL;
  g_autofree char *log_bytes = NULL;
  gsize length, length_after, log_length;
  sqlite3 *handle;

  make_store (f->path, 1);
  g_assert_cmpint (sqlite3_open (f->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA user_version = 4000;", NULL, NULL, NULL), ==, SQLITE_OK);
  copy_file (f->path, copy);
  copy_file (log, log_copy);
  sqlite3_close (handle);

  g_assert_true (g_file_get_contents (copy, &bytes, &length, NULL));
  g_assert_null (sp_db_open (copy, SP_DB_WRITE, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NEWER);
  g_assert_true (g_file_get_contents (copy, &bytes_after, &length_after, NULL));
  g_assert_cmpmem (bytes, length, bytes_after, length_after);
  g_assert_true (g_file_get_contents (log_copy, &log_bytes, &log_length, NULL));
  g_assert_cmpuint (log_length, >, 0);
}

static void
test_older_is_not_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_store (f->path, 1);
  run_elsewhere (f->path, "PRAGMA user_version = 1;");
  g_assert_null (sp_db_open (f->path, SP_DB_READ, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED);
}

static void
test_truncated (Fixture *f, gconstpointer data)
{
  make_store (f->path, 300);
  g_assert_cmpint (truncate (f->path, 20000), ==, 0);
  assert_refused (f, SP_ERROR_DAMAGED);
}

static void
test_damaged_schema (Fixture *f, gconstpointer data)
{
  make_store (f->path, 1);
  damage (f->path, 100, 3000);
  assert_refused (f, SP_ERROR_DAMAGED);
}

static void
test_tables_missing (Fixture *f, gconstpointer data)
{
  make_store (f->path, 1);
  run_elsewhere (f->path, "DROP TABLE rev;");
  assert_refused (f, SP_ERROR_DAMAGED);
}

/* Damage that shows only when it is read: from then on nothing is written. */
static void
test_damaged_inside (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  struct stat info;
  SpDb *db;

  make_store (f->path, 300);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  damage (f->path, 4096, (gsize) info.st_size - 4096);
  before = describe_folder (f->folder);
  db = sp_db_open (f->path, SP_DB_WRITE, &error);
  if (db != NULL)
    {
      g_assert_false (try_save (db, "doc:new", "text", &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
      g_clear_error (&error);
      g_assert_false (sp_db_begin (db, &error));
      sp_db_close (db);
    }
  g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
  after = describe_folder (f->folder);
  g_assert_true (g_str_has_prefix (after, before)); /* what SQLite keeps beside a file for reading may stay */
}

/* ---- read-only: as root nothing is, so a child becomes nobody ---- */

#define NOBODY 65534

typedef struct
{
  const char *path;
  SpDbMode    mode;
  SpError     expected; /* SP_ERROR_FAILED: it shall open, and hold doc:0 */
} Attempt;

static gboolean
try_attempt (const Attempt *attempt)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (attempt->path, attempt->mode, &error);
  gboolean good;

  if (db == NULL)
    return g_error_matches (error, SP_ERROR, (int) attempt->expected);
  good = attempt->expected == SP_ERROR_FAILED && has_doc (db, "doc:0");
  sp_db_close (db);
  return good;
}

static void
assert_as_nobody (const Attempt *attempt)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      if (geteuid () == 0 && (setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
        _exit (2);
      _exit (try_attempt (attempt) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Newer releases of GLib put the folder inside one that only its owner may enter. */
static void
let_nobody_through (const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  struct stat about;

  g_assert_cmpint (g_stat (parent, &about), ==, 0);
  if (!(about.st_mode & S_IXOTH))
    g_chmod (parent, (int) (about.st_mode & 07777) | S_IXGRP | S_IXOTH);
  if (strcmp (parent, "/") != 0)
    let_nobody_through (parent);
}

static void
test_read_only (Fixture *f, gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "new.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const Attempt attempts[] = {
    { f->path, SP_DB_WRITE, SP_ERROR_READ_ONLY },
    { other, SP_DB_WRITE, SP_ERROR_READ_ONLY },
    { other, SP_DB_READ, SP_ERROR_NOT_FOUND },
    { f->path, SP_DB_READ, SP_ERROR_FAILED },
  };

  make_store (f->path, 1);
  before = describe_folder (f->folder);
  let_nobody_through (f->folder);
  g_chmod (f->path, 0644);
  g_chmod (f->folder, 0555);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    assert_as_nobody (&attempts[i]);
  g_chmod (f->path, 0444); /* the file alone, in a folder that anybody may write to */
  g_chmod (f->folder, 0777);
  assert_as_nobody (&attempts[0]);
  after = describe_folder (f->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_unreadable (Fixture *f, gconstpointer data)
{
  make_store (f->path, 1);
  let_nobody_through (f->folder);
  g_chmod (f->path, 0000);
  g_chmod (f->folder, 0755);
  assert_as_nobody (&(Attempt){ f->path, SP_DB_READ, SP_ERROR_DENIED });
  g_chmod (f->path, 0600);
}

/* ---- locked, full ---- */

static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  sp_db_set_patience (db, 0);
  g_assert_false (try_save (db, "doc:1", "text", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, f->path));
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  save (db, "doc:1");
}

static void
test_locked_at_open (Fixture *f, gconstpointer data)
{
  sqlite3 *other;

  make_store (f->path, 1);
  run_elsewhere (f->path, "PRAGMA journal_mode = DELETE;");
  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  {
    g_autoptr (GError) error = NULL;
    g_assert_null (sp_db_open (f->path, SP_DB_WRITE, &error)); /* waits for its five seconds */
    g_assert_error (error, SP_ERROR, SP_ERROR_LOCKED);
  }
  sqlite3_close (other);
}

/* Saves until it fails, and gives how many were saved. */
static guint
save_until_full (SpDb *db)
{
  g_autofree char *text = g_strnfill (5000, 'a');

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = g_strdup_printf ("doc:%u", i);
      if (!try_save (db, id, text, &error))
        {
          g_assert_error (error, SP_ERROR, SP_ERROR_DISK_FULL);
          return i;
        }
    }
  g_assert_not_reached ();
}

static void
assert_saved_exactly (SpDb *db, guint count)
{
  for (guint i = 0; i <= count; i++)
    {
      g_autofree char *id = g_strdup_printf ("doc:%u", i);
      g_assert_cmpint (has_doc (db, id), ==, i < count);
    }
}

static void
test_full (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  guint count;

  g_assert_true (sp_db_exec (db, "PRAGMA max_page_count = 300", &error));
  count = save_until_full (db);
  g_assert_cmpuint (count, >, 10);
  assert_saved_exactly (db, count);
  g_assert_true (sp_db_exec (db, "PRAGMA max_page_count = 100000", &error));
  save (db, "doc:after");
}

/* The system itself refuses to let the files grow. */
static void
test_full_system (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  struct rlimit before, small;
  guint count;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 1000000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  count = save_until_full (db);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (count, >, 10);
  assert_saved_exactly (db, count);
  save (db, "doc:after");
}

/* SQLite undid the transaction by itself: what comes after must not be saved as if it were still open. */
static void
test_full_in_batch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);

  save (db, "doc:before");
  g_assert_true (sp_db_exec (db, "PRAGMA max_page_count = 300", &error));
  g_assert_true (sp_db_begin (db, &error));
  g_assert_cmpuint (save_until_full (db), >, 10);
  g_assert_false (sp_db_commit (db, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FAILED);
  sp_db_rollback (db);
  assert_saved_exactly (db, 0);
  g_assert_true (has_doc (db, "doc:before"));
}

static int
read_log_limit (SpDb *db)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA wal_autocheckpoint", NULL);

  g_assert_true (sp_db_step (db, stmt, &has_row, NULL) && has_row);
  return sqlite3_column_int (stmt, 0);
}

/* Whether the file has a document, without the log beside it. */
static gboolean
file_has_doc (Fixture *f, const char *name, const char *id)
{
  g_autofree char *copy = g_build_filename (f->folder, name, NULL);
  g_autoptr (SpDb) db = NULL;

  copy_file (f->path, copy);
  db = open_store (copy, SP_DB_WRITE);
  return has_doc (db, id);
}

static void
test_folded (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  const int usual = read_log_limit (db);

  g_assert_false (sp_db_gathers (db));
  sp_db_gather (db);
  g_assert_cmpint (read_log_limit (db), ==, 16 * usual);
  save (db, "doc:gathered");
  g_assert_true (sp_db_gathers (db));
  g_assert_false (file_has_doc (f, "before.db", "doc:gathered"));
  sp_db_fold (db);
  g_assert_false (sp_db_gathers (db));
  g_assert_cmpint (read_log_limit (db), ==, usual);
  g_assert_true (file_has_doc (f, "after.db", "doc:gathered"));
}

static int
stop_cb (void *data)
{
  return 1;
}

/* Rows that stop coming are not over: who takes them for that has an error and a result. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (SpDb) db = open_store (f->path, SP_DB_WRITE);
  g_autoptr (GError) error = NULL;
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT value FROM meta ORDER BY key", NULL);

  sqlite3_progress_handler (sp_db_get_handle (db), 1, stop_cb, NULL);
  g_assert_false (sp_db_step (db, stmt, &has_row, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (has_row);
  sqlite3_progress_handler (sp_db_get_handle (db), 0, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/db/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("new-and-closed", test_new_and_closed);
  TEST ("missing", test_missing);
  TEST ("no-database", test_no_database);
  TEST ("empty-file", test_empty_file);
  TEST ("foreign-database", test_foreign_database);
  TEST ("newer", test_newer);
  TEST ("newer-in-log", test_newer_in_log);
  TEST ("older-is-not-read", test_older_is_not_read);
  TEST ("truncated", test_truncated);
  TEST ("damaged-schema", test_damaged_schema);
  TEST ("tables-missing", test_tables_missing);
  TEST ("damaged-inside", test_damaged_inside);
  TEST ("read-only", test_read_only);
  TEST ("unreadable", test_unreadable);
  TEST ("locked", test_locked);
  TEST ("locked-at-open", test_locked_at_open);
  TEST ("full", test_full);
  TEST ("full-system", test_full_system);
  TEST ("full-in-batch", test_full_in_batch);
  TEST ("folded", test_folded);
  TEST ("stopped", test_stopped);
  return g_test_run ();
}
