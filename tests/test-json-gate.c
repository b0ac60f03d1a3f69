/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate: what it refuses, each by its own file and with its place and reason; what it lets through; slicing. */
#include "sp-node.h"

#include <string.h>

/* fixtures/json-gate/refused/NAME.json → what a person is told */
static const struct
{
  const char *name;
  const char *message;
} refused[] = {
  { "array-without-end", "Byte 0: an array does not end" },
  { "bracket-mismatch", "Byte 4: a comma or “]” is expected" },
  { "bracket-only-closing", "Byte 0: a value is expected" },
  { "byte-order-mark", "Byte 0: a value is expected" },
  { "colon-missing", "Byte 5: a colon is expected after a member name" },
  { "comma-first", "Byte 1: a value is expected" },
  { "comma-last-in-array", "Byte 5: a value is expected" },
  { "comma-last-in-object", "Byte 7: a member name in double quotes is expected" },
  { "comma-missing-in-array", "Byte 3: a comma or “]” is expected" },
  { "comma-missing", "Byte 7: a comma or “}” is expected" },
  { "comment-block", "Byte 7: a comma or “}” is expected" },
  { "comment-line", "Byte 8: something follows after the end of the text" },
  { "control-character", "Byte 7: a control character stands in a string" },
  { "control-tab", "Byte 7: a control character stands in a string" },
  { "empty", "Byte 0: the text ends where a value is expected" },
  { "escape-at-end", "Byte 6: unknown escape in a string" },
  { "escape-capital-in-name", "Byte 2: a letter of a member name is written as an escape" },
  { "escape-cut-short", "Byte 6: “\\u” must be followed by four hexadecimal digits" },
  { "escape-letter-in-name", "Byte 2: a letter of a member name is written as an escape" },
  { "escape-not-hex", "Byte 6: “\\u” must be followed by four hexadecimal digits" },
  { "escape-nul-in-name", "Byte 3: “\\u0000” is not allowed" },
  { "escape-nul", "Byte 7: “\\u0000” is not allowed" },
  { "escape-underscore-in-name", "Byte 2: a letter of a member name is written as an escape" },
  { "escape-unknown", "Byte 6: unknown escape in a string" },
  { "nesting-101-objects", "Byte 500: the nesting is deeper than 100" },
  { "nesting-101", "Byte 100: the nesting is deeper than 100" },
  { "nesting-unbounded", "Byte 100: the nesting is deeper than 100" },
  { "nul-byte-outside", "Byte 7: something follows after the end of the text" },
  { "nul-byte", "Byte 7: a control character stands in a string" },
  { "number-exponent-empty", "Byte 5: a number ends after its exponent sign" },
  { "number-hex", "Byte 5: a number is not written as JSON writes numbers" },
  { "number-infinity", "Byte 5: a value is expected" },
  { "number-minus-alone", "Byte 5: a value is expected" },
  { "number-minus-infinity", "Byte 5: a value is expected" },
  { "number-minus-octal", "Byte 5: a number is not written as JSON writes numbers" },
  { "number-nan", "Byte 5: a value is expected" },
  { "number-octal", "Byte 5: a number is not written as JSON writes numbers" },
  { "number-plus", "Byte 5: a value is expected" },
  { "number-point-first", "Byte 5: a value is expected" },
  { "number-point-last", "Byte 5: a number ends after its decimal point" },
  { "number-too-large-negative", "Byte 5: a number is too large" },
  { "number-too-large", "Byte 5: a number is too large" },
  { "number-too-many-digits", "Byte 5: a number is too large" },
  { "number-two-points", "Byte 5: a number is not written as JSON writes numbers" },
  { "object-without-end", "Byte 0: an object does not end" },
  { "object-without-value", "Byte 5: the text ends where a value is expected" },
  { "only-space", "Byte 4: the text ends where a value is expected" },
  { "quotes-none", "Byte 1: a member name in double quotes is expected" },
  { "quotes-single-value", "Byte 5: a value is expected" },
  { "quotes-single", "Byte 1: a member name in double quotes is expected" },
  { "space-not-json", "Byte 5: a value is expected" },
  { "string-without-end", "Byte 5: a string does not end" },
  { "surrogate-high-alone", "Byte 6: half of a surrogate pair stands alone" },
  { "surrogate-high-then-text", "Byte 6: half of a surrogate pair stands alone" },
  { "surrogate-high-twice", "Byte 6: half of a surrogate pair stands alone" },
  { "surrogate-low-alone", "Byte 6: half of a surrogate pair stands alone" },
  { "surrogate-low-first", "Byte 6: half of a surrogate pair stands alone" },
  { "trailing-bytes", "Byte 7: something follows after the end of the text" },
  { "trailing-word", "Byte 8: something follows after the end of the text" },
  { "twice-one-name-escaped", "Byte 16: an object has two members of one name" },
  { "twice-one-name-inside", "Byte 19: an object has two members of one name" },
  { "twice-one-name-of-many-escaped", "Byte 382: an object has two members of one name" },
  { "twice-one-name-of-many", "Byte 342: an object has two members of one name" },
  { "twice-one-name", "Byte 14: an object has two members of one name" },
  { "utf8-beyond-unicode", "Byte 6: the text is not valid UTF-8" },
  { "utf8-cut-short", "Byte 6: the text is not valid UTF-8" },
  { "utf8-encoded-surrogate", "Byte 6: the text is not valid UTF-8" },
  { "utf8-lone-byte", "Byte 9: the text is not valid UTF-8" },
  { "utf8-overlong", "Byte 6: the text is not valid UTF-8" },
  { "word-capital", "Byte 5: a value is expected" },
  { "word-cut-short", "Byte 5: a value is expected" },
  { "word-run-on", "Byte 9: a comma or “}” is expected" },
  { "word-undefined", "Byte 5: a value is expected" },
};

