/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_TILE_FETCHER (sp_tile_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (SpTileFetcher, sp_tile_fetcher, SP, TILE_FETCHER, GObject)

SpTileFetcher *sp_tile_fetcher_new          (const char *folder, guint64 limit);
void           sp_tile_fetcher_fetch_async  (SpTileFetcher *self, const char *uri, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GBytes        *sp_tile_fetcher_fetch_finish (SpTileFetcher *self, GAsyncResult *result, GError **error);
const GError  *sp_tile_fetcher_get_problem  (SpTileFetcher *self);
guint          sp_tile_fetcher_get_pause    (SpTileFetcher *self);
void           sp_tile_fetcher_resume       (SpTileFetcher *self);
void           sp_tile_fetcher_reset        (SpTileFetcher *self);

G_END_DECLS
