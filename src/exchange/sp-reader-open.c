/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file: what it is says its content. What cannot be read is refused as a whole, with a sentence. */
#include "sp-ahead-reader.h"
#include "sp-areas-reader.h"
#include "sp-csv-reader.h"
#include "sp-file-kind.h"
#include "sp-geojson-reader.h"
#include "sp-join-reader.h"
#include "sp-kml-features.h"
#include "sp-oruk-reader.h"
#include "sp-place-reader.h"
#include "sp-taxonomy-reader.h"
#include "sp-xlsx-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person says is only checked: whether GeoJSON holds entries or areas, and where the cells of a table end, they
 * may know better; what something else is, the file knows. */
static gboolean
choose_kind (const char *format, SpFileKind found, SpFileKind *kind, GError **error)
{
  if (format != NULL && (!sp_file_kind_from_format (format, kind, error) || !sp_file_kind_check (*kind, error)))
    return FALSE;
  if (format != NULL && *kind == SP_FILE_CSV)
    return TRUE;
  if (format == NULL)
    *kind = found;
  if (*kind == SP_FILE_ORUK && found == SP_FILE_JSON) /* one service may say little of itself */
    return TRUE;
  if (!sp_file_kind_check (found, error))
    return FALSE;
  if (format == NULL || found == (*kind == SP_FILE_AREAS ? SP_FILE_GEOJSON : *kind))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, sp_file_kind_get_mismatch (*kind));
  return FALSE;
}

/* In a table several rows may be one entry. */
static SpReader *
join_rows (SpReader *table)
{
  return table != NULL ? sp_join_reader_new (table) : NULL;
}

/* What is not read as a stream. */
static SpReader *
open_whole (GBytes *bytes, SpFileKind kind, const char *format, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpFeatures) features = NULL;

  if (sp_file_kind_is_places (kind))
    return sp_place_reader_new_zip (bytes, kind, error);
  if (kind == SP_FILE_XLSX)
    return join_rows (sp_xlsx_reader_new (bytes, options, error));
  if (kind == SP_FILE_ORUK)
    return sp_oruk_reader_new (bytes, options, error);
  if (kind == SP_FILE_TAXONOMY)
    return sp_taxonomy_reader_new (bytes, error);
  features = kind == SP_FILE_KML ? sp_kml_features_new (bytes, options->taxonomy, error) : sp_features_new (bytes, error);
  if (features == NULL)
    return NULL;
  if (kind == SP_FILE_AREAS || (format == NULL && sp_areas_reader_recognises (features)))
    return sp_areas_reader_new (g_steal_pointer (&features), options, error);
  return sp_geojson_reader_new (g_steal_pointer (&features), options, error);
}

/* Not for what is packed. */
static gboolean
is_stream (SpFileKind kind, gboolean packed)
{
  return kind == SP_FILE_CSV || (sp_file_kind_is_places (kind) && !packed);
}

static SpReader *
open_stream (GInputStream *stream, goffset size, SpFileKind kind, const char *head, gsize length,
             const SpReaderOptions *options, GError **error)
{
  if (kind == SP_FILE_CSV)
    return join_rows (sp_csv_reader_new (stream, size, head, length, options, error));
  return sp_place_reader_new (stream, size, kind, error);
}

/**
 * sp_reader_open_bytes:
 * @bytes: a whole file
 * @format: (nullable): `csv`, `xlsx`, `geojson`, `kml`, `oruk`, `areas`, `taxonomy`, `code-point-open`, `os-open-names` or `onspd`; %NULL to
 *   recognise it
 * @options: (nullable): how to read it
 * @error: %SP_ERROR_UNSUPPORTED for what is recognised but cannot be read, %SP_ERROR_PARSE for what is not what it says
 *
 * Returns: (transfer full) (nullable): a reader
 */
