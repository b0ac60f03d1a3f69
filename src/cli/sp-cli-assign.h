/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

gboolean sp_cli_assign_split (const char *argument, char **path, const char **text, gboolean *json, GError **error);
gboolean sp_cli_assign_read  (const char *path, const char *text, gboolean json, SpNode **value, GError **error);
gboolean sp_cli_assign_all   (SpNode *body, char **arguments, GError **error);

G_END_DECLS
