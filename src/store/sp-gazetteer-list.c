/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All postcodes whose position is known, for a map that draws a dot for each. */
#include "sp-gazetteer.h"

#define MILLIONTHS 1e-6 /* of a degree, as positions are kept */

/**
 * sp_gazetteer_count_postcodes:
 * @db: a connection
 * @error: %SP_ERROR
 *
 * Returns: how many postcodes have a position; %G_MAXUINT64 with @error set if that cannot be read
 */
guint64
sp_gazetteer_count_postcodes (SpDb *db, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM postcode", error);
  gboolean has_row;

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return G_MAXUINT64;
  return (guint64) sqlite3_column_int64 (stmt, 0);
}

/**
 * sp_gazetteer_foreach_postcode:
 * @db: a connection
 * @func: called for each postcode, in their order
 * @data: for @func
 * @cancellable: (nullable): to give it up
 * @error: %SP_ERROR
 *
 * Returns: whether that went well
 */
gboolean
sp_gazetteer_foreach_postcode (SpDb *db, SpGazetteerFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT lat, lon FROM postcode ORDER BY key", error);
  gboolean has_row = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (has_row)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      if (has_row)
        func ((double) sqlite3_column_int64 (stmt, 0) * MILLIONTHS, (double) sqlite3_column_int64 (stmt, 1) * MILLIONTHS, data);
    }
  return TRUE;
}
