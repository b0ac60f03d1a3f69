/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local documents: where replicators keep their checkpoints. Any member writes them, in a limited size and number. */
#include "sp-handlers.h"

#include <string.h>

#define MAX_OWN 256           /* that one account has begun */

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

  sp_json_append_text (out, full);
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
  sp_json_append_text (out, full);
  g_string_append_printf (out, ",\"_rev\":\"%s\"%s%s\n", rev, strcmp (body, "{}") != 0 ? "," : "", body + 1);
  return sp_answer_take (200, out);
}

/* ── How many an account may begin ── */

/* Their ids, each on a line of the list that is kept for the account. */
static char *
make_list_key (const SpRequest *request)
{
  return g_strconcat ("local documents of ", request->account, NULL);
}

static GPtrArray *
read_own (SpDb *db, const SpRequest *request)
{
  g_autofree char *key = make_list_key (request);
  g_autofree char *text = sp_db_get_meta (db, key);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_ptr_array_add (own, g_strdup (lines[i]));
  return own;
}

static gboolean
write_own (SpDb *db, const SpRequest *request, GPtrArray *own, GError **error)
{
  g_autofree char *key = make_list_key (request);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < own->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (own, i));
  return sp_db_set_meta (db, key, text->str, error);
}

/* Ids may hold line ends: they are listed as they travel. */
static char *
make_line (const char *id)
{
  return g_uri_escape_string (id, NULL, TRUE);
}

/* Notes that an account writes @id; only what it has not written before counts. */
static gboolean
count_in (SpDb *db, const SpRequest *request, const char *id, GError **error)
{
  g_autoptr (GPtrArray) own = read_own (db, request);
  g_autofree char *line = make_line (id);

  if (g_ptr_array_find_with_equal_func (own, line, g_str_equal, NULL))
    return TRUE;
  if (own->len >= MAX_OWN)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "An account may have %d local documents", MAX_OWN);
      return FALSE;
    }
  g_ptr_array_add (own, g_steal_pointer (&line));
  return write_own (db, request, own, error);
}

static gboolean
count_out (SpDb *db, const SpRequest *request, const char *id, GError **error)
{
  g_autoptr (GPtrArray) own = read_own (db, request);
  g_autofree char *line = make_line (id);
  guint index;

  if (!g_ptr_array_find_with_equal_func (own, line, g_str_equal, &index))
    return TRUE;
  g_ptr_array_remove_index (own, index);
  return write_own (db, request, own, error);
}

/* ── Writing ── */

/* Ends a transaction, well or not. */
static gboolean
end (SpDb *db, gboolean good, GError **error)
{
  if (good && sp_db_commit (db, error))
    return TRUE;
  sp_db_rollback (db);
  return FALSE;
}

static gboolean
is_tombstone (const char *bytes, gsize length)
{
  g_autoptr (SpNode) node = sp_node_parse (bytes, (gssize) length, NULL);

  return node != NULL && sp_node_is_object (node) && sp_node_get_flag (node, "_deleted", FALSE);
}

/**
 * sp_handle_write_local:
 * @db: the writing connection, inside a transaction
 * @request: who writes
 * @id: what follows `_local/`
 * @json: (nullable): the document; %NULL to remove it
 * @length: of @json, in bytes
 * @rev: (out) (transfer full): its revision
 * @error: %SP_ERROR_DENIED if the account has too many, %SP_ERROR_NOT_FOUND …
 *
 * Returns: whether it was written
 */
gboolean
sp_handle_write_local (SpDb *db, const SpRequest *request, const char *id, const char *json, gsize length, char **rev, GError **error)
{
  if (json != NULL)
    return count_in (db, request, id, error) && sp_docs_put_local (db, id, json, (gssize) length, rev, error);
  *rev = g_strdup ("0-0");
  return count_out (db, request, id, error) && sp_docs_delete_local (db, id, error);
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

  if (length > SP_HANDLE_MAX_LOCAL)
    return sp_answer_new_error (413, "document_too_large", "A local document may have 64 KiB");
  if (is_tombstone (bytes, length))
    bytes = NULL;
  if (!sp_db_begin (db, error) || !end (db, sp_handle_write_local (db, request, id, bytes, length, &rev, error), error))
    return NULL;
  return answer_local (201, id, rev);
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
  g_autofree char *rev = NULL;

  if (!sp_db_begin (db, error) || !end (db, sp_handle_write_local (db, request, id, NULL, 0, &rev, error), error))
    return NULL;
  return answer_local (200, id, rev);
}
