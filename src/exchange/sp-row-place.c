/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an entry of a list is: its address, from one cell or many, and its position, from degrees, a pair in one
 * cell, or the national grid. */
#include "sp-row.h"

#include "sp-cells.h"
#include "sp-geodesy.h"
#include "sp-grid.h"
#include "sp-postcode.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LEAST_METRES 1000 /* every place in Britain is farther from the corner of the grid: less is a slip in degrees */

/* --- address --- */

/* The postcode at the end of an address, which is cut off there; NULL if there is none. */
static char *
cut_postcode (char *address)
{
  for (char *p = address + strlen (address); p > address; p--)
    {
      gsize length = strlen (p);
      g_autofree char *postcode = NULL;

      if (length > 9)
        return NULL;
      if (length < 5 || (p[-1] != ' ' && p[-1] != ','))
        continue;
      postcode = sp_postcode_normalise (p);
      if (postcode == NULL)
        continue;
      while (p > address && strchr (" ,.", p[-1]) != NULL)
        p--;
      *p = '\0';
      return g_steal_pointer (&postcode);
    }
  return NULL;
}

/* Cuts the last part of an address off where it says once more what @town is. */
static gboolean
cut_town (char *address, const char *town)
{
  gsize length = strlen (address), tail = town != NULL ? strlen (town) : 0;
  char *at = address + length - tail;

  if (tail == 0 || length <= tail + 2 || g_ascii_strcasecmp (at, town) != 0 || (at[-1] != ' ' && at[-1] != ','))
    return FALSE;
  while (at > address && (at[-1] == ' ' || at[-1] == ','))
    *--at = '\0';
  return TRUE;
}

/* A line break between two parts of an address is as good as a comma. */
static char *
one_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize n = strlen (g_strstrip (lines[i]));
      while (n > 0 && strchr (", ", lines[i][n - 1]) != NULL)
        lines[i][--n] = '\0';
      if (n > 0)
        g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", lines[i]);
    }
  return g_string_free (line, FALSE);
}

static void
add_line (GPtrArray *lines, const char *text)
{
  const char *last = lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;

  if (text == NULL || *text == '\0' || g_strcmp0 (last, text) == 0)
    return;
  if (last != NULL && g_str_has_prefix (text, last) && strchr (",\n", text[strlen (last)]) != NULL)
    g_ptr_array_remove_index (lines, lines->len - 1); /* the venue, said again at the head of the address */
  g_ptr_array_add (lines, one_line (text));
}

static void
set_lines (SpNode *address, GPtrArray *lines)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  for (guint i = 1; i < lines->len; i++)
    g_string_append_printf (rest, "%s%s", rest->len > 0 ? ", " : "", (const char *) g_ptr_array_index (lines, i));
  sp_node_set_text (address, "line_1", lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL);
  sp_node_set_text (address, "line_2", rest->str);
}

/* Whether a cell that should hold an address, under a word such as "Location", holds a pair of degrees. */
static gboolean
is_position (const char *text)
{
  double latitude, longitude;

  return text != NULL && strchr (text, '.') != NULL && sp_geodesy_parse_pair (text, &latitude, &longitude, NULL);
}

/* A cell with the whole address stays one line; only what is surely its postcode or town is taken off its end. */
static char *
split_whole_address (const SpRow *row, char **postcode, const char **city)
{
  const char *text = sp_row_get (row, SP_COLUMN_ADDRESS);
  const char *area = sp_row_get (row, SP_COLUMN_AREA);
  g_autofree char *found = NULL;
  char *address;

  if (text == NULL || is_position (text))
    return NULL;
  address = one_line (text);
  found = cut_postcode (address);
  if (*postcode == NULL)
    *postcode = g_steal_pointer (&found);
  if (!cut_town (address, *city) && *city == NULL && cut_town (address, area))
    *city = area;
  return address;
}

/**
 * sp_row_read_postcode:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): the postcode, or the part of one, as it is written
 */
char *
sp_row_read_postcode (const SpRow *self)
{
  SpPostcodeKind kind;
  const char *text = sp_row_get (self, SP_COLUMN_POSTAL_CODE);

  return text != NULL ? sp_postcode_read (text, &kind) : NULL;
}

static void
add_address (SpRow *row)
{
  static const SpColumnField fields[] = { SP_COLUMN_VENUE, SP_COLUMN_LINE_1, SP_COLUMN_LINE_2, SP_COLUMN_LINE_3 };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpNode) address = sp_node_new_object ();
  g_autofree char *postcode = sp_row_read_postcode (row);
  g_autofree char *whole = NULL;
  const char *city = sp_row_get (row, SP_COLUMN_CITY);
  int column = sp_row_next (row, SP_COLUMN_POSTAL_CODE, -1);

  if (column >= 0 && postcode == NULL)
    sp_row_problem (row, column, _("“%s” is not a postcode"), row->clean[column]);
  whole = split_whole_address (row, &postcode, &city);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (i == 1) /* the street follows the building */
        add_line (lines, whole);
      for (int k = -1; (k = sp_row_next (row, fields[i], k)) >= 0;)
        add_line (lines, row->clean[k]);
    }
  set_lines (address, lines);
  sp_node_set_text (address, "city", city);
  sp_node_set_text (address, "county", sp_row_get (row, SP_COLUMN_COUNTY));
  sp_node_set_text (address, "postal_code", postcode);
  sp_node_set_text (address, "uprn", sp_row_get (row, SP_COLUMN_UPRN));
  if (sp_node_get_length (address) > 0)
    sp_node_set (row->body, "address", g_steal_pointer (&address));
}

