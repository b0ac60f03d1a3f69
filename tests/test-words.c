/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words made from structure. */
#include "sp-words.h"

#include <math.h>

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

#define ONE(item) "'schedules':[{" item "}]"

static const struct { const char *members; const char *words; } schedules[] = {
  { ONE ("'freq':'weekly','byday':'TU,TH','term':'term','opens_at':'10:00','closes_at':'12:00'"), "Every Tuesday and Thursday in term time, 10 to 12" },
  { ONE ("'freq':'monthly','byday':'2MO','opens_at':'14:00','closes_at':'16:00'") ",'referral':{'how':'ring first'}",
    "2nd Monday of the month, 2pm to 4pm, ring first" },
  { ONE ("'freq':'weekly','interval':2,'byday':'FR','opens_at':'13:30','closes_at':'15:00','dtstart':'2026-11-06'"),
    "Every other Friday, 1.30pm to 3pm, from 6 November 2026" },
  { ONE ("'freq':'weekly','interval':2,'byday':'MO,FR'"), "Every other week on Monday and Friday" },
  { ONE ("'freq':'weekly','interval':3,'byday':'WE'"), "Every 3 weeks on Wednesday" },
  { ONE ("'freq':'always'"), "Always open" },
  { ONE ("'freq':'always','opens_at':'07:00','closes_at':'22:00'"), "Every day, 7am to 10pm" },
  { ONE ("'freq':'once','dtstart':'2026-12-05','opens_at':'11:00','closes_at':'15:00'"), "Once, on 5 December 2026, 11am to 3pm" },
  { ONE ("'freq':'weekly','byday':'MO,TU,WE,TH,FR','opens_at':'09:00','closes_at':'17:00','bank_holidays':'closed'"),
    "Monday to Friday, 9am to 5pm, not on bank holidays" },
  { ONE ("'freq':'weekly','byday':'SU,MO,TU,WE'"), "Monday to Wednesday and Sunday" },
  { ONE ("'freq':'weekly','byday':'MO,TU,SA,SU'"), "Every Monday, Tuesday, Saturday and Sunday" },
  { ONE ("'freq':'weekly','byday':'MO,TU,WE,TH,FR,SA,SU'"), "Every day" },
  { ONE ("'freq':'weekly','dtstart':'2026-12-02'"), "Every Wednesday" },
  { ONE ("'freq':'weekly','byday':'SA','opens_at':'12:00','closes_at':'14:00','booking':'drop-in'"), "Every Saturday, noon to 2pm, drop in" },
  { ONE ("'freq':'weekly','byday':'SA','opens_at':'18:00','closes_at':'00:00','booking':'booked'"), "Every Saturday, 6pm to midnight, book first" },
  { ONE ("'freq':'weekly','byday':'SA','opens_at':'20:00','closes_at':'02:30','booking':'appointment','bank_holidays':'ask'"),
    "Every Saturday, 8pm to 2.30am, by appointment, ask about bank holidays" },
  { ONE ("'freq':'weekly','byday':'MO','opens_at':'09:30','closes_at':'11:45','bank_holidays':'open'"), "Every Monday, 9.30 to 11.45, bank holidays too" },
  { ONE ("'freq':'weekly','byday':'MO','opens_at':'05:00','closes_at':'12:00'"), "Every Monday, 5am to noon" },
  { ONE ("'freq':'weekly','byday':'MO','opens_at':'10:00'"), "Every Monday, from 10am" },
  { ONE ("'freq':'weekly','byday':'MO','closes_at':'16:00'"), "Every Monday, until 4pm" },
  { ONE ("'freq':'weekly','byday':'MO','term':'holidays','valid_from':'2026-10-01','valid_to':'2027-03-31'"),
    "Every Monday in the school holidays, from 1 October 2026 to 31 March 2027" },
  { ONE ("'freq':'weekly','byday':'MO','valid_to':'2027-03-31','note':'bring a mug'"), "Every Monday, until 31 March 2027 (bring a mug)" },
  { ONE ("'freq':'weekly','byday':'MO','valid_from':'2027-03-01'"), "Every Monday, from 1 March 2027" },
  { ONE ("'freq':'monthly','byday':'-1FR'"), "Last Friday of the month" },
  { ONE ("'freq':'monthly','byday':'-2FR'"), "Last but one Friday of the month" },
  { ONE ("'freq':'monthly','byday':'2MO,4MO'"), "2nd and 4th Monday of the month" },
  { ONE ("'freq':'monthly','byday':'1MO,3TH,-1FR'"), "1st Monday, 3rd Thursday and last Friday of the month" },
  { ONE ("'freq':'monthly','byday':'MO,TH'"), "Every Monday and Thursday" },
  { ONE ("'freq':'monthly','byday':'MO','interval':2"), "Every Monday of every other month" },
  { ONE ("'freq':'monthly','byday':'1WE','interval':2"), "1st Wednesday of every other month" },
  { ONE ("'freq':'monthly','byday':'1WE','interval':3"), "1st Wednesday, every 3 months" },
  { ONE ("'freq':'monthly','dtstart':'2026-01-21'"), "The 21st of the month" },
  { "'schedules':[{'freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'12:00'},{'freq':'monthly','byday':'-1SU'},{'freq':'nonsense'}]",
    "Every Tuesday, 10 to 12; last Sunday of the month" },
  { ONE ("'freq':'weekly','byday':'MO','booking':'drop-in'") ",'referral':{'how':'ring first'}", "Every Monday, drop in" },
  { "'name':'Hall'", NULL },
  { "'schedules':[]", NULL },
};

