/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words, taken apart: "Tues & Thurs 10-12, term time only" becomes days, times and the few phrases that mean
 * something here. One word that is not known, and the whole text stays words. */
#include "sp-times-token.h"

#include "sp-schedule.h"
#include "sp-times.h"

#include <string.h>

typedef struct
{
  const char *text; /* lower case, single spaces; a hyphen stands for a hyphen, a space or nothing */
  SpTimesKind kind;
  int         value;
} Phrase;

#define ALL_DAYS 0x7f
#define WEEKDAYS 0x1f
#define WEEKEND 0x60

static const Phrase phrases[] = {
  { "monday", SP_TIMES_DAY, 0 }, { "mondays", SP_TIMES_DAY, 0 }, { "mon", SP_TIMES_DAY, 0 }, { "mons", SP_TIMES_DAY, 0 },
  { "tuesday", SP_TIMES_DAY, 1 }, { "tuesdays", SP_TIMES_DAY, 1 }, { "tues", SP_TIMES_DAY, 1 }, { "tue", SP_TIMES_DAY, 1 },
  { "wednesday", SP_TIMES_DAY, 2 }, { "wednesdays", SP_TIMES_DAY, 2 }, { "weds", SP_TIMES_DAY, 2 }, { "wed", SP_TIMES_DAY, 2 },
  { "thursday", SP_TIMES_DAY, 3 }, { "thursdays", SP_TIMES_DAY, 3 }, { "thurs", SP_TIMES_DAY, 3 }, { "thur", SP_TIMES_DAY, 3 },
  { "thu", SP_TIMES_DAY, 3 },
  { "friday", SP_TIMES_DAY, 4 }, { "fridays", SP_TIMES_DAY, 4 }, { "fri", SP_TIMES_DAY, 4 }, { "fris", SP_TIMES_DAY, 4 },
  { "saturday", SP_TIMES_DAY, 5 }, { "saturdays", SP_TIMES_DAY, 5 }, { "sat", SP_TIMES_DAY, 5 }, { "sats", SP_TIMES_DAY, 5 },
  { "sunday", SP_TIMES_DAY, 6 }, { "sundays", SP_TIMES_DAY, 6 }, { "sun", SP_TIMES_DAY, 6 }, { "suns", SP_TIMES_DAY, 6 },

  { "every day", SP_TIMES_DAYS, ALL_DAYS }, { "everyday", SP_TIMES_DAYS, ALL_DAYS }, { "each day", SP_TIMES_DAYS, ALL_DAYS },
  { "daily", SP_TIMES_DAYS, ALL_DAYS }, { "7 days a week", SP_TIMES_DAYS, ALL_DAYS },
  { "seven days a week", SP_TIMES_DAYS, ALL_DAYS },
  { "every weekday", SP_TIMES_DAYS, WEEKDAYS }, { "weekdays", SP_TIMES_DAYS, WEEKDAYS }, { "week days", SP_TIMES_DAYS, WEEKDAYS },
  { "weekends", SP_TIMES_DAYS, WEEKEND }, { "every weekend", SP_TIMES_DAYS, WEEKEND },

  { "to", SP_TIMES_DASH, 0 }, { "until", SP_TIMES_DASH, 0 }, { "till", SP_TIMES_DASH, 0 }, { "til", SP_TIMES_DASH, 0 },
  { "through", SP_TIMES_DASH, 0 }, { "and", SP_TIMES_AND, 0 },

  { "1st", SP_TIMES_ORDINAL, 1 }, { "2nd", SP_TIMES_ORDINAL, 2 }, { "3rd", SP_TIMES_ORDINAL, 3 }, { "4th", SP_TIMES_ORDINAL, 4 },
  { "first", SP_TIMES_ORDINAL, 1 }, { "second", SP_TIMES_ORDINAL, 2 }, { "third", SP_TIMES_ORDINAL, 3 },
  { "fourth", SP_TIMES_ORDINAL, 4 }, { "last", SP_TIMES_ORDINAL, -1 },

  { "every", SP_TIMES_EVERY, 0 }, { "each", SP_TIMES_EVERY, 0 },
  { "other", SP_TIMES_OTHER, 0 }, { "alternate", SP_TIMES_OTHER, 0 }, { "fortnightly", SP_TIMES_OTHER, 0 },
  { "every fortnight", SP_TIMES_OTHER, 0 }, { "every two weeks", SP_TIMES_OTHER, 0 }, { "every 2 weeks", SP_TIMES_OTHER, 0 },
  { "weekly", SP_TIMES_WEEKLY, 0 }, { "every week", SP_TIMES_WEEKLY, 0 }, { "each week", SP_TIMES_WEEKLY, 0 },
  { "of the month", SP_TIMES_MONTH, 0 }, { "of each month", SP_TIMES_MONTH, 0 }, { "of every month", SP_TIMES_MONTH, 0 },
  { "in the month", SP_TIMES_MONTH, 0 }, { "in each month", SP_TIMES_MONTH, 0 }, { "in every month", SP_TIMES_MONTH, 0 },
  { "each month", SP_TIMES_MONTH, 0 }, { "every month", SP_TIMES_MONTH, 0 }, { "of month", SP_TIMES_MONTH, 0 },
  { "in month", SP_TIMES_MONTH, 0 }, { "monthly", SP_TIMES_MONTH, 0 }, { "a month", SP_TIMES_MONTH, 0 },

  { "from", SP_TIMES_FROM, 0 }, { "between", SP_TIMES_FROM, 0 }, { "at", SP_TIMES_FROM, 0 }, { "@", SP_TIMES_FROM, 0 },

  { "on", SP_TIMES_FILLER, 0 }, { "on a", SP_TIMES_FILLER, 0 }, { "the", SP_TIMES_FILLER, 0 }, { "open", SP_TIMES_FILLER, 0 },
  { "open on", SP_TIMES_FILLER, 0 }, { "opening times", SP_TIMES_FILLER, 0 }, { "opening hours", SP_TIMES_FILLER, 0 },
  { "open from", SP_TIMES_FROM, 0 }, { "times", SP_TIMES_FILLER, 0 }, { "time", SP_TIMES_FILLER, 0 },
  { "hours", SP_TIMES_FILLER, 0 }, { "hrs", SP_TIMES_FILLER, 0 }, { "we are open", SP_TIMES_FILLER, 0 },
  { "we open", SP_TIMES_FILLER, 0 }, { "we meet", SP_TIMES_FILLER, 0 }, { "meets", SP_TIMES_FILLER, 0 },
  { "meet", SP_TIMES_FILLER, 0 }, { "meeting", SP_TIMES_FILLER, 0 }, { "meetings", SP_TIMES_FILLER, 0 },
  { "held", SP_TIMES_FILLER, 0 }, { "held on", SP_TIMES_FILLER, 0 }, { "takes place", SP_TIMES_FILLER, 0 },
  { "runs", SP_TIMES_FILLER, 0 }, { "session", SP_TIMES_FILLER, 0 }, { "sessions", SP_TIMES_FILLER, 0 },
  { "office hours", SP_TIMES_FILLER, 0 }, { "all year round", SP_TIMES_FILLER, 0 }, { "all year", SP_TIMES_FILLER, 0 },

  { "during", SP_TIMES_DURING, 0 }, { "in", SP_TIMES_DURING, 0 }, { "during the", SP_TIMES_DURING, 0 },
  { "only", SP_TIMES_ONLY, 0 },
  { "except", SP_TIMES_EXCEPT, 0 }, { "except for", SP_TIMES_EXCEPT, 0 }, { "except on", SP_TIMES_EXCEPT, 0 },
  { "excluding", SP_TIMES_EXCEPT, 0 }, { "excl", SP_TIMES_EXCEPT, 0 }, { "exc", SP_TIMES_EXCEPT, 0 },
  { "apart from", SP_TIMES_EXCEPT, 0 }, { "not", SP_TIMES_EXCEPT, 0 }, { "not on", SP_TIMES_EXCEPT, 0 },
  { "but not", SP_TIMES_EXCEPT, 0 }, { "but not on", SP_TIMES_EXCEPT, 0 }, { "not during", SP_TIMES_EXCEPT, 0 },
  { "not in", SP_TIMES_EXCEPT, 0 }, { "no sessions on", SP_TIMES_EXCEPT, 0 }, { "no sessions in", SP_TIMES_EXCEPT, 0 },
  { "no session on", SP_TIMES_EXCEPT, 0 }, { "no sessions during", SP_TIMES_EXCEPT, 0 },
  { "closed", SP_TIMES_CLOSED, 0 }, { "closed on", SP_TIMES_CLOSED, 0 }, { "closed during", SP_TIMES_CLOSED, 0 },
  { "closed in", SP_TIMES_CLOSED, 0 }, { "closed for", SP_TIMES_CLOSED, 0 },
  { "including", SP_TIMES_INCLUDING, 0 }, { "incl", SP_TIMES_INCLUDING, 0 }, { "inc", SP_TIMES_INCLUDING, 0 },
  { "bank holidays", SP_TIMES_BANK, 0 }, { "bank holiday", SP_TIMES_BANK, 0 }, { "bank hols", SP_TIMES_BANK, 0 },
  { "public holidays", SP_TIMES_BANK, 0 }, { "bank and public holidays", SP_TIMES_BANK, 0 },
  { "bank & public holidays", SP_TIMES_BANK, 0 },
  { "term-time", SP_TIMES_TERM, 0 }, { "school term", SP_TIMES_TERM, 0 }, { "school terms", SP_TIMES_TERM, 0 },
  { "school term-time", SP_TIMES_TERM, 0 }, { "term", SP_TIMES_TERM, 0 }, { "terms", SP_TIMES_TERM, 0 },
  { "school holidays", SP_TIMES_HOLIDAYS, 0 }, { "school hols", SP_TIMES_HOLIDAYS, 0 },

  { "by appointment", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT }, { "by appointment only", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT },
  { "appointment only", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT }, { "appointments only", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT },
  { "appointment needed", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT }, { "appointment required", SP_TIMES_BOOKING, SP_BOOKING_APPOINTMENT },
  { "drop-in", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN }, { "just drop-in", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "drop-in session", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN }, { "drop-in sessions", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "no booking", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN }, { "no booking needed", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "no booking required", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN }, { "no need to book", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "no appointment needed", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "no appointment necessary", SP_TIMES_BOOKING, SP_BOOKING_DROP_IN },
  { "booking essential", SP_TIMES_BOOKING, SP_BOOKING_BOOKED }, { "booking required", SP_TIMES_BOOKING, SP_BOOKING_BOOKED },
  { "booking necessary", SP_TIMES_BOOKING, SP_BOOKING_BOOKED }, { "must be booked", SP_TIMES_BOOKING, SP_BOOKING_BOOKED },
  { "please book", SP_TIMES_BOOKING, SP_BOOKING_BOOKED }, { "pre-booking essential", SP_TIMES_BOOKING, SP_BOOKING_BOOKED },
  { "pre-booking required", SP_TIMES_BOOKING, SP_BOOKING_BOOKED }, { "booked", SP_TIMES_BOOKING, SP_BOOKING_BOOKED },

  { "24 hours", SP_TIMES_ALWAYS, 0 }, { "24 hours a day", SP_TIMES_ALWAYS, 0 }, { "24hrs", SP_TIMES_ALWAYS, 0 },
  { "24 hrs", SP_TIMES_ALWAYS, 0 }, { "24/7", SP_TIMES_ALWAYS, 0 }, { "24-7", SP_TIMES_ALWAYS, 0 },
  { "24 hour", SP_TIMES_ALWAYS, 0 }, { "always open", SP_TIMES_ALWAYS, 0 }, { "round the clock", SP_TIMES_ALWAYS, 0 },
  { "24 hours a day 7 days a week", SP_TIMES_ALWAYS, 0 }, { "24 hours a day, 7 days a week", SP_TIMES_ALWAYS, 0 },
  { "24 hours 7 days a week", SP_TIMES_ALWAYS, 0 },
};

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c);
}

