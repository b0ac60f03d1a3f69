/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock that can be stopped, the clock change, and dates as day numbers. */
#include "sp-clock.h"

static void
test_stopped (void)
{
  g_autofree char *now = NULL;
  g_autofree char *today = NULL;

  g_setenv (SP_CLOCK_VARIABLE, "2026-07-31T23:30:00Z", TRUE);
  now = sp_clock_now_text ();
  today = sp_clock_today_text ();
  g_assert_cmpstr (now, ==, "2026-07-31T23:30:00Z");
  g_assert_cmpstr (today, ==, "2026-08-01"); /* half past midnight in London */
  g_assert_cmpint (sp_clock_now_civil ().minute, ==, 30);
  g_unsetenv (SP_CLOCK_VARIABLE);
}

static void
test_stopped_forms (void)
{
  static const char *const forms[][2] = {
    { "2026-12-01T10:00:00+02:00", "2026-12-01T08:00:00Z" },
    { "2026-12-01T10:00:00", "2026-12-01T10:00:00Z" },
    { "2026-12-01", "2026-12-01T12:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *now = NULL;
      g_setenv (SP_CLOCK_VARIABLE, forms[i][0], TRUE);
      now = sp_clock_now_text ();
      g_assert_cmpstr (now, ==, forms[i][1]);
    }
  g_unsetenv (SP_CLOCK_VARIABLE);
}

static void
test_unreadable (void)
{
  g_setenv (SP_CLOCK_VARIABLE, "teatime", TRUE);
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "*SIGNPOST_CLOCK*teatime*");
  g_assert_cmpint (sp_clock_now (), >, 1700000000);
  g_test_assert_expected_messages ();
  g_unsetenv (SP_CLOCK_VARIABLE);
}

static void
assert_london (const char *utc, const char *date, int minute)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (utc, NULL);
  SpCivilTime london = sp_clock_london (g_date_time_to_unix (moment));
  g_autofree char *text = sp_civil_format_date (london.day);

  g_assert_cmpstr (text, ==, date);
  g_assert_cmpint (london.minute, ==, minute);
}

static void
test_summer_time (void)
{
  assert_london ("2026-03-29T00:59:59Z", "2026-03-29", 59);
  assert_london ("2026-03-29T01:00:00Z", "2026-03-29", 120);
  assert_london ("2026-10-25T00:59:00Z", "2026-10-25", 119);
  assert_london ("2026-10-25T01:00:00Z", "2026-10-25", 60);
  assert_london ("2024-03-31T01:00:00Z", "2024-03-31", 120); /* the last day of the month is the Sunday */
  assert_london ("2026-01-15T12:00:00Z", "2026-01-15", 720);
  assert_london ("1969-12-31T23:59:59Z", "1969-12-31", 1439);
}

static void
test_days (void)
{
  int year, month, day;

  g_assert_cmpint (sp_civil_day (1970, 1, 1), ==, 0);
  g_assert_cmpint (sp_civil_day (2000, 3, 1), ==, 11017);
  g_assert_cmpint (sp_civil_day (2026, 2, 29), ==, SP_CIVIL_NO_DAY);
  g_assert_cmpint (sp_civil_day (2100, 2, 29), ==, SP_CIVIL_NO_DAY);
  g_assert_cmpint (sp_civil_day (2024, 2, 29), !=, SP_CIVIL_NO_DAY);
  g_assert_cmpint (sp_civil_day (1899, 12, 31), ==, SP_CIVIL_NO_DAY);
  for (gint32 n = sp_civil_day (1900, 1, 1); n <= sp_civil_day (2999, 12, 31); n++)
    {
      sp_civil_split (n, &year, &month, &day);
      g_assert_cmpint (sp_civil_day (year, month, day), ==, n);
    }
}

static void
test_days_agree_with_glib (void)
{
  for (gint32 n = sp_civil_day (1990, 1, 1); n < sp_civil_day (2040, 1, 1); n += 5)
    {
      g_autofree char *ours = sp_civil_format_date (n);
      char theirs[16];
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32) (n + 719163)); /* GDate counts from the year 1 */
      g_date_strftime (theirs, sizeof theirs, "%Y-%m-%d", &date);
      g_assert_cmpstr (ours, ==, theirs);
      g_assert_cmpint (sp_civil_weekday (n), ==, (int) g_date_get_weekday (&date) - 1);
    }
}

static void
test_months (void)
{
  gint32 end_of_january = sp_civil_day (2026, 1, 31);

  g_assert_cmpint (sp_civil_add_months (end_of_january, 1), ==, sp_civil_day (2026, 2, 28));
  g_assert_cmpint (sp_civil_add_months (end_of_january, 25), ==, sp_civil_day (2028, 2, 29));
  g_assert_cmpint (sp_civil_add_months (end_of_january, -1), ==, sp_civil_day (2025, 12, 31));
  g_assert_cmpint (sp_civil_add_months (end_of_january, 12 * 1000), ==, SP_CIVIL_NO_DAY);
}

static void
test_text (void)
{
  g_assert_cmpint (sp_civil_parse_date ("2026-11-22"), ==, sp_civil_day (2026, 11, 22));
  g_assert_cmpint (sp_civil_parse_date ("2026-11-22T09:00:00Z"), ==, sp_civil_day (2026, 11, 22));
  for (const char *const *bad = (const char *const[]){ "", "2026-11-2", "2026-13-01", "2026-02-30", "22/11/2026", "2026-11-22x", NULL };
       *bad != NULL; bad++)
    g_assert_cmpint (sp_civil_parse_date (*bad), ==, SP_CIVIL_NO_DAY);
  g_assert_cmpint (sp_civil_parse_date (NULL), ==, SP_CIVIL_NO_DAY);

  g_assert_cmpint (sp_civil_parse_time ("00:00"), ==, 0);
  g_assert_cmpint (sp_civil_parse_time ("23:59:59"), ==, 1439);
  g_assert_cmpint (sp_civil_parse_time ("24:00"), ==, 1440);
  for (const char *const *bad = (const char *const[]){ "", "9:30", "24:01", "25:00", "12:60", "12:00x", "12:00:0", NULL }; *bad != NULL; bad++)
    g_assert_cmpint (sp_civil_parse_time (*bad), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/clock/stopped", test_stopped);
  g_test_add_func ("/clock/stopped-forms", test_stopped_forms);
  g_test_add_func ("/clock/unreadable", test_unreadable);
  g_test_add_func ("/clock/summer-time", test_summer_time);
  g_test_add_func ("/civil/days", test_days);
  g_test_add_func ("/civil/days-agree-with-glib", test_days_agree_with_glib);
  g_test_add_func ("/civil/months", test_months);
  g_test_add_func ("/civil/text", test_text);
  return g_test_run ();
}
