/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-import.h"
#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_IMPORT_ROW (sp_import_row_get_type ())
G_DECLARE_FINAL_TYPE (SpImportRow, sp_import_row, SP, IMPORT_ROW, GObject)

SpImportRow    *sp_import_row_new         (const char *file, const SpRecord *record, SpImportOutcome outcome, const char *note);
const char     *sp_import_row_get_name    (SpImportRow *self);
const char     *sp_import_row_get_summary (SpImportRow *self);
const char     *sp_import_row_get_note    (SpImportRow *self);
SpImportOutcome sp_import_row_get_outcome (SpImportRow *self);
char           *sp_import_row_get_place   (SpImportRow *self);

G_END_DECLS
