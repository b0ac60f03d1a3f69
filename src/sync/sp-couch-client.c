/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCouchClient: requests to one database of a CouchDB, and what their status means. Certificates are always verified;
 * redirects are never followed, so that no password goes where nobody meant it to go; an answer that does not end is cut.
 * It decides nothing: what to do about an error is the caller's business.
 *
 * Belongs to the main loop. */
#include "sp-couch-client.h"

#include "sp-couch-address.h"
#include "sp-couch-fault.h"
#include "sp-couch-pack.h"

#include <libsoup/soup.h>
#include <string.h>

#define TIMEOUT_S 60  /* without a byte */
#define CHUNK 65536   /* bytes read at once */
#define PACKED_FROM 1024 /* bytes; a smaller request is not worth packing */

struct _SpCouchClient
{
  GObject parent_instance;

  SoupSession *session;  /* owned */
  GUri        *database; /* owned; its path ends with a slash; no user info */
  char        *address;  /* owned; the database's, for a person */
  char        *login;    /* owned, nullable; value of the Authorization header */
  gboolean     is_near;  /* the server is on this machine, where packing costs more than the way */
  gint64       pause;    /* the server wants to be left alone until then, microseconds of the monotonic clock */
  gboolean     packs;    /* requests, until the server says that it does not unpack */
};

G_DEFINE_FINAL_TYPE (SpCouchClient, sp_couch_client, G_TYPE_OBJECT)

/* One request on its way. */
typedef struct
{
  SoupMessage *message;
  GBytes      *body;   /* nullable; as it was given */
  gboolean     packed;
  gboolean     large;  /* the answer was more than we take */
  gboolean     open;   /* the caller reads the answer itself */
  GByteArray  *answer;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->message);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_byte_array_unref (call->answer);
  g_free (call);
}

static void send_call (GTask *task, GBytes *packed);

/* ── Reading the answer ── */

static void read_more (GTask *task, GInputStream *stream);

/* Redirects are not followed: name and password go nowhere else. */
static SoupMessage *
make_message (SpCouchClient *self, const char *method, GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (self->is_near)
    soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  if (self->login != NULL)
    soup_message_headers_replace (headers, "Authorization", self->login);
  return message;
}

/* A server that does not unpack says so, and gets it once more as it is. */
static gboolean
send_unpacked (GTask *task)
{
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessage *message = NULL;

  if (!call->packed || soup_message_get_status (call->message) != SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE)
    return FALSE;
  self->packs = FALSE;
  call->packed = FALSE;
  g_byte_array_set_size (call->answer, 0);
  message = make_message (self, soup_message_get_method (call->message), soup_message_get_uri (call->message));
  g_object_unref (call->message);
  call->message = message;
  send_call (g_object_ref (task), NULL);
  return TRUE;
}

static void
end_call (GTask *task)
{
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GBytes) answer = NULL;
  GError *error = NULL;

  if (send_unpacked (task))
    return;
  answer = g_byte_array_free_to_bytes (g_steal_pointer (&call->answer));
  call->answer = g_byte_array_new ();
  self->pause = g_get_monotonic_time () + (gint64) sp_couch_fault_get_pause (call->message) * G_USEC_PER_SEC;
  if (sp_couch_fault_check_status (self->address, call->message, answer, &error))
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
    g_task_return_error (task, sp_couch_fault_explain (self->address, call->message, error));
  else if (length == 0)
    end_call (task);
  else if (call->answer->len + length > SP_COUCH_MAX_ANSWER)
    {
      call->large = TRUE;
      g_task_return_new_error (task, SP_ERROR, SP_ERROR_SERVER, "%s: the answer is larger than %d MiB", self->address,
                               SP_COUCH_MAX_ANSWER / 1024 / 1024);
    }
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
    g_task_return_error (task, sp_couch_fault_explain (self->address, call->message, error));
  else if (call->open && SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (call->message)))
    g_task_return_pointer (task, g_steal_pointer (&stream), g_object_unref);
  else
    read_more (task, stream);
}

