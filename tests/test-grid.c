/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The national grids against the examples that their makers published: the projection alone, to a millimetre, and the
 * whole way to WGS 84, to the metres that a Helmert transformation promises. */
#include "sp-geodesy.h"
#include "sp-grid.h"

#include <math.h>

#define assert_near(value, expected, tolerance) g_assert_cmpfloat_with_epsilon (value, expected, tolerance)
#define DMS(d, m, s) ((d) + (m) / 60.0 + (s) / 3600.0)

/* Caister Water Tower, the worked example of the guide's annexes B and C, on OSGB36. */
#define CAISTER_LATITUDE DMS (52, 39, 27.2531)
#define CAISTER_LONGITUDE DMS (1, 43, 4.5177)

static void
test_projection (void)
{
  const SpTransverseMercator *british = sp_grid_get_projection (SP_GRID_BRITISH);
  double easting, northing, latitude, longitude;

  sp_transverse_mercator_project (british, CAISTER_LATITUDE, CAISTER_LONGITUDE, &easting, &northing);
  assert_near (easting, 651409.903, 0.001);
  assert_near (northing, 313177.270, 0.001);
  sp_transverse_mercator_unproject (british, 651409.903, 313177.270, &latitude, &longitude);
  assert_near (latitude, CAISTER_LATITUDE, 0.0001 / 3600);
  assert_near (longitude, CAISTER_LONGITUDE, 0.0001 / 3600);
}

static void
test_cartesian (void)
{
  const SpEllipsoid *airy = &sp_grid_get_projection (SP_GRID_BRITISH)->ellipsoid;
  SpCartesian point = sp_ellipsoid_to_cartesian (airy, CAISTER_LATITUDE, CAISTER_LONGITUDE, 24.700);
  double latitude, longitude;

  assert_near (point.x, 3874938.849, 0.001);
  assert_near (point.y, 116218.624, 0.001);
  assert_near (point.z, 5047168.208, 0.001);
  sp_ellipsoid_from_cartesian (airy, &point, &latitude, &longitude);
  assert_near (latitude, CAISTER_LATITUDE, 1e-9);
  assert_near (longitude, CAISTER_LONGITUDE, 1e-9);
}

/* The projection of ITM, from "A new coordinate system for Ireland": its origin and scale on the central meridian. */
static void
test_origins (void)
{
  double easting, northing;

  sp_transverse_mercator_project (sp_grid_get_projection (SP_GRID_BRITISH), 49, -2, &easting, &northing);
  assert_near (easting, 400000, 1e-6);
  assert_near (northing, -100000, 1e-6);
  sp_transverse_mercator_project (sp_grid_get_projection (SP_GRID_IRISH), 53.5, -8, &easting, &northing);
  assert_near (easting, 200000, 1e-6);
  assert_near (northing, 250000, 1e-6);
  sp_transverse_mercator_project (sp_grid_get_projection (SP_GRID_IRISH_TM), 53.5, -8, &easting, &northing);
  assert_near (easting, 600000, 1e-6);
  assert_near (northing, 750000, 1e-6);
}

static void
check_point (const char *line, double *worst, double *sum)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);
  double latitude = g_ascii_strtod (cells[1], NULL), longitude = g_ascii_strtod (cells[2], NULL);
  double easting = g_ascii_strtod (cells[3], NULL), northing = g_ascii_strtod (cells[4], NULL);
  double our_easting, our_northing, our_latitude, our_longitude, off;

  g_assert_true (sp_grid_from_wgs84 (SP_GRID_BRITISH, latitude, longitude, &our_easting, &our_northing));
  off = hypot (our_easting - easting, our_northing - northing);
  g_assert_cmpfloat (off, <, 5);
  g_assert_true (sp_grid_to_wgs84 (SP_GRID_BRITISH, easting, northing, &our_latitude, &our_longitude));
  g_assert_cmpfloat (sp_geodesy_distance (latitude, longitude, our_latitude, our_longitude), <, 5);
  *worst = MAX (*worst, off);
  *sum += off;
}

/* All forty test points of Ordnance Survey, from Scilly to Shetland. */
static void
test_points (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "grid", "ostn15-test-points.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  double worst = 0, sum = 0;
  int count = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "TP"))
      {
        check_point (*line, &worst, &sum);
        count++;
      }
  g_assert_cmpint (count, ==, 40);
  g_test_message ("worst %.2f m, mean %.2f m", worst, sum / count);
  g_assert_cmpfloat (sum / count, <, 3);
}

static void
test_round_trip (void)
{
  static const double step[] = { 35000, 65000, 25000 };

  for (int grid = SP_GRID_BRITISH; grid <= SP_GRID_IRISH_TM; grid++)
    for (double e = 1; e < 900000; e += step[grid])
      for (double n = 1; n < 1300000; n += step[grid])
        {
          double latitude, longitude, easting, northing;

          if (!sp_grid_contains (grid, e, n))
            continue;
          g_assert_true (sp_grid_to_wgs84 (grid, e, n, &latitude, &longitude));
          g_assert_true (sp_grid_from_wgs84 (grid, latitude, longitude, &easting, &northing));
          assert_near (easting, e, 0.001);
          assert_near (northing, n, 0.001);
        }
}

/* The Spire of Dublin: published as 315904, 234671 on the Irish Grid and as 715830, 734697 in ITM, which needs no shift. */
static void
test_irish (void)
{
  double latitude, longitude, other_latitude, other_longitude;

  g_assert_true (sp_grid_to_wgs84 (SP_GRID_IRISH, 315904, 234671, &latitude, &longitude));
  g_assert_true (sp_grid_to_wgs84 (SP_GRID_IRISH_TM, 715830, 734697, &other_latitude, &other_longitude));
  g_assert_cmpfloat (sp_geodesy_distance (latitude, longitude, other_latitude, other_longitude), <, 2);
  assert_near (latitude, 53.3498, 0.0002);
  assert_near (longitude, -6.2603, 0.0002);
}

