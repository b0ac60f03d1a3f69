/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as it travels: its body with `_id`, `_rev`, `_deleted` and `_revisions` (couch-protocol §1). The body is
 * the stored text, byte for byte. */
#include "sp-wire.h"

#include "sp-body.h"
#include "sp-json-print.h"
#include "sp-revision.h"

#include <string.h>

/**
 * sp_wire_head_clear:
 * @self: what a document said of itself
 */
void
sp_wire_head_clear (SpWireHead *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->revisions, g_strfreev);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->state, g_free);
}

/* A scanned text while its head is read. */
typedef struct
{
  const char *bytes;
  GArray     *tokens;
  char       *rev;   /* owned, nullable: `_rev` */
  gint64      start; /* of `_revisions`; 0 if there is none */
  guint       ids;   /* token of its list */
} Scan;

static const SpJsonToken *
get_token (const Scan *scan, guint index)
{
  return &g_array_index (scan->tokens, SpJsonToken, index);
}

static gboolean
is_named (const Scan *scan, guint index, const char *name)
{
  const SpJsonToken *token = get_token (scan, index);

  return token->end - token->start == strlen (name) && memcmp (scan->bytes + token->start, name, token->end - token->start) == 0;
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, what);
  return FALSE;
}

/* @token's text; %NULL if it is none. */
static char *
dup_text (const Scan *scan, guint index)
{
  const SpJsonToken *token = get_token (scan, index);

  return token->type == SP_JSON_STRING ? sp_json_gate_unescape (scan->bytes + token->start, token->end - token->start) : NULL;
}

/* A member of the body that the rules look at. */
static void
take_fact (const Scan *scan, guint name, SpWireHead *head)
{
  if (is_named (scan, name, "type"))
    {
      head->has_type = TRUE;
      head->type = dup_text (scan, name + 1);
    }
  else if (is_named (scan, name, "state"))
    head->state = dup_text (scan, name + 1);
}

static gboolean
take_text (const Scan *scan, guint index, const char *name, char **out, GError **error)
{
  *out = dup_text (scan, index);
  if (*out == NULL)
    g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "%s is not a text", name);
  return *out != NULL;
}

/* `{"start":3,"ids":["c","b","a"]}` */
static gboolean
take_revisions (Scan *scan, guint index, GError **error)
{
  const SpJsonToken *object = get_token (scan, index);

  if (object->type != SP_JSON_OBJECT)
    return refuse ("_revisions is not an object", error);
  for (guint i = index + 1; i < object->next; i = get_token (scan, i + 1)->next)
    {
      const SpJsonToken *value = get_token (scan, i + 1);

      if (is_named (scan, i, "ids") && value->type == SP_JSON_ARRAY)
        scan->ids = i + 1;
      else if (is_named (scan, i, "start") && value->type == SP_JSON_NUMBER)
        scan->start = g_ascii_strtoll (scan->bytes + value->start, NULL, 10);
    }
  return scan->ids != 0 && scan->start > 0 ? TRUE : refuse ("_revisions has no start or no ids", error);
}

static gboolean
take_member (Scan *scan, guint name, SpWireHead *head, GError **error)
{
  const guint value = name + 1;

  if (is_named (scan, name, "_id"))
    return take_text (scan, value, "_id", &head->id, error);
  if (is_named (scan, name, "_rev"))
    return take_text (scan, value, "_rev", &scan->rev, error);
  if (is_named (scan, name, "_revisions"))
    return take_revisions (scan, value, error);
  if (is_named (scan, name, "_deleted"))
    head->deleted = get_token (scan, value)->type == SP_JSON_TRUE;
  else
    take_fact (scan, name, head);
  return TRUE;
}

/* The path that `_revisions` names, of which a store keeps no more than the newest, else `_rev` alone. Where they differ CouchDB goes by the first, and PouchDB 9 lets them
 * differ where a revision has the hash of its parent. */
static gboolean
make_revisions (const Scan *scan, SpWireHead *head, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (scan->ids == 0)
    {
      if (scan->rev == NULL)
        return refuse ("The document has neither _rev nor _revisions", error);
      g_strv_builder_add (builder, scan->rev);
      head->revisions = g_strv_builder_end (builder);
      return TRUE;
    }
  for (guint i = scan->ids + 1; i < get_token (scan, scan->ids)->next && n < SP_WIRE_MAX_REVISIONS; i++, n++)
    {
      const SpJsonToken *token = get_token (scan, i);
      g_autofree char *rev = NULL;

      if (token->type != SP_JSON_STRING || token->end - token->start > SP_REVISION_MAX_HASH || scan->start - n < 1)
        return refuse ("_revisions has ids that cannot be: of at most 64 characters, down to generation 1", error);
      rev = g_strdup_printf ("%" G_GINT64_FORMAT "-%.*s", scan->start - n, (int) (token->end - token->start), scan->bytes + token->start);
      g_strv_builder_add (builder, rev);
    }
  head->revisions = g_strv_builder_end (builder);
  return head->revisions[0] != NULL ? TRUE : refuse ("_revisions has no ids", error);
}

/**
 * sp_wire_read_tokens:
 * @json: a document as it travels
 * @tokens: what the gate found in it
 * @head: (out): what it says of itself; to be cleared, also after a failure
 * @error: %SP_ERROR_INVALID
 *
 * Returns: whether it has a revision
 */
