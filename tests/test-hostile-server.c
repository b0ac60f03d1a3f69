/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Servers that mean no good, or are broken: whatever they answer, a sync ends, with a sentence or with what was refused
 * by name, the store stays sound, and what was written here stays. */
#include "replica-fixture.h"

#include "sp-check.h"
#include "sp-couch-peer.h"
#include "sp-couch-client.h"

#include <libsoup/soup.h>

#define OWN "asset:own"
#define DOCUMENT(members) "{\"results\":[{\"id\":\"asset:a\",\"docs\":[{\"ok\":{\"_id\":\"asset:a\"," members "}}]}]}"
#define ONE_CHANGE "{\"results\":[{\"seq\":\"1-a\",\"id\":\"asset:a\",\"changes\":[{\"rev\":\"2-b\"}]}],\"last_seq\":\"1-a\"}"

/* What the server answers instead of something sensible, where a path ends so. */
typedef struct
{
  const char *name;
  const char *path;
  const char *answer;
  const char *changes; /* nullable: what it lists; else nothing */
  guint       status;  /* 0: 200 */
} Trick;

/* In @answer: a great many of one character, for what cannot be written out. */
#define DEEP "\001"
#define ENDLESS "\002"

static const Trick tricks[] = {
  { "info-empty", "/town/", "", NULL, 0 },
  { "info-wrong", "/town/", "[{\"db_name\":7}]", NULL, 0 },
  { "info-deep", "/town/", DEEP, NULL, 0 },
  { "info-endless", "/town/", ENDLESS, NULL, 0 },
  { "uuid-wrong", "/", "{\"couchdb\":[],\"uuid\":{\"a\":1}}", NULL, 0 },
  { "elsewhere", "/town/", "{}", NULL, 301 },
  { "changes-deep", "/_changes", DEEP, NULL, 0 },
  { "changes-endless", "/_changes", ENDLESS, NULL, 0 },
  { "changes-no-list", "/_changes", "{\"results\":{\"a\":1},\"last_seq\":3}", NULL, 0 },
  { "changes-no-end", "/_changes", "{\"results\":[]}", NULL, 0 },
  { "changes-wrong-rows", "/_changes", "{\"results\":[7,null,{\"id\":[1],\"changes\":\"x\"},{\"id\":\"asset:a\",\"changes\":[{\"rev\":7}]}],\"last_seq\":\"1\"}", NULL, 0 },
  { "changes-wrong-revs", "/_changes", "{\"results\":[{\"seq\":1,\"id\":\"asset:a\",\"changes\":[{\"rev\":\"x\"},{\"rev\":\"99999999999-a\"},{\"rev\":\"0-\"}]}],\"last_seq\":\"1\"}", NULL, 0 },
  { "changes-wrong-ids", "/_changes", "{\"results\":[{\"seq\":1,\"id\":\"_local/x\",\"changes\":[{\"rev\":\"1-a\"}]},{\"seq\":2,\"id\":\"\",\"changes\":[{\"rev\":\"1-a\"}]}],\"last_seq\":\"1\"}", NULL, 0 },
  { "documents-deep", "/_bulk_get", DEEP, ONE_CHANGE, 0 },
  { "documents-endless", "/_bulk_get", ENDLESS, ONE_CHANGE, 0 },
  { "documents-none", "/_bulk_get", "{\"results\":[]}", ONE_CHANGE, 0 },
  { "documents-wrong", "/_bulk_get", "{\"results\":[{\"id\":7,\"docs\":[{\"ok\":null},{\"error\":7},9]}]}", ONE_CHANGE, 0 },
  { "documents-another", "/_bulk_get", "{\"results\":[{\"id\":\"asset:a\",\"docs\":[{\"ok\":{\"_id\":\"_design/x\",\"_rev\":\"1-a\"}}]}]}", ONE_CHANGE, 0 },
  { "ancestry-gap", "/_bulk_get", DOCUMENT ("\"_rev\":\"2-b\",\"_revisions\":{\"start\":7,\"ids\":[\"b\",\"a\"]}"), ONE_CHANGE, 0 },
  { "ancestry-empty", "/_bulk_get", DOCUMENT ("\"_rev\":\"2-b\",\"_revisions\":{\"start\":2,\"ids\":[]}"), ONE_CHANGE, 0 },
  { "ancestry-greatest", "/_bulk_get", DOCUMENT ("\"_rev\":\"2147483648-b\",\"_revisions\":{\"start\":2147483648,\"ids\":[\"b\"]}"), ONE_CHANGE, 0 },
  { "ancestry-wrong", "/_bulk_get", DOCUMENT ("\"_rev\":\"2-b\",\"_revisions\":[\"2-b\",{}]"), ONE_CHANGE, 0 },
  { "ancestry-below-zero", "/_bulk_get", DOCUMENT ("\"_rev\":\"1-b\",\"_revisions\":{\"start\":1,\"ids\":[\"b\",\"a\",\"z\"]}"), ONE_CHANGE, 0 },
  { "merge-that-never-was", "/_bulk_get", DOCUMENT ("\"_rev\":\"2-b\",\"_revisions\":{\"start\":2,\"ids\":[\"b\",\"a\"]},\"type\":\"asset\",\"edit\":[{\"from\":\"1-a\",\"merged\":[\"2-b\",\"1-a\",\"x\"]}]"), ONE_CHANGE, 0 },
  { "nul", "/_bulk_get", DOCUMENT ("\"_rev\":\"2-b\",\"name\":\"a\\u0000b\""), ONE_CHANGE, 0 },
  { "missing-wrong", "/_revs_diff", "{\"asset:own\":{\"missing\":7},\"x\":[]}", NULL, 0 },
  { "missing-others", "/_revs_diff", "{\"asset:never\":{\"missing\":[\"7-never\",\"x\"]},\"asset:own\":{\"missing\":[\"9-never\"]}}", NULL, 0 },
  { "missing-deep", "/_revs_diff", DEEP, NULL, 0 },
  { "written-wrong", "/_bulk_docs", "{\"ok\":true}", NULL, 0 },
  { "written-others", "/_bulk_docs", "[{\"id\":\"asset:never\",\"error\":\"forbidden\"},{\"error\":7},null]", NULL, 0 },
  { "written-deep", "/_bulk_docs", DEEP, NULL, 0 },
  { "written-nothing", "/_bulk_docs", "", NULL, 0 },
  { "checkpoint-deep", "_local/", DEEP, NULL, 0 },
  { "checkpoint-wrong", "_local/", "{\"session_id\":[],\"source_last_seq\":{},\"history\":7}", NULL, 0 },
  { "checkpoint-list", "_local/", "[1,2,3]", NULL, 0 },
  { "checkpoint-lies", "_local/", "{\"_rev\":\"0-9\",\"session_id\":\"s\",\"source_last_seq\":\"999-f\",\"history\":[{\"session_id\":\"s\",\"recorded_seq\":\"999-f\"}]}", NULL, 0 },
};

