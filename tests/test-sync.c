/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sync does and says of itself: alike only when the other side has applied everything; later and later when nobody is
 * there; not at all where the password is wrong; counts of what waits, also after a restart; refusals are remembered. */
#include "sync-fixture.h"

#include "sp-refusals.h"

static void
test_first (SyncFixture *f, gconstpointer data)
{
  add_entry (f, 0, "asset:a");
  add_entry (f, 1, "asset:b");
  g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_IDLE);
  sp_sync_start (f->sync);
  g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_FIRST);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  assert_alike (&f->replicas, 0, 1);
  g_assert_cmpint (sp_sync_get_last_synced (f->sync), ==, SYNC_START);
  g_assert_cmpuint (sp_sync_get_pending (f->sync), ==, 0);
  g_assert_cmpuint (sp_sync_get_received (f->sync), ==, 1);
  g_assert_cmpuint (sp_sync_get_sent (f->sync), ==, 1);
  g_assert_cmpint (sp_sync_get_done (f->sync), >=, 3); /* one there, two here */
  g_assert_cmpint (sp_sync_get_total (f->sync), >=, sp_sync_get_done (f->sync));
  sp_sync_stop (f->sync);
  g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_IDLE);
}

/* What is changed on either side while both are connected gets to the other one. */
static void
test_live (SyncFixture *f, gconstpointer data)
{
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  f->now += 60;
  add_entry (f, 0, "asset:a");
  WAIT_FOR (sp_sync_get_sent (f->sync) == 1);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  assert_alike (&f->replicas, 0, 1);
  g_assert_cmpint (sp_sync_get_last_synced (f->sync), ==, SYNC_START + 60);
  add_entry (f, 1, "asset:b");
  WAIT_FOR (sp_sync_get_received (f->sync) == 1);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  assert_alike (&f->replicas, 0, 1);
}

/* Never synced while something of ours is not there: the state that is told at each change is checked against both stores. */
static void
state_cb (SpSync *sync, GParamSpec *pspec, SyncFixture *f)
{
  if (sp_sync_get_state (sync) == SP_SYNC_SYNCED)
    assert_alike (&f->replicas, 0, 1);
}

static void
test_never_early (SyncFixture *f, gconstpointer data)
{
  gulong handler = g_signal_connect (f->sync, "notify::state", G_CALLBACK (state_cb), f);

  sp_sync_start (f->sync);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("asset:%u", i);

      add_entry (f, i % 2, id);
      WAIT_FOR (sp_sync_get_sent (f->sync) + sp_sync_get_received (f->sync) == i + 1);
      WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
    }
  g_signal_handler_disconnect (f->sync, handler);
}

static void
test_offline (SyncFixture *f, gconstpointer data)
{
  static const guint delays[] = { 750, 1500, 3000, 6000, 12000, 24000, 48000, 96000, 192000, 225000, 225000 };

  gate_peer_shut (f->gate, SP_ERROR_NO_HOST);
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      const guint calls = f->gate->calls;

      WAIT_FOR (f->alarms->len == 1);
      g_assert_error (sp_sync_get_problem (f->sync), SP_ERROR, SP_ERROR_NO_HOST);
      g_assert_cmpint (sp_sync_get_offline_since (f->sync), ==, SYNC_START);
      g_assert_cmpuint (ring (f), ==, delays[i]);
      WAIT_FOR (f->gate->calls == calls + 1);
    }
  WAIT_FOR (f->alarms->len == 1);
  gate_peer_shut (f->gate, -1);
  ring (f);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  g_assert_null (sp_sync_get_problem (f->sync));
  g_assert_cmpint (sp_sync_get_offline_since (f->sync), ==, 0);
  gate_peer_shut (f->gate, SP_ERROR_UNREACHABLE); /* who was there lately is looked for soon */
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  WAIT_FOR (f->alarms->len == 1);
  f->chance = 0.999;
  g_assert_cmpuint (ring (f), ==, 750);
  WAIT_FOR (f->alarms->len == 1);
  g_assert_cmpuint (ring (f), ==, 1999);
  WAIT_FOR (f->alarms->len == 1);
}

