/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_GEOJSON_WRITER (sp_geojson_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpGeojsonWriter, sp_geojson_writer, SP, GEOJSON_WRITER, SpWriter)

G_END_DECLS
