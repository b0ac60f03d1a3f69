/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where what people type is: built-in places, learnt postcodes, areas, coordinates. */
#include "sp-docs.h"
#include "sp-gazetteer.h"
#include "sp-places.h"

#include <math.h>

typedef struct
{
  SpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->db, sp_db_close);
}

static void
learn (SpDb *db, const char *postcode, double lat, double lon)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_gazetteer_learn (db, postcode, lat, lon, &error));
  g_assert_no_error (error);
}

static void
put_postcode (SpDb *db, const char *postcode, double lat, double lon, SpGazetteerNews expected)
{
  g_autoptr (SpKnownPlace) place = sp_known_place_new_postcode (postcode, lat, lon);
  g_autoptr (GError) error = NULL;
  SpGazetteerNews news;

  g_assert_true (sp_gazetteer_put (db, place, &news, &error));
  g_assert_no_error (error);
  g_assert_cmpint (news, ==, expected);
}

static void
put_place (SpDb *db, gint64 id, const char *name, const char *other, const char *county, SpPlaceSize size, double lat, double lon,
           SpGazetteerNews expected)
{
  g_autoptr (SpKnownPlace) place = sp_known_place_new (id, name, county, "England", size, lat, lon);
  g_autoptr (GError) error = NULL;
  SpGazetteerNews news;

  place->other_name = g_strdup (other);
  g_assert_true (sp_gazetteer_put (db, place, &news, &error));
  g_assert_no_error (error);
  g_assert_cmpint (news, ==, expected);
}

static void
assert_spot (SpDb *db, const char *text, SpSpotKind kind, const char *name, double lat, double lon, gboolean approximate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (SpSpot) spot = sp_gazetteer_resolve (db, text, &candidates, &error);

  g_assert_no_error (error);
  g_assert_null (candidates);
  g_assert_cmpint (spot->kind, ==, kind);
  g_assert_cmpstr (spot->name, ==, name);
  g_assert_cmpfloat_with_epsilon (spot->latitude, lat, 2e-6);
  g_assert_cmpfloat_with_epsilon (spot->longitude, lon, 2e-6);
  g_assert_cmpint (spot->approximate, ==, approximate);
}

static void
assert_nowhere (SpDb *db, const char *text, SpError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_gazetteer_resolve (db, text, NULL, &error));
  g_assert_error (error, SP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_coordinates (Fixture *f, gconstpointer data)
{
  assert_spot (f->db, "54.71,-3.49", SP_SPOT_POINT, "54.71,-3.49", 54.71, -3.49, FALSE);
  assert_spot (f->db, " 54.71, -3.49 ", SP_SPOT_POINT, "54.71,-3.49", 54.71, -3.49, FALSE);
  assert_nowhere (f->db, "154.71,-203.49", SP_ERROR_PARSE, "“154.71,-203.49”: there is no such place on earth");
}

static void
test_places (Fixture *f, gconstpointer data)
{
  assert_spot (f->db, "Maryport", SP_SPOT_PLACE, "Maryport, Cumbria", 54.7143, -3.4951, FALSE);
  assert_spot (f->db, "  wigan", SP_SPOT_PLACE, "Wigan, Wigan", 53.543, -2.6371, FALSE);
  assert_spot (f->db, "newport, isle of wight", SP_SPOT_PLACE, "Newport, Isle of Wight", 50.7015, -1.2912, FALSE);
  assert_spot (f->db, "Newport (Isle)", SP_SPOT_PLACE, "Newport, Isle of Wight", 50.7015, -1.2912, FALSE);
  assert_spot (f->db, "casnewydd", SP_SPOT_PLACE, "Newport, Newport", 51.5877, -2.9983, FALSE); /* its Welsh name */
}

static void
test_ambiguous (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) candidates = NULL;

  g_assert_null (sp_gazetteer_resolve (f->db, "Newport", &candidates, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_AMBIGUOUS);
  g_assert_true (g_str_has_prefix (error->message, "Several places are called “Newport”: Newport, Newport; Newport, Isle of Wight; "));
  g_assert_cmpuint (candidates->len, >=, 5);
  for (guint i = 0; i < candidates->len; i++) /* what is offered is understood */
    {
      const SpSpot *offered = g_ptr_array_index (candidates, i);
      g_autoptr (SpSpot) spot = sp_gazetteer_resolve (f->db, offered->name, NULL, NULL);

      g_assert_nonnull (spot);
      g_assert_cmpfloat_with_epsilon (spot->latitude, offered->latitude, 1e-4);
      g_assert_cmpfloat_with_epsilon (spot->longitude, offered->longitude, 1e-4);
    }
}

/* Whatever name of the list is typed, one gets the place or a list of places that can be told apart. */
static void
test_every_place (Fixture *f, gconstpointer data)
{
  static const char * const names[] = { "Whitchurch", "Ashford", "Bolton", "Preston", "Sutton", "Hale", "Broughton", "Norton", "St Bees", "Saint Bees" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) places = sp_places_find (names[i]);

      g_assert_cmpuint (places->len, >, 0);
      for (guint j = 1; j < places->len; j++)
        g_assert_cmpuint (((SpPlace *) g_ptr_array_index (places, j - 1))->population, >=, ((SpPlace *) g_ptr_array_index (places, j))->population);
    }
}

