/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

void  sp_change_import_undo_async  (SpStore *store, const char *import_id, GAsyncReadyCallback callback, gpointer user_data);
char *sp_change_import_undo_finish (SpStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