typedef struct
{
  StoreFixture store;
  SoupServer  *server;
  char        *lacks;  /* what the server says it lacks: our own entry */
  const Trick *trick;
} Hostile;

/* ── The server ── */

static void
fill (SoupServerMessage *message)
{
  static char block[1024 * 1024];

  memset (block, ' ', sizeof block);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, block, sizeof block);
}

static void
wrote_chunk_cb (SoupServerMessage *message, Hostile *f)
{
  fill (message);
  soup_server_message_unpause (message);
}

static void
answer_endlessly (Hostile *f, SoupServerMessage *message)
{
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), f);
  fill (message);
}

static void
answer_trick (Hostile *f, SoupServerMessage *message)
{
  const char *answer = f->trick->answer;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, f->trick->status != 0 ? f->trick->status : 200, NULL);
  if (f->trick->status == 301)
    soup_message_headers_replace (headers, "Location", "http://elsewhere.example.org/");
  if (strcmp (answer, ENDLESS) == 0)
    answer_endlessly (f, message);
  else if (strcmp (answer, DEEP) == 0)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, g_strnfill (500000, '['), 500000);
  else
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer, strlen (answer));
}

/* What a server without documents says, but for the changes it lists. */
static const char *
get_sensible (const Hostile *f, const char *method, const char *path, guint *status)
{
  *status = 200;
  if (strcmp (path, "/") == 0)
    return "{\"couchdb\":\"Welcome\",\"uuid\":\"0123456789abcdef0123456789abcdef\"}";
  if (strcmp (path, "/town/") == 0)
    return "{\"db_name\":\"town\",\"update_seq\":\"0-a\",\"doc_count\":0,\"doc_del_count\":0}";
  if (g_str_has_suffix (path, "/_changes"))
    return f->trick->changes != NULL ? f->trick->changes : "{\"results\":[],\"last_seq\":\"0-a\",\"pending\":0}";
  if (g_str_has_suffix (path, "/_revs_diff"))
    return f->lacks;
  if (g_str_has_suffix (path, "/_bulk_get"))
    return "{\"results\":[]}";
  *status = strcmp (method, "GET") == 0 ? 404 : 201;
  return g_str_has_suffix (path, "/_bulk_docs") ? "[]" : *status == 404 ? "{\"error\":\"not_found\",\"reason\":\"missing\"}"
                                                                        : "{\"ok\":true,\"id\":\"x\",\"rev\":\"0-1\"}";
}

