/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpXlsxWriter: one flat row an asset, see sp-flat.c, as a spreadsheet: numbers, days and yes or no as such, web addresses
 * and e-mail addresses as links, a header that stays in sight, a filter, and a second sheet that counts categories and areas.
 *
 * No cell is ever a formula. The apostrophes of sp-flat.c stay, so that the sheet does no harm either when somebody saves
 * it as CSV. What is there once is read back once: a number that a spreadsheet would round is written as text. */
#include "sp-xlsx-writer.h"

#include "sp-civil.h"
#include "sp-flat-spool.h"
#include "sp-flat-table.h"
#include "sp-taxonomy.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define MOST_LINKS 30000 /* each takes 2.5 kB until the book is closed; the format allows 65,530 */
#define MOST_ENTRIES (LXW_ROW_MAX - 1) /* below the header */

struct _SpXlsxWriter
{
  SpWriter parent_instance;

  SpFlatSpool   *spool;      /* owned */
  GHashTable    *categories; /* code → how many entries have it */
  GHashTable    *areas;      /* name, "" for none → how many entries are in it; empty where that is not known */
  lxw_workbook  *book;       /* while it is written */
  lxw_worksheet *sheet;
  guint          n_links;
  lxw_format    *bold;
  lxw_format    *day;
};

G_DEFINE_FINAL_TYPE (SpXlsxWriter, sp_xlsx_writer, SP_TYPE_WRITER)

static void
count (GHashTable *table, const char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));

  g_hash_table_insert (table, g_strdup (key), GUINT_TO_POINTER (n + 1));
}

static gboolean
sp_xlsx_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpXlsxWriter *self = SP_XLSX_WRITER (writer);
  const SpNode *categories = sp_node_get (document, "categories");

  if (sp_writer_get_count (writer) > MOST_ENTRIES)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_UNSUPPORTED,
                           _("A spreadsheet has room for 1,048,575 entries; CSV has room for more"));
      return FALSE;
    }
  for (guint i = 0; sp_node_is_array (categories) && i < sp_node_get_length (categories); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (categories, i));
      if (code != NULL)
        count (self->categories, code);
    }
  if (sp_writer_get_area (writer) != NULL)
    count (self->areas, sp_writer_get_area (writer));
  return sp_flat_spool_add (self->spool, document, error);
}

static gboolean
looks_escaped (const char *p)
{
  return strnlen (p, 7) == 7 && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3])
         && g_ascii_isxdigit (p[4]) && g_ascii_isxdigit (p[5]) && p[6] == '_';
}

/* XML has no place for most control characters and changes a carriage return; `_x000D_` stands for one (ECMA-376 part 1,
 * 22.9.2.19), and what only looks like that is escaped too. */
static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && *p != '\t' && *p != '\n')
      g_string_append_printf (out, "_x%04X_", (guint) (guchar) *p);
    else if (*p == '\xEF' && (strncmp (p, "\xEF\xBF\xBE", 3) == 0 || strncmp (p, "\xEF\xBF\xBF", 3) == 0)) /* U+FFFE, U+FFFF */
      {
        g_string_append_printf (out, "_xFFF%c_", p[2] == '\xBE' ? 'E' : 'F');
        p += 2;
      }
    else if (*p == '_' && looks_escaped (p))
      g_string_append (out, "_x005F_");
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* Whether escape() would change nothing of it, as of nearly every text. */
static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == '_' || *p == '\xEF')
      return FALSE;
  return TRUE;
}

static gboolean
write_text (SpXlsxWriter *self, guint row, guint column, const char *text)
{
  g_autofree char *escaped = is_plain (text) ? NULL : escape (text);

  return worksheet_write_string (self->sheet, row, (lxw_col_t) column, escaped != NULL ? escaped : text, NULL) == LXW_NO_ERROR;
}

/* A number goes in as one if it comes out as it was. */
static gboolean
write_number (SpXlsxWriter *self, guint row, guint column, const char *text)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;
  double value = g_ascii_strtod (text, &end);

  return end != text && *end == '\0'
         && g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, "%.15g", value), NULL) == value
         && worksheet_write_number (self->sheet, row, (lxw_col_t) column, value, NULL) == LXW_NO_ERROR;
}

/* Days from 1 March 1900 on, the first that all spreadsheets count alike. */
static gboolean
write_day (SpXlsxWriter *self, guint row, guint column, const char *text)
{
  gint32 first = sp_civil_day (1900, 3, 1), day = strlen (text) == 10 ? sp_civil_parse_date (text) : SP_CIVIL_NO_DAY;

  return day != SP_CIVIL_NO_DAY && day >= first
         && worksheet_write_number (self->sheet, row, (lxw_col_t) column, 61 + (day - first), self->day) == LXW_NO_ERROR;
}

