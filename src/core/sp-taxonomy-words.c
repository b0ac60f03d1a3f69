/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of the taxonomy: names and summaries in the language of the session, else as the taxonomy has
 * them. Any thread may ask. */
#include "sp-taxonomy.h"

/* @fallback: (nullable): in English, which is not looked for among the translations */
static const char *
get_local (const SpNode *translations, const char *member, const char *fallback)
{
  const char * const *languages = g_get_language_names ();

  for (guint i = 0; translations != NULL && languages[i] != NULL && !g_str_has_prefix (languages[i], "en"); i++)
    {
      const char *text = sp_node_get_text (sp_node_get (translations, languages[i]), member);

      if (text != NULL && *text != '\0')
        return text;
    }
  return fallback;
}

/**
 * sp_heading_get_local_name:
 * @self: a heading
 *
 * Returns: (transfer none): its name for a person; the taxonomy owns it
 */
const char *
sp_heading_get_local_name (const SpHeading *self)
{
  return get_local (self->translations, "name", self->name);
}

/**
 * sp_category_get_local_name:
 * @self: a category
 *
 * Returns: (transfer none): its name for a person; the taxonomy owns it
 */
const char *
sp_category_get_local_name (const SpCategory *self)
{
  return get_local (self->translations, "name", self->name);
}

/**
 * sp_category_get_local_summary:
 * @self: a category
 *
 * Returns: (transfer none) (nullable): what belongs there, for a person; the taxonomy owns it
 */
const char *
sp_category_get_local_summary (const SpCategory *self)
{
  return get_local (self->translations, "summary", self->summary);
}
