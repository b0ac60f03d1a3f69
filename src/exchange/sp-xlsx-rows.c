/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpXlsxRows: the rows of a sheet, pulled one at a time. The XML parser, which pushes them, gets the sheet in small
 * blocks; what one block yields waits in a queue. A cell of shared text points into the workbook, so that a short block
 * cannot grow into a long queue. */
#include "sp-xlsx-rows.h"

#include "sp-csv-rows.h"
#include "sp-zip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_ROWS 1048576 /* of a sheet in any spreadsheet program */
#define MOST_MERGES 4096

struct _SpXlsxRows
{
  const SpXlsxBook *book;
  SpZipPart        *part;  /* owned */
  SpXml            *xml;   /* owned */
  GQueue            rows;  /* SpXlsxRow, owned; complete ones */
  SpXlsxRow        *open;  /* owned, nullable; the one that is being read */
  gsize             bytes; /* of it so far */
  guint             last;  /* number of the row before */
  gboolean          in_cell;
  guint             column;
  char              type;  /* of the cell: 's'hared, 't'ext, 'b'oolean, 'e'rror, 'd'ate or 'n'umber */
  guint64           style;
  gboolean          in_value;
  guint             phonetic;
  GString          *value;
  gboolean          finished;
};

/* "BC17" → 54, and 17 in @row; G_MAXUINT if it names no cell. */
static guint
parse_reference (const char *text, guint *row)
{
  guint column = 0, n = 0;
  guint64 number;

  for (; g_ascii_isalpha (*text) && n < 4; text++, n++)
    column = column * 26 + (guint) (g_ascii_toupper (*text) - 'A') + 1;
  number = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, NULL, 10) : 0;
  *row = (guint) MIN (number, G_MAXUINT);
  return n > 0 && n < 4 && number > 0 ? column - 1 : G_MAXUINT;
}

static void
spoil (SpXlsxRows *self, const char *problem)
{
  if (self->open->problem == NULL)
    self->open->problem = problem;
}

static void
finish_row (SpXlsxRows *self)
{
  SpXlsxRow *row = g_steal_pointer (&self->open);

  self->in_cell = FALSE;
  if (row == NULL)
    return;
  self->last = row->number;
  if (row->cells->len > 0 || row->problem != NULL)
    g_queue_push_tail (&self->rows, row);
  else
    sp_xlsx_row_free (row);
}

static void
begin_row (SpXlsxRows *self, const SpXmlTag *tag)
{
  g_autofree char *said = sp_xml_tag_dup (tag, "r");
  guint64 number = said != NULL ? g_ascii_strtoull (said, NULL, 10) : 0;

  finish_row (self);
  self->open = g_new0 (SpXlsxRow, 1);
  self->open->number = number > self->last && number <= MOST_ROWS ? (guint) number : self->last + 1;
  self->open->cells = g_ptr_array_new ();
  self->open->own = g_ptr_array_new_with_free_func (g_free);
  self->bytes = 0;
  self->column = G_MAXUINT; /* the next one is the first */
}

static char
cell_type (const char *name)
{
  if (name == NULL)
    return 'n';
  if (strcmp (name, "str") == 0 || strcmp (name, "inlineStr") == 0)
    return 't';
  return name[0] != '\0' && name[1] == '\0' && strchr ("sbed", name[0]) != NULL ? name[0] : 'n';
}

static void
begin_cell (SpXlsxRows *self, const SpXmlTag *tag)
{
  g_autofree char *reference = sp_xml_tag_dup (tag, "r");
  g_autofree char *type = sp_xml_tag_dup (tag, "t");
  g_autofree char *style = sp_xml_tag_dup (tag, "s");
  guint row, column = reference != NULL ? parse_reference (reference, &row) : G_MAXUINT;

  self->column = column != G_MAXUINT ? column : self->column + 1;
  self->type = cell_type (type);
  self->style = style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0;
  self->in_cell = TRUE;
  self->phonetic = 0;
  g_string_truncate (self->value, 0);
}

static void
start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  SpXlsxRows *self = data;

  if (strcmp (name, "row") == 0)
    begin_row (self, tag);
  else if (self->open != NULL && strcmp (name, "c") == 0)
    begin_cell (self, tag);
  else if (strcmp (name, "rPh") == 0)
    self->phonetic++;
  self->in_value = self->in_cell && self->phonetic == 0 && (strcmp (name, "v") == 0 || strcmp (name, "t") == 0);
}

static void
text_cb (gpointer data, const char *text, gsize length)
{
  SpXlsxRows *self = data;

  if (self->in_value && self->value->len <= SP_CSV_MAX_ROW_BYTES)
    g_string_append_len (self->value, text, (gssize) length);
}

/* What a person sees in the cell; owned by the row unless it is shared. */
static const char *
cell_text (SpXlsxRows *self)
{
  char *text;

  switch (self->type)
    {
    case 's':
      return sp_xlsx_book_get_text (self->book, g_ascii_strtoull (self->value->str, NULL, 10));
    case 'e': /* "#REF!" */
      return "";
    case 'b':
      return strcmp (self->value->str, "0") == 0 ? "false" : "true";
    case 't':
      text = sp_xlsx_unescape (g_strdup (self->value->str));
      break;
    case 'd':
      text = g_strdup (self->value->str);
      break;
    default:
      text = sp_xlsx_book_read_number (self->book, self->value->str, self->style);
    }
  g_ptr_array_add (self->open->own, text);
  return text;
}

