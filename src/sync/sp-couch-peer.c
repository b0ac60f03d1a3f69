/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpCouchPeer: a database of a CouchDB, or of anything that speaks its replication protocol, as a replica (couch-protocol
 * §2 to §4).
 *
 * Belongs to the main loop. */
#include "sp-couch-peer.h"

#include "sp-couch-answer.h"
#include "sp-couch-describe.h"
#include "sp-couch-feed.h"
#include "sp-couch-get.h"
#include "sp-couch-missing.h"
#include "sp-couch-put.h"

#include <string.h>

struct _SpCouchPeer
{
  GObject parent_instance;

  SpCouchClient *client;     /* owned */
  SpCouchFeed   *feed;       /* owned */
  SpCouchWays    ways;       /* how it gives documents */
  GHashTable    *local_revs; /* id of a local document → its revision */
};

static void sp_couch_peer_peer_init (SpPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SpCouchPeer, sp_couch_peer, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (SP_TYPE_PEER, sp_couch_peer_peer_init))

static void
send (GTask *task, const char *method, const char *path, const char *query, GBytes *body, GAsyncReadyCallback callback)
{
  SpCouchPeer *self = g_task_get_source_object (task);

  sp_couch_client_send_async (self->client, method, path, query, body, g_task_get_cancellable (task), callback, task);
}

static GBytes *
receive (GObject *client, GAsyncResult *result, GTask *task)
{
  GError *error = NULL;
  GBytes *answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, NULL, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  return answer;
}

/* @value: (transfer full) (nullable) */
static void
answer_with (GTask *task, gpointer value, GDestroyNotify free_value, GError *error)
{
  if (value != NULL)
    g_task_return_pointer (task, value, free_value);
  else
    g_task_return_error (task, error);
}

/* ── Who it is ── */

static void
sp_couch_peer_describe (SpPeer *peer, GTask *task)
{
  sp_couch_describe (SP_COUCH_PEER (peer)->client, task);
}

/* ── Local documents ── */

static char *
make_local_path (const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat ("_local/", escaped, NULL);
}

static void
got_local_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchPeer *self = g_task_get_source_object (task);
  g_autoptr (GBytes) answer = receive (client, result, task);
  GError *error = NULL;
  char *rev = NULL;
  char *body;

  g_hash_table_remove (self->local_revs, g_task_get_task_data (task)); /* it may be gone, with the database */
  if (answer == NULL)
    return;
  body = sp_couch_read_local (answer, &rev, &error);
  g_hash_table_replace (self->local_revs, g_strdup (g_task_get_task_data (task)), rev);
  answer_with (task, body, g_free, error);
}

static void
sp_couch_peer_get_local (SpPeer *peer, const char *id, GTask *task)
{
  g_autofree char *path = make_local_path (id);

  g_task_set_task_data (task, g_strdup (id), g_free);
  send (task, "GET", path, NULL, NULL, got_local_cb);
}

typedef struct
{
  char    *id;
  char    *json;
  gboolean again; /* somebody else wrote it meanwhile: tried a second time */
} Local;

static void
local_free (gpointer data)
{
  Local *local = data;

  g_free (local->id);
  g_free (local->json);
  g_free (local);
}

static void put_local (GTask *task);

/* What was written there is gone, so the database is another one by now: to go on as if it had all would leave holes. The next
 * run finds no checkpoint and begins at the start. */
static void
end_without_local (GTask *task, GError *error)
{
  SpCouchPeer *self = g_task_get_source_object (task);
  const Local *local = g_task_get_task_data (task);

  if (!g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  g_hash_table_remove (self->local_revs, local->id);
  g_task_return_new_error (task, SP_ERROR, SP_ERROR_SERVER, "%s: the database was made anew meanwhile",
                           sp_couch_client_get_address (self->client));
}

static void
got_newer_local_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchPeer *self = g_task_get_source_object (task);
  const Local *local = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, NULL, &error);
  g_autofree char *body = NULL;
  char *rev = NULL;

  if (answer == NULL)
    {
      end_without_local (task, error);
      return;
    }
  body = sp_couch_read_local (answer, &rev, NULL);
  g_hash_table_replace (self->local_revs, g_strdup (local->id), rev);
  put_local (g_object_ref (task));
}

static void
put_local_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchPeer *self = g_task_get_source_object (task);
  Local *local = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, NULL, &error);
  g_autofree char *path = make_local_path (local->id);

  if (g_error_matches (error, SP_ERROR, SP_ERROR_CONFLICT) && !local->again)
    {
      g_clear_error (&error);
      local->again = TRUE;
      send (g_object_ref (task), "GET", path, NULL, NULL, got_newer_local_cb);
      return;
    }
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_replace (self->local_revs, g_strdup (local->id), sp_couch_read_new_rev (answer));
  g_task_return_boolean (task, TRUE);
}

