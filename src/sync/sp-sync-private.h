/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-replicator.h"
#include "sp-sync.h"

G_BEGIN_DECLS

/* For the files sp-sync*.c only. */
struct _SpSync
{
  GObject parent_instance;

  SpPeer            *here;       /* owned */
  SpPeer            *there;      /* owned */
  char              *name;       /* owned; local document that remembers how far the two are */
  const SpSyncClock *clock;
  gpointer           clock_data;
  GNetworkMonitor   *monitor;    /* owned, nullable */

  /* what it says of itself */
  SpSyncState   state;
  GError       *problem;         /* nullable: why it is offline or refused */
  gboolean      barred;          /* by that, until somebody does something: refused rather than offline */
  guint         pending;         /* documents that changed here and are not there yet */
  guint         refused;
  guint         received;
  guint         sent;
  gint64        done;            /* documents looked at, of… */
  gint64        total;
  gint64        last_synced;     /* seconds since 1970, here and below; 0 for never */
  gint64        offline_since;   /* since then nothing gets through; 0 if something does */
  char         *peer;            /* nullable: uuid of the other side */

  /* the run */
  gboolean      started;
  gboolean      connected;       /* the other side has answered */
  gboolean      let_in;          /* the account was, once */
  guint         denials;         /* of the account, since all was alike, that may have been a mistake */
  gboolean      again;           /* a run that ends is followed by another at once */
  GCancellable *cancellable;     /* nullable: of the run under way */
  GError       *failure;         /* nullable: why the run under way is ending */
  SpReplicator *pull;            /* nullable */
  SpReplicator *push;            /* nullable */
  guint         running;         /* replicators */
  gboolean      pulled;          /* all that is there is here */
  gboolean      pushed;          /* all that is here is there */
  guint         failures;        /* in a row */
  guint         retry;           /* alarm: the next attempt */
  guint         settle;          /* alarm: the network has changed */

  /* the watch over what changes here */
  GCancellable *watch;           /* nullable */
  char         *since;           /* nullable: sequence of this side up to which the other has everything */
  gboolean      counting;
  gboolean      count_again;
  gboolean      listening;
  gint64        saved;           /* when the memory was written */
  char         *saved_since;     /* nullable: what was written */
};

/* sp-sync.c */
void   sp_sync_update         (SpSync *self);
gint64 sp_sync_get_now        (SpSync *self);

/* sp-sync-run.c */
void   sp_sync_run            (SpSync *self);
void   sp_sync_run_again      (SpSync *self);
void   sp_sync_clear_alarms   (SpSync *self);

/* sp-sync-watch.c */
void   sp_sync_watch          (SpSync *self);
void   sp_sync_recount        (SpSync *self);
void   sp_sync_remember       (SpSync *self);

G_END_DECLS
