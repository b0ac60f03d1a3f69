/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours and dates in British English: "10 to 12", "1.30pm to 3pm", "noon", "5 December 2026". */
#include "sp-words.h"

#include <glib/gi18n-lib.h>

#define NOON (12 * 60)

static const char *const months[] = {
  N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
  N_("September"), N_("October"), N_("November"), N_("December"),
};

static const char *const weekdays[] = {
  N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
};

/**
 * sp_words_weekday:
 * @weekday: 0 for Monday to 6 for Sunday
 *
 * Returns: (transfer none): its name
 */
const char *
sp_words_weekday (int weekday)
{
  g_return_val_if_fail (weekday >= 0 && weekday < 7, NULL);
  return _(weekdays[weekday]);
}

/* The hour on a clock of twelve, with minutes if there are any: "9.30". */
static char *
get_hour (int minutes)
{
  int hour = (minutes / 60 + 11) % 12 + 1;

  return minutes % 60 == 0 ? g_strdup_printf ("%d", hour) : g_strdup_printf (_("%d.%02d"), hour, minutes % 60);
}

/**
 * sp_words_time:
 * @minutes: since midnight; past midnight may be more than 1440
 *
 * Returns: (transfer full): "10am", "1.30pm", "noon", "midnight"
 */
char *
sp_words_time (int minutes)
{
  g_autofree char *hour = NULL;

  g_return_val_if_fail (minutes >= 0, NULL);
  minutes %= SP_MINUTES_A_DAY;
  if (minutes == 0)
    return g_strdup (_("midnight"));
  if (minutes == NOON)
    return g_strdup (_("noon"));
  hour = get_hour (minutes);
  return minutes < NOON ? g_strdup_printf (_("%sam"), hour) : g_strdup_printf (_("%spm"), hour);
}

/* Between breakfast and noon "10 to 12" is what people say, and nobody takes it for the evening. */
static gboolean
is_morning (int opens, int closes)
{
  return opens >= 7 * 60 && closes > opens && closes <= NOON;
}

/**
 * sp_words_hours:
 * @opens: minutes since midnight, or %SP_SCHEDULE_NO_TIME
 * @closes: minutes since the same midnight, or %SP_SCHEDULE_NO_TIME
 *
 * Returns: (transfer full) (nullable): "10 to 12", "2pm to 4pm", "from 10am", "until 4pm"; %NULL if both are unknown
 */
char *
sp_words_hours (int opens, int closes)
{
  g_autofree char *start = NULL, *end = NULL;

  if (opens >= 0 && is_morning (opens, closes))
    {
      start = get_hour (opens);
      end = get_hour (closes);
      return g_strdup_printf (_("%s to %s"), start, end);
    }
  start = opens >= 0 ? sp_words_time (opens) : NULL;
  end = closes >= 0 ? sp_words_time (closes) : NULL;
  if (start != NULL && end != NULL)
    return g_strdup_printf (_("%s to %s"), start, end);
  if (start != NULL)
    return g_strdup_printf (_("from %s"), start);
  return end != NULL ? g_strdup_printf (_("until %s"), end) : NULL;
}

/**
 * sp_words_date:
 * @day: a day's number
 *
 * Returns: (transfer full): "5 December 2026"
 */
char *
sp_words_date (gint32 day)
{
  int year, month, month_day;

  sp_civil_split (day, &year, &month, &month_day);
  return g_strdup_printf (_("%d %s %d"), month_day, _(months[month - 1]), year); /* Translators: day, month, year */
}

/* "today", "tomorrow", "Tuesday 24 November"; with the year where it is another. */
static char *
get_near_date (gint32 day, gint32 today)
{
  const char *weekday = sp_words_weekday (sp_civil_weekday (day));
  int year, this_year, month, month_day;

  if (day == today || day == today + 1)
    return g_strdup (day == today ? _("today") : _("tomorrow"));
  sp_civil_split (day, &year, &month, &month_day);
  sp_civil_split (today, &this_year, NULL, NULL);
  if (year != this_year) /* Translators: weekday, day, month, year */
    return g_strdup_printf (_("%s %d %s %d"), weekday, month_day, _(months[month - 1]), year);
  return g_strdup_printf (_("%s %d %s"), weekday, month_day, _(months[month - 1]));
}

/**
 * sp_words_occurrence:
 * @occurrence: one date of an asset
 * @today: a day's number
 *
 * Returns: (transfer full): "Tuesday 24 November, 10 to 12", with ", ask first" where there is a doubt
 */
char *
sp_words_occurrence (const SpOccurrence *occurrence, gint32 today)
{
  g_autofree char *date = get_near_date (occurrence->day, today);
  g_autofree char *hours = NULL;

  if (occurrence->always && occurrence->doubts == SP_DOUBT_NONE)
    return g_strdup (_("always open"));
  if (!occurrence->always)
    hours = sp_words_hours (occurrence->opens, occurrence->closes);
  return g_strconcat (date, hours != NULL ? ", " : "", hours != NULL ? hours : "",
                      occurrence->doubts != SP_DOUBT_NONE ? _(", ask first") : "", NULL);
}

/* "3 weeks": days up to two weeks, weeks up to two months, then months. */
static char *
get_span (gint32 days)
{
  if (days < 14)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
  if (days < 61)
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) (days / 7)), days / 7);
  return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) (days * 12 / 365)), days * 12 / 365);
}

/**
 * sp_words_due:
 * @clock: a clock that was read
 * @today: a day's number
 *
 * Returns: (transfer full): "due in 3 weeks", "due today", "due for 3 weeks", "long overdue", "never checked"
 */
char *
sp_words_due (const SpFreshness *clock, gint32 today)
{
  g_autofree char *span = NULL;

  if (clock->state == SP_FRESHNESS_NEVER)
    return g_strdup (_("never checked"));
  if (clock->state == SP_FRESHNESS_OVERDUE)
    return g_strdup (_("long overdue"));
  if (clock->due == SP_CIVIL_NO_DAY)
    return g_strdup (_("not due"));
  if (clock->due == today)
    return g_strdup (_("due today"));
  span = get_span (ABS (clock->due - today));
  return clock->due > today ? g_strdup_printf (_("due in %s"), span) : g_strdup_printf (_("due for %s"), span);
}
