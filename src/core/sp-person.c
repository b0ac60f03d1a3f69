/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what somebody typed as the name of a list seems to mean one person: "Mrs Benson", "for Margaret", "J. Smith",
 * an NHS number. Signpost keeps nothing about the people it is used for, so such a name is questioned, never refused: the
 * rule is a guess, and "Coffee Morning" and "Walks near Maryport" must pass it. */
#include "sp-person.h"

#include "sp-person-words.h"
#include "sp-places.h"
#include "sp-taxonomy.h"
#include "sp-fold.h"

#include <string.h>

#define WORDS_MAX 40
#define NHS_DIGITS 10

typedef struct
{
  char    *folded;     /* owned; without the ’s */
  gboolean capital;    /* begins with a capital and goes on in small letters */
  gboolean initial;    /* one capital, with or without a full stop */
  gboolean dotted;     /* ends with a full stop */
  gboolean possessive; /* ends with ’s */
} Word;

static void
clear_word (gpointer data)
{
  g_free (((Word *) data)->folded);
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* Whether @text ends with ’s; then @length is that of the rest. */
static gboolean
take_possessive (const char *text, gsize *length)
{
  const char *end = text + *length, *s, *mark;

  if (*length < 3 || (s = g_utf8_find_prev_char (text, end)) == NULL || (*s != 's' && *s != 'S')
      || (mark = g_utf8_find_prev_char (text, s)) == NULL || mark == text || !is_apostrophe (g_utf8_get_char (mark)))
    return FALSE;
  *length = (gsize) (mark - text);
  return TRUE;
}

static void
add_word (GArray *words, const char *text, gsize length)
{
  Word word = { 0 };
  gunichar first = g_utf8_get_char (text);
  const char *second;
  g_autofree char *stem = NULL;

  word.dotted = length > 1 && text[length - 1] == '.';
  word.possessive = take_possessive (text, &length);
  stem = g_strndup (text, length);
  second = g_utf8_next_char (stem);
  word.folded = sp_fold_text (stem);
  word.initial = g_unichar_isupper (first) && (*second == '\0' || strcmp (second, ".") == 0);
  word.capital = g_unichar_isupper (first) && g_unichar_islower (g_utf8_get_char (second));
  if (*word.folded == '\0' || words->len == WORDS_MAX)
    g_free (word.folded);
  else
    g_array_append_val (words, word);
}

static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || (c < 0x80 && strchr (",;:/()[]\"+&", (int) c) != NULL) || c == 0x2013 || c == 0x2014
         || c == 0x201c || c == 0x201d; /* dashes and double quotation marks */
}

/* The words of a text, at most WORDS_MAX. */
static GArray *
split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *begin = NULL;

  g_array_set_clear_func (words, clear_word);
  for (const char *at = text;; at = g_utf8_next_char (at))
    {
      gboolean between = *at == '\0' || is_between (g_utf8_get_char (at));
      if (!between && begin == NULL)
        begin = at;
      if (between && begin != NULL)
        {
          add_word (words, begin, (gsize) (at - begin));
          begin = NULL;
        }
      if (*at == '\0')
        return words;
    }
}

static gboolean
is_in_taxonomy (const char *word)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  g_auto (GStrv) codes = sp_taxonomy_match_word (taxonomy, word);

  return codes[0] != NULL || sp_taxonomy_find (taxonomy, word) != NULL;
}

/* Whether a word tells what a list is about: a category, or what lists are called. */
static gboolean
is_subject (const Word *word)
{
  return sp_person_is_ordinary_word (word->folded) || is_in_taxonomy (word->folded);
}

/* Or where. */
static gboolean
is_known (const Word *word)
{
  g_autoptr (GPtrArray) places = is_subject (word) ? NULL : sp_places_find (word->folded);

  return places == NULL || places->len > 0;
}

static const Word *
get_word (const GArray *words, guint index)
{
  return index < words->len ? &g_array_index (words, Word, index) : NULL;
}

static gboolean
is_saint (const Word *word)
{
  return word != NULL && (strcmp (word->folded, "st") == 0 || strcmp (word->folded, "saint") == 0);
}

