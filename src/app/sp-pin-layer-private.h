/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of SpPinLayer, for the files sp-pin-layer*.c. */

#include "sp-pin-layer.h"
#include "sp-pin-names.h"
#include "sp-pin-scene.h"
#include "sp-pin-textures.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _SpPinLayer
{
  ShumateLayer parent_instance;

  SpMapModel    *model;      /* owned, nullable */
  SpPinNames    *names;      /* owned, nullable: with the model */
  SpPinScene    *scene;      /* owned */
  SpPinTextures *textures;   /* owned */

  char          *selected;   /* owned, nullable; document id */
  SpPoint        chosen;     /* where that is, once it is known */
  gboolean       has_chosen;
  GCancellable  *locating;   /* owned, nullable: it is being asked for */
  gint64         awaited;    /* the document that was chosen here, until its id is known; else 0 */

  SpCluster      zoomed;     /* the cluster that was zoomed to last */
  gboolean       has_zoomed;
  SpSprite       hovered;    /* below the pointer */
  gboolean       is_hovered;
  SpSprite       current;    /* where the keyboard is */
  gboolean       is_current;
};

gboolean sp_pin_layer_update       (SpPinLayer *self, SpMapFrame *frame);
void     sp_pin_layer_redraw_all   (SpPinLayer *self);

/* sp-pin-layer-draw.c */
void     sp_pin_layer_draw         (GtkWidget *widget, GtkSnapshot *snapshot);

/* sp-pin-layer-choose.c */
void     sp_pin_layer_note_selected (SpPinLayer *self, const char *id);
void     sp_pin_layer_locate       (SpPinLayer *self);
void     sp_pin_layer_stop_locating (SpPinLayer *self);
void     sp_pin_layer_finish_choice (SpPinLayer *self);
void     sp_pin_layer_choose       (SpPinLayer *self, const SpPoint *point);
void     sp_pin_layer_activate     (SpPinLayer *self, const SpSprite *sprite);

/* sp-pin-layer-input.c */
void     sp_pin_layer_add_input    (SpPinLayer *self);
void     sp_pin_layer_describe     (SpPinLayer *self);

G_END_DECLS
