/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-columns.h"

G_BEGIN_DECLS

void       sp_column_content_guess  (GPtrArray *rows, guint n_columns, SpColumnField *fields);
gboolean   sp_column_content_is_row (GPtrArray *row);
GPtrArray *sp_column_content_name   (GPtrArray *rows);

G_END_DECLS
