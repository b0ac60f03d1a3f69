/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching: runs a query, ranks what it found, and loads what is on screen. At most SP_SEARCH_BOUND entries are
 * ranked: all that match if they are so few, else the nearest or the freshest of them. */
#include "sp-search-private.h"

#include "sp-areas.h"
#include "sp-clock.h"
#include "sp-projection-private.h"
#include "sp-terms.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_RING 10.0 /* metres */
#define WIDER 2.0 /* how much wider the next ring is at least */
#define MUCH_WIDER 16.0 /* and at most */
#define NEARLY_ALL 0.5 /* of how far we look: a ring so wide is not worth it */
#define NO_RING 1.0 /* metres between two rings that are one */
#define SAFETY 2.0 /* how many more than should do the next ring is meant to hold */
#define PER_WANTED 40 /* entries of any sort in the first ring for each that is wanted */
#define MOST_COUNTED 10000 /* entries; but no more, as they are counted */
#define LAST_RING 600000.0 /* beyond it the whole store is as near */
#define OVERDUE 0.5f /* what is left of an entry's fit when a fact is twice overdue */

/* One run of a query, with what all its steps need. */
typedef struct
{
  SpDb            *db;
  const SpFilters *filters;
  const SpPolygon *outline; /* of the area */
  GCancellable    *cancellable;
  SpQueryOrder     order;
  gint32           today;
  GStringChunk    *strings;
  SpPlan           plan;
} Search;

/* A hit while it is ranked. */
typedef struct
{
  SpHit hit;
  char *name; /* folded; only when ordered by name */
} Candidate;

/**
 * sp_search_register:
 * @db: a connection that was just opened
 * @error: %SP_ERROR
 *
 * Gives the connection the functions that searching needs.
 *
 * Returns: whether that went well
 */
gboolean
sp_search_register (SpDb *db, GError **error)
{
  if (sp_fit_register (sp_db_get_handle (db)) && sp_points_register (db))
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_FAILED, "This SQLite has no full text search (FTS5)");
  return FALSE;
}

/**
 * sp_hits_free:
 * @hits: (transfer full): hits
 */
void
sp_hits_free (SpHits *hits)
{
  g_array_unref (hits->hits);
  g_clear_pointer (&hits->first, g_ptr_array_unref);
  g_string_chunk_free (hits->strings);
  g_free (hits);
}

static SpQueryOrder
order_of (const SpFilters *f)
{
  if (f->order == SP_ORDER_DISTANCE && !f->placed)
    return SP_ORDER_FRESHNESS;
  if (f->order != SP_ORDER_NATURAL)
    return f->order;
  if (f->placed)
    return SP_ORDER_DISTANCE;
  return f->words != NULL && *f->words != '\0' ? SP_ORDER_FIT : SP_ORDER_FRESHNESS;
}

static void
clear_candidate (gpointer data)
{
  g_free (((Candidate *) data)->name);
}

static GArray *
new_candidates (void)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_set_clear_func (candidates, clear_candidate);
  return candidates;
}

static double
column_double (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double (stmt, column);
}

/* Where the row is; FALSE if that is not where we look. @radius: metres, or 0. */
static gboolean
take_place (const Search *search, sqlite3_stmt *stmt, double radius, SpHit *hit)
{
  const SpFilters *f = search->filters;

  hit->latitude = column_double (stmt, 4);
  hit->longitude = column_double (stmt, 5);
  hit->distance = NAN;
  if (f->placed && !isnan (hit->latitude))
    hit->distance = sp_geodesy_distance (f->latitude, f->longitude, hit->latitude, hit->longitude);
  if (radius > 0 && !(hit->distance <= radius))
    return FALSE;
  if (f->boxed && !sp_geodesy_box_contains (&f->box, hit->latitude, hit->longitude))
    return FALSE;
  return search->outline == NULL
         || (!isnan (hit->latitude) && sp_polygon_contains (search->outline, hit->latitude, hit->longitude));
}

/* In the order of COLUMNS in sp-search-sql.c. */
static gboolean
take_row (const Search *search, sqlite3_stmt *stmt, double radius, Candidate *candidate)
{
  SpHit *hit = &candidate->hit;
  const char *category = (const char *) sqlite3_column_text (stmt, 6);

  *candidate = (Candidate){ .hit.n = sqlite3_column_int64 (stmt, 0), .hit.doc = sqlite3_column_int64 (stmt, 1) };
  if (!take_place (search, stmt, radius, hit))
    return FALSE;
  hit->kind = (guint8) sqlite3_column_int (stmt, 2);
  hit->status = (guint8) sqlite3_column_int (stmt, 3);
  hit->category = category != NULL ? g_string_chunk_insert_const (search->strings, category) : NULL;
  hit->fit = (float) sqlite3_column_double (stmt, 9);
  if (sqlite3_column_type (stmt, 7) != SQLITE_NULL && sqlite3_column_int (stmt, 7) <= search->today)
    hit->fit *= OVERDUE;
  if (search->order == SP_ORDER_NAME)
    candidate->name = sp_terms_fold ((const char *) sqlite3_column_text (stmt, 8));
  return TRUE;
}

