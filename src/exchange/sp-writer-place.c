/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which formats there are, and where what they write comes to be: aside first, under a name that nobody looks at, and then,
 * when it is complete, under its own. */
#include "sp-writer-place.h"

#include "sp-csv-writer.h"
#include "sp-geojson-writer.h"
#include "sp-html-writer.h"
#include "sp-ics-writer.h"
#include "sp-kml-writer.h"
#include "sp-oruk-writer.h"
#include "sp-vcard-writer.h"
#include "sp-xlsx-writer.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* In the order in which a person is offered them. */
static const char * const formats[] = { "csv", "xlsx", "geojson", "kml", "oruk", "ics", "vcard", "html", NULL };

static GType
get_writer_type (const char *format)
{
  if (strcmp (format, "csv") == 0)
    return SP_TYPE_CSV_WRITER;
  if (strcmp (format, "xlsx") == 0)
    return SP_TYPE_XLSX_WRITER;
  if (strcmp (format, "geojson") == 0)
    return SP_TYPE_GEOJSON_WRITER;
  if (strcmp (format, "kml") == 0)
    return SP_TYPE_KML_WRITER;
  if (strcmp (format, "oruk") == 0)
    return SP_TYPE_ORUK_WRITER;
  if (strcmp (format, "ics") == 0)
    return SP_TYPE_ICS_WRITER;
  if (strcmp (format, "vcard") == 0)
    return SP_TYPE_VCARD_WRITER;
  return strcmp (format, "html") == 0 ? SP_TYPE_HTML_WRITER : G_TYPE_INVALID;
}

/**
 * sp_writer_get_formats:
 *
 * Returns: (transfer none) (array zero-terminated=1): what can be written, by the names that sp_writer_new() takes
 */
const char * const *sp_writer_get_formats (void) { return formats; }

/**
 * sp_writer_place_get_type:
 * @format: the name of a format
 * @error: %SP_ERROR_UNSUPPORTED if there is no such format
 *
 * Returns: the type of its writer, or %G_TYPE_INVALID
 */
GType
sp_writer_place_get_type (const char *format, GError **error)
{
  GType type = get_writer_type (format);
  g_autofree char *known = type == G_TYPE_INVALID ? g_strjoinv (", ", (char **) formats) : NULL;

  if (known != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, _("This version cannot write “%s”; it writes %s"), format, known);
  return type;
}

/**
 * sp_writer_place_get_aside:
 * @file: what shall be written
 * @error: %SP_ERROR_FAILED if it can be none
 *
 * Returns: (transfer full) (nullable): where it is written until it is complete: beside it
 */
GFile *
sp_writer_place_get_aside (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *mark = g_uuid_string_random ();
  g_autofree char *aside = g_strdup_printf (".%.200s.%.8s", name, mark);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  if (folder != NULL)
    return g_file_get_child (folder, aside);
  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("%s: this is not the name of a file"), name);
  return NULL;
}

/**
 * sp_writer_place_is_folder:
 * @file: what shall be written
 *
 * Returns: whether its name is that of a folder: one that is there, or one without the ending of a file
 */
gboolean
sp_writer_place_is_folder (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return strchr (name, '.') == NULL || g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
}

/**
 * sp_writer_place_check_folder:
 * @file: a folder that shall be written
 * @error: %SP_ERROR_DENIED if there is something of that name already
 *
 * Returns: whether it is new, or empty
 */
gboolean
sp_writer_place_check_folder (GFile *file, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (file), 0, NULL);

  if (dir != NULL ? g_dir_read_name (dir) == NULL : !g_file_query_exists (file, NULL))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, _("%s: there is something in it already; give the name of a new folder"),
               g_file_peek_path (file));
  return FALSE;
}

/**
 * sp_writer_place_take:
 * @aside: what is complete
 * @file: the name it shall have
 * @error: why it cannot have it
 *
 * Returns: whether it has it now
 */
gboolean
sp_writer_place_take (GFile *aside, GFile *file, GError **error)
{
  int problem;

  if (g_file_query_file_type (aside, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) != G_FILE_TYPE_DIRECTORY)
    return g_file_move (aside, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
  if (g_rename (g_file_peek_path (aside), g_file_peek_path (file)) == 0)
    return TRUE;
  problem = errno;
  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, "%s: %s", g_file_peek_path (file), g_strerror (problem));
  return FALSE;
}

/**
 * sp_writer_place_remove:
 * @aside: a file that was given up, or a folder
 *
 * Deletes it with all that is in it.
 */
void
sp_writer_place_remove (GFile *aside)
{
  g_autoptr (GFileEnumerator) inside =
    g_file_enumerate_children (aside, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (inside != NULL && g_file_enumerator_iterate (inside, NULL, &child, NULL, NULL) && child != NULL)
    sp_writer_place_remove (child);
  g_file_delete (aside, NULL, NULL);
}
