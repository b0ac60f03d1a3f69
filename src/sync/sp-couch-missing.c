/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a CouchDB which revisions it lacks, some at a time. */
#include "sp-couch-missing.h"

#include "sp-couch-answer.h"

#define ASK_AT_ONCE 500 /* revisions of one _revs_diff */

typedef struct
{
  SpCouchClient *client; /* owned */
  GPtrArray *revs;    /* (element-type SpPeerRev) that are asked about, piece by piece */
  guint      asked;   /* so many of them were */
  GPtrArray *missing; /* (element-type SpPeerRev) */
} Missing;

static void
missing_free (gpointer data)
{
  Missing *missing = data;

  g_object_unref (missing->client);
  g_ptr_array_unref (missing->revs);
  g_ptr_array_unref (missing->missing);
  g_free (missing);
}

static void ask_for_missing (GTask *task);

static void
got_missing_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Missing *missing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, NULL, &error);
  GPtrArray *more = answer != NULL ? sp_couch_read_missing (answer, &error) : NULL;

  if (more == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_extend_and_steal (missing->missing, more);
  if (missing->asked < missing->revs->len)
    ask_for_missing (g_object_ref (task));
  else
    g_task_return_pointer (task, g_ptr_array_ref (missing->missing), (GDestroyNotify) g_ptr_array_unref);
}

/* @task: (transfer full) */
static void
ask_for_missing (GTask *task)
{
  Missing *missing = g_task_get_task_data (task);
  const guint count = MIN (missing->revs->len - missing->asked, ASK_AT_ONCE);
  g_autoptr (GBytes) body = sp_couch_write_missing (missing->revs, missing->asked, count);

  missing->asked += count;
  sp_couch_client_send_async (missing->client, "POST", "_revs_diff", NULL, body, g_task_get_cancellable (task), got_missing_cb, task);
}

/**
 * sp_couch_get_missing:
 * @client: a client of a database
 * @revs: (element-type SpPeerRev): revisions; those of a document come one after the other
 * @task: (transfer full): gets those that the database lacks, as sp_peer_get_missing_async() gives them
 *
 * Asks what a database lacks.
 */
void
sp_couch_get_missing (SpCouchClient *client, GPtrArray *revs, GTask *task)
{
  Missing *missing = g_new0 (Missing, 1);

  missing->client = g_object_ref (client);
  missing->revs = g_ptr_array_ref (revs);
  missing->missing = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  g_task_set_task_data (task, missing, missing_free);
  ask_for_missing (task);
}