/* A link that there is no room for stays a text. */
static gboolean
write_link (SpXlsxWriter *self, guint row, guint column, const char *scheme, const char *text)
{
  g_autofree char *target = g_strconcat (scheme, text, NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("<>\"'`{}|\\^#[]", *p) != NULL)
      return FALSE;
  if (*scheme == '\0' && !g_str_has_prefix (text, "http://") && !g_str_has_prefix (text, "https://"))
    return FALSE;
  if (self->n_links == MOST_LINKS || strstr (text, "_x") != NULL || strlen (target) >= 2000
      || worksheet_write_url_opt (self->sheet, row, (lxw_col_t) column, target, NULL, text, NULL) != LXW_NO_ERROR)
    return FALSE;
  self->n_links++;
  return TRUE;
}

static gboolean
write_typed (SpXlsxWriter *self, guint row, guint column, const SpFlatCell *cell)
{
  const SpField *field = sp_flat_get_column (cell->column)->field;
  gboolean yes = strcmp (cell->text, "true") == 0;

  switch (field != NULL ? (int) field->type : -1)
    {
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      return write_number (self, row, column, cell->text);
    case SP_FIELD_BOOLEAN:
      return (yes || strcmp (cell->text, "false") == 0)
             && worksheet_write_boolean (self->sheet, row, (lxw_col_t) column, yes, NULL) == LXW_NO_ERROR;
    case SP_FIELD_DATE:
      return write_day (self, row, column, cell->text);
    case SP_FIELD_URL:
      return write_link (self, row, column, "", cell->text);
    case SP_FIELD_EMAIL:
      return write_link (self, row, column, "mailto:", cell->text);
    default:
      return FALSE;
    }
}

static gboolean
write_row (SpXlsxWriter *self, guint row, const GArray *cells, const guint *places, GError **error)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      guint column = places[cell->column];

      if (write_typed (self, row, column, cell) || write_text (self, row, column, cell->text))
        continue;
      g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED,
                   _("Row %u: “%s” is longer than the 32,767 characters a cell of a spreadsheet can hold; CSV has room for it"),
                   row + 1, sp_flat_get_title (cell->column));
      return FALSE;
    }
  return TRUE;
}

static double
column_width (guint column)
{
  const SpField *field = sp_flat_get_column (column)->field;

  if (field == NULL || field->type == SP_FIELD_BOOLEAN || field->type == SP_FIELD_TIME)
    return 10;
  if (field->type == SP_FIELD_PROSE || strcmp (field->path, "name") == 0 || strcmp (field->path, "summary") == 0)
    return 40;
  return field->type == SP_FIELD_TEXT || field->type == SP_FIELD_URL || field->type == SP_FIELD_EMAIL ? 24 : 14;
}

/* What only programs need: it is there, and comes back, but not in sight. */
static gboolean
is_for_programs (const char *title)
{
  return strcmp (title, "_id") == 0 || strcmp (title, "type") == 0 || strcmp (title, "schema") == 0 || g_str_has_suffix (title, ".id");
}

static void
set_up_column (SpXlsxWriter *self, guint place, guint column)
{
  lxw_row_col_options options = { .hidden = is_for_programs (sp_flat_get_title (column)) };

  worksheet_set_column_opt (self->sheet, (lxw_col_t) place, (lxw_col_t) place, column_width (column), NULL, &options);
}

/* The header; *places gets where each column stands. Gives how many there are. */
static guint
write_header (SpXlsxWriter *self, guint *places)
{
  guint n = 0;

  for (guint column = 0; column < sp_flat_get_n_columns (); column++)
    if (sp_flat_spool_has (self->spool, column))
      {
        set_up_column (self, n, column);
        worksheet_write_string (self->sheet, 0, (lxw_col_t) n, sp_flat_get_title (column), self->bold);
        places[column] = n++;
      }
  return n;
}

