/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-overlay.h"

G_BEGIN_DECLS

#define SP_TYPE_RING_LAYER (sp_ring_layer_get_type ())
G_DECLARE_FINAL_TYPE (SpRingLayer, sp_ring_layer, SP, RING_LAYER, SpMapOverlay)

SpRingLayer *sp_ring_layer_new   (ShumateViewport *viewport);
void         sp_ring_layer_set   (SpRingLayer *self, double latitude, double longitude, double radius);
void         sp_ring_layer_clear (SpRingLayer *self);
void         sp_ring_layer_set_miles (SpRingLayer *self, gboolean miles);

G_END_DECLS
