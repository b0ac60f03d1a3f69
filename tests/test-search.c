/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sp-docs.h"
#include "sp-geodesy.h"
#include "sp-search.h"

#include <math.h>

typedef struct
{
  SpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("SIGNPOST_CLOCK", "2026-11-22T10:00:00Z", TRUE);
  f->db = sp_db_open (":memory:", SP_DB_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sp_db_close (f->db);
}

/* Puts an asset; single quotes stand for double ones. */
static void
put (Fixture *f, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autofree char *full = g_strconcat ("asset:", id, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (SpNode) body = sp_node_parse (text, -1, &error);
  g_autoptr (SpDoc) old = NULL;

  g_assert_no_error (error);
  sp_node_set_text (body, "type", "asset");
  old = sp_docs_get (f->db, full, NULL, NULL);
  sp_docs_put (f->db, full, old != NULL ? old->rev : NULL, FALSE, body, &rev, &error);
  g_assert_no_error (error);
}

static void
drop (Fixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *full = g_strconcat ("asset:", id, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (SpDoc) old = sp_docs_get (f->db, full, NULL, NULL);
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"asset\"}", -1, NULL);

  sp_docs_put (f->db, full, old->rev, TRUE, body, &rev, &error);
  g_assert_no_error (error);
}

static SpHits *
find_query (Fixture *f, SpQuery *query)
{
  g_autoptr (GError) error = NULL;
  SpHits *hits = sp_search_find (f->db, query, NULL, &error);

  g_assert_no_error (error);
  return hits;
}

/* The ids, in order, with a space between. */
static char *
ids_of (Fixture *f, SpHits *hits)
{
  g_autoptr (GPtrArray) bodies = sp_search_load (f->db, (const SpHit *) (gpointer) hits->hits->data, hits->hits->len, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < bodies->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            sp_node_get_text (g_ptr_array_index (bodies, i), "_id") + strlen ("asset:"));
  return g_string_free (out, FALSE);
}

static void
expect (Fixture *f, SpQuery *query, const char *ids)
{
  g_autoptr (SpHits) hits = find_query (f, query);
  g_autofree char *found = ids_of (f, hits);

  g_assert_cmpstr (found, ==, ids);
}

static void
expect_words (Fixture *f, const char *words, const char *ids)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_query_set_words (query, words);
  expect (f, query, ids);
}

static void
expect_filter (Fixture *f, const char *name, const char *value, const char *ids)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GError) error = NULL;

  sp_query_set_filter (query, name, value, &error);
  g_assert_no_error (error);
  sp_query_set_order (query, SP_ORDER_NAME);
  expect (f, query, ids);
}

static void
test_ranking (Fixture *f, gconstpointer data)
{
  put (f, "description", "{'name':'One','description':'They mend bicycles here'}");
  put (f, "place", "{'name':'Two','address':{'line_1':'Bicycle Street'}}");
  put (f, "summary", "{'name':'Three','summary':'A bicycle for everyone'}");
  put (f, "name", "{'name':'Bicycle Library'}");
  put (f, "none", "{'name':'Knitting','description':'Wool'}");
  expect_words (f, "bicycle", "name summary place description");
  expect_words (f, "bicycl", "name summary place description");
}

static void
test_whole_word (Fixture *f, gconstpointer data)
{
  put (f, "whole", "{'name':'Art'}");
  put (f, "begun", "{'name':'Artemis'}");
  expect_words (f, "art", "whole begun");
}

static void
test_categories (Fixture *f, gconstpointer data)
{
  put (f, "summary", "{'name':'Four','summary':'We run a foodbank'}");
  put (f, "category", "{'name':'Storehouse','categories':['food-bank']}");
  put (f, "name", "{'name':'The Foodbank'}");
  expect_words (f, "foodbank", "name category summary");
}

static void
test_needs (Fixture *f, gconstpointer data)
{
  put (f, "warm", "{'name':'Library','categories':['warm-space']}");
  put (f, "memory", "{'name':'Singing','categories':['dementia-support']}");
  put (f, "other", "{'name':'Football','categories':['sport-for-all']}");
  {
    g_autoptr (SpQuery) query = sp_query_new ();
    g_autoptr (SpHits) hits = NULL;
    g_autofree char *found = NULL;

    sp_query_set_words (query, "my mum has dementia");
    hits = find_query (f, query);
    found = ids_of (f, hits);
    g_assert_cmpstr (found, ==, "memory");
    g_assert_false (hits->relaxed);
  }
  expect_words (f, "can't pay the heating", "warm");
  expect_filter (f, "need", "can't pay the heating", "warm");
}

