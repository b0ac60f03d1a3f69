/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-mbtiles.h"

G_BEGIN_DECLS

char    *sp_mbtiles_strip_tags   (const char *text);
gboolean sp_mbtiles_parse_bounds (const char *text, SpBox *box);
gboolean sp_mbtiles_is_picture   (GBytes *bytes);

G_END_DECLS
