/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an index needs to know of an asset's schedules: which days, which hours. A few microseconds, no allocation. */
#include "sp-schedule.h"

#include <string.h>

static void
add_span (SpScheduleSummary *self, const SpSchedule *schedule, guint8 weekday, gboolean every)
{
  gboolean once = schedule->freq == SP_FREQ_ONCE;
  SpScheduleSpan *span;

  if (!once)
    self->days |= (guint8) (1u << weekday);
  if (self->n_spans == SP_SCHEDULE_MAX_SPANS)
    {
      self->truncated = TRUE;
      return;
    }
  span = &self->spans[self->n_spans++];
  span->weekday = weekday;
  span->freq = (guint8) schedule->freq;
  span->every = (guint8) every;
  span->opens = (gint16) schedule->opens;
  span->closes = (gint16) schedule->closes;
  span->from = MAX (schedule->dtstart, schedule->valid_from); /* SP_CIVIL_NO_DAY is less than any day */
  span->until = once ? schedule->dtstart : schedule->valid_to;
}

static void
add_all_days (SpScheduleSummary *self, const SpSchedule *schedule)
{
  for (guint8 weekday = 0; weekday < 7; weekday++)
    add_span (self, schedule, weekday, TRUE);
}

static gboolean
names_day_before (const SpSchedule *schedule, guint index)
{
  for (guint i = 0; i < index; i++)
    if (schedule->days[i].weekday == schedule->days[index].weekday)
      return TRUE;
  return FALSE;
}

static void
add_schedule (SpScheduleSummary *self, const SpSchedule *schedule)
{
  gboolean monthly = schedule->freq == SP_FREQ_MONTHLY;
  gboolean each_week = schedule->freq == SP_FREQ_WEEKLY && schedule->interval == 1;

  self->monthly |= monthly;
  self->once |= schedule->freq == SP_FREQ_ONCE;
  self->term |= schedule->term != SP_TERM_RULE_ANY;
  if (schedule->freq == SP_FREQ_ALWAYS)
    {
      self->always |= schedule->opens < 0 && schedule->closes < 0;
      add_all_days (self, schedule);
    }
  else if (schedule->freq == SP_FREQ_ONCE || (!monthly && schedule->n_days == 0))
    add_span (self, schedule, (guint8) sp_civil_weekday (schedule->dtstart), each_week);
  else if (schedule->n_days == 0) /* the 15th of the month may be any day */
    for (guint8 weekday = 0; weekday < 7; weekday++)
      add_span (self, schedule, weekday, FALSE);
  else
    for (guint i = 0; i < schedule->n_days; i++)
      if (!names_day_before (schedule, i))
        add_span (self, schedule, schedule->days[i].weekday, schedule->interval == 1 && schedule->days[i].nth == 0);
}

/**
 * sp_schedule_summarise:
 * @body: an asset
 * @out: (out caller-allocates): its days and hours
 *
 * Schedules that cannot be read are left out.
 */
void
sp_schedule_summarise (const SpNode *body, SpScheduleSummary *out)
{
  SpSchedule schedules[SP_SCHEDULES_MAX];
  guint count;

  memset (out, 0, G_STRUCT_OFFSET (SpScheduleSummary, spans));
  count = sp_schedule_parse_all (body, schedules, NULL);
  for (guint i = 0; i < count; i++)
    add_schedule (out, &schedules[i]);
}
