/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/* What an extension may hold at most. */
#define SP_TAXONOMY_MAX_ITEMS 1000 /* headings, categories */
#define SP_TAXONOMY_MAX_TERMS 300  /* synonyms of one category, and so needs */
#define SP_TAXONOMY_MAX_TEXT 300   /* bytes */

SpNode *sp_taxonomy_merge_documents (const SpNode *known, const SpNode *extension, GError **error);
void    sp_taxonomy_translate_document (SpNode *document, const SpNode *translation);

G_END_DECLS
