/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column is by what stands in it, for lists whose headers say nothing known, or that have none. Only content that
 * can be nothing else counts; what is a name and what an address is asked only where no header tells. */
#include "sp-column-content.h"

#include "sp-cells.h"
#include "sp-geodesy.h"
#include "sp-grid.h"
#include "sp-postcode.h"

#include <string.h>

#define ENOUGH 80 /* per cent of the cells that say something */

static const char *
get_cell (GPtrArray *row, guint column)
{
  return column < row->len ? g_ptr_array_index (row, column) : "";
}

typedef gboolean (*Test) (const char *cell);

static gboolean
is_postcode (const char *cell)
{
  SpPostcodeKind kind;
  g_autofree char *postcode = sp_postcode_read (cell, &kind);

  return postcode != NULL && kind == SP_POSTCODE_UNIT;
}

static gboolean
is_email (const char *cell)
{
  g_autoptr (GPtrArray) emails = g_ptr_array_new_with_free_func (g_free);

  sp_cell_emails (cell, emails);
  return emails->len == 1 && strlen (cell) <= strlen (g_ptr_array_index (emails, 0)) + strlen ("mailto:");
}

static gboolean
is_url (const char *cell)
{
  g_autofree char *url = strchr (cell, '@') == NULL && strpbrk (cell, " \n\t") == NULL ? sp_cell_url (cell, FALSE) : NULL;

  return url != NULL;
}

/* Not "location.latitude", which stands above columns. */
static gboolean
is_plain_url (const char *cell)
{
  g_autofree char *url = sp_cell_url (cell, TRUE);

  return url != NULL;
}

static gboolean
is_phone (const char *cell)
{
  g_autoptr (GPtrArray) phones = g_ptr_array_new_with_free_func (g_free);

  if (strspn (cell, "0123456789 -()+./Oo") < strlen (cell) || strlen (cell) > 40)
    return FALSE;
  sp_cell_phones (cell, phones);
  return phones->len > 0 && strchr ("0+(OoL12378", ((const char *) g_ptr_array_index (phones, 0))[0]) != NULL;
}

static gboolean
is_pair (const char *cell)
{
  double latitude, longitude;

  return strchr (cell, '.') != NULL && sp_geodesy_parse_pair (cell, &latitude, &longitude, NULL);
}

static gboolean
is_number (const char *cell, double *value)
{
  char *end;

  *value = g_ascii_strtod (cell, &end);
  return end != cell && *end == '\0';
}

/* Within the British Isles, and with enough digits to be a place. */
static gboolean
is_latitude (const char *cell)
{
  const char *point = strchr (cell, '.');
  double value;

  return point != NULL && strlen (point) > 3 && is_number (cell, &value) && value > 49 && value < 61.5;
}

static gboolean
is_longitude (const char *cell)
{
  const char *point = strchr (cell, '.');
  double value;

  return point != NULL && strlen (point) > 3 && is_number (cell, &value) && value > -11 && value < 2.5;
}

/* Metres on the national grid: six digits, perhaps with decimals. */
static gboolean
is_metres (const char *cell)
{
  double value;

  return strlen (cell) >= 5 && is_number (cell, &value) && value >= 1000 && value < 1300000;
}

