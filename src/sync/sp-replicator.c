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

#define CHECKPOINT_EVERY 10 /* batches that are written */

G_DEFINE_FINAL_TYPE (SpReplicator, sp_replicator, G_TYPE_OBJECT)

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

  g_clear_pointer (&self->ready, sp_replicator_batch_free);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
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
         && ready->documents != NULL && (self->at_end || sp_replicator_batch_is_full (ready));
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
    sp_replicator_write (self);
  if (self->task != NULL && sp_replicator_has_room (self))
    sp_replicator_fetch (self);
  if (self->task == NULL || self->writing > 0 || self->saving)
    return;
  if (wants_saving (self))
    sp_replicator_save (self);
  else if (self->at_end && !self->live)
    sp_replicator_end (self, NULL);
  else if (self->at_end && !self->fetching)
    sp_replicator_wait (self);
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
  g_free (self->source_instance);
  g_free (self->target_instance);
  g_free (self->checkpoint);
  g_free (self->read_since);
  g_free (self->since);
  g_free (self->saved_since);
  g_clear_pointer (&self->ready, sp_replicator_batch_free);
  g_clear_object (&self->source);
  g_clear_object (&self->target);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->again, g_ptr_array_unref);
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
  g_signal_new ("progress", SP_TYPE_REPLICATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * SpReplicator::caught-up:
   * @self: the replicator, live
   *
   * The target has all that the source had; it waits for more.
   */
  g_signal_new ("caught-up", SP_TYPE_REPLICATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
