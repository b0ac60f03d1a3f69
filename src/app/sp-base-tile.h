/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-map.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define SP_BASE_TILE 256 /* pixels of the map that a tile is wide and high */

/**
 * SpBaseSpot:
 * @x: column, from 180° W
 * @y: row, from the north
 * @zoom: zoom level
 *
 * A tile of the map, numbered as OpenStreetMap does.
 */
typedef struct
{
  guint x;
  guint y;
  int   zoom;
} SpBaseSpot;

cairo_surface_t *sp_base_tile_draw (const SpBaseSpot *spot, int pixels, SpMapStyle style, SpMapDots *dots);
GdkTexture      *sp_base_tile_take (cairo_surface_t *surface);

G_END_DECLS