static void
test_did_you_mean (Fixture *f, gconstpointer data)
{
  assert_nowhere (f->db, "Mayrport", SP_ERROR_NOT_FOUND, "No place called “Mayrport” is known. Did you mean Maryport, Cumbria; Tayport, Fife?");
  assert_nowhere (f->db, "Cockermou", SP_ERROR_NOT_FOUND, "No place called “Cockermou” is known. Did you mean Cockermouth, Cumbria?");
  assert_nowhere (f->db, "xyzzy",  SP_ERROR_NOT_FOUND,
                  "No place called “xyzzy” is known. Give a town, a postcode, or a latitude and longitude with a comma between");
  assert_nowhere (f->db, "",  SP_ERROR_NOT_FOUND,
                  "No place called “” is known. Give a town, a postcode, or a latitude and longitude with a comma between");
}

static void
test_postcodes (Fixture *f, gconstpointer data)
{
  assert_nowhere (f->db, "ca156aa", SP_ERROR_NOT_FOUND, "It is not known where the postcode CA15 6AA is: no entry with a position has one of CA15");
  learn (f->db, "ca156aa", 54.71, -3.49);
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.71, -3.49, FALSE);
  assert_spot (f->db, "CA15 6ab", SP_SPOT_POSTCODE, "CA15 6AB", 54.71, -3.49, TRUE);
  learn (f->db, "CA15 6AA", 54.72, -3.47);
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.715, -3.48, FALSE);
  learn (f->db, "CA15 8AA", 54.755, -3.44);
  assert_spot (f->db, "CA15", SP_SPOT_POSTCODE, "CA15", 54.735, -3.46, FALSE);
  assert_spot (f->db, "CA15 6", SP_SPOT_POSTCODE, "CA15 6", 54.715, -3.48, FALSE);
  assert_spot (f->db, "CA15 7ZZ", SP_SPOT_POSTCODE, "CA15 7ZZ", 54.735, -3.46, TRUE);
  assert_nowhere (f->db, "CA14", SP_ERROR_NOT_FOUND, "It is not known where the postcode CA14 is: no entry with a position has one of CA14");
}

static void
test_postcodes_doubted (Fixture *f, gconstpointer data)
{
  learn (f->db, "CA15 6AA", 53.0, -2.0);
  learn (f->db, "CA15 6AA", 54.71, -3.49); /* the first was wrong */
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.71, -3.49, FALSE);
  learn (f->db, "CA15 6AA", 54.7102, -3.4902);
  learn (f->db, "CA15 6AA", 53.0, -2.0); /* two agree already */
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.7101, -3.4901, FALSE);
  learn (f->db, "CA15 6AB", NAN, -3.49);
  learn (f->db, "CA15 6AB", 0, 0);
  learn (f->db, "CA15", 54, -3);
  learn (f->db, NULL, 54, -3);
  assert_spot (f->db, "CA15 6AB", SP_SPOT_POSTCODE, "CA15 6AB", 54.7101, -3.4901, TRUE);

  put_postcode (f->db, "CA15 6AA", 54.7055, -3.4866, SP_GAZETTEER_BETTER);
  learn (f->db, "CA15 6AA", 54.71, -3.49); /* a list stands above what is learnt */
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.7055, -3.4866, FALSE);
}

