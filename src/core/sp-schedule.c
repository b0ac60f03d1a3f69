/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules read from a document: the items of `schedules`, named as in Open Referral UK, checked member by member.
 * What an item means on a given day is at the end of this file; dates in a row are in sp-schedule-next.c. */
#include "sp-schedule.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const SpNode *item;
  guint         position; /* in the list, from 1 */
  GError      **error;
} Reader;

static gboolean
refuse (const Reader *reader, const char *member, const char *expected)
{
  /* Translators: an item of a list, its member, what was expected there */
  g_set_error (reader->error, SP_ERROR, SP_ERROR_INVALID, _("Schedule %u, %s: expected %s"), reader->position, member,
               expected);
  return FALSE;
}

/* One of some words, as its position; @fallback where the member is absent. */
static gboolean
read_choice (const Reader *reader, const char *member, const char *const *words, int fallback, int *out)
{
  const SpNode *value = sp_node_get (reader->item, member);
  const char *text = sp_node_get_string (value);
  g_autofree char *list = NULL;

  *out = fallback;
  if (value == NULL)
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      {
        *out = i;
        return TRUE;
      }
  list = g_strjoinv (", ", (char **) words);
  return refuse (reader, member, list);
}

static gboolean
read_date (const Reader *reader, const char *member, gint32 *out)
{
  const SpNode *value = sp_node_get (reader->item, member);

  *out = SP_CIVIL_NO_DAY;
  if (value == NULL)
    return TRUE;
  *out = sp_civil_parse_date (sp_node_get_string (value));
  return *out != SP_CIVIL_NO_DAY || refuse (reader, member, _("a date such as 2026-12-05"));
}

static gboolean
read_time (const Reader *reader, const char *member, int *out)
{
  const SpNode *value = sp_node_get (reader->item, member);

  *out = SP_SCHEDULE_NO_TIME;
  if (value == NULL)
    return TRUE;
  *out = sp_civil_parse_time (sp_node_get_string (value));
  return *out >= 0 || refuse (reader, member, _("a time such as 09:30"));
}

static gboolean
read_hours (const Reader *reader, SpSchedule *out)
{
  if (!read_time (reader, "opens_at", &out->opens) || !read_time (reader, "closes_at", &out->closes))
    return FALSE;
  if (out->opens == SP_MINUTES_A_DAY)
    return refuse (reader, "opens_at", _("a time before midnight"));
  if (out->opens < 0 || out->closes < 0)
    return TRUE;
  if (out->closes == out->opens)
    return refuse (reader, "closes_at", _("another time than opens_at"));
  if (out->closes < out->opens)
    out->closes += SP_MINUTES_A_DAY;
  return TRUE;
}

/* One part of byday: "TU", "2MO", "-1FR". */
static gboolean
read_day (const char *part, gsize length, gint8 *nth, guint8 *weekday)
{
  static const char codes[] = "MOTUWETHFRSASU";
  int sign = 1, count = 0;
  const char *end = part + length;

  if (part < end && (*part == '-' || *part == '+'))
    sign = *part++ == '-' ? -1 : 1;
  if (part < end && g_ascii_isdigit (*part))
    count = *part++ - '0';
  if (end - part != 2 || count > 5 || (count == 0 && length != 2))
    return FALSE;
  for (guint8 i = 0; i < 7; i++)
    if (memcmp (codes + 2 * i, part, 2) == 0)
      {
        *nth = (gint8) (sign * count);
        *weekday = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_days (const Reader *reader, SpSchedule *out)
{
  const SpNode *value = sp_node_get (reader->item, "byday");
  const char *at = sp_node_get_string (value);

  if (value == NULL)
    return TRUE;
  if (at == NULL || *at == '\0')
    return refuse (reader, "byday", _("days such as TU,TH or 2MO"));
  while (TRUE)
    {
      gsize length = strcspn (at, ",");

      if (out->n_days == SP_SCHEDULE_MAX_BYDAY)
        return refuse (reader, "byday", _("fewer days"));
      if (!read_day (at, length, &out->days[out->n_days].nth, &out->days[out->n_days].weekday))
        return refuse (reader, "byday", _("days such as TU,TH or 2MO"));
      if (out->days[out->n_days].nth != 0 && out->freq != SP_FREQ_MONTHLY)
        return refuse (reader, "byday", _("days without a number, unless it is monthly"));
      out->n_days++;
      if (at[length] == '\0')
        return TRUE;
      at += length + 1;
    }
}

static gboolean
read_interval (const Reader *reader, SpSchedule *out)
{
  const SpNode *value = sp_node_get (reader->item, "interval");
  double number = sp_node_get_double (value);

  out->interval = 1;
  if (value == NULL)
    return TRUE;
  if (!(number >= 1 && number <= SP_SCHEDULE_MAX_INTERVAL) || number != floor (number))
    return refuse (reader, "interval", _("a whole number from 1 to 99"));
  out->interval = (int) number;
  return TRUE;
}

/* What one member asks of another. */
static gboolean
check_whole (const Reader *reader, const SpSchedule *self)
{
  gboolean recurs = self->freq == SP_FREQ_WEEKLY || self->freq == SP_FREQ_MONTHLY;

  if (self->freq == SP_FREQ_ONCE && self->dtstart == SP_CIVIL_NO_DAY)
    return refuse (reader, "dtstart", _("the date, since it is once"));
  if (recurs && self->n_days == 0 && self->dtstart == SP_CIVIL_NO_DAY)
    return refuse (reader, "byday", _("the days, or dtstart"));
  if (self->valid_from != SP_CIVIL_NO_DAY && self->valid_to != SP_CIVIL_NO_DAY && self->valid_to < self->valid_from)
    return refuse (reader, "valid_to", _("a date not before valid_from"));
  return TRUE;
}

static gboolean
read_choices (const Reader *reader, SpSchedule *out)
{
  static const char *const freqs[] = { "weekly", "monthly", "once", "always", NULL };
  static const char *const terms[] = { "any", "term", "holidays", NULL };
  static const char *const banks[] = { "open", "closed", "ask", NULL };
  static const char *const bookings[] = { "drop-in", "booked", "appointment", NULL };
  int freq, term, bank, booking;

  if (sp_node_get (reader->item, "freq") == NULL)
    return refuse (reader, "freq", _("weekly, monthly, once or always"));
  if (!read_choice (reader, "freq", freqs, 0, &freq) || !read_choice (reader, "term", terms, 0, &term)
      || !read_choice (reader, "bank_holidays", banks, -1, &bank)
      || !read_choice (reader, "booking", bookings, -1, &booking))
    return FALSE;
  out->freq = (SpFreq) freq;
  out->term = (SpTermRule) term;
  out->bank_holidays = (SpBankRule) (bank + 1);
  out->booking = (SpBooking) (booking + 1);
  return TRUE;
}

/**
 * sp_schedule_parse:
 * @item: an item of `schedules`
 * @position: its place in the list, from 1, for the error
 * @out: (out caller-allocates): what it says; keeps pointers into @item
 * @error: the first member that is wrong, in a sentence
 *
 * Returns: whether all of it was understood; unknown members are left alone
 */
gboolean
sp_schedule_parse (const SpNode *item, guint position, SpSchedule *out, GError **error)
{
  Reader reader = { item, position, error };

  memset (out, 0, sizeof *out);
  if (!sp_node_is_object (item))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("Schedule %u: expected an object"), position);
      return FALSE;
    }
  out->id = sp_node_get_text (item, "id");
  out->note = sp_node_get_text (item, "note");
  return read_choices (&reader, out) && read_days (&reader, out) && read_interval (&reader, out)
         && read_hours (&reader, out) && read_date (&reader, "dtstart", &out->dtstart)
         && read_date (&reader, "valid_from", &out->valid_from) && read_date (&reader, "valid_to", &out->valid_to)
         && check_whole (&reader, out);
}

