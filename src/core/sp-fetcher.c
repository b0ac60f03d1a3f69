/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFetcher: the seam between what reads lists and what knows the network. Its calls block, and belong to a thread that
 * may. */
#include "sp-fetcher.h"

G_DEFINE_INTERFACE (SpFetcher, sp_fetcher, G_TYPE_OBJECT)

static void
sp_fetcher_default_init (SpFetcherInterface *iface)
{
}

/**
 * sp_fetcher_fetch:
 * @self: a fetcher
 * @url: an address on the web, http or https
 * @out: where what is there is written; not closed
 * @most: how many bytes that may be, unpacked
 * @type: (out) (transfer full) (nullable) (optional): what the other side says it is, such as `application/json`
 * @cancellable: (nullable): gives it up
 * @error: %SP_ERROR with a sentence that names the host; %G_IO_ERROR_CANCELLED
 *
 * Gets what is there. Blocks; all calls of one fetcher are made on one thread.
 *
 * Returns: whether all of it was written
 */
gboolean
sp_fetcher_fetch (SpFetcher *self, const char *url, GOutputStream *out, gsize most, char **type, GCancellable *cancellable,
                  GError **error)
{
  if (type != NULL)
    *type = NULL;
  return SP_FETCHER_GET_IFACE (self)->fetch (self, url, out, most, type, cancellable, error);
}

/**
 * sp_fetcher_fetch_bytes:
 * @self: a fetcher
 * @url: an address on the web
 * @most: how many bytes that may be, unpacked
 * @type: (out) (transfer full) (nullable) (optional): what the other side says it is
 * @cancellable: (nullable): gives it up
 * @error: as for sp_fetcher_fetch()
 *
 * As sp_fetcher_fetch(), into memory.
 *
 * Returns: (transfer full) (nullable): what is there
 */
GBytes *
sp_fetcher_fetch_bytes (SpFetcher *self, const char *url, gsize most, char **type, GCancellable *cancellable, GError **error)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (!sp_fetcher_fetch (self, url, out, most, type, cancellable, error) || !g_output_stream_close (out, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

/**
 * sp_fetcher_is_address:
 * @text: what somebody wrote
 *
 * Returns: whether it is an address that a fetcher may be given: http or https, with a host
 */
gboolean
sp_fetcher_is_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}
