/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sprite as a texture looks as it is drawn, also when its body was there already and only the number is new. */
#include "sp-pin-textures.h"

#include <gtk/gtk.h>

#define SIDE 80
#define MIDDLE 40
#define WIDTH 30
#define NEAR 24 /* of 255: what rounding of colours that are drawn twice may differ */

static cairo_surface_t *
new_surface (cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);

  *cr = cairo_create (surface);
  return surface;
}

static cairo_surface_t *
draw_directly (guint count, SpMapStyle style, guint state)
{
  cairo_t *cr;
  cairo_surface_t *surface = new_surface (&cr);

  cairo_translate (cr, MIDDLE, MIDDLE);
  sp_pin_draw_cluster (cr, count, style, state, WIDTH);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_texture (SpPinTextures *textures, guint count, guint state)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  cairo_t *cr;
  cairo_surface_t *surface = new_surface (&cr);

  sp_pin_textures_cluster (textures, snapshot, count, state, WIDTH, MIDDLE, MIDDLE);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  return surface;
}

/* @one, @other: (transfer full) */
static void
expect_alike (cairo_surface_t *one, cairo_surface_t *other)
{
  const guchar *a, *b;
  gsize inked = 0;

  cairo_surface_flush (one);
  cairo_surface_flush (other);
  a = cairo_image_surface_get_data (one);
  b = cairo_image_surface_get_data (other);
  for (gsize i = 0; i < SIDE * SIDE * 4; i++)
    {
      g_assert_cmpint (ABS (a[i] - b[i]), <=, NEAR);
      inked += a[i] != 0;
    }
  g_assert_cmpuint (inked, >, WIDTH * WIDTH);
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
}

static void
test_clusters (void)
{
  static const guint counts[] = { 2, 9, 12, 99, 100, 345, 999, 1200, 98000, 2, 13, 346 };
  SpPinTextures *textures = sp_pin_textures_new ();

  for (guint style = 0; style < 2; style++)
    {
      sp_pin_textures_set (textures, 1, style == 0 ? SP_MAP_STYLE_LIGHT : SP_MAP_STYLE_DARK, FALSE);
      for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        for (guint state = 0; state <= SP_PIN_HOVERED; state += SP_PIN_HOVERED)
          expect_alike (draw_directly (counts[i], style == 0 ? SP_MAP_STYLE_LIGHT : SP_MAP_STYLE_DARK, state),
                        draw_texture (textures, counts[i], state));
    }
  sp_pin_textures_free (textures);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin-textures/clusters", test_clusters);
  return g_test_run ();
}
