/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the import dialog says of a list, in words. */
#include "sp-import-words.h"

#include "sp-import-memory.h"

#include <glib/gi18n.h>

#define GONE_NAMED 5 /* of the entries that are not in the list any more */

static char *
describe_count (SpImportOutcome outcome, guint count)
{
  switch (outcome)
    {
    case SP_IMPORT_ADDED:
      return g_strdup_printf (_("%u new"), count);
    case SP_IMPORT_UPDATED:
      return g_strdup_printf (_("%u updated"), count);
    case SP_IMPORT_UNCHANGED:
      return g_strdup_printf (_("%u as before"), count);
    case SP_IMPORT_SKIPPED:
    default:
      return g_strdup_printf (_("%u left out"), count);
    }
}

/**
 * sp_import_words_counts:
 * @counts: how many rows became what
 *
 * Returns: (transfer full): "42 rows: 38 new, 2 updated, 1 as before, 1 left out"
 */
char *
sp_import_words_counts (const SpImportCounts *counts)
{
  GString *words = g_string_new (NULL);
  const char *divide = ": ";

  g_string_append_printf (words, ngettext ("%u row", "%u rows", counts->read), counts->read);
  for (guint i = 0; i < G_N_ELEMENTS (counts->outcomes); i++)
    if (counts->outcomes[i] > 0)
      {
        g_autofree char *count = describe_count ((SpImportOutcome) i, counts->outcomes[i]);
        g_string_append_printf (words, "%s%s", divide, count);
        divide = ", ";
      }
  return g_string_free (words, FALSE);
}

static void
add_sentence (GString *words, const char *sentence)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", sentence);
}

static void
add_placed (GString *words, const SpImportCounts *counts, gboolean done)
{
  g_autofree char *placed = NULL, *approximate = NULL;

  if (counts->placed == 0)
    return;
  if (done)
    placed = g_strdup_printf (ngettext ("%u entry is in the middle of its postcode now.",
                                        "%u entries are in the middle of their postcode now.", counts->placed), counts->placed);
  else
    placed = g_strdup_printf (ngettext ("%u of them will be put in the middle of its postcode.",
                                        "%u of them will be put in the middle of their postcode.", counts->placed), counts->placed);
  add_sentence (words, placed);
  approximate = g_strdup_printf (ngettext ("%u of those only approximately.", "%u of those only approximately.",
                                           counts->approximate), counts->approximate);
  if (counts->approximate > 0)
    add_sentence (words, approximate);
}

/**
 * sp_import_words_places:
 * @counts: how many rows became what
 * @done: whether that was the import, and not a preview of it
 *
 * Returns: (transfer full) (nullable): which rows were joined, how many entries are hidden, what becomes of those without a
 *   position, and what postcodes and places are for
 */
char *
sp_import_words_places (const SpImportCounts *counts, gboolean done)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *joined = g_strdup_printf (ngettext ("%u more row says more of an entry and was joined to it.",
                                                       "%u more rows say more of an entry and were joined to it.",
                                                       counts->joined), counts->joined);
  g_autofree char *hidden = g_strdup_printf (ngettext ("%u entry is outside its dates for showing.",
                                                       "%u entries are outside their dates for showing.", counts->hidden),
                                             counts->hidden);
  g_autofree char *unplaced = g_strdup_printf (ngettext ("%u new entry has no position.", "%u new entries have no position.",
                                                         counts->unplaced), counts->unplaced);

  if (counts->joined > 0)
    add_sentence (words, joined);
  if (counts->known > 0 && !done)
    add_sentence (words, _("Postcodes and places are not listed as entries. They are for searching near them, and put entries "
                           "on the map that have no position."));
  if (counts->more)
    add_sentence (words, _("Only the first of them were looked at."));
  if (counts->hidden > 0)
    add_sentence (words, hidden);
  if (counts->unplaced > 0)
    add_sentence (words, unplaced);
  add_placed (words, counts, done);
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/**
 * sp_import_words_left_out:
 * @columns: (element-type SpImportColumn): the columns of a list
 *
 * Returns: (transfer full) (nullable): which of them are left out for the names of people in them
 */
char *
sp_import_words_left_out (GPtrArray *columns)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const SpImportColumn *column = g_ptr_array_index (columns, i);
      if (column->personal && column->left_out)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", column->header);
    }
  if (names->len == 0)
    return NULL;
  return g_strdup_printf (_("Left out, for they have the names of people: %s"), names->str); /* Translators: %s names of columns */
}

/**
 * sp_import_words_gone:
 * @gone: (element-type SpImportGone): entries that are not in the list any more
 *
 * Returns: (transfer full): the first names, and how many more there are
 */
char *
sp_import_words_gone (GPtrArray *gone)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint more = gone->len > GONE_NAMED ? gone->len - GONE_NAMED : 0;

  for (guint i = 0; i < gone->len - more; i++)
    {
      const SpImportGone *one = g_ptr_array_index (gone, i);
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", one->name != NULL ? one->name : one->id);
    }
  if (more > 0)
    g_string_append_printf (words, ngettext (" and %u more", " and %u more", more), more);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
