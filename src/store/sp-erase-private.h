/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-erase.h"

G_BEGIN_DECLS

/* What an erasure of members writes, whoever asked for it. */
SpNode *sp_erase_make_changes  (const SpNode *body, const char *from, GPtrArray *members, const SpEditStamp *stamp);
void    sp_erase_drop_original (const SpNode *body, SpNode *changes);
void    sp_erase_remember_only (SpNode *changes, const SpNode *list);
void    sp_erase_sort_names    (GPtrArray *members);

G_END_DECLS
