/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the first rows is the header: above it there may be a title, a date, a note. */
#include "sp-header.h"

#include "sp-column-content.h"

#include <string.h>

/* Whether a person named that column: "Column=field". */
static gboolean
is_mapped (const char *cell, const char * const *maps)
{
  gsize n = strlen (cell);

  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    if (n > 0 && g_ascii_strncasecmp (maps[i], cell, n) == 0 && maps[i][n] == '=')
      return TRUE;
  return FALSE;
}

static gboolean
names_entries (SpColumnField field)
{
  return field == SP_COLUMN_NAME || field == SP_COLUMN_ORGANISATION || field == SP_COLUMN_VENUE;
}

/* How many cells are the name of a column; 0 if none can be the name of an entry. *filled tells how many there are. */
static guint
count_headers (GPtrArray *row, const char * const *maps, guint *filled)
{
  gboolean named = row->len > 0 && strcmp (g_ptr_array_index (row, 0), "_id") == 0; /* our own export */
  guint n = 0;

  *filled = 0;
  for (guint i = 0; i < row->len; i++)
    {
      const char *cell = g_ptr_array_index (row, i);
      gboolean mapped = is_mapped (cell, maps);
      guint rank;
      SpColumnField field = *cell != '\0' ? sp_column_recognise (cell, &rank) : SP_COLUMN_NONE;

      *filled += *cell != '\0';
      n += mapped || field != SP_COLUMN_NONE;
      named = named || mapped || names_entries (field);
    }
  return named && (n == *filled || !sp_column_content_is_row (row)) ? n : 0;
}

/**
 * sp_header_find:
 * @rows: (element-type GPtrArray): the first rows, of cells that are not %NULL; at least one
 * @maps: (nullable) (array zero-terminated=1): what a person said of columns
 *
 * The first row is the header, unless it could not be one and a later one of several cells, one of them for the name,
 * could.
 *
 * Returns: the index of the header
 */
guint
sp_header_find (GPtrArray *rows, const char * const *maps)
{
  for (guint i = 0; i < MIN (rows->len, SP_HEADER_LOOK); i++)
    {
      guint filled, n = count_headers (g_ptr_array_index (rows, i), maps, &filled);
      if (n > 0 && filled > 1)
        return i;
    }
  return 0;
}

/**
 * sp_header_is_missing:
 * @rows: (element-type GPtrArray): the first rows, of cells that are not %NULL
 * @maps: (nullable) (array zero-terminated=1): what a person said of columns
 * @entry: (out): the index of the first entry, if there is no header
 *
 * Returns: whether the list begins with its first entry: none of the rows could be a header, and the first one of several
 *   cells holds what no header does
 */
gboolean
sp_header_is_missing (GPtrArray *rows, const char * const *maps, guint *entry)
{
  guint filled;

  for (guint i = 0; i < MIN (rows->len, SP_HEADER_LOOK); i++)
    if (count_headers (g_ptr_array_index (rows, i), maps, &filled) > 0)
      return FALSE;
  for (guint i = 0; i < MIN (rows->len, SP_HEADER_LOOK); i++)
    {
      count_headers (g_ptr_array_index (rows, i), NULL, &filled);
      *entry = i;
      if (filled > 1)
        return sp_column_content_is_row (g_ptr_array_index (rows, i));
    }
  return FALSE;
}

/**
 * sp_header_is_upper:
 * @upper: (element-type utf8): a header that has cells over several columns
 * @below: (element-type utf8): the row below it
 *
 * An entry has something below the name; the lower row of a header has not.
 *
 * Returns: whether @below is part of the header too
 */
gboolean
sp_header_is_upper (GPtrArray *upper, GPtrArray *below)
{
  for (guint i = 0; i < upper->len; i++)
    {
      guint rank;
      if (names_entries (sp_column_recognise (g_ptr_array_index (upper, i), &rank)))
        return i >= below->len || *(const char *) g_ptr_array_index (below, i) == '\0';
    }
  return FALSE;
}

/**
 * sp_header_join:
 * @group: what stands above several columns, such as "Chair"; may be empty
 * @header: what stands below it above one column, such as "Phone"; may be empty
 *
 * Returns: (transfer full): both, unless the group says nothing that the column needs
 */
char *
sp_header_join (const char *group, const char *header)
{
  g_autofree char *both = NULL;
  guint rank;

  if (*group == '\0' || *header == '\0' || strcmp (group, header) == 0)
    return g_strdup (*header != '\0' ? header : group);
  both = g_strdup_printf ("%s %s", group, header);
  if (sp_column_recognise (both, &rank) == SP_COLUMN_NONE && sp_column_recognise (header, &rank) != SP_COLUMN_NONE)
    return g_strdup (header);
  return g_steal_pointer (&both);
}
