/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets: what a person sees in the cells is what is read; and what is made to do harm is refused. */
#include "xlsx-fixture.h"

#include "sp-xlsx-format.h"

#define SHEET(rows) "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>" rows "</sheetData></worksheet>"
#define T(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEADER "<row r=\"1\">" T ("Name") T ("Postcode") "</row>"

static GPtrArray *
read_xlsx (const Xlsx *xlsx)
{
  g_autoptr (GBytes) bytes = make_xlsx (xlsx);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return drain (reader);
}

static void
assert_bytes_refused (GBytes *bytes, SpError code, const char *word)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  assert_refused (data, (gssize) length, NULL, code, word);
}

static void
assert_xlsx_refused (const Xlsx *xlsx, const char *word)
{
  g_autoptr (GBytes) bytes = make_xlsx (xlsx);

  assert_bytes_refused (bytes, SP_ERROR_PARSE, word);
}

static const char *
original (GPtrArray *records, guint index, const char *header)
{
  return sp_node_get_text (sp_node_get_path (get_asset (records, index), "source.original"), header);
}

/* Every kind of cell: shared, rich, inline, of a formula, a number, true or false, an error, nothing. */
static void
test_cells (void)
{
  const Xlsx xlsx = {
    .sheets = { SHEET ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
                       "<c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c></row>"
                       "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>5</v></c><c r=\"B3\" t=\"str\"><f>A1&amp;\"x\"</f><v>CA15 6AA</v></c>"
                       "<c r=\"C3\"><v>54.714300000000001</v></c><c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#REF!</v></c></row>"
                       "<row><c t=\"inlineStr\"><is><t>=2+2</t></is></c><c/><c r=\"E4\"><v>1.632960101E9</v></c></row>") },
    .strings = "<sst><si><t>Name</t></si><si><t>Postcode</t></si><si><t>Latitude</t></si><si><t>Free</t></si><si><t>Odd</t></si>"
               "<si><r><t>Lunch </t></r><r><rPr><b/></rPr><t>_x0043_lub</t></r><rPh><t>no</t></rPh></si></sst>",
  };
  g_autoptr (GPtrArray) r = read_xlsx (&xlsx);

  g_assert_cmpuint (r->len, ==, 2);
  g_assert_cmpuint (get_record (r, 0)->row, ==, 3);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Lunch Club");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpstr (original (r, 0, "Latitude"), ==, "54.7143");
  g_assert_true (sp_node_get_flag (get_asset (r, 0), "free", FALSE));
  g_assert_null (original (r, 0, "Odd"));
  g_assert_cmpuint (get_record (r, 1)->row, ==, 4);
  g_assert_cmpstr (at (r, 1, "name"), ==, "=2+2");
  g_assert_cmpstr (original (r, 1, "Odd"), ==, "1632960101");
}

