/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps one client from using up the server: a connection that says nothing is closed, a request must arrive in time,
 * a body is counted as it comes and thrown away beyond its limit, and an address has only so many connections. */
#include "sp-server-guard.h"

#define OVERRUN 4 /* a body this many times its limit is cut off without an answer */

typedef struct
{
  SpGuardLimits limits;
  GHashTable   *addresses; /* address → connections */
} Guard;

static void
free_guard (gpointer data)
{
  g_hash_table_unref (((Guard *) data)->addresses);
}

/* A request that is arriving. */
typedef struct
{
  Guard      *guard;
  GByteArray *body;
  gsize       received;
  GSocket    *socket; /* owned, nullable */
  guint       deadline;
} Arrival;

static void
free_arrival (gpointer data)
{
  Arrival *arrival = data;

  g_clear_handle_id (&arrival->deadline, g_source_remove);
  g_byte_array_unref (arrival->body);
  g_clear_object (&arrival->socket);
  g_rc_box_release_full (arrival->guard, free_guard);
  g_free (arrival);
}

static void
cut_off (Arrival *arrival)
{
  if (arrival->socket != NULL)
    g_socket_shutdown (arrival->socket, TRUE, TRUE, NULL);
}

static gboolean
too_late_cb (gpointer data)
{
  Arrival *arrival = data;

  arrival->deadline = 0;
  cut_off (arrival);
  return G_SOURCE_REMOVE;
}

static void
got_headers_cb (SoupServerMessage *message, Arrival *arrival)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (arrival->deadline == 0)
    arrival->deadline = g_timeout_add_seconds (arrival->guard->limits.request_s, too_late_cb, arrival);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, Arrival *arrival)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (chunk, &length);

  arrival->received += length;
  if (arrival->received <= arrival->guard->limits.body)
    g_byte_array_append (arrival->body, bytes, (guint) length);
  else if (arrival->received > OVERRUN * arrival->guard->limits.body)
    cut_off (arrival);
  else
    g_byte_array_set_size (arrival->body, 0);
}

static void
got_body_cb (SoupServerMessage *message, Arrival *arrival)
{
  g_clear_handle_id (&arrival->deadline, g_source_remove);
}

/* ── Connections ── */

typedef struct
{
  Guard *guard;
  char  *address;
} Connection;

static void
forget_connection (gpointer data)
{
  Connection *connection = data;
  GHashTable *addresses = connection->guard->addresses;
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (addresses, connection->address));

  if (n > 1)
    g_hash_table_replace (addresses, g_strdup (connection->address), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (addresses, connection->address);
  g_rc_box_release_full (connection->guard, free_guard);
  g_free (connection->address);
  g_free (connection);
}

/* Counts the connection of a message once, until its socket is gone. */
static guint
count_connection (Guard *guard, SoupServerMessage *message, GSocket *socket)
{
  const char *address = soup_server_message_get_remote_host (message);
  Connection *connection = g_object_get_data (G_OBJECT (socket), "sp-connection");
  guint n;

  if (address == NULL)
    return 0;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (guard->addresses, address));
  if (connection != NULL)
    return n;
  connection = g_new (Connection, 1);
  *connection = (Connection){ g_rc_box_acquire (guard), g_strdup (address) };
  g_hash_table_replace (guard->addresses, g_strdup (address), GUINT_TO_POINTER (n + 1));
  g_object_set_data_full (G_OBJECT (socket), "sp-connection", connection, forget_connection);
  return n + 1;
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, Guard *guard)
{
  Arrival *arrival = g_new0 (Arrival, 1);
  GSocket *socket = soup_server_message_get_socket (message);

  arrival->guard = g_rc_box_acquire (guard);
  arrival->body = g_byte_array_new ();
  g_set_object (&arrival->socket, socket);
  g_object_set_data_full (G_OBJECT (message), "sp-arrival", arrival, free_arrival);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), arrival);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), arrival);
  g_signal_connect (message, "got-body", G_CALLBACK (got_body_cb), arrival);
  if (socket == NULL)
    return;
  g_socket_set_timeout (socket, guard->limits.idle_s);
  if (count_connection (guard, message, socket) > guard->limits.connections && guard->limits.connections > 0)
    cut_off (arrival);
}

static void
release_guard (gpointer guard, GClosure *closure)
{
  g_rc_box_release_full (guard, free_guard);
}

/**
 * sp_guard_watch:
 * @server: a server that does not listen yet
 * @limits: what one client may ask for
 *
 * Watches over all requests of a server.
 */
void
sp_guard_watch (SoupServer *server, const SpGuardLimits *limits)
{
  Guard *guard = g_rc_box_new0 (Guard);

  guard->limits = *limits;
  guard->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_data (server, "request-started", G_CALLBACK (request_started_cb), guard, release_guard, 0);
}

/**
 * sp_guard_take_body:
 * @message: a request that has arrived
 * @too_large: (out): whether more came than may
 *
 * Returns: (transfer full): its body; empty if it was too large
 */
GBytes *
sp_guard_take_body (SoupServerMessage *message, gboolean *too_large)
{
  Arrival *arrival = g_object_get_data (G_OBJECT (message), "sp-arrival");
  GByteArray *body = g_steal_pointer (&arrival->body);

  arrival->body = g_byte_array_new ();
  *too_large = arrival->received > arrival->guard->limits.body;
  return g_byte_array_free_to_bytes (body);
}
