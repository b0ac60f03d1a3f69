/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what somebody typed to an expression for the full text index. Each word may stand for itself, for a word that
 * begins with it, and for the categories whose name, synonyms or needs have such a word; all words must be there. */
#include "sp-search-private.h"

#include "sp-fold.h"
#include "sp-postcode.h"
#include "sp-projection-private.h"
#include "sp-terms.h"

#include <string.h>

#define MOST_CATEGORIES 20  /* that a word stands for, by name first; "group" is in a third of all, and tells nothing */
#define MOST_COMPLETIONS 192 /* words that a beginning stands for; beyond it FTS5 walks them itself, all at once */

/**
 * sp_expression_init:
 * @expression: (out caller-allocates): becomes one without a condition; sp_expression_clear() frees what it holds
 */
void
sp_expression_init (SpExpression *expression)
{
  expression->match = g_string_new (NULL);
  expression->phrases = g_byte_array_new ();
}

/**
 * sp_expression_clear:
 * @expression: an expression; what it holds is freed, the struct is not
 */
void
sp_expression_clear (SpExpression *expression)
{
  g_string_free (expression->match, TRUE);
  g_byte_array_unref (expression->phrases);
}

/**
 * sp_expression_open:
 * @expression: an expression without an open group
 *
 * Begins a group of phrases of which one must be there.
 */
void
sp_expression_open (SpExpression *expression)
{
  g_string_append (expression->match, expression->match->len > 0 ? " AND (" : "(");
}

/**
 * sp_expression_add:
 * @expression: an expression with an open group
 * @phrase: a folded word or a facet, neither of which has a quote in it
 * @prefix: whether it is the beginning of a word
 * @word: number of the word that was typed, or %SP_PHRASE_FILTER
 * @how: how it counts for the fit, such as %SP_PHRASE_EXACT
 */
void
sp_expression_add (SpExpression *expression, const char *phrase, gboolean prefix, guint8 word, guint8 how)
{
  GString *match = expression->match;

  if (match->str[match->len - 1] != '(')
    g_string_append (match, " OR ");
  g_string_append_printf (match, "\"%s\"%s", phrase, prefix ? "*" : "");
  g_byte_array_append (expression->phrases, &word, 1);
  g_byte_array_append (expression->phrases, &how, 1);
}

/**
 * sp_expression_close:
 * @expression: an expression
 *
 * Ends its open group.
 */
void
sp_expression_close (SpExpression *expression)
{
  g_string_append_c (expression->match, ')');
}

/* The least string that is greater than all that begin with @prefix: U+10FFFF is in no word. */
static char *
end_of_prefix (const char *prefix)
{
  return g_strconcat (prefix, "\xf4\x8f\xbf\xbf", NULL);
}

