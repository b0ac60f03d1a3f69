/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a feed of changes sends next, read on a thread of the store, some hundred rows at a time, fewer where the
 * documents go with them. */
#include "sp-feed-read.h"

#include "sp-selector.h"

#include <gio/gio.h>
#include <string.h>

#define PAGE 500                 /* rows looked at in one step */
#define PAGE_BYTES (1024 * 1024) /* after which a step ends; its last document may make it twice that */
#define MOST_COUNTED 50000       /* rows beyond the reader's limit: that takes about a millisecond */

static void
free_query (gpointer data)
{
  SpFeedQuery *self = data;

  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->selector, sp_node_unref);
}

static gboolean
read_ids (SpFeedQuery *self, const SpRequest *request, const SpNode *asked, GError **error)
{
  const char *given = sp_request_get (request, "doc_ids");
  g_autoptr (SpNode) parsed = given != NULL ? sp_node_parse (given, -1, error) : NULL;
  const SpNode *list = parsed != NULL ? parsed : asked != NULL ? sp_node_get (asked, "doc_ids") : NULL;

  if (list == NULL || !sp_node_is_array (list))
    {
      g_clear_error (error);
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "`doc_ids` filter parameter is not a JSON array");
      return FALSE;
    }
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (sp_node_get_kind (sp_node_get_element (list, i)) == SP_JSON_STRING)
      g_hash_table_add (self->ids, g_strdup (sp_node_get_string (sp_node_get_element (list, i))));
  return TRUE;
}

static gboolean
read_filter (SpFeedQuery *self, const SpRequest *request, GError **error)
{
  const char *filter = sp_request_get (request, "filter");
  g_autoptr (SpNode) asked = NULL;
  SpNode *selector;
  gboolean in_design;

  if (filter == NULL)
    return TRUE;
  if (g_bytes_get_size (request->body) > 0 && (asked = sp_request_parse (request, error)) == NULL)
    return FALSE;
  self->design = strcmp (filter, "_design") == 0;
  if (self->design)
    return TRUE;
  if (strcmp (filter, "_doc_ids") == 0)
    return read_ids (self, request, asked, error);
  selector = asked != NULL ? sp_node_get (asked, "selector") : NULL;
  if (strcmp (filter, "_selector") == 0 && selector != NULL)
    {
      self->selector = sp_node_ref (selector);
      return sp_selector_check (selector, error);
    }
  in_design = filter[0] != '_' || (strcmp (filter, "_view") == 0 && sp_request_get (request, "view") != NULL);
  g_set_error_literal (error, SP_ERROR, in_design ? SP_ERROR_NOT_FOUND : SP_ERROR_INVALID,
                       "The filters here are _doc_ids, _design and _selector, with their parameters");
  return FALSE;
}

/**
 * sp_feed_query_new:
 * @request: `GET` or `POST /db/_changes`
 * @error: %SP_ERROR_INVALID, %SP_ERROR_PARSE, %SP_ERROR_NOT_FOUND for a filter of a design document: they are not run
 *
 * Not on the main loop: a filter may be large.
 *
 * Returns: (transfer full) (nullable): what is wanted
 */
SpFeedQuery *
sp_feed_query_new (const SpRequest *request, GError **error)
{
  g_autoptr (SpFeedQuery) self = g_atomic_rc_box_new0 (SpFeedQuery);

  self->all_leaves = g_strcmp0 (sp_request_get (request, "style"), "all_docs") == 0;
  self->with_documents = sp_request_get_flag (request, "include_docs");
  self->flags = sp_print_flags_read (request) & SP_PRINT_CONFLICTS;
  self->descending = sp_request_get_flag (request, "descending");
  self->lines = g_strcmp0 (sp_request_get (request, "feed"), "continuous") == 0;
  return read_filter (self, request, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_feed_query_ref:
 * @self: a query
 *
 * Returns: (transfer full): the same
 */
SpFeedQuery *
sp_feed_query_ref (SpFeedQuery *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sp_feed_query_unref:
 * @self: (transfer full): a query
 */
void
sp_feed_query_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, free_query);
}

/**
 * sp_feed_page_free:
 * @page: (transfer full): a page
 */
void
sp_feed_page_free (gpointer page)
{
  SpFeedPage *self = page;

  g_clear_pointer (&self->request, sp_request_unref);
  g_clear_pointer (&self->query, sp_feed_query_unref);
  if (self->rows != NULL)
    g_string_free (self->rows, TRUE);
  g_free (self->since);
  g_free (self->last);
  g_free (self);
}

static gboolean
is_wanted (SpDb *db, const SpFeedQuery *query, const SpChange *change, gboolean *wanted, GError **error)
{
  g_autoptr (SpDoc) doc = NULL;
  g_autoptr (SpNode) body = NULL;

  *wanted = (query->ids == NULL || g_hash_table_contains (query->ids, change->id))
            && (!query->design || g_str_has_prefix (change->id, "_design/"));
  if (query->selector == NULL || !*wanted)
    return TRUE;
  doc = sp_docs_get (db, change->id, NULL, error);
  body = doc != NULL && doc->body != NULL ? sp_node_parse (doc->body, -1, error) : NULL;
  if (body == NULL)
    return FALSE;
  sp_node_set_text (body, "_id", doc->id); /* selectors may ask for these */
  sp_node_set_text (body, "_rev", doc->rev);
  if (doc->deleted)
    sp_node_set (body, "_deleted", sp_node_new_boolean (TRUE));
  *wanted = sp_selector_matches (query->selector, body);
  return TRUE;
}

static gboolean
add_document (SpDb *db, const char *id, SpPrintFlags flags, GString *out, GError **error)
{
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, error);

  if (doc == NULL)
    return FALSE;
  g_string_append (out, ",\"doc\":");
  return sp_print_document (db, doc, flags, out, error);
}

