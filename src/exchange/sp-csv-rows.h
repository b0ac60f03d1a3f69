/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-encoding.h"

G_BEGIN_DECLS

#define SP_CSV_MAX_COLUMNS 1000
#define SP_CSV_MAX_ROW_BYTES (2 * 1024 * 1024) /* a document of 1 MiB, as text and with its quotes doubled */

/**
 * SpCsvRow:
 * @number: as a spreadsheet counts: the first row is 1, blank rows count
 * @n_cells: how many cells it has
 * @cells: (array length=n_cells): UTF-8, ended by a nul
 * @problem: (nullable): why the row cannot be read
 * @blurred: the cell, from 1, in which a byte meant nothing; 0 for none
 *
 * One record. It belongs to the reader and lasts until the next one is asked for.
 */
typedef struct
{
  guint        number;
  guint        n_cells;
  const char **cells;
  const char  *problem;
  guint        blurred;
} SpCsvRow;

/**
 * SpCsvRows:
 *
 * The rows of a CSV file, one after the other, in bounded memory.
 */
typedef struct _SpCsvRows SpCsvRows;

SpCsvRows *sp_csv_rows_new         (GInputStream *stream, SpEncoding *encoding, char delimiter);
void       sp_csv_rows_free        (SpCsvRows *self);
gboolean   sp_csv_rows_next        (SpCsvRows *self, const SpCsvRow **row, GError **error);
char       sp_csv_guess_delimiter  (const char *head, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpCsvRows, sp_csv_rows_free)

G_END_DECLS
