/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

void sp_row_join_more (SpNode *asset, const SpNode *more, guint row);

G_END_DECLS
