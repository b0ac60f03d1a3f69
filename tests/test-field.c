/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-field.h"

static SpNode *
body_of (const char *json)
{
  g_autoptr (GError) error = NULL;
  SpNode *body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  return body;
}

static void
assert_body (SpNode *body, const char *expected)
{
  g_autofree char *json = sp_node_to_json (body);

  g_assert_cmpstr (json, ==, expected);
}

static void
set (SpNode *body, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  const SpField *field = sp_field_find (path);
  SpNode *value;

  g_assert_nonnull (field);
  value = *text != '\0' ? sp_field_parse (field, text, &error) : NULL;
  g_assert_no_error (error);
  g_assert_true (sp_field_set (body, path, value, &error));
  g_assert_no_error (error);
}

static void
test_set_makes_what_is_missing (void)
{
  g_autoptr (SpNode) body = body_of ("{\"name\":\"Hall\"}");

  set (body, "address.postal_code", "CA15 6AA");
  set (body, "free", "yes");
  set (body, "categories", "befriending, lunch-club");
  set (body, "building.capacity", "120");
  assert_body (body, "{\"name\":\"Hall\",\"address\":{\"postal_code\":\"CA15 6AA\"},\"free\":true,"
                     "\"categories\":[\"befriending\",\"lunch-club\"],\"building\":{\"capacity\":120}}");
}

static void
test_set_removes_what_becomes_empty (void)
{
  g_autoptr (SpNode) body = body_of ("{\"name\":\"Hall\",\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960001\"},"
                                     "{\"id\":\"c2\",\"basis\":{\"kind\":\"consent\"}}]}");

  set (body, "contacts.c2.basis.kind", "");
  assert_body (body, "{\"name\":\"Hall\",\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960001\"}]}");
  set (body, "contacts.1.phone", "");
  assert_body (body, "{\"name\":\"Hall\"}");
  set (body, "address.city", "");
  assert_body (body, "{\"name\":\"Hall\"}");
}

static void
test_set_adds_items_with_ids (void)
{
  g_autoptr (SpNode) body = body_of ("{}");
  g_autoptr (GError) error = NULL;
  const char *id;

  set (body, "contacts.1.phone", "01632 960001");
  set (body, "contacts.2.email", "hall@example.org");
  id = sp_node_get_string (sp_node_get_path (body, "contacts.2.id"));
  g_assert_cmpuint (strlen (id), ==, 8);
  g_assert_cmpstr (sp_node_get_string (sp_node_get_path (body, "contacts.1.phone")), ==, "01632 960001");
  g_assert_false (sp_field_set (body, "contacts.9.phone", sp_node_new_string ("1"), &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
test_refusals (void)
{
  static const struct { const char *path, *text; } cases[] = {
    { "kind", "shop" }, { "free", "maybe" }, { "building.capacity", "12.5" }, { "building.capacity", "many" },
    { "location.latitude", "99" }, { "costs.1.amount", "-2" }, { "schedules.1.opens_at", "25:00" },
    { "schedules.1.opens_at", "9:30" }, { "notice.from", "2026-02-30" }, { "url", "example" },
    { "contacts.1.email", "nobody" }, { "building.crisis_roles", "rest centre, disco" }, { "contacts", "x" },
    { "venue", "The Hall" }, { "notice.from", "tomorrow" }, { "name", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sp_field_parse (sp_field_find (cases[i].path), cases[i].text, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
      g_test_message ("%s", error->message);
    }
}

static void
test_check_body (void)
{
  static const char * const bad[] = {
    "{}", "[]", "{\"name\":\"\"}", "{\"name\":3}", "{\"name\":\"A\",\"free\":\"yes\"}", "{\"name\":\"A\",\"contacts\":{}}",
    "{\"name\":\"A\",\"contacts\":[3]}", "{\"name\":\"A\",\"contacts\":[{\"id\":\"c\",\"phone\":\"\"}]}",
    "{\"name\":\"A\",\"languages\":[\"en\",3]}", "{\"name\":\"A\",\"checked\":{\"times\":{\"on\":\"soon\"}}}",
    "{\"name\":\"A\",\"eligibility\":{\"minimum_age\":null}}",
  };
  g_autoptr (SpNode) good = body_of ("{\"name\":\"A\",\"contacts\":[{\"id\":\"c\",\"phone\":\"01632 960001\",\"fax\":3}],"
                                     "\"hat\":null,\"checked\":{\"times\":{\"on\":\"2026-10-01T10:00:00Z\",\"how\":\"phone\"}}}");
  g_autoptr (GError) none = NULL;

  g_assert_true (sp_field_check_body (good, &none));
  g_assert_no_error (none);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SpNode) body = body_of (bad[i]);
      g_autoptr (GError) error = NULL;
      g_assert_false (sp_field_check_body (body, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

static void
test_table (void)
{
  guint n;
  const SpField *all = sp_field_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *dot = strrchr (all[i].path, '.');
      g_assert_true (sp_field_find (all[i].path) == &all[i]); /* each path once */
      if (dot != NULL)
        {
          g_autofree char *parent = g_strndup (all[i].path, (gsize) (dot - all[i].path));
          if (g_str_has_suffix (parent, ".*"))
            parent[strlen (parent) - 2] = '\0';
          g_assert_nonnull (sp_field_find (parent));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/field/set-makes-what-is-missing", test_set_makes_what_is_missing);
  g_test_add_func ("/field/set-removes-what-becomes-empty", test_set_removes_what_becomes_empty);
  g_test_add_func ("/field/set-adds-items-with-ids", test_set_adds_items_with_ids);
  g_test_add_func ("/field/refusals", test_refusals);
  g_test_add_func ("/field/check-body", test_check_body);
  g_test_add_func ("/field/table", test_table);
  return g_test_run ();
}
