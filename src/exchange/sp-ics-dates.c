/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dates of an entry as events of a calendar. What its schedules, terms, bank holidays, closures and notices mean is
 * worked out by core, day by day; here the days of one schedule become a rule again (RRULE) and the days on which the
 * rule does not hold (EXDATE), so that every calendar shows what Signpost would. Dates about which one had better ask are
 * apart from those that are sure. */
#include "sp-ics-dates.h"

#include <string.h>

#define MOST_DAYS 800 /* of one schedule; there is one a day at most */
#define SPARSE 3      /* a rule of which fewer than one day in so many holds is written as single days */

static void
series_free (gpointer data)
{
  SpIcsSeries *self = data;

  g_free (self->rule);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_free (self);
}

/* The entry with that schedule only, or with none. */
static SpNode *
with_schedule (const SpNode *body, SpNode *schedule)
{
  SpNode *one = sp_node_new_object (), *list = sp_node_new_array ();

  for (guint i = 0; i < sp_node_get_length (body); i++)
    if (strcmp (sp_node_get_name (body, i), "schedules") != 0)
      sp_node_set (one, sp_node_get_name (body, i), sp_node_ref (sp_node_get_element (body, i)));
  if (schedule != NULL)
    sp_node_append (list, sp_node_ref (schedule));
  sp_node_set (one, "schedules", list);
  return one;
}

/* Whether the rule of the schedule means that day; terms, bank holidays and exceptions apart. */
static gboolean
is_of_rule (const SpSchedule *schedule, gint32 day)
{
  SpDoubt doubts;

  return sp_schedule_matches (schedule, NULL, day, TRUE, &doubts);
}

static void
append_days (GString *rule, const SpSchedule *schedule)
{
  static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

  for (guint i = 0; i < schedule->n_days; i++)
    {
      g_string_append (rule, i == 0 ? ";BYDAY=" : ",");
      if (schedule->freq == SP_FREQ_MONTHLY && schedule->days[i].nth != 0)
        g_string_append_printf (rule, "%d", schedule->days[i].nth);
      g_string_append (rule, weekdays[schedule->days[i].weekday]);
    }
}

/* RFC 5545, 3.3.10. Weeks begin on Monday, here as there. Where nobody knows which week it is, it is every one, in doubt. */
static char *
make_rule (const SpSchedule *schedule, gint32 first)
{
  GString *rule = g_string_new (schedule->freq == SP_FREQ_MONTHLY ? "FREQ=MONTHLY" : "FREQ=WEEKLY");
  int month_day;

  if (schedule->freq == SP_FREQ_ALWAYS)
    return g_string_free (g_string_assign (rule, "FREQ=DAILY"), FALSE);
  if (schedule->interval > 1 && schedule->dtstart != SP_CIVIL_NO_DAY)
    g_string_append_printf (rule, ";INTERVAL=%d", schedule->interval);
  append_days (rule, schedule);
  if (schedule->freq == SP_FREQ_MONTHLY && schedule->n_days == 0)
    {
      sp_civil_split (first, NULL, NULL, &month_day);
      g_string_append_printf (rule, ";BYMONTHDAY=%d", month_day);
    }
  if (schedule->freq == SP_FREQ_WEEKLY)
    g_string_append (rule, ";WKST=MO");
  return g_string_free (rule, FALSE);
}

static SpIcsSeries *
new_series (const SpOccurrence *first, gint32 last)
{
  SpIcsSeries *self = g_new0 (SpIcsSeries, 1);

  self->first = first->day;
  self->last = last;
  self->opens = first->opens;
  self->closes = first->closes;
  self->doubts = first->doubts;
  self->note = first->note;
  return self;
}

static GArray *
find_left_out (const SpSchedule *schedule, const GArray *dates, guint *n_of_rule)
{
  GArray *left_out = g_array_new (FALSE, FALSE, sizeof (gint32));
  gint32 last = g_array_index (dates, SpOccurrence, dates->len - 1).day;
  guint next = 0;

  *n_of_rule = 0;
  for (gint32 day = g_array_index (dates, SpOccurrence, 0).day; day <= last; day++)
    {
      if (!is_of_rule (schedule, day))
        continue;
      (*n_of_rule)++;
      if (next < dates->len && g_array_index (dates, SpOccurrence, next).day == day)
        next++;
      else
        g_array_append_val (left_out, day);
    }
  return left_out;
}

