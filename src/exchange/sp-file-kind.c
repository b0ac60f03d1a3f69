/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is, by its first bytes and never by its name; and for those that cannot be read, a sentence that says
 * what was recognised. */
#include "sp-file-kind.h"

#include "sp-csv-rows.h"
#include "sp-place-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  SpFileKind  kind;
  const char *format; /* its name on the command line; NULL for what is only recognised */
  const char *refusal; /* NULL if it can be read */
} kinds[] = {
  { SP_FILE_CSV, "csv", NULL },
  { SP_FILE_GEOJSON, "geojson", NULL },
  { SP_FILE_AREAS, "areas", NULL },
  { SP_FILE_XLSX, "xlsx", NULL },
  { SP_FILE_KML, "kml", NULL },
  { SP_FILE_ORUK, "oruk", NULL },
  { SP_FILE_TAXONOMY, "taxonomy", NULL },
  { SP_FILE_OS_OPEN_NAMES, "os-open-names", NULL },
  { SP_FILE_CODE_POINT_OPEN, "code-point-open", NULL },
  { SP_FILE_ONSPD, "onspd", NULL },
  { SP_FILE_CODE_LIST, NULL,
    N_("This is a list of the codes and names of areas, without their outlines; there is nothing in it to import") },
  { SP_FILE_TOPOJSON, NULL, N_("This is TopoJSON; the same outlines as GeoJSON can be read") },
  { SP_FILE_JSON, NULL, N_("This is JSON, but neither GeoJSON nor anything else that Signpost knows") },
  { SP_FILE_ODS, NULL, N_("This is an OpenDocument file; a sheet of it saved as CSV can be read") },
  { SP_FILE_XLS, NULL, N_("This is an old Microsoft Office file; a sheet of it saved as CSV can be read") },
  { SP_FILE_DOCX, NULL, N_("This is a document of a word processor, not a list") },
  { SP_FILE_ZIP, NULL, N_("This is a ZIP archive; unpack it and import what is inside") },
  { SP_FILE_GZIP, NULL, N_("This is a compressed file; unpack it and import what is inside") },
  { SP_FILE_XML, NULL, N_("This is XML of a kind that Signpost does not know") },
  { SP_FILE_HTML, NULL, N_("This is a web page, not the list itself; look on the page for a link to the file") },
  { SP_FILE_PDF, NULL, N_("This is a PDF, made for reading and printing; ask whoever made it for the list behind it") },
  { SP_FILE_SQLITE, NULL, N_("This is a SQLite database; a store of Signpost is opened or synced with, not imported") },
  { SP_FILE_IMAGE, NULL, N_("This is a picture, not a list") },
  { SP_FILE_CALENDAR, NULL, N_("This is a calendar (iCalendar), not a list of entries") },
  { SP_FILE_VCARD, NULL, N_("This is a file of contacts (vCard), not a list of entries") },
  { SP_FILE_EMPTY, NULL, N_("The file is empty") },
  { SP_FILE_BINARY, NULL, N_("This is not a text file, nor anything else that Signpost knows") },
  { SP_FILE_UNKNOWN, NULL, N_("This is not a list that Signpost knows") },
};

/**
 * sp_file_kind_from_format:
 * @format: the name of a format on the command line
 * @kind: (out): what it means
 * @error: %SP_ERROR_USAGE if there is no such format
 *
 * Returns: whether there is such a format
 */
gboolean
sp_file_kind_from_format (const char *format, SpFileKind *kind, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].format, format) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  g_set_error (error, SP_ERROR, SP_ERROR_USAGE, _("There is no format “%s”"), format);
  return FALSE;
}

/**
 * sp_file_kind_check:
 * @kind: what a file is
 * @error: %SP_ERROR_UNSUPPORTED or %SP_ERROR_PARSE with a sentence that says what it is
 *
 * Returns: whether this version can read it
 */
gboolean
sp_file_kind_check (SpFileKind kind, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind && kinds[i].refusal != NULL)
      {
        gboolean is_nothing = kind == SP_FILE_EMPTY || kind == SP_FILE_BINARY || kind == SP_FILE_UNKNOWN;
        g_set_error_literal (error, SP_ERROR, is_nothing ? SP_ERROR_PARSE : SP_ERROR_UNSUPPORTED, _(kinds[i].refusal));
        return FALSE;
      }
  return TRUE;
}

