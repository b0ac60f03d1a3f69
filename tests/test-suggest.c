/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions for what is being typed: places, postcodes, areas, categories, entries. */
#include "sp-suggest.h"

#include "sp-gazetteer.h"

#include "docs-fixture.h"

#include <math.h>

#define ALL (1 << SP_SUGGESTION_PLACE | 1 << SP_SUGGESTION_AREA | 1 << SP_SUGGESTION_CATEGORY | 1 << SP_SUGGESTION_ENTRY)

static void
set_up_entries (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  g_free (put (f->db, "asset:1", NULL, "{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Maryport Harbour Hall\",\"categories\":[\"community-centre\"],"
                                       "\"location\":{\"latitude\":54.715,\"longitude\":-3.496,\"accuracy\":\"exact\"},"
                                       "\"address\":{\"postal_code\":\"CA15 6AA\"}}"));
  g_free (put (f->db, "asset:2", NULL, "{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Tuesday Lunch\",\"categories\":[\"lunch-club\"]}"));
  g_free (put (f->db, "area:1", NULL, "{\"type\":\"area\",\"name\":\"Netherhall\",\"kind\":\"ward\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                                      "[[[-3.6,54.6],[-3.4,54.6],[-3.4,54.8],[-3.6,54.8],[-3.6,54.6]]]}}"));
}

/* "kind:label, …" */
static char *
list (SpDb *db, const char *text, guint kinds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = sp_suggest (db, text, kinds, NULL, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const SpSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      g_string_append_printf (out, "%s%u:%s", i > 0 ? "; " : "", suggestion->kind, suggestion->label);
    }
  return g_string_free (out, FALSE);
}

#define assert_list(f, text, kinds, expected) G_STMT_START { \
  g_autofree char *list_ = list ((f)->db, text, kinds); \
  g_assert_cmpstr (list_, ==, expected); } G_STMT_END

static void
test_places (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) places = sp_suggest (f->db, "maryport", 1 << SP_SUGGESTION_PLACE, NULL, NULL);
  const SpSuggestion *place;

  g_assert_cmpuint (places->len, ==, 1);
  place = g_ptr_array_index (places, 0);
  g_assert_cmpstr (place->label, ==, "Maryport, Cumbria");
  g_assert_cmpfloat_with_epsilon (place->latitude, 54.71, 0.02);
  g_assert_null (place->value);
  assert_list (f, "maryp", 1 << SP_SUGGESTION_PLACE, "0:Maryport, Cumbria");
  assert_list (f, "maryprot", 1 << SP_SUGGESTION_PLACE, ""); /* a slip is not what it may mean: the search says that */
}

static void
put_place (SpDb *db, gint64 id, const char *name, double latitude, double longitude)
{
  g_autoptr (SpKnownPlace) place = sp_known_place_new (id, name, "Cumberland", "England", SP_PLACE_HAMLET, latitude, longitude);
  SpGazetteerNews news;

  g_assert_true (sp_gazetteer_put (db, place, &news, NULL));
  g_assert_cmpint (news, ==, SP_GAZETTEER_NEW);
}

/* What a published list knows comes after what is built in, and not twice. */
static void
test_published_places (Fixture *f, gconstpointer data)
{
  put_place (f->db, 1, "Maryport", 54.7144, -3.4950);
  put_place (f->db, 2, "Marypark Row", 54.7150, -3.4960);
  put_place (f->db, 3, "Marypark End", 54.7151, -3.4961);
  assert_list (f, "maryp", 1 << SP_SUGGESTION_PLACE, "0:Maryport, Cumbria; 0:Marypark End, Cumberland; 0:Marypark Row, Cumberland");
  assert_list (f, "maryport", 1 << SP_SUGGESTION_PLACE, "0:Maryport, Cumbria");
}

/* Several of one name are told apart. */
static void
test_same_name (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) places = sp_suggest (f->db, "newport", 1 << SP_SUGGESTION_PLACE, NULL, NULL);

  g_assert_cmpuint (places->len, ==, 3);
  g_assert_cmpstr (((SpSuggestion *) g_ptr_array_index (places, 0))->label, !=, ((SpSuggestion *) g_ptr_array_index (places, 1))->label);
}

static void
test_postcodes (Fixture *f, gconstpointer data)
{
  assert_list (f, " ca156aa ", ALL, "0:CA15 6AA"); /* and nothing else */
  assert_list (f, "CA15", ALL, "0:CA15");
  assert_list (f, "ZE1 0AA", ALL, ""); /* not known where */
}

static void
test_categories (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = sp_suggest (f->db, "lonely", 1 << SP_SUGGESTION_CATEGORY, NULL, NULL);

  g_assert_cmpuint (found->len, >=, 1);
  g_assert_cmpstr (((SpSuggestion *) g_ptr_array_index (found, 0))->value, ==, "befriending");
  g_assert_true (isnan (((SpSuggestion *) g_ptr_array_index (found, 0))->latitude));
}

static void
test_areas (Fixture *f, gconstpointer data)
{
  assert_list (f, "nether", 1 << SP_SUGGESTION_AREA, "1:Netherhall");
  assert_list (f, "", 1 << SP_SUGGESTION_AREA, "1:Netherhall"); /* all there are */
  assert_list (f, "hall", 1 << SP_SUGGESTION_AREA, "");
  assert_list (f, "", ALL, "");
}

/* By name only; what a word finds otherwise is in the list anyway. */
static void
test_entries (Fixture *f, gconstpointer data)
{
  assert_list (f, "tuesday", 1 << SP_SUGGESTION_ENTRY, "3:Tuesday Lunch");
  assert_list (f, "harb", 1 << SP_SUGGESTION_ENTRY, "3:Maryport Harbour Hall");
  assert_list (f, "dinner", 1 << SP_SUGGESTION_ENTRY, "");
  assert_list (f, "tu", ALL, ""); /* too little to go by */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/suggest/places", Fixture, NULL, set_up_entries, test_places, tear_down);
  g_test_add ("/suggest/published-places", Fixture, NULL, set_up_entries, test_published_places, tear_down);
  g_test_add ("/suggest/same-name", Fixture, NULL, set_up_entries, test_same_name, tear_down);
  g_test_add ("/suggest/postcodes", Fixture, NULL, set_up_entries, test_postcodes, tear_down);
  g_test_add ("/suggest/categories", Fixture, NULL, set_up_entries, test_categories, tear_down);
  g_test_add ("/suggest/areas", Fixture, NULL, set_up_entries, test_areas, tear_down);
  g_test_add ("/suggest/entries", Fixture, NULL, set_up_entries, test_entries, tear_down);
  return g_test_run ();
}
