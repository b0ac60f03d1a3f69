/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/**
 * SpDbFile:
 * @is_new: there is nothing yet, or an empty file
 * @is_settled: no other file holds a part of it: what the file says is all there is
 * @is_fixed: nothing can be written beside it, so nobody else changes it either
 *
 * What a look at a store file told without writing to it.
 */
typedef struct
{
  gboolean is_new;
  gboolean is_settled;
  gboolean is_fixed;
} SpDbFile;

char    *sp_db_file_hold (const char *path);
void     sp_db_file_release (char *name);
gboolean sp_db_file_look (const char *path, SpDbMode mode, SpDbFile *file, GError **error);
char    *sp_db_file_make_uri (const char *path, gboolean immutable);
gboolean sp_db_file_set_damaged (const char *path, const char *why, GError **error);
gboolean sp_db_file_set_newer   (const char *path, int version, GError **error);
SpError  sp_db_error_set        (const char *path, sqlite3 *handle, int code, GError **error);

G_END_DECLS
