/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the body of an asset says, as the numbers that the projection's tables hold. */
#include "sp-projection-private.h"

static guint
weekday_bit (gint32 day)
{
  return 1u << sp_civil_weekday (day);
}

/* The weekdays that "TU,TH", "2MO" or "-1FR" name. */
static guint
days_from_rule (const char *rule)
{
  static const char names[] = "MOTUWETHFRSASU";
  guint days = 0;

  for (const char *p = rule; *p != '\0' && p[1] != '\0'; p++)
    for (guint i = 0; i < 7; i++)
      if (p[0] == names[2 * i] && p[1] == names[2 * i + 1])
        days |= 1u << i;
  return days;
}

/**
 * sp_facts_hours:
 * @schedule: an item of `schedules`
 *
 * Returns: its days and hours, without regard to terms and exceptions
 */
SpHours
sp_facts_hours (const SpNode *schedule)
{
  const char *freq = sp_node_get_text (schedule, "freq");
  const char *rule = sp_node_get_text (schedule, "byday");
  gint32 start = sp_civil_parse_date (sp_node_get_text (schedule, "dtstart"));
  SpHours hours = {
    .opens = sp_civil_parse_time (sp_node_get_text (schedule, "opens_at")),
    .closes = sp_civil_parse_time (sp_node_get_text (schedule, "closes_at")),
    .from = sp_civil_parse_date (sp_node_get_text (schedule, "valid_from")),
    .to = sp_civil_parse_date (sp_node_get_text (schedule, "valid_to")),
  };

  if (g_strcmp0 (freq, "always") == 0)
    hours.days = 0x7f;
  else if (g_strcmp0 (freq, "once") == 0 && start != SP_CIVIL_NO_DAY)
    hours = (SpHours){ weekday_bit (start), hours.opens, hours.closes, start, start };
  else if (rule != NULL)
    hours.days = days_from_rule (rule);
  else if (start != SP_CIVIL_NO_DAY)
    hours.days = weekday_bit (start);
  if (g_strcmp0 (freq, "always") == 0 && hours.opens < 0)
    hours = (SpHours){ hours.days, 0, 1440, hours.from, hours.to };
  if (hours.closes >= 0 && hours.closes <= hours.opens)
    hours.closes += 1440;
  return hours;
}

/**
 * sp_facts_time_band:
 * @minutes: minutes after midnight; past 1440 on the next day
 *
 * Returns: which three hours of the day that is, 0 to 7
 */
guint
sp_facts_time_band (int minutes)
{
  return (guint) (minutes % SP_MINUTES_A_DAY) / (SP_MINUTES_A_DAY / SP_FACTS_TIME_BANDS);
}

static void
add_bands (SpOpening *opening, const SpHours *hours)
{
  if (hours->opens < 0 || hours->closes < 0)
    return;
  for (int minute = hours->opens; minute < hours->closes; minute += 60)
    opening->bands |= 1u << sp_facts_time_band (minute);
  opening->bands |= 1u << sp_facts_time_band (hours->closes - 1);
}

/**
 * sp_facts_opening:
 * @body: an asset
 *
 * Returns: when it may be open at all, whichever schedule says so
 */
SpOpening
sp_facts_opening (const SpNode *body)
{
  const SpNode *schedules = sp_node_get (body, "schedules");
  SpOpening opening = { .ends = SP_CIVIL_NO_DAY };

  for (guint i = 0; sp_node_is_array (schedules) && i < sp_node_get_length (schedules); i++)
    {
      SpHours hours = sp_facts_hours (sp_node_get_element (schedules, i));

      opening.days |= hours.days;
      add_bands (&opening, &hours);
      if (hours.to != SP_CIVIL_NO_DAY && (opening.ends == SP_CIVIL_NO_DAY || hours.to < opening.ends))
        opening.ends = hours.to;
    }
  return opening;
}

/**
 * sp_facts_cost:
 * @body: an asset
 *
 * Where an entry says that it is not free, an amount of 0 is for some only (carers, referrals) and does not count.
 *
 * Returns: the least one can pay, in pounds; 0 if it is free; NAN if nothing is known
 */
double
sp_facts_cost (const SpNode *body)
{
  const SpNode *costs = sp_node_get (body, "costs");
  gboolean not_free = !sp_node_get_flag (body, "free", TRUE);
  double least = NAN;

  if (sp_node_get_flag (body, "free", FALSE))
    return 0;
  for (guint i = 0; sp_node_is_array (costs) && i < sp_node_get_length (costs); i++)
    {
      double amount = sp_node_get_number (sp_node_get_element (costs, i), "amount");
      if ((isnan (least) || amount < least) && !(not_free && amount == 0))
        least = amount;
    }
  return least;
}

/**
 * sp_facts_available:
 * @body: an asset
 *
 * Returns: whether it is not known to be full or to have a waiting list
 */
gboolean
sp_facts_available (const SpNode *body)
{
  const char *state = sp_node_get_text (sp_node_get (body, "availability"), "state");

  return g_strcmp0 (state, "full") != 0 && g_strcmp0 (state, "waiting list") != 0;
}

/**
 * sp_facts_count:
 * @node: (nullable): an object
 * @member: a name
 *
 * Returns: people, years or places, rounded down, from 0 to a million; NAN for anything else
 */
double
sp_facts_count (const SpNode *node, const char *member)
{
  double value = sp_node_get_number (node, member);

  return value >= 0 && value <= 1e6 ? floor (value) : NAN;
}

/**
 * sp_facts_take_position:
 * @body: an asset
 * @latitude: (inout): degrees north, WGS 84; stays as it is if @body has no position on Earth
 * @longitude: (inout): degrees east
 */
void
sp_facts_take_position (const SpNode *body, double *latitude, double *longitude)
{
  const SpNode *location = sp_node_get (body, "location");
  double north = sp_node_get_number (location, "latitude"), east = sp_node_get_number (location, "longitude");

  if (fabs (north) <= 90 && fabs (east) <= 180)
    {
      *latitude = north;
      *longitude = east;
    }
}

static gint32
earlier (gint32 a, gint32 b)
{
  if (a == SP_CIVIL_NO_DAY || b == SP_CIVIL_NO_DAY)
    return a == SP_CIVIL_NO_DAY ? b : a;
  return MIN (a, b);
}

/* Something that is said and was never checked is due since the first of days. */
static void
read_clocks (const SpNode *body, SpFacts *facts)
{
  facts->due = facts->overdue = SP_CIVIL_NO_DAY;
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      SpFreshness *clock = &facts->clocks[i];

      sp_freshness_read (NULL, body, (SpFactGroup) i, 0, clock);
      if (clock->on == SP_CIVIL_NO_DAY && sp_fact_group_is_present (body, (SpFactGroup) i))
        clock->due = 0;
      facts->due = earlier (facts->due, clock->due);
      facts->overdue = earlier (facts->overdue, clock->overdue);
    }
}

/**
 * sp_facts_read:
 * @body: an asset, which must outlive what is read
 *
 * Returns: what takes looking through it many times
 */
SpFacts
sp_facts_read (const SpNode *body)
{
  SpFacts facts = { .opening = sp_facts_opening (body), .cost = sp_facts_cost (body), .latitude = NAN, .longitude = NAN };

  read_clocks (body, &facts);
  sp_facts_take_position (body, &facts.latitude, &facts.longitude);
  return facts;
}