/* Takes the rows of a statement that was bound; keeps at most @bound. @full: whether there are more. */
static gboolean
take_rows (Search *search, sqlite3_stmt *stmt, double radius, guint bound, GArray *candidates, gboolean *full, GError **error)
{
  gboolean has_row = TRUE;

  while (sp_db_step (search->db, stmt, &has_row, error))
    {
      Candidate candidate;

      if (!has_row)
        return TRUE;
      if (!take_row (search, stmt, radius, &candidate))
        continue;
      *full = candidates->len == bound;
      if (*full)
        {
          clear_candidate (&candidate);
          return TRUE;
        }
      g_array_append_val (candidates, candidate);
    }
  return FALSE;
}

/* Runs the statement for a box, and keeps at most @bound rows. @full: whether there are more. */
static gboolean
run (Search *search, const SpBox *box, double radius, guint bound, GArray *candidates, gboolean *full, GError **error)
{
  SP_DB_STMT *stmt = sp_plan_bind (&search->plan, search->db, box, search->order, error);

  *full = FALSE;
  g_array_set_size (candidates, 0);
  if (stmt == NULL)
    return FALSE;
  do
    if (g_cancellable_set_error_if_cancelled (search->cancellable, error)
        || !take_rows (search, stmt, radius, bound, candidates, full, error))
      return FALSE;
  while (!*full && sp_plan_go_on (&search->plan, stmt));
  return TRUE;
}

/* Where to look for what is in a ring; FALSE if none of that is in the query's box. */
static gboolean
ring_box (const SpFilters *f, double radius, SpBox *box)
{
  sp_geodesy_circle_box (f->latitude, f->longitude, radius, box);
  return !f->boxed || sp_geodesy_box_intersect (box, &f->box, box);
}

/* The first ring: it holds so many entries of any sort. Counting costs next to nothing; and who lives on an island has
 * nobody near, and then many. */
static double
first_ring (Search *search, double last)
{
  const SpFilters *f = search->filters;
  const guint entries = MIN (PER_WANTED * f->limit, MOST_COUNTED);
  double radius;

  for (radius = FIRST_RING; radius < last; radius *= 2)
    {
      SpBox box;

      if (ring_box (f, radius, &box) && sp_plan_count_in_box (search->db, &box, entries) >= entries)
        break;
    }
  return MIN (radius, last);
}

/* How much wider the next ring shall be, if outside there are as many as in one that held only @found. */
static double
widen (guint found, guint wanted)
{
  return CLAMP (sqrt (SAFETY * wanted / MAX (found, 0.5)), WIDER, MUCH_WIDER);
}

/* Looks in rings around the place until one holds enough, but not too many to keep. All that a ring leaves out is further
 * away, so the first of it are truly the nearest.
 * @enough: whether there was such a ring. */
static gboolean
run_rings (Search *search, GArray *candidates, gboolean *enough, GError **error)
{
  const SpFilters *f = search->filters;
  const guint wanted = f->limit, bound = MAX (SP_SEARCH_BOUND, wanted);
  const double last = f->within > 0 ? f->within : LAST_RING;
  double too_few = 0, too_many = last, radius = first_ring (search, last);

  *enough = FALSE;
  while (!*enough && radius < NEARLY_ALL * last && too_many - too_few > NO_RING)
    {
      gboolean full;
      SpBox box;

      if (!ring_box (f, radius, &box))
        {
          full = FALSE;
          g_array_set_size (candidates, 0);
        }
      else if (!run (search, &box, radius, bound, candidates, &full, error))
        return FALSE;
      *enough = !full && candidates->len >= wanted;
      *(full ? &too_many : &too_few) = radius;
      radius = full ? (too_few + too_many) / 2 : radius * widen (candidates->len, wanted);
      if (too_many < last)
        radius = MIN (radius, (too_few + too_many) / 2);
    }
  return TRUE;
}

/* Whether so much is around that the nearest few are better looked for in rings. */
static gboolean
is_crowded (Search *search, const SpBox *outer)
{
  if (search->order != SP_ORDER_DISTANCE || search->filters->limit == 0)
    return FALSE;
  return outer != NULL ? sp_plan_count_in_box (search->db, outer, SP_SEARCH_COUNTED) == SP_SEARCH_COUNTED : sp_plan_count_all (search->db) >= SP_SEARCH_COUNTED;
}

