/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-result-list.h"
#include "sp-search.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_FINDER (sp_finder_get_type ())
G_DECLARE_FINAL_TYPE (SpFinder, sp_finder, SP, FINDER, GObject)

SpFinder     *sp_finder_new        (SpStore *store);
void          sp_finder_set_query  (SpFinder *self, SpQuery *query);
SpQuery      *sp_finder_get_query  (SpFinder *self);
SpResultList *sp_finder_get_list   (SpFinder *self);
const SpHits *sp_finder_get_hits   (SpFinder *self);
const GError *sp_finder_get_error  (SpFinder *self);
gboolean      sp_finder_is_running (SpFinder *self);

G_END_DECLS
