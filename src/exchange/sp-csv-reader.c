/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCsvReader: a list as CSV, of anybody's making or our own. The first rows are looked at together: which of them is the
 * header, whether there is one at all, and what stands in columns whose header says nothing known. */
#include "sp-csv-reader.h"

#include "sp-column-content.h"
#include "sp-csv-rows.h"
#include "sp-header.h"
#include "sp-list-maker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_ROWS 50
#define LOOK_BYTES (1024 * 1024) /* of the rows that are looked at together, about */

/* A row that is kept. */
typedef struct
{
  guint       number;
  GPtrArray  *cells;   /* owned texts */
  const char *problem; /* nullable */
  guint       blurred;
} Kept;

struct _SpCsvReader
{
  SpReader parent_instance;

  SpCsvRows    *rows;    /* owned */
  GInputStream *stream;  /* owned; the file, to know how far it was read */
  goffset       size;    /* of the file in bytes; 0 if unknown */
  SpListMaker  *maker;   /* owned */
  GQueue        looked;  /* Kept, owned; below the header, read while it was looked for */
};

G_DEFINE_FINAL_TYPE (SpCsvReader, sp_csv_reader, SP_TYPE_READER)

static Kept *
keep_row (const SpCsvRow *row)
{
  Kept *self = g_new0 (Kept, 1);

  self->number = row->number;
  self->problem = row->problem;
  self->blurred = row->blurred;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < row->n_cells && row->problem == NULL; i++)
    g_ptr_array_add (self->cells, g_strdup (row->cells[i]));
  return self;
}

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_ptr_array_unref (self->cells);
  g_free (self);
}

static SpRecord *
read_row (SpCsvReader *self, const SpCsvRow *row, GError **error)
{
  SpRecord *record;

  if (row->problem != NULL)
    {
      record = sp_record_new (row->number);
      sp_record_skip (record, NULL, "%s", row->problem);
      return record;
    }
  record = sp_list_maker_make (self->maker, row->number, row->cells, row->n_cells, error);
  if (record != NULL && row->blurred > 0 && record->asset != NULL)
    sp_record_add_problem (record, sp_list_maker_get_header (self->maker, row->blurred - 1),
                           _("a character could not be read and became “\uFFFD”"));
  return record;
}

static gboolean
sp_csv_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpCsvReader *self = SP_CSV_READER (reader);
  Kept *kept = g_queue_pop_head (&self->looked);
  const SpCsvRow *row;

  if (kept != NULL)
    {
      SpCsvRow same = { kept->number, kept->cells->len, (const char **) kept->cells->pdata, kept->problem, kept->blurred };
      *record = read_row (self, &same, error);
      kept_free (kept);
      return *record != NULL;
    }
  if (!sp_csv_rows_next (self->rows, &row, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  *record = read_row (self, row, error);
  return *record != NULL;
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
  g_queue_clear_full (&self->looked, kept_free);
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
  g_queue_init (&self->looked);
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

/* The first rows, from @row on. One that cannot be read ends them: what comes after it is not to be trusted. */
static GPtrArray *
look_ahead (SpCsvReader *self, const SpCsvRow *row, GError **error)
{
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func (kept_free);
  gsize bytes = 0;

  while (row != NULL)
    {
      g_ptr_array_add (first, keep_row (row));
      for (guint i = 0; i < row->n_cells && row->problem == NULL; i++)
        bytes += strlen (row->cells[i]);
      if (row->problem != NULL || bytes > LOOK_BYTES || first->len == LOOK_ROWS)
        break;
      if (!sp_csv_rows_next (self->rows, &row, error))
        return NULL;
    }
  return g_steal_pointer (&first);
}

/* The cells of the rows that can be read, from @at on. */
static GPtrArray *
cells_of (GPtrArray *rows, guint at)
{
  GPtrArray *cells = g_ptr_array_new ();

  for (guint i = at; i < rows->len; i++)
    if (((Kept *) g_ptr_array_index (rows, i))->problem == NULL)
      g_ptr_array_add (cells, ((Kept *) g_ptr_array_index (rows, i))->cells);
  return cells;
}

/* How many rows stand above the entries, and what is above the columns. */
static GPtrArray *
find_header (GPtrArray *first, const SpReaderOptions *options, guint *below)
{
  g_autoptr (GPtrArray) cells = cells_of (first, 0);
  guint at;

  if (!sp_header_is_missing (cells, options->maps, &at))
    {
      at = sp_header_find (cells, options->maps);
      *below = at + 1;
      return g_ptr_array_ref (g_ptr_array_index (cells, at));
    }
  *below = at;
  g_ptr_array_remove_range (cells, 0, at);
  return sp_column_content_name (cells);
}

static gboolean
use_rows (SpCsvReader *self, GPtrArray *first, const SpReaderOptions *options, GError **error)
{
  guint below;
  g_autoptr (GPtrArray) header = find_header (first, options, &below);
  g_autoptr (GPtrArray) sample = cells_of (first, below);

  self->maker = sp_list_maker_new ((const char * const *) header->pdata, header->len, sample, options, error);
  if (self->maker == NULL)
    return FALSE;
  g_ptr_array_set_free_func (first, NULL);
  for (guint i = 0; i < first->len; i++)
    if (i < below)
      kept_free (g_ptr_array_index (first, i));
    else
      g_queue_push_tail (&self->looked, g_ptr_array_index (first, i));
  return TRUE;
}

static gboolean
read_header (SpCsvReader *self, const SpReaderOptions *options, GError **error)
{
  g_autoptr (GPtrArray) first = NULL;
  const SpCsvRow *row;

  if (!sp_csv_rows_next (self->rows, &row, error)
      || (row != NULL && row->problem == NULL && is_separator_line (row) && !sp_csv_rows_next (self->rows, &row, error)))
    return FALSE;
  if (row == NULL || row->problem != NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, row == NULL ? _("The file is empty") : _("Row 1: %s"),
                   row == NULL ? "" : row->problem);
      return FALSE;
    }
  first = look_ahead (self, row, error);
  return first != NULL && use_rows (self, first, options, error);
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
