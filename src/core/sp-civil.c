/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar dates as day numbers. GDate would do, but it is eight times the size, counts from the year 1 and asserts
 * on what a document may well hold; a day number is compared, stored and stepped over as an integer. All functions are
 * pure. Conversions are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2014), over the
 * proleptic Gregorian calendar. */
#include "sp-civil.h"

/**
 * sp_civil_is_leap_year:
 * @year: a year of the Gregorian calendar
 *
 * Returns: whether it has a 29 February
 */
gboolean
sp_civil_is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/**
 * sp_civil_month_length:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: the number of days of that month
 */
int
sp_civil_month_length (int year, int month)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  g_return_val_if_fail (month >= 1 && month <= 12, 0);
  return month == 2 && sp_civil_is_leap_year (year) ? 29 : lengths[month - 1];
}

/**
 * sp_civil_day:
 * @year: the year
 * @month: 1 to 12
 * @day: the day of the month
 *
 * Returns: the day's number, or %SP_CIVIL_NO_DAY if there is no such date between %SP_CIVIL_MIN_YEAR and
 *   %SP_CIVIL_MAX_YEAR
 */
gint32
sp_civil_day (int year, int month, int day)
{
  int era, year_of_era, day_of_year;

  if (year < SP_CIVIL_MIN_YEAR || year > SP_CIVIL_MAX_YEAR || month < 1 || month > 12 || day < 1
      || day > sp_civil_month_length (year, month))
    return SP_CIVIL_NO_DAY;

  year -= month <= 2; /* the year begins in March, so that the leap day is its last */
  era = year / 400;
  year_of_era = year - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/**
 * sp_civil_split:
 * @day: a day's number
 * @year: (out) (optional): the year
 * @month: (out) (optional): 1 to 12
 * @month_day: (out) (optional): the day of the month, from 1
 */
void
sp_civil_split (gint32 day, int *year, int *month, int *month_day)
{
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int day_of_era = shifted - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int march_month = (5 * day_of_year + 2) / 153;
  int true_month = march_month < 10 ? march_month + 3 : march_month - 9;

  if (year != NULL)
    *year = year_of_era + era * 400 + (true_month <= 2);
  if (month != NULL)
    *month = true_month;
  if (month_day != NULL)
    *month_day = day_of_year - (153 * march_month + 2) / 5 + 1;
}

/**
 * sp_civil_weekday:
 * @day: a day's number
 *
 * Returns: 0 for Monday to 6 for Sunday
 */
int
sp_civil_weekday (gint32 day)
{
  int weekday = (day + 3) % 7; /* 1 January 1970 was a Thursday */

  return weekday < 0 ? weekday + 7 : weekday;
}

/**
 * sp_civil_add_months:
 * @day: a day's number
 * @months: how many months later; negative for earlier
 *
 * Returns: the same day of that month, or the month's last where it is shorter; %SP_CIVIL_NO_DAY outside the years
 *   that we know
 */
gint32
sp_civil_add_months (gint32 day, int months)
{
  int year, month, month_day, count;

  sp_civil_split (day, &year, &month, &month_day);
  count = year * 12 + (month - 1) + months;
  if (count < SP_CIVIL_MIN_YEAR * 12 || count >= (SP_CIVIL_MAX_YEAR + 1) * 12)
    return SP_CIVIL_NO_DAY;
  year = count / 12;
  month = count % 12 + 1;
  return sp_civil_day (year, month, MIN (month_day, sp_civil_month_length (year, month)));
}

/* Reads exactly @count digits; -1 if they are not all digits. */
static int
read_digits (const char *text, int count)
{
  int value = 0;

  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

/**
 * sp_civil_parse_date:
 * @text: (nullable): an ISO 8601 date, `2026-11-22`, or a date-time, of which the date counts
 *
 * Returns: the day's number, or %SP_CIVIL_NO_DAY
 */
gint32
sp_civil_parse_date (const char *text)
{
  int year, month, day;

  if (text == NULL || (year = read_digits (text, 4)) < 0 || text[4] != '-' || (month = read_digits (text + 5, 2)) < 0
      || text[7] != '-' || (day = read_digits (text + 8, 2)) < 0 || (text[10] != '\0' && text[10] != 'T'))
    return SP_CIVIL_NO_DAY;
  return sp_civil_day (year, month, day);
}

/**
 * sp_civil_parse_time:
 * @text: (nullable): a time of day, `09:30` or `09:30:00`; `24:00` is the midnight that ends the day
 *
 * Returns: minutes since midnight, 0 to 1440, or -1
 */
int
sp_civil_parse_time (const char *text)
{
  int hour, minute;

  if (text == NULL || (hour = read_digits (text, 2)) < 0 || text[2] != ':' || (minute = read_digits (text + 3, 2)) < 0)
    return -1;
  if (text[5] != '\0' && (text[5] != ':' || read_digits (text + 6, 2) < 0 || text[8] != '\0'))
    return -1;
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0))
    return -1;
  return hour * 60 + minute;
}

/**
 * sp_civil_format_date:
 * @day: a day's number
 *
 * Returns: (transfer full): the date in ISO 8601, `2026-11-22`
 */
char *
sp_civil_format_date (gint32 day)
{
  int year, month, month_day;

  sp_civil_split (day, &year, &month, &month_day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, month_day);
}
