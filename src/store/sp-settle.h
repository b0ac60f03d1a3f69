/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-merge.h"

G_BEGIN_DECLS

/**
 * SpSettled:
 * @SP_SETTLED_NOTHING: there was nothing to settle
 * @SP_SETTLED_MERGED: the live leaves were merged, or those dropped that said nothing new
 * @SP_SETTLED_CONFLICT: versions differ in a way that only a person can decide, or are too much for one document; nothing
 *   was written
 * @SP_SETTLED_ERASED: the document, or members of it, were erased on some replica, and now are here
 *
 * What sp_settle_document() did.
 */
typedef enum
{
  SP_SETTLED_NOTHING,
  SP_SETTLED_MERGED,
  SP_SETTLED_CONFLICT,
  SP_SETTLED_ERASED,
} SpSettled;

gboolean  sp_settle_document (SpDb *db, const char *id, SpSettled *result, GError **error);
SpMerge  *sp_settle_look     (SpDb *db, const char *id, GError **error);
gboolean  sp_settle_write    (SpDb *db, const char *id, const SpMerge *merge, const SpNode *merged, char **rev, GError **error);

G_END_DECLS