/* What the whole text asks for comes before what shares a word with it, though that was changed later. */
static void
test_best_need_first (Fixture *f, gconstpointer data)
{
  put (f, "friend", "{'name':'Kettle On','categories':['befriending']}");
  put (f, "babies", "{'name':'Rhyme and Rumble','categories':['baby-toddler']}");
  put (f, "named", "{'name':'Lonely No More'}");
  put (f, "summary", "{'name':'Knit','summary':'Good when you are lonely'}");
  expect_words (f, "lonely", "named friend babies summary");
}

static void
test_folding (Fixture *f, gconstpointer data)
{
  put (f, "cafe", "{'name':'Café Tŷ Ŵyn'}");
  put (f, "shed", "{'name':'Maryport Men’s Shed'}");
  expect_words (f, "CAFE", "cafe");
  expect_words (f, "café", "cafe");
  expect_words (f, "ty wyn", "cafe");
  expect_words (f, "men's shed", "shed");
  expect_words (f, "mens shed", "shed");
  expect_words (f, "men shed", "shed");
  expect_words (f, "sheds", "shed");
  expect_words (f, "\"*shed", "shed");
  expect_words (f, "shed\" OR name:x", "shed");
}

static void
test_stop_words (Fixture *f, gconstpointer data)
{
  put (f, "the", "{'name':'The Hub'}");
  put (f, "other", "{'name':'Centre','description':'The one in the middle'}");
  expect_words (f, "the hub", "the");
  expect_words (f, "the", "the");
  expect_words (f, "where is the hub", "the");
}

static void
test_short (Fixture *f, gconstpointer data)
{
  put (f, "bridge", "{'name':'Bridge'}");
  put (f, "broad", "{'name':'X','address':{'city':'Broadfield'}}");
  put (f, "blue", "{'name':'Blue'}");
  put (f, "text", "{'name':'Y','description':'Bread and butter'}");
  expect_words (f, "b", "blue broad bridge");
  expect_words (f, "br", "broad bridge");
  expect_words (f, "bre", "text");
}

static void
test_postcodes (Fixture *f, gconstpointer data)
{
  put (f, "a", "{'name':'A','address':{'postal_code':'CA15 6AA'}}");
  put (f, "b", "{'name':'B','address':{'postal_code':'CA15 8BB'}}");
  put (f, "c", "{'name':'C','address':{'postal_code':'CA1 6AA'}}");
  expect_words (f, "CA15 6AA", "a");
  expect_words (f, "ca156aa", "a");
  expect_words (f, "ca15 6a", "a");
  expect_words (f, "ca15 6", "a");
  expect_words (f, "ca15", "b a");
  expect_words (f, "ca1 6aa", "c");
}

