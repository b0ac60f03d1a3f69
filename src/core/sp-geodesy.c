/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions on the round earth: distance, boxes, the square map of the web, and the pairs of numbers that people
 * write. Degrees are WGS 84, lengths are metres. Pure functions. */
#include "sp-geodesy.h"

#include <math.h>

#define RADIANS(degrees) ((degrees) * (G_PI / 180))
#define DEGREES(radians) ((radians) * (180 / G_PI))

/**
 * sp_geodesy_is_valid:
 * @latitude: degrees north
 * @longitude: degrees east
 *
 * Returns: whether the two are numbers and on the earth
 */
gboolean
sp_geodesy_is_valid (double latitude, double longitude)
{
  return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180; /* false for NAN */
}

/**
 * sp_geodesy_is_british_isles:
 * @latitude: degrees north
 * @longitude: degrees east
 *
 * Returns: whether the position lies in the box around Great Britain, Ireland, Man and the Channel Islands
 */
gboolean
sp_geodesy_is_british_isles (double latitude, double longitude)
{
  return latitude >= 48.9 && latitude <= 61.1 && longitude >= -11 && longitude <= 2.1;
}

/**
 * sp_geodesy_distance:
 * @latitude_1: degrees north
 * @longitude_1: degrees east
 * @latitude_2: degrees north
 * @longitude_2: degrees east
 *
 * The great-circle distance by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68,
 * 1984), which is exact on the sphere for near points too. The earth's flattening makes it at most 0.6 % wrong.
 *
 * Returns: metres
 */
double
sp_geodesy_distance (double latitude_1, double longitude_1, double latitude_2, double longitude_2)
{
  double south_north = sin (RADIANS (latitude_2 - latitude_1) / 2);
  double west_east = sin (RADIANS (longitude_2 - longitude_1) / 2);
  double haversine = south_north * south_north
                     + cos (RADIANS (latitude_1)) * cos (RADIANS (latitude_2)) * west_east * west_east;

  return 2 * SP_GEODESY_MEAN_RADIUS * asin (sqrt (haversine > 1 ? 1 : haversine));
}

/**
 * sp_geodesy_rough_distance:
 * @latitude_1: degrees north
 * @longitude_1: degrees east
 * @latitude_2: degrees north
 * @longitude_2: degrees east
 *
 * The distance on the equirectangular projection that is true at the middle latitude: one cosine and one root. Up to
 * 200 km and 62° north or south it differs from sp_geodesy_distance() by less than 0.1 %: enough to order and to leave
 * out what is far. Not for pairs on either side of 180°.
 *
 * Returns: metres
 */
double
sp_geodesy_rough_distance (double latitude_1, double longitude_1, double latitude_2, double longitude_2)
{
  double y = RADIANS (latitude_2 - latitude_1);
  double x = RADIANS (longitude_2 - longitude_1) * cos (RADIANS (latitude_1 + latitude_2) / 2);

  return SP_GEODESY_MEAN_RADIUS * sqrt (x * x + y * y);
}

/**
 * sp_geodesy_destination:
 * @latitude: degrees north
 * @longitude: degrees east
 * @bearing: where to, degrees clockwise from north
 * @distance: how far, metres
 * @latitude_2: (out): degrees north of where that is
 * @longitude_2: (out): degrees east; it may lie beyond 180, so that lines stay whole
 *
 * The direct problem on the sphere (E. Williams, "Aviation Formulary V1.47", Lat/lon given radial and distance).
 */
void
sp_geodesy_destination (double latitude, double longitude, double bearing, double distance, double *latitude_2,
                        double *longitude_2)
{
  double angle = distance / SP_GEODESY_MEAN_RADIUS;
  double from = RADIANS (latitude), to;

  to = asin (CLAMP (sin (from) * cos (angle) + cos (from) * sin (angle) * cos (RADIANS (bearing)), -1, 1));
  *latitude_2 = DEGREES (to);
  *longitude_2 = longitude
                 + DEGREES (atan2 (sin (RADIANS (bearing)) * sin (angle) * cos (from), cos (angle) - sin (from) * sin (to)));
}

/**
 * sp_geodesy_circle_box:
 * @latitude: degrees north of the middle
 * @longitude: degrees east of the middle
 * @radius: metres, not negative
 * @box: (out caller-allocates): the smallest box that holds the circle
 *
 * The circle's easternmost point is not on the parallel of its middle: Δλ = asin (sin r / cos φ) (J. P. Matuschek,
 * "Finding Points Within a Distance of a Latitude/Longitude Using Bounding Coordinates"). A circle that holds a pole
 * or crosses 180° gets all longitudes.
 */
