/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a replicator reads: what changed at the source, which of it the target lacks, and the documents; one batch waits to be
 * written. */
#include "sp-replicator-private.h"

#define BATCH 500              /* documents that are asked for at once: the more, the less work for the index */
#define LIVE_BATCH 200         /* the same where somebody waits for the newest */
#define WRITE_BATCH 16000      /* documents that are written at once: what came while the batch before was written; each batch writes
                                * many of the same pages of indexes as the one before */
#define WRITE_BYTES (24 * 1024 * 1024) /* so much of them waits at most, and one batch more */
#define STILL_AT_MOST 3        /* pages that lead nowhere */

static gsize
count_bytes (const GPtrArray *documents)
{
  gsize bytes = 0;

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      bytes += document->json != NULL ? g_bytes_get_size (document->json) : 0;
    }
  return bytes;
}

/* Joins the batch that waits, if there is one. @documents: (transfer full) (nullable) */
static void
add_batch (SpReplicator *self, GPtrArray *documents)
{
  if (self->ready == NULL)
    self->ready = g_new0 (SpReplicatorBatch, 1);
  self->ready->bytes += count_bytes (documents);
  if (self->ready->documents == NULL)
    self->ready->documents = documents;
  else if (documents != NULL)
    g_ptr_array_extend_and_steal (self->ready->documents, documents);
  g_free (self->ready->since);
  self->ready->since = g_strdup (self->read_since);
  self->fetching = FALSE;
  sp_replicator_go_on (self);
}

/**
 * sp_replicator_batch_is_full:
 * @ready: a batch that waits, with documents
 *
 * Returns: whether it takes no more
 */
gboolean
sp_replicator_batch_is_full (const SpReplicatorBatch *ready)
{
  return ready->documents->len + BATCH > WRITE_BATCH || ready->bytes >= WRITE_BYTES;
}

/**
 * sp_replicator_has_room:
 * @self: a replicator that runs
 *
 * Large transactions cost less, but nobody waits for one that came while others are written.
 *
 * Returns: whether more may be fetched
 */
gboolean
sp_replicator_has_room (SpReplicator *self)
{
  const SpReplicatorBatch *ready = self->ready;

  if (self->fetching || self->at_end)
    return FALSE;
  if (self->again != NULL && (ready != NULL || self->writing > 0)) /* what becomes of these decides on the next */
    return FALSE;
  if (ready == NULL || ready->documents == NULL)
    return ready == NULL || !self->live;
  return !self->live && !sp_replicator_batch_is_full (ready);
}

static void
got_documents_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;
  GPtrArray *documents = sp_peer_get_documents_finish (SP_PEER (source), result, &error);

  if (documents == NULL)
    sp_replicator_end (self, error);
  else if (self->task == NULL)
    g_ptr_array_unref (documents);
  else
    add_batch (self, documents);
}

static void
got_missing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) missing = sp_peer_get_missing_finish (SP_PEER (source), result, &error);

  if (missing == NULL)
    sp_replicator_end (self, error);
  else if (self->task == NULL)
    return;
  else if (missing->len == 0)
    add_batch (self, NULL);
  else
    sp_peer_get_documents_async (self->source, missing, sp_replicator_get_cancellable (self), got_documents_cb, g_object_ref (self));
}

/**
 * sp_replicator_fetch_missing:
 * @self: a replicator that fetches nothing else
 * @revs: (element-type SpPeerRev): revisions of the source
 *
 * Makes a batch of those that the target lacks.
 */
void
sp_replicator_fetch_missing (SpReplicator *self, GPtrArray *revs)
{
  self->fetching = TRUE;
  if (revs->len == 0)
    add_batch (self, NULL);
  else
    sp_peer_get_missing_async (self->target, revs, sp_replicator_get_cancellable (self), got_missing_cb, g_object_ref (self));
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;

  self->fetching = FALSE;
  if (!sp_peer_wait_finish (SP_PEER (source), result, &error))
    {
      sp_replicator_end (self, error);
      return;
    }
  self->at_end = FALSE;
  if (self->task != NULL)
    sp_replicator_go_on (self);
}

/* A sequence that the source does not take says nothing any more: the start is always safe. One that takes none of its own
 * would be read from there again and again. */
static gboolean
restarts (SpReplicator *self, const GError *error)
{
  if (!g_error_matches (error, SP_ERROR, SP_ERROR_INVALID) || self->read_since == NULL || self->restarted)
    return FALSE;
  self->restarted = TRUE;
  g_clear_pointer (&self->read_since, g_free);
  return TRUE;
}

/* A new store need not learn of what was deleted before its time, unless it has the document all the same. */
static gboolean
is_skipped (SpReplicator *self, const SpPeerRev *rev)
{
  if (rev->gone)
    return !g_hash_table_contains (self->seen, rev->id);
  g_hash_table_add (self->seen, g_strdup (rev->id));
  return FALSE;
}

static void
skip_tombstones (SpReplicator *self, SpPeerChanges *changes)
{
  for (guint i = changes->revs->len; self->seen != NULL && i > 0; i--)
    if (is_skipped (self, g_ptr_array_index (changes->revs, i - 1)))
      {
        g_ptr_array_remove_index (changes->revs, i - 1);
        self->skipped = TRUE;
      }
  if (changes->n_documents == 0)
    g_clear_pointer (&self->seen, g_hash_table_unref);
}

static void
take_changes (SpReplicator *self, SpPeerChanges *changes)
{
  self->still = changes->n_documents > 0 && g_strcmp0 (self->read_since, changes->last) == 0 ? self->still + 1 : 0;
  if (self->still > STILL_AT_MOST)
    {
      sp_replicator_end (self, g_error_new_literal (SP_ERROR, SP_ERROR_SERVER, "The other side lists the same changes again and again"));
      return;
    }
  g_free (self->read_since);
  self->read_since = g_strdup (changes->last);
  self->counts.checked += changes->revs->len;
  self->counts.listed += changes->n_documents;
  self->at_end = changes->n_documents == 0;
  skip_tombstones (self, changes);
  sp_replicator_fetch_missing (self, changes->revs);
}

static void
got_changes_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPeerChanges) changes = sp_peer_get_changes_finish (SP_PEER (source), result, &error);

  if (self->task == NULL)
    return;
  if (changes == NULL)
    {
      if (restarts (self, error))
        sp_replicator_fetch (self);
      else
        sp_replicator_end (self, g_steal_pointer (&error));
      return;
    }
  take_changes (self, changes);
}

/**
 * sp_replicator_fetch:
 * @self: a replicator that fetches nothing else
 *
 * Asks the source for more.
 */
void
sp_replicator_fetch (SpReplicator *self)
{
  if (sp_replicator_fetch_again (self))
    return;
  self->fetching = TRUE;
  sp_peer_get_changes_async (self->source, self->read_since, self->live ? LIVE_BATCH : BATCH, sp_replicator_get_cancellable (self), got_changes_cb,
                             g_object_ref (self));
}

/**
 * sp_replicator_wait:
 * @self: a live replicator with nothing left to do
 *
 * Says so, and goes on when the source may have more.
 */
void
sp_replicator_wait (SpReplicator *self)
{
  self->fetching = TRUE;
  g_signal_emit_by_name (self, "caught-up");
  sp_peer_wait_async (self->source, self->read_since, sp_replicator_get_cancellable (self), waited_cb, g_object_ref (self));
}
