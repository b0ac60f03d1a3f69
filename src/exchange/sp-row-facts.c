/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When, for how much, for whom, building, volunteers; and when the list says that this was
 * checked. What a list says of times is kept as it stands, and becomes schedules too where it is certain. */
#include "sp-row.h"

#include "sp-cells.h"
#include "sp-times.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_schedules (SpRow *row, const char *words)
{
  g_autoptr (SpNode) found = sp_times_read (words);
  SpNode *schedules;

  if (found == NULL)
    return;
  schedules = sp_node_new_array ();
  for (guint i = 0; i < sp_node_get_length (found); i++)
    {
      const SpNode *read = sp_node_get_element (found, i);
      SpNode *item = sp_row_new_item (row, "schedules", i);

      for (guint j = 0; j < sp_node_get_length (read); j++)
        sp_node_set (item, sp_node_get_name (read, j), sp_node_copy (sp_node_get_element (read, j)));
      sp_node_append (schedules, item);
    }
  sp_node_set (row->body, "schedules", schedules);
}

/* "09:00:00" as "09:00"; what is no time stays as it is. */
static char *
short_time (const char *text)
{
  gsize n = strlen (text);

  return g_strndup (text, n == 8 && text[2] == ':' && strcmp (text + 5, ":00") == 0 ? 5 : n);
}

/* A day, an opening and a closing time in columns of their own, as one would say them. */
static void
add_columns_of_times (SpRow *row, GString *all)
{
  const char *day = sp_row_get (row, SP_COLUMN_WEEKDAY);
  const char *opens = sp_row_get (row, SP_COLUMN_OPENS), *closes = sp_row_get (row, SP_COLUMN_CLOSES);
  g_autofree char *from = opens != NULL ? short_time (opens) : NULL;
  g_autofree char *to = closes != NULL ? short_time (closes) : NULL;

  if (day == NULL && from == NULL && to == NULL)
    return;
  if (all->len > 0)
    g_string_append (all, "; ");
  if (day != NULL)
    g_string_append_printf (all, "%c%s", g_ascii_toupper (*day), day + 1);
  if (from != NULL)
    g_string_append_printf (all, "%s%s", day != NULL ? " " : "", from);
  if (to != NULL)
    g_string_append_printf (all, "%s%s", from != NULL ? " to " : day != NULL ? " until " : "until ", to);
}

static void
add_times (SpRow *row)
{
  static const char * const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  g_autofree char *words = sp_row_join (row, SP_COLUMN_WORDS, ", ");
  g_autoptr (GString) all = g_string_new (words);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      const char *hours = sp_row_get (row, SP_COLUMN_MONDAY + i);
      if (hours != NULL)
        g_string_append_printf (all, "%s%s %s", all->len > 0 ? "; " : "", days[i], hours);
    }
  add_columns_of_times (row, all);
  sp_node_set_text (row->body, "schedule_words", all->str);
  add_schedules (row, all->str);
}

/* "£2.50", "2", "£ 3": an amount and nothing else. */
static char *
read_amount (const char *text)
{
  g_autofree char *amount = sp_cell_number (text);

  return amount != NULL && amount[0] != '-' ? g_steal_pointer (&amount) : NULL;
}

static gboolean
says_free (const char *text)
{
  static const char * const words[] = { "free", "free of charge", "no charge", "no cost", "free to attend", "free entry",
                                       "no",   "free service",   "£0",        "0",       "£0.00",          "0.00",
                                       NULL };
  g_autofree char *word = g_ascii_strdown (text, -1);
  gsize n = strlen (word);

  if (n > 0 && (word[n - 1] == '.' || word[n - 1] == '!'))
    word[n - 1] = '\0';
  return g_strv_contains (words, word);
}

static void
add_cost (SpRow *row, SpNode *costs, const char *text)
{
  SpNode *cost = sp_row_new_item (row, "costs", sp_node_get_length (costs));
  g_autofree char *amount = read_amount (text);

  if (amount != NULL)
    {
      sp_node_set (cost, "amount", sp_node_new_lexeme (amount));
      sp_node_set_text (cost, "currency", "GBP");
    }
  else
    sp_node_set_text (cost, "description", text);
  sp_node_append (costs, cost);
}

/* What stands beside an amount: for whom it is, and for what. */
static void
add_cost_words (SpRow *row, SpNode *costs)
{
  const char *option = sp_row_get (row, SP_COLUMN_COST_OPTION), *type = sp_row_get (row, SP_COLUMN_COST_TYPE);
  SpNode *cost;

  if (option == NULL && type == NULL)
    return;
  if (sp_node_get_length (costs) == 0)
    sp_node_append (costs, sp_row_new_item (row, "costs", 0));
  cost = sp_node_get_element (costs, 0);
  sp_node_set_text (cost, "option", option);
  if (type != NULL && sp_node_get (cost, "description") == NULL)
    sp_node_set_text (cost, "description", type);
}

static void
add_costs (SpRow *row)
{
  g_autoptr (SpNode) costs = sp_node_new_array ();
  const char *text = sp_row_get (row, SP_COLUMN_FREE);
  gboolean value = FALSE, is_option = sp_row_get (row, SP_COLUMN_COST_OPTION) != NULL;

  if (text != NULL && sp_cell_boolean (text, &value))
    sp_node_set (row->body, "free", sp_node_new_boolean (value));
  else if (text != NULL && says_free (text))
    sp_node_set (row->body, "free", sp_node_new_boolean (TRUE));
  else if (text != NULL)
    add_cost (row, costs, text);
  for (int i = -1; (i = sp_row_next (row, SP_COLUMN_COST, i)) >= 0;)
    {
      g_autofree char *amount = is_option ? read_amount (row->clean[i]) : NULL;

      if (amount != NULL) /* nothing for some is not free for all */
        add_cost (row, costs, row->clean[i]);
      else if (says_free (row->clean[i]))
        sp_node_set (row->body, "free", sp_node_new_boolean (TRUE));
      else if (sp_cell_boolean (row->clean[i], &value) && strspn (row->clean[i], "0123456789") == 0)
        sp_node_set (row->body, "free", sp_node_new_boolean (!value));
      else
        add_cost (row, costs, row->clean[i]);
    }
  add_cost_words (row, costs);
  if (sp_node_get_length (costs) > 0)
    sp_node_set (row->body, "costs", g_steal_pointer (&costs));
}

