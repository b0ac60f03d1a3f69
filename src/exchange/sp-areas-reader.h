/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-features.h"
#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_AREAS_READER (sp_areas_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpAreasReader, sp_areas_reader, SP, AREAS_READER, SpReader)

SpReader *sp_areas_reader_new        (SpFeatures *features, const SpReaderOptions *options, GError **error);
gboolean  sp_areas_reader_recognises (const SpFeatures *features);

G_END_DECLS