static void
add_cell (SpXlsxRows *self)
{
  GPtrArray *cells = self->open->cells;
  const char *text;

  if (self->value->len == 0 || self->open->problem != NULL)
    return;
  text = cell_text (self);
  self->bytes += strlen (text);
  if (*text == '\0')
    return;
  if (self->column >= SP_CSV_MAX_COLUMNS)
    spoil (self, _("more than 1,000 columns"));
  else if (self->bytes > SP_CSV_MAX_ROW_BYTES)
    spoil (self, _("longer than 2 MB"));
  if (self->open->problem != NULL)
    return;
  while (cells->len <= self->column)
    g_ptr_array_add (cells, (char *) "");
  cells->pdata[self->column] = (char *) text;
}

static void
end_cb (gpointer data, const char *name)
{
  SpXlsxRows *self = data;

  self->in_value = FALSE;
  if (strcmp (name, "rPh") == 0 && self->phonetic > 0)
    self->phonetic--;
  else if (self->in_cell && strcmp (name, "c") == 0)
    {
      add_cell (self);
      self->in_cell = FALSE;
    }
  else if (strcmp (name, "row") == 0)
    finish_row (self);
}

/**
 * sp_xlsx_rows_new:
 * @book: a workbook, which must live as long
 * @sheet: one of its sheets
 * @error: %SP_ERROR_NOT_FOUND if the archive does not have it
 *
 * Returns: (transfer full) (nullable): its rows
 */
SpXlsxRows *
sp_xlsx_rows_new (const SpXlsxBook *book, guint sheet, GError **error)
{
  static const SpXmlHandler handler = { start_cb, end_cb, text_cb };
  g_autoptr (SpZipPart) part =
      sp_zip_part_open (sp_xlsx_book_get_bytes (book), sp_xlsx_book_get_sheet (book, sheet)->part, error);
  SpXlsxRows *self;

  if (part == NULL)
    return NULL;
  self = g_new0 (SpXlsxRows, 1);
  self->book = book;
  self->part = g_steal_pointer (&part);
  self->value = g_string_new (NULL);
  self->xml = sp_xml_new (&handler, self);
  return self;
}

static void
free_queued_row (gpointer row)
{
  sp_xlsx_row_free (row);
}

/**
 * sp_xlsx_rows_free:
 * @self: (transfer full): rows
 */
void
sp_xlsx_rows_free (SpXlsxRows *self)
{
  g_queue_clear_full (&self->rows, free_queued_row);
  g_clear_pointer (&self->open, sp_xlsx_row_free);
  sp_xml_free (self->xml);
  sp_zip_part_free (self->part);
  g_string_free (self->value, TRUE);
  g_free (self);
}

/**
 * sp_xlsx_row_free:
 * @self: (transfer full): a row
 */
void
sp_xlsx_row_free (SpXlsxRow *self)
{
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->own);
  g_free (self);
}

/**
 * sp_xlsx_rows_next:
 * @self: the rows of a sheet
 * @row: (out) (transfer full) (nullable): the next one in which something stands, %NULL at the end
 * @error: what is wrong with the sheet
 *
 * Returns: %FALSE if the sheet cannot be read any further
 */
gboolean
sp_xlsx_rows_next (SpXlsxRows *self, SpXlsxRow **row, GError **error)
{
  char block[4096];

  while (self->rows.length == 0 && !self->finished)
    {
      gssize n = sp_zip_part_read (self->part, block, sizeof block, error);
      if (n < 0 || (n > 0 && !sp_xml_push (self->xml, block, (gsize) n, error))
          || (n == 0 && !sp_xml_finish (self->xml, error)))
        return FALSE;
      self->finished = n == 0;
    }
  *row = g_queue_pop_head (&self->rows);
  return TRUE;
}

static void
merge_start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  GArray *merges = data;
  g_autofree char *reference = strcmp (name, "mergeCell") == 0 ? sp_xml_tag_dup (tag, "ref") : NULL;
  const char *colon = reference != NULL ? strchr (reference, ':') : NULL;
  SpXlsxMerge merge;

  if (colon == NULL || merges->len >= MOST_MERGES)
    return;
  merge.column = parse_reference (reference, &merge.row);
  merge.last_column = parse_reference (colon + 1, &merge.last_row);
  if (merge.column <= merge.last_column && merge.last_column < SP_CSV_MAX_COLUMNS && merge.row <= SP_XLSX_MERGE_ROWS)
    g_array_append_val (merges, merge);
}

/**
 * sp_xlsx_read_merges:
 * @book: a workbook
 * @sheet: one of its sheets
 * @error: what is wrong with the sheet
 *
 * They stand behind the rows, so the sheet is gone through once for them alone.
 *
 * Returns: (transfer full) (nullable) (element-type SpXlsxMerge): the merged cells that begin in the first
 *   %SP_XLSX_MERGE_ROWS rows
 */
GArray *
sp_xlsx_read_merges (const SpXlsxBook *book, guint sheet, GError **error)
{
  static const SpXmlHandler handler = { merge_start_cb, NULL, NULL };
  g_autoptr (GArray) merges = g_array_new (FALSE, FALSE, sizeof (SpXlsxMerge));

  if (!sp_xlsx_parse_part (sp_xlsx_book_get_bytes (book), sp_xlsx_book_get_sheet (book, sheet)->part, &handler, merges,
                           error))
    return NULL;
  return g_steal_pointer (&merges);
}