static void
asked_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Hostile *f = data;
  guint status;
  const char *answer;
  gboolean is_local = strcmp (f->trick->path, "_local/") == 0 && strstr (path, "/_local/") != NULL;

  if (is_local || (strcmp (f->trick->path, "/") == 0 ? strcmp (path, "/") == 0 : g_str_has_suffix (path, f->trick->path)))
    {
      answer_trick (f, message);
      return;
    }
  answer = get_sensible (f, soup_server_message_get_method (message), path, &status);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer, strlen (answer));
}

static void
set_up_hostile (Hostile *f, gconstpointer trick)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;

  f->trick = trick;
  f->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (f->server, NULL, asked_cb, f, NULL);
  soup_server_listen_local (f->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  set_up_store (&f->store, NULL);
  rev = save_entry (&f->store, OWN, NULL, "{'type':'asset','schema':1,'kind':'group','name':'Our own'}", NULL);
  f->lacks = g_strdup_printf ("{\"" OWN "\":{\"missing\":[\"%s\"]}}", rev);
}

static void
tear_down_hostile (Hostile *f, gconstpointer trick)
{
  tear_down_store (&f->store, NULL);
  soup_server_disconnect (f->server);
  g_clear_object (&f->server);
  g_free (f->lacks);
}

/* ── What a store must be like afterwards ── */

static gpointer
find_problems (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);

  return sp_check_integrity (db, problems, cancellable, error) ? problems : NULL;
}

