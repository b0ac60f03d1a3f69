/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pages of a feed are kept until all of them are there: so memory stays flat, and one that broke off goes on
 * where it was. Each is an array of whole entries; what was read belongs to a state that is written after it. */
#include "sp-harvest-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#define STATE "state.json"
#define LIST "list.json"
#define HEAD "{\"contents\":[\n"
#define TAIL "\n]}\n"
#define MOST_AGE (24 * 60 * 60) /* seconds; then a feed is read from its beginning */

/**
 * sp_harvest_folder_path:
 * @folder: of all feeds
 * @url: of the feed
 *
 * Returns: (transfer full): path of its own folder
 */
char *
sp_harvest_folder_path (const char *folder, const char *url)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);

  return g_build_filename (folder, name, NULL);
}

/**
 * sp_harvest_folder_file:
 * @path: of the folder
 * @name: of a file
 *
 * Returns: (transfer full): its path
 */
char *sp_harvest_folder_file (const char *path, const char *name) { return g_build_filename (path, name, NULL); }

static char *
page_path (const char *path, guint number)
{
  g_autofree char *name = g_strdup_printf ("page-%06u.json", number);

  return sp_harvest_folder_file (path, name);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * sp_harvest_folder_load:
 * @path: of the folder
 * @state: (inout): gets what was kept; free its @first
 *
 * Returns: whether there is something that may be gone on with
 */
gboolean
sp_harvest_folder_load (const char *path, SpHarvestState *state)
{
  g_autofree char *file = sp_harvest_folder_file (path, STATE), *text = NULL;
  g_autoptr (SpNode) node = NULL;
  gsize length = 0;
  double since;

  if (!g_file_get_contents (file, &text, &length, NULL) || (node = sp_node_parse (text, (gssize) length, NULL)) == NULL)
    return FALSE;
  since = now () - sp_node_get_number (node, "on");
  if (!(since >= 0 && since < MOST_AGE) || sp_node_get_text (node, "first") == NULL)
    return FALSE;
  state->first = g_strdup (sp_node_get_text (node, "first"));
  state->items = (gint64) sp_node_get_number (node, "items");
  state->pages = (gint64) sp_node_get_number (node, "pages");
  state->number = (guint) sp_node_get_number (node, "number");
  state->entries = (guint) sp_node_get_number (node, "entries");
  state->bytes = (guint64) sp_node_get_number (node, "bytes");
  return TRUE;
}

/**
 * sp_harvest_folder_save:
 * @path: of the folder
 * @state: how far it is
 * @error: %G_FILE_ERROR
 *
 * Returns: whether it was written
 */
gboolean
sp_harvest_folder_save (const char *path, const SpHarvestState *state, GError **error)
{
  g_autofree char *file = sp_harvest_folder_file (path, STATE), *text = NULL;
  g_autoptr (SpNode) node = sp_node_new_object ();

  sp_node_set_text (node, "first", state->first);
  sp_node_set (node, "items", sp_node_new_number ((double) state->items));
  sp_node_set (node, "pages", sp_node_new_number ((double) state->pages));
  sp_node_set (node, "number", sp_node_new_number (state->number));
  sp_node_set (node, "entries", sp_node_new_number (state->entries));
  sp_node_set (node, "bytes", sp_node_new_number ((double) state->bytes));
  sp_node_set (node, "on", sp_node_new_number ((double) now ()));
  text = sp_node_to_json (node);
  return g_file_set_contents (file, text, -1, error);
}

/**
 * sp_harvest_folder_keep:
 * @path: of the folder
 * @state: (inout): how far it is, brought up to date
 * @entries: the texts of the entries of the next page, with commas between
 * @n: how many
 * @error: %G_FILE_ERROR
 *
 * Returns: whether page and state were written
 */
gboolean
sp_harvest_folder_keep (const char *path, SpHarvestState *state, const GString *entries, guint n, GError **error)
{
  g_autofree char *file = page_path (path, state->number + 1);

  if (!g_file_set_contents (file, entries->str, (gssize) entries->len, error))
    return FALSE;
  state->number++;
  state->entries += n;
  state->bytes += entries->len;
  return sp_harvest_folder_save (path, state, error);
}

/**
 * sp_harvest_folder_get:
 * @path: of the folder
 * @number: of a page that is kept, from 1
 * @error: %G_FILE_ERROR or %SP_ERROR_PARSE
 *
 * Returns: (transfer full) (nullable): the page
 */
SpHarvestPage *
sp_harvest_folder_get (const char *path, guint number, GError **error)
{
  g_autofree char *file = page_path (path, number), *text = NULL;
  g_autoptr (GString) array = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  array = g_string_new ("[");
  g_string_append_len (array, text, (gssize) length);
  g_string_append_c (array, ']');
  bytes = g_string_free_to_bytes (g_steal_pointer (&array));
  return sp_harvest_page_new (bytes, error);
}

static gboolean
append_page (GOutputStream *out, const char *path, guint number, gboolean *begun, GError **error)
{
  g_autofree char *file = page_path (path, number), *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return FALSE;
  if (length == 0)
    return TRUE;
  if (!g_output_stream_printf (out, NULL, NULL, error, "%s", *begun ? ",\n" : HEAD)
      || !g_output_stream_write_all (out, text, length, NULL, NULL, error))
    return FALSE;
  *begun = TRUE;
  return TRUE;
}

/**
 * sp_harvest_folder_join:
 * @path: of the folder
 * @state: how far it is: at the end
 * @list: (out) (transfer full): all pages as one
 * @error: why that could not be written
 *
 * Returns: whether it is there
 */
gboolean
sp_harvest_folder_join (const char *path, const SpHarvestState *state, GFile **list, GError **error)
{
  g_autofree char *name = sp_harvest_folder_file (path, LIST);
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFileOutputStream) out = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  gboolean begun = FALSE;

  if (out == NULL)
    return FALSE;
  for (guint i = 1; i <= state->number; i++)
    if (!append_page (G_OUTPUT_STREAM (out), path, i, &begun, error))
      return FALSE;
  if (!g_output_stream_printf (G_OUTPUT_STREAM (out), NULL, NULL, error, "%s", begun ? TAIL : HEAD TAIL)
      || !g_output_stream_close (G_OUTPUT_STREAM (out), NULL, error))
    return FALSE;
  *list = g_steal_pointer (&file);
  return TRUE;
}

/**
 * sp_harvest_folder_empty:
 * @path: of the folder
 *
 * Deletes what is in it; what cannot be deleted stays.
 */
void
sp_harvest_folder_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = sp_harvest_folder_file (path, name);
      g_unlink (file);
    }
}

/**
 * sp_harvest_folder_sweep:
 * @folder: of all feeds
 *
 * Deletes what broke off longer ago than a day, and nobody went on with.
 */
void
sp_harvest_folder_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = sp_harvest_folder_file (folder, name);
      GStatBuf info;

      if (g_lstat (path, &info) != 0 || !S_ISDIR (info.st_mode) || now () - (gint64) info.st_mtime < MOST_AGE)
        continue;
      sp_harvest_folder_empty (path);
      g_rmdir (path);
    }
}