/**
 * sp_file_kind_get_mismatch:
 * @kind: what a file should be, as a person said
 *
 * Returns: (transfer none): a sentence for when it is something else
 */
const char *
sp_file_kind_get_mismatch (SpFileKind kind)
{
  switch ((int) kind)
    {
    case SP_FILE_XLSX: return _("This is not a spreadsheet (XLSX)");
    case SP_FILE_KML: return _("This is not KML");
    case SP_FILE_ORUK: return _("This is not Open Referral UK (JSON)");
    case SP_FILE_TAXONOMY: return _("This is not a taxonomy");
    case SP_FILE_CODE_POINT_OPEN: return _("This is not Code-Point Open");
    case SP_FILE_OS_OPEN_NAMES: return _("This is not OS Open Names");
    case SP_FILE_ONSPD: return _("This is not the ONS Postcode Directory");
    default: return _("This is not GeoJSON");
    }
}

/**
 * sp_file_kind_is_places:
 * @kind: what a file is
 *
 * Returns: whether it is a published list of postcodes or places, from which only the gazetteer learns
 */
gboolean
sp_file_kind_is_places (SpFileKind kind)
{
  return kind == SP_FILE_CODE_POINT_OPEN || kind == SP_FILE_OS_OPEN_NAMES || kind == SP_FILE_ONSPD;
}

static gboolean
contains (const char *head, gsize length, const char *text)
{
  return memmem (head, length, text, strlen (text)) != NULL;
}

/* Whether the first file of an archive is a CSV, or in a folder that published lists have (APPNOTE 4.3.7: the length of the
 * name at 26, the name at 30). */
static gboolean
begins_with_table (const char *head, gsize length)
{
  gsize n = length > 30 ? (guchar) head[26] + 256u * (guchar) head[27] : 0;
  g_autofree char *name = n > 0 && n < length - 30 ? g_ascii_strdown (head + 30, (gssize) n) : NULL;

  return name != NULL
         && (g_str_has_suffix (name, ".csv") || g_str_has_prefix (name, "data/") || g_str_has_prefix (name, "doc/")
             || g_str_has_prefix (name, "documents/"));
}