static void
test_schedules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (schedules); i++)
    {
      g_autoptr (SpNode) body = parse (schedules[i].members);
      g_autofree char *words = sp_words_schedules (body);
      SpSchedule schedule;

      g_assert_cmpstr (words, ==, schedules[i].words);
      if (words != NULL && sp_node_get_length (sp_node_get (body, "schedules")) == 1 && sp_node_get (body, "referral") == NULL)
        {
          g_autofree char *alone = NULL;
          g_assert_true (sp_schedule_parse (sp_node_get_path (body, "schedules.1"), 1, &schedule, NULL));
          alone = sp_words_schedule (&schedule);
          g_assert_cmpstr (alone, ==, words);
        }
    }
}

static void
test_occurrences (void)
{
  gint32 today = sp_civil_day (2026, 11, 22);
  const struct { SpOccurrence occurrence; const char *words; } table[] = {
    { { today, 600, 720, FALSE, SP_DOUBT_NONE, NULL, NULL }, "today, 10 to 12" },
    { { today + 1, 840, -1, FALSE, SP_DOUBT_NONE, NULL, NULL }, "tomorrow, from 2pm" },
    { { today + 2, -1, -1, FALSE, SP_DOUBT_TERM, NULL, NULL }, "Tuesday 24 November, ask first" },
    { { sp_civil_day (2027, 1, 5), 600, 780, FALSE, SP_DOUBT_NONE, NULL, NULL }, "Tuesday 5 January 2027, 10am to 1pm" },
    { { today, 0, 1440, TRUE, SP_DOUBT_NONE, NULL, NULL }, "always open" },
    { { today, 0, 1440, TRUE, SP_DOUBT_NOTICE, NULL, NULL }, "today, ask first" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = sp_words_occurrence (&table[i].occurrence, today);
      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static void
test_due (void)
{
  static const struct { SpFreshnessState state; int in_days; const char *words; } table[] = {
    { SP_FRESHNESS_FRESH, 1, "due in 1 day" },    { SP_FRESHNESS_FRESH, 21, "due in 3 weeks" },
    { SP_FRESHNESS_FRESH, 100, "due in 3 months" }, { SP_FRESHNESS_DUE, 0, "due today" },
    { SP_FRESHNESS_DUE, -13, "due for 13 days" }, { SP_FRESHNESS_OVERDUE, -400, "long overdue" },
    { SP_FRESHNESS_NEVER, 0, "never checked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      SpFreshness clock = { table[i].state, 19000, 20000 + table[i].in_days, 20500, NULL };
      g_autofree char *words = sp_words_due (&clock, 20000);
      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static const struct { const char *members; const char *words; } costs[] = {
  { "'free':true", "free" },
  { "'free':false", NULL },
  { "'costs':[{'option':'Session','amount':2.5,'currency':'GBP'}]", "£2.50 a session" },
  { "'costs':[{'option':'hour','amount':10}]", "£10 an hour" },
  { "'costs':[{'option':'Adult','amount':3},{'option':'Child','amount':0.5}]", "Adult £3, Child 50p" },
  { "'costs':[{'amount':0}]", "free" },
  { "'free':true,'costs':[{'amount':0},{'option':'Lunch','amount':4,'description':'two courses'}]", "free, Lunch £4 (two courses)" },
  { "'costs':[{'amount':4,'currency':'EUR'},{'amount':4.05,'currency':'USD'}]", "€4, 4.05 USD" },
  { "'costs':[{'description':'a donation if you can'}]", "a donation if you can" },
  { "'costs':[{'amount':-1},{'amount':1e300},{},7]", NULL },
  { "'costs':{'amount':1}", NULL },
  { "'costs':[{'amount':0.999}]", "£1" },
};

static void
test_costs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      g_autoptr (SpNode) body = parse (costs[i].members);
      g_autofree char *words = sp_words_cost (body);
      g_assert_cmpstr (words, ==, costs[i].words);
    }
}

static const struct { const char *members; const char *words; } eligibility[] = {
  { "'eligibility':{'minimum_age':55}", "Aged 55 and over" },
  { "'eligibility':{'maximum_age':25}", "Aged up to 25" },
  { "'eligibility':{'minimum_age':0,'maximum_age':4}", "Aged up to 4" },
  { "'eligibility':{'minimum_age':16,'maximum_age':25}", "Aged 16 to 25" },
  { "'eligibility':{'minimum_age':18,'maximum_age':18,'who':'carers'}", "Aged 18; carers" },
  { "'eligibility':{'who':'élèves'}", "Élèves" },
  { "'eligibility':{'minimum_age':55,'not_for':'people who need lifting'}", "Aged 55 and over; not for people who need lifting" },
  { "'eligibility':{'minimum_age':-4,'maximum_age':1e9}", NULL },
  { "'eligibility':{}", NULL },
  { "'name':'Hall'", NULL },
};

static void
test_eligibility (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (eligibility); i++)
    {
      g_autoptr (SpNode) body = parse (eligibility[i].members);
      g_autofree char *words = sp_words_eligibility (body);
      g_assert_cmpstr (words, ==, eligibility[i].words);
    }
}

static const struct { double metres; const char *km; const char *miles; } distances[] = {
  { 0, "under 0.1 km", "under ¼ mile" },
  { 380, "0.4 km", "¼ mile" },
  { 805, "0.8 km", "½ mile" },
  { 1200, "1.2 km", "¾ mile" },
  { 1609, "1.6 km", "1 mile" },
  { 2012, "2.0 km", "1¼ miles" },
  { 3219, "3.2 km", "2 miles" },
  { 9960, "10 km", "6 miles" },
  { 12345, "12 km", "8 miles" },
  { -1, NULL, NULL },
  { NAN, NULL, NULL },
  { INFINITY, NULL, NULL },
};

static void
test_distances (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      g_autofree char *km = sp_words_distance (distances[i].metres, FALSE);
      g_autofree char *miles = sp_words_distance (distances[i].metres, TRUE);

      g_assert_cmpstr (km, ==, distances[i].km);
      g_assert_cmpstr (miles, ==, distances[i].miles);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/words/schedules", test_schedules);
  g_test_add_func ("/words/occurrences", test_occurrences);
  g_test_add_func ("/words/due", test_due);
  g_test_add_func ("/words/costs", test_costs);
  g_test_add_func ("/words/eligibility", test_eligibility);
  g_test_add_func ("/words/distances", test_distances);
  return g_test_run ();
}
