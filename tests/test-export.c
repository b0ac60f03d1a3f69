/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes out comes back as it was: any asset, through CSV, GeoJSON, XLSX, KML and Open Referral UK. And what goes out does no harm. */
#include "exchange-utils.h"

#include "sp-field.h"
#include "sp-zip.h"

#include <glib/gstdio.h>

static const char * const nasty[] = {
  "=1+1", "+44 1632 960101", "-1FR", "@SUM(A1)", "\ttab", "\rreturn", "'", "''", "'=x", "''=x", "'quoted'", "＝wide", "a,b;c|d\te", "\"",
  "\"\"", "two\nlines", "two\r\nlines", " lead", "trail ", "  ", "Tŷ Gwyn – £5", "😀", "\u00a0", "\ufeff", "NA", "-", "true", "007", "1e5", "null",
  "{\"a\":1}", "&amp;", "x\x01y", "; ", ";", "a; b", "_id", "_x0041_", "a_x000D_b", "\r\nx",
  "http://example.org/a_x0041_b", "https://example.org/?q=1&r=2#x", "\xEF\xBF\xBF", "",
};

static const char *
random_text (void)
{
  return nasty[g_test_rand_int_range (0, G_N_ELEMENTS (nasty))];
}

static SpNode *
random_leaf (const SpField *field)
{
  static const char * const lexemes[] = { "0", "7", "54.7143", "-3.4947", "2.50", "1e2", "-0", "12345678901234567890", "0.1" };
  SpNode *set;

  switch ((int) field->type)
    {
    case SP_FIELD_NUMBER:
    case SP_FIELD_INTEGER:
      return sp_node_new_lexeme (lexemes[g_test_rand_int_range (0, G_N_ELEMENTS (lexemes))]);
    case SP_FIELD_BOOLEAN:
      return sp_node_new_boolean (g_test_rand_bit ());
    case SP_FIELD_DATE:
      return sp_node_new_string ("2026-11-22");
    case SP_FIELD_JSON:
      return sp_node_parse (g_test_rand_bit () ? "{\"was\":[null,{}],\"=x\":\"\"}" : "[]", -1, NULL);
    case SP_FIELD_SET:
    case SP_FIELD_REFERENCES:
      set = sp_node_new_array ();
      for (gint n = g_test_rand_int_range (0, 4); n > 0; n--)
        sp_node_append (set, sp_node_new_string (g_test_rand_bit () ? random_text () : "area:E05"));
      return set;
    case SP_FIELD_CHOICE:
      return sp_node_new_string (g_test_rand_bit () ? field->choices[0] : random_text ());
    default:
      return sp_node_new_string (random_text ());
    }
}

static gboolean
is_direct_child (const char *parent, const char *path)
{
  gsize n = strlen (parent);

  return g_str_has_prefix (path, parent) && path[n] == '.' && strchr (path + n + 1, '.') == NULL;
}

static SpNode *random_value (const SpField *field);

static SpNode *
random_object (const char *path)
{
  SpNode *object = sp_node_new_object ();
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  for (guint i = 0; i < n; i++)
    if (is_direct_child (path, fields[i].path) && g_test_rand_int_range (0, 3) > 0)
      sp_node_set (object, strrchr (fields[i].path, '.') + 1, random_value (&fields[i]));
  if (g_test_rand_int_range (0, 12) == 0)
    sp_node_set (object, "from_the_future", sp_node_new_string (random_text ()));
  return object;
}

static SpNode *
random_value (const SpField *field)
{
  SpNode *list;
  g_autofree char *items = NULL;

  if (g_test_rand_int_range (0, 40) == 0) /* of another type than it should be */
    return g_test_rand_bit () ? sp_node_new_null () : sp_node_new_lexeme ("5");
  if (field->type == SP_FIELD_OBJECT)
    return random_object (field->path);
  if (field->type != SP_FIELD_LIST)
    return random_leaf (field);
  list = sp_node_new_array ();
  items = g_strconcat (field->path, ".*", NULL);
  for (gint n = g_test_rand_int_range (0, 6) == 0 ? 12 : g_test_rand_int_range (0, 4); n > 0; n--)
    {
      SpNode *item = random_object (items);
      if (g_test_rand_int_range (0, 10) > 0)
        sp_node_set (item, "id", sp_node_new_string ("c1"));
      sp_node_append (list, item);
    }
  return list;
}

