/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTaxonomy: the categories of data/taxonomy and what a partnership adds to them, built once from one merged document
 * and then only read. docs/data.md describes the format. */
#include "sp-taxonomy.h"

#include "sp-data.h"
#include "sp-fold.h"
#include "sp-taxonomy-merge.h"
#include "sp-term-index.h"

#include <string.h>

struct _SpTaxonomy
{
  gint         ref_count;  /* atomic */
  SpNode      *document;   /* owned; all texts below point into it */
  GArray      *headings;   /* of SpHeading */
  GArray      *categories; /* of SpCategory */
  GHashTable  *by_code;    /* code → position + 1 */
  GHashTable  *by_key;     /* sp_fold_key() of code, name or synonym (owned) → position + 1 */
  SpTermIndex *terms;      /* owners are positions */
};

static void
clear_category (gpointer data)
{
  SpCategory *category = data;

  g_free ((char *) category->term);
  g_free ((gpointer) category->synonyms);
  g_free ((gpointer) category->needs);
}

static gboolean
is_code (const char *text)
{
  if (text == NULL || !g_ascii_islower (*text))
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_islower (*text) && !g_ascii_isdigit (*text) && *text != '-')
      return FALSE;
  return TRUE;
}

static gboolean
require (gboolean condition, const char *list, guint position, const char *what, GError **error)
{
  if (!condition)
    g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Taxonomy, %s %u: %s", list, position + 1, what);
  return condition;
}

/* The texts of an array, in place; NULL where one is no text, or empty. */
static const char **
text_list (const SpNode *array)
{
  guint length = sp_node_get_length (array);
  g_autofree const char **texts = g_new0 (const char *, length + 1);

  if (array != NULL && !sp_node_is_array (array))
    return NULL;
  for (guint i = 0; i < length; i++)
    {
      texts[i] = sp_node_get_string (sp_node_get_element (array, i));
      if (texts[i] == NULL || *texts[i] == '\0')
        return NULL;
    }
  return g_steal_pointer (&texts);
}

static gboolean
read_heading (SpTaxonomy *self, const SpNode *node, guint position, GError **error)
{
  SpHeading heading = { sp_node_get_text (node, "code"), sp_node_get_text (node, "name"),
                        sp_node_get_text (node, "shape"), sp_node_get_text (node, "colour"),
                        sp_node_get (node, "translations") };

  if (!require (is_code (heading.code), "heading", position, "expected a code of small letters and hyphens", error)
      || !require (heading.name != NULL && *heading.name != '\0', "heading", position, "expected a name", error)
      || !require (heading.shape != NULL && heading.colour != NULL, "heading", position,
                   "expected the shape and colour of its pins", error))
    return FALSE;
  g_array_append_val (self->headings, heading);
  return TRUE;
}

static const SpHeading *
find_heading (const SpTaxonomy *self, const char *code)
{
  for (guint i = 0; i < self->headings->len; i++)
    if (g_strcmp0 (g_array_index (self->headings, SpHeading, i).code, code) == 0)
      return &g_array_index (self->headings, SpHeading, i);
  return NULL;
}

static const char *
text_or (const SpNode *node, const char *member, const char *fallback)
{
  const char *text = sp_node_get_text (node, member);

  return text != NULL ? text : fallback;
}

static char *
term_of (const SpTaxonomy *self, const SpNode *node)
{
  const char *term = sp_node_get_text (node, "term");

  if (term != NULL)
    return g_strdup (term);
  return g_strconcat (text_or (self->document, "term_prefix", "local:"), sp_node_get_text (node, "code"), NULL);
}

