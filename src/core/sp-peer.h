/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SpPeerInfo:
 * @uuid: who it is; stable across restarts and changes of address
 * @instance: (nullable): which of those that went by @uuid one after the other, if it tells
 * @last: its newest sequence
 * @n_documents: how many documents it has, deleted ones too; 0 if it does not tell
 * @n_checkpoints: how many checkpoints of ours it keeps: two for each replica that it was synced with; 0 if it does not
 *   tell
 *
 * A replica, as another one sees it. Sequences are opaque: the JSON text that the replica gave, to be given back.
 */
typedef struct
{
  char  *uuid;
  char  *instance;
  char  *last;
  gint64 n_documents;
  guint  n_checkpoints;
} SpPeerInfo;

/**
 * SpPeerRev:
 * @id: document id
 * @rev: revision
 * @gone: whether it is all that is left of its document, a tombstone
 */
typedef struct
{
  char    *id;
  char    *rev;
  gboolean gone;
} SpPeerRev;

/**
 * SpPeerChanges:
 * @revs: (element-type SpPeerRev): all leaves of the documents that changed
 * @n_documents: how many documents those are
 * @last: where the reader stands after these
 */
typedef struct
{
  GPtrArray *revs;
  guint      n_documents;
  char      *last;
} SpPeerChanges;

/**
 * SpPeerDocument:
 * @id: document id
 * @rev: revision
 * @json: (nullable): the document with `_id`, `_rev`, `_revisions` and `_deleted`, as it travels
 * @error: (nullable): why there is no @json
 * @lacks: (nullable) (array zero-terminated=1): of one that was refused: the revisions, it and ancestors of it, that the
 *   one who refused it does not have
 */
typedef struct
{
  char   *id;
  char   *rev;
  GBytes *json;
  GError *error;
  GStrv   lacks;
} SpPeerDocument;

/**
 * SpPeerNote:
 * @peer: the other replica's uuid
 * @sent: whether this replica gave documents to the other; else it got them
 * @since: (nullable): if @sent, the sequence of this replica up to which the other has applied everything
 * @refused: (element-type SpPeerDocument): what was refused, each with its error; those of a document one after the other
 * @taken: (element-type SpPeerRev): what was not
 * @at_end: whether the other replica has no more
 *
 * What became of documents on their way between two replicas, for one of them to remember.
 */
typedef struct
{
  char      *peer;
  gboolean   sent;
  char      *since;
  GPtrArray *refused;
  GPtrArray *taken;
  gboolean   at_end;
} SpPeerNote;

/**
 * SpPeerPending:
 * @count: how many documents changed here since a sequence, those left out that came from elsewhere
 * @last: the newest sequence
 */
typedef struct
{
  guint count;
  char *last;
} SpPeerPending;

#define SP_TYPE_PEER (sp_peer_get_type ())
G_DECLARE_INTERFACE (SpPeer, sp_peer, SP, PEER, GObject)

/**
 * SpPeerInterface:
 * @describe: gives an SpPeerInfo
 * @get_local: gives the body of a local document, a string; %SP_ERROR_NOT_FOUND
 * @put_local: writes a local document
 * @get_changes: gives SpPeerChanges after a sequence; none if there are none
 * @wait: ends when there may be changes after a sequence
 * @get_missing: (element-type SpPeerRev): gives those of some revisions that are not known there
 * @get_documents: (element-type SpPeerDocument): gives documents with their history, as many as were asked for or more
 * @put_documents: (element-type SpPeerDocument): writes documents with their history; gives those that were refused,
 *   each with its error
 * @note: (nullable): remembers an SpPeerNote
 * @get_refused: (nullable): (element-type SpPeerRev): gives what it remembers of documents that did not get through: to a
 *   peer if `sent`, else from it; those that were tried least lately last
 * @count_pending: (nullable): gives an SpPeerPending
 * @get_pause: (nullable): for how many milliseconds from now on it wants to be left alone, as it said together with an error
 * @puts_in_order: whether @put_documents writes what it got first before the rest, however soon it gets that: the next batch
 *   may then come while one is written
 *
 * The seam between the replicator and a replica: the change feed. Each function takes @task, whose cancellable it
 * heeds, and returns through it, once, what is said above; an error means that the whole call failed.
 *
 * The signal `alive` says that the replica was heard of while somebody waited for it.
 */
