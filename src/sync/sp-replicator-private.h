/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-replicator.h"

G_BEGIN_DECLS

/* For the files sp-replicator*.c only. */

/* Documents that were fetched and wait to be written. */
typedef struct
{
  GPtrArray *documents; /* nullable: none were missing */
  gsize      bytes;     /* of them */
  char      *since;     /* where the reader stands after them */
} SpReplicatorBatch;

struct _SpReplicator
{
  GObject parent_instance;

  SpPeer    *source; /* owned */
  SpPeer    *target; /* owned */
  gboolean   live;
  gboolean   passing;     /* the two will hardly meet again: nothing is kept for the target's sake */
  gboolean   may_skip;    /* tombstones, on the first pull into an empty store */

  GTask     *task;        /* owned while it runs */
  char      *checkpoint_id;
  char      *session;
  char      *source_uuid;
  char      *target_uuid;
  char      *source_instance; /* nullable */
  char      *target_instance; /* nullable */
  SpPeer    *takes_none;  /* nullable, not owned: the end that takes no checkpoint from us */
  gint64     total;       /* documents of the source; 0 if it does not tell */
  char      *checkpoint;  /* nullable: the one at the target, JSON */
  char      *read_since;  /* nullable: where reading stands */
  char      *since;       /* nullable: where writing stands */
  char      *saved_since; /* nullable: where the checkpoint stands */
  GHashTable *seen;       /* nullable: while tombstones are skipped: ids of the live documents so far */
  gboolean   restarted;   /* the source did not take a sequence, once */
  gboolean   is_new;      /* it began at the start */
  gboolean   skipped;     /* the target lacks tombstones that this, or one before it, left out */
  SpReplicatorBatch *ready; /* nullable: fetched, not being written */
  gboolean   fetching;
  guint      writing;     /* batches that the target has and did not yet write */
  gboolean   saving;      /* a checkpoint */
  gboolean   failed;      /* a batch could not be written: what was written after it does not count */
  gboolean   at_end;      /* the source has listed all */
  guint      unsaved;     /* batches since the checkpoint */
  guint      still;       /* pages in a row after which the reader stood where it was */
  GPtrArray *again;       /* nullable: (element-type SpPeerRev) refused before this run, still to be tried, the next one last */
  SpReplicatorCounts before; /* when the last of these were asked for */
  guint      vain;        /* batches of these that brought nothing */
  GPtrArray *refused;     /* (element-type SpPeerDocument) */
  GPtrArray *noted;       /* (element-type SpPeerDocument) refused since the checkpoint */
  GPtrArray *taken;       /* (element-type SpPeerRev) not refused since the checkpoint */
  SpReplicatorCounts counts;
};

/* sp-replicator.c */
GCancellable *sp_replicator_get_cancellable (SpReplicator *self);
void          sp_replicator_end             (SpReplicator *self, GError *error);
void          sp_replicator_go_on           (SpReplicator *self);

/* sp-replicator-again.c */
void          sp_replicator_begin_again     (SpReplicator *self);
gboolean      sp_replicator_fetch_again     (SpReplicator *self);

/* sp-replicator-read.c */
gboolean      sp_replicator_batch_is_full   (const SpReplicatorBatch *ready);
gboolean      sp_replicator_has_room        (SpReplicator *self);
void          sp_replicator_fetch           (SpReplicator *self);
void          sp_replicator_fetch_missing   (SpReplicator *self, GPtrArray *revs);
void          sp_replicator_wait            (SpReplicator *self);

/* sp-replicator-write.c */
void          sp_replicator_batch_free      (SpReplicatorBatch *batch);
void          sp_replicator_write           (SpReplicator *self);

/* sp-replicator-refused.c */
GHashTable   *sp_replicator_index_sent      (GPtrArray *documents);
const SpPeerDocument *sp_replicator_take_sent (GHashTable *sent, const SpPeerDocument *refused);
void          sp_replicator_remember_refused (SpReplicator *self, const SpPeerDocument *sent, const SpPeerDocument *refused);
void          sp_replicator_ask_what_lacks  (SpReplicator *self);

/* sp-replicator-save.c */
void          sp_replicator_save            (SpReplicator *self);
void          sp_replicator_leave_word      (SpReplicator *self);

/* sp-replicator-start.c */
void          sp_replicator_start           (SpReplicator *self);

G_END_DECLS
