/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-model.h"

#include <shumate/shumate.h>

G_BEGIN_DECLS

#define SP_TYPE_PIN_LAYER (sp_pin_layer_get_type ())
G_DECLARE_FINAL_TYPE (SpPinLayer, sp_pin_layer, SP, PIN_LAYER, ShumateLayer)

SpPinLayer *sp_pin_layer_new           (ShumateViewport *viewport);
void        sp_pin_layer_set_model     (SpPinLayer *self, SpMapModel *model);
void        sp_pin_layer_set_selected  (SpPinLayer *self, const char *id);
const char *sp_pin_layer_get_selected  (SpPinLayer *self);
guint       sp_pin_layer_count_sprites (SpPinLayer *self);
void        sp_pin_layer_get_covered   (SpPinLayer *self, GArray *boxes);

G_END_DECLS
