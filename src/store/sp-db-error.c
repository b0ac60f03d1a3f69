/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite reports, in words for a person: which file, what is wrong, and what that means for their entries. */
#include "sp-db-file.h"

#include <glib/gi18n-lib.h>

/* SQLite says "disk full" only of a full disk. A quota that is used up, or a file that may not grow, is a write that
 * failed, and by then the system's own word for it is lost. */
static gboolean
is_full (int code)
{
  return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE;
}

static SpError
get_error_code (int code)
{
  if (is_full (code))
    return SP_ERROR_DISK_FULL;
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT: return SP_ERROR_DAMAGED;
    case SQLITE_NOTADB: return SP_ERROR_FOREIGN;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return SP_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return SP_ERROR_LOCKED;
    default: return SP_ERROR_FAILED;
    }
}

/**
 * sp_db_error_set:
 * @path: the store file
 * @handle: its connection
 * @code: what SQLite returned, as an extended result code; not %SQLITE_INTERRUPT
 * @error: where to put it in words
 *
 * Returns: which error it is
 */
SpError
sp_db_error_set (const char *path, sqlite3 *handle, int code, GError **error)
{
  SpError sp = get_error_code (code);

  if (sp == SP_ERROR_DISK_FULL)
    g_set_error (error, SP_ERROR, sp, (code & 0xff) == SQLITE_FULL
                 ? _("“%s” could not be written: the disk is full. What was saved before is safe; this was not saved")
                 : _("“%s” could not be written: the disk is full, its quota is used up, or it is failing. What was saved before is safe; this was not saved"),
                 path);
  else if (sp == SP_ERROR_DAMAGED)
    g_set_error (error, SP_ERROR, sp, _("“%s” is damaged: %s. Nothing more is written to it"), path, sqlite3_errmsg (handle));
  else if (sp == SP_ERROR_FOREIGN)
    g_set_error (error, SP_ERROR, sp, _("“%s” is not a store of Signpost. It was left as it is"), path);
  else if (sp == SP_ERROR_READ_ONLY)
    g_set_error (error, SP_ERROR, sp, _("“%s” or its folder cannot be written to"), path);
  else if (sp == SP_ERROR_LOCKED)
    g_set_error (error, SP_ERROR, sp, _("“%s” is locked by another program. Try again when that has finished"), path);
  else
    g_set_error (error, SP_ERROR, sp, "“%s”: %s", path, sqlite3_errmsg (handle));
  return sp;
}