static void
test_dates (void)
{
  static const struct
  {
    SpXlsxFormat format;
    const char  *number;
    gboolean     from_1904;
    const char  *text;
  } cases[] = {
    { SP_XLSX_DATE, "46348", FALSE, "2026-11-22" },
    { SP_XLSX_DATE, "44886", TRUE, "2026-11-22" },
    { SP_XLSX_DATE, "46348.416666666664", FALSE, "2026-11-22 10:00" },
    { SP_XLSX_DATE, "46347.99999", FALSE, "2026-11-22" },
    { SP_XLSX_DATE, "1", FALSE, "1900-01-01" },
    { SP_XLSX_DATE, "59", FALSE, "1900-02-28" },
    { SP_XLSX_DATE, "61", FALSE, "1900-03-01" },
    { SP_XLSX_TIME, "0.41666666666666669", FALSE, "10:00" },
    { SP_XLSX_TIME, "46348.75", FALSE, "18:00" },
    { SP_XLSX_DATE, "-5", FALSE, "-5" },
    { SP_XLSX_DATE, "1e300", FALSE, "1e+300" },
    { SP_XLSX_DATE, "soon", FALSE, "soon" },
    { SP_XLSX_PLAIN, "0.1", FALSE, "0.1" },
    { SP_XLSX_PLAIN, "nan", FALSE, "nan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sp_xlsx_format_number (cases[i].format, cases[i].number, cases[i].from_1904);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpint (sp_xlsx_format_from_code ("dd/mm/yyyy"), ==, SP_XLSX_DATE);
  g_assert_cmpint (sp_xlsx_format_from_code ("[$-809]h:mm AM/PM"), ==, SP_XLSX_TIME);
  g_assert_cmpint (sp_xlsx_format_from_code ("[h]:mm"), ==, SP_XLSX_PLAIN);
  g_assert_cmpint (sp_xlsx_format_from_code ("[Magenta]0.00"), ==, SP_XLSX_PLAIN);
  g_assert_cmpint (sp_xlsx_format_from_code ("\"days\" 0"), ==, SP_XLSX_PLAIN);
  g_assert_cmpint (sp_xlsx_format_from_code ("#,##0\\d;dd"), ==, SP_XLSX_PLAIN);
  g_assert_cmpint (sp_xlsx_format_from_code ("General"), ==, SP_XLSX_PLAIN);
  g_assert_cmpint (sp_xlsx_format_from_code ("["), ==, SP_XLSX_PLAIN);
}

/* Only the format of a cell tells that its number is a day. */
static void
test_styles (void)
{
  const Xlsx xlsx = {
    .sheets = { SHEET ("<row r=\"1\">" T ("Name") T ("Seen") T ("Opens") T ("Members") "</row>"
                       "<row r=\"2\">" T ("Hall") "<c s=\"1\"><v>46348</v></c><c s=\"2\"><v>0.5</v></c><c s=\"0\"><v>46348</v></c></row>"
                       "<row r=\"3\">" T ("Inn") "<c s=\"999\"><v>7</v></c><c t=\"d\"><v>2026-11-22</v></c></row>") },
    .styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"hh:mm\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
              "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
  };
  g_autoptr (GPtrArray) r = read_xlsx (&xlsx);

  g_assert_cmpstr (original (r, 0, "Seen"), ==, "2026-11-22");
  g_assert_cmpstr (original (r, 0, "Opens"), ==, "12:00");
  g_assert_cmpstr (original (r, 0, "Members"), ==, "46348");
  g_assert_cmpstr (original (r, 1, "Seen"), ==, "7");
  g_assert_cmpstr (original (r, 1, "Opens"), ==, "2026-11-22");
}

/* Every sheet with a list, one after the other; a sheet of notes and a hidden one are none. Two halls of one name in two
 * sheets of one list are two. */
static void
test_sheets (void)
{
  const Xlsx xlsx = {
    .sheets = { SHEET ("<row r=\"1\">" T ("Please read this first") "</row><row r=\"2\">" T ("It was made in a hurry") "</row>"),
                SHEET (HEADER "<row r=\"2\">" T ("Hall") T ("CA15 6AA") "</row>"),
                SHEET (HEADER "<row r=\"2\">" T ("Hall") T ("CA15 6AA") "</row><row r=\"3\"><c/>" T ("CA15 6AB") "</row>") },
  };
  const Xlsx hidden = {
    .sheets = { xlsx.sheets[1], xlsx.sheets[2] },
    .workbook = "<workbook><sheets><sheet name=\"A\" r:id=\"rId1\" xmlns:r=\"r\" state=\"hidden\"/><sheet name=\"B\" r:id=\"rId2\" "
                "xmlns:r=\"r\"/></sheets></workbook>",
  };
  g_autoptr (GPtrArray) r = read_xlsx (&xlsx);
  g_autoptr (GPtrArray) visible = read_xlsx (&hidden);

  g_assert_cmpuint (r->len, ==, 3);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall");
  g_assert_cmpstr (at (r, 1, "name"), ==, "Hall");
  g_assert_cmpstr (at (r, 0, "_id"), !=, at (r, 1, "_id"));
  g_assert_null (get_record (r, 2)->asset);
  g_assert_nonnull (strstr (problem_at (r, 2), "S3"));
  g_assert_cmpuint (visible->len, ==, 2);
}

/* A title above the header, and a header of two rows with merged cells. */
static void
test_headers (void)
{
  const Xlsx xlsx = {
    .sheets = { "<worksheet><sheetData><row r=\"1\">" T ("Directory of our town") "</row><row r=\"2\"><c/><c/><c/>" T ("2026") "</row>"
                "<row r=\"4\">" T ("Name") "<c r=\"B4\" t=\"inlineStr\"><is><t>Chair</t></is></c><c r=\"D4\" t=\"inlineStr\"><is><t>Where</t></is></c></row>"
                "<row r=\"5\"><c r=\"B5\" t=\"inlineStr\"><is><t>Colour</t></is></c>" T ("Phone") T ("Postcode") "</row>"
                "<row r=\"6\">" T ("Hall") T ("Blue") T ("01632 960101") T ("CA15 6AA") "</row></sheetData>"
                "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A4:A5\"/><mergeCell ref=\"B4:C4\"/></mergeCells></worksheet>" },
  };
  const Xlsx merged_over_entries = {
    .sheets = { "<worksheet><sheetData><row r=\"1\">" T ("Name") T ("Notes") "</row><row r=\"2\">" T ("Hall") T ("a") T ("b") "</row></sheetData>"
                "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells></worksheet>" },
  };
  g_autoptr (GPtrArray) r = read_xlsx (&xlsx);
  g_autoptr (GPtrArray) entries = read_xlsx (&merged_over_entries);

  g_assert_cmpuint (r->len, ==, 1);
  g_assert_cmpuint (get_record (r, 0)->row, ==, 6);
  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall");
  g_assert_cmpstr (original (r, 0, "Chair Colour"), ==, "Blue");
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpstr (at (r, 0, "address.postal_code"), ==, "CA15 6AA");
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (at (entries, 0, "name"), ==, "Hall");
}

static char *
repeat (const char *before, const char *text, guint n, const char *after)
{
  GString *all = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (g_string_append (all, after), FALSE);
}

/* Too much in one row spoils that row, and no other. */
static void
test_big_rows (void)
{
  g_autofree char *cells = repeat ("<worksheet><sheetData>" HEADER "<row r=\"2\">" T ("Wide"), "<c t=\"s\"><v>0</v></c>", 1200,
                                   "</row><row r=\"3\">" T ("Hall") "</row></sheetData></worksheet>");
  g_autofree char *long_text = repeat ("<sst><si><t>", "0123456789", 300000, "</t></si></sst>");
  g_autofree char *many = repeat ("<sst><si><t>", "x", 5000, "</t></si></sst>");
  Xlsx wide = { .sheets = { cells }, .strings = "<sst><si><t>x</t></si></sst>" };
  Xlsx heavy = { .sheets = { SHEET (HEADER "<row r=\"2\">" T ("Heavy") "<c t=\"s\"><v>0</v></c></row><row r=\"3\">" T ("Hall") "</row>") },
                 .strings = long_text };
  Xlsx far = { .sheets = { SHEET (HEADER "<row r=\"2\">" T ("Far") "<c r=\"XFD2\" t=\"s\"><v>0</v></c></row><row r=\"3\">" T ("Hall")
                                  "<c r=\"XFD3\" s=\"1\"/></row>") },
               .strings = many };
  Xlsx *all[] = { &wide, &heavy, &far };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GPtrArray) r = read_xlsx (all[i]);
      g_assert_cmpuint (r->len, ==, 2);
      g_assert_null (get_record (r, 0)->asset);
      g_assert_nonnull (strstr (problem_at (r, 0), i == 1 ? "2 MB" : "1,000 columns"));
      g_assert_cmpstr (at (r, 1, "name"), ==, "Hall");
    }
}

