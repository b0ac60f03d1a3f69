/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAreaLayer: the outline of the area that somebody searches in. */
#include "sp-area-layer.h"

#include <math.h>

#define LEAST_STEP 0.7 /* pixels between two corners that are drawn */
#define LINE 2.0 /* pixels */
#define CASING 2.0 /* pixels on either side, so that the line shows on any map */

/* A corner, in worlds as SpMapWindow counts. */
typedef struct
{
  double x;
  double y;
} Corner;

struct _SpAreaLayer
{
  SpMapOverlay parent_instance;

  GPtrArray *rings; /* owned (GArray of Corner); empty without an area */
};

G_DEFINE_FINAL_TYPE (SpAreaLayer, sp_area_layer, SP_TYPE_MAP_OVERLAY)

/* Leaves out corners that fall together with the one before. */
static void
trace_ring (cairo_t *cr, const GArray *ring, const SpMapWindow *window)
{
  double last_x = -INFINITY, last_y = -INFINITY;

  for (guint i = 0; i < ring->len; i++)
    {
      const Corner *corner = &g_array_index (ring, Corner, i);
      double x = (corner->x - window->x) * window->world, y = (corner->y - window->y) * window->world;

      if (fabs (x - last_x) < LEAST_STEP && fabs (y - last_y) < LEAST_STEP)
        continue;
      cairo_line_to (cr, x, y); /* begins the ring where it is the first */
      last_x = x;
      last_y = y;
    }
  cairo_close_path (cr);
  cairo_new_sub_path (cr);
}

static void
sp_area_layer_draw (SpMapOverlay *overlay, GtkSnapshot *snapshot, const SpMapWindow *window)
{
  SpAreaLayer *self = SP_AREA_LAYER (overlay);
  gboolean dark = sp_map_overlay_get_style () == SP_MAP_STYLE_DARK;
  cairo_t *cr;

  if (self->rings->len == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) window->width, (float) window->height));
  for (guint i = 0; i < self->rings->len; i++)
    trace_ring (cr, g_ptr_array_index (self->rings, i), window);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, LINE + 2 * CASING);
  cairo_set_source_rgba (cr, dark ? 0 : 1, dark ? 0 : 1, dark ? 0 : 1, 0.6);
  cairo_stroke_preserve (cr);
  sp_map_overlay_set_accent (cr, 1);
  cairo_set_line_width (cr, LINE);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
sp_area_layer_finalize (GObject *object)
{
  g_ptr_array_unref (SP_AREA_LAYER (object)->rings);
  G_OBJECT_CLASS (sp_area_layer_parent_class)->finalize (object);
}

static void
sp_area_layer_class_init (SpAreaLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_area_layer_finalize;
  SP_MAP_OVERLAY_CLASS (klass)->draw = sp_area_layer_draw;
}

static void
sp_area_layer_init (SpAreaLayer *self)
{
  self->rings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

/**
 * sp_area_layer_new:
 * @viewport: of the map
 *
 * Returns: (transfer floating): a layer without an area
 */
SpAreaLayer *
sp_area_layer_new (ShumateViewport *viewport)
{
  return g_object_new (SP_TYPE_AREA_LAYER, "viewport", viewport, NULL);
}

/**
 * sp_area_layer_set_outline:
 * @self: the layer
 * @outline: (nullable): what to draw; %NULL for nothing. It is copied
 */
void
sp_area_layer_set_outline (SpAreaLayer *self, const SpPolygon *outline)
{
  g_return_if_fail (SP_IS_AREA_LAYER (self));

  g_ptr_array_set_size (self->rings, 0);
  for (guint i = 0; outline != NULL && i < sp_polygon_get_n_rings (outline); i++)
    {
      guint n = sp_polygon_get_n_corners (outline, i);
      GArray *ring = g_array_sized_new (FALSE, FALSE, sizeof (Corner), n);

      for (guint j = 0; j < n; j++)
        {
          double latitude, longitude;
          Corner corner;

          sp_polygon_get_corner (outline, i, j, &latitude, &longitude);
          sp_geodesy_to_tile (latitude, longitude, 0, &corner.x, &corner.y);
          g_array_append_val (ring, corner);
        }
      g_ptr_array_add (self->rings, ring);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
