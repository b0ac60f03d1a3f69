/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a database is. Its server says so at the address in which the database lies, which a proxy may have put below a path; else
 * at the host's; and where neither is a server of this kind, the database goes by its own address. */
#include "sp-couch-describe.h"

#include "sp-couch-answer.h"
#include "sp-peer.h"

typedef struct
{
  SpCouchClient *client;  /* owned */
  char          *path;    /* where the server is asked for */
  char          *uuid;    /* nullable: of the server */
} Describe;

static void
describe_free (gpointer data)
{
  Describe *describe = data;

  g_object_unref (describe->client);
  g_free (describe->path);
  g_free (describe->uuid);
  g_free (describe);
}

static void
got_database_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SpCouchClient *client = SP_COUCH_CLIENT (source);
  const Describe *describe = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (client, result, NULL, &error);
  SpPeerInfo *info = answer != NULL ? sp_couch_read_info (describe->uuid, answer, sp_couch_client_get_address (client), &error) : NULL;

  if (info != NULL)
    g_task_return_pointer (task, info, (GDestroyNotify) sp_peer_info_free);
  else
    g_task_return_error (task, error);
}

/* Whether somebody else lives at the address, and will tomorrow: a server in trouble must not go by another name meanwhile. */
static gboolean
is_elsewhere (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND) || g_error_matches (error, SP_ERROR, SP_ERROR_DENIED)
         || g_error_matches (error, SP_ERROR, SP_ERROR_FOREIGN);
}

static void ask_server (GTask *task);

static void
got_server_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Describe *describe = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (source), result, NULL, &error);

  if (answer == NULL && !is_elsewhere (error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  describe->uuid = answer != NULL ? sp_couch_read_uuid (answer) : NULL;
  if (describe->uuid != NULL || g_str_equal (describe->path, "/"))
    {
      sp_couch_client_send_async (describe->client, "GET", "", NULL, NULL, g_task_get_cancellable (task), got_database_cb,
                                  g_object_ref (task));
      return;
    }
  g_free (describe->path);
  describe->path = g_strdup ("/");
  ask_server (g_object_ref (task));
}

/* @task: (transfer full) */
static void
ask_server (GTask *task)
{
  const Describe *describe = g_task_get_task_data (task);

  sp_couch_client_send_async (describe->client, "GET", describe->path, NULL, NULL, g_task_get_cancellable (task), got_server_cb, task);
}

/**
 * sp_couch_describe:
 * @client: a client of a database
 * @task: (transfer full): gets an #SpPeerInfo; errors as sp_couch_client_send_finish(), and %SP_ERROR_FOREIGN if there is no
 *   database of this kind
 *
 * Finds out who the database is. Belongs to the main loop.
 */
void
sp_couch_describe (SpCouchClient *client, GTask *task)
{
  Describe *describe = g_new0 (Describe, 1);

  describe->client = g_object_ref (client);
  describe->path = sp_couch_client_make_path (client, "");
  g_task_set_task_data (task, describe, describe_free);
  ask_server (task);
}
