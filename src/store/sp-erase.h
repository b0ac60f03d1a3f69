/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-edit.h"

G_BEGIN_DECLS

gboolean sp_erase_members   (SpDb *db, const char *id, const char * const *members, const SpEditStamp *stamp, GError **error);
gboolean sp_erase_document  (SpDb *db, const char *id, GError **error);
gboolean sp_erase_is_erased (SpDb *db, const char *id, gboolean *erased, GError **error);

gboolean sp_erase_spread    (SpDb *db, const char *id, GPtrArray *leaves, gboolean *erased, GError **error);
gboolean sp_erase_spread_members (SpDb *db, const char *id, GPtrArray *leaves, gboolean from_live, gboolean *wrote, GError **error);
SpNode  *sp_erase_collect_steps (GPtrArray *leaves, gboolean *whole, GError **error);
gboolean sp_erase_purge     (SpDb *db, const char *id, GError **error);
char    *sp_erase_strip     (const char *json, const SpNode *steps, GError **error);
gboolean sp_erase_may_concern (const char *bytes, GArray *tokens);
gboolean sp_erase_arrived   (SpDb *db, const char *id, const char *json, gsize length, GError **error);
gboolean sp_erase_is_pending (SpDb *db);
gboolean sp_erase_clean     (SpDb *db, GError **error);

G_END_DECLS
