/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-xml.h"

G_BEGIN_DECLS

/**
 * SpXlsxSheet:
 * @name: as its tab says
 * @part: where it stands in the archive
 *
 * One sheet that a person sees.
 */
typedef struct
{
  char *name;
  char *part;
} SpXlsxSheet;

/**
 * SpXlsxFormat:
 * @SP_XLSX_PLAIN: a number or a text
 * @SP_XLSX_DATE: a day, or a day with a time
 * @SP_XLSX_TIME: a time of day
 *
 * What a number in a cell means.
 */
typedef enum
{
  SP_XLSX_PLAIN,
  SP_XLSX_DATE,
  SP_XLSX_TIME,
} SpXlsxFormat;

/**
 * SpXlsxBook:
 *
 * What all sheets of a workbook share: their names, the texts, the formats. Its memory is bounded.
 */
typedef struct _SpXlsxBook SpXlsxBook;

SpXlsxBook        *sp_xlsx_book_new          (GBytes *bytes, GError **error);
void               sp_xlsx_book_free         (SpXlsxBook *self);
GBytes            *sp_xlsx_book_get_bytes    (const SpXlsxBook *self);
guint              sp_xlsx_book_get_n_sheets (const SpXlsxBook *self);
const SpXlsxSheet *sp_xlsx_book_get_sheet    (const SpXlsxBook *self, guint index);
const char        *sp_xlsx_book_get_text     (const SpXlsxBook *self, guint64 index);
char              *sp_xlsx_book_read_number  (const SpXlsxBook *self, const char *lexeme, guint64 style);

gboolean           sp_xlsx_parse_part        (GBytes *bytes, const char *name, const SpXmlHandler *handler, gpointer data,
                                              GError **error);
char              *sp_xlsx_unescape          (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpXlsxBook, sp_xlsx_book_free)

G_END_DECLS