static void
test_relaxed (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;
  g_autofree char *found = NULL;

  put (f, "lunch", "{'name':'Lunch'}");
  put (f, "both", "{'name':'Lunch and Knitting'}");
  sp_query_set_words (query, "lunch knitting juggling");
  hits = find_query (f, query);
  found = ids_of (f, hits);
  g_assert_cmpstr (found, ==, "both lunch");
  g_assert_true (hits->relaxed);
  sp_query_set_strict (query, TRUE);
  expect (f, query, "");
  expect_words (f, "juggling", "");
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  put (f, "hall", "{'name':'A','kind':'place','building':{'capacity':120,'crisis_roles':['rest centre','warm space']},"
                  "'accessibility':{'tags':['wheelchair','hearing-loop']},'checked':{'place':{'on':'2025-01-01'}}}");
  put (f, "group", "{'name':'B','kind':'group','free':true,'schedules':[{'id':'s','freq':'weekly','byday':'TU,TH','opens_at':'10:00','closes_at':'12:00'}],"
                   "'languages':['cy','en'],'volunteering':{'wanted':true},'checked':{'times':{'on':'2026-11-01'},'cost':{'on':'2026-11-01'}}}");
  put (f, "service", "{'name':'C','kind':'service','costs':[{'id':'k','amount':2.5}],'eligibility':{'minimum_age':55},'availability':{'state':'full'},"
                     "'schedules':[{'id':'s','freq':'weekly','byday':'TU','opens_at':'14:00','closes_at':'16:00'}],"
                     "'categories':['befriending'],'checked':{'times':{'on':'2026-11-01'},'cost':{'on':'2026-11-01'},'join':{'on':'2026-11-01'}}}");
  put (f, "closed", "{'name':'D','kind':'place','status':'temporarily closed'}");
  put (f, "gone", "{'name':'E','kind':'place','status':'defunct','accessibility':{'tags':['wheelchair']}}");
  put (f, "later", "{'name':'F','visible':{'from':'2027-01-01'}}");
  put (f, "over", "{'name':'G','schedules':[{'id':'s','freq':'weekly','byday':'TU','valid_to':'2026-06-30'}],'visible':{'until':'2026-12-31'},"
                  "'checked':{'times':{'on':'2026-11-01'}}}");

  expect_filter (f, "kind", "place", "hall closed");
  expect_filter (f, "kind", "group", "group");
  expect_filter (f, "status", "defunct", "gone");
  expect_filter (f, "status", "temporarily closed", "closed");
  expect_filter (f, "category", "befriending", "service");
  expect_filter (f, "category", "Befriending", "service");
  expect_filter (f, "category", "company", "service");
  expect_filter (f, "category", "no-such-thing", "");
  expect_filter (f, "day", "tue", "group service");
  expect_filter (f, "day", "thu", "group");
  expect_filter (f, "time", "11:00", "group");
  expect_filter (f, "time", "12:00", "");
  expect_filter (f, "time", "14:00", "service");
  expect_filter (f, "free", NULL, "group");
  expect_filter (f, "cost-at-most", "2.50", "group service");
  expect_filter (f, "cost-at-most", "2.49", "group");
  expect_filter (f, "access", "wheelchair,hearing-loop", "hall");
  expect_filter (f, "access", "wheelchair,lift", "");
  expect_filter (f, "language", "Welsh", "group");
  expect_filter (f, "age", "54", "hall group closed over");
  expect_filter (f, "age", "55", "hall group service closed over");
  expect_filter (f, "crisis", "rest centre", "hall");
  expect_filter (f, "capacity", "120", "hall");
  expect_filter (f, "capacity", "121", "");
  expect_filter (f, "volunteers", NULL, "group");
  expect_filter (f, "available", NULL, "hall group closed over");
  expect_filter (f, "stale", NULL, "hall");
  expect_filter (f, "hidden", NULL, "later");
}

static void
test_many_filters (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  put (f, "a", "{'name':'Lunch','kind':'group','free':true,'location':{'latitude':54.71,'longitude':-3.49},'schedules':[{'id':'s','freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'14:00'}]}");
  put (f, "b", "{'name':'Lunch','kind':'group','free':true,'location':{'latitude':54.71,'longitude':-3.49},'schedules':[{'id':'s','freq':'weekly','byday':'WE','opens_at':'10:00','closes_at':'14:00'}]}");
  put (f, "c", "{'name':'Lunch','kind':'group','free':true,'location':{'latitude':54.91,'longitude':-3.49},'schedules':[{'id':'s','freq':'weekly','byday':'TU','opens_at':'10:00','closes_at':'14:00'}]}");
  sp_query_set_words (query, "lunch");
  sp_query_set_filter (query, "near", "54.7,-3.49", NULL);
  sp_query_set_filter (query, "within", "3km", NULL);
  sp_query_set_filter (query, "kind", "group", NULL);
  sp_query_set_filter (query, "day", "tue", NULL);
  sp_query_set_filter (query, "time", "13:59", NULL);
  sp_query_set_filter (query, "free", NULL, NULL);
  expect (f, query, "a");
}

/* Alone, with words, and with a distance that reaches in, or does not. */
static void
test_box (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  put (f, "in", "{'name':'Lunch','location':{'latitude':54.71,'longitude':-3.49}}");
  put (f, "edge", "{'name':'Lunch','location':{'latitude':54.8,'longitude':-3.3}}");
  put (f, "out", "{'name':'Lunch','location':{'latitude':54.8001,'longitude':-3.3}}");
  put (f, "nowhere", "{'name':'Lunch'}");
  sp_query_set_filter (query, "box", "54.6,-3.6,54.8,-3.3", NULL);
  expect (f, query, "edge in");
  sp_query_set_words (query, "lunch");
  expect (f, query, "edge in");
  sp_query_set_filter (query, "near", "54.9,-3.3", NULL);
  expect (f, query, "edge in"); /* nearest first */
  sp_query_set_filter (query, "within", "15km", NULL);
  expect (f, query, "edge");
  sp_query_set_filter (query, "within", "2km", NULL);
  expect (f, query, "");
}

