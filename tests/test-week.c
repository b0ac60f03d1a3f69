/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week in a hall, the clocks that somebody sets, and the words for what documents hold in code. */
#include "sp-asset.h"
#include "sp-freshness.h"
#include "sp-week.h"
#include "sp-words.h"

#define MONDAY (sp_civil_day (2026, 11, 23))

static SpNode *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
add (GPtrArray *assets, const char *json)
{
  g_autoptr (SpNode) body = parse (json);

  g_ptr_array_add (assets, sp_asset_new ("asset:x", NULL, body));
}

/* "Mon 0 10.00-12.00; …": day, number of the asset, hours. */
static char *
describe (GArray *events)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const SpWeekEvent *event = &g_array_index (events, SpWeekEvent, i);
      const SpOccurrence *on = &event->occurrence;
      g_string_append_printf (out, "%s%s %u %d-%d%s", i > 0 ? "; " : "", on->always ? "all" : days[on->day - MONDAY], event->asset,
                              on->opens, on->closes, on->doubts != SP_DOUBT_NONE ? "?" : "");
    }
  return g_string_free (out, FALSE);
}

static void
test_week (void)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) events = NULL;
  g_autofree char *words = NULL;
  SpCalendar calendar;

  add (assets, "{'schedules':[{'id':'a','freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:00'}],"
               "'schedule_exceptions':[{'id':'x','from':'2026-11-26','closed':true}]}");
  add (assets, "{'schedules':[{'id':'b','freq':'monthly','byday':'-1FR','opens_at':'22:00','closes_at':'01:00'},"
               "{'id':'c','freq':'once','dtstart':'2026-11-24','opens_at':'09:00'}]}");
  add (assets, "{'schedules':[{'id':'d','freq':'weekly','byday':'SU','opens_at':'10:00','term':'term'},"
               "{'id':'e','freq':'once','dtstart':'2026-11-30','opens_at':'10:00'}]}");
  add (assets, "{'schedules':[{'id':'f','freq':'always'}]}");
  add (assets, "{'name':'Says nothing'}");
  add (assets, "{'status':'temporarily closed','schedules':[{'id':'g','freq':'weekly','byday':'MO'}]}");
  sp_calendar_init (&calendar, SP_NATION_ENGLAND_AND_WALES);
  events = sp_week_list (assets, MONDAY, &calendar);
  words = describe (events);
  g_assert_cmpstr (words, ==, "all 3 0-1440; Tue 1 540--1; Tue 0 600-720; Fri 1 1320-1500; Sun 2 600--1?");
}

static void
test_monday (void)
{
  for (gint32 day = MONDAY; day < MONDAY + 7; day++)
    g_assert_cmpint (sp_week_monday (day), ==, MONDAY);
  g_assert_cmpint (sp_week_monday (MONDAY - 1), ==, MONDAY - 7);
  g_assert_cmpint (sp_week_monday (sp_civil_day (1960, 1, 3)), ==, sp_civil_day (1959, 12, 28)); /* a Sunday before 1970 */
}

/* However many weeks one asks for, and wherever in time, the work has an end. */
static void
test_between_bounds (void)
{
  g_autoptr (SpNode) body = parse ("{'schedules':[{'id':'a','freq':'weekly','byday':'MO','opens_at':'10:00'}]}");
  SpOccurrence out[4];

  g_assert_cmpuint (sp_schedule_between (body, MONDAY, MONDAY + 13, NULL, out, 4), ==, 2);
  g_assert_cmpint (out[1].day, ==, MONDAY + 7);
  g_assert_cmpuint (sp_schedule_between (body, MONDAY, G_MAXINT32, NULL, out, 4), ==, 4);
  g_assert_cmpuint (sp_schedule_between (body, MONDAY, MONDAY - 1, NULL, out, 4), ==, 0);
  g_assert_cmpuint (sp_schedule_between (body, G_MAXINT32 - 3, G_MAXINT32, NULL, out, 4), ==, 0);
  g_assert_cmpuint (sp_schedule_between (body, SP_CIVIL_NO_DAY, MONDAY, NULL, out, 4), ==, 0);
}

