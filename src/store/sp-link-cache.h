/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-links.h"

G_BEGIN_DECLS

/**
 * SpLinkCache:
 *
 * What the entries of a list have in other documents, read one entry after the other: many are held in one hall.
 */
typedef struct _SpLinkCache SpLinkCache;

SpLinkCache *sp_link_cache_new  (SpNation nation, const char *terms);
void         sp_link_cache_free (SpLinkCache *self);
gboolean     sp_link_cache_read (SpLinkCache *self, SpDb *db, const SpNode *asset, const SpNode **venue,
                                 SpCalendar *calendar, GError **error);
gboolean     sp_link_cache_read_organisation (SpLinkCache *self, SpDb *db, const SpNode *asset, const SpNode **organisation,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpLinkCache, sp_link_cache_free)

G_END_DECLS
