/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpServer: the databases of one folder for everybody who may log in, over CouchDB's replication protocol. It stores and
 * never merges. It listens beyond this machine only where TLS or a proxy protects the passwords.
 *
 * Belongs to one main loop. */
#include "sp-server-private.h"

#include "sp-server-identify.h"

#include <glib/gstdio.h>
#include <string.h>

#define BACKLOG 1024 /* connections that wait to be let in; the system may allow fewer */

G_DEFINE_FINAL_TYPE (SpServer, sp_server, G_TYPE_OBJECT)

static void
sp_server_finalize (GObject *object)
{
  SpServer *self = SP_SERVER (object);

  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  if (self->login != NULL)
    g_signal_handlers_disconnect_by_data (self->login, self);
  g_clear_object (&self->login);
  g_clear_pointer (&self->feeds, sp_feeds_unref);
  g_clear_object (&self->databases);
  g_strfreev (self->origins);
  g_free (self->folder);
  g_free (self->listen);
  g_free (self->uuid);
  G_OBJECT_CLASS (sp_server_parent_class)->finalize (object);
}

static void
sp_server_class_init (SpServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_server_finalize;
}

static void
sp_server_init (SpServer *self)
{
  self->feeds = sp_feeds_new ();
}

/**
 * sp_server_make_accounts_path:
 * @folder: the folder of a server
 *
 * Returns: (transfer full): its file of accounts
 */
char *
sp_server_make_accounts_path (const char *folder)
{
  return g_build_filename (folder, "accounts", NULL);
}

/* Who this server is, from its first start on: replicators find their checkpoints by it. */
static char *
read_uuid (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "uuid", NULL);
  g_autofree char *text = NULL;
  g_autofree char *random = NULL;
  g_autoptr (GString) made = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL) && strlen (g_strstrip (text)) == 32)
    return g_steal_pointer (&text);
  random = g_uuid_string_random ();
  made = g_string_new (random);
  g_string_replace (made, "-", "", 0);
  return g_file_set_contents (path, made->str, -1, error) ? g_strdup (made->str) : NULL;
}

static SoupServer *
make_soup (const SpServerOptions *options, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (options->tls_certificate != NULL)
    {
      const char *key = options->tls_key != NULL ? options->tls_key : options->tls_certificate;

      certificate = g_tls_certificate_new_from_files (options->tls_certificate, key, error);
      if (certificate == NULL)
        return NULL;
    }
  return soup_server_new ("tls-certificate", certificate, "raw-paths", TRUE, "server-header", "Signpost/" SIGNPOST_VERSION, NULL);
}

static GSocketAddress *
parse_address (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  g_autoptr (GSocketAddress) address = NULL;
  guint64 port;

  if (host != NULL && host[0] == '[' && g_str_has_suffix (host, "]"))
    {
      memmove (host, host + 1, strlen (host));
      host[strlen (host) - 1] = '\0';
    }
  if (host != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    address = g_inet_socket_address_new_from_string (host, (guint) port);
  if (address == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "“%s” is no address to listen at; it looks like 127.0.0.1:5985 or [::1]:5985", text);
  return g_steal_pointer (&address);
}

static gboolean
check_exposure (const SpServerOptions *options, GError **error)
{
  g_autoptr (GSocketAddress) address = parse_address (options->listen, error);

  if (address == NULL)
    return FALSE;
  if (g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
      || options->tls_certificate != NULL || options->behind_proxy)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "%s is beyond this machine, and passwords would travel unprotected: give --tls-cert and --tls-key, or --behind-proxy if one adds TLS", options->listen);
  return FALSE;
}

static void
accounts_changed_cb (SpLogin *login, SpServer *self)
{
  sp_feeds_check (self->feeds, sp_login_get_accounts (login));
}

/**
 * sp_server_new:
 * @folder: its data; made if it is not there
 * @options: how it is run
 * @error: %SP_ERROR_USAGE, %G_FILE_ERROR, %G_TLS_ERROR
 *
 * Reads files: before the main loop runs.
 *
 * Returns: (transfer full) (nullable): a server that does not listen yet
 */