static void
assert_sound (Hostile *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *text = dump_store (&f->store);

  sp_store_read_async (f->store.store, find_problems, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  problems = sp_store_call_finish (f->store.store, result, NULL);
  g_assert_nonnull (problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (strstr (text, "Our own"));
}

static gboolean
replicate_to_server (Hostile *f, gboolean pulls, SpReplicatorCounts *counts, GError **error)
{
  GSList *uris = soup_server_get_uris (f->server);
  g_autoptr (GUri) uri = g_uri_parse_relative (uris->data, "/town", G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, NULL, NULL);
  g_autoptr (SpPeer) remote = SP_PEER (sp_couch_peer_new (client));
  g_autoptr (SpPeer) local = SP_PEER (sp_store_peer_new (f->store.store, TRUE));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return replicate_peers (pulls ? remote : local, pulls ? local : remote, counts, error);
}

static void
run (Hostile *f, gboolean pulls)
{
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  if (!replicate_to_server (f, pulls, &counts, &error))
    g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_trick (Hostile *f, gconstpointer trick)
{
  for (guint times = 0; times < 2; times++) /* the second time from whatever the first left behind */
    {
      run (f, TRUE);
      run (f, FALSE);
    }
  assert_sound (f);
}

/* A server that calls a small document too large is not believed: it is sent again the next time. */
static void
test_too_large (Hostile *f, gconstpointer trick)
{
  static const Trick none = { "none", "/nowhere", "", NULL, 0 };
  SpReplicatorCounts counts;
  g_autoptr (GError) error = NULL;

  g_assert_false (replicate_to_server (f, FALSE, &counts, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  f->trick = &none;
  g_assert_true (replicate_to_server (f, FALSE, &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts.written, ==, 1);
}

/* What a server says of a document that we do not have counts for nothing, and stops nothing, now or later. */
static void
test_strangers (Hostile *f, gconstpointer trick)
{
  static const Trick none = { "none", "/nowhere", "", NULL, 0 };
  SpReplicatorCounts counts;
  g_autoptr (GError) error = NULL;

  replicate_to_server (f, FALSE, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.written, ==, f->trick->status == 201 ? 1 : 0);
  f->trick = &none;
  replicate_to_server (f, FALSE, &counts, &error);
  g_assert_no_error (error);
}

/* A good document between bad ones comes through; the bad ones are refused by name. */
static void
test_good_among_bad (Hostile *f, gconstpointer trick)
{
  g_autofree char *text = NULL;

  run (f, TRUE);
  assert_sound (f);
  text = dump_store (&f->store);
  g_assert_nonnull (strstr (text, "asset:good 1-a {\"name\":\"good\"}"));
  g_assert_null (strstr (text, "asset:deep"));
  g_assert_null (strstr (text, "asset:huge"));
  g_assert_null (strstr (text, "asset:twice"));
}

/* One changes row and one result for each of four documents, the good one last. */
static Trick *
make_mixture (void)
{
  Trick *trick = g_new0 (Trick, 1);
  g_autofree char *deep = g_strnfill (200, '[');
  g_autofree char *undeep = g_strnfill (200, ']');
  g_autofree char *huge = g_strnfill (1500000, 'x');

  trick->path = "/_bulk_get";
  trick->changes = "{\"results\":[{\"seq\":1,\"id\":\"asset:deep\",\"changes\":[{\"rev\":\"1-a\"}]},{\"seq\":2,\"id\":\"asset:huge\",\"changes\":[{\"rev\":\"1-a\"}]},"
                   "{\"seq\":3,\"id\":\"asset:twice\",\"changes\":[{\"rev\":\"1-a\"}]},{\"seq\":4,\"id\":\"asset:good\",\"changes\":[{\"rev\":\"1-a\"}]}],\"last_seq\":4}";
  trick->answer = g_strdup_printf ("{\"results\":[{\"id\":\"asset:deep\",\"docs\":[{\"ok\":{\"_id\":\"asset:deep\",\"_rev\":\"1-a\",\"a\":%s%s}}]},"
                                   "{\"id\":\"asset:huge\",\"docs\":[{\"ok\":{\"_id\":\"asset:huge\",\"_rev\":\"1-a\",\"a\":\"%s\"}}]},"
                                   "{\"id\":\"asset:twice\",\"docs\":[{\"ok\":{\"_id\":\"asset:twice\",\"_rev\":\"1-a\",\"a\":1,\"a\":2}}]},"
                                   "{\"id\":\"asset:good\",\"docs\":[{\"ok\":{\"_id\":\"asset:good\",\"_rev\":\"1-a\",\"name\":\"good\"}}]}]}", deep, undeep, huge);
  return trick;
}

int
main (int argc, char **argv)
{
  static const Trick too_large = { "too-large", "/_bulk_docs", "{\"error\":\"too_large\"}", NULL, 413 };
  static const Trick refuses_strangers = { "refuses-strangers", "/_bulk_docs",
                                            "[{\"id\":\"asset:never\",\"rev\":\"1-a\",\"error\":\"forbidden\"}]", NULL, 201 };
  static const Trick lacks_strangers = { "lacks-strangers", "/_revs_diff", "{\"asset:never\":{\"missing\":[\"1-a\"]}}", NULL, 200 };
  g_autofree Trick *mixture = make_mixture ();
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      g_autofree char *name = g_strconcat ("/hostile-server/", tricks[i].name, NULL);

      g_test_add (name, Hostile, &tricks[i], set_up_hostile, test_trick, tear_down_hostile);
    }
  g_test_add ("/hostile-server/too-large", Hostile, &too_large, set_up_hostile, test_too_large, tear_down_hostile);
  g_test_add ("/hostile-server/refuses-strangers", Hostile, &refuses_strangers, set_up_hostile, test_strangers, tear_down_hostile);
  g_test_add ("/hostile-server/lacks-strangers", Hostile, &lacks_strangers, set_up_hostile, test_strangers, tear_down_hostile);
  g_test_add ("/hostile-server/good-among-bad", Hostile, mixture, set_up_hostile, test_good_among_bad, tear_down_hostile);
  status = g_test_run ();
  g_free ((char *) mixture->answer);
  return status;
}
