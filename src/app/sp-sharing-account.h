/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"

G_BEGIN_DECLS

/**
 * SpSharingAccount:
 * @address: of a database, http or https; empty if there is none
 * @user: who logs in; may be empty
 * @authority: path of a PEM file with those who may sign the certificate; empty for those whom the system trusts
 *
 * Whom a store is shared with.
 */
typedef struct
{
  char *address;
  char *user;
  char *authority;
} SpSharingAccount;

void  sp_sharing_account_clear  (SpSharingAccount *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SpSharingAccount, sp_sharing_account_clear)

char          *sp_sharing_read_address     (const char *text, GError **error);
SpCouchClient *sp_sharing_make_client      (const SpSharingAccount *account, const char *password, GError **error);

G_END_DECLS
