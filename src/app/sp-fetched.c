/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that came from the web is a file like any other, which knows where it came from; when nobody holds it any more, what
 * was fetched is deleted. */
#include "sp-fetched.h"

#include "sp-harvest.h"
#include "sp-import-id.h"

#define KEY "sp-fetched"

typedef struct
{
  char *address;
  char *url;
} Fetched;

static void
fetched_free (gpointer data)
{
  Fetched *fetched = data;

  g_free (fetched->address);
  g_free (fetched->url);
  g_free (fetched);
}

/* On a thread. */
static void
clear_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = sp_fetched_get_folder ();

  sp_harvest_clear (((const Fetched *) data)->url, folder);
  g_task_return_boolean (task, TRUE);
}

static void
forget (gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, forget);
  g_task_set_task_data (task, data, fetched_free);
  g_task_run_in_thread (task, clear_thread);
}

/**
 * sp_fetched_get_folder:
 *
 * Returns: (transfer full): where feeds are kept while they are read; the command line has the same
 */
char *
sp_fetched_get_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "signpost", "feeds", NULL);
}

/**
 * sp_fetched_new:
 * @file: (transfer full): what sp_harvest_run() gave
 * @address: where that was found
 * @url: what it was asked for
 *
 * Returns: (transfer full): the same file, which knows its address
 */
GFile *
sp_fetched_new (GFile *file, const char *address, const char *url)
{
  Fetched *fetched = g_new (Fetched, 1);

  *fetched = (Fetched){ g_strdup (address), g_strdup (url) };
  g_object_set_data_full (G_OBJECT (file), KEY, fetched, forget);
  return file;
}

/**
 * sp_fetched_get_address:
 * @file: a list
 *
 * Returns: (transfer none) (nullable): where it was found on the web; %NULL for a file that somebody has. Any thread may ask
 */
const char *
sp_fetched_get_address (GFile *file)
{
  const Fetched *fetched = g_object_get_data (G_OBJECT (file), KEY);

  return fetched != NULL ? fetched->address : NULL;
}

/**
 * sp_fetched_get_label:
 * @file: a list
 *
 * Returns: (transfer full): what people call it: the name of the file, or its address without what may be a key
 */
char *
sp_fetched_get_label (GFile *file)
{
  const char *address = sp_fetched_get_address (file);

  return address != NULL ? sp_import_id_feed_from_url (address) : g_file_get_basename (file);
}
