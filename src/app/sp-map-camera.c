/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the map looks: fitting a box, bringing a point into view, panning, and whether somebody has moved on. Only the
 * functions that take a ShumateMap know widgets; the others are pure. */
#include "sp-map-camera.h"

#include "sp-base-source.h"
#include "sp-map-window.h"

#include <math.h>

#define ANIMATION_MS 300
#define FAR 3.0 /* screens: what is farther away is jumped to */
#define FIT_MARGIN 56.0 /* pixels on each side: half a pin, and the buttons */
#define EDGE 48.0 /* pixels: what is nearer to the edge is not in view */
#define MOVED 0.3 /* screens */
#define ZOOMED 0.6 /* zoom levels */

static double
clamp_zoom (double zoom)
{
  return CLAMP (zoom, SP_BASE_SOURCE_MIN_ZOOM, SP_BASE_SOURCE_MAX_ZOOM);
}

/* Pixels from one camera's middle to the other's, at the zoom of the first. */
static void
offset (const SpMapCamera *from, double latitude, double longitude, double *dx, double *dy)
{
  SpMapWindow window;

  sp_map_window_init_around (&window, from->latitude, from->longitude, from->zoom, 0, 0);
  sp_map_window_to_pixel (&window, latitude, longitude, dx, dy);
}

/**
 * sp_map_camera_get:
 * @map: a map
 * @camera: (out caller-allocates): where it looks
 */
void
sp_map_camera_get (ShumateMap *map, SpMapCamera *camera)
{
  ShumateViewport *viewport = shumate_map_get_viewport (map);

  camera->latitude = shumate_location_get_latitude (SHUMATE_LOCATION (viewport));
  camera->longitude = shumate_location_get_longitude (SHUMATE_LOCATION (viewport));
  camera->zoom = shumate_viewport_get_zoom_level (viewport);
}

/* On the way every tile would be asked for, so that is for short ways. */
static gboolean
is_near (ShumateMap *map, const SpMapCamera *to)
{
  int width = gtk_widget_get_width (GTK_WIDGET (map)), height = gtk_widget_get_height (GTK_WIDGET (map));
  SpMapCamera from;
  double dx, dy;

  sp_map_camera_get (map, &from);
  from.zoom = MIN (from.zoom, to->zoom);
  offset (&from, to->latitude, to->longitude, &dx, &dy);
  return fabs (dx) < FAR * width && fabs (dy) < FAR * height;
}

/**
 * sp_map_camera_go_to:
 * @map: a map
 * @camera: where it is to look
 * @animate: whether to glide there if it is not far and animations are wanted at all
 */
void
sp_map_camera_go_to (ShumateMap *map, const SpMapCamera *camera, gboolean animate)
{
  guint duration = animate && is_near (map, camera) ? ANIMATION_MS : 0;

  shumate_map_stop_go_to (map);
  shumate_map_go_to_full_with_duration (map, camera->latitude, camera->longitude, clamp_zoom (camera->zoom), duration);
}

/**
 * sp_map_camera_get_box:
 * @map: a map
 * @box: (out caller-allocates): what it shows
 *
 * Returns: whether it shows anything: not before it has a size
 */
gboolean
sp_map_camera_get_box (ShumateMap *map, SpBox *box)
{
  int width = gtk_widget_get_width (GTK_WIDGET (map)), height = gtk_widget_get_height (GTK_WIDGET (map));
  SpMapCamera camera;
  SpMapWindow window;

  if (width <= 0 || height <= 0)
    return FALSE;
  sp_map_camera_get (map, &camera);
  sp_map_window_init_around (&window, camera.latitude, camera.longitude, camera.zoom, width, height);
  sp_map_window_get_box (&window, box);
  return TRUE;
}

/**
 * sp_map_camera_fit:
 * @camera: (out caller-allocates): gets where the whole box is in view, with a margin
 * @box: what to show
 * @width: of the map, pixels
 * @height: of the map, pixels
 * @deepest: no zoom beyond this, however small the box is
 */
void
sp_map_camera_fit (SpMapCamera *camera, const SpBox *box, int width, int height, double deepest)
{
  double west, north, east, south, across, down;

  sp_geodesy_to_tile (box->north, box->west, 0, &west, &north);
  sp_geodesy_to_tile (box->south, box->east, 0, &east, &south);
  across = log2 (MAX (width - 2 * FIT_MARGIN, FIT_MARGIN) / SP_BASE_TILE / MAX (east - west, 1e-9));
  down = log2 (MAX (height - 2 * FIT_MARGIN, FIT_MARGIN) / SP_BASE_TILE / MAX (south - north, 1e-9));
  camera->zoom = clamp_zoom (MIN (MIN (across, down), deepest));
  sp_geodesy_from_tile ((west + east) / 2, (north + south) / 2, 0, &camera->latitude, &camera->longitude);
}

/* How far the middle must move so that something at @distance from it is in view. */
static double
needed_move (double distance, double size)
{
  double reach = MAX (size / 2 - EDGE, 0);

  if (fabs (distance) <= reach)
    return 0;
  return fabs (distance) < size ? distance - copysign (reach, distance) : distance;
}

/**
 * sp_map_camera_reveal:
 * @camera: (inout): moved so that the point is in view; no more than needed if it is near, else to the middle
 * @latitude: degrees north
 * @longitude: degrees east
 * @width: of the map, pixels
 * @height: of the map, pixels
 *
 * Returns: whether it had to move
 */
gboolean
sp_map_camera_reveal (SpMapCamera *camera, double latitude, double longitude, int width, int height)
{
  double dx, dy, across, down;

  offset (camera, latitude, longitude, &dx, &dy);
  across = needed_move (dx, width);
  down = needed_move (dy, height);
  if (fabs (across) < 0.5 && fabs (down) < 0.5)
    return FALSE;
  sp_map_camera_pan (camera, across, down);
  return TRUE;
}

/**
 * sp_map_camera_pan:
 * @camera: (inout): moved; not beyond the ends of the map
 * @dx: pixels to the right
 * @dy: pixels down
 */
void
sp_map_camera_pan (SpMapCamera *camera, double dx, double dy)
{
  SpMapWindow window;
  double latitude, longitude;

  sp_map_window_init_around (&window, camera->latitude, camera->longitude, camera->zoom, 0, 0);
  sp_map_window_from_pixel (&window, dx, dy, &latitude, &longitude);
  camera->latitude = CLAMP (latitude, -SP_GEODESY_MERCATOR_LATITUDE, SP_GEODESY_MERCATOR_LATITUDE);
  camera->longitude = CLAMP (longitude, -180, 180);
}

/**
 * sp_map_camera_has_moved:
 * @camera: where a map looks
 * @from: where it looked once
 * @width: of the map, pixels
 * @height: of the map, pixels
 *
 * Returns: whether that is so far away that one may want to search here instead
 */
gboolean
sp_map_camera_has_moved (const SpMapCamera *camera, const SpMapCamera *from, int width, int height)
{
  double dx, dy;

  if (fabs (camera->zoom - from->zoom) > ZOOMED)
    return TRUE;
  offset (camera, from->latitude, from->longitude, &dx, &dy);
  return fabs (dx) > MOVED * width || fabs (dy) > MOVED * height;
}
