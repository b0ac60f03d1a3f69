/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean sp_user_command   (const char *folder, const char *database, const char * const *words, GError **error);
gboolean sp_create_command (const char *folder, const char * const *words, GError **error);

G_END_DECLS
