/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists and areas as GeoJSON. */
#include "exchange-utils.h"

#define FEATURE(properties, geometry) "{\"type\":\"Feature\",\"properties\":" properties ",\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define POINT(x, y) "{\"type\":\"Point\",\"coordinates\":[" #x "," #y "]}"
#define SQUARE "[[-3.5,54.7],[-3.4,54.7],[-3.4,54.8],[-3.5,54.8],[-3.5,54.7]]"

static void
test_list (void)
{
  SpReaderOptions options = { .title = "gm_food_banks" };
  g_autoptr (GPtrArray) r = read_text (
    COLLECTION (FEATURE ("{\"Name\":\"Pantry\",\"Postcode\":\"CA156AA\",\"Opening times\":null,\"Seats\":40,\"Tags\":[\"a\",\"b\"],\"marker-color\":\"#fff\"}",
                         POINT (-3.4947, 54.714300000000001)) ","
                FEATURE ("{\"Name\":\"Table\",\"Wifi\":true}", "null") ","
                FEATURE ("{\"Postcode\":\"CA15 6AB\"}", POINT (-3.5, 54.7))), -1, &options);
  g_autoptr (GPtrArray) csv = read_text ("Name,Postcode,Opening times,Seats,Tags,Wifi\nPantry,CA15 6AA,,40,a; b,\n", -1, &options);

  g_assert_cmpuint (r->len, ==, 3);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Pantry");
  g_assert_cmpstr (at (r, 0, "categories.1"), ==, "food-bank");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.714300000000001");
  g_assert_null (at (r, 0, "location.accuracy"));
  g_assert_cmpstr (lexeme_at (r, 0, "building.capacity"), ==, "40");
  g_assert_cmpstr (at (r, 0, "source.original.Tags"), ==, "a; b");
  g_assert_null (sp_node_get (get_asset (r, 1), "location"));
  g_assert_nonnull (strstr (problem_at (r, 2), "no name"));
  g_assert_cmpstr (at (r, 0, "_id"), ==, at (csv, 0, "_id")); /* the twin is recognised */
}

static void
test_geometries (void)
{
  static const char * const geometries[] = {
    "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}",
    "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "]]}",
    "{\"type\":\"LineString\",\"coordinates\":[[-3.5,54.7],[-3.45,54.75],[-3.4,54.8]]}",
    "{\"type\":\"MultiLineString\",\"coordinates\":[[[-3.5,54.7],[-3.45,54.75]]]}",
    "{\"type\":\"MultiPoint\",\"coordinates\":[[-3.45,54.75]]}",
    "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"MultiPoint\",\"coordinates\":[[-3.45,54.75]]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (geometries); i++)
    {
      g_autofree char *text = g_strdup_printf (COLLECTION (FEATURE ("{\"name\":\"Park\"}", "%s")), geometries[i]);
      g_autoptr (GPtrArray) r = read_text (text, -1, NULL);
      double lat = sp_node_get_double (sp_node_get_path (get_asset (r, 0), "location.latitude"));

      g_assert_cmpfloat_with_epsilon (lat, 54.75, 0.049);
      g_assert_cmpstr (at (r, 0, "location.accuracy"), ==, "place");
    }
}

/* The entry goes in without a position, and the reason is said. */
static void
test_bad_geometries (void)
{
  static const char * const geometries[] = {
    "{\"type\":\"Point\",\"coordinates\":[\"a\",1]}", "{\"type\":\"Point\",\"coordinates\":[500,100]}", "{\"type\":\"Point\",\"coordinates\":{}}",
    "{\"type\":\"Point\"}", "{\"type\":\"Blob\",\"coordinates\":[1,2]}", "{}", "7", "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[1,2]]]}",
    "{\"type\":\"Polygon\",\"coordinates\":[1]}", "{\"type\":\"MultiPolygon\",\"coordinates\":[[[]]]}", "{\"type\":\"Point\",\"coordinates\":[0,0]}",
    "{\"type\":\"LineString\",\"coordinates\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (geometries); i++)
    {
      g_autofree char *text = g_strdup_printf (COLLECTION (FEATURE ("{\"name\":\"Park\"}", "%s")), geometries[i]);
      g_autoptr (GPtrArray) r = read_text (text, -1, NULL);

      g_assert_null (sp_node_get (get_asset (r, 0), "location"));
      g_assert_nonnull (problem_at (r, 0));
    }
}

static void
test_reference_systems (void)
{
  static const char grid[] = "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},"
                             "\"features\":[" FEATURE ("{\"name\":\"a\"}", POINT (303700, 536600)) "]}";
  static const char after[] = "{\"features\":[" FEATURE ("{\"name\":\"a\"}", POINT (-389033, 7306637))
                              "],\"crs\":{\"properties\":{\"name\":\"EPSG:3857\"}}}";
  static const char unsaid[] = COLLECTION (FEATURE ("{\"name\":\"a\"}", POINT (303700, 536600)));
  static const char unknown[] = "{\"crs\":{\"properties\":{\"name\":\"EPSG:2154\"}},\"features\":[" FEATURE ("{}", "null") "]}";
  const char *all[] = { grid, after, unsaid };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GPtrArray) r = read_text (all[i], -1, NULL);
      g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (r, 0), "location.latitude")), 54.71, 0.02);
      g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_path (get_asset (r, 0), "location.longitude")), -3.495, 0.01);
    }
  assert_refused (unknown, -1, NULL, SP_ERROR_UNSUPPORTED, "EPSG:2154");
}

