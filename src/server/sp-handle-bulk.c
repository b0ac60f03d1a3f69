/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many documents in one request: what replicators write, and what they ask before. A batch is one transaction; a refused document
 * costs itself. */
#include "sp-handlers.h"

#include "sp-erase.h"
#include "sp-wire-ahead.h"
#include "sp-write-check.h"

#include <string.h>

/* ── _bulk_docs ── */

typedef struct
{
  SpDb         *db;
  SpWriteCheck  check;
  GString      *out; /* the list that is answered */
} Batch;

static gboolean
is_refusal (const GError *error)
{
  return error->domain == SP_ERROR
         && (error->code == SP_ERROR_PARSE || error->code == SP_ERROR_INVALID || error->code == SP_ERROR_DENIED
             || error->code == SP_ERROR_ERASED || error->code == SP_ERROR_CONFLICT || error->code == SP_ERROR_NOT_FOUND);
}

/* Whatever its fault, a document is forbidden: at any other word PouchDB gives up, and a 400 for the whole makes CouchDB's
 * replicator try for ever. */
static void
forbid (GError *problem)
{
  if (problem->domain == SP_ERROR && (problem->code == SP_ERROR_PARSE || problem->code == SP_ERROR_INVALID))
    problem->code = SP_ERROR_DENIED;
}

/* Lists a refusal and goes on; another error ends the batch. */
static gboolean
refuse (Batch *batch, const char *id, const char *rev, GError *problem, GError **error)
{
  if (!is_refusal (problem))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  sp_answer_add_failure (batch->out, id, rev, problem);
  g_error_free (problem);
  return TRUE;
}

static gboolean
may_write (Batch *batch, const SpWireDocument *document, GError **error)
{
  const SpWireHead *head = &document->head;
  const SpRightsDocument facts = { head->id, head->deleted, head->has_type, head->type, head->state };

  return sp_write_check_allows (&batch->check, &facts, head->revisions != NULL ? head->revisions[0] : NULL, error);
}

static gboolean
settle_erasure (Batch *batch, const SpWireDocument *document, GError **error)
{
  const char *json = document->body.json;

  return !document->may_erase || sp_erase_arrived (batch->db, document->head.id, json, strlen (json), error);
}

static gboolean
write_history (Batch *batch, SpWireDocument *document, GError **error)
{
  const SpWireHead *head = &document->head;
  GError *problem = g_steal_pointer (&document->error);

  if (problem != NULL && (head->id == NULL || head->revisions == NULL)) /* there is nothing to name it by */
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (problem == NULL && may_write (batch, document, &problem)
      && sp_docs_add_history (batch->db, head->id, (const char *const *) head->revisions, head->deleted, &document->body, NULL, &problem)
      && settle_erasure (batch, document, &problem))
    return TRUE;
  forbid (problem);
  return refuse (batch, head->id, head->revisions[0], problem, error);
}

/* A local document among the others. */
static gboolean
write_local (Batch *batch, const SpWireDocument *document, char **rev, GError **error)
{
  const char *json = document->body.json;

  if (strlen (json) <= SP_HANDLE_MAX_LOCAL)
    return sp_handle_write_local (batch->db, batch->check.request, document->head.id + strlen ("_local/"),
                                  document->head.deleted ? NULL : json, strlen (json), rev, error);
  g_set_error (error, SP_ERROR, SP_ERROR_DENIED, "%s: a local document may have 64 KiB", document->head.id);
  return FALSE;
}

static gboolean
write_new (Batch *batch, const SpWireDocument *document, char **rev, GError **error)
{
  const SpWireHead *head = &document->head;

  if (g_str_has_prefix (head->id, "_local/"))
    return write_local (batch, document, rev, error);
  return may_write (batch, document, error)
         && sp_docs_put_body (batch->db, head->id, head->revisions != NULL ? head->revisions[0] : NULL, head->deleted, &document->body, rev, error)
         && settle_erasure (batch, document, error);
}

static gboolean
write_edit (Batch *batch, SpWireDocument *document, GError **error)
{
  SpWireHead *head = &document->head;
  GError *problem = g_steal_pointer (&document->error);
  g_autofree char *rev = NULL;

  if (g_error_matches (problem, SP_ERROR, SP_ERROR_PARSE) && head->id != NULL) /* a document for CouchDB, but none for us */
    forbid (problem);
  if (head->id == NULL)
    head->id = sp_handle_make_id ();
  if (problem == NULL && write_new (batch, document, &rev, &problem))
    {
      g_string_append (batch->out, batch->out->len > 1 ? ",{\"ok\":true,\"id\":" : "{\"ok\":true,\"id\":");
      sp_json_append_text (batch->out, head->id);
      g_string_append (batch->out, ",\"rev\":\"");
      g_string_append (batch->out, rev);
      g_string_append (batch->out, "\"}");
      return TRUE;
    }
  if (!g_error_matches (problem, SP_ERROR, SP_ERROR_INVALID) && !g_error_matches (problem, SP_ERROR, SP_ERROR_PARSE))
    return refuse (batch, head->id, NULL, problem, error);
  g_propagate_error (error, problem); /* such as an id that cannot be: nothing is written */
  return FALSE;
}

