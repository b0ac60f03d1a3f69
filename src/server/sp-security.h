/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-accounts.h"
#include "sp-request.h"

G_BEGIN_DECLS

gboolean  sp_security_apply    (SpAccounts *accounts, gpointer request, GError **error);
SpAnswer *sp_security_describe (SpAccounts *accounts, const SpRequest *request);

G_END_DECLS
