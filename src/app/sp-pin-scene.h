/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-frame.h"
#include "sp-pin.h"

G_BEGIN_DECLS

/**
 * SpSpriteKind:
 * @SP_SPRITE_PIN: an entry
 * @SP_SPRITE_CLUSTER: several entries
 * @SP_SPRITE_MORE: the next page of a fan
 */
typedef enum
{
  SP_SPRITE_PIN,
  SP_SPRITE_CLUSTER,
  SP_SPRITE_MORE,
} SpSpriteKind;

/**
 * SpSprite:
 * @kind: what it is
 * @x: where its place is on the widget, in pixels
 * @y: likewise
 * @fanned: whether it stands in a fan, beside its place
 * @point: the entry of a pin
 * @cluster: of a cluster and of a fan's next page
 *
 * What is drawn at one place.
 */
typedef struct
{
  SpSpriteKind kind;
  gboolean     fanned;
  double       x;
  double       y;
  SpPoint      point;
  SpCluster    cluster;
} SpSprite;

/**
 * SpPinScene:
 *
 * What a layer shows at one moment, in the order of reading: from top to bottom, in lines from left to right.
 *
 * Belongs to the main loop.
 */
typedef struct _SpPinScene SpPinScene;

SpPinScene       *sp_pin_scene_new        (void);
void              sp_pin_scene_free       (SpPinScene *self);
void              sp_pin_scene_set_index  (SpPinScene *self, const SpClusterIndex *index);
void              sp_pin_scene_set_scale  (SpPinScene *self, double scale);
void              sp_pin_scene_set_chosen (SpPinScene *self, const SpPoint *chosen);
void              sp_pin_scene_update     (SpPinScene *self, const SpMapFrame *frame);

void              sp_pin_scene_open_fan   (SpPinScene *self, const SpCluster *cluster);
void              sp_pin_scene_turn_page  (SpPinScene *self);
gboolean          sp_pin_scene_close_fan  (SpPinScene *self);
gboolean          sp_pin_scene_get_hub    (SpPinScene *self, double *x, double *y);

const SpSprite   *sp_pin_scene_get        (SpPinScene *self, guint *count);
guint             sp_pin_scene_pick       (SpPinScene *self, double x, double y);
guint             sp_pin_scene_find       (SpPinScene *self, const SpSprite *sprite);
double            sp_pin_scene_pin_width  (SpPinScene *self);
double            sp_pin_scene_cluster_width (SpPinScene *self);

#define SP_PIN_SCENE_NOTHING G_MAXUINT

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPinScene, sp_pin_scene_free)

G_END_DECLS
