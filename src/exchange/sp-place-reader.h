/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-file-kind.h"
#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_PLACE_READER (sp_place_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpPlaceReader, sp_place_reader, SP, PLACE_READER, SpReader)

SpFileKind sp_place_reader_guess_zip (GBytes *archive);
SpReader  *sp_place_reader_new       (GInputStream *stream, goffset size, SpFileKind kind, GError **error);
SpReader  *sp_place_reader_new_zip   (GBytes *archive, SpFileKind kind, GError **error);

G_END_DECLS
