/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How old a fact may grow before somebody should ask again: the fact groups, their intervals, and what a clock of
 * `checked` says today. Pure functions; a body may be read by several threads. */
#include "sp-freshness.h"

#include <glib/gi18n-lib.h>

#define MEMBERS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct
{
  const char         *name;
  const char *const  *members;
} groups[SP_N_FACT_GROUPS] = {
  [SP_FACT_TIMES] = { "times", MEMBERS ("schedules", "schedule_exceptions", "schedule_words") },
  [SP_FACT_PLACE] = { "place", MEMBERS ("location", "address", "venue", "accessibility") },
  [SP_FACT_CONTACT] = { "contact", MEMBERS ("contacts", "url") },
  [SP_FACT_COST] = { "cost", MEMBERS ("free", "costs") },
  [SP_FACT_JOIN] = { "join", MEMBERS ("eligibility", "referral", "availability") },
  [SP_FACT_BUILDING] = { "building", MEMBERS ("building") },
};

static const char *const class_names[SP_N_FRESHNESS_CLASSES] = { "drop-in", "service", "group", "place" };

/* In months: times, place, contact, cost, join, building. */
static const guint8 usual_months[SP_N_FRESHNESS_CLASSES][SP_N_FACT_GROUPS] = {
  [SP_FRESHNESS_DROP_IN] = { 3, 12, 6, 6, 6, 12 },
  [SP_FRESHNESS_SERVICE] = { 3, 12, 6, 6, 6, 12 },
  [SP_FRESHNESS_GROUP] = { 6, 12, 6, 12, 6, 12 },
  [SP_FRESHNESS_PLACE] = { 12, 12, 12, 12, 12, 12 },
};

/**
 * sp_fact_group_get_name:
 * @group: a fact group
 *
 * Returns: (transfer none): the name of its clock in `checked`, such as "times"
 */
const char *
sp_fact_group_get_name (SpFactGroup group)
{
  g_return_val_if_fail (group < SP_N_FACT_GROUPS, NULL);
  return groups[group].name;
}

/**
 * sp_fact_group_from_name:
 * @name: (nullable): a member of `checked`, such as "times"
 * @group: (out): the group of that name
 *
 * Returns: whether there is one
 */
