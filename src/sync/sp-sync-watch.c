/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an SpSync knows when nobody is connected: how far the two were, which a local document of this side remembers from one
 * start of the program to the next, and how many documents have changed here since. */
#include "sp-sync-private.h"

#include "sp-node.h"

#define REMEMBER_S (5 * 60) /* how old the time that is remembered may be */

/* ── Counting ── */

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSync) self = data;
  g_autoptr (GError) error = NULL;
  const gboolean woken = sp_peer_wait_finish (SP_PEER (source), result, &error);

  self->listening = FALSE;
  if (self->started && (woken || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))) /* that of a run before */
    sp_sync_recount (self);
}

/* While the first list comes in, what is of one's own is counted later. */
static gboolean
is_filling (SpSync *self)
{
  return self->last_synced == 0 && self->connected && self->push == NULL;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSync) self = data;
  g_autoptr (SpPeerPending) pending = sp_peer_count_pending_finish (SP_PEER (source), result, NULL);

  self->counting = FALSE;
  if (pending == NULL || !self->started)
    return;
  if (self->count_again)
    {
      sp_sync_recount (self);
      return;
    }
  if (self->pending != pending->count)
    {
      self->pending = pending->count;
      g_object_notify (G_OBJECT (self), "pending");
    }
  sp_sync_update (self);
  if (!self->listening)
    {
      self->listening = TRUE;
      sp_peer_wait_async (self->here, pending->last, self->watch, waited_cb, g_object_ref (self));
    }
}

/**
 * sp_sync_recount:
 * @self: a sync
 *
 * Counts what changed here and is not there yet, then waits for more.
 */
void
sp_sync_recount (SpSync *self)
{
  self->count_again = self->counting;
  if (self->counting || self->watch == NULL || is_filling (self))
    return;
  self->counting = TRUE;
  sp_peer_count_pending_async (self->here, self->since, self->watch, counted_cb, g_object_ref (self));
}

/* ── Remembering ── */

/**
 * sp_sync_make_memory_id:
 * @name: what the other side is called where it was configured
 *
 * Returns: (transfer full): name of the local document of this side that remembers how far the two are
 */
char *
sp_sync_make_memory_id (const char *name)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  return g_strdup_printf ("sync/%.32s", digest);
}

/**
 * sp_sync_find_peer:
 * @memory: (nullable): body of that document, JSON
 *
 * Returns: (transfer full) (nullable): uuid of the other side; %NULL if it was never met
 */
char *
sp_sync_find_peer (const char *memory)
{
  g_autoptr (SpNode) node = memory != NULL ? sp_node_parse (memory, -1, NULL) : NULL;

  return node != NULL ? g_strdup (sp_node_get_text (node, "peer")) : NULL;
}

static void
read_memory (SpSync *self, const char *json)
{
  g_autoptr (SpNode) memory = sp_node_parse (json, -1, NULL);
  const char *since = memory != NULL ? sp_node_get_text (memory, "sent") : NULL;
  const double synced = sp_node_get_number (memory, "synced");

  if (since == NULL || !(synced > 0 && synced < 1e15))
    return;
  g_free (self->since);
  self->since = g_strdup (since);
  g_free (self->saved_since);
  self->saved_since = g_strdup (since);
  g_free (self->peer);
  self->peer = g_strdup (sp_node_get_text (memory, "peer"));
  self->last_synced = self->saved = (gint64) synced;
  g_object_notify (G_OBJECT (self), "last-synced");
}

static void
got_memory_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = sp_peer_get_local_finish (SP_PEER (source), result, &error);

  if (!self->started || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (json != NULL)
    read_memory (self, json);
  sp_sync_recount (self);
  sp_sync_run (self);
  sp_sync_update (self);
}

/**
 * sp_sync_watch:
 * @self: a sync that is started
 *
 * Reads how far the two were, begins to count, and then begins the first run.
 */
void
sp_sync_watch (SpSync *self)
{
  self->watch = g_cancellable_new ();
  sp_peer_get_local_async (self->here, self->name, self->watch, got_memory_cb, g_object_ref (self));
}

/* If it cannot be written, the next start counts a little more than it need. */
static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSync) self = data;

  if (!sp_peer_put_local_finish (SP_PEER (source), result, NULL))
    self->saved = 0;
}

/**
 * sp_sync_remember:
 * @self: a sync, both sides of which are alike or were
 *
 * Writes down how far the two are, now and then.
 */
void
sp_sync_remember (SpSync *self)
{
  g_autoptr (SpNode) memory = NULL;
  g_autofree char *json = NULL;

  if (self->since == NULL
      || (g_strcmp0 (self->since, self->saved_since) == 0 && self->last_synced - self->saved < REMEMBER_S))
    return;
  memory = sp_node_new_object ();
  sp_node_set_text (memory, "sent", self->since);
  sp_node_set (memory, "synced", sp_node_new_number ((double) self->last_synced));
  if (self->peer != NULL)
    sp_node_set_text (memory, "peer", self->peer);
  json = sp_node_to_json (memory);
  g_free (self->saved_since);
  self->saved_since = g_strdup (self->since);
  self->saved = self->last_synced;
  sp_peer_put_local_async (self->here, self->name, json, NULL, remembered_cb, g_object_ref (self));
}
