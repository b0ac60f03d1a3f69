/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grid references with letters, `NY 035 365` and `J 338 740`. The other half of sp-grid.h. A letter is a square of a
 * five by five alphabet without I, from the north-west; Great Britain has two of them, squares of 500 and of 100 km,
 * Ireland the second only (Ordnance Survey, "A guide to coordinate systems in Great Britain", section 7). */
#include "sp-grid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SQUARE 100000 /* metres */
#define MAX_DIGITS 5
#define MAX_QUOTE 60 /* bytes of a text that a message repeats */

static const char letters[] = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

/* Columns from the west, rows from the south; FALSE for what is no letter of the grid. */
static gboolean
find_letter (char letter, int *column, int *row)
{
  const char *found = letter != '\0' ? strchr (letters, g_ascii_toupper (letter)) : NULL;

  if (found == NULL)
    return FALSE;
  *column = (int) (found - letters) % 5;
  *row = 4 - (int) (found - letters) / 5;
  return TRUE;
}

/* The south-west corner of a square, in squares; @count letters. */
static gboolean
find_square (const char *text, gsize count, int *column, int *row)
{
  int large_column, large_row;

  if (count == 1)
    return find_letter (text[0], column, row);
  if (!find_letter (text[0], &large_column, &large_row) || !find_letter (text[1], column, row))
    return FALSE;
  *column += (large_column - 2) * 5; /* the false origin is the corner of square S */
  *row += (large_row - 1) * 5;
  return TRUE;
}

static double
read_half (const char *digits, gsize count)
{
  double size = SQUARE, value = 0;

  for (gsize i = 0; i < count; i++)
    {
      size /= 10;
      value += (digits[i] - '0') * size;
    }
  return value;
}

/* Leaves letters and digits in @out; FALSE when there is anything else but space, or too much. */
static gboolean
squeeze (const char *text, char *out, gsize room, gsize *n_letters, gsize *n_digits)
{
  gsize length = 0;

  *n_letters = *n_digits = 0;
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text))
        continue;
      if (length + 1 >= room || !g_ascii_isalnum (*text) || (g_ascii_isalpha (*text) && *n_digits > 0))
        return FALSE;
      if (g_ascii_isdigit (*text))
        (*n_digits)++;
      else
        (*n_letters)++;
      out[length++] = *text;
    }
  out[length] = '\0';
  return TRUE;
}

/* The beginning of a text that may be a whole file, for a message. */
static void
set_error (GError **error, const char *text, const char *what)
{
  g_autofree char *start = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_QUOTE));

  g_set_error (error, SP_ERROR, SP_ERROR_PARSE, _("“%s”: %s"), start, what);
}

/**
 * sp_grid_parse_reference:
 * @text: a reference of two letters (Great Britain) or one (Ireland) and 2 to 10 digits, with or without spaces
 * @grid: (out): the grid that it is of
 * @easting: (out): metres, of the middle of the square that it names
 * @northing: (out): metres, of the middle of the square that it names
 * @size: (out) (optional): the side of that square in metres, 1 to 10,000
 * @error: why it is none
 *
 * Returns: whether a reference was read
 */
gboolean
sp_grid_parse_reference (const char *text, SpGrid *grid, double *easting, double *northing, double *size,
                         GError **error)
{
  char squeezed[2 + 2 * MAX_DIGITS + 1];
  gsize n_letters, n_digits;
  int column, row;
  double side = SQUARE;

  if (!squeeze (text, squeezed, sizeof squeezed, &n_letters, &n_digits) || n_letters < 1 || n_letters > 2
      || n_digits < 2 || n_digits > 2 * MAX_DIGITS || n_digits % 2 != 0
      || !find_square (squeezed, n_letters, &column, &row))
    {
      set_error (error, text, _("expected a grid reference such as NY 035 365"));
      return FALSE;
    }
  for (gsize i = 0; i < n_digits / 2; i++)
    side /= 10;
  *grid = n_letters == 2 ? SP_GRID_BRITISH : SP_GRID_IRISH;
  *easting = (double) column * SQUARE + read_half (squeezed + n_letters, n_digits / 2) + side / 2;
  *northing = (double) row * SQUARE + read_half (squeezed + n_letters + n_digits / 2, n_digits / 2) + side / 2;
  if (size != NULL)
    *size = side;
  if (sp_grid_contains (*grid, *easting, *northing))
    return TRUE;
  set_error (error, text, _("the grid has no such square"));
  return FALSE;
}

/**
 * sp_grid_format_reference:
 * @grid: %SP_GRID_BRITISH or %SP_GRID_IRISH
 * @easting: metres
 * @northing: metres
 * @digits: 1 to 5 for each half; 3 names a square of 100 m
 *
 * Returns: (transfer full) (nullable): the reference of the square that holds the point, such as `NY 035 365`; %NULL
 *   if the point is not on the grid, or the grid has no letters
 */
char *
sp_grid_format_reference (SpGrid grid, double easting, double northing, guint digits)
{
  int column, row, divisor = SQUARE, east, north;
  char name[3] = { 0 };

  g_return_val_if_fail (digits >= 1 && digits <= MAX_DIGITS, NULL);
  if (grid == SP_GRID_IRISH_TM || !sp_grid_contains (grid, easting, northing))
    return NULL;
  for (guint i = 0; i < digits; i++)
    divisor /= 10;
  column = (int) easting / SQUARE;
  row = (int) northing / SQUARE;
  east = (int) easting % SQUARE / divisor;
  north = (int) northing % SQUARE / divisor;
  if (grid == SP_GRID_BRITISH)
    name[0] = letters[(3 - row / 5) * 5 + column / 5 + 2];
  name[grid == SP_GRID_BRITISH] = letters[(4 - row % 5) * 5 + column % 5];
  return g_strdup_printf ("%s %0*d %0*d", name, (int) digits, east, (int) digits, north);
}
