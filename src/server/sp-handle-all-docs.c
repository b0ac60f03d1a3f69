/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a database's documents, a range of it or those that are named. */
#include "sp-handlers.h"

#include "sp-print-document.h"

/* What is asked, borrowed from the options it was read from. */
typedef struct
{
  const SpNode *keys; /* nullable: a list of what is named */
  SpDocsRange   range;
  gboolean      is_empty; /* no id can be in the range */
  gboolean      with_documents;
  gboolean      with_update_seq;
  SpPrintFlags  flags;
} Listing;

/* ── What is asked ── */

static gboolean
add_option (const SpRequest *request, const char *name, SpNode *options, GError **error)
{
  const char *given = sp_request_get (request, name);
  SpNode *value = given != NULL ? sp_node_parse (given, -1, error) : NULL;

  if (value != NULL)
    sp_node_set (options, name, value);
  else if (given != NULL)
    g_prefix_error (error, "%s: ", name);
  return value != NULL || given == NULL;
}

/* Those of the body, and those of the address, which are JSON too and come first. */
static SpNode *
read_options (const SpRequest *request, GError **error)
{
  static const char *const names[] = { "key", "keys", "startkey", "start_key", "endkey", "end_key", "inclusive_end", "descending",
                                       "limit", "skip", "include_docs", "conflicts", "update_seq" };
  g_autoptr (SpNode) options = g_bytes_get_size (request->body) > 0 ? sp_request_parse (request, error) : sp_node_new_object ();

  if (options == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!add_option (request, names[i], options, error))
      return NULL;
  return g_steal_pointer (&options);
}

static gboolean
read_count (const SpNode *options, const char *name, guint *count, GError **error)
{
  const SpNode *value = sp_node_get (options, name);
  const char *lexeme = value != NULL && sp_node_get_kind (value) == SP_JSON_NUMBER ? sp_node_get_lexeme (value) : "";
  guint64 number;

  if (value == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (lexeme, 10, 0, G_MAXUINT, &number, NULL))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s must be a whole number that is not negative", name);
      return FALSE;
    }
  *count = (guint) number;
  return TRUE;
}

/* One end of the range. @is_least: it is no text, and all that is none stands before each text, as in CouchDB's list. */
static const char *
read_bound (const SpNode *options, const char *name, const char *other_name, gboolean *is_least)
{
  const SpNode *value = sp_node_get (options, name);

  if (value == NULL)
    value = sp_node_get (options, other_name);
  *is_least = value != NULL && sp_node_get_kind (value) != SP_JSON_STRING;
  return value != NULL && !*is_least ? sp_node_get_string (value) : NULL;
}

static void
read_ends (const SpNode *options, Listing *listing)
{
  SpDocsRange *range = &listing->range;
  gboolean starts_least, ends_least;

  range->start = read_bound (options, "startkey", "start_key", &starts_least);
  range->end = read_bound (options, "endkey", "end_key", &ends_least);
  range->with_end = sp_node_get_flag (options, "inclusive_end", TRUE);
  listing->is_empty = range->descending ? starts_least : ends_least;
}

static void
read_key (const SpNode *key, Listing *listing)
{
  listing->is_empty = sp_node_get_kind (key) != SP_JSON_STRING;
  listing->range.start = listing->range.end = sp_node_get_string (key);
  listing->range.with_end = TRUE;
}

