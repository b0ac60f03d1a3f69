/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

SpNode *sp_path_get (const SpNode *node, const char *path);
void    sp_path_set (SpNode *node, const char *path, SpNode *value);

G_END_DECLS
