/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the body of each request that takes one: it is answered with JSON, or refused with a sentence, and no
 * transaction stays open. */
#include "sp-feed-read.h"
#include "sp-handlers.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const struct
{
  const char *method;
  const char *path;
  const char *query;
  SpHandler   handler;
} calls[] = {
  { "POST", "/town/_bulk_docs", NULL, sp_handle_bulk_docs },
  { "POST", "/town/_bulk_get", "latest=true&revs=true", sp_handle_bulk_get },
  { "POST", "/town/_revs_diff", NULL, sp_handle_revs_diff },
  { "POST", "/town/_all_docs", "include_docs=true", sp_handle_all_docs },
  { "PUT", "/town/asset:1", "new_edits=false", sp_handle_put_document },
  { "PUT", "/town/asset:2", NULL, sp_handle_put_document },
  { "POST", "/town", NULL, sp_handle_post_document },
  { "PUT", "/town/_local/x", NULL, sp_handle_put_local },
  { "GET", "/town/asset:1", "open_revs=all&revs=true", sp_handle_get_document },
};

static SpRequest *
make_request (const char *method, const char *path, const char *query, GBytes *body)
{
  SpRequest *request = sp_request_new (method, path, query, body, NULL);

  request->account = g_strdup ("ann");
  request->role = SP_ROLE_EDITOR;
  request->type = g_strdup ("application/json");
  return request;
}

static void
check_answer (const SpAnswer *answer)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (answer->body->str, answer->body->len, G_MAXINT32, NULL);

  g_assert_nonnull (tokens);
}

static void
try_filter (const char *filter, GBytes *body)
{
  g_autofree char *query = g_strconcat ("filter=", filter, NULL);
  g_autoptr (SpRequest) request = make_request ("POST", "/town/_changes", query, body);
  g_autoptr (SpFeedQuery) made = sp_feed_query_new (request, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static SpDb *db;
  g_autoptr (GBytes) body = g_bytes_new (data, size);

  if (db == NULL)
    db = sp_db_open (":memory:", SP_DB_SERVE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (SpRequest) request = make_request (calls[i].method, calls[i].path, calls[i].query, body);
      g_autoptr (GError) error = NULL;
      g_autoptr (SpAnswer) answer = calls[i].handler (db, request, &error);

      g_assert_true ((answer != NULL) != (error != NULL));
      if (answer != NULL)
        check_answer (answer);
      g_assert_true (sqlite3_get_autocommit (sp_db_get_handle (db)));
    }
  try_filter ("_selector", body);
  try_filter ("_doc_ids", body);
  return 0;
}
