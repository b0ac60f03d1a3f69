/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-query-values.h"
#include "sp-query.h"

#include <math.h>

static void
set (SpQuery *query, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sp_query_set_filter (query, name, value, &error));
  g_assert_no_error (error);
}

static void
refuse (SpQuery *query, const char *name, const char *value, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sp_query_set_filter (query, name, value, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_distance (void)
{
  static const struct { const char *text; double metres; } right[] = {
    { "3km", 3000 }, { "2mi", 3218.688 }, { "500m", 500 }, { " 1.5 KM ", 1500 }, { "1 mile", 1609.344 }, { "10 kilometres", 10000 },
  };
  static const char * const wrong[] = { "", "km", "3", "-3km", "0km", "3 parsecs", "3..2km", "1e9km", "nan m" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      double metres;
      g_assert_true (sp_query_parse_distance (right[i].text, &metres, NULL));
      g_assert_cmpfloat_with_epsilon (metres, right[i].metres, 1e-9);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      double metres;
      g_assert_false (sp_query_parse_distance (wrong[i], &metres, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

static void
test_days (void)
{
  static const struct { const char *text; guint days; } right[] = {
    { "tue", 2 }, { "Tuesday", 2 }, { "TUESDAYS", 2 }, { "mo", 1 }, { "sun", 64 }, { "mon,wed", 5 }, { "mon, fri", 17 },
    { "weekend", 96 }, { "weekdays", 31 }, { "th", 8 }, { "sa", 32 },
  };
  static const char * const wrong[] = { "", "t", "s", "tuesdayish", "someday", "mon,xyz", "," };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      guint days;
      g_assert_true (sp_query_parse_days (right[i].text, &days, NULL));
      g_assert_cmpuint (days, ==, right[i].days);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint days;
      g_assert_false (sp_query_parse_days (wrong[i], &days, NULL));
    }
}

static void
test_time (void)
{
  static const struct { const char *text; int minutes; } right[] = {
    { "14:00", 840 }, { "9.30", 570 }, { "2pm", 840 }, { "12am", 0 }, { "12pm", 720 }, { "0:00", 0 }, { "23:59", 1439 }, { "7 pm", 1140 }, { "14", 840 },
  };
  static const char * const wrong[] = { "", "25:00", "14:60", "13pm", "0am", "noon", "14:0", "14:000", "-1", "+3" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      int minutes;
      g_assert_true (sp_query_parse_time (right[i].text, &minutes, NULL));
      g_assert_cmpint (minutes, ==, right[i].minutes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      int minutes;
      g_assert_false (sp_query_parse_time (wrong[i], &minutes, NULL));
    }
}

static void
test_near (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  const SpFilters *f = sp_query_get_filters (query);

  set (query, "near", "54.7, -3.4");
  g_assert_true (f->placed);
  g_assert_cmpfloat (f->latitude, ==, 54.7);
  g_assert_cmpfloat (f->longitude, ==, -3.4);
  set (query, "near", "Maryport");
  g_assert_false (f->placed);
  g_assert_cmpstr (f->near, ==, "Maryport");
  sp_query_set_near (query, "Maryport, Cumberland", 54.71, -3.49);
  g_assert_true (f->placed);
  g_assert_cmpstr (f->near, ==, "Maryport, Cumberland");
  set (query, "near", "95,0");
  g_assert_false (f->placed);
}

static void
test_refusals (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GError) error = NULL;

  refuse (query, "within", "3 parsecs", "--within: “3 parsecs” is not a distance: write it like 3km, 2mi or 500m");
  refuse (query, "within", "", "--within needs a value");
  refuse (query, "kind", "shop", "--kind: “shop” is not a kind: it is one of place, service, group");
  refuse (query, "status", "shut", "--status: “shut” is not a status: it is one of active, temporarily closed, inactive, defunct");
  refuse (query, "age", "old", "--age: “old” is not a whole number from 0 to 130");
  refuse (query, "language", "Klingon", "--language: “Klingon” is not a language we know: write its code, like cy or pl");
  refuse (query, "cost-at-most", "cheap", "--cost-at-most: “cheap” is not an amount: write it like 5 or 2.50");
  refuse (query, "time", "noon", "--time: “noon” is not a time: write it like 14:00");
  g_assert_false (sp_query_set_filter (query, "colour", "red", &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
}

static void
test_describe (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autofree char *nothing = sp_query_describe (query);
  g_autofree char *some = NULL;
  g_autofree char *all = NULL;

  g_assert_cmpstr (nothing, ==, "Everything");
  set (query, "near", "Maryport");
  set (query, "within", "3km");
  set (query, "day", "tue");
  set (query, "free", NULL);
  some = sp_query_describe (query);
  g_assert_cmpstr (some, ==, "Near Maryport, within 3 km, open on Tuesday, free");
  sp_query_set_words (query, "lunch club");
  set (query, "within", "2mi");
  set (query, "day", "thursday");
  set (query, "time", "12:30");
  set (query, "kind", "group");
  set (query, "kind", "service");
  set (query, "cost-at-most", "2.50");
  set (query, "language", "Welsh");
  set (query, "access", "wheelchair, hearing-loop");
  set (query, "age", "70");
  set (query, "available", NULL);
  all = sp_query_describe (query);
  g_assert_cmpstr (all, ==, "“lunch club” near Maryport, within 2 miles, services or groups, open on Tuesday or Thursday at 12:30, free, "
                            "at most £2.50, with access for wheelchair and hearing-loop, in Welsh, for somebody aged 70, not full");
}

static void
test_box (void)
{
  static const char *const refused[] = { "", "54,-4,55", "54,-4,55,-3,1", "55,-4,54,-3", "54,-3,55,-4", "54,-4,95,-3", "a,b,c,d",
                                         "54,-4,55,-3x", "54,-4,55,nan" };
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpQuery) copy = NULL;
  g_autofree char *words = NULL;
  const SpFilters *f = sp_query_get_filters (query);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", refused[i]);
      g_assert_false (sp_query_set_filter (query, "box", refused[i], &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
      g_assert_false (f->boxed);
    }
  set (query, "box", " 54.6, -3.6 ,54.8,-3.3 ");
  g_assert_true (f->boxed);
  g_assert_cmpfloat_with_epsilon (f->box.south, 54.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (f->box.west, -3.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (f->box.north, 54.8, 1e-9);
  g_assert_cmpfloat_with_epsilon (f->box.east, -3.3, 1e-9);
  words = sp_query_describe (query);
  g_assert_cmpstr (words, ==, "Between 54.6000,-3.6000 and 54.8000,-3.3000");
  sp_query_set_box (query, &(SpBox){ 1, 2, 3, 4 });
  copy = sp_query_copy (query);
  g_assert_cmpfloat_with_epsilon (sp_query_get_filters (copy)->box.east, 4, 1e-9);
}

static void
test_clear (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  const char * const *names = sp_filters_list ();
  static const struct { const char *name; const char *value; } values[] = {
    { "near", "54,-3" }, { "within", "3km" }, { "area", "Ellen" },
    { "box", "54,-4,55,-3" }, { "category", "food-bank" }, { "need", "lonely" },
    { "kind", "place" }, { "day", "tue" }, { "time", "14:00" }, { "free", NULL }, { "cost-at-most", "5" },
    { "access", "wheelchair" }, { "language", "cy" }, { "age", "70" }, { "crisis", "rest centre" },
    { "capacity", "100" }, { "volunteers", NULL }, { "available", NULL }, { "stale", NULL }, { "unplaced", NULL }, { "hidden", NULL },
    { "status", "inactive" },
  };

  g_assert_cmpuint (g_strv_length ((char **) names), ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *with = NULL;
      g_autofree char *without = NULL;

      g_assert_cmpstr (names[i], ==, values[i].name);
      if (values[i].value != NULL)
        g_assert_false (sp_query_set_filter (query, names[i], NULL, NULL));
      if (i == 1)
        set (query, "near", "54,-3");
      set (query, values[i].name, values[i].value);
      with = sp_query_describe (query);
      g_assert_cmpstr (with, !=, "Everything");
      sp_query_clear_filter (query, values[i].name);
      if (i == 1)
        sp_query_clear_filter (query, "near");
      without = sp_query_describe (query);
      g_assert_cmpstr (without, ==, "Everything");
    }
}

static void
test_copy (void)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpQuery) copy = NULL;
  const SpFilters *f;

  sp_query_set_words (query, "shed");
  set (query, "category", "mens-shed");
  set (query, "age", "60");
  copy = sp_query_copy (query);
  set (query, "category", "food-bank");
  sp_query_set_words (query, "food");
  sp_query_clear_filter (query, "age");
  f = sp_query_get_filters (copy);
  g_assert_cmpstr (f->words, ==, "shed");
  g_assert_cmpuint (f->categories->len, ==, 1);
  g_assert_cmpint (f->age, ==, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/query/distance", test_distance);
  g_test_add_func ("/query/days", test_days);
  g_test_add_func ("/query/time", test_time);
  g_test_add_func ("/query/near", test_near);
  g_test_add_func ("/query/refusals", test_refusals);
  g_test_add_func ("/query/describe", test_describe);
  g_test_add_func ("/query/box", test_box);
  g_test_add_func ("/query/clear", test_clear);
  g_test_add_func ("/query/copy", test_copy);
  return g_test_run ();
}
