/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request on its way: who asks, may they, who answers. Databases answer on threads of their stores; what concerns the
 * server itself is answered here. */
#include "sp-server-private.h"

#include "sp-feed.h"
#include "sp-gzip.h"
#include "sp-handlers.h"
#include "sp-routes.h"
#include "sp-security.h"
#include "sp-server-intake.h"
#include "sp-server-identify.h"
#include "sp-server-respond.h"
#include "sp-server-session.h"

#include <string.h>

#define MAX_UUIDS 1000
#define PACKED_FROM 1024 /* bytes; a smaller answer is not worth packing */

/* ── A request that waits for something ── */

typedef struct
{
  SpServer          *server;
  SoupServerMessage *message;
  SpRequest         *request;
} Call;

static void
free_call (Call *call)
{
  g_object_unref (call->server);
  g_object_unref (call->message);
  sp_request_unref (call->request);
  g_free (call);
}

static void
end_call (Call *call, SpAnswer *answer)
{
  sp_respond (call->message, answer);
  if (soup_server_message_get_socket (call->message) != NULL) /* there is still somebody */
    soup_server_message_unpause (call->message);
  free_call (call);
}

/* ── Databases ── */

typedef struct
{
  SpHandler  handler;
  SpRequest *request;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  sp_request_unref (job->request);
  g_free (job);
}

static gpointer
run_job (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  SpAnswer *answer = sp_request_unpack (job->request, error) ? job->handler (db, job->request, error) : NULL;

  if (answer != NULL && job->request->unpacks && answer->body->len >= PACKED_FROM)
    {
      sp_gzip_pack (answer->body);
      answer->packed = TRUE;
    }
  return answer;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  SpAnswer *answer = sp_store_call_finish (SP_STORE (source), result, &error);

  end_call (data, answer != NULL ? answer : sp_answer_from_error (error));
}

static void
ask_store (Call *call, SpStore *store, const SpRoute *route)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ route->handler, sp_request_ref (call->request) };
  if (route->writes)
    sp_store_write_async (store, run_job, job, free_job, (GDestroyNotify) sp_answer_free, NULL, answered_cb, call);
  else
    sp_store_read_async (store, run_job, job, free_job, (GDestroyNotify) sp_answer_free, NULL, answered_cb, call);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (sp_databases_create_finish (SP_DATABASES (source), result, &error))
    end_call (data, sp_answer_new (201, "{\"ok\":true}\n"));
  else if (g_error_matches (error, SP_ERROR, SP_ERROR_CONFLICT))
    end_call (data, sp_answer_new_error (412, "file_exists", error->message));
  else
    end_call (data, sp_answer_from_error (error));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (sp_databases_remove_finish (SP_DATABASES (source), result, &error))
    end_call (data, sp_answer_new (200, "{\"ok\":true}\n"));
  else
    end_call (data, sp_answer_from_error (error));
}

static void
change_databases (Call *call)
{
  const SpRequest *request = call->request;
  SpDatabases *databases = call->server->databases;

  if (sp_accounts_get_role (sp_login_get_accounts (call->server->login), request->account, SP_ACCOUNTS_SERVER) < SP_ROLE_ADMIN)
    end_call (call, sp_answer_new_error (403, "forbidden", "You are not a server admin."));
  else if (!sp_databases_check_name (request->database))
    end_call (call, sp_answer_new_error (400, "illegal_database_name",
                                         "A name begins with a small letter, has only small letters, digits and _ $ ( ) + / -, and is not too long"));
  else if (strcmp (request->method, "PUT") == 0)
    sp_databases_create_async (databases, request->database, created_cb, call);
  else
    {
      sp_databases_remove_async (databases, request->database, removed_cb, call);
      sp_feeds_end_database (call->server->feeds, request->database);
    }
}

static void
secured_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (sp_login_change_finish (SP_LOGIN (source), result, &error))
    end_call (data, sp_answer_new (200, "{\"ok\":true}\n"));
  else
    end_call (data, sp_answer_from_error (error));
}