static SpFileKind
guess_by_magic (const char *head, gsize length)
{
  static const struct
  {
    SpFileKind  kind;
    const char *bytes;
    gsize       n;
  } magics[] = {
    { SP_FILE_PDF, "%PDF", 4 },
    { SP_FILE_SQLITE, "SQLite format 3", 16 },
    { SP_FILE_GZIP, "\x1F\x8B", 2 },
    { SP_FILE_IMAGE, "\x89PNG", 4 },
    { SP_FILE_IMAGE, "\xFF\xD8\xFF", 3 },
    { SP_FILE_IMAGE, "GIF8", 4 },
    { SP_FILE_XLS, "\xD0\xCF\x11\xE0", 4 },
    { SP_FILE_CALENDAR, "BEGIN:VCALENDAR", 15 },
    { SP_FILE_VCARD, "BEGIN:VCARD", 11 },
    { SP_FILE_DOCX, "{\\rtf", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= magics[i].n && memcmp (head, magics[i].bytes, magics[i].n) == 0)
      return magics[i].kind;
  if (length < 4 || memcmp (head, "PK\x03\x04", 4) != 0)
    return SP_FILE_UNKNOWN;
  if (begins_with_table (head, length))
    return SP_FILE_ZIP; /* whatever is packed further on */
  if (contains (head, length, "xl/") || contains (head, length, "spreadsheetml"))
    return SP_FILE_XLSX;
  if (contains (head, length, ".kml") || contains (head, length, ".KML"))
    return SP_FILE_KML; /* KMZ */
  if (contains (head, length, "word/"))
    return SP_FILE_DOCX;
  if (contains (head, length, "application/vnd.oasis.opendocument"))
    return SP_FILE_ODS;
  return SP_FILE_ZIP;
}

static gboolean
begins_with_word (const char *text, gsize length, const char *word)
{
  return length >= strlen (word) && g_ascii_strncasecmp (text, word, strlen (word)) == 0;
}

static SpFileKind
guess_markup (const char *text, gsize length)
{
  gsize look = MIN (length, 2048);

  if (begins_with_word (text, length, "<!doctype html") || begins_with_word (text, length, "<html"))
    return SP_FILE_HTML;
  if (contains (text, look, "<kml"))
    return SP_FILE_KML;
  if (contains (text, look, "<html") || contains (text, look, "<body"))
    return SP_FILE_HTML;
  return SP_FILE_XML;
}

static SpFileKind
guess_json (const char *text, gsize length)
{
  if (contains (text, length, "\"Topology\""))
    return SP_FILE_TOPOJSON;
  if (contains (text, length, "\"FeatureCollection\"") || contains (text, length, "\"Feature\"")
      || contains (text, length, "\"features\""))
    return SP_FILE_GEOJSON;
  if (contains (text, length, "\"service_at_locations\"") || contains (text, length, "\"service_taxonomys\"")
      || contains (text, length, "\"total_pages\"") || contains (text, length, "\"assured_date\"")
      || (contains (text, length, "\"status\"")
          && (contains (text, length, "\"organization\"") || contains (text, length, "\"organization_id\"")
              || contains (text, length, "\"contents\"") || contains (text, length, "\"schedules\"") || contains (text, length, "\"taxonomy_term\""))))
    return SP_FILE_ORUK;
  if (contains (text, length, "\"taxonomy\"") && (contains (text, length, "\"categories\"") || contains (text, length, "\"headings\"")))
    return SP_FILE_TAXONOMY;
  return SP_FILE_JSON;
}

static gboolean
is_area_code_name (const char *name)
{
  gsize n = strlen (name);

  return n >= 6 && g_ascii_isdigit (name[n - 3]) && g_ascii_isdigit (name[n - 4])
         && (g_ascii_strcasecmp (name + n - 2, "cd") == 0 || g_ascii_strcasecmp (name + n - 2, "nm") == 0);
}

/* Published lists that are no lists of entries, by what stands in their first row. */
static SpFileKind
guess_table (const SpCsvRow *row)
{
  SpFileKind places = sp_place_table_guess (row);
  const char * const *cell = row->cells;
  guint area_names = 0;

  if (places != SP_FILE_UNKNOWN)
    return places;
  for (guint i = 0; i < row->n_cells; i++)
    area_names += is_area_code_name (cell[i]);
  return area_names >= 2 && area_names * 2 >= row->n_cells ? SP_FILE_CODE_LIST : SP_FILE_CSV;
}

static SpFileKind
guess_text (const char *text, gsize length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  g_autoptr (SpCsvRows) rows =
      sp_csv_rows_new (stream, sp_encoding_guess (text, length), sp_csv_guess_delimiter (text, length));
  const SpCsvRow *row = NULL;

  if (!sp_csv_rows_next (rows, &row, NULL) || row == NULL)
    return SP_FILE_EMPTY;
  return row->problem == NULL ? guess_table (row) : SP_FILE_CSV;
}

static gboolean
is_binary (const char *text, gsize length)
{
  gsize odd = 0;

  for (gsize i = 0; i < length; i++)
    odd += (guchar) text[i] < 0x20 && strchr ("\t\n\r\f\x1E\x1F", text[i]) == NULL;
  return odd * 50 > length;
}

/**
 * sp_file_kind_guess:
 * @head: the first bytes of a file, up to %SP_FILE_HEAD
 * @length: how many there are
 *
 * Returns: what it is
 */
SpFileKind
sp_file_kind_guess (const char *head, gsize length)
{
  SpFileKind kind = guess_by_magic (head, length);
  g_autoptr (SpEncoding) encoding = NULL;
  g_autofree char *text = NULL;
  gsize n = length, at = 0;

  if (kind != SP_FILE_UNKNOWN)
    return kind;
  encoding = sp_encoding_guess (head, length);
  text = sp_encoding_read_head (encoding, head, &n);
  while (at < n && (g_ascii_isspace (text[at]) || text[at] == '\x1E'))
    at++;
  if (at == n)
    return SP_FILE_EMPTY;
  if (!g_str_has_prefix (text, "_id,") && is_binary (text, n)) /* our own export may hold any character */
    return SP_FILE_BINARY;
  if (text[at] == '<')
    return guess_markup (text + at, n - at);
  if (text[at] == '{' || text[at] == '[')
    return guess_json (text + at, n - at);
  return guess_text (text, n);
}
