/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The computed bank holidays against those that were published, and the calendar of terms. */
#include "sp-calendar.h"

#include <stdlib.h>

static void
check_year (SpNation nation, char **dates)
{
  SpBankHoliday list[SP_BANK_HOLIDAYS_MAX];
  guint count = sp_bank_holidays_list (nation, atoi (dates[0]), list);

  g_test_message ("nation %d, %s", nation, dates[0]);
  g_assert_cmpint (count, ==, g_strv_length (dates));
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *day = sp_civil_format_date (list[i].day);
      g_assert_cmpstr (day, ==, dates[i]);
      g_assert_cmpstr (sp_bank_holidays_get_name (nation, list[i].day), ==, list[i].name);
      g_assert_true (sp_bank_holidays_is_off (nation, list[i].day));
    }
}

static void
test_published (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "bank-holidays", "gov-uk.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  int years = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_ascii_isdigit (**line))
      {
        g_auto (GStrv) cells = g_strsplit (*line, " ", -1);
        check_year ((SpNation) atoi (cells[0]), cells + 1);
        years++;
      }
  g_assert_cmpint (years, ==, 30);
}

static void
test_earlier_jubilees (void)
{
  static const char *const days[] = { "2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    for (int nation = 0; nation < SP_N_NATIONS; nation++)
      g_assert_nonnull (sp_bank_holidays_get_name (nation, sp_civil_parse_date (days[i])));
  g_assert_null (sp_bank_holidays_get_name (SP_NATION_SCOTLAND, sp_civil_parse_date ("2012-05-28")));
  g_assert_null (sp_bank_holidays_get_name (SP_NATION_SCOTLAND, sp_civil_parse_date ("2006-11-30")));
}

/* The earliest and latest Easters of two centuries, and some known ones. */
static void
test_easter (void)
{
  static const char *const days[] = { "1943-04-25", "1961-04-02", "2008-03-23", "2024-03-31", "2026-04-05", "2038-04-25", "2285-03-22" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpint (sp_bank_holidays_easter (atoi (days[i])), ==, sp_civil_parse_date (days[i]));
  for (int year = 1900; year <= 2999; year++)
    {
      gint32 easter = sp_bank_holidays_easter (year);
      g_assert_cmpint (sp_civil_weekday (easter), ==, 6);
      g_assert_cmpint (easter, >=, sp_civil_day (year, 3, 22));
      g_assert_cmpint (easter, <=, sp_civil_day (year, 4, 25));
    }
}

/* No bank holiday by law falls on a weekend, and no two fall on one day. */
static void
test_every_year (void)
{
  for (int nation = 0; nation < SP_N_NATIONS; nation++)
    for (int year = SP_BANK_HOLIDAYS_FIRST; year <= 2400; year++)
      {
        SpBankHoliday list[SP_BANK_HOLIDAYS_MAX];
        guint count = sp_bank_holidays_list (nation, year, list);

        g_assert_cmpint (count, >=, 8);
        g_assert_cmpint (count, <, SP_BANK_HOLIDAYS_MAX);
        for (guint i = 0; i < count; i++)
          {
            g_assert_cmpint (sp_civil_weekday (list[i].day), <, 5);
            if (i > 0)
              g_assert_cmpint (list[i].day, >, list[i - 1].day);
          }
      }
}

static void
test_days_proper (void)
{
  gint32 saturday = sp_civil_parse_date ("2027-12-25");

  g_assert_null (sp_bank_holidays_get_name (SP_NATION_ENGLAND_AND_WALES, saturday));
  g_assert_true (sp_bank_holidays_is_off (SP_NATION_ENGLAND_AND_WALES, saturday));
  g_assert_true (sp_bank_holidays_is_off (SP_NATION_SCOTLAND, sp_civil_parse_date ("2028-01-01")));
  g_assert_false (sp_bank_holidays_is_off (SP_NATION_ENGLAND_AND_WALES, sp_civil_parse_date ("2026-06-15")));
  g_assert_false (sp_bank_holidays_is_off (SP_NATION_ENGLAND_AND_WALES, sp_civil_parse_date ("1999-08-30"))); /* not vouched for */
}

static void
test_nation (void)
{
  static const struct { const char *postcode; SpNation nation; } table[] = {
    { "CA15 6AA", SP_NATION_ENGLAND_AND_WALES }, { "bt1 5gs", SP_NATION_NORTHERN_IRELAND }, { "G1 1AA", SP_NATION_SCOTLAND },
    { "GL50 1AA", SP_NATION_ENGLAND_AND_WALES }, { "ze1", SP_NATION_SCOTLAND }, { "TD1 1AA", SP_NATION_SCOTLAND },
    { "TD15 1AA", SP_NATION_ENGLAND_AND_WALES }, { "", SP_NATION_ENGLAND_AND_WALES }, { NULL, SP_NATION_ENGLAND_AND_WALES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (sp_nation_from_postcode (table[i].postcode), ==, table[i].nation);
}

static void
test_terms (void)
{
  g_autoptr (SpNode) document = sp_node_parse ("{\"type\":\"term-calendar\",\"terms\":["
                                               "{\"id\":\"b\",\"from\":\"2026-11-02\",\"until\":\"2026-12-18\"},"
                                               "{\"id\":\"a\",\"from\":\"2026-09-02\",\"until\":\"2026-10-23\"}]}", -1, NULL);
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 9, 2)), ==, SP_TERM_UNKNOWN);
  g_assert_cmpint (sp_calendar_get_term (NULL, sp_civil_day (2026, 9, 2)), ==, SP_TERM_UNKNOWN);
  g_assert_true (sp_calendar_add (&calendar, document, NULL));
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 9, 1)), ==, SP_TERM_UNKNOWN);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 9, 2)), ==, SP_TERM_TIME);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 10, 23)), ==, SP_TERM_TIME);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 10, 24)), ==, SP_TERM_HOLIDAYS);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 12, 18)), ==, SP_TERM_TIME);
  g_assert_cmpint (sp_calendar_get_term (&calendar, sp_civil_day (2026, 12, 19)), ==, SP_TERM_UNKNOWN);
}

