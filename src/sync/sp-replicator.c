/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReplicator: copies revisions from one replica to another, in one direction (couch-protocol §4, "Ours"). Two of them
 * side by side keep two replicas alike.
 *
 * It goes in batches: what changed, which of it the target lacks, the documents, and writing them. While one batch is
 * written the next are fetched, and written together; a target that keeps their order gets such a batch at once, to take it
 * apart. Every few batches, and at the end, it leaves a checkpoint at both ends, so that it goes on
 * from there after a crash. A document that is refused is remembered and stops nothing.
 *
 * Belongs to the main loop. */
#include "sp-replicator-private.h"

#include <string.h>

#define BATCH 500              /* documents that are asked for at once: the more, the less work for the index */
#define LIVE_BATCH 200         /* the same where somebody waits for the newest */
#define WRITE_BATCH 16000      /* documents that are written at once: what came while the batch before was written; each batch writes
                                * many of the same pages of indexes as the one before */
#define WRITE_BYTES (24 * 1024 * 1024) /* so much of them waits at most, and one batch more */
#define CHECKPOINT_EVERY 10    /* of these */
#define STILL_AT_MOST 3        /* pages that lead nowhere */

G_DEFINE_FINAL_TYPE (SpReplicator, sp_replicator, G_TYPE_OBJECT)

enum { PROGRESS, CAUGHT_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
batch_free (SpReplicatorBatch *batch)
{
  g_clear_pointer (&batch->documents, g_ptr_array_unref);
  g_free (batch->since);
  g_free (batch);
}

/**
 * sp_replicator_get_cancellable:
 * @self: a replicator that runs
 *
 * Returns: (transfer none) (nullable): what stops it
 */
GCancellable *
sp_replicator_get_cancellable (SpReplicator *self)
{
  return g_task_get_cancellable (self->task);
}

/**
 * sp_replicator_end:
 * @self: a replicator
 * @error: (transfer full) (nullable): why it stops, if it is not because all is done
 *
 * Ends it. A call that is still under way finds no task and is dropped.
 */
void
sp_replicator_end (SpReplicator *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->ready, batch_free);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* ── Writing ── */

/* Whether a document that was refused is one that was sent: a server may name others. */
static gboolean
was_sent (const SpReplicatorBatch *batch, const SpPeerDocument *refused)
{
  for (guint i = 0; i < batch->documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (batch->documents, i);

      if (document->json != NULL && strcmp (document->id, refused->id) == 0)
        return TRUE;
    }
  return FALSE;
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
  for (guint i = 0; refused != NULL && i < refused->len; i++)
    {
      if (!was_sent (batch, g_ptr_array_index (refused, i)))
        continue;
      self->counts.written--;
      sp_replicator_remember_refused (self, batch->documents, g_ptr_array_index (refused, i));
    }
}

/* @batch: (transfer full) */
static void
finish_batch (SpReplicator *self, SpReplicatorBatch *batch, GPtrArray *refused)
{
  count_batch (self, batch, refused);
  g_free (self->since);
  self->since = g_steal_pointer (&batch->since);
  batch_free (batch);
  self->unsaved++;
  g_signal_emit (self, signals[PROGRESS], 0);
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
      batch_free (writing->batch);
      sp_replicator_end (self, error);
      return;
    }
  finish_batch (self, writing->batch, refused);
  if (self->task != NULL)
    sp_replicator_go_on (self);
}

static void
write_batch (SpReplicator *self)
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

/* ── Reading ── */

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

/* Whether the batch that waits takes no more. */
static gboolean
is_full (const SpReplicatorBatch *ready)
{
  return ready->documents->len + BATCH > WRITE_BATCH || ready->bytes >= WRITE_BYTES;
}

/* Whether more may be fetched: large transactions cost less, but nobody waits for one that came while others are written. */
static gboolean
has_room (SpReplicator *self)
{
  const SpReplicatorBatch *ready = self->ready;

  if (self->fetching || self->at_end)
    return FALSE;
  if (ready == NULL || ready->documents == NULL)
    return ready == NULL || !self->live;
  return !self->live && !is_full (ready);
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

/* A sequence that the source does not take says nothing any more: the start is always safe. */
static gboolean
restarts (SpReplicator *self, const GError *error)
{
  if (!g_error_matches (error, SP_ERROR, SP_ERROR_INVALID) || self->read_since == NULL)
    return FALSE;
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
  self->fetching = TRUE;
  sp_peer_get_changes_async (self->source, self->read_since, self->live ? LIVE_BATCH : BATCH, sp_replicator_get_cancellable (self), got_changes_cb,
                             g_object_ref (self));
}

static void
wait_for_changes (SpReplicator *self)
{
  self->fetching = TRUE;
  g_signal_emit (self, signals[CAUGHT_UP], 0);
  sp_peer_wait_async (self->source, self->read_since, sp_replicator_get_cancellable (self), waited_cb, g_object_ref (self));
}

static gboolean
wants_saving (SpReplicator *self)
{
  if (!self->at_end)
    return self->unsaved >= CHECKPOINT_EVERY;
  return g_strcmp0 (self->since, self->saved_since) != 0 || self->noted->len > 0 || self->taken->len > 0;
}

/* Whether the target can have the batch that waits. A second one goes to it only if it is as large as they come, and the
 * checkpoint is not due before. */
static gboolean
may_write (SpReplicator *self)
{
  const SpReplicatorBatch *ready = self->ready;

  if (ready == NULL || self->saving || (self->unsaved >= CHECKPOINT_EVERY && wants_saving (self)))
    return FALSE;
  if (self->writing == 0)
    return TRUE;
  return self->writing == 1 && !self->live && self->unsaved + 1 < CHECKPOINT_EVERY && sp_peer_puts_in_order (self->target)
         && ready->documents != NULL && (self->at_end || is_full (ready));
}

/**
 * sp_replicator_go_on:
 * @self: a replicator of which something has ended
 *
 * Does what there is to do next.
 */
void
sp_replicator_go_on (SpReplicator *self)
{
  if (may_write (self))
    write_batch (self);
  if (self->task != NULL && has_room (self))
    sp_replicator_fetch (self);
  if (self->task == NULL || self->writing > 0 || self->saving)
    return;
  if (wants_saving (self))
    sp_replicator_save (self);
  else if (self->at_end && !self->live)
    sp_replicator_end (self, NULL);
  else if (self->at_end && !self->fetching)
    wait_for_changes (self);
}

/* ── The object ── */

static void
sp_replicator_finalize (GObject *object)
{
  SpReplicator *self = SP_REPLICATOR (object);

  g_free (self->checkpoint_id);
  g_free (self->session);
  g_free (self->source_uuid);
  g_free (self->target_uuid);
  g_free (self->checkpoint);
  g_free (self->read_since);
  g_free (self->since);
  g_free (self->saved_since);
  g_clear_pointer (&self->ready, batch_free);
  g_clear_object (&self->source);
  g_clear_object (&self->target);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->noted);
  g_ptr_array_unref (self->taken);
  G_OBJECT_CLASS (sp_replicator_parent_class)->finalize (object);
}

