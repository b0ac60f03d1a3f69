/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTileFetcher: gets the pictures of an online map, one by one as they are looked at, at most two at a time, and keeps
 * them. A picture that is kept and still holds is not asked for; one that is out of date is, with its ETag; and when the
 * server cannot be reached, the kept one is better than none.
 *
 * When the server says that it is busy, or cannot be reached, nothing is asked for a while.
 *
 * Belongs to the main loop; files are read and written on threads. */
#include "sp-tile-fetcher.h"

#include "sp-online-address.h"
#include "sp-picture.h"
#include "sp-tile-answer.h"
#include "sp-tile-cache.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#define USER_AGENT "Signpost/" SIGNPOST_VERSION " (+https://signpost.example.org/)"
#define AT_ONCE 2 /* requests; the tile usage policy of OpenStreetMap */
#define TIMEOUT 20 /* seconds without a byte */
#define MOST_BYTES (2 * 1024 * 1024) /* of a picture */
#define CHUNK (64 * 1024)
#define MOST_HOPS 4 /* redirections */
#define NETWORK_PAUSE 30 /* seconds after the server could not be reached */

struct _SpTileFetcher
{
  GObject parent_instance;

  SoupSession *session;    /* owned */
  SpTileCache *cache;      /* owned */
  GQueue       waiting;    /* Fetch: to be sent */
  guint        n_active;   /* that are being sent */
  gint64       pause_ends; /* monotonic time, µs; 0 without a pause */
  GError      *problem;    /* owned, nullable */
  gboolean     has_worked; /* a picture has come from the server */
};

G_DEFINE_FINAL_TYPE (SpTileFetcher, sp_tile_fetcher, G_TYPE_OBJECT)

/* One picture on its way; the data of its GTask. */
typedef struct
{
  char             *uri;      /* owned */
  SpTileCacheEntry *kept;     /* owned, nullable */
  SoupMessage      *message;  /* owned, nullable: the newest request */
  GInputStream     *stream;   /* owned, nullable */
  GByteArray       *body;     /* owned */
  guint             n_hops;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->uri);
  g_clear_pointer (&fetch->kept, sp_tile_cache_entry_free);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_byte_array_unref (fetch->body);
  g_free (fetch);
}

static void start_next (SpTileFetcher *self);

/* Its request is over, and its connection free for the next. */
static void
release (SpTileFetcher *self, Fetch *fetch)
{
  g_clear_object (&fetch->stream);
  self->n_active--;
}

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
set_problem (SpTileFetcher *self, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
}

/* @task: (transfer full). With the kept picture if there is one, else with the error. */
static void
make_do (GTask *task, const GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->kept != NULL)
    g_task_return_pointer (task, g_bytes_ref (fetch->kept->bytes), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_error_copy (error));
  g_object_unref (task);
}

/* Nobody else is to knock at a closed door. */
static void
pause_for (SpTileFetcher *self, guint seconds)
{
  GTask *task;

  self->pause_ends = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    make_do (task, self->problem);
}

/* @task: (transfer full): its request is over. @pause: seconds, or 0. One picture that is missing is no problem, unless
 * there has never been any. */
static void
fail (GTask *task, const GError *error, guint pause)
{
  SpTileFetcher *self = g_task_get_source_object (task);

  release (self, g_task_get_task_data (task));
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (pause > 0 || !self->has_worked)
        set_problem (self, error);
      if (pause > 0)
        pause_for (self, pause);
    }
  start_next (self);
  make_do (task, error);
}

static void
save (SpTileFetcher *self, const Fetch *fetch)
{
  SpTileCacheEntry *copy = g_new0 (SpTileCacheEntry, 1);

  copy->bytes = g_bytes_ref (fetch->kept->bytes);
  copy->etag = g_strdup (fetch->kept->etag);
  copy->modified = g_strdup (fetch->kept->modified);
  copy->expires = fetch->kept->expires;
  sp_tile_cache_save_later (self->cache, fetch->uri, copy);
}

/* @task: (transfer full): its picture has come, or still holds. */
static void
succeed (GTask *task)
{
  SpTileFetcher *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  release (self, fetch);
  self->has_worked = TRUE;
  self->pause_ends = 0;
  set_problem (self, NULL);
  if (sp_tile_answer_may_keep (fetch->message))
    save (self, fetch);
  start_next (self);
  make_do (task, NULL);
}

