/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-node.h"

G_BEGIN_DECLS

#define SP_ORUK_CATEGORIES "Signpost" /* the taxonomy of the terms that are categories */

SpNode *sp_oruk_service_new (const SpNode *asset, const SpNode *venue, const SpNode *organisation);

SpNode *sp_oruk_part_new    (const char *owner, const char *list, guint position);
SpNode *sp_oruk_term_new    (const char *service_id, guint position, const char *taxonomy, const char *name,
                             const char *description);

G_END_DECLS
