/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transverse Mercator projection of an ellipsoid and its cartesian coordinates, by the formulas of Ordnance Survey,
 * "A guide to coordinate systems in Great Britain" (v3.6, 2020), annexes B and C, whose letters are kept here: ν, ρ and
 * η² are radii of curvature, I to VI and VII to XIIA the terms of the series. Pure functions. */
#include "sp-transverse-mercator.h"

#include <math.h>

#define RADIANS(degrees) ((degrees) * (G_PI / 180))
#define DEGREES(radians) ((radians) * (180 / G_PI))

typedef struct
{
  double nu;
  double rho;
  double eta2;
} Radii;

static double
get_eccentricity2 (const SpEllipsoid *self)
{
  return (self->a * self->a - self->b * self->b) / (self->a * self->a);
}

/* Along the parallel and the meridian, scaled. */
static Radii
get_radii (const SpTransverseMercator *self, double phi)
{
  double e2 = get_eccentricity2 (&self->ellipsoid);
  double w = 1 - e2 * sin (phi) * sin (phi);
  Radii radii;

  radii.nu = self->ellipsoid.a * self->scale / sqrt (w);
  radii.rho = radii.nu * (1 - e2) / w;
  radii.eta2 = radii.nu / radii.rho - 1;
  return radii;
}

/* The developed arc of the meridian from the true origin. */
static double
get_arc (const SpTransverseMercator *self, double phi)
{
  const SpEllipsoid *ellipsoid = &self->ellipsoid;
  double n = (ellipsoid->a - ellipsoid->b) / (ellipsoid->a + ellipsoid->b), n2 = n * n, n3 = n2 * n;
  double phi_0 = RADIANS (self->latitude), difference = phi - phi_0, sum = phi + phi_0;

  return ellipsoid->b * self->scale
         * ((1 + n + 5.0 / 4 * n2 + 5.0 / 4 * n3) * difference
            - (3 * n + 3 * n2 + 21.0 / 8 * n3) * sin (difference) * cos (sum)
            + (15.0 / 8 * n2 + 15.0 / 8 * n3) * sin (2 * difference) * cos (2 * sum)
            - 35.0 / 24 * n3 * sin (3 * difference) * cos (3 * sum));
}

/**
 * sp_transverse_mercator_project:
 * @self: a projection
 * @latitude: degrees north on its ellipsoid
 * @longitude: degrees east on its ellipsoid, within some 8° of the central meridian
 * @easting: (out): metres
 * @northing: (out): metres
 *
 * Exact to a millimetre where the grids of the British Isles are used.
 */
void
sp_transverse_mercator_project (const SpTransverseMercator *self, double latitude, double longitude, double *easting,
                                double *northing)
{
  double phi = RADIANS (latitude), l = RADIANS (longitude - self->longitude), l2 = l * l;
  double s = sin (phi), c = cos (phi), c3 = c * c * c, c5 = c3 * c * c;
  double t2 = tan (phi) * tan (phi), t4 = t2 * t2;
  Radii r = get_radii (self, phi);

  double I = get_arc (self, phi) + self->northing;
  double II = r.nu / 2 * s * c;
  double III = r.nu / 24 * s * c3 * (5 - t2 + 9 * r.eta2);
  double IIIA = r.nu / 720 * s * c5 * (61 - 58 * t2 + t4);
  double IV = r.nu * c;
  double V = r.nu / 6 * c3 * (r.nu / r.rho - t2);
  double VI = r.nu / 120 * c5 * (5 - 18 * t2 + t4 + 14 * r.eta2 - 58 * t2 * r.eta2);

  *northing = I + l2 * (II + l2 * (III + l2 * IIIA));
  *easting = self->easting + l * (IV + l2 * (V + l2 * VI));
}

/* The latitude whose arc of the meridian ends at a northing. */
static double
get_foot_latitude (const SpTransverseMercator *self, double northing)
{
  double phi = RADIANS (self->latitude);

  for (int i = 0; i < 20; i++) /* three are enough in practice; NAN and absurd numbers end too */
    {
      double rest = northing - self->northing - get_arc (self, phi);
      if (fabs (rest) < 1e-5)
        break;
      phi += rest / (self->ellipsoid.a * self->scale);
    }
  return phi;
}

/**
 * sp_transverse_mercator_unproject:
 * @self: a projection
 * @easting: metres
 * @northing: metres
 * @latitude: (out): degrees north on its ellipsoid
 * @longitude: (out): degrees east on its ellipsoid
 */
void
sp_transverse_mercator_unproject (const SpTransverseMercator *self, double easting, double northing, double *latitude,
                                  double *longitude)
{
  double phi = get_foot_latitude (self, northing), d = easting - self->easting, d2 = d * d;
  double sec = 1 / cos (phi), t = tan (phi), t2 = t * t, t4 = t2 * t2, t6 = t4 * t2;
  Radii r = get_radii (self, phi);
  double nu3 = r.nu * r.nu * r.nu, nu5 = nu3 * r.nu * r.nu, nu7 = nu5 * r.nu * r.nu;

  double VII = t / (2 * r.rho * r.nu);
  double VIII = t / (24 * r.rho * nu3) * (5 + 3 * t2 + r.eta2 - 9 * t2 * r.eta2);
  double IX = t / (720 * r.rho * nu5) * (61 + 90 * t2 + 45 * t4);
  double X = sec / r.nu;
  double XI = sec / (6 * nu3) * (r.nu / r.rho + 2 * t2);
  double XII = sec / (120 * nu5) * (5 + 28 * t2 + 24 * t4);
  double XIIA = sec / (5040 * nu7) * (61 + 662 * t2 + 1320 * t4 + 720 * t6);

  *latitude = DEGREES (phi - d2 * (VII - d2 * (VIII - d2 * IX)));
  *longitude = self->longitude + DEGREES (d * (X - d2 * (XI - d2 * (XII - d2 * XIIA))));
}

/**
 * sp_ellipsoid_to_cartesian:
 * @self: an ellipsoid
 * @latitude: degrees north
 * @longitude: degrees east
 * @height: metres above the ellipsoid
 *
 * Returns: the point
 */
SpCartesian
sp_ellipsoid_to_cartesian (const SpEllipsoid *self, double latitude, double longitude, double height)
{
  double phi = RADIANS (latitude), lambda = RADIANS (longitude), e2 = get_eccentricity2 (self);
  double nu = self->a / sqrt (1 - e2 * sin (phi) * sin (phi));

  return (SpCartesian){ (nu + height) * cos (phi) * cos (lambda), (nu + height) * cos (phi) * sin (lambda),
                        ((1 - e2) * nu + height) * sin (phi) };
}

/**
 * sp_ellipsoid_from_cartesian:
 * @self: an ellipsoid
 * @point: a point near its surface
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 *
 * The height, which a map has no use for, is left out.
 */
void
sp_ellipsoid_from_cartesian (const SpEllipsoid *self, const SpCartesian *point, double *latitude, double *longitude)
{
  double e2 = get_eccentricity2 (self), p = hypot (point->x, point->y);
  double phi = atan2 (point->z, p * (1 - e2));

  for (int i = 0; i < 10; i++)
    {
      double nu = self->a / sqrt (1 - e2 * sin (phi) * sin (phi));
      double next = atan2 (point->z + e2 * nu * sin (phi), p);
      gboolean settled = fabs (next - phi) < 1e-14;

      phi = next;
      if (settled)
        break;
    }
  *latitude = DEGREES (phi);
  *longitude = DEGREES (atan2 (point->y, point->x));
}
