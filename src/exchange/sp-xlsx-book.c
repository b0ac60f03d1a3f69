/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpXlsxBook: what the sheets of a spreadsheet (ECMA-376, SpreadsheetML) share. */
#include "sp-xlsx-book.h"

#include "sp-csv-rows.h"
#include "sp-xlsx-format.h"
#include "sp-zip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_SHEETS 256
#define MOST_STYLES 65536
#define MOST_TEXT (96 * 1024 * 1024) /* bytes of shared texts with their positions */

struct _SpXlsxBook
{
  GBytes     *bytes;   /* owned */
  GPtrArray  *sheets;  /* SpXlsxSheet; until the relations are read, @part is their id there */
  GHashTable *parts;   /* id of a relation → path */
  char       *strings; /* owned, nullable; the part with the shared texts */
  char       *styles;  /* owned, nullable; the part with the formats */
  GString    *text;    /* the shared texts, each ended by a nul */
  GArray     *offsets; /* guint32; where each begins */
  gboolean    too_long;
  guint       phonetic; /* inside so many elements that tell how a text is pronounced */
  gboolean    in_text;
  GHashTable *codes;   /* number of a format of the workbook's own → SpXlsxFormat */
  gboolean    in_cell_styles;
  GArray     *formats; /* SpXlsxFormat; by the style of a cell */
  gboolean    from_1904;
};

static void
free_sheet (gpointer data)
{
  SpXlsxSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

/**
 * sp_xlsx_parse_part:
 * @bytes: a workbook
 * @name: one of its parts
 * @handler: what wants to know about it
 * @data: for @handler
 * @error: %SP_ERROR_PARSE if it cannot be read
 *
 * Returns: whether it was read to its end
 */
gboolean
sp_xlsx_parse_part (GBytes *bytes, const char *name, const SpXmlHandler *handler, gpointer data, GError **error)
{
  g_autoptr (SpZipPart) part = sp_zip_part_open (bytes, name, error);
  g_autoptr (SpXml) xml = sp_xml_new (handler, data);
  char block[16 * 1024];
  gssize n;

  if (part == NULL)
    return FALSE;
  while ((n = sp_zip_part_read (part, block, sizeof block, error)) > 0)
    if (!sp_xml_push (xml, block, (gsize) n, error))
      return FALSE;
  return n == 0 && sp_xml_finish (xml, error);
}

static int
hex_value (const char *text)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/**
 * sp_xlsx_unescape:
 * @text: (inout): a text of a cell; changed in place
 *
 * What XML cannot hold stands as `_x000D_` in a cell (ECMA-376 part 1, 22.9.2.19).
 *
 * Returns: (transfer none): @text
 */
char *
sp_xlsx_unescape (char *text)
{
  char *to = text;

  for (const char *p = text; *p != '\0';)
    {
      int code = p[0] == '_' && p[1] == 'x' && strnlen (p, 7) == 7 && p[6] == '_' ? hex_value (p + 2) : -1;
      if (code > 0 && (code < 0xD800 || code > 0xDFFF))
        {
          to += g_unichar_to_utf8 ((gunichar) code, to);
          p += 7;
        }
      else
        *to++ = *p++;
    }
  *to = '\0';
  return text;
}

static void
workbook_start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  SpXlsxBook *self = data;

  if (strcmp (name, "workbookPr") == 0)
    {
      g_autofree char *from_1904 = sp_xml_tag_dup (tag, "date1904");
      self->from_1904 = g_strcmp0 (from_1904, "1") == 0 || g_strcmp0 (from_1904, "true") == 0;
    }
  else if (strcmp (name, "sheet") == 0 && self->sheets->len < MOST_SHEETS)
    {
      g_autofree char *state = sp_xml_tag_dup (tag, "state");
      g_autofree char *title = sp_xml_tag_dup (tag, "name");
      g_autofree char *id = sp_xml_tag_dup (tag, "id");
      SpXlsxSheet *sheet;

      if (id == NULL || (state != NULL && strcmp (state, "visible") != 0))
        return;
      sheet = g_new0 (SpXlsxSheet, 1);
      sheet->name = title != NULL ? g_steal_pointer (&title) : g_strdup ("");
      sheet->part = g_steal_pointer (&id);
      g_ptr_array_add (self->sheets, sheet);
    }
}

