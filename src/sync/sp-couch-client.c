/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCouchClient: requests to one database of a CouchDB, and what their status means. Certificates are always verified;
 * redirects are never followed, so that no password goes where nobody meant it to go; an answer that does not end is cut.
 * It decides nothing: what to do about an error is the caller's business.
 *
 * Belongs to the main loop. */
#include "sp-couch-client.h"

#include "sp-couch-answer.h"

#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_S 60  /* without a byte */
#define CHUNK 65536   /* bytes read at once */

struct _SpCouchClient
{
  GObject parent_instance;

  SoupSession *session;  /* owned */
  GUri        *database; /* owned; its path ends with a slash; no user info */
  char        *address;  /* owned; the database's, for a person */
  char        *login;    /* owned, nullable; value of the Authorization header */
};

G_DEFINE_FINAL_TYPE (SpCouchClient, sp_couch_client, G_TYPE_OBJECT)

/* One request on its way. */
typedef struct
{
  SoupMessage *message;
  GByteArray  *answer;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->message);
  g_byte_array_unref (call->answer);
  g_free (call);
}

/* ── What went wrong, in words ── */

static GError *
explain_tls (SpCouchClient *self, SoupMessage *message, const GError *error)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);
  const char *why = error->message;

  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    why = "it has expired";
  else if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    why = "it belongs to another name";
  else if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    why = "nobody known has signed it";
  return g_error_new (SP_ERROR, SP_ERROR_DENIED, "%s: the server’s certificate is not to be trusted: %s", self->address, why);
}

/* A sentence for what the network says; cancelling stays what it is. */
static GError *
explain (SpCouchClient *self, SoupMessage *message, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == SP_ERROR)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return explain_tls (self, message, error);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (SP_ERROR, SP_ERROR_NOT_FOUND, "%s: there is no server of that name, or no network", self->address);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (SP_ERROR, SP_ERROR_SERVER, "%s: nobody answers at that address", self->address);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (SP_ERROR, SP_ERROR_SERVER, "%s: the server does not answer in time", self->address);
  return g_error_new (SP_ERROR, SP_ERROR_SERVER, "%s: %s", self->address, error->message);
}

static int
get_code (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_BAD_REQUEST:
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return SP_ERROR_INVALID;
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return SP_ERROR_DENIED;
    case SOUP_STATUS_NOT_FOUND:
      return SP_ERROR_NOT_FOUND;
    case SOUP_STATUS_CONFLICT:
    case SOUP_STATUS_PRECONDITION_FAILED:
      return SP_ERROR_CONFLICT;
    default:
      return SP_ERROR_SERVER;
    }
}

static gboolean
check_status (SpCouchClient *self, SoupMessage *message, GBytes *answer, GError **error)
{
  guint status = soup_message_get_status (message);
  g_autofree char *reason = NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return TRUE;
  if (SOUP_STATUS_IS_REDIRECTION (status))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "%s: the server sends on to %s; if that is right, give that address",
                   self->address, soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
      return FALSE;
    }
  reason = sp_couch_read_reason (answer);
  g_set_error (error, SP_ERROR, get_code (status), "%s: %s (%u)", self->address,
               reason != NULL ? reason : soup_message_get_reason_phrase (message), status);
  return FALSE;
}

/* ── Reading the answer ── */

static void read_more (GTask *task, GInputStream *stream);

static void
end_call (GTask *task)
{
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GBytes) answer = g_byte_array_free_to_bytes (g_steal_pointer (&call->answer));
  GError *error = NULL;

  call->answer = g_byte_array_new ();
  if (check_status (self, call->message, answer, &error))
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = chunk != NULL ? g_bytes_get_size (chunk) : 0;

  if (chunk == NULL)
    g_task_return_error (task, explain (self, call->message, error));
  else if (length == 0)
    end_call (task);
  else if (call->answer->len + length > SP_COUCH_MAX_ANSWER)
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_SERVER, "%s: the answer is larger than %d MiB", self->address,
                             SP_COUCH_MAX_ANSWER / 1024 / 1024);
  else
    {
      g_byte_array_append (call->answer, g_bytes_get_data (chunk, NULL), (guint) length);
      read_more (task, G_INPUT_STREAM (source));
    }
}

static void
read_more (GTask *task, GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    g_task_return_error (task, explain (self, call->message, error));
  else
    read_more (task, stream);
}

