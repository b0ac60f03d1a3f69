/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NAMES IN CAPITALS, which some lists have throughout, as they are written elsewhere. What is an abbreviation stays, as far
 * as one can tell: the words below, and what has a digit or no vowel in it. */
#include "sp-title-case.h"

#include <string.h>

#define LEAST_LETTERS 5 /* fewer may be an abbreviation as a whole */

static const char * const small[] = { "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
                                      "yn", "y", "yr", NULL };
static const char * const abbreviations[] = { "AA", "ACE", "ADHD", "AFC", "CAB", "CIC", "CIO", "CVS", "FC", "GP", "LGBT", "LGBTQ", "MIU",
                                              "MUGA", "NA", "NHS", "PCN", "PTA", "RAF", "RNIB", "RNID", "RNLI", "RUFC", "SEN", "SEND",
                                              "UK", "U3A", "WEA", "WI", "YMCA", "YWCA", "YFC", NULL };
static const char * const not_abbreviations[] = { "ST", "MR", "MRS", "MS", "DR", "LTD", "CH", "RD", "GYM", "TWR", "CWM", "NR", NULL };

/**
 * sp_title_case_is_capitals:
 * @text: a name, UTF-8
 *
 * Returns: whether it is of capitals throughout, and long enough to be words
 */
gboolean
sp_title_case_is_capitals (const char *text)
{
  guint letters = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_islower (c))
        return FALSE;
      letters += g_unichar_isupper (c);
    }
  return letters >= LEAST_LETTERS;
}

static gboolean
is_abbreviation (const char *word)
{
  if (g_strv_contains (abbreviations, word) || strpbrk (word, "0123456789") != NULL)
    return TRUE;
  return strpbrk (word, "AEIOUYaeiouy") == NULL && g_str_is_ascii (word) && !g_strv_contains (not_abbreviations, word);
}

/* "Word", and "McDonald". */
static void
append_capitalised (GString *out, const char *word)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  gsize first = (gsize) (g_utf8_next_char (lower) - lower);
  g_autofree char *head = g_utf8_strup (lower, (gssize) first);

  g_string_append (out, head);
  g_string_append (out, lower + first);
  if (g_str_has_prefix (word, "MC") && strlen (word) > 4)
    out->str[out->len - strlen (word) + 2] = g_ascii_toupper (word[2]);
}

/* "1ST", "22ND" */
static gboolean
is_ordinal (const char *word)
{
  static const char * const ends[] = { "ST", "ND", "RD", "TH", NULL };

  return g_ascii_isdigit (word[0]) && g_strv_contains (ends, word + strspn (word, "0123456789"));
}

static void
append_word (GString *out, const char *word, gboolean first, gboolean after_apostrophe)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);

  if (is_ordinal (word))
    g_string_append (out, lower);
  else if (after_apostrophe && g_utf8_strlen (word, -1) <= 2) /* MEN'S, YOU'RE; but O'BRIEN */
    g_string_append (out, lower);
  else if (!first && g_strv_contains (small, lower))
    g_string_append (out, lower);
  else if (is_abbreviation (word))
    g_string_append (out, word);
  else
    append_capitalised (out, word);
}

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/**
 * sp_title_case_write:
 * @text: a name in capitals, UTF-8
 *
 * Returns: (transfer full): "Men's Shed at St Mary's" of "MEN'S SHED AT ST MARY'S"
 */
char *
sp_title_case_write (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean after_apostrophe = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      g_autofree char *word = NULL;

      while (*end != '\0' && is_of_word (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end == p)
        {
          gunichar c = g_utf8_get_char (p);
          after_apostrophe = (c == '\'' || c == 0x2019) && p > text && is_of_word (g_utf8_get_char (g_utf8_prev_char (p)));
          g_string_append_unichar (out, c);
          p = g_utf8_next_char (p);
          continue;
        }
      word = g_strndup (p, (gsize) (end - p));
      append_word (out, word, p == text, after_apostrophe);
      after_apostrophe = FALSE;
      p = end;
    }
  return g_string_free (out, FALSE);
}
