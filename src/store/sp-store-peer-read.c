/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store lacks of the revisions that another replica has, and its documents as they travel. */
#include "sp-store-peer-read.h"

#include "sp-docs.h"
#include "sp-peer.h"
#include "sp-wire.h"

#include <string.h>

static gboolean
add_missing (SpDb *db, const char *id, GPtrArray *revs, GPtrArray *missing, GError **error)
{
  g_autoptr (GPtrArray) unknown = NULL;

  g_ptr_array_add (revs, NULL);
  unknown = sp_docs_revs_diff (db, id, (const char *const *) revs->pdata, NULL, error);
  for (guint i = 0; unknown != NULL && i < unknown->len; i++)
    g_ptr_array_add (missing, sp_peer_rev_new (id, g_ptr_array_index (unknown, i)));
  g_ptr_array_set_size (revs, 0);
  return unknown != NULL;
}

/**
 * sp_store_peer_list_missing:
 * @db: a connection
 * @data: a #GPtrArray of #SpPeerRev: revisions of another replica, those of a document one after the other
 * @cancellable: (nullable): not used: it is soon done
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerRev): those that the store does not have
 */
gpointer
sp_store_peer_list_missing (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const GPtrArray *asked = data;
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (sp_peer_rev_free);
  g_autoptr (GPtrArray) revs = g_ptr_array_new ();

  for (guint i = 0; i < asked->len; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (asked, i);
      const SpPeerRev *next = i + 1 < asked->len ? g_ptr_array_index (asked, i + 1) : NULL;

      g_ptr_array_add (revs, rev->rev);
      if ((next == NULL || strcmp (next->id, rev->id) != 0) && !add_missing (db, rev->id, revs, missing, error))
        return NULL;
    }
  return g_steal_pointer (&missing);
}

/* @error: (transfer full) (nullable): why there is no @doc */
static SpPeerDocument *
pack_document (SpDb *db, const SpPeerRev *rev, const SpDoc *doc, GError *error)
{
  GString *json;

  if (doc == NULL)
    return sp_peer_document_new (rev->id, rev->rev, NULL, error);
  json = g_string_sized_new (strlen (doc->body != NULL ? doc->body : "") + 256);
  if (sp_wire_append (db, doc, TRUE, json, &error))
    return sp_peer_document_new (doc->id, doc->rev, g_string_free_to_bytes (json), NULL);
  g_string_free (json, TRUE);
  return sp_peer_document_new (rev->id, rev->rev, NULL, error);
}

/* A leaf that got a successor since it was listed may have lost its text: what has come of it stands in. */
static void
read_document (SpDb *db, const SpPeerRev *rev, GPtrArray *documents)
{
  GError *error = NULL;
  g_autoptr (SpDoc) doc = sp_docs_get (db, rev->id, rev->rev, &error);
  g_autoptr (GPtrArray) leaves = NULL;

  if (doc != NULL && doc->body == NULL)
    leaves = sp_docs_get_leaves_below (db, rev->id, rev->rev, NULL);
  if (leaves == NULL)
    g_ptr_array_add (documents, pack_document (db, rev, doc, error));
  for (guint i = 0; leaves != NULL && i < leaves->len; i++)
    g_ptr_array_add (documents, pack_document (db, rev, g_ptr_array_index (leaves, i), NULL));
}

/**
 * sp_store_peer_read_documents:
 * @db: a connection
 * @data: a #GPtrArray of #SpPeerRev: revisions that somebody lacks
 * @cancellable: (nullable): stops it
 * @error: %SP_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): the documents with their history; those that cannot be
 *   had have an error each
 */
gpointer
sp_store_peer_read_documents (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const GPtrArray *revs = data;
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (sp_peer_document_free);

  for (guint i = 0; i < revs->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      read_document (db, g_ptr_array_index (revs, i), documents);
    }
  return g_steal_pointer (&documents);
}
