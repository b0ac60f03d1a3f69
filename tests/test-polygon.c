/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines of areas: what is inside, on every kind of edge, and the point that stands for the whole. */
#include "sp-polygon.h"

#include <math.h>

/* A square with a hole, and an island in the hole. */
#define SQUARE "[[-3,54],[-2,54],[-2,55],[-3,55],[-3,54]]"
#define HOLE "[[-2.75,54.25],[-2.75,54.75],[-2.25,54.75],[-2.25,54.25],[-2.75,54.25]]"
#define ISLAND "[[-2.6,54.4],[-2.4,54.4],[-2.4,54.6],[-2.6,54.6],[-2.6,54.4]]"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define LAKE "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "," HOLE "],[" ISLAND "]]}"

static SpPolygon *
read_polygon (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = sp_node_parse (json, -1, &error);
  SpPolygon *polygon;

  g_assert_no_error (error);
  polygon = sp_polygon_new (node, &error);
  g_assert_no_error (error);
  return polygon;
}

static void
test_contains (void)
{
  g_autoptr (SpPolygon) lake = read_polygon (LAKE);

  g_assert_true (sp_polygon_contains (lake, 54.1, -2.9));
  g_assert_false (sp_polygon_contains (lake, 54.3, -2.7)); /* in the hole */
  g_assert_true (sp_polygon_contains (lake, 54.5, -2.5));  /* on the island */
  g_assert_false (sp_polygon_contains (lake, 53.9, -2.5));
  g_assert_false (sp_polygon_contains (lake, 54.5, -3.1));
  g_assert_false (sp_polygon_contains (lake, NAN, -2.5));
  g_assert_false (sp_polygon_contains (lake, 54.5, INFINITY));
}

static void
test_edges (void)
{
  g_autoptr (SpPolygon) lake = read_polygon (LAKE);
  g_autoptr (SpPolygon) slope = read_polygon (POLYGON ("[[0,50],[0.3,50.1],[0,50.3],[0,50]]"));

  g_assert_true (sp_polygon_contains (lake, 54, -2.5));       /* southern edge */
  g_assert_true (sp_polygon_contains (lake, 55, -2.5));       /* northern edge */
  g_assert_true (sp_polygon_contains (lake, 54.5, -3));       /* western edge */
  g_assert_true (sp_polygon_contains (lake, 54.5, -2));       /* eastern edge */
  g_assert_true (sp_polygon_contains (lake, 54, -3));         /* a corner */
  g_assert_true (sp_polygon_contains (lake, 54.25, -2.5));    /* edge of the hole */
  g_assert_true (sp_polygon_contains (slope, 50.05, 0.15));   /* on a slope, which binary fractions do not meet */
  g_assert_true (sp_polygon_contains (slope, 50.2, 0.15));
  g_assert_false (sp_polygon_contains (slope, 50.0499999, 0.15));
  g_assert_true (sp_polygon_contains (slope, 50.0500001, 0.15));
  g_assert_false (sp_polygon_contains (slope, 50, 0.1));      /* level with a corner, outside */
  g_assert_false (sp_polygon_contains (slope, 50.3, 0.1));
  g_assert_false (sp_polygon_contains (slope, 50.1, -0.1));   /* a line to the east meets the corner only */
  g_assert_true (sp_polygon_contains (slope, 50.1, 0.1));
}

/* Neighbours share an edge: no point falls between them. */
static void
test_no_gap (void)
{
  g_autoptr (SpPolygon) west = read_polygon (POLYGON ("[[0,50],[0.0371,50.0713],[0.0113,50.2],[-1,50.2],[-1,50],[0,50]]"));
  g_autoptr (SpPolygon) east = read_polygon (POLYGON ("[[0,50],[1,50],[1,50.2],[0.0113,50.2],[0.0371,50.0713],[0,50]]"));

  for (int i = 0; i <= 2000; i++)
    for (int j = -5; j <= 5; j++)
      {
        double lat = 50 + i * 0.0001;
        double lon = (i <= 713 ? i * 0.0371 / 713 : 0.0371 + (i - 713) * (0.0113 - 0.0371) / 1287) + j * 1e-7;
        g_assert_true (sp_polygon_contains (west, lat, lon) || sp_polygon_contains (east, lat, lon));
      }
}