/* What is named is no range. */
static gboolean
check_keys (const SpNode *options, const SpNode *keys, GError **error)
{
  static const char *const others[] = { "key", "startkey", "start_key", "endkey", "end_key" };

  if (keys != NULL && !sp_node_is_array (keys))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "keys must be a list");
      return FALSE;
    }
  for (guint i = 0; keys != NULL && i < G_N_ELEMENTS (others); i++)
    if (sp_node_get (options, others[i]) != NULL)
      {
        g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "keys does not go together with %s", others[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_listing (const SpNode *options, Listing *listing, GError **error)
{
  const SpNode *key = sp_node_get (options, "key");

  *listing = (Listing){ .keys = sp_node_get (options, "keys"), .range.limit = G_MAXUINT };
  if (!check_keys (options, listing->keys, error))
    return FALSE;
  listing->with_update_seq = sp_node_get_flag (options, "update_seq", FALSE);
  listing->with_documents = sp_node_get_flag (options, "include_docs", FALSE);
  listing->flags = sp_node_get_flag (options, "conflicts", FALSE) ? SP_PRINT_CONFLICTS : 0;
  listing->range.descending = sp_node_get_flag (options, "descending", FALSE);
  if (key != NULL)
    read_key (key, listing);
  else
    read_ends (options, listing);
  return read_count (options, "limit", &listing->range.limit, error) && read_count (options, "skip", &listing->range.skip, error);
}

/* ── Rows ── */

static void
begin_row (GString *out)
{
  g_string_append (out, out->str[out->len - 1] == '[' ? "\n" : ",\n");
}

static gboolean
add_row (SpDb *db, const Listing *listing, const SpDoc *doc, GString *out, GError **error)
{
  begin_row (out);
  g_string_append (out, "{\"id\":");
  sp_json_append_text (out, doc->id);
  g_string_append (out, ",\"key\":");
  sp_json_append_text (out, doc->id);
  g_string_append_printf (out, ",\"value\":{\"rev\":\"%s\"%s}", doc->rev, doc->deleted ? ",\"deleted\":true" : "");
  if (listing->with_documents)
    {
      g_string_append (out, ",\"doc\":");
      if (doc->deleted)
        g_string_append (out, "null");
      else if (!sp_print_document (db, doc, listing->flags, out, error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static void
add_unknown (const SpNode *key, GString *out)
{
  begin_row (out);
  g_string_append (out, "{\"key\":");
  sp_node_append_json (key, out);
  g_string_append (out, ",\"error\":\"not_found\"}");
}

/* @doc: (out) (nullable): the document, if there is such */
static gboolean
find_document (SpDb *db, const char *id, SpDoc **doc, GError **error)
{
  GError *problem = NULL;

  *doc = sp_docs_get (db, id, NULL, &problem);
  if (*doc == NULL && !g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  return TRUE;
}

static gboolean
add_named (SpDb *db, const Listing *listing, const SpNode *key, GString *out, GError **error)
{
  const char *id = sp_node_get_string (key);
  g_autoptr (SpDoc) doc = NULL;

  if (id != NULL && !find_document (db, id, &doc, error))
    return FALSE;
  if (doc != NULL)
    return add_row (db, listing, doc, out, error);
  add_unknown (key, out);
  return TRUE;
}

static gboolean
is_full (const GString *out)
{
  return out->len > SP_ANSWER_MAX_BYTES;
}

static gboolean
add_keys (SpDb *db, const Listing *listing, GString *out, GError **error)
{
  const guint length = sp_node_get_length (listing->keys), first = MIN (listing->range.skip, length);
  const guint end = first + MIN (listing->range.limit, length - first);

  for (guint i = first; i < end && !is_full (out); i++)
    {
      const SpNode *key = sp_node_get_element (listing->keys, listing->range.descending ? length - 1 - i : i);

      if (!add_named (db, listing, key, out, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_range (SpDb *db, const Listing *listing, GString *out, GError **error)
{
  g_auto (GStrv) ids = listing->is_empty ? g_new0 (char *, 1) : sp_docs_list (db, &listing->range, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; ids[i] != NULL && !is_full (out); i++)
    {
      g_autoptr (SpDoc) doc = NULL;

      if (!find_document (db, ids[i], &doc, error) || (doc != NULL && !add_row (db, listing, doc, out, error)))
        return FALSE;
    }
  return TRUE;
}

/* What stands before the rows. */
static gboolean
begin_list (SpDb *db, const Listing *listing, GString *out, GError **error)
{
  g_autofree char *update_seq = NULL;
  guint live, deleted;

  if (!sp_docs_count (db, &live, &deleted, error))
    return FALSE;
  g_string_append_printf (out, "{\"total_rows\":%u,\"offset\":%u", live, listing->range.skip);
  if (listing->with_update_seq)
    {
      update_seq = sp_docs_get_update_seq (db, error);
      if (update_seq == NULL)
        return FALSE;
      g_string_append (out, ",\"update_seq\":");
      sp_json_append_text (out, update_seq);
    }
  g_string_append (out, ",\"rows\":[");
  return TRUE;
}

/**
 * sp_handle_all_docs:
 * @db: a connection
 * @request: `GET` or `POST /db/_all_docs`
 * @error: %SP_ERROR
 *
 * Options may stand in the address or in the body. Rows are in the order of the ids' bytes; what passes %SP_ANSWER_MAX_BYTES
 * is refused with 413, and to be asked for in pages.
 *
 * Returns: (transfer full) (nullable): ids and revisions of a range or of `keys`, with `include_docs` the documents
 */
SpAnswer *
sp_handle_all_docs (SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (SpNode) options = read_options (request, error);
  g_autoptr (GString) out = g_string_new (NULL);
  Listing listing;

  if (options == NULL || !read_listing (options, &listing, error) || !begin_list (db, &listing, out, error))
    return NULL;
  if (!(listing.keys != NULL ? add_keys (db, &listing, out, error) : add_range (db, &listing, out, error)))
    return NULL;
  if (is_full (out))
    return sp_answer_new_too_large ("ask in pages, with limit and startkey");
  g_string_append (out, "\n]}\n");
  return sp_answer_take (200, g_steal_pointer (&out));
}
