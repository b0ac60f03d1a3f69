/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database as a whole: what it holds, and the calls that replicators make in passing. */
#include "sp-handlers.h"

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
