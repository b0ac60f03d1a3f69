/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPlaceReader: a published list of postcodes or places, as one CSV file or as the ZIP archive of many that its owner
 * offers. Each file is a table of its own; those that are about something else are passed over. */
#include "sp-place-reader.h"

#include "sp-csv-rows.h"
#include "sp-place-table.h"
#include "sp-zip-stream.h"

#include <string.h>

#define HEAD (16 * 1024) /* bytes of a file by which it is recognised */
#define LOOK_PARTS 50    /* files of an archive that are looked at to find out what it is */

struct _SpPlaceReader
{
  SpReader parent_instance;

  SpFileKind    kind;
  SpZipPart    *zip;    /* owned, nullable */
  char         *part;   /* owned, nullable; the file of the archive that is read */
  GInputStream *stream; /* owned, nullable; the file, to know how far it was read */
  goffset       size;   /* of it in bytes; 0 if unknown */
  SpCsvRows    *rows;   /* owned, nullable; between two files */
  SpPlaceTable  table;
  SpCsvRow      first;  /* the row that the table was found by, if it is no header */
  gboolean      has_first;
};

G_DEFINE_FINAL_TYPE (SpPlaceReader, sp_place_reader, SP_TYPE_READER)

/* ── Opening one file ── */

/* What begins with these bytes. */
static const char *
peek (GBufferedInputStream *stream, gsize *length, GError **error)
{
  gssize n = 1;

  while (n > 0 && g_buffered_input_stream_get_available (stream) < HEAD)
    n = g_buffered_input_stream_fill (stream, HEAD - (gssize) g_buffered_input_stream_get_available (stream), NULL, error);
  return n < 0 ? NULL : g_buffered_input_stream_peek_buffer (stream, length);
}

/* Begins to read a file; *fits tells whether it is of the wanted kind. */
static gboolean
open_rows (SpPlaceReader *self, GInputStream *stream, gboolean *fits, GError **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (stream, HEAD);
  g_autoptr (SpEncoding) encoding = NULL;
  g_autoptr (GInputStream) text = NULL;
  const SpCsvRow *row;
  gsize length;
  const char *head = peek (G_BUFFERED_INPUT_STREAM (buffered), &length, error);

  if (head == NULL)
    return FALSE;
  *fits = sp_file_kind_guess (head, length) == self->kind;
  if (!*fits)
    return TRUE;
  encoding = sp_encoding_guess (head, length);
  text = sp_encoding_wrap (encoding, buffered, error);
  if (text == NULL)
    return FALSE;
  self->rows = sp_csv_rows_new (text, g_steal_pointer (&encoding), ',');
  if (!sp_csv_rows_next (self->rows, &row, error))
    return FALSE;
  self->has_first = row != NULL && !sp_place_table_init (&self->table, self->kind, row);
  if (self->has_first)
    self->first = *row;
  return TRUE;
}

/* The ONS gives the same rows once more, by the letters they begin with. */
static gboolean
is_copy (const char *path)
{
  return strstr (path, "multi_csv") != NULL;
}

/* Goes to the next file of an archive that fits; none is left if there are no rows then. */
static gboolean
open_next_part (SpPlaceReader *self, GError **error)
{
  gboolean fits = FALSE;

  g_clear_pointer (&self->rows, sp_csv_rows_free);
  while (!fits)
    {
      g_autoptr (GInputStream) stream = NULL;

      g_clear_pointer (&self->part, g_free);
      if (!sp_zip_part_next (self->zip, ".csv", &self->part, error))
        return FALSE;
      if (self->part == NULL)
        return TRUE;
      stream = sp_zip_stream_new (self->zip);
      if (!is_copy (self->part) && !open_rows (self, stream, &fits, error))
        return FALSE;
    }
  return TRUE;
}

/* ── The virtual functions ── */

static gboolean
next_row (SpPlaceReader *self, const SpCsvRow **row, GError **error)
{
  *row = &self->first;
  if (self->has_first)
    {
      self->has_first = FALSE;
      return TRUE;
    }
  return sp_csv_rows_next (self->rows, row, error);
}

/* Which file of an archive a problem is in. */
static void
name_part (SpPlaceReader *self, SpRecord *record)
{
  for (guint i = 0; i < record->problems->len && self->part != NULL; i++)
    {
      SpProblem *problem = g_ptr_array_index (record->problems, i);
      g_autofree char *plain = problem->message;
      problem->message = g_strdup_printf ("%s: %s", self->part, plain);
    }
}