static void
test_outside (void)
{
  double a, b;

  g_assert_false (sp_grid_to_wgs84 (SP_GRID_BRITISH, -1, 100, &a, &b));
  g_assert_false (sp_grid_to_wgs84 (SP_GRID_BRITISH, 100, 1300000, &a, &b));
  g_assert_false (sp_grid_to_wgs84 (SP_GRID_BRITISH, NAN, 100, &a, &b));
  g_assert_false (sp_grid_from_wgs84 (SP_GRID_BRITISH, 48.8566, 2.3522, &a, &b)); /* Paris */
  g_assert_false (sp_grid_from_wgs84 (SP_GRID_BRITISH, 54, 178, &a, &b));
  g_assert_false (sp_grid_from_wgs84 (SP_GRID_BRITISH, 91, 0, &a, &b));
  g_assert_false (sp_grid_from_wgs84 (SP_GRID_IRISH, NAN, NAN, &a, &b));
}

static void
test_epsg (void)
{
  SpGrid grid = SP_GRID_IRISH;

  g_assert_true (sp_grid_from_epsg (27700, &grid));
  g_assert_cmpint (grid, ==, SP_GRID_BRITISH);
  g_assert_true (sp_grid_from_epsg (29903, &grid));
  g_assert_cmpint (grid, ==, SP_GRID_IRISH);
  g_assert_false (sp_grid_from_epsg (4326, &grid));
}

static const struct { const char *text; SpGrid grid; double easting, northing, size; } references[] = {
  { "NY 035 365", SP_GRID_BRITISH, 303550, 536550, 100 },
  { "ny035365", SP_GRID_BRITISH, 303550, 536550, 100 },
  { " NY 03512 36534 ", SP_GRID_BRITISH, 303512.5, 536534.5, 1 },
  { "TG 51 13", SP_GRID_BRITISH, 651500, 313500, 1000 }, /* Caister Water Tower */
  { "SV 9 1", SP_GRID_BRITISH, 95000, 15000, 10000 },
  { "HU 4 4", SP_GRID_BRITISH, 445000, 1145000, 10000 }, /* Lerwick */
  { "J 338 740", SP_GRID_IRISH, 333850, 374050, 100 },   /* Belfast City Hall */
  { "O1590434671", SP_GRID_IRISH, 315904.5, 234671.5, 1 },
};

static void
test_references (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL, *again = NULL;
      double easting, northing, size, easting_2, northing_2;
      guint digits = 5;
      SpGrid grid;

      g_assert_true (sp_grid_parse_reference (references[i].text, &grid, &easting, &northing, &size, &error));
      g_assert_no_error (error);
      g_assert_cmpint (grid, ==, references[i].grid);
      assert_near (easting, references[i].easting, 1e-6);
      assert_near (northing, references[i].northing, 1e-6);
      assert_near (size, references[i].size, 1e-6);

      for (double side = size; side > 1; side /= 10)
        digits--;
      text = sp_grid_format_reference (grid, easting, northing, digits);
      g_assert_true (sp_grid_parse_reference (text, &grid, &easting_2, &northing_2, NULL, &error));
      g_assert_cmpfloat (easting_2, ==, easting);
      g_assert_cmpfloat (northing_2, ==, northing);
    }
}

static void
test_format (void)
{
  g_autofree char *maryport = sp_grid_format_reference (SP_GRID_BRITISH, 303599.9, 536500, 3);
  g_autofree char *st_kilda = sp_grid_format_reference (SP_GRID_BRITISH, 9587.909, 899448.996, 3);
  g_autofree char *shetland = sp_grid_format_reference (SP_GRID_BRITISH, 421300.525, 1072147.239, 3);

  g_assert_cmpstr (maryport, ==, "NY 035 365"); /* cut, never rounded */
  g_assert_cmpstr (st_kilda, ==, "NF 095 994");
  g_assert_cmpstr (shetland, ==, "HZ 213 721");
  g_assert_null (sp_grid_format_reference (SP_GRID_BRITISH, -1, 0, 3));
  g_assert_null (sp_grid_format_reference (SP_GRID_IRISH_TM, 715830, 734697, 3));
}

static void
test_no_references (void)
{
  static const char *const texts[] = { "", "NY", "NY 1", "NY 123", "NY 123456 123456", "IY 12 34", "NI 12 34", "1234", "NYX 12 34",
                                       "NY 12a 34", "ZZ 12 34", "AA 12 34", "NY 12-34", "CA15 6AA", "é 12 34" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      double easting, northing;
      SpGrid grid;

      g_test_message ("%s", texts[i]);
      g_assert_false (sp_grid_parse_reference (texts[i], &grid, &easting, &northing, NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/grid/projection", test_projection);
  g_test_add_func ("/grid/cartesian", test_cartesian);
  g_test_add_func ("/grid/origins", test_origins);
  g_test_add_func ("/grid/ordnance-survey-points", test_points);
  g_test_add_func ("/grid/round-trip", test_round_trip);
  g_test_add_func ("/grid/irish", test_irish);
  g_test_add_func ("/grid/outside", test_outside);
  g_test_add_func ("/grid/epsg", test_epsg);
  g_test_add_func ("/grid/references", test_references);
  g_test_add_func ("/grid/format", test_format);
  g_test_add_func ("/grid/no-references", test_no_references);
  return g_test_run ();
}
