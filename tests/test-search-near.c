/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is near, beside brute force: entries around the corner of large cells of the map and exactly
 * on their edge, and boxes of all sizes, from one that lies within one of them to one over many. Also where the index of what is
 * near has only some of them. */
#include "sp-docs.h"
#include "sp-points.h"
#include "sp-projection.h"
#include "sp-search-private.h"

#include <math.h>

#define N_ENTRIES 7000 /* in the largest boxes more than the rows alone answer for */
#define EDGE (-1.7578125) /* degrees east: where two of them touch */
#define MIDDLE 54.1624 /* degrees north: near where two others do */

typedef struct
{
  double latitude, longitude; /* NAN without a place */
  guint  day;
  gboolean wheelchair, food;
} Entry;

typedef struct
{
  SpDb *db;
} Fixture;

static Entry entries[N_ENTRIES];

/* Positions that any run repeats: a small linear congruential generator. From -1 to 1. */
static double
scatter (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / (double) (1u << 23) - 1;
}

static void
make_entry (guint i, guint32 *state)
{
  double size = i % 3 == 0 ? 3 : i % 3 == 1 ? 0.3 : 0.01;
  g_autofree char *latitude = g_strdup_printf ("%.6f", MIDDLE + scatter (state) * size);
  g_autofree char *longitude = g_strdup_printf ("%.7f", i % 5 == 0 ? EDGE : EDGE + scatter (state) * size);

  entries[i] = (Entry){ g_ascii_strtod (latitude, NULL), g_ascii_strtod (longitude, NULL), i % 7, i % 2 == 0, i % 4 < 2 };
  if (i % 50 == 0)
    entries[i].latitude = entries[i].longitude = NAN;
}

static void
put_entry (SpDb *db, guint i)
{
  static const char * const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  const Entry *entry = &entries[i];
  g_autofree char *id = g_strdup_printf ("asset:%u", i);
  g_autofree char *place = g_strdup_printf (",\"location\":{\"latitude\":%.6f,\"longitude\":%.7f}", entry->latitude, entry->longitude);
  g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"name\":\"Village hall\",\"categories\":[\"%s\"],\"accessibility\":{\"tags\":[\"%s\"]},"
                                           "\"schedules\":[{\"id\":\"s\",\"freq\":\"weekly\",\"byday\":\"%s\",\"opens_at\":\"10:00\",\"closes_at\":\"12:00\"}]%s}",
                                           entry->food ? "food-bank" : "befriending", entry->wheelchair ? "wheelchair" : "lift", days[entry->day],
                                           isnan (entry->latitude) ? "" : place);
  g_autofree char *rev = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);
  g_autoptr (SpDoc) old = sp_docs_get (db, id, NULL, NULL);

  g_assert_no_error (error);
  sp_docs_put (db, id, old != NULL ? old->rev : NULL, FALSE, body, &rev, &error);
  g_assert_no_error (error);
}

static void
check_numbers (SpDb *db)
{
  const SpHit last = { .doc = N_ENTRIES };
  g_autoptr (GPtrArray) bodies = sp_search_load (db, &last, 1, NULL);
  g_autofree char *id = g_strdup_printf ("asset:%u", N_ENTRIES - 1);

  g_assert_cmpstr (sp_node_get_text (g_ptr_array_index (bodies, 0), "_id"), ==, id);
}

/* @data: how many entries the index of what is near has */
static void
set_up (Fixture *f, gconstpointer data)
{
  const guint indexed = GPOINTER_TO_UINT (data);

  g_autoptr (GError) error = NULL;
  guint32 state = 11;

  g_setenv ("SIGNPOST_CLOCK", "2026-11-22T10:00:00Z", TRUE);
  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
  sp_db_begin (f->db, NULL);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      if (i == indexed)
        g_assert_true (sp_projection_fall_behind (f->db, N_ENTRIES, NULL));
      make_entry (i, &state);
      put_entry (f->db, i);
    }
  sp_db_commit (f->db, NULL);
  g_assert_cmpint (sp_projection_is_behind (f->db), ==, indexed < N_ENTRIES);
  check_numbers (f->db);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sp_db_close (f->db);
}

/* Which entry a document is: they are numbered from 1, in the order in which they were written. */
static guint
entry_of (gint64 doc)
{
  return (guint) doc - 1;
}

/* Whether it is in the box or the circle of the query and has what the round asks for. */
static gboolean
should_match (const Entry *entry, const SpFilters *f, guint asked)
{
  if ((asked & 1 && entry->day != 1) || (asked & 2 && !entry->wheelchair) || (asked & 4 && !entry->food))
    return FALSE;
  if (f->boxed)
    return sp_geodesy_box_contains (&f->box, entry->latitude, entry->longitude);
  return sp_geodesy_distance (f->latitude, f->longitude, entry->latitude, entry->longitude) <= f->within;
}

static void
compare (SpDb *db, SpQuery *query, guint asked)
{
  const SpFilters *f = sp_query_get_filters (query);
  g_autofree gboolean *found = g_new0 (gboolean, N_ENTRIES);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpHits) hits = sp_search_find (db, query, NULL, &error);
  g_autoptr (GArray) points = NULL;
  guint expected = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < hits->hits->len; i++)
    found[entry_of (g_array_index (hits->hits, SpHit, i).doc)] = TRUE;
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      gboolean should = !isnan (entries[i].latitude) && should_match (&entries[i], f, asked);

      g_assert_cmpint (found[i], ==, should);
      expected += should;
    }
  g_assert_cmpuint (hits->total, ==, expected);
  points = sp_points_find (db, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, expected);
}

