/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present result on the map: all that matches a query, unranked, with its place and the look of its pin. The same
 * plan as sp_search_find() goes by, so the list and the map agree: the list has the first of what the map has all of.
 *
 * Where a query does not look in some part of the map, the store tells only the numbers of the rows, and place and look come
 * from a table in memory, if the connection has one (SpPointCache): to read them from 100,000 rows takes four times as long
 * as to find these. */
#include "sp-points.h"

#include "sp-areas.h"
#include "sp-clock.h"
#include "sp-point-table.h"
#include "sp-search-private.h"

#include <math.h>

#define MOST_DOCS 64 /* that are looked at one by one after a change */

#define RUN_KEY "signpost-points"
#define NEWEST "SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'update_seq'"

/* What a point is made of, in the order of sp_collect()'s arguments. */
#define COLUMNS "a.doc, a.status, a.latitude, a.longitude, a.category, a.overdue"
enum { DOC, STATUS, LATITUDE, LONGITUDE, CATEGORY, OVERDUE, N_COLUMNS };

/* One run of a query. */
typedef struct
{
  SpDb            *db;
  const SpFilters *filters;
  SpArea          *area;  /* owned, nullable */
  SpPointLooks    *looks; /* owned */
  SpPointTable    *table; /* owned, nullable: where the points are taken from */
  gboolean         public; /* take only what is shown */
  guint            near;  /* where in the table the last was found */
  gint32           today;
  GCancellable    *cancellable;
  GArray          *points; /* of SpPoint; not owned */
  guint            total;  /* rows that matched, with a place or without */
} Run;

/* What sp_collect() of a connection fills. */
typedef struct
{
  Run *run; /* NULL while none runs */
} Collector;

static SpPinLook
take_look (Run *run, sqlite3_value **values)
{
  gboolean stale = sqlite3_value_type (values[OVERDUE]) != SQLITE_NULL && sqlite3_value_int (values[OVERDUE]) <= run->today;

  return sp_point_looks_take (run->looks, (const char *) sqlite3_value_text (values[CATEGORY]), sqlite3_value_int (values[STATUS]), stale);
}

/* Whether it is where the query looks; an entry without a place is anywhere. */
static gboolean
is_within (const Run *run, double latitude, double longitude)
{
  const SpFilters *f = run->filters;

  if (f->placed && f->within > 0 && !(sp_geodesy_distance (f->latitude, f->longitude, latitude, longitude) <= f->within))
    return FALSE;
  if (f->boxed && !sp_geodesy_box_contains (&f->box, latitude, longitude))
    return FALSE;
  return run->area == NULL || (!isnan (latitude) && sp_polygon_contains (run->area->outline, latitude, longitude));
}

static double
get_double (sqlite3_value *value)
{
  return sqlite3_value_type (value) == SQLITE_NULL ? NAN : sqlite3_value_double (value);
}

/* sp_collect (doc, status, …): counts a row that matches; if it has a place too, keeps its point. */
static void
collect (sqlite3_context *context, int n, sqlite3_value **values)
{
  Run *run = ((Collector *) sqlite3_user_data (context))->run;
  double latitude = get_double (values[LATITUDE]), longitude = get_double (values[LONGITUDE]);
  SpPoint point = { .doc = sqlite3_value_int64 (values[DOC]) };

  if (!is_within (run, latitude, longitude))
    return;
  run->total++;
  if (isnan (latitude) || isnan (longitude))
    return;
  point.look = take_look (run, values);
  sp_point_place (&point, latitude, longitude);
  g_array_append_val (run->points, point);
}

/* sp_collect_number (n): the same with the number of a row, by the table. */
static void
collect_number (sqlite3_context *context, int n, sqlite3_value **values)
{
  Run *run = ((Collector *) sqlite3_user_data (context))->run;
  const SpPointRow *row = sp_point_table_find (run->table, sqlite3_value_int64 (values[0]), &run->near);

  if (row == NULL || (run->public && !(row->flags & SP_POINT_SHOWN)))
    return;
  run->total++;
  if (row->flags & SP_POINT_PLACED)
    g_array_append_val (run->points, row->point);
}

static void
end_collecting (sqlite3_context *context)
{
  sqlite3_result_null (context);
}

/**
 * sp_points_register:
 * @db: a connection that was just opened
 *
 * Gives the connection the functions that collect points: aggregates, for stepping to each row would take a
 * fifth longer.
 *
 * Returns: whether that went well
 */
gboolean
sp_points_register (SpDb *db)
{
  const int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
  sqlite3 *handle = sp_db_get_handle (db);
  Collector *collector = g_new0 (Collector, 1);

  sp_db_set_data (db, RUN_KEY, collector, NULL); /* the connection's handle frees it */
  return sqlite3_create_function_v2 (handle, "sp_collect", N_COLUMNS, flags, collector, NULL, collect, end_collecting, g_free) == SQLITE_OK
         && sp_point_table_register (db)
         && sqlite3_create_function_v2 (handle, "sp_collect_number", 1, flags, collector, NULL, collect_number, end_collecting, NULL) == SQLITE_OK;
}