/* @bytes: (transfer full): the body of a new picture */
static void
keep_picture (Fetch *fetch, GBytes *bytes)
{
  g_clear_pointer (&fetch->kept, sp_tile_cache_entry_free);
  fetch->kept = g_new0 (SpTileCacheEntry, 1);
  fetch->kept->bytes = bytes;
  fetch->kept->etag = sp_tile_answer_get_header (fetch->message, "ETag");
  fetch->kept->modified = sp_tile_answer_get_header (fetch->message, "Last-Modified");
  fetch->kept->expires = sp_tile_answer_get_expiry (fetch->message, now_seconds ());
}

/* A page of a hotel's network, for example, is a fine answer, and no picture. */
static void
take_body (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SpPicture picture;

  if (!sp_picture_measure (fetch->body->data, fetch->body->len, &picture, NULL))
    {
      g_set_error (&error, SP_ERROR, SP_ERROR_SERVER, _("The online map at %s answers with something that is no picture"),
                   g_uri_get_host (soup_message_get_uri (fetch->message)));
      fail (task, error, NETWORK_PAUSE);
      return;
    }
  keep_picture (fetch, g_byte_array_free_to_bytes (g_steal_pointer (&fetch->body)));
  fetch->body = g_byte_array_new ();
  succeed (task);
}

static void
describe_failure (GTask *task, GError **error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (error, _("The online map at %s cannot be reached: "), g_uri_get_host (soup_message_get_uri (fetch->message)));
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      describe_failure (task, &error);
      fail (task, error, NETWORK_PAUSE);
    }
  else if (g_bytes_get_size (chunk) == 0)
    take_body (task);
  else if (fetch->body->len + g_bytes_get_size (chunk) > MOST_BYTES)
    {
      g_set_error (&error, SP_ERROR, SP_ERROR_SERVER, _("The online map at %s sends more than a picture can be"),
                   g_uri_get_host (soup_message_get_uri (fetch->message)));
      fail (task, error, NETWORK_PAUSE);
    }
  else
    {
      g_byte_array_append (fetch->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
      read_more (task);
    }
}

static void
read_more (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (fetch->stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb, task);
}

static void send_to (GTask *task, GUri *uri);

static void
follow (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) next = sp_tile_answer_get_next (fetch->message, &error);

  if (next != NULL && ++fetch->n_hops > MOST_HOPS)
    g_set_error (&error, SP_ERROR, SP_ERROR_SERVER, _("The online map at %s sends us round and round"), g_uri_get_host (next));
  if (error != NULL)
    fail (task, error, NETWORK_PAUSE);
  else
    send_to (task, next);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SoupStatus status;

  g_clear_object (&fetch->stream);
  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL)
    {
      describe_failure (task, &error);
      fail (task, error, NETWORK_PAUSE);
      return;
    }
  status = soup_message_get_status (fetch->message);
  if (status == SOUP_STATUS_OK)
    read_more (task);
  else if (status == SOUP_STATUS_NOT_MODIFIED && fetch->kept != NULL)
    {
      fetch->kept->expires = sp_tile_answer_get_expiry (fetch->message, now_seconds ());
      succeed (task);
    }
  else if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED)
    follow (task);
  else
    {
      error = sp_tile_answer_get_error (fetch->message);
      fail (task, error, sp_tile_answer_get_pause (fetch->message, now_seconds ()));
    }
}

static void
send_to (GTask *task, GUri *uri)
{
  SpTileFetcher *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  g_clear_object (&fetch->message);
  fetch->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (fetch->message, SOUP_MESSAGE_NO_REDIRECT); /* each address is looked at first */
  headers = soup_message_get_request_headers (fetch->message);
  soup_message_headers_append (headers, "Accept", "image/png,image/jpeg,image/webp");
  if (fetch->kept != NULL && fetch->kept->etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", fetch->kept->etag);
  else if (fetch->kept != NULL && fetch->kept->modified != NULL)
    soup_message_headers_append (headers, "If-Modified-Since", fetch->kept->modified);
  soup_session_send_async (self->session, fetch->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), sent_cb, task);
}

/* @task: (transfer full) */
static void
send_first (SpTileFetcher *self, GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (fetch->uri, SOUP_HTTP_URI_FLAGS, &error);

  self->n_active++;
  if (uri != NULL && sp_online_address_is_allowed (uri, &error))
    send_to (task, uri);
  else
    fail (task, error, 0);
}

