/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the layer of pins: what is selected, or below pointer or keyboard, larger and over the others. */
#include "sp-pin-layer-private.h"

#include <math.h>

#define RAISED 1.14  /* how much larger a sprite is below the pointer or the keyboard */
#define SELECTED 1.3 /* or when it is selected */
#define OUTLINED 1.15 /* a sprite with the lines around it */

static gboolean
is_same (const SpSprite *a, const SpSprite *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == SP_SPRITE_PIN)
    return a->point.doc == b->point.doc;
  return sp_cluster_is_same (&a->cluster, &b->cluster);
}

static guint
state_of (SpPinLayer *self, const SpSprite *sprite)
{
  guint state = 0;

  if (self->has_chosen && sprite->kind == SP_SPRITE_PIN && sprite->point.doc == self->chosen.doc)
    state |= SP_PIN_SELECTED;
  if (self->is_hovered && is_same (sprite, &self->hovered))
    state |= SP_PIN_HOVERED;
  if (self->is_current && gtk_widget_has_visible_focus (GTK_WIDGET (self)) && is_same (sprite, &self->current))
    state |= SP_PIN_FOCUSED;
  return state;
}

/* How much larger than usual it is drawn. */
static double
swell (guint state)
{
  return (state & SP_PIN_SELECTED) ? SELECTED : state != 0 ? RAISED : 1;
}

static void
draw_sprite (SpPinLayer *self, GtkSnapshot *snapshot, const SpSprite *sprite, guint state)
{
  double larger = swell (state);

  if (sprite->kind == SP_SPRITE_PIN)
    sp_pin_textures_pin (self->textures, snapshot, &sprite->point.look, state, sp_pin_scene_pin_width (self->scene) * larger,
                         sprite->x, sprite->y);
  else
    sp_pin_textures_cluster (self->textures, snapshot, sprite->cluster.count, state,
                             sp_pin_scene_cluster_width (self->scene) * larger, sprite->x, sprite->y);
}

/* How far the ground of the open fan reaches from its middle. */
static double
fan_reach (SpPinLayer *self, double x, double y)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);
  double reach = 0;

  for (guint i = 0; i < count; i++)
    if (sprites[i].fanned)
      reach = MAX (reach, hypot (sprites[i].x - x, sprites[i].y - y));
  return reach + 2 * sp_pin_scene_pin_width (self->scene);
}

/* A ground that parts the fan from what is below, and a line to each of its pins. */
static void
draw_legs (SpPinLayer *self, GtkSnapshot *snapshot, gboolean dark)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);
  double x, y, reach, grey = dark ? 0.1 : 1;
  cairo_t *cr;

  if (!sp_pin_scene_get_hub (self->scene, &x, &y))
    return;
  reach = fan_reach (self, x, y);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) (x - reach), (float) (y - reach), (float) (2 * reach), (float) (2 * reach)));
  cairo_arc (cr, x, y, reach, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, grey, grey, grey, 0.72);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1 - grey, 1 - grey, 1 - grey);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < count; i++)
    if (sprites[i].fanned)
      {
        cairo_move_to (cr, x, y);
        cairo_line_to (cr, sprites[i].x, sprites[i].y);
        cairo_stroke (cr);
      }
  cairo_arc (cr, x, y, 4, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* What is selected, or below pointer or keyboard, comes over the others. */
static void
draw_sprites (SpPinLayer *self, GtkSnapshot *snapshot, gboolean fanned)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);

  for (guint raised = 0; raised <= 1; raised++)
    for (guint i = 0; i < count; i++)
      {
        guint state = sprites[i].fanned == fanned ? state_of (self, &sprites[i]) : 0;

        if (sprites[i].fanned == fanned && (state != 0) == raised)
          draw_sprite (self, snapshot, &sprites[i], state);
      }
}

/**
 * sp_pin_layer_draw:
 * @widget: a layer
 * @snapshot: where
 *
 * Draws all there is to see.
 */
void
sp_pin_layer_draw (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SpPinLayer *self = SP_PIN_LAYER (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  SpMapFrame frame;

  if (!sp_pin_layer_update (self, &frame))
    return;
  sp_pin_textures_set (self->textures, gtk_widget_get_scale_factor (widget), dark ? SP_MAP_STYLE_DARK : SP_MAP_STYLE_LIGHT,
                       adw_style_manager_get_high_contrast (style));
  draw_sprites (self, snapshot, FALSE);
  draw_legs (self, snapshot, dark);
  draw_sprites (self, snapshot, TRUE);
}

/* Its body with the outline and, of a pin, the badges: a circle, or one on a point. */
static void
append_covered (SpPinLayer *self, const SpSprite *sprite, GArray *boxes)
{
  double larger = swell (state_of (self, sprite) & SP_PIN_SELECTED);
  double pin = sp_pin_scene_pin_width (self->scene) * larger, cluster = sp_pin_scene_cluster_width (self->scene) * larger;
  gboolean is_pin = sprite->kind == SP_SPRITE_PIN;
  double radius = (is_pin ? pin : sp_pin_cluster_width (sprite->cluster.count, cluster)) / 2 * OUTLINED;
  double middle = is_pin ? sprite->y - sp_pin_height (pin) : sprite->y;
  cairo_rectangle_t box = { sprite->x - radius, middle - radius, 2 * radius, (is_pin ? sprite->y : middle + radius) - (middle - radius) };

  g_array_append_val (boxes, box);
}

/**
 * sp_pin_layer_get_covered:
 * @self: a layer
 * @boxes: (element-type cairo_rectangle_t): gets what its sprites and their fan cover, in pixels of the widget, as they
 *   were drawn last
 *
 * Tells what to keep clear of. Nothing grows for the pointer alone.
 */
void
sp_pin_layer_get_covered (SpPinLayer *self, GArray *boxes)
{
  guint count;
  const SpSprite *sprites = sp_pin_scene_get (self->scene, &count);
  double x, y;

  for (guint i = 0; i < count; i++)
    append_covered (self, &sprites[i], boxes);
  if (sp_pin_scene_get_hub (self->scene, &x, &y))
    {
      double reach = fan_reach (self, x, y);
      cairo_rectangle_t ground = { x - reach, y - reach, 2 * reach, 2 * reach };

      g_array_append_val (boxes, ground);
    }
}
