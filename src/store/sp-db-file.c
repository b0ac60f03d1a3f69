/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at a file before it is opened as a store: a damaged, foreign or newer file must be left exactly as it is, and
 * SQLite itself writes to whatever it is given. Header: https://sqlite.org/fileformat2.html#the_database_header */
#include "sp-db-file.h"

#include "sp-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_BYTES 100
#define MAGIC "SQLite format 3"

typedef struct
{
  guint8 bytes[HEADER_BYTES];
  gsize  length; /* fewer in a shorter file */
  gint64 size;   /* of the file, in bytes */
} Header;

/* Files of which this process has connections, by their real names, with their numbers. Whoever closes a descriptor of
 * such a file gives up all locks that the process has on it (https://www.sqlite.org/howtocorrupt.html, 2.2), and another
 * program may then remove the log that is still written to. So what is held is not looked at. */
static GMutex held_lock;
static GHashTable *held; /* of char * to guint */

static char *
get_real_name (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *name = g_path_get_basename (absolute);
  char *real = realpath (absolute, NULL);
  char *real_folder, *result;

  if (real != NULL)
    return real;
  real_folder = realpath (folder, NULL);
  result = g_build_filename (real_folder != NULL ? real_folder : folder, name, NULL);
  free (real_folder);
  return result;
}

/**
 * sp_db_file_hold:
 * @path: a store file, which may not be there yet
 *
 * Says that a connection to it is about to be opened. Any thread.
 *
 * Returns: (transfer full): by which name it is held, for sp_db_file_release()
 */
char *
sp_db_file_hold (const char *path)
{
  char *name = get_real_name (path);

  g_mutex_lock (&held_lock);
  if (held == NULL)
    held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_replace (held, g_strdup (name), GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (held, name)) + 1));
  g_mutex_unlock (&held_lock);
  return name;
}

/**
 * sp_db_file_release:
 * @name: (transfer full): what sp_db_file_hold() gave
 *
 * Says that the connection has been closed. Any thread.
 */
void
sp_db_file_release (char *name)
{
  guint others;

  g_mutex_lock (&held_lock);
  others = GPOINTER_TO_UINT (g_hash_table_lookup (held, name)) - 1;
  if (others > 0)
    g_hash_table_replace (held, g_strdup (name), GUINT_TO_POINTER (others));
  else
    g_hash_table_remove (held, name);
  g_mutex_unlock (&held_lock);
  g_free (name);
}

static guint32
get_u32 (const Header *header, gsize offset)
{
  guint32 value;

  memcpy (&value, header->bytes + offset, sizeof value);
  return GUINT32_FROM_BE (value);
}

/**
 * sp_db_file_set_damaged:
 * @path: of the store
 * @why: what shows it, a part of a sentence
 * @error: %SP_ERROR_DAMAGED
 *
 * Returns: %FALSE
 */
gboolean
sp_db_file_set_damaged (const char *path, const char *why, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_DAMAGED, _("“%s” is damaged: %s. It was left as it is"), path, why);
  return FALSE;
}

/**
 * sp_db_file_set_newer:
 * @path: of the store
 * @version: the form that it has
 * @error: %SP_ERROR_NEWER
 *
 * Returns: %FALSE
 */
gboolean
sp_db_file_set_newer (const char *path, int version, GError **error)
{
  g_set_error (error, SP_ERROR, SP_ERROR_NEWER, _("“%s” was written by a newer Signpost: it has form %d, and this one knows no more than %d."
               " It was left as it is"), path, version, sp_schema_get_newest ());
  return FALSE;
}

/* @sentence: (transfer full) */
static gboolean
set_system_error (int code, char *sentence, GError **error)
{
  gboolean missing = code == ENOENT || code == ENOTDIR;

  g_set_error_literal (error, SP_ERROR, missing ? SP_ERROR_NOT_FOUND : SP_ERROR_READ_ONLY, sentence);
  g_free (sentence);
  return FALSE;
}

static gboolean
read_header (const char *path, Header *header, GError **error)
{
  struct stat info;
  gssize n;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_DENIED, _("“%s” cannot be read: %s"), path, g_strerror (errno));
      return FALSE;
    }
  n = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) ? pread (fd, header->bytes, HEADER_BYTES, 0) : -1;
  close (fd);
  if (n < 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, _("“%s” is not a file"), path);
      return FALSE;
    }
  header->length = (gsize) n;
  header->size = info.st_size;
  return TRUE;
}

/* Whether a file named like the store, with @suffix, has anything in it. */
static gboolean
has_beside (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat info;

  return stat (name, &info) == 0 && info.st_size > 0;
}

static gboolean
check_owner (const char *path, const Header *header, GError **error)
{
  if (header->length < HEADER_BYTES || memcmp (header->bytes, MAGIC, sizeof MAGIC) != 0)
    g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, _("“%s” is not a store of Signpost. It was left as it is"), path);
  else if (get_u32 (header, 68) != SP_SCHEMA_APPLICATION_ID)
    g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, _("“%s” is a database of another program. It was left as it is"), path);
  else
    return TRUE;
  return FALSE;
}

