/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type into a form: "5 Dec", "10.30am", "£2.50", "www.example.org". Each becomes the
 * value that a document holds, and a value is shown again in the way people write it. */
#include "sp-typed.h"

#include "sp-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MONTH_LETTERS 3 /* that tell the months apart */

static const char * const months[] = {
  N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
  N_("September"), N_("October"), N_("November"), N_("December"),
};

/* Whether @word is the name of a month, or its beginning of at least three letters. */
static gboolean
begins_month (const char *word, const char *month)
{
  g_autofree char *name = g_utf8_casefold (month, -1);
  g_autofree char *start = g_utf8_casefold (word, -1);

  return g_utf8_strlen (start, -1) >= MONTH_LETTERS && g_str_has_prefix (name, start);
}

/* 1 to 12; 0 if it is none. English is understood everywhere. */
static int
get_month (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (begins_month (word, months[i]) || begins_month (word, _(months[i])))
      return (int) i + 1;
  return 0;
}

/* A part of a date: digits, with "st", "nd", "rd" or "th" after them; -1 if it is none. */
static int
get_number (const char *word)
{
  char *end;
  guint64 value;

  if (!g_ascii_isdigit (*word))
    return -1;
  value = g_ascii_strtoull (word, &end, 10);
  if (*end != '\0' && g_ascii_strcasecmp (end, "st") != 0 && g_ascii_strcasecmp (end, "nd") != 0
      && g_ascii_strcasecmp (end, "rd") != 0 && g_ascii_strcasecmp (end, "th") != 0)
    return -1;
  return value <= SP_CIVIL_MAX_YEAR ? (int) value : -1;
}

/* The numbers and names between the marks; "Tuesday" and "of" say nothing. */
static GPtrArray *
split_date (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,./-", -1);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_isdigit (*words[i]) || get_month (words[i]) > 0)
      g_ptr_array_add (parts, g_strdup (words[i]));
  return parts;
}

/* The next such day from @today on, for a date without a year. */
static gint32
find_next (int month, int day, gint32 today)
{
  int year;
  gint32 date;

  sp_civil_split (today, &year, NULL, NULL);
  date = sp_civil_day (year, month, day);
  return date != SP_CIVIL_NO_DAY && date < today ? sp_civil_day (year + 1, month, day) : date;
}

static gint32
read_date (GPtrArray *parts, gint32 today)
{
  int values[3] = { -1, -1, -1 };
  guint month_at = 1;

  for (guint i = 0; i < parts->len; i++)
    {
      const char *word = g_ptr_array_index (parts, i);
      values[i] = get_number (word);
      if (values[i] < 0)
        {
          values[i] = get_month (word); /* 0, which is no month, for what is neither */
          month_at = i;
        }
    }
  if (parts->len == 2)
    return find_next (values[month_at], values[1 - month_at], today);
  if (values[0] >= SP_CIVIL_MIN_YEAR)
    return sp_civil_day (values[0], values[1], values[2]);
  if (values[2] < 100)
    values[2] += 2000;
  return month_at <= 1 ? sp_civil_day (values[2], values[month_at], values[1 - month_at]) : SP_CIVIL_NO_DAY;
}

/**
 * sp_typed_date:
 * @text: such as "5/12/2026", "5 Dec", "Tuesday 5th December 2026", "2026-12-05"; the day before the month
 * @today: a day's number; a date without a year is the next one
 *
 * Returns: (transfer full) (nullable): as a document holds it, "2026-12-05"; %NULL if it is no date
 */
char *
sp_typed_date (const char *text, gint32 today)
{
  g_autoptr (GPtrArray) parts = split_date (text);
  gint32 day;

  if (parts->len < 2 || parts->len > 3)
    return NULL;
  day = read_date (parts, today);
  return day != SP_CIVIL_NO_DAY ? sp_civil_format_date (day) : NULL;
}

/* Reads "am", "a.m.", "pm" or nothing after the digits; FALSE if there is something else. */
static gboolean
add_half_of_day (const char *rest, int *hour)
{
  g_autofree char *half = g_ascii_strdown (rest, -1);

  g_strdelimit (half, ". ", ' ');
  if (strcmp (g_strstrip (half), "") == 0 || strcmp (half, "h") == 0)
    return TRUE;
  if ((strcmp (half, "am") != 0 && strcmp (half, "pm") != 0 && strcmp (half, "a m") != 0 && strcmp (half, "p m") != 0)
      || *hour > 12 || *hour == 0)
    return FALSE;
  *hour = *hour % 12 + (*half == 'p' ? 12 : 0);
  return TRUE;
}

/**
 * sp_typed_time:
 * @text: such as "10", "10am", "1.30 pm", "14:00", "1400", "noon", "midnight"
 *
 * Returns: (transfer full) (nullable): as a document holds it, "13:30"; %NULL if it is no time of day
 */
