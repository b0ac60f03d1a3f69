/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

gboolean sp_cli_assign     (SpNode *body, const char *argument, GError **error);
gboolean sp_cli_assign_all (SpNode *body, char **arguments, GError **error);

G_END_DECLS
