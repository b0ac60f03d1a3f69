/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as ECMAScript prints them (ECMA-262, Number::toString), so that a document which passes through
 * JavaScript keeps its canonical form. Integers that a double cannot hold keep their lexeme. */
#include "sp-number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SAFE_INTEGER 9007199254740992.0 /* 2^53 */

/* The fewest digits that read back as the same double, in the form "d.ddde±xx". */
static void
shortest_digits (double value, char *digits, int *exponent)
{
  char buffer[40];
  char *e;
  int n = 0;

  for (int precision = 0; precision <= 16; precision++)
    {
      char format[] = "%.00e";
      format[2] = (char) ('0' + precision / 10);
      format[3] = (char) ('0' + precision % 10);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  e = strchr (buffer, 'e');
  *exponent = atoi (e + 1);
  for (char *p = buffer; p < e; p++)
    if (g_ascii_isdigit (*p))
      digits[n++] = *p;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  digits[n] = '\0';
}

/**
 * sp_number_append_double:
 * @out: where the text goes
 * @value: a finite number
 *
 * Appends @value as ECMAScript's `String(value)` prints it.
 */
void
sp_number_append_double (GString *out, double value)
{
  char digits[24];
  int exponent, n;

  if (value == 0.0)
    {
      g_string_append_c (out, '0');
      return;
    }
  if (value < 0)
    {
      g_string_append_c (out, '-');
      value = -value;
    }
  shortest_digits (value, digits, &exponent);
  n = (int) strlen (digits);

  if (exponent >= 0 && exponent < 21)
    {
      for (int i = 0; i <= exponent; i++)
        g_string_append_c (out, i < n ? digits[i] : '0');
      if (n > exponent + 1)
        g_string_append_printf (out, ".%s", digits + exponent + 1);
    }
  else if (exponent < 0 && exponent >= -6)
    {
      g_string_append (out, "0.");
      for (int i = -1; i > exponent; i--)
        g_string_append_c (out, '0');
      g_string_append (out, digits);
    }
  else
    {
      g_string_append_c (out, digits[0]);
      if (n > 1)
        g_string_append_printf (out, ".%s", digits + 1);
      g_string_append_printf (out, "e%+d", exponent);
    }
}

/**
 * sp_number_append_canonical:
 * @out: where the text goes
 * @lexeme: a JSON number that the gate let through
 *
 * Appends the canonical form of a JSON number: as ECMAScript prints its double, but an integer beyond
 * 2⁵³ as it was written.
 */
void
sp_number_append_canonical (GString *out, const char *lexeme)
{
  gsize digits = strspn (lexeme, "-0123456789");
  gboolean integer = lexeme[digits] == '\0';
  double value;

  if (integer && digits <= 15)
    {
      g_string_append (out, strcmp (lexeme, "-0") == 0 ? "0" : lexeme);
      return;
    }
  value = g_ascii_strtod (lexeme, NULL);
  if (integer && fabs (value) > MAX_SAFE_INTEGER)
    g_string_append (out, lexeme);
  else
    sp_number_append_double (out, value);
}