static int
compare_distances (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_candidates (gconstpointer first, gconstpointer second, gpointer data)
{
  const Candidate *a = first, *b = second;
  SpQueryOrder order = ((const Search *) data)->order;
  int result = 0;

  if (order == SP_ORDER_FIT)
    result = (a->hit.fit < b->hit.fit) - (a->hit.fit > b->hit.fit);
  else if (order == SP_ORDER_NAME)
    result = strcmp (a->name, b->name);
  if (result == 0 && order != SP_ORDER_FRESHNESS)
    result = compare_distances (a->hit.distance, b->hit.distance);
  return result != 0 ? result : (a->hit.n < b->hit.n) - (a->hit.n > b->hit.n);
}

static SpHits *
make_hits (Search *search, GArray *candidates, guint limit, gboolean exact)
{
  SpHits *hits = g_new0 (SpHits, 1);
  guint shown = limit > 0 ? MIN (limit, candidates->len) : candidates->len;

  g_array_sort_with_data (candidates, compare_candidates, search);
  hits->hits = g_array_sized_new (FALSE, FALSE, sizeof (SpHit), shown);
  hits->exact = exact;
  hits->total = candidates->len;
  for (guint i = 0; i < shown; i++)
    g_array_append_vals (hits->hits, &g_array_index (candidates, Candidate, i).hit, 1);
  return hits;
}

static SpHits *
run_plan (Search *search, gboolean any, GError **error)
{
  const SpFilters *f = search->filters;
  const gboolean nearest = search->order == SP_ORDER_DISTANCE;
  double within = f->placed ? f->within : 0;
  g_autoptr (GArray) candidates = new_candidates ();
  guint bound = f->limit > 0 && !nearest ? MAX (SP_SEARCH_BOUND, f->limit) : G_MAXUINT;
  gboolean full = FALSE, enough = FALSE, is_empty;
  SpBox box;
  const SpBox *outer = sp_search_place_box (f, search->outline, &box, &is_empty);

  if (!sp_plan_init (&search->plan, search->db, f, any, error))
    return NULL;
  if (!is_empty && is_crowded (search, outer) && !run_rings (search, candidates, &enough, error))
    return NULL;
  if (!is_empty && !enough && !run (search, outer, within, bound, candidates, &full, error))
    return NULL;
  return make_hits (search, candidates, f->limit, !full && !enough);
}

static gboolean
check_looked_up (const SpFilters *f, GError **error)
{
  if (f->near != NULL && !f->placed)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "--near: “%s” is not a place we know", f->near);
  else if (f->area != NULL && f->area_id == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "--area: “%s” is not an area we know", f->area);
  else if (f->within > 0 && f->near == NULL)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "--within: say near what, with --near");
  else
    return TRUE;
  return FALSE;
}

/**
 * sp_search_find:
 * @db: a connection
 * @query: what to look for; its place and area looked up; not changed meanwhile
 * @cancellable: (nullable): asked between statements. To stop one that runs, call sp_db_interrupt() from another thread
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Finds and ranks. If nothing has all the words, looks for what has some of them, unless the query is strict.
 *
 * Returns: (transfer full) (nullable): what it found
 */
SpHits *
sp_search_find (SpDb *db, SpQuery *query, GCancellable *cancellable, GError **error)
{
  const SpFilters *f = sp_query_get_filters (query);
  g_autoptr (SpArea) area = NULL;
  g_autoptr (SpHits) hits = NULL;
  Search search = { db, f, NULL, cancellable, order_of (f), sp_clock_today () };

  if (!check_looked_up (f, error))
    return NULL;
  if (f->area_id != NULL && (area = sp_areas_load (db, f->area_id, error)) == NULL)
    return NULL;
  search.outline = area != NULL ? area->outline : NULL;
  for (gboolean any = FALSE; any <= TRUE; any++)
    {
      gboolean again;

      search.strings = g_string_chunk_new (256);
      hits = run_plan (&search, any, error);
      again = hits != NULL && hits->total == 0 && !any && !f->strict && search.plan.n_words > 1;
      sp_plan_clear (&search.plan);
      if (hits == NULL)
        {
          g_string_chunk_free (search.strings);
          return NULL;
        }
      hits->strings = search.strings;
      hits->relaxed = any && hits->total > 0;
      if (!again)
        break;
      g_clear_pointer (&hits, sp_hits_free);
    }
  return g_steal_pointer (&hits);
}
