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

static gint64
make_row (gint64 n, double latitude, double longitude)
{
  return sp_near_first (sp_tiles_order (latitude, longitude)) + n;
}

/* One row at a time, with its values at hand: a statement that takes them from a SELECT has a savepoint of its own, at which FTS5
 * writes what it has gathered. */
static gboolean
tell (SpDb *db, const char *sql, gint64 row, const char *words, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, row);
  sqlite3_bind_text (stmt, 2, words, -1, SQLITE_STATIC);
  return sp_db_run (db, stmt, error);
}

/* @words: gets NULL if full text knows nothing of it */
static gboolean
read_words (SpDb *db, gint64 n, char **words, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT " SP_NEAR_WORDS " FROM text_content WHERE id = ?", error);

  *words = NULL;
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (has_row)
    *words = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  return TRUE;
}

/**
 * sp_near_join:
 * @columns: (array length=SP_TEXT_COLUMNS): what full text gets
 *
 * Returns: (transfer full): what the index of what is near gets of it, as read_words() would read it
 */
char *
sp_near_join (char *const *columns)
{
  return g_strjoin (" ", columns[SP_TEXT_NAME], columns[SP_TEXT_SUMMARY], columns[SP_TEXT_PLACE], columns[SP_TEXT_DESCRIPTION],
                    columns[SP_TEXT_FACETS], NULL);
}

/**
 * sp_near_add:
 * @db: the writing connection
 * @placed: an asset's row, less than 2³¹, of which full text knows the words already, and where it is
 * @error: %SP_ERROR
 *
 * Adds an asset, unless the index is left behind its row.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_add (SpDb *db, const SpPlaced *placed, GError **error)
{
  g_autofree char *read = NULL;
  gint64 last;

  if (!sp_near_get_last (db, &last, error))
    return FALSE;
  if (placed->n > last)
    return TRUE;
  if (placed->words == NULL && !read_words (db, placed->n, &read, error))
    return FALSE;
  return tell (db, "INSERT INTO near (rowid, words) VALUES (?, ?)", make_row (placed->n, placed->latitude, placed->longitude),
               placed->words != NULL ? placed->words : read, error);
}

/**
 * sp_near_write:
 * @db: the writing connection
 * @placed: (element-type SpPlaced): assets, after sp_rows_sort_placed(): FTS5 begins a new piece of its index with each that does
 *   not come after the one before
 * @error: %SP_ERROR
 *
 * Adds many assets, as sp_near_add() does.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_write (SpDb *db, GArray *placed, GError **error)
{
  for (guint i = 0; i < placed->len; i++)
    if (!sp_near_add (db, &g_array_index (placed, SpPlaced, i), error))
      return FALSE;
  return TRUE;
}

/* Where it is; FALSE in @is_there if it has no position. */
static gboolean
find_row (SpDb *db, gint64 n, gint64 *row, gboolean *is_there, GError **error)
{
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT latitude, longitude FROM asset WHERE n = ? AND latitude IS NOT NULL", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, n);
  if (!sp_db_step (db, stmt, is_there, error))
    return FALSE;
  if (*is_there)
    *row = make_row (n, sqlite3_column_double (stmt, 0), sqlite3_column_double (stmt, 1));
  return TRUE;
}

static gboolean
take_out (SpDb *db, const SpNearGone *gone, GError **error)
{
  return tell (db, "INSERT INTO near (near, rowid, words) VALUES ('delete', ?, ?)", gone->row, gone->words, error);
}

/**
 * sp_near_clear_gone:
 * @gone: an SpNearGone; what it holds is freed, the struct is not
 */
void
sp_near_clear_gone (gpointer gone)
{
  g_free (((SpNearGone *) gone)->words);
}

/**
 * sp_near_remove:
 * @db: the writing connection
 * @n: an asset's row; its other rows are still there
 * @error: %SP_ERROR
 *
 * Takes an asset out, in a batch at its end; nothing if it has no position, or if the index is left behind its row.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_remove (SpDb *db, gint64 n, GError **error)
{
  SpBulk *bulk = sp_bulk_get (db);
  SpNearGone gone = { 0, NULL };
  gboolean is_there, good;
  gint64 last;

  if (!sp_near_get_last (db, &last, error))
    return FALSE;
  if (n > last)
    return TRUE;
  if (!find_row (db, n, &gone.row, &is_there, error) || (is_there && !read_words (db, n, &gone.words, error)))
    return FALSE;
  if (is_there && bulk != NULL)
    {
      g_array_append_val (bulk->gone, gone);
      return TRUE;
    }
  good = !is_there || take_out (db, &gone, error);
  sp_near_clear_gone (&gone);
  return good;
}

static int
compare_gone (gconstpointer a, gconstpointer b)
{
  const SpNearGone *first = a, *second = b;

  return (first->row > second->row) - (first->row < second->row);
}

/**
 * sp_near_write_gone:
 * @db: the writing connection
 * @gone: (element-type SpNearGone): what was collected; is emptied
 * @error: %SP_ERROR
 *
 * Takes many assets out, in the order of the index.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_write_gone (SpDb *db, GArray *gone, GError **error)
{
  g_array_sort (gone, compare_gone);
  for (guint i = 0; i < gone->len; i++)
    if (!take_out (db, &g_array_index (gone, SpNearGone, i), error))
      return FALSE;
  g_array_set_size (gone, 0);
  return TRUE;
}