/* A server that asks for more time gets it, but not more than who is not there. */
static void
test_pause (SyncFixture *f, gconstpointer data)
{
  static const struct { guint pause, delay; } cases[] = { { 100, 750 }, { 20000, 20000 }, { 4000000, 300000 } };

  gate_peer_shut (f->gate, SP_ERROR_SERVER);
  sp_sync_start (f->sync);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->gate->pause = cases[i].pause;
      WAIT_FOR (f->alarms->len == 1);
      g_assert_cmpuint (ring (f), ==, cases[i].delay);
    }
  WAIT_FOR (f->alarms->len == 1);
}

/* A server that answers and takes nothing is not looked for every second. */
static void
test_takes_nothing (SyncFixture *f, gconstpointer data)
{
  static const guint delays[] = { 750, 1500, 3000, 6000 };

  add_entry (f, 0, "asset:a");
  f->gate->takes_not = SP_ERROR_SERVER;
  sp_sync_start (f->sync);
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      WAIT_FOR (f->alarms->len == 1);
      g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_OFFLINE);
      g_assert_cmpint (sp_sync_get_offline_since (f->sync), ==, SYNC_START); /* though it answered since */
      g_assert_cmpuint (ring (f), ==, delays[i]);
    }
  WAIT_FOR (f->alarms->len == 1);
  f->gate->takes_not = -1;
  ring (f);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  f->gate->takes_not = SP_ERROR_SERVER;
  add_entry (f, 0, "asset:b");
  WAIT_FOR (f->alarms->len == 1);
  f->gate->takes_not = -1;
  g_assert_cmpuint (ring (f), ==, 750); /* all was there lately */
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
}

/* Changes that were made meanwhile are counted, and sent when the other side is there again. */
static void
test_pending (SyncFixture *f, gconstpointer data)
{
  add_entry (f, 1, "asset:theirs");
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  gate_peer_shut (f->gate, SP_ERROR_UNREACHABLE);
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  add_entry (f, 0, "asset:a");
  add_entry (f, 0, "asset:b");
  WAIT_FOR (sp_sync_get_pending (f->sync) == 2);
  g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_OFFLINE);
  end_sync (f);
  make_sync (f); /* as after a restart of the program */
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  WAIT_FOR (sp_sync_get_pending (f->sync) == 2);
  g_assert_cmpint (sp_sync_get_last_synced (f->sync), ==, SYNC_START);
  gate_peer_shut (f->gate, -1);
  sp_sync_now (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  g_assert_cmpuint (sp_sync_get_pending (f->sync), ==, 0);
  assert_alike (&f->replicas, 0, 1);
}

/* Who may not even keep a checkpoint there goes on all the same. */
static void
test_reader (SyncFixture *f, gconstpointer data)
{
  f->gate->keeps_not = SP_ERROR_DENIED;
  add_entry (f, 1, "asset:theirs");
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  add_entry (f, 1, "asset:more");
  WAIT_FOR (sp_sync_get_received (f->sync) == 2);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  g_assert_null (sp_sync_get_problem (f->sync));
  assert_alike (&f->replicas, 0, 1);
}

/* With a wrong password nobody knocks again by himself; with other refusals seldom. */
static void
test_refused (SyncFixture *f, gconstpointer data)
{
  static const int codes[] = { SP_ERROR_UNTRUSTED, SP_ERROR_DENIED, SP_ERROR_NOT_FOUND, SP_ERROR_FOREIGN };

  gate_peer_shut (f->gate, SP_ERROR_LOGIN);
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_REFUSED);
  g_assert_cmpuint (f->alarms->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      gate_peer_shut (f->gate, codes[i]);
      sp_sync_now (f->sync);
      WAIT_FOR (g_error_matches (sp_sync_get_problem (f->sync), SP_ERROR, codes[i]));
      g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_REFUSED);
      WAIT_FOR (f->alarms->len == 1);
      g_assert_cmpuint (g_array_index (f->alarms, SyncAlarm, 0).ms, ==, 675000);
    }
  gate_peer_shut (f->gate, -1);
  ring (f);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
}

