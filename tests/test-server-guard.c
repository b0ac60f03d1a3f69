/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one client, or many of them, cannot do to the server: bodies, connections, requests that do not end. */
#include "server-socket-fixture.h"

#include "sp-gzip.h"

#include <time.h>
#include <unistd.h>

static const SpGuardLimits tight = { 4096, 1, 2, 2, 30, 1024 * 1024 };

static void
test_large_body (ServerFixture *f, gconstpointer data)
{
  g_autofree char *large = g_strnfill (5000, ' ');
  g_autofree char *huge = g_strnfill (1024 * 1024, ' ');

  ASSERT_TELLS ("eve", "PUT", "town/asset:1", large, 413, "request_entity_too_large");
  g_assert_cmpuint (ask (f, "eve", "PUT", "town/asset:1", huge), !=, 201); /* cut off, or refused */
  ASSERT_TELLS ("eve", "GET", "town", NULL, 200, "'doc_count':1");
}

/* @body is not packed if it is not to be. */
static guint
ask_packed (ServerFixture *f, const char *body, gboolean packed)
{
  g_autoptr (SoupMessage) message = make_message (f, "eve", "PUT", "town/asset:1", NULL);
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GBytes) bytes = NULL;
  char out[1024];
  gsize read, written = 0;

  if (packed)
    {
      const GConverterResult result = g_converter_convert (gzip, body, strlen (body), out, sizeof out, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);

      g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
    }
  bytes = packed ? g_bytes_new (out, written) : g_bytes_new (body, strlen (body));
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  return ask_message (f, message);
}

/* Whether the answer is gzip, for somebody who says to accept @accepted and leaves it as it comes. */
static gboolean
is_packed (ServerFixture *f, const char *path, const char *accepted)
{
  g_autoptr (SoupMessage) message = make_message (f, "eve", "GET", path, NULL);
  const char *encoding;
  const guchar *bytes;
  gsize length;

  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (accepted != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", accepted);
  g_assert_cmpuint (ask_message (f, message), ==, 200);
  bytes = g_bytes_get_data (f->answer, &length);
  encoding = soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Encoding");
  g_assert_cmpint (encoding != NULL, ==, length > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b);
  return encoding != NULL;
}

static void
test_packed_answer (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{'type':'asset','x':'%s'}", filler);
  g_autofree char *plain = NULL;

  ASSERT_TELLS ("eve", "PUT", "town/asset:1", body, 201, "ok");
  g_assert_true (is_packed (f, "town/asset:1", "gzip"));
  g_assert_cmpuint (g_bytes_get_size (f->answer), <, 500);
  g_assert_true (is_packed (f, "town/_all_docs?include_docs=true", "deflate, gzip;q=0.5"));
  g_assert_false (is_packed (f, "town/asset:1", NULL));
  plain = get_answer (f);
  g_assert_nonnull (strstr (plain, filler));
  g_assert_false (is_packed (f, "town/asset:1", "identity, gzip;q=0"));
  g_assert_false (is_packed (f, "town/", "gzip")); /* too small to be worth it */
  g_assert_false (is_packed (f, "town/_changes", "gzip"));
  ASSERT_TELLS ("eve", "GET", "town/asset:1", NULL, 200, filler); /* this client unpacks */
}

static void
test_packed_body (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *huge = g_strdup_printf ("{\"type\":\"asset\",\"x\":\"%s\"}", filler);

  g_assert_cmpuint (ask_packed (f, huge, TRUE), ==, 413);
  g_assert_cmpuint (ask_packed (f, "{\"type\":\"asset\"}", FALSE), ==, 400);
  g_assert_cmpuint (ask_packed (f, "{\"type\":\"asset\",\"name\":\"Packed\"}", TRUE), ==, 201);
  ASSERT_TELLS ("vic", "GET", "town/asset:1", NULL, 200, "Packed");
}

static void
test_half_a_request (ServerFixture *f, gconstpointer data)
{
  static const char half[] = "PUT /town/asset:1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
  g_autoptr (GSocketConnection) silent = connect_to (f);
  g_autoptr (GSocketConnection) slow = connect_to (f);

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (slow)), half, strlen (half), NULL, NULL, NULL);
  assert_closed (silent);
  assert_closed (slow);
}

/* The same on a connection that was good for one request before. */
static void
test_half_a_second_request (ServerFixture *f, gconstpointer data)
{
  static const char whole[] = "GET /_up HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr (GSocketConnection) connection = connect_to (f);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  gint64 before;

  g_output_stream_write_all (out, whole, strlen (whole), NULL, NULL, NULL);
  g_assert_cmpint (read_some (connection), >, 0);
  before = g_get_monotonic_time ();
  g_output_stream_write_all (out, whole, strlen ("GET /"), NULL, NULL, NULL);
  assert_closed (connection);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 10 * G_TIME_SPAN_SECOND); /* and not because this client gave up */
}

