/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of an SpSync: two live replicators, first the one that brings what others did, so that what is merged goes out with
 * the rest; and what follows when a run ends: another one, later each time, or at once when the network has changed. */
#include "sp-sync-private.h"

#define FIRST_DELAY_MS 1000u
#define LAST_DELAY_MS (5 * 60 * 1000u)     /* between attempts to reach somebody who is not there */
#define REFUSED_DELAY_MS (15 * 60 * 1000u) /* between attempts to get in where we are not let in */
#define DENIED_DELAY_MS 10000u             /* between attempts to get in where we were let in before; four times as long each time */
#define DENIED_AT_MOST 3                   /* of these, then a person is asked */
#define SETTLE_MS 1000                     /* a network comes and goes several times before it is there */

/**
 * sp_sync_clear_alarms:
 * @self: a sync
 *
 * Forgets what was to happen later.
 */
void
sp_sync_clear_alarms (SpSync *self)
{
  if (self->retry != 0)
    self->clock->remove (self->retry, self->clock_data);
  if (self->settle != 0)
    self->clock->remove (self->settle, self->clock_data);
  self->retry = 0;
  self->settle = 0;
}

/* ── When a run has ended ── */

/* Whether somebody has to do something before it can work, rather than wait. */
static gboolean
is_refusal (const GError *error)
{
  static const int waiting[] = { SP_ERROR_NO_HOST, SP_ERROR_UNREACHABLE, SP_ERROR_SERVER, SP_ERROR_LOCKED };

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    if (g_error_matches (error, SP_ERROR, waiting[i]))
      return FALSE;
  return error->domain == SP_ERROR;
}

static gboolean
retry_cb (gpointer data)
{
  SpSync *self = data;

  self->retry = 0;
  sp_sync_run (self);
  return G_SOURCE_REMOVE;
}

/* Whether the account was let in before with the same password: a proxy, or a server that is just starting, may deny it once. */
static gboolean
may_be_mistaken (SpSync *self, const GError *error)
{
  return self->let_in && self->denials < DENIED_AT_MOST && g_error_matches (error, SP_ERROR, SP_ERROR_LOGIN);
}

static guint
get_most_delay (SpSync *self)
{
  if (self->barred)
    return REFUSED_DELAY_MS;
  if (g_error_matches (self->problem, SP_ERROR, SP_ERROR_LOGIN))
    return DENIED_DELAY_MS << 2 * (self->denials - 1);
  return MIN (LAST_DELAY_MS, FIRST_DELAY_MS << MIN (self->failures, 16u));
}

/* Longer each time, and never at the same time as everybody else who lost the same server. A server may ask for more. */
static guint
get_delay (SpSync *self)
{
  const guint most = get_most_delay (self);

  self->failures++;
  return MAX (most / 2 + (guint) (self->clock->random (self->clock_data) * (most / 2)),
              MIN (sp_peer_get_pause (self->there), LAST_DELAY_MS));
}

/* @error: (transfer full). With a wrong password one does not knock again and again: servers lock those out who do. */
static void
fail (SpSync *self, GError *error)
{
  const gboolean mistaken = may_be_mistaken (self, error);

  g_clear_error (&self->problem);
  self->problem = error;
  self->barred = is_refusal (error) && !mistaken;
  self->connected = FALSE;
  if (mistaken)
    self->denials++;
  if (self->offline_since == 0)
    self->offline_since = sp_sync_get_now (self);
  if (mistaken || !g_error_matches (error, SP_ERROR, SP_ERROR_LOGIN))
    self->retry = self->clock->add (get_delay (self), retry_cb, self, self->clock_data);
  sp_sync_update (self);
  g_object_notify (G_OBJECT (self), "state"); /* the reason may be another one */
}

static void
end_run (SpSync *self)
{
  const gboolean again = self->again;

  g_clear_object (&self->cancellable);
  self->again = FALSE;
  self->pulled = FALSE;
  self->pushed = FALSE;
  if (!self->started)
    g_clear_error (&self->failure);
  else if (again)
    {
      g_clear_error (&self->failure);
      sp_sync_run (self);
    }
  else if (self->failure != NULL)
    fail (self, g_steal_pointer (&self->failure));
  sp_sync_update (self);
}

/* @error: (transfer full) */
static void
replicator_ended (SpSync *self, GError *error)
{
  if (self->failure == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->failure = error;
  else
    g_clear_error (&error);
  self->running--;
  if (self->running > 0)
    g_cancellable_cancel (self->cancellable);
  else
    end_run (self);
}

/* ── While it runs ── */

/* Whether the run was given up; what its replicators still say counts no more. */
static gboolean
is_over (SpSync *self)
{
  return self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable);
}

