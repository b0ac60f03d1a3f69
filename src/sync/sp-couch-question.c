/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent to a CouchDB (couch-protocol §2). Pure functions, any thread. */
#include "sp-couch-answer.h"

#include "sp-node.h"

static void
append_string (GString *out, const char *text)
{
  g_autoptr (SpNode) node = sp_node_new_string (text);

  sp_node_append_json (node, out);
}

/**
 * sp_couch_write_missing:
 * @revs: (element-type SpPeerRev): revisions; those of a document come one after the other
 * @first: the first of them to ask for
 * @count: how many to ask for
 *
 * Returns: (transfer full): the body of `_revs_diff`
 */
GBytes *
sp_couch_write_missing (GPtrArray *revs, guint first, guint count)
{
  GString *out = g_string_new ("{");
  const char *id = NULL;

  for (guint i = 0; i < count; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (revs, first + i);

      if (g_strcmp0 (id, rev->id) == 0)
        g_string_append_c (out, ',');
      else
        {
          g_string_append (out, id != NULL ? "]," : "");
          append_string (out, rev->id);
          g_string_append (out, ":[");
          id = rev->id;
        }
      append_string (out, rev->rev);
    }
  g_string_append (out, id != NULL ? "]}" : "}");
  return g_string_free_to_bytes (out);
}

/**
 * sp_couch_write_wanted:
 * @revs: (element-type SpPeerRev): revisions
 *
 * Returns: (transfer full): the body of `_bulk_get`
 */
GBytes *
sp_couch_write_wanted (GPtrArray *revs)
{
  GString *out = g_string_new ("{\"docs\":[");

  for (guint i = 0; i < revs->len; i++)
    {
      const SpPeerRev *rev = g_ptr_array_index (revs, i);

      g_string_append (out, i > 0 ? ",{\"id\":" : "{\"id\":");
      append_string (out, rev->id);
      g_string_append (out, ",\"rev\":");
      append_string (out, rev->rev);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
  return g_string_free_to_bytes (out);
}

/**
 * sp_couch_write_documents:
 * @documents: (element-type SpPeerDocument): documents that all have their JSON
 * @first: the first of them to send
 * @count: how many to send
 *
 * Returns: (transfer full): the body of `_bulk_docs`, with their history
 */
GBytes *
sp_couch_write_documents (GPtrArray *documents, guint first, guint count)
{
  GString *out = g_string_new ("{\"new_edits\":false,\"docs\":[");

  for (guint i = 0; i < count; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (documents, first + i);
      gsize length;
      const char *json = g_bytes_get_data (document->json, &length);

      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append_len (out, json, (gssize) length);
    }
  g_string_append (out, "]}");
  return g_string_free_to_bytes (out);
}

/**
 * sp_couch_write_local:
 * @json: body of a local document, an object
 * @rev: (nullable): the revision that it follows
 *
 * Returns: (transfer full): the document to send
 */
char *
sp_couch_write_local (const char *json, const char *rev)
{
  g_autoptr (SpNode) node = sp_node_parse (json, -1, NULL);

  if (node != NULL && rev != NULL)
    sp_node_set_text (node, "_rev", rev);
  return node != NULL ? sp_node_to_json (node) : g_strdup (json);
}
