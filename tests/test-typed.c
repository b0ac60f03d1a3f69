/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type becomes what a document holds, and back. */
#include "sp-civil.h"
#include "sp-typed.h"

typedef char *(*Read) (const char *text);

typedef struct
{
  const char *typed;
  const char *expected; /* NULL: refused */
} Case;

static void
check_all (Read read, const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = read (cases[i].typed);
      g_test_message ("“%s”", cases[i].typed);
      g_assert_cmpstr (value, ==, cases[i].expected);
    }
}

static char *
read_date (const char *text)
{
  return sp_typed_date (text, sp_civil_day (2026, 11, 22));
}

static void
test_dates (void)
{
  static const Case cases[] = {
    { "2026-12-05", "2026-12-05" }, { "5/12/2026", "2026-12-05" }, { "5.12.26", "2026-12-05" },
    { "5 Dec", "2026-12-05" }, { "Tuesday 5th of December 2026", "2026-12-05" }, { "December 5, 2026", "2026-12-05" },
    { "1 March", "2027-03-01" }, { "22 november", "2026-11-22" }, { "21/11", "2027-11-21" },
    { "29/2/2027", NULL }, { "13/13/2026", NULL }, { "soon", NULL }, { "5", NULL }, { "", NULL }, { "1 2 3 4", NULL },
    { "1 2 March", NULL }, { "99999999999999999999/1/1", NULL },
  };

  check_all (read_date, cases, G_N_ELEMENTS (cases));
}

static void
test_times (void)
{
  static const Case cases[] = {
    { "10", "10:00" }, { "10am", "10:00" }, { "10 AM", "10:00" }, { "1.30pm", "13:30" }, { "1:30 p.m.", "13:30" },
    { "12am", "00:00" }, { "12pm", "12:00" }, { "14:00", "14:00" }, { "1400", "14:00" }, { "930", "09:30" },
    { "noon", "12:00" }, { "Midnight", "00:00" }, { "24:00", "24:00" }, { "0:15", "00:15" },
    { "25", NULL }, { "24:01", NULL }, { "10:60", NULL }, { "13pm", NULL }, { "0am", NULL }, { "ten", NULL }, { "", NULL }, { "10 or so", NULL },
    { "123456789012345678901234567890", NULL },
  };

  check_all (sp_typed_time, cases, G_N_ELEMENTS (cases));
}

static void
test_numbers (void)
{
  static const Case cases[] = {
    { "2.5", "2.5" }, { "£2.50", "2.5" }, { " £ 12,000", "12000" }, { "0", "0" }, { "1,5", NULL }, { "two", NULL }, { "", NULL },
    { "£", NULL }, { "nan", NULL }, { "0x10", NULL }, { "1e999", NULL },
  };

  check_all (sp_typed_number, cases, G_N_ELEMENTS (cases));
}

static void
test_urls (void)
{
  static const Case cases[] = {
    { "www.example.org", "https://www.example.org" }, { "http://example.org/a?b=c", "http://example.org/a?b=c" },
    { " example.org ", "https://example.org" }, { "ours", NULL }, { "ask at the bar", NULL }, { "javascript://x.y", NULL }, { "", NULL },
  };

  check_all (sp_typed_url, cases, G_N_ELEMENTS (cases));
}

static void
test_round_trip (void)
{
  static const struct { const char *path, *typed, *shown; } cases[] = {
    { "notice.from", "5/12/2026", "5 December 2026" }, { "schedules.*.opens_at", "14:30", "2.30pm" }, { "costs.*.amount", "£2.5", "2.50" },
    { "costs.*.amount", "3.00", "3" }, { "building.capacity", "120", "120" }, { "name", "  Knit & Natter ", "Knit & Natter" },
    { "url", "example.org", "https://example.org" }, { "contacts.*.email", "a@example.org", "a@example.org" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const SpField *field = sp_field_find (cases[i].path);
      g_autoptr (SpNode) value = sp_typed_parse (field, cases[i].typed, 0, &error);
      g_autofree char *shown = sp_typed_show (field, value);
      g_autoptr (SpNode) again = sp_typed_parse (field, shown, 0, NULL);

      g_assert_no_error (error);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_true (sp_node_equal (value, again));
    }
}

static void
test_refused (void)
{
  static const char * const cases[][2] = {
    { "notice.from", "next week" }, { "schedules.*.opens_at", "late" }, { "costs.*.amount", "-3" }, { "building.capacity", "12.5" },
    { "contacts.*.email", "ask Jo" }, { "url", "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sp_typed_parse (sp_field_find (cases[i][0]), cases[i][1], 0, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
      g_assert_null (strchr (error->message, '_')); /* a sentence for a person, not a path */
    }
}

static void
test_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = sp_typed_show (sp_field_find ("name"), NULL);

  g_assert_null (sp_typed_parse (sp_field_find ("notice.from"), "   ", 0, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (shown, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/typed/dates", test_dates);
  g_test_add_func ("/typed/times", test_times);
  g_test_add_func ("/typed/numbers", test_numbers);
  g_test_add_func ("/typed/urls", test_urls);
  g_test_add_func ("/typed/round-trip", test_round_trip);
  g_test_add_func ("/typed/refused", test_refused);
  g_test_add_func ("/typed/nothing", test_nothing);
  return g_test_run ();
}
