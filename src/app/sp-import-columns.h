/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-columns.h"

G_BEGIN_DECLS

/**
 * SpImportColumn:
 * @file: which of the files it is in, from 0
 * @header: what the file calls it
 * @field: what it was recognised as
 * @personal: whether it has the names of people
 * @left_out: whether it is left out for that
 *
 * A column of a list that is looked at.
 */
typedef struct
{
  guint         file;
  char         *header;
  SpColumnField field;
  gboolean      personal;
  gboolean      left_out;
} SpImportColumn;

SpImportColumn *sp_import_column_new        (guint file, const SpColumn *column);
void            sp_import_column_free       (SpImportColumn *self);
char           *sp_import_column_get_label  (SpColumnField field);
char          **sp_import_columns_get_maps  (GPtrArray *columns, guint file);

G_END_DECLS
