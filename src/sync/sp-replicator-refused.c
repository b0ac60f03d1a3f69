/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a replicator remembers of documents that were refused: why, and which of their revisions the other side lacks. Who
 * takes a refused edit back needs to know how far. */
#include "sp-replicator-private.h"

#include "sp-json-gate.h"
#include "sp-node.h"

#include <string.h>

#define REFUSED_KEPT 1000 /* refused documents that are remembered one by one */

/* The revision of a document that was sent, and all that it said it came from; of the rest of it nothing is read. */
static GStrv
read_path (const SpPeerDocument *sent)
{
  gsize length;
  const char *json = g_bytes_get_data (sent->json, &length);
  SpJsonRange range = { 0, 0 };
  const gboolean tells = sp_json_gate_find (json, length, "_revisions", &range);
  g_autoptr (SpNode) revisions = tells ? sp_node_parse (json + range.start, (gssize) range.length, NULL) : NULL;
  const SpNode *ids = sp_node_get (revisions, "ids");
  double start = sp_node_get_number (revisions, "start");
  g_autoptr (GStrvBuilder) path = g_strv_builder_new ();

  for (guint i = 0; sp_node_is_array (ids) && i < sp_node_get_length (ids) && start - i >= 1; i++)
    {
      const char *hash = sp_node_get_string (sp_node_get_element (ids, i));
      g_autofree char *rev = hash != NULL ? g_strdup_printf ("%.0f-%s", start - i, hash) : NULL;

      if (rev != NULL)
        g_strv_builder_add (path, rev);
    }
  return g_strv_builder_end (path);
}

static char *
make_key (const char *id, const char *rev)
{
  return g_strdup_printf ("%s\n%s", id, rev);
}

/**
 * sp_replicator_index_sent:
 * @documents: (element-type SpPeerDocument): a batch that was written; outlives what is returned
 *
 * Returns: (transfer full): those that were sent, for sp_replicator_take_sent()
 */
GHashTable *
sp_replicator_index_sent (GPtrArray *documents)
{
  GHashTable *sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < documents->len; i++)
    {
      SpPeerDocument *document = g_ptr_array_index (documents, i);

      if (document->json == NULL)
        continue;
      g_hash_table_insert (sent, make_key (document->id, document->rev), document);
      g_hash_table_insert (sent, g_strdup (document->id), document); /* some servers do not tell the revision */
    }
  return sent;
}

/**
 * sp_replicator_take_sent:
 * @sent: what sp_replicator_index_sent() gave; each is found once
 * @refused: a document, with its error
 *
 * Returns: (transfer none) (nullable): the same document as it was sent
 */
const SpPeerDocument *
sp_replicator_take_sent (GHashTable *sent, const SpPeerDocument *refused)
{
  g_autofree char *key = refused->rev != NULL ? make_key (refused->id, refused->rev) : NULL;
  g_autofree char *own = NULL;
  const SpPeerDocument *document = key != NULL ? g_hash_table_lookup (sent, key) : NULL;

  if (document == NULL)
    document = g_hash_table_lookup (sent, refused->id);
  if (document == NULL)
    return NULL;
  own = make_key (document->id, document->rev);
  g_hash_table_remove (sent, own);
  g_hash_table_remove (sent, document->id);
  return document;
}

/**
 * sp_replicator_remember_refused:
 * @self: a replicator
 * @sent: (nullable): the document as it was sent; %NULL if it was not
 * @refused: a document, with its error
 *
 * Remembers it until both ends are told.
 */
void
sp_replicator_remember_refused (SpReplicator *self, const SpPeerDocument *sent, const SpPeerDocument *refused)
{
  SpPeerDocument *noted = sp_peer_document_new (refused->id, sent != NULL ? sent->rev : refused->rev, NULL, g_error_copy (refused->error));

  noted->lacks = sent != NULL ? read_path (sent) : NULL;
  self->counts.refused++;
  g_ptr_array_add (self->noted, noted);
  if (self->refused->len < REFUSED_KEPT)
    g_ptr_array_add (self->refused, sp_peer_document_new (noted->id, noted->rev, NULL, g_error_copy (refused->error)));
}

/* ── How far back the other side lacks it ── */

static void
keep_missing (SpPeerDocument *document, GHashTable *missing)
{
  g_autoptr (GStrvBuilder) lacks = g_strv_builder_new ();

  for (guint i = 0; document->lacks != NULL && document->lacks[i] != NULL; i++)
    {
      g_autofree char *key = make_key (document->id, document->lacks[i]);

      if (g_hash_table_contains (missing, key))
        g_strv_builder_add (lacks, document->lacks[i]);
    }
  g_strfreev (document->lacks);
  document->lacks = g_strv_builder_end (lacks);
}

static void
got_missing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReplicator) self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) revs = sp_peer_get_missing_finish (SP_PEER (source), result, &error);
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (revs == NULL)
    {
      sp_replicator_end (self, error);
      return;
    }
  for (guint i = 0; i < revs->len; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (revs, i);

      g_hash_table_add (missing, make_key (rev->id, rev->rev));
    }
  for (guint i = 0; i < self->noted->len; i++)
    keep_missing (g_ptr_array_index (self->noted, i), missing);
  if (self->task != NULL)
    sp_replicator_leave_word (self);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(SpPeerDocument *const *) a)->id, (*(SpPeerDocument *const *) b)->id);
}

/* Those of one document one after the other, as peers want them. */
static GPtrArray *
list_revs (SpReplicator *self)
{
  GPtrArray *revs = g_ptr_array_new_with_free_func (sp_peer_rev_free);

  g_ptr_array_sort (self->noted, compare_ids);
  for (guint i = 0; i < self->noted->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (self->noted, i);

      for (guint k = 0; document->lacks != NULL && document->lacks[k] != NULL; k++)
        g_ptr_array_add (revs, sp_peer_rev_new (document->id, document->lacks[k]));
    }
  return revs;
}

/**
 * sp_replicator_ask_what_lacks:
 * @self: a replicator that writes nothing else
 *
 * Asks the target which ancestors of what it refused it does not have either, then leaves word.
 */
void
sp_replicator_ask_what_lacks (SpReplicator *self)
{
  g_autoptr (GPtrArray) revs = list_revs (self);

  if (revs->len == 0)
    sp_replicator_leave_word (self);
  else
    sp_peer_get_missing_async (self->target, revs, sp_replicator_get_cancellable (self), got_missing_cb, g_object_ref (self));
}
