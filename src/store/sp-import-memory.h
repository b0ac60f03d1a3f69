/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-node.h"

G_BEGIN_DECLS

/**
 * SpImportGone:
 * @id: document id
 * @name: (nullable): its name
 *
 * An entry that was in the last edition of a list and is not in the new one.
 */
typedef struct
{
  char *id;
  char *name;
} SpImportGone;

/**
 * SpImportSeenFunc:
 * @id: document id
 * @seen: (out): whether the new edition has that entry
 * @user_data: what was given with the function
 * @error: return location
 *
 * Returns: whether it could be told
 */
typedef gboolean (*SpImportSeenFunc) (const char *id, gboolean *seen, gpointer user_data, GError **error);

SpNode    *sp_import_memory_read  (SpDb *db, const char *feed, GError **error);
gboolean   sp_import_memory_write (SpDb *db, const char *feed, const SpNode *choices, GError **error);
GPtrArray *sp_import_find_gone    (SpDb *db, const char *feed, SpImportSeenFunc has_seen, gpointer user_data, GError **error);

G_END_DECLS