static gboolean
sp_place_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpPlaceReader *self = SP_PLACE_READER (reader);

  while (self->rows != NULL && *record == NULL)
    {
      const SpCsvRow *row;

      if (!next_row (self, &row, error))
        return FALSE;
      if (row != NULL)
        *record = sp_place_table_read (&self->table, row);
      else if (self->zip == NULL)
        return TRUE;
      else if (!open_next_part (self, error))
        return FALSE;
    }
  if (*record != NULL)
    name_part (self, *record);
  return TRUE;
}

static double
sp_place_reader_get_progress (SpReader *reader)
{
  SpPlaceReader *self = SP_PLACE_READER (reader);

  if (self->zip != NULL)
    return sp_zip_part_get_progress (self->zip);
  if (self->size <= 0 || !G_IS_SEEKABLE (self->stream))
    return 0;
  return (double) g_seekable_tell (G_SEEKABLE (self->stream)) / (double) self->size;
}

static void
sp_place_reader_finalize (GObject *object)
{
  SpPlaceReader *self = SP_PLACE_READER (object);

  g_clear_pointer (&self->rows, sp_csv_rows_free);
  g_clear_pointer (&self->zip, sp_zip_part_free);
  g_clear_object (&self->stream);
  g_free (self->part);
  G_OBJECT_CLASS (sp_place_reader_parent_class)->finalize (object);
}

static void
sp_place_reader_class_init (SpPlaceReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_place_reader_finalize;
  reader_class->next = sp_place_reader_next;
  reader_class->get_progress = sp_place_reader_get_progress;
}

static void
sp_place_reader_init (SpPlaceReader *self)
{
}

/* ── Public functions ── */

/* What the file is that the archive stands at. */
static SpFileKind
guess_part (SpZipPart *zip)
{
  g_autofree char *head = g_malloc (HEAD);
  gsize length = 0;
  gssize n;

  do
    {
      n = sp_zip_part_read (zip, head + length, HEAD - length, NULL);
      length += (gsize) MAX (n, 0);
    }
  while (n > 0 && length < HEAD);
  return sp_file_kind_guess (head, length);
}

/**
 * sp_place_reader_guess_zip:
 * @archive: the bytes of a ZIP archive
 *
 * Returns: which list of postcodes or places it holds; %SP_FILE_ZIP if none is found
 */
SpFileKind
sp_place_reader_guess_zip (GBytes *archive)
{
  g_autoptr (SpZipPart) zip = sp_zip_part_open_any (archive, NULL);

  for (guint i = 0; zip != NULL && i < LOOK_PARTS; i++)
    {
      g_autofree char *name = NULL;
      SpFileKind kind;

      if (!sp_zip_part_next (zip, ".csv", &name, NULL) || name == NULL)
        break;
      kind = guess_part (zip);
      if (sp_file_kind_is_places (kind))
        return kind;
    }
  return SP_FILE_ZIP;
}

/**
 * sp_place_reader_new:
 * @stream: a CSV file from its first byte
 * @size: of it in bytes, 0 if unknown
 * @kind: what it was recognised as: %SP_FILE_CODE_POINT_OPEN, %SP_FILE_OS_OPEN_NAMES or %SP_FILE_ONSPD
 * @error: %SP_ERROR_PARSE if it is something else after all
 *
 * Returns: (transfer full) (nullable): a reader whose records have a place instead of an asset
 */
SpReader *
sp_place_reader_new (GInputStream *stream, goffset size, SpFileKind kind, GError **error)
{
  g_autoptr (SpPlaceReader) self = g_object_new (SP_TYPE_PLACE_READER, NULL);
  gboolean fits = FALSE;

  self->kind = kind;
  self->stream = g_object_ref (stream);
  self->size = size;
  if (!open_rows (self, stream, &fits, error))
    return NULL;
  if (!fits)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, sp_file_kind_get_mismatch (kind));
      return NULL;
    }
  return SP_READER (g_steal_pointer (&self));
}

/**
 * sp_place_reader_new_zip:
 * @archive: the bytes of a ZIP archive
 * @kind: what sp_place_reader_guess_zip() found in it
 * @error: %SP_ERROR_PARSE if it is damaged or a bomb, %SP_ERROR_UNSUPPORTED if it needs a password
 *
 * Returns: (transfer full) (nullable): a reader whose records have a place instead of an asset
 */
SpReader *
sp_place_reader_new_zip (GBytes *archive, SpFileKind kind, GError **error)
{
  g_autoptr (SpPlaceReader) self = g_object_new (SP_TYPE_PLACE_READER, NULL);

  self->kind = kind;
  self->zip = sp_zip_part_open_any (archive, error);
  if (self->zip == NULL || !open_next_part (self, error))
    return NULL;
  return SP_READER (g_steal_pointer (&self));
}
