/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of readers and writers: a whole file in, its records out. */
#pragma once

#include "sp-reader.h"
#include "sp-writer.h"

#include <string.h>

static inline SpReader *
open_text (const char *text, gssize length, const char *format, const SpReaderOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length < 0 ? strlen (text) : (gsize) length);

  return sp_reader_open_bytes (bytes, format, options, error);
}

static inline GPtrArray *
drain (SpReader *reader)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_record_free);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      SpRecord *record = NULL;

      g_assert_true (sp_reader_next (reader, &record, &error));
      g_assert_no_error (error);
      if (record == NULL)
        return records;
      g_assert_true (record->asset != NULL || record->problems->len > 0);
      g_ptr_array_add (records, record);
    }
}

static inline GPtrArray *
read_text (const char *text, gssize length, const SpReaderOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text (text, length, NULL, options, &error);

  g_assert_no_error (error);
  return drain (reader);
}

static inline const SpRecord *
get_record (const GPtrArray *records, guint index)
{
  g_assert_cmpuint (index, <, records->len);
  return g_ptr_array_index (records, index);
}

static inline const SpNode *
get_asset (const GPtrArray *records, guint index)
{
  const SpRecord *record = get_record (records, index);

  if (record->asset == NULL)
    g_error ("row %u was skipped: %s", record->row, ((SpProblem *) g_ptr_array_index (record->problems, 0))->message);
  return record->asset;
}

/* The text at a path, or NULL. */
static inline const char *
at (const GPtrArray *records, guint index, const char *path)
{
  return sp_node_get_string (sp_node_get_path (get_asset (records, index), path));
}

static inline const char *
lexeme_at (const GPtrArray *records, guint index, const char *path)
{
  return sp_node_get_lexeme (sp_node_get_path (get_asset (records, index), path));
}

static inline const char *
problem_at (const GPtrArray *records, guint index)
{
  const SpRecord *record = get_record (records, index);

  g_assert_cmpuint (record->problems->len, >, 0);
  return ((SpProblem *) g_ptr_array_index (record->problems, 0))->message;
}

static inline void
assert_refused (const char *text, gssize length, const char *format, SpError code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text (text, length, format, NULL, &error);

  g_assert_null (reader);
  g_assert_error (error, SP_ERROR, (int) code);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not say “%s”", error->message, word);
}

/* Documents through a writer; owned text of *length bytes. */
static inline char *
write_all (const char *format, const SpNode * const *documents, guint n, SpDisclosure *disclosure, gsize *length)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpWriter) writer = sp_writer_new (out, format, disclosure, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_true (sp_writer_add (writer, documents[i], &error));
  g_assert_true (sp_writer_finish (writer, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  *length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}