/* @plan: that @stmt is of, or NULL. @stmt: gives sp_collect() or sp_collect_number() of all rows */
static gboolean
run_statement (Run *run, SpPlan *plan, sqlite3_stmt *stmt, GArray *points, GError **error)
{
  Collector *collector = sp_db_get_data (run->db, RUN_KEY);
  gboolean has_row, right;

  run->points = points;
  collector->run = run;
  do
    right = sp_db_step (run->db, stmt, &has_row, error);
  while (right && plan != NULL && sp_plan_go_on (plan, stmt));
  collector->run = NULL;
  return right;
}

static gboolean
run_plan (Run *run, SpPlan *plan, GArray *points, GError **error)
{
  gboolean is_empty;
  SpBox box;
  const SpBox *where = sp_search_place_box (run->filters, run->area != NULL ? run->area->outline : NULL, &box, &is_empty);
  SP_DB_STMT *stmt = NULL;

  run->total = 0;
  if (is_empty)
    return TRUE;
  plan->numbers = run->table != NULL;
  plan->columns = plan->numbers ? "sp_collect_number (a.rowid)" : "sp_collect (" COLUMNS ")";
  run->public = plan->public;
  stmt = sp_plan_bind (plan, run->db, where, SP_ORDER_ANY, error);
  return stmt != NULL && !g_cancellable_set_error_if_cancelled (run->cancellable, error) && run_statement (run, plan, stmt, points, error);
}

static gboolean
init_run (Run *run, SpDb *db, SpQuery *query, GCancellable *cancellable, GError **error)
{
  const SpFilters *f = sp_query_get_filters (query);

  *run = (Run){ .db = db, .filters = f, .looks = sp_point_looks_new (), .today = sp_clock_today (), .cancellable = cancellable };
  if (f->area_id == NULL)
    return TRUE;
  run->area = sp_areas_load (db, f->area_id, error);
  return run->area != NULL;
}

static void
clear_run (Run *run)
{
  g_clear_pointer (&run->area, sp_area_free);
  g_clear_pointer (&run->table, sp_point_table_unref);
  g_hash_table_unref (run->looks);
}

/* Once: with all the words, or with @any of them. Gives whether it is to be run again with any. */
static gboolean
find_once (Run *run, gboolean any, GArray *points, gboolean *again, GError **error)
{
  const SpFilters *f = run->filters;
  SpPlan plan;
  gboolean right = sp_plan_init (&plan, run->db, f, any, error) && run_plan (run, &plan, points, error);

  *again = right && !any && run->total == 0 && !f->strict && plan.n_words > 1;
  sp_plan_clear (&plan);
  return right;
}

