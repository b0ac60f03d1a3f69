/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

G_BEGIN_DECLS

void  sp_tiles_append_tokens (GString *out, double latitude, double longitude);
guint64 sp_tiles_order    (double latitude, double longitude);
guint sp_tiles_cover         (const SpBox *box, guint most, GPtrArray *tokens);

G_END_DECLS
