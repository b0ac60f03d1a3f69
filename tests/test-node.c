/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNode: the canonical form by a table, equality, paths, and what changes do to a parsed value. */
#include "sp-json-print.h"
#include "sp-node.h"

#include <string.h>

static SpNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_json (const SpNode *node, const char *expected)
{
  g_autofree char *json = sp_node_to_json (node);

  g_assert_cmpstr (json, ==, expected);
}

/* as written | as stored | canonical */
static const struct
{
  const char *text;
  const char *json;
  const char *canonical;
} forms[] = {
  { " { } ", "{}", "{}" },
  { "[ ]", "[]", "[]" },
  { "{ \"b\" : [1, 2.50, \"\\u00e9\\n\"], \"a\": {\"_x\":null} }", "{\"b\":[1,2.50,\"é\\n\"],\"a\":{\"_x\":null}}",
    "{\"a\":{\"_x\":null},\"b\":[1,2.5,\"é\\n\"]}" },
  { "{\"_id\":\"x\",\"_rev\":\"1-a\",\"a\":{\"_id\":1}}", "{\"_id\":\"x\",\"_rev\":\"1-a\",\"a\":{\"_id\":1}}",
    "{\"a\":{\"_id\":1}}" },
  { "{\"z\":1,\"é\":2,\"Z\":3,\"a\":4,\"😀\":5,\"｡\":6}", "{\"z\":1,\"é\":2,\"Z\":3,\"a\":4,\"😀\":5,\"｡\":6}",
    "{\"Z\":3,\"a\":4,\"z\":1,\"é\":2,\"｡\":6,\"😀\":5}" },
  { "{\"caf\\u00e9\":1,\"caf\":2}", "{\"café\":1,\"caf\":2}", "{\"caf\":2,\"café\":1}" },
  { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\\u007f\\u2028\"]", "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u2028\"]",
    "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u2028\"]" },
  { "{\"b\":1,\" \":2,\"\":3,\"a!\":4,\"a\":5,\"\\u0020\\u0020\":6}", "{\"b\":1,\" \":2,\"\":3,\"a!\":4,\"a\":5,\"  \":6}",
    "{\"\":3,\" \":2,\"  \":6,\"a\":5,\"a!\":4,\"b\":1}" },
  { "[\"\\ud83d\\ude00\"]", "[\"😀\"]", "[\"😀\"]" },
  { "[1.0,1E2,-0,12345678901234567890]", "[1.0,1E2,-0,12345678901234567890]", "[1,100,0,12345678901234567890]" },
  { "[true,false,null]", "[true,false,null]", "[true,false,null]" },
  { "{\"b\":[{\"d\":1,\"c\":2}],\"a\":{}}", "{\"b\":[{\"d\":1,\"c\":2}],\"a\":{}}", "{\"a\":{},\"b\":[{\"c\":2,\"d\":1}]}" },
};

/* The canonical form of a text that no value was made of. */
static char *
canonicalize (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, strlen (text), SP_JSON_MAX_BYTES, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  sp_json_append_canonical (out, text, tokens, 0, TRUE);
  return g_string_free (out, FALSE);
}

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (SpNode) node = parse (forms[i].text);
      g_autofree char *canonical = sp_node_to_canonical (node);
      g_autofree char *direct = canonicalize (forms[i].text);

      assert_json (node, forms[i].json);
      g_assert_cmpstr (canonical, ==, forms[i].canonical);
      g_assert_cmpstr (direct, ==, forms[i].canonical);
    }
}

static void
assert_compact (const char *text, gboolean compact)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, strlen (text), SP_JSON_MAX_BYTES, NULL);
  g_autoptr (GString) minified = g_string_new (NULL);

  g_assert_cmpint (sp_json_is_compact (tokens), ==, compact);
  sp_json_append_minified (minified, text, strlen (text));
  g_assert_cmpint (g_str_equal (minified->str, text), ==, compact);
}

static void
test_compact (void)
{
  assert_compact ("{}", TRUE);
  assert_compact ("[ ]", FALSE);
  assert_compact ("\"a b\"", TRUE);
  assert_compact ("-1.5e3", TRUE);
  assert_compact ("{\"a\":{\"b\":[{},[],[1,true],\" \\\"\\\\\"]},\"c\":null}", TRUE);
  assert_compact ("{\"a\":{\"b\":[{},[],[1, true],\"\"]},\"c\":null}", FALSE);
  assert_compact ("{\"a\":{\"b\":[{},[],[1,true],\"\"] },\"c\":null}", FALSE);
  assert_compact ("{\"a\" :1}", FALSE);
  assert_compact ("{\"a\":1\n}", FALSE);
}

