/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a batch of documents that arrived: in one transaction, with what has to be settled between them. A document that
 * cannot be written is refused and costs itself. */
#include "sp-store-peer-put.h"

#include "sp-docs.h"
#include "sp-erase.h"
#include "sp-news.h"
#include "sp-peer.h"
#include "sp-projection.h"
#include "sp-settle.h"

#include <string.h>

#define LARGE 100 /* documents; in a smaller batch gathering costs more than it saves */

static SpWireText *
list_texts (GPtrArray *documents)
{
  SpWireText *texts = g_new0 (SpWireText, documents->len);

  for (guint i = 0; i < documents->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, i);

      if (document->json != NULL)
        texts[i].json = g_bytes_get_data (document->json, &texts[i].length);
    }
  return texts;
}

/**
 * sp_store_peer_put_new:
 * @documents: (element-type SpPeerDocument): what arrived
 * @merges: whether versions that stand against each other are merged
 * @arrivals: gets the sequences that they take
 *
 * A large batch is taken apart from now on, by a thread, whatever the writer is busy with.
 *
 * Returns: (transfer full): a batch for sp_store_peer_put_write()
 */
SpStorePeerPut *
sp_store_peer_put_new (GPtrArray *documents, gboolean merges, SpArrivals *arrivals)
{
  SpStorePeerPut *self = g_new (SpStorePeerPut, 1);

  *self = (SpStorePeerPut){ g_ptr_array_ref (documents), merges, sp_arrivals_ref (arrivals), list_texts (documents), NULL };
  if (documents->len >= LARGE)
    self->ahead = sp_wire_ahead_new (self->texts, documents->len, SP_WIRE_ARRIVALS);
  return self;
}

/**
 * sp_store_peer_put_free:
 * @self: (transfer full): an #SpStorePeerPut
 */
void
sp_store_peer_put_free (gpointer self)
{
  SpStorePeerPut *put = self;

  g_clear_pointer (&put->ahead, sp_wire_ahead_free);
  g_free (put->texts);
  g_ptr_array_unref (put->documents);
  sp_arrivals_unref (put->arrivals);
  g_free (put);
}

/* Whether it is the document's fault; else the whole batch has failed. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_PARSE) || g_error_matches (error, SP_ERROR, SP_ERROR_INVALID)
         || g_error_matches (error, SP_ERROR, SP_ERROR_DENIED) || g_error_matches (error, SP_ERROR, SP_ERROR_ERASED);
}

/* One version that lives and has no past: there is nothing to settle, as with most that arrive in a first pull. */
static gboolean
is_settled (const SpWireHead *head, SpDocsGrowth growth)
{
  return growth == SP_DOCS_BEGUN && !head->deleted && head->revisions[1] == NULL && g_str_has_prefix (head->revisions[0], "1-");
}

/* Adds it to the tree, and settles what then stands against each other; @made says whether that wrote a revision of ours. */
static gboolean
write_document (SpDb *db, const SpWireDocument *document, gboolean merges, gboolean *made, GError **error)
{
  const SpWireHead *head = &document->head;
  SpSettled settled = SP_SETTLED_NOTHING;
  SpDocsGrowth growth;
  gint64 added;

  if (!sp_docs_add_history (db, head->id, (const char *const *) head->revisions, head->deleted, &document->body, &growth, error))
    return FALSE;
  if (growth == SP_DOCS_KNOWN)
    return TRUE;
  if (!merges)
    return sp_erase_arrived (db, head->id, document->body.json, strlen (document->body.json), error);
  if (is_settled (head, growth))
    return TRUE;
  added = sp_db_get_seq (db, error);
  if (added < 0 || !sp_settle_document (db, head->id, &settled, error))
    return FALSE;
  *made = sp_db_get_seq (db, NULL) > added;
  return TRUE;
}

static gboolean
write_or_refuse (SpDb *db, const SpPeerDocument *document, SpWireDocument *read, const SpStorePeerPut *put, GPtrArray *refused, GError **error)
{
  const gint64 before = sp_db_get_seq (db, error);
  gboolean made = FALSE;
  GError *problem = g_steal_pointer (&read->error);

  if (before < 0)
    return FALSE;
  if (document->json == NULL || (problem == NULL && write_document (db, read, put->merges, &made, &problem)))
    {
      if (!made)
        sp_arrivals_add (put->arrivals, before + 1, sp_db_get_seq (db, NULL));
      return TRUE;
    }
  if (is_refusal (problem) && !sqlite3_get_autocommit (sp_db_get_handle (db)))
    {
      g_ptr_array_add (refused, sp_peer_document_new (document->id, document->rev, NULL, problem));
      return TRUE;
    }
  if (is_refusal (problem)) /* found so late that all was undone */
    g_prefix_error (&problem, "%s: ", document->id);
  g_propagate_error (error, problem);
  return FALSE;
}

static gboolean
write_batch (SpDb *db, SpStorePeerPut *put, GPtrArray *refused, GError **error)
{
  const gboolean is_large = put->documents->len >= LARGE;
  gint64 before = sp_db_get_seq (db, error);
  gboolean is_first;

  if (put->ahead == NULL)
    put->ahead = sp_wire_ahead_new (put->texts, put->documents->len, SP_WIRE_ARRIVALS);
  if (before < 0 || !sp_news_is_first (db, &is_first, error) || (is_large && !sp_projection_fall_behind (db, put->documents->len, error))
      || !sp_projection_begin_batch (db, is_large, error))
    return FALSE;
  for (guint i = 0; i < put->documents->len; i++)
    if (!write_or_refuse (db, g_ptr_array_index (put->documents, i), sp_wire_ahead_next (put->ahead), put, refused, error))
      return FALSE;
  return sp_projection_end_batch (db, error) && (is_first || sp_news_note (db, before, error));
}

static GPtrArray *
put_all (SpDb *db, SpStorePeerPut *put, GError **error)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (sp_peer_document_free);

  if (put->documents->len >= LARGE)
    sp_db_gather (db);
  if (!sp_db_begin (db, error))
    return NULL;
  if (write_batch (db, put, refused, error) && sp_db_commit (db, error))
    return g_steal_pointer (&refused);
  sp_db_rollback (db);
  return NULL;
}

/**
 * sp_store_peer_put_write:
 * @db: the writing connection
 * @data: an #SpStorePeerPut
 * @cancellable: (nullable): not used: whoever stops it interrupts the statement
 * @error: %SP_ERROR, %G_IO_ERROR_CANCELLED; then nothing is written
 *
 * Writes the batch. What is lost with the power comes again: the checkpoint that counts it is written later, and lasts no
 * longer.
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): the documents that were refused
 */
gpointer
sp_store_peer_put_write (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  SpStorePeerPut *put = data;
  GPtrArray *refused = sp_db_set_lasting (db, FALSE, error) ? put_all (db, put, error) : NULL;

  g_clear_pointer (&put->ahead, sp_wire_ahead_free); /* here, where somebody may wait */
  sp_db_set_lasting (db, TRUE, NULL);
  return refused;
}
