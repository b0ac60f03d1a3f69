/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of what is near: the words and facets of full text once more, for all that has a position, in the order of the
 * map instead of the order of changes. What lies in one part of the map so stands together in each list, and a search there
 * reads what is there and no more, however much the country has.
 *
 * The row's number is where on the map it is, sp_tiles_order(), and then the asset's row. FTS5 keeps no text here: to take a
 * row out it is told again what it was told. */
#include "sp-projection-private.h"

#include "sp-tiles.h"

#define N_BITS 31

#define WORDS "name || ' ' || summary || ' ' || place || ' ' || description || ' ' || facets"

/**
 * sp_near_first:
 * @order: where on the map, sp_tiles_order()
 *
 * Returns: the least number of a row that is there
 */
gint64
sp_near_first (guint64 order)
{
  return (gint64) (order << N_BITS);
}

/**
 * sp_near_last:
 * @order: where on the map, sp_tiles_order()
 *
 * Returns: the greatest number of a row that is there
 */
gint64
sp_near_last (guint64 order)
{
  return (gint64) (((order + 1) << N_BITS) - 1);
}

static gboolean
run (SpDb *db, const char *sql, gint64 n, double latitude, double longitude, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, sp_near_first (sp_tiles_order (latitude, longitude)) + n);
  sqlite3_bind_int64 (stmt, 2, n);
  return sp_db_run (db, stmt, error);
}

/**
 * sp_near_add:
 * @db: the writing connection
 * @n: an asset's row, less than 2³¹, of which full text knows the words already
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east
 * @error: %SP_ERROR
 *
 * Adds an asset. Of many those first that come first on the map: FTS5 begins a new piece of its index with each that does not.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_add (SpDb *db, gint64 n, double latitude, double longitude, GError **error)
{
  return run (db, "INSERT INTO near (rowid, words) SELECT ?1, " WORDS " FROM text WHERE rowid = ?2", n, latitude, longitude, error);
}

/**
 * sp_near_remove:
 * @db: the writing connection
 * @n: an asset's row; full text still knows its words
 * @error: %SP_ERROR
 *
 * Takes an asset out; nothing if it has no position.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_remove (SpDb *db, gint64 n, GError **error)
{
  double latitude, longitude;
  gboolean has_row;
  {
    SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT latitude, longitude FROM asset WHERE n = ? AND latitude IS NOT NULL", error);

    if (stmt == NULL)
      return FALSE;
    sqlite3_bind_int64 (stmt, 1, n);
    if (!sp_db_step (db, stmt, &has_row, error))
      return FALSE;
    latitude = sqlite3_column_double (stmt, 0);
    longitude = sqlite3_column_double (stmt, 1);
  }
  return !has_row
         || run (db, "INSERT INTO near (near, rowid, words) SELECT 'delete', ?1, " WORDS " FROM text WHERE rowid = ?2", n, latitude,
                 longitude, error);
}
