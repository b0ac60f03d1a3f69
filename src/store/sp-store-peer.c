/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpStorePeer: a store as a replica that a replicator can read and write. What arrives is settled in the same
 * transaction: versions that stand against each other are merged where that is certain, erasures are carried on.
 *
 * Belongs to the main loop that opened the store. */
#include "sp-store-peer.h"

#include "sp-arrivals.h"
#include "sp-docs.h"
#include "sp-identity.h"
#include "sp-store-peer-notes.h"
#include "sp-store-peer-put.h"
#include "sp-store-peer-read.h"

#include <string.h>

struct _SpStorePeer
{
  GObject parent_instance;

  SpStore *store;   /* owned */
  SpArrivals *arrivals; /* owned */
  gboolean merges;
  gboolean lasts;   /* whether a checkpoint waits for the disk */
  gint64   listed;  /* local sequence up to which changes were listed */
  gint64   offered; /* as far as documents were given away, as the store remembers */
};

static void sp_store_peer_peer_init (SpPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SpStorePeer, sp_store_peer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_PEER, sp_store_peer_peer_init))

/* ── Calls of the store: its answer becomes that of the task ── */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GDestroyNotify free_result = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = sp_store_call_finish (SP_STORE (source), result, &error);

  if (value != NULL)
    g_task_return_pointer (task, value, free_result);
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full) */
static void
read_for (SpStorePeer *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, GTask *task)
{
  g_task_set_task_data (task, free_result, NULL);
  sp_store_read_async (self->store, func, data, free_data, free_result, g_task_get_cancellable (task), called_cb, task);
}

/* @task: (transfer full) */
static void
write_for (SpStorePeer *self, SpStoreFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, GTask *task)
{
  g_task_set_task_data (task, free_result, NULL);
  sp_store_write_async (self->store, func, data, free_data, free_result, g_task_get_cancellable (task), called_cb, task);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A sequence of ours as JSON, and back. */
static char *
quote (const char *sequence)
{
  return g_strdup_printf ("\"%s\"", sequence);
}

static char *
unquote (const char *since)
{
  gsize length = since != NULL ? strlen (since) : 0;

  return length >= 2 && since[0] == '"' ? g_strndup (since + 1, length - 2) : g_strdup (since);
}

/* ── Who it is ── */

static gpointer
describe (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpPeerInfo) info = g_new0 (SpPeerInfo, 1);
  g_autofree char *last = sp_docs_get_update_seq (db, error);

  if (last == NULL)
    return NULL;
  info->uuid = sp_identity_get_uuid (db);
  info->last = quote (last);
  if (!sp_store_peer_count (db, info, error))
    return NULL;
  return g_steal_pointer (&info);
}

static void
sp_store_peer_describe (SpPeer *peer, GTask *task)
{
  read_for (SP_STORE_PEER (peer), describe, NULL, NULL, (GDestroyNotify) sp_peer_info_free, task);
}

/* ── Local documents ── */

static gpointer
get_local (SpDb *db, gpointer id, GCancellable *cancellable, GError **error)
{
  return sp_docs_get_local (db, id, NULL, error);
}

static void
sp_store_peer_get_local (SpPeer *peer, const char *id, GTask *task)
{
  read_for (SP_STORE_PEER (peer), get_local, g_strdup (id), g_free, g_free, task);
}

static gpointer
put_local (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *const *pair = data;

  return sp_docs_put_local (db, pair[0], pair[1], -1, NULL, error) ? data : NULL;
}

static gpointer
put_local_soon (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gpointer result = sp_db_set_lasting (db, FALSE, error) ? put_local (db, data, cancellable, error) : NULL;

  sp_db_set_lasting (db, TRUE, NULL);
  return result;
}

static void
sp_store_peer_put_local (SpPeer *peer, const char *id, const char *json, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);
  const char *const pair[] = { id, json, NULL };

  sp_store_write_async (self->store, self->lasts ? put_local : put_local_soon, g_strdupv ((char **) pair), (GDestroyNotify) g_strfreev, NULL,
                        g_task_get_cancellable (task), done_cb, task);
}

/* ── Changes ── */

typedef struct
{
  char  *since;
  guint  limit;
} Since;

static void
free_since (gpointer data)
{
  Since *since = data;

  g_free (since->since);
  g_free (since);
}

static void
add_change (SpPeerChanges *changes, const SpChange *change)
{
  for (guint i = 0; i < change->leaves->len; i++)
    {
      SpPeerRev *rev = sp_peer_rev_new (change->id, g_ptr_array_index (change->leaves, i));

      rev->gone = change->deleted && change->leaves->len == 1;
      g_ptr_array_add (changes->revs, rev);
    }
}

