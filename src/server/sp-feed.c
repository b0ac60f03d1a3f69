/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed of changes: normal, long poll and continuous. Rows are read and sent a page at a time, the next page only when
 * the last is on its way, so that neither a long list nor a slow reader costs memory; a reader that takes nothing for
 * long is dropped and comes back to where it stood.
 *
 * Belongs to the main loop. It lives until its message is finished. */
#include "sp-feed.h"

#include "sp-feed-read.h"
#include "sp-server-respond.h"

#include <string.h>

#define TIMEOUT_MS 60000
#define LEAST_HEARTBEAT_MS 100

typedef enum { NORMAL, LONGPOLL, CONTINUOUS } Kind;

typedef struct
{
  SoupServerMessage *message;  /* owned */
  SpStore           *store;    /* owned */
  SpOpenFeed        *open;     /* nullable: it has ended */
  SpRequest         *request;  /* owned; until there is a query */
  SpFeedQuery       *query;    /* nullable: nothing was read yet */
  GCancellable      *cancellable;
  Kind               kind;
  char              *since;
  gint64             before;   /* of one that goes down: where it stands */
  char              *newest;   /* nullable; of one that goes down: where it began */
  guint              left;     /* rows that may still be sent */
  gint64             pending;  /* documents beyond those */
  gboolean           any;      /* whether a row was sent */
  gboolean           reading;  /* a page is on its way from the store */
  guint              writing;  /* pieces on their way to the reader */
  gboolean           behind;   /* there is, or may be, more to read */
  gboolean           ended;
  gulong             changed;  /* handler of the store's signal */
  guint              heartbeat;
  guint              heartbeat_ms;
  guint              timeout;
  guint              timeout_ms; /* without a change */
  guint              slow;
  guint              slow_s;     /* for which the reader may take nothing */
} Feed;

static void
free_feed (gpointer data)
{
  Feed *self = data;

  g_object_unref (self->message);
  g_object_unref (self->store);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->request, sp_request_unref);
  g_clear_pointer (&self->query, sp_feed_query_unref);
  g_free (self->since);
  g_free (self->newest);
}

static void
release (Feed *self)
{
  g_rc_box_release_full (self, free_feed);
}

/* ── Sending ── */

/* The reader takes nothing: it is cut off, and finds its way back by its sequence. */
static gboolean
too_slow_cb (gpointer data)
{
  Feed *self = data;
  GSocket *socket = soup_server_message_get_socket (self->message);

  self->slow = 0;
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
watch_reader (Feed *self)
{
  g_clear_handle_id (&self->slow, g_source_remove);
  if (self->writing > 0)
    self->slow = g_timeout_add_seconds (self->slow_s, too_slow_cb, self);
}

static void
send (Feed *self, GString *text)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  gsize length = text->len;

  soup_message_body_append_take (body, (guchar *) g_string_free (text, FALSE), length);
  if (self->writing++ == 0)
    watch_reader (self);
  soup_server_message_unpause (self->message);
}

static void
end_feed (Feed *self)
{
  const char *last = self->newest != NULL ? self->newest : self->since;
  GString *text = g_string_new (self->kind == CONTINUOUS ? "{\"last_seq\":" : "\n],\n\"last_seq\":");

  if (self->ended)
    {
      g_string_free (text, TRUE);
      return;
    }
  self->ended = TRUE;
  sp_json_append_text (text, last != NULL ? last : "0");
  g_string_append_printf (text, ",\"pending\":%" G_GINT64_FORMAT "}\n", self->pending);
  send (self, text);
  soup_message_body_complete (soup_server_message_get_response_body (self->message));
}

static gboolean
heartbeat_cb (gpointer data)
{
  Feed *self = data;

  if (self->writing == 0 && !self->ended)
    send (self, g_string_new ("\n"));
  return G_SOURCE_CONTINUE;
}

static gboolean
timeout_cb (gpointer data)
{
  Feed *self = data;

  self->timeout = 0;
  end_feed (self);
  return G_SOURCE_REMOVE;
}

