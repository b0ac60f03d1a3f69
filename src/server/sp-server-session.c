/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in: `_session` with its cookie, and the headers that say who asks. */
#include "sp-server-session.h"

#include <string.h>

#define COOKIE "AuthSession"

/**
 * sp_session_get_address:
 * @server: a server
 * @message: a request
 *
 * Returns: (transfer full): where it came from; behind a proxy what the proxy says
 */
char *
sp_session_get_address (SpServer *server, SoupServerMessage *message)
{
  const char *forwarded = server->behind_proxy ? soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For") : NULL;
  const char *last = forwarded != NULL ? strrchr (forwarded, ',') : NULL;
  const char *host = soup_server_message_get_remote_host (message);

  if (forwarded != NULL)
    return g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));
  return g_strdup (host != NULL ? host : "");
}

/**
 * sp_session_read_basic:
 * @message: a request
 * @name: (out) (transfer full): the account it names
 * @password: (out) (transfer full): its password
 *
 * Returns: whether it carries both
 */
gboolean
sp_session_read_basic (SoupServerMessage *message, char **name, char **password)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *text = NULL;
  gsize length;
  char *colon;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", strlen ("Basic ")) != 0)
    return FALSE;
  text = (char *) g_base64_decode (header + strlen ("Basic "), &length);
  if (!g_utf8_validate (text, (gssize) length, NULL) || (colon = memchr (text, ':', length)) == NULL)
    return FALSE;
  *name = g_strndup (text, (gsize) (colon - text));
  *password = g_strndup (colon + 1, length - (gsize) (colon + 1 - text));
  return TRUE;
}

static char *
read_cookie (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");
  g_auto (GStrv) cookies = header != NULL ? g_strsplit (header, ";", 32) : NULL;

  for (guint i = 0; cookies != NULL && cookies[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (cookies[i]), COOKIE "="))
      return g_strdup (cookies[i] + strlen (COOKIE "="));
  return NULL;
}

/**
 * sp_session_find:
 * @server: a server
 * @message: a request
 *
 * Returns: (transfer full) (nullable): whose session its cookie is
 */
char *
sp_session_find (SpServer *server, SoupServerMessage *message)
{
  g_autofree char *token = read_cookie (message);

  return token != NULL ? sp_login_find_session (server->login, token) : NULL;
}

/* ── _session ── */

static void
set_cookie (SpServer *server, SoupServerMessage *message, const char *token)
{
  g_autofree char *cookie = g_strdup_printf (COOKIE "=%s; Version=1; Max-Age=%u; Path=/; HttpOnly; SameSite=Strict%s", token,
                                             token[0] != '\0' ? server->session_s : 0, server->is_secure ? "; Secure" : "");

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Set-Cookie", cookie);
}

/**
 * sp_session_renew:
 * @server: a server
 * @message: a request that has arrived
 *
 * A session lasts on while it is used; a browser hears of it here, for it drops a cookie whose time is over.
 */
void
sp_session_renew (SpServer *server, SoupServerMessage *message)
{
  const char *basic = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *token = basic == NULL ? read_cookie (message) : NULL;

  if (token != NULL && sp_login_session_is_due (server->login, token))
    set_cookie (server, message, token);
}

