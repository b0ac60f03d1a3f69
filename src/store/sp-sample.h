/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

gboolean sp_sample_fill (SpDb *db, guint *n_assets, GError **error);

G_END_DECLS
