/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank holidays of the United Kingdom, computed. Sources: Banking and Financial Dealings Act 1971, schedule 1; St
 * Andrew's Day Bank Holiday (Scotland) Act 2007; what the Crown proclaims each year for New Year's Day, the May holidays
 * and 26 December; the list at https://www.gov.uk/bank-holidays, whose dates the test keeps. What was moved or added
 * once is a table below: a new proclamation is one more line. Pure functions. */
#include "sp-bank-holidays.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define IN(nation) (1u << (nation))
#define ENGLAND IN (SP_NATION_ENGLAND_AND_WALES)
#define SCOTLAND IN (SP_NATION_SCOTLAND)
#define ULSTER IN (SP_NATION_NORTHERN_IRELAND)
#define ALL (ENGLAND | SCOTLAND | ULSTER)

static const char early_may[] = N_("Early May bank holiday");
static const char spring[] = N_("Spring bank holiday");

/* Holidays of one year that were moved: by royal proclamation under section 1 of the Act. */
static const struct { gint16 year; const char *name; guint8 month, day; } moved[] = {
  { 2002, spring, 6, 4 },    /* Golden Jubilee */
  { 2012, spring, 6, 4 },    /* Diamond Jubilee */
  { 2020, early_may, 5, 8 }, /* 75 years after VE Day */
  { 2022, spring, 6, 2 },    /* Platinum Jubilee */
};

/* Holidays that were held once, by royal proclamation. */
static const struct { gint16 year; guint8 month, day; guint8 nations; const char *name; } added[] = {
  { 2002, 6, 3, ALL, N_("Golden Jubilee bank holiday") },
  { 2011, 4, 29, ALL, N_("Royal wedding bank holiday") },
  { 2012, 6, 5, ALL, N_("Diamond Jubilee bank holiday") },
  { 2022, 6, 3, ALL, N_("Platinum Jubilee bank holiday") },
  { 2022, 9, 19, ALL, N_("Bank Holiday for the State Funeral of Queen Elizabeth II") },
  { 2023, 5, 8, ALL, N_("Bank holiday for the coronation of King Charles III") },
  { 2026, 6, 15, SCOTLAND, N_("World Cup bank holiday") }, /* proclaimed in February 2026 */
};

typedef struct
{
  SpNation       nation;
  int            year;
  SpBankHoliday *out;
  guint          count;
} List;

static void
add (List *list, guint nations, gint32 day, const char *name, gboolean substitute)
{
  if ((nations & IN (list->nation)) != 0 && list->count < SP_BANK_HOLIDAYS_MAX)
    list->out[list->count++] = (SpBankHoliday){ day, name, substitute };
}

/* A date of its own; at the weekend the next Monday stands for it. */
static void
add_date (List *list, guint nations, int month, int day, const char *name)
{
  gint32 date = sp_civil_day (list->year, month, day);
  int weekday = sp_civil_weekday (date);

  add (list, nations, weekday >= 5 ? date + 7 - weekday : date, name, weekday >= 5);
}

/* One of two dates in a row: each goes two days on from the weekend, so that they never meet. */
static void
add_paired_date (List *list, guint nations, int month, int day, const char *name)
{
  gint32 date = sp_civil_day (list->year, month, day);
  gboolean substitute = sp_civil_weekday (date) >= 5;

  add (list, nations, substitute ? date + 2 : date, name, substitute);
}

/* A Monday: the first of a month, or the last. */
static void
add_monday (List *list, guint nations, int month, gboolean last, const char *name)
{
  gint32 edge = sp_civil_day (list->year, month, last ? sp_civil_month_length (list->year, month) : 1);
  gint32 day = last ? edge - sp_civil_weekday (edge) : edge + (7 - sp_civil_weekday (edge)) % 7;

  for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
    if (moved[i].year == list->year && strcmp (moved[i].name, name) == 0)
      day = sp_civil_day (list->year, moved[i].month, moved[i].day);
  add (list, nations, day, name, FALSE);
}

/**
 * sp_bank_holidays_easter:
 * @year: from 1900 to 2999
 *
 * By the anonymous Gregorian algorithm ("A New York correspondent", Nature, 20 April 1876; J. Meeus, Astronomical
 * Algorithms, chapter 8).
 *
 * Returns: Easter Sunday, as a day's number
 */
gint32
sp_bank_holidays_easter (int year)
{
  int a = year % 19, b = year / 100, c = year % 100;
  int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;

  return sp_civil_day (year, sum / 31, sum % 31 + 1);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  gint32 day_a = ((const SpBankHoliday *) a)->day, day_b = ((const SpBankHoliday *) b)->day;

  return (day_a > day_b) - (day_a < day_b);
}

