/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as search compares them: lower case, without diacritics, without apostrophes ("Men's" is "mens"), a space
 * between. The same folding makes the index and reads what was typed, so that they always agree. */
#include "sp-terms.h"

#include <stdlib.h>
#include <string.h>

/* Words that carry no meaning in a sentence such as "my mum can't pay the heating". Sorted by bytes. */
static const char * const stop_words[] = {
  "a", "about", "am", "an", "and", "any", "anything", "are", "as", "at", "be", "been", "but", "by", "can", "cannot",
  "cant", "could", "did", "do", "does", "doesnt", "dont", "etc", "find", "for", "from", "get", "gets", "getting",
  "go", "got", "had", "has", "hasnt", "have", "havent", "he", "her", "hers", "him", "his", "how", "i", "id", "if",
  "im", "in", "into", "is", "isnt", "it", "its", "ive", "just", "like", "looking", "me", "much", "my", "need",
  "needs", "no", "not", "of", "on", "or", "our", "really", "she", "shes", "so", "some", "someone", "something",
  "somewhere", "such", "than", "that", "thats", "the", "their", "them", "there", "these", "they", "theyre", "this",
  "to", "too", "us", "very", "want", "wants", "was", "we", "were", "what", "when", "where", "which", "who", "whos",
  "will", "with", "wont", "would", "you", "your",
};

#define LONGEST_STOP_WORD 9

static int
compare_words (const void *key, const void *element)
{
  const char *word = key, *other = *(const char * const *) element;

  return *word != *other ? *word - *other : strcmp (word, other); /* most differ at once */
}

/* Which lengths the stop words have that begin with a letter: most words are none by that alone. */
static const guint16 *
get_lengths (void)
{
  static guint16 lengths[26];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (stop_words); i++)
        lengths[*stop_words[i] - 'a'] |= (guint16) (1u << strlen (stop_words[i]));
      g_once_init_leave (&made, 1);
    }
  return lengths;
}

/**
 * sp_terms_is_stop_word:
 * @word: a folded word
 *
 * Returns: whether it says nothing about what is looked for
 */
gboolean
sp_terms_is_stop_word (const char *word)
{
  const gsize length = strlen (word);

  if (length > LONGEST_STOP_WORD || *word < 'a' || *word > 'z' || (get_lengths ()[*word - 'a'] & (1u << length)) == 0)
    return FALSE;
  return bsearch (word, stop_words, G_N_ELEMENTS (stop_words), sizeof *stop_words, compare_words) != NULL;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == '`' || c == 0xb4;
}

/* One character beyond ASCII: its base letters in lower case. FALSE if it ends a word. */
static gboolean
append_wide (GString *out, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n;

  if (g_unichar_ismark (c))
    return TRUE;
  if (!g_unichar_isalnum (c))
    return FALSE;
  n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n; i++)
    if (g_unichar_isalnum (parts[i]))
      g_string_append_unichar (out, g_unichar_tolower (parts[i]));
  return TRUE;
}

/**
 * sp_terms_append:
 * @out: folded words with a space between; it gets more of them
 * @text: (nullable): UTF-8
 *
 * Appends the words of @text.
 */
void
sp_terms_append (GString *out, const char *text)
{
  gboolean pending = out->len > 0; /* a space before the next letter */

  for (const char *p = text; p != NULL && *p != '\0';)
    {
      gunichar c = (guchar) *p;
      gsize before = out->len;

      if (c >= 0x80)
        c = g_utf8_get_char (p);
      if (is_apostrophe (c))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      if (pending)
        g_string_append_c (out, ' ');
      if (c < 0x80 ? g_ascii_isalnum ((char) c) : append_wide (out, c))
        {
          if (c < 0x80)
            g_string_append_c (out, g_ascii_tolower ((char) c));
          if (pending && out->len == before + 1)
            g_string_truncate (out, before); /* a mark alone */
          else
            pending = FALSE;
        }
      else
        {
          g_string_truncate (out, before);
          pending = before > 0;
        }
      p = g_utf8_next_char (p);
    }
}

/**
 * sp_terms_fold:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full): its words as search compares them, with one space between
 */
char *
sp_terms_fold (const char *text)
{
  GString *out = g_string_new (NULL);

  sp_terms_append (out, text);
  return g_string_free (out, FALSE);
}
