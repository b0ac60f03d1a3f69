/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed of changes: its bytes, its filters, and that it tells at once. */
#include "server-fixture.h"

#include "sp-feed-read.h"

#include <sqlite3.h>
#include <sys/socket.h>

#define FIRST "{'results':[\n"

static void
put (ServerFixture *f, const char *id, const char *body)
{
  g_autofree char *path = g_strconcat ("town/", id, NULL);

  g_assert_cmpuint (ask (f, "root", "PUT", path, body), ==, 201);
}

static void
put_three (ServerFixture *f)
{
  put (f, "asset:1?new_edits=false", "{'type':'asset','_rev':'1-a'}");
  put (f, "area:1?new_edits=false", "{'type':'area','_rev':'1-b'}");
  put (f, "asset:1?new_edits=false", "{'type':'asset','_rev':'1-c'}");
}

/* The answer, in which each epoch is E. */
static char *
get_feed (ServerFixture *f, const char *query, const char *body)
{
  g_autofree char *path = g_strconcat ("town/_changes", query, NULL);
  g_autofree char *raw = NULL;
  g_autoptr (GRegex) epoch = g_regex_new ("(?<='[0-9]-)[0-9a-f]{16}", 0, 0, NULL);

  g_assert_cmpuint (ask (f, "vic", body != NULL ? "POST" : "GET", path, body), ==, 200);
  raw = get_answer (f);
  return g_regex_replace_literal (epoch, raw, -1, 0, "E", 0, NULL);
}

#define ASSERT_FEED(query, body, text) \
  G_STMT_START { \
    g_autofree char *feed_ = get_feed (f, query, body); \
    g_assert_cmpstr (feed_, ==, text); \
  } G_STMT_END

static void
test_normal (ServerFixture *f, gconstpointer data)
{
  g_autofree char *all = NULL;

  put_three (f);
  all = get_feed (f, "?style=all_docs&since=0", NULL);
  g_assert_nonnull (strstr (all, ",\n{'seq':'3-E','id':'area:1','changes':[{'rev':'1-b'}]},\n"
                                 "{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'},{'rev':'1-a'}]}\n],\n'last_seq':'4-E','pending':0}"));
  ASSERT_FEED ("?limit=0", NULL, FIRST "\n],\n'last_seq':'0-E','pending':3}");
  ASSERT_FEED ("?since=now", NULL, FIRST "\n],\n'last_seq':'4-E','pending':0}");
  all = (g_free (all), get_feed (f, "?descending=true&limit=1", NULL));
  g_assert_nonnull (strstr (all, "[\n{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'}]}\n]"));
  ASSERT_TELLS ("vic", "GET", "town/_changes?since=garbage", NULL, 400, "Malformed sequence supplied");
  ASSERT_TELLS ("vic", "GET", "town/_changes?since=99-0123456789abcdef", NULL, 200, "'id':'area:1'"); /* of another store: from the start */
}

/* The reader's limit counts rows, and the feed goes on after the last of them, in whichever form it gives it back. */
static void
test_pages (ServerFixture *f, gconstpointer data)
{
  guint seen = 0;
  g_autofree char *since = g_strdup ("0");

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      put (f, id, "{'type':'asset'}");
    }
  for (guint page = 0; page < 4; page++)
    {
      g_autofree char *quoted = g_strdup_printf (page % 2 ? "%%22%s%%22" : "%s", since);
      g_autofree char *path = g_strdup_printf ("town/_changes?limit=3&since=%s", quoted);
      g_autoptr (SpNode) answer = NULL;

      g_assert_cmpuint (ask (f, "vic", "GET", path, NULL), ==, 200);
      answer = parse_answer (f);
      seen += sp_node_get_length (sp_node_get (answer, "results"));
      g_free (since);
      since = g_strdup (sp_node_get_text (answer, "last_seq"));
    }
  g_assert_cmpuint (seen, ==, 8);
}

/* A reader with a limit hears how much there is beyond it. */
static void
test_pending (ServerFixture *f, gconstpointer data)
{
  static const char *const queries[] = { "", "&feed=longpoll", "&feed=continuous", "&descending=true", "&filter=_design" };

  put_three (f);
  put (f, "asset:2", "{'type':'asset'}");
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strdup_printf ("town/_changes?limit=1%s", queries[i]);

      ASSERT_TELLS ("vic", "GET", path, NULL, 200, "'pending':3}");
    }
  ASSERT_TELLS ("vic", "GET", "town/_changes?limit=3", NULL, 200, "'pending':1}");
  ASSERT_TELLS ("vic", "GET", "town/_changes?limit=4", NULL, 200, "'pending':0}");
  ASSERT_TELLS ("vic", "GET", "town/_changes?limit=9", NULL, 200, "'pending':0}");
}

