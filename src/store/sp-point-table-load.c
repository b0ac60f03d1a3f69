/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPointTable: read from the store, or renewed after a change. What changed is told by the sequence of documents: the
 * number of an entry's row is its document's newest. */
#include "sp-point-table.h"

#include "sp-kind.h"

#define MOST_CHANGES 2000 /* documents; of more all is read anew */

#define TAKE "sp_take_point (?1, a.n, a.doc, a.status, a.latitude, a.longitude, a.category, a.overdue, a.visible_from, a.visible_until)"
enum { LOADING, N, DOC, STATUS, LATITUDE, LONGITUDE, CATEGORY, OVERDUE, FROM, UNTIL, N_ARGUMENTS };

#define ALL "SELECT " TAKE " FROM asset AS a"
#define NEWER "SELECT " TAKE " FROM asset AS a WHERE a.n > ?2"
#define IN_CHANGED "SELECT " TAKE " FROM doc AS d CROSS JOIN asset AS a ON a.venue = d.id WHERE d.seq > ?2 AND a.n <= ?2"
#define CHANGED "SELECT n FROM doc WHERE seq > ? LIMIT " G_STRINGIFY (MOST_CHANGES) " + 1"

/* What sp_take_point() fills. */
typedef struct
{
  GHashTable *looks; /* SpPointLooks */
  GArray     *rows;  /* of SpPointRow; not owned */
  gint32      day;
} Loading;

#define LOADING_TYPE "signpost-loading-points" /* of the pointer */

static gboolean
is_null (sqlite3_value *value)
{
  return sqlite3_value_type (value) == SQLITE_NULL;
}

static gboolean
is_shown (const Loading *loading, sqlite3_value **values)
{
  return sqlite3_value_int (values[STATUS]) <= SP_STATUS_CLOSED_FOR_NOW
         && (is_null (values[FROM]) || sqlite3_value_int (values[FROM]) <= loading->day)
         && (is_null (values[UNTIL]) || sqlite3_value_int (values[UNTIL]) >= loading->day);
}

/* sp_take_point (loading, n, …): an aggregate, as in sp-points.c. */
static void
take_point (sqlite3_context *context, int n, sqlite3_value **values)
{
  Loading *loading = sqlite3_value_pointer (values[LOADING], LOADING_TYPE);
  SpPointRow row = { .point.doc = sqlite3_value_int64 (values[DOC]), .n = (guint32) sqlite3_value_int64 (values[N]) };
  const gboolean stale = !is_null (values[OVERDUE]) && sqlite3_value_int (values[OVERDUE]) <= loading->day;

  row.point.look = sp_point_looks_take (loading->looks, (const char *) sqlite3_value_text (values[CATEGORY]), sqlite3_value_int (values[STATUS]), stale);
  if (!is_null (values[LATITUDE]) && !is_null (values[LONGITUDE]))
    {
      sp_point_place (&row.point, sqlite3_value_double (values[LATITUDE]), sqlite3_value_double (values[LONGITUDE]));
      row.flags |= SP_POINT_PLACED;
    }
  if (is_shown (loading, values))
    row.flags |= SP_POINT_SHOWN;
  g_array_append_val (loading->rows, row);
}

static void
end_taking (sqlite3_context *context)
{
  sqlite3_result_null (context);
}

/**
 * sp_point_table_register:
 * @db: a connection that was just opened
 *
 * Gives the connection the function that loading needs.
 *
 * Returns: whether that went well
 */
gboolean
sp_point_table_register (SpDb *db)
{
  return sqlite3_create_function_v2 (sp_db_get_handle (db), "sp_take_point", N_ARGUMENTS, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL,
                                     take_point, end_taking, NULL) == SQLITE_OK;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SpPointRow *first = a, *second = b;

  return (first->n > second->n) - (first->n < second->n);
}

static gboolean
is_sorted (const GArray *rows)
{
  for (guint i = 1; i < rows->len; i++)
    if (g_array_index (rows, SpPointRow, i - 1).n > g_array_index (rows, SpPointRow, i).n)
      return FALSE;
  return TRUE;
}

