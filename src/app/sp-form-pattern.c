/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often something is, between what people say ("the 2nd and 4th Tuesday") and what a schedule holds (`freq`, `interval`
 * and `byday` of RFC 5545: "2TU,4TU"). */
#include "sp-form-pattern.h"

#include <string.h>

static const char codes[7][3] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
static const int numbers[SP_PATTERN_NUMBERS] = { 1, 2, 3, 4, -1 };

/* Reads one part, "TU" or "-1FR", into bits; @number 0 if it has none. */
static gboolean
read_part (const char *part, guint *day, guint *number)
{
  gsize n = strlen (part);
  gint64 count = 0;

  *day = *number = 0;
  if (n < 2)
    return FALSE;
  for (guint i = 0; i < 7; i++)
    if (strcmp (part + n - 2, codes[i]) == 0)
      *day = 1u << i;
  if (n > 2)
    {
      g_autofree char *digits = g_strndup (part, n - 2);
      if (!g_ascii_string_to_signed (digits, 10, -9, 9, &count, NULL))
        return FALSE;
    }
  for (guint i = 0; i < SP_PATTERN_NUMBERS; i++)
    if (count == numbers[i])
      *number = 1u << i;
  return *day != 0 && (n == 2 || *number != 0);
}

static guint
count_bits (guint bits)
{
  guint count = 0;

  for (; bits != 0; bits &= bits - 1)
    count++;
  return count;
}

/**
 * sp_form_pattern_read:
 * @byday: (nullable): the days of a schedule, "TU,TH" or "2MO,4MO"
 * @pattern: (out caller-allocates): what that means
 *
 * Returns: whether it is each of some days with each of some numbers; "1MO,2TU" is not
 */
gboolean
sp_form_pattern_read (const char *byday, SpFormPattern *pattern)
{
  g_auto (GStrv) parts = byday != NULL ? g_strsplit (byday, ",", -1) : NULL;
  guint plain = 0, count = 0;

  *pattern = (SpFormPattern){ 0, 0 };
  for (; parts != NULL && parts[count] != NULL; count++)
    {
      guint day, number;
      if (!read_part (parts[count], &day, &number))
        return FALSE;
      pattern->days |= day;
      pattern->numbers |= number;
      plain += number == 0;
    }
  if (plain > 0)
    return plain == count && count == count_bits (pattern->days);
  return count == count_bits (pattern->days) * count_bits (pattern->numbers);
}

/**
 * sp_form_pattern_write:
 * @pattern: days and numbers
 *
 * Returns: (transfer full) (nullable): the `byday` of a schedule; %NULL if there are no days
 */
char *
sp_form_pattern_write (const SpFormPattern *pattern)
{
  g_autoptr (GString) byday = g_string_new (NULL);

  for (guint day = 0; day < 7; day++)
    for (guint i = 0; (pattern->days & (1u << day)) != 0 && i < SP_PATTERN_NUMBERS; i++)
      if (pattern->numbers == 0 ? i == 0 : (pattern->numbers & (1u << i)) != 0)
        {
          g_string_append (byday, byday->len > 0 ? "," : "");
          if (pattern->numbers != 0)
            g_string_append_printf (byday, "%d", numbers[i]);
          g_string_append (byday, codes[day]);
        }
  return byday->len > 0 ? g_strdup (byday->str) : NULL;
}

static int
get_interval (const SpNode *schedule)
{
  double interval = sp_node_get_number (schedule, "interval");

  return interval >= 1 ? (int) MIN (interval, 99) : 1;
}

/**
 * sp_form_preset_of:
 * @schedule: (nullable): an item of `schedules`
 *
 * Returns: how often that is; every week if it does not say
 */
SpFormPreset
sp_form_preset_of (const SpNode *schedule)
{
  const char *freq = sp_node_get_text (schedule, "freq"), *byday = sp_node_get_text (schedule, "byday");
  int interval = get_interval (schedule);
  SpFormPattern pattern;
  gboolean regular = sp_form_pattern_read (byday, &pattern);

  if (freq == NULL)
    return SP_PRESET_WEEK;
  if (strcmp (freq, "once") == 0)
    return SP_PRESET_ONCE;
  if (strcmp (freq, "always") == 0)
    return SP_PRESET_ALWAYS;
  if (strcmp (freq, "weekly") == 0 && interval <= 2 && regular && pattern.numbers == 0)
    return interval == 1 ? SP_PRESET_WEEK : SP_PRESET_OTHER_WEEK;
  /* without days yet it has just been chosen; a day of the month by its date is something else */
  if (strcmp (freq, "monthly") == 0 && interval == 1 && regular && (pattern.numbers != 0 || sp_node_get (schedule, "dtstart") == NULL))
    return SP_PRESET_MONTH;
  return SP_PRESET_OTHER;
}

/**
 * sp_form_preset_apply:
 * @schedule: an item of `schedules` that nobody else holds
 * @preset: how often it shall be
 *
 * Changes what says how often it is, and keeps the days and hours as far as they still make sense.
 */
void
sp_form_preset_apply (SpNode *schedule, SpFormPreset preset)
{
  static const char *const freqs[] = { "weekly", "weekly", "monthly", "once", "always", "monthly" };
  SpFormPattern pattern;
  gboolean regular = sp_form_pattern_read (sp_node_get_text (schedule, "byday"), &pattern);

  sp_node_set_text (schedule, "freq", freqs[preset]);
  sp_node_remove (schedule, "interval");
  if (preset == SP_PRESET_OTHER_WEEK)
    sp_node_set (schedule, "interval", sp_node_new_number (2));
  if (preset == SP_PRESET_OTHER)
    sp_node_set (schedule, "interval", sp_node_new_number (3));
  if (preset == SP_PRESET_WEEK || preset == SP_PRESET_MONTH || preset == SP_PRESET_ALWAYS)
    sp_node_remove (schedule, "dtstart");
  if (!regular || preset == SP_PRESET_ONCE || preset == SP_PRESET_ALWAYS)
    pattern = (SpFormPattern){ 0, 0 };
  if (preset == SP_PRESET_WEEK || preset == SP_PRESET_OTHER_WEEK)
    pattern.numbers = 0;
  if (preset == SP_PRESET_MONTH && pattern.numbers == 0)
    pattern.numbers = 1;
  g_autofree char *byday = sp_form_pattern_write (&pattern);
  sp_node_set_text (schedule, "byday", byday);
}