/* "Mrs Benson", "dr khan". */
static gboolean
has_title (const GArray *words)
{
  for (guint i = 0; i + 1 < words->len; i++)
    {
      const Word *title = get_word (words, i), *next = get_word (words, i + 1);
      if (sp_person_is_title (title->folded) && (title->capital || i == 0) && !sp_person_is_ordinary_word (next->folded))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_all_capitals (const GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (!get_word (words, i)->capital)
      return FALSE;
  return words->len <= 3;
}

/* "Margaret", "Margaret's list", "for margaret", "Margaret Benson", also where the surname is that of a town; but not
 * "St Margaret's" or "Harry Potter club". */
static gboolean
has_given_name (const GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = get_word (words, i), *next = get_word (words, i + 1);
      const Word *before = i > 0 ? get_word (words, i - 1) : NULL;
      if (!sp_person_is_given_name (word->folded) || is_saint (before))
        continue;
      if (words->len == 1 || (word->possessive && i == 0) || (before != NULL && strcmp (before->folded, "for") == 0))
        return TRUE;
      if (next != NULL && (next->initial || (is_all_capitals (words) && !is_subject (next))))
        return TRUE;
    }
  return FALSE;
}

/* "J. Smith", "J S", "Smith, J". One letter after a word that lists are called by is no initial: "Plan B". */
static gboolean
has_initials (const GArray *words)
{
  for (guint i = 0; i + 1 < words->len; i++)
    {
      const Word *one = get_word (words, i), *other = get_word (words, i + 1);
      if (one->initial && other->initial)
        return TRUE;
      if ((one->initial && other->capital && !is_known (other)) || (other->initial && one->capital && !is_known (one)))
        return TRUE;
    }
  return FALSE;
}

/* "J.S." is one word: letters that each have a full stop. */
static gboolean
has_dotted_initials (const char *text)
{
  guint letters = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *next = g_utf8_next_char (at);
      if (g_unichar_isupper (g_utf8_get_char (at)) && *next == '.')
        at = next, letters++;
      else if (!g_unichar_isspace (g_utf8_get_char (at)))
        return FALSE;
    }
  return letters >= 2;
}

/* "Aoife Tunnicliffe": two or three words, each with a capital, none of which says what the list is about. */
static gboolean
is_all_unknown_capitals (const GArray *words)
{
  if (words->len < 2 || !is_all_capitals (words))
    return FALSE;
  for (guint i = 0; i < words->len; i++)
    if (get_word (words, i)->possessive || is_known (get_word (words, i)))
      return FALSE;
  return TRUE;
}

/* Ten digits whose last is right: the sum of the first nine, weighted 10 to 2, taken from the next multiple of 11 (NHS
 * Data Dictionary, "NHS number"). */
static gboolean
is_nhs_number (const int digits[NHS_DIGITS])
{
  int sum = 0, check;

  for (int i = 0; i < NHS_DIGITS - 1; i++)
    sum += digits[i] * (10 - i);
  check = (11 - sum % 11) % 11;
  return check == digits[NHS_DIGITS - 1];
}

static gboolean
has_nhs_number (const char *text)
{
  int digits[NHS_DIGITS];
  guint n = 0;

  for (const char *at = text;; at++)
    {
      if (g_ascii_isdigit (*at))
        {
          if (n < NHS_DIGITS)
            digits[n] = *at - '0';
          n++;
        }
      else if (*at != ' ' && *at != '-')
        {
          if (n == NHS_DIGITS && is_nhs_number (digits))
            return TRUE;
          n = 0;
        }
      if (*at == '\0')
        return FALSE;
    }
}

/**
 * sp_person_is_meant:
 * @text: what somebody typed; UTF-8
 *
 * Guesses whether a text means one person, so that one may ask. Reads the gazetteer when it is first needed, which takes
 * some milliseconds.
 *
 * Returns: whether it looks like a person's name, initials or NHS number
 */
gboolean
sp_person_is_meant (const char *text)
{
  g_autoptr (GArray) words = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  words = split (text);
  return has_nhs_number (text) || has_dotted_initials (text) || has_title (words) || has_given_name (words)
         || has_initials (words) || is_all_unknown_capitals (words);
}
