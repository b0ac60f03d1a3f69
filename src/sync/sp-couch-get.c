/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching documents from a CouchDB. Where they are too much for one answer, half as many are asked for, down to one, which is
 * then refused by name; later ones may be more again. A document that the server could not give among many is asked for once
 * more by itself; and so is each, of old servers that do not give many at once. */
#include "sp-couch-get.h"

#include "sp-couch-answer.h"

#define NOT_FOUND 404
#define NOT_ALLOWED 405
#define SERVER_FAULT 500
#define VAIN_AT_MOST 20 /* documents that are asked for by themselves, and not had, in one call */
#define AT_ONCE 500     /* documents of one request */
#define SMALL_ANSWER (SP_COUCH_MAX_ANSWER / 4) /* twice as much is sure to be taken */

typedef struct
{
  SpCouchClient *client;    /* owned */
  SpCouchWays   *ways;      /* lives as long as the task's source */
  GPtrArray     *revs;      /* (element-type SpPeerRev) what is wanted */
  guint          done;      /* so many of these were answered */
  GPtrArray     *asked;     /* (element-type SpPeerRev) on their way */
  GPtrArray     *documents; /* (element-type SpPeerDocument) what is to be given */
  GPtrArray     *failed;    /* (element-type SpPeerDocument) those that had an error, to be asked for again */
  gboolean       one_by_one; /* as @ways says, or as is tried just now */
  gboolean       again;     /* that is what happens */
  guint          vain;      /* so many of these failed again */
} Get;

static void
get_free (gpointer data)
{
  Get *get = data;

  g_object_unref (get->client);
  g_ptr_array_unref (get->revs);
  g_ptr_array_unref (get->asked);
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

/* Returns: whether each is asked for by itself from now on */
static gboolean
asks_otherwise (Get *get, guint status)
{
  if (get->one_by_one || (status != NOT_FOUND && status != NOT_ALLOWED))
    return FALSE;
  get->one_by_one = TRUE;
  return TRUE;
}

/* Returns: whether less is asked for, or the one document is given up */
static gboolean
asks_less (Get *get, guint status, const GError *error)
{
  const SpPeerRev *rev = g_ptr_array_index (get->asked, 0);

  if (status != SP_COUCH_TOO_LARGE || get->vain >= VAIN_AT_MOST)
    return FALSE;
  get->ways->at_once = MAX (get->asked->len / 2, 1);
  if (get->asked->len > 1)
    return TRUE;
  get->done += !get->again;
  get->vain++;
  g_ptr_array_add (get->documents, sp_peer_document_new (rev->id, rev->rev, NULL, g_error_copy (error)));
  return TRUE;
}

static void
take (Get *get, GPtrArray *documents, gsize size)
{
  while (documents->len > 0)
    sort_out (get, g_ptr_array_steal_index (documents, 0));
  if (get->again)
    return;
  get->done += get->asked->len;
  if (get->asked->len == get->ways->at_once && size < SMALL_ANSWER)
    get->ways->at_once = MIN (get->ways->at_once * 2, AT_ONCE);
}

static GPtrArray *
read_answer (Get *get, GBytes *answer, GError **error)
{
  get->ways->one_by_one = get->one_by_one; /* it has answered to that */
  if (get->one_by_one)
    return sp_couch_read_versions (answer, g_ptr_array_index (get->asked, 0), error);
  return sp_couch_read_documents (answer, get->asked, error);
}

static void
got_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, &status, &error);
  g_autoptr (GPtrArray) documents = answer != NULL ? read_answer (get, answer, &error) : NULL;

  if (documents != NULL)
    take (get, documents, g_bytes_get_size (answer));
  else if (!asks_otherwise (get, status) && !asks_less (get, status, error) && !fails_alone (get, status, error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  get_next (g_object_ref (task));
}

/* @task: (transfer full) */
static void
ask_for_one (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  const SpPeerRev *rev = g_ptr_array_index (get->asked, 0);
  g_autofree char *path = g_uri_escape_string (rev->id, NULL, FALSE);
  g_autofree char *escaped = g_uri_escape_string (rev->rev, NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("revs=true&latest=true&open_revs=%%5B%%22%s%%22%%5D", escaped);

  sp_couch_client_send_async (get->client, "GET", path, query, NULL, g_task_get_cancellable (task), got_cb, task);
}

/* @task: (transfer full) */
static void
ask (GTask *task)
{
  Get *get = g_task_get_task_data (task);
  g_autoptr (GBytes) body = NULL;

  if (get->one_by_one)
    {
      ask_for_one (task);
      return;
    }
  body = sp_couch_write_wanted (get->asked);
  sp_couch_client_send_async (get->client, "POST", "_bulk_get", "revs=true&latest=true", body, g_task_get_cancellable (task), got_cb, task);
}

static void
choose_more (Get *get)
{
  const guint end = get->done + MIN (get->revs->len - get->done, get->one_by_one ? 1 : get->ways->at_once);

  g_ptr_array_set_size (get->asked, 0);
  for (guint i = get->done; i < end; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (get->revs, i);

      g_ptr_array_add (get->asked, sp_peer_rev_new (rev->id, rev->rev));
    }
}

static void
choose_again (Get *get)
{
  SpPeerDocument *document = g_ptr_array_steal_index (get->failed, get->failed->len - 1);

  get->again = TRUE;
  g_ptr_array_set_size (get->asked, 0);
  g_ptr_array_add (get->asked, sp_peer_rev_new (document->id, document->rev));
  sp_peer_document_free (document);
}

/* @task: (transfer full) */
static void
get_next (GTask *task)
{
  Get *get = g_task_get_task_data (task);

  if (get->done < get->revs->len)
    {
      choose_more (get);
      ask (task);
      return;
    }
  if (get->failed->len > 0 && get->vain < VAIN_AT_MOST)
    {
      choose_again (get);
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
 * @ways: what is known of the server; lives as long as the source object of @task
 * @task: (transfer full): gets the documents, as sp_peer_get_documents_async() gives them
 *
 * Fetches documents with their history.
 */
void
sp_couch_get_documents (SpCouchClient *client, GPtrArray *revs, SpCouchWays *ways, GTask *task)
{
  Get *get = g_new0 (Get, 1);

  get->client = g_object_ref (client);
  get->ways = ways;
  if (ways->at_once == 0)
    ways->at_once = AT_ONCE;
  get->one_by_one = ways->one_by_one;
  get->revs = g_ptr_array_ref (revs);
  get->asked = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  get->documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  get->failed = g_ptr_array_new_with_free_func (sp_peer_document_free);
  g_task_set_task_data (task, get, get_free);
  get_next (task);
}
