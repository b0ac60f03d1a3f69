/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpZipPart: the files inside a ZIP archive, one or all of them in turn, a little at a time. A bomb, that is a small archive
 * that unpacks to something enormous, is refused as soon as it shows. */
#include "sp-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_PARTS 10000
#define MOST_BYTES ((guint64) 4 * 1024 * 1024 * 1024) /* of all that is read of it, unpacked: OS Open Names has 1.3 GB */
#define FREE_BYTES ((guint64) 32 * 1024 * 1024)       /* up to this size any ratio will do */
#define MOST_RATIO 200                                /* a sheet of a spreadsheet seldom unpacks to 30 times its size */

struct _SpZipPart
{
  GBytes         *archive; /* owned */
  struct archive *zip;     /* owned */
  guint64         unpacked;
  guint           parts;   /* passed so far */
};

/* What libarchive says is for programmers; it goes at the end, for whoever is asked for help. */
static void
set_error (GError **error, struct archive *zip)
{
  const char *why = archive_error_string (zip);

  g_set_error (error, SP_ERROR, SP_ERROR_PARSE, _("The file is damaged and cannot be unpacked (%s)"),
               why != NULL ? why : "zip");
}

/* Goes to the next entry; NULL at the end, or with @error set. */
static struct archive_entry *
next_entry (struct archive *zip, GError **error)
{
  struct archive_entry *entry;
  int result = archive_read_next_header (zip, &entry);

  if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
    return entry;
  if (result != ARCHIVE_EOF)
    set_error (error, zip);
  return NULL;
}

static gboolean
refuse_encrypted (struct archive_entry *entry, GError **error)
{
  if (!archive_entry_is_encrypted (entry))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_UNSUPPORTED,
                       _("The file is protected with a password; save it without one and try again"));
  return FALSE;
}

static gboolean
ends_with (const char *path, const char *suffix)
{
  gsize n = path != NULL ? strlen (path) : 0;

  return n >= strlen (suffix) && g_ascii_strcasecmp (path + n - strlen (suffix), suffix) == 0;
}

/* Goes to the part of that name. */
static gboolean
find_part (SpZipPart *self, const char *name, GError **error)
{
  struct archive_entry *entry;
  g_autoptr (GError) why = NULL;

  for (guint i = 0; i < MOST_PARTS && (entry = next_entry (self->zip, &why)) != NULL; i++)
    {
      const char *path = archive_entry_pathname_utf8 (entry);

      if (path != NULL && g_ascii_strcasecmp (path, name) == 0)
        return refuse_encrypted (entry, error);
    }
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("The file is damaged: its part “%s” is missing"), name);
  return FALSE;
}

/**
 * sp_zip_find:
 * @archive: the bytes of a ZIP archive
 * @suffix: how the name of a file ends, such as ".kml"; upper and lower case are alike
 * @error: %SP_ERROR_NOT_FOUND if there is none, %SP_ERROR_PARSE if the archive is damaged
 *
 * Returns: (transfer full) (nullable): the path of the first such file
 */
char *
sp_zip_find (GBytes *archive, const char *suffix, GError **error)
{
  struct archive *zip = archive_read_new ();
  struct archive_entry *entry = NULL;
  gsize size;
  const void *bytes = g_bytes_get_data (archive, &size);
  g_autoptr (GError) why = NULL;
  char *found = NULL;

  archive_read_support_format_zip (zip);
  if (archive_read_open_memory (zip, bytes, size) != ARCHIVE_OK)
    set_error (&why, zip);
  for (guint i = 0; why == NULL && found == NULL && i < MOST_PARTS && (entry = next_entry (zip, &why)) != NULL; i++)
    {
      const char *path = archive_entry_pathname_utf8 (entry);

      if (ends_with (path, suffix))
        found = g_strdup (path);
    }
  if (found == NULL && why == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("There is no file “*%s” in the archive"), suffix);
  else if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  archive_read_free (zip);
  return found;
}

