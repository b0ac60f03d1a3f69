/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSync: keeps this replica and another one alike for as long as it runs, and tells the truth about it. Two live replicators
 * do the work (sp-sync-run.c); what changed here and is not there yet is counted beside them (sp-sync-watch.c). It is only
 * called synced when the other side has applied everything.
 *
 * Belongs to the main loop, and never holds it up: all work is done by the two replicas. */
#include "sp-sync-private.h"

#include "sp-clock.h"

G_DEFINE_FINAL_TYPE (SpSync, sp_sync, G_TYPE_OBJECT)

typedef enum { PROP_STATE = 1, PROP_PENDING, PROP_REFUSED, PROP_DONE, PROP_LAST_SYNCED } SpSyncProperty;
static GParamSpec *properties[PROP_LAST_SYNCED + 1];

/* ── The real clock ── */

static gint64
real_now (gpointer clock)
{
  return sp_clock_now ();
}

static guint
real_add (guint ms, GSourceFunc func, gpointer data, gpointer clock)
{
  return g_timeout_add (ms, func, data);
}

static void
real_remove (guint id, gpointer clock)
{
  g_source_remove (id);
}

static double
real_random (gpointer clock)
{
  return g_random_double ();
}

static const SpSyncClock real_clock = { real_now, real_add, real_remove, real_random };

/* ── What it says of itself ── */

/**
 * sp_sync_get_now:
 * @self: a sync
 *
 * Returns: seconds since 1970
 */
gint64 sp_sync_get_now (SpSync *self) { return self->clock->now (self->clock_data); }

static SpSyncState
find_state (SpSync *self)
{
  if (!self->started)
    return SP_SYNC_IDLE;
  if (self->problem != NULL)
    return self->barred ? SP_SYNC_REFUSED : SP_SYNC_OFFLINE;
  if (self->pulled && self->pushed && self->pending == 0 && !self->counting)
    return SP_SYNC_SYNCED;
  return self->last_synced == 0 ? SP_SYNC_FIRST : SP_SYNC_WAITING;
}

static void
note_progress (SpSync *self)
{
  const SpReplicatorCounts none = { 0 };
  const SpReplicatorCounts *in = self->pull != NULL ? sp_replicator_get_counts (self->pull) : &none;
  const SpReplicatorCounts *out = self->push != NULL ? sp_replicator_get_counts (self->push) : &none;

  self->received = in->written;
  self->sent = out->written;
  self->done = (gint64) in->listed + (self->pulled ? out->listed : 0);
  self->total = MAX (self->pull != NULL ? sp_replicator_get_total (self->pull) : 0, in->listed)
                + (self->pulled && self->push != NULL ? MAX (sp_replicator_get_total (self->push), out->listed) : 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
  if (self->refused != in->refused + out->refused)
    {
      self->refused = in->refused + out->refused;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED]);
    }
}

/**
 * sp_sync_update:
 * @self: a sync of which something has changed
 *
 * Finds out how it is doing, and says so.
 */
void
sp_sync_update (SpSync *self)
{
  const SpSyncState state = find_state (self);
  const gboolean changed = state != self->state;

  note_progress (self);
  self->state = state;
  if (state == SP_SYNC_SYNCED && (changed || self->last_synced != sp_sync_get_now (self)))
    {
      self->last_synced = sp_sync_get_now (self);
      sp_sync_remember (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNCED]);
    }
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* The other side was heard of: what was alike still is. */
static void
alive_cb (SpSync *self)
{
  if (self->state == SP_SYNC_SYNCED)
    sp_sync_update (self);
}

/* ── The object ── */

