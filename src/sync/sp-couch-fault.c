/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong between us and a server, in words and as a code of SP_ERROR: no such name, nobody there, a certificate, name
 * and password, no right, no such database, or an answer that makes no sense. */
#include "sp-couch-fault.h"

#include "sp-couch-answer.h"

#define TOO_MANY_REQUESTS 429
#define DAY_S 86400

static GError *
explain_tls (const char *address, SoupMessage *message, const GError *error)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);
  const char *why = error->message;

  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (SP_ERROR, SP_ERROR_UNTRUSTED, "%s: no safe connection: %s", address, error->message);
  if ((flags & G_TLS_CERTIFICATE_EXPIRED) != 0)
    why = "it has expired";
  else if ((flags & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    why = "it belongs to another name";
  else if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    why = "nobody known has signed it";
  return g_error_new (SP_ERROR, SP_ERROR_UNTRUSTED, "%s: the server’s certificate is not to be trusted: %s", address, why);
}

/**
 * sp_couch_fault_explain:
 * @address: whom we talk to, for people
 * @message: what was sent
 * @error: why there is no answer, or only a part of one
 *
 * Returns: (transfer full): %SP_ERROR_NO_HOST, %SP_ERROR_UNREACHABLE or %SP_ERROR_UNTRUSTED with a sentence; what was cancelled,
 *   and what has a sentence already, stays what it is
 */
GError *
sp_couch_fault_explain (const char *address, SoupMessage *message, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == SP_ERROR)
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return explain_tls (address, message, error);
  if (error->domain == G_RESOLVER_ERROR)
    return g_error_new (SP_ERROR, SP_ERROR_NO_HOST, "%s: there is no server of that name, or no network", address);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_error_new (SP_ERROR, SP_ERROR_UNREACHABLE, "%s: nobody answers at that address", address);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (SP_ERROR, SP_ERROR_UNREACHABLE, "%s: the server does not answer in time", address);
  return g_error_new (SP_ERROR, SP_ERROR_UNREACHABLE, "%s: %s", address, error->message);
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
      return SP_ERROR_LOGIN;
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

/**
 * sp_couch_fault_check_status:
 * @address: whom we talk to, for people
 * @message: what was sent, and answered
 * @answer: the body of the answer, which may tell why
 * @error: %SP_ERROR_INVALID (400, 413), %SP_ERROR_LOGIN (401), %SP_ERROR_DENIED (403), %SP_ERROR_NOT_FOUND, %SP_ERROR_CONFLICT,
 *   %SP_ERROR_FOREIGN (it sends us elsewhere), else %SP_ERROR_SERVER
 *
 * Returns: whether it is a good answer
 */
gboolean
sp_couch_fault_check_status (const char *address, SoupMessage *message, GBytes *answer, GError **error)
{
  guint status = soup_message_get_status (message);
  g_autofree char *reason = NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return TRUE;
  if (SOUP_STATUS_IS_REDIRECTION (status))
    {
      const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");

      g_set_error (error, SP_ERROR, SP_ERROR_FOREIGN, "%s: the server sends on to %s; if that is right, give that address", address,
                   location != NULL ? location : "another place");
      return FALSE;
    }
  reason = sp_couch_read_reason (answer);
  g_set_error (error, SP_ERROR, get_code (status), "%s: %s (%u)", address,
               reason != NULL ? reason : soup_message_get_reason_phrase (message), status);
  return FALSE;
}

static gint64
get_seconds_until (const char *date)
{
  g_autoptr (GDateTime) then = soup_date_time_new_from_http_string (date);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return then != NULL ? g_date_time_difference (then, now) / G_TIME_SPAN_SECOND : 0;
}

/**
 * sp_couch_fault_get_pause:
 * @message: what was sent, and answered
 *
 * Returns: for how many seconds a server that has too much to do wants to be left alone (Retry-After), a day at most; 0 if it does
 *   not say so
 */
guint
sp_couch_fault_get_pause (SoupMessage *message)
{
  const guint status = soup_message_get_status (message);
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds;

  if (after == NULL || (status != SOUP_STATUS_SERVICE_UNAVAILABLE && status != TOO_MANY_REQUESTS))
    return 0;
  if (g_ascii_string_to_unsigned (after, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (guint) MIN (seconds, DAY_S);
  return (guint) CLAMP (get_seconds_until (after), 0, DAY_S);
}
