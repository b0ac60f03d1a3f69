/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpEllipsoid:
 * @a: semi-major axis, metres
 * @b: semi-minor axis, metres
 */
typedef struct
{
  double a;
  double b;
} SpEllipsoid;

/**
 * SpTransverseMercator:
 * @ellipsoid: the figure of the earth
 * @scale: on the central meridian
 * @latitude: of the true origin, degrees north
 * @longitude: of the true origin, degrees east
 * @easting: of the true origin, metres
 * @northing: of the true origin, metres
 */
typedef struct
{
  SpEllipsoid ellipsoid;
  double      scale;
  double      latitude;
  double      longitude;
  double      easting;
  double      northing;
} SpTransverseMercator;

/**
 * SpCartesian:
 *
 * Metres from the middle of an ellipsoid: x towards Greenwich on the equator, y towards 90° east, z towards the north
 * pole.
 */
typedef struct
{
  double x;
  double y;
  double z;
} SpCartesian;

void        sp_transverse_mercator_project   (const SpTransverseMercator *self, double latitude, double longitude,
                                              double *easting, double *northing);
void        sp_transverse_mercator_unproject (const SpTransverseMercator *self, double easting, double northing,
                                              double *latitude, double *longitude);
SpCartesian sp_ellipsoid_to_cartesian        (const SpEllipsoid *self, double latitude, double longitude,
                                              double height);
void        sp_ellipsoid_from_cartesian      (const SpEllipsoid *self, const SpCartesian *point,
                                              double *latitude, double *longitude);

G_END_DECLS
