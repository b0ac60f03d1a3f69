/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of tiles from files and servers: decoded only if they are of a size that tiles have. Any thread. */
#include "sp-tile-image.h"

#include "sp-picture.h"

#define MOST_PIXELS 2048 /* a tile is 256 or 512 wide, on fine screens twice that */

/**
 * sp_tile_image_decode:
 * @bytes: a picture, from anybody
 * @error: %SP_ERROR_PARSE
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
sp_tile_image_decode (GBytes *bytes, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GdkTexture *texture;
  SpPicture picture;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!sp_picture_measure (data, length, &picture, error))
    return NULL;
  if (picture.width > MOST_PIXELS || picture.height > MOST_PIXELS)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "The picture has %u × %u pixels, which no tile has", picture.width, picture.height);
      return NULL;
    }
  if (!sp_picture_is_whole (data, length))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "The picture is broken: it stops before its end");
      return NULL;
    }
  texture = gdk_texture_new_from_bytes (bytes, &reason);
  if (texture == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "The picture is broken: %s", reason->message);
  return texture;
}

/**
 * sp_tile_image_to_surface:
 * @texture: a picture
 *
 * Returns: (transfer full): its pixels, to paint with
 */
cairo_surface_t *
sp_tile_image_to_surface (GdkTexture *texture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                                         gdk_texture_get_height (texture));

  gdk_texture_download (texture, cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}