static SpQuery *
make_query (guint round, guint asked, guint32 *state)
{
  static const double sizes[] = { 0.005, 0.02, 0.1, 0.2, 0.35, 0.6, 1.2, 4 }; /* degrees; such a cell is 0.35 wide */
  double size = sizes[round % G_N_ELEMENTS (sizes)];
  double latitude = MIDDLE + scatter (state) * size / 2, longitude = round % 3 == 0 ? EDGE : EDGE + scatter (state) * size / 2;
  g_autofree char *within = g_strdup_printf ("%.0fm", size * 111000);
  SpQuery *query = sp_query_new ();

  if (round % 2 == 0)
    {
      sp_query_set_near (query, "here", latitude, longitude);
      sp_query_set_filter (query, "within", within, NULL);
    }
  else
    sp_query_set_box (query, &(SpBox){ latitude - size, longitude, latitude + size, longitude + size });
  if (asked & 1)
    sp_query_set_filter (query, "day", "tue", NULL);
  if (asked & 2)
    sp_query_set_filter (query, "access", "wheelchair", NULL);
  if (asked & 4)
    sp_query_set_filter (query, "category", "food-bank", NULL);
  if (round % 5 == 0)
    sp_query_set_words (query, "hall");
  return query;
}

static void
test_brute_force (Fixture *f, gconstpointer data)
{
  guint32 state = 3;

  for (guint round = 0; round < 64; round++)
    {
      guint asked = round / 8;
      g_autoptr (SpQuery) query = make_query (round, asked, &state);

      compare (f->db, query, asked);
    }
}

/* Looks in a box of a tenth of a degree. Gives whether the entry is among what was found. */
static gboolean
is_found (SpDb *db, guint index, const SpBox *box)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;

  sp_query_set_box (query, box);
  sp_query_set_filter (query, "access", entries[index].wheelchair ? "wheelchair" : "lift", NULL);
  hits = sp_search_find (db, query, NULL, NULL);
  for (guint i = 0; i < hits->hits->len; i++)
    if (entry_of (g_array_index (hits->hits, SpHit, i).doc) == index)
      return TRUE;
  return FALSE;
}

/* An entry that stands where two cells touch, in the corners of the box that is looked in. */
static void
test_on_the_edge (Fixture *f, gconstpointer data)
{
  for (guint i = 5; i < 50; i += 5)
    for (guint corner = 0; corner < 4; corner++)
      {
        double south = corner & 1 ? entries[i].latitude : entries[i].latitude - 0.1;
        double west = corner & 2 ? EDGE : EDGE - 0.1;
        SpBox box = { south, west, corner & 1 ? south + 0.1 : entries[i].latitude, corner & 2 ? west + 0.1 : EDGE };

        g_assert_cmpfloat (entries[i].longitude, ==, EDGE);
        g_assert_true (sp_geodesy_box_contains (&box, entries[i].latitude, entries[i].longitude));
        g_assert_true (is_found (f->db, i, &box));
      }
}

/* A statement that was bound finds all, though another program has the index fall behind before it is run. */
static void
test_one_moment (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autoptr (SpDb) writer = sp_db_open (path, SP_DB_WRITE, NULL);
  g_autoptr (SpDb) reader = sp_db_open (path, SP_DB_READ, NULL);
  g_autoptr (SpQuery) query = sp_query_new ();
  const SpBox box = { 54, -3, 55, -2 };
  guint rows = 0;
  gboolean has_row;
  SpPlan plan;

  entries[0] = (Entry){ 54.5, -2.5, 1, TRUE, TRUE };
  put_entry (writer, 0);
  sp_query_set_filter (query, "access", "wheelchair", NULL);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (sp_plan_init (&plan, reader, sp_query_get_filters (query), FALSE, NULL));
      {
        SP_DB_STMT *stmt = sp_plan_bind (&plan, reader, &box, SP_ORDER_ANY, NULL);

        g_assert_cmpint (plan.ranges->len > 0, ==, round == 0); /* whether the index is asked */
        if (round == 0)
          {
            g_assert_true (sp_db_begin (writer, NULL) && sp_projection_fall_behind (writer, 1, NULL));
            put_entry (writer, 0);
            g_assert_true (sp_db_commit (writer, NULL));
          }
        do
          while (sp_db_step (reader, stmt, &has_row, NULL) && has_row)
            rows++;
        while (sp_plan_go_on (&plan, stmt));
      }
      sp_plan_clear (&plan);
      g_assert_cmpuint (rows, ==, round + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/search-near/brute-force", Fixture, GUINT_TO_POINTER (N_ENTRIES), set_up, test_brute_force, tear_down);
  g_test_add ("/search-near/brute-force/half-behind", Fixture, GUINT_TO_POINTER (N_ENTRIES / 2), set_up, test_brute_force, tear_down);
  g_test_add ("/search-near/brute-force/all-behind", Fixture, GUINT_TO_POINTER (0), set_up, test_brute_force, tear_down);
  g_test_add ("/search-near/on-the-edge", Fixture, GUINT_TO_POINTER (N_ENTRIES), set_up, test_on_the_edge, tear_down);
  g_test_add_func ("/search-near/one-moment", test_one_moment);
  return g_test_run ();
}
