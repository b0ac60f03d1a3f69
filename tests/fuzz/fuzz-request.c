/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the first line of a request of a client that means no good: method, path, query. It is refused with a
 * sentence or a status, or answered, and no transaction stays open. */
#include "sp-feed-read.h"
#include "sp-routes.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SpDb *
open_store (void)
{
  static SpDb *db;
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\",\"name\":\"x\"}", -1, NULL);

  if (db == NULL)
    {
      db = sp_db_open (":memory:", SP_DB_WRITE, NULL);
      sp_docs_put (db, "asset:1", NULL, FALSE, body, NULL, NULL);
    }
  return db;
}

static void
answer (SpDb *db, const SpRequest *request)
{
  guint status = 0;
  const SpRoute *route = sp_routes_find (request, &status);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpAnswer) made = NULL;

  if (route == NULL)
    {
      g_assert_cmpuint (status, >=, 400);
      return;
    }
  made = route->handler (db, request, &error);
  g_assert_true ((made != NULL) != (error != NULL));
  g_assert_true (sqlite3_get_autocommit (sp_db_get_handle (db)));
}

static void
read_feed (const SpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpFeedQuery) query = sp_feed_query_new (request, &error);

  g_assert_true ((query != NULL) != (error != NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"docs\":[{\"_id\":\"asset:1\",\"id\":\"asset:1\"}]}", 41);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpRequest) request = NULL;

  if (words[0] == NULL || words[1] == NULL || !g_utf8_validate (text, -1, NULL))
    return 0;
  request = sp_request_new (words[0], words[1], words[2], body, &error);
  g_assert_true ((request != NULL) != (error != NULL));
  if (request == NULL)
    return 0;
  request->account = g_strdup ("ann");
  request->role = SP_ROLE_EDITOR;
  request->type = g_strdup ("application/json");
  answer (open_store (), request);
  read_feed (request);
  return 0;
}
