/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week of several assets side by side: what happens in one hall from Monday to Sunday. */
#include "sp-week.h"

#include "sp-asset.h"

#define DAYS 7
#define MOST 128 /* of one asset in one week */

/**
 * sp_week_monday:
 * @day: a day's number
 *
 * Returns: the Monday of its week
 */
gint32
sp_week_monday (gint32 day)
{
  return day - sp_civil_weekday (day);
}

/* By day and hour; at the same time as the assets are. What never closes comes first, an unknown hour after that. */
static int
compare_events (gconstpointer a, gconstpointer b)
{
  const SpWeekEvent *one = a, *other = b;
  const SpOccurrence *first = &one->occurrence, *second = &other->occurrence;

  if (first->always != second->always)
    return first->always ? -1 : 1;
  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  if (first->opens != second->opens)
    return first->opens < second->opens ? -1 : 1;
  if (first->closes != second->closes)
    return first->closes < second->closes ? -1 : 1;
  return (one->asset > other->asset) - (one->asset < other->asset);
}

/**
 * sp_week_list:
 * @assets: (element-type SpAsset): what may be on; the events point into their bodies
 * @monday: number of the first day
 * @calendar: (nullable): bank holidays and terms
 *
 * Returns: (transfer full) (element-type SpWeekEvent): what is on from @monday to the Sunday after it, earliest first;
 *   what never closes is there once, before all else
 */
GArray *
sp_week_list (GPtrArray *assets, gint32 monday, const SpCalendar *calendar)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (SpWeekEvent));
  SpOccurrence dates[MOST];

  for (guint i = 0; i < assets->len; i++)
    {
      const SpNode *body = sp_asset_get_body (g_ptr_array_index (assets, i));
      guint n = sp_schedule_between (body, monday, monday + DAYS - 1, calendar, dates, MOST);
      for (guint k = 0; k < n; k++)
        g_array_append_val (events, ((SpWeekEvent){ i, dates[k] }));
    }
  g_array_sort (events, compare_events);
  return events;
}
