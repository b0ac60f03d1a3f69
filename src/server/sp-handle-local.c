/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local documents: where replicators keep their checkpoints. Any member writes them, in a limited size. */
#include "sp-handlers.h"

#include <string.h>

#define MAX_LOCAL (64 * 1024) /* bytes of one */

/* What follows `_local/`, in one part or two. */
static const char *
get_local_id (const SpRequest *request)
{
  if (strcmp (request->parts[1], "_local") == 0)
    return request->parts[2] != NULL ? request->parts[2] : "";
  return request->parts[1] + strlen ("_local/");
}

static SpAnswer *
answer_local (guint status, const char *id, const char *rev)
{
  g_autofree char *full = g_strconcat ("_local/", id, NULL);
  GString *out = g_string_new ("{\"ok\":true,\"id\":");

  sp_answer_add_text (out, full);
  g_string_append_printf (out, ",\"rev\":\"%s\"}\n", rev);
  return sp_answer_take (status, out);
}

/**
 * sp_handle_get_local:
 * @db: a connection
 * @request: `GET /db/_local/ID`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): the document
 */
SpAnswer *
sp_handle_get_local (SpDb *db, const SpRequest *request, GError **error)
{
  const char *id = get_local_id (request);
  g_autofree char *full = g_strconcat ("_local/", id, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *body = sp_docs_get_local (db, id, &rev, &problem);
  GString *out;

  if (body == NULL && !g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (body == NULL)
    return sp_answer_new_error (404, "not_found", "missing");
  out = g_string_new ("{\"_id\":");
  sp_answer_add_text (out, full);
  g_string_append_printf (out, ",\"_rev\":\"%s\"%s%s\n", rev, strcmp (body, "{}") != 0 ? "," : "", body + 1);
  return sp_answer_take (200, out);
}

/**
 * sp_handle_put_local:
 * @db: the writing connection
 * @request: `PUT /db/_local/ID`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): its revision; the newest write wins, whatever revision it names
 */
SpAnswer *
sp_handle_put_local (SpDb *db, const SpRequest *request, GError **error)
{
  const char *id = get_local_id (request);
  g_autofree char *rev = NULL;
  gsize length;
  const char *bytes = sp_request_get_bytes (request, &length);

  if (length > MAX_LOCAL)
    return sp_answer_new_error (413, "document_too_large", "A local document may have 64 KiB");
  return sp_docs_put_local (db, id, bytes, (gssize) length, &rev, error) ? answer_local (201, id, rev) : NULL;
}

/**
 * sp_handle_delete_local:
 * @db: the writing connection
 * @request: `DELETE /db/_local/ID`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): that it is gone
 */
SpAnswer *
sp_handle_delete_local (SpDb *db, const SpRequest *request, GError **error)
{
  const char *id = get_local_id (request);

  return sp_docs_delete_local (db, id, error) ? answer_local (200, id, "0-0") : NULL;
}
