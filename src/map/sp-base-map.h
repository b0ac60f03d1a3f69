/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-dots.h"
#include "sp-map-style.h"
#include "sp-map-window.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * SP_BASE_MAP_ATTRIBUTION:
 *
 * Whose data the built-in map and its names are made of; to be shown with the map. Not translated: these are names.
 */
#define SP_BASE_MAP_ATTRIBUTION "GSHHG · GeoNames"

/**
 * SpBaseMap:
 *
 * Coasts, lakes, rivers and borders, in several levels of detail. Immutable, so any thread may draw from it.
 */
typedef struct _SpBaseMap SpBaseMap;

SpBaseMap *sp_base_map_new         (GBytes *bytes, GError **error);
SpBaseMap *sp_base_map_get_default (void);
SpBaseMap *sp_base_map_ref         (SpBaseMap *self);
void       sp_base_map_unref       (SpBaseMap *self);
void       sp_base_map_draw        (const SpBaseMap *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                                    const SpMapDots *dots);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBaseMap, sp_base_map_unref)

G_END_DECLS