static SpNode *
random_asset (guint number)
{
  SpNode *asset = sp_node_new_object ();
  g_autofree char *id = g_strdup_printf ("asset:%u-%s", number, random_text ());
  guint n;
  const SpField *fields = sp_field_get_all (&n);

  sp_node_set (asset, "_id", sp_node_new_string (id));
  for (guint i = 0; i < n; i++)
    if (strchr (fields[i].path, '.') == NULL && g_test_rand_int_range (0, 3) > 0)
      sp_node_set (asset, fields[i].path, random_value (&fields[i]));
  sp_node_set (asset, "type", sp_node_new_string ("asset"));
  if (g_test_rand_bit ())
    sp_node_set (asset, "odd.name", sp_node_new_string (random_text ()));
  if (g_test_rand_bit ())
    sp_node_set (asset, "=future", random_leaf (&fields[0]));
  return asset;
}

static void
assert_same (const SpNode *a, const SpNode *b, const char *format)
{
  g_autofree char *first = sp_node_to_canonical (a);
  g_autofree char *second = sp_node_to_canonical (b);

  if (strcmp (first, second) != 0 || g_strcmp0 (sp_node_get_text (a, "_id"), sp_node_get_text (b, "_id")) != 0)
    g_error ("through %s\n%s\nbecame\n%s", format, first, second);
}

static void
check_round_trip (const char *format, const SpNode * const *assets, guint n)
{
  gsize length, again_length;
  g_autofree char *text = write_all (format, assets, n, NULL, &length);
  g_autoptr (GPtrArray) records = read_text (text, (gssize) length, NULL);
  g_autofree const SpNode **back = g_new (const SpNode *, n);
  g_autofree char *again = NULL;

  g_assert_cmpuint (records->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      back[i] = get_asset (records, i);
      assert_same (assets[i], back[i], format);
      g_assert_cmpuint (get_record (records, i)->problems->len, ==, 0);
    }
  if (strcmp (format, "xlsx") == 0) /* which says when it was written */
    return;
  again = write_all (format, back, n, NULL, &again_length);
  g_assert_cmpmem (text, length, again, again_length);
}

#define ROUNDS 60
#define ASSETS 20

static void
test_round_trips (gconstpointer format)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);

      for (guint i = 0; i < ASSETS; i++)
        g_ptr_array_add (assets, random_asset (i));
      check_round_trip (format, (const SpNode * const *) assets->pdata, assets->len);
    }
}

static char *
write_one (const char *format, const char *json, SpDisclosure *disclosure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, &error);
  const SpNode *assets[] = { asset };
  g_autofree char *text = NULL;
  gsize length;

  g_assert_no_error (error);
  text = write_all (format, assets, 1, disclosure, &length);
  return g_strndup (text, length);
}

/* What a person sees, letter by letter. */
static void
test_csv_form (void)
{
  g_autofree char *text = write_one (
    "csv", "{\"_id\":\"asset:1\",\"_rev\":\"3-x\",\"type\":\"asset\",\"schema\":1,\"name\":\"=Hall, the \\\"big\\\" one\",\"categories\":[\"hall\",\"warm-space\"],"
           "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947,\"accuracy\":\"exact\"},"
           "\"contacts\":[{\"id\":\"c1\",\"phone\":\"+44 1632 960101\"},{\"id\":\"c2\",\"email\":\"a@example.org\"}],\"free\":true,\"x\":{\"y\":1}}", NULL);

  g_assert_cmpstr (text, ==,
                   "\xEF\xBB\xBF_id,type,schema,name,categories,latitude,longitude,location.accuracy,contacts.1.id,contacts.1.phone,"
                   "contacts.2.id,contacts.2.email,free,_rest\r\n"
                   "asset:1,asset,1,\"'=Hall, the \"\"big\"\" one\",\"hall; warm-space\",54.7143,-3.4947,exact,c1,'+44 1632 960101,"
                   "c2,a@example.org,true,\"{\"\"x\"\":{\"\"y\"\":1}}\"\r\n");
}