static void
sp_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  SpSync *self = SP_SYNC (object);

  switch ((SpSyncProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_PENDING:
      g_value_set_uint (value, self->pending);
      break;
    case PROP_REFUSED:
      g_value_set_uint (value, self->refused);
      break;
    case PROP_DONE:
      g_value_set_int64 (value, self->done);
      break;
    case PROP_LAST_SYNCED:
      g_value_set_int64 (value, self->last_synced);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sp_sync_dispose (GObject *object)
{
  SpSync *self = SP_SYNC (object);

  sp_sync_stop (self);
  sp_sync_set_monitor (self, NULL);
  g_clear_object (&self->here);
  g_clear_object (&self->there);
  g_clear_object (&self->pull);
  g_clear_object (&self->push);
  G_OBJECT_CLASS (sp_sync_parent_class)->dispose (object);
}

static void
sp_sync_finalize (GObject *object)
{
  SpSync *self = SP_SYNC (object);

  g_free (self->name);
  g_free (self->peer);
  g_free (self->since);
  g_free (self->saved_since);
  g_clear_error (&self->problem);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (sp_sync_parent_class)->finalize (object);
}

static void
sp_sync_class_init (SpSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sp_sync_get_property;
  object_class->dispose = sp_sync_dispose;
  object_class->finalize = sp_sync_finalize;
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, SP_SYNC_REFUSED, SP_SYNC_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DONE] = g_param_spec_int64 ("done", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LAST_SYNCED] = g_param_spec_int64 ("last-synced", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sp_sync_init (SpSync *self)
{
  self->clock = &real_clock;
}

/**
 * sp_sync_new:
 * @here: this replica
 * @there: the other one
 * @name: what the other one is called where it was configured; what is remembered of the two goes by it
 *
 * Returns: (transfer full): a sync that does not run yet
 */
SpSync *
sp_sync_new (SpPeer *here, SpPeer *there, const char *name)
{
  SpSync *self = g_object_new (SP_TYPE_SYNC, NULL);

  self->here = g_object_ref (here);
  self->there = g_object_ref (there);
  self->name = sp_sync_make_memory_id (name);
  g_signal_connect_object (there, "alive", G_CALLBACK (alive_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_sync_set_clock:
 * @self: a sync that does not run
 * @clock: what to use for time and chance
 * @data: given to its functions
 */
void
sp_sync_set_clock (SpSync *self, const SpSyncClock *clock, gpointer data)
{
  self->clock = clock;
  self->clock_data = data;
}

/**
 * sp_sync_set_monitor:
 * @self: a sync
 * @monitor: (nullable): when it says that the network changed, the other side is looked for again
 */
void
sp_sync_set_monitor (SpSync *self, GNetworkMonitor *monitor)
{
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_func (self->monitor, sp_sync_run_again, self);
  g_set_object (&self->monitor, monitor);
  if (monitor != NULL)
    g_signal_connect_swapped (monitor, "network-changed", G_CALLBACK (sp_sync_run_again), self);
}

/**
 * sp_sync_start:
 * @self: a sync
 *
 * Begins, and goes on until sp_sync_stop().
 */
void
sp_sync_start (SpSync *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  sp_sync_watch (self); /* which runs it when it knows how far the two were */
  sp_sync_update (self);
}

/**
 * sp_sync_now:
 * @self: a sync that was started
 *
 * Looks for the other side at once rather than at the next attempt, and offers again what it refused.
 */
void
sp_sync_now (SpSync *self)
{
  self->failures = 0;
  if (self->started)
    sp_sync_run (self);
}

/**
 * sp_sync_stop:
 * @self: a sync
 *
 * Stops it. What is under way is cut off; the next start goes on from there.
 */
void
sp_sync_stop (SpSync *self)
{
  if (!self->started)
    return;
  if (self->last_synced > 0)
    sp_sync_remember (self);
  self->started = FALSE;
  self->connected = FALSE;
  self->pulled = FALSE;
  self->pushed = FALSE;
  sp_sync_clear_alarms (self);
  g_cancellable_cancel (self->watch);
  g_clear_object (&self->watch);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_error (&self->problem);
  self->offline_since = 0;
  sp_sync_update (self);
}

/**
 * sp_sync_get_state:
 * @self: a sync
 *
 * Returns: how it is doing
 */
SpSyncState sp_sync_get_state (SpSync *self) { return self->state; }

/**
 * sp_sync_get_problem:
 * @self: a sync
 *
 * Returns: (transfer none) (nullable): why it is offline or refused
 */
const GError *sp_sync_get_problem (SpSync *self) { return self->problem; }

/**
 * sp_sync_get_pending:
 * @self: a sync
 *
 * Returns: how many documents changed here and are not there yet
 */
guint sp_sync_get_pending (SpSync *self) { return self->pending; }

/**
 * sp_sync_get_refused:
 * @self: a sync
 *
 * Returns: how many documents were refused, on one side or the other, since the connection was made
 */
guint sp_sync_get_refused (SpSync *self) { return self->refused; }

/**
 * sp_sync_get_received:
 * @self: a sync
 *
 * Returns: how many documents came since the connection was made
 */
guint sp_sync_get_received (SpSync *self) { return self->received; }

/**
 * sp_sync_get_sent:
 * @self: a sync
 *
 * Returns: how many documents the other side has applied since the connection was made
 */
guint sp_sync_get_sent (SpSync *self) { return self->sent; }

/**
 * sp_sync_get_done:
 * @self: a sync
 *
 * Returns: how many documents it has looked at since the connection was made
 */
gint64 sp_sync_get_done (SpSync *self) { return self->done; }

/**
 * sp_sync_get_total:
 * @self: a sync
 *
 * Returns: how many there are to look at, about; 0 if that is not known
 */
gint64 sp_sync_get_total (SpSync *self) { return self->total; }

/**
 * sp_sync_get_last_synced:
 * @self: a sync
 *
 * Returns: when both sides were last known to have everything, seconds since 1970; 0 for never
 */
gint64 sp_sync_get_last_synced (SpSync *self) { return self->last_synced; }

/**
 * sp_sync_get_offline_since:
 * @self: a sync
 *
 * Returns: since when nothing gets through to the other side, or from there, whether it answers or not; seconds since 1970; 0 if
 *   something does
 */
gint64 sp_sync_get_offline_since (SpSync *self) { return self->offline_since; }

/**
 * sp_sync_is_connected:
 * @self: a sync
 *
 * Returns: whether the other side has answered, and nothing has failed since
 */
gboolean sp_sync_is_connected (SpSync *self) { return self->connected; }
