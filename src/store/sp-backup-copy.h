/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpBackupCopy:
 * @path: (owned): a new file beside the one that it shall become
 * @handle: (owned): an open connection to it; %NULL once it is done
 *
 * A copy of a store that is being made. It is removed when it is freed, unless it was put in place.
 */
typedef struct
{
  char    *path;
  sqlite3 *handle;
} SpBackupCopy;

/**
 * SpBackupWatch:
 * @cancellable: (nullable): stops it
 * @progress: (nullable): hears how many pages of how many are copied
 * @user_data: for @progress
 *
 * Who watches a long piece of work.
 */
typedef struct
{
  GCancellable         *cancellable;
  GFileProgressCallback progress;
  gpointer              user_data;
} SpBackupWatch;

SpBackupCopy *sp_backup_copy_new   (const char *target, GError **error);
gboolean      sp_backup_copy_fill  (SpBackupCopy *self, sqlite3 *from, const SpBackupWatch *watch, GError **error);
gboolean      sp_backup_copy_purge (SpBackupCopy *self, GCancellable *cancellable, GError **error);
gboolean      sp_backup_copy_check (SpBackupCopy *self, GCancellable *cancellable, GError **error);
gboolean      sp_backup_copy_finish (SpBackupCopy *self, GError **error);
gboolean      sp_backup_copy_place (SpBackupCopy *self, const char *target, GError **error);
void          sp_backup_copy_free  (SpBackupCopy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpBackupCopy, sp_backup_copy_free)

gboolean      sp_backup_rename     (const char *from, const char *to, GError **error);

G_END_DECLS