static void
test_geojson_form (void)
{
  g_autofree char *placed = write_one ("geojson", "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\","
                                       "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947,\"accuracy\":\"exact\"}}", NULL);
  g_autofree char *unplaced = write_one ("geojson", "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\"}", NULL);

  g_assert_cmpstr (placed, ==, "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"asset:1\",\"geometry\":"
                   "{\"type\":\"Point\",\"coordinates\":[-3.4947,54.7143]},"
                   "\"properties\":{\"type\":\"asset\",\"name\":\"Hall\",\"location\":{\"accuracy\":\"exact\"}}}\n]}\n");
  g_assert_nonnull (strstr (unplaced, "\"geometry\":null"));
}

/* No cell of any export begins with what a spreadsheet would calculate, but for numbers. */
static void
test_no_formulas (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (SpNode) asset = random_asset (round);
      const SpNode *assets[] = { asset };
      gsize length;
      g_autofree char *text = write_all ("csv", assets, 1, NULL, &length);
      const char *row = strchr (text, '\n') + 1;

      for (const char *cell = row; cell != NULL && *cell != '\0';)
        {
          gboolean quoted = *cell == '"';
          const char *first = cell + quoted;
          const char *end = cell;

          g_assert_false (*first == '=' || *first == '@' || *first == '\t' || (*first == '\r' && quoted));
          if (*first == '+' || *first == '-')
            g_assert_true (g_ascii_isdigit (first[1]));
          if (quoted)
            for (end = cell + 1; !(end[0] == '"' && end[1] != '"'); end++)
              end += end[0] == '"';
          end = strpbrk (end, ",\r");
          cell = end != NULL && *end == ',' ? end + 1 : NULL;
        }
    }
}

/* A person worked on an export in a spreadsheet: a row and a contact were added, a contact emptied, a cell garbled. */
static void
test_edited_export (void)
{
  g_autoptr (GPtrArray) r = read_text (
    "_id,name,address.postal_code,contacts.1.id,contacts.1.phone,contacts.2.phone,eligibility.minimum_age,free,my column,_rest\n"
    "asset:1,Hall,CA15 6AA,,,01632 960101,sixty,TRUE,x,\n"
    ",New,CA15 6AB,,,,,,,\n"
    "1,Wrong,,,,,,,,\n"
    "asset:2,Rest,,,,,,,,nonsense\n", -1, NULL);

  g_assert_cmpstr (at (r, 0, "_id"), ==, "asset:1");
  g_assert_cmpuint (sp_node_get_length (sp_node_get (get_asset (r, 0), "contacts")), ==, 1);
  g_assert_cmpstr (at (r, 0, "contacts.1.phone"), ==, "01632 960101");
  g_assert_cmpuint (strlen (at (r, 0, "contacts.1.id")), ==, 12);
  g_assert_true (sp_node_get_flag (get_asset (r, 0), "free", FALSE));
  g_assert_null (sp_node_get (get_asset (r, 0), "eligibility"));
  g_assert_nonnull (strstr (problem_at (r, 0), "sixty"));
  g_assert_true (g_str_has_prefix (at (r, 1, "_id"), "asset:"));
  g_assert_cmpstr (at (r, 1, "type"), ==, "asset");
  g_assert_nonnull (strstr (problem_at (r, 2), "asset:"));
  g_assert_null (get_record (r, 2)->asset);
  g_assert_cmpstr (at (r, 3, "name"), ==, "Rest");
  g_assert_nonnull (problem_at (r, 3));
}

