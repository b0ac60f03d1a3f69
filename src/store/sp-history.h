/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_HISTORY_KEEP_DAYS 90   /* after every peer has what followed */
#define SP_HISTORY_MAX_BODIES 20  /* of one document */

/**
 * SpVersion:
 * @rev: its revision
 * @why: (nullable): `base`, `loser`, or %NULL if it is only there until the next compaction
 * @body: its body as JSON
 *
 * An earlier version of a document that is still here.
 */
typedef struct
{
  char *rev;
  char *why;
  char *body;
} SpVersion;

void       sp_version_free        (SpVersion *version);

gboolean   sp_history_keep        (SpDb *db, const char *id, const char *rev, const char *why, GError **error);
GPtrArray *sp_history_get         (SpDb *db, const char *id, GError **error);
GPtrArray *sp_history_get_stored  (SpDb *db, const char *id, GError **error);
gboolean   sp_history_purge       (SpDb *db, const char *id, GError **error);
gboolean   sp_history_expire      (SpDb *db, gint64 now, GError **error);

gboolean   sp_history_set_peer    (SpDb *db, const char *peer, gint64 acked, gint64 now, GError **error);
gboolean   sp_history_forget_peer (SpDb *db, const char *peer, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpVersion, sp_version_free)

G_END_DECLS
