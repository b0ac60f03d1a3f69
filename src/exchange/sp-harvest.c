/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list from the web. Whatever is there is fetched into a file; a feed of Open Referral UK that has more pages is read
 * page by page, and entries of which a page tells only the name are asked for one by one. Nothing is imported before all is
 * here, and so nothing half read ever is. A feed that changes while it is read is begun again; one that never ends, or gives
 * the same for ever, is given up with a sentence. */
#include "sp-harvest.h"

#include "sp-error.h"
#include "sp-file-kind.h"
#include "sp-harvest-folder.h"
#include "sp-import-id.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MOST_FILE (1000 * 1000 * 1000)        /* bytes of a list that is one file */
#define MOST_PAGE (32 * 1000 * 1000)          /* bytes of one page of several */
#define MOST_ENTRY (4 * 1024 * 1024)          /* bytes of one entry */
#define MOST_BYTES ((guint64) 4000 * 1000 * 1000) /* of all pages */
#define MOST_PAGES 20000
#define MOST_ENTRIES 1000000
#define LOOK_AHEAD 100 /* entries that say whether a page is brief */
#define TRIES 3 /* times that a feed may change while it is read, less one */

typedef struct
{
  SpFetcher     *fetcher;
  char          *url;  /* owned; of the first page */
  char          *host; /* owned; for people */
  char          *path; /* owned; of the folder */
  SpHarvestFunc  progress;
  gpointer       user_data;
  GCancellable  *cancellable;
  SpHarvestState state;
  GHashTable    *seen; /* hashes of the ids of entries */
} Harvest;

typedef enum
{
  STEP_MORE,
  STEP_END,
  STEP_CHANGED,
  STEP_FAILED,
} Step;

static void
clear_harvest (Harvest *self)
{
  g_free (self->url);
  g_free (self->host);
  g_free (self->path);
  g_free (self->state.first);
  g_hash_table_unref (self->seen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Harvest, clear_harvest)

/* @more: entries of a page that is not through */
static void
tell (Harvest *self, guint more)
{
  if (self->progress != NULL)
    self->progress (self->state.entries + more, (guint) MAX (0, self->state.items), self->user_data);
}

static Step
give_up (Harvest *self, GError **error, const char *sentence)
{
  g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "%s: %s", self->host, sentence);
  return STEP_FAILED;
}

/* --- addresses --- */

static char *
build (GUri *uri, const char *path, const char *query)
{
  g_autoptr (GUri) built =
    g_uri_build_with_user (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), g_uri_get_user (uri), g_uri_get_password (uri), NULL,
                           g_uri_get_host (uri), g_uri_get_port (uri), path, query, NULL);

  return g_uri_to_string (built);
}

static GUri *
parse (const char *url)
{
  return g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_HAS_PASSWORD, NULL);
}

/* The address with `page=@number` instead of any other page. */
static char *
page_url (const char *url, guint number)
{
  g_autoptr (GUri) uri = parse (url);
  g_auto (GStrv) parts = g_strsplit (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "", "&", -1);
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_str_has_prefix (parts[i], "page="))
      g_string_append_printf (query, "%s&", parts[i]);
  g_string_append_printf (query, "page=%u", number);
  return build (uri, g_uri_get_path (uri), query->str);
}

/* The address with one more step: an entry of the feed, or the feed of an API. */
static char *
step_url (const char *url, const char *step)
{
  g_autoptr (GUri) uri = parse (url);
  g_autofree char *escaped = g_uri_escape_string (step, NULL, FALSE);
  const char *path = g_uri_get_path (uri);
  g_autofree char *longer = g_strconcat (path, g_str_has_suffix (path, "/") ? "" : "/", escaped, NULL);

  return build (uri, longer, NULL);
}

/* --- pages --- */

static gpointer
hash_id (const char *id)
{
  guint64 state = 14695981039346656037u; /* FNV-1a: 8 bytes instead of the id */

  for (const char *p = id; *p != '\0'; p++)
    state = (state ^ (guchar) *p) * 1099511628211u;
  return (gpointer) (guintptr) state;
}