static gboolean
read_category (SpTaxonomy *self, const SpNode *node, guint position, GError **error)
{
  const SpHeading *heading = find_heading (self, sp_node_get_text (node, "heading"));
  g_autofree const char **synonyms = text_list (sp_node_get (node, "synonyms"));
  g_autofree const char **needs = text_list (sp_node_get (node, "needs"));
  SpCategory category = { sp_node_get_text (node, "code"), sp_node_get_text (node, "name"), sp_node_get_text (node, "summary") };

  if (!require (is_code (category.code), "category", position, "expected a code of small letters and hyphens", error)
      || !require (category.name != NULL && *category.name != '\0', "category", position, "expected a name", error)
      || !require (heading != NULL, "category", position, "expected the code of a heading", error)
      || !require (synonyms != NULL && needs != NULL, "category", position, "expected synonyms and needs to be lists of texts", error)
      || !require (!g_hash_table_contains (self->by_code, category.code), "category", position, "its code is there twice", error))
    return FALSE;
  category.heading = heading;
  category.term = term_of (self, node);
  category.shape = text_or (node, "shape", heading->shape);
  category.colour = text_or (node, "colour", heading->colour);
  category.synonyms = g_steal_pointer (&synonyms);
  category.needs = g_steal_pointer (&needs);
  category.translations = sp_node_get (node, "translations");
  g_array_append_val (self->categories, category);
  g_hash_table_insert (self->by_code, (gpointer) category.code, GUINT_TO_POINTER (self->categories->len));
  return TRUE;
}

/* The first to claim a key keeps it. */
static void
claim_key (SpTaxonomy *self, const char *text, guint position)
{
  char *key = sp_fold_key (text);

  if (*key == '\0' || g_hash_table_contains (self->by_key, key))
    g_free (key);
  else
    g_hash_table_insert (self->by_key, key, GUINT_TO_POINTER (position + 1));
}

/* Whatever language a window speaks: in Wales people search in both. */
static void
index_translations (SpTaxonomy *self)
{
  for (guint i = 0; i < self->categories->len; i++)
    {
      const SpNode *languages = g_array_index (self->categories, SpCategory, i).translations;

      for (guint j = 0; j < sp_node_get_length (languages); j++)
        {
          const char *name = sp_node_get_text (sp_node_get_element (languages, j), "name");

          if (name == NULL)
            continue;
          sp_term_index_add (self->terms, name, i, 1);
          claim_key (self, name, i);
        }
    }
}

static void
index_terms (SpTaxonomy *self)
{
  for (guint i = 0; i < self->categories->len; i++)
    {
      const SpCategory *category = &g_array_index (self->categories, SpCategory, i);

      claim_key (self, category->code, i);
      sp_term_index_add (self->terms, category->name, i, 0);
      for (guint j = 0; category->synonyms[j] != NULL; j++)
        sp_term_index_add (self->terms, category->synonyms[j], i, 1);
      for (guint j = 0; category->needs[j] != NULL; j++)
        sp_term_index_add (self->terms, category->needs[j], i, 2);
    }
  for (guint i = 0; i < self->categories->len; i++)
    claim_key (self, g_array_index (self->categories, SpCategory, i).name, i);
  for (guint i = 0; i < self->categories->len; i++)
    for (guint j = 0; g_array_index (self->categories, SpCategory, i).synonyms[j] != NULL; j++)
      claim_key (self, g_array_index (self->categories, SpCategory, i).synonyms[j], i);
  index_translations (self);
  sp_term_index_seal (self->terms);
}

static SpTaxonomy *
new_empty (SpNode *document)
{
  SpTaxonomy *self = g_new0 (SpTaxonomy, 1);

  self->ref_count = 1;
  self->document = document;
  self->headings = g_array_new (FALSE, FALSE, sizeof (SpHeading));
  self->categories = g_array_new (FALSE, FALSE, sizeof (SpCategory));
  g_array_set_clear_func (self->categories, clear_category);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->terms = sp_term_index_new ();
  return self;
}

