/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWebFetcher: core's seam filled with libsoup. One connection, one request after the other: whoever publishes a list does
 * not want it to be taken by storm. Redirections are looked at first: never from https to http, and not for ever. */
#include "sp-web-fetcher.h"

#include "sp-couch-fault.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define TIMEOUT 30 /* seconds without a byte */
#define MOST_HOPS 5
#define CHUNK (64 * 1024)

struct _SpWebFetcher
{
  GObject parent_instance;

  SoupSession *session; /* owned; of the thread that asks */
};

static void sp_web_fetcher_init_fetcher (SpFetcherInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SpWebFetcher, sp_web_fetcher, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SP_TYPE_FETCHER, sp_web_fetcher_init_fetcher))

/* Whom we talk to, for people; never more of the address, which may hold a key. */
static const char *
get_host (SoupMessage *message)
{
  return g_uri_get_host (soup_message_get_uri (message));
}

static gboolean
is_web (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (g_str_equal (scheme, "https") || g_str_equal (scheme, "http"));
}

/* What the other side says instead of a list. */
static gboolean
refuse_status (SoupMessage *message, GError **error)
{
  const char *host = get_host (message);
  guint status = soup_message_get_status (message);

  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      g_set_error (error, SP_ERROR, SP_ERROR_DENIED, _("%s: this is not for everybody (%u)"), host, status);
      break;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, _("%s: there is nothing at this address (%u)"), host, status);
      break;
    case 429: /* Too Many Requests, RFC 6585 */
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      g_set_error (error, SP_ERROR, SP_ERROR_SERVER,
                   _("%s: the server is busy (%u); try again later, what was read so far is kept for a day"), host, status);
      break;
    default:
      g_set_error (error, SP_ERROR, SP_ERROR_SERVER, "%s: %s (%u)", host, soup_message_get_reason_phrase (message), status);
    }
  return FALSE;
}

static GUri *
get_next (SoupMessage *message, GError **error)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  GUri *from = soup_message_get_uri (message);
  g_autoptr (GUri) next = location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (next != NULL && is_web (next)
      && (g_str_equal (g_uri_get_scheme (next), "https") || !g_str_equal (g_uri_get_scheme (from), "https")))
    return g_steal_pointer (&next);
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, _("%s: the server sends on to an address that is not to be trusted"),
               get_host (message));
  return NULL;
}

static gboolean
fail (SoupMessage *message, const GError *problem, GError **error)
{
  g_propagate_error (error, sp_couch_fault_explain (get_host (message), message, problem));
  return FALSE;
}

static gboolean
copy_body (SoupMessage *message, GInputStream *in, GOutputStream *out, gsize most, GCancellable *cancellable, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  g_autoptr (GError) problem = NULL;
  gsize total = 0;
  gssize n;

  while ((n = g_input_stream_read (in, chunk, CHUNK, cancellable, &problem)) > 0)
    {
      total += (gsize) n;
      if (total > most)
        {
          g_set_error (error, SP_ERROR, SP_ERROR_SERVER, _("%s: the server sends more than %u MB in one piece"),
                       get_host (message), (guint) (most / 1000000));
          return FALSE;
        }
      if (!g_output_stream_write_all (out, chunk, (gsize) n, NULL, cancellable, error))
        return FALSE;
    }
  return n == 0 || fail (message, problem, error);
}

/* @next: (out): where the server sends us, if it does */
static gboolean
ask (SpWebFetcher *self, GUri *uri, GOutputStream *out, gsize most, char **type, GUri **next, GCancellable *cancellable,
     GError **error)
{
  g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GError) problem = NULL;
  guint status;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (soup_message_get_request_headers (message), "Accept", "application/json, */*;q=0.5");
  in = soup_session_send (self->session, message, cancellable, &problem);
  if (in == NULL)
    return fail (message, problem, error);
  status = soup_message_get_status (message);
  if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED)
    return (*next = get_next (message, error)) != NULL;
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    return refuse_status (message, error);
  if (type != NULL)
    *type = g_strdup (soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL));
  return copy_body (message, in, out, most, cancellable, error);
}

static gboolean
sp_web_fetcher_fetch (SpFetcher *fetcher, const char *url, GOutputStream *out, gsize most, char **type,
                      GCancellable *cancellable, GError **error)
{
  SpWebFetcher *self = SP_WEB_FETCHER (fetcher);
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || !is_web (uri))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("“%s” is not a web address"), url);
      return FALSE;
    }
  if (self->session == NULL) /* here, on the thread that asks */
    self->session = soup_session_new_with_options ("timeout", TIMEOUT, "max-conns", 1, "max-conns-per-host", 1, "user-agent",
                                                   "Signpost/" SIGNPOST_VERSION, NULL);
  for (guint hops = 0; hops <= MOST_HOPS; hops++)
    {
      g_autoptr (GUri) next = NULL;

      if (!ask (self, uri, out, most, type, &next, cancellable, error))
        return FALSE;
      if (next == NULL)
        return TRUE;
      g_uri_unref (uri);
      uri = g_steal_pointer (&next);
    }
  g_set_error (error, SP_ERROR, SP_ERROR_SERVER, _("%s: the server sends us round and round"), g_uri_get_host (uri));
  return FALSE;
}

static void
sp_web_fetcher_finalize (GObject *object)
{
  SpWebFetcher *self = SP_WEB_FETCHER (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sp_web_fetcher_parent_class)->finalize (object);
}

static void
sp_web_fetcher_class_init (SpWebFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_web_fetcher_finalize;
}

static void
sp_web_fetcher_init (SpWebFetcher *self)
{
}

static void
sp_web_fetcher_init_fetcher (SpFetcherInterface *iface)
{
  iface->fetch = sp_web_fetcher_fetch;
}

/**
 * sp_web_fetcher_new:
 *
 * Returns: (transfer full): a fetcher, to be used and dropped on one thread
 */
SpFetcher *
sp_web_fetcher_new (void)
{
  return g_object_new (SP_TYPE_WEB_FETCHER, NULL);
}