/* More than one step of reading. */
static void
test_long (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{'docs':[");
  g_autoptr (SpNode) answer = NULL;

  for (guint i = 0; i < 1300; i++)
    g_string_append_printf (body, "%s{'_id':'asset:%u','type':'asset'}", i > 0 ? "," : "", i);
  g_string_append (body, "]}");
  g_assert_cmpuint (ask (f, "eve", "POST", "town/_bulk_docs", body->str), ==, 201);
  g_assert_cmpuint (ask (f, "vic", "GET", "town/_changes?include_docs=true", NULL), ==, 200);
  answer = parse_answer (f);
  g_assert_cmpuint (sp_node_get_length (sp_node_get (answer, "results")), ==, 1301);
}

/* Past the server, as a disk does it that forgets. */
static void
damage (ServerFixture *f, const char *id)
{
  g_autofree char *path = g_build_filename (f->folder, "town.db", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE rev SET body = '{' WHERE doc = (SELECT n FROM doc WHERE id = '%s')", id);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_close (db);
}

/* A feed that cannot go on does not look as if it were complete. */
static void
test_broken_off (ServerFixture *f, gconstpointer data)
{
  static const char all[] = "{'selector':{'type':'asset'}}";
  g_autoptr (GString) body = g_string_new ("{'docs':[");
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 700; i++)
    g_string_append_printf (body, "%s{'_id':'asset:%u','type':'asset'}", i > 0 ? "," : "", i);
  g_string_append (body, "]}");
  g_assert_cmpuint (ask (f, "eve", "POST", "town/_bulk_docs", body->str), ==, 201);
  ASSERT_TELLS ("vic", "POST", "town/_changes?filter=_selector", all, 200, "'pending':0}");
  damage (f, "asset:650"); /* in the second step of reading */
  ask (f, "vic", "POST", "town/_changes?filter=_selector", all); /* this client takes an early end for one */
  answer = get_answer (f);
  g_assert_nonnull (strstr (answer, "'id':'asset:498'"));
  g_assert_null (strstr (answer, "last_seq"));
  ASSERT_TELLS ("vic", "GET", "town/_changes", NULL, 200, "'pending':0}");
}

static void
add_large (SpDb *db, guint n)
{
  g_autofree char *filling = g_strnfill (400 * 1000, 'a');
  g_autofree char *json = g_strdup_printf ("{\"x\":\"%s\"}", filling);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      g_assert_true (sp_docs_put_history (db, id, (const char *[]){ "1-a", NULL }, FALSE, json, -1, NULL, NULL));
    }
}

/* Reads all pages of a feed as it does, and says how many there were and how many rows. */
static guint
read_pages (SpDb *db, const char *parameters, guint *n_rows)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (SpRequest) request = sp_request_new ("GET", "/town/_changes", parameters, nothing, NULL);
  g_autoptr (SpFeedQuery) query = sp_feed_query_new (request, NULL);
  g_autofree char *since = NULL;
  gint64 before = G_MAXINT64;
  gboolean more = TRUE;
  guint n = 0;

  for (*n_rows = 0; more; n++)
    {
      g_autoptr (SpFeedPage) page = g_new0 (SpFeedPage, 1);

      page->query = sp_feed_query_ref (query);
      page->since = query->descending ? NULL : g_strdup (since);
      page->before = before;
      page->limit = G_MAXUINT;
      g_assert_nonnull (sp_feed_read (db, page, NULL, NULL));
      g_assert_cmpuint (page->rows->len, <, 2 * 1024 * 1024);
      *n_rows += page->n;
      before = page->before;
      more = page->more;
      g_free (since);
      since = g_steal_pointer (&page->last);
    }
  return n;
}