/* @seq: bound as the second value, if not negative. The rows come by rising n, which an aggregate cannot be told to ask for. */
static gboolean
read_rows (SpDb *db, const char *sql, gint32 day, gint64 seq, GArray *rows, GError **error)
{
  g_autoptr (GHashTable) looks = sp_point_looks_new ();
  Loading loading = { looks, rows, day };
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_pointer (stmt, 1, &loading, LOADING_TYPE, NULL);
  if (seq >= 0)
    sqlite3_bind_int64 (stmt, 2, seq);
  if (!sp_db_step (db, stmt, &has_row, error))
    return FALSE;
  if (!is_sorted (rows))
    g_array_sort (rows, compare_rows);
  return TRUE;
}

static GArray *
new_rows (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SpPointRow));
}

/**
 * sp_point_table_load:
 * @db: a connection, in a transaction
 * @seq: the store's newest sequence there
 * @day: what is today, in days since 1970-01-01
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the table of all entries
 */
SpPointTable *
sp_point_table_load (SpDb *db, gint64 seq, gint32 day, GError **error)
{
  g_autoptr (GArray) rows = new_rows ();

  return read_rows (db, ALL, day, -1, rows, error) ? sp_point_table_new (g_steal_pointer (&rows), seq, day) : NULL;
}

/* Marks the documents that have changed since @seq. FALSE if they are too many, or with an error. */
static gboolean
mark_changed (SpDb *db, gint64 seq, guint8 *gone, GError **error)
{
  gboolean has_row = TRUE;
  guint changed = 0;
  SP_DB_STMT *stmt = sp_db_prepare (db, CHANGED, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, seq);
  while (sp_db_step (db, stmt, &has_row, error) && has_row && changed++ < MOST_CHANGES)
    if (sqlite3_column_int64 (stmt, 0) <= seq)
      gone[sqlite3_column_int64 (stmt, 0)] = TRUE;
  return !has_row;
}

/* @fresh: also what was not there before. Both by rising n. */
static GArray *
merge_rows (const GArray *old, const guint8 *gone, const GArray *fresh)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (SpPointRow), old->len + fresh->len);
  guint j = 0;

  for (guint i = 0; i < old->len; i++)
    {
      const SpPointRow *row = &g_array_index (old, SpPointRow, i);

      if (gone[row->point.doc])
        continue;
      for (; j < fresh->len && g_array_index (fresh, SpPointRow, j).n < row->n; j++)
        g_array_append_val (rows, g_array_index (fresh, SpPointRow, j));
      g_array_append_val (rows, *row);
    }
  g_array_append_vals (rows, fresh->data + j * sizeof (SpPointRow), fresh->len - j);
  return rows;
}

/* Whether the store has as many entries as that. It has fewer if a document went without a trace. */
static gboolean
is_complete (SpDb *db, const GArray *rows)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count (*) FROM asset", NULL);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, NULL) && has_row && sqlite3_column_int64 (stmt, 0) == rows->len;
}

/**
 * sp_point_table_renew:
 * @old: a table of the same day
 * @db: a connection, in a transaction
 * @seq: the store's newest sequence there
 * @day: as in @old
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Brings a copy up to date with what changed since: those entries, and what happens in them.
 *
 * Returns: (transfer full) (nullable): the table; %NULL without an error if so much has changed that all is to be loaded
 */
SpPointTable *
sp_point_table_renew (const SpPointTable *old, SpDb *db, gint64 seq, gint32 day, GError **error)
{
  const gint64 before = sp_point_table_get_seq (old);
  g_autofree guint8 *gone = g_new0 (guint8, before + 1); /* by the number of the document, which is its first sequence */
  g_autoptr (GArray) fresh = new_rows ();
  g_autoptr (GArray) rows = NULL;

  if (!mark_changed (db, before, gone, error) || !read_rows (db, IN_CHANGED, day, before, fresh, error))
    return NULL;
  for (guint i = 0; i < fresh->len; i++)
    gone[g_array_index (fresh, SpPointRow, i).point.doc] = TRUE;
  if (!read_rows (db, NEWER, day, before, fresh, error))
    return NULL;
  rows = merge_rows (sp_point_table_get_rows (old), gone, fresh);
  return is_complete (db, rows) ? sp_point_table_new (g_steal_pointer (&rows), seq, day) : NULL;
}
