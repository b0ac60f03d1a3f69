/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request that arrives: it must be there in time, and its body is counted as it comes and thrown away beyond its limit.
 * Until it is known who asks that limit is small, and all bodies together have one too: behind a proxy nothing else
 * bounds how many there are.
 *
 * Belongs to the main loop. */
#include "sp-server-intake.h"

#define MOST_ROOM (1024 * 1024) /* bytes that are set aside for a body before it comes */
#define STRANGER (64 * 1024)    /* bytes of a body from somebody unknown: enough to log in with */
#define STRANGERS 4             /* all of these together have one part in so many of the room for all bodies */
#define OVERRUN 4               /* a body this many times its limit is cut off without an answer */
#define MOST_IGNORED (256 * 1024 * 1024) /* bytes of a body that is read only so that its sender hears the answer */

struct _SpIntake
{
  SpGuardLimits limits;
  gsize         held[2]; /* bytes in memory: of strangers, and of those who are known */
};

typedef struct
{
  SpIntake   *all;
  GByteArray   *body;
  gsize         received;
  gsize         held;     /* bytes that are counted in @all */
  gboolean      is_known; /* who sends it; also where in @all they are counted */
  gboolean      ignored;  /* it is answered already */
  SpIntakeFate fate;
  GSocket      *socket;   /* owned */
  guint         deadline;
} Arrival;

static Arrival *
get_arrival (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), "sp-arrival");
}

/**
 * sp_intake_new:
 * @limits: what one client may ask for
 *
 * Returns: (transfer full): an intake that is empty
 */
SpIntake *
sp_intake_new (const SpGuardLimits *limits)
{
  SpIntake *self = g_rc_box_new0 (SpIntake);

  self->limits = *limits;
  return self;
}

/**
 * sp_intake_unref:
 * @self: (transfer full): an intake; requests that are under way keep it
 */
void
sp_intake_unref (SpIntake *self)
{
  g_rc_box_release (self);
}

/* ── Bytes in memory ── */

static void
release_room (Arrival *self)
{
  self->all->held[self->is_known] -= self->held;
  self->held = 0;
}

/* Truncating an array would keep its memory. */
static void
drop_body (Arrival *self, SpIntakeFate fate)
{
  g_byte_array_unref (self->body);
  self->body = g_byte_array_new ();
  self->fate = fate;
  release_room (self);
}

static gsize
get_limit (const Arrival *self)
{
  if (self->ignored)
    return 0;
  return self->is_known ? self->all->limits.body : MIN (STRANGER, self->all->limits.body);
}

static gboolean
has_room (const Arrival *self, gsize length)
{
  const SpIntake *all = self->all;

  return all->held[0] + all->held[1] + length <= all->limits.bodies
         && (self->is_known || all->held[0] + length <= all->limits.bodies / STRANGERS);
}

/* Sets as much aside as is announced, unless that is very much: whoever announces it may never send it. */
static void
make_room (SoupServerMessage *message, Arrival *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const gboolean announces = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;
  const goffset announced = announces ? soup_message_headers_get_content_length (headers) : 0;

  g_byte_array_set_size (self->body, (guint) CLAMP (announced, 0, (goffset) MIN (MOST_ROOM, get_limit (self))));
  g_byte_array_set_size (self->body, 0);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, Arrival *self)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (chunk, &length);

  if (self->received == 0)
    make_room (message, self);
  self->received += length;
  if (self->received > (self->ignored ? MOST_IGNORED : OVERRUN * self->all->limits.body))
    sp_intake_cut_off (message);
  else if (self->received > get_limit (self))
    drop_body (self, SP_INTAKE_TOO_LARGE);
  else if (self->fate == SP_INTAKE_WHOLE && !has_room (self, length))
    drop_body (self, SP_INTAKE_CROWDED);
  else if (self->fate == SP_INTAKE_WHOLE)
    {
      g_byte_array_append (self->body, bytes, (guint) length);
      self->held += length;
      self->all->held[self->is_known] += length;
    }
}

/* ── From beginning to end ── */

static void
free_arrival (gpointer data)
{
  Arrival *self = data;

  release_room (self);
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_byte_array_unref (self->body);
  g_clear_object (&self->socket);
  sp_intake_unref (self->all);
  g_free (self);
}

static gboolean
too_late_cb (gpointer data)
{
  Arrival *self = data;

  self->deadline = 0;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
arrived_cb (SoupServerMessage *message, Arrival *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
}

/* The first message of a connection stays for long; its bytes do not. */
static void
finished_cb (SoupServerMessage *message, Arrival *self)
{
  arrived_cb (message, self);
  drop_body (self, self->fate);
}

/**
 * sp_intake_begin:
 * @self: an intake
 * @message: a request of which nothing has come yet
 *
 * Takes in what comes.
 */
void
sp_intake_begin (SpIntake *self, SoupServerMessage *message)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->all = g_rc_box_acquire (self);
  arrival->body = g_byte_array_new ();
  arrival->socket = g_object_ref (soup_server_message_get_socket (message));
  arrival->deadline = g_timeout_add_seconds (self->limits.request_s, too_late_cb, arrival);
  g_object_set_data_full (G_OBJECT (message), "sp-arrival", arrival, free_arrival);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), arrival);
  g_signal_connect (message, "got-body", G_CALLBACK (arrived_cb), arrival);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), arrival);
}

/**
 * sp_intake_cut_off:
 * @message: a request that is arriving
 *
 * Ends its connection, without an answer.
 */
void
sp_intake_cut_off (SoupServerMessage *message)
{
  g_socket_shutdown (get_arrival (message)->socket, TRUE, TRUE, NULL);
}

/**
 * sp_intake_trust:
 * @message: a request of which the head has arrived, and no more
 *
 * Whoever asks is known, and may send a large body.
 */
void
sp_intake_trust (SoupServerMessage *message)
{
  get_arrival (message)->is_known = TRUE;
}

/**
 * sp_intake_ignore:
 * @message: a request of which the head has arrived, and no more
 *
 * It is answered already. Most clients look at the answer only when they have sent all, so that is read, up to a limit.
 */
void
sp_intake_ignore (SoupServerMessage *message)
{
  get_arrival (message)->ignored = TRUE;
}

/**
 * sp_intake_take_body:
 * @message: a request that has arrived
 * @fate: (out): what became of its body
 *
 * Its bytes count until the request is answered.
 *
 * Returns: (transfer full): the body; empty if it is not whole
 */
GBytes *
sp_intake_take_body (SoupServerMessage *message, SpIntakeFate *fate)
{
  Arrival *self = get_arrival (message);
  GByteArray *body = g_steal_pointer (&self->body);

  self->body = g_byte_array_new ();
  *fate = self->fate;
  return g_byte_array_free_to_bytes (body);
}