/* The other ways in which features come. */
static void
test_containers (void)
{
  static const char * const texts[] = {
    FEATURE ("{\"name\":\"a\"}", "null") "\n" FEATURE ("{\"name\":\"b\"}", "null") "\n",
    "\x1E" FEATURE ("{\"name\":\"a\"}", "null") "\n\x1E" FEATURE ("{\"name\":\"b\"}", "null") "\n",
    "\xEF\xBB\xBF \x1E{\"type\":\n\"Feature\",\n\"geometry\":null,\"properties\":{\"name\":\"a\"}\n}\n\x1E\x1E" FEATURE ("{\"name\":\"b\"}", "null"),
    "[" FEATURE ("{\"name\":\"a\"}", "null") "," FEATURE ("{\"name\":\"b\"}", "null") "]",
    "\xEF\xBB\xBF" COLLECTION (FEATURE ("{\"name\":\"a\"}", "null") "," FEATURE ("{\"name\":\"b\"}", "null")),
  };
  g_autoptr (GPtrArray) one = read_text ("\n " FEATURE ("{\"name\":\"a\"}", "null"), -1, NULL);
  g_autoptr (GPtrArray) none = read_text (COLLECTION (""), -1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) r = read_text (texts[i], -1, NULL);
      g_assert_cmpuint (r->len, ==, 2);
      g_assert_cmpstr (at (r, 1, "name"), ==, "b");
    }
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  assert_refused ("{\"type\":\"FeatureCollection\"}", -1, NULL, SP_ERROR_PARSE, "features");
  assert_refused ("{\"type\":\"FeatureCollection\",\"features\":null}", -1, NULL, SP_ERROR_PARSE, "features");
}

/* One bad feature does not cost the others. */
static void
test_bad_features (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"type\":\"FeatureCollection\",\"features\":[" FEATURE ("{\"name\":\"a\"}", "null") ",7,{\"type\":\"x\"},"
                                           "{\"type\":\"Feature\",\"type\":\"Feature\"},{\"bad\":\"\\ud800\"},"
                                           "{\"type\":\"Feature\",\"properties\":{\"name\":");
  g_autoptr (GPtrArray) r = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 200; i++)
    g_string_append_c (deep, ']');
  g_string_append (deep, "}}," FEATURE ("{\"name\":\"z\"}", "null") "," FEATURE ("\"name\"", "null") "]}");
  r = read_text (deep->str, -1, NULL);
  g_assert_cmpuint (r->len, ==, 8);
  g_assert_cmpstr (at (r, 0, "name"), ==, "a");
  for (guint i = 1; i < 6; i++)
    g_assert_null (get_record (r, i)->asset);
  g_assert_nonnull (strstr (problem_at (r, 5), "nesting"));
  g_assert_cmpstr (at (r, 6, "name"), ==, "z");
  g_assert_nonnull (strstr (problem_at (r, 7), "no name"));
}

static void
test_files_that_fail (void)
{
  assert_refused ("{\"type\":\"FeatureCollection\"}", -1, NULL, SP_ERROR_PARSE, "features");
  assert_refused ("{\"type\":\"FeatureCollection\",\"features\":[{", -1, NULL, SP_ERROR_PARSE, "does not end");
  assert_refused (COLLECTION (FEATURE ("{\"colour\":\"red\"}", "null")), -1, NULL, SP_ERROR_PARSE, "--map");
}

/* --- areas --- */

#define WARD(code, name, geometry) FEATURE ("{\"FID\":1,\"WD25CD\":\"" code "\",\"WD25NM\":\"" name "\",\"WD25NMW\":\" \",\"LAD25CD\":\"E06\",\"LAD25NM\":\"X\"}", geometry)

