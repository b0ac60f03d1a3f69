/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-accounts.h"

G_BEGIN_DECLS

#define SP_LOGIN_SESSION_S 600 /* a session lasts this long after its last use, if nothing else is said */

#define SP_TYPE_LOGIN (sp_login_get_type ())
G_DECLARE_FINAL_TYPE (SpLogin, sp_login, SP, LOGIN, GObject)

/**
 * SpLoginChange:
 * @accounts: the accounts as they are in the file
 * @data: what was given to the call
 * @error: why not
 *
 * Changes accounts, in a thread.
 *
 * Returns: whether they shall be saved
 */
typedef gboolean (*SpLoginChange) (SpAccounts *accounts, gpointer data, GError **error);

SpLogin    *sp_login_new            (const char *path, guint session_s, GError **error);
SpAccounts *sp_login_get_accounts   (SpLogin *self);
gboolean    sp_login_reload         (SpLogin *self, GError **error);
void        sp_login_change_async   (SpLogin *self, SpLoginChange change, gpointer data, GDestroyNotify free_data,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean    sp_login_change_finish  (SpLogin *self, GAsyncResult *result, GError **error);
char       *sp_login_open_session   (SpLogin *self, const char *name);
char       *sp_login_find_session   (SpLogin *self, const char *token);
void        sp_login_close_session  (SpLogin *self, const char *token);
gboolean    sp_login_session_is_due (SpLogin *self, const char *token);
gboolean    sp_login_remembers      (SpLogin *self, const char *name, const char *password);
void        sp_login_check_async    (SpLogin *self, const char *name, const char *password, const char *address,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean    sp_login_check_finish   (SpLogin *self, GAsyncResult *result, GError **error);

G_END_DECLS
