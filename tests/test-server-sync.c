/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores that replicate through the server: everything arrives, conflicts and deletions too; the server itself merges
 * nothing; what it refuses stops nothing; a live replicator hears of what others write. */
#include "replica-fixture.h"
#include "server-fixture.h"

#include "sp-couch-peer.h"

typedef struct
{
  ServerFixture server;
  Replicas      replicas;
} Town;

static void
set_up_town (Town *f, gconstpointer data)
{
  set_up_server (&f->server, NULL);
  set_up_replicas (&f->replicas, NULL);
}

static void
tear_down_town (Town *f, gconstpointer data)
{
  tear_down_replicas (&f->replicas, NULL);
  tear_down_server (&f->server, NULL);
}

static SpPeer *
make_remote (Town *f, const char *who)
{
  g_autofree char *url = g_strconcat (f->server.address, "town", NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, who, who);

  return SP_PEER (sp_couch_peer_new (client));
}

static SpReplicatorCounts
push_as (Town *f, guint store, const char *who)
{
  g_autoptr (SpStorePeer) local = sp_store_peer_new (f->replicas.stores[store].store, TRUE);
  g_autoptr (SpPeer) remote = make_remote (f, who);
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  replicate_peers (SP_PEER (local), remote, &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static SpReplicatorCounts
pull (Town *f, guint store)
{
  g_autoptr (SpStorePeer) local = sp_store_peer_new (f->replicas.stores[store].store, TRUE);
  g_autoptr (SpPeer) remote = make_remote (f, "eve");
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  replicate_peers (remote, SP_PEER (local), &counts, &error);
  g_assert_no_error (error);
  return counts;
}

static char *
save_on (Town *f, guint store, const char *id, const char *parent, const char *json)
{
  g_autoptr (GError) error = NULL;
  char *rev = save_entry (&f->replicas.stores[store], id, parent, json, &error);

  g_assert_no_error (error);
  return rev;
}

static void
test_copy (Town *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *second = save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}");
  g_autofree char *other = save_on (f, 0, "asset:b", NULL, "{'type':'asset','schema':1,'kind':'place','name':'Hall'}");
  g_autofree char *gone = delete_entry (&f->replicas.stores[0], "asset:b", other, NULL);
  SpReplicatorCounts counts = push_as (f, 0, "eve");

  g_assert_cmpuint (counts.written, ==, 2);
  g_assert_cmpuint (counts.refused, ==, 0);
  counts = pull (f, 1);
  g_assert_cmpuint (counts.written, ==, 3); /* the rules came too */
  counts = pull (f, 0);
  g_assert_cmpuint (counts.written, ==, 1);
  assert_alike (&f->replicas, 0, 1);
  counts = push_as (f, 1, "eve");
  g_assert_cmpuint (counts.written, ==, 0);
  counts = pull (f, 1);
  g_assert_cmpuint (counts.checked, ==, 0); /* from the checkpoint on there is nothing */
}

static void
test_many (Town *f, gconstpointer data)
{
  for (guint i = 0; i < 1200; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      g_free (save_on (f, 0, id, NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}"));
    }
  g_assert_cmpuint (push_as (f, 0, "eve").written, ==, 1200);
  pull (f, 0);
  pull (f, 1);
  assert_alike (&f->replicas, 0, 1);
}

/* Both sides change the same member: all versions are everywhere, and the server has not merged them. */
static void
test_conflict (Town *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;
  g_autofree char *text = NULL;

  push_as (f, 0, "eve");
  pull (f, 1);
  mine = save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}");
  theirs = save_on (f, 1, "asset:a", rev, "{'name':'The Shed'}");
  push_as (f, 0, "eve");
  push_as (f, 1, "eve");
  g_assert_cmpuint (ask (&f->server, "vic", "GET", "town/asset:a?open_revs=all", NULL), ==, 200);
  text = get_answer (&f->server);
  g_assert_nonnull (strstr (text, mine));
  g_assert_nonnull (strstr (text, theirs));
  g_assert_null (strstr (text, "_deleted"));
  pull (f, 0);
  pull (f, 1);
  assert_alike (&f->replicas, 0, 1);
}

/* Different members: a replica merges, and its merge reaches the others. */
static void
test_merge (Town *f, gconstpointer data)
{
  g_autofree char *rev = save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}");
  g_autofree char *text = NULL;

  push_as (f, 0, "eve");
  pull (f, 1);
  g_free (save_on (f, 0, "asset:a", rev, "{'name':'Men’s Shed'}"));
  g_free (save_on (f, 1, "asset:a", rev, "{'summary':'Woodwork and tea'}"));
  push_as (f, 0, "eve");
  pull (f, 1);
  push_as (f, 1, "eve");
  pull (f, 0);
  assert_alike (&f->replicas, 0, 1);
  ask (&f->server, "vic", "GET", "town/asset:a", NULL);
  text = get_answer (&f->server);
  g_assert_nonnull (strstr (text, "Men’s Shed"));
  g_assert_nonnull (strstr (text, "Woodwork and tea"));
}

/* What an account may not write is counted, and the rest goes on. */
static void
test_refused (Town *f, gconstpointer data)
{
  SpReplicatorCounts counts;

  g_free (save_on (f, 0, "asset:a", NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}"));
  g_free (save_on (f, 0, "submission:con:1", NULL, "{'type':'submission','state':'proposed'}"));
  g_free (save_on (f, 0, "submission:eve:1", NULL, "{'type':'submission','state':'proposed'}"));
  counts = push_as (f, 0, "con");
  g_assert_cmpuint (counts.refused, ==, 2);
  g_assert_cmpuint (ask (&f->server, "vic", "GET", "town/submission:con:1", NULL), ==, 200);
  g_assert_cmpuint (ask (&f->server, "vic", "GET", "town/asset:a", NULL), ==, 404);
}

static void
caught_up_cb (SpReplicator *replicator, guint *times)
{
  (*times)++;
}

static void
test_live (Town *f, gconstpointer data)
{
  g_autoptr (SpStorePeer) local = sp_store_peer_new (f->replicas.stores[0].store, TRUE);
  g_autoptr (SpPeer) remote = make_remote (f, "eve");
  g_autoptr (SpReplicator) replicator = sp_replicator_new (remote, SP_PEER (local));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  guint times = 0;

  sp_replicator_set_live (replicator, TRUE);
  g_signal_connect (replicator, "caught-up", G_CALLBACK (caught_up_cb), &times);
  sp_replicator_run_async (replicator, cancellable, replicated_cb, &result);
  while (times == 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      const guint before = sp_replicator_get_counts (replicator)->written;
      g_autofree char *path = g_strdup_printf ("town/asset:%u", i);

      g_assert_cmpuint (ask (&f->server, "eve", "PUT", path, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}"), ==, 201);
      while (sp_replicator_get_counts (replicator)->written == before)
        g_main_context_iteration (NULL, TRUE);
    }
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  sp_replicator_run_finish (replicator, result, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/server-sync/" name, Town, NULL, set_up_town, func, tear_down_town)
  ADD ("copy", test_copy);
  ADD ("many", test_many);
  ADD ("conflict", test_conflict);
  ADD ("merge", test_merge);
  ADD ("refused", test_refused);
  ADD ("live", test_live);
  return g_test_run ();
}
