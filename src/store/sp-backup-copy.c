/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of a store, page by page with SQLite's backup interface, made aside and put in place when it is whole, so that
 * a name never stands for half a copy. */
#include "sp-backup-copy.h"

#include "sp-db-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PAGES_A_STEP 256
#define OPCODES_A_LOOK 20000 /* SQLite's steps between two looks at the cancellable */
#define BUSY_WAITS 50        /* of a tenth of a second, while another program writes */

/* @sentence: (transfer full) */
static gboolean
set_file_error (int code, char *sentence, GError **error)
{
  SpError sp = code == ENOSPC || code == EDQUOT ? SP_ERROR_DISK_FULL
             : code == ENOENT ? SP_ERROR_NOT_FOUND
             : code == EACCES || code == EPERM || code == EROFS ? SP_ERROR_READ_ONLY : SP_ERROR_FAILED;

  g_set_error_literal (error, SP_ERROR, sp, sentence);
  g_free (sentence);
  return FALSE;
}

static gboolean
take_error (SpBackupCopy *self, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was stopped"));
  else
    sp_db_error_set (self->path, self->handle, code, error);
  return FALSE;
}

static gboolean
exec (SpBackupCopy *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || take_error (self, code, error);
}

/**
 * sp_backup_copy_new:
 * @target: the file that the copy shall become
 * @error: %SP_ERROR
 *
 * Begins an empty copy beside @target, which nobody but its owner can read.
 *
 * Returns: (transfer full) (nullable): the copy
 */