static void
add_roles (GString *out, SpAccounts *accounts, const char *name, const char *database)
{
  g_auto (GStrv) roles = sp_accounts_get_roles (accounts, name, database);

  g_string_append_c (out, '[');
  for (guint i = 0; roles != NULL && roles[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_json_append_text (out, roles[i]);
      if (strcmp (database, SP_ACCOUNTS_SERVER) == 0 && strcmp (roles[i], "admin") == 0)
        g_string_append (out, ",\"_admin\"");
    }
  g_string_append_c (out, ']');
}

/* The roles in each database, for an app to know what it may do. */
static void
add_databases (GString *out, SpAccounts *accounts, const char *name)
{
  g_auto (GStrv) databases = sp_accounts_get_databases (accounts, name);
  gboolean any = FALSE;

  g_string_append_c (out, '{');
  for (guint i = 0; databases[i] != NULL; i++)
    {
      if (strcmp (databases[i], SP_ACCOUNTS_SERVER) == 0)
        continue;
      if (any)
        g_string_append_c (out, ',');
      sp_json_append_text (out, databases[i]);
      g_string_append_c (out, ':');
      add_roles (out, accounts, name, databases[i]);
      any = TRUE;
    }
  g_string_append_c (out, '}');
}

static SpAnswer *
describe (SpServer *server, const char *name)
{
  SpAccounts *accounts = sp_login_get_accounts (server->login);
  GString *out = g_string_new ("{\"ok\":true,\"userCtx\":{\"name\":");

  if (name == NULL)
    g_string_append (out, "null,\"roles\":[]}");
  else
    {
      sp_json_append_text (out, name);
      g_string_append (out, ",\"roles\":");
      add_roles (out, accounts, name, SP_ACCOUNTS_SERVER);
      g_string_append (out, ",\"databases\":");
      add_databases (out, accounts, name);
      g_string_append_c (out, '}');
    }
  g_string_append (out, ",\"info\":{\"authentication_handlers\":[\"cookie\",\"default\"]}}\n");
  return sp_answer_take (200, out);
}

typedef struct
{
  SpServer          *server;
  SoupServerMessage *message;
  char              *name;
  gboolean           opens;
  SpSessionFunc      func;
  gpointer           user_data;
} Entry;

static SpAnswer *
open_session (Entry *entry)
{
  SpAccounts *accounts = sp_login_get_accounts (entry->server->login);
  g_autofree char *token = sp_login_open_session (entry->server->login, entry->name);
  GString *out = g_string_new ("{\"ok\":true,\"name\":");

  set_cookie (entry->server, entry->message, token);
  sp_json_append_text (out, entry->name);
  g_string_append (out, ",\"roles\":");
  add_roles (out, accounts, entry->name, SP_ACCOUNTS_SERVER);
  g_string_append (out, ",\"databases\":");
  add_databases (out, accounts, entry->name);
  g_string_append (out, "}\n");
  return sp_answer_take (200, out);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Entry *entry = data;
  g_autoptr (GError) error = NULL;
  SpAnswer *answer;

  if (sp_login_check_finish (SP_LOGIN (source), result, &error))
    answer = entry->opens ? open_session (entry) : describe (entry->server, entry->name);
  else if (error != NULL)
    answer = sp_answer_new_error (503, "service_unavailable", error->message);
  else
    answer = sp_answer_new_error (401, "unauthorized", "Name or password is incorrect.");
  entry->func (answer, entry->user_data);
  g_object_unref (entry->server);
  g_object_unref (entry->message);
  g_free (entry->name);
  g_free (entry);
}

static void
check (SpServer *server, SoupServerMessage *message, const char *name, const char *password, gboolean opens, SpSessionFunc func, gpointer user_data)
{
  g_autofree char *address = sp_session_get_address (server, message);
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry){ g_object_ref (server), g_object_ref (message), g_strdup (name), opens, func, user_data };
  sp_login_check_async (server->login, name, password, address, checked_cb, entry);
}

/* JSON, or the form that CouchDB's replicator sends. */
static gboolean
read_login (const SpRequest *request, char **name, char **password)
{
  gsize length;
  const char *bytes = sp_request_get_bytes (request, &length);
  g_autoptr (SpNode) node = NULL;
  g_autoptr (GHashTable) form = NULL;
  g_autofree char *text = NULL;

  if (request->type != NULL && g_str_has_prefix (request->type, "application/x-www-form-urlencoded") && g_utf8_validate (bytes, (gssize) length, NULL))
    {
      text = g_strndup (bytes, length);
      form = soup_form_decode (text);
      *name = g_strdup (g_hash_table_lookup (form, "name"));
      *password = g_strdup (g_hash_table_lookup (form, "password"));
    }
  else if ((node = sp_request_parse (request, NULL)) != NULL)
    {
      *name = g_strdup (sp_node_get_text (node, "name"));
      *password = g_strdup (sp_node_get_text (node, "password"));
    }
  return *name != NULL && *password != NULL && g_utf8_validate (*name, -1, NULL);
}

static void
log_in (SpServer *server, SoupServerMessage *message, SpRequest *request, SpSessionFunc func, gpointer user_data)
{
  g_autofree char *name = NULL;
  g_autofree char *password = NULL;

  if (read_login (request, &name, &password))
    check (server, message, name, password, TRUE, func, user_data);
  else
    func (sp_answer_new_error (400, "bad_request", "request body must contain name and password"), user_data);
}

static void
tell (SpServer *server, SoupServerMessage *message, SpSessionFunc func, gpointer user_data)
{
  g_autofree char *name = NULL;
  g_autofree char *password = NULL;
  g_autofree char *session = NULL;

  if (sp_session_read_basic (message, &name, &password))
    check (server, message, name, password, FALSE, func, user_data);
  else
    {
      session = sp_session_find (server, message);
      func (describe (server, session), user_data);
    }
}

/**
 * sp_session_answer:
 * @server: a server
 * @message: a paused request to `/_session`
 * @request: the same, taken apart
 * @func: called once, now or later
 * @user_data: for @func
 *
 * Logs in, tells who somebody is, or logs out.
 */
void
sp_session_answer (SpServer *server, SoupServerMessage *message, SpRequest *request, SpSessionFunc func, gpointer user_data)
{
  g_autofree char *token = read_cookie (message);

  if (strcmp (request->method, "POST") == 0)
    log_in (server, message, request, func, user_data);
  else if (strcmp (request->method, "GET") == 0)
    tell (server, message, func, user_data);
  else if (strcmp (request->method, "DELETE") == 0)
    {
      if (token != NULL)
        sp_login_close_session (server->login, token);
      set_cookie (server, message, "");
      func (sp_answer_new (200, "{\"ok\":true}\n"), user_data);
    }
  else
    func (sp_answer_new_error (405, "method_not_allowed", "Only GET, POST and DELETE allowed"), user_data);
}