static void
test_public (void)
{
  static const char json[] = "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\",\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960101\","
                             "\"visible_to\":\"members\"}],\"known_by\":[{\"id\":\"w\",\"team\":\"North\"}],"
                             "\"schedules\":[{\"id\":\"s1\",\"freq\":\"weekly\",\"byday\":\"TU\"}]}";
  static const char * const formats[] = { "csv", "geojson", "kml", "oruk", "ics", "vcard", "html" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      SpDisclosure disclosure;
      g_autofree char *text = NULL;
      g_autofree char *full = write_one (formats[i], json, NULL);

      sp_disclosure_init (&disclosure, "2026-11-22");
      text = write_one (formats[i], json, &disclosure);
      g_assert_nonnull (strstr (full, "960101"));
      g_assert_null (strstr (text, "960101"));
      g_assert_null (strstr (text, "North"));
      g_assert_cmpuint (disclosure.contacts, ==, 1);
    }
}

/* What nobody has checked for twice as long as usual is not for the public, unless somebody asks for it. */
static void
test_overdue (void)
{
  static const char json[] = "{\"_id\":\"asset:1\",\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Hall\",\"url\":\"https://example.org/\","
                             "\"checked\":{\"contact\":{\"on\":\"2020-01-01\"}}}";
  SpDisclosure disclosure;
  g_autofree char *text = NULL, *said = NULL, *asked = NULL;

  sp_disclosure_init (&disclosure, "2026-11-22");
  disclosure.leave_overdue = TRUE;
  text = write_one ("html", json, &disclosure);
  g_assert_null (strstr (text, "Hall"));
  g_assert_nonnull (strstr (text, "1 entry that nobody has checked for too long"));
  said = sp_disclosure_describe (&disclosure);
  g_assert_cmpstr (said, ==, "Left out of the public list: 1 entry that nobody has checked for too long.");
  sp_disclosure_init (&disclosure, "2026-11-22");
  asked = write_one ("html", json, &disclosure);
  g_assert_nonnull (strstr (asked, "Hall"));
}

static void
test_empty (void)
{
  static const char * const formats[] = { "csv", "geojson", "xlsx", "kml", "oruk" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gsize length;
      g_autofree char *text = write_all (formats[i], NULL, 0, NULL, &length);
      g_autoptr (GPtrArray) r = read_text (text, (gssize) length, NULL);
      g_assert_cmpuint (r->len, ==, 0);
    }
  g_assert_null (sp_writer_new (out, "docx", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED);
}

/* No entries, and one with as much as an entry can say in one word. */
static void
test_sizes (void)
{
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *json = g_strdup_printf ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"%s\",\"schedules\":[{\"id\":\"s1\","
                                           "\"freq\":\"weekly\",\"byday\":\"TU\"}]}", long_name);

  for (guint i = 0; sp_writer_get_formats ()[i] != NULL; i++)
    {
      const char *format = sp_writer_get_formats ()[i];
      gsize length;
      g_autofree char *none = write_all (format, NULL, 0, NULL, &length);
      g_autofree char *one = write_one (format, json, NULL);
      g_autoptr (GString) unfolded = g_string_new (one);

      g_assert_true (length > 0 || strcmp (format, "vcard") == 0); /* of which none is an empty file */
      g_string_replace (unfolded, "\r\n ", "", 0);
      if (strcmp (format, "xlsx") != 0)
        g_assert_nonnull (strstr (unfolded->str, long_name));
    }
}

/* Text of nothing but control characters is odd, but our own file is still ours. */
static void
test_control_characters (void)
{
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"\\u0001\\u0002\\u0003\\u0004\\u0005"
                                            "\\u0006\\u0007\\b\\u000b\\u000e\\u000f\\u0010\\u001b\\u007f\"}", -1, NULL);
  const SpNode *assets[] = { asset };

  check_round_trip ("csv", assets, 1);
  check_round_trip ("geojson", assets, 1);
  check_round_trip ("xlsx", assets, 1);
  check_round_trip ("kml", assets, 1);
}

