/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-sharing-account.h"
#include "sp-store.h"

G_BEGIN_DECLS

void sp_sharing_leave (SpStore *store, const SpSharingAccount *account);

G_END_DECLS
