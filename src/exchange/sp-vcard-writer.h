/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_VCARD_WRITER (sp_vcard_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpVcardWriter, sp_vcard_writer, SP, VCARD_WRITER, SpWriter)

G_END_DECLS
