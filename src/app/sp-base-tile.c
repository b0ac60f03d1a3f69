/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the built-in map: drawn, and made into what GTK shows. On any thread. */
#include "sp-base-tile.h"

#include "sp-tile-paintable.h"

/**
 * sp_base_tile_draw:
 * @spot: a tile
 * @pixels: how wide and high the picture is to be
 * @style: how the map is drawn
 * @dots: (nullable): postcodes to draw as dots
 *
 * Returns: (transfer full): an image surface
 */
cairo_surface_t *
sp_base_tile_draw (const SpBaseSpot *spot, int pixels, SpMapStyle style, SpMapDots *dots)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  cairo_t *cr = cairo_create (surface);
  SpMapWindow window;

  cairo_scale (cr, pixels / (double) SP_BASE_TILE, pixels / (double) SP_BASE_TILE);
  sp_map_window_init_tile (&window, spot->x, spot->y, spot->zoom, SP_BASE_TILE);
  sp_base_map_draw (sp_base_map_get_default (), cr, &window, style, dots);
  cairo_destroy (cr);
  return surface;
}

/**
 * sp_base_tile_take:
 * @surface: (transfer full): an image surface of the format ARGB32 that nobody draws on any more
 *
 * Returns: (transfer full): its pixels as a texture, not copied
 */
GdkTexture *
sp_base_tile_take (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  g_object_set_data_full (G_OBJECT (texture), SP_TILE_PAINTABLE_SURFACE, cairo_surface_reference (surface),
                          (GDestroyNotify) cairo_surface_destroy);
  return texture;
}