static void
test_bad_terms (void)
{
  g_autoptr (SpNode) document = sp_node_parse ("{\"terms\":[{\"from\":\"2026-09-02\",\"until\":\"2026-09-01\"}]}", -1, NULL);
  g_autoptr (SpNode) none = sp_node_parse ("{\"terms\":7}", -1, NULL);
  g_autoptr (SpNode) many = sp_node_parse ("{\"terms\":[]}", -1, NULL);
  g_autoptr (GError) error = NULL;
  SpCalendar calendar;

  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  g_assert_false (sp_calendar_add (&calendar, document, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (sp_calendar_add (&calendar, none, &error));
  for (int i = 0; i <= SP_CALENDAR_MAX_TERMS; i++)
    sp_node_append (sp_node_get (many, "terms"), sp_node_parse ("{\"from\":\"2026-09-02\",\"until\":\"2026-09-03\"}", -1, NULL));
  g_assert_false (sp_calendar_add (&calendar, many, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_assert_cmpint (calendar.n_terms, ==, SP_CALENDAR_MAX_TERMS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bank-holidays/published", test_published);
  g_test_add_func ("/bank-holidays/earlier-jubilees", test_earlier_jubilees);
  g_test_add_func ("/bank-holidays/easter", test_easter);
  g_test_add_func ("/bank-holidays/every-year", test_every_year);
  g_test_add_func ("/bank-holidays/days-proper", test_days_proper);
  g_test_add_func ("/bank-holidays/nation", test_nation);
  g_test_add_func ("/calendar/terms", test_terms);
  g_test_add_func ("/calendar/bad-terms", test_bad_terms);
  return g_test_run ();
}
