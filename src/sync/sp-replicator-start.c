/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a replicator begins: who the two are, and what they agree on that was done before. */
#include "sp-replicator-private.h"

#include "sp-checkpoint.h"

/* What the beginning asks, one after the other. */
typedef struct
{
  SpReplicator *self;
  SpPeerInfo   *source;
  SpPeerInfo   *target;
  char         *at_source; /* nullable */
} Start;

static void
start_free (Start *start)
{
  g_clear_pointer (&start->source, sp_peer_info_free);
  g_clear_pointer (&start->target, sp_peer_info_free);
  g_free (start->at_source);
  g_object_unref (start->self);
  g_free (start);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Start, start_free)

/* @at_source: (nullable). Where the two were: what one end says alone, if the other does not let us say anything there; else
 * what both say. */
static char *
find_since (SpReplicator *self, const char *at_source)
{
  char *since = sp_checkpoint_trust (self->checkpoint, self->source_instance);

  if (since == NULL)
    since = sp_checkpoint_trust (at_source, self->target_instance);
  return since != NULL ? since : sp_checkpoint_agree (at_source, self->checkpoint);
}

/* Where to begin. A store that left out tombstones, because it had nobody but this source, needs them when it meets others:
 * these may bring what was deleted. Two checkpoints are those of one other replica, there and back. */
static void
agree (SpReplicator *self, const Start *start)
{
  const gboolean alone = start->target->n_checkpoints <= 2;

  self->skipped = sp_checkpoint_has_skipped (self->checkpoint);
  if (!self->skipped || alone)
    self->since = find_since (self, start->at_source);
  self->is_new = self->since == NULL;
  if (self->is_new)
    self->skipped = FALSE;
  if (self->is_new && self->may_skip && alone && start->target->n_documents == 0)
    self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->read_since = g_strdup (self->since);
  self->saved_since = g_strdup (self->since);
}

/* Whether there is no checkpoint, or none for us. */
static gboolean
is_none (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND) || g_error_matches (error, SP_ERROR, SP_ERROR_DENIED)
         || g_error_matches (error, SP_ERROR, SP_ERROR_LOGIN);
}

static void
got_target_checkpoint_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  g_autoptr (GError) error = NULL;
  char *checkpoint = sp_peer_get_local_finish (SP_PEER (source), result, &error);

  if (checkpoint == NULL && !is_none (error))
    {
      sp_replicator_end (self, g_steal_pointer (&error));
      return;
    }
  g_free (self->checkpoint);
  self->checkpoint = checkpoint;
  agree (self, start);
  if (self->task != NULL)
    sp_replicator_begin_again (self);
}

static void
got_source_checkpoint_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Start) start = data;
  SpReplicator *self = start->self;
  g_autoptr (GError) error = NULL;

  start->at_source = sp_peer_get_local_finish (SP_PEER (source), result, &error);
  if (start->at_source == NULL && !is_none (error))
    {
      sp_replicator_end (self, g_steal_pointer (&error));
      return;
    }
  sp_peer_get_local_async (self->target, self->checkpoint_id, sp_replicator_get_cancellable (self), got_target_checkpoint_cb,
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

  start->target = sp_peer_describe_finish (SP_PEER (source), result, &error);
  if (start->target == NULL || !check_peers (start->source, start->target, &error))
    {
      sp_replicator_end (self, error);
      return;
    }
  self->checkpoint_id = sp_checkpoint_make_id (start->source->uuid, start->target->uuid);
  self->source_uuid = g_strdup (start->source->uuid);
  self->target_uuid = g_strdup (start->target->uuid);
  self->source_instance = g_strdup (start->source->instance);
  self->target_instance = g_strdup (start->target->instance);
  self->total = start->source->n_documents;
  sp_peer_get_local_async (self->source, self->checkpoint_id, sp_replicator_get_cancellable (self), got_source_checkpoint_cb,
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
    sp_replicator_end (self, error);
  else
    sp_peer_describe_async (self->target, sp_replicator_get_cancellable (self), described_target_cb, g_steal_pointer (&start));
}

/**
 * sp_replicator_start:
 * @self: a replicator that was just told to run
 *
 * Finds out where to go on, and does.
 */
void
sp_replicator_start (SpReplicator *self)
{
  Start *start = g_new0 (Start, 1);

  start->self = g_object_ref (self);
  sp_peer_describe_async (self->source, sp_replicator_get_cancellable (self), described_source_cb, start);
}
