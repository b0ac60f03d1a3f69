/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

gboolean sp_oruk_own_is   (const SpNode *service);
void     sp_oruk_own_add  (SpNode *service, const SpNode *asset);
SpNode  *sp_oruk_own_read (const SpNode *service, GPtrArray *refused);

G_END_DECLS
