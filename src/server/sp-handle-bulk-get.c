/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many documents in one answer, each with its history: what replicators read. */
#include "sp-handlers.h"

#include "sp-wire.h"

/**
 * sp_handle_add_revision:
 * @db: a connection
 * @id: document id
 * @rev: (nullable): a revision; %NULL for the winner
 * @latest: whether the leaves below @rev are meant
 * @found: (element-type SpDoc): gets them, with their bodies
 * @error: %SP_ERROR_NOT_FOUND, also when the body is no longer kept
 *
 * Returns: whether there was at least one
 */
gboolean
sp_handle_add_revision (SpDb *db, const char *id, const char *rev, gboolean latest, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) leaves = NULL;
  g_autoptr (SpDoc) doc = NULL;

  if (rev != NULL && latest)
    {
      leaves = sp_docs_get_leaves_below (db, id, rev, error);
      if (leaves != NULL)
        g_ptr_array_extend_and_steal (found, g_steal_pointer (&leaves));
      return found->len > 0;
    }
  doc = sp_docs_get (db, id, rev, error);
  if (doc == NULL)
    return FALSE;
  if (doc->body == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the text of revision %s is not kept here", id, doc->rev);
      return FALSE;
    }
  g_ptr_array_add (found, g_steal_pointer (&doc));
  return TRUE;
}

static void
add_missing (GString *out, const char *id, const char *rev)
{
  g_string_append (out, "{\"error\":{\"id\":");
  sp_json_append_text (out, id);
  g_string_append (out, ",\"rev\":");
  sp_json_append_text (out, rev != NULL ? rev : "undefined");
  g_string_append (out, ",\"error\":\"not_found\",\"reason\":\"missing\"}}");
}

/* A revision that cannot be is not here either. */
static gboolean
says_missing (const GError *error)
{
  return g_error_matches (error, SP_ERROR, SP_ERROR_NOT_FOUND) || g_error_matches (error, SP_ERROR, SP_ERROR_INVALID);
}

static gboolean
add_result (SpDb *db, const SpRequest *request, const char *id, const char *rev, GString *out, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_doc_free);
  g_autoptr (GError) problem = NULL;

  g_string_append (out, "{\"id\":");
  sp_json_append_text (out, id);
  g_string_append (out, ",\"docs\":[");
  if (!sp_handle_add_revision (db, id, rev, sp_request_get_flag (request, "latest"), found, &problem))
    {
      if (!says_missing (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      add_missing (out, id, rev);
    }
  for (guint i = 0; i < found->len; i++)
    {
      g_string_append (out, i > 0 ? ",{\"ok\":" : "{\"ok\":");
      if (!sp_wire_append (db, g_ptr_array_index (found, i), sp_request_get_flag (request, "revs"), out, error))
        return FALSE;
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
  return TRUE;
}

/**
 * sp_handle_bulk_get:
 * @db: a connection
 * @request: `POST /db/_bulk_get`
 * @error: %SP_ERROR
 *
 * There is no way to answer a part: an entry that is left out, or that says it is too large, would be taken for a document
 * that is not here. So what passes %SP_ANSWER_MAX_BYTES is refused as a whole with 413, and replicators ask for less: CouchDB's for
 * one document at a time, ours for one half and then the other.
 *
 * Returns: (transfer full) (nullable): one result for each entry, in order
 */
SpAnswer *
sp_handle_bulk_get (SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (SpNode) asked = sp_request_parse (request, error);
  const SpNode *docs = asked != NULL ? sp_node_get (asked, "docs") : NULL;
  g_autoptr (GString) out = g_string_new ("{\"results\":[");

  if (asked == NULL)
    return NULL;
  if (docs == NULL || !sp_node_is_array (docs))
    return sp_answer_new_error (400, "bad_request", "Missing JSON list of 'docs'.");
  for (guint i = 0; i < sp_node_get_length (docs); i++)
    {
      const SpNode *entry = sp_node_get_element (docs, i);
      const char *id = sp_node_is_object (entry) ? sp_node_get_text (entry, "id") : NULL;

      if (id == NULL)
        return sp_answer_new_error (400, "bad_request", "Each of 'docs' must have an id.");
      if (i > 0)
        g_string_append_c (out, ',');
      if (!add_result (db, request, id, sp_node_get_text (entry, "rev"), out, error))
        return NULL;
      if (out->len > SP_ANSWER_MAX_BYTES)
        return sp_answer_new_too_large ("ask for fewer documents at a time");
    }
  g_string_append (out, "]}\n");
  return sp_answer_take (200, g_steal_pointer (&out));
}
