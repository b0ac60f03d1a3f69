/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpRingLayer: the place that somebody searches around, and how far: a cross, and a circle that says its radius. */
#include "sp-ring-layer.h"

#include "sp-filter.h"

#include <math.h>

#define STEPS 120 /* of a full turn */
#define LINE 2.0 /* pixels */
#define CASING 2.0
#define MOST_DASHED 4000.0 /* pixels of radius; cairo would reckon a dash for all that is out of sight */
#define CROSS 7.0 /* from its middle to an end */
#define PAD_X 6 /* pixels around the words */
#define PAD_Y 2

struct _SpRingLayer
{
  SpMapOverlay parent_instance;

  double latitude; /* degrees; NAN without a place */
  double longitude;
  double radius;   /* metres; 0 for the place alone */
  gboolean miles;  /* how the radius is told */
};

G_DEFINE_FINAL_TYPE (SpRingLayer, sp_ring_layer, SP_TYPE_MAP_OVERLAY)

static void
stroke_cased (cairo_t *cr)
{
  gboolean dark = sp_map_overlay_get_style () == SP_MAP_STYLE_DARK;
  double back = dark ? 0 : 1;

  cairo_set_line_width (cr, LINE + 2 * CASING);
  cairo_set_source_rgba (cr, back, back, back, 0.6);
  cairo_stroke_preserve (cr);
  sp_map_overlay_set_accent (cr, 1);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
}

static void
draw_circle (SpRingLayer *self, cairo_t *cr, const SpMapWindow *window)
{
  const double dashes[] = { 8, 5 };

  for (int i = 0; i < STEPS; i++)
    {
      double latitude, longitude, x, y;

      sp_geodesy_destination (self->latitude, self->longitude, 360.0 * i / STEPS, self->radius, &latitude, &longitude);
      sp_map_window_to_pixel (window, latitude, longitude, &x, &y);
      cairo_line_to (cr, x, y);
    }
  cairo_close_path (cr);
  if (self->radius < MOST_DASHED * sp_map_window_get_metres_per_pixel (window, self->latitude))
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  stroke_cased (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_cross (SpRingLayer *self, cairo_t *cr, const SpMapWindow *window)
{
  double x, y;

  sp_map_window_to_pixel (window, self->latitude, self->longitude, &x, &y);
  cairo_move_to (cr, x - CROSS, y);
  cairo_line_to (cr, x + CROSS, y);
  cairo_move_to (cr, x, y - CROSS);
  cairo_line_to (cr, x, y + CROSS);
  stroke_cased (cr);
}

/* At the top of the circle; where that is out of sight, at its foot. */
static void
draw_words (SpRingLayer *self, GtkSnapshot *snapshot, const SpMapWindow *window)
{
  g_autofree char *words = sp_filter_distance_label (self->radius, self->miles);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  gboolean dark = sp_map_overlay_get_style () == SP_MAP_STYLE_DARK;
  double latitude, longitude, x, y;
  GskRoundedRect back;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  sp_geodesy_destination (self->latitude, self->longitude, 0, self->radius, &latitude, &longitude);
  sp_map_window_to_pixel (window, latitude, longitude, &x, &y);
  if (y < height)
    {
      sp_geodesy_destination (self->latitude, self->longitude, 180, self->radius, &latitude, &longitude);
      sp_map_window_to_pixel (window, latitude, longitude, &x, &y);
    }
  gsk_rounded_rect_init_from_rect (&back, &GRAPHENE_RECT_INIT ((float) round (x - width / 2.0 - PAD_X),
                                                               (float) round (y - height / 2.0 - PAD_Y),
                                                               (float) width + 2 * PAD_X, (float) height + 2 * PAD_Y), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &back);
  gtk_snapshot_append_color (snapshot, dark ? &(GdkRGBA){ 0.1f, 0.1f, 0.1f, 0.9f } : &(GdkRGBA){ 1, 1, 1, 0.9f }, &back.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (back.bounds.origin.x + PAD_X, back.bounds.origin.y + PAD_Y));
  gtk_snapshot_append_layout (snapshot, layout, dark ? &(GdkRGBA){ 1, 1, 1, 1 } : &(GdkRGBA){ 0, 0, 0, 0.9f });
  gtk_snapshot_restore (snapshot);
}

static void
sp_ring_layer_draw (SpMapOverlay *overlay, GtkSnapshot *snapshot, const SpMapWindow *window)
{
  SpRingLayer *self = SP_RING_LAYER (overlay);
  cairo_t *cr;

  if (isnan (self->latitude))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) window->width, (float) window->height));
  if (self->radius > 0)
    draw_circle (self, cr, window);
  draw_cross (self, cr, window);
  cairo_destroy (cr);
  if (self->radius > 0)
    draw_words (self, snapshot, window);
}

static void
sp_ring_layer_class_init (SpRingLayerClass *klass)
{
  SP_MAP_OVERLAY_CLASS (klass)->draw = sp_ring_layer_draw;
}

static void
sp_ring_layer_init (SpRingLayer *self)
{
  self->latitude = NAN;
}

/**
 * sp_ring_layer_new:
 * @viewport: of the map
 *
 * Returns: (transfer floating): a layer without a place
 */
SpRingLayer *
sp_ring_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SP_TYPE_RING_LAYER, "viewport", viewport, NULL);
}

/**
 * sp_ring_layer_set:
 * @self: the layer
 * @latitude: degrees north of the place
 * @longitude: degrees east of the place
 * @radius: metres; 0 for any distance: then there is no circle
 */
void
sp_ring_layer_set (SpRingLayer *self, double latitude, double longitude, double radius)
{
  self->latitude = latitude;
  self->longitude = longitude;
  self->radius = radius;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sp_ring_layer_clear:
 * @self: the layer
 *
 * Shows no place.
 */
void
sp_ring_layer_clear (SpRingLayer *self)
{
  self->latitude = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * sp_ring_layer_set_miles:
 * @self: a layer
 * @miles: whether the distance is told in miles rather than kilometres
 */
void
sp_ring_layer_set_miles (SpRingLayer *self, gboolean miles)
{
  self->miles = miles;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
