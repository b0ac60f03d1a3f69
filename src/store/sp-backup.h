/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_BACKUP_KEPT 7 /* automatic backups */

gboolean sp_backup_write       (SpDb *db, const char *path, gboolean with_private, GCancellable *cancellable,
                                GFileProgressCallback progress, gpointer user_data, GError **error);
gboolean sp_backup_restore     (const char *store, const char *backup, char **kept, GCancellable *cancellable,
                                GFileProgressCallback progress, gpointer user_data, GError **error);

gboolean sp_backup_is_due      (const char *store);
gboolean sp_backup_automatic   (SpDb *db, char **made, GCancellable *cancellable, GError **error);
char    *sp_backup_find_newest (const char *store);

G_END_DECLS
