/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published lists of postcodes and places, as they are published: recognised, read, and refused where they are made to do
 * harm. The rows are invented. */
#include "xlsx-fixture.h"

#define CODE_POINT \
  "\"CA156AA\",10,303700,536600,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E07000026\",\"E05014171\"\n" \
  "\"CA15 6AB\",90,0,0,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E07000026\",\"E05014171\"\n"
#define OPEN_NAMES(id, name, other, type, local, x, y, county) \
  "osgb" id ",http://x," name ",," other ",," type "," local "," x "," y ",4000,250000,,,,,CA15,,,,,,,," county ",,,North West,,England,,,,\n"
#define ONSPD_OLD \
  "pcd,pcd2,pcds,dointr,doterm,oscty,oseast1m,osnrth1m,osgrdind,lat,long\n" \
  "\"CA15 6AA\",\"CA15  6AA\",\"CA15 6AA\",\"198001\",\"\",\"E10\",\"0303700\",\"0536600\",1,54.71,-3.49\n" \
  "\"CA15 6AB\",\"CA15  6AB\",\"CA15 6AB\",\"198001\",\"199206\",\"E10\",\"0303700\",\"0536600\",1,54.72,-3.48\n" \
  "\"IM1  1AA\",\"IM1   1AA\",\"IM1 1AA\",\"198001\",\"\",\"M99\",\"\",\"\",9,99.999999,0.000000\n" \
  "\"BT1  1AA\",\"BT1   1AA\",\"BT1 1AA\",\"198001\",\"\",\"N99\",\"0333900\",\"0374700\",1,54.6025,-5.9272\n"
#define ONSPD_NEW \
  "pcd7,pcd8,pcds,dointr,doterm,east1m,north1m\n" \
  "CA156AA,CA15 6AA,CA15 6AA,198001,,303700,536600\n" \
  "BT1 1AA,BT1  1AA,BT1 1AA,198001,,333900,374700\n"

/* A row may be left out without a word here, unlike in a list of entries. */
static GPtrArray *
drain_places (SpReader *reader)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_record_free);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      SpRecord *record;

      g_assert_true (sp_reader_next (reader, &record, &error));
      g_assert_no_error (error);
      if (record == NULL)
        return records;
      g_assert_null (record->asset);
      g_ptr_array_add (records, record);
    }
}

