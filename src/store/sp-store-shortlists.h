/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-shortlists.h"
#include "sp-store.h"

G_BEGIN_DECLS

void         sp_store_list_shortlists_async   (SpStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *sp_store_list_shortlists_finish  (SpStore *self, GAsyncResult *result, GError **error);
void         sp_store_get_shortlist_async     (SpStore *self, gint64 n, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
SpShortlist *sp_store_get_shortlist_finish    (SpStore *self, GAsyncResult *result, GError **error);
void         sp_store_change_shortlist_async  (SpStore *self, const SpShortlistChange *change,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_store_change_shortlist_finish (SpStore *self, GAsyncResult *result, SpShortlist **before,
                                               SpShortlist **after, GError **error);

G_END_DECLS