/* Its reader may no longer read, or the database goes. Somebody who only waits gets a whole answer, and hears why with the
 * next request; whatever else is cut off, for it is not complete. */
static void
end_at_once (gpointer data)
{
  Feed *self = g_rc_box_acquire (data);

  if (self->kind == LONGPOLL && !self->reading && !self->behind && !self->any)
    end_feed (self);
  else if (!self->ended)
    sp_guard_cut_off (self->message);
  release (self);
}

/* ── Reading ── */

static void go_on (Feed *self);

/* What was read when the store failed cannot be completed: the connection ends, and the reader comes again. */
static void
fail (Feed *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A feed of changes ends: %s", error->message);
  sp_guard_cut_off (self->message);
}

static void
restart_timeout (Feed *self)
{
  if (self->timeout_ms == 0)
    return;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (self->timeout_ms, timeout_cb, self);
}

/* One that goes down stays where it began, and tells at its end the newest sequence of then, or where the limit cut it. */
static void
move_on (Feed *self, SpFeedPage *page, gboolean limited)
{
  self->before = page->before;
  if (!self->query->descending)
    {
      g_free (self->since);
      self->since = g_steal_pointer (&page->last);
    }
  else if (limited || self->newest == NULL)
    {
      g_free (self->newest);
      self->newest = g_steal_pointer (&page->last);
    }
}

static void
take_page (Feed *self, SpFeedPage *page)
{
  const gboolean limited = page->n >= self->left;

  move_on (self, page, limited);
  self->left -= page->n;
  self->pending = page->pending;
  self->any |= page->n > 0;
  self->behind |= page->more;
  if (page->rows->len > 0)
    {
      send (self, g_steal_pointer (&page->rows));
      restart_timeout (self);
    }
  if (limited || (self->query->descending && !page->more))
    end_feed (self);
  else if (!self->behind && (self->kind == NORMAL || (self->kind == LONGPOLL && self->any)))
    end_feed (self);
  else
    go_on (self);
}

typedef struct
{
  Feed       *feed;
  SpFeedPage *page;
} Step;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Step *step = data;
  g_autoptr (SpFeedPage) page = step->page;
  Feed *self = step->feed;
  g_autoptr (GError) error = NULL;
  const gboolean good = sp_store_call_finish (SP_STORE (source), result, &error) != NULL;

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) || self->ended)
    ; /* nobody listens */
  else if (good)
    take_page (self, page);
  else
    fail (self, error);
  release (self);
}

static void
read_page (Feed *self, GAsyncReadyCallback callback)
{
  Step *step = g_new (Step, 1);

  *step = (Step){ g_rc_box_acquire (self), g_new0 (SpFeedPage, 1) };
  if (self->query != NULL)
    step->page->query = sp_feed_query_ref (self->query);
  else
    step->page->request = sp_request_ref (self->request);
  step->page->since = g_strdup (self->since);
  step->page->before = self->before;
  step->page->first = !self->any;
  step->page->limit = self->left;
  self->reading = TRUE;
  self->behind = FALSE;
  sp_store_read_async (self->store, sp_feed_read, step->page, NULL, NULL, self->cancellable, callback, step);
}

/* One thing at a time: a page is read only when nothing is on its way to the reader. */
static void
go_on (Feed *self)
{
  if (self->behind && !self->reading && self->writing == 0 && !self->ended)
    read_page (self, read_cb);
}

static void
changed_cb (SpStore *store, GStrv ids, Feed *self)
{
  self->behind = TRUE;
  go_on (self);
}

static void
wrote_chunk_cb (SoupServerMessage *message, Feed *self)
{
  if (self->writing > 0)
    self->writing--;
  watch_reader (self);
  go_on (self);
}

static void
finished_cb (SoupServerMessage *message, Feed *self)
{
  self->ended = TRUE;
  g_clear_pointer (&self->open, sp_feeds_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_signal_handler (&self->changed, self->store);
  g_signal_handlers_disconnect_by_data (message, self);
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_handle_id (&self->slow, g_source_remove);
  release (self);
}

/* ── Beginning ── */

static void
send_head (Feed *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (headers, "Content-Type", "application/json");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (self->message), FALSE);
  send (self, g_string_new (self->kind == CONTINUOUS ? "\n" : "{\"results\":[\n"));
}