/* Who was let in before is denied by mistake now and then: it is tried again, three times; then it is no mistake. */
static void
test_denied (SyncFixture *f, gconstpointer data)
{
  static const guint delays[] = { 7500, 30000, 120000 };
  guint calls;

  sp_sync_start (f->sync);
  for (guint times = 0; times < 2; times++) /* to be let in again makes the next one a mistake, too */
    {
      WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
      gate_peer_shut (f->gate, SP_ERROR_LOGIN);
      for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
        {
          WAIT_FOR (f->alarms->len == 1);
          g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_OFFLINE);
          g_assert_error (sp_sync_get_problem (f->sync), SP_ERROR, SP_ERROR_LOGIN);
          if (i + 1 == G_N_ELEMENTS (delays) && times == 0)
            gate_peer_shut (f->gate, -1);
          g_assert_cmpuint (ring (f), ==, delays[i]);
        }
    }
  WAIT_FOR_STATE (f, SP_SYNC_REFUSED);
  g_assert_cmpuint (f->alarms->len, ==, 0);
  calls = f->gate->calls;
  sp_sync_now (f->sync); /* that somebody asks does not make it a mistake */
  WAIT_FOR (f->gate->calls > calls);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (sp_sync_get_state (f->sync), ==, SP_SYNC_REFUSED);
  g_assert_cmpuint (f->alarms->len, ==, 0);
}

static void
test_same_store (SyncFixture *f, gconstpointer data)
{
  g_autoptr (SpSync) sync = sp_sync_new (SP_PEER (f->here), SP_PEER (f->here), "itself");

  sp_sync_set_clock (sync, &fixture_clock, f);
  sp_sync_start (sync);
  WAIT_FOR (sp_sync_get_state (sync) == SP_SYNC_REFUSED);
  g_assert_error (sp_sync_get_problem (sync), SP_ERROR, SP_ERROR_INVALID);
  sp_sync_stop (sync);
}

/* ── The network ── */

#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)
struct _TestMonitor { GObject parent_instance; };
static void monitor_init (GNetworkMonitorInterface *iface) {}
static void initable_init (GInitableIface *iface) {}
G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_init)
                                                                        G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_init))
static void
test_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, TRUE);
}
static void
test_monitor_class_init (TestMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = test_monitor_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), 1, "network-available");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 2, "network-metered");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 3, "connectivity");
}
static void test_monitor_init (TestMonitor *self) {}

static void
test_network (SyncFixture *f, gconstpointer data)
{
  g_autoptr (TestMonitor) monitor = g_object_new (TEST_TYPE_MONITOR, NULL);

  sp_sync_set_monitor (f->sync, G_NETWORK_MONITOR (monitor));
  gate_peer_shut (f->gate, SP_ERROR_NO_HOST);
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  WAIT_FOR (f->alarms->len == 1);
  gate_peer_shut (f->gate, -1);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE); /* one after the other: it is waited for them to end */
  g_assert_cmpuint (f->alarms->len, ==, 2);
  g_assert_cmpuint (ring (f), ==, 1000); /* which takes the next attempt's away */
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  g_assert_cmpuint (f->alarms->len, ==, 0);
  g_signal_emit_by_name (monitor, "network-changed", TRUE); /* the connection may be dead */
  f->gate->shut = SP_ERROR_LOGIN;
  ring (f);
  for (guint i = 0; i < 3; i++) /* so often it may be a mistake */
    {
      WAIT_FOR (f->alarms->len == 1);
      ring (f);
    }
  WAIT_FOR_STATE (f, SP_SYNC_REFUSED);
  sp_sync_set_monitor (f->sync, NULL);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  sp_sync_set_monitor (f->sync, G_NETWORK_MONITOR (monitor));
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpuint (f->alarms->len, ==, 0); /* no network makes a password right */
}

