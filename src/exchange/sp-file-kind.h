/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

G_BEGIN_DECLS

#define SP_FILE_HEAD (64 * 1024) /* bytes that are enough to say what a file is */

/**
 * SpFileKind:
 * @SP_FILE_UNKNOWN: nothing that Signpost knows
 * @SP_FILE_CSV: a list of entries as text with a delimiter
 * @SP_FILE_GEOJSON: GeoJSON; whether entries or areas, its features say
 * @SP_FILE_AREAS: GeoJSON with the outlines of areas
 * @SP_FILE_XLSX: a list of entries as a spreadsheet
 * @SP_FILE_OS_OPEN_NAMES: places and postcodes
 * @SP_FILE_CODE_POINT_OPEN: the positions of postcodes
 * @SP_FILE_ONSPD: the ONS Postcode Directory
 * @SP_FILE_TAXONOMY: categories and words of a partnership
 * @SP_FILE_ORUK: services, or services at locations, as Open Referral UK 3.0
 * @SP_FILE_KML: places for a map, as KML or packed as KMZ
 *
 * What a file is, whether Signpost can read it yet or not.
 */
typedef enum
{
  SP_FILE_UNKNOWN,
  SP_FILE_EMPTY,
  SP_FILE_BINARY,
  SP_FILE_CSV,
  SP_FILE_GEOJSON,
  SP_FILE_AREAS,
  SP_FILE_CODE_LIST,
  SP_FILE_OS_OPEN_NAMES,
  SP_FILE_CODE_POINT_OPEN,
  SP_FILE_ONSPD,
  SP_FILE_TAXONOMY,
  SP_FILE_ORUK,
  SP_FILE_TOPOJSON,
  SP_FILE_JSON,
  SP_FILE_XLSX,
  SP_FILE_ODS,
  SP_FILE_XLS,
  SP_FILE_DOCX,
  SP_FILE_ZIP,
  SP_FILE_GZIP,
  SP_FILE_KML,
  SP_FILE_XML,
  SP_FILE_HTML,
  SP_FILE_PDF,
  SP_FILE_SQLITE,
  SP_FILE_IMAGE,
  SP_FILE_CALENDAR,
  SP_FILE_VCARD,
} SpFileKind;

SpFileKind sp_file_kind_guess       (const char *head, gsize length);
gboolean   sp_file_kind_from_format (const char *format, SpFileKind *kind, GError **error);
gboolean   sp_file_kind_check       (SpFileKind kind, GError **error);
gboolean   sp_file_kind_is_places   (SpFileKind kind);
const char *sp_file_kind_get_mismatch (SpFileKind kind);

G_END_DECLS
