/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_COUCH_MAX_ANSWER (64 * 1024 * 1024) /* bytes of one answer, unpacked */
#define SP_COUCH_TOO_LARGE 413 /* an HTTP status */

#define SP_TYPE_COUCH_CLIENT (sp_couch_client_get_type ())
G_DECLARE_FINAL_TYPE (SpCouchClient, sp_couch_client, SP, COUCH_CLIENT, GObject)

SpCouchClient *sp_couch_client_new            (GUri *database, const char *user, const char *password);
gboolean       sp_couch_client_set_authority  (SpCouchClient *self, const char *path, GError **error);
const char    *sp_couch_client_get_address    (SpCouchClient *self);
guint          sp_couch_client_get_pause      (SpCouchClient *self);
char          *sp_couch_client_make_path      (SpCouchClient *self, const char *name);
void           sp_couch_client_send_async     (SpCouchClient *self, const char *method, const char *path, const char *query, GBytes *body,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes        *sp_couch_client_send_finish    (SpCouchClient *self, GAsyncResult *result, guint *status, GError **error);
void           sp_couch_client_set_packs      (SpCouchClient *self, gboolean packs);
void           sp_couch_client_open_async     (SpCouchClient *self, const char *path, const char *query, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
GInputStream  *sp_couch_client_open_finish    (SpCouchClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
