/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A client of a database, its server, which does what a test wants, and another server where no request is to end up. */

#include "sp-couch-client.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct _Fixture Fixture;
typedef void (*Answer) (Fixture *f, SoupServerMessage *message, const char *path, GHashTable *query);

struct _Fixture
{
  SoupServer    *server;
  SoupServer    *other;
  SpCouchClient *client;
  Answer         answer;
  GAsyncResult  *result;
  guint          requests;
  guint          elsewhere; /* requests that the other server got */
  guint          packed;
  GString       *log;
  SoupServerMessage *message; /* owned, nullable: an answer that does not end */
};

static void
reply (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Fixture *f = data;

  f->requests++;
  f->answer (f, message, path, query);
}

static void
elsewhere_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  ((Fixture *) data)->elsewhere++;
  reply (message, 200, "{}");
}

static SoupServer *
make_server (SoupServerCallback callback, Fixture *f)
{
  SoupServer *server = soup_server_new (NULL, NULL);

  soup_server_add_handler (server, NULL, callback, f, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  return server;
}

static GUri *
get_uri (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  g_autofree char *base = g_uri_to_string (uris->data);
  g_autofree char *full = g_strconcat (base, "town/", NULL);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return g_uri_parse (full, G_URI_FLAGS_ENCODED, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GUri) uri = NULL;

  f->server = make_server (answer_cb, f);
  f->other = make_server (elsewhere_cb, f);
  uri = get_uri (f->server);
  f->client = sp_couch_client_new (uri, "ann", "secret");
  f->log = g_string_new (NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->client != NULL) /* unless the test saw it go */
    g_object_add_weak_pointer (G_OBJECT (f->client), (gpointer *) &f->client);
  if (f->client != NULL)
    g_object_unref (f->client);
  while (f->client != NULL) /* what is under way lets go of it; for ever if it leaks */
    g_main_context_iteration (NULL, TRUE);
  soup_server_disconnect (f->server);
  soup_server_disconnect (f->other);
  g_object_unref (f->server);
  g_object_unref (f->other);
  g_string_free (f->log, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&f->result);
}

G_GNUC_UNUSED static GBytes *
send_request (Fixture *f, const char *method, const char *path, const char *body, GError **error)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  sp_couch_client_send_async (f->client, method, path, NULL, bytes, NULL, ended_cb, f);
  result = wait_for_result (f);
  return sp_couch_client_send_finish (f->client, result, NULL, error);
}