static void
ask_security (Call *call)
{
  SpRequest *request = call->request;

  if (strcmp (request->method, "GET") == 0 || strcmp (request->method, "HEAD") == 0)
    end_call (call, sp_security_describe (sp_login_get_accounts (call->server->login), request));
  else if (strcmp (request->method, "PUT") != 0)
    end_call (call, sp_answer_new_error (405, "method_not_allowed", "Only GET and PUT allowed"));
  else if (request->role < SP_ROLE_ADMIN)
    end_call (call, sp_answer_new_error (403, "forbidden", "Only an admin may do this"));
  else
    sp_login_change_async (call->server->login, sp_security_apply, sp_request_ref (request), sp_request_unref, secured_cb, call);
}

static void
start_feed (Call *call, SpStore *store)
{
  if (strcmp (call->request->method, "GET") != 0 && strcmp (call->request->method, "POST") != 0)
    {
      end_call (call, sp_answer_new_error (405, "method_not_allowed", "Only GET and POST allowed"));
      return;
    }
  sp_feed_start (call->server, store, call->request, call->message);
  free_call (call);
}

static void
ask_database (Call *call)
{
  SpRequest *request = call->request;
  SpStore *store = sp_databases_find (call->server->databases, request->database);
  const char *name = request->parts[1];
  const SpRoute *route;
  guint status;

  if (name == NULL && (strcmp (request->method, "PUT") == 0 || strcmp (request->method, "DELETE") == 0))
    change_databases (call);
  else if (store == NULL)
    end_call (call, sp_answer_new_error (404, "not_found", "Database does not exist."));
  else if (request->role < SP_ROLE_VIEWER)
    end_call (call, sp_answer_new_error (403, "forbidden", "You are not allowed to access this db."));
  else if (g_strcmp0 (name, "_changes") == 0)
    start_feed (call, store);
  else if (g_strcmp0 (name, "_security") == 0 && request->parts[2] == NULL)
    ask_security (call);
  else if ((route = sp_routes_find (request, &status)) != NULL)
    ask_store (call, store, route);
  else
    end_call (call, sp_answer_new_error (status, status == 405 ? "method_not_allowed" : "not_found", status == 405 ? "This cannot be done here" : "missing"));
}

/* ── The server itself ── */

static SpAnswer *
welcome (SpServer *self)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\"couchdb\":\"Welcome\",\"signpost\":\"Welcome\",\"version\":\"" SIGNPOST_VERSION "\",\"uuid\":\"%s\","
                               "\"features\":[],\"vendor\":{\"name\":\"Signpost\"}}\n", self->uuid);
  return sp_answer_take (200, out);
}

static SpAnswer *
list_databases (SpServer *self, const SpRequest *request)
{
  g_auto (GStrv) names = sp_databases_list (self->databases);
  GString *out = g_string_new ("[");

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (sp_accounts_get_role (sp_login_get_accounts (self->login), request->account, names[i]) == SP_ROLE_NONE)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      sp_json_append_text (out, names[i]);
    }
  g_string_append (out, "]\n");
  return sp_answer_take (200, out);
}

static SpAnswer *
make_uuids (const SpRequest *request)
{
  const guint count = sp_request_get_count (request, "count", 1);
  GString *out = g_string_new ("{\"uuids\":[");

  for (guint i = 0; i < MIN (count, MAX_UUIDS); i++)
    {
      g_autofree char *id = sp_handle_make_id ();

      g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", id);
    }
  g_string_append (out, "]}\n");
  return sp_answer_take (200, out);
}

static void
ask_server (Call *call)
{
  SpServer *self = call->server;
  const SpRequest *request = call->request;
  const char *name = request->parts[0];
  const gboolean reads = strcmp (request->method, "GET") == 0 || strcmp (request->method, "HEAD") == 0;

  if (name == NULL && reads)
    end_call (call, welcome (self));
  else if (name != NULL && request->parts[1] == NULL && reads && strcmp (name, "_up") == 0)
    end_call (call, sp_answer_new (200, "{\"status\":\"ok\"}\n"));
  else if (request->account == NULL)
    end_call (call, sp_answer_new_error (401, "unauthorized", "You are not authorized to access this server."));
  else if (reads && g_strcmp0 (name, "_all_dbs") == 0)
    end_call (call, list_databases (self, request));
  else if (reads && g_strcmp0 (name, "_uuids") == 0)
    end_call (call, make_uuids (request));
  else
    end_call (call, sp_answer_new_error (404, "not_found", "missing"));
}

