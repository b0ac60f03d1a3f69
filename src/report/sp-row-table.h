/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-cell.h"

G_BEGIN_DECLS

#define SP_ROW_TABLE_MAX_COLUMNS 8

/**
 * SpRowTable:
 * @flow: where it is drawn
 * @n_columns: how many columns there are
 * @names: of the columns
 * @widths: of the columns, in points
 * @open: whether its head was drawn
 *
 * A table whose rows never break, and whose head stands on every page. In large print it is no table: each row's cells
 * follow each other, over the whole width.
 */
typedef struct
{
  SpFlow     *flow;
  guint       n_columns;
  const char *names[SP_ROW_TABLE_MAX_COLUMNS];
  double      widths[SP_ROW_TABLE_MAX_COLUMNS];
  gboolean    open;
} SpRowTable;

void   sp_row_table_init     (SpRowTable *self, SpFlow *flow, guint n_columns, const char * const *names, const double *shares);
void   sp_row_table_add      (SpRowTable *self, SpCell **cells);
void   sp_row_table_end      (SpRowTable *self);

G_END_DECLS