static void
test_many_connections (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GSocketConnection) first = connect_to (f);
  g_autoptr (GSocketConnection) second = connect_to (f);
  g_autoptr (GSocketConnection) third = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  third = connect_to (f);
  assert_closed (third);
}

/* A client that makes a new connection each time, more often than it may have at once. */
static void
test_connections_one_by_one (ServerFixture *f, gconstpointer data)
{
  static const char *const requests[] = { "GET /_up HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /_up HTTP/1.1\r\nHost: x\r\n\r\n" };

  for (guint i = 0; i < 4 * tight.connections; i++)
    {
      g_autoptr (GSocketConnection) connection = connect_to (f);
      const char *request = requests[i % G_N_ELEMENTS (requests)];

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, NULL);
      g_assert_cmpint (read_some (connection), >, 0);
      g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
      assert_closed (connection);
    }
}

/* ── Bodies from nobody ── */

#define MANY 24
#define MIB (1024 * 1024)
#define ANONYMOUS "POST /town/_bulk_docs HTTP/1.1\r\nHost: x\r\nContent-Length: 15000000\r\n\r\n"

/* Memory of this process, and so of its server, in bytes; 0 under AddressSanitizer, which keeps what was freed. */
static gsize
get_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  return 0;
#else
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  words = g_strsplit (text, " ", 3);
  return (gsize) g_ascii_strtoull (words[1], NULL, 10) * (gsize) getpagesize ();
#endif
}

static char *
make_filler (gsize length)
{
  char *filler = g_malloc (length);

  memset (filler, ' ', length);
  return filler;
}

/* What is sent without credentials, and does not end, stays nowhere. */
static void
test_anonymous_bodies (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = make_filler (4 * MIB);
  const gsize before = get_memory ();
  RawRequest requests[MANY];

  for (guint i = 0; i < MANY; i++)
    {
      send_raw (f, &requests[i], ANONYMOUS, filler, 4 * MIB);
      while (!requests[i].sent)
        g_main_context_iteration (NULL, TRUE);
    }
  let_time_pass (100);
  g_assert_cmpuint (get_memory (), <, before + 24 * MIB);
  for (guint i = 0; i < MANY; i++)
    close_raw (&requests[i]);
}

/* While a password waits to be checked, what comes with it waits too, at its sender's. */
static void
test_waiting_bodies (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = make_filler (12 * MIB);
  RawRequest requests[G_N_ELEMENTS (server_accounts)];
  gsize before;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *wrong = g_strdup_printf ("eve:wrong-%u", i);

      g_assert_cmpuint (ask (f, wrong, "GET", "town", NULL), ==, 401);
    }
  before = get_memory ();
  for (guint i = 0; i < G_N_ELEMENTS (server_accounts); i++)
    {
      g_autofree char *pair = g_strdup_printf ("%s:%s", server_accounts[i].name, server_accounts[i].name);
      g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));
      g_autofree char *head = g_strdup_printf ("POST /town/_bulk_docs HTTP/1.1\r\nHost: x\r\nAuthorization: Basic %s\r\n"
                                               "Content-Length: %u\r\n\r\n", code, 12 * MIB);

      send_raw (f, &requests[i], head, filler, 12 * MIB);
    }
  let_time_pass (300); /* the next attempt from here has to wait for longer */
  g_assert_cmpuint (get_memory (), <, before + 16 * MIB);
  for (guint i = 0; i < G_N_ELEMENTS (server_accounts); i++)
    {
      g_assert_true (g_str_has_prefix (read_raw (&requests[i]), "HTTP/1.1 400")); /* all of it came in the end, and is no JSON */
      close_raw (&requests[i]);
    }
}

/* All bodies together have a limit, strangers' a smaller one; what is over is told to come again. */
static void
test_bodies_together (ServerFixture *f, gconstpointer data)
{
  static const char login[] = "POST /_session HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n";
  g_autofree char *filler = make_filler (4000);
  g_autofree char *large = g_strdup_printf ("{'type':'asset','x':'%.3000s'}", filler);
  RawRequest half, other;

  send_raw (f, &half, login, filler, 3000);
  let_time_pass (100);
  send_raw (f, &other, login, filler, 4000);
  g_assert_nonnull (strstr (read_raw (&other), "503"));
  g_assert_nonnull (strstr (other.answer->str, "Retry-After: "));
  ASSERT_TELLS ("eve", "PUT", "town/asset:1", large, 201, "ok");
  close_raw (&half);
  close_raw (&other);
}

/* A client whose first request is a large one, with a password that was never checked. */
static void
test_large_first_request (ServerFixture *f, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (900 * 1024, 'x');
  g_autofree char *body = g_strdup_printf ("{'docs':[{'_id':'asset:1','type':'asset','x':'%s'},"
                                           "{'_id':'asset:2','type':'asset','x':'%s'}]}", filler, filler);

  ASSERT_TELLS ("eve:wrong", "POST", "town/_bulk_docs", body, 401, "incorrect");
  ASSERT_TELLS (NULL, "POST", "town/_bulk_docs", body, 401, "not authorized");
  ASSERT_TELLS ("eve", "POST", "town/_bulk_docs", body, 201, "asset:2");
}

