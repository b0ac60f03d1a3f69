/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

SpColumns *sp_oruk_columns_new  (const SpReaderOptions *options, GError **error);
GPtrArray *sp_oruk_cells_read   (const SpNode *service, const SpNode *location);
void       sp_oruk_cells_finish (SpRecord *record, const SpNode *service, const SpNode *location, const SpColumns *columns);

G_END_DECLS
