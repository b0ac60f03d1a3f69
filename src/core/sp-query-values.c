/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person writes into a filter: distances, days, times, positions, amounts, languages. */
#include "sp-query-values.h"

#include <math.h>
#include <string.h>

#define METRES_PER_MILE 1609.344

static const char * const days_of_week[] = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

/* ISO 639 codes of languages that are often asked for here; any other code of two or three letters is taken as it is. */
static const struct
{
  const char *code;
  const char *name;
} languages[] = {
  { "ar", "Arabic" }, { "bfi", "British Sign Language" }, { "bfi", "BSL" }, { "bg", "Bulgarian" },
  { "bn", "Bengali" }, { "cs", "Czech" }, { "cy", "Welsh" }, { "en", "English" }, { "es", "Spanish" },
  { "fa", "Farsi" }, { "fa", "Persian" }, { "fr", "French" }, { "ga", "Irish" }, { "gd", "Gaelic" },
  { "gu", "Gujarati" }, { "hi", "Hindi" }, { "hu", "Hungarian" }, { "it", "Italian" }, { "ku", "Kurdish" },
  { "lt", "Lithuanian" }, { "lv", "Latvian" }, { "ne", "Nepali" }, { "pa", "Punjabi" }, { "pl", "Polish" },
  { "ps", "Pashto" }, { "pt", "Portuguese" }, { "ro", "Romanian" }, { "ru", "Russian" }, { "sk", "Slovak" },
  { "so", "Somali" }, { "ta", "Tamil" }, { "ti", "Tigrinya" }, { "tr", "Turkish" }, { "uk", "Ukrainian" },
  { "ur", "Urdu" }, { "vi", "Vietnamese" }, { "yue", "Cantonese" }, { "zh", "Chinese" },
};

static gboolean
refuse (GError **error, const char *text, const char *why)
{
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” is not %s", text, why);
  return FALSE;
}

/* Reads a plain decimal number; gives where it ends, NULL if there is none. */
static const char *
read_number (const char *text, double *value)
{
  gsize length = strspn (text, "0123456789.");
  char *end;

  if (length == 0)
    return NULL;
  *value = g_ascii_strtod (text, &end);
  return end == text + length ? end : NULL;
}

/**
 * sp_query_parse_distance:
 * @text: such as "3km", "2 mi" or "500m"
 * @metres: (out): the distance
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it is a distance above nothing
 */
gboolean
sp_query_parse_distance (const char *text, double *metres, GError **error)
{
  static const struct { const char *unit; double metres; } units[] = {
    { "m", 1 }, { "metres", 1 }, { "km", 1000 }, { "kilometres", 1000 },
    { "mi", METRES_PER_MILE }, { "mile", METRES_PER_MILE }, { "miles", METRES_PER_MILE },
  };
  g_autofree char *clean = g_strstrip (g_strdup (text));
  double value;
  const char *unit = read_number (clean, &value);

  if (unit != NULL && value > 0)
    {
      while (*unit == ' ')
        unit++;
      for (guint i = 0; i < G_N_ELEMENTS (units); i++)
        if (g_ascii_strcasecmp (unit, units[i].unit) == 0)
          {
            *metres = value * units[i].metres;
            return TRUE;
          }
    }
  return refuse (error, text, "a distance: write it like 3km, 2mi or 500m");
}

static guint
day_from_word (const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strcasecmp (word, "weekdays") == 0 || g_ascii_strcasecmp (word, "weekday") == 0)
    return 0x1f;
  if (g_ascii_strcasecmp (word, "weekend") == 0 || g_ascii_strcasecmp (word, "weekends") == 0)
    return 0x60;
  if (length > 1 && g_ascii_tolower (word[length - 1]) == 's' && g_ascii_tolower (word[length - 2]) == 'y')
    length--; /* "Tuesdays" */
  for (guint i = 0; length >= 2 && i < G_N_ELEMENTS (days_of_week); i++)
    if (length <= strlen (days_of_week[i]) && g_ascii_strncasecmp (word, days_of_week[i], length) == 0)
      return 1u << i;
  return 0;
}

/**
 * sp_query_parse_days:
 * @text: such as "tue", "Tuesday", "mon,wed" or "weekend"
 * @days: (out): bits from 1 for Monday to 64 for Sunday
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether each word is a day
 */
gboolean
sp_query_parse_days (const char *text, guint *days, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  guint found = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint day = day_from_word (words[i]);
      if (*words[i] == '\0')
        continue;
      if (day == 0)
        return refuse (error, words[i], "a day: write it like tue or Tuesday");
      found |= day;
    }
  if (found == 0)
    return refuse (error, text, "a day: write it like tue or Tuesday");
  *days = found;
  return TRUE;
}

/**
 * sp_query_parse_time:
 * @text: such as "14:00", "9.30", "2pm" or "14"
 * @minutes: (out): minutes after midnight
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it is a time of the day
 */
