/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which two entries mean the same thing, and that such two are found under one key. */
#include "sp-likeness.h"

#define PLACE(lat, lon) "\"location\":{\"latitude\":" #lat ",\"longitude\":" #lon "}"
#define AT(line, city, code) "\"address\":{\"line_1\":\"" line "\",\"city\":\"" city "\",\"postal_code\":\"" code "\"}"
#define PHONE(number) "\"contacts\":[{\"id\":\"c1\",\"phone\":\"" number "\"}]"

typedef struct
{
  const char *a;
  const char *b;
} Pair;

static SpTraits *
read_traits (const char *members)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",%s}", members);
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  return sp_traits_new (NULL, body);
}

static double
compare_pair (const Pair *pair, SpLikenessReasons *reasons)
{
  g_autoptr (SpTraits) a = read_traits (pair->a);
  g_autoptr (SpTraits) b = read_traits (pair->b);
  double score = sp_likeness_compare (a, b, reasons);

  g_assert_cmpfloat (score, ==, sp_likeness_compare (b, a, NULL));
  g_assert_cmpfloat (score, >=, 0);
  g_assert_cmpfloat (score, <=, 1);
  return score;
}

static gboolean
share_key (const Pair *pair)
{
  g_autoptr (SpTraits) a = read_traits (pair->a);
  g_autoptr (SpTraits) b = read_traits (pair->b);
  gint64 of_a[SP_TRAITS_MAX_KEYS];
  gint64 of_b[SP_TRAITS_MAX_KEYS];
  guint in_a = sp_traits_get_keys (a, of_a);
  guint in_b = sp_traits_get_keys (b, of_b);

  for (guint i = 0; i < in_a; i++)
    for (guint j = 0; j < in_b; j++)
      if (of_a[i] == of_b[j])
        return TRUE;
  return FALSE;
}

