/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReplicator: copies revisions from one replica to another, in one direction (couch-protocol §4, "Ours"). Two of them
 * side by side keep two replicas alike.
 *
 * It goes in batches: what changed, which of it the target lacks, the documents, and writing them. While one batch is
 * written the next is fetched. Every few batches, and at the end, it leaves a checkpoint at both ends, so that it goes on
 * from there after a crash. A document that is refused is remembered and stops nothing.
 *
 * Belongs to the main loop. */
#include "sp-replicator.h"

#include "sp-checkpoint.h"

#include <string.h>

#define BATCH 500              /* documents that are asked for at once: the more, the less work for the index */
#define LIVE_BATCH 200         /* the same where somebody waits for the newest */
#define CHECKPOINT_EVERY 10    /* batches */
#define REFUSED_KEPT 1000      /* refused documents that are remembered one by one */

/* Documents that were fetched and wait to be written. */
typedef struct
{
  GPtrArray *documents; /* nullable: none were missing */
  char      *since;     /* where the reader stands after them */
} Batch;

struct _SpReplicator
{
  GObject parent_instance;

  SpPeer    *source; /* owned */
  SpPeer    *target; /* owned */
  gboolean   live;

  GTask     *task;        /* owned while it runs */
  char      *checkpoint_id;
  char      *session;
  char      *checkpoint;  /* nullable: the one at the target, JSON */
  char      *read_since;  /* nullable: where reading stands */
  char      *since;       /* nullable: where writing stands */
  char      *saved_since; /* nullable: where the checkpoint stands */
  Batch     *ready;       /* nullable: fetched, not being written */
  gboolean   fetching;
  gboolean   writing;
  gboolean   at_end;      /* the source has listed all */
  guint      unsaved;     /* batches since the checkpoint */
  GPtrArray *refused;     /* (element-type SpPeerDocument) */
  SpReplicatorCounts counts;
};

G_DEFINE_FINAL_TYPE (SpReplicator, sp_replicator, G_TYPE_OBJECT)

enum { PROGRESS, CAUGHT_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

static void fetch (SpReplicator *self);
static void go_on (SpReplicator *self);

static void
batch_free (Batch *batch)
{
  g_clear_pointer (&batch->documents, g_ptr_array_unref);
  g_free (batch->since);
  g_free (batch);
}

static GCancellable *
get_cancellable (SpReplicator *self)
{
  return g_task_get_cancellable (self->task);
}

/* @error: (transfer full) (nullable). A call that is still under way finds no task and is dropped. */
static void
end (SpReplicator *self, GError *error)
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

/* ── Checkpoints: the target first, so that the source never knows more than what was written ── */

static void
saved_at_source_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  g_autoptr (GError) error = NULL;

  /* A reader without the right to write there goes on; it only has to look at more the next time. */
  if (!sp_peer_put_local_finish (SP_PEER (source), result, &error) && !g_error_matches (error, SP_ERROR, SP_ERROR_DENIED))
    {
      end (self, g_steal_pointer (&error));
      return;
    }
  self->writing = FALSE;
  if (self->task != NULL)
    go_on (self);
}

static void
saved_at_target_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;

  if (!sp_peer_put_local_finish (SP_PEER (source), result, &error))
    {
      end (self, error);
      return;
    }
  if (self->task != NULL)
    sp_peer_put_local_async (self->source, self->checkpoint_id, self->checkpoint, get_cancellable (self), saved_at_source_cb,
                             g_object_ref (self));
}

static void
save_checkpoint (SpReplicator *self)
{
  char *checkpoint = sp_checkpoint_write (self->checkpoint, self->session, self->since);

  g_free (self->checkpoint);
  self->checkpoint = checkpoint;
  g_free (self->saved_since);
  self->saved_since = g_strdup (self->since);
  self->unsaved = 0;
  self->writing = TRUE;
  sp_peer_put_local_async (self->target, self->checkpoint_id, checkpoint, get_cancellable (self), saved_at_target_cb,
                           g_object_ref (self));
}

/* ── Writing ── */

