/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How changes are heard of: however the network lets them through, and no longer than somebody wants to hear of them. */
#include "couch-fixture.h"

#include "sp-couch-feed.h"
#include "sp-couch-peer.h"

/* ── However it gets through ── */

static void
write_chunk (SoupServerMessage *message, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text, strlen (text));
}

static void
write_blanks (SoupServerMessage *message)
{
  g_autofree char *blanks = g_strnfill (200000, '\n');

  write_chunk (message, blanks);
}

/* What the path of the database is, the feed does: `rows`, `end`, `flood`, `silence`, `none` or `normal`. */
static void
feed (Fixture *f, SoupServerMessage *message, const char *kind, GHashTable *query)
{
  const char *how = g_hash_table_lookup (query, "feed");

  g_string_append_printf (f->log, "%s ", how);
  if (g_str_equal (how, "longpoll"))
    reply (message, 200, "{\"results\":[{\"seq\":1,\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}],\"last_seq\":1}");
  else if (g_str_equal (kind, "none"))
    reply (message, 400, "{\"reason\":\"No such feed.\"}");
  else if (g_str_equal (kind, "normal"))
    reply (message, 200, "{\"results\":[\n],\"last_seq\":1}\n");
  else if (g_str_equal (kind, "nothing"))
    reply (message, 200, "");
  else
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
      if (g_str_equal (kind, "end"))
        write_chunk (message, "{\"last_seq\":1,\"pending\":0}\n");
      if (g_str_equal (kind, "flood"))
        write_blanks (message);
      if (g_str_equal (kind, "rows"))
        write_chunk (message, "\n\n{\"seq\":2,\"id\":\"b\",\"changes\":[{\"rev\":\"1-b\"}]}\n\n");
      soup_message_body_complete (soup_server_message_get_response_body (message));
      if (g_str_equal (kind, "silence"))
        soup_server_message_pause (message);
    }
}

static void feed_rows (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "rows", q); }
static void feed_end (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "end", q); }
static void feed_flood (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "flood", q); }
static void feed_silence (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "silence", q); }
static void feed_none (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "none", q); }
static void feed_normal (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "normal", q); }
static void feed_nothing (Fixture *f, SoupServerMessage *m, const char *p, GHashTable *q) { feed (f, m, "nothing", q); }

static void
alive_cb (SpCouchFeed *self, guint *times)
{
  (*times)++;
}