static void
test_same (void)
{
  static const Pair pairs[] = {
    /* one list in two formats: with a position and without */
    { "\"name\":\"BRASS Bolton\"," AT ("The Lodge", "Bolton", "BL3 2HP"),
      "\"name\":\"BRASS Bolton\"," AT ("The Lodge", "Bolton", "bl32hp") "," PLACE (53.5603, -2.4180) },
    /* word order, apostrophe, company form */
    { "\"name\":\"Maryport Men's Shed\"," AT ("The Old School", "Maryport", "CA15 6AA"),
      "\"name\":\"The Mens Shed, Maryport (CIC)\"," AT ("Old School", "Maryport", "CA15 6AA") },
    /* the town left out; the telephone agrees */
    { "\"name\":\"Lunch and Laughter\"," AT ("Church Hall", "Cockermouth", "CA13 9LU") "," PHONE ("01632 960 111"),
      "\"name\":\"Cockermouth Lunch & Laughter\"," AT ("Church Hall", "Cockermouth", "CA13 9LU") "," PHONE ("+44 1632 960111") },
    /* two words or one */
    { "\"name\":\"Wigan Food Bank\"," AT ("1 Main Street", "Wigan", "WN1 1AA"),
      "\"name\":\"Wigan Foodbank\"," AT ("1 Main St", "Wigan", "WN1 1AA") },
    /* a slip of the pen, no postcode, the same spot */
    { "\"name\":\"Netherhall Gardening Group\"," PLACE (54.71430, -3.49470),
      "\"name\":\"Netherhall Gardning Group\"," PLACE (54.71435, -3.49475) },
    /* another name that one of them gives itself */
    { "\"name\":\"Riverside Singers\",\"alternate_name\":\"Singing for Lungs\"," AT ("Hall", "Workington", "CA14 2AA"),
      "\"name\":\"Singing for Lungs\"," AT ("Hall", "Workington", "CA14 2AA") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s", pairs[i].a);
      g_assert_cmpfloat (compare_pair (&pairs[i], NULL), >=, SP_LIKENESS_DUPLICATE);
      g_assert_true (share_key (&pairs[i]) || i == 4); /* the slip is found by its place on the map */
    }
}

static void
test_different (void)
{
  static const Pair pairs[] = {
    /* two groups in one hall with one number to ring */
    { "\"name\":\"Knit and Natter\"," AT ("Village Hall", "Maryport", "CA15 6AA") "," PHONE ("01632 960111"),
      "\"name\":\"Chair Yoga\"," AT ("Village Hall", "Maryport", "CA15 6AA") "," PHONE ("01632 960111") },
    { "\"name\":\"Yoga\"," AT ("Village Hall", "Maryport", "CA15 6AA") "," PHONE ("01632 960111"),
      "\"name\":\"Chair Yoga\"," AT ("Village Hall", "Maryport", "CA15 6AA") "," PHONE ("01632 960111") },
    /* two branches of one charity with one web address */
    { "\"name\":\"Trussell Trust\",\"url\":\"http://farnworthkearsley.foodbank.org.uk/\"," AT ("275 Plodder Lane", "Bolton", "BL4 0BR") "," PLACE (53.5488, -2.4198),
      "\"name\":\"Trussell Trust\",\"url\":\"http://farnworthkearsley.foodbank.org.uk/\"," AT ("Trafford Street", "Bolton", "BL4 7PQ") "," PLACE (53.5472, -2.3998) },
    { "\"name\":\"Trussell Trust\",\"url\":\"http://foodbank.example.org/\"," AT ("275 Plodder Lane", "Bolton", "BL4 0BR"),
      "\"name\":\"Trussell Trust\",\"url\":\"http://foodbank.example.org/\"," AT ("Trafford Street", "Bolton", "BL4 7PQ") },
    /* numbers and words that mean the other one */
    { "\"name\":\"1st Maryport Scouts\"," AT ("Scout Hut", "Maryport", "CA15 6AA") "," PHONE ("01632 960111"),
      "\"name\":\"2nd Maryport Scouts\"," AT ("Scout Hut", "Maryport", "CA15 6AA") "," PHONE ("01632 960111") },
    { "\"name\":\"Men's Walking Football\"," AT ("Park", "Wigan", "WN1 1AA") "," PHONE ("01632 960111"),
      "\"name\":\"Women's Walking Football\"," AT ("Park", "Wigan", "WN1 1AA") "," PHONE ("01632 960111") },
    { "\"name\":\"Tuesday Coffee Morning\"," AT ("Hall", "Wigan", "WN1 1AA") "," PHONE ("01632 960111"),
      "\"name\":\"Friday Coffee Morning\"," AT ("Hall", "Wigan", "WN1 1AA") "," PHONE ("01632 960111") },
    /* only the town and words that tell nothing */
    { "\"name\":\"Maryport Community Centre\"," AT ("High Street", "Maryport", "CA15 6AA"),
      "\"name\":\"Maryport Community Group\"," AT ("High Street", "Maryport", "CA15 6AA") },
    /* one name in two towns */
    { "\"name\":\"Men's Shed\"," PLACE (54.7143, -3.4947), "\"name\":\"Men's Shed\"," PLACE (53.5430, -2.6371) },
    /* nothing known but a common name */
    { "\"name\":\"Lunch Club\"", "\"name\":\"Lunch Club\"" },
    { "\"name\":\"!!\"", "\"name\":\"!!\"" },
    { "\"kind\":\"group\"", "\"kind\":\"group\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s", pairs[i].a);
      g_assert_cmpfloat (compare_pair (&pairs[i], NULL), <, SP_LIKENESS_DUPLICATE);
    }
}

static void
test_held_in (void)
{
  g_autoptr (SpNode) hall = sp_node_parse ("{\"name\":\"Settlement\",\"kind\":\"place\"," AT ("High Street", "Maryport", "CA15 6AA") "}", -1, NULL);
  g_autoptr (SpNode) group = sp_node_parse ("{\"name\":\"Settlement\",\"kind\":\"group\",\"venue\":\"asset:1\"," AT ("High Street", "Maryport", "CA15 6AA") "," PHONE ("01632 960111") "}", -1, NULL);
  g_autoptr (SpTraits) of_hall = sp_traits_new ("asset:1", hall);
  g_autoptr (SpTraits) of_other = sp_traits_new ("asset:2", hall);
  g_autoptr (SpTraits) of_group = sp_traits_new ("asset:3", group);

  g_assert_cmpfloat (sp_likeness_compare (of_hall, of_group, NULL), ==, 0);
  g_assert_cmpfloat (sp_likeness_compare (of_other, of_group, NULL), >, 0.6);
}

static void
test_reasons (void)
{
  static const Pair pair = {
    "\"name\":\"Men's Shed\",\"url\":\"https://www.shed.example.org/maryport/\"," AT ("1 Quay", "Maryport", "CA15 6AA") "," PLACE (54.7, -3.5) "," PHONE ("01632 960111"),
    "\"name\":\"Mens Shed\",\"url\":\"shed.example.org/maryport\"," AT ("1 Quay", "Maryport", "CA15 6AA") "," PLACE (54.7, -3.5) "," PHONE ("01632960111"),
  };
  SpLikenessReasons reasons;
  g_autofree char *words = NULL;

  g_assert_cmpfloat_with_epsilon (compare_pair (&pair, &reasons), 1, 1e-9);
  words = sp_likeness_describe (reasons);
  g_assert_cmpstr (words, ==, "the same name, the same address, the same postcode, the same telephone number, the same web address");
}

static void
test_shared_sites (void)
{
  static const Pair pair = { "\"name\":\"A\",\"url\":\"https://facebook.com/\"", "\"name\":\"B\",\"url\":\"www.facebook.com\"" };
  static const Pair pages = { "\"name\":\"A\",\"url\":\"https://facebook.com/shed\"", "\"name\":\"B\",\"url\":\"www.facebook.com/shed\"" };

  g_assert_false (share_key (&pair));
  g_assert_true (share_key (&pages));
}

static void
test_names (void)
{
  g_assert_cmpfloat (sp_likeness_of_names ("The Men's Shed", "Mens Shed"), >, 0.99);
  g_assert_cmpfloat (sp_likeness_of_names ("Maryport Library", "Wigan Library"), <, 0.6);
  g_assert_cmpfloat (sp_likeness_of_names ("", "Mens Shed"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/likeness/same", test_same);
  g_test_add_func ("/likeness/different", test_different);
  g_test_add_func ("/likeness/held-in", test_held_in);
  g_test_add_func ("/likeness/reasons", test_reasons);
  g_test_add_func ("/likeness/shared-sites", test_shared_sites);
  g_test_add_func ("/likeness/names", test_names);
  return g_test_run ();
}
