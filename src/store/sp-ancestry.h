/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SpAncestry SpAncestry;

SpAncestry *sp_ancestry_new          (const char *rev);
void        sp_ancestry_free         (SpAncestry *self);
void        sp_ancestry_add          (SpAncestry *self, const char *rev, const char *parent);
GPtrArray  *sp_ancestry_find_ends    (const SpAncestry *self);
const char *sp_ancestry_find_winner  (const SpAncestry *self, const char *loser);
GPtrArray  *sp_ancestry_find_nearest (GPtrArray *ancestries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpAncestry, sp_ancestry_free)

G_END_DECLS
