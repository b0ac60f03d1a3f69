/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-tile.h"
#include "sp-geodesy.h"

G_BEGIN_DECLS

typedef struct _SpTilesAhead SpTilesAhead;

SpTilesAhead    *sp_tiles_ahead_start (const SpBox *box, int zoom, int pixels, SpMapStyle style, SpMapDots *dots);
cairo_surface_t *sp_tiles_ahead_take  (SpTilesAhead *self, const SpBaseSpot *spot);
void             sp_tiles_ahead_stop  (SpTilesAhead *self);

G_END_DECLS