void
sp_geodesy_circle_box (double latitude, double longitude, double radius, SpBox *box)
{
  double angle = radius / SP_GEODESY_MEAN_RADIUS;
  double reach;

  *box = (SpBox){ MAX (latitude - DEGREES (angle), -90), -180, MIN (latitude + DEGREES (angle), 90), 180 };
  if (box->south <= -90 || box->north >= 90)
    return;
  reach = DEGREES (asin (MIN (sin (angle) / cos (RADIANS (latitude)), 1)));
  if (longitude - reach < -180 || longitude + reach > 180)
    return;
  box->west = longitude - reach;
  box->east = longitude + reach;
}

/**
 * sp_geodesy_box_contains:
 * @box: a box
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * Returns: whether the position lies in the box or on its edge; not if it is NAN
 */
gboolean
sp_geodesy_box_contains (const SpBox *box, double latitude, double longitude)
{
  return latitude >= box->south && latitude <= box->north && longitude >= box->west && longitude <= box->east;
}

/**
 * sp_geodesy_box_intersect:
 * @a: a box
 * @b: another
 * @both: (out caller-allocates): what is in both; may be one of the two
 *
 * Returns: whether there is anything in both, be it an edge
 */
gboolean
sp_geodesy_box_intersect (const SpBox *a, const SpBox *b, SpBox *both)
{
  *both = (SpBox){ MAX (a->south, b->south), MAX (a->west, b->west), MIN (a->north, b->north), MIN (a->east, b->east) };
  return both->south <= both->north && both->west <= both->east;
}

/**
 * sp_geodesy_to_mercator:
 * @latitude: degrees north; beyond %SP_GEODESY_MERCATOR_LATITUDE it is taken for that
 * @longitude: degrees east
 * @x: (out): metres east of Greenwich, EPSG:3857
 * @y: (out): metres north of the equator, EPSG:3857
 *
 * The formulas of IOGP Guidance Note 7-2, "Popular Visualisation Pseudo-Mercator" (method 1024); asinh (tan φ) as half of
 * ln ((1 + sin φ) / (1 - sin φ)), which is the same in half the time, and to a nanometre.
 */
void
sp_geodesy_to_mercator (double latitude, double longitude, double *x, double *y)
{
  double bounded = CLAMP (latitude, -SP_GEODESY_MERCATOR_LATITUDE, SP_GEODESY_MERCATOR_LATITUDE);
  double sine = sin (RADIANS (bounded));

  *x = SP_GEODESY_MERCATOR_RADIUS * RADIANS (longitude);
  *y = SP_GEODESY_MERCATOR_RADIUS / 2 * log ((1 + sine) / (1 - sine));
}

/**
 * sp_geodesy_from_mercator:
 * @x: metres east of Greenwich, EPSG:3857
 * @y: metres north of the equator, EPSG:3857
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 */
void
sp_geodesy_from_mercator (double x, double y, double *latitude, double *longitude)
{
  *latitude = DEGREES (atan (sinh (y / SP_GEODESY_MERCATOR_RADIUS)));
  *longitude = DEGREES (x / SP_GEODESY_MERCATOR_RADIUS);
}

/**
 * sp_geodesy_to_tile:
 * @latitude: degrees north
 * @longitude: degrees east
 * @zoom: 0 to %SP_GEODESY_MAX_ZOOM; at 0 one tile holds the world
 * @x: (out): tiles from the west edge; the whole part is the tile's number
 * @y: (out): tiles from the north edge; the whole part is the tile's number (XYZ, not TMS)
 */
void
sp_geodesy_to_tile (double latitude, double longitude, int zoom, double *x, double *y)
{
  double tiles = ldexp (1, zoom);
  double east, north;

  g_return_if_fail (zoom >= 0 && zoom <= SP_GEODESY_MAX_ZOOM);
  sp_geodesy_to_mercator (latitude, longitude, &east, &north);
  *x = (0.5 + east / (2 * G_PI * SP_GEODESY_MERCATOR_RADIUS)) * tiles;
  *y = (0.5 - north / (2 * G_PI * SP_GEODESY_MERCATOR_RADIUS)) * tiles;
}

/**
 * sp_geodesy_from_tile:
 * @x: tiles from the west edge
 * @y: tiles from the north edge
 * @zoom: 0 to %SP_GEODESY_MAX_ZOOM
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 *
 * The position of a point of the map; of a tile's number, its north-west corner.
 */
void
sp_geodesy_from_tile (double x, double y, int zoom, double *latitude, double *longitude)
{
  double tiles = ldexp (1, zoom);

  g_return_if_fail (zoom >= 0 && zoom <= SP_GEODESY_MAX_ZOOM);
  sp_geodesy_from_mercator ((x / tiles - 0.5) * 2 * G_PI * SP_GEODESY_MERCATOR_RADIUS,
                            (0.5 - y / tiles) * 2 * G_PI * SP_GEODESY_MERCATOR_RADIUS, latitude, longitude);
}
