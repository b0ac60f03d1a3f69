/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fact groups, intervals, due dates and their words. */
#include "sp-freshness.h"

static SpNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_groups (void)
{
  SpFactGroup group;

  g_assert_true (sp_fact_group_from_name ("join", &group));
  g_assert_cmpint (group, ==, SP_FACT_JOIN);
  g_assert_false (sp_fact_group_from_name ("weather", &group));
  g_assert_true (sp_fact_group_of_member ("accessibility", &group));
  g_assert_cmpint (group, ==, SP_FACT_PLACE);
  g_assert_false (sp_fact_group_of_member ("name", &group));
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    for (const char *const *member = sp_fact_group_get_members (i); *member != NULL; member++)
      {
        g_assert_true (sp_fact_group_of_member (*member, &group));
        g_assert_cmpint (group, ==, i);
      }
}

typedef struct
{
  const char      *body;
  SpFactGroup      group;
  const char      *today;
  SpFreshnessState state;
  const char      *due; /* nullable */
} Case;

static const Case cases[] = {
  { "{\"kind\":\"service\",\"checked\":{\"times\":{\"on\":\"2026-01-31\"}}}", SP_FACT_TIMES, "2026-04-29", SP_FRESHNESS_FRESH, "2026-04-30" },
  { "{\"kind\":\"service\",\"checked\":{\"times\":{\"on\":\"2026-01-31\"}}}", SP_FACT_TIMES, "2026-04-30", SP_FRESHNESS_DUE, "2026-04-30" },
  { "{\"kind\":\"service\",\"checked\":{\"times\":{\"on\":\"2026-01-31\"}}}", SP_FACT_TIMES, "2026-07-30", SP_FRESHNESS_DUE, "2026-04-30" },
  { "{\"kind\":\"service\",\"checked\":{\"times\":{\"on\":\"2026-01-31\"}}}", SP_FACT_TIMES, "2026-07-31", SP_FRESHNESS_OVERDUE, "2026-04-30" },
  { "{\"kind\":\"group\",\"checked\":{\"times\":{\"on\":\"2026-01-31\"}}}", SP_FACT_TIMES, "2026-04-30", SP_FRESHNESS_FRESH, "2026-07-31" },
  { "{\"kind\":\"place\",\"checked\":{\"times\":{\"on\":\"2024-02-29\"}}}", SP_FACT_TIMES, "2025-02-28", SP_FRESHNESS_DUE, "2025-02-28" },
  { "{\"kind\":\"place\",\"schedules\":[{},{\"booking\":\"drop-in\"}],\"checked\":{\"times\":{\"on\":\"2026-01-01\"}}}", SP_FACT_TIMES, "2026-03-31",
    SP_FRESHNESS_FRESH, "2026-04-01" },
  { "{\"kind\":\"place\",\"schedules\":[{\"booking\":\"drop-in\"}],\"checked\":{\"place\":{\"on\":\"2026-01-01\"}}}", SP_FACT_PLACE, "2026-04-02",
    SP_FRESHNESS_FRESH, "2027-01-01" },
  { "{\"checked\":{\"times\":{\"on\":\"2026-01-01T08:00:00Z\"}}}", SP_FACT_TIMES, "2026-04-01", SP_FRESHNESS_DUE, "2026-04-01" },
  { "{\"kind\":\"group\"}", SP_FACT_COST, "2026-04-01", SP_FRESHNESS_NEVER, NULL },
  { "{\"kind\":\"group\",\"checked\":{\"cost\":{\"on\":\"last week\"}}}", SP_FACT_COST, "2026-04-01", SP_FRESHNESS_NEVER, NULL },
  { "{\"kind\":\"group\",\"checked\":\"yes\"}", SP_FACT_COST, "2026-04-01", SP_FRESHNESS_NEVER, NULL },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SpNode) body = parse (cases[i].body);
      g_autofree char *due = NULL;
      SpFreshness read;

      g_test_message ("case %u", i);
      sp_freshness_read (NULL, body, cases[i].group, sp_civil_parse_date (cases[i].today), &read);
      due = read.due != SP_CIVIL_NO_DAY ? sp_civil_format_date (read.due) : NULL;
      g_assert_cmpint (read.state, ==, cases[i].state);
      g_assert_cmpstr (due, ==, cases[i].due);
    }
}