static gpointer
get_changes (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Since *since = data;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) rows = sp_docs_get_changes (db, since->since, since->limit, &last, error);
  SpPeerChanges *changes;

  if (rows == NULL)
    return NULL;
  changes = sp_peer_changes_new ();
  changes->n_documents = rows->len;
  changes->last = quote (last);
  for (guint i = 0; i < rows->len; i++)
    add_change (changes, g_ptr_array_index (rows, i));
  return changes;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpStorePeer *self = g_task_get_source_object (task);
  GError *error = NULL;
  SpPeerChanges *changes = sp_store_call_finish (SP_STORE (source), result, &error);

  if (changes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->listed = MAX (self->listed, g_ascii_strtoll (changes->last + 1, NULL, 10));
  g_task_return_pointer (task, changes, (GDestroyNotify) sp_peer_changes_free);
}

static void
sp_store_peer_get_changes (SpPeer *peer, const char *since, guint limit, GTask *task)
{
  Since *call = g_new (Since, 1);

  *call = (Since){ unquote (since), limit };
  sp_store_read_async (SP_STORE_PEER (peer)->store, get_changes, call, free_since, (GDestroyNotify) sp_peer_changes_free,
                       g_task_get_cancellable (task), listed_cb, task);
}

/* Waiting: until the store says that it changed. */
typedef struct
{
  SpStore *store;
  gulong   changed;
  gulong   cancelled;
} Wait;

static void
end_wait (GTask *task)
{
  Wait *wait = g_task_get_task_data (task);

  if (wait->changed == 0)
    return;
  g_signal_handler_disconnect (wait->store, wait->changed);
  wait->changed = 0;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static gboolean
stop_wait_cb (gpointer task)
{
  end_wait (task);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, stop_wait_cb, g_object_ref (task), g_object_unref);
}

static void
free_wait (gpointer data)
{
  Wait *wait = data;

  g_object_unref (wait->store);
  g_free (wait);
}

/* There may be changes already: nobody misses what is written between asking and waiting. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (SpPeerChanges) changes = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (changes == NULL || changes->n_documents > 0)
    end_wait (task);
}

static void
sp_store_peer_wait (SpPeer *peer, const char *since, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Wait *wait = g_new0 (Wait, 1);
  Since *call = g_new (Since, 1);

  *call = (Since){ unquote (since), 1 };
  wait->store = g_object_ref (self->store);
  wait->changed = g_signal_connect_swapped (self->store, "changed", G_CALLBACK (end_wait), task);
  g_task_set_task_data (task, wait, free_wait);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task, 0);
  sp_store_read_async (self->store, get_changes, call, free_since, (GDestroyNotify) sp_peer_changes_free, cancellable, asked_cb,
                       g_object_ref (task));
}

/* ── What is missing ── */

static void
sp_store_peer_get_missing (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  read_for (SP_STORE_PEER (peer), sp_store_peer_list_missing, g_ptr_array_ref (revs), (GDestroyNotify) g_ptr_array_unref,
            (GDestroyNotify) g_ptr_array_unref, task);
}

/* ── Documents ── */

/* Documents that are wanted, while the store remembers that they were given away. */
typedef struct
{
  GPtrArray *revs;
  gint64     listed;
} Wanted;

static void
free_wanted (gpointer data)
{
  Wanted *wanted = data;

  g_ptr_array_unref (wanted->revs);
  g_free (wanted);
}

static gpointer
mark_offered (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  return sp_docs_mark_offered (db, wanted->listed, error) ? data : NULL;
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  SpStorePeer *self = g_task_get_source_object (task);
  Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;

  if (sp_store_call_finish (SP_STORE (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->offered = MAX (self->offered, wanted->listed);
  read_for (self, sp_store_peer_read_documents, g_ptr_array_ref (wanted->revs), (GDestroyNotify) g_ptr_array_unref,
            (GDestroyNotify) g_ptr_array_unref, task);
}

static void
sp_store_peer_get_documents (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);
  Wanted *wanted;
  Wanted *call;

  if (self->listed <= self->offered)
    {
      read_for (self, sp_store_peer_read_documents, g_ptr_array_ref (revs), (GDestroyNotify) g_ptr_array_unref,
                (GDestroyNotify) g_ptr_array_unref, task);
      return;
    }
  wanted = g_new (Wanted, 1);
  *wanted = (Wanted){ g_ptr_array_ref (revs), self->listed };
  call = g_new (Wanted, 1);
  *call = (Wanted){ g_ptr_array_ref (revs), self->listed };
  g_task_set_task_data (task, wanted, free_wanted);
  sp_store_write_async (self->store, mark_offered, call, free_wanted, NULL, g_task_get_cancellable (task), marked_cb, task);
}

static void
sp_store_peer_put_documents (SpPeer *peer, GPtrArray *documents, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);

  write_for (self, sp_store_peer_put_write, sp_store_peer_put_new (documents, self->merges, self->arrivals), sp_store_peer_put_free,
             (GDestroyNotify) g_ptr_array_unref, task);
}

/* ── What it remembers of its peers ── */

static void
sp_store_peer_note (SpPeer *peer, SpPeerNote *note, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);

  if (note->sent && note->since != NULL)
    sp_arrivals_drop (self->arrivals, g_ascii_strtoll (note->since + 1, NULL, 10));
  sp_store_write_async (self->store, sp_store_peer_write_note, note, NULL, NULL, g_task_get_cancellable (task), done_cb, task);
}