static void
put_local (GTask *task)
{
  SpCouchPeer *self = g_task_get_source_object (task);
  const Local *local = g_task_get_task_data (task);
  g_autofree char *path = make_local_path (local->id);
  char *json = sp_couch_write_local (local->json, g_hash_table_lookup (self->local_revs, local->id));
  g_autoptr (GBytes) body = g_bytes_new_take (json, strlen (json));

  send (task, "PUT", path, NULL, body, put_local_cb);
}

static void
sp_couch_peer_put_local (SpPeer *peer, const char *id, const char *json, GTask *task)
{
  Local *local = g_new0 (Local, 1);

  *local = (Local){ g_strdup (id), g_strdup (json), FALSE };
  g_task_set_task_data (task, local, local_free);
  put_local (task);
}

/* ── Changes ── */

/* A sequence goes back as it came; as text it stands without its quotes. */
static char *
make_since (const char *since)
{
  gsize length = since != NULL ? strlen (since) : 0;
  g_autofree char *plain = length >= 2 && since[0] == '"' ? g_strndup (since + 1, length - 2) : g_strdup (since != NULL ? since : "0");

  return g_uri_escape_string (plain, NULL, FALSE);
}

static void
got_changes_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) answer = receive (client, result, task);
  GError *error = NULL;
  gpointer changes;

  if (answer == NULL)
    return;
  changes = sp_couch_read_changes (answer, &error);
  answer_with (task, changes, (GDestroyNotify) sp_peer_changes_free, error);
}

static void
sp_couch_peer_get_changes (SpPeer *peer, const char *since, guint limit, GTask *task)
{
  g_autofree char *from = make_since (since);
  g_autofree char *query = g_strdup_printf ("style=all_docs&since=%s&limit=%u", from, limit);

  sp_couch_feed_forget (SP_COUCH_PEER (peer)->feed);
  send (task, "GET", "_changes", query, NULL, got_changes_cb);
}

static void
waited_cb (GObject *feed, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sp_couch_feed_wait_finish (SP_COUCH_FEED (feed), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sp_couch_peer_wait (SpPeer *peer, const char *since, GTask *task)
{
  g_autofree char *from = make_since (since);

  sp_couch_feed_wait_async (SP_COUCH_PEER (peer)->feed, from, g_task_get_cancellable (task), waited_cb, task);
}

/* ── Documents ── */

static void
sp_couch_peer_get_missing (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  sp_couch_get_missing (SP_COUCH_PEER (peer)->client, revs, task);
}

static void
sp_couch_peer_get_documents (SpPeer *peer, GPtrArray *revs, GTask *task)
{
  SpCouchPeer *self = SP_COUCH_PEER (peer);

  sp_couch_get_documents (self->client, revs, &self->ways, task);
}

static void
sp_couch_peer_put_documents (SpPeer *peer, GPtrArray *documents, GTask *task)
{
  sp_couch_put_documents (SP_COUCH_PEER (peer)->client, documents, task);
}

static guint
sp_couch_peer_get_pause (SpPeer *peer)
{
  return sp_couch_client_get_pause (SP_COUCH_PEER (peer)->client);
}

static void
sp_couch_peer_peer_init (SpPeerInterface *iface)
{
  iface->describe = sp_couch_peer_describe;
  iface->get_local = sp_couch_peer_get_local;
  iface->put_local = sp_couch_peer_put_local;
  iface->get_changes = sp_couch_peer_get_changes;
  iface->wait = sp_couch_peer_wait;
  iface->get_missing = sp_couch_peer_get_missing;
  iface->get_documents = sp_couch_peer_get_documents;
  iface->put_documents = sp_couch_peer_put_documents;
  iface->get_pause = sp_couch_peer_get_pause;
}

/* What still listens holds the feed: who wants the peer no more does not want that either. */
static void
sp_couch_peer_dispose (GObject *object)
{
  SpCouchPeer *self = SP_COUCH_PEER (object);

  if (self->feed != NULL)
    sp_couch_feed_close (self->feed);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (sp_couch_peer_parent_class)->dispose (object);
}

static void
sp_couch_peer_finalize (GObject *object)
{
  SpCouchPeer *self = SP_COUCH_PEER (object);

  g_clear_object (&self->client);
  g_hash_table_unref (self->local_revs);
  G_OBJECT_CLASS (sp_couch_peer_parent_class)->finalize (object);
}

static void
sp_couch_peer_class_init (SpCouchPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_couch_peer_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_couch_peer_finalize;
}

static void
sp_couch_peer_init (SpCouchPeer *self)
{
  self->local_revs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * sp_couch_peer_new:
 * @client: a client of a database
 *
 * Returns: (transfer full): the database as a replica
 */
SpCouchPeer *
sp_couch_peer_new (SpCouchClient *client)
{
  SpCouchPeer *self = g_object_new (SP_TYPE_COUCH_PEER, NULL);

  self->client = g_object_ref (client);
  self->feed = sp_couch_feed_new (client, 0);
  g_signal_connect_object (self->feed, "alive", G_CALLBACK (sp_peer_emit_alive), self, G_CONNECT_SWAPPED);
  return self;
}