/**
 * sp_zip_part_open_any:
 * @archive: the bytes of a ZIP archive
 * @error: %SP_ERROR_PARSE if it is damaged
 *
 * Returns: (transfer full) (nullable): before the first file, which sp_zip_part_next() goes to
 */
SpZipPart *
sp_zip_part_open_any (GBytes *archive, GError **error)
{
  g_autoptr (SpZipPart) self = g_new0 (SpZipPart, 1);
  gsize size;
  const void *bytes = g_bytes_get_data (archive, &size);

  self->archive = g_bytes_ref (archive);
  self->zip = archive_read_new ();
  archive_read_support_format_zip (self->zip);
  if (archive_read_open_memory (self->zip, bytes, size) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  set_error (error, self->zip);
  return NULL;
}

/**
 * sp_zip_part_open:
 * @archive: the bytes of a ZIP archive
 * @name: the path of a file in it; upper and lower case are alike
 * @error: %SP_ERROR_NOT_FOUND if it is not there, %SP_ERROR_PARSE if the archive is damaged, %SP_ERROR_UNSUPPORTED if it
 *   needs a password
 *
 * Returns: (transfer full) (nullable): the part, at its beginning
 */
SpZipPart *
sp_zip_part_open (GBytes *archive, const char *name, GError **error)
{
  g_autoptr (SpZipPart) self = sp_zip_part_open_any (archive, error);

  return self != NULL && find_part (self, name, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_zip_part_next:
 * @self: from sp_zip_part_open_any()
 * @suffix: how the name of a file ends, such as ".csv"; upper and lower case are alike
 * @name: (out) (transfer full) (nullable): the path of the next such file, %NULL after the last
 * @error: %SP_ERROR_PARSE if the archive is damaged or holds too many files, %SP_ERROR_UNSUPPORTED if it needs a password
 *
 * Goes to the beginning of the next file. What is not read of the one before is not unpacked.
 *
 * Returns: %FALSE if that failed
 */
gboolean
sp_zip_part_next (SpZipPart *self, const char *suffix, char **name, GError **error)
{
  g_autoptr (GError) why = NULL;
  struct archive_entry *entry;

  *name = NULL;
  while ((entry = next_entry (self->zip, &why)) != NULL)
    {
      const char *path = archive_entry_pathname_utf8 (entry);

      if (++self->parts > MOST_PARTS)
        {
          g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("The archive holds more than 10,000 files"));
          return FALSE;
        }
      if (!ends_with (path, suffix))
        continue;
      *name = g_strdup (path);
      return refuse_encrypted (entry, error);
    }
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/**
 * sp_zip_part_get_progress:
 * @self: a part
 *
 * Returns: how much of the archive was passed, 0 to 1
 */
double
sp_zip_part_get_progress (SpZipPart *self)
{
  gsize size = g_bytes_get_size (self->archive);

  return size > 0 ? CLAMP ((double) archive_filter_bytes (self->zip, -1) / (double) size, 0, 1) : 1;
}

/**
 * sp_zip_part_free:
 * @self: (transfer full): a part
 */
void
sp_zip_part_free (SpZipPart *self)
{
  archive_read_free (self->zip);
  g_bytes_unref (self->archive);
  g_free (self);
}

/**
 * sp_zip_part_read:
 * @self: a part
 * @buffer: (out caller-allocates) (array length=length): where the bytes go
 * @length: how many fit
 * @error: %SP_ERROR_PARSE if the archive is damaged or a bomb
 *
 * Returns: how many bytes were unpacked, 0 at the end, -1 on an error
 */
gssize
sp_zip_part_read (SpZipPart *self, char *buffer, gsize length, GError **error)
{
  la_ssize_t n = archive_read_data (self->zip, buffer, length);

  if (n < 0)
    {
      set_error (error, self->zip);
      return -1;
    }
  self->unpacked += (guint64) n;
  if (self->unpacked <= FREE_BYTES
      || (self->unpacked <= MOST_BYTES && self->unpacked / MOST_RATIO <= g_bytes_get_size (self->archive)))
    return (gssize) n;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE,
                       _("The file unpacks to far more than a list would; it was not read any further"));
  return -1;
}
