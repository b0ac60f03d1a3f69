/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite reports, in words for a person: which file, what is wrong, and what that means for their entries. */
#include "sp-db-file.h"

#include <errno.h>

/* SQLite says "disk full" for some of what the system reports, and "I/O error" for the rest. */
static gboolean
is_full (sqlite3 *handle, int code)
{
  int system = sqlite3_system_errno (handle);

  return (code & 0xff) == SQLITE_FULL
         || ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

static SpError
get_error_code (sqlite3 *handle, int code)
{
  if (is_full (handle, code))
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
 * @code: what SQLite returned, not %SQLITE_INTERRUPT
 * @error: where to put it in words
 *
 * Returns: which error it is
 */
SpError
sp_db_error_set (const char *path, sqlite3 *handle, int code, GError **error)
{
  SpError sp = get_error_code (handle, code);

  if (sp == SP_ERROR_DISK_FULL)
    g_set_error (error, SP_ERROR, sp, "“%s”: the disk is full. What was saved before is safe; this was not saved", path);
  else if (sp == SP_ERROR_DAMAGED)
    g_set_error (error, SP_ERROR, sp, "“%s” is damaged: %s. Nothing more is written to it", path, sqlite3_errmsg (handle));
  else if (sp == SP_ERROR_FOREIGN)
    g_set_error (error, SP_ERROR, sp, "“%s” is not a store of Signpost. It was left as it is", path);
  else if (sp == SP_ERROR_READ_ONLY)
    g_set_error (error, SP_ERROR, sp, "“%s” or its folder cannot be written to", path);
  else if (sp == SP_ERROR_LOCKED)
    g_set_error (error, SP_ERROR, sp, "“%s” is locked by another program. Try again when that has finished", path);
  else
    g_set_error (error, SP_ERROR, sp, "“%s”: %s", path, sqlite3_errmsg (handle));
  return sp;
}
