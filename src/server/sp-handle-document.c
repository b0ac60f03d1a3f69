/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document: read with its history and conflicts, written below the revision that the writer names. */
#include "sp-handlers.h"

#include "sp-erase.h"
#include "sp-print-document.h"
#include "sp-revision.h"
#include "sp-wire.h"
#include "sp-write-check.h"

#include <gio/gio.h>
#include <string.h>

/* `x`, or `_design/x` in one part or two. */
static char *
get_id (const SpRequest *request)
{
  GStrv parts = request->parts;

  return strcmp (parts[1], "_design") == 0 && parts[2] != NULL ? g_strconcat ("_design/", parts[2], NULL) : g_strdup (parts[1]);
}

/* ── Reading ── */

static gboolean
is_not_found (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

/* The greatest leaf at or below @rev, if `latest` is asked for. */
static SpDoc *
find_document (SpDb *db, const SpRequest *request, const char *id, GError **error)
{
  const char *rev = sp_request_get (request, "rev");
  g_autoptr (GPtrArray) found = NULL;

  if (rev == NULL || !sp_request_get_flag (request, "latest"))
    return sp_docs_get (db, id, rev, error);
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_doc_free);
  if (!sp_handle_add_revision (db, id, rev, TRUE, found, error))
    return NULL;
  return g_ptr_array_steal_index (found, 0);
}

static SpAnswer *
answer_document (SpDb *db, const SpRequest *request, const SpDoc *doc, GError **error)
{
  const SpPrintFlags flags = sp_print_flags_read (request);
  g_autoptr (GString) out = g_string_sized_new (strlen (doc->body) + 256);
  SpAnswer *answer;

  if (!sp_print_document (db, doc, flags, out, error))
    return NULL;
  g_string_append_c (out, '\n');
  answer = sp_answer_take (200, g_steal_pointer (&out));
  if (flags == 0) /* what is told of its history changes while its revision stays */
    answer->etag = g_strdup (doc->rev);
  return answer;
}

typedef struct
{
  SpDb            *db;
  const SpRequest *request;
  const char      *id;
  GHashTable      *told; /* (element-type utf8): revisions */
  GString         *out;
} OpenRevs;

static void
add_missing (OpenRevs *self, const char *rev)
{
  g_string_append (self->out, self->out->len > 1 ? ",{\"missing\":" : "{\"missing\":");
  sp_json_append_text (self->out, rev);
  g_string_append_c (self->out, '}');
}

/* Each revision once: with `latest`, several that are asked for may have become one. */
static gboolean
add_found (OpenRevs *self, const SpDoc *doc, GError **error)
{
  if (!g_hash_table_add (self->told, g_strdup (doc->rev)))
    return TRUE;
  g_string_append (self->out, self->out->len > 1 ? ",{\"ok\":" : "{\"ok\":");
  if (!sp_wire_append (self->db, doc, sp_request_get_flag (self->request, "revs"), self->out, error))
    return FALSE;
  g_string_append_c (self->out, '}');
  return TRUE;
}

