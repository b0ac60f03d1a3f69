/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules of any document that the gate lets through: read, summed up, told in words, and asked for their next dates. It
 * ends, it points nowhere outside the document, and what it says agrees with itself. */
#include "sp-words.h"

#include <stdint.h>

#define WANTED 20

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_dates (const SpNode *body, const SpCalendar *calendar)
{
  SpCivilTime now = { sp_civil_day (2026, 11, 22), 600 };
  SpOccurrence found[WANTED];
  guint count = sp_schedule_next (body, now, calendar, found, WANTED);

  g_assert_cmpint (count, <=, WANTED);
  for (guint i = 0; i < count; i++)
    {
      SpCivilTime start = { found[i].day, MAX (found[i].opens, 0) };
      g_autofree char *words = sp_words_occurrence (&found[i], now.day);

      g_assert_cmpint (found[i].day, >=, now.day - 1);
      g_assert_cmpint (found[i].day, <=, now.day + SP_SCHEDULE_HORIZON);
      g_assert_cmpint (sp_schedule_open_at (body, start, calendar), >=, SP_OPEN_ASK);
      g_assert_true (i == 0 || found[i].day >= found[i - 1].day);
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

static void
check_summary (const SpNode *body)
{
  SpScheduleSummary summary;

  sp_schedule_summarise (body, &summary);
  g_assert_cmpint (summary.n_spans, <=, SP_SCHEDULE_MAX_SPANS);
  for (guint i = 0; i < summary.n_spans; i++)
    {
      g_assert_cmpint (summary.spans[i].weekday, <, 7);
      g_assert_true (summary.spans[i].freq == SP_FREQ_ONCE || (summary.days & (1u << summary.spans[i].weekday)) != 0);
      g_assert_cmpint (summary.spans[i].opens, <, SP_MINUTES_A_DAY);
      g_assert_cmpint (summary.spans[i].closes, <, 2 * SP_MINUTES_A_DAY);
    }
}

static void
check_words (const SpNode *body)
{
  g_autofree char *schedules = sp_words_schedules (body);
  g_autofree char *cost = sp_words_cost (body);
  g_autofree char *eligibility = sp_words_eligibility (body);
  SpFreshness clock;

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      g_autofree char *age = NULL;
      g_autofree char *due = NULL;

      sp_freshness_read (NULL, body, (SpFactGroup) i, sp_civil_day (2026, 11, 22), &clock);
      age = sp_freshness_get_words (&clock, sp_civil_day (2026, 11, 22));
      due = sp_words_due (&clock, sp_civil_day (2026, 11, 22));
      g_assert_true (*age != '\0' && *due != '\0');
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (SpNode) body = sp_node_parse ((const char *) data, (gssize) size, NULL);
  SpCalendar calendar;

  if (body == NULL)
    return 0;
  sp_calendar_init (&calendar, (SpNation) (size % SP_N_NATIONS));
  sp_calendar_add (&calendar, body, NULL);
  sp_schedule_check (body, NULL);
  check_summary (body);
  check_words (body);
  check_dates (body, &calendar);
  return 0;
}
