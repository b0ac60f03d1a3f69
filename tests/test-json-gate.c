/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-node.h"

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) node = sp_node_parse ("{ \"b\" : [1, 2.50, \"\\u00e9\\n\"], \"a\": {\"_x\":null} }", -1, &error);
  g_autofree char *json = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  json = sp_node_to_json (node);
  g_assert_cmpstr (json, ==, "{\"b\":[1,2.50,\"é\\n\"],\"a\":{\"_x\":null}}");
  canonical = sp_node_to_canonical (node);
  g_assert_cmpstr (canonical, ==, "{\"a\":{\"_x\":null},\"b\":[1,2.5,\"é\\n\"]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/json-gate/round-trip", test_round_trip);
  return g_test_run ();
}
