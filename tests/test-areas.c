/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas in the store: projected from their documents, found by name, code, id and point. */
#include "sp-area-cache.h"
#include "sp-docs.h"

#include <math.h>

#define SQUARE(s, w, n, e) "{\"type\":\"Polygon\",\"coordinates\":[[[" #w "," #s "],[" #e "," #s "],[" #e "," #n "],[" #w "," #n "],[" #w "," #s "]]]}"

typedef struct
{
  SpDb *db;
} Fixture;

static gint64
doc_number (SpDb *db, const char *id)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n FROM doc WHERE id = ?", NULL);

  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  g_assert_true (sp_db_step (db, stmt, &has_row, NULL) && has_row);
  return sqlite3_column_int64 (stmt, 0);
}

static void
add_area (SpDb *db, const char *id, const char *name, const char *kind, const char *code, const char *geometry)
{
  g_autofree char *json = g_strdup_printf ("{\"type\":\"area\",\"name\":\"%s\",\"kind\":\"%s\",%s%s%s\"population\":5123,\"geometry\":%s}", name, kind,
                                           code != NULL ? "\"code\":\"" : "", code != NULL ? code : "", code != NULL ? "\"," : "", geometry);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  g_assert_true (sp_docs_put (db, id, NULL, FALSE, body, NULL, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
  add_area (f->db, "area:1", "Maryport North", "ward", "E05014200", SQUARE (54.7, -3.5, 54.8, -3.4));
  add_area (f->db, "area:2", "Newport", "ward", "E05000001", SQUARE (50.6, -1.4, 50.7, -1.2));
  add_area (f->db, "area:3", "Newport", "parish", NULL, SQUARE (50.5, -1.5, 50.8, -1.1));
  add_area (f->db, "area:4", "Ynys Môn", "pcn", NULL,
            "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[-4,53],[-4.5,53],[-4.25,53.5],[-4,53]]],[[[-4.7,53.2],[-4.6,53.2],[-4.6,53.3],[-4.7,53.2]]]]}");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

static void
assert_finds (SpDb *db, const char *text, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpArea) area = sp_areas_find (db, text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (area->id, ==, id);
}

static void
test_find (Fixture *f, gconstpointer data)
{
  assert_finds (f->db, "Maryport North", "area:1");
  assert_finds (f->db, "maryport  NORTH", "area:1");
  assert_finds (f->db, "e05014200", "area:1");
  assert_finds (f->db, "area:1", "area:1");
  assert_finds (f->db, "Ynys Mon", "area:4");
  assert_finds (f->db, "Newport (parish)", "area:3");
  assert_finds (f->db, "Newport (ward, E05000001)", "area:2");
}

static void
test_loaded (Fixture *f, gconstpointer data)
{
  g_autoptr (SpArea) area = sp_areas_load (f->db, "area:1", NULL);

  g_assert_cmpstr (area->name, ==, "Maryport North");
  g_assert_cmpstr (area->kind, ==, "ward");
  g_assert_cmpstr (area->code, ==, "E05014200");
  g_assert_cmpfloat (area->population, ==, 5123);
  g_assert_true (isnan (area->decile));
  g_assert_true (sp_polygon_contains (area->outline, area->latitude, area->longitude));
  g_assert_cmpfloat_with_epsilon (area->size / 1e6, 71.5, 0.5); /* 11.12 km by 6.43 km */
}

static void
test_ambiguous (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = NULL;

  g_assert_null (sp_areas_find (f->db, "newport", &candidates, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_AMBIGUOUS);
  g_assert_cmpstr (error->message, ==, "Several areas are called “newport”: Newport (parish); Newport (ward, E05000001)");
  g_assert_cmpuint (candidates->len, ==, 2);
}

static void
test_not_found (Fixture *f, gconstpointer data)
{
  static const char * const cases[][2] = {
    { "Mayrport North", "No area is called “Mayrport North”. Did you mean Maryport North?" },
    { "Maryport", "No area is called “Maryport”. Did you mean Maryport North?" },
    { "Wigan", "No area is called “Wigan”. Areas come from boundary files: signpost import --format areas FILE" },
    { "", "No area is called “”. Areas come from boundary files: signpost import --format areas FILE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sp_areas_find (f->db, cases[i][0], NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
      g_assert_cmpstr (error->message, ==, cases[i][1]);
    }
}

static char *
areas_at (SpDb *db, double lat, double lon)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) areas = sp_areas_of_point (db, lat, lon, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < areas->len; i++)
    g_string_append_printf (ids, "%s ", ((SpArea *) g_ptr_array_index (areas, i))->id);
  return g_strdup (ids->str);
}

static void
test_of_point (Fixture *f, gconstpointer data)
{
  g_autofree char *both = areas_at (f->db, 50.65, -1.3);
  g_autofree char *outer = areas_at (f->db, 50.75, -1.3);
  g_autofree char *edge = areas_at (f->db, 54.7, -3.45);
  g_autofree char *island = areas_at (f->db, 53.22, -4.65);
  g_autofree char *in_box_only = areas_at (f->db, 53.29, -4.69);

  g_assert_cmpstr (both, ==, "area:2 area:3 "); /* the smaller first */
  g_assert_cmpstr (outer, ==, "area:3 ");
  g_assert_cmpstr (edge, ==, "area:1 ");
  g_assert_cmpstr (island, ==, "area:4 ");
  g_assert_cmpstr (in_box_only, ==, "");
}

static void
test_projected_again (Fixture *f, gconstpointer data)
{
  gint64 doc = doc_number (f->db, "area:1");
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) broken = sp_node_parse ("{\"type\":\"area\",\"name\":\"Maryport North\",\"geometry\":{\"type\":\"Polygon\"}}", -1, NULL);
  g_autofree char *after = NULL;

  g_assert_true (sp_areas_project (f->db, doc, "area:1", broken, &error)); /* what a peer sent must not stop the rest */
  g_assert_no_error (error);
  after = areas_at (f->db, 54.75, -3.45);
  g_assert_cmpstr (after, ==, "");
  g_assert_true (sp_areas_project (f->db, doc, "area:1", NULL, &error));
  g_assert_null (sp_areas_find (f->db, "area:1", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

static void
assert_in (Fixture *f, SpAreaCache *cache, const char *json, const char *venue_json, const char *expected)
{
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, NULL), venue = venue_json != NULL ? sp_node_parse (venue_json, -1, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_assert_true (sp_area_cache_find (cache, f->db, asset, venue, &name, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, expected);
}

#define AT(latitude, longitude) "{\"location\":{\"latitude\":" #latitude ",\"longitude\":" #longitude "}}"

/* Which area an entry is in: by its position, its venue's, or else by where it serves. */
static void
test_cache (Fixture *f, gconstpointer data)
{
  g_autoptr (SpAreaCache) wards = sp_area_cache_new ("ward"), drawn = sp_area_cache_new ("drawn");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) kinds = NULL;
  g_autofree char *list = NULL;

  add_area (f->db, "area:5", "Newport", "ward", "W05000002", SQUARE (51.5, -3.1, 51.7, -2.9));
  add_area (f->db, "area:6", "The town", "drawn", NULL, SQUARE (54, -4, 55, -3));
  add_area (f->db, "area:7", "The quay", "drawn", NULL, SQUARE (54.7, -3.5, 54.72, -3.48));
  kinds = sp_areas_list_kinds (f->db, &error);
  g_assert_no_error (error);
  list = g_strjoinv (" ", kinds);
  g_assert_cmpstr (list, ==, "ward parish pcn drawn");
  for (guint i = 0; i < 2; i++) /* the second time from memory */
    {
      assert_in (f, wards, AT (54.71, -3.49), NULL, "Maryport North");
      assert_in (f, wards, AT (50.65, -1.3), NULL, "Newport (E05000001)"); /* there are two of them */
      assert_in (f, wards, AT (50.55, -1.3), NULL, NULL);                  /* in the parish only */
      assert_in (f, wards, "{\"name\":\"Choir\"}", AT (54.71, -3.49), "Maryport North");
      assert_in (f, wards, "{\"service_areas\":[\"area:none\",\"area:3\",\"area:5\"]}", NULL, "Newport (W05000002)");
      assert_in (f, wards, "{\"service_areas\":\"area:5\"}", NULL, NULL);
      assert_in (f, drawn, AT (54.71, -3.49), NULL, "The quay"); /* the smaller one */
      assert_in (f, drawn, AT (54.5, -3.5), NULL, "The town");
    }
}

static void
test_no_areas (void)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_auto (GStrv) kinds = sp_areas_list_kinds (db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (kinds), ==, 0);
  g_assert_null (sp_area_cache_new_usual (db, &error));
  g_assert_no_error (error);
  sp_db_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/areas/find", Fixture, NULL, set_up, test_find, tear_down);
  g_test_add ("/areas/loaded", Fixture, NULL, set_up, test_loaded, tear_down);
  g_test_add ("/areas/ambiguous", Fixture, NULL, set_up, test_ambiguous, tear_down);
  g_test_add ("/areas/not-found", Fixture, NULL, set_up, test_not_found, tear_down);
  g_test_add ("/areas/cache", Fixture, NULL, set_up, test_cache, tear_down);
  g_test_add_func ("/areas/none", test_no_areas);
  g_test_add ("/areas/of-point", Fixture, NULL, set_up, test_of_point, tear_down);
  g_test_add ("/areas/projected-again", Fixture, NULL, set_up, test_projected_again, tear_down);
  return g_test_run ();
}
