/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published lists of postcodes and places of Great Britain and Northern Ireland, as their owners describe them:
 * Code-Point Open (Ordnance Survey, "Code-Point Open technical specification": 10 columns, no header), OS Open Names ("OS
 * Open Names technical specification": 34 columns, no header) and the ONS Postcode Directory ("ONSPD user guide": a header
 * whose names change from year to year; the National Statistics Postcode Lookup has the same ones). */
#include "sp-place-table.h"

#include "sp-geodesy.h"
#include "sp-grid.h"
#include "sp-postcode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_POINT_CELLS 10
#define OPEN_NAMES_CELLS 34
#define NO_POSITION "90" /* Code-Point's "positional quality" of a postcode that is nowhere yet */
#define NOWHERE 90.0     /* degrees north; the ONS writes 99.999999 */

/* Columns of OS Open Names. */
enum { ID = 0, NAME_1 = 2, NAME_2 = 4, TYPE = 6, LOCAL_TYPE = 7, X = 8, Y = 9, DISTRICT = 21, COUNTY = 24, COUNTRY = 29 };

/* ── What a file is ── */

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* The column of the first of these names, the best one first; -1 if there is none. */
static int
find_column (const SpCsvRow *row, const char * const *names)
{
  for (guint k = 0; names[k] != NULL; k++)
    for (guint i = 0; i < row->n_cells; i++)
      if (g_ascii_strcasecmp (row->cells[i], names[k]) == 0)
        return (int) i;
  return -1;
}

/* The header of a list of the ONS. */
static gboolean
init_onspd (SpPlaceTable *self, const SpCsvRow *row)
{
  static const char * const postcodes[] = { "pcds", "pcd8", "pcd2", "pcd7", "pcd", NULL };
  static const char * const latitudes[] = { "lat", NULL };
  static const char * const longitudes[] = { "long", NULL };
  static const char * const eastings[] = { "oseast1m", "east1m", NULL };
  static const char * const northings[] = { "osnrth1m", "north1m", NULL };
  static const char * const ends[] = { "doterm", NULL };

  *self = (SpPlaceTable){ SP_FILE_ONSPD, find_column (row, postcodes), find_column (row, latitudes),
                          find_column (row, longitudes), find_column (row, eastings), find_column (row, northings),
                          find_column (row, ends), row->n_cells };
  return self->postcode >= 0
         && ((self->latitude >= 0 && self->longitude >= 0) || (self->easting >= 0 && self->northing >= 0));
}

/* The ONS gives each postcode in two or three spellings, which no list of anything else does. */
static gboolean
spells_postcodes_twice (const SpCsvRow *row)
{
  guint spellings = 0;

  for (guint i = 0; i < row->n_cells; i++)
    spellings += g_ascii_strncasecmp (row->cells[i], "pcd", 3) == 0 && strlen (row->cells[i]) <= 4;
  return spellings >= 2;
}

static gboolean
is_code_point (const SpCsvRow *row)
{
  const char * const *cell = row->cells;
  g_autofree char *postcode = NULL;

  if (row->n_cells != CODE_POINT_CELLS)
    return FALSE;
  if (g_ascii_strcasecmp (cell[0], "Postcode") == 0)
    return g_ascii_strncasecmp (cell[1], "Positional_quality", strlen ("Positional_quality")) == 0;
  if (!is_number (cell[1]) || !is_number (cell[2]) || !is_number (cell[3]) || strlen (cell[4]) != 9)
    return FALSE;
  postcode = sp_postcode_normalise (cell[0]);
  return postcode != NULL;
}

static gboolean
is_open_names (const SpCsvRow *row)
{
  return row->n_cells == OPEN_NAMES_CELLS
         && (g_str_has_prefix (row->cells[ID], "osgb")
             || (strcmp (row->cells[0], "ID") == 0 && strcmp (row->cells[1], "NAMES_URI") == 0));
}

/**
 * sp_place_table_guess:
 * @row: the first row of a table
 *
 * Returns: which published list of postcodes or places begins so; %SP_FILE_UNKNOWN if none does
 */
SpFileKind
sp_place_table_guess (const SpCsvRow *row)
{
  SpPlaceTable table;

  if (is_open_names (row))
    return SP_FILE_OS_OPEN_NAMES;
  if (is_code_point (row))
    return SP_FILE_CODE_POINT_OPEN;
  return spells_postcodes_twice (row) && init_onspd (&table, row) ? SP_FILE_ONSPD : SP_FILE_UNKNOWN;
}

/**
 * sp_place_table_init:
 * @self: (out caller-allocates): the columns
 * @kind: what the list is
 * @row: its first row
 *
 * Returns: whether @row is a header, and says nothing itself
 */
gboolean
sp_place_table_init (SpPlaceTable *self, SpFileKind kind, const SpCsvRow *row)
{
  if (kind == SP_FILE_ONSPD)
    return init_onspd (self, row);
  if (kind == SP_FILE_CODE_POINT_OPEN)
    {
      *self = (SpPlaceTable){ kind, 0, -1, -1, 2, 3, -1, CODE_POINT_CELLS };
      return row->n_cells > 0 && g_ascii_strcasecmp (row->cells[0], "Postcode") == 0;
    }
  *self = (SpPlaceTable){ kind, NAME_1, -1, -1, X, Y, -1, OPEN_NAMES_CELLS };
  return row->n_cells > 0 && strcmp (row->cells[0], "ID") == 0;
}

