/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-overlay.h"
#include "sp-pin-layer.h"

G_BEGIN_DECLS

#define SP_TYPE_LABEL_LAYER (sp_label_layer_get_type ())
G_DECLARE_FINAL_TYPE (SpLabelLayer, sp_label_layer, SP, LABEL_LAYER, SpMapOverlay)

SpLabelLayer *sp_label_layer_new   (ShumateViewport *viewport, SpPinLayer *pins);
void          sp_label_layer_begin (SpLabelLayer *self);

G_END_DECLS
