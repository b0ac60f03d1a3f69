/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next dates of an asset, and whether it is open: its schedules day by day, less what its exceptions, its notice,
 * its status and its time of being listed take away. Days are civil days, so the clock change needs no care. The work
 * is bounded by SP_SCHEDULES_MAX, SP_EXCEPTIONS_MAX and SP_SCHEDULE_HORIZON, whatever a document holds. */
#include "sp-schedule.h"

#include <stdlib.h>

typedef enum
{
  DAY_USUAL,
  DAY_CONFIRMED, /* an exception says that it is on */
  DAY_ASK,       /* an exception says something, but not whether it is on */
  DAY_CLOSED,
} DayState; /* in order of what wins */

typedef struct
{
  gint32      from;
  gint32      until;
  DayState    state;
  const char *note;
} Exception;

typedef struct
{
  guint      n_schedules;
  SpSchedule schedules[SP_SCHEDULES_MAX];
  gboolean   complete; /* every schedule could be read */
  guint      n_exceptions;
  Exception  exceptions[SP_EXCEPTIONS_MAX];
  gboolean   has_notice;
  Exception  notice;
  gint32     first; /* days outside these are closed */
  gint32     last;
} Plan;

/* The days of {from, until}, open at the end that is missing; FALSE if neither is there. */
static gboolean
read_range (const SpNode *node, gboolean single, gint32 *from, gint32 *until)
{
  gint32 first = sp_civil_parse_date (sp_node_get_text (node, "from"));
  gint32 last = sp_civil_parse_date (sp_node_get_text (node, "until"));

  *from = first != SP_CIVIL_NO_DAY ? first : G_MININT32;
  *until = last != SP_CIVIL_NO_DAY ? last : single && first != SP_CIVIL_NO_DAY ? first : G_MAXINT32;
  return first != SP_CIVIL_NO_DAY || last != SP_CIVIL_NO_DAY;
}

static DayState
read_state (const SpNode *item)
{
  const SpNode *closed = sp_node_get (item, "closed");

  if (closed != NULL && sp_node_get_kind (closed) == SP_JSON_FALSE)
    return DAY_CONFIRMED;
  return sp_node_get_boolean (closed) ? DAY_CLOSED : DAY_ASK;
}

static void
read_exceptions (Plan *self, const SpNode *body)
{
  const SpNode *list = sp_node_get (body, "schedule_exceptions");
  guint length = sp_node_is_array (list) ? sp_node_get_length (list) : 0;

  for (guint i = 0; i < length && self->n_exceptions < SP_EXCEPTIONS_MAX; i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      Exception *exception = &self->exceptions[self->n_exceptions];

      if (!read_range (item, TRUE, &exception->from, &exception->until))
        continue;
      exception->state = read_state (item);
      exception->note = sp_node_get_text (item, "note");
      self->n_exceptions++;
    }
}

/* "temporarily closed" lasts as long as the notice says; then one had better ask. */
static void
read_status (Plan *self, const SpNode *body)
{
  const char *status = sp_node_get_text (body, "status");
  const SpNode *notice = sp_node_get (body, "notice");
  gint32 until = sp_civil_parse_date (sp_node_get_text (notice, "until"));

  if (g_strcmp0 (status, "inactive") == 0 || g_strcmp0 (status, "defunct") == 0)
    self->first = G_MAXINT32;
  if (g_strcmp0 (status, "temporarily closed") != 0)
    return;
  self->first = MAX (self->first, until == SP_CIVIL_NO_DAY ? G_MAXINT32 : until + 1);
  self->has_notice = TRUE;
  self->notice.until = G_MAXINT32;
}

static void
read_plan (Plan *self, const SpNode *body)
{
  const SpNode *notice = sp_node_get (body, "notice");

  self->n_schedules = sp_schedule_parse_all (body, self->schedules, &self->complete);
  self->n_exceptions = 0;
  read_exceptions (self, body);
  read_range (sp_node_get (body, "visible"), FALSE, &self->first, &self->last);
  self->notice.note = sp_node_get_text (notice, "text");
  self->has_notice = self->notice.note != NULL; /* a notice without words says nothing */
  read_range (notice, FALSE, &self->notice.from, &self->notice.until);
  read_status (self, body);
}

