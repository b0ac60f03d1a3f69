/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gazetteer file that is built in: its form, its size, its credit, and places that everybody can check. */
#include "sp-data.h"

#include <math.h>
#include <string.h>

#define NEAR_DEGREES 0.03 /* about three kilometres: the middles of towns are a matter of opinion */

static const struct { const char *county; const char *name; double latitude; double longitude; } known[] = {
  { "Cumbria", "Maryport", 54.7143, -3.4947 },       { "Cumbria", "Cockermouth", 54.6613, -3.3620 },
  { "Cumbria", "Workington", 54.6435, -3.5445 },     { "Cumbria", "Flimby", 54.6896, -3.5209 },
  { "Wigan", "Wigan", 53.5450, -2.6318 },            { "Wigan", "Leigh", 53.4975, -2.5151 },
  { "Cardiff", "Cardiff", 51.4816, -3.1791 },        { "Belfast", "Belfast", 54.5973, -5.9301 },
  { "Shetland", "Lerwick", 60.1550, -1.1450 },       { "Derry and Strabane", "Derry", 54.9966, -7.3086 },
  { "Edinburgh", "Edinburgh", 55.9533, -3.1883 },    { "London", "London", 51.5074, -0.1278 },
  { "Cornwall", "Penzance", 50.1188, -5.5376 },      { "Norfolk", "Cromer", 52.9315, 1.3016 },
  { "Newport", "Newport", 51.5877, -2.9984 },        { "Isle of Wight", "Newport", 50.7015, -1.2912 },
  { "Pembrokeshire", "Newport", 52.0170, -4.8330 },  { "Telford and Wrekin", "Newport", 52.7690, -2.3790 },
};

typedef struct
{
  guint    n_counties;
  guint    n_places;
  gboolean found[G_N_ELEMENTS (known)];
} Count;

static char **
read_lines (void)
{
  g_autoptr (GBytes) bytes = sp_data_load ("gazetteer/places.tsv");

  g_assert_cmpuint (g_bytes_get_size (bytes), <=, 250000);
  g_assert_true (g_utf8_validate (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
}

static void
count_place (Count *count, const char *county, char **columns)
{
  char *end;
  double latitude = g_ascii_strtod (columns[2], &end);
  double longitude;

  g_assert_cmpstr (end, ==, "");
  longitude = g_ascii_strtod (columns[3], &end);
  g_assert_cmpstr (end, ==, "");
  g_assert_cmpstr (columns[0], !=, "");
  g_assert_true (latitude > 49.8 && latitude < 61.0 && longitude > -8.7 && longitude < 1.9);
  g_ascii_strtoull (columns[4], &end, 10);
  g_assert_cmpstr (end, ==, "");
  count->n_places++;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].county, county) == 0 && strcmp (known[i].name, columns[0]) == 0
        && fabs (known[i].latitude - latitude) < NEAR_DEGREES && fabs (known[i].longitude - longitude) < NEAR_DEGREES)
      count->found[i] = TRUE;
}

static void
test_places (void)
{
  g_auto (GStrv) lines = read_lines ();
  g_autofree char *county = NULL;
  Count count = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      guint n = g_strv_length (columns);

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      if (n == 2)
        {
          g_assert_true (strlen (columns[1]) == 1 && strchr ("ENSW", columns[1][0]) != NULL);
          g_free (g_steal_pointer (&county));
          county = g_strdup (columns[0]);
          count.n_counties++;
          continue;
        }
      g_assert_cmpuint (n, ==, 5);
      g_assert_nonnull (county);
      count_place (&count, county, columns);
    }
  g_assert_cmpuint (count.n_counties, >=, 150);
  g_assert_cmpuint (count.n_places, >=, 5000);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (!count.found[i])
      g_error ("%s, %s is not where it should be", known[i].name, known[i].county);
}

static void
test_other_names (void)
{
  g_autoptr (GBytes) bytes = sp_data_load ("gazetteer/places.tsv");
  const char *text = g_bytes_get_data (bytes, NULL);

  g_assert_nonnull (strstr (text, "\nCardiff\tCaerdydd\t"));
  g_assert_nonnull (strstr (text, "\nDerry\tDoire|Londonderry\t"));
  g_assert_nonnull (strstr (text, "\nSaint Bees\tSt Bees\t"));
}

static void
test_credit (void)
{
  g_auto (GStrv) lines = read_lines ();

  g_assert_cmpstr (lines[0], ==, "# SPDX-License-Identifier: CC-BY-4.0");
  g_assert_nonnull (strstr (lines[1], "GeoNames (https://www.geonames.org), licensed under CC BY 4.0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gazetteer-data/places", test_places);
  g_test_add_func ("/gazetteer-data/other-names", test_other_names);
  g_test_add_func ("/gazetteer-data/credit", test_credit);
  return g_test_run ();
}
