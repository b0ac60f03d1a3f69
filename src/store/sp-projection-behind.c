/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of what is near may stay behind the other tables: writing it is a fifth of what a first pull does, and a search can
 * do without. So a pull that brings a large part of the store leaves it out, and who tidies the store up writes it, piece by
 * piece.
 *
 * A row's number is the document's newest sequence, so all that is new or changed comes last. The store keeps the last row up
 * to which the index is complete; of the rows after it the index knows nothing. Without that mark it has all. Whoever searches
 * looks for the mark first, and whoever writes a row too. */
#include "sp-projection-private.h"

#include "sp-db-private.h"
#include "sp-tiles.h"

#define DATA_KEY "signpost-near"
#define PIECE 1000           /* rows; nobody who wants to save something waits longer than that takes: some 40 ms */
#define PAUSE_US 10000       /* between two pieces: another program asks again and again whether it may write */
#define LARGE_PART 4         /* a quarter */

/* What is known of the mark until the transaction ends. */
typedef struct
{
  guint  transaction;
  gint64 last;
} Known;

static gboolean
is_in_transaction (SpDb *db)
{
  return !sqlite3_get_autocommit (sp_db_get_handle (db));
}

/* Not by sp_db_get_meta(), to which failing is the same as finding nothing: rows would come into the index twice. */
static gboolean
read_mark (SpDb *db, gint64 *last, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT CAST (value AS INTEGER) FROM meta WHERE key = '" SP_NEAR_MARK "'", error);

  if (stmt == NULL || !sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  *last = has_row ? sqlite3_column_int64 (stmt, 0) : G_MAXINT64;
  return TRUE;
}

/* Within a transaction of the writer nobody else moves the mark. */
static void
remember (SpDb *db, gint64 last)
{
  Known *known = sp_db_get_data (db, DATA_KEY);

  if (known == NULL)
    sp_db_set_data (db, DATA_KEY, known = g_new (Known, 1), g_free);
  *known = (Known){ sp_db_get_transaction (db), last };
}

/**
 * sp_near_get_last:
 * @db: a connection
 * @last: (out): up to which row of `asset` the index of what is near is complete; %G_MAXINT64 if it has all
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Asking again in a transaction of the writing connection costs nothing.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_get_last (SpDb *db, gint64 *last, GError **error)
{
  const Known *known = sp_db_get_data (db, DATA_KEY);
  const gboolean holds = is_in_transaction (db);

  if (known != NULL && holds && known->transaction == sp_db_get_transaction (db))
    {
      *last = known->last;
      return TRUE;
    }
  if (!read_mark (db, last, error))
    return FALSE;
  if (holds)
    remember (db, *last);
  return TRUE;
}

/**
 * sp_near_set_last:
 * @db: the writing connection, inside a transaction
 * @last: the row, or %G_MAXINT64
 * @error: %SP_ERROR
 *
 * Moves the mark, or with %G_MAXINT64 takes it away.
 *
 * Returns: whether that went well
 */
gboolean
sp_near_set_last (SpDb *db, gint64 last, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  const gboolean good = last == G_MAXINT64 ? sp_db_exec (db, "DELETE FROM meta WHERE key = '" SP_NEAR_MARK "'", error)
                                           : sp_db_set_meta (db, SP_NEAR_MARK, mark, error);

  if (good)
    remember (db, last);
  return good;
}

/* Whether so many more are a large part of what is there; an empty store has no part that is not. */
static gboolean
is_large (SpDb *db, guint coming)
{
  return (double) coming * LARGE_PART >= sp_projection_count (db);
}

/**
 * sp_projection_fall_behind:
 * @db: the writing connection, inside a transaction
 * @coming: how many entries are about to come, at least
 * @error: %SP_ERROR; then the transaction must be undone
 *
 * From now on the index of what is near is left as it is, if a quarter of the store or more is coming. Searches find the same.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_fall_behind (SpDb *db, guint coming, GError **error)
{
  gint64 last, seq;

  if (sp_db_get_mode (db) == SP_DB_SERVE)
    return TRUE;
  if (!sp_near_get_last (db, &last, error))
    return FALSE;
  if (last != G_MAXINT64 || !is_large (db, coming))
    return TRUE;
  seq = sp_db_get_seq (db, error);
  return seq >= 0 && sp_near_set_last (db, seq, error);
}

/**
 * sp_projection_is_behind:
 * @db: a connection
 *
 * Returns: whether sp_projection_catch_up() has something to do
 */
gboolean
sp_projection_is_behind (SpDb *db)
{
  gint64 last;

  return sp_near_get_last (db, &last, NULL) && last != G_MAXINT64;
}

/* The rows after @last, by their number, with the words that full text has of them. */
static GArray *
read_piece (SpDb *db, gint64 last, GError **error)
{
  g_autoptr (GArray) piece = g_array_sized_new (FALSE, FALSE, sizeof (SpPlaced), PIECE);
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT n, latitude, longitude, " SP_NEAR_WORDS " FROM asset JOIN text_content ON id = n"
                                        " WHERE n > ? AND latitude IS NOT NULL ORDER BY n LIMIT " G_STRINGIFY (PIECE), error);

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (piece, sp_rows_clear_placed);
  sqlite3_bind_int64 (stmt, 1, last);
  while (sp_db_step (db, stmt, &has_row, error))
    {
      SpPlaced placed = { sqlite3_column_int64 (stmt, 0), 0, sqlite3_column_double (stmt, 1), sqlite3_column_double (stmt, 2), NULL };

      if (!has_row)
        return g_steal_pointer (&piece);
      placed.order = sp_tiles_order (placed.latitude, placed.longitude);
      placed.words = g_strdup ((const char *) sqlite3_column_text (stmt, 3));
      g_array_append_val (piece, placed);
    }
  return NULL;
}

/* The mark goes first, for what comes after it is not written. */
static gboolean
write_piece (SpDb *db, GError **error)
{
  gint64 last;
  g_autoptr (GArray) piece = sp_near_get_last (db, &last, error) ? read_piece (db, last, error) : NULL;

  if (piece == NULL)
    return FALSE;
  last = piece->len < PIECE ? G_MAXINT64 : g_array_index (piece, SpPlaced, piece->len - 1).n;
  sp_rows_sort_placed (piece);
  sp_projection_loosen (db, piece->len);
  return sp_near_set_last (db, last, error) && sp_near_write (db, piece, error);
}

/**
 * sp_projection_catch_up:
 * @db: the writing connection, outside of a transaction
 * @until: when to stop, as g_get_monotonic_time(); if it is past, one piece is written
 * @error: %SP_ERROR
 *
 * Writes what the index of what is near lacks. Each thousand rows have a transaction of their own: what is cut off is gone on
 * with from there. 100,000 rows take some three seconds. Then sp_projection_merge() is due, if sp_projection_is_loose() says so.
 *
 * Returns: whether that went well
 */
gboolean
sp_projection_catch_up (SpDb *db, gint64 until, GError **error)
{
  gboolean good = TRUE;

  while (good && sp_projection_is_behind (db))
    {
      if (!sp_db_begin (db, error))
        return FALSE;
      good = write_piece (db, error) && sp_db_commit (db, error);
      sp_db_rollback (db); /* nothing, if it was committed */
      if (g_get_monotonic_time () >= until)
        break;
      g_usleep (PAUSE_US);
    }
  return good;
}