/* Few large documents fill a page as many rows do, up and down; without them there is one page. */
static void
test_large_documents (void)
{
  g_autoptr (SpDb) db = sp_db_open (":memory:", SP_DB_SERVE, NULL);
  guint n_rows;

  add_large (db, 10);
  g_assert_cmpuint (read_pages (db, "include_docs=true", &n_rows), ==, 4);
  g_assert_cmpuint (n_rows, ==, 10);
  g_assert_cmpuint (read_pages (db, "include_docs=true&descending=true", &n_rows), ==, 4);
  g_assert_cmpuint (n_rows, ==, 10);
  g_assert_cmpuint (read_pages (db, "descending=true", &n_rows), ==, 1);
  g_assert_cmpuint (n_rows, ==, 10);
}

/* More than one page, downwards: each row once, and at the end the sequence at which it began. */
static void
test_descending (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new ("{'docs':[");
  g_autoptr (SpNode) answer = NULL;
  const SpNode *rows;

  for (guint i = 0; i < 1300; i++)
    g_string_append_printf (body, "%s{'_id':'asset:%u','type':'asset'}", i > 0 ? "," : "", i);
  g_string_append (body, "]}");
  g_assert_cmpuint (ask (f, "eve", "POST", "town/_bulk_docs", body->str), ==, 201);
  g_assert_cmpuint (ask (f, "vic", "GET", "town/_changes?descending=true", NULL), ==, 200);
  answer = parse_answer (f);
  rows = sp_node_get (answer, "results");
  g_assert_cmpuint (sp_node_get_length (rows), ==, 1301);
  g_assert_cmpstr (sp_node_get_text (sp_node_get_element (rows, 0), "id"), ==, "asset:1299");
  g_assert_cmpstr (sp_node_get_text (sp_node_get_element (rows, 1299), "id"), ==, "asset:0");
  g_assert_cmpstr (sp_node_get_text (sp_node_get_element (rows, 0), "seq"), ==, sp_node_get_text (answer, "last_seq"));
  ASSERT_TELLS ("vic", "GET", "town/_changes?descending=true&limit=700", NULL, 200, "'last_seq':'602-");
}

static void
test_filters (ServerFixture *f, gconstpointer data)
{
  put_three (f);
  ASSERT_FEED ("?filter=_doc_ids", "{'doc_ids':['area:1']}", FIRST "{'seq':'3-E','id':'area:1','changes':[{'rev':'1-b'}]}\n],\n'last_seq':'4-E','pending':0}");
  ASSERT_FEED ("?filter=_doc_ids&doc_ids=%5B%22area:1%22%5D", NULL, FIRST "{'seq':'3-E','id':'area:1','changes':[{'rev':'1-b'}]}\n],\n'last_seq':'4-E','pending':0}");
  ASSERT_FEED ("?filter=_selector", "{'selector':{'type':'area'}}", FIRST "{'seq':'3-E','id':'area:1','changes':[{'rev':'1-b'}]}\n],\n'last_seq':'4-E','pending':0}");
  ASSERT_TELLS ("vic", "GET", "town/_changes?filter=_design", NULL, 200, "[\n{'seq':'1-");
  ASSERT_TELLS ("vic", "POST", "town/_changes?filter=_selector", "{'selector':{'a':{'$gt':1}}}", 400, "selector");
  ASSERT_TELLS ("vic", "GET", "town/_changes?filter=app/mine", NULL, 404, "filters");
  ASSERT_TELLS ("vic", "GET", "town/_changes?filter=_view&view=app/mine", NULL, 404, "filters");
  ASSERT_TELLS ("vic", "GET", "town/_changes?filter=_view", NULL, 400, "with their parameters");
}

static void
test_timeouts (ServerFixture *f, gconstpointer data)
{
  put_three (f);
  ASSERT_FEED ("?feed=longpoll&since=now&timeout=50", NULL, FIRST "\n],\n'last_seq':'4-E','pending':0}");
  ASSERT_FEED ("?feed=longpoll&since=0&limit=1&filter=_doc_ids", "{'doc_ids':['asset:1']}", FIRST "{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'}]}\n],\n'last_seq':'4-E','pending':0}");
  ASSERT_FEED ("?feed=continuous&since=now&timeout=50", NULL, "\n{'last_seq':'4-E','pending':0}");
}

/* Whoever waits for less time than the store takes gets a whole answer all the same. */
static void
test_short_timeouts (ServerFixture *f, gconstpointer data)
{
  put_three (f);
  for (guint i = 0; i < 100; i++)
    ASSERT_FEED ("?feed=longpoll&since=now&timeout=1", NULL, FIRST "\n],\n'last_seq':'4-E','pending':0}");
}

