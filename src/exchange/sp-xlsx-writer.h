/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_XLSX_WRITER (sp_xlsx_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpXlsxWriter, sp_xlsx_writer, SP, XLSX_WRITER, SpWriter)

G_END_DECLS
