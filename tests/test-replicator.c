/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replicator between stores in one process: everything arrives, once; edits on both sides are merged; it goes on from
 * its checkpoints; what is refused stops nothing. */
#include "gate-peer.h"
#include "replica-fixture.h"

#include "sp-checkpoint.h"
#include "sp-docs.h"

static char *
save_on (Replicas *f, guint store, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  char *rev = save_entry (&f->stores[store], id, parent, json, &error);

  g_assert_no_error (error);
  return rev;
}

static void
test_copy (Replicas *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *second = save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}");
  g_autofree char *other = save_on (f, 0, "asset:b", NULL, "{'type':'asset','schema':1,'kind':'place','name':'Hall'}");
  g_autofree char *gone = delete_entry (&f->stores[0], "asset:b", other, NULL);
  SpReplicatorCounts counts = replicate (f, 0, 1);

  g_assert_cmpuint (counts.written, ==, 2);
  g_assert_cmpuint (counts.refused, ==, 0);
  assert_alike (f, 0, 1);
  counts = replicate (f, 0, 1);
  g_assert_cmpuint (counts.checked, ==, 0); /* from the checkpoint on there is nothing */
  counts = replicate (f, 1, 0);
  g_assert_cmpuint (counts.written, ==, 0); /* the other way everything is known */
  assert_alike (f, 0, 1);
}

/* All at once, as another program would. */
static void
fill (StoreFixture *store, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SpDb) db = sp_db_open (sp_store_get_path (store->store), SP_DB_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_begin (db, &error));
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"kind\":\"group\",\"name\":\"Shed %u\",\"location\":{\"latitude\":54.%04u,\"longitude\":-3.5}}", i, i);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

      g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
    }
  g_assert_true (sp_db_commit (db, &error));
}

/* More than one batch takes: the next is taken apart while the one before is written. */
static void
test_many (Replicas *f, gconstpointer data)
{
  const guint count = 5300;
  g_autofree char *found = NULL;
  g_autoptr (SpDb) db = NULL;
  SpReplicatorCounts counts;
  gboolean has_row;

  fill (&f->stores[0], count);
  counts = replicate (f, 0, 1);
  g_assert_cmpuint (counts.written, ==, count);
  g_assert_cmpuint (counts.refused, ==, 0);
  assert_alike (f, 0, 1);
  db = sp_db_open (sp_store_get_path (f->stores[1].store), SP_DB_READ, NULL);
  g_assert_nonnull (db);
  {
    SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT (SELECT count (*) FROM position) || ' ' || (SELECT count (*) FROM text WHERE text MATCH 'shed')", NULL);

    g_assert_true (sp_db_step (db, stmt, &has_row, NULL) && has_row);
    found = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  }
  g_assert_cmpstr (found, ==, "5300 5300");
  counts = replicate (f, 0, 1);
  g_assert_cmpuint (counts.checked, ==, 0); /* the checkpoint counts the last batch too */
}

/* Two people change other members of one entry while they are apart. */
static void
test_merge (Replicas *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed','url':'https://shed.example.org/'}");
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *text = NULL;

  replicate (f, 0, 1);
  mine = save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}");
  theirs = save_on (f, 1, "asset:a", rev, "{'summary':'Woodwork and tea'}");
  replicate (f, 0, 1);
  replicate (f, 1, 0);
  replicate (f, 0, 1);
  assert_alike (f, 0, 1);
  replicate (f, 1, 2);
  assert_alike (f, 1, 2);
  text = dump_store (&f->stores[2]);
  g_assert_nonnull (strstr (text, "Men’s Shed"));
  g_assert_nonnull (strstr (text, "Woodwork and tea"));
}

/* Two people change the same member: both versions are everywhere, and wait for a person. */
static void
test_conflict (Replicas *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *text = NULL;

  replicate (f, 0, 1);
  mine = save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}");
  theirs = save_on (f, 1, "asset:a", rev, "{'name':'The Shed'}");
  replicate (f, 0, 1);
  replicate (f, 1, 0);
  assert_alike (f, 0, 1);
  text = dump_store (&f->stores[0]);
  g_assert_nonnull (strstr (text, mine));
  g_assert_nonnull (strstr (text, theirs));
}

