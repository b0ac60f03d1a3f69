/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvReader: a list as CSV, of anybody's making or our own. The first row is the header. */
#include "sp-csv-reader.h"

#include "sp-csv-rows.h"
#include "sp-list-maker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpCsvReader
{
  SpReader parent_instance;

  SpCsvRows    *rows;    /* owned */
  GInputStream *stream;  /* owned; the file, to know how far it was read */
  goffset       size;    /* of the file in bytes; 0 if unknown */
  SpListMaker  *maker;   /* owned */
};

G_DEFINE_FINAL_TYPE (SpCsvReader, sp_csv_reader, SP_TYPE_READER)

static SpRecord *
read_row (SpCsvReader *self, const SpCsvRow *row)
{
  SpRecord *record;

  if (row->problem != NULL)
    {
      record = sp_record_new (row->number);
      sp_record_skip (record, NULL, "%s", row->problem);
      return record;
    }
  record = sp_list_maker_make (self->maker, row->number, row->cells, row->n_cells);
  if (row->blurred > 0 && record->asset != NULL)
    sp_record_add_problem (record, sp_list_maker_get_header (self->maker, row->blurred - 1),
                           _("a character could not be read and became “\uFFFD”"));
  return record;
}

static gboolean
sp_csv_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpCsvReader *self = SP_CSV_READER (reader);
  const SpCsvRow *row;

  if (!sp_csv_rows_next (self->rows, &row, error))
    return FALSE;
  if (row != NULL)
    *record = read_row (self, row);
  return TRUE;
}

static const SpColumns *
sp_csv_reader_get_columns (SpReader *reader)
{
  return sp_list_maker_get_columns (SP_CSV_READER (reader)->maker);
}

static double
sp_csv_reader_get_progress (SpReader *reader)
{
  SpCsvReader *self = SP_CSV_READER (reader);

  if (self->size <= 0 || !G_IS_SEEKABLE (self->stream))
    return 0;
  return (double) g_seekable_tell (G_SEEKABLE (self->stream)) / (double) self->size;
}

static void
sp_csv_reader_finalize (GObject *object)
{
  SpCsvReader *self = SP_CSV_READER (object);

  g_clear_pointer (&self->maker, sp_list_maker_free);
  g_clear_pointer (&self->rows, sp_csv_rows_free);
  g_clear_object (&self->stream);
  G_OBJECT_CLASS (sp_csv_reader_parent_class)->finalize (object);
}

static void
sp_csv_reader_class_init (SpCsvReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_csv_reader_finalize;
  reader_class->next = sp_csv_reader_next;
  reader_class->get_columns = sp_csv_reader_get_columns;
  reader_class->get_progress = sp_csv_reader_get_progress;
}

static void
sp_csv_reader_init (SpCsvReader *self)
{
}

/* "sep=;", which spreadsheets write and read before the header. */
static gboolean
is_separator_line (const SpCsvRow *row)
{
  gboolean alone = row->n_cells >= 1 && g_ascii_strncasecmp (row->cells[0], "sep=", 4) == 0;

  for (guint i = 1; i < row->n_cells; i++)
    alone = alone && *row->cells[i] == '\0';
  return alone;
}

static gboolean
read_header (SpCsvReader *self, const SpReaderOptions *options, GError **error)
{
  const SpCsvRow *header;

  if (!sp_csv_rows_next (self->rows, &header, error)
      || (header != NULL && header->problem == NULL && is_separator_line (header)
          && !sp_csv_rows_next (self->rows, &header, error)))
    return FALSE;
  if (header == NULL || header->problem != NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, header == NULL ? _("The file is empty") : _("Row 1: %s"),
                   header == NULL ? "" : header->problem);
      return FALSE;
    }
  self->maker = sp_list_maker_new (header->cells, header->n_cells, options, error);
  return self->maker != NULL;
}

/**
 * sp_csv_reader_new:
 * @stream: the file from its first byte
 * @size: of the file in bytes, 0 if unknown
 * @head: its first bytes, by which encoding and delimiter are found
 * @head_length: how many those are
 * @options: how to read it
 * @error: %SP_ERROR_PARSE if the header makes no sense
 *
 * Returns: (transfer full) (nullable): a reader that has read the header
 */
SpReader *
sp_csv_reader_new (GInputStream *stream, goffset size, const char *head, gsize head_length,
                   const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpCsvReader) self = g_object_new (SP_TYPE_CSV_READER, NULL);
  g_autoptr (SpEncoding) encoding = sp_encoding_guess (head, head_length);
  g_autoptr (GInputStream) text = sp_encoding_wrap (encoding, stream, error);
  g_autofree char *plain = NULL;
  char delimiter = options->delimiter;

  if (text == NULL)
    return NULL;
  plain = sp_encoding_read_head (encoding, head, &head_length);
  if (delimiter == '\0')
    delimiter = sp_csv_guess_delimiter (plain, head_length);
  self->stream = g_object_ref (stream);
  self->size = size;
  self->rows = sp_csv_rows_new (text, g_steal_pointer (&encoding), delimiter);
  if (!read_header (self, options, error))
    return NULL;
  return SP_READER (g_steal_pointer (&self));
}
