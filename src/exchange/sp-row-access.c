/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one gets in: by whose referral, whether the building lets everybody in, and in which languages one is met. */
#include "sp-row.h"

#include "sp-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "needs_referral" and "yes" as "Needs referral: yes" */
static char *
answer (const SpRow *row, int column, const char *words)
{
  g_autofree char *header = g_strdelimit (g_strdup (sp_columns_get (row->columns, (guint) column)->header), "_", ' ');

  header[0] = g_ascii_toupper (header[0]);
  return g_strdup_printf ("%s: %s", header, words);
}

/* The words that leave no doubt. "Referral" alone may mean anybody's. */
static const char *
referral_how (const char *text)
{
  static const struct
  {
    const char *words;
    const char *how;
  } table[] = {
    { "just turn up", "just turn up" },
    { "turn up", "just turn up" },
    { "drop in", "just turn up" },
    { "drop-in", "just turn up" },
    { "open door", "just turn up" },
    { "no referral needed", "just turn up" },
    { "no referral required", "just turn up" },
    { "ring first", "ring first" },
    { "phone first", "ring first" },
    { "call first", "ring first" },
    { "telephone first", "ring first" },
    { "self", "self" },
    { "self-referral", "self" },
    { "self referral", "self" },
    { "self-refer", "self" },
    { "self refer", "self" },
    { "professional", "professional" },
    { "professional referral", "professional" },
    { "professional referral only", "professional" },
    { "agency referral", "professional" },
    { "gp referral", "professional" },
    { "referral by professional", "professional" },
  };
  g_autofree char *plain = g_ascii_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].words, plain) == 0)
      return table[i].how;
  return NULL;
}

static void
add_referral (SpRow *row)
{
  SpNode *referral = sp_node_new_object ();
  const char *text = sp_row_get (row, SP_COLUMN_REFERRAL);
  const int needed = sp_row_next (row, SP_COLUMN_NEEDS_REFERRAL, -1), column = sp_row_next (row, SP_COLUMN_REFERRAL_URL, -1);
  g_autofree char *url = column >= 0 ? sp_cell_url (row->clean[column], FALSE) : NULL;
  gboolean value;

  if (text != NULL && !sp_cell_boolean (text, &value))
    {
      sp_node_set_text (referral, "how", referral_how (text));
      sp_node_set_text (referral, "detail", text);
    }
  if (needed >= 0)
    {
      g_autofree char *words = sp_cell_boolean (row->clean[needed], &value) ? answer (row, needed, value ? "yes" : "no") : g_strdup (row->clean[needed]);
      const char *before = sp_node_get_text (referral, "detail");
      g_autofree char *detail = before != NULL ? g_strconcat (before, "; ", words, NULL) : g_steal_pointer (&words);
      sp_node_set_text (referral, "detail", detail);
    }
  if (column >= 0 && url == NULL)
    sp_row_problem (row, column, _("“%s” is not a web address"), row->clean[column]);
  sp_node_set_text (referral, "url", url);
  sp_row_set_part (row->body, "referral", referral);
}

static gboolean
says_access (const char *text)
{
  g_autoptr (SpNode) tags = sp_node_new_array ();

  sp_row_read_access (text, tags);
  return sp_node_get_length (tags) > 0;
}

/* "Wheelchair access: yes" and "Lift: out of order" keep the words of their header; a cell that names what there is, or stands
 * below no more than "Accessibility", speaks for itself. What is certain becomes a tag too. */
static char *
read_accessibility (const SpRow *row, int column, SpNode *tags)
{
  const char *cell = row->clean[column], *header = sp_columns_get (row->columns, (guint) column)->header;
  gboolean value;

  if (!sp_cell_boolean (cell, &value))
    {
      sp_row_read_access (cell, tags);
      return says_access (header) && !says_access (cell) ? answer (row, column, cell) : g_strdup (cell);
    }
  if (value)
    sp_row_read_access (header, tags);
  return answer (row, column, value ? "yes" : "no");
}

static void
add_accessibility (SpRow *row)
{
  g_autoptr (GString) detail = g_string_new (NULL);
  SpNode *accessibility = sp_node_new_object (), *tags = sp_node_new_array ();

  for (int i = -1; (i = sp_row_next (row, SP_COLUMN_ACCESSIBILITY, i)) >= 0;)
    {
      g_autofree char *words = read_accessibility (row, i, tags);

      g_string_append_printf (detail, "%s%s", detail->len > 0 ? "; " : "", words);
    }
  sp_row_set_part (accessibility, "tags", tags);
  sp_node_set_text (accessibility, "detail", detail->str);
  sp_row_set_part (row->body, "accessibility", accessibility);
}

/* ISO 639-1; the languages that lists in Britain name most (Census 2021, main languages). */
static const char *
language_code (const char *word)
{
  static const char * const table[][2] = {
    { "english", "en" },    { "welsh", "cy" },   { "cymraeg", "cy" },   { "polish", "pl" },     { "romanian", "ro" },
    { "punjabi", "pa" },    { "panjabi", "pa" }, { "urdu", "ur" },      { "portuguese", "pt" }, { "spanish", "es" },
    { "arabic", "ar" },     { "bengali", "bn" }, { "gujarati", "gu" },  { "italian", "it" },    { "french", "fr" },
    { "german", "de" },     { "chinese", "zh" }, { "cantonese", "zh" }, { "mandarin", "zh" },   { "somali", "so" },
    { "tamil", "ta" },      { "turkish", "tr" }, { "ukrainian", "uk" }, { "russian", "ru" },    { "farsi", "fa" },
    { "persian", "fa" },    { "kurdish", "ku" }, { "hindi", "hi" },     { "hungarian", "hu" },  { "bulgarian", "bg" },
    { "lithuanian", "lt" }, { "greek", "el" },   { "gaelic", "gd" },    { "irish", "ga" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (word, table[i][0]) == 0 || g_ascii_strcasecmp (word, table[i][1]) == 0)
      return table[i][1];
  return NULL;
}

static void
add_languages (SpRow *row)
{
  int column = sp_row_next (row, SP_COLUMN_LANGUAGES, -1);
  g_auto (GStrv) words = g_strsplit_set (column >= 0 ? row->clean[column] : "", ",;/&|\n", -1);
  g_autoptr (SpNode) languages = sp_node_new_array ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);
      const char *code = language_code (word);
      if (code != NULL)
        sp_node_append (languages, sp_node_new_string (code));
      else if (*word != '\0')
        sp_row_problem (row, column, _("“%s” is not a language that Signpost knows"), word);
    }
  if (sp_node_get_length (languages) > 0)
    sp_node_set (row->body, "languages", g_steal_pointer (&languages));
}

/**
 * sp_row_add_access:
 * @self: a row whose place and people were added
 *
 * Adds referral, accessibility and languages.
 */
void
sp_row_add_access (SpRow *self)
{
  add_referral (self);
  add_accessibility (self);
  add_languages (self);
}
