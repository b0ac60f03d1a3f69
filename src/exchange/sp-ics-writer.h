/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_ICS_WRITER (sp_ics_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpIcsWriter, sp_ics_writer, SP, ICS_WRITER, SpWriter)

G_END_DECLS
