/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpTimesKind:
 * @SP_TIMES_END: the text is over
 * @SP_TIMES_DAY: a day of the week; @value is 0 for Monday
 * @SP_TIMES_DAYS: several days of the week; @value has bit 0 for Monday
 * @SP_TIMES_CLOCK: a time of day
 * @SP_TIMES_DASH: "-", "to", "until"
 * @SP_TIMES_AND: "and", "&", "+", "/"
 * @SP_TIMES_COMMA: a comma or a bracket
 * @SP_TIMES_COLON: a colon after a day
 * @SP_TIMES_STOP: the end of a sentence: a full stop, a semicolon, a new line
 * @SP_TIMES_ORDINAL: "1st", "last"; @value is 1 to 4, or -1
 * @SP_TIMES_EVERY: "every"
 * @SP_TIMES_OTHER: "other", "alternate", "fortnightly": every second week
 * @SP_TIMES_WEEKLY: "weekly"
 * @SP_TIMES_MONTH: "of the month"
 * @SP_TIMES_FROM: "from", "between", "at": a time follows
 * @SP_TIMES_FILLER: a word that changes nothing
 * @SP_TIMES_DURING: "during", "in": a part of the year follows
 * @SP_TIMES_ONLY: "only"
 * @SP_TIMES_EXCEPT: "except", "not"
 * @SP_TIMES_CLOSED: "closed"
 * @SP_TIMES_INCLUDING: "including"
 * @SP_TIMES_BANK: "bank holidays"
 * @SP_TIMES_TERM: "term time"
 * @SP_TIMES_HOLIDAYS: "school holidays"
 * @SP_TIMES_BOOKING: how one joins; @value is an SpBooking
 * @SP_TIMES_ALWAYS: "24 hours"
 *
 * What a word, or a few of them, say about times.
 */
typedef enum
{
  SP_TIMES_END,
  SP_TIMES_DAY,
  SP_TIMES_DAYS,
  SP_TIMES_CLOCK,
  SP_TIMES_DASH,
  SP_TIMES_AND,
  SP_TIMES_COMMA,
  SP_TIMES_COLON,
  SP_TIMES_STOP,
  SP_TIMES_ORDINAL,
  SP_TIMES_EVERY,
  SP_TIMES_OTHER,
  SP_TIMES_WEEKLY,
  SP_TIMES_MONTH,
  SP_TIMES_FROM,
  SP_TIMES_FILLER,
  SP_TIMES_DURING,
  SP_TIMES_ONLY,
  SP_TIMES_EXCEPT,
  SP_TIMES_CLOSED,
  SP_TIMES_INCLUDING,
  SP_TIMES_BANK,
  SP_TIMES_TERM,
  SP_TIMES_HOLIDAYS,
  SP_TIMES_BOOKING,
  SP_TIMES_ALWAYS,
} SpTimesKind;

/**
 * SpTimesHalf:
 * @SP_TIMES_BARE: not said
 * @SP_TIMES_AM: before noon
 * @SP_TIMES_PM: after noon
 * @SP_TIMES_24: sure by its form: "14:00", "0930", "noon"
 *
 * Which half of the day a time is in.
 */
typedef enum
{
  SP_TIMES_BARE,
  SP_TIMES_AM,
  SP_TIMES_PM,
  SP_TIMES_24,
} SpTimesHalf;

/**
 * SpTimesClock:
 * @hour: 0 to 24, as written
 * @minute: 0 to 59
 * @half: which half of the day
 */
typedef struct
{
  int         hour;
  int         minute;
  SpTimesHalf half;
} SpTimesClock;

/**
 * SpTimesToken:
 * @kind: what it is
 * @value: see #SpTimesKind
 * @clock: of a time
 */
typedef struct
{
  SpTimesKind  kind;
  int          value;
  SpTimesClock clock;
} SpTimesToken;

GArray  *sp_times_tokens (const char *text);
gboolean sp_times_range  (const SpTimesClock *from, const SpTimesClock *to, int *opens, int *closes);
gboolean sp_times_single (const SpTimesClock *at, int *opens);

G_END_DECLS
