/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KML: places with all that people put into them become entries; and what is made to do harm is refused. */
#include "xlsx-fixture.h"

#define KML(body) "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>Map</name>" body "</Document></kml>"
#define POINT "<Point><coordinates> -3.4947,54.7143,12 </coordinates></Point>"
#define RING "<LinearRing><coordinates>-3.5,54.7 -3.4,54.7\n-3.4,54.8 -3.5,54.8 -3.5,54.7</coordinates></LinearRing>"

static void
test_places (void)
{
  g_autoptr (GPtrArray) r = read_text (
    KML ("<Style id=\"x\"><IconStyle/></Style><Folder><name>Food banks</name><Folder><name>North</name>"
         "<Placemark><name>Hall &amp; Inn</name><description><![CDATA[<p>Hot <b>meals</b><br/>every day &amp; night</p><script>alert(1)</script>]]></description>"
         "<phoneNumber>01632 960101</phoneNumber><atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" href=\"https://example.org/\"/>"
         "<ExtendedData><Data name=\"Opening hours\"><displayName>no</displayName><value>Tuesday 10am to 12pm</value></Data>"
         "<SchemaData><SimpleData name=\"Postcode\">CA15 6AA</SimpleData></SchemaData></ExtendedData>" POINT "</Placemark></Folder></Folder>"
         "<Placemark><name>Park</name><Polygon><outerBoundaryIs>" RING "</outerBoundaryIs></Polygon></Placemark>"
         "<Placemark><name>Walk</name><LineString><coordinates>-3.1,54.1 -3.2,54.2 -3.3,54.3</coordinates></LineString></Placemark>"
         "<Placemark><name>Two</name><MultiGeometry>" POINT "<Point><coordinates>1,2</coordinates></Point></MultiGeometry></Placemark>"
         "<Placemark><name>Nowhere</name></Placemark><Placemark>" POINT "</Placemark>"
         "<Placemark><name>Odd</name><Point><coordinates>+3.,.5</coordinates></Point></Placemark>"
         "<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>"), -1, NULL);

  g_assert_cmpuint (r->len, ==, 7);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall & Inn");
  g_assert_cmpstr (at (r, 0, "description"), ==, "Hot meals\nevery day & night");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpstr (at (r, 0, "url"), ==, "https://example.org/");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (at (r, 0, "schedules.1.byday"), ==, "TU");
  g_assert_cmpstr (at (r, 0, "categories.1"), ==, "food-bank");
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.7143");
  g_assert_cmpstr (lexeme_at (r, 0, "location.longitude"), ==, "-3.4947");
  g_assert_nonnull (strstr (at (r, 0, "source.original.Description"), "<b>meals</b>"));
  g_assert_cmpstr (at (r, 0, "source.original.Folder"), ==, "North");
  g_assert_cmpstr (at (r, 1, "location.accuracy"), ==, "place");
  g_assert_cmpstr (lexeme_at (r, 2, "location.latitude"), ==, "54.2");
  g_assert_cmpstr (lexeme_at (r, 3, "location.latitude"), ==, "54.7143");
  g_assert_null (sp_node_get (get_asset (r, 4), "location"));
  g_assert_null (get_record (r, 5)->asset); /* no name */
  g_assert_cmpstr (lexeme_at (r, 6, "location.longitude"), ==, "3");
}