gboolean
sp_query_parse_time (const char *text, int *minutes, GError **error)
{
  g_autofree char *clean = g_ascii_strdown (text, -1);
  guint64 hour, minute = 0;
  char *end;
  int twelve = -1; /* 0: am, 1: pm */

  g_strstrip (clean);
  if (!g_ascii_isdigit (*clean))
    return refuse (error, text, "a time: write it like 14:00");
  hour = g_ascii_strtoull (clean, &end, 10);
  if ((*end == ':' || *end == '.') && g_ascii_isdigit (end[1]) && g_ascii_isdigit (end[2]))
    {
      minute = (guint64) (end[1] - '0') * 10 + (guint64) (end[2] - '0');
      end += 3;
    }
  while (*end == ' ')
    end++;
  if (strcmp (end, "am") == 0 || strcmp (end, "pm") == 0)
    twelve = *end == 'p';
  if (hour > 23 || minute > 59 || (twelve < 0 && *end != '\0') || (twelve >= 0 && (hour < 1 || hour > 12)))
    return refuse (error, text, "a time: write it like 14:00");
  if (twelve >= 0)
    hour = hour % 12 + (twelve == 1 ? 12 : 0);
  *minutes = (int) (hour * 60 + minute);
  return TRUE;
}

/**
 * sp_query_parse_position:
 * @text: such as "54.7,-3.4"
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 *
 * Returns: whether it is a position on Earth; words are none, and no error
 */
gboolean
sp_query_parse_position (const char *text, double *latitude, double *longitude)
{
  char *end;
  double first = g_ascii_strtod (text, &end), second;
  const char *start = end;

  if (end == text)
    return FALSE;
  while (*start == ' ')
    start++;
  if (*start++ != ',')
    return FALSE;
  second = g_ascii_strtod (start, &end);
  if (end == start || end[strspn (end, " ")] != '\0')
    return FALSE;
  if (!(fabs (first) <= 90) || !(fabs (second) <= 180))
    return FALSE;
  *latitude = first;
  *longitude = second;
  return TRUE;
}

/**
 * sp_query_parse_box:
 * @text: such as "54.6,-3.6,54.8,-3.3": south, west, north, east
 * @box: (out caller-allocates): the box
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether these are two corners on Earth, the first not north or east of the second
 */
gboolean
sp_query_parse_box (const char *text, SpBox *box, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  double numbers[4];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *end = NULL;

      if (g_strv_length (parts) == G_N_ELEMENTS (numbers))
        numbers[i] = g_ascii_strtod (parts[i], &end);
      if (end == NULL || end == parts[i] || end[strspn (end, " ")] != '\0')
        return refuse (error, text, "a box: write it as SOUTH,WEST,NORTH,EAST, like 54.6,-3.6,54.8,-3.3");
    }
  *box = (SpBox){ numbers[0], numbers[1], numbers[2], numbers[3] };
  if (!sp_geodesy_is_valid (box->south, box->west) || !sp_geodesy_is_valid (box->north, box->east)
      || box->south > box->north || box->west > box->east)
    return refuse (error, text, "a box on the map: its south-west corner comes first, then the north-east one");
  return TRUE;
}

/**
 * sp_query_parse_amount:
 * @text: such as "5", "£2.50"
 * @amount: (out): pounds
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it is an amount of money
 */
gboolean
sp_query_parse_amount (const char *text, double *amount, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (text));
  const char *digits = g_str_has_prefix (clean, "£") ? clean + strlen ("£") : clean;
  const char *end = read_number (digits, amount);

  if (end == NULL || *end != '\0')
    return refuse (error, text, "an amount: write it like 5 or 2.50");
  return TRUE;
}

/**
 * sp_query_parse_count:
 * @text: a whole number
 * @most: the greatest that makes sense
 * @count: (out): the number
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it is one from 0 to @most
 */
gboolean
sp_query_parse_count (const char *text, int most, int *count, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, (guint64) most, &value, NULL))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "“%s” is not a whole number from 0 to %d", text, most);
      return FALSE;
    }
  *count = (int) value;
  return TRUE;
}

/**
 * sp_query_parse_language:
 * @text: a code such as "cy", or an English name such as "Welsh"
 * @error: %SP_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the code in lower case
 */
char *
sp_query_parse_language (const char *text, GError **error)
{
  g_autofree char *clean = g_strstrip (g_ascii_strdown (text, -1));
  gsize length = strlen (clean);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (clean, languages[i].name) == 0)
      return g_strdup (languages[i].code);
  if ((length == 2 || length == 3) && strspn (clean, "abcdefghijklmnopqrstuvwxyz") == length)
    return g_steal_pointer (&clean);
  refuse (error, text, "a language we know: write its code, like cy or pl");
  return NULL;
}

/**
 * sp_query_day_name:
 * @day: 0 for Monday to 6 for Sunday
 *
 * Returns: (transfer none): its English name
 */
const char *
sp_query_day_name (guint day)
{
  g_return_val_if_fail (day < G_N_ELEMENTS (days_of_week), NULL);
  return days_of_week[day];
}

/**
 * sp_query_language_name:
 * @code: an ISO 639 code
 *
 * Returns: (transfer none): the language's English name; @code itself if there is none here
 */
const char *
sp_query_language_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (code, languages[i].code) == 0)
      return languages[i].name;
  return code;
}
