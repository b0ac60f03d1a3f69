/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tiles of one colour, as a file or a server would have them, and what a source makes of a tile. */

#include "sp-base-source.h"
#include "sp-tile-paintable.h"

#include <glib/gstdio.h>
#include <string.h>

/* A picture in PNG. @colour: 0xAARRGGBB. */
G_GNUC_UNUSED static GBytes *
make_png (int size, guint32 colour)
{
  g_autofree guint32 *pixels = g_new (guint32, (gsize) (size * size));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (int i = 0; i < size * size; i++)
    pixels[i] = colour;
  bytes = g_bytes_new (pixels, sizeof *pixels * (gsize) (size * size));
  texture = gdk_memory_texture_new (size, size, GDK_MEMORY_DEFAULT, bytes, sizeof *pixels * (gsize) size);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Has a source fill a tile, as a map layer does. NULL with @error if it was given up. */
G_GNUC_UNUSED static GdkTexture *
fill_tile (gpointer source, guint x, guint y, guint zoom, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShumateTile) tile = g_object_ref_sink (shumate_tile_new_full (x, y, SP_BASE_TILE, zoom));
  g_autoptr (GAsyncResult) result = NULL;
  GdkPaintable *paintable;

  shumate_map_source_fill_tile_async (source, tile, cancellable, filled_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!shumate_map_source_fill_tile_finish (source, result, error))
    return NULL;
  g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
  paintable = shumate_tile_get_paintable (tile);
  g_assert_true (SP_IS_TILE_PAINTABLE (paintable));
  return g_object_ref (sp_tile_paintable_get_texture (SP_TILE_PAINTABLE (paintable)));
}

/* A pixel as 0xAARRGGBB. */
G_GNUC_UNUSED static guint32
pixel_of (GdkTexture *texture, int x, int y)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) (width * height));

  gdk_texture_download (texture, (guchar *) pixels, sizeof *pixels * (gsize) width);
  return pixels[y * width + x];
}

G_GNUC_UNUSED static gboolean
same_picture (GdkTexture *a, GdkTexture *b)
{
  gsize width = (gsize) gdk_texture_get_width (a), height = (gsize) gdk_texture_get_height (a);
  g_autofree guchar *first = g_malloc (4 * width * height), *second = g_malloc (4 * width * height);

  if (gdk_texture_get_width (b) != (int) width || gdk_texture_get_height (b) != (int) height)
    return FALSE;
  gdk_texture_download (a, first, 4 * width);
  gdk_texture_download (b, second, 4 * width);
  return memcmp (first, second, 4 * width * height) == 0;
}

G_GNUC_UNUSED static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}
