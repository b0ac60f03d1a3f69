/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data files that are built into the programs: the taxonomy, the sample neighbourhood, the gazetteer. Go through
 * here rather than g_resources_lookup_data(): a static library's resource is linked in only when something calls it. */
#include "sp-data.h"

#include "sp-data-resources.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "/org/signpost/Signpost/"

/**
 * sp_data_load:
 * @name: path of a data file below the resource prefix, such as `gazetteer/places.tsv`
 *
 * Any thread may ask. A missing file is a mistake in the build, so there is no error to handle.
 *
 * Returns: (transfer full): its bytes, in place in the program; a nul follows the last one
 */
GBytes *
sp_data_load (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resource_lookup_data (sp_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_error ("%s is not built in: %s", name, error->message);
  return bytes;
}

/**
 * sp_data_load_json:
 * @name: path of a JSON file below the resource prefix
 *
 * Returns: (transfer full): its value; the caller's own
 */
SpNode *
sp_data_load_json (const char *name)
{
  g_autoptr (GBytes) bytes = sp_data_load (name);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  SpNode *node = sp_node_parse (text, (gssize) length, &error);

  if (node == NULL)
    g_error ("%s: %s", name, error->message);
  return node;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * sp_data_list:
 * @folder: a folder below the resource prefix, such as `sample`
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of its files for sp_data_load(), sorted; free with
 *   g_strfreev()
 */
char **
sp_data_list (const char *folder)
{
  g_autofree char *path = g_strconcat (PREFIX, folder, NULL);
  g_autoptr (GError) error = NULL;
  char **names = g_resource_enumerate_children (sp_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (names == NULL)
    g_error ("%s is not built in: %s", folder, error->message);
  for (guint i = 0; names[i] != NULL; i++)
    {
      char *name = names[i];
      names[i] = g_strdup_printf ("%s/%s", folder, name);
      g_free (name);
    }
  qsort (names, g_strv_length (names), sizeof (char *), compare_names);
  return names;
}
