/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "10-2" is ten in the morning to two in the afternoon; "7-9" is breakfast or supper, and nobody can know. What is said
 * here holds for what a community does: nobody meets from two to four in the night. */
#include "sp-times-token.h"

#define NOON (12 * 60)
#define MIDNIGHT (24 * 60)

static int
minutes (const SpTimesClock *clock)
{
  return clock->hour * 60 + clock->minute;
}

/* A time that is sure by itself, in minutes after midnight; -1 if it is not. "12am" is written for noon as for
 * midnight, and "05:00" for the afternoon too. */
static int
get_sure (const SpTimesClock *clock)
{
  switch (clock->half)
    {
    case SP_TIMES_AM:
      return clock->hour >= 1 && clock->hour <= 11 ? minutes (clock) : -1;
    case SP_TIMES_PM:
      if (clock->hour == 0)
        return -1;
      return clock->hour >= 12 ? minutes (clock) : minutes (clock) + NOON;
    case SP_TIMES_24:
      return clock->hour >= 6 ? minutes (clock) : -1;
    case SP_TIMES_BARE:
    default:
      return -1;
    }
}

/* Both without a half of the day. */
static gboolean
read_bare (int from, int to, int *opens, int *closes)
{
  const int hour = 60;

  if (from >= 12 * hour)
    from -= NOON;
  if (to >= 12 * hour)
    to -= NOON;
  if (from >= 9 * hour || (from >= 8 * hour && (to < 8 * hour)))
    {
      /* a morning, or into the afternoon */
      if (to > from || to <= 6 * hour)
        {
          *opens = from;
          *closes = to > from ? to : to + NOON;
          return TRUE;
        }
      return FALSE;
    }
  if (to > from && from < 5 * hour && to <= 9 * hour && (from < 1 * hour ? to <= 6 * hour : TRUE))
    {
      /* an afternoon, or into the evening */
      *opens = from + NOON;
      *closes = to + NOON;
      return TRUE;
    }
  return FALSE;
}

/* Only the end says which half. */
static gboolean
read_by_end (const SpTimesClock *from, int to, int *opens, int *closes)
{
  int start = from->hour == 12 ? minutes (from) - NOON : minutes (from);

  *closes = to;
  if (to >= MIDNIGHT)
    return FALSE;
  if (to > NOON && start + NOON < to)
    *opens = start + NOON;
  else if (start >= 6 * 60 && start < to)
    *opens = start;
  else
    return FALSE;
  return TRUE;
}

/* Only the start says which half. */
static gboolean
read_by_start (int from, const SpTimesClock *to, int *opens, int *closes)
{
  int end = minutes (to);

  *opens = from;
  if (from >= NOON)
    end = to->hour == 12 ? end : end + NOON; /* never past midnight unless that is said */
  else if (end <= from)
    end += NOON;
  *closes = end;
  return end > from && end < MIDNIGHT;
}

/**
 * sp_times_range:
 * @from: when it opens
 * @to: when it closes
 * @opens: (out): minutes since midnight
 * @closes: (out): minutes since the same midnight, more than 1440 past midnight
 *
 * Returns: whether it is sure when that is
 */
gboolean
sp_times_range (const SpTimesClock *from, const SpTimesClock *to, int *opens, int *closes)
{
  int start = get_sure (from);
  int end = get_sure (to);

  if (from->half == SP_TIMES_BARE && to->half == SP_TIMES_BARE)
    return from->hour <= 12 && to->hour <= 12 && from->hour >= 1 && to->hour >= 1
           && read_bare (minutes (from), minutes (to), opens, closes);
  if (from->half == SP_TIMES_BARE)
    {
      if (to->half == SP_TIMES_24 && to->hour > 12 && to->hour < 24)
        start = from->hour >= 6 ? minutes (from) : -1; /* both by the 24-hour clock */
      else
        return end >= 0 && from->hour >= 1 && read_by_end (from, end, opens, closes);
    }
  if (to->half == SP_TIMES_BARE)
    {
      if (from->half == SP_TIMES_24 && from->hour < 12)
        end = to->hour > from->hour ? minutes (to) : -1; /* "09:00-12:00" */
      else
        return start >= 0 && to->hour >= 1 && read_by_start (start, to, opens, closes);
    }
  if (start < 0 || end < 0)
    return FALSE;
  if (end <= start && from->half == SP_TIMES_PM && to->half == SP_TIMES_AM)
    end += MIDNIGHT;
  *opens = start;
  *closes = end;
  return end > start;
}

/**
 * sp_times_single:
 * @at: a time that stands alone
 * @opens: (out): minutes since midnight
 *
 * Returns: whether it is sure when that is
 */
gboolean
sp_times_single (const SpTimesClock *at, int *opens)
{
  *opens = get_sure (at);
  return *opens >= 0 && *opens < MIDNIGHT;
}
