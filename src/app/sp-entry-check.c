/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way of saving an entry, in sentences that say what to do, each with the member it is about. Only
 * what the edit changes is looked at: nobody is kept from correcting a telephone number by an old mistake elsewhere. */
#include "sp-entry-edit.h"

#include "sp-field.h"
#include "sp-schedule.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/**
 * sp_entry_problem_new:
 * @path: the member it is about
 * @sentence: what is wrong, for a person
 *
 * Returns: (transfer full): the problem; belongs to a list of sp_entry_check()
 */
SpEntryProblem *
sp_entry_problem_new (const char *path, const char *sentence)
{
  SpEntryProblem *problem = g_new (SpEntryProblem, 1);

  *problem = (SpEntryProblem){ g_strdup (path), g_strdup (sentence) };
  return problem;
}

/**
 * sp_entry_problem_free:
 * @problem: (transfer full): a problem
 */
void
sp_entry_problem_free (gpointer problem)
{
  SpEntryProblem *self = problem;

  g_free (self->path);
  g_free (self->sentence);
  g_free (self);
}

static void
complain (GPtrArray *problems, const char *path, const char *sentence)
{
  g_ptr_array_add (problems, sp_entry_problem_new (path, sentence));
}

static void
check_needed (const SpNode *body, gboolean is_new, GPtrArray *problems)
{
  const char *name = sp_node_get_text (body, "name");
  guint categories = sp_node_get_length (sp_node_get (body, "categories"));

  if (sp_node_get_text (body, "kind") == NULL && is_new)
    complain (problems, "kind", _("Say what it is: a place, a service or a group."));
  if (name == NULL || *name == '\0')
    complain (problems, "name", _("Give it the name that people know it by."));
  if (is_new && categories == 0)
    complain (problems, "categories", _("Choose at least one category, so that people can find it."));
  if (categories > SP_ENTRY_MAX_CATEGORIES)
    complain (problems, "categories", _("Choose at most eight categories."));
}

/* Dates as text compare as dates. */
static void
check_order (const SpNode *object, const char *from, const char *until, const char *path, GPtrArray *problems)
{
  const char *first = sp_node_get_text (object, from), *last = sp_node_get_text (object, until);
  g_autofree char *where = g_strconcat (path, ".", until, NULL);

  if (first != NULL && last != NULL && strcmp (last, first) < 0)
    complain (problems, where, _("This is before the day on which it begins."));
}

static void
check_items_order (const SpNode *body, const char *list, GPtrArray *problems)
{
  const SpNode *items = sp_node_get (body, list);

  for (guint i = 0; i < sp_node_get_length (items); i++)
    {
      const SpNode *item = sp_node_get_element (items, i);
      g_autofree char *path = g_strconcat (list, ".", sp_node_get_text (item, "id"), NULL);
      check_order (item, "from", "until", path, problems);
    }
}

static void
check_exceptions (const SpNode *body, GPtrArray *problems)
{
  const SpNode *items = sp_node_get (body, "schedule_exceptions");

  for (guint i = 0; i < sp_node_get_length (items); i++)
    {
      const SpNode *item = sp_node_get_element (items, i);
      g_autofree char *path = g_strconcat ("schedule_exceptions.", sp_node_get_text (item, "id"), ".from", NULL);
      if (sp_node_get_text (item, "from") == NULL && sp_node_get_text (item, "until") == NULL)
        complain (problems, path, _("Say from which day."));
    }
}

static void
check_ages (const SpNode *body, GPtrArray *problems)
{
  const SpNode *eligibility = sp_node_get (body, "eligibility");

  if (sp_node_get_number (eligibility, "maximum_age") < sp_node_get_number (eligibility, "minimum_age"))
    complain (problems, "eligibility.maximum_age", _("This is below the youngest age."));
}

static void
check_place (const SpNode *body, GPtrArray *problems)
{
  const SpNode *location = sp_node_get (body, "location");

  if (location != NULL && (isnan (sp_node_get_number (location, "latitude")) || isnan (sp_node_get_number (location, "longitude"))))
    complain (problems, "location", _("A position needs both a latitude and a longitude."));
}

