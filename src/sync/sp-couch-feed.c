/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCouchFeed: hears of changes in a database (couch-protocol §3). It listens to the continuous feed, whose lines it takes as
 * a call to look, and goes on listening while somebody looks. Where that feed does not get through, because the server has
 * none, or floods us with it, or a proxy holds it back until it ends, it asks by longpoll instead, which gets through everywhere.
 *
 * Belongs to the main loop. */
#include "sp-couch-feed.h"

#include "sp-couch-answer.h"

#include <string.h>

#define CHUNK 16384          /* bytes read at once */
#define HEARTBEAT_MS 20000   /* how often the continuous feed is to say that it lives */
#define FLOOD_BYTES 65536    /* in a second, that tell of no change */
#define LONGPOLL_MS 45000    /* less than proxies wait for an answer */
#define TOO_SOON_US 1000000  /* an empty answer to a longpoll that comes sooner is none; nor is a feed that ends sooner */
#define POLITE_MS 10000      /* how long to wait then */

/* The line that is just being read; only its ends matter. */
typedef struct
{
  char  start[16]; /* not terminated */
  gsize length;
  char  last;
} Line;

struct _SpCouchFeed
{
  GObject parent_instance;

  SpCouchClient *client;     /* owned */
  guint          silence_ms; /* how long a feed may say nothing */
  GTask         *waiter;     /* owned, nullable: who waits */
  GCancellable  *asker;      /* owned, nullable: of who waits, or waited last; it ends the listening, too */
  gulong         cancelled;  /* handler of @asker */
  GCancellable  *open;       /* owned, nullable: stops the continuous feed that is open */
  guint          silence;    /* source: too long without a byte */
  guint          polite;     /* source: before it is asked again */
  Line           line;
  gint64         opened;     /* when that feed was asked for, microseconds of the monotonic clock */
  gboolean       hasty;      /* the last one ended at once: the next is to wait */
  gint64         idle_since; /* microseconds of the monotonic clock: from when on are counted… */
  gsize          idle_bytes; /* …those that told of no change */
  gboolean       heard;      /* the feed that is open has said something */
  gboolean       news;       /* since somebody looked */
  gboolean       polls;      /* the continuous feed does not get through */
};

G_DEFINE_FINAL_TYPE (SpCouchFeed, sp_couch_feed, G_TYPE_OBJECT)

static guint alive_signal;

static void ask (SpCouchFeed *self);

/* ── Who waits ── */

/* @error: (transfer full) (nullable) */
static void
end_wait (SpCouchFeed *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiter);

  g_clear_handle_id (&self->polite, g_source_remove);
  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }
  self->news = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
close_feed (SpCouchFeed *self)
{
  g_clear_handle_id (&self->silence, g_source_remove);
  if (self->open != NULL)
    g_cancellable_cancel (self->open);
  g_clear_object (&self->open);
}

/* Whoever asked does so no more, be it while he waits or while he looks. */
static void
stop_if_cancelled (SpCouchFeed *self)
{
  if (!g_cancellable_is_cancelled (self->asker))
    return;
  close_feed (self);
  end_wait (self, NULL);
}

static gboolean
stop_cb (gpointer self)
{
  stop_if_cancelled (self);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, stop_cb, g_object_ref (self), g_object_unref);
}

/* @cancellable: (nullable) */
static void
set_asker (SpCouchFeed *self, GCancellable *cancellable)
{
  if (cancellable == self->asker)
    return;
  if (self->asker != NULL)
    g_signal_handler_disconnect (self->asker, self->cancelled);
  g_set_object (&self->asker, cancellable);
  if (cancellable != NULL)
    self->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
}

/* ── The continuous feed ── */

/* Whether the feed was closed meanwhile, perhaps for another one. */
static gboolean
is_over (SpCouchFeed *self, GCancellable *open)
{
  return self->open != open;
}

/* It said nothing at all, or something else, or too much: others may, in another way. */
static void
give_up_listening (SpCouchFeed *self)
{
  close_feed (self);
  self->polls = TRUE;
  if (self->waiter != NULL)
    ask (self);
}

static gboolean
silent_cb (gpointer data)
{
  SpCouchFeed *self = data;

  self->silence = 0;
  if (!self->heard)
    {
      give_up_listening (self);
      return G_SOURCE_REMOVE;
    }
  close_feed (self);
  end_wait (self, NULL); /* to look is how to find out whether anybody is there */
  return G_SOURCE_REMOVE;
}

static void
restart_silence (SpCouchFeed *self)
{
  g_clear_handle_id (&self->silence, g_source_remove);
  self->silence = g_timeout_add (self->silence_ms, silent_cb, self);
}