static void
met (SpSync *self)
{
  if (!self->connected)
    {
      self->connected = TRUE;
      self->let_in = TRUE;
      g_clear_error (&self->problem);
    }
}

static void
succeed (SpSync *self)
{
  self->failures = 0;
  self->offline_since = 0;
}

/* To be answered is not enough to be looked for soon again, or not to be offline any more: a server may answer and take nothing. */
static void
got_on (SpSync *self, SpReplicator *replicator)
{
  if (sp_replicator_get_counts (replicator)->written > 0)
    succeed (self);
}

static void
push_progress_cb (SpReplicator *push, SpSync *self)
{
  const char *since = sp_replicator_get_since (push);

  if (is_over (self))
    return;
  got_on (self, push);
  self->pushed = FALSE;
  if (g_strcmp0 (since, self->since) != 0)
    {
      g_free (self->since);
      self->since = g_strdup (since);
      sp_sync_recount (self);
    }
  sp_sync_update (self);
}

static void
push_caught_up_cb (SpReplicator *push, SpSync *self)
{
  if (is_over (self))
    return;
  push_progress_cb (push, self);
  self->pushed = TRUE;
  self->denials = 0;
  succeed (self);
  g_free (self->peer);
  self->peer = g_strdup (sp_replicator_get_target_uuid (push));
  sp_sync_update (self);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSync) self = data;
  GError *error = NULL;

  sp_replicator_run_finish (SP_REPLICATOR (source), result, &error);
  g_signal_handlers_disconnect_by_data (source, self);
  replicator_ended (self, error);
}

static void
start_push (SpSync *self)
{
  g_clear_object (&self->push);
  self->push = sp_replicator_new (self->here, self->there);
  sp_replicator_set_live (self->push, TRUE);
  g_signal_connect (self->push, "progress", G_CALLBACK (push_progress_cb), self);
  g_signal_connect (self->push, "caught-up", G_CALLBACK (push_caught_up_cb), self);
  self->running++;
  sp_replicator_run_async (self->push, self->cancellable, ended_cb, g_object_ref (self));
}

static void
pull_progress_cb (SpReplicator *pull, SpSync *self)
{
  if (is_over (self))
    return;
  met (self);
  got_on (self, pull);
  self->pulled = FALSE;
  sp_sync_update (self);
}

static void
pull_caught_up_cb (SpReplicator *pull, SpSync *self)
{
  if (is_over (self))
    return;
  met (self);
  self->pulled = TRUE;
  if (self->running == 1)
    {
      start_push (self);
      sp_sync_recount (self);
    }
  sp_sync_update (self);
}

/**
 * sp_sync_run:
 * @self: a sync that was started
 *
 * Begins a run, in place of the one that is under way.
 */
void
sp_sync_run (SpSync *self)
{
  sp_sync_clear_alarms (self);
  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      g_cancellable_cancel (self->cancellable);
      return;
    }
  self->connected = FALSE;
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->push);
  g_clear_object (&self->pull);
  self->pull = sp_replicator_new (self->there, self->here);
  sp_replicator_set_live (self->pull, TRUE);
  sp_replicator_set_may_skip (self->pull, TRUE);
  g_signal_connect (self->pull, "progress", G_CALLBACK (pull_progress_cb), self);
  g_signal_connect (self->pull, "caught-up", G_CALLBACK (pull_caught_up_cb), self);
  self->running = 1;
  sp_replicator_run_async (self->pull, self->cancellable, ended_cb, g_object_ref (self));
}

static gboolean
settled_cb (gpointer data)
{
  SpSync *self = data;

  self->settle = 0;
  self->failures = 0;
  sp_sync_run (self);
  return G_SOURCE_REMOVE;
}

/**
 * sp_sync_run_again:
 * @self: a sync
 *
 * The network has changed: looks, when it has settled, who can be reached now. A connection that seems to be there may be
 * dead. Where the password is wrong, and nothing is tried any more, a network does not make it right.
 */
void
sp_sync_run_again (SpSync *self)
{
  if (!self->started || (self->barred && g_error_matches (self->problem, SP_ERROR, SP_ERROR_LOGIN)))
    return;
  if (self->settle != 0)
    self->clock->remove (self->settle, self->clock_data);
  self->settle = self->clock->add (SETTLE_MS, settled_cb, self, self->clock_data);
}
