/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing documents to a CouchDB, piece by piece. What is too large for one request is cut in halves; so is a piece that the
 * server refuses as a whole, until the document that it dislikes stands alone and is named. */
#include "sp-couch-put.h"

#include "sp-couch-answer.h"

#define SMALL_BYTES 65536 /* what every server takes */
#define PUT_BYTES (2 * 1024 * 1024) /* of one _bulk_docs, if there is more than one document in it */
#define PUT_AT_ONCE 500   /* documents of one _bulk_docs */

/* Pieces of a list; the next one is last on the stack. */
typedef struct
{
  guint first;
  guint count;
} Piece;

typedef struct
{
  SpCouchClient *client; /* owned */
  GPtrArray *documents; /* (element-type SpPeerDocument) those with JSON */
  GArray    *pieces;    /* (element-type Piece) still to send, in reverse order */
  Piece      sent;      /* on its way */
  GPtrArray *refused;   /* (element-type SpPeerDocument) */
} Put;

static void
put_free (gpointer data)
{
  Put *put = data;

  g_object_unref (put->client);
  g_ptr_array_unref (put->documents);
  g_array_unref (put->pieces);
  g_ptr_array_unref (put->refused);
  g_free (put);
}

static void put_next (GTask *task);

/* The server refused a piece as a whole: its halves may fare better. */
static void
split_piece (Put *put, const GError *error)
{
  const guint half = put->sent.count / 2;
  const Piece second = { put->sent.first + half, put->sent.count - half };
  const Piece first = { put->sent.first, half };

  if (put->sent.count > 1)
    {
      g_array_append_val (put->pieces, second);
      g_array_append_val (put->pieces, first);
    }
  else
    {
      const SpPeerDocument *document = g_ptr_array_index (put->documents, put->sent.first);

      g_ptr_array_add (put->refused, sp_peer_document_new (document->id, document->rev, NULL, g_error_copy (error)));
    }
}

/* A server that calls one small document too large is not well: that says nothing of the document. */
static gboolean
is_nonsense (const Put *put, guint status)
{
  const SpPeerDocument *document = g_ptr_array_index (put->documents, put->sent.first);

  return status == SP_COUCH_TOO_LARGE && put->sent.count == 1 && g_bytes_get_size (document->json) < SMALL_BYTES;
}

static void
put_cb (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Put *put = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;
  g_autoptr (GBytes) answer = sp_couch_client_send_finish (SP_COUCH_CLIENT (client), result, &status, &error);
  g_autoptr (GPtrArray) refused = answer != NULL ? sp_couch_read_refused (answer, &error) : NULL;

  if (answer == NULL && g_error_matches (error, SP_ERROR, SP_ERROR_INVALID) && !is_nonsense (put, status))
    {
      split_piece (put, error);
      g_clear_error (&error);
    }
  else if (refused == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  else
    g_ptr_array_extend_and_steal (put->refused, g_steal_pointer (&refused));
  put_next (g_object_ref (task));
}

static void
put_next (GTask *task)
{
  Put *put = g_task_get_task_data (task);
  g_autoptr (GBytes) body = NULL;

  if (put->pieces->len == 0)
    {
      g_task_return_pointer (task, g_ptr_array_ref (put->refused), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  put->sent = g_array_index (put->pieces, Piece, put->pieces->len - 1);
  g_array_set_size (put->pieces, put->pieces->len - 1);
  body = sp_couch_write_documents (put->documents, put->sent.first, put->sent.count);
  sp_couch_client_send_async (put->client, "POST", "_bulk_docs", NULL, body, g_task_get_cancellable (task), put_cb, task);
}

/* Pieces of at most PUT_AT_ONCE documents and PUT_BYTES, or of one document. */
static void
add_pieces (Put *put)
{
  gsize bytes = 0;
  Piece piece = { put->documents->len, 0 };

  for (guint i = put->documents->len; i > 0; i--)
    {
      const SpPeerDocument *document = g_ptr_array_index (put->documents, i - 1);
      gsize length = g_bytes_get_size (document->json);

      if (piece.count > 0 && (bytes + length > PUT_BYTES || piece.count == PUT_AT_ONCE))
        {
          g_array_append_val (put->pieces, piece);
          piece.count = 0;
          bytes = 0;
        }
      piece.first = i - 1;
      piece.count++;
      bytes += length;
    }
  if (piece.count > 0)
    g_array_append_val (put->pieces, piece);
}

/**
 * sp_couch_put_documents:
 * @client: a client of a database
 * @documents: (element-type SpPeerDocument): what is to be written; those without JSON are left out
 * @task: (transfer full): gets the documents that were refused, as sp_peer_put_documents_async() gives them
 *
 * Writes documents with their history.
 */
void
sp_couch_put_documents (SpCouchClient *client, GPtrArray *documents, GTask *task)
{
  Put *put = g_new0 (Put, 1);

  put->client = g_object_ref (client);
  put->documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  put->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  put->refused = g_ptr_array_new_with_free_func (sp_peer_document_free);
  for (guint i = 0; i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      if (document->json != NULL)
        g_ptr_array_add (put->documents, sp_peer_document_new (document->id, document->rev, g_bytes_ref (document->json), NULL));
    }
  add_pieces (put);
  g_task_set_task_data (task, put, put_free);
  put_next (task);
}