/* A whole number that is not negative; anything else is told. */
static void
set_whole_number (SpRow *row, SpNode *object, const char *member, SpColumnField field)
{
  int column = sp_row_next (row, field, -1);
  g_autofree char *number = column >= 0 ? sp_cell_number (row->clean[column]) : NULL;

  if (column < 0)
    return;
  if (number != NULL && strspn (number, "0123456789") == strlen (number) && strlen (number) < 10)
    sp_node_set (object, member, sp_node_new_lexeme (number));
  else
    sp_row_problem (row, column, _("“%s” is not a whole number"), row->clean[column]);
}

static void
add_eligibility (SpRow *row)
{
  SpNode *eligibility = sp_node_new_object ();
  g_autofree char *who = sp_row_join (row, SP_COLUMN_WHO, "; ");
  SpNode *tags = sp_node_new_array ();

  set_whole_number (row, eligibility, "minimum_age", SP_COLUMN_MINIMUM_AGE);
  set_whole_number (row, eligibility, "maximum_age", SP_COLUMN_MAXIMUM_AGE);
  sp_node_set_text (eligibility, "who", who);
  sp_node_set_text (eligibility, "not_for", sp_row_get (row, SP_COLUMN_NOT_FOR));
  for (int i = -1; (i = sp_row_next (row, SP_COLUMN_WHO, i)) >= 0;)
    sp_row_read_people (row->clean[i], tags);
  sp_row_set_part (eligibility, "tags", tags);
  sp_row_set_part (row->body, "eligibility", eligibility);
}

static void
set_flag (SpRow *row, SpNode *object, const char *member, SpColumnField field)
{
  const char *text = sp_row_get (row, field);
  gboolean value;

  if (text != NULL && sp_cell_boolean (text, &value))
    sp_node_set (object, member, sp_node_new_boolean (value));
}

static void
add_building (SpRow *row)
{
  SpNode *building = sp_node_new_object ();
  const char *area = sp_row_get (row, SP_COLUMN_FLOOR_AREA);
  const char *parking = sp_row_get (row, SP_COLUMN_PARKING);
  g_autofree char *area_number = area != NULL ? read_amount (area) : NULL;

  set_whole_number (row, building, "capacity", SP_COLUMN_CAPACITY);
  if (area_number != NULL)
    sp_node_set (building, "floor_area_m2", sp_node_new_lexeme (area_number));
  set_flag (row, building, "kitchen", SP_COLUMN_KITCHEN);
  if (parking != NULL && g_ascii_isdigit (parking[0]))
    set_whole_number (row, building, "parking", SP_COLUMN_PARKING);
  set_flag (row, building, "wifi", SP_COLUMN_WIFI);
  sp_node_set_text (building, "heating", sp_row_get (row, SP_COLUMN_HEATING));
  set_flag (row, building, "generator", SP_COLUMN_GENERATOR);
  sp_row_set_part (row->body, "building", building);
}

static void
add_volunteering (SpRow *row)
{
  const char *text = sp_row_get (row, SP_COLUMN_VOLUNTEERING);
  SpNode *volunteering = sp_node_new_object ();
  gboolean value;

  if (text != NULL && sp_cell_boolean (text, &value))
    sp_node_set (volunteering, "wanted", sp_node_new_boolean (value));
  else
    sp_node_set_text (volunteering, "roles", text);
  sp_row_set_part (row->body, "volunteering", volunteering);
}

/* A clock is only set where the list itself says when it was checked: importing is not checking. */
static void
add_checked (SpRow *row)
{
  static const char * const groups[][2] = { { "schedule_words", "times" }, { "address", "place" },
                                           { "location", "place" },       { "contacts", "contact" },
                                           { "url", "contact" },          { "free", "cost" },
                                           { "costs", "cost" },           { "eligibility", "join" },
                                           { "referral", "join" },        { "building", "building" } };
  int column = sp_row_next (row, SP_COLUMN_CHECKED, -1);
  g_autofree char *date = column >= 0 ? sp_cell_date (row->clean[column]) : NULL;
  SpNode *checked;

  if (column >= 0 && date == NULL)
    sp_row_problem (row, column, _("“%s” is not a date"), row->clean[column]);
  if (date == NULL)
    return;
  checked = sp_node_new_object ();
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (sp_node_get (row->body, groups[i][0]) != NULL && sp_node_get (checked, groups[i][1]) == NULL)
      {
        SpNode *clock = sp_node_new_object ();
        sp_node_set_text (clock, "on", date);
        sp_node_set_text (clock, "how", "imported");
        sp_node_set (checked, groups[i][1], clock);
      }
  sp_row_set_part (row->body, "checked", checked);
}

/**
 * sp_row_add_facts:
 * @self: a row whose place and people were added
 *
 * Adds times, costs, eligibility, referral, accessibility, languages, building, volunteering, and the clocks.
 */
void
sp_row_add_facts (SpRow *self)
{
  add_times (self);
  add_costs (self);
  add_eligibility (self);
  sp_row_add_access (self);
  add_building (self);
  add_volunteering (self);
  add_checked (self);
}
