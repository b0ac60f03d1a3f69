/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpBase:
 * @rev: (nullable): the nearest common ancestor, of several that with the greatest (generation, hash); %NULL if there
 * is none
 * @generation: of it; 0 if there is none
 * @body: (nullable): its body without `edit` and `modified`; %NULL if nobody here knows it. If there are several
 * nearest common ancestors, what they give together
 * @unknown: (nullable) (element-type utf8): top members that are not in @body because those several collide in them
 *
 * What a set of leaves began with.
 */
typedef struct
{
  char *rev;
  guint32 generation;
  SpNode *body;
  GPtrArray *unknown;
} SpBase;

SpBase *sp_bases_find (SpDb *db, const char *id, GPtrArray *leaves, GError **error);
void sp_base_free (SpBase *base);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBase, sp_base_free)

G_END_DECLS