/* How many bytes of @at the phrase takes; 0 if it does not stand there. */
static gsize
match_phrase (const char *at, const char *phrase)
{
  const char *start = at;

  for (const char *p = phrase; *p != '\0'; p++)
    {
      if (*p == '-')
        {
          if (*at == '-' || *at == ' ')
            at++;
        }
      else if (*p == *at)
        at++;
      else
        return 0;
    }
  if (is_word (at[-1]) && is_word (*at) && !(g_ascii_isalpha (at[-1]) && g_ascii_isdigit (*at)))
    return 0;
  return (gsize) (at - start);
}

static const Phrase *
find_phrase (const char *at, gsize *length)
{
  const Phrase *best = NULL;

  *length = 0;
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      gsize n = match_phrase (at, phrases[i].text);

      if (n > *length)
        {
          *length = n;
          best = &phrases[i];
        }
    }
  return best;
}

/* "am", "a.m.", "pm", "noon" after a number. */
static const char *
read_half (const char *at, SpTimesClock *clock)
{
  static const struct
  {
    const char *text;
    SpTimesHalf half;
  } halves[] = {
    { "a.m.", SP_TIMES_AM }, { "a.m", SP_TIMES_AM }, { "am", SP_TIMES_AM }, { "p.m.", SP_TIMES_PM }, { "p.m", SP_TIMES_PM },
    { "pm", SP_TIMES_PM }, { "noon", SP_TIMES_24 }, { "midday", SP_TIMES_24 }, { "midnight", SP_TIMES_24 },
  };
  const char *word = *at == ' ' ? at + 1 : at;

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    if (g_str_has_prefix (word, halves[i].text) && !is_word (word[strlen (halves[i].text)]))
      {
        if (halves[i].half == SP_TIMES_24 && (clock->hour != 12 || clock->minute != 0))
          return NULL;
        clock->half = halves[i].half;
        if (g_str_equal (halves[i].text, "midnight"))
          clock->hour = 24;
        return word + strlen (halves[i].text);
      }
  return at;
}

