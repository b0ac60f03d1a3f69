/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    sp_couch_pack_async  (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *sp_couch_pack_finish (GAsyncResult *result, GError **error);

G_END_DECLS
