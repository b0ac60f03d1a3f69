/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-features.h"

G_BEGIN_DECLS

gboolean  sp_geometry_get_point (const SpFeatures *features, const SpNode *geometry, char **latitude, char **longitude,
                                 gboolean *is_point, GError **error);
SpNode   *sp_geometry_tidy      (const SpFeatures *features, const SpNode *geometry, GPtrArray *notes, GError **error);

G_END_DECLS
