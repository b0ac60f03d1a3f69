/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPeer: a replica, as the replicator sees it: this store, a file on a memory stick, or a server. Names and steps are
 * those of the CouchDB replication protocol. */
#include "sp-peer.h"

G_DEFINE_INTERFACE (SpPeer, sp_peer, G_TYPE_OBJECT)

static guint alive_signal;

/* What a replica does that has no memory of its own: nothing. */
static void
note_nothing (SpPeer *self, SpPeerNote *note, GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
get_no_refused (SpPeer *self, const char *peer, gboolean sent, GTask *task)
{
  g_task_return_pointer (task, g_ptr_array_new_with_free_func (sp_peer_rev_free), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
count_none (SpPeer *self, const char *since, GTask *task)
{
  g_task_return_pointer (task, sp_peer_pending_new (0, since), (GDestroyNotify) sp_peer_pending_free);
  g_object_unref (task);
}

static void
sp_peer_default_init (SpPeerInterface *iface)
{
  iface->note = note_nothing;
  iface->get_refused = get_no_refused;
  iface->count_pending = count_none;

  /**
   * SpPeer::alive:
   * @self: a replica that is waited for
   *
   * It was heard of: what is known of it is not older than now.
   */
  alive_signal = g_signal_new ("alive", SP_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
 * sp_peer_puts_in_order:
 * @self: a replica
 *
 * Returns: whether it may be given the next documents while it writes others, as it writes them after those
 */
gboolean
sp_peer_puts_in_order (SpPeer *self)
{
  return SP_PEER_GET_IFACE (self)->puts_in_order;
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

/**
 * sp_peer_note_async:
 * @self: a replica
 * @note: (transfer full): what became of documents on their way
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Lets a replica remember what another one has applied and what was refused. One without such a memory forgets it.
 */
void
sp_peer_note_async (SpPeer *self, SpPeerNote *note, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_note_async);
  g_task_set_task_data (task, note, sp_peer_note_free);
  SP_PEER_GET_IFACE (self)->note (self, note, task);
}

/**
 * sp_peer_note_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether that went well
 */
gboolean
sp_peer_note_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sp_peer_get_refused_async:
 * @self: a replica
 * @peer: uuid of another one
 * @sent: whether they were on their way to that one; else from it
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks what it remembers of documents that did not get through.
 */
void
sp_peer_get_refused_async (SpPeer *self, const char *peer, gboolean sent, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_get_refused_async);
  SP_PEER_GET_IFACE (self)->get_refused (self, peer, sent, task);
}

/**
 * sp_peer_get_refused_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): if they were sent, all leaves of those documents; else the
 *   revisions that did not come. Those of a document one after the other, what was tried least lately last
 */
GPtrArray *
sp_peer_get_refused_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_count_pending_async:
 * @self: a replica
 * @since: (nullable): a sequence of the replica; %NULL for the start
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Asks how many documents changed here, rather than elsewhere.
 */
void
sp_peer_count_pending_async (SpPeer *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sp_peer_count_pending_async);
  SP_PEER_GET_IFACE (self)->count_pending (self, since, task);
}

/**
 * sp_peer_count_pending_finish:
 * @self: a replica
 * @result: what the callback got
 * @error: %SP_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): how many, and up to where
 */
SpPeerPending *
sp_peer_count_pending_finish (SpPeer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sp_peer_get_pause:
 * @self: a replica
 *
 * Returns: for how many milliseconds from now on it wants to be left alone; 0 if it said nothing of that
 */
guint
sp_peer_get_pause (SpPeer *self)
{
  const SpPeerInterface *iface = SP_PEER_GET_IFACE (self);

  return iface->get_pause != NULL ? iface->get_pause (self) : 0;
}

/**
 * sp_peer_emit_alive:
 * @self: a replica that was just heard of
 *
 * For those who implement one: emits SpPeer::alive.
 */
void
sp_peer_emit_alive (SpPeer *self)
{
  g_signal_emit (self, alive_signal, 0);
}
