/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-peer.h"

G_BEGIN_DECLS

/**
 * SpReplicatorCounts:
 * @listed: documents that the source listed
 * @checked: revisions that the source listed
 * @written: documents that the target took
 * @refused: documents that the target refused, or the source could not give
 *
 * What a replication has done so far.
 */
typedef struct
{
  guint listed;
  guint checked;
  guint written;
  guint refused;
} SpReplicatorCounts;

#define SP_TYPE_REPLICATOR (sp_replicator_get_type ())
G_DECLARE_FINAL_TYPE (SpReplicator, sp_replicator, SP, REPLICATOR, GObject)

SpReplicator *sp_replicator_new          (SpPeer *source, SpPeer *target);
void          sp_replicator_set_live     (SpReplicator *self, gboolean live);
void          sp_replicator_set_passing (SpReplicator *self, gboolean passing);
void          sp_replicator_set_may_skip (SpReplicator *self, gboolean may_skip);
void          sp_replicator_run_async    (SpReplicator *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      sp_replicator_run_finish   (SpReplicator *self, GAsyncResult *result, GError **error);
const SpReplicatorCounts *sp_replicator_get_counts (SpReplicator *self);
GPtrArray    *sp_replicator_get_refused  (SpReplicator *self);
const char   *sp_replicator_get_since    (SpReplicator *self);
gint64        sp_replicator_get_total    (SpReplicator *self);
const char   *sp_replicator_get_target_uuid (SpReplicator *self);
gboolean      sp_replicator_is_new       (SpReplicator *self);

G_END_DECLS
