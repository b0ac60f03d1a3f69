/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that is unwell for a while, or sets limits: what did not come then comes later, whatever the checkpoint says, and
 * nothing sticks for ever. */
#include "couch-server-fixture.h"

#include "sp-refusals.h"

#define BAD "doc:000002"
#define ROW_ERROR "{\"error\":{\"id\":\"" BAD "\",\"error\":\"internal_server_error\",\"reason\":\"timeout\"}}"
#define ROW_GONE "{\"error\":{\"id\":\"" BAD "\",\"error\":\"not_found\",\"reason\":\"missing\"}}"

static SpReplicatorCounts
run (CouchFixture *f, gboolean pulls)
{
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  couch_replicate (f, pulls, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static gpointer
list_refusals (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_refusals_list (db, NULL, error);
}

static GPtrArray *
get_refusals (CouchFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *refusals;

  sp_store_read_async (f->store.store, list_refusals, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, result_cb, &f->store);
  result = wait_for_result (&f->store);
  refusals = sp_store_call_finish (f->store.store, result, NULL);
  g_assert_nonnull (refusals);
  return refusals;
}

static void
assert_refusals (CouchFixture *f, guint count, const char *says)
{
  g_autoptr (GPtrArray) refusals = get_refusals (f);

  g_assert_cmpuint (refusals->len, ==, count);
  for (guint i = 0; i < refusals->len; i++)
    g_assert_nonnull (strstr (((SpRefusal *) g_ptr_array_index (refusals, i))->reason, says));
}

static void
assert_has (CouchFixture *f, const char *id, gboolean has)
{
  g_autofree char *text = dump_store (&f->store);

  g_assert_cmpint (strstr (text, id) != NULL, ==, has);
}

/* ── Rows of _bulk_get ── */

static const char *const rows[] = { ROW_ERROR, "", NULL, "7" };

/* What failed among others may come alone. */
static void
test_row_once (CouchFixture *f, gconstpointer row)
{
  f->n_docs = 5;
  f->fails = BAD;
  f->row = *(const char *const *) row;
  g_assert_cmpuint (run (f, TRUE).written, ==, 5);
  g_assert_cmpuint (f->alone, ==, 1);
  assert_has (f, BAD, TRUE);
  assert_refusals (f, 0, "");
}

/* What did not come is refused, and the rest goes on; it comes when the server is well again. */
static void
test_row_later (CouchFixture *f, gconstpointer row)
{
  SpReplicatorCounts counts;

  f->n_docs = 5;
  f->fails = BAD;
  f->row = *(const char *const *) row;
  f->always = TRUE;
  counts = run (f, TRUE);
  g_assert_cmpuint (counts.written, ==, 4);
  g_assert_cmpuint (counts.refused, ==, 1);
  g_assert_cmpuint (run (f, TRUE).refused, ==, 1);
  assert_refusals (f, 1, row == &rows[0] ? "timeout" : "revision 1-000002");
  f->fails = NULL;
  g_assert_cmpuint (run (f, TRUE).written, ==, 1);
  assert_has (f, BAD, TRUE);
  assert_refusals (f, 0, "");
}

/* A revision that the server does not have is not asked for again and again. */
static void
test_row_gone (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 5;
  f->fails = BAD;
  f->row = ROW_GONE;
  f->always = TRUE;
  g_assert_cmpuint (run (f, TRUE).refused, ==, 1);
  g_assert_cmpuint (f->alone, ==, 0);
  assert_refusals (f, 1, "no longer has");
}

/* A server that fails altogether is not asked for each by itself, and what it could not give then comes in the end. */
static void
test_all_rows (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 3000;
  f->fails = "*";
  f->row = ROW_ERROR;
  f->always = TRUE;
  g_assert_cmpuint (run (f, TRUE).refused, ==, 3000);
  g_assert_cmpuint (f->alone, <=, 20 * 6);
  g_assert_cmpuint (run (f, TRUE).refused, ==, 2000); /* no more of them than that */
  f->fails = NULL;
  g_assert_cmpuint (run (f, TRUE).written, ==, 3000);
  assert_refusals (f, 0, "");
}

/* What this store refused comes when it no longer does, as after an update. */
static void
test_refused_here (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 3;
  f->padding = 1100000;
  g_assert_cmpuint (run (f, TRUE).refused, ==, 3);
  f->padding = 0;
  g_assert_cmpuint (run (f, TRUE).written, ==, 3);
  assert_refusals (f, 0, "");
}

/* A server of before _bulk_get gives each by itself, and is asked for several only once. */
static void
test_old (CouchFixture *f, gconstpointer data)
{
  SpReplicatorCounts counts;

  f->n_docs = 700;
  f->old = TRUE;
  counts = run (f, TRUE);
  g_assert_cmpuint (counts.written, ==, 699);
  g_assert_cmpuint (counts.refused, ==, 1);
  g_assert_cmpuint (f->gets, ==, 1);
  g_assert_cmpuint (f->alone, ==, 700);
  assert_refusals (f, 1, "no longer has");
}

/* ── More than goes into one answer ── */

static void
test_too_many (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 1200;
  f->most = 130;
  g_assert_cmpuint (run (f, TRUE).written, ==, 1200);
  g_assert_cmpuint (f->gets, <, 30);
  assert_refusals (f, 0, "");
}

/* Together they are more than is taken of any answer. */
static void
test_too_large (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 75;
  f->padding = 950000;
  g_assert_cmpuint (run (f, TRUE).written, ==, 75);
  g_assert_cmpuint (f->gets, ==, 4); /* all, and in halves */
  assert_refusals (f, 0, "");
}

/* One that is too large by itself is named, and the others come. */
static void
test_one_too_large (CouchFixture *f, gconstpointer data)
{
  f->n_docs = 5;
  f->bulky = BAD;
  g_assert_cmpuint (run (f, TRUE).written, ==, 4);
  assert_refusals (f, 1, "larger than 64 MiB");
  f->bulky = NULL;
  g_assert_cmpuint (run (f, TRUE).written, ==, 1);
  assert_refusals (f, 0, "");
}

/* ── More is refused than goes into one request ── */

/* @n entries of this store. */
static void
add_entries (CouchFixture *f, guint n)
{
  static CouchFixture other; /* a server that only fills the store */
  SpReplicatorCounts counts;
  g_autoptr (SpPeer) remote = NULL, local = SP_PEER (sp_store_peer_new (f->store.store, TRUE));
  g_autoptr (GError) error = NULL;

  set_up_couch (&other, NULL);
  other.n_docs = n;
  other.uuid = "ffffffffffffffffffffffffffffffff";
  remote = make_couch_peer (&other);
  replicate_peers (remote, local, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.written, ==, n);
  tear_down_couch (&other, NULL);
}

/* A great many that the server refuses do not stop the next run, nor what it lets pass, and go there when they may. */
static void
test_many_refused (CouchFixture *f, gconstpointer data)
{
  const guint n = 3000;

  add_entries (f, n);
  f->read_only = TRUE;
  g_assert_cmpuint (run (f, FALSE).refused, ==, n);
  g_assert_cmpuint (run (f, FALSE).refused, ==, 2000); /* it is not told all of it each time */
  g_assert_cmpuint (f->largest, <=, 500);
  f->read_only = FALSE;
  g_assert_cmpuint (run (f, FALSE).written, ==, n);
  g_assert_cmpuint (f->largest, <=, 500);
  assert_refusals (f, 0, "");
}

/* Each counts once, however it is named, and all of a large batch are found soon. */
static void
test_named_roughly (CouchFixture *f, gconstpointer data)
{
  const guint n = 4000;
  SpReplicatorCounts counts;
  g_autoptr (GPtrArray) refusals = NULL;

  add_entries (f, n);
  f->read_only = TRUE;
  f->rough = TRUE;
  counts = run (f, FALSE);
  g_assert_cmpuint (counts.refused, ==, n);
  g_assert_cmpuint (counts.written, ==, 0);
  refusals = get_refusals (f);
  g_assert_cmpuint (refusals->len, ==, n);
  for (guint i = 0; i < refusals->len; i++)
    {
      const SpRefusal *refusal = g_ptr_array_index (refusals, i);

      g_assert_nonnull (refusal->rev);
      g_assert_cmpuint (g_strv_length (refusal->lacks), ==, 1);
    }
}

/* ── What it says makes no sense ── */

/* One that takes none of the sequences that it gave is not read from the start again and again. */
static void
test_no_since (CouchFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  f->n_docs = 3;
  f->no_since = TRUE;
  g_assert_false (couch_replicate (f, TRUE, &counts, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
  g_assert_cmpuint (f->listings, ==, 4);
  assert_has (f, BAD, TRUE);
}

static gboolean
put_checkpoint (SpPeer *peer, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_peer_put_local_async (peer, "checkpoint", "{\"a\":1}", NULL, replicated_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sp_peer_put_local_finish (peer, result, error);
}

/* A database that is made anew while we run: that run ends, so that the next begins at the start, and it can. */
static void
test_recreated (CouchFixture *f, gconstpointer data)
{
  g_autoptr (SpPeer) peer = make_couch_peer (f);
  g_autoptr (GError) error = NULL;

  f->strict = TRUE;
  g_assert_true (put_checkpoint (peer, &error) && put_checkpoint (peer, &error));
  g_hash_table_remove_all (f->locals);
  g_assert_false (put_checkpoint (peer, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_SERVER);
  g_clear_error (&error);
  put_checkpoint (peer, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, data, func) g_test_add ("/couch-faults/" name, CouchFixture, data, set_up_couch, func, tear_down_couch)
  ADD ("row-once-error", &rows[0], test_row_once);
  ADD ("row-once-empty", &rows[1], test_row_once);
  ADD ("row-once-left-out", &rows[2], test_row_once);
  ADD ("row-once-nonsense", &rows[3], test_row_once);
  ADD ("row-later-error", &rows[0], test_row_later);
  ADD ("row-later-empty", &rows[1], test_row_later);
  ADD ("row-later-left-out", &rows[2], test_row_later);
  ADD ("row-gone", NULL, test_row_gone);
  ADD ("all-rows", NULL, test_all_rows);
  ADD ("refused-here", NULL, test_refused_here);
  ADD ("old", NULL, test_old);
  ADD ("too-many", NULL, test_too_many);
  ADD ("too-large", NULL, test_too_large);
  ADD ("one-too-large", NULL, test_one_too_large);
  ADD ("many-refused", NULL, test_many_refused);
  ADD ("no-since", NULL, test_no_since);
  ADD ("recreated", NULL, test_recreated);
  ADD ("named-roughly", NULL, test_named_roughly);
  return g_test_run ();
}