/* @task: (transfer full) */
static void
send_call (GTask *task, GBytes *packed)
{
  SpCouchClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  if (packed != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (call->message), "Content-Encoding", "gzip");
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (call->message, "application/json", packed != NULL ? packed : call->body);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), sent_cb, task);
}

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) packed = sp_couch_pack_finish (result, &error);

  if (packed == NULL)
    g_task_return_error (task, error);
  else
    send_call (g_steal_pointer (&task), packed);
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
  self->is_near = sp_couch_address_is_near (database);
  self->packs = !self->is_near;
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
  g_autofree char *full = g_canonicalize_filename (path, NULL); /* it takes no other */
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (full, error);

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
 * sp_couch_client_get_pause:
 * @self: a client
 *
 * Returns: for how many milliseconds from now on the server wants to be left alone, as it said when it was asked last
 */
guint
sp_couch_client_get_pause (SpCouchClient *self)
{
  return (guint) (MAX (self->pause - g_get_monotonic_time (), 0) / 1000);
}

/**
 * sp_couch_client_make_path:
 * @self: a client
 * @name: of something that stands beside the database, such as `_session`; empty for where both are
 *
 * A server need not be all that there is at its host: a proxy may have it below a path.
 *
 * Returns: (transfer full): the path of that, with a slash before it
 */
char *
sp_couch_client_make_path (SpCouchClient *self, const char *name)
{
  g_autofree char *folder = g_strdup (g_uri_get_path (self->database));
  char *slash;

  folder[strlen (folder) - 1] = '\0';
  slash = strrchr (folder, '/');
  if (slash != NULL)
    slash[1] = '\0';
  return g_strconcat (slash != NULL ? folder : "/", name, NULL);
}

static GTask *
make_call (SpCouchClient *self, const char *method, const char *path, const char *query, GBytes *body, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *folder = *path == '/' ? "" : g_uri_get_path (self->database);
  g_autofree char *full = g_strconcat (folder, path, NULL);
  g_autoptr (GUri) uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (self->database), NULL, g_uri_get_host (self->database),
                                      g_uri_get_port (self->database), full, query, NULL);
  Call *call = g_new0 (Call, 1);

  call->message = make_message (self, method, uri);
  call->body = body != NULL ? g_bytes_ref (body) : NULL;
  call->answer = g_byte_array_new ();
  g_task_set_task_data (task, call, call_free);
  return task;
}

/**
 * sp_couch_client_set_packs:
 * @self: a client
 * @packs: whether larger requests are packed; it is so unless the server is on this machine
 */
void
sp_couch_client_set_packs (SpCouchClient *self, gboolean packs)
{
  self->packs = packs;
}

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
  GTask *task = make_call (self, method, path, query, body, cancellable, callback, user_data);
  Call *call = g_task_get_task_data (task);

  g_task_set_source_tag (task, sp_couch_client_send_async);
  call->packed = self->packs && body != NULL && g_bytes_get_size (body) >= PACKED_FROM;
  if (call->packed)
    sp_couch_pack_async (body, cancellable, packed_cb, task);
  else
    send_call (task, NULL);
}

/**
 * sp_couch_client_send_finish:
 * @self: a client
 * @result: what the callback got
 * @status: (out) (optional): the HTTP status; 0 if there was no answer; %SP_COUCH_TOO_LARGE also if the answer was more than
 *   %SP_COUCH_MAX_ANSWER
 * @error: see sp_couch_fault_explain() and sp_couch_fault_check_status(); %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the body of a good answer
 */
GBytes *
sp_couch_client_send_finish (SpCouchClient *self, GAsyncResult *result, guint *status, GError **error)
{
  const Call *call = g_task_get_task_data (G_TASK (result));

  if (status != NULL)
    *status = call->large ? SP_COUCH_TOO_LARGE : soup_message_get_status (call->message);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_couch_client_open_async:
 * @self: a client
 * @path: below the database, escaped
 * @query: what follows the question mark, escaped
 * @cancellable: (nullable): stops it, and the reading
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks for something that has no end, to be read bit by bit.
 */
void
sp_couch_client_open_async (SpCouchClient *self, const char *path, const char *query, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = make_call (self, "GET", path, query, NULL, cancellable, callback, user_data);
  Call *call = g_task_get_task_data (task);

  g_task_set_source_tag (task, sp_couch_client_open_async);
  call->open = TRUE;
  send_call (task, NULL);
}

/**
 * sp_couch_client_open_finish:
 * @self: a client
 * @result: what the callback got
 * @error: as sp_couch_client_send_finish()
 *
 * Returns: (transfer full) (nullable): a good answer, to be read
 */
GInputStream *
sp_couch_client_open_finish (SpCouchClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