static GBytes *
read_fixture (const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "json-gate", folder, file, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static SpNode *
parse_bytes (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return sp_node_parse (data != NULL ? data : "", (gssize) length, error);
}

static void
test_refused (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) bytes = read_fixture ("refused", refused[index].name);
  g_autoptr (GError) error = NULL;

  g_assert_null (parse_bytes (bytes, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, refused[index].message);
}

static guint
count_files (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "json-gate", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_refused_all (void)
{
  g_assert_cmpuint (count_files ("refused"), ==, G_N_ELEMENTS (refused));
}

/* What is accepted means the same after it was written and read again. */
static void
check_accepted (const char *folder, const char *file)
{
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".json"));
  g_autoptr (GBytes) bytes = read_fixture (folder, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = parse_bytes (bytes, &error);
  g_autoptr (SpNode) again = NULL;
  g_autofree char *json = NULL;
  g_autofree char *twice = NULL;

  if (error != NULL)
    g_error ("%s: %s", file, error->message);
  json = sp_node_to_json (node);
  again = sp_node_parse (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (sp_node_equal (node, again));
  twice = sp_node_to_json (again);
  g_assert_cmpstr (json, ==, twice);
}

static void
test_accepted (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "json-gate", "accepted", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *file;
  guint count = 0;

  g_assert_nonnull (dir);
  for (; (file = g_dir_read_name (dir)) != NULL; count++)
    check_accepted ("accepted", file);
  g_assert_cmpuint (count, ==, 15);
}

static char *
text_of_size (gsize size)
{
  char *text = g_malloc (size + 1);

  memset (text, 'x', size);
  text[0] = text[size - 1] = '"';
  text[size] = '\0';
  return text;
}

static void
test_size (void)
{
  g_autofree char *largest = text_of_size (SP_JSON_MAX_BYTES);
  g_autofree char *larger = text_of_size (SP_JSON_MAX_BYTES + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = sp_node_parse (largest, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (sp_node_get_string (node)), ==, SP_JSON_MAX_BYTES - 2);
  g_assert_null (sp_node_parse (larger, -1, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_cmpstr (error->message, ==, "Byte 0: the text has 1048577 bytes, more than the 1048576 allowed");
}

/* Names chosen so that a table of hashes would degrade do not slow the gate: they are sorted. */
static void
test_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = NULL;

  for (guint i = 0; i < 1 << 15; i++)
    {
      g_string_append_c (text, i == 0 ? ' ' : ',');
      g_string_append_c (text, '"');
      for (guint bit = 0; bit < 15; bit++) /* "Ab" and "BA" have one djb2 hash */
        g_string_append (text, (i >> bit & 1) != 0 ? "Ab" : "BA");
      g_string_append (text, "\":0");
    }
  g_string_append_c (text, '}');
  g_assert_null (sp_node_parse (text->str, -1, &error)); /* more than 1 MiB */
  g_clear_error (&error);
  g_array_unref (sp_json_gate_scan (text->str, text->len, text->len, &error));
  g_assert_no_error (error);
}

static void
test_tokens (void)
{
  const char *text = "{ \"a\" : [ 1.5 , \"b\\n\" ] , \"c\":null}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, strlen (text), SP_JSON_MAX_BYTES, &error);
  static const struct { SpJsonType type; const char *bytes; guint next; gboolean escaped; } expected[] = {
    { SP_JSON_OBJECT, "{ \"a\" : [ 1.5 , \"b\\n\" ] , \"c\":null}", 7, FALSE },
    { SP_JSON_STRING, "a", 2, FALSE },
    { SP_JSON_ARRAY, "[ 1.5 , \"b\\n\" ]", 5, FALSE },
    { SP_JSON_NUMBER, "1.5", 4, FALSE },
    { SP_JSON_STRING, "b\\n", 5, TRUE },
    { SP_JSON_STRING, "c", 6, FALSE },
    { SP_JSON_NULL, "null", 7, FALSE },
  };

  g_assert_no_error (error);
  g_assert_cmpuint (tokens->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < tokens->len; i++)
    {
      const SpJsonToken *token = &g_array_index (tokens, SpJsonToken, i);
      g_autofree char *bytes = g_strndup (text + token->start, token->end - token->start);
      g_assert_cmpint (token->type, ==, expected[i].type);
      g_assert_cmpstr (bytes, ==, expected[i].bytes);
      g_assert_cmpuint (token->next, ==, expected[i].next);
      g_assert_cmpint (token->escaped, ==, expected[i].escaped);
    }
}

/* batch | member | the elements found, each on a line; NULL: refused */
static const struct
{
  const char *batch;
  const char *member;
  const char *elements;
} slices[] = {
  { "[]", NULL, "" },
  { " [ {\"a\":1} , {\"b\":\"],[\"} ] ", NULL, "{\"a\":1}\n{\"b\":\"],[\"}\n" },
  { "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"}]}", "docs", "{\"_id\":\"a\"}\n{\"_id\":\"b\"}\n" },
  { "{\"x\":{\"docs\":[0]},\"y\":[\"docs\"],\"docs\":[1,2]}", "docs", "1\n2\n" },
  { "{\"x\":\"\\\"docs\\\":[\",\"docs\":[3]}", "docs", "3\n" },
  { "[{\"broken\":01},{\"whole\":1}]", NULL, "{\"broken\":01}\n{\"whole\":1}\n" },
  { "[[1,[2]],{\"a\":{\"b\":[3]}}]", NULL, "[1,[2]]\n{\"a\":{\"b\":[3]}}\n" },
  { "[1,,2]", NULL, "1\n\n2\n" },
  { "[1,2", NULL, NULL },
  { "[\"a", NULL, NULL },
  { "[\"a\\", NULL, NULL },
  { "{\"docs\":1}", "docs", NULL },
  { "{\"docs\":", "docs", NULL },
  { "{\"docs", "docs", NULL },
  { "{\"other\":[1]}", "docs", NULL },
  { "", NULL, NULL },
  { "{}", NULL, NULL },
};

static void
test_slice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (slices); i++)
    {
      g_autoptr (GArray) ranges = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) found = g_string_new (NULL);
      gboolean good = sp_json_gate_slice (slices[i].batch, strlen (slices[i].batch), slices[i].member, &ranges, &error);

      g_assert_cmpint (good, ==, slices[i].elements != NULL);
      if (!good)
        {
          g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
          continue;
        }
      for (guint k = 0; k < ranges->len; k++)
        {
          const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, k);
          g_string_append_len (found, slices[i].batch + range->start, (gssize) range->length);
          g_string_append_c (found, '\n');
        }
      g_assert_cmpstr (found->str, ==, slices[i].elements);
    }
}

