/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-ancestry.h"
#include "sp-db.h"
#include "sp-merge.h"

G_BEGIN_DECLS

GStrv       sp_lineage_get_path (SpDb *db, const char *id, const char *rev, GError **error);
SpAncestry *sp_lineage_read     (SpDb *db, const char *id, const char *rev, GPtrArray *leaves, GError **error);

G_END_DECLS
