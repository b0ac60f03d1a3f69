/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list from the web. Whatever is there is fetched into a file; a feed that has more pages is read page by page. Nothing is
 * imported before all is here, and so nothing half read ever is. */
#include "sp-harvest-private.h"

#include "sp-error.h"
#include "sp-file-kind.h"
#include "sp-import-id.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MOST_FILE (1000 * 1000 * 1000)        /* bytes of a list that is one file */
#define LOOK_AHEAD 100 /* entries that say whether a page is brief */

static void
clear_harvest (SpHarvest *self)
{
  g_free (self->url);
  g_free (self->host);
  g_free (self->path);
  g_free (self->state.first);
  sp_seen_free (self->seen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpHarvest, clear_harvest)

/* --- the first answer --- */

/* Into a file of its own: it may be a list of any size. */
static GBytes *
fetch_first (SpHarvest *self, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (GFileOutputStream) out = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  g_autoptr (GMappedFile) mapped = NULL;

  if (out == NULL
      || !sp_fetcher_fetch (self->fetcher, self->url, G_OUTPUT_STREAM (out), MOST_FILE, NULL, self->cancellable, error)
      || !g_output_stream_close (G_OUTPUT_STREAM (out), NULL, error)
      || (mapped = g_mapped_file_new (name, FALSE, error)) == NULL)
    return NULL;
  return g_mapped_file_get_bytes (mapped);
}

/* What an API says at its root: what it is, and where its description is (HSDS 3.0, `GET /`). */
static gboolean
is_root (const char *text, gsize length)
{
  g_autoptr (SpNode) node = length < 64 * 1024 ? sp_node_parse (text, (gssize) length, NULL) : NULL;

  return sp_node_is_object (node) && sp_node_get (node, "contents") == NULL
         && (sp_node_get (node, "openapi_url") != NULL || (sp_node_get (node, "profile") != NULL && sp_node_get (node, "version") != NULL));
}

/* Whether there is more to be asked for than what has come. */
static gboolean
needs_more (const SpHarvestPage *page)
{
  if (!sp_harvest_page_is_end (page, 1))
    return TRUE;
  for (guint i = 0; i < MIN (page->ranges->len, LOOK_AHEAD); i++)
    {
      gboolean brief;
      g_autofree char *id = sp_harvest_page_get_id (page, i, &brief);
      if (id != NULL && brief)
        return TRUE;
    }
  return FALSE;
}

static gboolean
harvest (SpHarvest *self, GFile **list, GError **error)
{
  g_autofree char *name = sp_harvest_folder_file (self->path, "first");
  g_autoptr (GBytes) bytes = fetch_first (self, name, error);
  g_autoptr (SpHarvestPage) page = NULL;
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  SpFileKind kind;

  if (bytes == NULL)
    return FALSE;
  if (is_root (text, length))
    {
      g_autofree char *root = g_steal_pointer (&self->url);
      self->url = sp_harvest_step_url (root, "services");
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = fetch_first (self, name, error);
      if (bytes == NULL)
        return FALSE;
      text = g_bytes_get_data (bytes, &length);
    }
  kind = sp_file_kind_guess (text, MIN (length, SP_FILE_HEAD));
  if (kind == SP_FILE_ORUK || kind == SP_FILE_JSON)
    page = sp_harvest_page_new (bytes, NULL);
  if (page == NULL || !needs_more (page))
    {
      *list = g_file_new_for_path (name);
      return TRUE;
    }
  if (length > SP_HARVEST_MOST_PAGE)
    {
      sp_harvest_give_up (self, error, _("a page of the feed is too large"));
      return FALSE;
    }
  return sp_harvest_read_feed (self, page, error) && sp_harvest_folder_join (self->path, &self->state, list, error);
}

/**
 * sp_harvest_run:
 * @fetcher: how the web is reached
 * @url: of a list, or of a feed of Open Referral UK: `/services` or `/service_at_locations`, or the root of its API
 * @folder: where feeds are kept while they are read
 * @progress: (nullable): hears how far it is
 * @user_data: for @progress
 * @address: (out) (transfer full): where the list was found in the end; it names the feed
 * @cancellable: (nullable): gives it up; what was read is kept for a day, and gone on with
 * @error: %SP_ERROR with a sentence that names the host, or why a file could not be written
 *
 * Gets a list from the web. Blocks, for as long as that takes.
 *
 * Returns: (transfer full) (nullable): a file for sp_reader_open(); call sp_harvest_clear() when it was read
 */
GFile *
sp_harvest_run (SpFetcher *fetcher, const char *url, const char *folder, SpHarvestFunc progress, gpointer user_data,
                char **address, GCancellable *cancellable, GError **error)
{
  g_auto (SpHarvest) self = { .fetcher = fetcher, .url = g_strdup (url), .progress = progress, .user_data = user_data,
                            .cancellable = cancellable, .seen = sp_seen_new () };
  g_autoptr (GUri) uri = sp_harvest_parse_url (url);
  GFile *list = NULL;

  if (uri == NULL || !sp_fetcher_is_address (url))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is not a web address"), url);
      return NULL;
    }
  self.host = g_strdup (g_uri_get_host (uri));
  self.path = sp_harvest_folder_path (folder, url);
  sp_harvest_folder_sweep (folder);
  if (g_mkdir_with_parents (self.path, 0700) != 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "%s: %s", self.path, g_strerror (errno));
      return NULL;
    }
  if (!harvest (&self, &list, error))
    return NULL;
  *address = g_steal_pointer (&self.url);
  return list;
}

/**
 * sp_harvest_blame:
 * @error: (inout): why @list could not be read
 * @list: what sp_harvest_run() gave
 * @address: where that was found
 *
 * Names the address, which people know, instead of the file, which they do not.
 */
void
sp_harvest_blame (GError *error, GFile *list, const char *address)
{
  g_autofree char *name = g_file_get_parse_name (list), *label = sp_import_id_feed_from_url (address);
  char *message = error->message;

  if (!g_str_has_prefix (message, name))
    return;
  error->message = g_strconcat (label, message + strlen (name), NULL);
  g_free (message);
}

/**
 * sp_harvest_clear:
 * @url: as for sp_harvest_run()
 * @folder: likewise
 *
 * Forgets what was kept of a feed.
 */
void
sp_harvest_clear (const char *url, const char *folder)
{
  g_autofree char *path = sp_harvest_folder_path (folder, url);

  sp_harvest_folder_empty (path);
  g_rmdir (path);
}