static void
test_find (void)
{
  static const struct { const char *text; const char *found; } cases[] = {
    { "{\"ok\":{\"a\":\"}\\\"{\"}}", "{\"a\":\"}\\\"{\"}" }, { " { \"x\" : [ 1, {} ] , \"ok\" : 5 } ", "5 " },
    { "{\"ok\":\"long enough to be skipped by eights, with \\\\\"}", "\"long enough to be skipped by eights, with \\\\\"" },
    { "{\"error\":{\"ok\":{}}}", NULL }, { "[\"ok\"]", NULL }, { "{\"ok\"", NULL }, { "{\"ok\":", NULL }, { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SpJsonRange range = { 0 };
      const gboolean found = sp_json_gate_find (cases[i].text, strlen (cases[i].text), "ok", &range);
      g_autofree char *value = found ? g_strndup (cases[i].text + range.start, range.length) : NULL;

      g_assert_cmpstr (value, ==, cases[i].found);
    }
}

/* What is skipped eight bytes at a time is looked at all the same: each byte that ends that, at each place. */
static void
test_string_at_each_offset (void)
{
  static const char ends[] = { '\n', '\0', '\x1f', '\x01' };

  for (guint offset = 0; offset < 20; offset++)
    {
      g_autofree char *filling = g_strnfill (offset, 'a');
      g_autofree char *good = g_strdup_printf ("\"%s\x7f\\\"é!# b\"", filling);
      g_autoptr (GArray) tokens = sp_json_gate_scan (good, strlen (good), SP_JSON_MAX_BYTES, NULL);

      g_assert_nonnull (tokens);
      g_assert_cmpuint (g_array_index (tokens, SpJsonToken, 0).end, ==, strlen (good) - 1);
      for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        {
          g_autoptr (GString) bad = g_string_new (good);

          bad->str[1 + offset] = ends[i];
          g_assert_null (sp_json_gate_scan (bad->str, bad->len, SP_JSON_MAX_BYTES, NULL));
        }
    }
}

/* Asked before something is written: one byte, one level more is too much. */
static void
test_can_store (void)
{
  g_autofree char *text = g_strnfill (SP_JSON_MAX_BYTES, '"');
  g_autofree char *open = g_strnfill (SP_JSON_MAX_DEPTH, '['), *closed = g_strnfill (SP_JSON_MAX_DEPTH, ']');
  g_autofree char *deep = g_strconcat (open, closed, NULL), *deeper = g_strconcat ("[", deep, "]", NULL), *longer = NULL;

  memset (text + 1, 'x', SP_JSON_MAX_BYTES - 2);
  longer = g_strconcat (text, " ", NULL);
  g_assert_true (sp_json_gate_can_store (text));
  g_assert_false (sp_json_gate_can_store (longer));
  g_assert_true (sp_json_gate_can_store (deep));
  g_assert_false (sp_json_gate_can_store (deeper));
  g_assert_false (sp_json_gate_can_store ("{"));
}

/* Nesting of any depth is sliced without using the stack. */
static void
test_slice_deep (void)
{
  gsize depth = 4 * 1000 * 1000;
  g_autofree char *text = g_malloc (2 * depth);
  g_autoptr (GArray) ranges = NULL;

  memset (text, '[', depth);
  memset (text + depth, ']', depth);
  g_assert_true (sp_json_gate_slice (text, 2 * depth, NULL, &ranges, NULL));
  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpuint (g_array_index (ranges, SpJsonRange, 0).length, ==, 2 * depth - 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/json-gate/refused/", refused[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/json-gate/refused-all", test_refused_all);
  g_test_add_func ("/json-gate/accepted", test_accepted);
  g_test_add_func ("/json-gate/size", test_size);
  g_test_add_func ("/json-gate/many-names", test_many_names);
  g_test_add_func ("/json-gate/tokens", test_tokens);
  g_test_add_func ("/json-gate/slice", test_slice);
  g_test_add_func ("/json-gate/find", test_find);
  g_test_add_func ("/json-gate/string-at-each-offset", test_string_at_each_offset);
  g_test_add_func ("/json-gate/can-store", test_can_store);
  g_test_add_func ("/json-gate/slice-deep", test_slice_deep);
  return g_test_run ();
}