static void
test_published_postcodes (Fixture *f, gconstpointer data)
{
  put_postcode (f->db, "CA15 6AA", 54.71, -3.49, SP_GAZETTEER_NEW);
  put_postcode (f->db, "CA15 6AA", 54.71, -3.49, SP_GAZETTEER_KNOWN);
  put_postcode (f->db, "CA15 6AA", 54.72, -3.49, SP_GAZETTEER_BETTER);
  put_postcode (f->db, "CA15 6AB", 48.85, 2.35, SP_GAZETTEER_REFUSED); /* Paris */
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.72, -3.49, FALSE);
  assert_spot (f->db, "CA15 6AB", SP_SPOT_POSTCODE, "CA15 6AB", 54.72, -3.49, TRUE);
}

/* Places of a list stand beside those that are built in; one that both have is one. */
static void
test_published_places (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) begun = NULL;

  put_place (f->db, 1, "Netherby Cross", "Croes Netherby", "Cumberland", SP_PLACE_HAMLET, 54.70, -3.40, SP_GAZETTEER_NEW);
  put_place (f->db, 1, "Netherby Cross", "Croes Netherby", "Cumberland", SP_PLACE_HAMLET, 54.70, -3.40, SP_GAZETTEER_KNOWN);
  put_place (f->db, 1, "Netherby Cross", "Croes Netherby", "Cumberland", SP_PLACE_VILLAGE, 54.70, -3.41, SP_GAZETTEER_BETTER);
  put_place (f->db, 2, "Maryport", NULL, "Cumberland", SP_PLACE_TOWN, 54.7144, -3.4950, SP_GAZETTEER_NEW);
  assert_spot (f->db, "netherby cross", SP_SPOT_PLACE, "Netherby Cross, Cumberland", 54.70, -3.41, FALSE);
  assert_spot (f->db, "Croes Netherby", SP_SPOT_PLACE, "Croes Netherby, Cumberland", 54.70, -3.41, FALSE);
  assert_spot (f->db, "Netherby Cross, Cumberland", SP_SPOT_PLACE, "Netherby Cross, Cumberland", 54.70, -3.41, FALSE);
  assert_spot (f->db, "Maryport", SP_SPOT_PLACE, "Maryport, Cumbria", 54.7143, -3.4951, FALSE);
  put_place (f->db, 3, "Netherby Cross", NULL, "Kent", SP_PLACE_HAMLET, 51.2, 0.9, SP_GAZETTEER_NEW);
  assert_nowhere (f->db, "Netherby Cross", SP_ERROR_AMBIGUOUS,
                  "Several places are called “Netherby Cross”: Netherby Cross, Cumberland; Netherby Cross, Kent");
  assert_spot (f->db, "Netherby Cross, Kent", SP_SPOT_PLACE, "Netherby Cross, Kent", 51.2, 0.9, FALSE);
  begun = sp_gazetteer_begin_places (f->db, "nether", 1, NULL);
  g_assert_cmpuint (begun->len, ==, 1);
  g_assert_cmpstr (((const SpPlace *) g_ptr_array_index (begun, 0))->county, ==, "Cumberland"); /* the larger */
}

static void
put_area (SpDb *db, const char *id, const char *name, const char *kind)
{
  g_autofree char *json = g_strdup_printf ("{\"type\":\"area\",\"name\":\"%s\",\"kind\":\"%s\",\"geometry\":{\"type\":\"Polygon\","
                                           "\"coordinates\":[[[-3.6,54.6],[-3.4,54.6],[-3.4,54.8],[-3.6,54.8],[-3.6,54.6]]]}}", name, kind);
  g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

  g_assert_true (sp_docs_put (db, id, NULL, FALSE, body, NULL, NULL));
}