/* What is asked for no part of the map may go by the table. */
static gboolean
take_table (Run *run, gint64 seq, gboolean everything, GError **error)
{
  const SpFilters *f = run->filters;
  g_autoptr (GError) failure = NULL;

  if (f->boxed || run->area != NULL || (f->placed && f->within > 0))
    return TRUE;
  run->table = sp_point_cache_take (run->db, seq, everything, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
find (Run *run, gint64 seq, gboolean everything, GArray *points, GError **error)
{
  gboolean again = FALSE;

  if (!take_table (run, seq, everything, error))
    return FALSE;
  if (everything && run->table != NULL)
    {
      sp_point_table_list (run->table, points);
      return TRUE;
    }
  return find_once (run, FALSE, points, &again, error) && (!again || find_once (run, TRUE, points, &again, error));
}

/**
 * sp_points_find:
 * @db: a connection
 * @query: what to look for; its place and area looked up; not changed meanwhile
 * @cancellable: (nullable): asked before it begins. To stop what runs, call sp_db_interrupt() from another thread
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Finds the points of all that matches, whatever the query's limit. If nothing has all the words, what has some of them,
 * unless the query is strict.
 *
 * Returns: (element-type SpPoint) (transfer full) (nullable): the points, in no order
 */
GArray *
sp_points_find (SpDb *db, SpQuery *query, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  gboolean right, has_row = FALSE;
  Run run;
  SP_DB_STMT *seq = sp_db_prepare (db, NEWEST, error); /* until it is reset, all statements see the store as it is now */

  if (seq == NULL)
    return NULL;
  right = init_run (&run, db, query, cancellable, error) && sp_db_step (db, seq, &has_row, error)
          && find (&run, has_row ? sqlite3_column_int64 (seq, 0) : 0, !sp_query_has_conditions (query), points, error);
  clear_run (&run);
  return right ? g_steal_pointer (&points) : NULL;
}

static gboolean
collect_docs (SpDb *db, const char *sql, const char *id, GArray *docs, GError **error)
{
  gboolean has_row = TRUE;
  SP_DB_STMT *stmt = sp_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  while (docs->len <= MOST_DOCS)
    {
      if (!sp_db_step (db, stmt, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      g_array_append_val (docs, ((gint64){ sqlite3_column_int64 (stmt, 0) }));
    }
  return TRUE;
}

/* The documents that the change of some concerns: themselves and what happens there. */
static gboolean
list_docs (SpDb *db, const char * const *ids, GArray *docs, GError **error)
{
  for (guint i = 0; ids[i] != NULL && docs->len <= MOST_DOCS; i++)
    if (g_str_has_prefix (ids[i], "asset:")
        && (!collect_docs (db, "SELECT n FROM doc WHERE id = ?", ids[i], docs, error)
            || !collect_docs (db, "SELECT doc FROM asset WHERE venue = ?", ids[i], docs, error)))
      return FALSE;
  return TRUE;
}

/* Whether what matches can have changed for other entries than those that have changed themselves: one with all the words
 * where none was before, or an area with another outline. */
static gboolean
concerns_all (const SpFilters *f, const char * const *ids)
{
  if (f->words != NULL && *f->words != '\0')
    return TRUE;
  for (guint i = 0; f->area_id != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], f->area_id))
      return TRUE;
  return FALSE;
}

/* Only those documents. As many places for values each time, so that there is one statement for all. */
static void
restrict_plan (SpPlan *plan, GArray *docs)
{
  g_string_append (plan->where, " AND a.doc IN (?");
  for (guint i = 0; i < MOST_DOCS; i++)
    {
      SpValue value = { .type = SP_VALUE_INTEGER, .integer = g_array_index (docs, gint64, MIN (i, docs->len - 1)) };

      if (i > 0)
        g_string_append (plan->where, ", ?");
      g_array_append_val (plan->values, value);
    }
  g_string_append_c (plan->where, ')');
}

static GArray *
make_changes (GArray *docs, GArray *points)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (SpPointChange));

  for (guint i = 0; i < docs->len; i++)
    {
      SpPointChange change = { .point.doc = g_array_index (docs, gint64, i) };

      for (guint j = 0; j < points->len && !change.is_there; j++)
        if (g_array_index (points, SpPoint, j).doc == change.point.doc)
          change = (SpPointChange){ g_array_index (points, SpPoint, j), TRUE };
      g_array_append_val (changes, change);
    }
  return changes;
}

/**
 * sp_points_check:
 * @db: a connection
 * @query: as for sp_points_find()
 * @ids: (array zero-terminated=1): documents that have changed
 * @cancellable: (nullable): as there
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Finds what became of some entries, and of what happens in them.
 *
 * Returns: (element-type SpPointChange) (transfer full) (nullable): a change for each; %NULL without an error if so many
 *   are concerned that finding all is as fast
 */
GArray *
sp_points_check (SpDb *db, SpQuery *query, const char * const *ids, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) docs = g_array_new (FALSE, FALSE, sizeof (gint64)), points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  SpPlan plan;
  Run run;
  gboolean right;

  if (concerns_all (sp_query_get_filters (query), ids) || !list_docs (db, ids, docs, error) || docs->len > MOST_DOCS)
    return NULL;
  right = init_run (&run, db, query, cancellable, error);
  if (right && docs->len > 0)
    {
      right = sp_plan_init (&plan, db, run.filters, FALSE, error);
      restrict_plan (&plan, docs);
      right = right && run_plan (&run, &plan, points, error);
      sp_plan_clear (&plan);
    }
  clear_run (&run);
  return right ? make_changes (docs, points) : NULL;
}

/**
 * sp_points_get:
 * @db: a connection
 * @id: document id of an asset
 * @point: (out caller-allocates): where it is and how its pin looks
 * @error: %SP_ERROR_NOT_FOUND if there is none or it has no place
 *
 * Finds the point of one entry, whatever is looked for.
 *
 * Returns: whether it was found
 */
gboolean
sp_points_get (SpDb *db, const char *id, SpPoint *point, GError **error)
{
  g_autoptr (SpQuery) anything = sp_query_new ();
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SpPoint));
  gboolean right;
  Run run;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT sp_collect (" COLUMNS ") FROM doc JOIN asset AS a ON a.doc = doc.n WHERE doc.id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_STATIC);
  right = init_run (&run, db, anything, NULL, error) && run_statement (&run, NULL, stmt, points, error);
  clear_run (&run);
  if (right && points->len == 0)
    g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: not on the map", id);
  if (points->len > 0)
    *point = g_array_index (points, SpPoint, 0);
  return points->len > 0;
}
