/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

/* The mean radius of the IUGG, R₁ = (2a + b) / 3 of GRS 80, in metres (H. Moritz, "Geodetic Reference System 1980",
 * Journal of Geodesy 74, 2000). */
#define SP_GEODESY_MEAN_RADIUS 6371008.7714

/* The radius of the sphere of Web Mercator, EPSG:3857, in metres. */
#define SP_GEODESY_MERCATOR_RADIUS 6378137.0
/* Where the square map of Web Mercator ends: atan (sinh π), in degrees. */
#define SP_GEODESY_MERCATOR_LATITUDE 85.051128779806592
#define SP_GEODESY_MAX_ZOOM 30

/**
 * SpBox:
 * @south: degrees north
 * @west: degrees east
 * @north: degrees north, not less than @south
 * @east: degrees east, not less than @west
 *
 * A box between two meridians and two parallels, WGS 84. One that would reach across 180° is widened to all
 * longitudes, so that @west is never east of @east.
 */
typedef struct
{
  double south;
  double west;
  double north;
  double east;
} SpBox;

gboolean sp_geodesy_is_valid         (double latitude, double longitude);
gboolean sp_geodesy_is_british_isles (double latitude, double longitude);
double   sp_geodesy_distance         (double latitude_1, double longitude_1, double latitude_2, double longitude_2);
double   sp_geodesy_rough_distance   (double latitude_1, double longitude_1, double latitude_2, double longitude_2);
void     sp_geodesy_destination      (double latitude, double longitude, double bearing, double distance,
                                      double *latitude_2, double *longitude_2);
void     sp_geodesy_circle_box       (double latitude, double longitude, double radius, SpBox *box);
gboolean sp_geodesy_box_contains     (const SpBox *box, double latitude, double longitude);
gboolean sp_geodesy_box_intersect    (const SpBox *a, const SpBox *b, SpBox *both);

void     sp_geodesy_to_mercator      (double latitude, double longitude, double *x, double *y);
void     sp_geodesy_from_mercator    (double x, double y, double *latitude, double *longitude);
void     sp_geodesy_to_tile          (double latitude, double longitude, int zoom, double *x, double *y);
void     sp_geodesy_from_tile        (double x, double y, int zoom, double *latitude, double *longitude);

gboolean sp_geodesy_parse_pair       (const char *text, double *latitude, double *longitude, GError **error);

G_END_DECLS
