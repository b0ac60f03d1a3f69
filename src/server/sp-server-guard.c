/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps one client from using up the server: a connection that says nothing is closed, and an address has only so many
 * of them. What they send is the business of sp-server-intake.c. */
#include "sp-server-guard.h"

#include "sp-server-intake.h"

#include <glib-unix.h>
#include <sys/socket.h>

typedef struct
{
  SpGuardLimits limits;
  GHashTable   *addresses; /* address → connections */
  SpIntake   *intake;
} Guard;

static void
free_guard (gpointer data)
{
  Guard *guard = data;

  g_hash_table_unref (guard->addresses);
  sp_intake_unref (guard->intake);
}

/* ── Connections ── */

/* A connection, from its beginning to its end. It holds its first message, which is told when it ends.
 *
 * libsoup before 3.4 does not notice when a client closes a connection between two requests: it keeps file and memory for
 * ever. So what goes on between two requests is watched here, before libsoup looks at it. */
typedef struct
{
  Guard             *guard;
  SoupServerMessage *message;
  GSocket           *socket;  /* owned */
  char              *address; /* nullable: not counted */
  guint              watch;
  guint              timer;
} Connection;

static void
end_watch (Connection *connection)
{
  g_clear_handle_id (&connection->watch, g_source_remove);
  g_clear_handle_id (&connection->timer, g_source_remove);
}

/* This ends in disconnected_cb(). */
static void
close_idle (Connection *connection)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (connection->message);

  if (stream != NULL)
    g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static gboolean
silent_cb (gpointer data)
{
  Connection *connection = data;

  connection->timer = 0;
  close_idle (connection);
  return G_SOURCE_REMOVE;
}

/* The next request has begun, and does not come. */
static gboolean
unfinished_cb (gpointer data)
{
  Connection *connection = data;

  connection->timer = 0;
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

/* Either the next request comes, or the end. libsoup says that one has started only when its first line is there. */
static gboolean
readable_cb (int fd, GIOCondition condition, gpointer data)
{
  Connection *connection = data;
  char byte;
  const gboolean more = recv (fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;

  connection->watch = 0;
  g_clear_handle_id (&connection->timer, g_source_remove);
  if (more)
    connection->timer = g_timeout_add_seconds (connection->guard->limits.request_s, unfinished_cb, connection);
  else
    close_idle (connection);
  return G_SOURCE_REMOVE;
}

static void
begin_watch (Connection *connection)
{
  g_socket_set_timeout (connection->socket, 0);
  end_watch (connection);
  connection->watch = g_unix_fd_add_full (G_PRIORITY_HIGH, g_socket_get_fd (connection->socket), G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, connection, NULL);
  connection->timer = g_timeout_add_seconds (connection->guard->limits.idle_s, silent_cb, connection);
}

static void
finished_cb (SoupServerMessage *message, GSocket *socket)
{
  Connection *connection = g_object_get_data (G_OBJECT (socket), "sp-connection");

  if (connection == NULL || g_socket_is_closed (socket))
    return;
  soup_message_body_truncate (soup_server_message_get_response_body (message)); /* the first message stays for long */
  begin_watch (connection);
}

static guint
add_to_count (Guard *guard, const char *address, int change)
{
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (guard->addresses, address)) + (guint) change;

  if (n > 0)
    g_hash_table_replace (guard->addresses, g_strdup (address), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (guard->addresses, address);
  return n;
}

static void
disconnected_cb (SoupServerMessage *message, Connection *connection)
{
  g_object_set_data (G_OBJECT (connection->socket), "sp-connection", NULL);
  end_watch (connection);
  if (connection->address != NULL)
    add_to_count (connection->guard, connection->address, -1);
  g_signal_handlers_disconnect_by_data (message, connection);
  g_object_unref (message);
  g_rc_box_release_full (connection->guard, free_guard);
  g_object_unref (connection->socket);
  g_free (connection->address);
  g_free (connection);
}

/* How many there are from this address now. */
static guint
begin_connection (Guard *guard, SoupServerMessage *message, GSocket *socket)
{
  const char *address = guard->limits.connections > 0 ? soup_server_message_get_remote_host (message) : NULL;
  Connection *connection = g_new0 (Connection, 1);

  connection->guard = g_rc_box_acquire (guard);
  connection->message = g_object_ref (message);
  connection->socket = g_object_ref (socket);
  connection->address = g_strdup (address);
  g_object_set_data (G_OBJECT (socket), "sp-connection", connection);
  g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), connection);
  return address != NULL ? add_to_count (guard, address, 1) : 0;
}

static void
unref_socket (gpointer socket, GClosure *closure)
{
  g_object_unref (socket);
}

/* Of a connection's first request this comes as soon as the connection is there. */
static void
request_started_cb (SoupServer *server, SoupServerMessage *message, Guard *guard)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Connection *connection = g_object_get_data (G_OBJECT (socket), "sp-connection");

  sp_intake_begin (guard->intake, message);
  g_signal_connect_data (message, "finished", G_CALLBACK (finished_cb), g_object_ref (socket), unref_socket, 0);
  if (connection != NULL)
    end_watch (connection);
  else if (begin_connection (guard, message, socket) > guard->limits.connections && guard->limits.connections > 0)
    sp_intake_cut_off (message);
  g_socket_set_timeout (socket, guard->limits.idle_s);
  if (soup_server_is_https (server) && !soup_check_version (3, 4, 0)) /* what a TLS client closes cannot be seen here */
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
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
  guard->intake = sp_intake_new (limits);
  guard->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_data (server, "request-started", G_CALLBACK (request_started_cb), guard, release_guard, 0);
}

/**
 * sp_guard_cut_off:
 * @message: a request that is being answered
 *
 * Ends its connection at once; what is not on its way yet is lost. Not while libsoup reads or writes @message.
 */
void
sp_guard_cut_off (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = NULL;
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket == NULL)
    return;
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
  stream = soup_server_message_steal_connection (message);
  if (stream != NULL)
    g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}
