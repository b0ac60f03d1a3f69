/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter by category: what a word means in the taxonomy, and what to say where it means nothing. */
#include "sp-search-private.h"

#include "sp-projection-private.h"

static gboolean
is_heading (const SpHeading *heading, const char *text)
{
  return g_ascii_strcasecmp (heading->code, text) == 0 || g_ascii_strcasecmp (heading->name, text) == 0;
}

/* All categories under a heading; FALSE if there is none of that code or name. */
static gboolean
add_heading (GPtrArray *facets, SpTaxonomy *taxonomy, const char *text)
{
  gboolean found = FALSE;

  for (guint i = 0; i < sp_taxonomy_get_n_categories (taxonomy); i++)
    {
      const SpCategory *category = sp_taxonomy_get_category (taxonomy, i);
      if (!is_heading (category->heading, text))
        continue;
      sp_facets_add (facets, 'c', category->code);
      found = TRUE;
    }
  return found;
}

/**
 * sp_search_add_categories:
 * @db: a connection
 * @categories: (element-type utf8): each a category by its code or any of its names, or a heading
 * @facets: get a group of which one must be there, unless @categories is empty
 */
void
sp_search_add_categories (SpDb *db, GPtrArray *categories, GPtrArray *facets)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();

  if (categories->len == 0)
    return;
  sp_facets_open (facets);
  for (guint i = 0; i < categories->len; i++)
    {
      const char *text = g_ptr_array_index (categories, i);
      const char *code = sp_taxonomy_find (taxonomy, text);
      if (code != NULL || !add_heading (facets, taxonomy, text))
        sp_facets_add (facets, 'c', code != NULL ? code : text);
    }
}

/* Whether an entry has a category that the taxonomy does not know: another program's, or a newer one's. */
static gboolean
is_used (SpDb *db, const char *code, gboolean *used, GError **error)
{
  g_autofree char *facet = sp_text_facet ('c', code);
  g_autofree char *match = g_strdup_printf ("\"%s\"", facet);
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT 1 FROM text WHERE text MATCH ? LIMIT 1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
  return sp_db_step (db, stmt, used, error);
}

/* The names of a few categories that may have been meant; NULL if there are none. */
static char *
suggest (SpTaxonomy *taxonomy, const char *text)
{
  g_auto (GStrv) by_word = sp_taxonomy_match_word (taxonomy, text);
  g_auto (GStrv) by_need = sp_taxonomy_match_need (taxonomy, text);
  char **codes = by_word[0] != NULL ? by_word : by_need;
  GString *names = g_string_new (NULL);

  for (guint i = 0; codes[i] != NULL && i < 3; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", sp_taxonomy_lookup (taxonomy, codes[i])->name);
  return g_string_free (names, names->len == 0);
}

/**
 * sp_search_check_category:
 * @db: a connection
 * @text: what was given as a category
 * @error: %SP_ERROR_USAGE with what may have been meant, if nothing is called so
 *
 * Looks whether a category or heading is called so, or an entry has such a code.
 *
 * Returns: whether one is
 */
gboolean
sp_search_check_category (SpDb *db, const char *text, GError **error)
{
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  g_autofree char *names = NULL;
  gboolean known = sp_taxonomy_find (taxonomy, text) != NULL;

  for (guint i = 0; !known && i < sp_taxonomy_get_n_headings (taxonomy); i++)
    known = is_heading (sp_taxonomy_get_heading (taxonomy, i), text);
  if (!known && !is_used (db, text, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  names = suggest (taxonomy, text);
  if (names != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "There is no category “%s”. Did you mean %s?", text, names);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "There is no category “%s”. A need, such as “lonely”, finds those that answer it", text);
  return FALSE;
}
