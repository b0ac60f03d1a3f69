/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the list says of an entry. */
#include "sp-row-words.h"

#define TODAY 20780 /* 2026-11-23, a Monday */

static void
test_when (void)
{
  static const struct { const char *json; const char *words; } cases[] = {
    { "{}", NULL },
    { "{\"free\":true}", "Free" },
    { "{\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"TU\",\"opens_at\":\"10:00\",\"closes_at\":\"12:00\"}]}", "Tue 10 to 12" },
    { "{\"free\":true,\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"TU,TH\",\"opens_at\":\"10:00\",\"closes_at\":\"12:00\"}]}",
      "Tue, Thu 10 to 12 · free" },
    { "{\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"MO,TU,WE,TH,FR\",\"opens_at\":\"09:00\",\"closes_at\":\"17:00\"},"
      "{\"freq\":\"weekly\",\"byday\":\"SA\",\"opens_at\":\"09:00\",\"closes_at\":\"12:00\"}]}", "Mon to Fri 9am to 5pm; Sat 9 to 12" },
    { "{\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"MO,TU,WE,TH,FR,SA,SU\",\"opens_at\":\"08:00\",\"closes_at\":\"22:00\"}]}",
      "Every day 8am to 10pm" },
    { "{\"schedules\":[{\"freq\":\"always\"}]}", "Always open" },
    /* what does not go on every week is told in full */
    { "{\"schedule_words\":\"Every other Tuesday\",\"schedules\":[{\"freq\":\"weekly\",\"interval\":2,\"byday\":\"TU\"}]}", "Every other Tuesday" },
    { "{\"schedule_words\":\"Tuesdays in term time\",\"schedules\":[{\"freq\":\"weekly\",\"byday\":\"TU\",\"term\":\"term\"}]}", "Tuesdays in term time" },
    { "{\"schedule_words\":\"Ring first\"}", "Ring first" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) body = sp_node_parse (cases[i].json, -1, NULL);
      g_autofree char *words = sp_row_words_when (body);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_notice (void)
{
  static const struct { const char *json; const char *words; } cases[] = {
    { "{}", NULL },
    { "{\"status\":\"active\",\"availability\":{\"state\":\"open\"}}", NULL },
    { "{\"status\":\"temporarily closed\"}", "Temporarily closed" },
    { "{\"availability\":{\"state\":\"full\"}}", "Full" },
    { "{\"availability\":{\"state\":\"waiting list\"}}", "Waiting list" },
    { "{\"status\":\"defunct\",\"availability\":{\"state\":\"full\"}}", "No more" },
    { "{\"notice\":{\"text\":\"Flooded\",\"from\":\"2026-11-20\",\"until\":\"2026-12-01\"}}", "Flooded" },
    { "{\"notice\":{\"text\":\"Flooded\",\"from\":\"2026-11-20\",\"until\":\"2026-11-23\"}}", "Flooded" },
    { "{\"notice\":{\"text\":\"Flooded\",\"until\":\"2026-11-22\"}}", NULL },
    { "{\"notice\":{\"text\":\"Flooded\",\"from\":\"2026-11-24\"}}", NULL },
    { "{\"notice\":{\"text\":\"Flooded\"}}", "Flooded" },
  };

  g_assert_cmpint (sp_civil_day (2026, 11, 23), ==, TODAY);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) body = sp_node_parse (cases[i].json, -1, NULL);
      g_autofree char *words = sp_row_words_notice (body, TODAY);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_freshness (void)
{
  static const struct { const char *on; SpFreshnessState state; const char *words; } cases[] = {
    { "2026-11-02", SP_FRESHNESS_FRESH, "Checked 3 weeks ago by phone" },
    { "2025-10-01", SP_FRESHNESS_DUE, "Due to be checked" },
    { "2024-01-01", SP_FRESHNESS_OVERDUE, "Long overdue a check" },
    { "never", SP_FRESHNESS_NEVER, "Never checked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"kind\":\"place\",\"url\":\"https://example.org/\",\"checked\":{\"contact\":{\"on\":\"%s\",\"how\":\"phone\"}}}", cases[i].on);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);
      SpFreshnessState state;
      g_autofree char *words = sp_row_words_freshness (NULL, body, TODAY, &state);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (state, ==, cases[i].state);
    }
}

/* What is due goes by the intervals that were set. */
static void
test_rules (void)
{
  g_autoptr (SpNode) body = sp_node_parse ("{\"kind\":\"place\",\"url\":\"https://example.org/\",\"checked\":{\"contact\":{\"on\":\"2026-09-01\",\"how\":\"phone\"}}}", -1, NULL);
  SpFreshnessRules rules = { 0 };
  SpFreshnessState state;
  g_autofree char *fresh = sp_row_words_freshness (&rules, body, TODAY, &state);
  g_autofree char *due = NULL;

  g_assert_cmpint (state, ==, SP_FRESHNESS_FRESH);
  g_assert_true (sp_freshness_rules_set (&rules, "place", "contact", 2, NULL));
  due = sp_row_words_freshness (&rules, body, TODAY, &state);
  g_assert_cmpint (state, ==, SP_FRESHNESS_DUE);
  g_assert_cmpstr (due, ==, "Due to be checked");
}

/* No two states have one shape. */
static void
test_icons (void)
{
  for (int a = SP_FRESHNESS_FRESH; a <= SP_FRESHNESS_NEVER; a++)
    for (int b = SP_FRESHNESS_FRESH; b < a; b++)
      g_assert_cmpstr (sp_row_freshness_icon ((SpFreshnessState) a), !=, sp_row_freshness_icon ((SpFreshnessState) b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/row-words/when", test_when);
  g_test_add_func ("/row-words/notice", test_notice);
  g_test_add_func ("/row-words/freshness", test_freshness);
  g_test_add_func ("/row-words/rules", test_rules);
  g_test_add_func ("/row-words/icons", test_icons);
  return g_test_run ();
}
