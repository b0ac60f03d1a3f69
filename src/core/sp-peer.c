/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPeer: a replica, as the replicator sees it: this store, a file on a memory stick, or a server. Names and steps are
 * those of the CouchDB replication protocol. */
#include "sp-peer.h"

G_DEFINE_INTERFACE (SpPeer, sp_peer, G_TYPE_OBJECT)

static void
sp_peer_default_init (SpPeerInterface *iface)
{
}

/**
 * sp_peer_info_free:
 * @self: (transfer full): what a replica said of itself
 */
void
sp_peer_info_free (SpPeerInfo *self)
{
  g_free (self->uuid);
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

  *self = (SpPeerRev){ g_strdup (id), g_strdup (rev) };
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

  *self = (SpPeerDocument){ g_strdup (id), g_strdup (rev), json, error };
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
  g_free (self);
}

/**
 * sp_peer_describe_async:
 * @self: a replica
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks who a replica is.
 */
void
sp_peer_describe_async (SpPeer *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_describe_async);
  SP_PEER_GET_IFACE (self)->describe (self, task);
}

/**
 * sp_peer_describe_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): who it is
 */
SpPeerInfo *
sp_peer_describe_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_get_local_async:
 * @self: a replica
 * @id: what follows `_local/`
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads a local document; checkpoints are such.
 */
void
sp_peer_get_local_async (SpPeer *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_get_local_async);
  SP_PEER_GET_IFACE (self)->get_local (self, id, task);
}

/**
 * sp_peer_get_local_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): its body, JSON
 */
char *
sp_peer_get_local_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_put_local_async:
 * @self: a replica
 * @id: what follows `_local/`
 * @json: its body
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Writes a local document.
 */
void
sp_peer_put_local_async (SpPeer *self, const char *id, const char *json, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_put_local_async);
  SP_PEER_GET_IFACE (self)->put_local (self, id, json, task);
}

/**
 * sp_peer_put_local_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was written
 */
gboolean
sp_peer_put_local_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_peer_get_changes_async:
 * @self: a replica
 * @since: (nullable): a sequence of the replica; %NULL for the start
 * @limit: how many documents at most
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks what changed.
 */
void
sp_peer_get_changes_async (SpPeer *self, const char *since, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_get_changes_async);
  SP_PEER_GET_IFACE (self)->get_changes (self, since, limit, task);
}

/**
 * sp_peer_get_changes_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the changes
 */
SpPeerChanges *
sp_peer_get_changes_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_wait_async:
 * @self: a replica
 * @since: (nullable): a sequence of the replica; %NULL for the start
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Waits until there may be changes.
 */
void
sp_peer_wait_async (SpPeer *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_wait_async);
  SP_PEER_GET_IFACE (self)->wait (self, since, task);
}

/**
 * sp_peer_wait_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is worth asking
 */
gboolean
sp_peer_wait_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_peer_get_missing_async:
 * @self: a replica
 * @revs: (element-type SpPeerRev): revisions; not to be changed afterwards
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks which revisions a replica lacks.
 */
void
sp_peer_get_missing_async (SpPeer *self, GPtrArray *revs, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_get_missing_async);
  SP_PEER_GET_IFACE (self)->get_missing (self, revs, task);
}

/**
 * sp_peer_get_missing_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): those it lacks
 */
GPtrArray *
sp_peer_get_missing_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_get_documents_async:
 * @self: a replica
 * @revs: (element-type SpPeerRev): revisions; not to be changed afterwards
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks for documents with their history.
 */
void
sp_peer_get_documents_async (SpPeer *self, GPtrArray *revs, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_get_documents_async);
  SP_PEER_GET_IFACE (self)->get_documents (self, revs, task);
}

/**
 * sp_peer_get_documents_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): the documents
 */
GPtrArray *
sp_peer_get_documents_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_put_documents_async:
 * @self: a replica
 * @documents: (element-type SpPeerDocument): documents; not to be changed afterwards
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Gives documents with their history to a replica. Writing one twice does no harm.
 */
void
sp_peer_put_documents_async (SpPeer *self, GPtrArray *documents, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_put_documents_async);
  SP_PEER_GET_IFACE (self)->put_documents (self, documents, task);
}

/**
 * sp_peer_put_documents_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): those it refused, each with its error
 */
GPtrArray *
sp_peer_put_documents_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
