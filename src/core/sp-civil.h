/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Years that a calendar date of ours may have; what lies outside is not a date. */
#define SP_CIVIL_MIN_YEAR 1900
#define SP_CIVIL_MAX_YEAR 2999

#define SP_CIVIL_NO_DAY G_MININT32 /* "no such day": no valid date has this number */

#define SP_MINUTES_A_DAY (24 * 60)

/**
 * SpCivilTime:
 * @day: days since 1 January 1970
 * @minute: minutes since midnight, 0 to 1439
 *
 * A moment as a calendar on the wall and the clock beside it show it, without a time zone: what an opening
 * hour means. Days and hours of the clock change need no special case, since nothing is ever added across them
 * in seconds.
 */
typedef struct
{
  gint32 day;
  gint32 minute;
} SpCivilTime;

gint32   sp_civil_day          (int year, int month, int day);
void     sp_civil_split        (gint32 day, int *year, int *month, int *month_day);
int      sp_civil_weekday      (gint32 day);
int      sp_civil_month_length (int year, int month);
gint32   sp_civil_add_months   (gint32 day, int months);
gint32   sp_civil_parse_date   (const char *text);
int      sp_civil_parse_time   (const char *text);
char    *sp_civil_format_date  (gint32 day);
gboolean sp_civil_is_leap_year (int year);

G_END_DECLS
