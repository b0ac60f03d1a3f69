/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-csv-rows.h"
#include "sp-file-kind.h"
#include "sp-reader.h"

G_BEGIN_DECLS

/**
 * SpPlaceTable:
 * @kind: %SP_FILE_CODE_POINT_OPEN, %SP_FILE_OS_OPEN_NAMES or %SP_FILE_ONSPD
 * @postcode: the column of the postcode, from 0, as of all columns below; -1 where there is none
 * @latitude: degrees north
 * @longitude: degrees east
 * @easting: metres on the British National Grid
 * @northing: metres
 * @ended: the month in which the postcode was given up; empty while it is in use
 * @n_cells: how many cells a row has
 *
 * What stands where in a published list of postcodes or places.
 */
typedef struct
{
  SpFileKind kind;
  int        postcode;
  int        latitude;
  int        longitude;
  int        easting;
  int        northing;
  int        ended;
  guint      n_cells;
} SpPlaceTable;

SpFileKind sp_place_table_guess     (const SpCsvRow *row);
gboolean   sp_place_table_init      (SpPlaceTable *self, SpFileKind kind, const SpCsvRow *row);
SpRecord  *sp_place_table_read      (const SpPlaceTable *self, const SpCsvRow *row);

G_END_DECLS
