/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-reader.h"

G_BEGIN_DECLS

#define SP_TYPE_CSV_READER (sp_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (SpCsvReader, sp_csv_reader, SP, CSV_READER, SpReader)

SpReader *sp_csv_reader_new (GInputStream *stream, goffset size, const char *head, gsize head_length,
                             const SpReaderOptions *options, GError **error);

G_END_DECLS
