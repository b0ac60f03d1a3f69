/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postcodes as people type them, and the folding of names, telephone numbers and web addresses. */
#include "sp-alike.h"
#include "sp-fold.h"
#include "sp-postcode.h"

static void
test_read (void)
{
  static const struct { const char *typed; const char *read; SpPostcodeKind kind; } cases[] = {
    { "CA15 6AA", "CA15 6AA", SP_POSTCODE_UNIT },
    { "ca156aa", "CA15 6AA", SP_POSTCODE_UNIT },
    { "  Ca15  6aa ", "CA15 6AA", SP_POSTCODE_UNIT },
    { "CA15-6AA", "CA15 6AA", SP_POSTCODE_UNIT },
    { "CA1 56AA", "CA15 6AA", SP_POSTCODE_UNIT },    /* the space in the wrong place */
    { "m1 1ae", "M1 1AE", SP_POSTCODE_UNIT },
    { "B338TH", "B33 8TH", SP_POSTCODE_UNIT },
    { "CR2 6XH", "CR2 6XH", SP_POSTCODE_UNIT },
    { "DN551PT", "DN55 1PT", SP_POSTCODE_UNIT },
    { "w1a0ax", "W1A 0AX", SP_POSTCODE_UNIT },
    { "EC1A1BB", "EC1A 1BB", SP_POSTCODE_UNIT },
    { "BT48 6DQ", "BT48 6DQ", SP_POSTCODE_UNIT },    /* Northern Ireland */
    { "ZE1 0AA", "ZE1 0AA", SP_POSTCODE_UNIT },
    { "GIR 0AA", "GIR 0AA", SP_POSTCODE_UNIT },
    { "0L1 1AA", "OL1 1AA", SP_POSTCODE_UNIT },      /* nought for O */
    { "S014 0YN", "SO14 0YN", SP_POSTCODE_UNIT },
    { "WN1 OAA", "WN1 0AA", SP_POSTCODE_UNIT },      /* O for nought */
    { "CAI5 6AA", "CA15 6AA", SP_POSTCODE_UNIT },    /* I and l for one */
    { "CAl5 6AA", "CA15 6AA", SP_POSTCODE_UNIT },
    { "W1I 0AX", "W11 0AX", SP_POSTCODE_UNIT },      /* no district has the letter I */
    { "1P1 1AA", "IP1 1AA", SP_POSTCODE_UNIT },
    { "CA15", "CA15", SP_POSTCODE_OUTCODE },
    { "m1", "M1", SP_POSTCODE_OUTCODE },
    { "M11", "M11", SP_POSTCODE_OUTCODE },
    { "SW1A", "SW1A", SP_POSTCODE_OUTCODE },
    { "BS0", "BS0", SP_POSTCODE_OUTCODE },
    { "CA15 6", "CA15 6", SP_POSTCODE_SECTOR },
    { "CA156", "CA15 6", SP_POSTCODE_SECTOR },
    { "M1 1", "M1 1", SP_POSTCODE_SECTOR },
    { "SW1A1", "SW1A 1", SP_POSTCODE_SECTOR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SpPostcodeKind kind;
      g_autofree char *read = sp_postcode_read (cases[i].typed, &kind);
      g_autofree char *again = NULL;

      g_assert_cmpstr (read, ==, cases[i].read);
      g_assert_cmpint (kind, ==, cases[i].kind);
      again = sp_postcode_read (read, &kind);
      g_assert_cmpstr (again, ==, read);
      g_assert_cmpint (kind, ==, cases[i].kind);
    }
}

static void
test_refused (void)
{
  static const char * const cases[] = {
    NULL, "", " ", "Maryport", "Coll", "Hoo", "QQ1 1AA", "ZZ9 9ZZ", "CA15 6AC", "CA15 6IA", "CA15 6A", "CA15 66A",
    "CA05 6AA", "CA150 6AA", "CA15 6AAA", "54.71,-3.49", "W1L 0AI", "AA", "7", "CÅ15 6AA", "CA15 6A\xff", "CA15/6AA",
    "D02 X285", "90210",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SpPostcodeKind kind = SP_POSTCODE_UNIT;
      g_autofree char *read = sp_postcode_read (cases[i], &kind);

      g_assert_null (read);
      g_assert_cmpint (kind, ==, SP_POSTCODE_NONE);
      g_assert_null (sp_postcode_normalise (cases[i]));
    }
  g_assert_null (sp_postcode_normalise ("CA15"));
  g_assert_null (sp_postcode_normalise ("CA15 6"));
}

static void
test_ranges (void)
{
  gint64 first;
  gint64 last;
  gint64 unit = sp_postcode_get_range ("CA15 6AA", &last);
  g_autofree char *outcode = sp_postcode_get_outcode ("CA15 6AA");

  g_assert_cmpstr (outcode, ==, "CA15");
  g_assert_cmpint (unit, ==, last);
  first = sp_postcode_get_range ("CA15 6", &last);
  g_assert_true (first < unit && unit < last);
  g_assert_false (first <= sp_postcode_get_range ("CA15 5ZZ", NULL));
  g_assert_true (last < sp_postcode_get_range ("CA15 7AA", NULL));
  first = sp_postcode_get_range ("CA1", &last);
  g_assert_true (last < unit);
  g_assert_true (first < sp_postcode_get_range ("CA1 1AA", NULL) && sp_postcode_get_range ("CA1 9ZZ", NULL) < last);
  g_assert_true (sp_postcode_get_range ("BT1 1AA", NULL) < sp_postcode_get_range ("BT10 1AA", NULL));
}

static void
assert_folded (char *(*fold) (const char *), const char *text, const char *expected)
{
  g_autofree char *folded = fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_folded (sp_fold_text, "Men's  Shed, Maryport", "mens shed maryport");
  assert_folded (sp_fold_text, "  Men’s Shed & Café\t", "mens shed and cafe");
  assert_folded (sp_fold_text, "Ynys Môn", "ynys mon");
  assert_folded (sp_fold_text, "ﬁx-it & mend", "fix it and mend");
  assert_folded (sp_fold_text, "!?", "");
  assert_folded (sp_fold_text, "\xff\xfe", "");
  assert_folded (sp_fold_text, NULL, "");

  assert_folded (sp_alike_phone, "01632 960 123", "01632960123");
  assert_folded (sp_alike_phone, "+44 (0)1632 960123", "01632960123");
  assert_folded (sp_alike_phone, "0044 1632 960123 ext. 12", "01632960123");
  assert_folded (sp_alike_phone, "(01632) 960-123 or 960124", "01632960123");
  assert_folded (sp_alike_phone, "999", NULL);
  assert_folded (sp_alike_phone, "ask at the bar", NULL);
  assert_folded (sp_alike_phone, NULL, NULL);

  assert_folded (sp_alike_url, "https://www.Example.org/Shed/?a=1#top", "example.org/shed");
  assert_folded (sp_alike_url, " example.org/shed ", "example.org/shed");
  assert_folded (sp_alike_url, "http://example.org///", "example.org");
  assert_folded (sp_alike_url, "none", NULL);
  assert_folded (sp_alike_url, "n/a.b", NULL);
  assert_folded (sp_alike_url, "", NULL);
}

static void
test_distance (void)
{
  g_autofree char *long_word = g_strnfill (500, 'a');

  g_assert_cmpuint (sp_alike_distance ("maryport", "maryport", 2), ==, 0);
  g_assert_cmpuint (sp_alike_distance ("mayrport", "maryport", 2), ==, 1); /* swapped */
  g_assert_cmpuint (sp_alike_distance ("marypot", "maryport", 2), ==, 1);
  g_assert_cmpuint (sp_alike_distance ("maryporrt", "maryport", 2), ==, 1);
  g_assert_cmpuint (sp_alike_distance ("naryporth", "maryport", 2), ==, 2);
  g_assert_cmpuint (sp_alike_distance ("wigan", "maryport", 2), ==, 3);
  g_assert_cmpuint (sp_alike_distance ("abcd", "efgh", 2), ==, 3);
  g_assert_cmpuint (sp_alike_distance ("", "ab", 2), ==, 2);
  g_assert_cmpuint (sp_alike_distance (long_word, long_word, 2), ==, 0);
  g_assert_cmpuint (sp_alike_distance (long_word, long_word + 1, 2), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/postcode/read", test_read);
  g_test_add_func ("/postcode/refused", test_refused);
  g_test_add_func ("/postcode/ranges", test_ranges);
  g_test_add_func ("/postcode/fold", test_fold);
  g_test_add_func ("/postcode/distance", test_distance);
  return g_test_run ();
}
