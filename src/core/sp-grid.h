/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"
#include "sp-transverse-mercator.h"

G_BEGIN_DECLS

/**
 * SpGrid:
 * @SP_GRID_BRITISH: the British National Grid, EPSG:27700, on the datum OSGB36
 * @SP_GRID_IRISH: the Irish Grid, EPSG:29903 (and 29902; 29901 to within some metres), used in Northern Ireland too
 * @SP_GRID_IRISH_TM: Irish Transverse Mercator, EPSG:2157, on ETRS89
 *
 * The grids in which British and Irish lists give eastings and northings.
 */
typedef enum
{
  SP_GRID_BRITISH,
  SP_GRID_IRISH,
  SP_GRID_IRISH_TM,
} SpGrid;

gboolean                    sp_grid_contains         (SpGrid grid, double easting, double northing);
gboolean                    sp_grid_to_wgs84         (SpGrid grid, double easting, double northing,
                                                      double *latitude, double *longitude);
gboolean                    sp_grid_from_wgs84       (SpGrid grid, double latitude, double longitude,
                                                      double *easting, double *northing);
const SpTransverseMercator *sp_grid_get_projection   (SpGrid grid);
gboolean                    sp_grid_from_epsg        (guint code, SpGrid *grid);

gboolean                    sp_grid_parse_reference  (const char *text, SpGrid *grid, double *easting, double *northing,
                                                      double *size, GError **error);
char                       *sp_grid_format_reference (SpGrid grid, double easting, double northing, guint digits);

G_END_DECLS
