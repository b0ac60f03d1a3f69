/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-search.h"
#include "sp-store.h"

G_BEGIN_DECLS

gboolean sp_store_look_up (SpDb *db, SpQuery *query, GError **error);

void    sp_store_find_async  (SpStore *self, SpQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpHits *sp_store_find_finish (SpStore *self, GAsyncResult *result, SpQuery **looked_up, GError **error);

G_END_DECLS
