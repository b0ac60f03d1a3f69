/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tries an address: is a database of this kind there, does it let us in, and what may we do? */
#include "sp-couch-probe.h"

#include "sp-couch-answer.h"
#include "sp-couch-peer.h"

static void
got_session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const SpCouchProbe *found = g_task_get_task_data (task);
  SpCouchProbe *probe = g_memdup2 (found, sizeof *found);
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (source), result, NULL, NULL);

  if (answer != NULL) /* a server need not have sessions */
    probe->role = sp_couch_read_role (answer, sp_couch_client_get_address (SP_COUCH_CLIENT (source)));
  g_task_return_pointer (task, probe, g_free);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchClient *client = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (SpPeerInfo) info = sp_peer_describe_finish (SP_PEER (source), result, &error);
  SpCouchProbe *found;
  g_autofree char *session = sp_couch_client_make_path (client, "_session");

  if (info == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  found = g_new (SpCouchProbe, 1);
  *found = (SpCouchProbe){ info->n_documents, SP_ROLE_NONE };
  g_task_set_task_data (task, found, g_free);
  sp_couch_client_send_async (client, "GET", session, NULL, NULL, g_task_get_cancellable (task), got_session_cb,
                              g_object_ref (task));
}

/**
 * sp_couch_probe_async:
 * @client: a client of a database
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Looks what is there, and changes nothing.
 */
void
sp_couch_probe_async (SpCouchClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr (SpCouchPeer) peer = sp_couch_peer_new (client);

  g_task_set_source_tag (task, sp_couch_probe_async);
  sp_peer_describe_async (SP_PEER (peer), cancellable, described_cb, task);
}

/**
 * sp_couch_probe_finish:
 * @result: what the callback got
 * @error: what is wrong, as sp_couch_client_send_finish(); %SP_ERROR_FOREIGN if it is no database of this kind
 *
 * Returns: (transfer full) (nullable): what is there; free with g_free()
 */
SpCouchProbe *
sp_couch_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
