/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words in which lists say what a building has for people who need it, and for whom something is, as the tags by which
 * entries are filtered. Only what leaves no doubt: “partial wheelchair access” is no tag. The words themselves stay beside it. */
#include "sp-row.h"

#include <string.h>

typedef struct
{
  const char *tag;
  const char *words; /* lower case, no punctuation, a bar between */
} Words;

static const Words access_words[] = {
  { "step-free", "step free|step free access|step free entrance|stepfree|no steps|level access|level entrance|level entry|"
                 "ramped access|ramped entrance|ramp access" },
  { "wheelchair", "wheelchair|wheelchair access|wheelchair accessible|wheelchair accessible entrance|wheelchair friendly|"
                  "full wheelchair access|fully wheelchair accessible|accessible by wheelchair|accessible to wheelchairs|"
                  "wheelchair users welcome|suitable for wheelchairs" },
  { "accessible-toilet", "accessible toilet|accessible toilets|accessible toilet facilities|accessible wc|disabled toilet|"
                         "disabled toilets|disabled toilet facilities|disabled wc|wheelchair accessible toilet|"
                         "wheelchair accessible toilets" },
  { "changing-places", "changing places|changing places toilet|changing places toilets|changing places facility" },
  { "lift", "lift|lifts|lift access|passenger lift|building has lift|building has a lift|has a lift" },
  { "hoist", "hoist|hoists" },
  { "hearing-loop", "hearing loop|hearing loops|hearing loop system|induction loop|induction loop system|loop system|"
                    "hearing induction loop|audio loop" },
  { "bsl", "bsl|british sign language|british sign language bsl|bsl interpreter|bsl interpreters|sign language" },
  { "interpreter", "interpreter|interpreters|interpreting|interpreter available" },
  { "quiet-space", "quiet space|quiet room|quiet area" },
  { "dementia-friendly", "dementia friendly" },
  { "large-print", "large print" },
  { "easy-read", "easy read" },
  { "guide-dogs", "guide dogs|guide dogs welcome|assistance dogs|assistance dogs welcome|assistance dogs allowed" },
  { "benches", "benches" },
  { "parking", "accessible parking|disabled parking|disabled parking space|disabled parking spaces|disabled car parking|"
               "disabled car parking space|disabled car parking spaces|blue badge parking|blue badge spaces" },
  { "pushchair", "pushchair access|pushchair accessible|pushchair friendly|pram access|buggy access|buggy friendly" },
  { "baby-changing", "baby changing|baby changing facilities|baby change|nappy changing" },
  { "tail-lift", "tail lift|vehicle with a tail lift|vehicle with tail lift" },
};

static const Words people_words[] = {
  { "older people", "older people|older adults|older persons|the elderly|elderly|elderly people|senior citizens|pensioners" },
  { "carers", "carers|unpaid carers|family carers|adult carers" },
  { "young carers", "young carers" },
  { "dementia", "dementia|people with dementia|people living with dementia|those with dementia" },
  { "disabled people", "disabled people|people with disabilities|people with a disability|disabilities|disability|"
                       "physical disabilities|physical disability|disabled" },
  { "learning disability", "learning disability|learning disabilities|people with learning disabilities|"
                           "people with a learning disability" },
  { "autism", "autism|autistic people|people with autism|autistic spectrum" },
  { "living alone", "people who live alone|people living alone|living alone" },
  { "housebound", "housebound|housebound people" },
  { "beginners", "beginners" },
};

/* "Step-free access!" as "step free access" */
static char *
plain (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
      g_string_append_c (out, *p);
    else if (out->len > 0 && out->str[out->len - 1] != ' ')
      g_string_append_c (out, ' ');
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static GHashTable *
new_index (const Words *table, guint n)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (table[i].words, "|", -1);
      for (guint k = 0; words[k] != NULL; k++)
        g_hash_table_insert (index, g_strdup (words[k]), (gpointer) table[i].tag);
    }
  return index;
}

/* Made at first use and kept. */
static GHashTable *
get_index (const Words *table, guint n, gsize *index)
{
  if (g_once_init_enter (index))
    g_once_init_leave (index, GPOINTER_TO_SIZE (new_index (table, n)));
  return GSIZE_TO_POINTER (*index);
}

static const char *
find_tag (GHashTable *index, const char *text)
{
  g_autofree char *words = plain (text);

  return g_hash_table_lookup (index, words);
}

static void
add_tag (SpNode *tags, const char *tag)
{
  for (guint i = 0; i < sp_node_get_length (tags); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (tags, i)), tag) == 0)
      return;
  sp_node_append (tags, sp_node_new_string (tag));
}

/* Appends the tags of the items between @separators; where @wholly, only if each of them has one. */
static gboolean
read_items (GHashTable *index, const char *text, const char *separators, gboolean wholly, SpNode *tags)
{
  g_auto (GStrv) items = g_strsplit_set (text, separators, -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; items[i] != NULL; i++)
    {
      const char *tag = find_tag (index, items[i]);

      if (tag != NULL)
        g_ptr_array_add (found, (gpointer) tag);
      else if (wholly && *g_strstrip (items[i]) != '\0')
        return FALSE;
    }
  for (guint i = 0; i < found->len; i++)
    add_tag (tags, g_ptr_array_index (found, i));
  return found->len > 0;
}

/* Between commas stands also “level access, except the stage”: those are a list only where all of it is known. */
static void
read_cell (GHashTable *index, const char *text, SpNode *tags)
{
  if (!read_items (index, text, ",;|\n", TRUE, tags))
    read_items (index, text, ";|\n", FALSE, tags);
}

/**
 * sp_row_read_access:
 * @text: a cell, or the words above a column that says yes
 * @tags: (inout): an array, to which the tags of `accessibility.tags` are added that it certainly says
 */
void
sp_row_read_access (const char *text, SpNode *tags)
{
  static gsize index;

  read_cell (get_index (access_words, G_N_ELEMENTS (access_words), &index), text, tags);
}

/**
 * sp_row_read_people:
 * @text: a cell that says for whom something is
 * @tags: (inout): an array, to which the tags of `eligibility.tags` are added that it certainly says
 */
void
sp_row_read_people (const char *text, SpNode *tags)
{
  static gsize index;

  read_cell (get_index (people_words, G_N_ELEMENTS (people_words), &index), text, tags);
}
