/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in the canonical form: what ECMAScript's String(Number(lexeme)) gives, as a JavaScript engine printed it. */
#include "sp-number.h"

#include <math.h>

static const struct
{
  const char *lexeme;
  const char *canonical;
} as_javascript[] = {
  { "0", "0" },
  { "-0", "0" },
  { "0.0", "0" },
  { "-0.0", "0" },
  { "1", "1" },
  { "-1", "-1" },
  { "1.0", "1" },
  { "-1.50", "-1.5" },
  { "100", "100" },
  { "1E2", "100" },
  { "1e2", "100" },
  { "100e-2", "1" },
  { "1e21", "1e+21" },
  { "1e20", "100000000000000000000" },
  { "1e-6", "0.000001" },
  { "1e-7", "1e-7" },
  { "0.000001", "0.000001" },
  { "0.0000001", "1e-7" },
  { "-0.0000001", "-1e-7" },
  { "0.00000123", "0.00000123" },
  { "0.1", "0.1" },
  { "0.10", "0.1" },
  { "0.30000000000000004", "0.30000000000000004" },
  { "123456789012345680000", "123456789012345680000" },
  { "123456789012345680000.0", "123456789012345680000" },
  { "5e-324", "5e-324" },
  { "3e-324", "5e-324" },
  { "2.2250738585072014e-308", "2.2250738585072014e-308" },
  { "2.225073858507201e-308", "2.225073858507201e-308" },
  { "1.7976931348623157e308", "1.7976931348623157e+308" },
  { "9007199254740991", "9007199254740991" },
  { "9007199254740992", "9007199254740992" },
  { "9007199254740992.0", "9007199254740992" },
  { "-9007199254740992", "-9007199254740992" },
  { "999999999999999", "999999999999999" },
  { "1000000000000000", "1000000000000000" },
  { "1e15", "1000000000000000" },
  { "1e16", "10000000000000000" },
  { "123456789.123456789", "123456789.12345679" },
  { "54.7143", "54.7143" },
  { "-3.4947", "-3.4947" },
  { "0.5", "0.5" },
  { "1e-400", "0" },
  { "4.35", "4.35" },
  { "2.675", "2.675" },
  { "1.005", "1.005" },
  { "1e23", "1e+23" },
  { "1.2e-10", "1.2e-10" },
  { "5.684341886080801486968994140625e-14", "5.684341886080802e-14" },
  { "9.5367431640625e-7", "9.5367431640625e-7" },
  { "1e100", "1e+100" },
  { "4503599627370496.5", "4503599627370496" },
  { "4503599627370497.5", "4503599627370498" },
  { "10.00", "10" },
  { "1234567890123.45", "1234567890123.45" },
  { "12345678901234.56", "12345678901234.56" },
  { "0.12345678901234", "0.12345678901234" },
  { "0.000001234567890", "0.00000123456789" },
  { "1e5", "100000" },
  { "12e-1", "1.2" },
};

/* A double cannot hold these: they stay as they were written. */
static const char * const kept[] = {
  "9007199254740993", "-9007199254740993", "12345678901234567890", "123456789012345678901234567890",
  "1000000000000000000000", "9223372036854775807", "-9223372036854775808",
};

static void
check_canonical (const char *lexeme, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sp_number_append_canonical (out, lexeme);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_as_javascript (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (as_javascript); i++)
    check_canonical (as_javascript[i].lexeme, as_javascript[i].canonical);
}

static void
test_kept (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    check_canonical (kept[i], kept[i]);
}

/* Whatever is printed reads back as the same double, and is canonical already. */
static void
check_double (double value)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);

  sp_number_append_double (out, value);
  g_assert_cmpfloat (g_ascii_strtod (out->str, NULL), ==, value);
  sp_number_append_canonical (again, out->str);
  g_assert_cmpstr (again->str, ==, out->str);
}

static void
test_reads_back (void)
{
  for (int exponent = -1074; exponent < 1024; exponent++)
    {
      double power = ldexp (1.0, exponent);
      check_double (power);
      check_double (-power);
      check_double (nextafter (power, 0.0));
      if (exponent < 1023)
        check_double (nextafter (power, INFINITY));
    }
}

static void
test_reads_back_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);

  for (guint i = 0; i < 20000; i++)
    {
      check_double (g_rand_double_range (random, -180.0, 180.0));
      check_double (ldexp (g_rand_double (random) + 1e-9, g_rand_int_range (random, -1000, 1000)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/number/as-javascript", test_as_javascript);
  g_test_add_func ("/number/kept", test_kept);
  g_test_add_func ("/number/reads-back", test_reads_back);
  g_test_add_func ("/number/reads-back-random", test_reads_back_random);
  return g_test_run ();
}
