/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The national grids and their way to WGS 84: a projection, and Helmert's transformation between the datums.
 *
 * Great Britain: Ordnance Survey, "A guide to coordinate systems in Great Britain" (v3.6, 2020), the seven
 * parameters from ETRS89 to OSGB36: within 5 m, and 2 m on average, of all forty test points of OSTN15. (OSTN15 itself,
 * good to 0.1 m, needs a table of 10 MB; on a map of halls and clubs nobody would see the difference.)
 * Ireland: Ordnance Survey of Ireland and of Northern Ireland, "Making maps compatible with GPS" (1999), level 2
 * transformation, good to 1 m; EPSG:1954.
 * ETRS89 is taken for WGS 84: they drift apart by 2.5 cm a year from 1989 on, less than a metre by now. */
#include "sp-grid.h"

#include "sp-geodesy.h"

#include <math.h>

/* From WGS 84 to the grid's datum: metres, parts per million, seconds of arc. */
typedef struct
{
  double tx, ty, tz;
  double s;
  double rx, ry, rz;
} Helmert;

typedef struct
{
  SpTransverseMercator projection;
  Helmert              shift;
  double               west, south, east, north; /* metres; where the grid is defined */
} Definition;

#define AIRY { 6377563.396, 6356256.909 }
#define AIRY_MODIFIED { 6377340.189, 6356034.447938534 }
#define GRS80 { 6378137.0, 6356752.314140 }

static const SpEllipsoid wgs84 = { 6378137.0, 6356752.314245 };

static const Definition definitions[] = {
  [SP_GRID_BRITISH] = { { AIRY, 0.9996012717, 49, -2, 400000, -100000 },
                        { -446.448, 125.157, -542.060, 20.4894, -0.1502, -0.2470, -0.8421 },
                        0, 0, 700000, 1300000 },
  [SP_GRID_IRISH] = { { AIRY_MODIFIED, 1.000035, 53.5, -8, 200000, 250000 },
                      { -482.530, 130.596, -564.557, -8.150, 1.042, 0.214, 0.631 },
                      0, 0, 500000, 500000 },
  [SP_GRID_IRISH_TM] = { { GRS80, 0.99982, 53.5, -8, 600000, 750000 }, { 0 }, 400000, 500000, 900000, 1000000 },
};

/**
 * sp_grid_get_projection:
 * @grid: a grid
 *
 * Returns: (transfer none): its projection, between eastings and northings and the latitude and longitude of its own
 *   datum, which differ from WGS 84 by some 100 m
 */
const SpTransverseMercator *
sp_grid_get_projection (SpGrid grid)
{
  g_return_val_if_fail (grid < G_N_ELEMENTS (definitions), NULL);
  return &definitions[grid].projection;
}

/**
 * sp_grid_from_epsg:
 * @code: the number of a coordinate reference system in the EPSG register
 * @grid: (out): the grid that it means
 *
 * Returns: whether it is one of ours
 */
gboolean
sp_grid_from_epsg (guint code, SpGrid *grid)
{
  static const struct { guint code; SpGrid grid; } codes[] = {
    { 27700, SP_GRID_BRITISH }, { 7405, SP_GRID_BRITISH }, { 29903, SP_GRID_IRISH },
    { 29902, SP_GRID_IRISH }, { 29901, SP_GRID_IRISH }, { 2157, SP_GRID_IRISH_TM },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      {
        *grid = codes[i].grid;
        return TRUE;
      }
  return FALSE;
}

/**
 * sp_grid_contains:
 * @grid: a grid
 * @easting: metres
 * @northing: metres
 *
 * Returns: whether the grid has such a point
 */
gboolean
sp_grid_contains (SpGrid grid, double easting, double northing)
{
  const Definition *self = &definitions[grid];

  return easting >= self->west && easting < self->east && northing >= self->south && northing < self->north;
}

/* The guide's matrix for small angles; @sign -1 goes the other way, as the guide says too. */
static SpCartesian
apply_shift (const Helmert *shift, double sign, const SpCartesian *point)
{
  const double second = sign * G_PI / 180 / 3600;
  double scale = 1 + sign * shift->s * 1e-6;
  double rx = shift->rx * second, ry = shift->ry * second, rz = shift->rz * second;

  return (SpCartesian){ sign * shift->tx + scale * point->x - rz * point->y + ry * point->z,
                        sign * shift->ty + rz * point->x + scale * point->y - rx * point->z,
                        sign * shift->tz - ry * point->x + rx * point->y + scale * point->z };
}

static void
from_wgs84 (const Definition *self, double latitude, double longitude, double *easting, double *northing)
{
  SpCartesian point = sp_ellipsoid_to_cartesian (&wgs84, latitude, longitude, 0);

  point = apply_shift (&self->shift, 1, &point);
  sp_ellipsoid_from_cartesian (&self->projection.ellipsoid, &point, &latitude, &longitude);
  sp_transverse_mercator_project (&self->projection, latitude, longitude, easting, northing);
}

static void
reverse_signs (const Definition *self, double easting, double northing, double *latitude, double *longitude)
{
  SpCartesian point;

  sp_transverse_mercator_unproject (&self->projection, easting, northing, latitude, longitude);
  point = sp_ellipsoid_to_cartesian (&self->projection.ellipsoid, *latitude, *longitude, 0);
  point = apply_shift (&self->shift, -1, &point);
  sp_ellipsoid_from_cartesian (&wgs84, &point, latitude, longitude);
}

/**
 * sp_grid_to_wgs84:
 * @grid: a grid
 * @easting: metres
 * @northing: metres
 * @latitude: (out): degrees north, WGS 84
 * @longitude: (out): degrees east, WGS 84
 *
 * Reversing the seven signs leaves some centimetres; they are removed by asking the way back, so that a position
 * that is written and read again stays where it is, to less than a millimetre.
 *
 * Returns: whether the grid has such a point
 */
gboolean
sp_grid_to_wgs84 (SpGrid grid, double easting, double northing, double *latitude, double *longitude)
{
  const Definition *self;
  double corrected_easting = easting, corrected_northing = northing;

  g_return_val_if_fail (grid < G_N_ELEMENTS (definitions), FALSE);
  self = &definitions[grid];
  if (!sp_grid_contains (grid, easting, northing))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      double back_easting, back_northing;

      reverse_signs (self, corrected_easting, corrected_northing, latitude, longitude);
      from_wgs84 (self, *latitude, *longitude, &back_easting, &back_northing);
      corrected_easting += easting - back_easting;
      corrected_northing += northing - back_northing;
    }
  return TRUE;
}

/**
 * sp_grid_from_wgs84:
 * @grid: a grid
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 * @easting: (out): metres
 * @northing: (out): metres
 *
 * Returns: whether the position lies on the grid
 */
gboolean
sp_grid_from_wgs84 (SpGrid grid, double latitude, double longitude, double *easting, double *northing)
{
  const Definition *self;

  g_return_val_if_fail (grid < G_N_ELEMENTS (definitions), FALSE);
  self = &definitions[grid];
  if (!sp_geodesy_is_valid (latitude, longitude) || fabs (latitude - self->projection.latitude) > 15
      || fabs (longitude - self->projection.longitude) > 10)
    return FALSE; /* the series would go astray */
  from_wgs84 (self, latitude, longitude, easting, northing);
  return sp_grid_contains (grid, *easting, *northing);
}
