/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpKeyring: where the passwords of servers are kept; never in a setting, a document or a log. */
#include "sp-keyring.h"

G_DEFINE_INTERFACE (SpKeyring, sp_keyring, G_TYPE_OBJECT)

static void
sp_keyring_default_init (SpKeyringInterface *iface)
{
}

/**
 * sp_keyring_look_up_async:
 * @self: a keyring
 * @server: address of the server
 * @user: who logs in there
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks for a password. It may be that a person is asked first whether the keyring shall open.
 */
void
sp_keyring_look_up_async (SpKeyring *self, const char *server, const char *user, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_keyring_look_up_async);
  SP_KEYRING_GET_IFACE (self)->look_up (self, server, user, task);
}

/**
 * sp_keyring_look_up_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: %SP_ERROR_NOT_FOUND; %SP_ERROR_UNSUPPORTED if this computer keeps no passwords; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the password
 */
char *
sp_keyring_look_up_finish (SpKeyring *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_keyring_save_async:
 * @self: a keyring
 * @server: address of the server
 * @user: who logs in there
 * @password: (nullable): the password; %NULL to forget it
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Keeps a password.
 */
void
sp_keyring_save_async (SpKeyring *self, const char *server, const char *user, const char *password, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_keyring_save_async);
  SP_KEYRING_GET_IFACE (self)->save (self, server, user, password, task);
}

/**
 * sp_keyring_save_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: %SP_ERROR_UNSUPPORTED if this computer keeps no passwords; %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is kept
 */
gboolean
sp_keyring_save_finish (SpKeyring *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