static void
test_feed (Fixture *f, gconstpointer data)
{
  static const struct { Answer answer; const char *log; guint alive; /* at most */ gboolean polls; } cases[] = {
    { feed_rows, "continuous ", 1, FALSE },
    { feed_flood, "continuous longpoll ", 5, TRUE },
    { feed_none, "continuous longpoll ", 1, TRUE },
    { feed_normal, "continuous longpoll ", 1, TRUE },
    { feed_nothing, "continuous longpoll ", 1, TRUE },
    { feed_silence, "continuous longpoll ", 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpCouchFeed) heard = sp_couch_feed_new (f->client, cases[i].answer == feed_silence ? 200 : 0);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint alive = 0;

      f->answer = cases[i].answer;
      g_string_truncate (f->log, 0);
      g_signal_connect (heard, "alive", G_CALLBACK (alive_cb), &alive);
      sp_couch_feed_wait_async (heard, "0", NULL, ended_cb, f);
      result = wait_for_result (f);
      g_assert_true (sp_couch_feed_wait_finish (heard, result, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (f->log->str, ==, cases[i].log);
      g_assert_cmpuint (alive, >=, 1);
      g_assert_cmpuint (alive, <=, cases[i].alive); /* once for what was read at once, not for each line */
      g_assert_cmpint (sp_couch_feed_is_polling (heard), ==, cases[i].polls);
    }
}

/* A feed that ends as soon as it is asked for is not asked for again at once. */
static void
test_feed_hasty (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCouchFeed) heard = sp_couch_feed_new (f->client, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) soon = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 end;

  f->answer = feed_end;
  sp_couch_feed_wait_async (heard, "0", NULL, ended_cb, f);
  soon = wait_for_result (f); /* worth a look, but only one */
  g_assert_true (sp_couch_feed_wait_finish (heard, soon, NULL));
  end = g_get_monotonic_time () + 300000;
  while (g_get_monotonic_time () < end - 200000)
    g_main_context_iteration (NULL, FALSE);
  sp_couch_feed_forget (heard);
  sp_couch_feed_wait_async (heard, "0", cancellable, ended_cb, f);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (f->result);
  g_assert_cmpstr (f->log->str, ==, "continuous ");
  g_cancellable_cancel (cancellable);
  result = wait_for_result (f);
  g_assert_false (sp_couch_feed_wait_finish (heard, result, NULL));
}

static void
test_feed_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCouchFeed) heard = sp_couch_feed_new (f->client, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  soup_server_disconnect (f->server);
  sp_couch_feed_wait_async (heard, "0", NULL, ended_cb, f);
  result = wait_for_result (f);
  g_assert_false (sp_couch_feed_wait_finish (heard, result, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_UNREACHABLE);
}

static void
test_feed_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (SpCouchFeed) heard = sp_couch_feed_new (f->client, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->answer = feed_silence;
  sp_couch_feed_wait_async (heard, "0", cancellable, ended_cb, f);
  while (f->requests == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  result = wait_for_result (f);
  g_assert_false (sp_couch_feed_wait_finish (heard, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ── How it ends ── */

/* A feed that tells of one change and then stays open. */
static void
feed_open (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  write_chunk (message, "{\"seq\":2,\"id\":\"b\",\"changes\":[{\"rev\":\"1-b\"}]}\n");
  f->message = g_object_ref (message);
}

static gboolean
late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Whether it comes true soon. */
#define SOON(condition) G_STMT_START { \
  gboolean late_ = FALSE; \
  guint alarm_ = g_timeout_add_seconds (5, late_cb, &late_); \
  while (!(condition) && !late_) \
    g_main_context_iteration (NULL, TRUE); \
  g_assert_false (late_); \
  g_source_remove (alarm_); } G_STMT_END

static gboolean
beat_cb (gpointer message)
{
  write_chunk (message, "\n");
  soup_server_message_unpause (message);
  return G_SOURCE_CONTINUE;
}

static void
gone_cb (SoupServerMessage *message, gboolean *gone)
{
  *gone = TRUE;
}

/* A peer that has heard of a change, for which nobody waits any more. */
static SpCouchPeer *
make_listener (Fixture *f, GCancellable *cancellable)
{
  SpCouchPeer *peer = sp_couch_peer_new (f->client);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->answer = feed_open;
  sp_peer_wait_async (SP_PEER (peer), NULL, cancellable, ended_cb, f);
  result = wait_for_result (f);
  g_assert_true (sp_peer_wait_finish (SP_PEER (peer), result, &error));
  g_assert_no_error (error);
  return peer;
}

/* Who is dropped while he listens does not live on, with the password that he has. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SpCouchPeer *peer = make_listener (f, cancellable);

  g_object_add_weak_pointer (G_OBJECT (f->client), (gpointer *) &f->client);
  g_object_unref (peer);
  g_object_unref (f->client);
  SOON (f->client == NULL);
  g_clear_object (&f->message);
}

/* A run that was stopped while it looked listens no more, though its peer is still there. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SpCouchPeer) peer = make_listener (f, cancellable);
  gboolean gone = FALSE;
  guint beat = g_timeout_add (10, beat_cb, f->message);

  g_signal_connect (f->message, "disconnected", G_CALLBACK (gone_cb), &gone);
  g_signal_connect (f->message, "finished", G_CALLBACK (gone_cb), &gone);
  g_cancellable_cancel (cancellable);
  SOON (gone);
  g_source_remove (beat);
  g_clear_object (&f->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/couch-feed/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("ways", test_feed);
  ADD ("hasty", test_feed_hasty);
  ADD ("refused", test_feed_refused);
  ADD ("cancelled", test_feed_cancelled);
  ADD ("dropped", test_dropped);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
