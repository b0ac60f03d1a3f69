/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-xlsx-book.h"

G_BEGIN_DECLS

SpXlsxFormat sp_xlsx_format_from_code   (const char *code);
SpXlsxFormat sp_xlsx_format_from_number (guint64 number);
char        *sp_xlsx_format_number      (SpXlsxFormat format, const char *lexeme, gboolean from_1904);

G_END_DECLS