static void
read_patience (Feed *self, const SpRequest *request)
{
  const guint heartbeat = sp_request_get_flag (request, "heartbeat") ? TIMEOUT_MS : sp_request_get_count (request, "heartbeat", 0);

  if (heartbeat > 0)
    self->heartbeat_ms = MAX (heartbeat, LEAST_HEARTBEAT_MS);
  else
    self->timeout_ms = CLAMP (sp_request_get_count (request, "timeout", TIMEOUT_MS), 1, TIMEOUT_MS);
}

/* Not before the head is sent: a store that is busy may take longer than the reader wants to wait. */
static void
begin_waiting (Feed *self)
{
  if (self->kind == NORMAL)
    return;
  if (self->heartbeat_ms > 0)
    self->heartbeat = g_timeout_add (self->heartbeat_ms, heartbeat_cb, self);
  restart_timeout (self);
}

static void
begin_feed (Feed *self, SpFeedPage *page)
{
  self->reading = FALSE;
  self->query = sp_feed_query_ref (page->query);
  g_clear_pointer (&self->request, sp_request_unref);
  send_head (self);
  begin_waiting (self);
  take_page (self, page);
}

static void
refuse (Feed *self, const GError *error)
{
  self->ended = TRUE;
  sp_respond (self->message, sp_answer_from_error (error));
  soup_server_message_unpause (self->message);
}

/* The first page is read before the head is sent: a filter or a sequence that is none becomes a 400. */
static void
first_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Step *step = data;
  g_autoptr (SpFeedPage) page = step->page;
  Feed *self = step->feed;
  g_autoptr (GError) error = NULL;
  const gboolean good = sp_store_call_finish (SP_STORE (source), result, &error) != NULL;

  if (self->ended)
    ; /* nobody listens */
  else if (good)
    begin_feed (self, page);
  else
    refuse (self, error);
  release (self);
}

/* A sequence as a client gives it back: as it is, or as JSON text. */
static char *
read_since (const SpRequest *request)
{
  const char *given = sp_request_get (request, "since");
  gsize length = given != NULL ? strlen (given) : 0;

  return length >= 2 && given[0] == '"' && given[length - 1] == '"' ? g_strndup (given + 1, length - 2) : g_strdup (given);
}

static Kind
read_kind (const SpRequest *request)
{
  const char *feed = sp_request_get (request, "feed");

  if (g_strcmp0 (feed, "continuous") == 0)
    return CONTINUOUS;
  return g_strcmp0 (feed, "longpoll") == 0 ? LONGPOLL : NORMAL;
}

/**
 * sp_feed_start:
 * @server: the server that was asked
 * @store: the database
 * @request: `GET` or `POST /db/_changes`
 * @message: to be answered; it is paused
 *
 * Answers with the feed, for as long as the reader listens, and may.
 */
void
sp_feed_start (SpServer *server, SpStore *store, SpRequest *request, SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Feed *self = g_rc_box_new0 (Feed);

  self->message = g_object_ref (message);
  self->store = g_object_ref (store);
  self->request = sp_request_ref (request);
  self->cancellable = g_cancellable_new ();
  self->kind = read_kind (request);
  self->slow_s = server->slow_s;
  self->open = sp_feeds_add (server->feeds, sp_login_get_accounts (server->login), request, end_at_once, self);
  self->since = read_since (request);
  self->before = G_MAXINT64;
  self->left = sp_request_get_count (request, "limit", G_MAXUINT);
  if (socket != NULL)
    g_socket_set_timeout (socket, 0);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (finished_cb), self); /* a server that stops finishes nothing */
  if (self->kind != NORMAL)
    {
      read_patience (self, request);
      self->changed = g_signal_connect (store, "changed", G_CALLBACK (changed_cb), self);
    }
  soup_server_message_pause (message);
  read_page (self, first_read_cb);
}