char *
sp_typed_time (const char *text)
{
  g_autofree char *word = g_ascii_strdown (text, -1);
  char *at = g_strstrip (word), *end;
  int hour, minute = 0;

  if (strcmp (at, "noon") == 0 || strcmp (at, _("noon")) == 0)
    return g_strdup ("12:00");
  if (strcmp (at, "midnight") == 0 || strcmp (at, _("midnight")) == 0)
    return g_strdup ("00:00");
  if (!g_ascii_isdigit (*at))
    return NULL;
  hour = (int) MIN (g_ascii_strtoull (at, &end, 10), 9999);
  if (end - at >= 3) /* 930, 1400 */
    {
      minute = hour % 100;
      hour /= 100;
    }
  else if ((*end == ':' || *end == '.') && g_ascii_isdigit (end[1]) && g_ascii_isdigit (end[2]))
    {
      minute = (end[1] - '0') * 10 + end[2] - '0';
      end += 3;
    }
  if (!add_half_of_day (end, &hour) || minute > 59 || hour > 24 || (hour == 24 && minute > 0))
    return NULL;
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/**
 * sp_typed_number:
 * @text: such as "£2.50", "1,200", "12"
 *
 * Returns: (transfer full) (nullable): as a document holds it, "2.5"; %NULL if it is no number
 */
char *
sp_typed_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *at = text;
  char *end, buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  while (*at == ' ')
    at++;
  if (g_str_has_prefix (at, "£") || g_str_has_prefix (at, "€"))
    at = g_utf8_next_char (at);
  for (; *at != '\0'; at++)
    if (*at != ' ' && !(*at == ',' && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && g_ascii_isdigit (at[3])))
      g_string_append_c (digits, *at);
  value = g_ascii_strtod (digits->str, &end);
  if (digits->len == 0 || *end != '\0' || !isfinite (value) || strpbrk (digits->str, "xXpPnN") != NULL)
    return NULL;
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

/**
 * sp_typed_url:
 * @text: such as "www.example.org" or "https://example.org/lunch"
 *
 * Returns: (transfer full) (nullable): with its scheme; %NULL if it is no web address
 */
char *
sp_typed_url (const char *text)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  g_autofree char *url = strstr (word, "://") != NULL ? g_strdup (word) : g_strconcat ("https://", word, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean web = uri != NULL && (strcmp (g_uri_get_scheme (uri), "http") == 0 || strcmp (g_uri_get_scheme (uri), "https") == 0);

  if (!web || host == NULL || strchr (host, '.') == NULL || strpbrk (word, " \t<>\"") != NULL)
    return NULL;
  return g_steal_pointer (&url);
}

/* The value as text; NULL if what was typed is not of the field's type. */
static char *
read_typed (const SpField *field, const char *text, gint32 today)
{
  switch ((int) field->type)
    {
    case SP_FIELD_DATE:
      return sp_typed_date (text, today);
    case SP_FIELD_TIME:
      return sp_typed_time (text);
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      return sp_typed_number (text);
    case SP_FIELD_URL:
      return sp_typed_url (text);
    default:
      return g_strdup (text);
    }
}

static const char *
get_complaint (const SpField *field)
{
  switch ((int) field->type)
    {
    case SP_FIELD_DATE:
      return _("This is not a date. Write it as 5 December 2026 or 5/12/2026");
    case SP_FIELD_TIME:
      return _("This is not a time. Write it as 10am or 14:30");
    case SP_FIELD_NUMBER:
      return _("This is not a number. Write it as 2.50");
    case SP_FIELD_INTEGER:
      return _("This is not a whole number. Write it as 12");
    case SP_FIELD_URL:
      return _("This is not a web address. Write it as www.example.org");
    case SP_FIELD_EMAIL:
      return _("This is not an e-mail address. Write it as lunch@example.org");
    default:
      return _("This does not fit here");
    }
}

/**
 * sp_typed_parse:
 * @field: a member of an asset that is written as one text
 * @text: what a person typed; spaces around it do not count
 * @today: a day's number
 * @error: %SP_ERROR_INVALID with a sentence to show beside the field
 *
 * Returns: (transfer full) (nullable): the value; %NULL without @error if nothing was typed
 */
SpNode *
sp_typed_parse (const SpField *field, const char *text, gint32 today, GError **error)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  g_autofree char *typed = NULL;
  SpNode *value;

  if (*word == '\0')
    return NULL;
  typed = read_typed (field, word, today);
  value = typed != NULL ? sp_field_parse (field, typed, NULL) : NULL;
  if (value == NULL)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, get_complaint (field));
  return value;
}

static char *
show_number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
}

/* "2.50", but "3": as prices are written. */
static char *
show_amount (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return value == floor (value) ? show_number (value) : g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.2f", value));
}

/**
 * sp_typed_show:
 * @field: a member of an asset that is written as one text
 * @value: (nullable): what stands there
 *
 * The way back: sp_typed_parse() understands what this shows.
 *
 * Returns: (transfer full): such as "5 December 2026", "10am", "2.50"; "" for nothing
 */
char *
sp_typed_show (const SpField *field, const SpNode *value)
{
  const char *text = sp_node_get_string (value);
  gint32 day;
  int minutes;

  if (value == NULL)
    return g_strdup ("");
  if (text == NULL)
    return g_str_has_suffix (field->path, ".amount") ? show_amount (sp_node_get_double (value)) : show_number (sp_node_get_double (value));
  day = field->type == SP_FIELD_DATE && strlen (text) == 10 ? sp_civil_parse_date (text) : SP_CIVIL_NO_DAY;
  minutes = field->type == SP_FIELD_TIME ? sp_civil_parse_time (text) : -1;
  if (day != SP_CIVIL_NO_DAY)
    return sp_words_date (day);
  return minutes >= 0 && minutes < SP_MINUTES_A_DAY ? sp_words_time (minutes) : g_strdup (text);
}
