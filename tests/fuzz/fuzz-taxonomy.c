/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a partnership's taxonomy: refused with a sentence, or a taxonomy that answers. The bytes also stand for
 * what somebody said. */
#include "sp-taxonomy.h"

int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

static void
ask (SpTaxonomy *taxonomy, const char *text)
{
  g_auto (GStrv) words = sp_taxonomy_match_word (taxonomy, text);
  g_auto (GStrv) needs = sp_taxonomy_match_need (taxonomy, text);

  for (guint i = 0; words[i] != NULL; i++)
    g_assert_nonnull (sp_taxonomy_lookup (taxonomy, words[i]));
  for (guint i = 0; needs[i] != NULL; i++)
    g_assert_nonnull (sp_taxonomy_lookup (taxonomy, needs[i]));
  sp_taxonomy_find (taxonomy, text);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autoptr (SpNode) extension = sp_node_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (SpTaxonomy) taxonomy = NULL;

  ask (sp_taxonomy_get_default (), text);
  if (extension == NULL)
    return 0;
  taxonomy = sp_taxonomy_extend (sp_taxonomy_get_default (), extension, &error);
  g_assert_true ((taxonomy == NULL) == (error != NULL));
  if (taxonomy != NULL)
    ask (taxonomy, text);
  return 0;
}