/* The clocks after confirming, as canonical JSON. */
static void
expect_clocks (const char *json, const char *group, const char *expected)
{
  g_autoptr (SpNode) body = parse (json);
  g_autoptr (SpNode) changes = sp_freshness_confirm (body, group, "jo", "phone", MONDAY);
  g_autofree char *found = changes != NULL ? sp_node_to_canonical (changes) : NULL;
  g_autofree char *text = expected != NULL ? g_strdelimit (g_strdup (expected), "'", '"') : NULL;

  g_assert_cmpstr (found, ==, text);
}

#define CLOCK "{'by':'jo','how':'phone','on':'2026-11-23'}"

static void
test_confirm (void)
{
  expect_clocks ("{'free':true,'checked':{'cost':{'on':'2020-01-01','how':'visit'},'place':{'on':'2020-01-01'},'later':1}}", "cost",
                 "{'checked':{'cost':" CLOCK ",'later':1,'place':{'on':'2020-01-01'}}}");
  expect_clocks ("{'free':true,'contacts':[],'checked':{'place':{'on':'2020-01-01'}}}", "",
                 "{'checked':{'contact':" CLOCK ",'cost':" CLOCK ",'place':{'on':'2020-01-01'}}}");
  expect_clocks ("{'checked':'odd','url':'https://example.org'}", "contact", "{'checked':{'contact':" CLOCK "}}");
  expect_clocks ("{'name':'Hall'}", "", NULL);
  expect_clocks ("{'name':'Hall'}", "colour", NULL);
}

/* Confirmed facts are fresh, and the body that one began with is as it was. */
static void
test_confirm_makes_fresh (void)
{
  g_autoptr (SpNode) body = parse ("{'kind':'group','free':true,'checked':{'cost':{'on':'2020-01-01'}}}");
  g_autofree char *before = sp_node_to_json (body);
  g_autoptr (SpNode) changes = sp_freshness_confirm (body, "cost", NULL, "owner", MONDAY);
  g_autofree char *after = sp_node_to_json (body);
  SpFreshness clock;

  g_assert_cmpstr (before, ==, after);
  g_assert_null (sp_node_get_path (changes, "checked.cost.by"));
  sp_freshness_read (NULL, changes, SP_FACT_COST, MONDAY, &clock);
  g_assert_cmpint (clock.state, ==, SP_FRESHNESS_FRESH);
  g_assert_cmpint (clock.on, ==, MONDAY);
}

static void
test_words (void)
{
  static const struct { const char *field, *value, *words; } cases[] = {
    { "kind", "group", "Group" },
    { "accessibility.tags", "hearing-loop", "Hearing loop" },
    { "accessibility.tags", "sensory-room", "Sensory room" },
    { "assurance.what", "DBS", "DBS checks" },
    { "status", "é", "É" },
    { "status", "", "" },
  };
  static const struct { const char *code, *words; } languages[] = {
    { "cy", "Welsh" }, { "CY", "Welsh" }, { "cy-GB", "Welsh" }, { "pl_PL", "Polish" }, { "sco", "Scots" }, { "xx", "xx" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = sp_words_value (cases[i].field, cases[i].value);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *words = sp_words_language (languages[i].code);
      g_assert_cmpstr (words, ==, languages[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/week/week", test_week);
  g_test_add_func ("/week/monday", test_monday);
  g_test_add_func ("/week/between-bounds", test_between_bounds);
  g_test_add_func ("/week/confirm", test_confirm);
  g_test_add_func ("/week/confirm-makes-fresh", test_confirm_makes_fresh);
  g_test_add_func ("/week/words", test_words);
  return g_test_run ();
}
