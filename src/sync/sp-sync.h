/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-peer.h"

G_BEGIN_DECLS

/**
 * SpSyncState:
 * @SP_SYNC_IDLE: it does not run
 * @SP_SYNC_FIRST: the two meet for the first time, and are not alike yet
 * @SP_SYNC_SYNCED: both sides have applied all that the other had
 * @SP_SYNC_WAITING: something is on its way, or waits to be
 * @SP_SYNC_OFFLINE: nobody can be reached, or an account that was let in before is not let in just now; it tries again by itself
 * @SP_SYNC_REFUSED: the other side does not let us in, or is not what it should be: somebody has to do something
 *
 * How two replicas are doing.
 */
typedef enum
{
  SP_SYNC_IDLE,
  SP_SYNC_FIRST,
  SP_SYNC_SYNCED,
  SP_SYNC_WAITING,
  SP_SYNC_OFFLINE,
  SP_SYNC_REFUSED,
} SpSyncState;

/**
 * SpSyncClock:
 * @now: seconds since 1970
 * @add: calls @func once after some milliseconds unless it is removed; as g_timeout_add()
 * @remove: as g_source_remove()
 * @random: a number from 0 to 1, 1 not included
 *
 * What a test has to have in its hand. Each gets the last argument that sp_sync_set_clock() got.
 */
typedef struct
{
  gint64 (*now)    (gpointer clock);
  guint  (*add)    (guint ms, GSourceFunc func, gpointer data, gpointer clock);
  void   (*remove) (guint id, gpointer clock);
  double (*random) (gpointer clock);
} SpSyncClock;

#define SP_TYPE_SYNC (sp_sync_get_type ())
G_DECLARE_FINAL_TYPE (SpSync, sp_sync, SP, SYNC, GObject)

SpSync       *sp_sync_new             (SpPeer *here, SpPeer *there, const char *name);
void          sp_sync_set_clock       (SpSync *self, const SpSyncClock *clock, gpointer data);
void          sp_sync_set_monitor     (SpSync *self, GNetworkMonitor *monitor);
void          sp_sync_start           (SpSync *self);
void          sp_sync_now             (SpSync *self);
void          sp_sync_stop            (SpSync *self);

SpSyncState   sp_sync_get_state       (SpSync *self);
const GError *sp_sync_get_problem     (SpSync *self);
guint         sp_sync_get_pending     (SpSync *self);
guint         sp_sync_get_refused     (SpSync *self);
guint         sp_sync_get_received    (SpSync *self);
guint         sp_sync_get_sent        (SpSync *self);
gint64        sp_sync_get_done        (SpSync *self);
gint64        sp_sync_get_total       (SpSync *self);
gint64        sp_sync_get_last_synced (SpSync *self);
gint64        sp_sync_get_offline_since (SpSync *self);
gboolean      sp_sync_is_connected    (SpSync *self);

char         *sp_sync_make_memory_id  (const char *name);
char         *sp_sync_find_peer       (const char *memory);

G_END_DECLS
