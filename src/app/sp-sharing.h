/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-keyring.h"
#include "sp-sharing-account.h"
#include "sp-store.h"
#include "sp-sync.h"

G_BEGIN_DECLS

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
char          *sp_sharing_get_proposer     (SpSharing *self);
const char    *sp_sharing_find_password    (SpSharing *self, const SpSharingAccount *account);
SpSync        *sp_sharing_get_sync         (SpSharing *self);
const GError  *sp_sharing_get_problem      (SpSharing *self);
GPtrArray     *sp_sharing_get_refusals     (SpSharing *self);
void           sp_sharing_read_refusals    (SpSharing *self);

G_END_DECLS
