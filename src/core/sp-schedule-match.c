/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a schedule means a given day. Rules, after RFC 5545 where it has one:
 * - weeks begin on Monday and are counted from the week of dtstart, months from its month;
 * - every second week or month without a dtstart may be any of them, so each is given, in doubt;
 * - a fifth Monday exists only in months that have one, and the 31st only in months of 31 days;
 * - nothing is before dtstart or valid_from, nor after valid_to. */
#include "sp-schedule.h"

static gint32
monday_of (gint32 day)
{
  return day - sp_civil_weekday (day);
}

/* Whether the weeks or months since dtstart are a multiple of the interval; without one nobody knows. */
static gboolean
fits_interval (const SpSchedule *self, int passed, SpDoubt *doubts)
{
  if (self->interval == 1)
    return TRUE;
  if (self->dtstart == SP_CIVIL_NO_DAY)
    {
      *doubts |= SP_DOUBT_WEEK;
      return TRUE;
    }
  return passed % self->interval == 0;
}

static gboolean
matches_week (const SpSchedule *self, gint32 day, SpDoubt *doubts)
{
  int weekday = sp_civil_weekday (day), weeks = 0;
  gboolean named = self->n_days == 0 && weekday == sp_civil_weekday (self->dtstart);

  for (guint i = 0; i < self->n_days; i++)
    named |= self->days[i].weekday == weekday;
  if (self->dtstart != SP_CIVIL_NO_DAY)
    weeks = (monday_of (day) - monday_of (self->dtstart)) / 7;
  return named && fits_interval (self, weeks, doubts);
}

static gboolean
matches_month_day (const SpSchedule *self, gint32 day, int year, int month, int month_day)
{
  int from_start = (month_day - 1) / 7 + 1;
  int from_end = (sp_civil_month_length (year, month) - month_day) / 7 + 1;
  int weekday = sp_civil_weekday (day), start_day;

  for (guint i = 0; i < self->n_days; i++)
    if (self->days[i].weekday == weekday
        && (self->days[i].nth == 0 || self->days[i].nth == from_start || self->days[i].nth == -from_end))
      return TRUE;
  if (self->n_days > 0)
    return FALSE;
  sp_civil_split (self->dtstart, NULL, NULL, &start_day);
  return start_day == month_day;
}

static gboolean
matches_month (const SpSchedule *self, gint32 day, SpDoubt *doubts)
{
  int year, month, month_day, start_year = 0, start_month = 0;

  sp_civil_split (day, &year, &month, &month_day);
  if (!matches_month_day (self, day, year, month, month_day))
    return FALSE;
  if (self->dtstart != SP_CIVIL_NO_DAY)
    sp_civil_split (self->dtstart, &start_year, &start_month, NULL);
  return fits_interval (self, (year - start_year) * 12 + month - start_month, doubts);
}

static gboolean
matches_rule (const SpSchedule *self, gint32 day, SpDoubt *doubts)
{
  switch (self->freq)
    {
    case SP_FREQ_WEEKLY:
      return matches_week (self, day, doubts);
    case SP_FREQ_MONTHLY:
      return matches_month (self, day, doubts);
    case SP_FREQ_ONCE:
      return day == self->dtstart;
    case SP_FREQ_ALWAYS:
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_valid_on (const SpSchedule *self, gint32 day)
{
  return (self->dtstart == SP_CIVIL_NO_DAY || day >= self->dtstart)
         && (self->valid_from == SP_CIVIL_NO_DAY || day >= self->valid_from)
         && (self->valid_to == SP_CIVIL_NO_DAY || day <= self->valid_to);
}

static gboolean
matches_term (const SpSchedule *self, const SpCalendar *calendar, gint32 day, SpDoubt *doubts)
{
  SpTermState state;

  if (self->term == SP_TERM_RULE_ANY)
    return TRUE;
  state = sp_calendar_get_term (calendar, day);
  if (state == SP_TERM_UNKNOWN)
    *doubts |= SP_DOUBT_TERM;
  return state == SP_TERM_UNKNOWN || (state == SP_TERM_TIME) == (self->term == SP_TERM_RULE_TERM);
}

/* What is once on a bank holiday was meant for it, and what is always open does not close unless it says so. */
static gboolean
matches_bank_holiday (const SpSchedule *self, const SpCalendar *calendar, gint32 day, SpDoubt *doubts)
{
  SpNation nation = calendar != NULL ? calendar->nation : SP_NATION_ENGLAND_AND_WALES;
  gboolean meant = self->freq == SP_FREQ_ONCE || self->freq == SP_FREQ_ALWAYS;

  if (self->bank_holidays == SP_BANK_RULE_OPEN || (meant && self->bank_holidays == SP_BANK_RULE_UNSAID))
    return TRUE;
  if (!sp_bank_holidays_is_off (nation, day))
    return TRUE;
  if (self->bank_holidays == SP_BANK_RULE_CLOSED)
    return FALSE;
  *doubts |= SP_DOUBT_BANK_HOLIDAY;
  return TRUE;
}

/**
 * sp_schedule_matches:
 * @self: a schedule
 * @calendar: (nullable): bank holidays and terms; %NULL for England and Wales without terms
 * @day: a day's number
 * @confirmed: whether somebody said that it is on that day, so that neither term nor bank holiday matters
 * @doubts: (out): reasons to ask first
 *
 * Exceptions, notices and closures of the asset are not considered here.
 *
 * Returns: whether it is on that day, surely or perhaps
 */
gboolean
sp_schedule_matches (const SpSchedule *self, const SpCalendar *calendar, gint32 day, gboolean confirmed,
                     SpDoubt *doubts)
{
  *doubts = SP_DOUBT_NONE;
  if (!is_valid_on (self, day) || !matches_rule (self, day, doubts))
    return FALSE;
  if (!confirmed)
    return matches_term (self, calendar, day, doubts) && matches_bank_holiday (self, calendar, day, doubts);
  *doubts = SP_DOUBT_NONE;
  return TRUE;
}
