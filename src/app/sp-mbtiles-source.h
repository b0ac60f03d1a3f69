/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-source.h"
#include "sp-mbtiles.h"

G_BEGIN_DECLS

#define SP_TYPE_MBTILES_SOURCE (sp_mbtiles_source_get_type ())
G_DECLARE_FINAL_TYPE (SpMbtilesSource, sp_mbtiles_source, SP, MBTILES_SOURCE, SpBaseSource)

SpMbtilesSource *sp_mbtiles_source_new (SpMbtiles *file, SpMapStyle style, double resolution, SpMapDots *dots);

G_END_DECLS