static void
sp_store_peer_get_refused (SpPeer *peer, const char *other, gboolean sent, GTask *task)
{
  read_for (SP_STORE_PEER (peer), sent ? sp_store_peer_list_refused : sp_store_peer_list_not_got, g_strdup (other), g_free,
            (GDestroyNotify) g_ptr_array_unref, task);
}

typedef struct
{
  SpArrivals *arrivals;
  char       *since;
} Pending;

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  sp_arrivals_unref (pending->arrivals);
  g_free (pending->since);
  g_free (pending);
}

static gpointer
count_pending (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Pending *pending = data;
  g_autofree char *last = sp_docs_get_update_seq (db, error);
  g_autofree char *quoted = last != NULL ? quote (last) : NULL;
  gint64 since;
  guint count;

  if (last == NULL || !sp_docs_read_since (db, pending->since, &since, error)
      || !sp_arrivals_count (pending->arrivals, db, since, &count, error))
    return NULL;
  return sp_peer_pending_new (count, quoted);
}

static void
sp_store_peer_count_pending (SpPeer *peer, const char *since, GTask *task)
{
  SpStorePeer *self = SP_STORE_PEER (peer);
  Pending *pending = g_new (Pending, 1);

  *pending = (Pending){ sp_arrivals_ref (self->arrivals), unquote (since) };
  read_for (self, count_pending, pending, free_pending, (GDestroyNotify) sp_peer_pending_free, task);
}

static void
sp_store_peer_peer_init (SpPeerInterface *iface)
{
  iface->describe = sp_store_peer_describe;
  iface->get_local = sp_store_peer_get_local;
  iface->put_local = sp_store_peer_put_local;
  iface->get_changes = sp_store_peer_get_changes;
  iface->wait = sp_store_peer_wait;
  iface->get_missing = sp_store_peer_get_missing;
  iface->get_documents = sp_store_peer_get_documents;
  iface->put_documents = sp_store_peer_put_documents;
  iface->note = sp_store_peer_note;
  iface->get_refused = sp_store_peer_get_refused;
  iface->count_pending = sp_store_peer_count_pending;
  iface->puts_in_order = TRUE; /* the writer is one thread */
}

static void
sp_store_peer_finalize (GObject *object)
{
  SpStorePeer *self = SP_STORE_PEER (object);

  g_clear_object (&self->store);
  sp_arrivals_unref (self->arrivals);
  G_OBJECT_CLASS (sp_store_peer_parent_class)->finalize (object);
}

static void
sp_store_peer_class_init (SpStorePeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_store_peer_finalize;
}

static void
sp_store_peer_init (SpStorePeer *self)
{
  self->arrivals = sp_arrivals_new ();
  self->lasts = TRUE;
}

/**
 * sp_store_peer_new:
 * @store: a store, opened in this main context
 * @merges: whether versions that stand against each other are merged on arrival, as the app and the commands do; a
 *   server stores and never merges
 *
 * Returns: (transfer full): the store as a replica
 */
SpStorePeer *
sp_store_peer_new (SpStore *store, gboolean merges)
{
  SpStorePeer *self = g_object_new (SP_TYPE_STORE_PEER, NULL);

  self->store = g_object_ref (store);
  self->merges = merges;
  return self;
}

/**
 * sp_store_peer_set_lasts:
 * @self: a replica
 * @lasts: %FALSE if the other replica is a server: what a power cut takes from this one, the checkpoint too, is had from there
 *   again, and a pull need not wait for the disk; %TRUE, as it is at first, if the other is a file that somebody takes away
 *
 * Says how long a checkpoint must last.
 */
void
sp_store_peer_set_lasts (SpStorePeer *self, gboolean lasts)
{
  self->lasts = lasts;
}