static int
read_digits (const char **at, guint *n)
{
  int value = 0;

  for (*n = 0; g_ascii_isdigit (**at) && *n < 5; (*at)++, (*n)++)
    value = value * 10 + (**at - '0');
  return value;
}

/* "10", "10.30", "10:30", "1030"; NULL if it is no time. */
static const char *
read_number (const char *at, SpTimesClock *clock)
{
  const gboolean zero = *at == '0';
  guint n, n_minutes;

  clock->hour = read_digits (&at, &n);
  if (n == 4)
    {
      clock->minute = clock->hour % 100;
      clock->hour /= 100;
      clock->half = SP_TIMES_24;
    }
  else if (n > 2)
    return NULL;
  else if ((*at == ':' || *at == '.') && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && !g_ascii_isdigit (at[3]))
    {
      at++;
      clock->minute = read_digits (&at, &n_minutes);
    }
  if (n <= 2 && (zero || clock->hour > 12))
    clock->half = SP_TIMES_24;
  return clock->hour < 24 && clock->minute < 60 ? at : NULL;
}

/* A time of day at @at; NULL if there is none. */
static const char *
read_clock (const char *at, SpTimesClock *clock)
{
  static const struct
  {
    const char *text;
    int         hour;
  } words[] = { { "noon", 12 }, { "midday", 12 }, { "midnight", 24 } };

  *clock = (SpTimesClock){ 0, 0, SP_TIMES_BARE };
  if (g_ascii_isdigit (*at))
    {
      at = read_number (at, clock);
      at = at != NULL ? read_half (at, clock) : NULL;
      return at != NULL && !is_word (*at) ? at : NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (at, words[i].text) && !is_word (at[strlen (words[i].text)]))
      {
        *clock = (SpTimesClock){ words[i].hour, 0, SP_TIMES_24 };
        return at + strlen (words[i].text);
      }
  return NULL;
}

