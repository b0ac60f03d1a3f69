/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances, boxes, the square map and pairs of coordinates as people write them. */
#include "sp-geodesy.h"

#include <math.h>

#define assert_near(value, expected, tolerance) g_assert_cmpfloat_with_epsilon (value, expected, tolerance)

static void
test_distance (void)
{
  double quarter = SP_GEODESY_MEAN_RADIUS * G_PI / 2;

  assert_near (sp_geodesy_distance (0, 0, 90, 0), quarter, 1e-6);
  assert_near (sp_geodesy_distance (0, 0, 0, 180), 2 * quarter, 1e-6);
  assert_near (sp_geodesy_distance (0, 179, 0, -179), quarter / 45, 1e-6);
  g_assert_cmpfloat (sp_geodesy_distance (54.7143, -3.4947, 54.7143, -3.4947), ==, 0);
  /* One second of arc along a meridian: 30.9 m; the haversine keeps it. */
  assert_near (sp_geodesy_distance (54, -3, 54 + 1 / 3600.0, -3), quarter / 90 / 3600, 1e-6);
  /* Maryport to Cockermouth, by the spherical law of cosines. */
  assert_near (sp_geodesy_distance (54.7143, -3.4947, 54.6637, -3.3629), 10168, 50);
  g_assert_true (isnan (sp_geodesy_distance (NAN, 0, 0, 0)));
}

static void
test_rough_distance (void)
{
  for (double latitude = -62; latitude <= 62; latitude += 4)
    for (double bearing = 0; bearing < 2 * G_PI; bearing += 0.3)
      for (double degrees = 0.0001; degrees < 1.7; degrees *= 3)
        {
          double north = latitude + degrees * cos (bearing);
          double east = 3 + degrees * sin (bearing) / cos (latitude * G_PI / 180);
          double exact = sp_geodesy_distance (latitude, 3, north, east);

          if (exact <= 200000 && fabs (north) <= 62)
            assert_near (sp_geodesy_rough_distance (latitude, 3, north, east) / exact, 1, 0.001);
        }
}

/* Points on the rim of a circle, by the formula of the destination; all must be in the box and touch its sides. */
static void
assert_tight (double latitude, double longitude, double radius)
{
  double angle = radius / SP_GEODESY_MEAN_RADIUS, phi = latitude * G_PI / 180;
  double east = -1000, north = -1000;
  SpBox box;

  sp_geodesy_circle_box (latitude, longitude, radius, &box);
  for (int i = 0; i < 7200; i++)
    {
      double bearing = i * G_PI / 3600;
      double lat = asin (sin (phi) * cos (angle) + cos (phi) * sin (angle) * cos (bearing));
      double lon = longitude + atan2 (sin (bearing) * sin (angle) * cos (phi), cos (angle) - sin (phi) * sin (lat)) * 180 / G_PI;

      g_assert_cmpfloat (lat * 180 / G_PI, <=, box.north + 1e-9);
      g_assert_cmpfloat (lat * 180 / G_PI, >=, box.south - 1e-9);
      g_assert_cmpfloat (lon, <=, box.east + 1e-9);
      g_assert_cmpfloat (lon, >=, box.west - 1e-9);
      east = MAX (east, lon);
      north = MAX (north, lat * 180 / G_PI);
    }
  assert_near (box.east, east, 1e-4);
  assert_near (box.north, north, 1e-9);
}

static void
test_box (void)
{
  SpBox box;

  assert_tight (54.7, -3.5, 3000);
  assert_tight (60.8, -0.9, 50000);
  assert_tight (-80, 20, 500000);
  assert_tight (0, 0, 1000);
  sp_geodesy_circle_box (89.9, 10, 50000, &box); /* holds the pole */
  g_assert_cmpfloat (box.west, ==, -180);
  g_assert_cmpfloat (box.east, ==, 180);
  g_assert_cmpfloat (box.north, ==, 90);
  sp_geodesy_circle_box (10, 179.99, 50000, &box); /* crosses 180° */
  g_assert_cmpfloat (box.west, ==, -180);
  g_assert_true (sp_geodesy_box_contains (&box, 10, -179.9));
  sp_geodesy_circle_box (54, -3, 3e7, &box); /* the whole earth */
  g_assert_true (sp_geodesy_box_contains (&box, -90, 180));
}

static void
test_intersect (void)
{
  const SpBox a = { 54, -4, 55, -3 }, b = { 54.5, -3.5, 56, -2 }, far = { 50, -4, 51, -3 }, beside = { 54, -3, 55, -2 };
  SpBox both;

  g_assert_true (sp_geodesy_box_intersect (&a, &b, &both));
  g_assert_cmpfloat (both.south, ==, 54.5);
  g_assert_cmpfloat (both.west, ==, -3.5);
  g_assert_cmpfloat (both.north, ==, 55);
  g_assert_cmpfloat (both.east, ==, -3);
  g_assert_true (sp_geodesy_box_intersect (&a, &beside, &both)); /* an edge */
  g_assert_false (sp_geodesy_box_intersect (&a, &far, &both));
}

