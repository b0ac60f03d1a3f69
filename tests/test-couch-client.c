/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of a database against a server that does what a test wants: name and password go nowhere else, requests are packed
 * for those who unpack, a batch that is refused as a whole is cut up, and what stands at an address is told. */
#include "couch-fixture.h"

#include "sp-couch-peer.h"
#include "sp-couch-probe.h"
#include "sp-replicator.h"

#include <glib/gstdio.h>

/* ── Redirects ── */

static void
redirect (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autoptr (GUri) uri = get_uri (f->other);
  g_autofree char *location = g_uri_to_string (uri);

  g_assert_nonnull (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", location);
  reply (message, strstr (path, "307") != NULL ? 307 : 301, "{}");
}

static void
test_redirect (Fixture *f, gconstpointer data)
{
  static const char *const calls[][2] = { { "GET", "301" }, { "GET", "307" }, { "POST", "307" } };

  f->answer = redirect;
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (send_request (f, calls[i][0], calls[i][1], i == 2 ? "{}" : NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_FOREIGN);
      g_assert_nonnull (strstr (error->message, "/town/")); /* it says where to */
      g_assert_null (strstr (error->message, "secret"));
    }
  g_assert_cmpuint (f->requests, ==, G_N_ELEMENTS (calls));
  g_assert_cmpuint (f->elsewhere, ==, 0);
}

/* ── What a status means ── */

static void
status_of_path (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  reply (message, (guint) g_ascii_strtoull (strrchr (path, '/') + 1, NULL, 10), "{\"error\":\"x\",\"reason\":\"Because.\"}");
}

static void
test_status (Fixture *f, gconstpointer data)
{
  static const struct { const char *path; int code; } cases[] = {
    { "400", SP_ERROR_INVALID }, { "401", SP_ERROR_LOGIN }, { "403", SP_ERROR_DENIED }, { "404", SP_ERROR_NOT_FOUND },
    { "409", SP_ERROR_CONFLICT }, { "413", SP_ERROR_INVALID }, { "500", SP_ERROR_SERVER }, { "503", SP_ERROR_SERVER },
  };

  f->answer = status_of_path;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (send_request (f, "GET", cases[i].path, NULL, &error));
      g_assert_error (error, SP_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, "Because."));
    }
}

/* A server with too much to do may say for how long it wants to be left alone. */
static void
busy (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  static const char *const says[] = { "503", "429", "500", "200" };

  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    if (g_str_has_suffix (path, says[i]))
      {
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                      i == 1 ? "Thu, 01 Jan 2099 00:00:00 GMT" : "90");
        reply (message, (guint) g_ascii_strtoull (says[i], NULL, 10), "{}");
      }
}

static void
test_pause (Fixture *f, gconstpointer data)
{
  static const struct { const char *path; guint pause; } cases[] = { { "503", 90000 }, { "429", 86400000 }, { "500", 0 }, { "200", 0 } };
  g_autoptr (SpCouchPeer) peer = sp_couch_peer_new (f->client);

  f->answer = busy;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) answer = send_request (f, "GET", cases[i].path, NULL, NULL);
      const guint pause = sp_peer_get_pause (SP_PEER (peer));

      g_assert_cmpuint (pause, <=, cases[i].pause);
      g_assert_cmpuint (pause + 30000, >=, cases[i].pause);
    }
}

