/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReader: a file of some format as a stream of records, one at a time. Memory does not grow with the file, but for
 * a few bytes a row that tell repeated rows apart. A reader belongs to one thread at a time. */
#include "sp-reader.h"

G_DEFINE_ABSTRACT_TYPE (SpReader, sp_reader, G_TYPE_OBJECT)

static void
problem_free (gpointer data)
{
  SpProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

/**
 * sp_record_new:
 * @row: as a person counts, see #SpRecord
 *
 * Returns: (transfer full): a record without an asset or place and without problems
 */
SpRecord *
sp_record_new (guint row)
{
  SpRecord *self = g_new0 (SpRecord, 1);

  self->row = row;
  self->problems = g_ptr_array_new_with_free_func (problem_free);
  return self;
}

/**
 * sp_record_free:
 * @self: (transfer full): a record
 */
void
sp_record_free (SpRecord *self)
{
  if (self->asset != NULL)
    sp_node_unref (self->asset);
  sp_known_place_free (self->place);
  g_free (self->joins);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static void add_problem (SpRecord *self, const char *column, const char *format, va_list args) G_GNUC_PRINTF (3, 0);

static void
add_problem (SpRecord *self, const char *column, const char *format, va_list args)
{
  SpProblem *problem = g_new0 (SpProblem, 1);

  problem->column = g_strdup (column);
  problem->message = g_strdup_vprintf (format, args);
  g_ptr_array_add (self->problems, problem);
}

/**
 * sp_record_add_problem:
 * @self: a record
 * @column: (nullable): the header of the column
 * @format: a sentence, as for printf()
 *
 * Something was left out or changed, and the rest of the row goes in.
 */
void
sp_record_add_problem (SpRecord *self, const char *column, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_problem (self, column, format, args);
  va_end (args);
}

/**
 * sp_record_skip:
 * @self: a record
 * @column: (nullable): the header of the column
 * @format: a sentence, as for printf()
 *
 * The row cannot be read; it has no asset.
 */
void
sp_record_skip (SpRecord *self, const char *column, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_problem (self, column, format, args);
  va_end (args);
  g_clear_pointer (&self->asset, sp_node_unref);
}

static const SpColumns *
no_columns (SpReader *self)
{
  return NULL;
}

static void
sp_reader_class_init (SpReaderClass *class)
{
  class->get_columns = no_columns;
}

static void
sp_reader_init (SpReader *self)
{
}

/**
 * sp_reader_next:
 * @self: a reader
 * @record: (out) (transfer full) (nullable): the next record; %NULL at the end
 * @error: why the file cannot be read any further
 *
 * Returns: %FALSE if reading failed
 */
gboolean
sp_reader_next (SpReader *self, SpRecord **record, GError **error)
{
  *record = NULL;
  return SP_READER_GET_CLASS (self)->next (self, record, error);
}

/**
 * sp_reader_get_columns:
 * @self: a reader
 *
 * Returns: (nullable) (transfer none): the columns of the list, %NULL where the format has none
 */
const SpColumns *
sp_reader_get_columns (SpReader *self)
{
  return SP_READER_GET_CLASS (self)->get_columns (self);
}

/**
 * sp_reader_get_mapping:
 * @self: a reader
 *
 * Returns: (transfer full): an object with the header of each column and what it was recognised as, null where it is
 * only kept with the original row
 */
SpNode *
sp_reader_get_mapping (SpReader *self)
{
  const SpColumns *columns = sp_reader_get_columns (self);
  SpNode *mapping = sp_node_new_object ();

  for (guint i = 0; columns != NULL && i < sp_columns_get_length (columns); i++)
    {
      const SpColumn *column = sp_columns_get (columns, i);
      const char *path = sp_column_field_get_path (column->field);
      sp_node_set (mapping, column->header, path != NULL ? sp_node_new_string (path) : sp_node_new_null ());
    }
  return mapping;
}

/**
 * sp_reader_get_progress:
 * @self: a reader
 *
 * Returns: how much of the file was read, 0 to 1
 */
double
sp_reader_get_progress (SpReader *self)
{
  return CLAMP (SP_READER_GET_CLASS (self)->get_progress (self), 0.0, 1.0);
}