static void
relations_start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  SpXlsxBook *self = data;
  g_autofree char *id = sp_xml_tag_dup (tag, "Id");
  g_autofree char *type = sp_xml_tag_dup (tag, "Type");
  g_autofree char *target = sp_xml_tag_dup (tag, "Target");
  char *part;

  if (strcmp (name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL
      || g_hash_table_size (self->parts) > 2 * MOST_SHEETS)
    return;
  part = target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
  if (g_str_has_suffix (type, "/sharedStrings") && self->strings == NULL)
    self->strings = g_strdup (part);
  else if (g_str_has_suffix (type, "/styles") && self->styles == NULL)
    self->styles = g_strdup (part);
  if (g_str_has_suffix (type, "/worksheet"))
    g_hash_table_insert (self->parts, g_steal_pointer (&id), part);
  else
    g_free (part);
}

static void
strings_start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  SpXlsxBook *self = data;
  guint32 offset = (guint32) self->text->len;

  if (strcmp (name, "si") == 0)
    {
      self->too_long = self->too_long || self->text->len + self->offsets->len * sizeof offset > MOST_TEXT;
      if (!self->too_long)
        g_array_append_val (self->offsets, offset);
    }
  else if (strcmp (name, "rPh") == 0)
    self->phonetic++;
  self->in_text = strcmp (name, "t") == 0 && self->phonetic == 0 && self->offsets->len > 0;
}

static void
strings_end_cb (gpointer data, const char *name)
{
  SpXlsxBook *self = data;

  self->in_text = FALSE;
  if (strcmp (name, "rPh") == 0 && self->phonetic > 0)
    self->phonetic--;
  if (strcmp (name, "si") != 0 || self->too_long || self->offsets->len == 0)
    return;
  g_string_append_c (self->text, '\0');
  sp_xlsx_unescape (self->text->str + g_array_index (self->offsets, guint32, self->offsets->len - 1));
}

/* A text that no row could hold is cut where that is certain, and the row then says so. */
static void
strings_text_cb (gpointer data, const char *text, gsize length)
{
  SpXlsxBook *self = data;

  if (!self->in_text || self->too_long
      || self->text->len - g_array_index (self->offsets, guint32, self->offsets->len - 1) > SP_CSV_MAX_ROW_BYTES)
    return;
  g_string_append_len (self->text, text, (gssize) length);
}

static void
styles_start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  SpXlsxBook *self = data;
  g_autofree char *id = NULL;
  guint64 number;

  if (strcmp (name, "cellXfs") == 0)
    self->in_cell_styles = TRUE;
  if (strcmp (name, "numFmt") != 0 && (strcmp (name, "xf") != 0 || !self->in_cell_styles))
    return;
  id = sp_xml_tag_dup (tag, "numFmtId");
  number = id != NULL ? g_ascii_strtoull (id, NULL, 10) : 0;
  if (strcmp (name, "numFmt") == 0 && g_hash_table_size (self->codes) < MOST_STYLES)
    {
      g_autofree char *code = sp_xml_tag_dup (tag, "formatCode");
      g_hash_table_insert (self->codes, GUINT_TO_POINTER ((guint) number),
                           GUINT_TO_POINTER (sp_xlsx_format_from_code (code != NULL ? code : "")));
    }
  else if (strcmp (name, "xf") == 0 && self->formats->len < MOST_STYLES)
    {
      gpointer own;
      SpXlsxFormat format = g_hash_table_lookup_extended (self->codes, GUINT_TO_POINTER ((guint) number), NULL, &own)
                                ? (SpXlsxFormat) GPOINTER_TO_UINT (own)
                                : sp_xlsx_format_from_number (number);
      g_array_append_val (self->formats, format);
    }
}

static void
styles_end_cb (gpointer data, const char *name)
{
  SpXlsxBook *self = data;

  if (strcmp (name, "cellXfs") == 0)
    self->in_cell_styles = FALSE;
}

/* The sheets get the path of their part; those that are none, such as a sheet with a chart, go. */
static gboolean
place_sheets (SpXlsxBook *self, GError **error)
{
  for (guint i = self->sheets->len; i-- > 0;)
    {
      SpXlsxSheet *sheet = g_ptr_array_index (self->sheets, i);
      const char *part = g_hash_table_lookup (self->parts, sheet->part);

      if (part == NULL)
        {
          g_ptr_array_remove_index (self->sheets, i);
          continue;
        }
      g_free (sheet->part);
      sheet->part = g_strdup (part);
    }
  if (self->sheets->len > 0)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("The spreadsheet has no sheet with cells"));
  return FALSE;
}

