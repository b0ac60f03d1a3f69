/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-features.h"
#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_GEOJSON_READER (sp_geojson_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpGeojsonReader, sp_geojson_reader, SP, GEOJSON_READER, SpReader)

SpReader *sp_geojson_reader_new (SpFeatures *features, const SpReaderOptions *options, GError **error);

G_END_DECLS