static gboolean
add_open_revision (OpenRevs *self, const char *rev, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_doc_free);
  g_autoptr (GError) problem = NULL;

  if (!sp_handle_add_revision (self->db, self->id, rev, sp_request_get_flag (self->request, "latest"), found, &problem))
    {
      if (!is_not_found (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (g_hash_table_add (self->told, g_strdup (rev)))
        add_missing (self, rev);
    }
  for (guint i = 0; i < found->len; i++)
    if (!add_found (self, g_ptr_array_index (found, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_all_leaves (OpenRevs *self, GError **error)
{
  g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (self->db, self->id, error);

  for (guint i = 0; leaves != NULL && i < leaves->len && self->out->len <= SP_ANSWER_MAX_BYTES; i++)
    if (!add_open_revision (self, ((const SpDoc *) g_ptr_array_index (leaves, i))->rev, error))
      return FALSE;
  return leaves != NULL;
}

/* `open_revs`: all leaves, or a list of revisions; each an `ok` or a `missing`. */
static SpAnswer *
get_open_revisions (SpDb *db, const SpRequest *request, const char *id, const char *which, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) out = g_string_new ("[");
  g_autoptr (SpNode) list = strcmp (which, "all") != 0 ? sp_node_parse (which, -1, NULL) : NULL;
  OpenRevs self = { db, request, id, told, out };

  if (strcmp (which, "all") == 0)
    {
      if (!add_all_leaves (&self, error))
        return NULL;
    }
  else if (list == NULL || !sp_node_is_array (list))
    return sp_answer_new_error (400, "bad_request", "open_revs must be a list of revisions, or all");
  for (guint i = 0; list != NULL && i < sp_node_get_length (list) && out->len <= SP_ANSWER_MAX_BYTES; i++)
    {
      const SpNode *rev = sp_node_get_element (list, i);

      if (sp_node_get_kind (rev) != SP_JSON_STRING)
        return sp_answer_new_error (400, "bad_request", "open_revs must be a list of revisions, or all");
      if (!add_open_revision (&self, sp_node_get_string (rev), error))
        return NULL;
    }
  if (out->len > SP_ANSWER_MAX_BYTES)
    return sp_answer_new_too_large ("ask for fewer revisions at a time");
  g_string_append (out, "]\n");
  return sp_answer_take (200, g_steal_pointer (&out));
}

/**
 * sp_handle_get_document:
 * @db: a connection
 * @request: `GET /db/ID`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the document, or its `open_revs`
 */
SpAnswer *
sp_handle_get_document (SpDb *db, const SpRequest *request, GError **error)
{
  g_autofree char *id = get_id (request);
  const char *open_revs = sp_request_get (request, "open_revs");
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = NULL;

  if (open_revs != NULL)
    return get_open_revisions (db, request, id, open_revs, error);
  doc = find_document (db, request, id, &problem);
  if (doc == NULL && !is_not_found (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (doc == NULL || doc->body == NULL)
    return sp_answer_new_error (404, "not_found", "missing");
  if (doc->deleted && sp_request_get (request, "rev") == NULL)
    return sp_answer_new_error (404, "not_found", "deleted");
  return answer_document (db, request, doc, error);
}

/* ── Writing ── */

/**
 * sp_handle_make_id:
 *
 * Returns: (transfer full): an id for a document that has none: 32 hexadecimal digits
 */
char *
sp_handle_make_id (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  GString *out = g_string_new (uuid);

  g_string_replace (out, "-", "", 0);
  return g_string_free (out, FALSE);
}

/* The parent that a writer names: in the address, as If-Match, or in the document. */
static const char *
get_parent (const SpRequest *request, const SpNode *body)
{
  const char *rev = sp_request_get (request, "rev");

  if (rev == NULL)
    rev = request->match;
  return rev != NULL || body == NULL ? rev : sp_node_get_text (body, "_rev");
}

static SpAnswer *
answer_written (guint status, const char *id, const char *rev)
{
  GString *out = g_string_new ("{\"ok\":true,\"id\":");
  SpAnswer *answer;

  sp_json_append_text (out, id);
  g_string_append (out, ",\"rev\":");
  sp_json_append_text (out, rev);
  g_string_append (out, "}\n");
  answer = sp_answer_take (status, out);
  answer->etag = g_strdup (rev);
  return answer;
}

static SpAnswer *
put (SpDb *db, const SpRequest *request, const char *id, const char *parent, gboolean deleted, SpNode *body, GError **error)
{
  g_autofree char *rev = NULL;
  const SpRightsDocument document = sp_rights_read (id, deleted, body);
  SpWriteCheck check;
  gsize length;
  const char *bytes = sp_request_get_bytes (request, &length);

  if (!sp_write_check_init (&check, db, request, error) || !sp_write_check_allows (&check, &document, parent, error)
      || !sp_docs_put (db, id, parent, deleted, body, &rev, error) || !sp_erase_arrived (db, id, bytes, length, error))
    return NULL;
  return answer_written (strcmp (request->method, "DELETE") == 0 ? 200 : 201, id, rev);
}

/* `PUT /db/ID?new_edits=false`: a revision of somebody else. */
static SpAnswer *
put_history (SpDb *db, const SpRequest *request, const char *id, const SpNode *body, GError **error)
{
  g_auto (SpWireHead) head = { 0 };
  SpRightsDocument document;
  SpWriteCheck check;
  gsize length;
  const char *bytes = sp_request_get_bytes (request, &length);

  if (!sp_wire_read_head (bytes, length, &head, error) || !sp_write_check_init (&check, db, request, error))
    return NULL;
  document = sp_rights_read (id, head.deleted, body);
  if (!sp_write_check_allows (&check, &document, head.revisions[0], error)
      || !sp_docs_put_history (db, id, (const char *const *) head.revisions, head.deleted, bytes, (gssize) length, NULL, error)
      || !sp_erase_arrived (db, id, bytes, length, error))
    return NULL;
  return answer_written (201, id, head.revisions[0]);
}

static SpNode *
parse_document (const SpRequest *request, SpAnswer **refused, GError **error)
{
  gsize length;
  const char *bytes = sp_request_get_bytes (request, &length);
  g_autoptr (SpNode) body = NULL;

  if (length > SP_JSON_MAX_BYTES)
    {
      *refused = sp_answer_new_error (413, "document_too_large", "A document may have 1 MiB");
      return NULL;
    }
  body = sp_node_parse (bytes, (gssize) length, error);
  if (body == NULL)
    return NULL;
  if (!sp_node_is_object (body))
    *refused = sp_answer_new_error (400, "bad_request", "Document must be a JSON object");
  else if (sp_node_get (body, "_id") != NULL && sp_node_get_text (body, "_id") == NULL)
    *refused = sp_answer_new_error (400, "bad_request", "_id is not a text");
  return *refused == NULL ? g_steal_pointer (&body) : NULL;
}

/**
 * sp_handle_put_document:
 * @db: the writing connection
 * @request: `PUT /db/ID`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the new revision
 */
SpAnswer *
sp_handle_put_document (SpDb *db, const SpRequest *request, GError **error)
{
  g_autofree char *id = get_id (request);
  g_autoptr (SpNode) body = NULL;
  SpAnswer *refused = NULL;

  body = parse_document (request, &refused, error);
  if (body == NULL)
    return refused;
  if (g_strcmp0 (sp_request_get (request, "new_edits"), "false") == 0)
    return put_history (db, request, id, body, error);
  return put (db, request, id, get_parent (request, body), sp_node_get_flag (body, "_deleted", FALSE), body, error);
}

/**
 * sp_handle_delete_document:
 * @db: the writing connection
 * @request: `DELETE /db/ID?rev=`
 * @error: %SP_ERROR
 *
 * A tombstone without a body; one that shall keep members is written with PUT and `_deleted`.
 *
 * Returns: (transfer full) (nullable): the new revision
 */
SpAnswer *
sp_handle_delete_document (SpDb *db, const SpRequest *request, GError **error)
{
  g_autofree char *id = get_id (request);
  g_autoptr (SpNode) body = sp_node_new_object ();
  g_autoptr (SpDoc) doc = sp_docs_get (db, id, NULL, NULL);

  if (doc == NULL || doc->deleted)
    return sp_answer_new_error (404, "not_found", doc == NULL ? "missing" : "deleted");
  return put (db, request, id, get_parent (request, NULL), TRUE, body, error);
}

/**
 * sp_handle_post_document:
 * @db: the writing connection
 * @request: `POST /db`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the new revision
 */
SpAnswer *
sp_handle_post_document (SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (SpNode) body = NULL;
  g_autofree char *made = NULL;
  SpAnswer *refused = NULL;
  const char *id;

  if (request->type == NULL || !g_str_has_prefix (request->type, "application/json"))
    return sp_answer_new_error (415, "bad_content_type", "Content-Type must be application/json");
  body = parse_document (request, &refused, error);
  if (body == NULL)
    return refused;
  id = sp_node_get_text (body, "_id");
  if (id == NULL)
    id = made = sp_handle_make_id ();
  return put (db, request, id, get_parent (request, body), sp_node_get_flag (body, "_deleted", FALSE), body, error);
}
