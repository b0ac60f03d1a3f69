/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpTaxonomy:
 *
 * What a neighbourhood can offer, in categories under a few headings, with the words people use for it. Reference
 * counted (atomically) and immutable: any thread may read it.
 */
typedef struct _SpTaxonomy SpTaxonomy;

/**
 * SpHeading:
 * @code: stable, in lower case with hyphens
 * @name: as shown
 * @shape: of its pins: `circle`, `square`, `triangle` …
 * @colour: of its pins, by name; the toolkit chooses the shade, and never tells two headings apart by it alone
 * @translations: (nullable): by language, what has its `name` there; see sp_heading_get_local_name()
 *
 * A group of categories. Its texts belong to the taxonomy.
 */
typedef struct
{
  const char *code;
  const char *name;
  const char *shape;
  const char *colour;
  const SpNode *translations;
} SpHeading;

/**
 * SpCategory:
 * @code: stable, in lower case with hyphens; what documents hold
 * @name: as shown
 * @summary: (nullable): what belongs here, in one sentence
 * @term: identifier of the taxonomy term in Open Referral UK (HSDS `taxonomy_term`), such as `signpost:food-bank`
 * @heading: (transfer none): where it stands
 * @shape: of its pins; its heading's unless it has its own
 * @colour: of its pins; its heading's unless it has its own
 * @synonyms: (array zero-terminated=1): other names
 * @needs: (array zero-terminated=1): what people say who need it
 * @translations: (nullable): by language, what has its `name` and `summary` there; see sp_category_get_local_name()
 *
 * One kind of thing to find. Its texts belong to the taxonomy.
 */
typedef struct
{
  const char         *code;
  const char         *name;
  const char         *summary;
  const char         *term;
  const SpHeading    *heading;
  const char         *shape;
  const char         *colour;
  const char * const *synonyms;
  const char * const *needs;
  const SpNode       *translations;
} SpCategory;

SpTaxonomy       *sp_taxonomy_get_built_in (void);
SpTaxonomy       *sp_taxonomy_get_default  (void);
void              sp_taxonomy_set_default  (SpTaxonomy *taxonomy);
SpTaxonomy       *sp_taxonomy_new          (SpNode *document, GError **error);
SpTaxonomy       *sp_taxonomy_extend       (SpTaxonomy *self, SpNode *extension, GError **error);
SpTaxonomy       *sp_taxonomy_ref          (SpTaxonomy *self);
void              sp_taxonomy_unref        (SpTaxonomy *self);

guint             sp_taxonomy_get_n_headings   (SpTaxonomy *self);
const SpHeading  *sp_taxonomy_get_heading      (SpTaxonomy *self, guint position);
guint             sp_taxonomy_get_n_categories (SpTaxonomy *self);
const SpCategory *sp_taxonomy_get_category     (SpTaxonomy *self, guint position);
const SpCategory *sp_taxonomy_lookup           (SpTaxonomy *self, const char *code);

const char       *sp_taxonomy_find         (SpTaxonomy *self, const char *text);
char            **sp_taxonomy_match_word   (SpTaxonomy *self, const char *word_prefix);
char            **sp_taxonomy_match_need   (SpTaxonomy *self, const char *phrase);

const char       *sp_heading_get_local_name     (const SpHeading *self);
const char       *sp_category_get_local_name    (const SpCategory *self);
const char       *sp_category_get_local_summary (const SpCategory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpTaxonomy, sp_taxonomy_unref)

G_END_DECLS