SpBackupCopy *
sp_backup_copy_new (const char *target, GError **error)
{
  g_autoptr (SpBackupCopy) self = g_new0 (SpBackupCopy, 1);
  g_autofree char *template = g_strconcat (target, ".XXXXXX", NULL);
  int code, fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_file_error (errno, g_strdup_printf (_("“%s” cannot be written: %s"), target, g_strerror (errno)), error);
      return NULL;
    }
  close (fd);
  self->path = g_steal_pointer (&template);
  code = sqlite3_open_v2 (self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      take_error (self, code, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  /* It is thrown away unless it becomes whole, and flushed at the end. */
  if (!exec (self, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
tell_progress (sqlite3_backup *backup, const SpBackupWatch *watch)
{
  int all = sqlite3_backup_pagecount (backup);

  if (watch->progress != NULL)
    watch->progress (all - sqlite3_backup_remaining (backup), all, watch->user_data);
}

static int
copy_pages (sqlite3_backup *backup, const SpBackupWatch *watch)
{
  int code = SQLITE_OK;

  for (guint waits = 0; code != SQLITE_DONE && waits < BUSY_WAITS;)
    {
      if (g_cancellable_is_cancelled (watch->cancellable))
        return SQLITE_INTERRUPT;
      code = sqlite3_backup_step (backup, PAGES_A_STEP);
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        {
          waits++;
          g_usleep (G_USEC_PER_SEC / 10);
        }
      else if (code != SQLITE_OK && code != SQLITE_DONE)
        return code;
      tell_progress (backup, watch);
    }
  return code;
}

/**
 * sp_backup_copy_fill:
 * @self: an empty copy
 * @from: a connection that has no transaction open; held at one state until all is copied
 * @watch: who watches
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Copies all pages.
 *
 * Returns: whether that went well
 */
gboolean
sp_backup_copy_fill (SpBackupCopy *self, sqlite3 *from, const SpBackupWatch *watch, GError **error)
{
  sqlite3_backup *backup;
  int code = sqlite3_exec (from, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (self->handle, "main", from, "main");
      code = backup != NULL ? copy_pages (backup, watch) : sqlite3_extended_errcode (self->handle);
      if (backup != NULL)
        sqlite3_backup_finish (backup);
    }
  sqlite3_exec (from, "ROLLBACK", NULL, NULL, NULL);
  if (code == SQLITE_DONE)
    return exec (self, "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF;", error); /* one file, no log beside it */
  return take_error (self, code, error);
}

static int
look_at_cancellable (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static void
watch_handle (SpBackupCopy *self, GCancellable *cancellable)
{
  sqlite3_progress_handler (self->handle, cancellable != NULL ? OPCODES_A_LOOK : 0, look_at_cancellable, cancellable);
}

static gboolean
list_private (SpBackupCopy *self, GString *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (self->handle, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'private_*'", -1, &stmt, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      code = sqlite3_step (stmt);
      if (code == SQLITE_ROW)
        g_string_append_printf (sql, "DELETE FROM \"%s\";", (const char *) sqlite3_column_text (stmt, 0));
    }
  sqlite3_finalize (stmt);
  return code == SQLITE_DONE || take_error (self, code, error);
}

/**
 * sp_backup_copy_purge:
 * @self: a filled copy
 * @cancellable: (nullable): stops it
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Empties the tables of what never travels, and rewrites the file, so that nothing of them is left in its gaps.
 *
 * Returns: whether that went well
 */
gboolean
sp_backup_copy_purge (SpBackupCopy *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean good;

  watch_handle (self, cancellable);
  good = list_private (self, sql, error);
  g_string_append (sql, "VACUUM;");
  good = good && exec (self, sql->str, error);
  watch_handle (self, NULL);
  return good;
}

/**
 * sp_backup_copy_check:
 * @self: a filled copy
 * @cancellable: (nullable): stops it
 * @error: %SP_ERROR_DAMAGED, or %G_IO_ERROR_CANCELLED
 *
 * Reads all of the copy: it was made page by page, with whatever damage the original had.
 *
 * Returns: whether it is sound
 */
gboolean
sp_backup_copy_check (SpBackupCopy *self, GCancellable *cancellable, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  g_autofree char *found = NULL;
  int code;

  watch_handle (self, cancellable);
  code = sqlite3_prepare_v2 (self->handle, "PRAGMA quick_check (1)", -1, &stmt, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    found = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  watch_handle (self, NULL);
  if (found == NULL)
    return take_error (self, code, error);
  if (strcmp (found, "ok") == 0)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_DAMAGED, _("The store is damaged: %s"), found);
  return FALSE;
}

/**
 * sp_backup_copy_finish:
 * @self: a filled copy
 * @error: %SP_ERROR
 *
 * Closes the copy and waits until the disk has all of it.
 *
 * Returns: whether that went well
 */
gboolean
sp_backup_copy_finish (SpBackupCopy *self, GError **error)
{
  int fd;
  gboolean good;

  g_clear_pointer (&self->handle, sqlite3_close);
  fd = open (self->path, O_RDWR | O_CLOEXEC);
  good = fd >= 0 && fsync (fd) == 0;
  if (!good)
    set_file_error (errno, g_strdup_printf (_("“%s” could not be written: %s"), self->path, g_strerror (errno)), error);
  if (fd >= 0)
    close (fd);
  return good;
}

/**
 * sp_backup_rename:
 * @from: path of a file
 * @to: its new path in the same file system; a file that is there is replaced
 * @error: %SP_ERROR
 *
 * Renames a file, and waits until the disk has the new name.
 *
 * Returns: whether it was renamed
 */
gboolean
sp_backup_rename (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);
  int fd;

  if (g_rename (from, to) != 0)
    return set_file_error (errno, g_strdup_printf (_("“%s” could not be put in place: %s"), to, g_strerror (errno)), error);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return TRUE;
}

/**
 * sp_backup_copy_place:
 * @self: a finished copy
 * @target: the name it shall have; a file of that name is replaced
 * @error: %SP_ERROR
 *
 * Returns: whether it has that name now
 */
gboolean
sp_backup_copy_place (SpBackupCopy *self, const char *target, GError **error)
{
  if (!sp_backup_rename (self->path, target, error))
    return FALSE;
  g_clear_pointer (&self->path, g_free);
  return TRUE;
}

/**
 * sp_backup_copy_free:
 * @self: (transfer full): a copy; one that was not put in place is deleted
 */
void
sp_backup_copy_free (SpBackupCopy *self)
{
  g_clear_pointer (&self->handle, sqlite3_close);
  if (self->path != NULL)
    g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}
