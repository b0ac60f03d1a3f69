/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a document's id to the local number by which lists of hits know it. */
#include "sp-store-number.h"

#include <sqlite3.h>

/* On a reader. */
static gpointer
get_number (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  gboolean has_row = FALSE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n FROM doc WHERE id = ?", error);
  gint64 *number;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  if (!sp_db_step (db, stmt, &has_row, error))
    return NULL;
  number = g_new0 (gint64, 1);
  if (has_row)
    *number = sqlite3_column_int64 (stmt, 0);
  return number;
}

/**
 * sp_store_get_number_async:
 * @self: a store
 * @id: document id
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks for the local number of a document: the one of SpHit and SpResultHit.
 */
void
sp_store_get_number_async (SpStore *self, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  sp_store_read_async (self, get_number, g_strdup (id), g_free, g_free, cancellable, callback, user_data);
}

/**
 * sp_store_get_number_finish:
 * @self: a store
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: the number; 0 if there is no such document, or on error
 */
gint64
sp_store_get_number_finish (SpStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = sp_store_call_finish (self, result, error);

  return number != NULL ? *number : 0;
}