static SpWireText *
list_texts (const char *bytes, GArray *ranges)
{
  SpWireText *texts = g_new0 (SpWireText, ranges->len);

  for (guint i = 0; i < ranges->len; i++)
    {
      const SpJsonRange *range = &g_array_index (ranges, SpJsonRange, i);

      texts[i] = (SpWireText){ bytes + range->start, range->length };
    }
  return texts;
}

static gboolean
write_documents (Batch *batch, const char *bytes, GArray *ranges, gboolean new_edits, GError **error)
{
  g_autofree SpWireText *texts = list_texts (bytes, ranges);
  g_autoptr (SpWireAhead) ahead = sp_wire_ahead_new (texts, ranges->len, new_edits ? SP_WIRE_EDITS : SP_WIRE_SERVED);

  for (guint i = 0; i < ranges->len; i++)
    {
      SpWireDocument *document = sp_wire_ahead_next (ahead);

      if (new_edits ? write_edit (batch, document, error) : write_history (batch, document, error))
        continue;
      if (!g_error_matches (*error, SP_ERROR, SP_ERROR_RESERVED)) /* peers know that one by its words */
        g_prefix_error (error, "Document %u: ", i);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_batch (Batch *batch, const char *bytes, GArray *ranges, gboolean new_edits, GError **error)
{
  if (!sp_db_begin (batch->db, error))
    return FALSE;
  if (write_documents (batch, bytes, ranges, new_edits, error) && sp_db_commit (batch->db, error))
    return TRUE;
  sp_db_rollback (batch->db);
  return FALSE;
}

/**
 * sp_handle_bulk_docs:
 * @db: the writing connection
 * @request: `POST /db/_bulk_docs`
 * @error: %SP_ERROR; then nothing is written
 *
 * Returns: (transfer full) (nullable): with `new_edits=false` those that were refused, else one entry for each
 */
SpAnswer *
sp_handle_bulk_docs (SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (SpNode) around = sp_request_parse_around (request, "docs", &ranges, error);
  g_autoptr (GString) out = g_string_new ("[");
  Batch batch = { .db = db, .out = out };
  gsize length;

  if (around == NULL || !sp_write_check_init (&batch.check, db, request, error))
    return NULL;
  if (!write_batch (&batch, sp_request_get_bytes (request, &length), ranges, sp_node_get_flag (around, "new_edits", TRUE), error))
    return NULL;
  g_string_append (out, "]\n");
  return sp_answer_take (201, g_steal_pointer (&out));
}

/* ── _revs_diff ── */

static void
add_list (GString *out, const char *member, GPtrArray *list)
{
  g_string_append_printf (out, "\"%s\":[", member);
  for (guint i = 0; i < list->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_json_append_text (out, g_ptr_array_index (list, i));
    }
  g_string_append_c (out, ']');
}

static gboolean
add_difference (SpDb *db, const char *id, const SpNode *revs, GString *out, GError **error)
{
  g_autoptr (GPtrArray) offered = g_ptr_array_new ();
  g_autoptr (GPtrArray) ancestors = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  for (guint i = 0; i < sp_node_get_length (revs); i++)
    g_ptr_array_add (offered, (char *) sp_node_get_string (sp_node_get_element (revs, i)));
  g_ptr_array_add (offered, NULL);
  missing = sp_docs_revs_diff (db, id, (const char *const *) offered->pdata, &ancestors, error);
  if (missing == NULL || missing->len == 0)
    return missing != NULL;
  if (out->len > 1)
    g_string_append_c (out, ',');
  sp_json_append_text (out, id);
  g_string_append (out, ":{");
  add_list (out, "missing", missing);
  if (ancestors->len > 0)
    {
      g_string_append_c (out, ',');
      add_list (out, "possible_ancestors", ancestors);
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
is_list_of_texts (const SpNode *list)
{
  if (!sp_node_is_array (list))
    return FALSE;
  for (guint i = 0; i < sp_node_get_length (list); i++)
    if (sp_node_get_kind (sp_node_get_element (list, i)) != SP_JSON_STRING)
      return FALSE;
  return TRUE;
}

/**
 * sp_handle_revs_diff:
 * @db: a connection
 * @request: `POST /db/_revs_diff`
 * @error: %SP_ERROR
 *
 * Returns: (transfer full) (nullable): what is missing here; documents with nothing missing are left out
 */
SpAnswer *
sp_handle_revs_diff (SpDb *db, const SpRequest *request, GError **error)
{
  g_autoptr (SpNode) asked = sp_request_parse (request, error);
  g_autoptr (GString) out = g_string_new ("{");

  if (asked == NULL)
    return NULL;
  for (guint i = 0; i < sp_node_get_length (asked); i++)
    {
      if (!is_list_of_texts (sp_node_get_element (asked, i)))
        return sp_answer_new_error (400, "bad_request", "Each document must have a list of revisions");
      if (!add_difference (db, sp_node_get_name (asked, i), sp_node_get_element (asked, i), out, error))
        return NULL;
    }
  g_string_append (out, "}\n");
  return sp_answer_take (200, g_steal_pointer (&out));
}
