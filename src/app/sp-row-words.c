/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the list says of an entry in a line each: when, whether it can be gone to at all, and how far that is to
 * be trusted. Pure functions. */
#include "sp-row-words.h"

#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_SCHEDULES 2 /* in a line */

static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

/* "Mon to Fri", "Tue, Thu", "every day" */
static char *
name_days (guint days)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (days == 0x7f)
    return g_strdup (_("every day"));
  for (int first = 0; first < 7; first++)
    {
      int last = first;

      if (!(days & (1u << first)))
        continue;
      while (last < 6 && (days & (1u << (last + 1))))
        last++;
      if (text->len > 0)
        g_string_append (text, ", ");
      if (last >= first + 2)
        {
          g_string_append_printf (text, _("%s to %s"), _(weekdays[first]), _(weekdays[last])); /* Translators: "Mon to Fri" */
          first = last;
        }
      else
        g_string_append (text, _(weekdays[first]));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A schedule that goes on every week in one short piece; NULL for any other. */
static char *
name_weekly (const SpSchedule *schedule)
{
  guint days = 0;
  g_autofree char *words = NULL, *hours = NULL;

  if (schedule->freq == SP_FREQ_ALWAYS && schedule->opens == SP_SCHEDULE_NO_TIME)
    return g_strdup (_("always open"));
  if (schedule->freq != SP_FREQ_WEEKLY || schedule->interval != 1 || schedule->term != SP_TERM_RULE_ANY || schedule->n_days == 0
      || schedule->valid_from != SP_CIVIL_NO_DAY || schedule->valid_to != SP_CIVIL_NO_DAY)
    return NULL;
  for (guint i = 0; i < schedule->n_days; i++)
    days |= 1u << schedule->days[i].weekday;
  words = name_days (days);
  hours = schedule->opens != SP_SCHEDULE_NO_TIME ? sp_words_hours (schedule->opens, schedule->closes) : NULL;
  return hours != NULL ? g_strdup_printf ("%s %s", words, hours) : g_steal_pointer (&words);
}

/* NULL if not all of them go on every week. */
static char *
name_schedules (const SpNode *body)
{
  const SpNode *schedules = sp_node_get (body, "schedules");
  guint count = sp_node_is_array (schedules) ? sp_node_get_length (schedules) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (count, MOST_SCHEDULES); i++)
    {
      SpSchedule schedule;
      g_autofree char *words = sp_schedule_parse (sp_node_get_element (schedules, i), i, &schedule, NULL) ? name_weekly (&schedule) : NULL;

      if (words == NULL)
        return NULL;
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", words);
    }
  if (count > MOST_SCHEDULES)
    g_string_append (text, "…");
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * sp_row_words_when:
 * @body: an asset
 *
 * Returns: (transfer full) (nullable): when it is open and whether it is free, in a line: "Tue 10am to 12 · free"
 */
char *
sp_row_words_when (const SpNode *body)
{
  const char *told = sp_node_get_text (body, "schedule_words");
  g_autofree char *when = name_schedules (body);
  g_autofree char *line = NULL;

  if (when == NULL)
    when = told != NULL ? g_strdup (told) : sp_words_schedules (body);
  if (sp_node_get_flag (body, "free", FALSE))
    line = when != NULL ? g_strdup_printf (_("%s · free"), when) : g_strdup (_("free")); /* Translators: %s is when it is open */
  else
    line = g_steal_pointer (&when);
  return line != NULL ? sp_words_capitalise (line) : NULL;
}

static gboolean
is_current (const SpNode *notice, gint32 today)
{
  const char *from = sp_node_get_text (notice, "from"), *until = sp_node_get_text (notice, "until");

  return (from == NULL || sp_civil_parse_date (from) <= today)
         && (until == NULL || sp_civil_parse_date (until) == SP_CIVIL_NO_DAY || sp_civil_parse_date (until) >= today);
}

/**
 * sp_row_words_notice:
 * @body: an asset
 * @today: a day's number
 *
 * Returns: (transfer full) (nullable): why one had better not just go: "Temporarily closed", "Full", its notice
 */
char *
sp_row_words_notice (const SpNode *body, gint32 today)
{
  const SpNode *notice = sp_node_get (body, "notice");
  const char *status = sp_node_get_text (body, "status"), *text = sp_node_get_text (notice, "text");
  const char *state = sp_node_get_text (sp_node_get (body, "availability"), "state");

  if (text != NULL && is_current (notice, today))
    return g_strdup (text);
  if (g_strcmp0 (status, "temporarily closed") == 0)
    return g_strdup (_("Temporarily closed"));
  if (g_strcmp0 (status, "inactive") == 0)
    return g_strdup (_("Inactive"));
  if (g_strcmp0 (status, "defunct") == 0)
    return g_strdup (_("No more"));
  if (g_strcmp0 (state, "full") == 0)
    return g_strdup (_("Full"));
  return g_strcmp0 (state, "waiting list") == 0 ? g_strdup (_("Waiting list")) : NULL;
}

/* The group whose clock is the most worrying; of those that are alike, the one checked longest ago. */
static gboolean
find_worst (const SpFreshnessRules *rules, const SpNode *body, gint32 today, SpFreshness *worst)
{
  gboolean any = FALSE;

  for (int group = 0; group < SP_N_FACT_GROUPS; group++)
    {
      SpFreshness clock;

      if (!sp_fact_group_is_present (body, (SpFactGroup) group))
        continue;
      sp_freshness_read (rules, body, (SpFactGroup) group, today, &clock);
      if (!any || clock.state > worst->state || (clock.state == worst->state && clock.on < worst->on))
        *worst = clock;
      any = TRUE;
    }
  return any;
}

/**
 * sp_row_words_freshness:
 * @rules: (nullable): after how long facts are due; %NULL for the built-in intervals
 * @body: an asset
 * @today: a day's number
 * @state: (out): how the worst of its fact groups stands
 *
 * Returns: (transfer full): that in words: "Checked 3 weeks ago", "Due to be checked"
 */
char *
sp_row_words_freshness (const SpFreshnessRules *rules, const SpNode *body, gint32 today, SpFreshnessState *state)
{
  SpFreshness worst = { .state = SP_FRESHNESS_NEVER, .on = SP_CIVIL_NO_DAY };
  g_autofree char *words = NULL;

  find_worst (rules, body, today, &worst);
  *state = worst.state;
  switch (worst.state)
    {
    case SP_FRESHNESS_DUE: return g_strdup (_("Due to be checked"));
    case SP_FRESHNESS_OVERDUE: return g_strdup (_("Long overdue a check"));
    case SP_FRESHNESS_NEVER: return g_strdup (_("Never checked"));
    case SP_FRESHNESS_FRESH:
    default:
      words = sp_freshness_get_words (&worst, today);
      return sp_words_capitalise (words);
    }
}

/**
 * sp_row_freshness_icon:
 * @state: how a clock stands
 *
 * Returns: (transfer none): name of the icon whose shape says the same as its colour
 */
const char *
sp_row_freshness_icon (SpFreshnessState state)
{
  static const char *const icons[] = {
    "signpost-fresh-symbolic", "signpost-due-symbolic", "signpost-overdue-symbolic", "signpost-never-symbolic",
  };

  return icons[state];
}