/* Packed with pictures, as Google Earth saves it. */
static void
test_archive (void)
{
  const XlsxPart parts[] = { { "images/a.png", "x" }, { "Doc.KML", KML ("<Placemark><name>Hall</name>" POINT "</Placemark>") } };
  const XlsxPart without[] = { { "a.kml.txt", "x" } };
  g_autoptr (GBytes) bytes = make_zip (parts, 2), none = make_zip (without, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, "kml", NULL, &error), refused = NULL;
  g_autoptr (GPtrArray) r = NULL;

  g_assert_no_error (error);
  r = drain (reader);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall");
  refused = sp_reader_open_bytes (none, NULL, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

static char *
repeat (const char *before, const char *text, guint n, const char *after)
{
  GString *all = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (g_string_append (all, after), FALSE);
}

#define HEAD "<kml><Document>"

static void
test_bad (void)
{
  g_autofree char *deep = repeat (HEAD, "<Folder>", 100000, "");
  g_autofree char *zeros = g_malloc0 (64 * 1024 * 1024);
  const XlsxPart parts[] = { { "doc.kml", zeros, 64 * 1024 * 1024 } };
  g_autoptr (GBytes) bomb = NULL;
  gsize length;
  const char *data;

  assert_refused (deep, -1, NULL, SP_ERROR_PARSE, "damaged");
  assert_refused ("<!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><kml><Placemark><name>&b;</name></Placemark></kml>",
                  -1, NULL, SP_ERROR_PARSE, "document type");
  assert_refused ("<!DOCTYPE kml [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><kml><Placemark><name>&f;</name></Placemark></kml>",
                  -1, NULL, SP_ERROR_PARSE, "document type");
  assert_refused ("<kml><Placemark><name>Hall</name>", -1, NULL, SP_ERROR_PARSE, "damaged");
  assert_refused ("name\nHall\n", -1, "kml", SP_ERROR_PARSE, "not KML");
  memset (zeros, ' ', 64 * 1024 * 1024);
  memcpy (zeros, "<kml>", 5);
  bomb = make_zip (parts, 1);
  data = g_bytes_get_data (bomb, &length);
  assert_refused (data, (gssize) length, NULL, SP_ERROR_PARSE, "far more");
}

/* Too much in one place spoils that place, and no other. */
static void
test_big (void)
{
  g_autofree char *texts = repeat (HEAD "<Placemark><name>Long</name><description>", "0123456789", 1000000,
                                   "</description></Placemark><Placemark><name>Hall</name></Placemark></Document></kml>");
  g_autofree char *positions = repeat (HEAD "<Placemark><name>Line</name><LineString><coordinates>", "1,2 ", 300000,
                                       "</coordinates></LineString></Placemark></Document></kml>");
  g_autoptr (GString) data = g_string_new (HEAD "<Placemark><name>Wide</name><ExtendedData>");
  g_autoptr (GPtrArray) r = read_text (texts, -1, NULL), lines = read_text (positions, -1, NULL), wide = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (data, "<Data name=\"d%u\"><value>1</value></Data>", i);
  g_string_append (data, "</ExtendedData></Placemark></Document></kml>");
  wide = read_text (data->str, -1, NULL);
  g_assert_null (get_record (r, 0)->asset);
  g_assert_nonnull (strstr (problem_at (r, 0), "300 kB"));
  g_assert_cmpstr (at (r, 1, "name"), ==, "Hall");
  g_assert_cmpstr (lexeme_at (lines, 0, "location.latitude"), ==, "2");
  g_assert_cmpstr (at (wide, 0, "name"), ==, "Wide");
}

/* Folders in places and places in places, which no program writes. */
static void
test_nonsense (void)
{
  g_autoptr (GPtrArray) r = read_text (
    "<kml><Placemark><name>A</name><Folder><name>F</name><Placemark><name>B</name></Placemark></Folder></Placemark><Folder/>"
    "<coordinates>1,2</coordinates><Data><value>x</value></Data><Placemark><name>C</name><ExtendedData><Data><value>x</value></Data>"
    "</ExtendedData><Polygon/><Polygon><innerBoundaryIs>" RING "</innerBoundaryIs></Polygon></Placemark></kml>", -1, NULL);

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpstr (at (r, 0, "name"), ==, "B");
  g_assert_cmpstr (at (r, 1, "name"), ==, "C");
}

/* What Signpost wrote comes back as it was; a place that was moved on the map comes back moved. */
static void
test_own (void)
{
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\",\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947,\"accuracy\":\"exact\"}}", -1, NULL);
  const SpNode *assets[] = { asset };
  gsize length;
  g_autofree char *text = write_all ("kml", assets, 1, NULL, &length);
  g_autoptr (GString) moved = g_string_new_len (text, (gssize) length);
  g_autoptr (GPtrArray) r = NULL;

  g_assert_cmpuint (g_string_replace (moved, "-3.4947,54.7143</coordinates>", "-3.5,54.8,0</coordinates>", 0), ==, 1);
  r = read_text (moved->str, -1, NULL);
  g_assert_cmpstr (lexeme_at (r, 0, "location.latitude"), ==, "54.8");
  g_assert_cmpstr (at (r, 0, "location.accuracy"), ==, "exact");
  g_assert_cmpstr (at (r, 0, "_id"), ==, "asset:1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/kml/places", test_places);
  g_test_add_func ("/kml/archive", test_archive);
  g_test_add_func ("/kml/bad", test_bad);
  g_test_add_func ("/kml/big", test_big);
  g_test_add_func ("/kml/nonsense", test_nonsense);
  g_test_add_func ("/kml/own", test_own);
  return g_test_run ();
}
