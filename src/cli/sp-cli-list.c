/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list for signpost import: opened, looked at, and read as its last edition was unless something else is said. */
#include "sp-cli-list.h"

#include "sp-cli-output.h"
#include "sp-harvest.h"
#include "sp-import-memory.h"
#include "sp-web-fetcher.h"

#include <glib/gi18n.h>

/* Where feeds are kept while they are read. */
static char *
get_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "signpost", "feeds", NULL);
}

/**
 * sp_cli_list_free:
 * @self: (transfer full): a list
 */
void
sp_cli_list_free (SpCliList *self)
{
  g_clear_object (&self->reader);
  if (self->fetched != NULL)
    {
      g_autofree char *folder = get_folder ();
      sp_harvest_clear (self->fetched, folder);
    }
  g_free (self->fetched);
  g_free (self->feed);
  sp_list_choices_clear (&self->choices);
  g_free (self);
}

static gboolean
reopen (SpCliList *self, GFile *file, const char *format, const SpReaderOptions *options, gboolean nameless, GError **error)
{
  SpReaderOptions own = *options;

  sp_list_choices_apply (&self->choices, &own);
  own.nameless = nameless;
  g_clear_object (&self->reader);
  self->reader = sp_reader_open (file, format, &own, error);
  return self->reader != NULL;
}

/* What names the list, while its columns are those of its first rows. */
static void
find_feed (SpCliList *self, const char *url)
{
  const SpColumns *columns = sp_reader_get_columns (self->reader);

  if (columns != NULL && sp_columns_get_length (columns) > 0)
    self->feed = sp_columns_get_feed (columns, url);
}

static void
use_memory (SpCliList *self, SpDb *db)
{
  g_autoptr (SpNode) node = db != NULL && self->feed != NULL ? sp_import_memory_read (db, self->feed, NULL) : NULL;
  g_auto (SpListChoices) memory = { 0 };

  sp_list_choices_read (&memory, node);
  self->is_remembered = sp_list_choices_complete (&self->choices, &memory);
}

static void
harvested (guint read, guint total, gpointer user_data)
{
  if (total > 0)
    sp_cli_progress (_("%s: %u of %u fetched"), (const char *) user_data, read, total);
  else
    sp_cli_progress (_("%s: %u fetched"), (const char *) user_data, read);
}

/* @address: (out) (transfer full) (nullable): where a list from the web was found */
static GFile *
get_file (SpCliList *self, const char *path, char **address, GError **error)
{
  g_autoptr (SpFetcher) fetcher = NULL;
  g_autofree char *folder = NULL;
  GFile *file;

  if (!sp_fetcher_is_address (path))
    return g_file_new_for_commandline_arg (path);
  fetcher = sp_web_fetcher_new ();
  folder = get_folder ();
  file = sp_harvest_run (fetcher, path, folder, harvested, (gpointer) path, address, NULL, error);
  if (file != NULL)
    self->fetched = g_strdup (path);
  return file;
}

/**
 * sp_cli_list_open:
 * @db: (nullable): the store, if there is one already
 * @path: of a file, or a web address
 * @format: (nullable): see sp_reader_open()
 * @options: how to read it, but for @choices
 * @choices: what was said of it; what was not, is read as in its last edition
 * @error: see sp_reader_open()
 *
 * Returns: (transfer full) (nullable): the list, opened
 */
SpCliList *
sp_cli_list_open (SpDb *db, const char *path, const char *format, const SpReaderOptions *options, const SpListChoices *choices,
                  GError **error)
{
  g_autoptr (SpCliList) self = g_new0 (SpCliList, 1);
  g_autofree char *address = NULL;
  g_autoptr (GFile) file = get_file (self, path, &address, error);
  g_autoptr (GError) why = NULL;
  SpReaderOptions own = *options;

  if (file == NULL)
    return NULL;
  own.url = address;

  sp_list_choices_copy (&self->choices, choices);
  /* one in which nothing was recognised as the name may have been read with a person's help before */
  if (!reopen (self, file, format, &own, FALSE, &why)
      && (!g_error_matches (why, SP_ERROR, SP_ERROR_PARSE) || !reopen (self, file, format, &own, TRUE, NULL)))
    {
      if (address != NULL)
        sp_harvest_blame (why, file, address);
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  find_feed (self, own.url);
  use_memory (self, db);
  if ((why != NULL || self->is_remembered) && !reopen (self, file, format, &own, FALSE, error))
    return NULL;
  return g_steal_pointer (&self);
}
