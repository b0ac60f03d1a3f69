/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a pair of coordinates as people write and paste it: `54.71, -3.49`, `(54.71,-3.49)`, `54.71N 3.49W`,
 * `54°42′51″N 3°29′41″W`, `POINT (-3.49 54.71)`. The other half of sp-geodesy.h. */
#include "sp-geodesy.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_QUOTE 60 /* bytes of a text that a message repeats */

typedef struct
{
  double value;    /* degrees, signed */
  char   letter;   /* N, S, E, W or 0 */
} Angle;

static const char *
skip (const char *at, const char *characters)
{
  while (*at != '\0' && strchr (characters, *at) != NULL)
    at++;
  return at;
}

/* Digits with at most one point; g_ascii_strtod() alone would take "nan", "inf" and hexadecimals too. */
static gboolean
read_number (const char **at, double *value)
{
  gsize length = strspn (*at, "0123456789");

  if ((*at)[length] == '.')
    length += 1 + strspn (*at + length + 1, "0123456789");
  if (length == 0 || length > 24 || (length == 1 && **at == '.'))
    return FALSE;
  *value = g_ascii_strtod (*at, NULL);
  *at += length;
  return TRUE;
}

/* The sign of degrees (unit 0), minutes (1) or seconds (2), in each of their spellings. */
static gboolean
read_unit (const char **at, int unit)
{
  static const char *const signs[3][6] = {
    { "°", "º", "deg", "d", NULL }, { "′", "’", "'", "m", NULL }, { "″", "”", "\"", "''", "s", NULL }
  };

  *at = skip (*at, " ");
  for (int i = 0; signs[unit][i] != NULL; i++)
    if (g_str_has_prefix (*at, signs[unit][i]))
      {
        *at += strlen (signs[unit][i]);
        return TRUE;
      }
  return FALSE;
}

static char
read_letter (const char **at)
{
  char letter;

  *at = skip (*at, " ");
  letter = g_ascii_toupper (**at);
  if (letter == '\0' || strchr ("NSEW", letter) == NULL)
    return 0;
  (*at)++;
  return letter;
}

/* Minutes and seconds after a degree sign. */
static gboolean
read_parts (const char **at, double *value)
{
  for (int unit = 1; unit <= 2; unit++)
    {
      double part;
      const char *start = *at = skip (*at, " ");

      if (!g_ascii_isdigit (**at))
        return TRUE;
      if (!read_number (at, &part) || part >= 60)
        return FALSE;
      if (!read_unit (at, unit))
        {
          *at = start; /* it belongs to the next angle */
          return TRUE;
        }
      *value += part / (unit == 1 ? 60 : 3600);
    }
  return TRUE;
}

static gboolean
read_angle (const char **at, Angle *angle)
{
  gboolean negative = FALSE;

  angle->letter = read_letter (at);
  *at = skip (*at, " ");
  if (g_str_has_prefix (*at, "−")) /* the minus of typography */
    negative = TRUE, *at += strlen ("−");
  else if (**at == '-' || **at == '+')
    negative = *(*at)++ == '-';
  if (!read_number (at, &angle->value))
    return FALSE;
  if (read_unit (at, 0) && !read_parts (at, &angle->value))
    return FALSE;
  if (angle->letter == 0)
    angle->letter = read_letter (at);
  if (negative)
    angle->value = -angle->value;
  if (angle->letter == 'S' || angle->letter == 'W')
    angle->value = -fabs (angle->value);
  return TRUE;
}

static gboolean
is_north_south (char letter)
{
  return letter == 'N' || letter == 'S';
}

/* Which of the two is the latitude: letters say, then the order that the format asks for, then the place. */
static gboolean
comes_swapped (const Angle *first, const Angle *second, gboolean longitude_first)
{
  if (first->letter != 0 || second->letter != 0)
    return first->letter != 0 ? !is_north_south (first->letter) : is_north_south (second->letter);
  if (longitude_first)
    return TRUE;
  if (sp_geodesy_is_british_isles (first->value, second->value))
    return FALSE;
  return sp_geodesy_is_british_isles (second->value, first->value)
         || (fabs (first->value) > 90 && fabs (second->value) <= 90);
}

static gboolean
read_pair (const char *text, Angle angles[2], gboolean *longitude_first)
{
  const char *at = skip (text, " \t\r\n");

  *longitude_first = g_ascii_strncasecmp (at, "point", 5) == 0; /* well-known text is x, y */
  if (*longitude_first)
    at += 5;
  else if (g_ascii_strncasecmp (at, "geo:", 4) == 0)
    at += 4;
  at = skip (at, " \t([");
  if (!read_angle (&at, &angles[0]))
    return FALSE;
  at = skip (at, " \t,;/");
  if (!read_angle (&at, &angles[1]))
    return FALSE;
  return *skip (at, " \t\r\n)]") == '\0';
}

/* The beginning of a text that may be a whole file, for a message. */
static void
set_error (GError **error, const char *text, const char *what)
{
  g_autofree char *start = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_QUOTE));

  g_set_error (error, SP_ERROR, SP_ERROR_PARSE, _("“%s”: %s"), start, what);
}

/**
 * sp_geodesy_parse_pair:
 * @text: a pair of coordinates, UTF-8
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 * @error: why it is none
 *
 * Either order is recognised where letters say which is which or one order lies in the British Isles; otherwise the
 * latitude comes first.
 *
 * Returns: whether a position on the earth was read
 */
gboolean
sp_geodesy_parse_pair (const char *text, double *latitude, double *longitude, GError **error)
{
  Angle angles[2];
  gboolean longitude_first, swapped;

  if (!read_pair (text, angles, &longitude_first))
    {
      set_error (error, text, _("expected two coordinates such as 54.71, -3.49"));
      return FALSE;
    }
  swapped = comes_swapped (&angles[0], &angles[1], longitude_first);
  if (angles[0].letter != 0 && angles[1].letter != 0
      && is_north_south (angles[0].letter) == is_north_south (angles[1].letter))
    {
      set_error (error, text, _("one coordinate must be north or south, the other east or west"));
      return FALSE;
    }
  if (!sp_geodesy_is_valid (angles[swapped].value, angles[!swapped].value))
    {
      set_error (error, text, _("there is no such place on earth"));
      return FALSE;
    }
  *latitude = angles[swapped].value;
  *longitude = angles[!swapped].value;
  return TRUE;
}
