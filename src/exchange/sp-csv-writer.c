/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvWriter: one flat row an asset, see sp-flat.c, for a spreadsheet: UTF-8 with a byte order mark, without which
 * Excel garbles a pound sign; commas; RFC 4180 quotes and line ends.
 *
 * A column is there only if some row has something in it, and that is known at the end. So the cells first go to a
 * temporary file without a name, a line of column numbers and texts for each row, and memory stays flat. */
#include "sp-csv-writer.h"

#include "sp-flat.h"

#include <string.h>

struct _SpCsvWriter
{
  SpWriter parent_instance;

  GFileIOStream     *spool; /* owned; a file that is already unlinked */
  GDataOutputStream *to_spool;
  GArray            *used;  /* gboolean; by column */
};

G_DEFINE_FINAL_TYPE (SpCsvWriter, sp_csv_writer, SP_TYPE_WRITER)

static gboolean
open_spool (SpCsvWriter *self, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GOutputStream) buffered = NULL;

  if (self->spool != NULL)
    return TRUE;
  file = g_file_new_tmp ("signpost-XXXXXX", &self->spool, error);
  if (file == NULL)
    return FALSE;
  g_file_delete (file, NULL, NULL);
  buffered = g_buffered_output_stream_new_sized (g_io_stream_get_output_stream (G_IO_STREAM (self->spool)), 64 * 1024);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (buffered), FALSE);
  self->to_spool = g_data_output_stream_new (buffered);
  return TRUE;
}

/* A row in the spool: the number of cells, and for each its column, length and bytes. */
static gboolean
sp_csv_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpCsvWriter *self = SP_CSV_WRITER (writer);
  g_autoptr (GArray) cells = sp_flat_from_asset (document);

  if (!open_spool (self, error) || !g_data_output_stream_put_uint32 (self->to_spool, cells->len, NULL, error))
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const SpFlatCell *cell = &g_array_index (cells, SpFlatCell, i);
      gsize length = strlen (cell->text);

      g_array_index (self->used, gboolean, cell->column) = TRUE;
      if (!g_data_output_stream_put_uint32 (self->to_spool, cell->column, NULL, error)
          || !g_data_output_stream_put_uint32 (self->to_spool, (guint32) length, NULL, error)
          || !g_output_stream_write_all (G_OUTPUT_STREAM (self->to_spool), cell->text, length, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Quotation marks around what would not come back without them, blanks at either end included. */
static void
append_cell (GString *line, const char *text)
{
  gsize length = strlen (text);

  if (length > 0 && strpbrk (text, ",;\t|\"\r\n") == NULL && text[0] != ' ' && text[length - 1] != ' ')
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

  for (guint column = 0; column < self->used->len; column++)
    if (g_array_index (self->used, gboolean, column))
      {
        if (column > 0)
          g_string_append_c (line, ',');
        append_cell (line, sp_flat_get_title (column));
      }
  g_string_append (line, "\r\n");
  return sp_writer_put (SP_WRITER (self), line->str, line->len, error);
}

/* Reads one cell of the spool into @text; *column is set. */
static gboolean
read_cell (GDataInputStream *spool, guint *column, GString *text, GError **error)
{
  g_autoptr (GError) why = NULL;
  guint32 length;

  *column = g_data_input_stream_read_uint32 (spool, NULL, &why);
  length = why == NULL ? g_data_input_stream_read_uint32 (spool, NULL, &why) : 0;
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  g_string_set_size (text, length);
  return g_input_stream_read_all (G_INPUT_STREAM (spool), text->str, length, NULL, NULL, error);
}

static gboolean
write_row (SpCsvWriter *self, GDataInputStream *spool, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) why = NULL;
  guint32 n = g_data_input_stream_read_uint32 (spool, NULL, &why);
  guint done = 0;

  for (guint32 i = 0; why == NULL && i < n; i++)
    {
      guint column;
      if (!read_cell (spool, &column, text, &why))
        break;
      for (; done < column; done++)
        if (g_array_index (self->used, gboolean, done))
          g_string_append_c (line, ',');
      append_cell (line, text->str);
    }
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  for (; done + 1 < self->used->len; done++)
    if (g_array_index (self->used, gboolean, done))
      g_string_append_c (line, ',');
  g_string_append (line, "\r\n");
  return sp_writer_put (SP_WRITER (self), line->str, line->len, error);
}

static gboolean
sp_csv_writer_end (SpWriter *writer, GError **error)
{
  SpCsvWriter *self = SP_CSV_WRITER (writer);
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GDataInputStream) spool = NULL;

  if (!write_header (self, error))
    return FALSE;
  if (self->spool == NULL) /* no rows */
    return TRUE;
  if (!g_output_stream_flush (G_OUTPUT_STREAM (self->to_spool), NULL, error)
      || !g_seekable_seek (G_SEEKABLE (self->spool), 0, G_SEEK_SET, NULL, error))
    return FALSE;
  buffered = g_buffered_input_stream_new_sized (g_io_stream_get_input_stream (G_IO_STREAM (self->spool)), 64 * 1024);
  spool = g_data_input_stream_new (buffered);
  for (guint i = 0; i < sp_writer_get_count (writer); i++)
    if (!write_row (self, spool, error))
      return FALSE;
  return TRUE;
}

static void
sp_csv_writer_finalize (GObject *object)
{
  SpCsvWriter *self = SP_CSV_WRITER (object);

  g_clear_object (&self->to_spool);
  g_clear_object (&self->spool);
  g_array_unref (self->used);
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
  guint n = sp_flat_get_n_columns ();

  self->used = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), n);
  g_array_set_size (self->used, n);
  g_array_index (self->used, gboolean, 0) = TRUE;     /* _id and _rest are always there: by them */
  g_array_index (self->used, gboolean, n - 1) = TRUE; /* our own export is recognised */
}