/**
 * sp_schedule_parse_all:
 * @body: an asset
 * @out: (out caller-allocates): its schedules, as many as can be read
 * @complete: (out) (optional): whether all could be
 *
 * Returns: how many were read
 */
guint
sp_schedule_parse_all (const SpNode *body, SpSchedule out[SP_SCHEDULES_MAX], gboolean *complete)
{
  const SpNode *list = sp_node_get (body, "schedules");
  guint length = sp_node_is_array (list) ? sp_node_get_length (list) : 0;
  guint count = 0, looked_at = MIN (length, SP_SCHEDULES_MAX);

  for (guint i = 0; i < looked_at; i++)
    if (sp_schedule_parse (sp_node_get_element (list, i), i + 1, &out[count], NULL))
      count++;
  if (complete != NULL)
    *complete = count == length && (list == NULL || sp_node_is_array (list));
  return count;
}

/* An exception has a date, and its dates are dates. */
static gboolean
check_exception (const SpNode *item, guint position, GError **error)
{
  const SpNode *from = sp_node_get (item, "from"), *until = sp_node_get (item, "until");
  gint32 first = sp_civil_parse_date (sp_node_get_string (from));
  gint32 last = sp_civil_parse_date (sp_node_get_string (until));

  if ((from == NULL && until == NULL) || (from != NULL && first == SP_CIVIL_NO_DAY)
      || (until != NULL && last == SP_CIVIL_NO_DAY))
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                 _("Exception %u: expected from and until to be dates such as 2026-12-05"), position);
  else if (from != NULL && until != NULL && last < first)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID,
                 _("Exception %u, until: expected a date not before from"), position);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_list (const SpNode *body, const char *member, GError **error)
{
  const SpNode *list = sp_node_get (body, member);

  if (list == NULL || sp_node_is_array (list))
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("%s: expected a list"), member);
  return FALSE;
}

/**
 * sp_schedule_check:
 * @body: an asset
 * @error: the first thing that is wrong with its `schedules` or `schedule_exceptions`, in a sentence
 *
 * Returns: whether all of them can be used
 */
gboolean
sp_schedule_check (const SpNode *body, GError **error)
{
  const SpNode *list = sp_node_get (body, "schedules"), *exceptions = sp_node_get (body, "schedule_exceptions");
  SpSchedule schedule;

  if (!check_list (body, "schedules", error) || !check_list (body, "schedule_exceptions", error))
    return FALSE;
  if (sp_node_get_length (list) > SP_SCHEDULES_MAX)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, _("An entry has at most %d schedules"), SP_SCHEDULES_MAX);
      return FALSE;
    }
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (!sp_schedule_parse (sp_node_get_element (list, i), i + 1, &schedule, error))
      return FALSE;
  for (guint i = 0; i < sp_node_get_length (exceptions); i++)
    if (!check_exception (sp_node_get_element (exceptions, i), i + 1, error))
      return FALSE;
  return TRUE;
}
