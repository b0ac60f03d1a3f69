/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of the map. The ground is calm, so that pins of any colour stand out from it: land nearly without colour,
 * water a greyish blue, towns a warm grey. Every name reaches a contrast of 4.5 : 1 on land and on water. */
#include "sp-map-palette.h"

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1 }
#define RGBA(hex, alpha) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, alpha }

static const SpMapPalette palettes[] = {
  [SP_MAP_STYLE_LIGHT] = {
    .sea = RGB (0xc6dbe6),
    .glow_wide = RGB (0xcfe2eb),
    .glow_narrow = RGB (0xdaeaf1),
    .land = RGB (0xf5f2ea),
    .shore = RGB (0x8fb0c2),
    .river = RGB (0xa3c4d6),
    .border = RGB (0xa991a4),
    .border_casing = RGBA (0xe3d6df, 0.7),
    .grid = RGBA (0x5a6f7d, 0.11),
    .built_up = RGB (0xd8cec2),
    .dot = RGBA (0x9a8a7b, 0.55),
    .halo = RGBA (0xfbf9f5, 0.9),
    .town = RGB (0x33302c),
    .village = RGB (0x55504a),
    .country = RGB (0x5c5260),
    .water_name = RGB (0x33617a),
  },
  [SP_MAP_STYLE_DARK] = {
    .sea = RGB (0x17222b),
    .glow_wide = RGB (0x1a2731),
    .glow_narrow = RGB (0x1e2e39),
    .land = RGB (0x2b2e31),
    .shore = RGB (0x44606f),
    .river = RGB (0x34505f),
    .border = RGB (0x86707f),
    .border_casing = RGBA (0x3a3339, 0.7),
    .grid = RGBA (0xb8c8d2, 0.07),
    .built_up = RGB (0x47443f),
    .dot = RGBA (0xa89c8d, 0.45),
    .halo = RGBA (0x1c1f22, 0.9),
    .town = RGB (0xefece6),
    .village = RGB (0xc9c4bb),
    .country = RGB (0xb5a8b5),
    .water_name = RGB (0x86b3cb),
  },
  [SP_MAP_STYLE_PRINT] = {
    .sea = RGB (0xe6eff4),
    .glow_wide = RGB (0xebf3f7),
    .glow_narrow = RGB (0xf2f7fa),
    .land = RGB (0xffffff),
    .shore = RGB (0x7894a4),
    .river = RGB (0x8fb2c5),
    .border = RGB (0x8a7a87),
    .border_casing = RGBA (0xffffff, 0.7),
    .grid = RGBA (0x000000, 0.09),
    .built_up = RGB (0xe4e0da),
    .dot = RGBA (0x8b8378, 0.6),
    .halo = RGBA (0xffffff, 0.95),
    .town = RGB (0x000000),
    .village = RGB (0x2a2a2a),
    .country = RGB (0x5a5a5a),
    .water_name = RGB (0x2b566e),
  },
};

/**
 * sp_map_palette_get:
 * @style: a style
 *
 * Returns: (transfer none): its colours
 */
const SpMapPalette *
sp_map_palette_get (SpMapStyle style)
{
  return &palettes[style];
}

/**
 * sp_map_palette_set_source:
 * @cr: a context
 * @colour: what it is to paint with
 */
void
sp_map_palette_set_source (cairo_t *cr, const SpMapColour *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}
