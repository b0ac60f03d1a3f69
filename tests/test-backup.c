/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups: what is in them and what is not, the way back, and the one a day. */
#include "folder-fixture.h"

#include "sp-backup.h"
#include "sp-clock.h"
#include "sp-identity.h"

#include <unistd.h>

#define SECRET "ask-for-Morag-at-the-side-door"

static char *
in_folder (Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

/* A store with documents, notes that never travel, and one of those deleted again. */
static void
make_private_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = NULL;

  make_store (path, 50);
  db = open_store (path, SP_DB_WRITE);
  sp_db_exec (db, "INSERT INTO private_note (id, text, changed) VALUES ('doc:1', '" SECRET "-1', 1), ('doc:2', '" SECRET "-2', 1);"
                  "DELETE FROM private_note WHERE id = 'doc:2';"
                  "INSERT INTO private_search VALUES ('" SECRET "', 1);", &error);
  g_assert_no_error (error);
}

static gboolean
holds_secret (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, SECRET, strlen (SECRET)) != NULL;
}

static void
write_backup (const char *store, const char *path, gboolean with_private)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = open_store (store, SP_DB_READ);

  g_assert_true (sp_backup_write (db, path, with_private, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static char *
restore (const char *store, const char *backup)
{
  g_autoptr (GError) error = NULL;
  char *kept = NULL;

  g_assert_true (sp_backup_restore (store, backup, &kept, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return kept;
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *names = NULL;
  g_autoptr (SpDb) db = NULL;

  make_private_store (f->path);
  g_assert_true (holds_secret (f->path));
  write_backup (f->path, path, FALSE);
  g_assert_false (holds_secret (path));
  db = open_store (path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:0"));
  g_assert_true (has_doc (db, "doc:49"));
}

static void
test_with_private (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");

  make_private_store (f->path);
  write_backup (f->path, path, TRUE);
  g_assert_true (holds_secret (path));
}

/* Nothing beside it, and no mode in which SQLite would make something beside it. */
static void
test_is_one_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *bytes = NULL;
  g_autofree char *names = NULL;
  gsize length;

  make_store (f->path, 5);
  for (int with_private = 0; with_private < 2; with_private++)
    {
      SpDb *db = open_store (f->path, SP_DB_WRITE);
      g_assert_true (sp_backup_write (db, path, with_private, NULL, NULL, NULL, NULL));
      sp_db_close (db);
      g_free (bytes);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      g_assert_cmpint (bytes[18], ==, 1);
      g_assert_cmpint (bytes[19], ==, 1);
    }
  names = join_names (f->folder);
  g_assert_cmpstr (names, ==, "backup.db town.db");
}

static void
test_refused_targets (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "backup.db", NULL);
  g_autofree char *again = g_build_filename (f->folder, ".", "town.db", NULL);
  g_autoptr (SpDb) db = NULL;

  make_store (f->path, 1);
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_false (sp_backup_write (db, nowhere, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sp_backup_write (db, again, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
cancel_cb (goffset current, goffset total, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SpDb *db;

  make_store (f->path, 3);
  write_backup (f->path, path, FALSE);
  run_elsewhere (f->path, "PRAGMA journal_mode = DELETE"); /* tidies up after the reader */
  before = describe_folder (f->folder);
  db = open_store (f->path, SP_DB_READ);
  g_assert_false (sp_backup_write (db, path, FALSE, cancellable, cancel_cb, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sp_db_close (db);
  after = describe_folder (f->folder);
  g_assert_cmpstr (after, ==, before);
}

typedef struct
{
  SpDb   *writer;
  guint   calls;
  goffset current;
  goffset total;
} Progress;

static void
write_meanwhile_cb (goffset current, goffset total, gpointer user_data)
{
  Progress *progress = user_data;

  if (progress->calls++ == 0)
    save (progress->writer, "doc:late");
  progress->current = current;
  progress->total = total;
}

/* A writer goes on meanwhile; the backup is of the moment it began. */
static void
test_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (f, "backup.db");
  g_autoptr (SpDb) writer = NULL;
  g_autoptr (SpDb) reader = NULL;
  g_autoptr (SpDb) backup = NULL;
  g_autofree char *text = g_strnfill (SP_JSON_MAX_BYTES / 2, 'a');
  Progress progress = { 0 };

  make_store (f->path, 2000);
  writer = progress.writer = open_store (f->path, SP_DB_WRITE);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("long:%u", i);
      g_assert_true (try_save (writer, id, text, NULL));
    }
  reader = open_store (f->path, SP_DB_READ);
  g_assert_true (sp_backup_write (reader, path, TRUE, NULL, write_meanwhile_cb, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (progress.calls, >, 1);
  g_assert_cmpint (progress.current, ==, progress.total);
  backup = open_store (path, SP_DB_WRITE);
  g_assert_true (has_doc (backup, "doc:1999"));
  g_assert_false (has_doc (backup, "doc:late"));
  g_assert_true (has_doc (writer, "doc:late"));
}

/* Damages pages in the middle, where opening does not look. */
static void
damage_inside (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  damage (path, (gsize) info.st_size / 2, (gsize) info.st_size / 4);
}

static void
test_damaged_store (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = NULL;
  g_autofree char *path = in_folder (f, "backup.db");

  make_store (f->path, 3000); /* so many that the schema lies before the middle */
  damage_inside (f->path);
  db = open_store (f->path, SP_DB_READ);
  g_assert_false (sp_backup_write (db, path, TRUE, NULL, NULL, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* ---- restore ---- */

static void
test_restore (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *kept = NULL;
  g_autofree char *kept_again = NULL;
  g_autofree char *names = NULL;
  SpDb *db;

  make_private_store (f->path);
  write_backup (f->path, path, FALSE);
  db = open_store (f->path, SP_DB_WRITE);
  save (db, "doc:later");
  sp_db_close (db);

  kept = restore (f->path, path);
  g_assert_true (g_str_has_suffix (kept, "town.db.before-restore"));
  names = join_names (f->folder);
  g_assert_cmpstr (names, ==, "backup.db town.db town.db.before-restore");
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:49"));
  g_assert_false (has_doc (db, "doc:later"));
  sp_db_close (db);
  db = open_store (kept, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:later"));
  sp_db_close (db);
  g_assert_true (holds_secret (kept));

  kept_again = restore (f->path, kept);
  g_assert_true (g_str_has_suffix (kept_again, "town.db.before-restore-2"));
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:later"));
  sp_db_close (db);
}

static void
test_restore_identity (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *seq = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *uuid_after = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *offered = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  SpDb *db;

  make_store (f->path, 4);
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (sp_backup_write (db, path, FALSE, NULL, NULL, NULL, NULL));
  uuid = sp_identity_get_uuid (db);
  seq = sp_docs_get_update_seq (db, NULL);
  sp_db_close (db);
  kept = restore (f->path, path);
  db = open_store (f->path, SP_DB_WRITE);
  uuid_after = sp_identity_get_uuid (db);
  g_assert_cmpstr (uuid_after, !=, uuid);
  changes = sp_docs_get_changes (db, seq, G_MAXUINT, NULL, NULL); /* a checkpoint of before begins at the start */
  g_assert_cmpuint (changes->len, ==, 4);
  offered = sp_db_get_meta (db, "offered_seq");
  g_assert_cmpstr (offered, ==, "4");
  sp_db_close (db);
}

static void
test_restore_where_nothing_was (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *kept = NULL;

  make_store (path, 3);
  kept = restore (f->path, path);
  g_assert_null (kept);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
assert_not_restored (Fixture *f, const char *backup, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = describe_folder (f->folder);
  g_autofree char *after = NULL;

  g_assert_false (sp_backup_restore (f->path, backup, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  after = describe_folder (f->folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_restore_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");

  make_store (f->path, 3);
  assert_not_restored (f, path, SP_ERROR, SP_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (path, "no database", -1, NULL));
  assert_not_restored (f, path, SP_ERROR, SP_ERROR_FOREIGN);
  g_unlink (path);
  make_store (path, 500);
  damage_inside (path);
  assert_not_restored (f, path, SP_ERROR, SP_ERROR_DAMAGED);
  g_unlink (path);
  make_store (path, 1);
  run_elsewhere (path, "PRAGMA user_version = 4000");
  assert_not_restored (f, path, SP_ERROR, SP_ERROR_NEWER);
}

static void
test_restore_in_use (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  SpDb *db;

  make_store (f->path, 3);
  make_store (path, 1);
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:2"));
  assert_not_restored (f, path, SP_ERROR, SP_ERROR_LOCKED);
  save (db, "doc:3");
  sp_db_close (db);
}

static void
test_restore_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  make_store (f->path, 3);
  make_store (path, 1);
  before = describe_folder (f->folder);
  g_assert_false (sp_backup_restore (f->path, path, NULL, cancellable, cancel_cb, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = describe_folder (f->folder);
  g_assert_cmpstr (after, ==, before);
}

/* What the store's log held stays with the file that is kept, and is not taken for a part of the new one. */
static void
test_restore_over_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "backup.db");
  g_autofree char *log = in_folder (f, "town.db-wal");
  g_autofree char *kept = NULL;
  g_autofree char *names = NULL;
  g_autoptr (SpDb) db = NULL;

  make_store (path, 3);
  g_assert_true (g_file_set_contents (f->path, "nothing good", -1, NULL));
  g_assert_true (g_file_set_contents (log, "its log", -1, NULL));
  kept = restore (f->path, path);
  names = join_names (f->folder);
  g_assert_cmpstr (names, ==, "backup.db town.db town.db.before-restore town.db.before-restore-wal");
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:2"));
}

/* ---- one a day ---- */

static void
set_day (guint day)
{
  g_autofree char *text = g_strdup_printf ("2026-11-%02u", day);

  g_assert_true (g_setenv (SP_CLOCK_VARIABLE, text, TRUE));
}

static void
test_automatic (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = in_folder (f, "backups");
  g_autofree char *other = g_build_filename (folder, "town-of-others.db", NULL);
  g_autofree char *names = NULL;
  g_autofree char *newest = NULL;
  g_autoptr (SpDb) db = NULL;

  make_store (f->path, 3);
  g_assert_null (sp_backup_find_newest (f->path));
  db = open_store (f->path, SP_DB_WRITE);
  for (guint day = 1; day <= 10; day++)
    for (int again = 0; again < 2; again++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *made = NULL;
        set_day (day);
        g_assert_cmpint (sp_backup_is_due (f->path), ==, again == 0);
        g_assert_true (sp_backup_automatic (db, &made, NULL, &error));
        g_assert_no_error (error);
        g_assert_cmpint (made != NULL, ==, again == 0);
        if (day == 2)
          g_assert_true (g_file_set_contents (other, "not ours", -1, NULL));
      }
  names = join_names (folder);
  g_assert_cmpstr (names, ==, "town-2026-11-04.db town-2026-11-05.db town-2026-11-06.db town-2026-11-07.db town-2026-11-08.db"
                              " town-2026-11-09.db town-2026-11-10.db town-of-others.db");
  newest = sp_backup_find_newest (f->path);
  g_assert_true (g_str_has_suffix (newest, "backups/town-2026-11-10.db"));
}

/* The store is damaged, and so is the newest backup: the one before is offered, and works. No further one is made. */
static void
test_automatic_after_damage (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *folder = in_folder (f, "backups");
  g_autofree char *names = NULL;
  SpDb *db;

  make_store (f->path, 3000);
  db = open_store (f->path, SP_DB_WRITE);
  for (guint day = 1; day <= 2; day++)
    {
      set_day (day);
      g_assert_true (sp_backup_automatic (db, NULL, NULL, NULL));
    }
  sp_db_close (db);
  {
    g_autofree char *newest = sp_backup_find_newest (f->path);
    g_assert_cmpint (truncate (newest, 10000), ==, 0);
  }
  damage_inside (f->path);
  set_day (3);
  db = open_store (f->path, SP_DB_READ);
  g_assert_false (sp_backup_automatic (db, NULL, NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_DAMAGED);
  sp_db_close (db);
  names = join_names (folder);
  g_assert_cmpstr (names, ==, "town-2026-11-01.db town-2026-11-02.db");

  offered = sp_backup_find_newest (f->path);
  g_assert_true (g_str_has_suffix (offered, "town-2026-11-01.db"));
  kept = restore (f->path, offered);
  db = open_store (f->path, SP_DB_WRITE);
  g_assert_true (has_doc (db, "doc:499"));
  sp_db_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define TEST(name, func) g_test_add ("/backup/" name, Fixture, NULL, set_up, func, tear_down)
  TEST ("plain", test_plain);
  TEST ("with-private", test_with_private);
  TEST ("is-one-file", test_is_one_file);
  TEST ("refused-targets", test_refused_targets);
  TEST ("cancelled", test_cancelled);
  TEST ("meanwhile", test_meanwhile);
  TEST ("damaged-store", test_damaged_store);
  TEST ("restore", test_restore);
  TEST ("restore-identity", test_restore_identity);
  TEST ("restore-where-nothing-was", test_restore_where_nothing_was);
  TEST ("restore-refused", test_restore_refused);
  TEST ("restore-in-use", test_restore_in_use);
  TEST ("restore-cancelled", test_restore_cancelled);
  TEST ("restore-over-damaged", test_restore_over_damaged);
  TEST ("automatic", test_automatic);
  TEST ("automatic-after-damage", test_automatic_after_damage);
  return g_test_run ();
}
