/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rectangle of the map and how large it is drawn: the arithmetic between positions and pixels. */
#include "sp-map-window.h"

#include <math.h>

#define TILE_SIZE 256.0

/* To worlds: 0 to 1 from west to east, and from north to south. */
static void
to_world (double latitude, double longitude, double *x, double *y)
{
  sp_geodesy_to_tile (latitude, longitude, 0, x, y);
}

/**
 * sp_map_window_init_tile:
 * @self: (out caller-allocates): a window
 * @x: tiles from the west edge
 * @y: tiles from the north edge (XYZ, not TMS)
 * @zoom: 0 to %SP_GEODESY_MAX_ZOOM
 * @size: of the tile, in pixels
 *
 * The window of one tile. One of 512 pixels shows what the four tiles of 256 pixels at the next zoom do.
 */
void
sp_map_window_init_tile (SpMapWindow *self, guint x, guint y, int zoom, double size)
{
  double tiles = ldexp (1, zoom);

  *self = (SpMapWindow){ x / tiles, y / tiles, size * tiles, size, size };
}

/**
 * sp_map_window_init_around:
 * @self: (out caller-allocates): a window
 * @latitude: degrees north of its middle
 * @longitude: degrees east of its middle
 * @zoom: as of tiles of 256 pixels; any number
 * @width: pixels
 * @height: pixels
 */
void
sp_map_window_init_around (SpMapWindow *self, double latitude, double longitude, double zoom, double width,
                           double height)
{
  double world = TILE_SIZE * exp2 (zoom);
  double x, y;

  to_world (latitude, longitude, &x, &y);
  *self = (SpMapWindow){ x - width / 2 / world, y - height / 2 / world, world, width, height };
}

/**
 * sp_map_window_get_zoom:
 * @self: a window
 *
 * Returns: the zoom at which tiles of 256 pixels show the same; any number
 */
double
sp_map_window_get_zoom (const SpMapWindow *self)
{
  return log2 (self->world / TILE_SIZE);
}

/**
 * sp_map_window_get_box:
 * @self: a window
 * @box: (out caller-allocates): what it shows; where it reaches beyond the map, up to there
 */
void
sp_map_window_get_box (const SpMapWindow *self, SpBox *box)
{
  double right = MIN (self->x + self->width / self->world, 1);
  double bottom = MIN (self->y + self->height / self->world, 1);

  sp_geodesy_from_tile (MAX (self->x, 0), MAX (self->y, 0), 0, &box->north, &box->west);
  sp_geodesy_from_tile (right, bottom, 0, &box->south, &box->east);
}

/**
 * sp_map_window_to_pixel:
 * @self: a window
 * @latitude: degrees north
 * @longitude: degrees east
 * @x: (out): pixels from its left edge, perhaps outside
 * @y: (out): pixels from its upper edge, perhaps outside
 */
void
sp_map_window_to_pixel (const SpMapWindow *self, double latitude, double longitude, double *x, double *y)
{
  to_world (latitude, longitude, x, y);
  *x = (*x - self->x) * self->world;
  *y = (*y - self->y) * self->world;
}

/**
 * sp_map_window_from_pixel:
 * @self: a window
 * @x: pixels from its left edge
 * @y: pixels from its upper edge
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 */
void
sp_map_window_from_pixel (const SpMapWindow *self, double x, double y, double *latitude, double *longitude)
{
  sp_geodesy_from_tile (self->x + x / self->world, self->y + y / self->world, 0, latitude, longitude);
}

/**
 * sp_map_window_get_metres_per_pixel:
 * @self: a window
 * @latitude: degrees north
 *
 * The scale of Web Mercator, which grows with the secant of the latitude: 2πR cos φ / world, with the R of the sphere
 * whose mean radius the distances of sp_geodesy_distance() have, so that both agree.
 *
 * Returns: metres
 */
double
sp_map_window_get_metres_per_pixel (const SpMapWindow *self, double latitude)
{
  return 2 * G_PI * SP_GEODESY_MEAN_RADIUS * cos (latitude * G_PI / 180) / self->world;
}