static void
start_next (SpTileFetcher *self)
{
  while (self->n_active < AT_ONCE && !g_queue_is_empty (&self->waiting))
    {
      GTask *task = g_queue_pop_head (&self->waiting);

      if (g_task_return_error_if_cancelled (task))
        g_object_unref (task);
      else
        send_first (self, task);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  SpTileFetcher *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  fetch->kept = sp_tile_cache_load_finish (result);
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else if (fetch->kept != NULL && fetch->kept->expires > now_seconds ())
    make_do (task, NULL);
  else if (sp_tile_fetcher_get_pause (self) > 0)
    make_do (task, self->problem);
  else
    {
      g_queue_push_tail (&self->waiting, task);
      start_next (self);
    }
}

static void
sp_tile_fetcher_finalize (GObject *object)
{
  SpTileFetcher *self = SP_TILE_FETCHER (object);

  soup_session_abort (self->session); /* each task holds the fetcher, so none is under way */
  g_object_unref (self->session);
  g_clear_pointer (&self->cache, sp_tile_cache_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (sp_tile_fetcher_parent_class)->finalize (object);
}

static void
sp_tile_fetcher_class_init (SpTileFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_tile_fetcher_finalize;
}

static void
sp_tile_fetcher_init (SpTileFetcher *self)
{
  g_queue_init (&self->waiting);
  self->session = soup_session_new_with_options ("user-agent", USER_AGENT, "timeout", TIMEOUT, "idle-timeout", TIMEOUT,
                                                 "max-conns", AT_ONCE, "max-conns-per-host", AT_ONCE, NULL);
}

/**
 * sp_tile_fetcher_new:
 * @folder: where pictures are kept
 * @limit: how many bytes of them
 *
 * Returns: (transfer full): a fetcher
 */
SpTileFetcher *
sp_tile_fetcher_new (const char *folder, guint64 limit)
{
  SpTileFetcher *self = g_object_new (SP_TYPE_TILE_FETCHER, NULL);

  self->cache = sp_tile_cache_new (folder, limit);
  return self;
}

/**
 * sp_tile_fetcher_fetch_async:
 * @self: a fetcher
 * @uri: address of a picture
 * @cancellable: (nullable): to give it up
 * @callback: called when it is there, or not to be had
 * @user_data: for @callback
 */
void
sp_tile_fetcher_fetch_async (SpTileFetcher *self, const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, sp_tile_fetcher_fetch_async);
  fetch->uri = g_strdup (uri);
  fetch->body = g_byte_array_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  sp_tile_cache_load_async (self->cache, uri, loaded_cb, task);
}

/**
 * sp_tile_fetcher_fetch_finish:
 * @self: a fetcher
 * @result: what the callback got
 * @error: %SP_ERROR, or an error of the network with a sentence
 *
 * Returns: (transfer full) (nullable): the picture: new, kept, or kept and out of date
 */
GBytes *
sp_tile_fetcher_fetch_finish (SpTileFetcher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_tile_fetcher_get_problem:
 * @self: a fetcher
 *
 * Returns: (transfer none) (nullable): why the server could not be asked the last time; %NULL if it works, as far as is
 *   known
 */
const GError *sp_tile_fetcher_get_problem (SpTileFetcher *self) { return self->problem; }

/**
 * sp_tile_fetcher_get_pause:
 * @self: a fetcher
 *
 * Returns: for how many seconds more the server is not asked; 0 if it may be
 */
guint
sp_tile_fetcher_get_pause (SpTileFetcher *self)
{
  gint64 left = self->pause_ends - g_get_monotonic_time ();

  return left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

/**
 * sp_tile_fetcher_resume:
 * @self: a fetcher
 *
 * Lets the server be asked again at once, for example when there is a network again.
 */
void sp_tile_fetcher_resume (SpTileFetcher *self) { self->pause_ends = 0; }

/**
 * sp_tile_fetcher_reset:
 * @self: a fetcher
 *
 * Forgets what went wrong: from now on another server is asked.
 */
void
sp_tile_fetcher_reset (SpTileFetcher *self)
{
  sp_tile_fetcher_resume (self);
  set_problem (self, NULL);
  self->has_worked = FALSE;
}
