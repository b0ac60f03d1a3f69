/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-ancestry.h"
#include "sp-node.h"

G_BEGIN_DECLS

#define SP_PAST_MAX_BYTES 1024 /* of what one merge remembers, as JSON */

SpNode *sp_past_make (GPtrArray *leaves);
void    sp_past_tell (const SpNode *past, SpAncestry *ancestry);

G_END_DECLS
