/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a replicator writes what it has fetched, and counts what became of it. */
#include "sp-replicator-private.h"

/**
 * sp_replicator_batch_free:
 * @batch: (transfer full): documents that were fetched
 */
void
sp_replicator_batch_free (SpReplicatorBatch *batch)
{
  g_clear_pointer (&batch->documents, g_ptr_array_unref);
  g_free (batch->since);
  g_free (batch);
}

/* A server may name documents that it was not sent, or one twice: these do not count. */
static void
count_refused (SpReplicator *self, const SpReplicatorBatch *batch, GPtrArray *refused)
{
  g_autoptr (GHashTable) sent = refused != NULL && refused->len > 0 ? sp_replicator_index_sent (batch->documents) : NULL;

  for (guint i = 0; sent != NULL && i < refused->len; i++)
    {
      const SpPeerDocument *document = sp_replicator_take_sent (sent, g_ptr_array_index (refused, i));

      if (document == NULL)
        continue;
      self->counts.written--;
      sp_replicator_remember_refused (self, document, g_ptr_array_index (refused, i));
    }
}

static void
count_batch (SpReplicator *self, const SpReplicatorBatch *batch, GPtrArray *refused)
{
  for (guint i = 0; batch->documents != NULL && i < batch->documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (batch->documents, i);

      if (document->json != NULL)
        {
          self->counts.written++;
          g_ptr_array_add (self->taken, sp_peer_rev_new (document->id, document->rev));
        }
      else
        sp_replicator_remember_refused (self, NULL, document);
    }
  count_refused (self, batch, refused);
}

/* @batch: (transfer full) */
static void
finish_batch (SpReplicator *self, SpReplicatorBatch *batch, GPtrArray *refused)
{
  count_batch (self, batch, refused);
  g_free (self->since);
  self->since = g_steal_pointer (&batch->since);
  sp_replicator_batch_free (batch);
  self->unsaved++;
  g_signal_emit_by_name (self, "progress");
}

typedef struct
{
  SpReplicator *self;
  SpReplicatorBatch *batch;
} Writing;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (SpReplicator) self = writing->self;
  GError *error = NULL;
  g_autoptr (GPtrArray) refused = sp_peer_put_documents_finish (SP_PEER (source), result, &error);

  self->writing--;
  if (refused == NULL || self->failed)
    {
      self->failed = TRUE;
      sp_replicator_batch_free (writing->batch);
      sp_replicator_end (self, error);
      return;
    }
  finish_batch (self, writing->batch, refused);
  if (self->task != NULL)
    sp_replicator_go_on (self);
}

/**
 * sp_replicator_write:
 * @self: a replicator with a batch that waits
 *
 * Gives that batch to the target.
 */
void
sp_replicator_write (SpReplicator *self)
{
  SpReplicatorBatch *batch = g_steal_pointer (&self->ready);
  Writing *writing;

  if (batch->documents == NULL)
    {
      finish_batch (self, batch, NULL);
      return;
    }
  writing = g_new (Writing, 1);
  *writing = (Writing){ g_object_ref (self), batch };
  self->writing++;
  sp_peer_put_documents_async (self->target, batch->documents, sp_replicator_get_cancellable (self), written_cb, writing);
}