/* ── One row ── */

/* A number, and nothing else. */
static gboolean
read_number (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

/* Where the row is; FALSE if it says that it is nowhere. What cannot be read is told. */
static gboolean
read_position (const SpPlaceTable *self, const SpCsvRow *row, SpRecord *record, double *latitude, double *longitude)
{
  gboolean degrees = self->latitude >= 0 && self->longitude >= 0;
  const char *y = row->cells[degrees ? self->latitude : self->northing];
  const char *x = row->cells[degrees ? self->longitude : self->easting];
  double northing, easting;

  if (*y == '\0' || *x == '\0')
    return FALSE;
  if (!read_number (y, &northing) || !read_number (x, &easting))
    {
      sp_record_skip (record, NULL, _("“%s” and “%s” are no position"), x, y);
      return FALSE;
    }
  if (degrees ? northing > NOWHERE : (northing <= 0 && easting <= 0))
    return FALSE;
  if (degrees)
    {
      *latitude = northing;
      *longitude = easting;
    }
  else if (!sp_grid_to_wgs84 (SP_GRID_BRITISH, easting, northing, latitude, longitude))
    {
      sp_record_skip (record, NULL, _("%s, %s is not on the British National Grid"), x, y);
      return FALSE;
    }
  if (sp_geodesy_is_british_isles (*latitude, *longitude))
    return TRUE;
  sp_record_skip (record, NULL, _("%s, %s is not in these islands"), y, x);
  return FALSE;
}

static void
read_postcode (const SpPlaceTable *self, const SpCsvRow *row, SpRecord *record)
{
  g_autofree char *postcode = sp_postcode_normalise (row->cells[self->postcode]);
  double latitude, longitude;

  if (postcode == NULL)
    {
      sp_record_skip (record, NULL, _("“%s” is not a postcode"), row->cells[self->postcode]);
      return;
    }
  if (self->ended >= 0 && *row->cells[self->ended] != '\0')
    return;
  if (self->kind == SP_FILE_CODE_POINT_OPEN && strcmp (row->cells[1], NO_POSITION) == 0)
    return;
  /* Northern Ireland has a grid of its own, in which the ONS gives its postcodes */
  if (self->latitude < 0 && g_str_has_prefix (postcode, "BT"))
    return;
  if (read_position (self, row, record, &latitude, &longitude))
    record->place = sp_known_place_new_postcode (postcode, latitude, longitude);
}

static SpPlaceSize
read_size (const char *local_type)
{
  static const struct { const char *word; SpPlaceSize size; } sizes[] = {
    { "City", SP_PLACE_CITY },     { "Town", SP_PLACE_TOWN },            { "Village", SP_PLACE_VILLAGE },
    { "Hamlet", SP_PLACE_HAMLET }, { "Suburban Area", SP_PLACE_SUBURB },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (strcmp (sizes[i].word, local_type) == 0)
      return sizes[i].size;
  return SP_PLACE_OTHER;
}

static void
read_settlement (const SpPlaceTable *self, const SpCsvRow *row, SpRecord *record)
{
  const char *county = row->cells[*row->cells[COUNTY] != '\0' ? COUNTY : DISTRICT];
  gint64 id = g_ascii_strtoll (row->cells[ID] + strcspn (row->cells[ID], "0123456789"), NULL, 10);
  double latitude, longitude;

  if (id <= 0 || id == G_MAXINT64 || *row->cells[NAME_1] == '\0')
    {
      sp_record_skip (record, NULL, _("a place has no name or no number"));
      return;
    }
  if (!read_position (self, row, record, &latitude, &longitude))
    return;
  record->place = sp_known_place_new (id, row->cells[NAME_1], *county != '\0' ? county : NULL,
                                      *row->cells[COUNTRY] != '\0' ? row->cells[COUNTRY] : NULL,
                                      read_size (row->cells[LOCAL_TYPE]), latitude, longitude);
  if (*row->cells[NAME_2] != '\0')
    record->place->other_name = g_strdup (row->cells[NAME_2]);
}

/**
 * sp_place_table_read:
 * @self: the columns of a list
 * @row: one below its header
 *
 * A postcode that was given up, or is nowhere, becomes a record that is left out without a word.
 *
 * Returns: (transfer full) (nullable): what the row became; %NULL if it is of a kind that a gazetteer has no use for, such as
 *   a road
 */
SpRecord *
sp_place_table_read (const SpPlaceTable *self, const SpCsvRow *row)
{
  g_autoptr (SpRecord) record = sp_record_new (row->number);

  if (row->problem != NULL)
    sp_record_skip (record, NULL, "%s", row->problem);
  else if (row->n_cells != self->n_cells)
    sp_record_skip (record, NULL, _("%u cells where %u are expected"), row->n_cells, self->n_cells);
  else if (self->kind != SP_FILE_OS_OPEN_NAMES || strcmp (row->cells[LOCAL_TYPE], "Postcode") == 0)
    read_postcode (self, row, record);
  else if (strcmp (row->cells[TYPE], "populatedPlace") == 0)
    read_settlement (self, row, record);
  else
    return NULL;
  return g_steal_pointer (&record);
}
