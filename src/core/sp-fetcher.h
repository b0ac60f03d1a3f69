/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_FETCHER (sp_fetcher_get_type ())
G_DECLARE_INTERFACE (SpFetcher, sp_fetcher, SP, FETCHER, GObject)

/**
 * SpFetcherInterface:
 * @fetch: see sp_fetcher_fetch()
 *
 * How something is got from the web. The room that reads lists knows no network; whoever starts it gives it one.
 */
struct _SpFetcherInterface
{
  GTypeInterface parent_iface;

  gboolean (*fetch) (SpFetcher *self, const char *url, GOutputStream *out, gsize most, char **type,
                     GCancellable *cancellable, GError **error);
};

gboolean sp_fetcher_fetch       (SpFetcher *self, const char *url, GOutputStream *out, gsize most, char **type,
                                 GCancellable *cancellable, GError **error);
GBytes  *sp_fetcher_fetch_bytes (SpFetcher *self, const char *url, gsize most, char **type, GCancellable *cancellable,
                                 GError **error);
gboolean sp_fetcher_is_address  (const char *text);

G_END_DECLS
