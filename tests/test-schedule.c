/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules: what is refused, the next dates, open or closed, and the summary. */
#include "sp-schedule.h"

#include <string.h>

#define ENGLAND SP_NATION_ENGLAND_AND_WALES
#define SCOTLAND SP_NATION_SCOTLAND

/* Terms of autumn 2026 with a half-term holiday from 24 October to 1 November, and of spring 2027. */
static const char terms[] = "{\"type\":\"term-calendar\",\"terms\":["
                            "{\"id\":\"1\",\"from\":\"2026-09-02\",\"until\":\"2026-10-23\"},"
                            "{\"id\":\"2\",\"from\":\"2026-11-02\",\"until\":\"2026-12-18\"},"
                            "{\"id\":\"3\",\"from\":\"2027-01-05\",\"until\":\"2027-02-12\"}]}";

typedef struct
{
  const char *what;
  const char *members; /* of the asset, ' for " */
  const char *from;
  const char *expected; /* occurrences, "; " between; hours unknown as ?; doubts as letters T B W X N */
  gboolean    with_terms;
  SpNation    nation;
} Case;

#define ONE(item) "'schedules':[{" item "}]"

static const Case cases[] = {
  { "weekly, today still counts until it ends", ONE ("'freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:00'"), "2026-11-24T11:59",
    "2026-11-24 10:00-12:00; 2026-11-26 10:00-12:00; 2026-12-01 10:00-12:00" },
  { "weekly, over at its end", ONE ("'freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:00'"), "2026-11-24T12:00",
    "2026-11-26 10:00-12:00; 2026-12-01 10:00-12:00" },
  { "the day from dtstart", ONE ("'freq':'weekly','dtstart':'2026-12-02','opens_at':'10:00','closes_at':'12:00'"), "2026-11-22T09:00",
    "2026-12-02 10:00-12:00; 2026-12-09 10:00-12:00" },
  { "two on one day, in order", "'schedules':[{'freq':'weekly','byday':'MO','opens_at':'14:00','closes_at':'16:00'},"
    "{'freq':'weekly','byday':'MO','opens_at':'09:00','closes_at':'11:00'}]", "2026-11-22T09:00",
    "2026-11-23 09:00-11:00; 2026-11-23 14:00-16:00; 2026-11-30 09:00-11:00" },
  { "hours unknown", ONE ("'freq':'weekly','byday':'MO'"), "2026-11-23T23:59", "2026-11-23 ?-?; 2026-11-30 ?-?" },
  { "past midnight, going on since yesterday", ONE ("'freq':'weekly','byday':'FR','opens_at':'20:00','closes_at':'02:00'"), "2026-11-28T01:59",
    "2026-11-27 20:00-26:00; 2026-12-04 20:00-26:00" },
  { "past midnight, over", ONE ("'freq':'weekly','byday':'FR','opens_at':'20:00','closes_at':'02:00'"), "2026-11-28T02:00",
    "2026-12-04 20:00-26:00" },
  { "until midnight", ONE ("'freq':'weekly','byday':'FR','opens_at':'20:00','closes_at':'24:00'"), "2026-11-27T23:59",
    "2026-11-27 20:00-24:00; 2026-12-04 20:00-24:00" },
  { "every other week", ONE ("'freq':'weekly','interval':2,'byday':'FR','dtstart':'2026-11-06'"), "2026-11-10T09:00",
    "2026-11-20 ?-?; 2026-12-04 ?-?; 2026-12-18 ?-?; 2027-01-01 ?-?B; 2027-01-15 ?-?" },
  { "every other week, dtstart later in its week", ONE ("'freq':'weekly','interval':2,'byday':'MO,FR','dtstart':'2026-11-04'"), "2026-11-01T09:00",
    "2026-11-06 ?-?; 2026-11-16 ?-?; 2026-11-20 ?-?; 2026-11-30 ?-?" },
  { "every third week over the end of a year of 53 weeks", ONE ("'freq':'weekly','interval':3,'byday':'WE','dtstart':'2026-12-09'"), "2026-12-10T09:00",
    "2026-12-30 ?-?; 2027-01-20 ?-?; 2027-02-10 ?-?" },
  { "every other week, nobody knows which", ONE ("'freq':'weekly','interval':2,'byday':'WE'"), "2026-11-22T09:00", "2026-11-25 ?-?W; 2026-12-02 ?-?W" },
  { "second Monday", ONE ("'freq':'monthly','byday':'2MO','opens_at':'14:00','closes_at':'16:00'"), "2026-11-22T09:00",
    "2026-12-14 14:00-16:00; 2027-01-11 14:00-16:00; 2027-02-08 14:00-16:00" },
  { "last Friday", ONE ("'freq':'monthly','byday':'-1FR'"), "2026-11-22T09:00", "2026-11-27 ?-?; 2026-12-25 ?-?B; 2027-01-29 ?-?; 2027-02-26 ?-?" },
  { "last but one Thursday", ONE ("'freq':'monthly','byday':'-2TH'"), "2026-11-01T09:00", "2026-11-19 ?-?; 2026-12-24 ?-?" },
  { "fifth Monday, only where there is one", ONE ("'freq':'monthly','byday':'5MO'"), "2026-11-01T09:00",
    "2026-11-30 ?-?; 2027-03-29 ?-?B; 2027-05-31 ?-?B; 2027-08-30 ?-?B" },
  { "first and third Tuesday", ONE ("'freq':'monthly','byday':'1TU,3TU'"), "2026-11-22T09:00", "2026-12-01 ?-?; 2026-12-15 ?-?; 2027-01-05 ?-?" },
  { "every Wednesday, said by the month", ONE ("'freq':'monthly','byday':'WE'"), "2026-11-22T09:00", "2026-11-25 ?-?; 2026-12-02 ?-?" },
  { "the 31st", ONE ("'freq':'monthly','dtstart':'2026-10-31'"), "2026-11-01T09:00", "2026-12-31 ?-?; 2027-01-31 ?-?; 2027-03-31 ?-?" },
  { "the 29th of February", ONE ("'freq':'monthly','interval':12,'dtstart':'2024-02-29'"), "2026-11-01T09:00", "2028-02-29 ?-?" },
  { "every third month over the end of the year", ONE ("'freq':'monthly','interval':3,'byday':'1WE','dtstart':'2026-08-05'"), "2026-08-06T09:00",
    "2026-11-04 ?-?; 2027-02-03 ?-?; 2027-05-05 ?-?" },
  { "every other month, nobody knows which", ONE ("'freq':'monthly','interval':2,'byday':'1WE'"), "2026-11-22T09:00", "2026-12-02 ?-?W; 2027-01-06 ?-?W" },
  { "last Sunday of March, when the clocks go forward", ONE ("'freq':'monthly','byday':'-1SU','opens_at':'01:30','closes_at':'02:30'"), "2026-03-28T09:00",
    "2026-03-29 01:30-02:30; 2026-04-26 01:30-02:30" },
  { "last Sunday of October, when they go back", ONE ("'freq':'monthly','byday':'-1SU','opens_at':'00:30','closes_at':'02:30'"), "2026-10-25T01:00",
    "2026-10-25 00:30-02:30; 2026-11-29 00:30-02:30" },
  { "once", ONE ("'freq':'once','dtstart':'2026-12-05','opens_at':'11:00'"), "2026-11-22T09:00", "2026-12-05 11:00-?" },
  { "once, on a bank holiday: meant so", ONE ("'freq':'once','dtstart':'2026-12-25'"), "2026-11-22T09:00", "2026-12-25 ?-?" },
  { "once, over", ONE ("'freq':'once','dtstart':'2026-11-21'"), "2026-11-22T09:00", "" },
  { "always", ONE ("'freq':'always'"), "2026-12-25T09:00", "2026-12-25 always" },
  { "always, at these hours", ONE ("'freq':'always','opens_at':'07:00','closes_at':'22:00'"), "2026-11-22T09:00", "2026-11-22 07:00-22:00; 2026-11-23 07:00-22:00" },
  { "valid from and to", ONE ("'freq':'weekly','byday':'MO','valid_from':'2026-11-30','valid_to':'2026-12-07'"), "2026-11-22T09:00",
    "2026-11-30 ?-?; 2026-12-07 ?-?" },
  { "not before dtstart", ONE ("'freq':'weekly','byday':'MO','dtstart':'2026-12-01'"), "2026-11-22T09:00", "2026-12-07 ?-?; 2026-12-14 ?-?" },
  { "beyond the horizon", ONE ("'freq':'weekly','byday':'MO','valid_from':'2036-01-01'"), "2026-11-22T09:00", "" },

  { "in term", ONE ("'freq':'weekly','byday':'TU','term':'term'"), "2026-10-13T09:00", "2026-10-13 ?-?; 2026-10-20 ?-?; 2026-11-03 ?-?", TRUE },
  { "in the holidays", ONE ("'freq':'weekly','byday':'TU','term':'holidays'"), "2026-09-20T09:00",
    "2026-10-27 ?-?; 2026-12-22 ?-?; 2026-12-29 ?-?; 2027-02-16 ?-?T", TRUE },
  { "in term, dates unknown", ONE ("'freq':'weekly','byday':'TU','term':'term'"), "2026-10-13T09:00", "2026-10-13 ?-?T; 2026-10-20 ?-?T; 2026-10-27 ?-?T" },
  { "after the last term entered", ONE ("'freq':'weekly','byday':'TU','term':'term'"), "2027-02-09T09:00", "2027-02-09 ?-?; 2027-02-16 ?-?T", TRUE },

  { "closed on bank holidays", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'closed'"), "2026-05-02T09:00", "2026-05-11 ?-?; 2026-05-18 ?-?; 2026-06-01 ?-?" },
  { "open on bank holidays", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'open'"), "2026-05-02T09:00", "2026-05-04 ?-?; 2026-05-11 ?-?" },
  { "ask on bank holidays", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'ask'"), "2026-05-02T09:00", "2026-05-04 ?-?B; 2026-05-11 ?-?" },
  { "nobody said: ask", ONE ("'freq':'weekly','byday':'MO'"), "2026-05-02T09:00", "2026-05-04 ?-?B; 2026-05-11 ?-?" },
  { "always open, nobody said", ONE ("'freq':'always','opens_at':'07:00','closes_at':'22:00'"), "2026-12-25T09:00", "2026-12-25 07:00-22:00; 2026-12-26 07:00-22:00" },
  { "always but on bank holidays", ONE ("'freq':'always','bank_holidays':'closed'"), "2026-12-25T09:00", "2026-12-27 always" },
  { "Scotland's own", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'closed'"), "2026-06-14T09:00", "2026-06-22 ?-?", FALSE, SCOTLAND },
  { "Easter Monday in Scotland", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'closed'"), "2026-04-05T09:00", "2026-04-06 ?-?", FALSE, SCOTLAND },
  { "12 July", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'closed'"), "2026-07-12T09:00", "2026-07-20 ?-?", FALSE, SP_NATION_NORTHERN_IRELAND },
  { "Christmas Day on a Saturday", ONE ("'freq':'weekly','byday':'SA','bank_holidays':'closed'"), "2027-12-20T09:00", "2028-01-08 ?-?" },

  { "an exception closes", ONE ("'freq':'weekly','byday':'MO'") ",'schedule_exceptions':[{'from':'2026-11-23','until':'2026-12-06','closed':true}]",
    "2026-11-22T09:00", "2026-12-07 ?-?; 2026-12-14 ?-?" },
  { "an exception of one day", ONE ("'freq':'weekly','byday':'MO'") ",'schedule_exceptions':[{'from':'2026-11-23','closed':true}]",
    "2026-11-22T09:00", "2026-11-30 ?-?" },
  { "an exception without an answer", ONE ("'freq':'weekly','byday':'MO'") ",'schedule_exceptions':[{'from':'2026-11-23','note':'at the library'}]",
    "2026-11-22T09:00", "2026-11-23 ?-?X (at the library); 2026-11-30 ?-?" },
  { "an exception opens on a bank holiday", ONE ("'freq':'weekly','byday':'MO','bank_holidays':'closed'")
    ",'schedule_exceptions':[{'from':'2026-12-28','closed':false,'note':'party'}]", "2026-12-22T09:00", "2026-12-28 ?-? (party); 2027-01-04 ?-?" },
  { "an exception opens in the holidays", ONE ("'freq':'weekly','byday':'TU','term':'term'")
    ",'schedule_exceptions':[{'from':'2026-10-27','closed':false}]", "2026-10-26T09:00", "2026-10-27 ?-?; 2026-11-03 ?-?", TRUE },
  { "an extra day", ONE ("'freq':'weekly','byday':'TU'") ",'schedule_exceptions':[{'from':'2026-11-26','closed':false,'note':'extra'}]", "2026-11-25T09:00",
    "2026-11-26 ?-?X (extra); 2026-12-01 ?-?" },
  { "closed wins over open", ONE ("'freq':'weekly','byday':'MO'")
    ",'schedule_exceptions':[{'from':'2026-11-23','closed':false},{'from':'2026-11-20','until':'2026-11-29','closed':true}]", "2026-11-22T09:00", "2026-11-30 ?-?" },
  { "a notice casts doubt while it lasts", ONE ("'freq':'weekly','byday':'MO'") ",'notice':{'text':'Flooded','from':'2026-11-20','until':'2026-11-29'}",
    "2026-11-22T09:00", "2026-11-23 ?-?N (Flooded); 2026-11-30 ?-?" },
  { "temporarily closed", ONE ("'freq':'weekly','byday':'MO'") ",'status':'temporarily closed'", "2026-11-22T09:00", "" },
  { "temporarily closed until", ONE ("'freq':'weekly','byday':'MO'") ",'status':'temporarily closed','notice':{'text':'Roof','until':'2026-11-30'}",
    "2026-11-22T09:00", "2026-12-07 ?-?N (Roof); 2026-12-14 ?-?N (Roof)" },
  { "gone", ONE ("'freq':'always'") ",'status':'defunct'", "2026-11-22T09:00", "" },
  { "asleep", ONE ("'freq':'always'") ",'status':'inactive'", "2026-11-22T09:00", "" },
  { "visible for a time", ONE ("'freq':'weekly','byday':'MO'") ",'visible':{'from':'2026-11-30','until':'2026-12-07'}", "2026-11-22T09:00",
    "2026-11-30 ?-?; 2026-12-07 ?-?" },
  { "what cannot be read is left out", "'schedules':[{'freq':'fortnightly'},7,{'freq':'weekly','byday':'MO'}]", "2026-11-22T09:00", "2026-11-23 ?-?" },
  { "no schedules", "'name':'Hall'", "2026-11-22T09:00", "" },
  { "schedules are no list", "'schedules':'Mondays'", "2026-11-22T09:00", "" },
};

static SpNode *
parse (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{%s}", members);
  g_autoptr (GError) error = NULL;
  SpNode *node;

  g_strdelimit (text, "'", '"');
  node = sp_node_parse (text, -1, &error);
  g_assert_no_error (error);
  return node;
}

static SpCivilTime
parse_time (const char *text)
{
  SpCivilTime time = { sp_civil_parse_date (text), sp_civil_parse_time (text + 11) };

  g_assert_cmpint (time.day, !=, SP_CIVIL_NO_DAY);
  g_assert_cmpint (time.minute, >=, 0);
  return time;
}

static void
make_calendar (SpCalendar *calendar, SpNation nation, gboolean with_terms)
{
  sp_calendar_init (calendar, nation);
  if (with_terms)
    {
      g_autoptr (SpNode) document = sp_node_parse (terms, -1, NULL);
      g_assert_true (sp_calendar_add (calendar, document, NULL));
    }
}

static void
append_time (GString *text, int minutes)
{
  if (minutes < 0)
    g_string_append_c (text, '?');
  else
    g_string_append_printf (text, "%02d:%02d", minutes / 60, minutes % 60);
}

static void
append_occurrence (GString *text, const SpOccurrence *self)
{
  static const char letters[] = "TBWXN";
  g_autofree char *day = sp_civil_format_date (self->day);

  g_string_append_printf (text, "%s%s ", text->len > 0 ? "; " : "", day);
  if (self->always)
    g_string_append (text, "always");
  else
    {
      append_time (text, self->opens);
      g_string_append_c (text, '-');
      append_time (text, self->closes);
    }
  for (int i = 0; letters[i] != '\0'; i++)
    if (self->doubts & (1u << i))
      g_string_append_c (text, letters[i]);
  if (self->note != NULL)
    g_string_append_printf (text, " (%s)", self->note);
}

static guint
count_parts (const char *expected)
{
  guint count = *expected != '\0';

  for (; *expected != '\0'; expected++)
    count += *expected == ';';
  return count;
}

static void
test_next (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) body = parse (cases[i].members);
      g_autoptr (GString) text = g_string_new (NULL);
      guint wanted = count_parts (cases[i].expected);
      SpOccurrence found[8];
      SpCalendar calendar;

      g_test_message ("%s", cases[i].what);
      make_calendar (&calendar, cases[i].nation, cases[i].with_terms);
      wanted = sp_schedule_next (body, parse_time (cases[i].from), &calendar, found, wanted > 0 ? wanted : G_N_ELEMENTS (found));
      for (guint j = 0; j < wanted; j++)
        append_occurrence (text, &found[j]);
      g_assert_cmpstr (text->str, ==, cases[i].expected);
    }
}

/* Every answer of sp_schedule_next() is in order, matches its schedule, and is said to be open at its middle. */
static void
test_next_agrees_with_open_at (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) body = parse (cases[i].members);
      SpOccurrence found[40];
      SpCalendar calendar;
      guint count;

      make_calendar (&calendar, cases[i].nation, cases[i].with_terms);
      count = sp_schedule_next (body, parse_time (cases[i].from), &calendar, found, G_N_ELEMENTS (found));
      for (guint j = 0; j < count; j++)
        {
          int opens = MAX (found[j].opens, 0), closes = found[j].closes >= 0 ? found[j].closes : SP_MINUTES_A_DAY;
          SpCivilTime middle = { found[j].day + (opens + closes) / 2 / SP_MINUTES_A_DAY, (opens + closes) / 2 % SP_MINUTES_A_DAY };
          gboolean sure = found[j].opens >= 0 && found[j].closes >= 0 && found[j].doubts == SP_DOUBT_NONE;

          g_test_message ("%s, %u", cases[i].what, j);
          g_assert_cmpint (sp_schedule_open_at (body, middle, &calendar), ==, sure ? SP_OPEN_OPEN : SP_OPEN_ASK);
          if (j > 0)
            g_assert_cmpint (found[j].day * SP_MINUTES_A_DAY + found[j].opens, >=, found[j - 1].day * SP_MINUTES_A_DAY + found[j - 1].opens);
        }
    }
}

static const struct { const char *what, *members, *at; SpOpenState state; } moments[] = {
  { "within", ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'12:00'"), "2026-11-24T10:00", SP_OPEN_OPEN },
  { "at the end", ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'12:00'"), "2026-11-24T12:00", SP_OPEN_CLOSED },
  { "another day", ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'12:00'"), "2026-11-25T11:00", SP_OPEN_CLOSED },
  { "after midnight", ONE ("'freq':'weekly','byday':'TU','opens_at':'22:00','closes_at':'03:00'"), "2026-11-25T02:59", SP_OPEN_OPEN },
  { "the night before", ONE ("'freq':'weekly','byday':'TU','opens_at':'22:00','closes_at':'03:00'"), "2026-11-24T02:59", SP_OPEN_CLOSED },
  { "no end known", ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00'"), "2026-11-24T10:00", SP_OPEN_ASK },
  { "no end known, before", ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00'"), "2026-11-24T09:59", SP_OPEN_CLOSED },
  { "no beginning known", ONE ("'freq':'weekly','byday':'TU','closes_at':'10:00'"), "2026-11-24T09:59", SP_OPEN_ASK },
  { "no hours known", ONE ("'freq':'weekly','byday':'TU'"), "2026-11-24T03:00", SP_OPEN_ASK },
  { "bank holiday", ONE ("'freq':'weekly','byday':'MO','opens_at':'10:00','closes_at':'12:00'"), "2026-12-28T11:00", SP_OPEN_ASK },
  { "term unknown", ONE ("'freq':'weekly','byday':'MO','opens_at':'10:00','closes_at':'12:00','term':'term'"), "2026-11-23T11:00", SP_OPEN_ASK },
  { "one sure, one in doubt", "'schedules':[{'freq':'weekly','byday':'MO'},{'freq':'weekly','byday':'MO','opens_at':'10:00','closes_at':'12:00'}]",
    "2026-11-23T11:00", SP_OPEN_OPEN },
  { "always", ONE ("'freq':'always'"), "2026-12-25T03:00", SP_OPEN_OPEN },
  { "nothing said", "'name':'Hall'", "2026-11-23T11:00", SP_OPEN_UNKNOWN },
  { "nothing legible", ONE ("'freq':'fortnightly'"), "2026-11-23T11:00", SP_OPEN_UNKNOWN },
  { "half of it legible", "'schedules':[{'freq':'weekly','byday':'TU'},{'freq':'x'}]", "2026-11-23T11:00", SP_OPEN_UNKNOWN },
  { "gone", ONE ("'freq':'always'") ",'status':'defunct'", "2026-11-23T11:00", SP_OPEN_CLOSED },
  { "closed for now, nothing else said", "'status':'temporarily closed'", "2026-11-23T11:00", SP_OPEN_CLOSED },
  { "under a notice", ONE ("'freq':'always'") ",'notice':{'text':'Burst pipe'}", "2026-11-23T11:00", SP_OPEN_ASK },
  { "closed that week", ONE ("'freq':'always'") ",'schedule_exceptions':[{'from':'2026-11-20','until':'2026-11-27','closed':true}]", "2026-11-23T11:00", SP_OPEN_CLOSED },
};

static void
test_open_at (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (SpNode) body = parse (moments[i].members);

      g_test_message ("%s", moments[i].what);
      g_assert_cmpint (sp_schedule_open_at (body, parse_time (moments[i].at), NULL), ==, moments[i].state);
    }
}

static void
test_absurd_times (void)
{
  g_autoptr (SpNode) body = parse (ONE ("'freq':'always'"));
  SpOccurrence found;

  g_assert_cmpint (sp_schedule_next (body, (SpCivilTime){ G_MAXINT32, 0 }, NULL, &found, 1), ==, 0);
  g_assert_cmpint (sp_schedule_next (body, (SpCivilTime){ G_MININT32, 0 }, NULL, &found, 1), ==, 0);
  g_assert_cmpint (sp_schedule_open_at (body, (SpCivilTime){ G_MAXINT32, 0 }, NULL), ==, SP_OPEN_UNKNOWN);
  g_assert_cmpint (sp_schedule_next (body, parse_time ("2026-11-22T09:00"), NULL, &found, 0), ==, 0);
}

static const struct { const char *members; const char *message; } refused[] = {
  { "'schedules':{}", "schedules: expected a list" },
  { "'schedule_exceptions':7", "schedule_exceptions: expected a list" },
  { "'schedules':[7]", "Schedule 1: expected an object" },
  { ONE (""), "Schedule 1, freq: expected weekly, monthly, once or always" },
  { ONE ("'freq':'daily'"), "Schedule 1, freq: expected weekly, monthly, once, always" },
  { "'schedules':[{'freq':'always'},{'freq':'weekly','byday':'TU','term':'summer'}]", "Schedule 2, term: expected any, term, holidays" },
  { ONE ("'freq':'weekly'"), "Schedule 1, byday: expected the days, or dtstart" },
  { ONE ("'freq':'weekly','byday':''"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'weekly','byday':['TU']"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'weekly','byday':'TU,'"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'weekly','byday':'Tue'"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'weekly','byday':'2TU'"), "Schedule 1, byday: expected days without a number, unless it is monthly" },
  { ONE ("'freq':'monthly','byday':'6TU'"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'monthly','byday':'0TU'"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'monthly','byday':'-TU'"), "Schedule 1, byday: expected days such as TU,TH or 2MO" },
  { ONE ("'freq':'weekly','byday':'MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO,MO'"), "Schedule 1, byday: expected fewer days" },
  { ONE ("'freq':'weekly','byday':'TU','interval':0"), "Schedule 1, interval: expected a whole number from 1 to 99" },
  { ONE ("'freq':'weekly','byday':'TU','interval':1.5"), "Schedule 1, interval: expected a whole number from 1 to 99" },
  { ONE ("'freq':'weekly','byday':'TU','interval':'2'"), "Schedule 1, interval: expected a whole number from 1 to 99" },
  { ONE ("'freq':'weekly','byday':'TU','opens_at':'10am'"), "Schedule 1, opens_at: expected a time such as 09:30" },
  { ONE ("'freq':'weekly','byday':'TU','opens_at':'24:00'"), "Schedule 1, opens_at: expected a time before midnight" },
  { ONE ("'freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'10:00'"), "Schedule 1, closes_at: expected another time than opens_at" },
  { ONE ("'freq':'once'"), "Schedule 1, dtstart: expected the date, since it is once" },
  { ONE ("'freq':'once','dtstart':'2026-02-30'"), "Schedule 1, dtstart: expected a date such as 2026-12-05" },
  { ONE ("'freq':'always','valid_from':'2026-02-03','valid_to':'2026-02-02'"), "Schedule 1, valid_to: expected a date not before valid_from" },
  { ONE ("'freq':'always','bank_holidays':true"), "Schedule 1, bank_holidays: expected open, closed, ask" },
  { ONE ("'freq':'always','booking':'ring'"), "Schedule 1, booking: expected drop-in, booked, appointment" },
  { "'schedule_exceptions':[{'closed':true}]", "Exception 1: expected from and until to be dates such as 2026-12-05" },
  { "'schedule_exceptions':[{'from':'soon'}]", "Exception 1: expected from and until to be dates such as 2026-12-05" },
  { "'schedule_exceptions':[{'from':'2026-12-05','until':'2026-12-04'}]", "Exception 1, until: expected a date not before from" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (SpNode) body = parse (refused[i].members);
      g_autoptr (GError) error = NULL;

      g_assert_false (sp_schedule_check (body, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

static void
test_accepted (void)
{
  g_autoptr (SpNode) body = parse ("'schedules':[{'id':'s1','freq':'monthly','interval':2,'byday':'2MO,-1FR','opens_at':'22:00','closes_at':'00:00',"
                                   "'dtstart':'2026-01-01','valid_from':'2026-01-01','valid_to':'2027-01-01','term':'holidays',"
                                   "'bank_holidays':'ask','booking':'appointment','note':'n','colour':'blue'}],"
                                   "'schedule_exceptions':[{'from':'2026-12-04','until':'2026-12-04','closed':true}]");
  g_autoptr (GError) error = NULL;
  SpSchedule s;

  g_assert_true (sp_schedule_check (body, &error));
  g_assert_no_error (error);
  g_assert_true (sp_schedule_parse (sp_node_get_path (body, "schedules.s1"), 1, &s, &error));
  g_assert_cmpstr (s.id, ==, "s1");
  g_assert_cmpint (s.n_days, ==, 2);
  g_assert_cmpint (s.days[0].nth, ==, 2);
  g_assert_cmpint (s.days[1].nth, ==, -1);
  g_assert_cmpint (s.days[1].weekday, ==, 4);
  g_assert_cmpint (s.closes, ==, 24 * 60);
  g_assert_cmpint (s.term, ==, SP_TERM_RULE_HOLIDAYS);
  g_assert_cmpint (s.bank_holidays, ==, SP_BANK_RULE_ASK);
  g_assert_cmpint (s.booking, ==, SP_BOOKING_APPOINTMENT);
}

static void
test_bounds (void)
{
  g_autoptr (SpNode) body = parse ("'schedules':[],'schedule_exceptions':[]");
  SpOccurrence found[100];
  SpScheduleSummary summary;

  for (int i = 0; i < SP_SCHEDULES_MAX + 10; i++)
    sp_node_append (sp_node_get (body, "schedules"), parse ("'freq':'weekly','byday':'MO,TU','opens_at':'10:00'"));
  for (int i = 0; i < SP_EXCEPTIONS_MAX + 10; i++)
    sp_node_append (sp_node_get (body, "schedule_exceptions"), parse ("'from':'2030-01-01','closed':true"));
  g_assert_false (sp_schedule_check (body, NULL));
  g_assert_cmpint (sp_schedule_next (body, parse_time ("2026-11-23T09:00"), NULL, found, G_N_ELEMENTS (found)), ==, 100);
  g_assert_cmpint (found[SP_SCHEDULES_MAX - 1].day, ==, found[0].day);
  g_assert_cmpint (found[SP_SCHEDULES_MAX].day, ==, found[0].day + 1);
  sp_schedule_summarise (body, &summary);
  g_assert_true (summary.truncated);
  g_assert_cmpint (summary.n_spans, ==, SP_SCHEDULE_MAX_SPANS);
  g_assert_cmpint (summary.days, ==, 3);
}

static void
test_summary (void)
{
  g_autoptr (SpNode) body = parse ("'schedules':[{'freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:00','valid_to':'2027-03-31'},"
                                   "{'freq':'monthly','byday':'2SA,4SA','opens_at':'20:00','closes_at':'01:00','term':'term'},"
                                   "{'freq':'once','dtstart':'2026-12-06'},{'freq':'nonsense'}]");
  SpScheduleSummary summary;

  sp_schedule_summarise (body, &summary);
  g_assert_cmpint (summary.days, ==, 1 << 1 | 1 << 3 | 1 << 5);
  g_assert_true (summary.monthly && summary.once && summary.term && !summary.always && !summary.truncated);
  g_assert_cmpint (summary.n_spans, ==, 4);
  g_assert_cmpint (summary.spans[0].weekday, ==, 1);
  g_assert_cmpint (summary.spans[0].opens, ==, 600);
  g_assert_cmpint (summary.spans[0].closes, ==, 720);
  g_assert_true (summary.spans[0].every);
  g_assert_cmpint (summary.spans[0].from, ==, SP_CIVIL_NO_DAY);
  g_assert_cmpint (summary.spans[0].until, ==, sp_civil_day (2027, 3, 31));
  g_assert_cmpint (summary.spans[2].weekday, ==, 5);
  g_assert_cmpint (summary.spans[2].closes, ==, 25 * 60);
  g_assert_false (summary.spans[2].every);
  g_assert_cmpint (summary.spans[3].weekday, ==, 6);
  g_assert_cmpint (summary.spans[3].from, ==, summary.spans[3].until);
  g_assert_cmpint (summary.spans[3].opens, ==, SP_SCHEDULE_NO_TIME);
}

static void
test_summary_always (void)
{
  g_autoptr (SpNode) always = parse (ONE ("'freq':'always'"));
  g_autoptr (SpNode) daily = parse (ONE ("'freq':'always','opens_at':'07:00','closes_at':'22:00'"));
  g_autoptr (SpNode) monthly = parse (ONE ("'freq':'monthly','dtstart':'2026-01-15'"));
  g_autoptr (SpNode) nothing = parse ("");
  SpScheduleSummary summary;

  sp_schedule_summarise (always, &summary);
  g_assert_true (summary.always);
  g_assert_cmpint (summary.days, ==, 0x7f);
  sp_schedule_summarise (daily, &summary);
  g_assert_false (summary.always);
  g_assert_cmpint (summary.days, ==, 0x7f);
  g_assert_cmpint (summary.n_spans, ==, 7);
  sp_schedule_summarise (monthly, &summary);
  g_assert_cmpint (summary.days, ==, 0x7f);
  g_assert_false (summary.spans[0].every);
  sp_schedule_summarise (nothing, &summary);
  g_assert_cmpint (summary.days, ==, 0);
  g_assert_cmpint (summary.n_spans, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/schedule/next", test_next);
  g_test_add_func ("/schedule/next-agrees-with-open-at", test_next_agrees_with_open_at);
  g_test_add_func ("/schedule/open-at", test_open_at);
  g_test_add_func ("/schedule/absurd-times", test_absurd_times);
  g_test_add_func ("/schedule/refused", test_refused);
  g_test_add_func ("/schedule/accepted", test_accepted);
  g_test_add_func ("/schedule/bounds", test_bounds);
  g_test_add_func ("/schedule/summary", test_summary);
  g_test_add_func ("/schedule/summary-always", test_summary_always);
  return g_test_run ();
}
