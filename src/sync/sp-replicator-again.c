/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What did not get through before is tried again at the beginning of each run, before anything new: rights may have changed, a
 * server may be well again, and a newer program may understand what an older one refused. It goes in small batches; when several
 * bring nothing, the rest waits for the next run, which begins with it. */
#include "sp-replicator-private.h"

#include <string.h>

#define BATCH 500      /* revisions that are tried at once */
#define VAIN_AT_MOST 4 /* batches of which nothing got through */

static int
compare_revs (gconstpointer a, gconstpointer b)
{
  const SpPeerRev *first = *(SpPeerRev *const *) a, *second = *(SpPeerRev *const *) b;
  const int by_id = strcmp (first->id, second->id);

  return by_id != 0 ? by_id : strcmp (first->rev, second->rev);
}

/* Those of one document one after the other, as peers want them, and each once: both ends may remember it. */
static void
put_in_order (GPtrArray *revs)
{
  g_ptr_array_sort (revs, compare_revs);
  for (guint i = revs->len; i > 1; i--)
    if (compare_revs (&revs->pdata[i - 1], &revs->pdata[i - 2]) == 0)
      g_ptr_array_remove_index (revs, i - 1);
}

static gboolean
goes_on (const GPtrArray *chosen, const SpPeerRev *next)
{
  const SpPeerRev *last = chosen->len > 0 ? g_ptr_array_index (chosen, chosen->len - 1) : NULL;

  return chosen->len < BATCH || strcmp (last->id, next->id) == 0;
}

/* What the target meanwhile has is no longer refused. */
static GPtrArray *
choose (SpReplicator *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  while (self->again->len > 0 && goes_on (chosen, g_ptr_array_index (self->again, self->again->len - 1)))
    {
      SpPeerRev *rev = g_ptr_array_steal_index (self->again, self->again->len - 1);

      g_ptr_array_add (self->taken, sp_peer_rev_new (rev->id, rev->rev));
      g_ptr_array_add (chosen, rev);
    }
  put_in_order (chosen);
  return chosen;
}

/**
 * sp_replicator_fetch_again:
 * @self: a replicator that fetches and writes nothing else
 *
 * Makes a batch of what did not get through before.
 *
 * Returns: whether there was anything left to be tried
 */
gboolean
sp_replicator_fetch_again (SpReplicator *self)
{
  g_autoptr (GPtrArray) chosen = NULL;

  if (self->again == NULL)
    return FALSE;
  if (self->counts.refused > self->before.refused && self->counts.written == self->before.written)
    self->vain++;
  self->before = self->counts;
  if (self->again->len == 0 || self->vain >= VAIN_AT_MOST)
    {
      g_clear_pointer (&self->again, g_ptr_array_unref);
      return FALSE;
    }
  chosen = choose (self);
  sp_replicator_fetch_missing (self, chosen);
  return TRUE;
}

static void
got_from_target_cb (GObject *target, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;
  GPtrArray *refused = sp_peer_get_refused_finish (SP_PEER (target), result, &error);

  if (refused == NULL)
    {
      sp_replicator_end (self, error);
      return;
    }
  g_ptr_array_extend_and_steal (self->again, refused);
  if (self->task != NULL)
    sp_replicator_fetch (self);
}

static void
got_from_source_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;

  self->again = sp_peer_get_refused_finish (SP_PEER (source), result, &error);
  if (self->again == NULL)
    sp_replicator_end (self, error);
  else if (self->task != NULL)
    sp_peer_get_refused_async (self->target, self->source_uuid, FALSE, sp_replicator_get_cancellable (self), got_from_target_cb,
                               g_object_ref (self));
}

/**
 * sp_replicator_begin_again:
 * @self: a replicator that knows who the two are
 *
 * Asks both what did not get through before, and begins to fetch.
 */
void
sp_replicator_begin_again (SpReplicator *self)
{
  sp_peer_get_refused_async (self->source, self->target_uuid, TRUE, sp_replicator_get_cancellable (self), got_from_source_cb,
                             g_object_ref (self));
}