/* Members in falling order, more of them than fit where few are sorted, with numbers longer than most. */
static void
test_forms_large (void)
{
  g_autoptr (GString) text = g_string_new ("{\"_id\":\"x\"");
  g_autofree char *number = g_strnfill (70, '7');
  g_autofree char *canonical = NULL, *direct = NULL;
  g_autoptr (SpNode) node = NULL;

  for (int i = 99; i >= 0; i--)
    g_string_append_printf (text, ", \"k%d\": {\"\\u00e9\": %s, \"b\": \"line\\n\"}", i, number);
  g_string_append_c (text, '}');
  node = parse (text->str);
  canonical = sp_node_to_canonical (node);
  direct = canonicalize (text->str);
  g_assert_cmpstr (direct, ==, canonical);
  g_assert_true (g_str_has_prefix (direct, "{\"k0\":{\"b\":\"line\\n\",\"é\":7777"));
}

static const struct
{
  const char *a;
  const char *b;
  int         order; /* of a beside b */
} pairs[] = {
  { "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", 0 },
  { "[1.0]", "[1]", 0 },
  { "[1e2]", "[100]", 0 },
  { "[\"\\u0061\"]", "[\"a\"]", 0 },
  { "[12345678901234567890]", "[12345678901234567891]", -1 },
  { "[1,2]", "[2,1]", -1 },
  { "{\"_a\":1}", "{}", -1 }, /* inner or not, nothing is left out where values are compared */
  { "{\"a\":null}", "{}", -1 },
  { "[]", "{}", -1 },
  { "\"1\"", "1", -1 },
  { "\"ab\"", "\"a\"", 1 },
  { "true", "false", 1 },
};

static void
test_equal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (SpNode) a = parse (pairs[i].a);
      g_autoptr (SpNode) b = parse (pairs[i].b);
      int order = sp_node_compare (a, b);

      g_assert_cmpint ((order > 0) - (order < 0), ==, pairs[i].order);
      g_assert_cmpint (sp_node_equal (a, b), ==, pairs[i].order == 0);
      g_assert_cmpint (sp_node_equal (b, a), ==, pairs[i].order == 0);
    }
}

static void
test_equal_absent (void)
{
  g_autoptr (SpNode) node = sp_node_new_null ();

  g_assert_true (sp_node_equal (NULL, NULL));
  g_assert_false (sp_node_equal (node, NULL));
  g_assert_cmpint (sp_node_compare (NULL, node), <, 0);
  g_assert_cmpint (sp_node_compare (node, NULL), >, 0);
}

/* Objects with more members than are compared one by one. */
static void
test_equal_large (void)
{
  g_autoptr (SpNode) a = sp_node_new_object ();
  g_autoptr (SpNode) b = sp_node_new_object ();

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);
      g_autofree char *other = g_strdup_printf ("m%u", 199 - i);
      sp_node_set (a, name, sp_node_new_number (i));
      sp_node_set (b, other, sp_node_new_number (199 - i));
    }
  g_assert_true (sp_node_equal (a, b));
  sp_node_set_text (b, "m7", "seven");
  g_assert_false (sp_node_equal (a, b));
}

static void
test_path (void)
{
  g_autoptr (SpNode) node = parse ("{\"address\":{\"city\":\"Maryport\"},\"contacts\":[{\"id\":\"c1\",\"phone\":\"1\"},"
                                   "{\"id\":\"c2\",\"phone\":\"2\"}],\"tags\":[\"x\",\"y\"]}");
  g_autoptr (SpNode) numbered = parse ("[{\"id\":\"2\",\"phone\":\"1\"},{\"id\":\"12345678\",\"phone\":\"2\"}]");

  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (node, "address.city")), ==, "Maryport");
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (node, "contacts.c2.phone")), ==, "2");
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (node, "contacts.1.phone")), ==, "1");
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (node, "tags.2")), ==, "y");
  g_assert_null (sp_node_get_path (node, "tags.3"));
  g_assert_null (sp_node_get_path (node, "tags.0"));
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (numbered, "2.phone")), ==, "1");
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (numbered, "12345678.phone")), ==, "2");
  g_assert_null (sp_node_get_path (node, "contacts.c3"));
  g_assert_null (sp_node_get_path (node, "address.city.more"));
  g_assert_null (sp_node_get_path (node, "nothing.at.all"));
  g_assert_null (sp_node_get_path (NULL, "a"));
}

