/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

GBytes *sp_data_load       (const char *name);
SpNode *sp_data_load_json  (const char *name);
char  **sp_data_list       (const char *folder);

G_END_DECLS