static void
test_corners (void)
{
  g_autoptr (SpPolygon) cell = read_polygon (POLYGON ("[[10,0],[11,0],[11,1],[10,1]]")); /* not closed */
  double latitude, longitude;

  g_assert_cmpuint (sp_polygon_get_n_rings (cell), ==, 1);
  g_assert_cmpuint (sp_polygon_get_n_corners (cell, 0), ==, 5);
  sp_polygon_get_corner (cell, 0, 1, &latitude, &longitude);
  g_assert_cmpfloat_with_epsilon (latitude, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (longitude, 11, 1e-9);
  sp_polygon_get_corner (cell, 0, 4, &latitude, &longitude);
  g_assert_cmpfloat_with_epsilon (longitude, 10, 1e-9);
}

static void
test_box_and_area (void)
{
  g_autoptr (SpPolygon) lake = read_polygon (LAKE);
  g_autoptr (SpPolygon) cell = read_polygon (POLYGON ("[[10,0],[11,0],[11,1],[10,1],[10,0]]"));
  g_autoptr (SpPolygon) square = read_polygon (POLYGON (SQUARE));
  g_autoptr (SpPolygon) island = read_polygon (POLYGON (ISLAND));
  SpBox box;

  sp_polygon_get_box (lake, &box);
  g_assert_cmpfloat_with_epsilon (box.south, 54, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.west, -3, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.north, 55, 1e-9);
  g_assert_cmpfloat_with_epsilon (box.east, -2, 1e-9);

  /* A cell of a sphere has the area R² · Δλ · (sin φ₂ − sin φ₁): 12,363.7 km² for this one. */
  g_assert_cmpfloat_with_epsilon (sp_polygon_get_area (cell) / 1e6, 12363.7, 1);
  g_assert_cmpfloat (sp_polygon_get_area (lake), <, sp_polygon_get_area (square));
  g_assert_cmpfloat (sp_polygon_get_area (lake), >, 0.75 * sp_polygon_get_area (square));
  g_assert_cmpfloat_with_epsilon (sp_polygon_get_area (island) / sp_polygon_get_area (square), 0.04, 0.001);
}

static void
assert_inner_point (const char *json)
{
  g_autoptr (SpPolygon) polygon = read_polygon (json);
  double lat;
  double lon;

  sp_polygon_get_inner_point (polygon, &lat, &lon);
  g_assert_true (sp_polygon_contains (polygon, lat, lon));
}

static void
test_inner_point (void)
{
  double lat;
  double lon;
  g_autoptr (SpPolygon) horseshoe = read_polygon (POLYGON ("[[0,50],[3,50],[3,53],[2,53],[2,51],[1,51],[1,53],[0,53],[0,50]]"));
  g_autoptr (SpPolygon) lake = read_polygon (LAKE);

  sp_polygon_get_inner_point (horseshoe, &lat, &lon); /* its centroid, 51.4 1.5, is outside */
  g_assert_true (sp_polygon_contains (horseshoe, lat, lon));
  g_assert_true (sp_polygon_contains (horseshoe, lat + 0.2, lon) && sp_polygon_contains (horseshoe, lat - 0.2, lon));
  g_assert_true (sp_polygon_contains (horseshoe, lat, lon + 0.2) && sp_polygon_contains (horseshoe, lat, lon - 0.2));
  sp_polygon_get_inner_point (lake, &lat, &lon);
  g_assert_true (sp_polygon_contains (lake, lat, lon));
  g_assert_true (lat < 54.25 || lat > 54.75 || lon < -2.75 || lon > -2.25); /* in the larger of the two */

  assert_inner_point (POLYGON ("[[0,50],[0.0000001,50],[0.0000001,50.0000001],[0,50]]"));   /* three steps of the grid */
  assert_inner_point (POLYGON ("[[0,50],[1,50],[0,50]]"));                                    /* no surface */
  assert_inner_point (POLYGON ("[[0,50],[0,50],[0,50],[0,50]]"));
  assert_inner_point (POLYGON ("[[0,50],[1,50.0000003],[2,50],[1,50.0000001],[0,50]]"));      /* a sliver */
  assert_inner_point (POLYGON ("[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]"));      /* the whole grid */
}

static void
test_unclosed (void)
{
  g_autoptr (SpPolygon) open = read_polygon (POLYGON ("[[-3,54],[-2,54],[-2,55],[-3,55]]"));

  g_assert_true (sp_polygon_contains (open, 54.5, -3));
  g_assert_true (sp_polygon_contains (open, 54.5, -2.9));
  g_assert_false (sp_polygon_contains (open, 54.5, -3.1));
}

static void
test_refused (void)
{
  static const char * const cases[][2] = {
    { "null", "The geometry is “nothing”, not a Polygon or MultiPolygon" },
    { "{\"type\":\"Point\",\"coordinates\":[1,2]}", "The geometry is “Point”, not a Polygon or MultiPolygon" },
    { POLYGON (""), "Polygon 1: it has no ring" },
    { "{\"type\":\"Polygon\"}", "Polygon 1: it has no ring" },
    { "{\"type\":\"MultiPolygon\",\"coordinates\":[]}", "The geometry has no polygon" },
    { POLYGON ("[[1,2],[3,4]]"), "Polygon 1, ring 1: a ring needs at least three corners" },
    { POLYGON (SQUARE ",[[1,2],[3,4],\"x\",[1,2]]"), "Polygon 1, ring 2, corner 3: expected a longitude and a latitude in degrees" },
    { POLYGON ("[[1],[3,4],[5,6],[1,2]]"), "Polygon 1, ring 1, corner 1: expected a longitude and a latitude in degrees" },
    { POLYGON ("[[314184,545630],[3,4],[5,6],[1,2]]"), "Polygon 1, ring 1, corner 1: expected a longitude and a latitude in degrees" },
    { "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[7]]}", "Polygon 2, ring 1: a ring needs at least three corners" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) node = sp_node_parse (cases[i][0], -1, NULL);

      g_assert_nonnull (node);
      g_assert_null (sp_polygon_new (node, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
      g_assert_cmpstr (error->message, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/polygon/contains", test_contains);
  g_test_add_func ("/polygon/edges", test_edges);
  g_test_add_func ("/polygon/no-gap", test_no_gap);
  g_test_add_func ("/polygon/corners", test_corners);
  g_test_add_func ("/polygon/box-and-area", test_box_and_area);
  g_test_add_func ("/polygon/inner-point", test_inner_point);
  g_test_add_func ("/polygon/unclosed", test_unclosed);
  g_test_add_func ("/polygon/refused", test_refused);
  return g_test_run ();
}