/* (transfer full) document: nobody else holds it */
static SpTaxonomy *
build (SpNode *document, GError **error)
{
  g_autoptr (SpTaxonomy) self = new_empty (document);
  const SpNode *headings = sp_node_get (document, "headings");
  const SpNode *categories = sp_node_get (document, "categories");

  for (guint i = 0; sp_node_is_array (headings) && i < sp_node_get_length (headings); i++)
    if (!read_heading (self, sp_node_get_element (headings, i), i, error))
      return NULL;
  for (guint i = 0; sp_node_is_array (categories) && i < sp_node_get_length (categories); i++)
    if (!read_category (self, sp_node_get_element (categories, i), i, error))
      return NULL;
  index_terms (self);
  return g_steal_pointer (&self);
}

/**
 * sp_taxonomy_get_built_in:
 *
 * Any thread may ask; the first builds it.
 *
 * Returns: (transfer none): the taxonomy that comes with Signpost
 */
SpTaxonomy *
sp_taxonomy_get_built_in (void)
{
  static gsize taxonomy = 0;

  if (g_once_init_enter (&taxonomy))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SpNode) welsh = sp_data_load_json ("taxonomy/taxonomy.cy.json");
      SpNode *document = sp_data_load_json ("taxonomy/taxonomy.json");
      SpTaxonomy *built;

      sp_taxonomy_translate_document (document, welsh);
      built = build (document, &error);

      if (built == NULL)
        g_error ("%s", error->message);
      g_once_init_leave (&taxonomy, (gsize) built);
    }
  return (SpTaxonomy *) taxonomy;
}

/* All that were the default: others may be reading them still. A partnership changes its words a few times a year. */
G_LOCK_DEFINE_STATIC (defaults);
static GPtrArray *defaults;
static SpTaxonomy *chosen; /* atomic; nullable; one of @defaults */

/**
 * sp_taxonomy_get_default:
 *
 * Any thread may ask. What it points to stays for as long as the program runs.
 *
 * Returns: (transfer none): the taxonomy that the program goes by: the one that comes with Signpost, unless
 *   sp_taxonomy_set_default() said another
 */
SpTaxonomy *
sp_taxonomy_get_default (void)
{
  SpTaxonomy *taxonomy = g_atomic_pointer_get (&chosen);

  return taxonomy != NULL ? taxonomy : sp_taxonomy_get_built_in ();
}

/**
 * sp_taxonomy_set_default:
 * @taxonomy: (nullable): what the program goes by from now on; %NULL for the one that comes with Signpost
 *
 * May be called from any thread.
 */
void
sp_taxonomy_set_default (SpTaxonomy *taxonomy)
{
  G_LOCK (defaults);
  if (defaults == NULL)
    defaults = g_ptr_array_new ();
  if (taxonomy != NULL)
    g_ptr_array_add (defaults, sp_taxonomy_ref (taxonomy));
  g_atomic_pointer_set (&chosen, taxonomy);
  G_UNLOCK (defaults);
}

/**
 * sp_taxonomy_new:
 * @document: (transfer none): a taxonomy document with `headings` and `categories`
 * @error: which item is wrong, and why
 *
 * Returns: (transfer full) (nullable): the taxonomy
 */
SpTaxonomy *
sp_taxonomy_new (SpNode *document, GError **error)
{
  return build (sp_node_copy (document), error);
}

/**
 * sp_taxonomy_extend:
 * @self: a taxonomy
 * @extension: (transfer none): a document of the same form, such as a partnership's file or `taxonomy:local`
 * @error: which item is wrong, and why
 *
 * Adds what is new by its code; to what is known it adds synonyms and needs, and it may rename or move it.
 *
 * Returns: (transfer full) (nullable): a new taxonomy; @self stays as it is
 */
SpTaxonomy *
sp_taxonomy_extend (SpTaxonomy *self, SpNode *extension, GError **error)
{
  SpNode *document = sp_taxonomy_merge_documents (self->document, extension, error);

  return document != NULL ? build (document, error) : NULL;
}

/**
 * sp_taxonomy_ref:
 * @self: a taxonomy
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): the same taxonomy
 */
