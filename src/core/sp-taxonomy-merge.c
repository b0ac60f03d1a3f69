/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a partnership's own taxonomy document does to ours: it adds, renames and moves, and never takes away. */
#include "sp-taxonomy-merge.h"

#include <string.h>

/* The item of a list with that code, or NULL. */
static SpNode *
find_by_code (const SpNode *list, const char *code)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_text (sp_node_get_element (list, i), "code"), code) == 0)
      return sp_node_get_element (list, i);
  return NULL;
}

static gboolean
holds_text (const SpNode *list, const char *text)
{
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (g_strcmp0 (sp_node_get_string (sp_node_get_element (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static void
add_texts (SpNode *list, const SpNode *more)
{
  for (guint i = 0; i < sp_node_get_length (more); i++)
    {
      SpNode *text = sp_node_get_element (more, i);
      if (sp_node_get_string (text) == NULL || !holds_text (list, sp_node_get_string (text)))
        sp_node_append (list, sp_node_copy (text));
    }
}

/* Lists grow, everything else is replaced. */
static void
merge_item (SpNode *item, const SpNode *more)
{
  for (guint i = 0; i < sp_node_get_length (more); i++)
    {
      const char *name = sp_node_get_name (more, i);
      SpNode *value = sp_node_get_element (more, i);

      if (sp_node_is_array (value) && sp_node_is_array (sp_node_get (item, name)))
        add_texts (sp_node_get (item, name), value);
      else
        sp_node_set (item, name, sp_node_copy (value));
    }
}

/* Bounds what a document from elsewhere can cost: all that follows takes time by the product of these. */
static gboolean
is_modest (const SpNode *item)
{
  for (guint i = 0; i < sp_node_get_length (item); i++)
    {
      const SpNode *value = sp_node_get_element (item, i);
      const char *text = sp_node_get_string (value);

      if (text != NULL && strlen (text) > SP_TAXONOMY_MAX_TEXT)
        return FALSE;
      if ((sp_node_is_array (value) || sp_node_is_object (value))
          && (sp_node_get_length (value) > SP_TAXONOMY_MAX_TERMS || !is_modest (value)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_item (const SpNode *item, const char *member, guint position, GError **error)
{
  const char *wrong = NULL;

  if (sp_node_get_text (item, "code") == NULL)
    wrong = "expected an object with a code";
  else if (!is_modest (item))
    wrong = "a list or a text in it is too long";
  if (wrong != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Taxonomy, %s, item %u: %s", member, position + 1, wrong);
  return wrong == NULL;
}

static gboolean
check_list (const SpNode *list, const char *member, GError **error)
{
  const char *wrong = NULL;

  if (list != NULL && !sp_node_is_array (list))
    wrong = "expected a list";
  else if (sp_node_get_length (list) > SP_TAXONOMY_MAX_ITEMS)
    wrong = "the list is too long";
  if (wrong != NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Taxonomy, %s: %s", member, wrong);
  return wrong == NULL;
}

static gboolean
merge_list (SpNode *document, const SpNode *extension, const char *member, GError **error)
{
  const SpNode *more = sp_node_get (extension, member);
  SpNode *list = sp_node_get (document, member);

  if (list == NULL)
    sp_node_set (document, member, list = sp_node_new_array ());
  if (!check_list (more, member, error))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (more); i++)
    {
      const SpNode *item = sp_node_get_element (more, i);
      SpNode *known;

      if (!check_item (item, member, i, error))
        return FALSE;
      known = find_by_code (list, sp_node_get_text (item, "code"));
      if (known != NULL)
        merge_item (known, item);
      else
        sp_node_append (list, sp_node_copy (item));
    }
  return TRUE;
}

/* A new category of an extension is the partnership's own term, not one of ours. */
static void
name_own_terms (SpNode *document, const SpNode *known)
{
  SpNode *categories = sp_node_get (document, "categories");

  for (guint i = 0; i < sp_node_get_length (categories); i++)
    {
      SpNode *category = sp_node_get_element (categories, i);
      const char *code = sp_node_get_text (category, "code");
      g_autofree char *term = g_strconcat ("local:", code, NULL);

      if (code != NULL && find_by_code (known, code) == NULL && sp_node_get (category, "term") == NULL)
        sp_node_set_text (category, "term", term);
    }
}

/**
 * sp_taxonomy_merge_documents:
 * @known: a taxonomy document that was read without fault
 * @extension: a document of the same form, from anywhere
 * @error: what is wrong with @extension
 *
 * Headings and categories are known by their code. Of a known one the lists grow and the other members are replaced.
 *
 * Returns: (transfer full) (nullable): the two as one document; its items are not checked
 */
SpNode *
sp_taxonomy_merge_documents (const SpNode *known, const SpNode *extension, GError **error)
{
  g_autoptr (SpNode) document = sp_node_copy (known);

  if (!sp_node_is_object (extension))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "Taxonomy: expected an object");
      return NULL;
    }
  if (!merge_list (document, extension, "headings", error) || !merge_list (document, extension, "categories", error))
    return NULL;
  name_own_terms (document, sp_node_get (known, "categories"));
  return g_steal_pointer (&document);
}

static void
translate_list (SpNode *list, const SpNode *translation, const char *member, const char *language)
{
  const SpNode *items = sp_node_get (translation, member);

  for (guint i = 0; i < sp_node_get_length (items); i++)
    {
      const SpNode *item = sp_node_get_element (items, i);
      SpNode *known = find_by_code (list, sp_node_get_text (item, "code"));
      SpNode *languages = sp_node_get (known, "translations");
      SpNode *words = sp_node_copy (item);

      if (known != NULL && languages == NULL)
        sp_node_set (known, "translations", languages = sp_node_new_object ());
      if (known != NULL)
        sp_node_set (languages, language, words);
      else
        sp_node_unref (words);
    }
}

/**
 * sp_taxonomy_translate_document:
 * @document: a taxonomy document, nobody else's
 * @translation: a document of the same form with a `language` and, by their codes, the names and summaries in it
 *
 * Adds the words of another language as `translations`. Items that @document does not have are left out.
 */
void
sp_taxonomy_translate_document (SpNode *document, const SpNode *translation)
{
  const char *language = sp_node_get_text (translation, "language");

  g_return_if_fail (language != NULL);
  translate_list (sp_node_get (document, "headings"), translation, "headings", language);
  translate_list (sp_node_get (document, "categories"), translation, "categories", language);
}
