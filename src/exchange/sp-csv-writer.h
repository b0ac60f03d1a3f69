/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-writer.h"

G_BEGIN_DECLS

#define SP_TYPE_CSV_WRITER (sp_csv_writer_get_type ())
G_DECLARE_FINAL_TYPE (SpCsvWriter, sp_csv_writer, SP, CSV_WRITER, SpWriter)

G_END_DECLS
