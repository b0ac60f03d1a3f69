/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

gboolean sp_identity_ensure    (SpDb *db, GError **error);
gboolean sp_identity_renew     (SpDb *db, GError **error);
char    *sp_identity_get_uuid  (SpDb *db);
char    *sp_identity_get_epoch (SpDb *db);

G_END_DECLS