SpReader *
sp_reader_open_bytes (GBytes *bytes, const char *format, const SpReaderOptions *options, GError **error)
{
  static const SpReaderOptions defaults = { 0 };
  g_autoptr (GInputStream) stream = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  SpFileKind found = sp_file_kind_guess (text, MIN (length, SP_FILE_HEAD)), kind = SP_FILE_UNKNOWN;
  gboolean packed = found == SP_FILE_ZIP;

  if (!choose_kind (format, packed ? sp_place_reader_guess_zip (bytes) : found, &kind, error))
    return NULL;
  options = options != NULL ? options : &defaults;
  if (!is_stream (kind, packed))
    return open_whole (bytes, kind, format, options, error);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  return open_stream (stream, (goffset) length, kind, text, MIN (length, SP_FILE_HEAD), options, error);
}

static gboolean
read_head (GFileInputStream *stream, char *head, gsize *length, goffset *size, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);

  *size = info != NULL ? g_file_info_get_size (info) : 0;
  return g_input_stream_read_all (G_INPUT_STREAM (stream), head, SP_FILE_HEAD, length, NULL, error)
         && g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error);
}

static GBytes *
map_file (GFile *file, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GMappedFile) mapped = NULL;

  if (path == NULL)
    return g_file_load_bytes (file, NULL, NULL, error);
  mapped = g_mapped_file_new (path, FALSE, error);
  return mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
}

/* "food-banks.csv" is a list called "food-banks". */
static char *
title_of (GFile *file)
{
  char *name = g_file_get_basename (file);
  char *dot = strrchr (name, '.');

  if (dot != NULL)
    *dot = '\0';
  return name;
}

/* By what its head says it is. */
static SpReader *
open_found (GFile *file, GInputStream *stream, goffset size, const char *head, gsize length, const char *format,
            const SpReaderOptions *options, GError **error)
{
  SpFileKind found = sp_file_kind_guess (head, length), kind = SP_FILE_UNKNOWN;
  gboolean packed = found == SP_FILE_ZIP;
  g_autoptr (GBytes) bytes = NULL;

  if (packed)
    {
      bytes = map_file (file, error);
      if (bytes == NULL)
        return NULL;
      found = sp_place_reader_guess_zip (bytes);
    }
  if (!choose_kind (format, found, &kind, error))
    return NULL;
  if (is_stream (kind, packed))
    return open_stream (stream, size, kind, head, length, options, error);
  if (bytes == NULL)
    bytes = map_file (file, error);
  return bytes != NULL ? open_whole (bytes, kind, format, options, error) : NULL;
}

/* What GIO says about files does not name the file. */
static SpReader *
refuse (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_prefix_error (error, "%s: ", name);
  return NULL;
}

/**
 * sp_reader_open:
 * @file: a file
 * @format: (nullable): `csv`, `xlsx`, `geojson`, `kml`, `oruk`, `areas`, `taxonomy`, `code-point-open`, `os-open-names` or `onspd`; %NULL to
 *   recognise it
 * @options: (nullable): how to read it; without a title the name of the file is taken
 * @error: %SP_ERROR_UNSUPPORTED for what is recognised but cannot be read, %SP_ERROR_PARSE for what is not what it
 *   says, or why the file could not be opened
 *
 * Opens a file, recognises what it is and reads its header. Blocks; not for the main loop. Its records are then read a
 * few ahead, in a thread.
 *
 * Returns: (transfer full) (nullable): a reader
 */
SpReader *
sp_reader_open (GFile *file, const char *format, const SpReaderOptions *options, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *head = g_malloc (SP_FILE_HEAD);
  g_autofree char *title = title_of (file);
  g_autoptr (SpReader) reader = NULL;
  SpReaderOptions own = options != NULL ? *options : (SpReaderOptions){ 0 };
  gsize length = 0;
  goffset size;

  if (own.title == NULL)
    own.title = title;
  if (stream != NULL && read_head (stream, head, &length, &size, error))
    reader = open_found (file, G_INPUT_STREAM (stream), size, head, length, format, &own, error);
  return reader != NULL ? sp_ahead_reader_new (g_steal_pointer (&reader)) : refuse (file, error);
}
