/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local documents: where replicators keep their checkpoints. Each account has its own, which nobody else sees or writes: a
 * checkpoint that somebody else could write would make a replica skip what has changed. So two people whose replicators come
 * to one id do not meet either.
 *
 * In the store an id is that of the account, a line end, which is in no account's name, and what follows `_local/`. What a
 * server wrote before it kept them apart is seen by nobody: a replicator then looks through the changes once more. */
#include "sp-handlers.h"

#include <stdio.h>
#include <string.h>

#define MAX_OWN 4096                     /* documents of one account: two for each device that was ever set up */
#define MAX_OWN_BYTES (4 * 1024 * 1024)  /* of their ids and bodies together */

/* What follows `_local/`, in one part or two. */
static const char *
get_local_id (const SpRequest *request)
{
  if (strcmp (request->parts[1], "_local") == 0)
    return request->parts[2] != NULL ? request->parts[2] : "";
  return request->parts[1] + strlen ("_local/");
}

static char *
make_key (const SpRequest *request, const char *id)
{
  return g_strconcat (request->account, "\n", id, NULL);
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
  g_autofree char *key = make_key (request, id);
  g_autofree char *rev = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *body = sp_docs_get_local (db, key, &rev, &problem);
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

/* ── Writing ── */

/* What an account has: counted once from its documents, and kept from then on, for a batch may hold very many of them. */
typedef struct
{
  guint count;
  gsize bytes; /* of ids and bodies */
} Own;

static char *
make_own_key (const SpRequest *request)
{
  return g_strconcat ("room of local documents of ", request->account, NULL);
}

static gboolean
read_own (SpDb *db, const SpRequest *request, Own *own, GError **error)
{
  g_autofree char *meta = make_own_key (request);
  g_autofree char *text = sp_db_get_meta (db, meta);
  g_autofree char *prefix = make_key (request, "");

  if (text != NULL && sscanf (text, "%u %" G_GSIZE_FORMAT, &own->count, &own->bytes) == 2)
    return TRUE;
  return sp_docs_measure_local (db, prefix, &own->count, &own->bytes, error);
}

/* Of an id and a body; 0 if there is none. */
static gsize
measure (SpDb *db, const char *key)
{
  g_autofree char *body = sp_docs_get_local (db, key, NULL, NULL);

  return body != NULL ? strlen (key) + strlen (body) : 0;
}

static gboolean
note_own (SpDb *db, const SpRequest *request, const Own *own, const char *key, gsize before, GError **error)
{
  const gsize after = measure (db, key);
  const guint count = own->count + (after > 0) - (before > 0);
  g_autofree char *meta = make_own_key (request);
  g_autofree char *text = g_strdup_printf ("%u %" G_GSIZE_FORMAT, count, own->bytes - before + after);

  return sp_db_set_meta (db, meta, text, error);
}

static gboolean
put (SpDb *db, const SpRequest *request, const char *key, const char *json, gsize length, char **rev, GError **error)
{
  const gsize before = measure (db, key);
  Own own;

  if (!read_own (db, request, &own, error))
    return FALSE;
  if (own.count + (before == 0) <= MAX_OWN && own.bytes - before + strlen (key) + length <= MAX_OWN_BYTES)
    return sp_docs_put_local (db, key, json, (gssize) length, rev, error) && note_own (db, request, &own, key, before, error);
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "An account may have %d local documents, of %d MiB together", MAX_OWN, MAX_OWN_BYTES / 1024 / 1024);
  return FALSE;
}

static gboolean
drop (SpDb *db, const SpRequest *request, const char *key, const char *id, GError **error)
{
  const gsize before = measure (db, key);
  Own own;

  if (before > 0)
    return read_own (db, request, &own, error) && sp_docs_delete_local (db, key, error) && note_own (db, request, &own, key, before, error);
  g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "_local/%s: there is no such local document", id);
  return FALSE;
}

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
 * @request: who writes: it is one of theirs
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
  g_autofree char *key = make_key (request, id);

  if (id[0] == '\0')
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "A local document must have an id");
      return FALSE;
    }
  if (json != NULL)
    return put (db, request, key, json, length, rev, error);
  *rev = g_strdup ("0-0");
  return drop (db, request, key, id, error);
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