/* Entities would multiply, or fetch a file: a document type is refused before it is read. */
static void
test_entities (void)
{
  static const char * const sheets[] = {
    "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>" SHEET (HEADER "<row>" T ("&c;") "</row>"),
    "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>" SHEET (HEADER "<row>" T ("&f;") "</row>"),
    "<!DOCTYPE x SYSTEM \"http://example.org/x.dtd\">" SHEET (HEADER "<row>" T ("Hall") "</row>"),
    "<!DOCTYPE x [<!ENTITY % p \"<!ENTITY q 'x'>\">%p;%p;]>" SHEET (HEADER "<row>" T ("&q;") "</row>"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      const Xlsx sheet = { .sheets = { sheets[i] } };
      const Xlsx strings = { .sheets = { SHEET (HEADER) }, .strings = sheets[i] };
      const Xlsx workbook = { .sheets = { SHEET (HEADER) }, .workbook = sheets[i] };
      assert_xlsx_refused (&sheet, "document type");
      assert_xlsx_refused (&strings, "document type");
      assert_xlsx_refused (&workbook, "document type");
    }
}

static void
test_bombs (void)
{
  g_autofree char *zeros = g_malloc0 (64 * 1024 * 1024);
  const XlsxPart parts[] = { { "[Content_Types].xml", "<Types/>" }, { "xl/workbook.xml", zeros, 64 * 1024 * 1024 } };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *deep = repeat ("<worksheet>", "<a>", 100000, "");
  g_autofree char *texts = repeat ("<sst>", "<si><t/></si>", 3 * 1024 * 1024, "</sst>");
  const Xlsx nested = { .sheets = { deep } };
  const Xlsx empty_texts = { .sheets = { SHEET (HEADER) }, .strings = texts };

  memset (zeros, ' ', 64 * 1024 * 1024);
  memcpy (zeros, "<workbook>", 10);
  bytes = make_zip (parts, G_N_ELEMENTS (parts));
  assert_bytes_refused (bytes, SP_ERROR_PARSE, "far more");
  assert_xlsx_refused (&nested, "damaged");
  assert_xlsx_refused (&empty_texts, "far more");
}

static void
test_damaged (void)
{
  const Xlsx good = { .sheets = { SHEET (HEADER "<row r=\"2\">" T ("Hall") "</row>") } };
  const Xlsx nameless = { .sheets = { SHEET ("<row>" T ("Colour") T ("Size") "</row><row>" T ("red") T ("7") "</row>") } };
  const Xlsx empty = { .sheets = { SHEET ("") } };
  const Xlsx cut = { .sheets = { "<worksheet><sheetData>" HEADER } };
  const Xlsx no_sheet = { .sheets = { NULL } };
  const Xlsx missing = { .sheets = { NULL }, .workbook = "<workbook><sheets><sheet name=\"A\" r:id=\"rId1\" xmlns:r=\"r\"/></sheets></workbook>" };
  const XlsxPart other[] = { { "xl/other.xml", "<x/>" } };
  g_autoptr (GBytes) bytes = make_xlsx (&good), missing_bytes = make_xlsx (&missing), other_bytes = make_zip (other, 1);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  assert_xlsx_refused (&nameless, "name");
  assert_xlsx_refused (&empty, "empty");
  assert_xlsx_refused (&cut, "damaged");
  assert_xlsx_refused (&no_sheet, "no sheet");
  assert_bytes_refused (missing_bytes, SP_ERROR_NOT_FOUND, "sheet1.xml");
  assert_bytes_refused (other_bytes, SP_ERROR_NOT_FOUND, "workbook.xml");
  assert_refused ("name\nx\n", -1, "xlsx", SP_ERROR_PARSE, "XLSX");
  for (gsize n = 100; n < length; n += 97) /* a download that stopped */
    {
      g_autoptr (SpReader) reader = open_text (data, (gssize) n, "xlsx", NULL, NULL);
      g_autoptr (GError) error = NULL;
      SpRecord *record = NULL;

      if (reader != NULL && sp_reader_next (reader, &record, &error) && record != NULL)
        sp_record_free (record);
    }
}

/* A person may say what a column is, and must be told if there is no such column. */
static void
test_maps (void)
{
  const Xlsx xlsx = { .sheets = { SHEET ("<row>" T ("List") "</row><row>" T ("Colour") T ("Size") "</row><row>" T ("red") T ("7") "</row>") } };
  const char * const maps[] = { "Colour=name", "Size=summary", NULL };
  const char * const wrong[] = { "Shape=name", NULL };
  SpReaderOptions options = { .maps = maps };
  g_autoptr (GBytes) bytes = make_xlsx (&xlsx);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, "xlsx", &options, &error);
  g_autoptr (GPtrArray) r = NULL;

  g_assert_no_error (error);
  r = drain (reader);
  g_assert_cmpstr (at (r, 0, "name"), ==, "red");
  g_assert_cmpint (sp_columns_get (sp_reader_get_columns (reader), 0)->field, ==, SP_COLUMN_NAME);
  options.maps = wrong;
  g_assert_null (sp_reader_open_bytes (bytes, "xlsx", &options, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_USAGE);
}

/* A list that continues for ever in one part is read in flat memory, row by row. */
static void
test_many_rows (void)
{
  g_autofree char *rows = repeat ("<worksheet><sheetData>" HEADER, "<row>" T ("Hall") T ("CA15 6AA") "</row>", 20000, "</sheetData></worksheet>");
  const Xlsx xlsx = { .sheets = { rows } };
  g_autoptr (GPtrArray) r = read_xlsx (&xlsx);

  g_assert_cmpuint (r->len, ==, 20000);
  g_assert_cmpuint (get_record (r, 19999)->row, ==, 20001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/xlsx/cells", test_cells);
  g_test_add_func ("/xlsx/dates", test_dates);
  g_test_add_func ("/xlsx/styles", test_styles);
  g_test_add_func ("/xlsx/sheets", test_sheets);
  g_test_add_func ("/xlsx/headers", test_headers);
  g_test_add_func ("/xlsx/big-rows", test_big_rows);
  g_test_add_func ("/xlsx/entities", test_entities);
  g_test_add_func ("/xlsx/bombs", test_bombs);
  g_test_add_func ("/xlsx/damaged", test_damaged);
  g_test_add_func ("/xlsx/maps", test_maps);
  g_test_add_func ("/xlsx/many-rows", test_many_rows);
  return g_test_run ();
}