/* Whether it is a line of a continuous feed: an object, but not the answer to another question. */
static gboolean
is_row (const Line *line)
{
  static const char other[] = "{\"results\"";

  return line->start[0] == '{' && line->last == '}' && memcmp (line->start, other, strlen (other)) != 0;
}

/* Returns: whether it makes sense */
static gboolean
end_line (SpCouchFeed *self)
{
  const Line line = self->line;

  self->line = (Line){ { 0 }, 0, 0 };
  if (line.length > 0 && !is_row (&line))
    return FALSE;
  self->heard = TRUE;
  if (line.length > 0)
    {
      self->news = TRUE;
      self->idle_bytes = 0;
    }
  return TRUE;
}

static gboolean
take_bytes (SpCouchFeed *self, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] == '\n')
        {
          if (!end_line (self))
            return FALSE;
          continue;
        }
      if (bytes[i] == '\r')
        continue;
      if (self->line.length < sizeof self->line.start)
        self->line.start[self->line.length] = bytes[i];
      self->line.length++;
      self->line.last = bytes[i];
    }
  return TRUE;
}

/* So much of nothing costs more than to ask now and then. */
static gboolean
is_flood (SpCouchFeed *self, gsize length)
{
  const gint64 now = g_get_monotonic_time ();

  if (now - self->idle_since >= G_USEC_PER_SEC)
    {
      self->idle_since = now;
      self->idle_bytes = 0;
    }
  self->idle_bytes += length;
  return self->idle_bytes > FLOOD_BYTES;
}

typedef struct
{
  SpCouchFeed  *self; /* owned */
  GCancellable *open; /* owned */
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->self);
  g_object_unref (reading->open);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void read_more (Reading *reading, GInputStream *stream);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  SpCouchFeed *self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  const char *bytes;

  if (is_over (self, reading->open))
    return;
  if (chunk == NULL || g_bytes_get_size (chunk) == 0)
    {
      if (chunk != NULL && !self->heard)
        {
          give_up_listening (self);
          return;
        }
      self->hasty = g_get_monotonic_time () - self->opened < TOO_SOON_US;
      close_feed (self);
      end_wait (self, NULL); /* whoever looks next finds out what it was */
      return;
    }
  restart_silence (self);
  bytes = g_bytes_get_data (chunk, &length);
  if (!take_bytes (self, bytes, length) || is_flood (self, length))
    {
      give_up_listening (self);
      return;
    }
  if (self->heard)
    g_signal_emit (self, alive_signal, 0);
  if (self->news)
    end_wait (self, NULL);
  if (!is_over (self, reading->open))
    read_more (g_steal_pointer (&reading), G_INPUT_STREAM (source));
}

/* @reading: (transfer full) */
static void
read_more (Reading *reading, GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, reading->open, read_cb, reading);
}

/* Whether another way of asking may help, as it does not where nobody is there or nobody lets us in. */
static gboolean
is_about_feed (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_INVALID) || g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND)
         || g_error_matches (error, SP_ERROR, SP_ERROR_DENIED) || g_error_matches (error, SP_ERROR, SP_ERROR_SERVER);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  SpCouchFeed *self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = sp_couch_client_open_finish (SP_COUCH_CLIENT (source), result, &error);

  if (is_over (self, reading->open))
    return;
  if (stream != NULL)
    read_more (g_steal_pointer (&reading), stream);
  else if (is_about_feed (error))
    give_up_listening (self);
  else
    {
      close_feed (self);
      end_wait (self, g_steal_pointer (&error));
    }
}

static void
listen (SpCouchFeed *self, const char *since)
{
  g_autofree char *query = g_strdup_printf ("style=all_docs&feed=continuous&heartbeat=%d&since=%s", HEARTBEAT_MS, since);
  Reading *reading = g_new (Reading, 1);

  self->open = g_cancellable_new ();
  self->line = (Line){ { 0 }, 0, 0 };
  self->heard = FALSE;
  self->opened = g_get_monotonic_time ();
  restart_silence (self);
  *reading = (Reading){ g_object_ref (self), g_object_ref (self->open) };
  sp_couch_client_open_async (self->client, "_changes", query, self->open, opened_cb, reading);
}

/* ── Longpoll ── */

typedef struct
{
  SpCouchFeed *self; /* owned */
  GTask       *task; /* owned: who waits for it */
  gint64       sent; /* microseconds of the monotonic clock */
} Poll;

static void
poll_free (Poll *poll)
{
  g_object_unref (poll->self);
  g_object_unref (poll->task);
  g_free (poll);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Poll, poll_free)

