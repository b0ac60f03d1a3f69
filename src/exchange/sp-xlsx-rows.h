/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-xlsx-book.h"

G_BEGIN_DECLS

#define SP_XLSX_MERGE_ROWS 64 /* a header stands above this row */

/**
 * SpXlsxRow:
 * @number: as the spreadsheet counts
 * @cells: (element-type utf8): none is %NULL; the last one is not empty; they last as long as the workbook and the row
 * @own: those of @cells that belong to the row
 * @problem: (nullable): why the row cannot be read
 *
 * One row in which something stands.
 */
typedef struct
{
  guint       number;
  GPtrArray  *cells;
  GPtrArray  *own;
  const char *problem;
} SpXlsxRow;

/**
 * SpXlsxMerge:
 * @row: its first row, from 1
 * @last_row: its last row
 * @column: its first column, from 0
 * @last_column: its last column
 *
 * Cells that were merged into one.
 */
typedef struct
{
  guint row;
  guint last_row;
  guint column;
  guint last_column;
} SpXlsxMerge;

/**
 * SpXlsxRows:
 *
 * The rows of one sheet, one after the other, in bounded memory.
 */
typedef struct _SpXlsxRows SpXlsxRows;

SpXlsxRows *sp_xlsx_rows_new    (const SpXlsxBook *book, guint sheet, GError **error);
void        sp_xlsx_rows_free   (SpXlsxRows *self);
gboolean    sp_xlsx_rows_next   (SpXlsxRows *self, SpXlsxRow **row, GError **error);
void        sp_xlsx_row_free    (SpXlsxRow *self);
GArray     *sp_xlsx_read_merges (const SpXlsxBook *book, guint sheet, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpXlsxRows, sp_xlsx_rows_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpXlsxRow, sp_xlsx_row_free)

G_END_DECLS