static void
test_nobody (Fixture *f, gconstpointer data)
{
  g_autoptr (GUri) uri = get_uri (f->other);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_disconnect (f->other);
  sp_couch_probe_async (client, NULL, ended_cb, f);
  result = wait_for_result (f);
  g_assert_null (sp_couch_probe_finish (result, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_UNREACHABLE);
}

/* ── Packed requests ── */

static void
unpack (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *encoding = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Encoding");
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  if (g_strcmp0 (encoding, "gzip") == 0)
    f->packed++;
  if (encoding != NULL && strstr (path, "plain") != NULL)
    {
      reply (message, 415, "{\"error\":\"bad_content_type\"}");
      return;
    }
  if (encoding != NULL)
    {
      g_autoptr (GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
      g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_bytes (body);
      g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, G_CONVERTER (unpacker));

      g_bytes_unref (body);
      body = g_input_stream_read_bytes (stream, 1 << 20, NULL, NULL);
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
check_echo (Fixture *f, const char *path, gsize length)
{
  g_autofree char *body = g_strnfill (length, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = send_request (f, "POST", path, body, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), body, length);
}

static void
test_packed (Fixture *f, gconstpointer data)
{
  f->answer = unpack;
  check_echo (f, "any", 50000);
  g_assert_cmpuint (f->packed, ==, 0); /* the server is on this machine */
  sp_couch_client_set_packs (f->client, TRUE);
  check_echo (f, "any", 50000);
  g_assert_cmpuint (f->packed, ==, 1);
  check_echo (f, "any", 20); /* not worth it */
  g_assert_cmpuint (f->packed, ==, 1);
  f->requests = 0;
  check_echo (f, "plain", 50000); /* once packed, once not */
  g_assert_cmpuint (f->requests, ==, 2);
  check_echo (f, "plain", 50000); /* it was understood */
  g_assert_cmpuint (f->requests, ==, 3);
}

/* ── A batch that is refused as a whole ── */

static void
dislike (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  reply (message, strstr (text, "bad") != NULL ? 400 : 201, strstr (text, "bad") != NULL ? "{\"reason\":\"Bad.\"}" : "[]");
}

static void
test_bisected (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCouchPeer) peer = sp_couch_peer_new (f->client);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->answer = dislike;
  for (guint i = 0; i < 16; i++)
    {
      g_autofree char *id = g_strdup_printf (i == 5 || i == 6 || i == 15 ? "bad%u" : "good%u", i);
      char *json = g_strdup_printf ("{\"_id\":\"%s\"}", id);

      g_ptr_array_add (documents, sp_peer_document_new (id, "1-a", g_bytes_new_take (json, strlen (json)), NULL));
    }
  sp_peer_put_documents_async (SP_PEER (peer), documents, NULL, ended_cb, f);
  result = wait_for_result (f);
  refused = sp_peer_put_documents_finish (SP_PEER (peer), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 3);
  g_assert_cmpstr (((SpPeerDocument *) g_ptr_array_index (refused, 0))->id, ==, "bad5");
  g_assert_cmpstr (((SpPeerDocument *) g_ptr_array_index (refused, 1))->id, ==, "bad6");
  g_assert_cmpstr (((SpPeerDocument *) g_ptr_array_index (refused, 2))->id, ==, "bad15");
}

/* ── What a probe finds ── */

static void
probe (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_equal (path, "/"))
    reply (message, 200, "{\"couchdb\":\"Welcome\",\"uuid\":\"0123\"}");
  else if (g_str_equal (path, "/_session"))
    reply (message, 200, "{\"ok\":true,\"userCtx\":{\"name\":\"ann\",\"roles\":[],\"databases\":{\"town\":[\"editor\"]}}}");
  else
    reply (message, 200, "{\"db_name\":\"town\",\"update_seq\":\"9-a\",\"doc_count\":7,\"doc_del_count\":2}");
}

static void
web_page (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  reply (message, 200, "<!DOCTYPE html><title>Welcome</title>");
}

static void
test_probe (Fixture *f, gconstpointer data)
{
  g_autofree SpCouchProbe *found = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  f->answer = probe;
  sp_couch_probe_async (f->client, NULL, ended_cb, f);
  first = wait_for_result (f);
  found = sp_couch_probe_finish (first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->n_documents, ==, 9);
  g_assert_cmpint (found->role, ==, SP_ROLE_EDITOR);
  f->answer = web_page;
  sp_couch_probe_async (f->client, NULL, ended_cb, f);
  second = wait_for_result (f);
  g_assert_null (sp_couch_probe_finish (second, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_FOREIGN);
}

/* ── Who it is ── */

/* A proxy: below /couch is a server, or one that does not say who it is; at the host is a web site. */
static void
proxied (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_equal (path, "/couch/town/"))
    probe (f, message, path, query);
  else if (g_str_equal (path, "/couch/"))
    probe (f, message, "/", query);
  else if (g_str_equal (path, "/couch/_session"))
    probe (f, message, "/_session", query);
  else
    web_page (f, message, path, query);
}

static void
half_proxied (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_has_prefix (path, "/couch/town/"))
    probe (f, message, path, query);
  else
    reply (message, g_str_equal (path, "/") ? 403 : 404, "{}");
}