/* --- position --- */

/**
 * sp_row_set_position:
 * @body: an asset
 * @latitude: degrees north, WGS 84, as JSON writes numbers
 * @longitude: degrees east
 * @accuracy: (nullable): how exact it is, see the asset's `location.accuracy`
 *
 * Returns: %FALSE if there is no such place on earth, or only the one where the axes cross, which nobody means
 */
gboolean
sp_row_set_position (SpNode *body, const char *latitude, const char *longitude, const char *accuracy)
{
  double lat = g_ascii_strtod (latitude, NULL), lon = g_ascii_strtod (longitude, NULL);
  SpNode *location;

  if (!sp_geodesy_is_valid (lat, lon) || (lat == 0 && lon == 0))
    return FALSE;
  location = sp_node_new_object ();
  sp_node_set (location, "latitude", sp_node_new_lexeme (latitude));
  sp_node_set (location, "longitude", sp_node_new_lexeme (longitude));
  sp_node_set_text (location, "accuracy", accuracy);
  sp_node_set (body, "location", location);
  return TRUE;
}

static gboolean
set_degrees (SpRow *row, int column, const char *latitude, const char *longitude)
{
  double lat = g_ascii_strtod (latitude, NULL), lon = g_ascii_strtod (longitude, NULL);

  if (!sp_geodesy_is_british_isles (lat, lon) && sp_geodesy_is_british_isles (lon, lat))
    {
      const char *swap = latitude;
      latitude = longitude;
      longitude = swap;
      sp_row_problem (row, column, _("latitude and longitude stand in each other's column; they were exchanged"));
    }
  if (sp_row_set_position (row->body, latitude, longitude, NULL))
    return TRUE;
  sp_row_problem (row, column, _("%s, %s is not a position on the map"), latitude, longitude);
  return FALSE;
}

static gboolean
set_grid (SpRow *row, int column, SpGrid grid, double easting, double northing)
{
  double lat, lon;
  char latitude[32], longitude[32];

  if (easting < LEAST_METRES || northing < LEAST_METRES || !sp_grid_to_wgs84 (grid, easting, northing, &lat, &lon))
    {
      sp_row_problem (row, column, _("%.0f, %.0f is not a position on the national grid"), easting, northing);
      return FALSE;
    }
  g_ascii_formatd (latitude, sizeof latitude, "%.6f", lat); /* 0.1 m; the transformation is good to 5 m */
  g_ascii_formatd (longitude, sizeof longitude, "%.6f", lon);
  return sp_row_set_position (row->body, latitude, longitude, NULL);
}

/* Two columns, x and y: degrees, or metres of the national grid where the numbers are too large for degrees. */
static gboolean
read_two_columns (SpRow *row, SpColumnField y_field, SpColumnField x_field)
{
  int y_column = sp_row_next (row, y_field, -1), x_column = sp_row_next (row, x_field, -1);
  g_autofree char *y = y_column >= 0 ? sp_cell_number (row->clean[y_column]) : NULL;
  g_autofree char *x = x_column >= 0 ? sp_cell_number (row->clean[x_column]) : NULL;

  if (y_column < 0 || x_column < 0)
    return FALSE;
  if (y == NULL || x == NULL)
    {
      sp_row_problem (row, y == NULL ? y_column : x_column, _("“%s” is not a coordinate"),
                      row->clean[y == NULL ? y_column : x_column]);
      return FALSE;
    }
  if (fabs (g_ascii_strtod (x, NULL)) > 180 || fabs (g_ascii_strtod (y, NULL)) > 180)
    return set_grid (row, x_column, SP_GRID_BRITISH, g_ascii_strtod (x, NULL), g_ascii_strtod (y, NULL));
  return set_degrees (row, y_column, y, x);
}

/* One cell with a position: a pair of degrees in any order, or a grid reference. */
static void
read_one_cell (SpRow *row)
{
  int column = sp_row_next (row, SP_COLUMN_COORDINATES, -1);
  g_autoptr (GError) error = NULL;
  SpGrid grid;
  double lat, lon;

  if (column < 0 && is_position (sp_row_get (row, SP_COLUMN_ADDRESS)))
    column = sp_row_next (row, SP_COLUMN_ADDRESS, -1);
  if (column < 0)
    return;
  if (sp_grid_parse_reference (row->clean[column], &grid, &lon, &lat, NULL, NULL))
    {
      set_grid (row, column, grid, lon, lat);
      return;
    }
  if (!sp_geodesy_parse_pair (row->clean[column], &lat, &lon, &error))
    {
      sp_row_problem (row, column, "%s", error->message);
      return;
    }
  g_autoptr (SpNode) y = sp_node_new_number (lat);
  g_autoptr (SpNode) x = sp_node_new_number (lon);
  set_degrees (row, column, sp_node_get_lexeme (y), sp_node_get_lexeme (x));
}

/**
 * sp_row_add_place:
 * @self: a row
 *
 * Adds address and location.
 */
void
sp_row_add_place (SpRow *self)
{
  add_address (self);
  if (!read_two_columns (self, SP_COLUMN_LATITUDE, SP_COLUMN_LONGITUDE)
      && !read_two_columns (self, SP_COLUMN_NORTHING, SP_COLUMN_EASTING))
    read_one_cell (self);
}
