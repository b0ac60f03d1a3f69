/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_ORUK_WRITER (sp_oruk_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpOrukWriter, sp_oruk_writer, SP, ORUK_WRITER, SpWriter)

G_END_DECLS