static GPtrArray *
read_places (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = open_text (text, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return drain_places (reader);
}

static const SpKnownPlace *
place_at (GPtrArray *records, guint index)
{
  return get_record (records, index)->place;
}

static void
assert_postcode (GPtrArray *records, guint index, const char *postcode, double latitude, double longitude)
{
  const SpKnownPlace *place = place_at (records, index);

  g_assert_nonnull (place);
  g_assert_null (get_record (records, index)->asset);
  g_assert_cmpstr (place->postcode, ==, postcode);
  g_assert_cmpfloat_with_epsilon (place->latitude, latitude, 2e-3);
  g_assert_cmpfloat_with_epsilon (place->longitude, longitude, 2e-3);
}

/* Left out without a word: it is in the file on purpose. */
static void
assert_silent (GPtrArray *records, guint index)
{
  g_assert_null (place_at (records, index));
  g_assert_cmpuint (get_record (records, index)->problems->len, ==, 0);
}

static void
assert_problem (GPtrArray *records, guint index, const char *words)
{
  const SpRecord *record = get_record (records, index);

  g_assert_null (record->place);
  g_assert_cmpuint (record->problems->len, ==, 1);
  g_assert_nonnull (strstr (((const SpProblem *) g_ptr_array_index (record->problems, 0))->message, words));
}

static void
test_code_point (void)
{
  g_autoptr (GPtrArray) r = read_places (CODE_POINT "\"CA15 6\",10,303700,536600,\"E92000001\",,,,,\n"
                                       "CA15 6AC,10,303700\n"
                                       "\"CA15 6AD\",10,9303700,536600,\"E92000001\",,,,,\n"
                                       "\"CA15 6AE\",10,here,536600,\"E92000001\",,,,,\n");
  g_autoptr (GPtrArray) headed = read_places ("Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,"
                                            "NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n" CODE_POINT);

  g_assert_cmpuint (r->len, ==, 6);
  assert_postcode (r, 0, "CA15 6AA", 54.7152, -3.4958);
  assert_silent (r, 1);
  assert_problem (r, 2, "“CA15 6” is not a postcode");
  assert_problem (r, 3, "3 cells where 10 are expected");
  assert_problem (r, 4, "British National Grid");
  assert_problem (r, 5, "no position");
  g_assert_cmpuint (get_record (r, 5)->row, ==, 6);
  g_assert_cmpuint (headed->len, ==, 2);
  assert_postcode (headed, 0, "CA15 6AA", 54.7152, -3.4958);
}

static void
test_open_names (void)
{
  g_autoptr (GPtrArray) r = read_places (
    "\xEF\xBB\xBF" OPEN_NAMES ("4000000074550001", "Netherby Cross", "", "populatedPlace", "Village", "307767", "531814", "Cumberland")
    OPEN_NAMES ("4000000074550002", "A596", "", "transportNetwork", "Numbered Road", "307767", "531814", "Cumberland")
    OPEN_NAMES ("4000000074550003", "Pen y Bryn", "Hilltop", "populatedPlace", "Other Settlement", "260000", "370000", "Conwy - Conwy")
    OPEN_NAMES ("CA156AA", "CA15 6AA", "", "other", "Postcode", "303700", "536600", "Cumberland")
    OPEN_NAMES ("none", "Nowhere", "", "populatedPlace", "Hamlet", "303700", "536600", "Cumberland"));
  const SpKnownPlace *village = place_at (r, 0), *hill = place_at (r, 1);

  g_assert_cmpuint (r->len, ==, 4); /* the road is not spoken of */
  g_assert_null (village->postcode);
  g_assert_cmpint (village->id, ==, 4000000074550001);
  g_assert_cmpstr (village->name, ==, "Netherby Cross");
  g_assert_cmpstr (village->county, ==, "Cumberland");
  g_assert_cmpstr (village->nation, ==, "England");
  g_assert_cmpint (village->size, ==, SP_PLACE_VILLAGE);
  g_assert_cmpfloat_with_epsilon (village->latitude, 54.6720, 1e-3);
  g_assert_cmpstr (hill->other_name, ==, "Hilltop");
  g_assert_cmpint (hill->size, ==, SP_PLACE_OTHER);
  assert_postcode (r, 2, "CA15 6AA", 54.7152, -3.4958);
  assert_problem (r, 3, "no number");
}

static void
test_onspd (void)
{
  g_autoptr (GPtrArray) r = read_places (ONSPD_OLD), grid = read_places (ONSPD_NEW);

  g_assert_cmpuint (r->len, ==, 4);
  assert_postcode (r, 0, "CA15 6AA", 54.71, -3.49);
  assert_silent (r, 1); /* given up */
  assert_silent (r, 2); /* nowhere */
  assert_postcode (r, 3, "BT1 1AA", 54.6025, -5.9272);
  g_assert_cmpuint (grid->len, ==, 2);
  assert_postcode (grid, 0, "CA15 6AA", 54.7152, -3.4958);
  assert_silent (grid, 1); /* on another grid */
}

/* A list of entries with a postcode and a position is no such thing. */
static void
test_other_lists (void)
{
  g_autoptr (GPtrArray) r = read_text ("name,pcd,lat,long,phone,notes\nHall,CA15 6AA,54.71,-3.49,,\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "name"), ==, "Hall");
  assert_refused ("name,town\nHall,Maryport\n", -1, "code-point-open", SP_ERROR_PARSE, "not Code-Point Open");
  assert_refused (ONSPD_OLD, -1, "os-open-names", SP_ERROR_PARSE, "not OS Open Names");
  assert_refused (CODE_POINT, -1, "onspd", SP_ERROR_PARSE, "not the ONS Postcode Directory");
}

static GPtrArray *
read_archive (const XlsxPart *parts, guint n)
{
  g_autoptr (GBytes) bytes = make_zip (parts, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpReader) reader = sp_reader_open_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return drain_places (reader);
}

/* As they are offered: the tables among papers about them. */
static void
test_archives (void)
{
  static const XlsxPart code_point[] = {
    { "Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Quality,E,N,C,R,L,CC,DC,WC\n", 0 },
    { "Doc/xl/licence.txt", "xl/", 0 },
    { "Data/CSV/ca.csv", CODE_POINT, 0 },
    { "Data/CSV/la.csv", "\"LA1 1AA\",10,347500,461800,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\nLA1 1AB,10\n", 0 },
  };
  static const XlsxPart onspd[] = {
    { "Data/ONSPD_UK.csv", ONSPD_OLD, 0 }, { "Data/multi_csv/ONSPD_UK_CA.csv", ONSPD_OLD, 0 }, { "Documents/Names.csv", "LAD,LADNM\nE07,A\n", 0 },
  };
  g_autoptr (GPtrArray) r = read_archive (code_point, G_N_ELEMENTS (code_point)), once = read_archive (onspd, G_N_ELEMENTS (onspd));

  g_assert_cmpuint (r->len, ==, 4);
  assert_postcode (r, 0, "CA15 6AA", 54.7152, -3.4958);
  assert_postcode (r, 2, "LA1 1AA", 54.0494, -2.8036);
  assert_problem (r, 3, "Data/CSV/la.csv: ");
  g_assert_cmpuint (once->len, ==, 4);
}

static void
test_progress (void)
{
  g_autoptr (GString) table = g_string_new (NULL);
  XlsxPart part = { "Data/a.csv", NULL, 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SpReader) reader = NULL;
  double last = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (table, "\"CA1%u %u%c%c\",10,%u,%u,\"E92000001\",,,,,\n", i % 10, i % 9, 'A' + i % 2, 'A' + i / 2 % 2, 300000 + i * 7 % 9999,
                            530000 + i * 13 % 9999);
  part.bytes = table->str;
  bytes = make_zip (&part, 1);
  reader = sp_reader_open_bytes (bytes, NULL, NULL, NULL);
  for (;;)
    {
      g_autoptr (SpRecord) record = NULL;

      g_assert_true (sp_reader_next (reader, &record, NULL));
      g_assert_cmpfloat (sp_reader_get_progress (reader), >=, last);
      last = sp_reader_get_progress (reader);
      if (record == NULL)
        break;
    }
  g_assert_cmpfloat (last, >, 0.5);
}

/* Archives without such a table, with too much in them, and cut short. */
static void
test_bad_archives (void)
{
  static const XlsxPart other[] = { { "readme.txt", "hello", 0 }, { "list.csv", "Name,Town\nHall,Maryport\n", 0 } };
  g_autoptr (GString) bomb = g_string_new (CODE_POINT);
  XlsxPart part = { "Data/a.csv", NULL, 0 };
  g_autoptr (GBytes) plain = make_zip (other, 2), bytes = NULL;
  g_autoptr (SpReader) reader = NULL, refused = NULL;
  g_autoptr (GError) error = NULL;
  gboolean well = TRUE;

  refused = sp_reader_open_bytes (plain, NULL, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  while (bomb->len < 48 * 1024 * 1024) /* beyond what is free, and packed to a thousandth */
    g_string_append (bomb, ",,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n,,,,,,,,,\n");
  part.bytes = bomb->str;
  bytes = make_zip (&part, 1);
  reader = sp_reader_open_bytes (bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  while (well)
    {
      g_autoptr (SpRecord) record = NULL;

      well = sp_reader_next (reader, &record, &error);
      g_assert_true (!well || record != NULL);
    }
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_nonnull (strstr (error->message, "far more"));
}

static void
test_cut_archive (void)
{
  static const XlsxPart parts[] = { { "Data/ca.csv", CODE_POINT CODE_POINT CODE_POINT CODE_POINT, 0 }, { "Data/la.csv", CODE_POINT, 0 } };
  g_autoptr (GBytes) whole = make_zip (parts, 2);
  gsize length;
  const char *data = g_bytes_get_data (whole, &length);
  guint failed = 0;

  for (gsize n = 4; n < length; n += 3)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, n);
      g_autoptr (GError) error = NULL;
      g_autoptr (SpReader) reader = sp_reader_open_bytes (cut, NULL, NULL, &error);

      for (gboolean more = reader != NULL; more;)
        {
          g_autoptr (SpRecord) record = NULL;
          more = sp_reader_next (reader, &record, &error) && record != NULL;
        }
      failed += error != NULL;
    }
  g_assert_cmpuint (failed, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/place-list/code-point-open", test_code_point);
  g_test_add_func ("/place-list/os-open-names", test_open_names);
  g_test_add_func ("/place-list/onspd", test_onspd);
  g_test_add_func ("/place-list/other-lists", test_other_lists);
  g_test_add_func ("/place-list/archives", test_archives);
  g_test_add_func ("/place-list/progress", test_progress);
  g_test_add_func ("/place-list/bad-archives", test_bad_archives);
  g_test_add_func ("/place-list/cut-archive", test_cut_archive);
  return g_test_run ();
}
