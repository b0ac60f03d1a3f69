/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-zip.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SP_TYPE_ZIP_STREAM (sp_zip_stream_get_type ())
G_DECLARE_FINAL_TYPE (SpZipStream, sp_zip_stream, SP, ZIP_STREAM, GInputStream)

GInputStream *sp_zip_stream_new (SpZipPart *part);

G_END_DECLS