gboolean
sp_wire_read_tokens (const char *json, GArray *tokens, SpWireHead *head, GError **error)
{
  Scan scan = { .bytes = json, .tokens = tokens };
  gboolean good;

  *head = (SpWireHead){ 0 };
  good = get_token (&scan, 0)->type == SP_JSON_OBJECT ? TRUE : refuse ("A document must be an object", error);
  for (guint i = 1; good && i < get_token (&scan, 0)->next; i = get_token (&scan, i + 1)->next)
    good = take_member (&scan, i, head, error);
  good = good && make_revisions (&scan, head, error);
  g_free (scan.rev);
  return good;
}

/* What is not understood as it stands counts as if it were not there, but for the id: who has one in mind must not get another. */
static gboolean
take_edit_member (Scan *scan, guint name, SpWireHead *head, GError **error)
{
  const guint value = name + 1;
  const gboolean is_empty = get_token (scan, value)->type == SP_JSON_OBJECT && get_token (scan, value)->next == value + 1;
  g_autofree char *own = NULL;

  if (scan->bytes[get_token (scan, name)->start] != '_')
    {
      take_fact (scan, name, head);
      return TRUE;
    }
  if (is_named (scan, name, "_id"))
    return take_text (scan, value, "_id", &head->id, error);
  if (is_named (scan, name, "_rev"))
    scan->rev = dup_text (scan, value);
  else if (is_named (scan, name, "_deleted"))
    head->deleted = get_token (scan, value)->type == SP_JSON_TRUE;
  else
    own = dup_text (scan, name);
  return own == NULL || sp_body_check_member (own, is_empty, error);
}

/**
 * sp_wire_read_edit:
 * @json: a new version of a document, as its writer sends it
 * @tokens: what the gate found in it
 * @head: (out): what it says of itself, `revisions` being its parent or %NULL; to be cleared, also after a failure
 * @error: %SP_ERROR_INVALID if it is no object, %SP_ERROR_RESERVED, %SP_ERROR_DENIED
 *
 * Returns: whether it can be written
 */
gboolean
sp_wire_read_edit (const char *json, GArray *tokens, SpWireHead *head, GError **error)
{
  Scan scan = { .bytes = json, .tokens = tokens };
  gboolean good = TRUE;

  *head = (SpWireHead){ 0 };
  if (get_token (&scan, 0)->type != SP_JSON_OBJECT)
    return refuse ("Document must be a JSON object", error);
  for (guint i = 1; i < get_token (&scan, 0)->next; i = get_token (&scan, i + 1)->next)
    good = take_edit_member (&scan, i, head, good ? error : NULL) && good;
  if (scan.rev != NULL)
    head->revisions = g_strdupv ((char *[]){ scan.rev, NULL });
  g_free (scan.rev);
  return good;
}

/**
 * sp_wire_read_head:
 * @json: a document as it travels
 * @length: its length in bytes
 * @head: (out): what it says of itself; to be cleared, also after a failure
 * @error: %SP_ERROR_PARSE if it does not pass the gate, %SP_ERROR_INVALID
 *
 * Returns: whether it has a revision
 */
gboolean
sp_wire_read_head (const char *json, gsize length, SpWireHead *head, GError **error)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (json, length, SP_JSON_MAX_BYTES, error);

  *head = (SpWireHead){ 0 };
  return tokens != NULL && sp_wire_read_tokens (json, tokens, head, error);
}

static void
append_revisions (GString *out, const char *const *revisions)
{
  g_string_append_printf (out, ",\"_revisions\":{\"start\":%d,\"ids\":[", atoi (revisions[0]));
  for (guint i = 0; revisions[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_json_append_text (out, strchr (revisions[i], '-') + 1);
    }
  g_string_append (out, "]}");
}

/* The history of a revision that is there; one of the first generation has none. */
static GStrv
get_revisions (SpDb *db, const SpDoc *doc, GError **error)
{
  guint32 generation;

  if (sp_revision_parse (doc->rev, &generation, NULL) && generation == 1)
    return g_strdupv ((char *[]){ doc->rev, NULL });
  return sp_docs_get_revisions (db, doc->id, doc->rev, error);
}

/**
 * sp_wire_append:
 * @db: a connection
 * @doc: a revision, with its body
 * @with_revisions: whether its history goes with it
 * @out: gets the document as it travels
 * @error: %SP_ERROR_NOT_FOUND if the body is no longer kept
 *
 * Returns: whether it was appended
 */
gboolean
sp_wire_append (SpDb *db, const SpDoc *doc, gboolean with_revisions, GString *out, GError **error)
{
  g_auto (GStrv) revisions = NULL;

  if (doc->body == NULL)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_NOT_FOUND, "%s: the text of revision %s is not kept here", doc->id, doc->rev);
      return FALSE;
    }
  if (with_revisions && (revisions = get_revisions (db, doc, error)) == NULL)
    return FALSE;
  g_string_append (out, "{\"_id\":");
  sp_json_append_text (out, doc->id);
  g_string_append (out, ",\"_rev\":");
  sp_json_append_text (out, doc->rev);
  if (doc->deleted)
    g_string_append (out, ",\"_deleted\":true");
  if (revisions != NULL)
    append_revisions (out, (const char *const *) revisions);
  if (strcmp (doc->body, "{}") != 0)
    g_string_append_c (out, ',');
  g_string_append (out, doc->body + 1);
  return TRUE;
}
