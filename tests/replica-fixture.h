/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A few stores that copy from each other. */

#include "sp-replicator.h"
#include "sp-store-peer.h"
#include "store-fixture.h"

#define N_STORES 3

typedef struct
{
  StoreFixture stores[N_STORES];
  GAsyncResult *result;
} Replicas;

G_GNUC_UNUSED static void
set_up_replicas (Replicas *f, gconstpointer data)
{
  for (guint i = 0; i < N_STORES; i++)
    set_up_store (&f->stores[i], NULL);
}

G_GNUC_UNUSED static void
tear_down_replicas (Replicas *f, gconstpointer data)
{
  for (guint i = 0; i < N_STORES; i++)
    tear_down_store (&f->stores[i], NULL);
}

G_GNUC_UNUSED static void
replicated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Copies from one replica to another; what it did is in @counts. */
G_GNUC_UNUSED static gboolean
replicate_peers (SpPeer *from, SpPeer *to, SpReplicatorCounts *counts, GError **error)
{
  g_autoptr (SpReplicator) replicator = sp_replicator_new (from, to);
  g_autoptr (GAsyncResult) result = NULL;

  sp_replicator_run_async (replicator, NULL, replicated_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  *counts = *sp_replicator_get_counts (replicator);
  return sp_replicator_run_finish (replicator, result, error);
}

G_GNUC_UNUSED static SpReplicatorCounts
replicate (Replicas *f, guint from, guint to)
{
  g_autoptr (SpStorePeer) source = sp_store_peer_new (f->stores[from].store, TRUE);
  g_autoptr (SpStorePeer) target = sp_store_peer_new (f->stores[to].store, TRUE);
  g_autoptr (GError) error = NULL;
  SpReplicatorCounts counts;

  replicate_peers (SP_PEER (source), SP_PEER (target), &counts, &error);
  g_assert_no_error (error);
  return counts;
}

/* All leaves with their bodies, as text. */
G_GNUC_UNUSED static gpointer
dump (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) changes = sp_docs_get_changes (db, NULL, G_MAXUINT, &last, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < changes->len; i++)
    {
      const SpChange *change = g_ptr_array_index (changes, i);
      g_autoptr (GPtrArray) leaves = sp_docs_get_leaves (db, change->id, error);

      for (guint k = 0; k < leaves->len; k++)
        {
          const SpDoc *leaf = g_ptr_array_index (leaves, k);

          g_ptr_array_add (lines, g_strdup_printf ("%s %s%s %s", leaf->id, leaf->rev, leaf->deleted ? "!" : "", leaf->body));
        }
    }
  g_ptr_array_sort (lines, compare_names);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

G_GNUC_UNUSED static char *
dump_store (StoreFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  sp_store_read_async (f->store, dump, NULL, NULL, g_free, NULL, result_cb, f);
  result = wait_for_result (f);
  text = sp_store_call_finish (f->store, result, &error);
  g_assert_no_error (error);
  return text;
}

G_GNUC_UNUSED static void
assert_alike (Replicas *f, guint a, guint b)
{
  g_autofree char *first = dump_store (&f->stores[a]);
  g_autofree char *second = dump_store (&f->stores[b]);

  g_assert_cmpstr (first, ==, second);
}