/* The words that begin with @prefix; NULL with no error if they are too many. */
static GPtrArray *
complete (SpDb *db, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *end = end_of_prefix (prefix);
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT word FROM word WHERE word >= ? AND word < ? LIMIT ?", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, prefix, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 3, MOST_COMPLETIONS + 1);
  while (sp_db_step (db, stmt, &has_row, error) && has_row)
    g_ptr_array_add (words, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  return has_row || words->len > MOST_COMPLETIONS ? NULL : g_steal_pointer (&words);
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* Adds what begins with @prefix, the word itself left out. */
static gboolean
add_completions (SpDb *db, const char *prefix, const char *except, guint8 word, SpExpression *expression, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) words = complete (db, prefix, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (words == NULL)
    {
      sp_expression_add (expression, prefix, TRUE, word, SP_PHRASE_BEGINNING);
      return TRUE;
    }
  for (guint i = 0; i < words->len; i++)
    if (strcmp (g_ptr_array_index (words, i), except) != 0)
      sp_expression_add (expression, g_ptr_array_index (words, i), FALSE, word, SP_PHRASE_BEGINNING);
  return TRUE;
}

/* One or two letters: what begins so in names and places. More would be most of the store. */
static void
add_short (const char *text, glong letters, guint8 word, SpExpression *expression)
{
  g_autofree char *facet = g_strdup_printf ("_%ld%s", letters, text);

  sp_expression_add (expression, facet, FALSE, word, SP_PHRASE_BEGINNING);
}

/* How a category counts: by where it stands among those that @needs, which is all that was typed, asks for. */
static guint8
how_category (char **needs, const char *code)
{
  for (guint i = 0; needs != NULL && needs[i] != NULL; i++)
    if (strcmp (needs[i], code) == 0)
      return (guint8) (SP_PHRASE_NEED + MIN (i, SP_MOST_NEEDS));
  return SP_PHRASE_CATEGORY;
}

static void
add_categories (SpDb *db, const char *text, char **needs, guint8 word, SpExpression *expression)
{
  g_auto (GStrv) codes = sp_taxonomy_match_word (sp_taxonomy_get_default (), text);

  for (guint i = 0; codes[i] != NULL && i < MOST_CATEGORIES; i++)
    {
      g_autofree char *facet = sp_text_facet ('c', codes[i]);
      sp_expression_add (expression, facet, FALSE, word, how_category (needs, codes[i]));
    }
}

/* All that one typed word may mean, into the open group. @needs: the categories that the whole text asks for, or NULL */
static gboolean
add_word (SpDb *db, const char *text, char **needs, guint8 word, SpExpression *expression, GError **error)
{
  glong letters = g_utf8_strlen (text, -1);
  g_autofree char *stem = sp_fold_stem (text);

  sp_expression_add (expression, text, FALSE, word, SP_PHRASE_EXACT);
  if (letters <= 2)
    {
      add_short (text, letters, word, expression);
      return TRUE;
    }
  add_categories (db, text, needs, word, expression);
  if (has_digit (text))
    sp_expression_add (expression, text, TRUE, word, SP_PHRASE_BEGINNING);
  else if (!add_completions (db, stem, text, word, expression, error))
    return FALSE;
  return TRUE;
}

/* "6a" after a district: all but the last letter of a postcode. */
static gboolean
is_begun_unit (const char *outward, const char *inward)
{
  g_autofree char *whole = inward != NULL && strlen (inward) == 2 ? g_strdup_printf ("%s %sa", outward, inward) : NULL;
  SpPostcodeKind kind = SP_POSTCODE_NONE;
  g_autofree char *postcode = sp_postcode_read (whole, &kind);

  return postcode != NULL && kind == SP_POSTCODE_UNIT;
}

/* "ca15 6aa" is one word of the index, as "ca156aa" is; "ca15 6" is how it begins. */
static char *
join_postcode (const char *outward, const char *inward)
{
  g_autofree char *both = inward != NULL ? g_strdup_printf ("%s %s", outward, inward) : NULL;
  SpPostcodeKind kind = SP_POSTCODE_NONE;
  g_autofree char *postcode = sp_postcode_read (both, &kind);

  if (kind != SP_POSTCODE_UNIT && kind != SP_POSTCODE_SECTOR && !is_begun_unit (outward, inward))
    return NULL;
  return g_strconcat (outward, inward, NULL);
}

/* Splits what was typed, joins postcodes, and leaves out words without meaning unless no other is there. */
static GPtrArray *
split_words (const char *text)
{
  g_autofree char *folded = sp_terms_fold (text);
  g_auto (GStrv) all = g_strsplit (folded, " ", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  gboolean meaning = FALSE;

  for (guint i = 0; all[i] != NULL; i++)
    meaning = meaning || (*all[i] != '\0' && !sp_terms_is_stop_word (all[i]));
  for (guint i = 0; all[i] != NULL && words->len < SP_MOST_WORDS; i++)
    {
      char *postcode;

      if (*all[i] == '\0' || (meaning && sp_terms_is_stop_word (all[i])))
        continue;
      postcode = join_postcode (all[i], all[i + 1]);
      if (postcode != NULL)
        i++;
      g_ptr_array_add (words, postcode != NULL ? postcode : g_strdup (all[i]));
    }
  return words;
}

/**
 * sp_search_add_words:
 * @db: a connection
 * @text: (nullable): what was typed
 * @any: whether one of the words is enough
 * @expression: gets a group for each word, or one for all
 * @n_words: (out): how many words there are
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_search_add_words (SpDb *db, const char *text, gboolean any, SpExpression *expression, guint *n_words, GError **error)
{
  g_autoptr (GPtrArray) words = split_words (text);
  g_auto (GStrv) needs = words->len > 0 ? sp_taxonomy_match_need (sp_taxonomy_get_default (), text) : NULL;

  *n_words = words->len;
  for (guint i = 0; i < words->len; i++)
    {
      if (i == 0 || !any)
        sp_expression_open (expression);
      if (!add_word (db, g_ptr_array_index (words, i), needs, (guint8) i, expression, error))
        return FALSE;
      if (i + 1 == words->len || !any)
        sp_expression_close (expression);
    }
  return TRUE;
}

/**
 * sp_search_add_need:
 * @db: a connection
 * @text: a need in everyday words
 * @expression: with an open group, which gets the categories that answer it; if there are none, the words
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_search_add_need (SpDb *db, const char *text, SpExpression *expression, GError **error)
{
  g_auto (GStrv) codes = sp_taxonomy_match_need (sp_taxonomy_get_default (), text);
  g_autoptr (GPtrArray) words = split_words (text);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *facet = sp_text_facet ('c', codes[i]);
      sp_expression_add (expression, facet, FALSE, SP_PHRASE_FILTER, SP_PHRASE_CATEGORY);
    }
  for (guint i = 0; codes[0] == NULL && i < words->len; i++)
    if (!add_word (db, g_ptr_array_index (words, i), NULL, SP_PHRASE_FILTER, expression, error))
      return FALSE;
  return TRUE;
}
