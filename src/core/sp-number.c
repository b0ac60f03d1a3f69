/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as ECMAScript prints them (ECMA-262, Number::toString), so that a document which passes through
 * JavaScript keeps its canonical form. Integers that a double cannot hold keep their lexeme. */
#include "sp-number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SAFE_INTEGER 9007199254740992.0 /* 2^53 */

/* @value with @count significant digits, in the form "d.ddde±xx". */
static void
format_digits (double value, int count, char *buffer, gsize size)
{
  char format[] = "%.00e";

  format[2] = (char) ('0' + (count - 1) / 10);
  format[3] = (char) ('0' + (count - 1) % 10);
  g_ascii_formatd (buffer, (int) size, format, value);
}

/* Adds one to the last digit; no carry out of the first can occur, since 9.99… rounded up would have been shorter. */
static void
bump_last_digit (char *buffer)
{
  char *p = strchr (buffer, 'e') - 1;

  while (*p == '9' || *p == '.')
    {
      if (*p == '9')
        *p = '0';
      if (p == buffer)
        return;
      p--;
    }
  (*p)++;
}

static gboolean
reads_back (const char *buffer, double value)
{
  return g_ascii_strtod (buffer, NULL) == value;
}

/* At a power of two the doubles below lie half as far apart as those above: the digits rounded to nearest may miss
 * where those rounded up read back. */
static gboolean
try_digits (double value, int count, char *buffer, gsize size)
{
  int exponent;

  format_digits (value, count, buffer, size);
  if (reads_back (buffer, value))
    return TRUE;
  if (frexp (value, &exponent) != 0.5)
    return FALSE;
  bump_last_digit (buffer);
  return reads_back (buffer, value);
}

/* The fewest digits that read back as the same double. No two numbers of up to 15 digits share a double, but for the
 * subnormal ones, which have fewer bits: there every count is tried. */
static void
shortest_digits (double value, char *digits, int *exponent)
{
  char buffer[40];
  char *e;
  int n = 0;

  for (int count = value < DBL_MIN ? 1 : 15; count <= 17; count++)
    if (try_digits (value, count, buffer, sizeof buffer))
      break;
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

/* A plain decimal of so few digits that its double has no shorter: only closing zeros go. FALSE if it is not one, or
 * so small that ECMAScript writes an exponent. */
static gboolean
append_plain_decimal (GString *out, const char *lexeme)
{
  const char *number = *lexeme == '-' ? lexeme + 1 : lexeme;
  gsize length = strlen (number), zeros = strspn (number, ".0");

  if (length > 16 || strchr (number, '.') == NULL || strspn (number, ".0123456789") != length || zeros == length
      || zeros > strlen ("0.00000"))
    return FALSE;
  while (number[length - 1] == '0')
    length--;
  if (number[length - 1] == '.')
    length--;
  g_string_append_len (out, lexeme, number + length - lexeme);
  return TRUE;
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
  if (append_plain_decimal (out, lexeme))
    return;
  value = g_ascii_strtod (lexeme, NULL);
  if (integer && fabs (value) >= MAX_SAFE_INTEGER) /* 2^53 + 1 reads as 2^53 */
    g_string_append (out, lexeme);
  else
    sp_number_append_double (out, value);
}
