/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-links.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_STORE_LINKS_MAX 400 /* of each list that is read */

void     sp_store_get_links_async  (SpStore *self, const char *id, SpNation nation, const char *terms,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpLinks *sp_store_get_links_finish (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
