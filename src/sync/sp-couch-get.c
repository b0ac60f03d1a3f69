/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching documents from a CouchDB. A document that the server could not give among many is asked for once more by itself. */
#include "sp-couch-get.h"

#include "sp-couch-answer.h"

#define SERVER_FAULT 500
#define VAIN_AT_MOST 20 /* documents that are asked for again, and not had, in one call */

typedef struct
{
  SpCouchClient *client;    /* owned */
  GPtrArray     *asked;     /* (element-type SpPeerRev) on their way */
  GPtrArray     *documents; /* (element-type SpPeerDocument) what is to be given */
  GPtrArray     *failed;    /* (element-type SpPeerDocument) those that had an error, to be asked for again */
  gboolean       again;     /* that is what happens */
  guint          vain;      /* so many of these failed again */
} Get;

static void
get_free (gpointer data)
{
  Get *get = data;

  g_object_unref (get->client);
  g_clear_pointer (&get->asked, g_ptr_array_unref);
  g_ptr_array_unref (get->documents);
  g_ptr_array_unref (get->failed);
  g_free (get);
}

static void get_next (GTask *task);

/* @document: (transfer full) */
static void
sort_out (Get *get, SpPeerDocument *document)
{
  const gboolean may_come = document->json == NULL && !g_error_matches (document->error, SP_ERROR, SP_ERROR_NOT_FOUND);

  g_ptr_array_add (may_come && !get->again ? get->failed : get->documents, document);
  get->vain += may_come && get->again;
}

/* One document may be more than the server can bear; that is not to stop the others. */
static gboolean
fails_alone (Get *get, guint status, const GError *error)
{
  const SpPeerRev *rev = get->asked->len == 1 ? g_ptr_array_index (get->asked, 0) : NULL;

  if (!get->again || rev == NULL || status != SERVER_FAULT)
    return FALSE;
  sort_out (get, sp_peer_document_new (rev->id, rev->rev, NULL, g_error_copy (error)));
  return TRUE;
}

static void
got_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, &status, &error);
  g_autoptr (GPtrArray) documents = answer != NULL ? sp_couch_read_documents (answer, get->asked, &error) : NULL;

  if (documents == NULL && !fails_alone (get, status, error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  while (documents != NULL && documents->len > 0)
    sort_out (get, g_ptr_array_steal_index (documents, 0));
  get_next (g_object_ref (task));
}

/* @task: (transfer full) */
static void
ask (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  g_autoptr (GBytes) body = sp_couch_write_wanted (get->asked);

  sp_couch_client_send_async (get->client, "POST", "_bulk_get", "revs=true&latest=true", body, g_task_get_cancellable (task), got_cb, task);
}

static void
ask_again (Get *get)
{
  SpPeerDocument *document = g_ptr_array_steal_index (get->failed, get->failed->len - 1);

  get->again = TRUE;
  g_clear_pointer (&get->asked, g_ptr_array_unref);
  get->asked = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  g_ptr_array_add (get->asked, sp_peer_rev_new (document->id, document->rev));
  sp_peer_document_free (document);
}

/* @task: (transfer full) */
static void
get_next (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  if (get->failed->len > 0 && get->vain < VAIN_AT_MOST)
    {
      ask_again (get);
      ask (task);
      return;
    }
  while (get->failed->len > 0)
    g_ptr_array_add (get->documents, g_ptr_array_steal_index (get->failed, get->failed->len - 1));
  g_task_return_pointer (task, g_ptr_array_ref (get->documents), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/**
 * sp_couch_get_documents:
 * @client: a client of a database
 * @revs: (element-type SpPeerRev): revisions that are wanted
 * @task: (transfer full): gets the documents, as sp_peer_get_documents_async() gives them
 *
 * Fetches documents with their history.
 */
void
sp_couch_get_documents (SpCouchClient *client, GPtrArray *revs, GTask *task)
{
  Get *get = g_new0 (Get, 1);

  get->client = g_object_ref (client);
  get->asked = g_ptr_array_ref (revs);
  get->documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  get->failed = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_task_set_task_data (task, get, get_free);
  ask (task);
}