/* The strongest exception of a day, or NULL. */
static const Exception *
find_exception (const Plan *self, gint32 day)
{
  const Exception *found = NULL;

  for (guint i = 0; i < self->n_exceptions; i++)
    {
      const Exception *one = &self->exceptions[i];
      if (day >= one->from && day <= one->until && (found == NULL || one->state > found->state))
        found = one;
    }
  return found;
}

static gboolean
is_closed (const Plan *self, const Exception *exception, gint32 day)
{
  return day < self->first || day > self->last || (exception != NULL && exception->state == DAY_CLOSED);
}

static SpOccurrence
make_occurrence (const SpSchedule *schedule, gint32 day, SpDoubt doubts)
{
  SpOccurrence self = { day, schedule->opens, schedule->closes, FALSE, doubts, schedule->id, schedule->note };

  if (schedule->freq == SP_FREQ_ALWAYS && self.opens < 0 && self.closes < 0)
    {
      self.always = TRUE;
      self.opens = 0;
      self.closes = SP_MINUTES_A_DAY;
    }
  return self;
}

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const SpOccurrence *one = a, *other = b;

  return one->opens != other->opens ? one->opens - other->opens : one->closes - other->closes;
}

/* Adds what the day's exception and the notice have to say. */
static void
add_doubts (const Plan *self, const Exception *exception, SpOccurrence *occurrence)
{
  gint32 day = occurrence->day;

  if (self->has_notice && day >= self->notice.from && day <= self->notice.until)
    {
      occurrence->doubts |= SP_DOUBT_NOTICE;
      occurrence->note = self->notice.note != NULL ? self->notice.note : occurrence->note;
    }
  if (exception != NULL && exception->state == DAY_ASK)
    occurrence->doubts |= SP_DOUBT_EXCEPTION;
  if (exception != NULL && exception->note != NULL)
    occurrence->note = exception->note;
}

/* All that is on on one day, earliest first. A single day that an exception calls open, though no schedule means it, is
 * on at an hour that nobody told. */
static guint
list_day (const Plan *self, const SpCalendar *calendar, gint32 day, SpOccurrence out[SP_SCHEDULES_MAX])
{
  const Exception *exception = find_exception (self, day);
  gboolean confirmed = exception != NULL && exception->state == DAY_CONFIRMED;
  guint count = 0;

  if (is_closed (self, exception, day))
    return 0;
  for (guint i = 0; i < self->n_schedules; i++)
    {
      SpDoubt doubts;
      if (sp_schedule_matches (&self->schedules[i], calendar, day, confirmed, &doubts))
        out[count++] = make_occurrence (&self->schedules[i], day, doubts);
    }
  if (count == 0 && confirmed && exception->from == exception->until)
    out[count++] = (SpOccurrence){ .day = day, .opens = SP_SCHEDULE_NO_TIME, .closes = SP_SCHEDULE_NO_TIME,
                                   .doubts = SP_DOUBT_EXCEPTION };
  for (guint i = 0; i < count; i++)
    add_doubts (self, exception, &out[i]);
  if (count > 1)
    qsort (out, count, sizeof *out, compare_occurrences);
  return count;
}

static gboolean
is_over (const SpOccurrence *self, SpCivilTime from)
{
  int end = self->closes >= 0 ? self->closes : SP_MINUTES_A_DAY;

  return (self->day - from.day) * SP_MINUTES_A_DAY + end <= from.minute;
}

static gboolean
is_usable (SpCivilTime time)
{
  return time.day > sp_civil_day (SP_CIVIL_MIN_YEAR, 1, 2)
         && time.day < sp_civil_day (SP_CIVIL_MAX_YEAR, 12, 31) - SP_SCHEDULE_HORIZON;
}

/**
 * sp_schedule_next:
 * @body: an asset
 * @from: date and time in the United Kingdom, see sp_clock_now_civil()
 * @calendar: (nullable): bank holidays and terms; %NULL for England and Wales without terms
 * @out: (out caller-allocates) (array length=n): the dates, earliest first
 * @n: how many are wanted
 *
 * The next dates, what is going on at @from among them. What never closes is given once. Dates further ahead than
 * %SP_SCHEDULE_HORIZON days are not found. The occurrences point into @body.
 *
 * Returns: how many there are
 */