/* The dates of one schedule, all sure or all in doubt, as one rule; as single days where most of a rule would not hold. */
static void
add_series (GPtrArray *all, const SpSchedule *schedule, const GArray *dates)
{
  g_autoptr (GArray) left_out = NULL;
  guint n_of_rule = 0;

  if (dates->len > 1 && schedule->freq != SP_FREQ_ONCE)
    left_out = find_left_out (schedule, dates, &n_of_rule);
  if (left_out != NULL && dates->len * SPARSE >= n_of_rule)
    {
      SpIcsSeries *series = new_series (&g_array_index (dates, SpOccurrence, 0),
                                        g_array_index (dates, SpOccurrence, dates->len - 1).day);
      for (guint i = 1; i < dates->len; i++)
        series->doubts |= g_array_index (dates, SpOccurrence, i).doubts;
      series->note = schedule->note;
      series->rule = make_rule (schedule, series->first);
      series->left_out = g_steal_pointer (&left_out);
      g_ptr_array_add (all, series);
      return;
    }
  for (guint i = 0; i < dates->len; i++)
    {
      const SpOccurrence *one = &g_array_index (dates, SpOccurrence, i);
      g_ptr_array_add (all, new_series (one, one->day));
    }
}

static guint
list_dates (const SpNode *body, SpNode *item, const SpCalendar *calendar, gint32 first, gint32 last, SpNode **one,
            SpOccurrence dates[MOST_DAYS])
{
  *one = with_schedule (body, item);
  return sp_schedule_between (*one, first, last, calendar, dates, MOST_DAYS);
}

/* What an exception adds without a schedule is not of this one, and what never closes is no date. */
static void
add_schedule (GPtrArray *all, const SpSchedule *schedule, const SpOccurrence *dates, guint n)
{
  g_autoptr (GArray) sure = g_array_new (FALSE, FALSE, sizeof (SpOccurrence));
  g_autoptr (GArray) doubtful = g_array_new (FALSE, FALSE, sizeof (SpOccurrence));

  for (guint i = 0; i < n; i++)
    if (is_of_rule (schedule, dates[i].day) && !dates[i].always)
      g_array_append_val (dates[i].doubts == SP_DOUBT_NONE ? sure : doubtful, dates[i]);
  if (sure->len > 0)
    add_series (all, schedule, sure);
  if (doubtful->len > 0)
    add_series (all, schedule, doubtful);
}

/* Days on which it is on by an exception alone, at an hour that nobody told. */
static void
add_extra_days (GPtrArray *all, const SpSchedule *schedules, guint n_schedules, const SpOccurrence *dates, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean usual = FALSE;

      for (guint k = 0; k < n_schedules; k++)
        usual = usual || is_of_rule (&schedules[k], dates[i].day);
      if (!usual)
        g_ptr_array_add (all, new_series (&dates[i], dates[i].day));
    }
}

/**
 * sp_ics_dates_read:
 * @body: an entry
 * @calendar: (nullable): bank holidays and terms; %NULL for England and Wales without terms
 * @first: a day's number
 * @last: a day's number, at most %SP_SCHEDULE_HORIZON days later
 *
 * Returns: (transfer full) (element-type SpIcsSeries): all that is on between these days; it lives as long as @body
 */
GPtrArray *
sp_ics_dates_read (const SpNode *body, const SpCalendar *calendar, gint32 first, gint32 last)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (series_free);
  const SpNode *items = sp_node_get (body, "schedules");
  g_autofree SpOccurrence *dates = g_new (SpOccurrence, MOST_DAYS);
  SpSchedule schedules[SP_SCHEDULES_MAX];
  guint n_schedules = 0, length = sp_node_is_array (items) ? sp_node_get_length (items) : 0;
  g_autoptr (SpNode) bare = NULL;
  guint n, before;

  for (guint i = 0; i < length && n_schedules < SP_SCHEDULES_MAX; i++)
    {
      SpNode *item = sp_node_get_element (items, i);
      g_autoptr (SpNode) one = NULL;

      if (!sp_schedule_parse (item, i, &schedules[n_schedules], NULL))
        continue;
      n = list_dates (body, item, calendar, first, last, &one, dates);
      before = all->len;
      add_schedule (all, &schedules[n_schedules++], dates, n);
      for (guint k = before; k < all->len; k++)
        ((SpIcsSeries *) g_ptr_array_index (all, k))->schedule = i + 1;
    }
  n = list_dates (body, NULL, calendar, first, last, &bare, dates);
  add_extra_days (all, schedules, n_schedules, dates, n);
  return all;
}