/* The way there is as long as the way back is measured, in any direction. */
static void
test_destination (void)
{
  double latitude, longitude;

  for (int bearing = 0; bearing < 360; bearing += 15)
    for (double metres = 100; metres < 1e6; metres *= 7)
      {
        sp_geodesy_destination (54.7, -3.5, bearing, metres, &latitude, &longitude);
        g_assert_cmpfloat_with_epsilon (sp_geodesy_distance (54.7, -3.5, latitude, longitude), metres, metres * 1e-6);
        g_assert_true ((bearing < 90 || bearing > 270) == (latitude > 54.7) || bearing == 90 || bearing == 270);
        g_assert_true ((bearing < 180) == (longitude > -3.5) || bearing % 180 == 0);
      }
  sp_geodesy_destination (0, 179.9, 90, 111195, &latitude, &longitude);
  g_assert_cmpfloat_with_epsilon (longitude, 180.9, 1e-4); /* whole across 180° */
}

static void
test_mercator (void)
{
  double x, y, latitude, longitude;

  /* The example of IOGP Guidance Note 7-2, method 1024. */
  sp_geodesy_to_mercator (24.0 + 22.0 / 60 + 54.433 / 3600, -(100 + 20.0 / 60), &x, &y);
  assert_near (x, -11169055.58, 0.01);
  assert_near (y, 2800000.00, 0.01);
  sp_geodesy_from_mercator (x, y, &latitude, &longitude);
  assert_near (latitude, 24.0 + 22.0 / 60 + 54.433 / 3600, 1e-9);
  assert_near (longitude, -(100 + 20.0 / 60), 1e-9);
  sp_geodesy_to_mercator (90, 180, &x, &y);
  assert_near (y, x, 1e-3); /* the map is square */
}

static void
test_tiles (void)
{
  double x, y, latitude, longitude;

  sp_geodesy_to_tile (0, 0, 0, &x, &y);
  assert_near (x, 0.5, 1e-12);
  assert_near (y, 0.5, 1e-12);
  sp_geodesy_to_tile (51.5074, -0.1278, 10, &x, &y); /* London: tile 10/511/340 */
  g_assert_cmpint ((int) x, ==, 511);
  g_assert_cmpint ((int) y, ==, 340);
  for (int zoom = 0; zoom <= SP_GEODESY_MAX_ZOOM; zoom++)
    {
      sp_geodesy_to_tile (54.7143, -3.4947, zoom, &x, &y);
      sp_geodesy_from_tile (x, y, zoom, &latitude, &longitude);
      assert_near (latitude, 54.7143, 1e-9);
      assert_near (longitude, -3.4947, 1e-9);
    }
}

static const struct { const char *text; double latitude; double longitude; } pairs[] = {
  { "54.71, -3.49", 54.71, -3.49 },
  { "(54.71,-3.49)", 54.71, -3.49 },
  { "-3.49, 54.71", 54.71, -3.49 },
  { "  [ -3.49 54.71 ] \r\n", 54.71, -3.49 },
  { "54.71;-3.49", 54.71, -3.49 },
  { "54.71/−3.49", 54.71, -3.49 },
  { "54.71N 3.49W", 54.71, -3.49 },
  { "N54.71 W3.49", 54.71, -3.49 },
  { "3.49 W, 54.71 N", 54.71, -3.49 },
  { "54°42′36″N 3°29′24″W", 54.71, -3.49 },
  { "54° 42' 36\" N, 3° 29' 24\" W", 54.71, -3.49 },
  { "54°42.6'N 3°29.4'W", 54.71, -3.49 },
  { "POINT (-3.49 54.71)", 54.71, -3.49 },
  { "geo:54.71,-3.49", 54.71, -3.49 },
  { "51.48, 0", 51.48, 0 },
  { "0.1,51.5", 51.5, 0.1 },
  { "+48.8566, +2.3522", 48.8566, 2.3522 },  /* Paris: not ours, so the latitude comes first */
  { "151.2,-33.87", -33.87, 151.2 },         /* no latitude is 151 */
  { "POINT(2.35 48.86)", 48.86, 2.35 },
};

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      double latitude = 0, longitude = 0;

      g_test_message ("%s", pairs[i].text);
      g_assert_true (sp_geodesy_parse_pair (pairs[i].text, &latitude, &longitude, &error));
      g_assert_no_error (error);
      assert_near (latitude, pairs[i].latitude, 1e-9);
      assert_near (longitude, pairs[i].longitude, 1e-9);
    }
}

static void
test_no_pairs (void)
{
  static const char *const texts[] = {
    "", " ", "54.71", "54.71,", "nan, 3", "inf 3", "0x36, 3", "54.71, -3.49, 7", "CA15 6AA", "91, 181", "-95, 200",
    "54.71N 3.49N", "3W 4E", "54°71'N 3°W", "54.71, -3.49 or so", ".,.", "1e5,3", "((((", "54..7, 3",
    "111111111111111111111111111111, 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      double latitude, longitude;

      g_test_message ("%s", texts[i]);
      g_assert_false (sp_geodesy_parse_pair (texts[i], &latitude, &longitude, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/geodesy/distance", test_distance);
  g_test_add_func ("/geodesy/rough-distance", test_rough_distance);
  g_test_add_func ("/geodesy/box", test_box);
  g_test_add_func ("/geodesy/intersect", test_intersect);
  g_test_add_func ("/geodesy/destination", test_destination);
  g_test_add_func ("/geodesy/mercator", test_mercator);
  g_test_add_func ("/geodesy/tiles", test_tiles);
  g_test_add_func ("/geodesy/pairs", test_pairs);
  g_test_add_func ("/geodesy/no-pairs", test_no_pairs);
  return g_test_run ();
}
