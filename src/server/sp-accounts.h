/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-rights.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_ACCOUNTS_SERVER "*" /* in the place of a database: the whole server */

/**
 * SpAccounts:
 *
 * Who may log in, with what, and what for: what the file of accounts says. The server changes it, and so does the command
 * line, each while it holds the lock; the server reads it again when it changes.
 */
typedef struct _SpAccounts SpAccounts;

SpAccounts *sp_accounts_load         (const char *path, GError **error);
gboolean    sp_accounts_save         (SpAccounts *self, const char *path, GError **error);
int         sp_accounts_lock         (const char *path, GError **error);
void        sp_accounts_unlock       (int lock);
void        sp_accounts_free         (SpAccounts *self);
GStrv       sp_accounts_list         (SpAccounts *self);
char       *sp_accounts_get_password (SpAccounts *self, const char *name);
void        sp_accounts_set_password (SpAccounts *self, const char *name, const char *hash);
GStrv       sp_accounts_get_databases (SpAccounts *self, const char *name);
GStrv       sp_accounts_get_roles    (SpAccounts *self, const char *name, const char *database);
void        sp_accounts_set_roles    (SpAccounts *self, const char *name, const char *database, const char * const *roles);
gboolean    sp_accounts_remove       (SpAccounts *self, const char *name);
SpRole      sp_accounts_get_role     (SpAccounts *self, const char *name, const char *database);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpAccounts, sp_accounts_free)

G_END_DECLS
