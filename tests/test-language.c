/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of the session as documents name it. */
#include "sp-language.h"

static const struct
{
  const char *session;
  const char *tag;
  const char *code;
} sessions[] = {
  { "en_GB.UTF-8", "en-GB", "en" },
  { "cy_GB.UTF-8", "cy-GB", "cy" },
  { "cy", "cy", "cy" },
  { "pl_PL.UTF-8@euro", "pl-PL", "pl" },
  { "sr@latin", "sr", "sr" },
  { "cy_GB:en_GB", "cy-GB", "cy" },
};

static void
test_sessions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autofree char *tag = NULL, *code = NULL;

      g_setenv ("LANGUAGE", sessions[i].session, TRUE);
      tag = sp_language_get_tag ();
      code = sp_language_get_code ();
      g_assert_cmpstr (tag, ==, sessions[i].tag);
      g_assert_cmpstr (code, ==, sessions[i].code);
    }
}

/* Where nothing is set, texts are as their keepers wrote them, and that is British English. */
static void
test_none (void)
{
  g_autofree char *tag = NULL;

  g_unsetenv ("LANGUAGE");
  g_setenv ("LC_ALL", "C", TRUE);
  tag = sp_language_get_tag ();
  g_assert_cmpstr (tag, ==, "en-GB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/language/sessions", test_sessions);
  g_test_add_func ("/language/none", test_none);
  return g_test_run ();
}
