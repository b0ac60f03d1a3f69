/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-calendar.h"

G_BEGIN_DECLS

#define SP_SCHEDULE_MAX_BYDAY 16  /* days that one schedule may name */
#define SP_SCHEDULE_MAX_INTERVAL 99
#define SP_SCHEDULES_MAX 64       /* of one asset; those beyond are not looked at */
#define SP_EXCEPTIONS_MAX 256     /* of one asset; those beyond are not looked at */
#define SP_SCHEDULE_HORIZON 1100  /* how many days ahead a next date is looked for */
#define SP_SCHEDULE_NO_TIME -1    /* an hour that nobody told */

/**
 * SpFreq:
 * @SP_FREQ_WEEKLY: every so many weeks
 * @SP_FREQ_MONTHLY: every so many months
 * @SP_FREQ_ONCE: on one day
 * @SP_FREQ_ALWAYS: round the clock
 *
 * How a schedule recurs.
 */
typedef enum
{
  SP_FREQ_WEEKLY,
  SP_FREQ_MONTHLY,
  SP_FREQ_ONCE,
  SP_FREQ_ALWAYS,
} SpFreq;

/**
 * SpTermRule:
 * @SP_TERM_RULE_ANY: in term and out of it
 * @SP_TERM_RULE_TERM: only in the school term
 * @SP_TERM_RULE_HOLIDAYS: only in the school holidays
 *
 * Whether a schedule goes by the school year.
 */
typedef enum
{
  SP_TERM_RULE_ANY,
  SP_TERM_RULE_TERM,
  SP_TERM_RULE_HOLIDAYS,
} SpTermRule;

/**
 * SpBankRule:
 * @SP_BANK_RULE_UNSAID: nobody said; counts as %SP_BANK_RULE_ASK, but is not put into words
 * @SP_BANK_RULE_OPEN: as on any other day
 * @SP_BANK_RULE_CLOSED: closed
 * @SP_BANK_RULE_ASK: one had better ask
 *
 * What happens on a bank holiday.
 */
typedef enum
{
  SP_BANK_RULE_UNSAID,
  SP_BANK_RULE_OPEN,
  SP_BANK_RULE_CLOSED,
  SP_BANK_RULE_ASK,
} SpBankRule;

/**
 * SpBooking:
 * @SP_BOOKING_UNSAID: nobody said
 * @SP_BOOKING_DROP_IN: one just comes
 * @SP_BOOKING_BOOKED: one books a place
 * @SP_BOOKING_APPOINTMENT: one makes an appointment
 *
 * Whether one may just come.
 */
typedef enum
{
  SP_BOOKING_UNSAID,
  SP_BOOKING_DROP_IN,
  SP_BOOKING_BOOKED,
  SP_BOOKING_APPOINTMENT,
} SpBooking;

/**
 * SpSchedule:
 * @id: (nullable): of the item; owned by the body
 * @note: (nullable): owned by the body
 * @freq: how it recurs
 * @interval: every so many weeks or months, from 1
 * @n_days: how many @days there are
 * @days: the days of the week, 0 Monday; @nth 0 every such day, 2 the second of the month, -1 the last
 * @opens: minutes since midnight, 0 to 1439, or %SP_SCHEDULE_NO_TIME
 * @closes: minutes since the midnight before, so that past midnight is more than 1440; or %SP_SCHEDULE_NO_TIME
 * @dtstart: the first day, from which weeks and months are counted, or %SP_CIVIL_NO_DAY
 * @valid_from: not before this day, or %SP_CIVIL_NO_DAY
 * @valid_to: not after this day, or %SP_CIVIL_NO_DAY
 * @term: whether it goes by the school year
 * @bank_holidays: what happens on a bank holiday
 * @booking: whether one may just come
 *
 * One item of `schedules`, read. Plain data that lives as long as the body.
 */
typedef struct
{
  const char *id;
  const char *note;
  SpFreq      freq;
  int         interval;
  guint       n_days;
  struct
  {
    gint8  nth;
    guint8 weekday;
  } days[SP_SCHEDULE_MAX_BYDAY];
  int         opens;
  int         closes;
  gint32      dtstart;
  gint32      valid_from;
  gint32      valid_to;
  SpTermRule  term;
  SpBankRule  bank_holidays;
  SpBooking   booking;
} SpSchedule;

