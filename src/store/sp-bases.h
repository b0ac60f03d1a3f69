/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpBase:
 * @rev: (nullable): the common ancestor with the greatest (generation, hash); %NULL if there is none
 * @generation: of it; 0 if there is none
 * @body: (nullable): its body without `edit` and `modified`; %NULL if nobody here knows it
 *
 * What a set of leaves began with.
 */
typedef struct
{
  char   *rev;
  guint32 generation;
  SpNode *body;
} SpBase;

SpBase    *sp_bases_find      (SpDb *db, const char *id, GPtrArray *leaves, GError **error);
void       sp_base_free       (SpBase *base);
GPtrArray *sp_bases_get_merged (SpDb *db, const char *id, const char *rev, const SpNode *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBase, sp_base_free)

G_END_DECLS
