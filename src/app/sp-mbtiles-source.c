/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMbtilesSource: tiles of pictures from an MBTiles file, enlarged beyond its zoom levels and put together before them.
 * Where the file has none, or cannot be read, the built-in map is seen. */
#include "sp-mbtiles-source.h"

#include "sp-tile-image.h"

#include <math.h>

#define MOST_PIXELS 1024 /* of a tile that is put together */

struct _SpMbtilesSource
{
  SpBaseSource parent_instance;

  SpMbtiles *file; /* owned */
};

G_DEFINE_FINAL_TYPE (SpMbtilesSource, sp_mbtiles_source, SP_TYPE_BASE_SOURCE)

static gboolean
is_whole (const SpMbtilesPart *part)
{
  return part->x <= 0 && part->y <= 0 && part->size >= 1;
}

/* Paints a part of one picture on a part of the tile. At its own size or enlarged; no pixel of a neighbour comes in. */
static void
paint_piece (cairo_t *cr, const SpMbtilesPiece *piece, GdkTexture *picture, double pixels)
{
  cairo_surface_t *surface = sp_tile_image_to_surface (picture);
  double to_x = piece->to.x * pixels, to_y = piece->to.y * pixels, to_size = piece->to.size * pixels;
  double scale_x = to_size / (piece->from.size * gdk_texture_get_width (picture));
  double scale_y = to_size / (piece->from.size * gdk_texture_get_height (picture));

  cairo_save (cr);
  cairo_rectangle (cr, to_x, to_y, to_size, to_size);
  cairo_clip (cr);
  cairo_translate (cr, to_x, to_y);
  cairo_scale (cr, scale_x, scale_y);
  cairo_translate (cr, -piece->from.x * gdk_texture_get_width (picture), -piece->from.y * gdk_texture_get_height (picture));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* As fine as the finest of its pieces, but never beyond reason. */
static int
choose_pixels (SpBaseSource *source, GPtrArray *pieces, GPtrArray *pictures)
{
  double pixels = SP_BASE_TILE * sp_base_source_get_resolution (source);

  for (guint i = 0; i < pieces->len; i++)
    {
      const SpMbtilesPiece *piece = g_ptr_array_index (pieces, i);
      GdkTexture *picture = g_ptr_array_index (pictures, i);

      if (picture != NULL && is_whole (&piece->to) && is_whole (&piece->from))
        pixels = MAX (pixels, gdk_texture_get_width (picture));
    }
  return (int) MIN (ceil (pixels), MOST_PIXELS);
}

static GdkTexture *
compose (SpBaseSource *source, const SpBaseSpot *spot, GPtrArray *pieces, GPtrArray *pictures)
{
  int pixels = choose_pixels (source, pieces, pictures);
  cairo_surface_t *surface = sp_base_source_draw (source, spot, pixels);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < pieces->len; i++)
    if (g_ptr_array_index (pictures, i) != NULL)
      paint_piece (cr, g_ptr_array_index (pieces, i), g_ptr_array_index (pictures, i), pixels);
  cairo_destroy (cr);
  return sp_base_tile_take (surface);
}

static void
clear_picture (gpointer picture)
{
  g_clear_object (&picture);
}

static GdkTexture *
sp_mbtiles_source_render (SpBaseSource *source, const SpBaseSpot *spot, GBytes *bytes, GError **error)
{
  SpMbtilesSource *self = SP_MBTILES_SOURCE (source);
  g_autoptr (GPtrArray) pieces = sp_mbtiles_read (self->file, spot->zoom, spot->x, spot->y, error);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (clear_picture);

  if (pieces == NULL || pieces->len == 0)
    return NULL;
  for (guint i = 0; i < pieces->len; i++)
    {
      const SpMbtilesPiece *piece = g_ptr_array_index (pieces, i);
      gboolean told = error != NULL && *error != NULL;

      g_ptr_array_add (pictures, sp_tile_image_decode (piece->bytes, told ? NULL : error));
    }
  return compose (source, spot, pieces, pictures);
}

static void
sp_mbtiles_source_finalize (GObject *object)
{
  sp_mbtiles_unref (SP_MBTILES_SOURCE (object)->file);
  G_OBJECT_CLASS (sp_mbtiles_source_parent_class)->finalize (object);
}

static void
sp_mbtiles_source_class_init (SpMbtilesSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_mbtiles_source_finalize;
  SP_BASE_SOURCE_CLASS (klass)->render = sp_mbtiles_source_render;
}

static void
sp_mbtiles_source_init (SpMbtilesSource *self)
{
}

/**
 * sp_mbtiles_source_new:
 * @file: an open file
 * @style: colours of the built-in map, where the file has nothing
 * @resolution: pixels of the built-in map for each of the widget
 * @dots: (nullable): postcodes for the built-in map
 *
 * Returns: (transfer full): a source that shows the file's pictures
 */
SpMbtilesSource *
sp_mbtiles_source_new (SpMbtiles *file, SpMapStyle style, double resolution, SpMapDots *dots)
{
  SpMbtilesSource *self = g_object_new (SP_TYPE_MBTILES_SOURCE, "style", style, "resolution", resolution, "dots", dots, NULL);

  self->file = sp_mbtiles_ref (file);
  return self;
}