static void
remember_refused (SpReplicator *self, const SpPeerDocument *document)
{
  self->counts.refused++;
  if (self->refused->len < REFUSED_KEPT)
    g_ptr_array_add (self->refused, sp_peer_document_new (document->id, document->rev, NULL, g_error_copy (document->error)));
}

static void
count_batch (SpReplicator *self, const Batch *batch, GPtrArray *refused)
{
  for (guint i = 0; batch->documents != NULL && i < batch->documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (batch->documents, i);

      if (document->json != NULL)
        self->counts.written++;
      else
        remember_refused (self, document);
    }
  for (guint i = 0; refused != NULL && i < refused->len; i++)
    {
      self->counts.written--;
      remember_refused (self, g_ptr_array_index (refused, i));
    }
}

/* @batch: (transfer full) */
static void
finish_batch (SpReplicator *self, Batch *batch, GPtrArray *refused)
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
  Batch        *batch;
} Writing;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (SpReplicator) self = writing->self;
  GError *error = NULL;
  g_autoptr (GPtrArray) refused = sp_peer_put_documents_finish (SP_PEER (source), result, &error);

  self->writing = FALSE;
  if (refused == NULL)
    {
      batch_free (writing->batch);
      end (self, error);
      return;
    }
  finish_batch (self, writing->batch, refused);
  if (self->task != NULL)
    go_on (self);
}

static void
write_batch (SpReplicator *self)
{
  Batch *batch = g_steal_pointer (&self->ready);
  Writing *writing;

  if (batch->documents == NULL)
    {
      finish_batch (self, batch, NULL);
      return;
    }
  writing = g_new (Writing, 1);
  *writing = (Writing){ g_object_ref (self), batch };
  self->writing = TRUE;
  sp_peer_put_documents_async (self->target, batch->documents, get_cancellable (self), written_cb, writing);
}

/* ── Reading ── */

/* @documents: (transfer full) (nullable) */
static void
add_batch (SpReplicator *self, GPtrArray *documents)
{
  self->ready = g_new (Batch, 1);
  *self->ready = (Batch){ documents, g_strdup (self->read_since) };
  self->fetching = FALSE;
  go_on (self);
}

static void
got_documents_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;
  GPtrArray *documents = sp_peer_get_documents_finish (SP_PEER (source), result, &error);

  if (documents == NULL)
    end (self, error);
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
    end (self, error);
  else if (self->task == NULL)
    return;
  else if (missing->len == 0)
    add_batch (self, NULL);
  else
    sp_peer_get_documents_async (self->source, missing, get_cancellable (self), got_documents_cb, g_object_ref (self));
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;

  self->fetching = FALSE;
  if (!sp_peer_wait_finish (SP_PEER (source), result, &error))
    {
      end (self, error);
      return;
    }
  self->at_end = FALSE;
  if (self->task != NULL)
    go_on (self);
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

static void
got_changes_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpPeerChanges) changes = sp_peer_get_changes_finish (SP_PEER (source), result, &error);
  gboolean stands_still;

  if (self->task == NULL)
    return;
  if (changes == NULL)
    {
      if (restarts (self, error))
        fetch (self);
      else
        end (self, g_steal_pointer (&error));
      return;
    }
  stands_still = g_strcmp0 (self->read_since, changes->last) == 0; /* whatever it lists: there would be no end to it */
  g_free (self->read_since);
  self->read_since = g_strdup (changes->last);
  self->counts.checked += changes->revs->len;
  if (changes->n_documents == 0 || stands_still)
    {
      self->at_end = TRUE;
      add_batch (self, NULL);
    }
  else
    sp_peer_get_missing_async (self->target, changes->revs, get_cancellable (self), got_missing_cb, g_object_ref (self));
}

static void
fetch (SpReplicator *self)
{
  self->fetching = TRUE;
  sp_peer_get_changes_async (self->source, self->read_since, self->live ? LIVE_BATCH : BATCH, get_cancellable (self), got_changes_cb, g_object_ref (self));
}

static void
wait_for_changes (SpReplicator *self)
{
  self->fetching = TRUE;
  g_signal_emit (self, signals[CAUGHT_UP], 0);
  sp_peer_wait_async (self->source, self->read_since, get_cancellable (self), waited_cb, g_object_ref (self));
}

