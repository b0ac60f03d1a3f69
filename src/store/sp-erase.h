/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-edit.h"

G_BEGIN_DECLS

gboolean sp_erase_members   (SpDb *db, const char *id, const char * const *members, const SpEditStamp *stamp, GError **error);
gboolean sp_erase_document  (SpDb *db, const char *id, GError **error);
gboolean sp_erase_is_erased (SpDb *db, const char *id, gboolean *erased, GError **error);

gboolean sp_erase_spread    (SpDb *db, const char *id, GPtrArray *leaves, gboolean *erased, GError **error);
gboolean sp_erase_purge     (SpDb *db, const char *id, GError **error);
gboolean sp_erase_clean     (SpDb *db, GError **error);

G_END_DECLS
