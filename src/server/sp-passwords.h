/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char    *sp_passwords_hash         (const char *password, GError **error);
void     sp_passwords_check_async  (const char *password, const char *hash, GAsyncReadyCallback callback, gpointer user_data);
gboolean sp_passwords_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