/* What its own address tells of an entry; what cannot be had, or is something else, is left as the page has it. */
static gboolean
append_details (Harvest *self, const char *id, const char *text, gsize length, GString *out, GError **error)
{
  g_autofree char *url = step_url (self->url, id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = sp_fetcher_fetch_bytes (self->fetcher, url, MOST_ENTRY, NULL, self->cancellable, &problem);
  gsize size = 0;
  const char *body = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (SpNode) node = NULL;
  const SpNode *own;

  if (bytes == NULL && !g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  node = size > 0 ? sp_node_parse (body, (gssize) size, NULL) : NULL;
  own = sp_node_get (node, "id");
  if (own != NULL && g_strcmp0 (sp_node_get_string (own) != NULL ? sp_node_get_string (own) : sp_node_get_lexeme (own), id) == 0)
    g_string_append_len (out, body, (gssize) size);
  else
    g_string_append_len (out, text, (gssize) length);
  return TRUE;
}

/* Whether an entry was on an earlier page than @number; one that a page has twice is the feed's own business. */
static gboolean
is_known (Harvest *self, const char *id, guint number)
{
  gpointer known = NULL;

  if (id == NULL)
    return FALSE;
  if (g_hash_table_lookup_extended (self->seen, hash_id (id), NULL, &known))
    return GPOINTER_TO_UINT (known) != number;
  g_hash_table_insert (self->seen, hash_id (id), GUINT_TO_POINTER (number));
  return FALSE;
}

/* Appends the entries of page @number to @out. @n_known: (out): those that were on an earlier page */
static gboolean
take_entries (Harvest *self, const SpHarvestPage *page, guint number, GString *out, guint *n_known, GError **error)
{
  *n_known = 0;
  for (guint i = 0; i < page->ranges->len; i++)
    {
      gsize length;
      const char *text = sp_harvest_page_get (page, i, &length);
      gboolean brief;
      g_autofree char *id = sp_harvest_page_get_id (page, i, &brief);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      *n_known += is_known (self, id, number);
      if (i > 0)
        g_string_append (out, ",\n");
      if (!brief)
        g_string_append_len (out, text, (gssize) length);
      else if (!append_details (self, id, text, length, out, error))
        return FALSE;
      else
        tell (self, i);
    }
  return TRUE;
}

static SpHarvestPage *
fetch_page (Harvest *self, guint number, GError **error)
{
  g_autofree char *url = page_url (self->url, number), *type = NULL;
  g_autoptr (GBytes) bytes = sp_fetcher_fetch_bytes (self->fetcher, url, MOST_PAGE, &type, self->cancellable, error);
  g_autoptr (GError) why = NULL;
  SpHarvestPage *page = bytes != NULL ? sp_harvest_page_new (bytes, &why) : NULL;

  if (page == NULL && bytes != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_SERVER, _("%s: page %u is not what the first one was, but “%s”: %s"), self->host, number,
                 type != NULL ? type : "", why->message);
  return page;
}

static gboolean
is_changed (const Harvest *self, const SpHarvestPage *page)
{
  return page->items != self->state.items || page->pages != self->state.pages;
}

/* Whether all that the feed said it has is here. */
static Step
check_end (Harvest *self)
{
  return (gint64) self->state.entries < self->state.items ? STEP_CHANGED : STEP_END;
}

/* Keeps page @number, and says whether there is one more. */
static Step
take_page (Harvest *self, const SpHarvestPage *page, guint number, GError **error)
{
  g_autoptr (GString) entries = g_string_new (NULL);
  guint n_known, n = page->ranges->len;

  if (page->number >= 0 && page->number != (gint64) number && n > 0)
    return give_up (self, error, _("the feed does not give the page that it is asked for"));
  if (number > 1 && is_changed (self, page))
    return STEP_CHANGED;
  if (!take_entries (self, page, number, entries, &n_known, error))
    return STEP_FAILED;
  if (n_known == n && n > 0)
    {
      if (self->state.items < 0 && self->state.pages < 0)
        return STEP_END; /* it has no pages, and gives the whole each time */
      return give_up (self, error, _("the feed gives the same entries again and again"));
    }
  if (n_known > 0) /* something was added before it, and moved them on */
    return STEP_CHANGED;
  if (self->state.entries + n > MOST_ENTRIES || number >= MOST_PAGES || self->state.bytes + entries->len > MOST_BYTES)
    return give_up (self, error, _("the feed does not end"));
  if (!sp_harvest_folder_keep (self->path, &self->state, entries, n, error))
    return STEP_FAILED;
  tell (self, 0);
  return sp_harvest_page_is_end (page, number) ? check_end (self) : STEP_MORE;
}

/* Whether what was kept before is of this feed as it is now; then it is gone on with. */
static gboolean
resume (Harvest *self, const char *first)
{
  SpHarvestState state = { 0 };
  gboolean same = sp_harvest_folder_load (self->path, &state) && g_strcmp0 (state.first, first) == 0 && state.number > 0;

  for (guint i = 1; same && i <= state.number; i++)
    {
      g_autoptr (SpHarvestPage) page = sp_harvest_folder_get (self->path, i, NULL);
      gboolean brief;

      same = page != NULL;
      for (guint k = 0; same && k < page->ranges->len; k++)
        {
          g_autofree char *id = sp_harvest_page_get_id (page, k, &brief);
          if (id != NULL)
            g_hash_table_insert (self->seen, hash_id (id), GUINT_TO_POINTER (i));
        }
    }
  g_free (self->state.first);
  self->state = state;
  if (!same)
    g_hash_table_remove_all (self->seen);
  return same;
}

/* Begins with @page, which is the first, or goes on after what is kept. */
static Step
begin (Harvest *self, const SpHarvestPage *page, guint *number, GError **error)
{
  gsize length;
  const guchar *data = g_bytes_get_data (page->bytes, &length);
  g_autofree char *first = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);

  if (resume (self, first))
    {
      *number = self->state.number;
      tell (self, 0);
      return self->state.pages >= 0 && (gint64) *number >= self->state.pages ? check_end (self) : STEP_MORE;
    }
  g_free (self->state.first);
  self->state = (SpHarvestState){ g_steal_pointer (&first), page->items, page->pages, 0, 0, 0 };
  *number = 1;
  return take_page (self, page, 1, error);
}

static Step
read_pages (Harvest *self, const SpHarvestPage *first, GError **error)
{
  guint number = 0;
  Step step = begin (self, first, &number, error);

  while (step == STEP_MORE)
    {
      g_autoptr (SpHarvestPage) page = fetch_page (self, ++number, error);
      step = page != NULL ? take_page (self, page, number, error) : STEP_FAILED;
    }
  return step;
}

/* A feed that has changed is begun again, a few times. */
static gboolean
read_feed (Harvest *self, SpHarvestPage *first, GError **error)
{
  g_autoptr (SpHarvestPage) again = NULL;

  for (guint i = 0; i < TRIES; i++)
    {
      Step step = read_pages (self, again != NULL ? again : first, error);

      if (step == STEP_END || step == STEP_FAILED)
        return step == STEP_END;
      sp_harvest_folder_empty (self->path);
      g_hash_table_remove_all (self->seen);
      g_clear_pointer (&again, sp_harvest_page_free);
      again = fetch_page (self, 1, error);
      if (again == NULL)
        return FALSE;
    }
  give_up (self, error, _("the feed changes while it is read, or has fewer entries than it says; try again later"));
  return FALSE;
}

/* --- the first answer --- */

/* Into a file of its own: it may be a list of any size. */
static GBytes *
fetch_first (Harvest *self, const char *name, GError **error)
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
harvest (Harvest *self, GFile **list, GError **error)
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
      self->url = step_url (root, "services");
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
  if (length > MOST_PAGE)
    return give_up (self, error, _("a page of the feed is too large")) == STEP_END;
  return read_feed (self, page, error) && sp_harvest_folder_join (self->path, &self->state, list, error);
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
  g_auto (Harvest) self = { .fetcher = fetcher, .url = g_strdup (url), .progress = progress, .user_data = user_data,
                            .cancellable = cancellable, .seen = g_hash_table_new (NULL, NULL) };
  g_autoptr (GUri) uri = parse (url);
  GFile *list = NULL;

  if (uri == NULL || !sp_fetcher_is_address (url))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is not a web address"), url);
      return NULL;
    }
  self.host = g_strdup (g_uri_get_host (uri));
  self.path = sp_harvest_folder_path (folder, url);
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
