/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-query.h"

G_BEGIN_DECLS

void     sp_cli_filters_add      (GOptionContext *context, SpQuery *query);
gboolean sp_cli_filters_complete (SpQuery *query, SpDb *db, char **words, GError **error);

G_END_DECLS
