/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-style.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * SpMapColour:
 * @red: 0 to 1
 * @green: 0 to 1
 * @blue: 0 to 1
 * @alpha: 0 to 1
 */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} SpMapColour;

/**
 * SpMapPalette:
 *
 * The colours of a style. Of the shore's glow the wide band is painted first, the narrow one upon it.
 */
typedef struct
{
  SpMapColour sea;
  SpMapColour glow_wide;
  SpMapColour glow_narrow;
  SpMapColour land;
  SpMapColour shore;
  SpMapColour river;
  SpMapColour border;
  SpMapColour border_casing;
  SpMapColour grid;
  SpMapColour built_up;
  SpMapColour dot;
  SpMapColour halo;
  SpMapColour town;
  SpMapColour village;
  SpMapColour country;
  SpMapColour water_name;
} SpMapPalette;

const SpMapPalette *sp_map_palette_get        (SpMapStyle style);
void                sp_map_palette_set_source (cairo_t *cr, const SpMapColour *colour);

G_END_DECLS
