/* SPDX-License-Identifier: GPL-3.0-or-later */
/* English from schedules: "Every Tuesday and Thursday in term time, 10 to 12", "2nd Monday of the month, 2pm to 4pm,
 * ring first". Parts are put together in the order days, term, hours, booking, bank holidays, season, note. */
#include "sp-words.h"

#include <glib/gi18n-lib.h>

#define EVERY_DAY 0x7f

static const char *const ordinals[] = {
  N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("5th"), N_("6th"), N_("7th"), N_("8th"),
  N_("9th"), N_("10th"), N_("11th"), N_("12th"), N_("13th"), N_("14th"), N_("15th"), N_("16th"),
  N_("17th"), N_("18th"), N_("19th"), N_("20th"), N_("21st"), N_("22nd"), N_("23rd"), N_("24th"),
  N_("25th"), N_("26th"), N_("27th"), N_("28th"), N_("29th"), N_("30th"), N_("31st"),
};

static const char *const from_the_end[] = {
  N_("last"), N_("last but one"), N_("3rd last"), N_("4th last"), N_("5th last"),
};

static guint
get_days (const SpSchedule *self)
{
  guint days = 0;

  if (self->n_days == 0)
    return 1u << sp_civil_weekday (self->dtstart);
  for (guint i = 0; i < self->n_days; i++)
    days |= 1u << self->days[i].weekday;
  return days;
}

/* "Monday to Friday and Sunday"; three days in a row or more are a run. */
static char *
name_days (guint days, gboolean *runs)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int last;

  *runs = FALSE;
  for (int day = 0; day < 7; day = last + 1)
    {
      for (last = day; last < 6 && (days & (1u << (last + 1))) != 0;)
        last++;
      if ((days & (1u << day)) == 0)
        last = day;
      else if (last - day >= 2)
        {
          *runs = TRUE;
          g_ptr_array_add (words, g_strdup_printf (_("%s to %s"), sp_words_weekday (day), sp_words_weekday (last)));
        }
      else
        {
          last = day;
          g_ptr_array_add (words, g_strdup (sp_words_weekday (day)));
        }
    }
  return sp_words_join (words);
}

static char *
get_week_words (const SpSchedule *self)
{
  guint days = get_days (self);
  gboolean runs, single = (days & (days - 1)) == 0;
  g_autofree char *names = NULL;

  if (days == EVERY_DAY && self->interval == 1)
    return g_strdup (_("every day"));
  names = name_days (days, &runs);
  if (self->interval == 1)
    return runs ? g_steal_pointer (&names) : g_strdup_printf (_("every %s"), names);
  if (self->interval == 2)
    return single ? g_strdup_printf (_("every other %s"), names) : g_strdup_printf (_("every other week on %s"), names);
  return g_strdup_printf (_("every %d weeks on %s"), self->interval, names);
}

/* "2nd and 4th Monday": the numbers of one day of the week that stand together, from *@index on. */
static char *
name_numbered_day (const SpSchedule *self, guint *index)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *numbers = NULL;
  guint8 weekday = self->days[*index].weekday;

  if (self->days[*index].nth == 0)
    return g_strdup_printf (_("every %s"), sp_words_weekday (self->days[(*index)++].weekday));
  for (; *index < self->n_days && self->days[*index].weekday == weekday && self->days[*index].nth != 0; (*index)++)
    {
      int nth = self->days[*index].nth;
      g_ptr_array_add (words, (char *) (nth > 0 ? _(ordinals[nth - 1]) : _(from_the_end[-nth - 1])));
    }
  numbers = sp_words_join (words);
  return g_strdup_printf (_("%s %s"), numbers, sp_words_weekday (weekday)); /* Translators: such as 2nd Monday */
}

static char *
name_month_days (const SpSchedule *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  int month_day;

  if (self->n_days == 0)
    {
      sp_civil_split (self->dtstart, NULL, NULL, &month_day);
      return g_strdup_printf (_("the %s"), _(ordinals[month_day - 1])); /* Translators: such as the 15th */
    }
  for (guint i = 0; i < self->n_days;)
    g_ptr_array_add (words, name_numbered_day (self, &i));
  return sp_words_join (words);
}

static gboolean
has_numbers (const SpSchedule *self)
{
  for (guint i = 0; i < self->n_days; i++)
    if (self->days[i].nth != 0)
      return TRUE;
  return self->n_days == 0;
}

