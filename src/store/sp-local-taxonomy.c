/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a partnership: the document `taxonomy:local` of a store adds its categories, synonyms and needs to those that
 * come with Signpost, for the program as a whole. */
#include "sp-local-taxonomy.h"

#include "sp-docs.h"
#include "sp-error.h"
#include "sp-taxonomy.h"

static SpTaxonomy *
extend (const SpDoc *doc, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse (doc->body != NULL ? doc->body : "{}", -1, error);

  return body != NULL ? sp_taxonomy_extend (sp_taxonomy_get_built_in (), body, error) : NULL;
}

/**
 * sp_local_taxonomy_load:
 * @db: a connection
 * @error: which item of the document is wrong, and why
 *
 * Has the program go by the words of this store (sp_taxonomy_set_default()), or by those that come with Signpost if it has none
 * of its own, or some with a mistake. For programs that have one store open.
 *
 * Returns: whether there was no mistake
 */
gboolean
sp_local_taxonomy_load (SpDb *db, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, SP_LOCAL_TAXONOMY, NULL, &problem);
  g_autoptr (SpTaxonomy) taxonomy = NULL;

  if (doc != NULL && !doc->deleted)
    taxonomy = extend (doc, &problem);
  sp_taxonomy_set_default (taxonomy);
  if (problem == NULL || g_error_matches (problem, SP_ERROR, SP_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s: ", SP_LOCAL_TAXONOMY);
  return FALSE;
}
