/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

void   sp_store_get_number_async  (SpStore *self, const char *id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gint64 sp_store_get_number_finish (SpStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
