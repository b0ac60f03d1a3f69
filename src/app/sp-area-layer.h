/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-overlay.h"
#include "sp-polygon.h"

G_BEGIN_DECLS

#define SP_TYPE_AREA_LAYER (sp_area_layer_get_type ())
G_DECLARE_FINAL_TYPE (SpAreaLayer, sp_area_layer, SP, AREA_LAYER, SpMapOverlay)

SpAreaLayer *sp_area_layer_new         (ShumateViewport *viewport);
void         sp_area_layer_set_outline (SpAreaLayer *self, const SpPolygon *outline);

G_END_DECLS