/* What is missing of one schedule: the member to go to, and the sentence. */
static const char *
find_gap (const SpNode *item, const char **member)
{
  const char *freq = sp_node_get_text (item, "freq");
  const char *opens = sp_node_get_text (item, "opens_at"), *closes = sp_node_get_text (item, "closes_at");
  const char *from = sp_node_get_text (item, "valid_from"), *to = sp_node_get_text (item, "valid_to");

  *member = "freq";
  if (freq == NULL)
    return _("Say how often this is.");
  *member = "dtstart";
  if (strcmp (freq, "once") == 0 && sp_node_get (item, "dtstart") == NULL)
    return _("Say on which date this is.");
  *member = "byday";
  if ((strcmp (freq, "weekly") == 0 || strcmp (freq, "monthly") == 0) && sp_node_get (item, "byday") == NULL
      && sp_node_get (item, "dtstart") == NULL)
    return _("Choose the day of the week.");
  *member = "closes_at";
  if (opens != NULL && g_strcmp0 (opens, closes) == 0)
    return _("It cannot begin and end at the same time.");
  *member = "valid_to";
  if (from != NULL && to != NULL && strcmp (to, from) < 0)
    return _("The season ends before it begins.");
  return NULL;
}

static void
check_schedules (const SpNode *body, GPtrArray *problems)
{
  const SpNode *list = sp_node_get (body, "schedules");

  for (guint i = 0; i < sp_node_get_length (list); i++)
    {
      const SpNode *item = sp_node_get_element (list, i);
      g_autoptr (GError) error = NULL;
      SpSchedule schedule;
      const char *member, *gap = find_gap (item, &member);
      g_autofree char *path = NULL;

      if (gap == NULL && !sp_schedule_parse (item, i + 1, &schedule, &error))
        gap = error->message;
      path = g_strjoin (".", "schedules", sp_node_get_text (item, "id"), member, NULL);
      if (gap != NULL)
        complain (problems, path, gap);
    }
  if (sp_node_get_length (list) > SP_SCHEDULES_MAX)
    complain (problems, "schedules", _("There are too many times; leave some out."));
}

/* Whatever else of the changed members does not fit the table of fields. */
static void
check_fields (const SpNode *changes, GPtrArray *problems)
{
  for (guint i = 0; i < sp_node_get_length (changes); i++)
    {
      const char *name = sp_node_get_name (changes, i);
      g_autoptr (SpNode) alone = sp_node_new_object ();
      g_autoptr (GError) error = NULL;

      if (sp_node_get_kind (sp_node_get_element (changes, i)) == SP_JSON_NULL)
        continue;
      sp_node_set_text (alone, "name", "…"); /* checked already */
      sp_node_set (alone, name, sp_node_ref (sp_node_get_element (changes, i)));
      if (!sp_field_check_body (alone, &error))
        complain (problems, name, error->message);
    }
}

/**
 * sp_entry_check:
 * @body: an entry as it would be saved
 * @changes: the top members that the edit changes
 * @is_new: whether it is a new entry
 *
 * Returns: (transfer full) (element-type SpEntryProblem): what is wrong, in the order of the form
 */
GPtrArray *
sp_entry_check (const SpNode *body, const SpNode *changes, gboolean is_new)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (sp_entry_problem_free);

  check_needed (body, is_new, problems);
  check_place (body, problems);
  if (sp_node_get (changes, "schedules") != NULL)
    check_schedules (body, problems);
  check_exceptions (body, problems);
  check_items_order (body, "schedule_exceptions", problems);
  check_order (sp_node_get (body, "notice"), "from", "until", "notice", problems);
  check_order (sp_node_get (body, "visible"), "from", "until", "visible", problems);
  check_ages (body, problems);
  check_items_order (body, "funding", problems);
  if (problems->len == 0)
    check_fields (changes, problems);
  return problems;
}