static gboolean
read_book (SpXlsxBook *self, GError **error)
{
  static const SpXmlHandler workbook = { workbook_start_cb, NULL, NULL };
  static const SpXmlHandler relations = { relations_start_cb, NULL, NULL };
  static const SpXmlHandler strings = { strings_start_cb, strings_end_cb, strings_text_cb };
  static const SpXmlHandler styles = { styles_start_cb, styles_end_cb, NULL };

  if (!sp_xlsx_parse_part (self->bytes, "xl/workbook.xml", &workbook, self, error)
      || !sp_xlsx_parse_part (self->bytes, "xl/_rels/workbook.xml.rels", &relations, self, error)
      || !place_sheets (self, error)
      || (self->strings != NULL && !sp_xlsx_parse_part (self->bytes, self->strings, &strings, self, error))
      || (self->styles != NULL && !sp_xlsx_parse_part (self->bytes, self->styles, &styles, self, error)))
    return FALSE;
  if (!self->too_long)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE,
                       _("The spreadsheet holds more than 96 MB of text; please cut it into several files"));
  return FALSE;
}

/**
 * sp_xlsx_book_new:
 * @bytes: a workbook
 * @error: %SP_ERROR_PARSE if it cannot be read
 *
 * Returns: (transfer full) (nullable): what its sheets share
 */
SpXlsxBook *
sp_xlsx_book_new (GBytes *bytes, GError **error)
{
  g_autoptr (SpXlsxBook) self = g_new0 (SpXlsxBook, 1);

  self->bytes = g_bytes_ref (bytes);
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->codes = g_hash_table_new (NULL, NULL);
  self->formats = g_array_new (FALSE, FALSE, sizeof (SpXlsxFormat));
  return read_book (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_xlsx_book_free:
 * @self: (transfer full): a workbook
 */
void
sp_xlsx_book_free (SpXlsxBook *self)
{
  g_ptr_array_unref (self->sheets);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->codes);
  g_array_unref (self->formats);
  g_array_unref (self->offsets);
  g_string_free (self->text, TRUE);
  g_free (self->strings);
  g_free (self->styles);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * sp_xlsx_book_get_bytes:
 * @self: a workbook
 *
 * Returns: (transfer none): its bytes
 */
GBytes *sp_xlsx_book_get_bytes (const SpXlsxBook *self) { return self->bytes; }

/**
 * sp_xlsx_book_get_n_sheets:
 * @self: a workbook
 *
 * Returns: how many sheets with cells a person sees
 */
guint sp_xlsx_book_get_n_sheets (const SpXlsxBook *self) { return self->sheets->len; }

/**
 * sp_xlsx_book_get_sheet:
 * @self: a workbook
 * @index: below their number
 *
 * Returns: (transfer none): a sheet
 */
const SpXlsxSheet *
sp_xlsx_book_get_sheet (const SpXlsxBook *self, guint index)
{
  return g_ptr_array_index (self->sheets, index);
}

/**
 * sp_xlsx_book_get_text:
 * @self: a workbook
 * @index: what stands in a cell of shared text
 *
 * Returns: (transfer none): the text; empty if there is none
 */
const char *
sp_xlsx_book_get_text (const SpXlsxBook *self, guint64 index)
{
  return index < self->offsets->len ? self->text->str + g_array_index (self->offsets, guint32, index) : "";
}

/**
 * sp_xlsx_book_read_number:
 * @self: a workbook
 * @lexeme: a number as a cell holds it
 * @style: of the cell
 *
 * Returns: (transfer full): what a person reads there: a date as `2026-11-22`, a time as `10:00`, else the number in its
 *   fifteen digits
 */
char *
sp_xlsx_book_read_number (const SpXlsxBook *self, const char *lexeme, guint64 style)
{
  SpXlsxFormat format = style < self->formats->len ? g_array_index (self->formats, SpXlsxFormat, style) : SP_XLSX_PLAIN;

  return sp_xlsx_format_number (format, lexeme, self->from_1904);
}
