/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gate, and what stands right behind it: whatever is let through is built, written, read again and means the same;
 * the canonical form is stable; slicing finds ranges inside the text. */
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
    check_value (node);
  check_slice (text, size, NULL);
  check_slice (text, size, "docs");
  check_find (text, size, "ok");
  return 0;
}
