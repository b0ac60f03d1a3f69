/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may write what, for each role and each kind of document; and the same table as CouchDB gets it. */
#include "sp-rights.h"

#include <string.h>

static gboolean
may (SpRole role, const char *id, const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (SpNode) body = sp_node_parse (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  const SpRightsDocument document = sp_rights_read (id, sp_node_get_flag (body, "_deleted", FALSE), body);
  gboolean allowed = sp_rights_check_write ("ann", role, &document, &error);

  if (allowed)
    g_assert_no_error (error);
  else
    g_assert_error (error, SP_ERROR, SP_ERROR_DENIED);
  return allowed;
}

static void
test_table (void)
{
  static const struct
  {
    const char *id;
    const char *json;
    SpRole      least;
  } cases[] = {
    { "asset:1", "{'type':'asset'}", SP_ROLE_EDITOR },
    { "asset:1", "{'type':'asset','_deleted':true}", SP_ROLE_EDITOR },
    { "asset:1", "{'_deleted':true}", SP_ROLE_EDITOR },
    { "asset:1", "{}", SP_ROLE_ADMIN },
    { "asset:1", "{'type':'submission'}", SP_ROLE_ADMIN },
    { "area:1", "{'type':'area'}", SP_ROLE_EDITOR },
    { "taxonomy:local", "{'type':'taxonomy'}", SP_ROLE_EDITOR },
    { "term-calendar:1", "{'type':'term-calendar'}", SP_ROLE_EDITOR },
    { "submission:ann:1", "{'type':'submission','state':'proposed'}", SP_ROLE_CONTRIBUTOR },
    { "submission:ann:1", "{'type':'submission','state':'proposed','_deleted':true}", SP_ROLE_CONTRIBUTOR },
    { "submission:ann:1", "{'type':'submission','state':'accepted'}", SP_ROLE_EDITOR },
    { "submission:ann:1", "{'type':'submission'}", SP_ROLE_EDITOR },
    { "submission:ann:1", "{'_deleted':true}", SP_ROLE_EDITOR },
    { "submission:bob:1", "{'type':'submission','state':'proposed'}", SP_ROLE_EDITOR },
    { "submission:ann", "{'type':'submission','state':'proposed'}", SP_ROLE_EDITOR },
    { "submission:anna:1", "{'type':'submission','state':'proposed'}", SP_ROLE_EDITOR },
    { "note:1", "{'type':'asset'}", SP_ROLE_ADMIN },
    { "_design/signpost", "{'type':'asset'}", SP_ROLE_ADMIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint role = SP_ROLE_NONE; role <= SP_ROLE_ADMIN; role++)
      {
        g_test_message ("%s %s as %u", cases[i].id, cases[i].json, role);
        g_assert_cmpint (may (role, cases[i].id, cases[i].json), ==, role >= cases[i].least);
      }
}

static void
test_roles (void)
{
  static const char *const several[] = { "group:asset:1", "viewer", "editor", NULL };
  static const char *const admin[] = { "_admin", NULL };

  g_assert_cmpint (sp_rights_get_role (several), ==, SP_ROLE_EDITOR);
  g_assert_cmpint (sp_rights_get_role (admin), ==, SP_ROLE_ADMIN);
  g_assert_cmpint (sp_rights_get_role (NULL), ==, SP_ROLE_NONE);
  g_assert_cmpint (sp_role_from_name (""), ==, SP_ROLE_NONE);
  for (guint role = SP_ROLE_VIEWER; role <= SP_ROLE_ADMIN; role++)
    g_assert_cmpint (sp_role_from_name (sp_role_get_name (role)), ==, role);
}

static void
test_accounts (void)
{
  static const char *const bad[] = { "", "a:b", "a b", "_admin", "a/b", "é", "a\nb" };

  g_assert_true (sp_rights_check_account ("jo.smith-2@example.org", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sp_rights_check_account (bad[i], &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

static void
test_design_document (void)
{
  g_autofree char *json = sp_rights_print_design_document ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) document = sp_node_parse (json, -1, &error);
  const char *source;

  g_assert_no_error (error);
  g_assert_cmpstr (sp_node_get_text (document, "_id"), ==, "_design/signpost");
  source = sp_node_get_text (document, "validate_doc_update");
  g_assert_nonnull (strstr (source, "['asset:', 'asset', 3, 3]"));
  g_assert_nonnull (strstr (source, "['submission:', 'submission', 3, 2]"));
  g_assert_null (strstr (source, "RULES"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rights/table", test_table);
  g_test_add_func ("/rights/roles", test_roles);
  g_test_add_func ("/rights/accounts", test_accounts);
  g_test_add_func ("/rights/design-document", test_design_document);
  return g_test_run ();
}