static int
by_id (const void *a, const void *b)
{
  return strcmp (sp_node_get_text (*(SpNode *const *) a, "id"), sp_node_get_text (*(SpNode *const *) b, "id"));
}

static void
test_sort (void)
{
  g_autoptr (SpNode) node = parse ("[{\"id\":\"c\"},{\"id\":\"a\"},{\"id\":\"b\"}]");

  sp_node_sort (node, by_id);
  assert_json (node, "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]");
}

/* A copy shares nothing with what it was copied from. */
static void
test_copy (void)
{
  SpNode *node = parse ("{\"a\":{\"b\":[1.50,\"x\",true,null]},\"c\":\"d\"}");
  g_autoptr (SpNode) copy = sp_node_copy (node);

  sp_node_set_text (sp_node_get (node, "a"), "b", "changed");
  sp_node_remove (node, "c");
  sp_node_unref (node);
  assert_json (copy, "{\"a\":{\"b\":[1.50,\"x\",true,null]},\"c\":\"d\"}");
  g_assert_null (sp_node_copy (NULL));
}

static void
test_set (void)
{
  g_autoptr (SpNode) node = parse ("{\"a\":1,\"b\":[1],\"c\":3}");

  sp_node_set_text (node, "b", "two");
  assert_json (node, "{\"a\":1,\"b\":\"two\",\"c\":3}");
  sp_node_set (node, "d", sp_node_new_boolean (TRUE));
  sp_node_set_text (node, "e", "five");
  assert_json (node, "{\"a\":1,\"b\":\"two\",\"c\":3,\"d\":true,\"e\":\"five\"}");
  g_assert_true (sp_node_remove (node, "a"));
  g_assert_false (sp_node_remove (node, "a"));
  sp_node_set_text (node, "d", "");
  sp_node_set_text (node, "e", NULL);
  assert_json (node, "{\"b\":\"two\",\"c\":3}");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);
      sp_node_set (node, name, sp_node_new_null ());
    }
  g_assert_cmpuint (sp_node_get_length (node), ==, 22);
  g_assert_cmpstr (sp_node_get_name (node, 0), ==, "b");
  g_assert_cmpstr (sp_node_get_name (node, 21), ==, "m19");
}

static void
test_array (void)
{
  g_autoptr (SpNode) node = parse ("[1,2,3]");

  sp_node_append (node, sp_node_new_string ("four"));
  sp_node_remove_index (node, 1);
  sp_node_append (node, sp_node_new_lexeme ("5.0"));
  assert_json (node, "[1,3,\"four\",5.0]");
  while (sp_node_get_length (node) > 0)
    sp_node_remove_index (node, 0);
  assert_json (node, "[]");
}

static void
test_values (void)
{
  g_autoptr (SpNode) node = parse ("{\"s\":\"text\",\"n\":1.50,\"t\":true,\"f\":false,\"z\":null}");

  g_assert_cmpstr (sp_node_get_text (node, "s"), ==, "text");
  g_assert_null (sp_node_get_text (node, "n"));
  g_assert_cmpfloat (sp_node_get_number (node, "n"), ==, 1.5);
  g_assert_cmpstr (sp_node_get_lexeme (sp_node_get (node, "n")), ==, "1.50");
  g_assert_true (sp_node_get_number (node, "s") != sp_node_get_number (node, "s")); /* not a number */
  g_assert_true (sp_node_get_flag (node, "t", FALSE));
  g_assert_false (sp_node_get_flag (node, "f", TRUE));
  g_assert_true (sp_node_get_flag (node, "z", TRUE));
  g_assert_cmpuint (sp_node_get_length (sp_node_get (node, "s")), ==, 0);
  g_assert_cmpuint (sp_node_get_length (NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/node/forms", test_forms);
  g_test_add_func ("/node/forms-large", test_forms_large);
  g_test_add_func ("/node/compact", test_compact);
  g_test_add_func ("/node/equal", test_equal);
  g_test_add_func ("/node/equal-absent", test_equal_absent);
  g_test_add_func ("/node/equal-large", test_equal_large);
  g_test_add_func ("/node/path", test_path);
  g_test_add_func ("/node/sort", test_sort);
  g_test_add_func ("/node/copy", test_copy);
  g_test_add_func ("/node/set", test_set);
  g_test_add_func ("/node/array", test_array);
  g_test_add_func ("/node/values", test_values);
  return g_test_run ();
}