static void
troubled (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  if (g_str_has_prefix (path, "/couch/town/"))
    probe (f, message, path, query);
  else
    reply (message, 503, "{}");
}

static SpPeerInfo *
describe (Fixture *f, SpCouchClient *client, Answer answer, GError **error)
{
  g_autoptr (SpCouchPeer) peer = sp_couch_peer_new (client);
  g_autoptr (GAsyncResult) result = NULL;

  f->answer = answer;
  sp_peer_describe_async (SP_PEER (peer), NULL, ended_cb, f);
  result = wait_for_result (f);
  return sp_peer_describe_finish (SP_PEER (peer), result, error);
}

static void
test_below_path (Fixture *f, gconstpointer data)
{
  g_autoptr (GUri) town = get_uri (f->server);
  g_autoptr (GUri) uri = g_uri_parse_relative (town, "/couch/town", G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, "ann", "secret");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree SpCouchProbe *found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPeerInfo) known = describe (f, client, proxied, &error);
  g_autoptr (SpPeerInfo) unknown = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (known->uuid, ==, "0123/town");
  sp_couch_probe_async (client, NULL, ended_cb, f);
  result = wait_for_result (f);
  found = sp_couch_probe_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->role, ==, SP_ROLE_EDITOR);
  unknown = describe (f, client, half_proxied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (unknown->uuid, ==, sp_couch_client_get_address (client));
  g_assert_null (describe (f, client, troubled, &error)); /* rather than by another name */
  g_assert_error (error, SP_ERROR, SP_ERROR_SERVER);
}

/* A file of authorities is found from where one stands, too, as any file that a command is given. */
static void
test_authority (Fixture *f, gconstpointer data)
{
  static const char certificate[] = "-----BEGIN CERTIFICATE-----\n"
                                  "MIIBcDCCARWgAwIBAgIUapCyjZGp5JnV+4TbPyhcWaXR358wCgYIKoZIzj0EAwIw\n"
                                  "DDEKMAgGA1UEAwwBYTAgFw0yNjExMjMwODEyNDRaGA8yMTI2MTAzMDA4MTI0NFow\n"
                                  "DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM6LaQA/vEVA\n"
                                  "z0qvVz26LzaCG7d1jVBGox4cI2iBcKKX80EjVPP/7qoLPefupsiSJJ828aGrHqgp\n"
                                  "5gAZGf5AAYyjUzBRMB0GA1UdDgQWBBRdKFlUbzT1TXGj5bvYKIl1smrmezAfBgNV\n"
                                  "HSMEGDAWgBRdKFlUbzT1TXGj5bvYKIl1smrmezAPBgNVHRMBAf8EBTADAQH/MAoG\n"
                                  "CCqGSM49BAMCA0kAMEYCIQC4WGnu2u70HvXshqiBmtHWo1RiHR60QcaRursOrJ8R\n"
                                  "MwIhAJUZtBBhpluTHwLf6d2GOD6mVhnzLSzajXVvfUzy2eYy\n"
                                  "-----END CERTIFICATE-----\n";
  g_autofree char *before = g_get_current_dir ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_assert_cmpint (g_chdir (g_get_user_cache_dir ()), ==, 0);
  g_file_set_contents ("ca.pem", certificate, -1, &error);
  g_assert_no_error (error);
  sp_couch_client_set_authority (f->client, "ca.pem", &error);
  g_assert_no_error (error);
  g_assert_false (sp_couch_client_set_authority (f->client, "none.pem", &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_chdir (before), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/couch-client/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("redirect", test_redirect);
  ADD ("status", test_status);
  ADD ("pause", test_pause);
  ADD ("nobody", test_nobody);
  ADD ("packed", test_packed);
  ADD ("bisected", test_bisected);
  ADD ("probe", test_probe);
  ADD ("below-path", test_below_path);
  ADD ("authority", test_authority);
  return g_test_run ();
}