static void
test_rules (void)
{
  g_autoptr (SpNode) body = parse ("{\"kind\":\"group\",\"checked\":{\"times\":{\"on\":\"2026-01-01\"}}}");
  g_autoptr (GError) error = NULL;
  SpFreshnessRules rules = { 0 };
  SpFreshness read;

  g_assert_true (sp_freshness_rules_set (&rules, "group", "times", 1, &error));
  g_assert_no_error (error);
  sp_freshness_read (&rules, body, SP_FACT_TIMES, sp_civil_day (2026, 2, 1), &read);
  g_assert_cmpint (read.state, ==, SP_FRESHNESS_DUE);
  g_assert_true (sp_freshness_rules_set (&rules, "group", "times", 0, &error)); /* back to the usual */
  sp_freshness_read (&rules, body, SP_FACT_TIMES, sp_civil_day (2026, 2, 1), &read);
  g_assert_cmpint (read.state, ==, SP_FRESHNESS_FRESH);

  g_assert_false (sp_freshness_rules_set (&rules, "shop", "times", 1, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_freshness_rules_set (&rules, "group", "weather", 1, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sp_freshness_rules_set (&rules, "group", "times", 121, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
test_worst (void)
{
  g_autoptr (SpNode) body = parse ("{\"kind\":\"group\",\"free\":true,\"url\":\"https://example.org/\","
                                   "\"checked\":{\"cost\":{\"on\":\"2026-01-01\"},\"contact\":{\"on\":\"2026-01-01\"}}}");
  g_autoptr (SpNode) empty = parse ("{}");

  g_assert_cmpint (sp_freshness_worst (NULL, body, sp_civil_day (2026, 1, 2)), ==, SP_FRESHNESS_FRESH);
  g_assert_cmpint (sp_freshness_worst (NULL, body, sp_civil_day (2026, 7, 1)), ==, SP_FRESHNESS_DUE);
  g_assert_cmpint (sp_freshness_worst (NULL, body, sp_civil_day (2027, 1, 1)), ==, SP_FRESHNESS_OVERDUE);
  sp_node_set (body, "schedules", sp_node_new_array ());
  g_assert_cmpint (sp_freshness_worst (NULL, body, sp_civil_day (2026, 1, 2)), ==, SP_FRESHNESS_NEVER);
  g_assert_cmpint (sp_freshness_worst (NULL, empty, sp_civil_day (2026, 1, 2)), ==, SP_FRESHNESS_NEVER);
}

static void
test_words (void)
{
  static const struct { int days; const char *how; const char *words; } table[] = {
    { 0, "phone", "checked today by phone" },
    { -3, "phone", "checked today by phone" },
    { 1, "visit", "checked yesterday on a visit" },
    { 13, NULL, "checked 13 days ago" },
    { 14, "phone", "checked 2 weeks ago by phone" },
    { 23, "phone", "checked 3 weeks ago by phone" },
    { 62, "owner", "confirmed 2 months ago by those who run it" },
    { 365, "imported", "taken from a list 12 months ago" },
    { 731, "carrier pigeon", "checked 2 years ago" },
  };
  SpFreshness never = { SP_FRESHNESS_NEVER, SP_CIVIL_NO_DAY, SP_CIVIL_NO_DAY, SP_CIVIL_NO_DAY, NULL };
  g_autofree char *words = sp_freshness_get_words (&never, 20000);

  g_assert_cmpstr (words, ==, "never checked");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      SpFreshness read = { SP_FRESHNESS_FRESH, 20000 - table[i].days, 20100, 20200, table[i].how };
      g_autofree char *text = sp_freshness_get_words (&read, 20000);
      g_assert_cmpstr (text, ==, table[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/freshness/groups", test_groups);
  g_test_add_func ("/freshness/states", test_states);
  g_test_add_func ("/freshness/rules", test_rules);
  g_test_add_func ("/freshness/worst", test_worst);
  g_test_add_func ("/freshness/words", test_words);
  return g_test_run ();
}
