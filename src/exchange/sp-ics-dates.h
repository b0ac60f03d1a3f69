/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-schedule.h"

G_BEGIN_DECLS

/**
 * SpIcsSeries:
 * @schedule: position of the schedule it comes from, from 1; 0 for none
 * @first: the day of the first date
 * @last: the day of the last one
 * @opens: minutes since midnight, or %SP_SCHEDULE_NO_TIME
 * @closes: minutes since the same midnight, more than 1440 past midnight, or %SP_SCHEDULE_NO_TIME
 * @doubts: reasons to ask first; none for dates that are sure
 * @note: (nullable): what is said of these dates; owned by the body
 * @rule: (nullable): the value of RRULE, without its end; %NULL for one day
 * @left_out: (nullable) (element-type gint32): days of the rule between the first and the last on which it is not
 *
 * Dates that an event of a calendar can hold.
 */
typedef struct
{
  guint       schedule;
  gint32      first;
  gint32      last;
  int         opens;
  int         closes;
  SpDoubt     doubts;
  const char *note;
  char       *rule;
  GArray     *left_out;
} SpIcsSeries;

GPtrArray *sp_ics_dates_read (const SpNode *body, const SpCalendar *calendar, gint32 first, gint32 last);

G_END_DECLS
