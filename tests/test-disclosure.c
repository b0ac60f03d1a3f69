/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-disclosure.h"

static const char asset[] =
  "{\"_id\":\"asset:1\",\"_rev\":\"1-a\",\"type\":\"asset\",\"name\":\"Hall\",\"from_the_future\":\"secret?\","
  "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960901\",\"visible_to\":\"public\"},"
  "{\"id\":\"c2\",\"phone\":\"01632 960902\",\"visible_to\":\"members\"},"
  "{\"id\":\"c3\",\"email\":\"a@example.org\",\"basis\":{\"kind\":\"consent\"}},"
  "{\"id\":\"c4\",\"phone\":\"01632 960904\",\"visible_to\":\"nobody knows\"}],"
  "\"known_by\":[{\"id\":\"w\",\"team\":\"North\"}],\"assurance\":[{\"id\":\"a\"}],\"funding\":[{\"id\":\"f\"}],"
  "\"building\":{\"capacity\":80,\"keyholder\":\"Sam\"},"
  "\"checked\":{\"times\":{\"on\":\"2026-01-01\",\"by\":\"sam\",\"how\":\"phone\"}},"
  "\"source\":{\"feed\":\"https://example.org/l.csv\",\"row\":\"7\",\"original\":{\"Notes\":\"private\"}},"
  "\"created\":{\"on\":\"2026-01-01\",\"by\":\"sam\"},\"modified\":{\"on\":\"2026-01-01\",\"by\":\"sam\"},"
  "\"edit\":[{\"was\":{\"contacts\":null}}],\"visible\":{\"from\":\"2026-01-01\",\"until\":\"2026-12-31\"}}";

static void
test_public (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (asset, -1, &error);
  g_autoptr (SpNode) public = NULL;
  g_autofree char *json = NULL;
  g_autofree char *said = NULL;
  SpDisclosure disclosure;

  g_assert_no_error (error);
  sp_disclosure_init (&disclosure, "2026-11-22");
  public = sp_disclosure_make_public (&disclosure, body);
  json = sp_node_to_json (public);
  g_assert_cmpstr (json, ==,
                   "{\"_id\":\"asset:1\",\"type\":\"asset\",\"name\":\"Hall\","
                   "\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960901\"},{\"id\":\"c3\",\"email\":\"a@example.org\"}],"
                   "\"building\":{\"capacity\":80},\"checked\":{\"times\":{\"on\":\"2026-01-01\",\"how\":\"phone\"}},"
                   "\"source\":{\"feed\":\"https://example.org/l.csv\"},\"modified\":{\"on\":\"2026-01-01\"}}");
  g_assert_cmpuint (disclosure.contacts, ==, 2);
  said = sp_disclosure_describe (&disclosure);
  g_assert_cmpstr (said, ==, "Left out of the public list: 2 contacts for members only, 10 internal details.");
}

static void
test_dates (void)
{
  g_autoptr (SpNode) body = sp_node_parse (asset, -1, NULL);
  SpDisclosure disclosure;

  sp_disclosure_init (&disclosure, "2027-01-01");
  g_assert_null (sp_disclosure_make_public (&disclosure, body));
  g_assert_cmpuint (disclosure.entries, ==, 1);
  sp_disclosure_init (&disclosure, "2025-12-31");
  g_assert_null (sp_disclosure_make_public (&disclosure, body));
}

static void
test_nothing_to_say (void)
{
  g_autoptr (SpNode) body = sp_node_parse ("{\"_id\":\"asset:1\",\"name\":\"Hall\"}", -1, NULL);
  g_autoptr (SpNode) public = NULL;
  SpDisclosure disclosure;

  sp_disclosure_init (&disclosure, "2026-11-22");
  public = sp_disclosure_make_public (&disclosure, body);
  g_assert_true (sp_node_equal (body, public));
  g_assert_null (sp_disclosure_describe (&disclosure));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/disclosure/public", test_public);
  g_test_add_func ("/disclosure/dates", test_dates);
  g_test_add_func ("/disclosure/nothing-to-say", test_nothing_to_say);
  return g_test_run ();
}