/* A file that is shorter than its header says has lost its end. The header only counts if the last writer kept it. */
static gboolean
check_length (const char *path, const Header *header, GError **error)
{
  gint64 page = header->bytes[16] << 8 | header->bytes[17];
  gint64 pages = get_u32 (header, 28);

  if (page == 1)
    page = 65536;
  if (get_u32 (header, 24) == get_u32 (header, 92) && header->size < page * pages)
    return sp_db_file_set_damaged (path, _("its end is missing"), error);
  return TRUE;
}

/* The schema is read from the file alone: no lock, no file beside it. */
static gboolean
check_tables (const char *path, GError **error)
{
  g_autofree char *uri = sp_db_file_make_uri (path, TRUE);
  sqlite3 *handle = NULL;
  sqlite3_stmt *stmt = NULL;
  gboolean good = FALSE;

  if (sqlite3_open_v2 (uri, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (handle, "SELECT count (*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'doc', 'rev', 'local')", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    good = sqlite3_column_int (stmt, 0) == 4 || sp_db_file_set_damaged (path, _("tables are missing"), error);
  else
    sp_db_file_set_damaged (path, sqlite3_errmsg (handle), error);
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return good;
}

static gboolean
check_content (const char *path, const Header *header, const SpDbFile *file, GError **error)
{
  guint32 version = get_u32 (header, 60);

  if (version > (guint32) sp_schema_get_newest ())
    return sp_db_file_set_newer (path, (int) version, error);
  return !file->is_settled || (check_length (path, header, error) && check_tables (path, error));
}

static gboolean
can_write_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return access (folder, W_OK | X_OK) == 0;
}

static gboolean
check_writable (const char *path, gboolean exists, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (exists && access (path, W_OK) != 0)
    return set_system_error (errno, g_strdup_printf (_("“%s” cannot be written to: %s"), path, g_strerror (errno)), error);
  if (access (folder, W_OK | X_OK) != 0)
    return set_system_error (errno, g_strdup_printf (_("“%s” cannot be written to, and the store needs room beside it: %s"), folder,
                                                     g_strerror (errno)), error);
  return TRUE;
}

/**
 * sp_db_file_make_uri:
 * @path: a file
 * @immutable: whether nobody changes it while it is read: then it is read without locks and without files beside it
 *
 * Returns: (transfer full): what SQLite opens it by, with %SQLITE_OPEN_URI
 */
char *
sp_db_file_make_uri (const char *path, gboolean immutable)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);

  return g_strdup_printf ("file://%s%s", escaped, immutable ? "?immutable=1" : "");
}

static gboolean
look (const char *path, SpDbMode mode, SpDbFile *file, GError **error)
{
  Header header = { 0 };
  gboolean exists = access (path, F_OK) == 0;

  *file = (SpDbFile){ .is_settled = !has_beside (path, "-wal") && !has_beside (path, "-journal") };
  if (!exists && mode == SP_DB_READ)
    {
      g_set_error (error, SP_ERROR, errno == ENOENT || errno == ENOTDIR ? SP_ERROR_NOT_FOUND : SP_ERROR_DENIED, "“%s”: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (exists && !read_header (path, &header, error))
    return FALSE;
  file->is_new = header.size == 0 && file->is_settled;
  if (file->is_new && mode == SP_DB_READ)
    return check_owner (path, &header, error);
  if (header.size > 0 && (!check_owner (path, &header, error) || !check_content (path, &header, file, error)))
    return FALSE;
  file->is_fixed = file->is_settled && !can_write_folder (path);
  return mode == SP_DB_READ || check_writable (path, exists, error);
}

/**
 * sp_db_file_look:
 * @path: a store file
 * @mode: what it shall be opened for
 * @file: (out): what was seen
 * @error: %SP_ERROR_FOREIGN, %SP_ERROR_DAMAGED, %SP_ERROR_NEWER, %SP_ERROR_READ_ONLY, %SP_ERROR_NOT_FOUND, %SP_ERROR_DENIED
 *
 * Looks whether a file can be opened as a store, and leaves it and its folder exactly as they are. It does not read all
 * of the file: damage inside shows later, as %SP_ERROR_DAMAGED of whatever meets it. A file that this process has open was
 * looked at before, and is left alone.
 *
 * Returns: whether it can
 */
gboolean
sp_db_file_look (const char *path, SpDbMode mode, SpDbFile *file, GError **error)
{
  g_autofree char *name = get_real_name (path);
  gboolean good;

  g_mutex_lock (&held_lock);
  if (held != NULL && g_hash_table_contains (held, name))
    {
      *file = (SpDbFile){ 0 };
      good = mode == SP_DB_READ || check_writable (path, TRUE, error);
    }
  else
    good = look (path, mode, file, error);
  g_mutex_unlock (&held_lock);
  return good;
}
