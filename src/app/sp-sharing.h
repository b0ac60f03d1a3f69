/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"
#include "sp-keyring.h"
#include "sp-store.h"
#include "sp-sync.h"

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

#define SP_TYPE_SHARING (sp_sharing_get_type ())
G_DECLARE_FINAL_TYPE (SpSharing, sp_sharing, SP, SHARING, GObject)

SpSharing     *sp_sharing_new              (SpStore *store, SpKeyring *keyring);
void           sp_sharing_start            (SpSharing *self);
void           sp_sharing_close            (SpSharing *self);
void           sp_sharing_connect          (SpSharing *self, const SpSharingAccount *account, const char *password);
void           sp_sharing_disconnect       (SpSharing *self);
void           sp_sharing_give_password    (SpSharing *self, const char *password);
void           sp_sharing_sync_now         (SpSharing *self);
void           sp_sharing_pause            (SpSharing *self);

gboolean       sp_sharing_is_set_up        (SpSharing *self);
gboolean       sp_sharing_wants_password   (SpSharing *self);
gboolean       sp_sharing_keeps_password   (SpSharing *self);
void           sp_sharing_get_account      (SpSharing *self, SpSharingAccount *account);
char          *sp_sharing_get_submitter    (SpSharing *self);
const char    *sp_sharing_find_password    (SpSharing *self, const SpSharingAccount *account);
SpSync        *sp_sharing_get_sync         (SpSharing *self);
const GError  *sp_sharing_get_problem      (SpSharing *self);
GPtrArray     *sp_sharing_get_refusals     (SpSharing *self);

char          *sp_sharing_read_address     (const char *text, GError **error);
SpCouchClient *sp_sharing_make_client      (const SpSharingAccount *account, const char *password, GError **error);

G_END_DECLS
