/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

guint64    sp_unplaced_count  (SpDb *db, GError **error);
GPtrArray *sp_unplaced_list   (SpDb *db, gboolean vague_too, GCancellable *cancellable, GError **error);
gboolean   sp_unplaced_locate (SpDb *db, const char *id, SpNode **body, gboolean *approximate, GError **error);

G_END_DECLS