static gboolean
add_row (SpDb *db, SpFeedPage *page, const SpChange *change, const char *epoch, GError **error)
{
  const guint n = page->query->all_leaves ? change->leaves->len : 1;
  GString *out = page->rows;

  if (!page->query->lines && (!page->first || page->n > 0))
    g_string_append (out, ",\n");
  g_string_append_printf (out, "{\"seq\":\"%" G_GINT64_FORMAT "%s\",\"id\":", change->seq, epoch);
  sp_json_append_text (out, change->id);
  g_string_append (out, ",\"changes\":[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? ",{\"rev\":" : "{\"rev\":");
      sp_json_append_text (out, g_ptr_array_index (change->leaves, i));
      g_string_append_c (out, '}');
    }
  g_string_append (out, change->deleted ? "],\"deleted\":true" : "]");
  if (page->query->with_documents && !add_document (db, change->id, page->query->flags, out, error))
    return FALSE;
  g_string_append (out, page->query->lines ? "}\n" : "}");
  page->n++;
  return TRUE;
}

/* What there is beyond the reader's limit, whether it passes the filter or not. */
static gboolean
count_pending (SpDb *db, SpFeedPage *page, GError **error)
{
  gint64 after, all;

  if (!sp_docs_count_changes (db, page->last, MOST_COUNTED, &after, error))
    return FALSE;
  page->pending = after;
  if (!page->query->descending || page->limit == 0)
    return TRUE;
  if (!sp_docs_count_changes (db, page->since, MOST_COUNTED, &all, error))
    return FALSE;
  page->pending = MAX (all - after - 1, 0); /* those below the last row */
  return TRUE;
}

/* Ends the page before all of it is read; when the reader's limit is full, @last is the last row's sequence in either direction. */
static gboolean
end_page (SpFeedPage *page, const SpChange *change, const char *epoch, gboolean more)
{
  page->more = more;
  if (more && page->query->descending)
    return TRUE;
  g_free (page->last);
  page->last = g_strdup_printf ("%" G_GINT64_FORMAT "%s", change->seq, epoch);
  return TRUE;
}

/* Rows until the page or the reader's limit is full. */
static gboolean
add_rows (SpDb *db, SpFeedPage *page, GPtrArray *changes, const char *epoch, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const SpChange *change = g_ptr_array_index (changes, i);
      gboolean wanted;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !is_wanted (db, page->query, change, &wanted, error)
          || (wanted && !add_row (db, page, change, epoch, error)))
        return FALSE;
      page->before = change->seq;
      if (page->n >= page->limit)
        return end_page (page, change, epoch, FALSE) && count_pending (db, page, error);
      if (page->rows->len >= PAGE_BYTES && i + 1 < changes->len)
        return end_page (page, change, epoch, TRUE);
    }
  return page->limit > 0 || count_pending (db, page, error);
}

/* The first step finds out what is wanted: a filter may be large. */
static gboolean
find_query (SpFeedPage *self, GError **error)
{
  if (self->query == NULL && sp_request_unpack (self->request, error))
    self->query = sp_feed_query_new (self->request, error);
  return self->query != NULL;
}

static GPtrArray *
get_changes (SpDb *db, SpFeedPage *self, const char *since, guint limit, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GPtrArray *changes = self->query->descending ? sp_docs_get_newest_changes (db, since, self->before, limit, &self->last, &problem)
                                               : sp_docs_get_changes (db, since, limit, &self->last, &problem);

  if (changes != NULL)
    return changes;
  if (g_error_matches (problem, SP_ERROR, SP_ERROR_INVALID)) /* in CouchDB's words */
    g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "Malformed sequence supplied in 'since' parameter.");
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * sp_feed_read:
 * @db: a connection
 * @page: an SpFeedPage with what is asked; gets what comes
 * @cancellable: (nullable): stops it
 * @error: %SP_ERROR_INVALID if `since` is malformed, or what sp_feed_query_new() says
 *
 * An #SpStoreFunc.
 *
 * Returns: (nullable): @page
 */
gpointer
sp_feed_read (SpDb *db, gpointer page, GCancellable *cancellable, GError **error)
{
  SpFeedPage *self = page;
  guint limit;
  g_autoptr (GPtrArray) changes = NULL;
  const char *since = self->since;
  g_autofree char *now = NULL;
  g_autofree char *epoch = NULL;

  if (!find_query (self, error))
    return NULL;
  limit = self->limit == 0 ? 0 : PAGE;
  self->rows = g_string_new (NULL);
  if (g_strcmp0 (since, "now") == 0 && (since = now = sp_docs_get_update_seq (db, error)) == NULL)
    return NULL;
  changes = get_changes (db, self, since, limit, error);
  if (changes == NULL)
    return NULL;
  self->more = limit > 0 && changes->len == limit;
  epoch = g_strdup (strchr (self->last, '-'));
  return add_rows (db, self, changes, epoch, cancellable, error) ? self : NULL;
}
