/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database as a whole: what it holds, its list of documents, and the calls that replicators make in passing. */
#include "sp-handlers.h"

#include "sp-print-document.h"

#include <gio/gio.h>

/**
 * sp_handle_info:
 * @db: a connection
 * @request: `GET /db/`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): name, newest sequence, counts
 */
SpAnswer *
sp_handle_info (SpDb *db, const SpRequest *request, GError **error)
{
  g_autofree char *seq = sp_docs_get_update_seq (db, error);
  guint live, deleted;
  GString *out;

  if (seq == NULL || !sp_docs_count (db, &live, &deleted, error))
    return NULL;
  out = g_string_new ("{\"db_name\":");
  sp_json_append_text (out, request->database);
  g_string_append_printf (out, ",\"update_seq\":\"%s\",\"doc_count\":%u,\"doc_del_count\":%u,\"purge_seq\":\"0\",\"compact_running\":false,"
                               "\"instance_start_time\":\"0\",\"props\":{}}\n", seq, live, deleted);
  return sp_answer_take (200, out);
}

/**
 * sp_handle_commit:
 * @db: the writing connection
 * @request: `POST /db/_ensure_full_commit`
 * @error: not used: what was answered before is on the disk
 *
 * Returns: (transfer full): that everything is written
 */
SpAnswer *
sp_handle_commit (SpDb *db, const SpRequest *request, GError **error)
{
  return sp_answer_new (201, "{\"ok\":true,\"instance_start_time\":\"0\"}\n");
}

/**
 * sp_handle_compact:
 * @db: the writing connection
 * @request: `POST /db/_compact`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): that it is done
 */
SpAnswer *
sp_handle_compact (SpDb *db, const SpRequest *request, GError **error)
{
  if (request->role < SP_ROLE_ADMIN)
    return sp_answer_new_error (403, "forbidden", "Only an admin may do this");
  return sp_docs_compact (db, NULL, error) ? sp_answer_new (202, "{\"ok\":true}\n") : NULL;
}

/**
 * sp_handle_revs_limit:
 * @db: a connection
 * @request: `GET /db/_revs_limit`
 * @error: not used
 *
 * Returns: (transfer full): how long a history may be
 */
SpAnswer *
sp_handle_revs_limit (SpDb *db, const SpRequest *request, GError **error)
{
  return sp_answer_new (200, "1000\n");
}

/* ── _all_docs ── */

static gboolean
add_row (SpDb *db, const SpRequest *request, const SpDoc *doc, GString *out, GError **error)
{
  g_string_append (out, "{\"id\":");
  sp_json_append_text (out, doc->id);
  g_string_append (out, ",\"key\":");
  sp_json_append_text (out, doc->id);
  g_string_append_printf (out, ",\"value\":{\"rev\":\"%s\"%s}", doc->rev, doc->deleted ? ",\"deleted\":true" : "");
  if (sp_request_get_flag (request, "include_docs"))
    {
      g_string_append (out, ",\"doc\":");
      if (doc->deleted)
        g_string_append (out, "null");
      else if (!sp_print_document (db, doc, sp_print_flags_read (request) & SP_PRINT_CONFLICTS, out, error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
add_key (SpDb *db, const SpRequest *request, const char *id, GString *out, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, &problem);

  if (doc != NULL)
    return add_row (db, request, doc, out, error);
  if (!g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_string_append (out, "{\"key\":");
  sp_json_append_text (out, id);
  g_string_append (out, ",\"error\":\"not_found\"}");
  return TRUE;
}

/* The ids that are asked for one by one, or %NULL if a range is meant. */
static gboolean
read_keys (const SpRequest *request, GStrv *keys, GError **error)
{
  const char *given = sp_request_get (request, "keys");
  g_autofree char *text = given != NULL ? g_strdup_printf ("{\"keys\":%s}", given) : NULL;
  g_autoptr (SpNode) asked = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const SpNode *list;

  *keys = NULL;
  if (text == NULL && g_bytes_get_size (request->body) == 0)
    return TRUE;
  asked = text != NULL ? sp_node_parse (text, -1, error) : sp_request_parse (request, error);
  if (asked == NULL)
    return FALSE;
  list = sp_node_get (asked, "keys");
  if (list == NULL)
    return TRUE;
  for (guint i = 0; sp_node_is_array (list) && i < sp_node_get_length (list); i++)
    if (sp_node_get_kind (sp_node_get_element (list, i)) == SP_JSON_STRING)
      g_strv_builder_add (builder, sp_node_get_string (sp_node_get_element (list, i)));
  *keys = g_strv_builder_end (builder);
  return TRUE;
}

static GStrv
list_range (SpDb *db, const SpRequest *request, GError **error)
{
  g_autofree char *key = sp_request_get_text (request, "key");
  g_autofree char *start = sp_request_get_text (request, sp_request_get (request, "startkey") != NULL ? "startkey" : "start_key");
  g_autofree char *end = sp_request_get_text (request, sp_request_get (request, "endkey") != NULL ? "endkey" : "end_key");
  SpDocsRange range = {
    .start = key != NULL ? key : start,
    .end = key != NULL ? key : end,
    .with_end = key != NULL || g_strcmp0 (sp_request_get (request, "inclusive_end"), "false") != 0,
    .descending = sp_request_get_flag (request, "descending"),
    .limit = sp_request_get_count (request, "limit", G_MAXUINT),
    .skip = sp_request_get_count (request, "skip", 0),
  };

  return sp_docs_list (db, &range, error);
}

/**
 * sp_handle_all_docs:
 * @db: a connection
 * @request: `GET` or `POST /db/_all_docs`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): ids and revisions of a range or of `keys`, with `include_docs` the documents
 */
SpAnswer *
sp_handle_all_docs (SpDb *db, const SpRequest *request, GError **error)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint live, deleted;

  if (!read_keys (request, &ids, error) || (ids == NULL && (ids = list_range (db, request, error)) == NULL)
      || !sp_docs_count (db, &live, &deleted, error))
    return NULL;
  g_string_append_printf (out, "{\"total_rows\":%u,\"offset\":%u,\"rows\":[", live, sp_request_get_count (request, "skip", 0));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      if (!add_key (db, request, ids[i], out, error))
        return NULL;
    }
  g_string_append (out, "\n]}\n");
  return sp_answer_take (200, g_steal_pointer (&out));
}