static gboolean
is_hours (const char *cell)
{
  static const char * const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  g_autofree char *plain = g_ascii_strdown (cell, -1);

  if (strpbrk (cell, "0123456789") == NULL || strlen (cell) > 200)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (strstr (plain, days[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_address (const char *cell)
{
  static const char * const words[] = { " street", " road", " lane", " avenue", " close", " drive", " square", " terrace",
                                        " st,", " rd", " ave", " way", " place", " court", " hill", " row" };
  g_autofree char *plain = g_ascii_strdown (cell, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (plain, words[i]) != NULL)
      return strlen (cell) < 200;
  return FALSE;
}

/* Words that a person would call something by. */
static gboolean
is_name (const char *cell)
{
  const char *letter = cell;

  while (*letter != '\0' && !g_unichar_isalpha (g_utf8_get_char (letter)))
    letter = g_utf8_next_char (letter);
  return *letter != '\0' && g_utf8_strlen (cell, -1) <= 120 && !is_email (cell) && !is_url (cell) && !is_postcode (cell);
}

/* Whether nearly all cells of a column that say something pass; at least one must. */
static gboolean
all_are (GPtrArray *rows, guint column, Test test)
{
  guint n = 0, passed = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *cell = sp_cell_clean (get_cell (g_ptr_array_index (rows, i), column));
      n += cell != NULL;
      passed += cell != NULL && test (cell);
    }
  return n > 0 && passed * 100 >= n * ENOUGH;
}

/* A list has one of each name; a column of few values is a kind, a ward or a yes. */
static gboolean
mostly_differ (GPtrArray *rows, guint column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (seen, (gpointer) get_cell (g_ptr_array_index (rows, i), column));
  return g_hash_table_size (seen) * 10 >= rows->len * 8;
}

static gboolean
are_on_grid (GPtrArray *rows, guint column)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      double easting, northing;
      if (!is_number (get_cell (g_ptr_array_index (rows, i), column), &easting)
          || !is_number (get_cell (g_ptr_array_index (rows, i), column + 1), &northing))
        continue;
      if (!sp_grid_contains (SP_GRID_BRITISH, easting, northing))
        return FALSE;
      n++;
    }
  return n > 0;
}

/* Two columns side by side that are a position only together. */
static void
guess_pairs (GPtrArray *rows, guint n, SpColumnField *fields)
{
  for (guint i = 0; i + 1 < n; i++)
    {
      SpColumnField first = SP_COLUMN_NONE, second = SP_COLUMN_NONE;

      if (fields[i] != SP_COLUMN_NONE || fields[i + 1] != SP_COLUMN_NONE)
        continue;
      if (all_are (rows, i, is_latitude) && all_are (rows, i + 1, is_longitude))
        first = SP_COLUMN_LATITUDE, second = SP_COLUMN_LONGITUDE;
      else if (all_are (rows, i, is_longitude) && all_are (rows, i + 1, is_latitude))
        first = SP_COLUMN_LONGITUDE, second = SP_COLUMN_LATITUDE;
      else if (all_are (rows, i, is_metres) && all_are (rows, i + 1, is_metres) && are_on_grid (rows, i))
        first = SP_COLUMN_EASTING, second = SP_COLUMN_NORTHING;
      if (first == SP_COLUMN_NONE)
        continue;
      fields[i] = first;
      fields[i + 1] = second;
      return;
    }
}

static const struct { SpColumnField field; Test test; } certain[] = {
  { SP_COLUMN_POSTAL_CODE, is_postcode }, { SP_COLUMN_EMAIL, is_email }, { SP_COLUMN_URL, is_url },
  { SP_COLUMN_COORDINATES, is_pair },     { SP_COLUMN_PHONE, is_phone },
};

/**
 * sp_column_content_guess:
 * @rows: (element-type GPtrArray): some rows below the header, of cells that are not %NULL
 * @n_columns: how many columns there are
 * @fields: (inout) (array length=n_columns): what is known of them; what is %SP_COLUMN_NONE is guessed, if it can be
 *   nothing else
 *
 * Finds postcodes, telephone numbers, e-mail addresses, web addresses and positions, each once.
 */
void
sp_column_content_guess (GPtrArray *rows, guint n_columns, SpColumnField *fields)
{
  gboolean known[SP_N_COLUMN_FIELDS] = { FALSE };

  for (guint i = 0; i < n_columns; i++)
    known[fields[i]] = TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (certain); k++)
    for (guint i = 0; i < n_columns && !known[certain[k].field]; i++)
      if (fields[i] == SP_COLUMN_NONE && all_are (rows, i, certain[k].test))
        {
          fields[i] = certain[k].field;
          known[certain[k].field] = TRUE;
        }
  if (!known[SP_COLUMN_LATITUDE] && !known[SP_COLUMN_EASTING] && !known[SP_COLUMN_COORDINATES])
    guess_pairs (rows, n_columns, fields);
}

/**
 * sp_column_content_is_row:
 * @row: (element-type utf8): the first row of a list
 *
 * Returns: whether it is an entry already, and no header: a header does not hold a postcode, a number or an address
 */
gboolean
sp_column_content_is_row (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    {
      g_autofree char *cell = sp_cell_clean (g_ptr_array_index (row, i));
      for (guint k = 0; cell != NULL && k < G_N_ELEMENTS (certain); k++)
        if (certain[k].field == SP_COLUMN_URL ? is_plain_url (cell) : certain[k].test (cell))
          return TRUE;
      if (cell != NULL && (is_latitude (cell) || is_metres (cell)))
        return TRUE;
    }
  return FALSE;
}

/* The first column that is still free and passes. */
static void
take_first (GPtrArray *rows, guint n, SpColumnField *fields, SpColumnField field, Test test, gboolean unlike)
{
  for (guint i = 0; i < n; i++)
    if (fields[i] == SP_COLUMN_NONE && all_are (rows, i, test) && (!unlike || mostly_differ (rows, i)))
      {
        fields[i] = field;
        return;
      }
}

static const char *
get_title (SpColumnField field)
{
  static const struct { SpColumnField field; const char *title; } titles[] = {
    { SP_COLUMN_NAME, "Name" },           { SP_COLUMN_ADDRESS, "Address" },     { SP_COLUMN_WORDS, "Opening times" },
    { SP_COLUMN_POSTAL_CODE, "Postcode" }, { SP_COLUMN_PHONE, "Phone" },         { SP_COLUMN_EMAIL, "Email" },
    { SP_COLUMN_URL, "Website" },         { SP_COLUMN_COORDINATES, "Coordinates" }, { SP_COLUMN_LATITUDE, "Latitude" },
    { SP_COLUMN_LONGITUDE, "Longitude" }, { SP_COLUMN_EASTING, "Easting" },     { SP_COLUMN_NORTHING, "Northing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].field == field)
      return titles[i].title;
  return "";
}

/**
 * sp_column_content_name:
 * @rows: (element-type GPtrArray): some rows of a list without a header, of cells that are not %NULL
 *
 * Returns: (transfer full) (element-type utf8): what might stand above the columns; empty where nobody knows
 */
GPtrArray *
sp_column_content_name (GPtrArray *rows)
{
  GPtrArray *header = g_ptr_array_new_with_free_func (g_free);
  g_autofree SpColumnField *fields = NULL;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n = MAX (n, ((GPtrArray *) g_ptr_array_index (rows, i))->len);
  fields = g_new0 (SpColumnField, n);
  sp_column_content_guess (rows, n, fields);
  take_first (rows, n, fields, SP_COLUMN_WORDS, is_hours, FALSE);
  take_first (rows, n, fields, SP_COLUMN_ADDRESS, is_address, FALSE);
  take_first (rows, n, fields, SP_COLUMN_NAME, is_name, TRUE);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (header, g_strdup (get_title (fields[i])));
  return header;
}
