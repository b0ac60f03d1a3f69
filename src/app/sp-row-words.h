/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-freshness.h"

G_BEGIN_DECLS

char       *sp_row_words_when      (const SpNode *body);
char       *sp_row_words_notice    (const SpNode *body, gint32 today);
char       *sp_row_words_freshness (const SpFreshnessRules *rules, const SpNode *body, gint32 today, SpFreshnessState *state);
const char *sp_row_freshness_icon  (SpFreshnessState state);

G_END_DECLS
