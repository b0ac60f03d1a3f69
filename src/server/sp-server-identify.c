/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks: found out as soon as the head of a request is there. While a password is checked, which may take seconds,
 * nothing more is read from the connection, so that a body waits with whoever sends it. */
#include "sp-server-identify.h"

#include "sp-server-intake.h"
#include "sp-server-respond.h"
#include "sp-server-session.h"

#include <string.h>

#define NO_ATTACHMENTS "Attachments are not kept: put the file elsewhere and its address in the entry"

/* What is still to come of the request is read and thrown away; where it need not come, for its sender waits for us to say
 * “100 Continue”, the connection cannot be used again. */
static void
refuse (SpServer *server, SoupServerMessage *message, SpAnswer *answer)
{
  sp_respond_prepare (server, message);
  sp_respond (message, answer);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

/* A CouchDB sends a document with attachments as multipart/related. They may be larger than what else is taken, and the
 * answer that they are not kept must reach it all the same. */
static gboolean
has_attachments (SoupServerMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  return type != NULL && g_ascii_strncasecmp (type, "multipart/", strlen ("multipart/")) == 0;
}

static void
admit (SpServer *server, SoupServerMessage *message, const char *account)
{
  g_object_set_data_full (G_OBJECT (message), "sp-account", g_strdup (account), g_free);
  if (has_attachments (message))
    {
      refuse (server, message, sp_answer_new_error (403, "forbidden", NO_ATTACHMENTS));
      sp_intake_ignore (message);
    }
  else
    sp_intake_trust (message);
}

typedef struct
{
  SpServer          *server;  /* owned */
  SoupServerMessage *message; /* owned */
  char              *name;
} Asking;

static void
free_asking (Asking *asking)
{
  g_object_unref (asking->server);
  g_object_unref (asking->message);
  g_free (asking->name);
  g_free (asking);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  const gboolean right = sp_login_check_finish (SP_LOGIN (source), result, &error);

  if (soup_server_message_get_socket (asking->message) != NULL) /* there is still somebody */
    {
      if (right)
        admit (asking->server, asking->message, asking->name);
      else if (error != NULL)
        refuse (asking->server, asking->message, sp_answer_new_error (503, "service_unavailable", error->message));
      else
        refuse (asking->server, asking->message, sp_answer_new_error (401, "unauthorized", "Name or password is incorrect."));
      soup_server_message_unpause (asking->message);
    }
  free_asking (asking);
}

static void
check (SpServer *server, SoupServerMessage *message, const char *name, const char *password)
{
  g_autofree char *address = sp_session_get_address (server, message);
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking){ g_object_ref (server), g_object_ref (message), g_strdup (name) };
  soup_server_message_pause (message);
  sp_login_check_async (server->login, name, password, address, checked_cb, asking);
}

/* Logging in has its own way: there the name and the password are in the body. */
static gboolean
needs_nobody (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return strcmp (path, "/_session") == 0 || strcmp (path, "/_session/") == 0 || strcmp (soup_server_message_get_method (message), "OPTIONS") == 0;
}

/**
 * sp_identify_cb:
 * @soup: the server that gets it
 * @message: a request of which the head has arrived
 * @path: not used
 * @query: (nullable): not used
 * @data: an SpServer
 *
 * Finds out who asks, now or later. A wrong password is answered here; whoever gives none stays unknown.
 */
void
sp_identify_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SpServer *self = data;
  g_autofree char *name = NULL;
  g_autofree char *password = NULL;
  g_autofree char *session = NULL;

  if (needs_nobody (message))
    return;
  if (!sp_session_read_basic (message, &name, &password))
    {
      session = sp_session_find (self, message);
      if (session != NULL)
        admit (self, message, session);
    }
  else if (sp_login_remembers (self->login, name, password))
    admit (self, message, name);
  else
    check (self, message, name, password);
}

/**
 * sp_identify_get_account:
 * @message: a request that has arrived
 *
 * Returns: (transfer none) (nullable): who asks
 */
const char *
sp_identify_get_account (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), "sp-account");
}
