/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions as people write them, in any text: what is read lies on the earth or on its grid, and comes back when it
 * is written again; what is refused says why, in valid UTF-8. */
#include "sp-civil.h"
#include "sp-geodesy.h"
#include "sp-grid.h"

#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_pair (const char *text)
{
  g_autoptr (GError) error = NULL;
  double latitude, longitude;

  if (sp_geodesy_parse_pair (text, &latitude, &longitude, &error))
    g_assert_true (sp_geodesy_is_valid (latitude, longitude));
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_reference (const char *text)
{
  g_autoptr (GError) error = NULL;
  double easting, northing, size, latitude, longitude, back_easting, back_northing;
  SpGrid grid;

  if (!sp_grid_parse_reference (text, &grid, &easting, &northing, &size, &error))
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_true (sp_grid_contains (grid, easting, northing));
  g_assert_true (sp_grid_to_wgs84 (grid, easting, northing, &latitude, &longitude));
  g_assert_true (sp_grid_from_wgs84 (grid, latitude, longitude, &back_easting, &back_northing));
  g_assert_true (fabs (back_easting - easting) < 0.01 && fabs (back_northing - northing) < 0.01);
}

static void
check_date (const char *text)
{
  gint32 day = sp_civil_parse_date (text);
  g_autofree char *again = NULL;

  g_assert_cmpint (sp_civil_parse_time (text), <=, SP_MINUTES_A_DAY);
  if (day == SP_CIVIL_NO_DAY)
    return;
  again = sp_civil_format_date (day);
  g_assert_true (g_str_has_prefix (text, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_pair (text);
  check_reference (text);
  check_date (text);
  return 0;
}