/* ── From the request to who answers it ── */

static void
dispatch (Call *call)
{
  SpRequest *request = call->request;
  SpAccounts *accounts = sp_login_get_accounts (call->server->login);

  if (request->account != NULL)
    request->role = sp_accounts_get_role (accounts, request->account, request->database);
  if (request->database[0] == '\0')
    ask_server (call);
  else if (request->account == NULL)
    end_call (call, sp_answer_new_error (401, "unauthorized", "You are not authorized to access this db."));
  else
    ask_database (call);
}

static void
session_answered_cb (SpAnswer *answer, gpointer data)
{
  end_call (data, answer);
}

static char *
read_match (SoupServerMessage *message)
{
  const char *match = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-Match");
  gsize length = match != NULL ? strlen (match) : 0;

  return length > 2 && match[0] == '"' ? g_strndup (match + 1, length - 2) : g_strdup (match);
}

/* Whether somebody says that it unpacks gzip, and not that it does so with no liking at all. */
static gboolean
unpacks_gzip (SoupMessageHeaders *headers)
{
  const char *accepted = soup_message_headers_get_list (headers, "Accept-Encoding");
  GSList *codings = accepted != NULL ? soup_header_parse_quality_list (accepted, NULL) : NULL;
  const gboolean found = g_slist_find_custom (codings, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (codings);
  return found;
}

static SpAnswer *
refuse_early (SoupServerMessage *message)
{
  const char *encoding = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Encoding");

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0 && g_ascii_strcasecmp (encoding, "gzip") != 0)
    return sp_answer_new_error (415, "bad_ctype", "Requests may be compressed as gzip only");
  if (strcmp (soup_server_message_get_method (message), "OPTIONS") == 0)
    return sp_answer_new (200, "");
  return NULL;
}

static SpAnswer *
refuse_body (SpIntakeFate fate)
{
  return fate == SP_INTAKE_TOO_LARGE ? sp_answer_new_error (413, "request_entity_too_large", "The request is larger than this server takes")
                                      : sp_answer_new_error (503, "service_unavailable", "Too much is sent at once; try again in a moment");
}

/* Whoever is unknown is told that first: nothing is kept of what they send, but for logging in. */
static void
begin (Call *call, SpIntakeFate fate)
{
  const gboolean logs_in = g_strcmp0 (call->request->parts[0], "_session") == 0 && call->request->parts[1] == NULL;

  if (fate != SP_INTAKE_WHOLE && (logs_in || call->request->account != NULL))
    end_call (call, refuse_body (fate));
  else if (logs_in)
    sp_session_answer (call->server, call->message, call->request, session_answered_cb, call);
  else
    dispatch (call);
}

/**
 * sp_server_handle_cb:
 * @soup: the server that got it
 * @message: a request that has arrived
 * @path: not used: the address is taken as it came
 * @query: (nullable): not used
 * @data: an SpServer
 *
 * Answers a request, now or later.
 */
void
sp_server_handle_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SpIntakeFate fate;
  g_autoptr (GBytes) body = sp_intake_take_body (message, &fate);
  g_autoptr (GError) error = NULL;
  SpAnswer *refused = refuse_early (message);
  const char *method = soup_server_message_get_method (message);
  SpRequest *request = refused == NULL ? sp_request_new (method, g_uri_get_path (uri), g_uri_get_query (uri), body, &error) : NULL;
  Call *call;

  sp_respond_prepare (data, message);
  sp_session_renew (data, message);
  if (request == NULL)
    {
      sp_respond (message, refused != NULL ? refused : sp_answer_from_error (error));
      return;
    }
  request->account = g_strdup (sp_identify_get_account (message));
  request->type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  request->match = read_match (message);
  request->packed = soup_message_headers_header_equals (headers, "Content-Encoding", "gzip");
  request->limit = ((SpServer *) data)->max_body;
  request->unpacks = unpacks_gzip (headers);
  call = g_new0 (Call, 1);
  call->server = g_object_ref (data);
  call->message = g_object_ref (message);
  call->request = request;
  soup_server_message_pause (message);
  begin (call, fate);
}
