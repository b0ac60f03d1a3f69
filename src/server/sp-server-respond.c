/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer becomes a message of HTTP. */
#include "sp-server-respond.h"

#include <string.h>

#define RETRY_AFTER_S "5"

static void
add_cors (SpServer *self, SoupServerMessage *message)
{
  const char *origin = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Origin");
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (origin == NULL || self->origins == NULL || !g_strv_contains ((const char *const *) self->origins, origin))
    return;
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (headers, "Access-Control-Allow-Credentials", "true");
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "accept, authorization, content-type, origin, referer");
  soup_message_headers_replace (headers, "Access-Control-Expose-Headers", "etag");
  soup_message_headers_append (headers, "Vary", "Origin");
}

/* Whoever asks to close the connection is told that it will be: some clients use it again otherwise. */
static void
echo_close (SoupServerMessage *message)
{
  if (soup_message_headers_header_contains (soup_server_message_get_request_headers (message), "Connection", "close"))
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static gboolean
is_unchanged (SoupServerMessage *message, const char *etag)
{
  const char *match = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "If-None-Match");

  return match != NULL && strcmp (soup_server_message_get_method (message), "GET") == 0 && strcmp (match, etag) == 0;
}

/**
 * sp_respond_prepare:
 * @self: a server
 * @message: a request that has arrived, or its head
 *
 * Adds the headers that any answer needs, a feed's too.
 */
void
sp_respond_prepare (SpServer *self, SoupServerMessage *message)
{
  add_cors (self, message);
  echo_close (message);
}

/**
 * sp_respond:
 * @message: a request, prepared with sp_respond_prepare()
 * @answer: (transfer full): what is answered
 *
 * Fills the answer in; it is sent when @message goes on.
 */
void
sp_respond (SoupServerMessage *message, SpAnswer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *etag = answer->etag != NULL ? g_strdup_printf ("\"%s\"", answer->etag) : NULL;
  gsize length = answer->body->len;

  if (etag != NULL)
    soup_message_headers_replace (headers, "ETag", etag);
  if (answer->status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Basic realm=\"Signpost\"");
  if (answer->status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace (headers, "Retry-After", RETRY_AFTER_S);
  soup_message_headers_replace (headers, "Cache-Control", "must-revalidate");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Vary", "Accept-Encoding");
  if (answer->packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (etag != NULL && is_unchanged (message, etag))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
  else
    {
      soup_server_message_set_status (message, answer->status, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE,
                                        g_string_free (g_steal_pointer (&answer->body), FALSE), length);
    }
  sp_answer_free (answer);
}
