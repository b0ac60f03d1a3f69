/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-accounts.h"
#include "sp-request.h"

G_BEGIN_DECLS

typedef struct _SpSecurity SpSecurity;

SpSecurity *sp_security_read     (const SpRequest *request, GError **error);
void        sp_security_free     (gpointer self);
gboolean    sp_security_apply    (SpAccounts *accounts, gpointer self, GError **error);
SpAnswer   *sp_security_describe (SpAccounts *accounts, const SpRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpSecurity, sp_security_free)

G_END_DECLS