/**
 * sp_bank_holidays_list:
 * @nation: a part of the United Kingdom
 * @year: a year; before %SP_BANK_HOLIDAYS_FIRST and outside the years of sp_civil_day() there are none
 * @out: (out caller-allocates): the holidays, earliest first
 *
 * Returns: how many
 */
guint
sp_bank_holidays_list (SpNation nation, int year, SpBankHoliday out[SP_BANK_HOLIDAYS_MAX])
{
  List list = { nation, year, out, 0 };
  gint32 easter;

  if (year < SP_BANK_HOLIDAYS_FIRST || year > SP_CIVIL_MAX_YEAR)
    return 0;
  easter = sp_bank_holidays_easter (year);
  add_paired_date (&list, SCOTLAND, 1, 1, N_("New Year’s Day"));
  add_paired_date (&list, SCOTLAND, 1, 2, N_("2nd January"));
  add_date (&list, ENGLAND | ULSTER, 1, 1, N_("New Year’s Day"));
  add_date (&list, ULSTER, 3, 17, N_("St Patrick’s Day"));
  add (&list, ALL, easter - 2, N_("Good Friday"), FALSE);
  add (&list, ENGLAND | ULSTER, easter + 1, N_("Easter Monday"), FALSE);
  add_monday (&list, ALL, 5, FALSE, early_may);
  add_monday (&list, ALL, 5, TRUE, spring);
  add_date (&list, ULSTER, 7, 12, N_("Battle of the Boyne (Orangemen’s Day)"));
  add_monday (&list, SCOTLAND, 8, FALSE, N_("Summer bank holiday"));
  add_monday (&list, ENGLAND | ULSTER, 8, TRUE, N_("Summer bank holiday"));
  if (year >= 2007)
    add_date (&list, SCOTLAND, 11, 30, N_("St Andrew’s Day"));
  add_paired_date (&list, ALL, 12, 25, N_("Christmas Day"));
  add_paired_date (&list, ALL, 12, 26, N_("Boxing Day"));
  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    if (added[i].year == year)
      add (&list, added[i].nations, sp_civil_day (year, added[i].month, added[i].day), added[i].name, FALSE);
  qsort (out, list.count, sizeof *out, compare_days);
  return list.count;
}

/**
 * sp_bank_holidays_get_name:
 * @nation: a part of the United Kingdom
 * @day: a day's number
 *
 * Returns: (nullable) (transfer none): the name of the bank holiday, translated, or %NULL on any other day
 */
const char *
sp_bank_holidays_get_name (SpNation nation, gint32 day)
{
  SpBankHoliday list[SP_BANK_HOLIDAYS_MAX];
  guint count;
  int year;

  sp_civil_split (day, &year, NULL, NULL);
  count = sp_bank_holidays_list (nation, year, list);
  for (guint i = 0; i < count; i++)
    if (list[i].day == day)
      return _(list[i].name);
  return NULL;
}

/**
 * sp_bank_holidays_is_off:
 * @nation: a part of the United Kingdom
 * @day: a day's number
 *
 * "Closed on bank holidays" means the bank holidays, and Christmas Day, Boxing Day and New Year's Day themselves where
 * they fall on a weekend and another day is the bank holiday by law. Nobody meets on Christmas Day because it is a
 * Saturday.
 *
 * Returns: whether it means this day
 */
gboolean
sp_bank_holidays_is_off (SpNation nation, gint32 day)
{
  int month, month_day;

  sp_civil_split (day, NULL, &month, &month_day);
  if ((month == 12 && (month_day == 25 || month_day == 26)) || (month == 1 && month_day == 1))
    return TRUE;
  return sp_bank_holidays_get_name (nation, day) != NULL;
}

/**
 * sp_nation_from_postcode:
 * @postcode: (nullable): a postcode, or its beginning
 *
 * Returns: the nation of the postcode's area: BT is Northern Ireland, sixteen are Scotland (the district TD15, Berwick,
 *   is mostly English), all others and none England and Wales
 */
SpNation
sp_nation_from_postcode (const char *postcode)
{
  static const char *const scottish[] = { "AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML",
                                          "PA", "PH", "TD", "ZE", NULL };
  char area[3] = { 0 };

  for (int i = 0; postcode != NULL && i < 2 && g_ascii_isalpha (postcode[i]); i++)
    area[i] = g_ascii_toupper (postcode[i]);
  if (strcmp (area, "BT") == 0)
    return SP_NATION_NORTHERN_IRELAND;
  if (strcmp (area, "TD") == 0 && g_str_has_prefix (postcode + 2, "15"))
    return SP_NATION_ENGLAND_AND_WALES;
  return g_strv_contains (scottish, area) ? SP_NATION_SCOTLAND : SP_NATION_ENGLAND_AND_WALES;
}