static void
test_same_store (Replicas *f, gconstpointer data)
{
  g_autoptr (SpStorePeer) peer = sp_store_peer_new (f->stores[0].store, TRUE);
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  g_assert_false (replicate_peers (SP_PEER (peer), SP_PEER (peer), &counts, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_INVALID);
}

static void
caught_up_cb (SpReplicator *replicator, guint *times)
{
  (*times)++;
}

/* A live replicator brings what is written later, until it is stopped. */
static void
test_live (Replicas *f, gconstpointer data)
{
  g_autoptr (SpStorePeer) source = sp_store_peer_new (f->stores[0].store, TRUE);
  g_autoptr (SpStorePeer) target = sp_store_peer_new (f->stores[1].store, TRUE);
  g_autoptr (SpReplicator) replicator = sp_replicator_new (SP_PEER (source), SP_PEER (target));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint times = 0;

  sp_replicator_set_live (replicator, TRUE);
  g_signal_connect (replicator, "caught-up", G_CALLBACK (caught_up_cb), &times);
  sp_replicator_run_async (replicator, cancellable, replicated_cb, &result);
  while (times == 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);
      g_autofree char *rev = save_on (f, 0, id, NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");

      while (sp_replicator_get_counts (replicator)->written < i + 1)
        g_main_context_iteration (NULL, TRUE);
    }
  assert_alike (f, 0, 1);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (sp_replicator_run_finish (replicator, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
put_foreign (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const revisions[] = { "2-b", "1-a", NULL };

  return sp_docs_put_history (db, "note:1", revisions, FALSE, "{\"a\":1.50,\"b\":\"\\u00e9\"}", -1, NULL, error) ? db : NULL;
}

/* Revisions of another program travel as they came, byte for byte, with their history. */
static void
test_foreign (Replicas *f, gconstpointer data)
{
  StoreFixture *store = &f->stores[0];
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  sp_store_write_async (store->store, put_foreign, NULL, NULL, NULL, NULL, result_cb, store);
  result = wait_for_result (store);
  g_assert_nonnull (sp_store_call_finish (store->store, result, NULL));
  replicate (f, 0, 1);
  replicate (f, 1, 2);
  text = dump_store (&f->stores[2]);
  g_assert_cmpstr (text, ==, "note:1 2-b {\"a\":1.50,\"b\":\"\\u00e9\"}");
}

/* As the first pull of a laptop does it. */
static SpReplicatorCounts
pull (Replicas *f, guint from, guint to)
{
  g_autoptr (SpStorePeer) source = sp_store_peer_new (f->stores[from].store, TRUE);
  g_autoptr (SpStorePeer) target = sp_store_peer_new (f->stores[to].store, TRUE);
  g_autoptr (SpReplicator) replicator = sp_replicator_new (SP_PEER (source), SP_PEER (target));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sp_replicator_set_may_skip (replicator, TRUE);
  sp_replicator_run_async (replicator, NULL, replicated_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  sp_replicator_run_finish (replicator, result, &error);
  g_assert_no_error (error);
  return *sp_replicator_get_counts (replicator);
}

/* A new store need not learn of what was deleted before its time; when it meets somebody who may bring that back, it does. */
static void
test_skip (Replicas *f, gconstpointer data)
{
  static const char json[] = "{'type':'asset','schema':1,'kind':'group','name':'Shed'}";
  g_autofree char *kept = save_on (f, 0, "asset:kept", NULL, json);
  g_autofree char *rev = save_on (f, 0, "asset:gone", NULL, json);
  g_autofree char *gone = NULL;
  g_autofree char *later = NULL;

  replicate (f, 0, 2); /* whose copy grows old */
  gone = delete_entry (&f->stores[0], "asset:gone", rev, NULL);
  g_assert_cmpuint (pull (f, 0, 1).written, ==, 1);
  replicate (f, 1, 0);
  later = delete_entry (&f->stores[0], "asset:kept", kept, NULL);
  g_assert_cmpuint (pull (f, 0, 1).written, ==, 1); /* what it has, it must see deleted */
  replicate (f, 2, 1);
  replicate (f, 1, 2);
  pull (f, 0, 1);
  assert_alike (f, 0, 1);
}

static gpointer
read_synchronous (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "PRAGMA synchronous", error);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, error) ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
}

/* A checkpoint that does not wait for the disk is one all the same, and the next edit waits again. */
static void
test_does_not_last (Replicas *f, gconstpointer data)
{
  g_autoptr (SpStorePeer) source = sp_store_peer_new (f->stores[0].store, TRUE);
  g_autoptr (SpStorePeer) target = sp_store_peer_new (f->stores[1].store, TRUE);
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *synchronous = NULL;
  SpReplicatorCounts counts;

  sp_store_peer_set_lasts (target, FALSE);
  g_assert_true (replicate_peers (SP_PEER (source), SP_PEER (target), &counts, NULL));
  g_assert_cmpuint (counts.listed, ==, 1);
  g_assert_true (replicate_peers (SP_PEER (source), SP_PEER (target), &counts, NULL));
  g_assert_cmpuint (counts.listed, ==, 0);
  assert_alike (f, 0, 1);
  sp_store_write_async (f->stores[1].store, read_synchronous, NULL, NULL, g_free, NULL, result_cb, &f->stores[1]);
  result = wait_for_result (&f->stores[1]);
  synchronous = sp_store_call_finish (f->stores[1].store, result, NULL);
  g_assert_cmpstr (synchronous, ==, "2"); /* FULL */
}

static gpointer
read_acked (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean has_row;
  SP_DB_STMT *stmt = sp_db_prepare (db, "SELECT count(*) || ' ' || (max (acked) = (SELECT value + 0 FROM meta WHERE key = 'update_seq')) FROM peer", error);

  return stmt != NULL && sp_db_step (db, stmt, &has_row, error) ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
}

/* The source knows what the target has applied, so that old versions need not be kept for it any more. */
static void
test_acked (Replicas *f, gconstpointer data)
{
  StoreFixture *store = &f->stores[0];
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *acked = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  replicate (f, 0, 1);
  sp_store_read_async (store->store, read_acked, NULL, NULL, g_free, NULL, result_cb, store);
  result = wait_for_result (store);
  acked = sp_store_call_finish (store->store, result, NULL);
  g_assert_cmpstr (acked, ==, "1 1");
}

/* Who may only read at the other side keeps alone how far the two are, in both directions; who may write again keeps it at both
 * ends. */
static void
test_reader (Replicas *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autoptr (SpPeer) server = SP_PEER (sp_store_peer_new (f->stores[0].store, FALSE));
  g_autoptr (SpPeer) here = SP_PEER (sp_store_peer_new (f->stores[1].store, TRUE));
  g_autoptr (SpPeer) gate = SP_PEER (gate_peer_new (server));
  const guint listed[] = { 1, 0, 1, 0, 0 };
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    for (guint pulls = 2; pulls-- > 0; )
      {
        GATE_PEER (gate)->keeps_not = i < 4 ? SP_ERROR_DENIED : -1;
        GATE_PEER (gate)->instance = i < 2 ? NULL : "2"; /* as one that was made anew */
        g_assert_true (replicate_peers (pulls ? gate : here, pulls ? here : gate, &counts, &error));
        g_assert_no_error (error);
        g_assert_cmpuint (counts.listed, ==, listed[i]);
      }
}

static void
test_checkpoints (void)
{
  g_autofree char *first = sp_checkpoint_write (NULL, "s1", NULL, "\"5-a\"", FALSE);
  g_autofree char *second = sp_checkpoint_write (first, "s2", NULL, "12", FALSE);
  g_autofree char *other = sp_checkpoint_write (first, "s3", NULL, "\"9-a\"", FALSE);
  g_autofree char *same = sp_checkpoint_agree (second, second);
  g_autofree char *behind = sp_checkpoint_agree (second, first);
  g_autofree char *apart = sp_checkpoint_agree (second, other);
  g_autofree char *a = sp_checkpoint_make_id ("x", "y");
  g_autofree char *b = sp_checkpoint_make_id ("y", "x");

  g_assert_cmpstr (same, ==, "12");
  g_assert_cmpstr (behind, ==, "\"5-a\"");
  g_assert_cmpstr (apart, ==, "\"5-a\"");
  g_assert_null (sp_checkpoint_agree (NULL, first));
  g_assert_null (sp_checkpoint_agree (first, NULL));
  g_assert_null (sp_checkpoint_agree ("[]", "{\"session_id\":7}"));
  g_assert_cmpstr (a, !=, b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/replicator/reader", Replicas, NULL, set_up_replicas, test_reader, tear_down_replicas);
  g_test_add_func ("/replicator/checkpoints", test_checkpoints);
#define ADD(name, func) g_test_add ("/replicator/" name, Replicas, NULL, set_up_replicas, func, tear_down_replicas)
  ADD ("copy", test_copy);
  ADD ("many", test_many);
  ADD ("merge", test_merge);
  ADD ("conflict", test_conflict);
  ADD ("same-store", test_same_store);
  ADD ("live", test_live);
  ADD ("foreign", test_foreign);
  ADD ("skip", test_skip);
  ADD ("acked", test_acked);
  ADD ("does-not-last", test_does_not_last);
  return g_test_run ();
}