gboolean
sp_fact_group_from_name (const char *name, SpFactGroup *group)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (g_strcmp0 (name, groups[i].name) == 0)
      {
        *group = (SpFactGroup) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * sp_fact_group_get_members:
 * @group: a fact group
 *
 * Returns: (transfer none) (array zero-terminated=1): the members of an asset that it covers
 */
const char *const *
sp_fact_group_get_members (SpFactGroup group)
{
  g_return_val_if_fail (group < SP_N_FACT_GROUPS, NULL);
  return groups[group].members;
}

/**
 * sp_fact_group_of_member:
 * @member: a member at the top level of an asset
 * @group: (out): the group that covers it
 *
 * Returns: whether one does; a name or a note grows old with nobody
 */
gboolean
sp_fact_group_of_member (const char *member, SpFactGroup *group)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (g_strv_contains (groups[i].members, member))
      {
        *group = (SpFactGroup) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * sp_fact_group_is_present:
 * @body: an asset
 * @group: a fact group
 *
 * Returns: whether the asset says anything in this group, so that there is something to check
 */
gboolean
sp_fact_group_is_present (const SpNode *body, SpFactGroup group)
{
  g_return_val_if_fail (group < SP_N_FACT_GROUPS, FALSE);
  for (const char *const *member = groups[group].members; *member != NULL; member++)
    if (sp_node_get (body, *member) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_drop_in (const SpNode *body)
{
  const SpNode *schedules = sp_node_get (body, "schedules");

  if (sp_node_is_array (schedules))
    for (guint i = 0; i < sp_node_get_length (schedules); i++)
      if (g_strcmp0 (sp_node_get_text (sp_node_get_element (schedules, i), "booking"), "drop-in") == 0)
        return TRUE;
  return FALSE;
}

/**
 * sp_freshness_class_of:
 * @body: an asset
 * @group: which of its facts
 *
 * Returns: how fast they age; the times of whatever one may drop in to age fastest
 */
SpFreshnessClass
sp_freshness_class_of (const SpNode *body, SpFactGroup group)
{
  const char *kind = sp_node_get_text (body, "kind");

  if (group == SP_FACT_TIMES && has_drop_in (body))
    return SP_FRESHNESS_DROP_IN;
  if (g_strcmp0 (kind, "place") == 0)
    return SP_FRESHNESS_PLACE;
  if (g_strcmp0 (kind, "group") == 0)
    return SP_FRESHNESS_GROUP;
  return SP_FRESHNESS_SERVICE;
}

/**
 * sp_freshness_interval:
 * @rules: (nullable): what an organisation changed
 * @klass: how fast the facts age
 * @group: which facts
 *
 * Returns: the months from one check to the next
 */
guint
sp_freshness_interval (const SpFreshnessRules *rules, SpFreshnessClass klass, SpFactGroup group)
{
  g_return_val_if_fail (klass < SP_N_FRESHNESS_CLASSES && group < SP_N_FACT_GROUPS, 12);
  if (rules != NULL && rules->months[klass][group] != 0)
    return rules->months[klass][group];
  return usual_months[klass][group];
}

/**
 * sp_freshness_rules_set:
 * @rules: the rules to change
 * @klass: "drop-in", "service", "group" or "place"
 * @group: a fact group, such as "times"
 * @months: 1 to %SP_FRESHNESS_MAX_MONTHS, or 0 for the usual interval
 * @error: which of the three is wrong
 *
 * Returns: whether the rule was taken
 */
gboolean
sp_freshness_rules_set (SpFreshnessRules *rules, const char *klass, const char *group, guint months, GError **error)
{
  SpFactGroup which;
  guint row = 0;

  while (row < SP_N_FRESHNESS_CLASSES && g_strcmp0 (klass, class_names[row]) != 0)
    row++;
  if (row == SP_N_FRESHNESS_CLASSES)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                 _("“%s”: expected drop-in, service, group or place"), klass);
  else if (!sp_fact_group_from_name (group, &which))
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                 _("“%s”: expected times, place, contact, cost, join or building"), group);
  else if (months > SP_FRESHNESS_MAX_MONTHS)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                 _("%s, %s: expected at most %d months, not %u"), klass, group, SP_FRESHNESS_MAX_MONTHS, months);
  else
    {
      rules->months[row][which] = (guint8) months;
      return TRUE;
    }
  return FALSE;
}

/**
 * sp_freshness_read:
 * @rules: (nullable): what an organisation changed
 * @body: an asset
 * @group: which of its facts
 * @today: a day's number, see sp_clock_today()
 * @out: (out caller-allocates): how they stand
 *
 * Reads one clock. A clock without a date that exists counts as never checked.
 */
void
sp_freshness_read (const SpFreshnessRules *rules, const SpNode *body, SpFactGroup group, gint32 today, SpFreshness *out)
{
  const SpNode *clock = sp_node_get (sp_node_get (body, "checked"), sp_fact_group_get_name (group));
  int months = (int) sp_freshness_interval (rules, sp_freshness_class_of (body, group), group);

  *out = (SpFreshness){ SP_FRESHNESS_NEVER, SP_CIVIL_NO_DAY, SP_CIVIL_NO_DAY, SP_CIVIL_NO_DAY, NULL };
  out->on = sp_civil_parse_date (sp_node_get_text (clock, "on"));
  if (out->on == SP_CIVIL_NO_DAY)
    return;
  out->how = sp_node_get_text (clock, "how");
  out->due = sp_civil_add_months (out->on, months);
  out->overdue = sp_civil_add_months (out->on, months * 2);
  if (out->overdue != SP_CIVIL_NO_DAY && today >= out->overdue)
    out->state = SP_FRESHNESS_OVERDUE;
  else if (out->due != SP_CIVIL_NO_DAY && today >= out->due)
    out->state = SP_FRESHNESS_DUE;
  else
    out->state = SP_FRESHNESS_FRESH;
}

/**
 * sp_freshness_worst:
 * @rules: (nullable): what an organisation changed
 * @body: an asset
 * @today: a day's number
 *
 * Returns: the worst state of the groups in which the asset says anything; %SP_FRESHNESS_NEVER if it says nothing
 */
SpFreshnessState
sp_freshness_worst (const SpFreshnessRules *rules, const SpNode *body, gint32 today)
{
  SpFreshnessState worst = SP_FRESHNESS_FRESH;
  gboolean any = FALSE;

  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    if (sp_fact_group_is_present (body, (SpFactGroup) i))
      {
        SpFreshness one;
        sp_freshness_read (rules, body, (SpFactGroup) i, today, &one);
        worst = MAX (worst, one.state);
        any = TRUE;
      }
  return any ? worst : SP_FRESHNESS_NEVER;
}

/**
 * sp_freshness_is_overdue:
 * @rules: (nullable): what an organisation changed
 * @body: an asset
 * @today: a day's number
 *
 * What was never checked is not overdue: nobody knows since when.
 *
 * Returns: whether a fact that it tells was to be checked twice, and was not
 */
gboolean
sp_freshness_is_overdue (const SpFreshnessRules *rules, const SpNode *body, gint32 today)
{
  for (guint i = 0; i < SP_N_FACT_GROUPS; i++)
    {
      SpFreshness one;

      sp_freshness_read (rules, body, (SpFactGroup) i, today, &one);
      if (one.state == SP_FRESHNESS_OVERDUE && sp_fact_group_is_present (body, (SpFactGroup) i))
        return TRUE;
    }
  return FALSE;
}

/* "3 weeks ago": in days up to two weeks, then weeks up to two months, then months up to two years. */
static char *
get_age_words (gint32 on, gint32 today)
{
  gint32 days = today - on;

  if (days <= 0)
    return g_strdup (_("today"));
  if (days == 1)
    return g_strdup (_("yesterday"));
  if (days < 14)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) days), days);
  if (days < 61)
    return g_strdup_printf (ngettext ("%d week ago", "%d weeks ago", (gulong) days / 7), days / 7);
  if (days < 730)
    return g_strdup_printf (ngettext ("%d month ago", "%d months ago", (gulong) (days * 12 / 365)), days * 12 / 365);
  return g_strdup_printf (ngettext ("%d year ago", "%d years ago", (gulong) (days / 365)), days / 365);
}

/**
 * sp_freshness_get_words:
 * @self: a clock that was read
 * @today: a day's number
 *
 * Returns: (transfer full): such as "checked 3 weeks ago by phone"
 */
char *
sp_freshness_get_words (const SpFreshness *self, gint32 today)
{
  g_autofree char *age = NULL;

  if (self->on == SP_CIVIL_NO_DAY)
    return g_strdup (_("never checked"));
  age = get_age_words (self->on, today);
  if (g_strcmp0 (self->how, "owner") == 0) /* Translators: %s is an age, such as "3 weeks ago" */
    return g_strdup_printf (_("confirmed %s by those who run it"), age);
  if (g_strcmp0 (self->how, "phone") == 0)
    return g_strdup_printf (_("checked %s by phone"), age);
  if (g_strcmp0 (self->how, "visit") == 0)
    return g_strdup_printf (_("checked %s on a visit"), age);
  if (g_strcmp0 (self->how, "imported") == 0)
    return g_strdup_printf (_("taken from a list %s"), age);
  return g_strdup_printf (_("checked %s"), age);
}
