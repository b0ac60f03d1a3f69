/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate, and what stands right behind it: whatever is let through is built, written, read again and means the same;
 * the canonical form is stable, however it is made; slicing finds ranges inside the text. */
#include "sp-json-print.h"
#include "sp-node.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SpNode *
parse_own (const char *text)
{
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (text, -1, &error);

  if (node == NULL && strlen (text) <= SP_JSON_MAX_BYTES)
    g_error ("refused what was written from a value: %s", error->message);
  return node;
}

static void
check_value (const SpNode *node)
{
  g_autofree char *json = sp_node_to_json (node);
  g_autoptr (GString) canonical = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);
  g_autoptr (SpNode) copy = sp_node_copy (node);
  g_autoptr (SpNode) again = parse_own (json);
  g_autoptr (SpNode) back = NULL;

  g_assert_true (sp_node_equal (node, copy));
  g_assert_true (again == NULL || sp_node_equal (node, again));
  sp_node_append_canonical (node, FALSE, canonical);
  back = parse_own (canonical->str);
  if (back == NULL)
    return;
  g_assert_true (sp_node_equal (node, back));
  g_assert_cmpint (sp_node_compare (node, back), ==, 0);
  sp_node_append_canonical (back, FALSE, twice);
  g_assert_cmpstr (canonical->str, ==, twice->str);
}

/* What is made of the text itself is what is made of its value. */
static void
check_text (const char *text, gsize size, const SpNode *node)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, size, SP_JSON_MAX_BYTES, NULL);
  g_autoptr (GString) direct = g_string_new (NULL);
  g_autoptr (GString) minified = g_string_new (NULL);
  g_autoptr (GArray) tokens_again = NULL;
  g_autofree char *canonical = sp_node_to_canonical (node);
  g_autoptr (SpNode) again = NULL;

  sp_json_append_canonical (direct, text, tokens, 0, TRUE);
  g_assert_cmpstr (direct->str, ==, canonical);
  sp_json_append_minified (minified, text, size);
  g_assert_cmpuint (minified->len, <=, size);
  g_assert_true (minified->len < size || sp_json_is_compact (tokens)); /* what is around the text does not count */
  tokens_again = sp_json_gate_scan (minified->str, minified->len, SP_JSON_MAX_BYTES, NULL);
  g_assert_true (sp_json_is_compact (tokens_again));
  again = parse_own (minified->str);
  g_assert_true (sp_node_equal (node, again));
}

static void
check_slice (const char *text, gsize size, const char *member)
{
  g_autoptr (GArray) ranges = NULL;

  if (!sp_json_gate_slice (text, size, member, &ranges, NULL))
    return;
  for (guint i = 0; i < ranges->len; i++)
    {
      const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, i);
      g_autoptr (GArray) tokens = NULL;

      g_assert_cmpuint (range->start + range->length, <=, size);
      tokens = sp_json_gate_scan (text + range->start, range->length, SP_JSON_MAX_BYTES, NULL);
    }
}

static void
check_find (const char *text, gsize size, const char *member)
{
  SpJsonRange range;

  if (!sp_json_gate_find (text, size, member, &range))
    return;
  g_assert_cmpuint (range.length, >, 0);
  g_assert_cmpuint (range.start + range.length, <=, size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = sp_node_parse (text, (gssize) size, &error);

  g_assert_true ((node == NULL) == (error != NULL));
  if (node != NULL)
    {
      check_value (node);
      check_text (text, size, node);
    }
  check_slice (text, size, NULL);
  check_slice (text, size, "docs");
  check_find (text, size, "ok");
  return 0;
}
