/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a tile server's answer means: how long it holds, where it sends us, whether we ought to keep away for a while, and
 * in words what went wrong. Pure functions of the message. */
#include "sp-tile-answer.h"

#include "sp-online-address.h"

#include <glib/gi18n.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define USUAL_AGE (7 * DAY) /* where the server says nothing: the tile usage policy of OpenStreetMap asks for that */
#define MOST_AGE (90 * DAY)
#define USUAL_PAUSE 60 /* seconds */
#define DENIED_PAUSE 600
#define MOST_PAUSE 3600

/* @seconds: (out): what follows "max-age=" */
static gboolean
get_max_age (GHashTable *directives, gint64 *seconds)
{
  const char *text = g_hash_table_lookup (directives, "max-age");
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL))
    return FALSE;
  *seconds = (gint64) value;
  return TRUE;
}

static gboolean
parse_date (const char *text, gint64 *seconds)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  if (date == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (date);
  return TRUE;
}

/* Of all headers Cache-Control together; keys in lower case. */
static GHashTable *
get_directives (SoupMessage *message)
{
  const char *header = soup_message_headers_get_list (soup_message_get_response_headers (message), "Cache-Control");

  return soup_header_parse_param_list (header != NULL ? header : "");
}

/**
 * sp_tile_answer_get_expiry:
 * @message: with an answer
 * @now: seconds since 1970
 *
 * By RFC 9111, section 4.2.1, and a week where the server says nothing.
 *
 * Returns: until when the answer holds, seconds since 1970; @now if it must be asked for again each time
 */
gint64
sp_tile_answer_get_expiry (SoupMessage *message, gint64 now)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  GHashTable *directives = get_directives (message);
  const char *age = soup_message_headers_get_one (headers, "Age");
  gint64 seconds, expires = now + USUAL_AGE, date = now;

  if (g_hash_table_contains (directives, "no-cache") || g_hash_table_contains (directives, "no-store"))
    expires = now;
  else if (get_max_age (directives, &seconds))
    expires = now + seconds - (age != NULL ? (gint64) g_ascii_strtoull (age, NULL, 10) : 0);
  else if (soup_message_headers_get_one (headers, "Expires") != NULL)
    {
      parse_date (soup_message_headers_get_one (headers, "Date"), &date);
      expires = parse_date (soup_message_headers_get_one (headers, "Expires"), &seconds) ? now + seconds - date : now;
    }
  soup_header_free_param_list (directives);
  return CLAMP (expires, now, now + MOST_AGE);
}

/**
 * sp_tile_answer_may_keep:
 * @message: with an answer
 *
 * Returns: whether the server lets it be kept on disk
 */
gboolean
sp_tile_answer_may_keep (SoupMessage *message)
{
  GHashTable *directives = get_directives (message);
  gboolean keep = !g_hash_table_contains (directives, "no-store");

  soup_header_free_param_list (directives);
  return keep;
}

/**
 * sp_tile_answer_get_header:
 * @message: with an answer
 * @name: of a header
 *
 * Returns: (transfer full) (nullable): its value; %NULL if there is none, or none in UTF-8
 */
char *
sp_tile_answer_get_header (SoupMessage *message, const char *name)
{
  const char *value = soup_message_headers_get_one (soup_message_get_response_headers (message), name);

  return value != NULL && g_utf8_validate (value, -1, NULL) ? g_strdup (value) : NULL;
}

/**
 * sp_tile_answer_get_next:
 * @message: with an answer that is a redirection
 * @error: %SP_ERROR_SERVER, or %SP_ERROR_DENIED if it leads where nothing may be asked for
 *
 * Returns: (transfer full) (nullable): where the picture is instead
 */
GUri *
sp_tile_answer_get_next (SoupMessage *message, GError **error)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) next = NULL;

  if (location != NULL)
    next = g_uri_parse_relative (soup_message_get_uri (message), location, SOUP_HTTP_URI_FLAGS, NULL);
  if (next == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_SERVER, _("The online map at %s sends us nowhere"),
                   g_uri_get_host (soup_message_get_uri (message)));
      return NULL;
    }
  return sp_online_address_is_allowed (next, error) ? g_steal_pointer (&next) : NULL;
}

/**
 * sp_tile_answer_get_pause:
 * @message: with an answer that is an error
 * @now: seconds since 1970
 *
 * Returns: for how many seconds nothing at all should be asked; 0 where only this picture is missing
 */
guint
sp_tile_answer_get_pause (SoupMessage *message, gint64 now)
{
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  SoupStatus status = soup_message_get_status (message);
  gint64 seconds = USUAL_PAUSE, date;
  guint64 value;

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE || status == SOUP_STATUS_NO_CONTENT)
    return 0;
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    seconds = DENIED_PAUSE;
  if (after != NULL && g_ascii_string_to_unsigned (after, 10, 0, G_MAXINT32, &value, NULL))
    seconds = (gint64) value;
  else if (parse_date (after, &date))
    seconds = date - now;
  return (guint) CLAMP (seconds, 1, MOST_PAUSE);
}

/**
 * sp_tile_answer_get_error:
 * @message: with an answer that is no picture
 *
 * Returns: (transfer full): what it means, in a sentence
 */
GError *
sp_tile_answer_get_error (SoupMessage *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  SoupStatus status = soup_message_get_status (message);

  switch ((guint) status)
    {
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
    case SOUP_STATUS_NO_CONTENT:
      return g_error_new (SP_ERROR, SP_ERROR_NOT_FOUND, _("The online map at %s has nothing here"), host);
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return g_error_new (SP_ERROR, SP_ERROR_DENIED, _("The online map at %s does not let us in"), host);
    case 429: /* Too Many Requests */
      return g_error_new (SP_ERROR, SP_ERROR_SERVER, _("The online map at %s asks us to wait a while"), host);
    default:
      return g_error_new (SP_ERROR, SP_ERROR_SERVER, _("The online map at %s does not work at the moment (%u)"), host, (guint) status);
    }
}