static char *
get_month_words (const SpSchedule *self)
{
  g_autofree char *days = NULL;

  if (!has_numbers (self) && self->interval == 1) /* every Monday of every month */
    return get_week_words (self);
  days = name_month_days (self);
  if (self->interval == 1)
    return g_strdup_printf (_("%s of the month"), days);
  if (self->interval == 2)
    return g_strdup_printf (_("%s of every other month"), days);
  return g_strdup_printf (_("%s, every %d months"), days, self->interval);
}

static char *
get_rule_words (const SpSchedule *self)
{
  g_autofree char *date = NULL;

  switch (self->freq)
    {
    case SP_FREQ_WEEKLY:
      return get_week_words (self);
    case SP_FREQ_MONTHLY:
      return get_month_words (self);
    case SP_FREQ_ALWAYS:
      return g_strdup (self->opens < 0 && self->closes < 0 ? _("always open") : _("every day"));
    case SP_FREQ_ONCE:
      break;
    }
  date = sp_words_date (self->dtstart);
  return g_strdup_printf (_("once, on %s"), date);
}

/* The season; the first date only where weeks or months are counted from it. */
static void
append_season (GString *text, const SpSchedule *self)
{
  gint32 from = self->valid_from;
  g_autofree char *start = NULL, *end = NULL;

  if (self->freq == SP_FREQ_ONCE)
    return;
  if (from == SP_CIVIL_NO_DAY && self->interval > 1)
    from = self->dtstart;
  start = from != SP_CIVIL_NO_DAY ? sp_words_date (from) : NULL;
  end = self->valid_to != SP_CIVIL_NO_DAY ? sp_words_date (self->valid_to) : NULL;
  g_string_append (text, start != NULL || end != NULL ? ", " : "");
  if (start != NULL && end != NULL)
    g_string_append_printf (text, _("from %s to %s"), start, end);
  else if (start != NULL)
    g_string_append_printf (text, _("from %s"), start);
  else if (end != NULL)
    g_string_append_printf (text, _("until %s"), end);
}

static void
append_schedule (GString *text, const SpSchedule *self)
{
  static const char *const terms[] = { "", N_(" in term time"), N_(" in the school holidays") };
  static const char *const bookings[] = { "", N_(", drop in"), N_(", book first"), N_(", by appointment") };
  static const char *const banks[] = { "", N_(", bank holidays too"), N_(", not on bank holidays"),
                                       N_(", ask about bank holidays") };
  g_autofree char *rule = get_rule_words (self);
  g_autofree char *hours = sp_words_hours (self->opens, self->closes);

  g_string_append (text, rule);
  g_string_append (text, self->term != SP_TERM_RULE_ANY ? _(terms[self->term]) : "");
  if (hours != NULL)
    g_string_append_printf (text, ", %s", hours);
  g_string_append (text, self->booking != SP_BOOKING_UNSAID ? _(bookings[self->booking]) : "");
  g_string_append (text, self->bank_holidays != SP_BANK_RULE_UNSAID ? _(banks[self->bank_holidays]) : "");
  append_season (text, self);
  if (self->note != NULL && *self->note != '\0')
    g_string_append_printf (text, " (%s)", self->note);
}

/**
 * sp_words_schedule:
 * @schedule: a schedule
 *
 * Returns: (transfer full): such as "Every Tuesday and Thursday in term time, 10 to 12"
 */
char *
sp_words_schedule (const SpSchedule *schedule)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_schedule (text, schedule);
  return sp_words_capitalise (text->str);
}

/**
 * sp_words_schedules:
 * @body: an asset
 *
 * All schedules that can be read, and "ring first" where that is how one joins and no schedule says otherwise: what
 * `schedule_words` holds until somebody writes their own.
 *
 * Returns: (transfer full) (nullable): %NULL if there is none
 */
char *
sp_words_schedules (const SpNode *body)
{
  SpSchedule schedules[SP_SCHEDULES_MAX];
  guint count = sp_schedule_parse_all (body, schedules, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean ring = g_strcmp0 (sp_node_get_text (sp_node_get (body, "referral"), "how"), "ring first") == 0;

  for (guint i = 0; i < count; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      append_schedule (text, &schedules[i]);
      ring = ring && schedules[i].booking == SP_BOOKING_UNSAID;
    }
  if (count == 0)
    return NULL;
  if (ring)
    g_string_append (text, _(", ring first"));
  return sp_words_capitalise (text->str);
}
