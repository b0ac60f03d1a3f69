/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time it is: in UTC for what is stored, on the clock in London for what people read. Whoever needs the time
 * asks here, so that a test can stop it. Thread safe. */
#include "sp-clock.h"

/* What SP_CLOCK_VARIABLE says, as seconds since 1970. */
static gboolean
read_override (const char *text, gint64 *seconds)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (text, utc);

  if (moment != NULL)
    {
      *seconds = g_date_time_to_unix (moment);
      return TRUE;
    }
  if (sp_civil_parse_date (text) == SP_CIVIL_NO_DAY)
    return FALSE;
  *seconds = (gint64) sp_civil_parse_date (text) * 86400 + 43200;
  return TRUE;
}

/**
 * sp_clock_now:
 *
 * Returns: seconds since 1970 in UTC; the environment variable %SP_CLOCK_VARIABLE overrides
 */
gint64
sp_clock_now (void)
{
  const char *override = g_getenv (SP_CLOCK_VARIABLE);
  gint64 seconds;

  if (override != NULL && *override != '\0')
    {
      if (read_override (override, &seconds))
        return seconds;
      g_warning ("%s is not a date-time such as 2026-12-01T10:00:00Z: “%s”", SP_CLOCK_VARIABLE, override);
    }
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * sp_clock_format:
 * @seconds: seconds since 1970
 *
 * Returns: (transfer full): the moment in UTC as ISO 8601, `2026-11-22T09:30:00Z`
 */
char *
sp_clock_format (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  g_return_val_if_fail (moment != NULL, NULL);
  return g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * sp_clock_now_text:
 *
 * Returns: (transfer full): now, in UTC as ISO 8601, `2026-11-22T09:30:00Z`
 */
char *
sp_clock_now_text (void)
{
  return sp_clock_format (sp_clock_now ());
}

/* The last Sunday of a month, as a day's number. */
static gint32
last_sunday (int year, int month)
{
  gint32 last = sp_civil_day (year, month, sp_civil_month_length (year, month));

  return last - (sp_civil_weekday (last) + 1) % 7;
}

static gboolean
is_summer (gint32 day, gint64 seconds)
{
  int year;

  sp_civil_split (day, &year, NULL, NULL);
  if (year < SP_CIVIL_MIN_YEAR || year > SP_CIVIL_MAX_YEAR)
    return FALSE;
  return seconds >= last_sunday (year, 3) * G_GINT64_CONSTANT (86400) + 3600
         && seconds < last_sunday (year, 10) * G_GINT64_CONSTANT (86400) + 3600;
}

/**
 * sp_clock_london:
 * @seconds: seconds since 1970, in UTC
 *
 * Summer time runs from the last Sunday of March to the last Sunday of October, each at 01:00 UTC (the Summer Time
 * Order 2002, SI 2002/262; the same dates since 1996). It is computed here because a small container has no zone files.
 *
 * Returns: what a calendar and a clock in the United Kingdom show then
 */
SpCivilTime
sp_clock_london (gint64 seconds)
{
  gint64 day = seconds / 86400 - (seconds % 86400 < 0);
  SpCivilTime local;

  if (is_summer ((gint32) day, seconds))
    seconds += 3600;
  day = seconds / 86400 - (seconds % 86400 < 0);
  local.day = (gint32) day;
  local.minute = (gint32) ((seconds - day * 86400) / 60);
  return local;
}

/**
 * sp_clock_now_civil:
 *
 * Returns: date and time of day now, in the United Kingdom
 */
SpCivilTime
sp_clock_now_civil (void)
{
  return sp_clock_london (sp_clock_now ());
}

/**
 * sp_clock_today:
 *
 * Returns: today's date in the United Kingdom, as days since 1970
 */
gint32
sp_clock_today (void)
{
  return sp_clock_now_civil ().day;
}

/**
 * sp_clock_today_text:
 *
 * Returns: (transfer full): today's date in the United Kingdom, `2026-11-22`
 */
char *
sp_clock_today_text (void)
{
  return sp_civil_format_date (sp_clock_today ());
}
