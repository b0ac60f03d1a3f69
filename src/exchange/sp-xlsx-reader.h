/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_XLSX_READER (sp_xlsx_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpXlsxReader, sp_xlsx_reader, SP, XLSX_READER, SpReader)

SpReader *sp_xlsx_reader_new (GBytes *bytes, const SpReaderOptions *options, GError **error);

G_END_DECLS