SpServer *
sp_server_new (const char *folder, const SpServerOptions *options, GError **error)
{
  g_autoptr (SpServer) self = g_object_new (SP_TYPE_SERVER, NULL);
  g_autofree char *accounts = sp_server_make_accounts_path (folder);
  SpGuardLimits limits = options->limits;

  if (!check_exposure (options, error))
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_READ_ONLY, "“%s” cannot be made", folder);
      return NULL;
    }
  self->folder = g_strdup (folder);
  self->listen = g_strdup (options->listen);
  self->behind_proxy = options->behind_proxy;
  self->max_body = limits.body;
  self->slow_s = limits.slow_s;
  self->is_secure = options->behind_proxy || options->tls_certificate != NULL;
  self->origins = g_strdupv ((char **) options->origins);
  self->uuid = read_uuid (folder, error);
  self->session_s = options->session_s > 0 ? options->session_s : SP_LOGIN_SESSION_S;
  self->login = self->uuid != NULL ? sp_login_new (accounts, self->session_s, error) : NULL;
  self->soup = self->login != NULL ? make_soup (options, error) : NULL;
  if (self->soup == NULL)
    return NULL;
  if (options->behind_proxy)
    limits.connections = 0; /* all come from the proxy */
  self->databases = sp_databases_new (folder);
  g_signal_connect (self->login, "changed", G_CALLBACK (accounts_changed_cb), self);
  sp_guard_watch (self->soup, &limits);
  soup_server_add_early_handler (self->soup, NULL, sp_identify_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, sp_server_handle_cb, self, NULL);
  return g_steal_pointer (&self);
}

/* By itself libsoup lets ten wait to be let in; whoever comes on top of that knocks again after a second, then after three,
 * then after seven. A browser, or a town after a power cut, comes with more. */
static gboolean
listen_at (SpServer *self, GSocketAddress *address, GError **error)
{
  SoupServerListenOptions options = soup_server_is_https (self->soup) ? SOUP_SERVER_LISTEN_HTTPS : 0;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  return g_socket_bind (socket, address, TRUE, error) && g_socket_listen (socket, error)
         && soup_server_listen_socket (self->soup, socket, options, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpServer *self = g_task_get_source_object (task);
  g_autoptr (GSocketAddress) address = NULL;
  GError *error = NULL;

  if (sp_databases_open_finish (SP_DATABASES (source), result, &error) && (address = parse_address (self->listen, &error)) != NULL
      && listen_at (self, address, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sp_server_start_async:
 * @self: a server
 * @callback: called in this main context when it listens
 * @user_data: for @callback
 *
 * Opens the databases and begins to listen.
 */
void
sp_server_start_async (SpServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sp_server_start_async);
  sp_databases_open_async (self->databases, opened_cb, task);
}

/**
 * sp_server_start_finish:
 * @self: a server
 * @result: what the callback got
 * @error: why it does not listen
 *
 * Returns: whether it listens
 */
gboolean
sp_server_start_finish (SpServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_server_get_address:
 * @self: a server that listens
 *
 * Returns: (transfer full) (nullable): where, as a URL with a slash at its end
 */
char *
sp_server_get_address (SpServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  char *address = uris != NULL ? g_uri_to_string (uris->data) : NULL;

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return address;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, sp_databases_close_finish (SP_DATABASES (source), result, NULL));
}

/**
 * sp_server_stop_async:
 * @self: a server
 * @callback: called when all files are closed
 * @user_data: for @callback
 *
 * Closes all connections and then the databases, which write what was asked for before.
 */
void
sp_server_stop_async (SpServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, sp_server_stop_async);
  soup_server_disconnect (self->soup);
  sp_databases_close_async (self->databases, closed_cb, task);
}

/**
 * sp_server_stop_finish:
 * @self: a server
 * @result: what the callback got
 * @error: not used
 *
 * Returns: whether it has ended
 */
gboolean
sp_server_stop_finish (SpServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