static gboolean
polite_cb (gpointer data)
{
  SpCouchFeed *self = data;

  self->polite = 0;
  self->hasty = FALSE;
  end_wait (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Poll) poll = data;
  SpCouchFeed *self = poll->self;
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (source), result, NULL, &error);
  g_autoptr (SpPeerChanges) changes = answer != NULL ? sp_couch_read_changes (answer, NULL) : NULL;

  if (self->waiter != poll->task)
    {
      g_clear_error (&error);
      return;
    }
  if (answer != NULL)
    g_signal_emit (self, alive_signal, 0);
  if ((changes == NULL || changes->n_documents == 0) && error == NULL && g_get_monotonic_time () - poll->sent < TOO_SOON_US)
    self->polite = g_timeout_add (POLITE_MS, polite_cb, self);
  else
    end_wait (self, error);
}

static void
poll_once (SpCouchFeed *self, const char *since)
{
  g_autofree char *query = g_strdup_printf ("style=all_docs&feed=longpoll&timeout=%d&since=%s&limit=1", LONGPOLL_MS, since);
  Poll *poll = g_new (Poll, 1);

  *poll = (Poll){ g_object_ref (self), g_object_ref (self->waiter), g_get_monotonic_time () };
  sp_couch_client_send_async (self->client, "GET", "_changes", query, NULL, g_task_get_cancellable (self->waiter), polled_cb, poll);
}

static void
ask (SpCouchFeed *self)
{
  const char *since = g_task_get_task_data (self->waiter);

  if (self->polls)
    poll_once (self, since);
  else if (self->news)
    end_wait (self, NULL);
  else if (self->open == NULL && self->hasty)
    self->polite = g_timeout_add (POLITE_MS, polite_cb, self);
  else if (self->open == NULL)
    listen (self, since);
}

/* ── The object ── */

static void
sp_couch_feed_dispose (GObject *object)
{
  SpCouchFeed *self = SP_COUCH_FEED (object);

  sp_couch_feed_close (self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (sp_couch_feed_parent_class)->dispose (object);
}

static void
sp_couch_feed_class_init (SpCouchFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_couch_feed_dispose;

  /**
   * SpCouchFeed::alive:
   * @self: the feed
   *
   * The server was heard of.
   */
  alive_signal = g_signal_new ("alive", SP_TYPE_COUCH_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_couch_feed_init (SpCouchFeed *self)
{
}

/**
 * sp_couch_feed_new:
 * @client: a client of a database
 * @silence_ms: after how many milliseconds without a byte a feed is taken for dead; 0 for what suits its heartbeat
 *
 * Returns: (transfer full): what hears of changes there
 */
SpCouchFeed *
sp_couch_feed_new (SpCouchClient *client, guint silence_ms)
{
  SpCouchFeed *self = g_object_new (SP_TYPE_COUCH_FEED, NULL);

  self->client = g_object_ref (client);
  self->silence_ms = silence_ms > 0 ? silence_ms : HEARTBEAT_MS * 9 / 4;
  return self;
}

/**
 * sp_couch_feed_wait_async:
 * @self: a feed for which nobody waits
 * @since: a sequence, escaped for a query
 * @cancellable: (nullable): stops it, and the listening, which goes on after the wait until then
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Waits until there may be changes after @since.
 */
void
sp_couch_feed_wait_async (SpCouchFeed *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (self->waiter == NULL);

  stop_if_cancelled (self); /* who asked before was cancelled, which is still on its way to us */
  set_asker (self, cancellable);
  self->waiter = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->waiter, sp_couch_feed_wait_async);
  g_task_set_task_data (self->waiter, g_strdup (since), g_free);
  stop_if_cancelled (self);
  if (self->waiter != NULL)
    ask (self);
}

/**
 * sp_couch_feed_wait_finish:
 * @self: a feed
 * @result: what the callback got
 * @error: as sp_couch_client_send_finish()
 *
 * Returns: whether it is worth looking
 */
gboolean
sp_couch_feed_wait_finish (SpCouchFeed *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_couch_feed_close:
 * @self: a feed for which nobody waits
 *
 * Listens no more: the connection is closed, and nothing that is under way holds the feed or its client any longer. Who waits
 * later opens another one.
 */
void
sp_couch_feed_close (SpCouchFeed *self)
{
  close_feed (self);
  set_asker (self, NULL);
  g_clear_handle_id (&self->polite, g_source_remove);
}

/**
 * sp_couch_feed_forget:
 * @self: a feed
 *
 * Somebody looks just now: what was heard before is no news.
 */
void
sp_couch_feed_forget (SpCouchFeed *self)
{
  self->news = FALSE;
}

/**
 * sp_couch_feed_is_polling:
 * @self: a feed
 *
 * Returns: whether it asks by longpoll, as the continuous feed does not get through
 */
gboolean
sp_couch_feed_is_polling (SpCouchFeed *self)
{
  return self->polls;
}