/* ── What was refused ── */

static gpointer
list_refusals (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_refusals_list (db, NULL, error);
}

static GPtrArray *
get_refusals (SyncFixture *f)
{
  StoreFixture *store = &f->replicas.stores[0];
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_read_async (store->store, list_refusals, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, result_cb, store);
  result = wait_for_result (store);
  return sp_store_call_finish (store->store, result, NULL);
}

/* A refused document stops nothing, is remembered, and is offered again when it was changed, or when somebody asks. */
static void
test_refusals (SyncFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) later = NULL;
  const SpRefusal *refusal;

  f->gate->refuses = "asset:bad";
  add_entry (f, 0, "asset:bad");
  add_entry (f, 0, "asset:good");
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  g_assert_cmpuint (sp_sync_get_refused (f->sync), ==, 1);
  g_assert_cmpuint (sp_sync_get_sent (f->sync), ==, 1);
  refusals = get_refusals (f);
  g_assert_cmpuint (refusals->len, ==, 1);
  refusal = g_ptr_array_index (refusals, 0);
  g_assert_cmpstr (refusal->id, ==, "asset:bad");
  g_assert_cmpstr (refusal->name, ==, "Shed");
  g_assert_cmpstr (refusal->reason, ==, "Not asset:bad");
  g_assert_true (refusal->sent);
  g_assert_cmpuint (g_strv_length (refusal->lacks), ==, 1);
  g_assert_cmpstr (refusal->lacks[0], ==, refusal->rev);
  f->gate->refuses = NULL;
  sp_sync_now (f->sync);
  WAIT_FOR (sp_sync_get_refused (f->sync) == 0 && sp_sync_get_state (f->sync) == SP_SYNC_SYNCED);
  later = get_refusals (f);
  g_assert_cmpuint (later->len, ==, 0);
  assert_alike (&f->replicas, 0, 1);
}

static void
test_alive (SyncFixture *f, gconstpointer data)
{
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  f->now += 3600;
  sp_peer_emit_alive (SP_PEER (f->gate));
  g_assert_cmpint (sp_sync_get_last_synced (f->sync), ==, SYNC_START + 3600);
  gate_peer_shut (f->gate, SP_ERROR_UNREACHABLE);
  WAIT_FOR_STATE (f, SP_SYNC_OFFLINE);
  f->now += 3600;
  sp_peer_emit_alive (SP_PEER (f->gate));
  g_assert_cmpint (sp_sync_get_last_synced (f->sync), ==, SYNC_START + 3600);
}

/* Stopped in the middle and started again, it goes on. */
static void
test_restart (SyncFixture *f, gconstpointer data)
{
  add_entry (f, 1, "asset:a");
  sp_sync_start (f->sync);
  sp_sync_stop (f->sync);
  sp_sync_start (f->sync);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  sp_sync_stop (f->sync);
  sp_sync_start (f->sync);
  g_assert_cmpint (sp_sync_get_state (f->sync), !=, SP_SYNC_SYNCED);
  WAIT_FOR_STATE (f, SP_SYNC_SYNCED);
  add_entry (f, 0, "asset:b");
  WAIT_FOR (sp_sync_get_sent (f->sync) == 1);
  assert_alike (&f->replicas, 0, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add ("/sync/" name, SyncFixture, NULL, set_up_sync, func, tear_down_sync)
  ADD ("first", test_first);
  ADD ("live", test_live);
  ADD ("never-early", test_never_early);
  ADD ("offline", test_offline);
  ADD ("pause", test_pause);
  ADD ("takes-nothing", test_takes_nothing);
  ADD ("pending", test_pending);
  ADD ("reader", test_reader);
  ADD ("refused", test_refused);
  ADD ("denied", test_denied);
  ADD ("same-store", test_same_store);
  ADD ("network", test_network);
  ADD ("refusals", test_refusals);
  ADD ("alive", test_alive);
  ADD ("restart", test_restart);
  return g_test_run ();
}
