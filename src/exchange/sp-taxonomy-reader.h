/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_TAXONOMY_READER (sp_taxonomy_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpTaxonomyReader, sp_taxonomy_reader, SP, TAXONOMY_READER, SpReader)

SpReader *sp_taxonomy_reader_new (GBytes *bytes, GError **error);

G_END_DECLS
