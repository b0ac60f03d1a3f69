/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a replicator leaves word of how far it is: first both ends note what was refused and what was not, then each gets the
 * checkpoint. The target comes first, so that the source never knows more than what was written. Where we may only read, the
 * other end keeps it alone. */
#include "sp-replicator-private.h"

#include "sp-checkpoint.h"

static void
finish_saving (SpReplicator *self)
{
  self->saving = FALSE;
  if (self->task != NULL)
    sp_replicator_go_on (self);
}

/* Whether somebody lacks the right to write there. A reader goes on. */
static gboolean
is_reader (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_DENIED) || g_error_matches (error, SP_ERROR, SP_ERROR_LOGIN);
}

/* If neither end takes it, there is only more to look at the next time. */
static void
saved_alone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  g_autoptr (GError) error = NULL;

  if (!sp_peer_put_local_finish (SP_PEER (source), result, &error) && !is_reader (error))
    sp_replicator_end (self, g_steal_pointer (&error));
  else
    finish_saving (self);
}

/* The end that takes the checkpoint gets one that says that the other takes none. */
static void
save_alone (SpReplicator *self)
{
  const gboolean at_target = self->takes_none == self->source;
  g_autofree char *checkpoint = sp_checkpoint_write_alone (self->checkpoint, at_target ? self->source_instance : self->target_instance);

  sp_peer_put_local_async (at_target ? self->target : self->source, self->checkpoint_id, checkpoint,
                           sp_replicator_get_cancellable (self), saved_alone_cb, g_object_ref (self));
}

/* What became of the checkpoint at one end. Whether all is well so far; else it goes on, or ends, elsewhere. */
static gboolean
is_saved (SpReplicator *self, GObject *end, GAsyncResult *result)
{
  GError *error = NULL;

  if (sp_peer_put_local_finish (SP_PEER (end), result, &error))
    return self->task != NULL;
  if (!is_reader (error))
    {
      sp_replicator_end (self, error);
      return FALSE;
    }
  g_clear_error (&error);
  self->takes_none = SP_PEER (end);
  if (self->task != NULL)
    save_alone (self);
  return FALSE;
}

static void
saved_at_source_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;

  if (is_saved (self, source, result))
    finish_saving (self);
}

static void
saved_at_target_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;

  if (is_saved (self, source, result))
    sp_peer_put_local_async (self->source, self->checkpoint_id, self->checkpoint, sp_replicator_get_cancellable (self),
                             saved_at_source_cb, g_object_ref (self));
}

static void
save_checkpoint (SpReplicator *self)
{
  char *checkpoint;

  if (self->since == NULL || g_strcmp0 (self->since, self->saved_since) == 0)
    {
      finish_saving (self);
      return;
    }
  checkpoint = sp_checkpoint_write (self->checkpoint, self->session, self->target_uuid, self->since, self->skipped);
  g_free (self->checkpoint);
  self->checkpoint = checkpoint;
  g_free (self->saved_since);
  self->saved_since = g_strdup (self->since);
  if (self->takes_none != NULL)
    save_alone (self);
  else
    sp_peer_put_local_async (self->target, self->checkpoint_id, checkpoint, sp_replicator_get_cancellable (self), saved_at_target_cb,
                             g_object_ref (self));
}

static void
noted_at_target_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;

  if (!sp_peer_note_finish (SP_PEER (source), result, &error))
    sp_replicator_end (self, error);
  else if (self->task != NULL)
    save_checkpoint (self);
}

static void
noted_at_source_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  SpPeerNote *note;
  GError *error = NULL;

  if (!sp_peer_note_finish (SP_PEER (source), result, &error))
    {
      sp_replicator_end (self, error);
      return;
    }
  if (self->task == NULL)
    return;
  note = sp_peer_note_new (self->source_uuid, FALSE, NULL, g_steal_pointer (&self->noted), g_steal_pointer (&self->taken));
  note->at_end = self->at_end;
  self->noted = g_ptr_array_new_with_free_func (sp_peer_document_free);
  self->taken = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  sp_peer_note_async (self->target, note, sp_replicator_get_cancellable (self), noted_at_target_cb, g_object_ref (self));
}

/**
 * sp_replicator_leave_word:
 * @self: a replicator that writes nothing else, and knows what it is to say
 *
 * Lets both ends note what was refused and what was not, then saves how far it is.
 */
void
sp_replicator_leave_word (SpReplicator *self)
{
  SpPeerNote *note = sp_peer_note_new (self->target_uuid, TRUE, self->passing ? NULL : self->since, g_ptr_array_ref (self->noted),
                                       g_ptr_array_ref (self->taken));

  sp_peer_note_async (self->source, note, sp_replicator_get_cancellable (self), noted_at_source_cb, g_object_ref (self));
}

/**
 * sp_replicator_save:
 * @self: a replicator that writes nothing else
 *
 * Lets both ends know how far it is, then goes on.
 */
void
sp_replicator_save (SpReplicator *self)
{
  self->unsaved = 0;
  self->saving = TRUE;
  sp_replicator_ask_what_lacks (self);
}
