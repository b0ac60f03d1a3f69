/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_SCHEMA_APPLICATION_ID 0x53506f73 /* "SPos" in the file's header, so that a foreign file is known at once */

int      sp_schema_get_newest (void);
gboolean sp_schema_get_version (SpDb *db, int *version, GError **error);
gboolean sp_schema_upgrade    (SpDb *db, GError **error);
gboolean sp_schema_create_projection (SpDb *db, GError **error);
gboolean sp_schema_drop_projection   (SpDb *db, GError **error);
gboolean sp_schema_leave_out_projection (SpDb *db, GError **error);

G_END_DECLS
