/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

G_BEGIN_DECLS

#define SP_TILES_REGION_ZOOM 10 /* of the map cells that facets are joined with: some 23 km at 54 degrees north */

void    sp_tiles_append_tokens (GString *out, double latitude, double longitude);
void    sp_tiles_append_region (GString *out, double latitude, double longitude);
guint64 sp_tiles_order         (double latitude, double longitude);
guint   sp_tiles_cover         (const SpBox *box, guint most, guint coarsest, GPtrArray *tokens);
guint   sp_tiles_list_regions  (const SpBox *box, guint most, GPtrArray *regions);

G_END_DECLS
