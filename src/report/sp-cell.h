/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-flow.h"

G_BEGIN_DECLS

/**
 * SpCell:
 *
 * Several short texts one below the other: a cell of a table, or one side of an entry on a sheet.
 */
typedef struct _SpCell SpCell;

SpCell *sp_cell_new     (void);
void    sp_cell_free    (SpCell *self);
void    sp_cell_add     (SpCell *self, SpStyle style, const char *label, const char *text, const char *uri);
double  sp_cell_measure (SpCell *self, SpFlow *flow, double width, double most);
void    sp_cell_draw    (SpCell *self, SpFlow *flow, double x, double y, const char *tag);
void    sp_cell_run     (const SpCell *self, SpFlow *flow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpCell, sp_cell_free)

G_END_DECLS