/**
 * SpDoubt:
 * @SP_DOUBT_TERM: it depends on the school term, whose dates are not known
 * @SP_DOUBT_BANK_HOLIDAY: it is a bank holiday, and one must ask
 * @SP_DOUBT_WEEK: it is every other week or month, and nobody said which
 * @SP_DOUBT_EXCEPTION: an exception names the day without saying that it is closed
 * @SP_DOUBT_NOTICE: a notice stands over that day
 *
 * Why one had better ask before going.
 */
typedef enum
{
  SP_DOUBT_NONE = 0,
  SP_DOUBT_TERM = 1 << 0,
  SP_DOUBT_BANK_HOLIDAY = 1 << 1,
  SP_DOUBT_WEEK = 1 << 2,
  SP_DOUBT_EXCEPTION = 1 << 3,
  SP_DOUBT_NOTICE = 1 << 4,
} SpDoubt;

/**
 * SpOccurrence:
 * @day: the day on which it opens
 * @opens: minutes since midnight, or %SP_SCHEDULE_NO_TIME
 * @closes: minutes since the midnight of @day, more than 1440 past midnight, or %SP_SCHEDULE_NO_TIME
 * @always: it never closes
 * @doubts: reasons to ask first
 * @schedule_id: (nullable): the schedule that it comes from; owned by the body
 * @note: (nullable): of the exception or the notice, else of the schedule; owned by the body
 */
typedef struct
{
  gint32      day;
  int         opens;
  int         closes;
  gboolean    always;
  SpDoubt     doubts;
  const char *schedule_id;
  const char *note;
} SpOccurrence;

/**
 * SpOpenState:
 * @SP_OPEN_UNKNOWN: the asset does not say enough
 * @SP_OPEN_CLOSED: closed
 * @SP_OPEN_ASK: perhaps open; one had better ask
 * @SP_OPEN_OPEN: open
 */
typedef enum
{
  SP_OPEN_UNKNOWN,
  SP_OPEN_CLOSED,
  SP_OPEN_ASK,
  SP_OPEN_OPEN,
} SpOpenState;

#define SP_SCHEDULE_MAX_SPANS 32

/**
 * SpScheduleSpan:
 * @weekday: 0 Monday to 6 Sunday, of the day on which it opens
 * @freq: how it recurs
 * @every: whether it is every such day: neither one of the month nor every other week nor once
 * @opens: minutes since midnight, or %SP_SCHEDULE_NO_TIME
 * @closes: minutes since the same midnight, more than 1440 past midnight, or %SP_SCHEDULE_NO_TIME
 * @from: first day on which it holds, or %SP_CIVIL_NO_DAY
 * @until: last day on which it holds, or %SP_CIVIL_NO_DAY
 */
typedef struct
{
  guint8 weekday;
  guint8 freq;
  guint8 every;
  gint16 opens;
  gint16 closes;
  gint32 from;
  gint32 until;
} SpScheduleSpan;

/**
 * SpScheduleSummary:
 * @days: bit 0 Monday to bit 6 Sunday: the days on which it is open in some week or month; a single date does not count
 * @always: open day and night
 * @monthly: something recurs by the month
 * @once: there is a single date
 * @term: something depends on the school term
 * @truncated: there were more spans than fit
 * @n_spans: how many @spans there are
 * @spans: the hours, each day of each schedule one
 *
 * What a list needs to know of an asset's schedules without a date. Closures, notices and the status are left out.
 */
typedef struct
{
  guint8         days;
  gboolean       always;
  gboolean       monthly;
  gboolean       once;
  gboolean       term;
  gboolean       truncated;
  guint          n_spans;
  SpScheduleSpan spans[SP_SCHEDULE_MAX_SPANS];
} SpScheduleSummary;

gboolean    sp_schedule_parse     (const SpNode *item, guint position, SpSchedule *out, GError **error);
gboolean    sp_schedule_check     (const SpNode *body, GError **error);
guint       sp_schedule_parse_all (const SpNode *body, SpSchedule out[SP_SCHEDULES_MAX], gboolean *complete);
gboolean    sp_schedule_matches   (const SpSchedule *self, const SpCalendar *calendar, gint32 day, gboolean confirmed,
                                   SpDoubt *doubts);
guint       sp_schedule_next      (const SpNode *body, SpCivilTime from, const SpCalendar *calendar,
                                   SpOccurrence *out, guint n);
guint       sp_schedule_between   (const SpNode *body, gint32 first, gint32 last, const SpCalendar *calendar,
                                   SpOccurrence *out, guint n);
SpOpenState sp_schedule_open_at   (const SpNode *body, SpCivilTime at, const SpCalendar *calendar);
void        sp_schedule_summarise (const SpNode *body, SpScheduleSummary *out);

G_END_DECLS