guint
sp_schedule_next (const SpNode *body, SpCivilTime from, const SpCalendar *calendar, SpOccurrence *out, guint n)
{
  SpOccurrence today[SP_SCHEDULES_MAX];
  gboolean always = FALSE;
  guint count = 0;
  Plan plan;

  if (!is_usable (from))
    return 0;
  read_plan (&plan, body);
  if (plan.n_schedules == 0 && plan.n_exceptions == 0)
    return 0;
  for (gint32 day = from.day - 1; day <= from.day + SP_SCHEDULE_HORIZON && count < n; day++)
    {
      guint length = list_day (&plan, calendar, day, today);

      for (guint i = 0; i < length && count < n; i++)
        if (!is_over (&today[i], from) && !(today[i].always && always))
          {
            always |= today[i].always;
            out[count++] = today[i];
          }
    }
  return count;
}

/**
 * sp_schedule_between:
 * @body: an asset
 * @first: a day's number
 * @last: a day's number, at most %SP_SCHEDULE_HORIZON days later
 * @calendar: (nullable): bank holidays and terms; %NULL for England and Wales without terms
 * @out: (out caller-allocates) (array length=n): the dates, earliest first
 * @n: how many there is room for
 *
 * All that begins on some days, whether it is over or not. What never closes is given once. The occurrences point into
 * @body.
 *
 * Returns: how many there are
 */
guint
sp_schedule_between (const SpNode *body, gint32 first, gint32 last, const SpCalendar *calendar, SpOccurrence *out, guint n)
{
  SpOccurrence today[SP_SCHEDULES_MAX];
  gboolean always = FALSE;
  guint count = 0;
  Plan plan;

  if (!is_usable ((SpCivilTime){ first, 0 }))
    return 0;
  last = MIN (last, first + SP_SCHEDULE_HORIZON);
  read_plan (&plan, body);
  for (gint32 day = first; day <= last; day++)
    {
      guint length = list_day (&plan, calendar, day, today);
      for (guint i = 0; i < length && count < n; i++)
        if (!(today[i].always && always))
          {
            always |= today[i].always;
            out[count++] = today[i];
          }
    }
  return count;
}

/* Whether a time lies in an occurrence, as far as its hours are known. */
static SpOpenState
get_state_at (const SpOccurrence *self, SpCivilTime at)
{
  int minute = (at.day - self->day) * SP_MINUTES_A_DAY + at.minute;
  int end = self->closes >= 0 ? self->closes : SP_MINUTES_A_DAY;

  if (minute < self->opens || minute >= end)
    return SP_OPEN_CLOSED;
  return self->opens < 0 || self->closes < 0 || self->doubts != SP_DOUBT_NONE ? SP_OPEN_ASK : SP_OPEN_OPEN;
}

/**
 * sp_schedule_open_at:
 * @body: an asset
 * @at: date and time in the United Kingdom
 * @calendar: (nullable): bank holidays and terms; %NULL for England and Wales without terms
 *
 * Returns: whether it is open then; never open or closed where the asset does not say so
 */
SpOpenState
sp_schedule_open_at (const SpNode *body, SpCivilTime at, const SpCalendar *calendar)
{
  SpOccurrence list[SP_SCHEDULES_MAX];
  SpOpenState state = SP_OPEN_UNKNOWN;
  Plan plan;

  if (!is_usable (at))
    return SP_OPEN_UNKNOWN;
  read_plan (&plan, body);
  if (is_closed (&plan, find_exception (&plan, at.day), at.day) || (plan.complete && plan.n_schedules > 0))
    state = SP_OPEN_CLOSED;
  for (gint32 day = at.day - 1; day <= at.day; day++)
    {
      guint length = list_day (&plan, calendar, day, list);

      for (guint i = 0; i < length; i++)
        {
          SpOpenState one = get_state_at (&list[i], at);
          if (one > SP_OPEN_CLOSED)
            state = MAX (state, one);
        }
    }
  return state;
}
