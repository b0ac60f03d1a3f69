/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Requests byte by byte, for what a well-behaved client would not send. */

#include "server-fixture.h"

G_GNUC_UNUSED static GSocketConnection *
connect_to (ServerFixture *f)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (f->address, G_URI_FLAGS_NONE, NULL);
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);
  g_assert_nonnull (connection);
  return connection;
}

static void
raw_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gssize *) data = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
}

/* @text: (nullable): gets what came */
static gssize
read_into (GSocketConnection *connection, GString *text)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char buffer[512];
  gssize n = -2;

  g_input_stream_read_async (in, buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL, raw_read_cb, &n);
  while (n == -2)
    g_main_context_iteration (NULL, TRUE);
  if (text != NULL && n > 0)
    g_string_append_len (text, buffer, n);
  return n;
}

static gssize
read_some (GSocketConnection *connection)
{
  return read_into (connection, NULL);
}

/* Whether the server closes the connection. */
G_GNUC_UNUSED static void
assert_closed (GSocketConnection *connection)
{
  while (read_some (connection) > 0)
    ;
}

/* What is on its way to the server, without an end. */
typedef struct
{
  GSocketConnection *connection;
  GString           *answer;
  gboolean           sent;
} RawRequest;

static void
raw_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RawRequest *request = data;

  request->sent = TRUE;
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
}

/* @bytes stay as they are until they are sent. */
G_GNUC_UNUSED static void
send_raw (ServerFixture *f, RawRequest *request, const char *head, const char *bytes, gsize length)
{
  GOutputStream *out;

  *request = (RawRequest){ .connection = connect_to (f), .answer = g_string_new (NULL) };
  out = g_io_stream_get_output_stream (G_IO_STREAM (request->connection));
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all_async (out, bytes, length, G_PRIORITY_DEFAULT, NULL, raw_sent_cb, request);
}

static gboolean
raw_over_cb (gpointer data)
{
  *(gboolean *) data = FALSE;
  return G_SOURCE_REMOVE;
}

G_GNUC_UNUSED static void
let_time_pass (guint ms)
{
  gboolean waits = TRUE;

  g_timeout_add (ms, raw_over_cb, &waits);
  wait_for_server (&waits);
}

/* What came so far, after waiting for some more. */
G_GNUC_UNUSED static const char *
read_raw (RawRequest *request)
{
  read_into (request->connection, request->answer);
  return request->answer->str;
}

G_GNUC_UNUSED static void
close_raw (RawRequest *request)
{
  while (!request->sent)
    {
      g_socket_shutdown (g_socket_connection_get_socket (request->connection), TRUE, TRUE, NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  g_object_unref (request->connection);
  g_string_free (request->answer, TRUE);
}