/* What there is to do next, whenever something has ended. */
static void
go_on (SpReplicator *self)
{
  if (!self->writing && self->ready != NULL)
    write_batch (self);
  if (self->task == NULL || self->writing)
    {
      if (self->task != NULL && self->ready == NULL && !self->fetching && !self->at_end)
        fetch (self);
      return;
    }
  if (!self->at_end && !self->fetching && self->ready == NULL)
    fetch (self);
  if (self->at_end ? g_strcmp0 (self->since, self->saved_since) != 0 : self->unsaved >= CHECKPOINT_EVERY)
    save_checkpoint (self);
  else if (self->at_end && !self->live)
    end (self, NULL);
  else if (self->at_end && !self->fetching)
    wait_for_changes (self);
}

/* ── Beginning ── */

/* What the beginning asks, one after the other. */
typedef struct
{
  SpReplicator *self;
  SpPeerInfo   *source;
  char         *at_source; /* nullable */
} Start;

static void
start_free (Start *start)
{
  g_clear_pointer (&start->source, sp_peer_info_free);
  g_free (start->at_source);
  g_object_unref (start->self);
  g_free (start);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

static void
got_target_checkpoint_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  g_autoptr (GError) error = NULL;
  char *checkpoint = sp_peer_get_local_finish (SP_PEER (source), result, &error);

  if (checkpoint == NULL && !g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      end (self, g_steal_pointer (&error));
      return;
    }
  g_free (self->checkpoint);
  self->checkpoint = checkpoint;
  self->since = sp_checkpoint_agree (start->at_source, checkpoint);
  self->read_since = g_strdup (self->since);
  self->saved_since = g_strdup (self->since);
  if (self->task != NULL)
    fetch (self);
}

static void
got_source_checkpoint_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  g_autoptr (GError) error = NULL;

  start->at_source = sp_peer_get_local_finish (SP_PEER (source), result, &error);
  if (start->at_source == NULL && !g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND)
      && !g_error_matches (error, SP_ERROR, SP_ERROR_DENIED))
    {
      end (self, g_steal_pointer (&error));
      return;
    }
  sp_peer_get_local_async (self->target, self->checkpoint_id, get_cancellable (self), got_target_checkpoint_cb,
                           g_steal_pointer (&start));
}

static gboolean
check_peers (const SpPeerInfo *source, const SpPeerInfo *target, GError **error)
{
  if (g_strcmp0 (source->uuid, target->uuid) != 0)
    return TRUE;
  g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "Both sides are the same store");
  return FALSE;
}

static void
described_target_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  GError *error = NULL;
  g_autoptr (SpPeerInfo) info = sp_peer_describe_finish (SP_PEER (source), result, &error);

  if (info == NULL || !check_peers (start->source, info, &error))
    {
      end (self, error);
      return;
    }
  self->checkpoint_id = sp_checkpoint_make_id (start->source->uuid, info->uuid);
  sp_peer_get_local_async (self->source, self->checkpoint_id, get_cancellable (self), got_source_checkpoint_cb,
                           g_steal_pointer (&start));
}

static void
described_source_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  GError *error = NULL;

  start->source = sp_peer_describe_finish (SP_PEER (source), result, &error);
  if (start->source == NULL)
    end (self, error);
  else
    sp_peer_describe_async (self->target, get_cancellable (self), described_target_cb, g_steal_pointer (&start));
}

/* ── The object ── */

static void
sp_replicator_finalize (GObject *object)
{
  SpReplicator *self = SP_REPLICATOR (object);

  g_free (self->checkpoint_id);
  g_free (self->session);
  g_free (self->checkpoint);
  g_free (self->read_since);
  g_free (self->since);
  g_free (self->saved_since);
  g_clear_pointer (&self->ready, batch_free);
  g_clear_object (&self->source);
  g_clear_object (&self->target);
  g_ptr_array_unref (self->refused);
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
  Start *start;

  g_return_if_fail (SP_IS_REPLICATOR (self) && self->session == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, sp_replicator_run_async);
  self->session = g_uuid_string_random ();
  start = g_new0 (Start, 1);
  start->self = g_object_ref (self);
  sp_peer_describe_async (self->source, cancellable, described_source_cb, start);
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
