/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values that SpPeer gives and takes: plain structs, each owned by one. */
#include "sp-peer.h"

/**
 * sp_peer_info_free:
 * @self: (transfer full): what a replica said of itself
 */
void
sp_peer_info_free (SpPeerInfo *self)
{
  g_free (self->uuid);
  g_free (self->instance);
  g_free (self->last);
  g_free (self);
}

/**
 * sp_peer_rev_new:
 * @id: document id
 * @rev: revision
 *
 * Returns: (transfer full): a copy of both
 */
SpPeerRev *
sp_peer_rev_new (const char *id, const char *rev)
{
  SpPeerRev *self = g_new (SpPeerRev, 1);

  *self = (SpPeerRev){ g_strdup (id), g_strdup (rev), FALSE };
  return self;
}

/**
 * sp_peer_rev_free:
 * @rev: (transfer full): an SpPeerRev
 */
void
sp_peer_rev_free (gpointer rev)
{
  SpPeerRev *self = rev;

  g_free (self->id);
  g_free (self->rev);
  g_free (self);
}

/**
 * sp_peer_changes_new:
 *
 * Returns: (transfer full): no changes
 */
SpPeerChanges *
sp_peer_changes_new (void)
{
  SpPeerChanges *self = g_new0 (SpPeerChanges, 1);

  self->revs = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  return self;
}

/**
 * sp_peer_changes_free:
 * @self: (transfer full): changes
 */
void
sp_peer_changes_free (SpPeerChanges *self)
{
  g_ptr_array_unref (self->revs);
  g_free (self->last);
  g_free (self);
}

/**
 * sp_peer_document_new:
 * @id: document id
 * @rev: revision
 * @json: (transfer full) (nullable): the document as it travels
 * @error: (transfer full) (nullable): why there is none
 *
 * Returns: (transfer full): a document on its way
 */
SpPeerDocument *
sp_peer_document_new (const char *id, const char *rev, GBytes *json, GError *error)
{
  SpPeerDocument *self = g_new (SpPeerDocument, 1);

  *self = (SpPeerDocument){ g_strdup (id), g_strdup (rev), json, error, NULL };
  return self;
}

/**
 * sp_peer_document_free:
 * @document: (transfer full): an SpPeerDocument
 */
void
sp_peer_document_free (gpointer document)
{
  SpPeerDocument *self = document;

  g_free (self->id);
  g_free (self->rev);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_clear_error (&self->error);
  g_strfreev (self->lacks);
  g_free (self);
}

/**
 * sp_peer_note_new:
 * @peer: the other replica's uuid
 * @sent: whether the one that is to remember it was the sender
 * @since: (nullable): the sequence up to which the other has applied everything
 * @refused: (transfer full) (element-type SpPeerDocument): what was refused
 * @taken: (transfer full) (element-type SpPeerRev): what was not
 *
 * Returns: (transfer full): what became of documents on their way
 */
SpPeerNote *
sp_peer_note_new (const char *peer, gboolean sent, const char *since, GPtrArray *refused, GPtrArray *taken)
{
  SpPeerNote *self = g_new (SpPeerNote, 1);

  *self = (SpPeerNote){ g_strdup (peer), sent, g_strdup (since), refused, taken };
  return self;
}

/**
 * sp_peer_note_free:
 * @note: (transfer full): an SpPeerNote
 */
void
sp_peer_note_free (gpointer note)
{
  SpPeerNote *self = note;

  g_free (self->peer);
  g_free (self->since);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->taken);
  g_free (self);
}

/**
 * sp_peer_pending_new:
 * @count: how many documents
 * @last: (nullable): the newest sequence
 *
 * Returns: (transfer full): both
 */
SpPeerPending *
sp_peer_pending_new (guint count, const char *last)
{
  SpPeerPending *self = g_new (SpPeerPending, 1);

  *self = (SpPeerPending){ count, g_strdup (last) };
  return self;
}

/**
 * sp_peer_pending_free:
 * @self: (transfer full): what is pending
 */
void
sp_peer_pending_free (SpPeerPending *self)
{
  g_free (self->last);
  g_free (self);
}