static gboolean
write_entries (SpXlsxWriter *self, GError **error)
{
  g_autofree guint *places = g_new0 (guint, sp_flat_get_n_columns ());
  guint n = sp_writer_get_count (SP_WRITER (self)), n_columns;

  self->sheet = workbook_add_worksheet (self->book, _("Entries"));
  n_columns = write_header (self, places);
  worksheet_freeze_panes (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, 0, 0); /* on paper too */
  worksheet_set_landscape (self->sheet);
  worksheet_autofilter (self->sheet, 0, 0, n, (lxw_col_t) (n_columns - 1));
  if (!sp_flat_spool_rewind (self->spool, error))
    return FALSE;
  for (guint row = 1; row <= n; row++)
    {
      const GArray *cells = sp_flat_spool_next (self->spool, error);
      if (cells == NULL || !write_row (self, row, cells, places, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_areas (gconstpointer a, gconstpointer b)
{
  const char *one = a, *two = b;

  if (*one == '\0' || *two == '\0')
    return (*one == '\0') - (*two == '\0');
  return g_utf8_collate (one, two);
}

static void
write_count (SpXlsxWriter *self, guint row, guint column, const char *name, guint n, lxw_format *format)
{
  g_autofree char *escaped = escape (name);

  worksheet_write_string (self->sheet, row, (lxw_col_t) column, escaped, format);
  worksheet_write_number (self->sheet, row, (lxw_col_t) (column + 1), n, format);
}

/* A code that this Signpost does not know stands for itself. */
static const char *
get_category_name (const char *code)
{
  const SpCategory *category = sp_taxonomy_lookup (sp_taxonomy_get_default (), code);

  return category != NULL ? sp_category_get_local_name (category) : code;
}

static int
compare_categories (gconstpointer a, gconstpointer b)
{
  int by_name = g_utf8_collate (get_category_name (a), get_category_name (b));

  return by_name != 0 ? by_name : strcmp (a, b);
}

/* An entry of two categories counts in both, so the sum is written apart. */
static void
write_category (SpXlsxWriter *self, guint row, GList *code)
{
  if (code == NULL)
    write_count (self, row, 0, _("All entries"), sp_writer_get_count (SP_WRITER (self)), self->bold);
  else
    write_count (self, row, 0, get_category_name (code->data), GPOINTER_TO_UINT (g_hash_table_lookup (self->categories, code->data)), NULL);
}

static void
write_area (SpXlsxWriter *self, guint row, const char *name)
{
  write_count (self, row, 3, *name != '\0' ? name : _("In no area"), GPOINTER_TO_UINT (g_hash_table_lookup (self->areas, name)), NULL);
}

static void
write_summary_header (SpXlsxWriter *self, gboolean has_areas)
{
  worksheet_set_column (self->sheet, 0, 0, 40, NULL);
  worksheet_write_string (self->sheet, 0, 0, _("Category"), self->bold);
  worksheet_write_string (self->sheet, 0, 1, _("Entries"), self->bold);
  worksheet_freeze_panes (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, 0, 0);
  worksheet_fit_to_pages (self->sheet, 1, 0); /* one wide, as many high as it takes */
  if (!has_areas)
    return;
  worksheet_set_column (self->sheet, 3, 3, 40, NULL);
  worksheet_write_string (self->sheet, 0, 3, _("Area"), self->bold);
  worksheet_write_string (self->sheet, 0, 4, _("Entries"), self->bold);
}

/* Categories, and areas beside them, in one pass: rows are not written to again. */
static void
write_summary (SpXlsxWriter *self)
{
  g_autoptr (GList) codes = g_list_sort (g_hash_table_get_keys (self->categories), compare_categories);
  g_autoptr (GList) areas = g_list_sort (g_hash_table_get_keys (self->areas), compare_areas);
  GList *code = codes, *area = areas;
  gboolean has_sum = FALSE;

  self->sheet = workbook_add_worksheet (self->book, _("Summary"));
  write_summary_header (self, areas != NULL);
  for (guint row = 1; !has_sum || area != NULL; row++)
    {
      if (!has_sum)
        write_category (self, row, code);
      has_sum |= code == NULL;
      code = code != NULL ? code->next : NULL;
      if (area != NULL)
        write_area (self, row, area->data);
      area = area != NULL ? area->next : NULL;
    }
}

static gboolean
write_book (SpXlsxWriter *self, const char *path, GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  gboolean written;
  lxw_error code;

  self->book = workbook_new_opt (path, &options);
  self->bold = workbook_add_format (self->book);
  format_set_bold (self->bold);
  self->day = workbook_add_format (self->book);
  format_set_num_format (self->day, "yyyy-mm-dd");
  written = write_entries (self, error);
  if (written)
    write_summary (self);
  code = workbook_close (self->book);
  if (!written || code == LXW_NO_ERROR)
    return written;
  g_set_error (error, SP_ERROR, SP_ERROR_FAILED, _("The spreadsheet could not be written: %s"), lxw_strerror (code));
  return FALSE;
}

/* libxlsxwriter writes to a file of a name only, so that file is another one. */
static gboolean
sp_xlsx_writer_end (SpWriter *writer, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  gboolean done;
  int fd = g_file_open_tmp ("signpost-XXXXXX", &path, error);

  if (fd < 0)
    return FALSE;
  close (fd);
  file = g_file_new_for_path (path);
  done = write_book (SP_XLSX_WRITER (writer), path, error) && (stream = g_file_read (file, NULL, error)) != NULL
         && g_output_stream_splice (sp_writer_get_stream (writer), G_INPUT_STREAM (stream),
                                    G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) >= 0;
  g_unlink (path);
  return done;
}

static void
sp_xlsx_writer_finalize (GObject *object)
{
  SpXlsxWriter *self = SP_XLSX_WRITER (object);

  sp_flat_spool_free (self->spool);
  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->areas);
  G_OBJECT_CLASS (sp_xlsx_writer_parent_class)->finalize (object);
}

static void
sp_xlsx_writer_class_init (SpXlsxWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_xlsx_writer_finalize;
  SP_WRITER_CLASS (class)->wants_area = TRUE;
  SP_WRITER_CLASS (class)->add = sp_xlsx_writer_add;
  SP_WRITER_CLASS (class)->end = sp_xlsx_writer_end;
}

static void
sp_xlsx_writer_init (SpXlsxWriter *self)
{
  self->spool = sp_flat_spool_new ();
  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