SpTaxonomy *
sp_taxonomy_ref (SpTaxonomy *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

/**
 * sp_taxonomy_unref:
 * @self: (transfer full): a taxonomy
 *
 * Frees it when nobody else holds it. May be called from any thread.
 */
void
sp_taxonomy_unref (SpTaxonomy *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  sp_term_index_free (self->terms);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_code);
  g_array_unref (self->categories);
  g_array_unref (self->headings);
  sp_node_unref (self->document);
  g_free (self);
}

/**
 * sp_taxonomy_get_n_headings:
 * @self: a taxonomy
 *
 * Returns: how many headings it has
 */
guint sp_taxonomy_get_n_headings (SpTaxonomy *self) { return self->headings->len; }

/**
 * sp_taxonomy_get_n_categories:
 * @self: a taxonomy
 *
 * Returns: how many categories it has, under all headings
 */
guint sp_taxonomy_get_n_categories (SpTaxonomy *self) { return self->categories->len; }

/**
 * sp_taxonomy_get_heading:
 * @self: a taxonomy
 * @position: below their number
 *
 * Returns: (transfer none): the heading; the taxonomy owns it
 */
const SpHeading *
sp_taxonomy_get_heading (SpTaxonomy *self, guint position)
{
  g_return_val_if_fail (position < self->headings->len, NULL);
  return &g_array_index (self->headings, SpHeading, position);
}

/**
 * sp_taxonomy_get_category:
 * @self: a taxonomy
 * @position: below their number
 *
 * Returns: (transfer none): the category; the taxonomy owns it
 */
const SpCategory *
sp_taxonomy_get_category (SpTaxonomy *self, guint position)
{
  g_return_val_if_fail (position < self->categories->len, NULL);
  return &g_array_index (self->categories, SpCategory, position);
}

/**
 * sp_taxonomy_lookup:
 * @self: a taxonomy
 * @code: what a document holds
 *
 * Returns: (transfer none) (nullable): the category
 */
const SpCategory *
sp_taxonomy_lookup (SpTaxonomy *self, const char *code)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_code, code));

  return position > 0 ? &g_array_index (self->categories, SpCategory, position - 1) : NULL;
}

/**
 * sp_taxonomy_find:
 * @self: a taxonomy
 * @text: a code, name or synonym, however it is spelt: "Food banks", "foodbank", "food-bank"
 *
 * For `--category` and for the columns of imported lists.
 *
 * Returns: (transfer none) (nullable): the code it means
 */
const char *
sp_taxonomy_find (SpTaxonomy *self, const char *text)
{
  g_autofree char *key = sp_fold_key (text);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key));

  return position > 0 ? g_array_index (self->categories, SpCategory, position - 1).code : NULL;
}

/* (transfer full) owners */
static char **
codes_of (const SpTaxonomy *self, GArray *owners)
{
  char **codes = g_new0 (char *, owners->len + 1);

  for (guint i = 0; i < owners->len; i++)
    codes[i] = g_strdup (g_array_index (self->categories, SpCategory, g_array_index (owners, guint, i)).code);
  g_array_unref (owners);
  return codes;
}

/**
 * sp_taxonomy_match_word:
 * @self: a taxonomy
 * @word_prefix: the beginning of one word, as typed so far; case and accents do not matter
 *
 * Takes a few microseconds.
 *
 * Returns: (transfer full) (array zero-terminated=1): codes of the categories whose name, synonyms or needs hold a word
 *   that begins so: by name, by synonym, by need; free with g_strfreev()
 */
char **
sp_taxonomy_match_word (SpTaxonomy *self, const char *word_prefix)
{
  return codes_of (self, sp_term_index_prefix (self->terms, word_prefix));
}

/**
 * sp_taxonomy_match_need:
 * @self: a taxonomy
 * @phrase: what somebody said, such as "my mum has dementia and I never get out"
 *
 * For `--need`.
 *
 * Returns: (transfer full) (array zero-terminated=1): codes of the categories that may help, best first; free with
 *   g_strfreev()
 */
char **
sp_taxonomy_match_need (SpTaxonomy *self, const char *phrase)
{
  return codes_of (self, sp_term_index_rank (self->terms, phrase));
}
