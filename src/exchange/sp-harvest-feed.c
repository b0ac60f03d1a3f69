/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a feed of Open Referral UK, one after the other, and the entries of which a page tells only the name. A feed
 * that changes while it is read is begun again; one that never ends, or gives the same for ever, is given up with a
 * sentence. */
#include "sp-harvest-private.h"

#include "sp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_ENTRY (4 * 1024 * 1024)              /* bytes of one entry */
#define MOST_BYTES ((guint64) 4000 * 1000 * 1000) /* of all pages */
#define MOST_PAGES 20000
#define MOST_ENTRIES 1000000
#define TRIES 3 /* times that a feed is begun */

typedef enum
{
  STEP_MORE,
  STEP_END,
  STEP_CHANGED,
  STEP_FAILED,
} Step;

/* @more: entries of a page that is not through */
static void
tell (SpHarvest *self, guint more)
{
  if (self->progress != NULL)
    self->progress (self->state.entries + more, (guint) MAX (0, self->state.items), self->user_data);
}

/**
 * sp_harvest_give_up:
 * @self: a list
 * @error: gets %SP_ERROR_SERVER
 * @sentence: what is wrong, without the place
 */
void
sp_harvest_give_up (SpHarvest *self, GError **error, const char *sentence)
{
  g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "%s: %s", self->host, sentence);
}

static Step
give_up (SpHarvest *self, GError **error, const char *sentence)
{
  sp_harvest_give_up (self, error, sentence);
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

/**
 * sp_harvest_parse_url:
 * @url: an address
 *
 * Returns: (transfer full) (nullable): it taken apart, with what is escaped left so
 */
GUri *
sp_harvest_parse_url (const char *url)
{
  return g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_HAS_PASSWORD, NULL);
}

/* The query of an address but for the page, which may hold a key that each request needs; then what is added. */
static char *
make_query (GUri *uri, const char *added)
{
  g_auto (GStrv) parts = g_strsplit (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "", "&", -1);
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_str_has_prefix (parts[i], "page="))
      g_string_append_printf (query, "%s%s", query->len > 0 ? "&" : "", parts[i]);
  if (added != NULL)
    g_string_append_printf (query, "%s%s", query->len > 0 ? "&" : "", added);
  return query->len > 0 ? g_strdup (query->str) : NULL;
}

static char *
page_url (const char *url, guint number)
{
  g_autoptr (GUri) uri = sp_harvest_parse_url (url);
  g_autofree char *page = g_strdup_printf ("page=%u", number), *query = make_query (uri, page);

  return build (uri, g_uri_get_path (uri), query);
}

/**
 * sp_harvest_step_url:
 * @url: an address
 * @step: the name of what is below it
 *
 * Returns: (transfer full): the address with one more step: an entry of a feed, or the feed of an API
 */
char *
sp_harvest_step_url (const char *url, const char *step)
{
  g_autoptr (GUri) uri = sp_harvest_parse_url (url);
  g_autofree char *escaped = g_uri_escape_string (step, NULL, FALSE), *query = make_query (uri, NULL);
  const char *path = g_uri_get_path (uri);
  g_autofree char *longer = g_strconcat (path, g_str_has_suffix (path, "/") ? "" : "/", escaped, NULL);

  return build (uri, longer, query);
}

/* --- pages --- */

/* What its own address tells of an entry; what cannot be had, or is something else, is left as the page has it. */
static gboolean
append_details (SpHarvest *self, const char *id, const char *text, gsize length, GString *out, GError **error)
{
  g_autofree char *url = sp_harvest_step_url (self->url, id);
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

/* Counts an entry that was on an earlier page than @number; one that a page has twice is the feed's own business. */
static gboolean
count_known (SpHarvest *self, const char *id, guint number, guint *n_known, GError **error)
{
  guint page;

  if (id == NULL)
    return TRUE;
  if (!sp_seen_get (self->seen, id, &page, error))
    return FALSE;
  if (page == 0)
    return sp_seen_set (self->seen, id, number, error);
  *n_known += page != number;
  return TRUE;
}

/* Appends the entries of page @number to @out. @n_known: (out): those that were on an earlier page */
static gboolean
take_entries (SpHarvest *self, const SpHarvestPage *page, guint number, GString *out, guint *n_known, GError **error)
{
  *n_known = 0;
  for (guint i = 0; i < page->ranges->len; i++)
    {
      gsize length;
      const char *text = sp_harvest_page_get (page, i, &length);
      gboolean brief;
      g_autofree char *id = sp_harvest_page_get_id (page, i, &brief);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !count_known (self, id, number, n_known, error))
        return FALSE;
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
fetch_page (SpHarvest *self, guint number, GError **error)
{
  g_autofree char *url = page_url (self->url, number), *type = NULL;
  g_autoptr (GBytes) bytes = sp_fetcher_fetch_bytes (self->fetcher, url, SP_HARVEST_MOST_PAGE, &type, self->cancellable, error);
  g_autoptr (GError) why = NULL;
  SpHarvestPage *page = bytes != NULL ? sp_harvest_page_new (bytes, &why) : NULL;

  if (page == NULL && bytes != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_SERVER, _("%s: page %u is not what the first one was, but “%s”: %s"), self->host, number,
                 type != NULL ? type : "", why->message);
  return page;
}

static gboolean
is_changed (const SpHarvest *self, const SpHarvestPage *page)
{
  return page->items != self->state.items || page->pages != self->state.pages;
}

/* Whether all that the feed said it has is here. */
static Step
check_end (SpHarvest *self)
{
  return (gint64) self->state.entries < self->state.items ? STEP_CHANGED : STEP_END;
}

/* Keeps page @number, and says whether there is one more. */
static Step
take_page (SpHarvest *self, const SpHarvestPage *page, guint number, GError **error)
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
resume (SpHarvest *self, const char *first)
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
          same = same && (id == NULL || sp_seen_set (self->seen, id, i, NULL));
        }
    }
  g_free (self->state.first);
  self->state = state;
  return same;
}

/* Begins with @page, which is the first, or goes on after what is kept. */
static Step
begin (SpHarvest *self, const SpHarvestPage *page, guint *number, GError **error)
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
  if (!sp_seen_clear (self->seen, error))
    return STEP_FAILED;
  g_free (self->state.first);
  self->state = (SpHarvestState){ g_steal_pointer (&first), page->items, page->pages, 0, 0, 0 };
  *number = 1;
  return take_page (self, page, 1, error);
}

static Step
read_pages (SpHarvest *self, const SpHarvestPage *first, GError **error)
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

/**
 * sp_harvest_read_feed:
 * @self: a list
 * @first: its first page
 * @error: %SP_ERROR_SERVER with a sentence
 *
 * Reads all pages into the folder. A feed that has changed meanwhile is begun again, a few times.
 *
 * Returns: whether all are there
 */
gboolean
sp_harvest_read_feed (SpHarvest *self, SpHarvestPage *first, GError **error)
{
  g_autoptr (SpHarvestPage) again = NULL;

  for (guint i = 0; i < TRIES; i++)
    {
      Step step = read_pages (self, again != NULL ? again : first, error);

      if (step == STEP_END || step == STEP_FAILED)
        return step == STEP_END;
      sp_harvest_folder_empty (self->path);
      g_clear_pointer (&again, sp_harvest_page_free);
      again = fetch_page (self, 1, error);
      if (again == NULL)
        return FALSE;
    }
  sp_harvest_give_up (self, error, _("the feed changes while it is read, or has fewer entries than it says; try again later"));
  return FALSE;
}