/* More than are ranked, and the nearest of those in the box wanted, though nearer ones lie outside. */
static void
test_box_of_many (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SP_SEARCH_BOUND + 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%05u", i);
      g_autofree char *json = g_strdup_printf ("{'name':'Bench','location':{'latitude':%.5f,'longitude':-3.5}}", 54 + i * 1e-4);
      put (f, id, json);
    }
  sp_query_set_filter (query, "near", "54,-3.5", NULL);
  sp_query_set_filter (query, "box", "54.01,-4,60,-3", NULL);
  sp_query_set_limit (query, 3);
  hits = sp_search_find (f->db, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->hits->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (g_array_index (hits->hits, SpHit, 0).latitude, 54.01, 1e-6);
  g_assert_cmpfloat_with_epsilon (g_array_index (hits->hits, SpHit, 2).latitude, 54.0102, 1e-6);
}

static void
test_venue (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  put (f, "club", "{'name':'Chess','venue':'asset:hall'}");
  expect_words (f, "harbour", "");
  put (f, "hall", "{'name':'Harbour Hall','location':{'latitude':54.7,'longitude':-3.5},'address':{'city':'Maryport'}}");
  expect_words (f, "harbour", "hall club");
  expect_words (f, "chess maryport", "club");
  sp_query_set_filter (query, "near", "54.7,-3.5", NULL);
  sp_query_set_filter (query, "within", "100m", NULL);
  expect (f, query, "hall club");
  put (f, "hall", "{'name':'Market Hall','location':{'latitude':55.7,'longitude':-3.5}}");
  expect (f, query, "");
  expect_words (f, "harbour", "");
  expect_words (f, "chess market", "club");
  drop (f, "hall");
  expect_words (f, "market", "");
  expect_words (f, "chess", "club");
}

static void
test_edit_and_delete (Fixture *f, gconstpointer data)
{
  put (f, "a", "{'name':'Old words','categories':['befriending']}");
  put (f, "b", "{'name':'Words'}");
  expect_words (f, "words", "b a");
  put (f, "a", "{'name':'New words'}");
  expect_words (f, "words", "a b");
  expect_words (f, "old", "");
  drop (f, "a");
  expect_words (f, "words", "b");
}

static void
test_overdue_sinks (Fixture *f, gconstpointer data)
{
  put (f, "fresh", "{'name':'Walking','checked':{'times':{'on':'2026-11-01'}}}");
  put (f, "overdue", "{'name':'Walking','checked':{'times':{'on':'2020-11-01'}}}");
  expect_words (f, "walking", "fresh overdue");
}

static void
test_not_looked_up (Fixture *f, gconstpointer data)
{
  static const char * const names[] = { "near", "area" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SpQuery) query = sp_query_new ();
      g_autoptr (GError) error = NULL;

      sp_query_set_filter (query, names[i], "Atlantis", NULL);
      g_assert_null (sp_search_find (f->db, query, NULL, &error));
      g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
    }
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (sp_search_find (f->db, query, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_counts (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (GHashTable) categories = NULL;
  g_autoptr (GHashTable) kinds = NULL;

  put (f, "a", "{'name':'A','kind':'group','categories':['befriending','food-bank']}");
  put (f, "b", "{'name':'B','kind':'group','categories':['befriending']}");
  put (f, "c", "{'name':'C','kind':'place'}");
  categories = sp_search_count_by (f->db, query, "category", NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (categories), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (categories, "befriending")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (categories, "food-bank")), ==, 1);
  kinds = sp_search_count_by (f->db, query, "kind", NULL, NULL);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (kinds, "group")), ==, 2);
}

static void
test_area (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpNode) area = sp_node_parse ("{\"type\":\"area\",\"name\":\"Triangle\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                                           "[[[-3.5,54.7],[-3.4,54.7],[-3.5,54.8],[-3.5,54.7]]]}}", -1, NULL);
  g_autofree char *rev = NULL;
  g_autoptr (GError) error = NULL;

  sp_docs_put (f->db, "area:t", NULL, FALSE, area, &rev, &error);
  g_assert_no_error (error);
  put (f, "in", "{'name':'Inside club','location':{'latitude':54.71,'longitude':-3.49}}");
  put (f, "box", "{'name':'Corner club','location':{'latitude':54.79,'longitude':-3.41}}");
  put (f, "out", "{'name':'Outside club','location':{'latitude':54.5,'longitude':-3.49}}");
  put (f, "nowhere", "{'name':'Nowhere club'}");
  sp_query_set_area (query, "area:t", "Triangle");
  expect (f, query, "in");
  sp_query_set_words (query, "club");
  expect (f, query, "in");
}

#define SCATTERED (SP_SEARCH_COUNTED + 500) /* so that the nearest are looked for in rings */

/* Positions that any run repeats: a small linear congruential generator. */
static double
scatter (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / (double) (1u << 24);
}

