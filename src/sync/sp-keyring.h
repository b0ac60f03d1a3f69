/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_KEYRING (sp_keyring_get_type ())
G_DECLARE_INTERFACE (SpKeyring, sp_keyring, SP, KEYRING, GObject)

/**
 * SpKeyringInterface:
 * @look_up: gives the password of a user of a server, a string; %SP_ERROR_NOT_FOUND, %SP_ERROR_UNSUPPORTED
 * @save: keeps one; forgets it if it is %NULL; %SP_ERROR_UNSUPPORTED
 *
 * Where passwords are kept. Each function returns through @task, once. %SP_ERROR_UNSUPPORTED means that this computer keeps
 * none.
 */
struct _SpKeyringInterface
{
  GTypeInterface parent_iface;

  void (*look_up) (SpKeyring *self, const char *server, const char *user, GTask *task);
  void (*save)    (SpKeyring *self, const char *server, const char *user, const char *password, GTask *task);
};

void     sp_keyring_look_up_async  (SpKeyring *self, const char *server, const char *user, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
char    *sp_keyring_look_up_finish (SpKeyring *self, GAsyncResult *result, GError **error);
void     sp_keyring_save_async     (SpKeyring *self, const char *server, const char *user, const char *password,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean sp_keyring_save_finish    (SpKeyring *self, GAsyncResult *result, GError **error);

G_END_DECLS