/* A selector sees what CouchDB's sees: so it can leave tombstones out. */
static void
test_selector_of_tombstones (ServerFixture *f, gconstpointer data)
{
  put_three (f);
  put (f, "area:1?new_edits=false", "{'_deleted':true,'_rev':'2-b','_revisions':{'start':2,'ids':['b','b']}}");
  ASSERT_FEED ("?filter=_selector&since=0", "{'selector':{'_deleted':true}}", FIRST "{'seq':'5-E','id':'area:1','changes':[{'rev':'2-b'}],'deleted':true}\n],\n'last_seq':'5-E','pending':0}");
  ASSERT_FEED ("?filter=_selector&since=0", "{'selector':{'type':'asset','_deleted':{'$exists':false}}}", FIRST "{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'}]}\n],\n'last_seq':'5-E','pending':0}");
  ASSERT_FEED ("?filter=_selector&since=0", "{'selector':{'_id':{'$in':['area:1','asset:1']},'_deleted':{'$exists':false}}}", FIRST "{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'}]}\n],\n'last_seq':'5-E','pending':0}");
  ASSERT_FEED ("?filter=_selector&since=0", "{'selector':{'_rev':'1-c'}}", FIRST "{'seq':'4-E','id':'asset:1','changes':[{'rev':'1-c'}]}\n],\n'last_seq':'5-E','pending':0}");
}

/* ── Feeds that stay open ── */

typedef struct
{
  GInputStream *stream;
  GString      *text;
  char          buffer[4096];
  gboolean      waits;
  gboolean      ended;
} Reader;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reader *reader = data;

  reader->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  reader->waits = FALSE;
}

static void
open_feed_of (ServerFixture *f, Reader *reader, const char *who, const char *path)
{
  g_autoptr (SoupMessage) message = make_message (f, who, "GET", path, NULL);

  *reader = (Reader){ .text = g_string_new (NULL), .waits = TRUE };
  soup_session_send_async (f->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb, reader);
  wait_for_server (&reader->waits); /* the head comes at once, before any change */
  g_assert_nonnull (reader->stream);
}

static void
open_feed (ServerFixture *f, Reader *reader, const char *path)
{
  open_feed_of (f, reader, "vic", path);
}

static void
got_bytes_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reader *reader = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n > 0)
    g_string_append_len (reader->text, reader->buffer, n);
  reader->ended = n <= 0;
  reader->waits = FALSE;
}

static void
read_until (Reader *reader, const char *wanted)
{
  while (!reader->ended && (wanted == NULL || strstr (reader->text->str, wanted) == NULL))
    {
      reader->waits = TRUE;
      g_input_stream_read_async (reader->stream, reader->buffer, sizeof reader->buffer, G_PRIORITY_DEFAULT, NULL, got_bytes_cb, reader);
      wait_for_server (&reader->waits);
    }
  g_assert_true (wanted == NULL || strstr (reader->text->str, wanted) != NULL);
}

static void
close_feed (Reader *reader)
{
  g_input_stream_close (reader->stream, NULL, NULL);
  g_object_unref (reader->stream);
  g_string_free (reader->text, TRUE);
}

static void
test_longpoll (ServerFixture *f, gconstpointer data)
{
  Reader reader;

  open_feed (f, &reader, "town/_changes?feed=longpoll&since=now&heartbeat=100");
  read_until (&reader, "[\n\n\n"); /* heartbeats inside the list */
  put (f, "asset:1", "{'type':'asset'}");
  read_until (&reader, NULL);
  g_assert_nonnull (strstr (reader.text->str, "\"id\":\"asset:1\""));
  g_assert_nonnull (strstr (reader.text->str, "\"last_seq\":\"2-"));
  close_feed (&reader);
}

static void
test_continuous (ServerFixture *f, gconstpointer data)
{
  Reader reader;

  open_feed (f, &reader, "town/_changes?feed=continuous&heartbeat=60000&since=0");
  read_until (&reader, "_design/signpost");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      put (f, id, "{'type':'asset'}");
      read_until (&reader, id);
    }
  close_feed (&reader);
}

/* By itself a client has two connections at a time. */
static void
allow_many (ServerFixture *f)
{
  g_clear_object (&f->session);
  f->session = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", 64, NULL);
}

