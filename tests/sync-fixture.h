/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Two stores, a gate between them, and a clock that stands still. */

#include "gate-peer.h"
#include "replica-fixture.h"
#include "sp-sync.h"

#define SYNC_START 1000000 /* seconds since 1970 */

typedef struct
{
  guint       id;
  guint       ms;
  GSourceFunc func;
  gpointer    data;
} SyncAlarm;

typedef struct
{
  Replicas     replicas;
  SpStorePeer *here;
  SpStorePeer *inner;
  GatePeer    *gate;
  SpSync      *sync;
  gint64       now;
  double       chance;
  GArray      *alarms; /* (element-type SyncAlarm) */
  guint        last_id;
} SyncFixture;

static gint64
fixture_now (gpointer f)
{
  return ((SyncFixture *) f)->now;
}

static guint
fixture_add (guint ms, GSourceFunc func, gpointer data, gpointer clock)
{
  SyncFixture *f = clock;
  const SyncAlarm alarm = { ++f->last_id, ms, func, data };

  g_array_append_val (f->alarms, alarm);
  return alarm.id;
}

static void
fixture_remove (guint id, gpointer clock)
{
  SyncFixture *f = clock;

  for (guint i = 0; i < f->alarms->len; i++)
    if (g_array_index (f->alarms, SyncAlarm, i).id == id)
      {
        g_array_remove_index (f->alarms, i);
        return;
      }
  g_assert_not_reached ();
}

static double
fixture_random (gpointer f)
{
  return ((SyncFixture *) f)->chance;
}

static const SpSyncClock fixture_clock = { fixture_now, fixture_add, fixture_remove, fixture_random };

/* How long it would take until the newest alarm rings; it rings now. */
G_GNUC_UNUSED static guint
ring (SyncFixture *f)
{
  SyncAlarm alarm;

  g_assert_cmpuint (f->alarms->len, >, 0);
  alarm = g_array_index (f->alarms, SyncAlarm, f->alarms->len - 1);
  g_array_set_size (f->alarms, f->alarms->len - 1);
  f->now += alarm.ms / 1000;
  alarm.func (alarm.data);
  return alarm.ms;
}

G_GNUC_UNUSED static void
make_sync (SyncFixture *f)
{
  f->sync = sp_sync_new (SP_PEER (f->here), SP_PEER (f->gate), "https://town.example.org/");
  sp_sync_set_clock (f->sync, &fixture_clock, f);
}

G_GNUC_UNUSED static void
set_up_sync (SyncFixture *f, gconstpointer data)
{
  set_up_replicas (&f->replicas, NULL);
  f->here = sp_store_peer_new (f->replicas.stores[0].store, TRUE);
  f->inner = sp_store_peer_new (f->replicas.stores[1].store, FALSE);
  f->gate = gate_peer_new (SP_PEER (f->inner));
  f->alarms = g_array_new (FALSE, FALSE, sizeof (SyncAlarm));
  f->now = SYNC_START;
  f->chance = 0.5;
  make_sync (f);
}

G_GNUC_UNUSED static void
end_sync (SyncFixture *f)
{
  sp_sync_stop (f->sync);
  g_assert_cmpuint (f->alarms->len, ==, 0);
  g_object_add_weak_pointer (G_OBJECT (f->sync), (gpointer *) &f->sync);
  g_object_unref (f->sync);
  while (f->sync != NULL) /* calls under way let go of it; for ever if it leaks */
    g_main_context_iteration (NULL, TRUE);
}

G_GNUC_UNUSED static void
tear_down_sync (SyncFixture *f, gconstpointer data)
{
  end_sync (f);
  g_object_unref (f->gate);
  g_object_unref (f->here);
  g_object_unref (f->inner);
  g_array_unref (f->alarms);
  tear_down_replicas (&f->replicas, NULL);
}

#define WAIT_FOR(condition) G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END
#define WAIT_FOR_STATE(f, state) WAIT_FOR (sp_sync_get_state ((f)->sync) == (state))

/* A new entry in one of the two stores. */
G_GNUC_UNUSED static void
add_entry (SyncFixture *f, guint store, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rev = save_entry (&f->replicas.stores[store], id, NULL, "{'type':'asset','schema':1,'kind':'group','name':'Shed'}", &error);

  g_assert_no_error (error);
}
