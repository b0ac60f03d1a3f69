/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_KML_WRITER (sp_kml_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpKmlWriter, sp_kml_writer, SP, KML_WRITER, SpWriter)

G_END_DECLS
