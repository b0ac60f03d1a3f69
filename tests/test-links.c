/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is around an asset: its venue and organisation, what happens in a hall and what an organisation runs. */
#include "store-fixture.h"

#include "sp-store-links.h"

static void
save_new (StoreFixture *f, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = save_entry (f, id, NULL, json, &error);

  g_assert_no_error (error);
}

static SpLinks *
get_links (StoreFixture *f, const char *id, const char *terms, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_get_links_async (f->store, id, SP_NATION_ENGLAND_AND_WALES, terms, NULL, result_cb, f);
  result = wait_for_result (f);
  return sp_store_get_links_finish (f->store, result, error);
}

/* "Choir, Tots": names in their order. */
static char *
join_assets (GPtrArray *assets)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < assets->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", sp_asset_get_name (g_ptr_array_index (assets, i)));
  return g_string_free (out, FALSE);
}

#define assert_assets(assets, expected) G_STMT_START { \
  g_autofree char *names_ = join_assets (assets); \
  g_assert_cmpstr (names_, ==, expected); } G_STMT_END

static void
fill (StoreFixture *f)
{
  save_new (f, "asset:hall", "{'type':'asset','kind':'place','name':'Harbour Hall','address':{'postal_code':'EH1 1YZ'}}");
  save_new (f, "asset:org", "{'type':'asset','kind':'group','name':'Solway Neighbours'}");
  save_new (f, "asset:tots", "{'type':'asset','kind':'group','name':'tots','venue':'asset:hall'}");
  save_new (f, "asset:choir", "{'type':'asset','kind':'group','name':'Choir','venue':'asset:hall','organisation':'asset:org',"
                              "'service_areas':['area:north','area:lost']}");
  save_new (f, "asset:closed", "{'type':'asset','kind':'group','name':'Bowls','venue':'asset:hall','status':'temporarily closed'}");
  save_new (f, "asset:gone", "{'type':'asset','kind':'group','name':'Anglers','venue':'asset:hall','status':'defunct'}");
  save_new (f, "area:north", "{'type':'area','kind':'drawn','name':'The north','geometry':{'type':'Polygon',"
                             "'coordinates':[[[-3,54],[-2,54],[-2,55],[-3,54]]]}}");
}

static void
test_both_ways (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpLinks) hall = NULL;
  g_autoptr (SpLinks) choir = NULL;
  g_autoptr (SpLinks) org = NULL;

  fill (f);
  hall = get_links (f, "asset:hall", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (hall->venue);
  assert_assets (hall->here, "Bowls, Choir, tots");
  g_assert_cmpuint (hall->n_here, ==, 3);
  g_assert_cmpuint (hall->groups->len, ==, 0);
  choir = get_links (f, "asset:choir", NULL, &error);
  g_assert_cmpstr (sp_asset_get_name (choir->venue), ==, "Harbour Hall");
  g_assert_cmpstr (sp_asset_get_name (choir->organisation), ==, "Solway Neighbours");
  g_assert_cmpstr (choir->areas[0], ==, "The north");
  g_assert_cmpstr (choir->areas[1], ==, "area:lost");
  g_assert_null (choir->areas[2]);
  org = get_links (f, "asset:org", NULL, &error);
  assert_assets (org->groups, "Choir");
  g_assert_cmpuint (org->n_groups, ==, 1);
}

/* What changes is seen at once, and a link into nowhere is no error: the other document may come later. */
static void
test_changes (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = NULL;
  g_autofree char *moved = NULL;
  g_autoptr (SpLinks) org = NULL;
  g_autoptr (SpLinks) choir = NULL;

  rev = save_entry (f, "asset:choir", NULL, "{'type':'asset','name':'Choir','organisation':'asset:org'}", &error);
  choir = get_links (f, "asset:choir", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (choir->organisation);
  save_new (f, "asset:org", "{'type':'asset','name':'Solway Neighbours'}");
  org = get_links (f, "asset:org", NULL, &error);
  assert_assets (org->groups, "Choir");
  moved = save_entry (f, "asset:choir", rev, "{'organisation':null}", &error);
  g_assert_no_error (error);
  g_clear_pointer (&org, sp_links_free);
  org = get_links (f, "asset:org", NULL, &error);
  g_assert_cmpuint (org->groups->len, ==, 0);
}

static gpointer
read_two (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_links_read (db, id, SP_NATION_SCOTLAND, NULL, 2, error);
}

/* However much happens in a hall, only so much is read; the number is that of all. */
static void
test_limit (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SpLinks) hall = NULL;

  fill (f);
  sp_store_read_async (f->store, read_two, g_strdup ("asset:hall"), g_free, (GDestroyNotify) sp_links_free, NULL, result_cb, f);
  result = wait_for_result (f);
  hall = sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
  assert_assets (hall->here, "Bowls, Choir");
  g_assert_cmpuint (hall->n_here, ==, 3);
}

static void
test_calendar (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpLinks) first = NULL;
  g_autoptr (SpLinks) chosen = NULL;
  g_autoptr (SpLinks) lost = NULL;

  fill (f);
  save_new (f, "term-calendar:a", "{'type':'term-calendar','terms':[{'id':'t','from':'2026-09-01','until':'2026-12-18'}]}");
  save_new (f, "term-calendar:b", "{'type':'term-calendar','terms':[{'id':'t','from':'2026-09-07','until':'2026-10-23'},"
                                  "{'id':'u','from':'2026-11-02','until':'2026-12-18'}]}");
  first = get_links (f, "asset:hall", "", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->calendar.n_terms, ==, 1);
  g_assert_cmpint (first->calendar.nation, ==, SP_NATION_SCOTLAND); /* of Edinburgh */
  chosen = get_links (f, "asset:org", "term-calendar:b", &error);
  g_assert_cmpuint (chosen->calendar.n_terms, ==, 2);
  g_assert_cmpint (chosen->calendar.nation, ==, SP_NATION_ENGLAND_AND_WALES);
  lost = get_links (f, "asset:org", "term-calendar:c", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lost->calendar.n_terms, ==, 0);
}

static void
test_not_found (StoreFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get_links (f, "asset:nowhere", NULL, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/links/both-ways", StoreFixture, NULL, set_up_store, test_both_ways, tear_down_store);
  g_test_add ("/links/changes", StoreFixture, NULL, set_up_store, test_changes, tear_down_store);
  g_test_add ("/links/limit", StoreFixture, NULL, set_up_store, test_limit, tear_down_store);
  g_test_add ("/links/calendar", StoreFixture, NULL, set_up_store, test_calendar, tear_down_store);
  g_test_add ("/links/not-found", StoreFixture, NULL, set_up_store, test_not_found, tear_down_store);
  return g_test_run ();
}
