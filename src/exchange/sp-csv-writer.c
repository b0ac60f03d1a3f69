/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvWriter: one flat row an asset, see sp-flat.c, for a spreadsheet: UTF-8 with a byte order mark, without which
 * Excel garbles a pound sign; commas; RFC 4180 quotes and line ends. */
#include "sp-csv-writer.h"

#include "sp-flat-spool.h"

#include <string.h>

struct _SpCsvWriter
{
  SpWriter parent_instance;

  SpFlatSpool *spool; /* owned */
};

G_DEFINE_FINAL_TYPE (SpCsvWriter, sp_csv_writer, SP_TYPE_WRITER)

static gboolean
sp_csv_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  return sp_flat_spool_add (SP_CSV_WRITER (writer)->spool, document, error);
}

/* Whether a text comes back without quotation marks: blanks at either end would not. Nearly every cell is asked, and
 * strpbrk() would make a table of its characters for each. */
static gboolean
is_plain (const char *text, gsize *length)
{
  const char *p = text;

  for (; *p != '\0'; p++)
    if (*p == ',' || *p == ';' || *p == '|' || *p == '"' || *p == '\t' || *p == '\r' || *p == '\n')
      return FALSE;
  *length = (gsize) (p - text);
  return p > text && text[0] != ' ' && p[-1] != ' ';
}

static void
append_cell (GString *line, const char *text)
{
  gsize length;

  if (is_plain (text, &length))
    {
      g_string_append_len (line, text, (gssize) length);
      return;
    }
  g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

static gboolean
write_header (SpCsvWriter *self, GError **error)
{
  g_autoptr (GString) line = g_string_new ("\xEF\xBB\xBF");

  for (guint column = 0; column < sp_flat_get_n_columns (); column++)
    if (sp_flat_spool_has (self->spool, column))
      {
        if (column > 0)
          g_string_append_c (line, ',');
        append_cell (line, sp_flat_get_title (column));
      }
  g_string_append (line, "\r\n");
  return sp_writer_put (SP_WRITER (self), line->str, line->len, error);
}

/* @places: where each column stands in the file */
static gboolean
write_row (SpCsvWriter *self, const GArray *cells, const guint *places, guint n_columns, GString *line, GError **error)
{
  guint done = 0;

  g_string_truncate (line, 0);
  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      for (; done < places[cell->column]; done++)
        g_string_append_c (line, ',');
      append_cell (line, cell->text);
    }
  for (; done + 1 < n_columns; done++)
    g_string_append_c (line, ',');
  g_string_append (line, "\r\n");
  return sp_writer_put (SP_WRITER (self), line->str, line->len, error);
}

static gboolean
sp_csv_writer_end (SpWriter *writer, GError **error)
{
  SpCsvWriter *self = SP_CSV_WRITER (writer);
  g_autofree guint *places = g_new0 (guint, sp_flat_get_n_columns ());
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_columns = 0;

  for (guint column = 0; column < sp_flat_get_n_columns (); column++)
    if (sp_flat_spool_has (self->spool, column))
      places[column] = n_columns++;
  if (!write_header (self, error) || !sp_flat_spool_rewind (self->spool, error))
    return FALSE;
  for (guint i = 0; i < sp_writer_get_count (writer); i++)
    {
      const GArray *cells = sp_flat_spool_next (self->spool, error);
      if (cells == NULL || !write_row (self, cells, places, n_columns, line, error))
        return FALSE;
    }
  return TRUE;
}

static void
sp_csv_writer_finalize (GObject *object)
{
  sp_flat_spool_free (SP_CSV_WRITER (object)->spool);
  G_OBJECT_CLASS (sp_csv_writer_parent_class)->finalize (object);
}

static void
sp_csv_writer_class_init (SpCsvWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_csv_writer_finalize;
  SP_WRITER_CLASS (class)->add = sp_csv_writer_add;
  SP_WRITER_CLASS (class)->end = sp_csv_writer_end;
}

static void
sp_csv_writer_init (SpCsvWriter *self)
{
  self->spool = sp_flat_spool_new ();
}
