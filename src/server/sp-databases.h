/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_DATABASES (sp_databases_get_type ())
G_DECLARE_FINAL_TYPE (SpDatabases, sp_databases, SP, DATABASES, GObject)

SpDatabases *sp_databases_new           (const char *folder);
gboolean     sp_databases_check_name    (const char *name);
char        *sp_databases_make_path     (const char *folder, const char *name);
SpStore     *sp_databases_find          (SpDatabases *self, const char *name);
GStrv        sp_databases_list          (SpDatabases *self);
void         sp_databases_open_async    (SpDatabases *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_databases_open_finish   (SpDatabases *self, GAsyncResult *result, GError **error);
void         sp_databases_create_async  (SpDatabases *self, const char *name, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_databases_create_finish (SpDatabases *self, GAsyncResult *result, GError **error);
void         sp_databases_remove_async  (SpDatabases *self, const char *name, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_databases_remove_finish (SpDatabases *self, GAsyncResult *result, GError **error);
void         sp_databases_close_async   (SpDatabases *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean     sp_databases_close_finish  (SpDatabases *self, GAsyncResult *result, GError **error);

G_END_DECLS
