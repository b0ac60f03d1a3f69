/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-finder.h"
#include "sp-query.h"
#include "sp-search.h"

G_BEGIN_DECLS

char       *sp_count_words        (guint count, gboolean exact);
char       *sp_count_words_hits   (const SpHits *hits);
char       *sp_count_words_search (SpFinder *finder);
char       *sp_count_words_found  (guint count, gboolean exact);
const char *sp_count_words_order  (SpQuery *query);

G_END_DECLS
