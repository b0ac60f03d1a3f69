/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder among the files that are to be read: an Open Referral UK feed as `export` writes it. Its pages of services hold all of
 * it; the files of single services say the same once more. */
#include "sp-cli-folder.h"

#include <glib/gi18n.h>

#define PAGE "page-%u.json"

/* The pages come in their order, and none is left out. */
static gboolean
add_pages (GPtrArray *files, const char *folder)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *name = g_strdup_printf (PAGE, number);
      g_autofree char *path = g_build_filename (folder, "services", name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return number > 1;
      g_ptr_array_add (files, g_steal_pointer (&path));
    }
}

/**
 * sp_cli_list_files:
 * @paths: (array zero-terminated=1): files, folders and addresses, as they were given
 * @error: %SP_ERROR_UNSUPPORTED for a folder that is no feed
 *
 * Returns: (transfer full) (nullable): the same with the pages of each feed instead of its folder
 */
GStrv
sp_cli_list_files (const char *const *paths, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; paths[i] != NULL; i++)
    if (!g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      g_ptr_array_add (files, g_strdup (paths[i]));
    else if (!add_pages (files, paths[i]))
      {
        g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, _("“%s” is a folder, and no Open Referral UK feed: name the files in it"), paths[i]);
        return NULL;
      }
  g_ptr_array_add (files, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&files), FALSE);
}