static char *
read_part (const char *bytes, gsize length, const char *name)
{
  g_autoptr (GBytes) archive = g_bytes_new_static (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpZipPart) part = sp_zip_part_open (archive, name, &error);
  char *text = g_malloc0 (64 * 1024);

  g_assert_no_error (error);
  for (gsize at = 0, n = 1; n > 0; at += n)
    n = (gsize) sp_zip_part_read (part, text + at, 64 * 1024 - 1 - at, &error);
  g_assert_no_error (error);
  return text;
}

/* Numbers, days and yes or no are what they are; nothing is a formula; links lead somewhere; the second sheet counts. */
static void
test_xlsx_form (void)
{
  static const char json[] = "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"=1+1\",\"categories\":[\"food-bank\",\"no-such\"],"
                             "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947},\"url\":\"https://example.org/\",\"free\":true,"
                             "\"visible\":{\"from\":\"2026-11-22\",\"until\":\"1850-01-01\"},"
                             "\"contacts\":[{\"id\":\"c1\",\"email\":\"a@example.org\",\"phone\":\"+44 1632 960101\"}]}";
  g_autoptr (SpNode) asset = sp_node_parse (json, -1, NULL);
  const SpNode *assets[] = { asset };
  gsize length;
  g_autofree char *bytes = write_all ("xlsx", assets, 1, NULL, &length);
  g_autofree char *entries = read_part (bytes, length, "xl/worksheets/sheet1.xml");
  g_autofree char *links = read_part (bytes, length, "xl/worksheets/_rels/sheet1.xml.rels");
  g_autofree char *summary = read_part (bytes, length, "xl/worksheets/sheet2.xml");

  g_assert_null (strstr (entries, "<f>"));
  g_assert_nonnull (strstr (entries, "<t>'=1+1</t>"));
  g_assert_nonnull (strstr (entries, "<v>54.7143</v>"));
  g_assert_nonnull (strstr (entries, "<v>46348</v>"));
  g_assert_nonnull (strstr (entries, "<t>1850-01-01</t>"));
  g_assert_nonnull (strstr (entries, "t=\"b\"><v>1</v>"));
  g_assert_nonnull (strstr (entries, "<autoFilter "));
  g_assert_nonnull (strstr (entries, "state=\"frozen\""));
  g_assert_nonnull (strstr (entries, "<col min=\"1\" max=\"1\""));
  g_assert_nonnull (strstr (entries, "hidden=\"1\" customWidth=\"1\"/>")); /* the ids */
  g_assert_nonnull (strstr (links, "\"https://example.org/\""));
  g_assert_nonnull (strstr (links, "\"mailto:a@example.org\""));
  g_assert_nonnull (strstr (summary, "<t>no-such</t>"));
  g_assert_null (strstr (summary, "<t>food-bank</t>")); /* but its name */
  g_assert_nonnull (strstr (summary, "<t>All entries</t>"));
}

/* Areas stand beside the categories, those in none last; the store says which. */
static void
test_xlsx_areas (void)
{
  static const char * const areas[] = { "Netherhall", "", "Ellenborough", "Netherhall" };
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpWriter) writer = sp_writer_new (out, "xlsx", NULL, &error);
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Club\",\"categories\":[\"no-such\"]}", -1, NULL);
  g_autofree char *summary = NULL;
  const char *at;

  g_assert_true (sp_writer_wants_area (writer));
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      sp_writer_set_area (writer, areas[i]);
      g_assert_true (sp_writer_add (writer, asset, &error));
    }
  g_assert_true (sp_writer_finish (writer, &error));
  summary = read_part (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                       g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)), "xl/worksheets/sheet2.xml");
  at = strstr (summary, "<t>Area</t>");
  g_assert_nonnull (at);
  at = strstr (at, "<t>Ellenborough</t></is></c><c r=\"E2\"><v>1</v>");
  g_assert_nonnull (at);
  at = strstr (at, "<t>Netherhall</t></is></c><c r=\"E3\"><v>2</v>");
  g_assert_nonnull (at);
  g_assert_nonnull (strstr (at, "<t>In no area</t></is></c><c r=\"E4\"><v>1</v>"));
}