/* Lower case, dashes of all kinds as "-", white space as one space, except that a new line stays. */
static char *
normalise (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r')
        g_string_append_c (out, '\n');
      else if (g_unichar_isspace (c) || c == 0xfeff)
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (c >= 0x2010 && c <= 0x2015)
        g_string_append_c (out, '-');
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
read_mark (char c, SpTimesToken *token)
{
  static const char marks[] = "-&+/,()[]:.;|\n";
  static const SpTimesKind kinds[] = {
    SP_TIMES_DASH, SP_TIMES_AND, SP_TIMES_AND, SP_TIMES_AND, SP_TIMES_COMMA, SP_TIMES_COMMA, SP_TIMES_COMMA, SP_TIMES_COMMA,
    SP_TIMES_COMMA, SP_TIMES_COLON, SP_TIMES_STOP, SP_TIMES_STOP, SP_TIMES_STOP, SP_TIMES_STOP,
  };
  const char *mark = strchr (marks, c);

  if (c == '\0' || mark == NULL)
    return FALSE;
  *token = (SpTimesToken){ .kind = kinds[mark - marks] };
  return TRUE;
}

/* "Mon.", "excl.": the full stop belongs to the word, not to the sentence. */
static gboolean
is_abbreviation (const char *word, gsize length, SpTimesKind kind)
{
  return word[length] == '.' && (kind == SP_TIMES_EXCEPT || kind == SP_TIMES_INCLUDING || kind == SP_TIMES_DAY) && length <= 5
         && (word[length + 1] == ' ' || word[length + 1] == '-' || word[length + 1] == '\0');
}

/* One token; NULL if what stands there is not known. */
static const char *
read_token (const char *at, SpTimesToken *token)
{
  gsize length;
  const Phrase *phrase = find_phrase (at, &length);
  const char *end;

  *token = (SpTimesToken){ 0 };
  if (phrase != NULL)
    {
      token->kind = phrase->kind;
      token->value = phrase->value;
      return at + length + (is_abbreviation (at, length, phrase->kind) ? 1 : 0);
    }
  end = read_clock (at, &token->clock);
  if (end != NULL)
    {
      token->kind = SP_TIMES_CLOCK;
      return end;
    }
  return read_mark (*at, token) ? at + 1 : NULL;
}

/**
 * sp_times_tokens:
 * @text: times in words, UTF-8
 *
 * Returns: (transfer full) (nullable) (element-type SpTimesToken): the text taken apart, with %SP_TIMES_END at its end;
 *   %NULL if there is a word in it that is not known
 */
GArray *
sp_times_tokens (const char *text)
{
  g_autofree char *all = NULL;
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (SpTimesToken));
  SpTimesToken token;

  if (strlen (text) > SP_TIMES_MAX_LENGTH)
    return NULL;
  all = normalise (text);
  for (const char *at = all; *at != '\0';)
    {
      if (*at == ' ')
        {
          at++;
          continue;
        }
      at = read_token (at, &token);
      if (at == NULL)
        return NULL;
      g_array_append_val (tokens, token);
    }
  token = (SpTimesToken){ .kind = SP_TIMES_END };
  g_array_append_val (tokens, token);
  return g_steal_pointer (&tokens);
}
