/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents in an answer of a CouchDB: one row for each that was asked for. A row that cannot be had or understood costs
 * itself only. Pure functions, any thread. */
#include "sp-couch-answer.h"

#include "sp-json-gate.h"
#include "sp-node.h"

#include <string.h>

/* A row that says that a revision is not there is final; any other error may be gone the next time. */
static GError *
read_error (const char *bytes, gsize length, const char *rev)
{
  g_autoptr (SpNode) row = sp_node_parse (bytes, (gssize) length, NULL);
  const SpNode *told = sp_node_is_object (row) ? sp_node_get (row, "error") : NULL;
  const char *kind = sp_node_is_object (told) ? sp_node_get_text (told, "error") : NULL;
  const char *reason = sp_node_is_object (told) ? sp_node_get_text (told, "reason") : NULL;

  if (g_strcmp0 (kind, "not_found") == 0 || (sp_node_is_object (row) && sp_node_get_text (row, "missing") != NULL))
    return g_error_new (SP_ERROR, SP_ERROR_NOT_FOUND, "The server no longer has revision %s", rev);
  if (reason == NULL)
    reason = kind != NULL ? kind : "it does not say why";
  return g_error_new (SP_ERROR, SP_ERROR_SERVER, "The server could not give revision %s: %s", rev, reason);
}

/* `{"ok":{…}}` or `{"error":{…}}`. Whoever takes the document sends it through the gate, in a thread. */
static SpPeerDocument *
read_document (GBytes *answer, gsize start, gsize length, const SpPeerRev *asked)
{
  const char *bytes = (const char *) g_bytes_get_data (answer, NULL) + start;
  SpJsonRange range;

  if (sp_json_gate_find (bytes, length, "ok", &range) && bytes[range.start] == '{')
    return sp_peer_document_new (asked->id, asked->rev, g_bytes_new_from_bytes (answer, start + range.start, range.length), NULL);
  return sp_peer_document_new (asked->id, asked->rev, NULL, read_error (bytes, length, asked->rev));
}

static void
add_none (const SpPeerRev *asked, GPtrArray *documents)
{
  g_ptr_array_add (documents, sp_peer_document_new (asked->id, asked->rev, NULL,
                                                    g_error_new (SP_ERROR, SP_ERROR_SERVER, "The server gave nothing for revision %s", asked->rev)));
}

/* Those of one document that an answer lists. */
static void
read_list (GBytes *answer, gsize start, const GArray *ranges, const SpPeerRev *asked, GPtrArray *documents)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, i);

      g_ptr_array_add (documents, read_document (answer, start + range->start, range->length, asked));
    }
  if (ranges->len == 0)
    add_none (asked, documents);
}

/* @result: nullable: the server left the row out */
static void
read_result (GBytes *answer, const SpJsonRange *result, const SpPeerRev *asked, GPtrArray *documents)
{
  const char *bytes = result != NULL ? (const char *) g_bytes_get_data (answer, NULL) + result->start : NULL;
  g_autoptr (GArray) ranges = NULL;

  if (result != NULL && sp_json_gate_slice (bytes, result->length, "docs", &ranges, NULL))
    read_list (answer, result->start, ranges, asked, documents);
  else
    add_none (asked, documents);
}

/* The document that a row is about; nullable. */
static char *
read_id (const char *bytes, const SpJsonRange *row)
{
  SpJsonRange range;

  if (!sp_json_gate_find (bytes + row->start, row->length, "id", &range) || range.length < 2 || bytes[row->start + range.start] != '"')
    return NULL;
  return sp_json_gate_unescape (bytes + row->start + range.start + 1, range.length - 2);
}

/* Rows of documents, of each the first at the end. */
static GHashTable *
index_rows (const char *bytes, const GArray *rows)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = rows->len; i > 0; i--)
    {
      const SpJsonRange row = g_array_index (rows, SpJsonRange, i - 1);
      char *id = read_id (bytes, &row);
      GArray *same = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;

      if (id == NULL)
        continue;
      if (same == NULL)
        g_hash_table_insert (by_id, g_strdup (id), same = g_array_new (FALSE, FALSE, sizeof (SpJsonRange)));
      g_array_append_val (same, row);
      g_free (id);
    }
  return by_id;
}

/* Rows were left out: which belongs to what only their ids tell. */
static void
read_by_id (GBytes *answer, const GArray *rows, GPtrArray *asked, GPtrArray *documents)
{
  g_autoptr (GHashTable) by_id = index_rows (g_bytes_get_data (answer, NULL), rows);

  for (guint i = 0; i < asked->len; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (asked, i);
      GArray *same = g_hash_table_lookup (by_id, rev->id);
      const gboolean found = same != NULL && same->len > 0;

      read_result (answer, found ? &g_array_index (same, SpJsonRange, same->len - 1) : NULL, rev, documents);
      if (found)
        g_array_set_size (same, same->len - 1);
    }
}

/**
 * sp_couch_read_documents:
 * @answer: what `_bulk_get` answered; the documents go on holding it
 * @asked: (element-type SpPeerRev): what was asked for, in order
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): the documents; those that cannot be had have an error each:
 *   %SP_ERROR_NOT_FOUND if the server does not have them, else %SP_ERROR_SERVER
 */
GPtrArray *
sp_couch_read_documents (GBytes *answer, GPtrArray *asked, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) problem = NULL;

  if (!sp_json_gate_slice (bytes, length, "results", &ranges, &problem))
    {
      sp_couch_cannot_read (problem, error);
      return NULL;
    }
  documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  if (ranges->len != asked->len)
    read_by_id (answer, ranges, asked, documents);
  for (guint i = 0; ranges->len == asked->len && i < ranges->len; i++)
    read_result (answer, &g_array_index (ranges, SpJsonRange, i), g_ptr_array_index (asked, i), documents);
  return g_steal_pointer (&documents);
}

/**
 * sp_couch_read_versions:
 * @answer: what a document answered that was asked for `open_revs`; the documents go on holding it
 * @asked: the revision that was asked for
 * @error: %SP_ERROR_SERVER
 *
 * Returns: (transfer full) (nullable) (element-type SpPeerDocument): as sp_couch_read_documents()
 */
GPtrArray *
sp_couch_read_versions (GBytes *answer, const SpPeerRev *asked, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (GError) problem = NULL;
  GPtrArray *documents;

  if (!sp_json_gate_slice (bytes, length, NULL, &ranges, &problem))
    {
      sp_couch_cannot_read (problem, error);
      return NULL;
    }
  documents = g_ptr_array_new_with_free_func (sp_peer_document_free);
  read_list (answer, 0, ranges, asked, documents);
  return documents;
}
