/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text made alike for comparing: what people type and what lists contain differ in case, accents, apostrophes,
 * hyphens and plurals, and mean the same. */
#include "sp-fold.h"

#include <string.h>

/* Apostrophes join ("can't" is "cant"); every other sign parts two words. */
static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == '`';
}

static char *
fold_ascii (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (out, g_ascii_tolower (*text));
    else if (*text == '&')
      g_string_append (out, out->len > 0 && out->str[out->len - 1] != ' ' ? " and " : "and ");
    else if (!is_apostrophe ((guchar) *text) && out->len > 0 && out->str[out->len - 1] != ' ')
      g_string_append_c (out, ' ');
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/**
 * sp_fold_text:
 * @text: (nullable): UTF-8
 *
 * Lower case, without accents, with single spaces between the words and no other signs.
 *
 * Returns: (transfer full): the folded text; empty when nothing but signs was there
 */
char *
sp_fold_text (const char *text)
{
  g_autofree char *parted = NULL;
  g_autofree char *lower = NULL;
  GString *out;

  if (text == NULL || g_str_is_ascii (text))
    return fold_ascii (text != NULL ? text : "");
  parted = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  lower = parted != NULL ? g_utf8_casefold (parted, -1) : g_strdup ("");
  out = g_string_sized_new (strlen (lower));
  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
      else if (c == '&')
        g_string_append (out, out->len > 0 && out->str[out->len - 1] != ' ' ? " and " : "and ");
      else if (!g_unichar_ismark (c) && !is_apostrophe (c) && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* "pantries", "churches", "clubs" in the singular; longest ending first. */
static const struct { const char *ending; const char *instead; } plurals[] = {
  { "ches", "ch" }, { "shes", "sh" }, { "sses", "ss" }, { "ies", "y" }, { "xes", "x" }, { "ss", "ss" }, { "s", "" },
};

static void
append_singular (GString *out, const char *word)
{
  gsize length = strlen (word);

  for (guint i = 0; length > 3 && i < G_N_ELEMENTS (plurals); i++)
    if (g_str_has_suffix (word, plurals[i].ending))
      {
        g_string_append_len (out, word, (gssize) (length - strlen (plurals[i].ending)));
        g_string_append (out, plurals[i].instead);
        return;
      }
  g_string_append (out, word);
}

/**
 * sp_fold_key:
 * @text: UTF-8
 *
 * Folds further, for looking up a name whose spelling varies: no spaces, no plurals, no "and". "Food banks",
 * "foodbank" and "Food-Bank" have one key.
 *
 * Returns: (transfer full): the key
 */
char *
sp_fold_key (const char *text)
{
  g_autofree char *folded = sp_fold_text (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], "and") != 0)
      append_singular (out, words[i]);
  return g_string_free (out, FALSE);
}

/* Endings of English that change a word's role and not what it is about; longest first. At least four letters stay,
 * or three where the ending is a plural. */
static const struct { const char *ending; const char *instead; guint stays; } endings[] = {
  { "iness", "", 4 }, { "ness", "", 4 }, { "ings", "", 4 }, { "ing", "", 4 }, { "ies", "", 4 }, { "ied", "", 4 },
  { "ed", "", 4 }, { "es", "", 4 }, { "ss", "ss", 1 }, { "us", "us", 1 }, { "s", "", 3 }, { "y", "", 4 }, { "e", "", 4 },
};

/**
 * sp_fold_stem:
 * @folded_word: one word as sp_fold_text() leaves it
 *
 * "walks" and "walking" are about a walk, "loneliness" is what "lonely" people have. A light stemmer: it would rather
 * leave two words apart than join two that differ.
 *
 * Returns: (transfer full): the part that such words share
 */
char *
sp_fold_stem (const char *folded_word)
{
  gsize length = strlen (folded_word);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize cut = strlen (endings[i].ending);

      if (length >= cut + endings[i].stays && g_str_has_suffix (folded_word, endings[i].ending))
        {
          g_autofree char *stem = g_strndup (folded_word, length - cut);
          return g_strconcat (stem, endings[i].instead, NULL);
        }
    }
  return g_strdup (folded_word);
}