/* What a cell has no room for is refused with the row and the column. */
/* More addresses than may be links: the rest are there as texts. */
static void
test_xlsx_many_links (void)
{
  g_autoptr (GPtrArray) assets = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_node_unref);

  for (guint i = 0; i < 30050; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"_id\":\"asset:%u\",\"type\":\"asset\",\"url\":\"https://club.example.org/%u\"}", i, i);
      g_ptr_array_add (assets, sp_node_parse (json, -1, NULL));
    }
  check_round_trip ("xlsx", (const SpNode * const *) assets->pdata, assets->len);
}

static void
test_xlsx_too_long (void)
{
  g_autofree char *prose = g_strnfill (40000, 'x');
  g_autoptr (SpNode) asset = sp_node_parse ("{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\"}", -1, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpWriter) writer = sp_writer_new (out, "xlsx", NULL, &error);

  sp_node_set_text (asset, "description", prose);
  g_assert_true (sp_writer_add (writer, asset, &error));
  g_assert_false (sp_writer_finish (writer, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "description"));
  g_assert_cmpuint (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)), ==, 0);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A file takes its name when it is complete, and what was given up leaves nothing behind. */
static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("signpost-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SpNode) asset = random_asset (1);
  g_autofree char *text = NULL;
  SpWriter *writer;

  g_assert_true (g_file_set_contents (path, "old", -1, &error));
  writer = sp_writer_open (file, "csv", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sp_writer_add (writer, asset, &error));
  g_object_unref (writer);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);

  writer = sp_writer_open (file, "csv", NULL, &error);
  g_assert_true (sp_writer_add (writer, asset, &error));
  g_assert_true (sp_writer_finish (writer, &error));
  g_assert_cmpuint (sp_writer_get_count (writer), ==, 1);
  g_object_unref (writer);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF_id,"));
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_unlink (path);
  g_rmdir (folder);
  g_assert_null (sp_writer_open (file, "csv", NULL, &error)); /* the folder is gone */
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/export/round-trip/csv", "csv", test_round_trips);
  g_test_add_data_func ("/export/round-trip/geojson", "geojson", test_round_trips);
  g_test_add_data_func ("/export/round-trip/xlsx", "xlsx", test_round_trips);
  g_test_add_data_func ("/export/round-trip/kml", "kml", test_round_trips);
  g_test_add_data_func ("/export/round-trip/oruk", "oruk", test_round_trips);
  g_test_add_func ("/export/csv-form", test_csv_form);
  g_test_add_func ("/export/geojson-form", test_geojson_form);
  g_test_add_func ("/export/no-formulas", test_no_formulas);
  g_test_add_func ("/export/edited-export", test_edited_export);
  g_test_add_func ("/export/public", test_public);
  g_test_add_func ("/export/overdue", test_overdue);
  g_test_add_func ("/export/empty", test_empty);
  g_test_add_func ("/export/sizes", test_sizes);
  g_test_add_func ("/export/control-characters", test_control_characters);
  g_test_add_func ("/export/xlsx-form", test_xlsx_form);
  g_test_add_func ("/export/xlsx-areas", test_xlsx_areas);
  g_test_add_func ("/export/xlsx-many-links", test_xlsx_many_links);
  g_test_add_func ("/export/xlsx-too-long", test_xlsx_too_long);
  g_test_add_func ("/export/file", test_file);
  return g_test_run ();
}