static void
sp_couch_client_finalize (GObject *object)
{
  SpCouchClient *self = SP_COUCH_CLIENT (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->database, g_uri_unref);
  g_free (self->address);
  g_free (self->login);
  G_OBJECT_CLASS (sp_couch_client_parent_class)->finalize (object);
}

static void
sp_couch_client_class_init (SpCouchClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_couch_client_finalize;
}

static void
sp_couch_client_init (SpCouchClient *self)
{
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_S, "max-conns-per-host", 6, "user-agent",
                                                 "Signpost/" SIGNPOST_VERSION, NULL);
}

static char *
make_login (const char *user, const char *password)
{
  g_autofree char *pair = g_strdup_printf ("%s:%s", user, password != NULL ? password : "");
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", code, NULL);
}

/**
 * sp_couch_client_new:
 * @database: address of a database, http or https
 * @user: (nullable): who logs in
 * @password: (nullable): with what
 *
 * Returns: (transfer full): a client of that database
 */
SpCouchClient *
sp_couch_client_new (GUri *database, const char *user, const char *password)
{
  SpCouchClient *self = g_object_new (SP_TYPE_COUCH_CLIENT, NULL);
  const char *path = g_uri_get_path (database);
  g_autofree char *folder = g_str_has_suffix (path, "/") ? g_strdup (path) : g_strconcat (path, "/", NULL);

  self->database = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (database), NULL, g_uri_get_host (database),
                                g_uri_get_port (database), folder, NULL, NULL);
  self->address = g_uri_to_string (self->database);
  if (user != NULL)
    self->login = make_login (user, password);
  return self;
}

/**
 * sp_couch_client_set_authority:
 * @self: a client
 * @path: a PEM file with the certificates of those who may sign the server's
 * @error: %G_TLS_ERROR, %G_FILE_ERROR
 *
 * Trusts these instead of the system's authorities.
 *
 * Returns: whether the file could be read
 */
gboolean
sp_couch_client_set_authority (SpCouchClient *self, const char *path, GError **error)
{
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (path, error);

  if (authorities == NULL)
    return FALSE;
  soup_session_set_tls_database (self->session, authorities);
  return TRUE;
}

/**
 * sp_couch_client_get_address:
 * @self: a client
 *
 * Returns: the database's address, without name and password
 */
const char *sp_couch_client_get_address (SpCouchClient *self) { return self->address; }

/**
 * sp_couch_client_send_async:
 * @self: a client
 * @method: GET, PUT, POST, DELETE
 * @path: below the database, escaped; one that begins with a slash is below the server
 * @query: (nullable): what follows the question mark, escaped
 * @body: (nullable): JSON
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Sends a request.
 */
void
sp_couch_client_send_async (SpCouchClient *self, const char *method, const char *path, const char *query, GBytes *body,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *folder = *path == '/' ? "" : g_uri_get_path (self->database);
  g_autofree char *full = g_strconcat (folder, path, NULL);
  g_autoptr (GUri) uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (self->database), NULL, g_uri_get_host (self->database),
                                      g_uri_get_port (self->database), full, query, NULL);
  Call *call = g_new (Call, 1);
  SoupMessageHeaders *headers;

  *call = (Call){ soup_message_new_from_uri (method, uri), g_byte_array_new () };
  g_task_set_source_tag (task, sp_couch_client_send_async);
  g_task_set_task_data (task, call, call_free);
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (call->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (self->login != NULL)
    soup_message_headers_replace (headers, "Authorization", self->login);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (call->message, "application/json", body);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, cancellable, sent_cb, task);
}

/**
 * sp_couch_client_send_finish:
 * @self: a client
 * @result: what the callback got
 * @status: (out) (optional): the HTTP status; 0 if there was no answer
 * @error: %SP_ERROR_INVALID (400, 413), %SP_ERROR_DENIED, %SP_ERROR_NOT_FOUND, %SP_ERROR_CONFLICT, else %SP_ERROR_SERVER;
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the body of a good answer
 */
GBytes *
sp_couch_client_send_finish (SpCouchClient *self, GAsyncResult *result, guint *status, GError **error)
{
  const Call *call = g_task_get_task_data (G_TASK (result));

  if (status != NULL)
    *status = soup_message_get_status (call->message);
  return g_task_propagate_pointer (G_TASK (result), error);
}