static void
test_many_feeds (ServerFixture *f, gconstpointer data)
{
  Reader readers[20];

  allow_many (f);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    open_feed (f, &readers[i], "town/_changes?feed=continuous&heartbeat=60000&since=now");
  put (f, "asset:1", "{'type':'asset'}");
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    read_until (&readers[i], "asset:1");
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    close_feed (&readers[i]);
}

/* ── Readers who may no longer read ── */

#define CONTINUOUS "_changes?feed=continuous&heartbeat=60000&since=now"
#define LONGPOLL "_changes?feed=longpoll&heartbeat=60000&since=now"

static gboolean
never_ends_cb (gpointer data)
{
  g_error ("A feed does not end");
  return G_SOURCE_REMOVE;
}

static void
read_to_its_end (Reader *reader)
{
  const guint timer = g_timeout_add_seconds (10, never_ends_cb, NULL); /* this client itself gives up after 20 */

  read_until (reader, NULL);
  g_source_remove (timer);
}

/* Whether it was cut off, not completed. */
static void
assert_cut_off (Reader *reader)
{
  read_to_its_end (reader);
  g_assert_null (strstr (reader->text->str, "last_seq"));
}

static void
test_access_taken (ServerFixture *f, gconstpointer data)
{
  static const char only_eve[] = "{'members':{'names':['eve']}}";
  Reader continuous, longpoll, other;

  allow_many (f);
  open_feed (f, &continuous, "town/" CONTINUOUS);
  open_feed (f, &longpoll, "town/" LONGPOLL);
  open_feed_of (f, &other, "eve", "town/" CONTINUOUS);
  ASSERT_TELLS ("root", "PUT", "town/_security", only_eve, 200, "ok");
  assert_cut_off (&continuous);
  read_to_its_end (&longpoll);
  g_assert_nonnull (strstr (longpoll.text->str, "],\n\"last_seq\":\"1-"));
  put (f, "asset:1", "{'type':'asset'}");
  read_until (&other, "asset:1");
  close_feed (&continuous);
  close_feed (&longpoll);
  close_feed (&other);
}

/* Changes the file of accounts, as the command line does. */
static void
change_vic (ServerFixture *f, const char *hash)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpAccounts) accounts = sp_accounts_load (path, NULL);

  if (hash != NULL)
    sp_accounts_set_password (accounts, "vic", hash);
  else
    sp_accounts_remove (accounts, "vic");
  g_assert_true (sp_accounts_save (accounts, path, NULL));
}

static void
test_password_changed (ServerFixture *f, gconstpointer data)
{
  Reader reader;

  open_feed (f, &reader, "town/" CONTINUOUS);
  change_vic (f, server_hashes[0]);
  assert_cut_off (&reader);
  close_feed (&reader);
}

static void
test_account_removed (ServerFixture *f, gconstpointer data)
{
  Reader reader;

  open_feed (f, &reader, "town/" CONTINUOUS);
  change_vic (f, NULL);
  assert_cut_off (&reader);
  close_feed (&reader);
}

static void
test_database_removed (ServerFixture *f, gconstpointer data)
{
  Reader continuous, longpoll, other;

  allow_many (f);
  ASSERT_TELLS ("root", "PUT", "other", NULL, 201, "ok");
  open_feed (f, &continuous, "town/" CONTINUOUS);
  open_feed (f, &longpoll, "town/" LONGPOLL);
  open_feed_of (f, &other, "root", "other/" CONTINUOUS);
  ASSERT_TELLS ("root", "DELETE", "town", NULL, 200, "ok");
  assert_cut_off (&continuous);
  read_to_its_end (&longpoll);
  ASSERT_TELLS ("root", "PUT", "other/note", "{}", 201, "ok");
  read_until (&other, "note");
  close_feed (&continuous);
  close_feed (&longpoll);
  close_feed (&other);
}

/* ── A reader that takes nothing ── */

#define LARGE 64 /* documents, more than the buffers between two sockets hold */

static void
put_large (ServerFixture *f)
{
  g_autofree char *filler = g_strnfill (200 * 1024, 'x');

  for (guint i = 0; i < LARGE; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *body = g_strdup_printf ("{'type':'asset','x':'%s'}", filler);

      put (f, id, body);
    }
}