/* More match than are ranked: the nearest must still be found, with and without words, at any density. */
static void
test_nearest (Fixture *f, gconstpointer data)
{
  guint32 state = 7;
  guint rings = 0;
  g_autofree double *distances = g_new (double, SCATTERED);

  sp_db_begin (f->db, NULL);
  for (guint i = 0; i < SCATTERED; i++)
    {
      double size = i % 3 == 0 ? 0.02 : 6; /* a town, and the country */
      double latitude = 54 + (scatter (&state) - 0.5) * size, longitude = -2.5 + (scatter (&state) - 0.5) * size;
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *body = g_strdup_printf ("{'name':'Village hall','location':{'latitude':%.6f,'longitude':%.6f}}", latitude, longitude);
      put (f, id, body);
    }
  sp_db_commit (f->db, NULL);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (SpQuery) query = sp_query_new ();
      g_autoptr (SpHits) all = NULL;
      g_autoptr (SpHits) hits = NULL;
      double size = round % 2 == 0 ? 0.04 : 5;
      double latitude = 54 + (scatter (&state) - 0.5) * size, longitude = -2.5 + (scatter (&state) - 0.5) * size;

      sp_query_set_near (query, "here", latitude, longitude);
      if (round % 4 < 2)
        sp_query_set_words (query, "vill hall");
      all = find_query (f, query);
      g_assert_true (all->exact);
      g_assert_cmpuint (all->total, ==, SCATTERED);
      for (guint i = 1; i < all->hits->len; i++)
        g_assert_cmpfloat (g_array_index (all->hits, SpHit, i - 1).distance, <=, g_array_index (all->hits, SpHit, i).distance);
      sp_query_set_limit (query, 50);
      if (round % 3 == 0)
        sp_query_set_filter (query, "within", "900km", NULL); /* all of them, but by a box */
      hits = find_query (f, query);
      g_assert_cmpuint (hits->hits->len, ==, 50);
      g_assert_cmpuint (hits->total, >=, hits->exact ? SCATTERED : 50);
      rings += !hits->exact;
      g_assert_cmpuint (hits->total, <=, SCATTERED);
      for (guint i = 0; i < 50; i++)
        g_assert_cmpfloat (g_array_index (hits->hits, SpHit, i).distance, ==, g_array_index (all->hits, SpHit, i).distance);
    }
  g_assert_cmpuint (rings, >=, 6); /* so often it did not read all */
}

/* More than can be ranked stand in one spot, so that no ring holds enough and not too many; and a few are further away. */
static void
test_one_spot (Fixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();
  g_autoptr (SpHits) hits = NULL;
  g_autoptr (SpHits) few = NULL;

  sp_db_begin (f->db, NULL);
  for (guint i = 0; i < SP_SEARCH_COUNTED + 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *body = g_strdup_printf ("{'name':'%s','location':{'latitude':%s,'longitude':-2.5}}",
                                               i % 50 == 0 ? "Pond" : "Hall", i < 10 ? "54.001" : "54");
      put (f, id, body);
    }
  sp_db_commit (f->db, NULL);
  sp_query_set_near (query, "here", 54, -2.5);
  sp_query_set_limit (query, 20);
  hits = find_query (f, query);
  g_assert_cmpuint (hits->hits->len, ==, 20);
  g_assert_cmpuint (hits->total, >=, 20);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpfloat (g_array_index (hits->hits, SpHit, i).distance, ==, 0);
  sp_query_set_words (query, "pond");
  sp_query_set_limit (query, 500);
  few = find_query (f, query);
  g_assert_true (few->exact);
  g_assert_cmpuint (few->total, ==, (SP_SEARCH_COUNTED + 100) / 50);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/search/ranking", test_ranking },           { "/search/whole-word", test_whole_word },
    { "/search/categories", test_categories },     { "/search/needs", test_needs },
    { "/search/best-need-first", test_best_need_first },
    { "/search/folding", test_folding },           { "/search/stop-words", test_stop_words },
    { "/search/short", test_short },               { "/search/postcodes", test_postcodes },
    { "/search/one-spot", test_one_spot },
    { "/search/relaxed", test_relaxed },           { "/search/filters", test_filters },
    { "/search/box", test_box },                   { "/search/box-of-many", test_box_of_many },
    { "/search/many-filters", test_many_filters }, { "/search/venue", test_venue },
    { "/search/edit-and-delete", test_edit_and_delete }, { "/search/overdue-sinks", test_overdue_sinks },
    { "/search/not-looked-up", test_not_looked_up }, { "/search/cancelled", test_cancelled },
    { "/search/counts", test_counts },             { "/search/area", test_area },
    { "/search/nearest", test_nearest },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