struct _SpPeerInterface
{
  GTypeInterface parent_iface;

  void (*describe)      (SpPeer *self, GTask *task);
  void (*get_local)     (SpPeer *self, const char *id, GTask *task);
  void (*put_local)     (SpPeer *self, const char *id, const char *json, GTask *task);
  void (*get_changes)   (SpPeer *self, const char *since, guint limit, GTask *task);
  void (*wait)          (SpPeer *self, const char *since, GTask *task);
  void (*get_missing)   (SpPeer *self, GPtrArray *revs, GTask *task);
  void (*get_documents) (SpPeer *self, GPtrArray *revs, GTask *task);
  void (*put_documents) (SpPeer *self, GPtrArray *documents, GTask *task);
  void (*note)          (SpPeer *self, SpPeerNote *note, GTask *task);
  void (*get_refused)   (SpPeer *self, const char *peer, gboolean sent, GTask *task);
  void (*count_pending) (SpPeer *self, const char *since, GTask *task);
  guint (*get_pause)    (SpPeer *self);
  gboolean puts_in_order;
};

void           sp_peer_describe_async       (SpPeer *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpPeerInfo    *sp_peer_describe_finish      (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_get_local_async      (SpPeer *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char          *sp_peer_get_local_finish     (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_put_local_async      (SpPeer *self, const char *id, const char *json, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       sp_peer_put_local_finish     (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_get_changes_async    (SpPeer *self, const char *since, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpPeerChanges *sp_peer_get_changes_finish   (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_wait_async           (SpPeer *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       sp_peer_wait_finish          (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_get_missing_async    (SpPeer *self, GPtrArray *revs, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *sp_peer_get_missing_finish   (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_get_documents_async  (SpPeer *self, GPtrArray *revs, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *sp_peer_get_documents_finish (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_put_documents_async  (SpPeer *self, GPtrArray *documents, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       sp_peer_puts_in_order        (SpPeer *self);
GPtrArray     *sp_peer_put_documents_finish (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_note_async           (SpPeer *self, SpPeerNote *note, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       sp_peer_note_finish          (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_get_refused_async    (SpPeer *self, const char *peer, gboolean sent, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *sp_peer_get_refused_finish   (SpPeer *self, GAsyncResult *result, GError **error);
void           sp_peer_count_pending_async  (SpPeer *self, const char *since, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SpPeerPending *sp_peer_count_pending_finish (SpPeer *self, GAsyncResult *result, GError **error);
guint          sp_peer_get_pause            (SpPeer *self);
void           sp_peer_emit_alive           (SpPeer *self);

void           sp_peer_info_free            (SpPeerInfo *self);
SpPeerRev     *sp_peer_rev_new              (const char *id, const char *rev);
void           sp_peer_rev_free             (gpointer rev);
SpPeerChanges *sp_peer_changes_new          (void);
void           sp_peer_changes_free         (SpPeerChanges *self);
SpPeerDocument *sp_peer_document_new        (const char *id, const char *rev, GBytes *json, GError *error);
void           sp_peer_document_free        (gpointer document);
SpPeerNote    *sp_peer_note_new             (const char *peer, gboolean sent, const char *since, GPtrArray *refused, GPtrArray *taken);
void           sp_peer_note_free            (gpointer note);
SpPeerPending *sp_peer_pending_new          (guint count, const char *last);
void           sp_peer_pending_free         (SpPeerPending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPeerInfo, sp_peer_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPeerChanges, sp_peer_changes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpPeerPending, sp_peer_pending_free)

G_END_DECLS
