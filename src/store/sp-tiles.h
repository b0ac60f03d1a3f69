/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

G_BEGIN_DECLS

/**
 * SpTileRange:
 * @first: of sp_tiles_order()
 * @last: likewise, not less than @first
 *
 * A part of the line that passes neighbours on the map soon after each other.
 */
typedef struct
{
  guint64 first;
  guint64 last;
} SpTileRange;

void    sp_tiles_append_tokens (GString *out, double latitude, double longitude);
guint64 sp_tiles_order         (double latitude, double longitude);
guint   sp_tiles_cover         (const SpBox *box, guint most, GPtrArray *tokens);
void    sp_tiles_list_ranges   (const SpBox *box, guint most, GArray *ranges);

G_END_DECLS
