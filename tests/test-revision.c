/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revision ids: what is one, which leaf wins, and how ours are made. */
#include "sp-revision.h"

#include <string.h>

static void
test_parse (void)
{
  guint32 generation;
  const char *hash;

  g_assert_true (sp_revision_parse ("3-0b7e", &generation, &hash));
  g_assert_cmpuint (generation, ==, 3);
  g_assert_cmpstr (hash, ==, "0b7e");
  g_assert_true (sp_revision_parse ("2147483647-a-b", &generation, &hash));
  g_assert_cmpuint (generation, ==, 2147483647);
  g_assert_cmpstr (hash, ==, "a-b");
  g_assert_true (sp_revision_parse ("1-é", NULL, NULL));
}

static void
test_refused (void)
{
  static const char * const bad[] = { "", "3", "3-", "-a", "0-1", "01-a", "2147483648-a", "99999999999999999999999-a",
                                      "+1-a", "1 -a", "1-a b", "1-a\n", "1-\x7f", "1-\xff", "x-a", "1.0-a" };
  g_autofree char *longest = g_strnfill (SP_REVISION_MAX_HASH, 'a');
  g_autofree char *fits = g_strconcat ("1-", longest, NULL);
  g_autofree char *too_long = g_strconcat (fits, "a", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *shown = g_strescape (bad[i], NULL);
      g_test_message ("“%s”", shown);
      g_assert_false (sp_revision_parse (bad[i], NULL, NULL));
    }
  g_assert_false (sp_revision_parse (NULL, NULL, NULL));
  g_assert_true (sp_revision_parse (fits, NULL, NULL));
  g_assert_false (sp_revision_parse (too_long, NULL, NULL));
}

static void
test_order (void)
{
  static const struct { gboolean deleted; const char *rev; } sorted[] = {
    { FALSE, "10-a" }, { FALSE, "3-d" }, { FALSE, "3-a" }, { FALSE, "3-B" }, { FALSE, "2-d" },
    { TRUE, "11-z" }, { TRUE, "4-d" }, { TRUE, "4-1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sorted); k++)
      {
        int order = sp_revision_compare (sorted[i].deleted, sorted[i].rev, sorted[k].deleted, sorted[k].rev);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > k) - (i < k));
      }
}

/* The digests were made with sha256sum: printf '0\n\n{"v":1}' | sha256sum */
static void
test_make (void)
{
  g_autofree char *first = sp_revision_make (FALSE, NULL, "{\"v\":1}");
  g_autofree char *second = sp_revision_make (FALSE, "1-abc", "{\"v\":1}");
  g_autofree char *tombstone = sp_revision_make (TRUE, "9-abc", "{}");

  g_assert_cmpstr (first, ==, "1-ae0193efbce2bc7eba0632f1a3a86dc4");
  g_assert_cmpstr (second, ==, "2-47bcd9e4cc96ee3475e9025cd164b357");
  g_assert_cmpstr (tombstone, ==, "10-094e0911fa67d1ccc0fae5417cc70601");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/revision/parse", test_parse);
  g_test_add_func ("/revision/refused", test_refused);
  g_test_add_func ("/revision/order", test_order);
  g_test_add_func ("/revision/make", test_make);
  return g_test_run ();
}