static void
test_areas (void)
{
  g_autoptr (GPtrArray) r = read_text (
    COLLECTION (WARD ("E05000001", "Netherton", "{\"type\":\"Polygon\",\"coordinates\":[[[-3.50000001,54.7],[-3.4,54.7],[-3.4,54.80000000004],[-3.5,54.8]],"
                                                "[[-3.45,54.75],[-3.45,54.75]]]}") ","
                WARD ("E05000002", "Ewanrigg", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[[[1,2],[1,2]]]]}") ","
                WARD ("E05000002", "Ewanrigg", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}") ","
                WARD ("E05000003", "Nowhere", "{\"type\":\"Polygon\",\"coordinates\":[]}") ","
                FEATURE ("{}", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}")), -1, NULL);
  g_autofree char *json = NULL;

  g_assert_cmpuint (r->len, ==, 5);
  json = sp_node_to_json (get_asset (r, 0));
  g_assert_cmpstr (json, ==,
                   "{\"_id\":\"area:E05000001\",\"type\":\"area\",\"name\":\"Netherton\",\"kind\":\"ward\",\"code\":\"E05000001\","
                   "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-3.5,54.7],[-3.4,54.7],[-3.4,54.8],[-3.5,54.8],[-3.5,54.7]]]}}");
  g_assert_nonnull (strstr (problem_at (r, 0), "hole 1 was left out"));
  g_assert_nonnull (get_asset (r, 1));
  g_assert_nonnull (strstr (problem_at (r, 1), "part 2 was left out"));
  g_assert_nonnull (strstr (problem_at (r, 2), "twice"));
  g_assert_nonnull (strstr (problem_at (r, 3), "Nowhere"));
  g_assert_nonnull (strstr (problem_at (r, 4), "neither name nor code"));
}

static void
test_areas_on_the_grid (void)
{
  g_autoptr (GPtrArray) r = read_text (
    "{\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},\"features\":["
    FEATURE ("{\"pcn_code\":\"U12345\",\"pcn_name\":\"North Coast\"}",
             "{\"type\":\"Polygon\",\"coordinates\":[[[303000,536000],[304000,536000],[304000,537000],[303000,536000]]]}") "]}", -1, NULL);
  const SpNode *corner = sp_node_get_path (get_asset (r, 0), "geometry.coordinates.1.1");

  g_assert_cmpstr (at (r, 0, "_id"), ==, "area:U12345");
  g_assert_cmpstr (at (r, 0, "kind"), ==, "pcn");
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_element (corner, 0)), -3.506, 0.003);
  g_assert_cmpfloat_with_epsilon (sp_node_get_double (sp_node_get_element (corner, 1)), 54.709, 0.003);
  g_assert_cmpuint (strlen (sp_node_get_lexeme (sp_node_get_element (corner, 1))), <=, strlen ("54.123456"));
}

/* A list of parks is a list, unless a person says that they are areas. */
static void
test_areas_when_asked (void)
{
  static const char parks[] = COLLECTION (FEATURE ("{\"name\":\"North Park\"}", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text (parks, -1, "areas", NULL, &error);
  g_autoptr (GPtrArray) areas = drain (reader);
  g_autoptr (GPtrArray) list = read_text (parks, -1, NULL);

  g_assert_true (g_str_has_prefix (at (areas, 0, "_id"), "area:"));
  g_assert_cmpstr (at (areas, 0, "kind"), ==, "drawn");
  g_assert_true (g_str_has_prefix (at (list, 0, "_id"), "asset:"));
}

static void
test_areas_round_trip (void)
{
  g_autoptr (GPtrArray) one = read_text (COLLECTION (WARD ("E05000001", "Netherton", "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}")), -1, NULL);
  const SpNode *areas[] = { get_asset (one, 0) };
  gsize length;
  g_autofree char *text = write_all ("geojson", areas, 1, NULL, &length);
  g_autoptr (GPtrArray) two = read_text (text, (gssize) length, NULL);

  g_assert_true (sp_node_equal (get_asset (one, 0), get_asset (two, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/geojson/list", test_list);
  g_test_add_func ("/geojson/geometries", test_geometries);
  g_test_add_func ("/geojson/bad-geometries", test_bad_geometries);
  g_test_add_func ("/geojson/reference-systems", test_reference_systems);
  g_test_add_func ("/geojson/containers", test_containers);
  g_test_add_func ("/geojson/bad-features", test_bad_features);
  g_test_add_func ("/geojson/files-that-fail", test_files_that_fail);
  g_test_add_func ("/geojson/areas", test_areas);
  g_test_add_func ("/geojson/areas-on-the-grid", test_areas_on_the_grid);
  g_test_add_func ("/geojson/areas-when-asked", test_areas_when_asked);
  g_test_add_func ("/geojson/areas-round-trip", test_areas_round_trip);
  return g_test_run ();
}