static void
sp_replicator_class_init (SpReplicatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_replicator_finalize;

  /**
   * SpReplicator::progress:
   * @self: the replicator
   *
   * Another batch was written.
   */
  signals[PROGRESS] = g_signal_new ("progress", SP_TYPE_REPLICATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SpReplicator::caught-up:
   * @self: the replicator, live
   *
   * The target has all that the source had; it waits for more.
   */
  signals[CAUGHT_UP] = g_signal_new ("caught-up", SP_TYPE_REPLICATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_replicator_init (SpReplicator *self)
{
  self->refused = g_ptr_array_new_with_free_func (sp_peer_document_free);
  self->noted = g_ptr_array_new_with_free_func (sp_peer_document_free);
  self->taken = g_ptr_array_new_with_free_func (sp_peer_rev_free);
}

/**
 * sp_replicator_new:
 * @source: the replica that is read
 * @target: the replica that is written
 *
 * Returns: (transfer full): a replicator that does not run yet
 */
SpReplicator *
sp_replicator_new (SpPeer *source, SpPeer *target)
{
  SpReplicator *self = g_object_new (SP_TYPE_REPLICATOR, NULL);

  self->source = g_object_ref (source);
  self->target = g_object_ref (target);
  return self;
}

/**
 * sp_replicator_set_live:
 * @self: a replicator
 * @live: whether it goes on until it is cancelled, rather than end when all is copied
 */
void
sp_replicator_set_live (SpReplicator *self, gboolean live)
{
  self->live = live;
}

/**
 * sp_replicator_set_passing:
 * @self: a replicator
 * @passing: whether the two will hardly meet again, so that the source keeps no old versions for the target's sake
 */
void
sp_replicator_set_passing (SpReplicator *self, gboolean passing)
{
  self->passing = passing;
}

/**
 * sp_replicator_set_may_skip:
 * @self: a replicator whose target is a store of this program
 * @may_skip: whether an empty target need not learn of documents that were deleted before; when it is synced with somebody
 *   else later, it learns of them after all
 */
void
sp_replicator_set_may_skip (SpReplicator *self, gboolean may_skip)
{
  self->may_skip = may_skip;
}

/**
 * sp_replicator_run_async:
 * @self: a replicator that was not run yet
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Copies what the target lacks. A replicator runs once.
 */
void
sp_replicator_run_async (SpReplicator *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SP_IS_REPLICATOR (self) && self->session == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, sp_replicator_run_async);
  self->session = g_uuid_string_random ();
  sp_replicator_start (self);
}

/**
 * sp_replicator_run_finish:
 * @self: a replicator
 * @result: what the callback got
 * @error: why it stopped
 *
 * Returns: whether the target has all that the source had, but for what was refused
 */
gboolean
sp_replicator_run_finish (SpReplicator *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_replicator_get_counts:
 * @self: a replicator
 *
 * Returns: (transfer none): what it has done since it was made
 */
const SpReplicatorCounts *sp_replicator_get_counts (SpReplicator *self) { return &self->counts; }

/**
 * sp_replicator_get_refused:
 * @self: a replicator
 *
 * Returns: (transfer none) (element-type SpPeerDocument): documents that were refused, each with its error; the first
 *   thousand
 */
GPtrArray *sp_replicator_get_refused (SpReplicator *self) { return self->refused; }

/**
 * sp_replicator_get_since:
 * @self: a replicator
 *
 * Returns: (nullable): the sequence of the source up to which the target has all
 */
const char *sp_replicator_get_since (SpReplicator *self) { return self->since; }

/**
 * sp_replicator_get_total:
 * @self: a replicator
 *
 * Returns: how many documents the source had when it began, deleted ones too; 0 if it does not tell
 */
gint64 sp_replicator_get_total (SpReplicator *self) { return self->total; }

/**
 * sp_replicator_get_target_uuid:
 * @self: a replicator
 *
 * Returns: (nullable): who is written; %NULL until that is known
 */
const char *sp_replicator_get_target_uuid (SpReplicator *self) { return self->target_uuid; }

/**
 * sp_replicator_is_new:
 * @self: a replicator
 *
 * Returns: whether it began at the start: the two never agreed on how far they are
 */
gboolean sp_replicator_is_new (SpReplicator *self) { return self->is_new; }
