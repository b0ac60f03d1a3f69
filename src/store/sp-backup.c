/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups of a store: one that a person asks for, one a day that nobody has to think of, and the way back. */
#include "sp-backup.h"

#include "sp-backup-copy.h"
#include "sp-clock.h"
#include "sp-db-file.h"
#include "sp-identity.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat first, second;

  return stat (a, &first) == 0 && stat (b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* A backup may take the place of an older one, of an empty file, or of a damaged store, but not of somebody's list. */
static gboolean
may_replace (const char *path, GError **error)
{
  static const char magic[] = "SQLite format 3";
  char head[sizeof magic] = "";
  gsize length = 0;
  FILE *file = g_fopen (path, "rb");

  if (file == NULL)
    return TRUE; /* what is wrong with it is told when it is written */
  length = fread (head, 1, sizeof head, file);
  fclose (file);
  if (length == 0 || memcmp (head, magic, sizeof magic) == 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is not a backup and will not be overwritten; give another name"), path);
  return FALSE;
}

static gboolean
make_copy (SpDb *db, const char *path, gboolean with_private, const SpBackupWatch *watch, GError **error)
{
  g_autoptr (SpBackupCopy) copy = sp_backup_copy_new (path, error);

  return copy != NULL
         && sp_backup_copy_fill (copy, sp_db_get_handle (db), watch, error)
         && sp_backup_copy_check (copy, watch->cancellable, error)
         && (with_private || sp_backup_copy_purge (copy, watch->cancellable, error))
         && sp_backup_copy_finish (copy, error)
         && !g_cancellable_set_error_if_cancelled (watch->cancellable, error)
         && sp_backup_copy_place (copy, path, error);
}

/**
 * sp_backup_write:
 * @db: a connection without an open transaction; a reader's does not hold up the writer
 * @path: the file to write; an older backup is replaced when the new one is whole; what is no backup is left alone
 * @with_private: whether it shall hold what never travels: drafts, notes, shortlists …
 * @cancellable: (nullable): stops it; nothing is left of it then
 * @progress: (nullable): hears how many pages of how many are copied
 * @user_data: for @progress
 * @error: %SP_ERROR_DAMAGED if the store turns out to be damaged, %SP_ERROR_DISK_FULL …, or %G_IO_ERROR_CANCELLED
 *
 * Writes the store as it is now to one file, and reads that again to see that it is sound.
 *
 * Returns: whether the backup is there
 */
gboolean
sp_backup_write (SpDb *db, const char *path, gboolean with_private, GCancellable *cancellable,
                 GFileProgressCallback progress, gpointer user_data, GError **error)
{
  const SpBackupWatch watch = { cancellable, progress, user_data };

  if (is_same_file (sp_db_get_path (db), path))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is the store itself: the backup needs a file of its own"), path);
      return FALSE;
    }
  return may_replace (path, error) && make_copy (db, path, with_private, &watch, error);
}

/* ---- the way back ---- */

/* The first free name of "FILE.before-restore", "FILE.before-restore-2" … */
static char *
find_kept_name (const char *store)
{
  char *name = g_strconcat (store, ".before-restore", NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.before-restore-%u", store, n);
    }
  return name;
}

/* Makes sure that nobody uses the store, and that its file holds all of it. One that cannot be opened stays as it is. */
static gboolean
settle_store (const char *store, GError **error)
{
  SpDbFile file;
  sqlite3 *handle = NULL;
  int code;

  if (!sp_db_file_look (store, SP_DB_WRITE, &file, NULL))
    return TRUE;
  code = sqlite3_open_v2 (store, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    sp_db_error_set (store, handle, code, error);
  sqlite3_close (handle);
  return code != SQLITE_BUSY && code != SQLITE_LOCKED;
}

/* The log goes with the file it belongs to; it would be taken for a part of the restored one. */
static gboolean
set_aside (const char *store, const char *kept, GError **error)
{
  g_autofree char *log = g_strconcat (store, "-wal", NULL);
  g_autofree char *kept_log = g_strconcat (kept, "-wal", NULL);
  g_autofree char *index = g_strconcat (store, "-shm", NULL);

  if (!sp_backup_rename (store, kept, error))
    return FALSE;
  g_rename (log, kept_log);
  g_unlink (index);
  return TRUE;
}

static gboolean
replace_store (SpBackupCopy *copy, const char *store, char **kept, GError **error)
{
  g_autofree char *name = NULL;

  if (g_file_test (store, G_FILE_TEST_EXISTS))
    {
      name = find_kept_name (store);
      if (!settle_store (store, error) || !set_aside (store, name, error))
        return FALSE;
    }
  if (!sp_backup_copy_place (copy, store, error))
    {
      if (name != NULL)
        g_rename (name, store);
      return FALSE;
    }
  if (kept != NULL)
    *kept = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
copy_backup (SpBackupCopy *copy, const char *backup, const SpDbFile *file, const SpBackupWatch *watch, GError **error)
{
  g_autofree char *uri = sp_db_file_make_uri (backup, file->is_settled);
  sqlite3 *from = NULL;
  gboolean good;
  int code = sqlite3_open_v2 (uri, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);

  if (code != SQLITE_OK)
    sp_db_error_set (backup, from, code, error);
  good = code == SQLITE_OK && sp_backup_copy_fill (copy, from, watch, error);
  sqlite3_close (from);
  return good && sp_backup_copy_check (copy, watch->cancellable, error);
}

/* Opening it for writing brings its schema up to date. */
static gboolean
bring_up_to_date (SpBackupCopy *copy, GError **error)
{
  g_autoptr (SpDb) db = NULL;

  if (!sp_backup_copy_finish (copy, error))
    return FALSE;
  db = sp_db_open (copy->path, SP_DB_WRITE, error);
  return db != NULL && sp_identity_renew (db, error);
}

/**
 * sp_backup_restore:
 * @store: the store file; nobody may have it open
 * @backup: the backup
 * @kept: (out) (optional) (nullable) (transfer full): the name under which the file that was there is kept
 * @cancellable: (nullable): stops it; the store is then as it was
 * @progress: (nullable): hears how many pages of how many are copied
 * @user_data: for @progress
 * @error: %SP_ERROR_FOREIGN, %SP_ERROR_DAMAGED, %SP_ERROR_NEWER of the backup; %SP_ERROR_LOCKED if the store is in use …
 *
 * Puts a backup in the place of a store. It is read and checked first, and gets a new identity, so that no peer's
 * checkpoint skips what it has to learn again. What was there is kept aside, as it holds what never travels too.
 *
 * Returns: whether the store is now what the backup was
 */
gboolean
sp_backup_restore (const char *store, const char *backup, char **kept, GCancellable *cancellable,
                   GFileProgressCallback progress, gpointer user_data, GError **error)
{
  const SpBackupWatch watch = { cancellable, progress, user_data };
  g_autoptr (SpBackupCopy) copy = NULL;
  SpDbFile file;

  if (!sp_db_file_look (backup, SP_DB_READ, &file, error))
    return FALSE;
  copy = sp_backup_copy_new (store, error);
  return copy != NULL
         && copy_backup (copy, backup, &file, &watch, error)
         && bring_up_to_date (copy, error)
         && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && replace_store (copy, store, kept, error);
}

/* ---- one a day ---- */

static char *
get_folder (const char *store)
{
  g_autofree char *folder = g_path_get_dirname (store);

  return g_build_filename (folder, "backups", NULL);
}

/* What the names of a store's automatic backups begin with: "signpost-" for signpost.db. */
static char *
get_prefix (const char *store)
{
  g_autofree char *name = g_path_get_basename (store);

  if (g_str_has_suffix (name, ".db"))
    name[strlen (name) - strlen (".db")] = '\0';
  return g_strconcat (name, "-", NULL);
}

/* Whether @rest is "2026-12-01.db". */
static gboolean
is_dated (const char *rest)
{
  static const char form[] = "0000-00-00.db";

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == '0' ? !g_ascii_isdigit (rest[i]) : rest[i] != form[i])
      return FALSE;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char * const *) b, *(char * const *) a);
}