/* ── Attachments ── */

static void
put_multipart (ServerFixture *f, gsize length, gboolean expects)
{
  g_autoptr (SoupMessage) message = make_message (f, "eve", "PUT", "town/asset:1?new_edits=false", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (make_filler (length), length);
  g_autofree char *answer = NULL;

  soup_message_set_request_body_from_bytes (message, "multipart/related; boundary=\"x\"", bytes);
  if (expects)
    soup_message_headers_set_expectations (soup_message_get_request_headers (message), SOUP_EXPECTATION_CONTINUE);
  g_assert_cmpuint (ask_message (f, message), ==, 403);
  answer = get_answer (f);
  g_assert_nonnull (strstr (answer, "Attachments are not kept"));
}

/* However large they are, the answer arrives, and nothing of them stays. */
static void
test_attachments (ServerFixture *f, gconstpointer data)
{
  gsize before;

  put_multipart (f, 1000, FALSE);
  before = get_memory ();
  put_multipart (f, 20 * MIB, FALSE);
  put_multipart (f, 70 * MIB, FALSE);
  put_multipart (f, 70 * MIB, TRUE);
  g_assert_cmpuint (get_memory (), <, before + 80 * MIB); /* what this client sends is in it too */
  ASSERT_TELLS ("eve", "GET", "town/asset:1", NULL, 404, "missing");
}

/* ── What would keep all others waiting ── */

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GBytes *
pack (const char *text, gsize length)
{
  g_autoptr (GString) packed = g_string_new_len (text, (gssize) length);

  sp_gzip_pack (packed);
  return g_string_free_to_bytes (g_steal_pointer (&packed));
}

/* What is small as gzip is unpacked where it keeps nobody waiting: not in the thread of the main loop, which is this one. */
static void
test_unpacked_elsewhere (ServerFixture *f, gconstpointer data)
{
  static const char *const paths[] = { "POST town/_changes?filter=_doc_ids", "PUT town/_security", "POST town/_bulk_docs" };
  g_autofree char *filler = make_filler (15 * MIB);
  g_autoptr (GBytes) packed = pack (filler, 15 * MIB);
  gint64 before = get_cpu_us (), cost;
  g_autoptr (GBytes) unpacked = sp_gzip_unpack (packed, 16 * MIB, NULL);

  cost = get_cpu_us () - before;
  g_assert_nonnull (unpacked);
  ASSERT_TELLS ("root", "GET", "town", NULL, 200, "town");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (GStrv) words = g_strsplit (paths[i], " ", 2);
      g_autoptr (SoupMessage) message = make_message (f, "root", words[0], words[1], NULL);

      soup_message_set_request_body_from_bytes (message, "application/json", packed);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
      before = get_cpu_us ();
      g_assert_cmpuint (ask_message (f, message), ==, 400);
      g_assert_cmpint (get_cpu_us () - before, <, cost / 2);
    }
}

static void
test_packed_filter (ServerFixture *f, gconstpointer data)
{
  static const char filter[] = "{\"selector\":{\"type\":\"area\"}}";
  g_autofree char *large = g_strdup_printf ("{\"x\":\"%5000s\"}", "");
  const char *const bodies[] = { filter, large };
  const guint statuses[] = { 200, 413 };

  ASSERT_TELLS ("eve", "PUT", "town/area:1", "{'type':'area'}", 201, "ok");
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SoupMessage) message = make_message (f, "vic", "POST", "town/_changes?filter=_selector", NULL);
      g_autoptr (GBytes) packed = pack (bodies[i], strlen (bodies[i]));

      soup_message_set_request_body_from_bytes (message, "application/json", packed);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
      g_assert_cmpuint (ask_message (f, message), ==, statuses[i]);
    }
}

int
main (int argc, char **argv)
{
  static const SpGuardLimits crowded = { 4096, 60, 60, 8, 30, 4 * 4096 };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, limits, func) g_test_add ("/server-guard/" name, ServerFixture, limits, set_up_server, func, tear_down_server)
  ADD ("large-body", &tight, test_large_body);
  ADD ("packed-answer", NULL, test_packed_answer);
  ADD ("packed-body", &tight, test_packed_body);
  ADD ("half-a-request", &tight, test_half_a_request);
  ADD ("half-a-second-request", &tight, test_half_a_second_request);
  ADD ("many-connections", &tight, test_many_connections);
  ADD ("connections-one-by-one", &tight, test_connections_one_by_one);
  ADD ("anonymous-bodies", NULL, test_anonymous_bodies);
  ADD ("waiting-bodies", NULL, test_waiting_bodies);
  ADD ("bodies-together", &crowded, test_bodies_together);
  ADD ("attachments", NULL, test_attachments);
  ADD ("unpacked-elsewhere", NULL, test_unpacked_elsewhere);
  ADD ("packed-filter", &tight, test_packed_filter);
  ADD ("large-first-request", NULL, test_large_first_request);
  return g_test_run ();
}
