/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-geodesy.h"

G_BEGIN_DECLS

/**
 * SpMapWindow:
 * @x: its west edge, in worlds: 0 at 180° W, 1 at 180° E
 * @y: its north edge, in worlds: 0 at 85.05° N, 1 at 85.05° S
 * @world: how many pixels the whole world is wide: 256 · 2^zoom
 * @width: pixels
 * @height: pixels
 *
 * A rectangle of the square map of Web Mercator (EPSG:3857), and how large it is drawn. Pixels are those of the cairo
 * context; on a screen of high resolution that has been scaled, so the same window gives the same map, only sharper.
 */
typedef struct
{
  double x;
  double y;
  double world;
  double width;
  double height;
} SpMapWindow;

void   sp_map_window_init_tile   (SpMapWindow *self, guint x, guint y, int zoom, double size);
void   sp_map_window_init_around (SpMapWindow *self, double latitude, double longitude, double zoom, double width,
                                  double height);
double sp_map_window_get_zoom    (const SpMapWindow *self);
void   sp_map_window_get_box     (const SpMapWindow *self, SpBox *box);
void   sp_map_window_to_pixel    (const SpMapWindow *self, double latitude, double longitude, double *x, double *y);
void   sp_map_window_from_pixel  (const SpMapWindow *self, double x, double y, double *latitude, double *longitude);
double sp_map_window_get_metres_per_pixel (const SpMapWindow *self, double latitude);

G_END_DECLS