static void
test_areas (Fixture *f, gconstpointer data)
{
  put_area (f->db, "area:1", "Ellenborough", "ward");
  put_area (f->db, "area:2", "Maryport", "ward");
  assert_spot (f->db, "Maryport", SP_SPOT_PLACE, "Maryport, Cumbria", 54.7143, -3.4951, FALSE); /* the town, not the ward */
  assert_spot (f->db, "ellenborough", SP_SPOT_AREA, "Ellenborough (ward)", 54.7, -3.5, FALSE);
  put_area (f->db, "area:3", "Ellenborough", "parish");
  assert_nowhere (f->db, "ellenborough", SP_ERROR_AMBIGUOUS, "Several places are called “ellenborough”: Ellenborough (parish); Ellenborough (ward)");
}

static void
test_entries (Fixture *f, gconstpointer data)
{
  g_autoptr (SpNode) placed = sp_node_parse ("{\"type\":\"asset\",\"location\":{\"latitude\":54.7,\"longitude\":-3.5}}", -1, NULL);
  g_autoptr (SpNode) nowhere = sp_node_parse ("{\"type\":\"asset\"}", -1, NULL);

  g_assert_true (sp_docs_put (f->db, "asset:1", NULL, FALSE, placed, NULL, NULL));
  g_assert_true (sp_docs_put (f->db, "asset:2", NULL, FALSE, nowhere, NULL, NULL));
  assert_nowhere (f->db, "asset:3", SP_ERROR_NOT_FOUND, "asset:3: there is no such entry");
  assert_spot (f->db, "asset:1", SP_SPOT_ENTRY, "asset:1", 54.7, -3.5, FALSE);
  assert_nowhere (f->db, "asset:2", SP_ERROR_NOT_FOUND, "The entry asset:2 has no position");
}

/* Entries that are saved teach where their postcode is, unless they were placed by it. */
static void
test_learnt_from_entries (Fixture *f, gconstpointer data)
{
  static const char * const bodies[] = {
    "{\"type\":\"asset\",\"address\":{\"postal_code\":\"CA15 6AA\"},\"location\":{\"latitude\":54.7,\"longitude\":-3.5}}",
    "{\"type\":\"asset\",\"address\":{\"postal_code\":\"CA14 2AA\"},\"location\":{\"latitude\":54.6,\"longitude\":-3.5,\"accuracy\":\"place\"}}",
    "{\"type\":\"asset\",\"address\":{\"postal_code\":\"CA13 9AA\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SpNode) body = sp_node_parse (bodies[i], -1, NULL);
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      g_assert_true (sp_docs_put (f->db, id, NULL, FALSE, body, NULL, NULL));
    }
  assert_spot (f->db, "CA15 6AA", SP_SPOT_POSTCODE, "CA15 6AA", 54.7, -3.5, FALSE);
  assert_nowhere (f->db, "CA14 2AA", SP_ERROR_NOT_FOUND, "It is not known where the postcode CA14 2AA is: no entry with a position has one of CA14");
  assert_nowhere (f->db, "CA13 9AA", SP_ERROR_NOT_FOUND, "It is not known where the postcode CA13 9AA is: no entry with a position has one of CA13");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/gazetteer/coordinates", Fixture, NULL, set_up, test_coordinates, tear_down);
  g_test_add ("/gazetteer/places", Fixture, NULL, set_up, test_places, tear_down);
  g_test_add ("/gazetteer/ambiguous", Fixture, NULL, set_up, test_ambiguous, tear_down);
  g_test_add ("/gazetteer/every-place", Fixture, NULL, set_up, test_every_place, tear_down);
  g_test_add ("/gazetteer/did-you-mean", Fixture, NULL, set_up, test_did_you_mean, tear_down);
  g_test_add ("/gazetteer/postcodes", Fixture, NULL, set_up, test_postcodes, tear_down);
  g_test_add ("/gazetteer/postcodes-doubted", Fixture, NULL, set_up, test_postcodes_doubted, tear_down);
  g_test_add ("/gazetteer/published-postcodes", Fixture, NULL, set_up, test_published_postcodes, tear_down);
  g_test_add ("/gazetteer/published-places", Fixture, NULL, set_up, test_published_places, tear_down);
  g_test_add ("/gazetteer/areas", Fixture, NULL, set_up, test_areas, tear_down);
  g_test_add ("/gazetteer/learnt-from-entries", Fixture, NULL, set_up, test_learnt_from_entries, tear_down);
  g_test_add ("/gazetteer/entries", Fixture, NULL, set_up, test_entries, tear_down);
  return g_test_run ();
}
