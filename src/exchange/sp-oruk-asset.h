/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

SpNode *sp_oruk_asset_new (const SpNode *service, const char *id);

/* Parts, for services of others too. */
SpNode       *sp_oruk_read_schedules (const SpNode *service, const char *id);
char         *sp_oruk_read_words     (const SpNode *service);
SpNode       *sp_oruk_read_contacts  (const SpNode *service, const char *id);
SpNode       *sp_oruk_read_costs     (const SpNode *service, const char *id);
SpNode       *sp_oruk_read_funding   (const SpNode *service, const char *id);
const SpNode *sp_oruk_get_location   (const SpNode *service, guint position);

G_END_DECLS
