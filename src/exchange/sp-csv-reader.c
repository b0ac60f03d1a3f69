/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvReader: a list as CSV, of anybody's making or our own. The first row is the header. Ours is recognised by its
 * first and last column, `_id` and `_rest`, and read back cell by cell as it was written. */
#include "sp-csv-reader.h"

#include "sp-csv-rows.h"
#include "sp-flat.h"
#include "sp-import-id.h"
#include "sp-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpCsvReader
{
  SpReader parent_instance;

  SpCsvRows    *rows;    /* owned */
  GInputStream *stream;  /* owned; the file, to know how far it was read */
  goffset       size;    /* of the file in bytes; 0 if unknown */
  SpColumns    *columns; /* owned */
  SpRowMaker   *maker;   /* owned; NULL for our own export */
  GArray       *flat;    /* int; for our own export the column each cell belongs to, or -1 */
  char         *feed;    /* owned; of rows that somebody added to our own export */
};

G_DEFINE_FINAL_TYPE (SpCsvReader, sp_csv_reader, SP_TYPE_READER)

/* Cells beyond the header that say something mean that a delimiter stands in some cell without quotes. */
static gboolean
fits_header (SpCsvReader *self, const SpCsvRow *row)
{
  for (guint i = sp_columns_get_length (self->columns); i < row->n_cells; i++)
    if (row->cells[i][0] != '\0')
      return FALSE;
  return TRUE;
}

/* Somebody added a row, or an item to a list of a row: it gets its id now. */
static void
complete_asset (SpCsvReader *self, SpNode *body)
{
  gboolean is_new = sp_node_get_text (body, "_id") == NULL;
  const char *id;

  if (is_new)
    {
      g_autofree char *row = sp_import_id_row_from_words (
          sp_node_get_text (body, "name"), sp_node_get_string (sp_node_get_path (body, "address.postal_code")), NULL);
      g_autofree char *made = sp_import_id_for_row (self->feed, row);
      sp_node_set_text (body, "_id", made);
      sp_node_set_text (body, "type", "asset");
      sp_node_set (body, "schema", sp_node_new_lexeme ("1"));
    }
  id = sp_node_get_text (body, "_id");
  for (guint i = 0; i < sp_node_get_length (body); i++)
    {
      SpNode *list = sp_node_get_element (body, i);
      const char *name = sp_node_get_name (body, i);
      for (guint k = sp_node_is_array (list) ? sp_node_get_length (list) : 0; k-- > 0;)
        {
          SpNode *item = sp_node_get_element (list, k);
          g_autofree char *item_id = NULL;
          if (!sp_node_is_object (item) || sp_node_get (item, "id") != NULL)
            continue;
          item_id = sp_import_id_for_item (id, name, k);
          sp_node_set_text (item, "id", item_id);
        }
    }
}

static SpRecord *
read_own_row (SpCsvReader *self, const SpCsvRow *row)
{
  SpRecord *record = sp_record_new (row->number);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SpFlatCell));
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  const char *id;

  for (guint i = 0; i < MIN (row->n_cells, self->flat->len); i++)
    {
      int column = g_array_index (self->flat, int, i);
      SpFlatCell cell = { (guint) column, (char *) row->cells[i] };
      if (column >= 0 && row->cells[i][0] != '\0')
        g_array_append_val (cells, cell);
    }
  record->asset = sp_flat_to_asset (cells, refused);
  id = sp_node_get_text (record->asset, "_id");
  if (id != NULL && !g_str_has_prefix (id, "asset:"))
    sp_record_skip (record, "_id", _("“%s” is not the id of an entry; it would begin with “asset:”"), id);
  else if (id == NULL && sp_node_get_text (record->asset, "name") == NULL)
    sp_record_skip (record, "name", _("the entry has no name"));
  else
    {
      complete_asset (self, record->asset);
      sp_flat_add_rest (record->asset, cells, refused);
    }
  for (guint i = 0; i + 1 < refused->len; i += 2)
    sp_record_add_problem (record, g_ptr_array_index (refused, i), "%s",
                           (const char *) g_ptr_array_index (refused, i + 1));
  return record;
}

static SpRecord *
read_row (SpCsvReader *self, const SpCsvRow *row)
{
  SpRecord *record;

  if (row->problem != NULL || !fits_header (self, row))
    {
      record = sp_record_new (row->number);
      if (row->problem != NULL)
        sp_record_skip (record, NULL, "%s", row->problem);
      else
        sp_record_skip (record, NULL,
                        _("%u cells where the header has %u; a cell with a comma in it needs quotation marks"),
                        row->n_cells, sp_columns_get_length (self->columns));
      return record;
    }
  if (self->flat != NULL)
    record = read_own_row (self, row);
  else
    record = sp_row_maker_make (self->maker, row->number, row->cells,
                                MIN (row->n_cells, sp_columns_get_length (self->columns)));
  if (row->blurred > 0)
    sp_record_add_problem (record, sp_columns_get (self->columns, row->blurred - 1)->header,
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
  SpCsvReader *self = SP_CSV_READER (reader);

  return self->flat == NULL ? self->columns : NULL; /* those of our own export are not guessed */
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

  g_clear_pointer (&self->maker, sp_row_maker_free);
  g_clear_pointer (&self->columns, sp_columns_free);
  g_clear_pointer (&self->rows, sp_csv_rows_free);
  g_clear_pointer (&self->flat, g_array_unref);
  g_clear_object (&self->stream);
  g_free (self->feed);
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

static gboolean
is_own_export (const SpCsvRow *header)
{
  return header->n_cells >= 2 && strcmp (header->cells[0], "_id") == 0
         && strcmp (header->cells[header->n_cells - 1], SP_FLAT_REST) == 0;
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
  for (guint i = 0; i < header->n_cells; i++)
    sp_columns_add (self->columns, header->cells[i]);
  if (!is_own_export (header) || options->maps != NULL)
    {
      if (!sp_columns_check_maps (self->columns, error)
          || (!sp_columns_settle (self->columns, options->nameless ? NULL : error) && !options->nameless))
        return FALSE;
      self->maker = sp_row_maker_new (self->columns, options);
      return TRUE;
    }
  self->flat = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < header->n_cells; i++)
    {
      int column = sp_flat_find (header->cells[i]);
      g_array_append_val (self->flat, column);
    }
  self->feed = sp_columns_get_feed (self->columns, options->url);
  return TRUE;
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
  self->columns = sp_columns_new (options->maps, error);
  if (self->columns == NULL || !read_header (self, options, error))
    return NULL;
  return SP_READER (g_steal_pointer (&self));
}
