/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file: what it is says its content. What cannot be read is refused as a whole, with a sentence. */
#include "sp-ahead-reader.h"
#include "sp-areas-reader.h"
#include "sp-csv-reader.h"
#include "sp-file-kind.h"
#include "sp-geojson-reader.h"
#include "sp-kml-features.h"
#include "sp-oruk-reader.h"
#include "sp-xlsx-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person says is only checked: whether GeoJSON holds entries or areas, and where the cells of a table end, they
 * may know better; what something else is, the file knows. */
static gboolean
choose_kind (const char *format, const char *head, gsize length, SpFileKind *kind, GError **error)
{
  SpFileKind found;

  if (format != NULL && (!sp_file_kind_from_format (format, kind, error) || !sp_file_kind_check (*kind, error)))
    return FALSE;
  if (format != NULL && *kind == SP_FILE_CSV)
    return TRUE;
  found = sp_file_kind_guess (head, length);
  if (format == NULL)
    *kind = found;
  if (*kind == SP_FILE_ORUK && found == SP_FILE_JSON) /* one service may say little of itself */
    return TRUE;
  if (!sp_file_kind_check (found, error))
    return FALSE;
  if (format == NULL || found == (*kind == SP_FILE_AREAS ? SP_FILE_GEOJSON : *kind))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE,
                       *kind == SP_FILE_XLSX  ? _("This is not a spreadsheet (XLSX)")
                       : *kind == SP_FILE_KML ? _("This is not KML")
                       : *kind == SP_FILE_ORUK ? _("This is not Open Referral UK (JSON)")
                                               : _("This is not GeoJSON"));
  return FALSE;
}

/* What is not read as a stream. */
static SpReader *
open_whole (GBytes *bytes, SpFileKind kind, const char *format, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpFeatures) features = NULL;

  if (kind == SP_FILE_XLSX)
    return sp_xlsx_reader_new (bytes, options, error);
  if (kind == SP_FILE_ORUK)
    return sp_oruk_reader_new (bytes, options, error);
  features = kind == SP_FILE_KML ? sp_kml_features_new (bytes, options->taxonomy, error) : sp_features_new (bytes, error);
  if (features == NULL)
    return NULL;
  if (kind == SP_FILE_AREAS || (format == NULL && sp_areas_reader_recognises (features)))
    return sp_areas_reader_new (g_steal_pointer (&features), options, error);
  return sp_geojson_reader_new (g_steal_pointer (&features), options, error);
}

/**
 * sp_reader_open_bytes:
 * @bytes: a whole file
 * @format: (nullable): `csv`, `xlsx`, `geojson`, `kml`, `oruk` or `areas`; %NULL to recognise it
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
  SpFileKind kind = SP_FILE_UNKNOWN;

  if (!choose_kind (format, text, MIN (length, SP_FILE_HEAD), &kind, error))
    return NULL;
  options = options != NULL ? options : &defaults;
  if (kind != SP_FILE_CSV)
    return open_whole (bytes, kind, format, options, error);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  return sp_csv_reader_new (stream, (goffset) length, text, MIN (length, SP_FILE_HEAD), options, error);
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
 * @format: (nullable): `csv`, `xlsx`, `geojson`, `kml`, `oruk` or `areas`; %NULL to recognise it
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
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SpReader) reader = NULL;
  SpReaderOptions own = { 0 };
  SpFileKind kind = SP_FILE_UNKNOWN;
  gsize length = 0;
  goffset size;

  if (options != NULL)
    own = *options;
  if (own.title == NULL)
    own.title = title;
  if (stream == NULL || !read_head (stream, head, &length, &size, error)
      || !choose_kind (format, head, length, &kind, error))
    return refuse (file, error);
  if (kind == SP_FILE_CSV)
    reader = sp_csv_reader_new (G_INPUT_STREAM (stream), size, head, length, &own, error);
  else if ((bytes = map_file (file, error)) != NULL)
    reader = open_whole (bytes, kind, format, &own, error);
  return reader != NULL ? sp_ahead_reader_new (g_steal_pointer (&reader)) : refuse (file, error);
}
