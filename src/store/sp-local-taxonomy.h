/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

#define SP_LOCAL_TAXONOMY "taxonomy:local" /* document id */

gboolean sp_local_taxonomy_load (SpDb *db, GError **error);

G_END_DECLS
