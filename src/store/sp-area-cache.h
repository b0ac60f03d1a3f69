/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-areas.h"

G_BEGIN_DECLS

/**
 * SpAreaCache:
 *
 * In which area of one kind entries are. It is used with one store, by one thread at a time.
 */
typedef struct _SpAreaCache SpAreaCache;

SpAreaCache *sp_area_cache_new  (const char *kind);
SpAreaCache *sp_area_cache_new_usual (SpDb *db, GError **error);
void         sp_area_cache_free (SpAreaCache *self);
gboolean     sp_area_cache_find (SpAreaCache *self, SpDb *db, const SpNode *asset, const SpNode *venue, const char **name,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpAreaCache, sp_area_cache_free)

G_END_DECLS