/* The automatic backups of a store, the newest first. */
static GPtrArray *
list_backups (const char *store)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = get_folder (store);
  g_autofree char *prefix = get_prefix (store);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && is_dated (name + strlen (prefix)))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

static char *
get_todays_name (const char *store)
{
  g_autofree char *folder = get_folder (store);
  g_autofree char *prefix = get_prefix (store);
  g_autofree char *today = sp_clock_today_text ();
  g_autofree char *name = g_strconcat (prefix, today, ".db", NULL);

  return g_build_filename (folder, name, NULL);
}

/**
 * sp_backup_is_due:
 * @store: a store file
 *
 * Returns: whether there is no automatic backup of today
 */
gboolean
sp_backup_is_due (const char *store)
{
  g_autofree char *name = get_todays_name (store);

  return !g_file_test (name, G_FILE_TEST_EXISTS);
}

/**
 * sp_backup_automatic:
 * @db: as for sp_backup_write()
 * @made: (out) (optional) (nullable) (transfer full): the new backup; %NULL if there was one of today
 * @cancellable: (nullable): stops it
 * @error: as of sp_backup_write(); the older backups then stay
 *
 * Writes a backup into the folder `backups` beside the store unless there is one of today, and keeps the newest
 * %SP_BACKUP_KEPT. They hold what never travels: they are there to lose nothing, and stay on this machine.
 *
 * Returns: whether there is a backup of today
 */
gboolean
sp_backup_automatic (SpDb *db, char **made, GCancellable *cancellable, GError **error)
{
  const char *store = sp_db_get_path (db);
  const SpBackupWatch watch = { .cancellable = cancellable };
  g_autofree char *folder = get_folder (store);
  g_autofree char *name = get_todays_name (store);
  g_autoptr (GPtrArray) paths = NULL;

  if (made != NULL)
    *made = NULL;
  if (!sp_backup_is_due (store))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, _("The folder “%s” for backups could not be made: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  if (!make_copy (db, name, TRUE, &watch, error))
    return FALSE;
  paths = list_backups (store);
  for (guint i = SP_BACKUP_KEPT; i < paths->len; i++)
    g_unlink (g_ptr_array_index (paths, i));
  if (made != NULL)
    *made = g_steal_pointer (&name);
  return TRUE;
}

/**
 * sp_backup_find_newest:
 * @store: a store file, damaged or not
 *
 * Returns: (transfer full) (nullable): the newest automatic backup that can be restored, to be offered when the store cannot be opened
 */
char *
sp_backup_find_newest (const char *store)
{
  g_autoptr (GPtrArray) paths = list_backups (store);

  for (guint i = 0; i < paths->len; i++)
    {
      SpDbFile file;
      if (sp_db_file_look (g_ptr_array_index (paths, i), SP_DB_READ, &file, NULL))
        return g_strdup (g_ptr_array_index (paths, i));
    }
  return NULL;
}