static GSocket *
connect_slowly (ServerFixture *f)
{
  g_autoptr (GUri) uri = g_uri_parse (f->address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_uri_get_port (uri));
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  static const char asked[] = "GET /town/_changes?feed=continuous&heartbeat=60000&include_docs=true HTTP/1.1\r\nHost: x\r\n"
                              "Authorization: Basic dmljOnZpYw==\r\n\r\n"; /* vic:vic */

  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  g_assert_cmpint (g_socket_send (socket, asked, strlen (asked), NULL, NULL), ==, (gssize) strlen (asked));
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Reads on until all documents came or the server has ended the connection; gives whether it has. */
static gboolean
read_to_end (GSocket *socket, GString *text)
{
  static const char last[] = "\"id\":\"asset:63\"";
  g_autofree char *buffer = g_malloc (65536);

  while (strstr (text->str + MAX (0, (gssize) text->len - 400 * 1024), last) == NULL)
    {
      g_autoptr (GError) error = NULL;
      const gssize n = g_socket_receive (socket, buffer, 65536, NULL, &error);

      if (n > 0)
        g_string_append_len (text, buffer, n);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return TRUE;
      else if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  return FALSE;
}

static gboolean
over_cb (gpointer data)
{
  *(gboolean *) data = FALSE;
  return G_SOURCE_REMOVE;
}

/* What came before the server dropped somebody who read nothing for some seconds; longer ones if the machine is busy. */
static GString *
read_dropped (ServerFixture *f)
{
  for (guint seconds = 2; seconds < 60; seconds *= 2)
    {
      g_autoptr (GSocket) socket = connect_slowly (f);
      GString *text = g_string_new (NULL);
      gboolean waits = TRUE;

      g_timeout_add_seconds (seconds, over_cb, &waits);
      wait_for_server (&waits);
      if (read_to_end (socket, text))
        return text;
      g_string_free (text, TRUE);
    }
  g_assert_not_reached ();
}

/* The sequence of the last whole row; @rows: how many there are */
static char *
find_last (const char *text, guint *rows)
{
  char *last = NULL;

  *rows = 0;
  for (const char *row = strstr (text, "{\"seq\":\""); row != NULL && strchr (row, '\n') != NULL; row = strstr (row + 1, "{\"seq\":\""))
    {
      g_free (last);
      last = g_strndup (row + strlen ("{\"seq\":\""), strcspn (row + strlen ("{\"seq\":\""), "\""));
      ++*rows;
    }
  return last;
}

static void
test_slow_reader (ServerFixture *f, gconstpointer data)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (SpNode) rest = NULL;
  g_autofree char *since = NULL;
  g_autofree char *path = NULL;
  guint rows;

  put_large (f);
  text = read_dropped (f);
  since = find_last (text->str, &rows);
  g_assert_cmpuint (rows, <, LARGE + 1);
  path = g_strconcat ("town/_changes?since=", since != NULL ? since : "0", NULL);
  g_assert_cmpuint (ask (f, "vic", "GET", path, NULL), ==, 200);
  rest = parse_answer (f);
  g_assert_cmpuint (rows + sp_node_get_length (sp_node_get (rest, "results")), ==, LARGE + 1); /* and the rules */
}

int
main (int argc, char **argv)
{
  static const SpGuardLimits impatient = { 16 * 1024 * 1024, 60, 120, 128, 1, 128 * 1024 * 1024 };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/server-feed/" name, ServerFixture, NULL, set_up_server, func, tear_down_server)
  ADD ("normal", test_normal);
  ADD ("pages", test_pages);
  ADD ("pending", test_pending);
  ADD ("long", test_long);
  ADD ("broken-off", test_broken_off);
  ADD ("descending", test_descending);
  g_test_add_func ("/server-feed/large-documents", test_large_documents);
  ADD ("filters", test_filters);
  ADD ("timeouts", test_timeouts);
  ADD ("short-timeouts", test_short_timeouts);
  ADD ("selector-of-tombstones", test_selector_of_tombstones);
  ADD ("longpoll", test_longpoll);
  ADD ("continuous", test_continuous);
  ADD ("many-feeds", test_many_feeds);
  ADD ("access-taken", test_access_taken);
  ADD ("password-changed", test_password_changed);
  ADD ("account-removed", test_account_removed);
  ADD ("database-removed", test_database_removed);
  g_test_add ("/server-feed/slow-reader", ServerFixture, &impatient, set_up_server, test_slow_reader, tear_down_server);
  return g_test_run ();
}
