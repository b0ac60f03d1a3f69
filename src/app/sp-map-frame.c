/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpMapFrame: the square map of Web Mercator on a layer's widget, as libshumate's own layers have it. */
#include "sp-map-frame.h"

#include <math.h>

/**
 * sp_map_frame_init:
 * @self: gets what is seen now
 * @layer: a layer
 *
 * Returns: whether the map knows its scale and the layer its size; if not, there is nothing to draw
 */
gboolean
sp_map_frame_init (SpMapFrame *self, ShumateLayer *layer)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (layer);
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (viewport);
  double rotation = shumate_viewport_get_rotation (viewport), zoom = shumate_viewport_get_zoom_level (viewport);
  double latitude = shumate_location_get_latitude (SHUMATE_LOCATION (viewport));
  double longitude = shumate_location_get_longitude (SHUMATE_LOCATION (viewport));

  if (source == NULL)
    return FALSE;
  *self = (SpMapFrame){ .world = shumate_map_source_get_tile_size_at_zoom (source, zoom) * shumate_map_source_get_column_count (source, zoom),
                        .zoom = zoom,
                        .width = gtk_widget_get_width (GTK_WIDGET (layer)), .height = gtk_widget_get_height (GTK_WIDGET (layer)),
                        .cosine = cos (rotation), .sine = sin (rotation) };
  sp_geodesy_to_tile (latitude, longitude, 0, &self->x, &self->y);
  return self->width > 0 && self->height > 0;
}

/**
 * sp_map_frame_to_widget:
 * @self: what is seen
 * @x: a place on the map, as a part of its side
 * @y: likewise
 * @left: (out): where it is on the widget; of all turns around the world the one that is nearest to the middle
 * @top: (out): likewise
 */
void
sp_map_frame_to_widget (const SpMapFrame *self, double x, double y, double *left, double *top)
{
  double right = x - self->x, down = (y - self->y) * self->world;

  right = (right - round (right)) * self->world;
  *left = self->width / 2 + right * self->cosine - down * self->sine;
  *top = self->height / 2 + right * self->sine + down * self->cosine;
}

/**
 * sp_map_frame_get_view:
 * @self: what is seen
 * @margin: how far around the widget one looks, in pixels
 * @view: (out caller-allocates): the part of the map that holds all of it
 * @width: (out): of that part, in pixels; the same wherever the map is dragged
 * @height: (out): likewise
 */
void
sp_map_frame_get_view (const SpMapFrame *self, double margin, SpMapBox *view, double *width, double *height)
{
  double across = self->width + 2 * margin, down = self->height + 2 * margin;

  *width = fabs (across * self->cosine) + fabs (down * self->sine);
  *height = fabs (across * self->sine) + fabs (down * self->cosine);
  *view = (SpMapBox){ self->x - *width / self->world / 2, self->y - *height / self->world / 2,
                      self->x + *width / self->world / 2, self->y + *height / self->world / 2 };
}
