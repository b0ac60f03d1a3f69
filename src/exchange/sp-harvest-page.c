/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a feed: its entries, and what it says of the others. Where the standard (HSDS 3.0) has `contents`, an array or
 * a single entry will do as well; then there is one page only. */
#include "sp-harvest-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_ENTRY (4 * 1024 * 1024) /* as for one of a saved list */

static gint64
get_count (const SpNode *page, const char *member)
{
  double value = sp_node_get_number (page, member);

  return value >= 0 && value <= G_MAXINT32 ? (gint64) value : -1; /* also if it is NAN */
}

/* The page with nothing between its first entry and its last: all that is said of it. */
static SpNode *
read_frame (const char *text, gsize length, const GArray *ranges, GError **error)
{
  const SpJsonRange *first, *last;
  g_autoptr (GString) frame = NULL;

  if (ranges->len == 0)
    return sp_node_parse (text, (gssize) length, error);
  first = &g_array_index (ranges, SpJsonRange, 0);
  last = &g_array_index (ranges, SpJsonRange, ranges->len - 1);
  frame = g_string_new_len (text, (gssize) first->start);
  g_string_append_len (frame, text + last->start + last->length, (gssize) (length - last->start - last->length));
  return sp_node_parse (frame->str, (gssize) frame->len, error);
}

static gboolean
read_paged (SpHarvestPage *self, const char *text, gsize length, GError **error)
{
  g_autoptr (SpNode) frame = NULL;

  if (!sp_json_gate_slice (text, length, "contents", &self->ranges, error))
    return FALSE;
  frame = read_frame (text, length, self->ranges, error);
  if (frame == NULL)
    return FALSE;
  self->is_paged = TRUE;
  self->items = get_count (frame, "total_items");
  self->pages = get_count (frame, "total_pages");
  self->number = get_count (frame, "page_number");
  self->is_last = sp_node_get_flag (frame, "last_page", FALSE);
  return TRUE;
}

/**
 * sp_harvest_page_new:
 * @bytes: what came
 * @error: %SP_ERROR_PARSE
 *
 * Returns: (transfer full) (nullable): the page
 */
SpHarvestPage *
sp_harvest_page_new (GBytes *bytes, GError **error)
{
  g_autoptr (SpHarvestPage) self = g_new0 (SpHarvestPage, 1);
  gsize length, at = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  self->bytes = g_bytes_ref (bytes);
  self->items = self->pages = self->number = -1;
  while (at < length && g_ascii_isspace (text[at]))
    at++;
  if (at < length && text[at] == '[')
    return sp_json_gate_slice (text, length, NULL, &self->ranges, error) ? g_steal_pointer (&self) : NULL;
  if (at < length && text[at] == '{')
    return read_paged (self, text, length, error) ? g_steal_pointer (&self) : NULL;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("this is not JSON"));
  return NULL;
}

/**
 * sp_harvest_page_free:
 * @self: (transfer full): a page
 */
void
sp_harvest_page_free (SpHarvestPage *self)
{
  g_clear_pointer (&self->ranges, g_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * sp_harvest_page_get:
 * @self: a page
 * @index: of an entry, from 0
 * @length: (out): bytes
 *
 * Returns: (transfer none): the text of that entry
 */
const char *
sp_harvest_page_get (const SpHarvestPage *self, guint index, gsize *length)
{
  const SpJsonRange *range = &g_array_index (self->ranges, SpJsonRange, index);

  *length = range->length;
  return (const char *) g_bytes_get_data (self->bytes, NULL) + range->start;
}

static gboolean
has_any (const SpNode *node, const char * const *members)
{
  for (; *members != NULL; members++)
    if (sp_node_get (node, *members) != NULL)
      return TRUE;
  return FALSE;
}

/* The standard lets a page tell less of each entry than the entry's own address does. */
static gboolean
is_brief (const SpNode *node)
{
  static const char * const of_service[] = { "service_at_locations", "schedules", "contacts", "attributes", "cost_options",
                                             "languages", "service_areas", "funding", NULL };
  static const char * const of_location[] = { "addresses", "accessibility", NULL };

  if (sp_node_is_object (sp_node_get (node, "service")))
    return !has_any (sp_node_get (node, "location"), of_location) && !has_any (sp_node_get (node, "service"), of_service);
  return !has_any (node, of_service);
}

/**
 * sp_harvest_page_get_id:
 * @self: a page
 * @index: of an entry, from 0
 * @brief: (out): whether it has only what a page must tell of it
 *
 * Returns: (transfer full) (nullable): its id; %NULL if it has none, or the gate refuses it
 */
char *
sp_harvest_page_get_id (const SpHarvestPage *self, guint index, gboolean *brief)
{
  gsize length;
  const char *text = sp_harvest_page_get (self, index, &length);
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, length, MOST_ENTRY, NULL);
  g_autoptr (SpNode) node = tokens != NULL ? sp_node_from_tokens (text, tokens, 0) : NULL;
  const SpNode *id = sp_node_get (node, "id");

  *brief = FALSE;
  if (id == NULL)
    return NULL;
  *brief = is_brief (node);
  return g_strdup (sp_node_get_string (id) != NULL ? sp_node_get_string (id) : sp_node_get_lexeme (id));
}

/**
 * sp_harvest_page_is_end:
 * @self: a page
 * @number: which one it is, from 1
 *
 * Returns: whether there are no more after it
 */
gboolean
sp_harvest_page_is_end (const SpHarvestPage *self, guint number)
{
  return !self->is_paged || self->is_last || self->ranges->len == 0 || (self->pages >= 0 && (gint64) number >= self->pages);
}
