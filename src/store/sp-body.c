/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a revision as it is stored: the bytes that came, less insignificant whitespace and less the top members
 * that begin with `_`, which belong to the protocol and not to the document. */
#include "sp-body.h"

#include "sp-json-print.h"
#include "sp-revision.h"

#include <string.h>

/* Members that a writer may send back with a document it has read; they are understood elsewhere or mean nothing. */
static const char * const envelope[] = { "_id", "_rev", "_deleted", "_revisions", "_revs_info", "_conflicts",
                                         "_deleted_conflicts", "_local_seq", NULL };

static gboolean
refuse_attachments (GError **error)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_DENIED, "Attachments are not kept: put the file elsewhere and its address in the entry");
  return FALSE;
}

/* The gate refuses a `_` that is written as an escape, so the raw byte tells. */
static gboolean
is_ours (const char *bytes, const SpJsonToken *name)
{
  return name->end > name->start && bytes[name->start] == '_';
}

static gboolean
is_attachments (const char *bytes, const SpJsonToken *name)
{
  return name->end - name->start == strlen ("_attachments") && memcmp (bytes + name->start, "_attachments", strlen ("_attachments")) == 0;
}

/* Of which there are none: CouchDB takes that too. */
static gboolean
is_empty_object (GArray *tokens, guint index)
{
  const SpJsonToken *token = &g_array_index (tokens, SpJsonToken, index);

  return token->type == SP_JSON_OBJECT && token->next == index + 1;
}

static gboolean
strip_text (const char *bytes, GArray *tokens, GString *out, GError **error)
{
  const SpJsonToken *top = &g_array_index (tokens, SpJsonToken, 0);
  const gboolean is_compact = sp_json_is_compact (tokens);

  g_string_append_c (out, '{');
  for (guint i = 1; i < top->next;)
    {
      const SpJsonToken *name = &g_array_index (tokens, SpJsonToken, i);
      const SpJsonToken *value = &g_array_index (tokens, SpJsonToken, i + 1);
      const char *member = bytes + name->start - 1;
      const gsize length = value->end + (value->type == SP_JSON_STRING) - (name->start - 1);

      if (is_attachments (bytes, name) && !is_empty_object (tokens, i + 1))
        return refuse_attachments (error);
      i = value->next;
      if (is_ours (bytes, name))
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      if (is_compact)
        g_string_append_len (out, member, (gssize) length);
      else
        sp_json_append_minified (out, member, length);
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static void
strip_node (SpNode *node)
{
  for (guint i = sp_node_get_length (node); i > 0; i--)
    if (sp_node_get_name (node, i - 1)[0] == '_')
      sp_node_remove_index (node, i - 1);
}

/**
 * sp_body_take_text:
 * @self: an empty body to fill
 * @bytes: a document from outside
 * @tokens: what the gate found in it
 * @error: %SP_ERROR_PARSE, or %SP_ERROR_DENIED if it has attachments
 *
 * Does what sp_body_from_tokens() does, but makes no value: for a connection that serves, which needs none.
 *
 * Returns: whether it is a document
 */
gboolean
sp_body_take_text (SpBody *self, const char *bytes, GArray *tokens, GError **error)
{
  const SpJsonToken *top = &g_array_index (tokens, SpJsonToken, 0);
  GString *out;
  gboolean good;

  if (top->type != SP_JSON_OBJECT)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "Byte 0: a document must be an object");
      return FALSE;
    }
  out = g_string_sized_new (top->end - top->start);
  good = strip_text (bytes, tokens, out, error);
  self->json = g_string_free (out, !good);
  return good;
}

/**
 * sp_body_from_tokens:
 * @self: an empty body to fill
 * @bytes: a document from outside
 * @tokens: what the gate found in it
 * @error: %SP_ERROR_PARSE, or %SP_ERROR_DENIED if it has attachments
 *
 * Does what sp_body_from_text() does with a text that went through the gate before.
 *
 * Returns: whether it is a document
 */
gboolean
sp_body_from_tokens (SpBody *self, const char *bytes, GArray *tokens, GError **error)
{
  if (!sp_body_take_text (self, bytes, tokens, error))
    return FALSE;
  self->node = sp_node_from_tokens (bytes, tokens, 0);
  strip_node (self->node);
  return TRUE;
}

/**
 * sp_body_from_text:
 * @self: an empty body to fill
 * @bytes: a document from outside
 * @length: its length in bytes, or -1 if it ends with a nul
 * @error: %SP_ERROR_PARSE, or %SP_ERROR_DENIED if it has attachments
 *
 * Reads a document through the gate and leaves out its top members that begin with `_`.
 *
 * Returns: whether it is a document
 */
gboolean
sp_body_from_text (SpBody *self, const char *bytes, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (bytes) : (gsize) length;
  g_autoptr (GArray) tokens = sp_json_gate_scan (bytes, size, SP_JSON_MAX_BYTES, error);

  return tokens != NULL && sp_body_from_tokens (self, bytes, tokens, error);
}

/**
 * sp_body_check_member:
 * @name: of a top member of a body that a writer gave
 * @is_empty: whether it is an object without members
 * @error: %SP_ERROR_RESERVED for an unknown one that begins with `_`, %SP_ERROR_DENIED for attachments
 *
 * Any thread.
 *
 * Returns: whether the body can have it
 */
gboolean
sp_body_check_member (const char *name, gboolean is_empty, GError **error)
{
  if (name[0] != '_' || g_strv_contains (envelope, name))
    return TRUE;
  if (strcmp (name, "_attachments") == 0)
    return is_empty || refuse_attachments (error);
  g_set_error (error, SP_ERROR, SP_ERROR_RESERVED, "Bad special document member: %s", name); /* as CouchDB says it */
  return FALSE;
}

static gboolean
check (const SpNode *node, gboolean *plain, GError **error)
{
  *plain = TRUE;
  if (!sp_node_is_object (node))
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_INVALID, "A document must be an object");
      return FALSE;
    }
  for (guint i = 0; i < sp_node_get_length (node); i++)
    {
      const char *name = sp_node_get_name (node, i);
      const SpNode *value = sp_node_get_element (node, i);

      *plain = *plain && name[0] != '_';
      if (!sp_body_check_member (name, sp_node_is_object (value) && sp_node_get_length (value) == 0, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_body_from_node:
 * @self: an empty body to fill
 * @node: a body that a writer gave; not changed
 * @error: as sp_body_check_member(), or %SP_ERROR_INVALID if it is no object or too large
 *
 * Returns: whether it can be stored
 */
gboolean
sp_body_from_node (SpBody *self, SpNode *node, GError **error)
{
  gboolean plain;

  if (!check (node, &plain, error))
    return FALSE;
  self->node = plain ? sp_node_ref (node) : sp_node_copy (node);
  if (!plain)
    strip_node (self->node);
  self->json = sp_node_to_json (self->node);
  if (strlen (self->json) <= SP_JSON_MAX_BYTES)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_INVALID, "The entry is too large: %" G_GSIZE_FORMAT " bytes, where %d are allowed", strlen (self->json), SP_JSON_MAX_BYTES);
  sp_body_clear (self);
  return FALSE;
}

/**
 * sp_body_make_rev:
 * @self: a body
 * @parent: (nullable): the revision that it replaces, valid
 * @deleted: whether it is a tombstone's
 *
 * Returns: (transfer full): the revision that it makes
 */
char *
sp_body_make_rev (const SpBody *self, const char *parent, gboolean deleted)
{
  g_autoptr (GArray) tokens = self->node == NULL ? sp_json_gate_scan (self->json, strlen (self->json), SP_JSON_MAX_BYTES, NULL) : NULL;
  g_autoptr (GString) canonical = g_string_sized_new (1024);

  if (tokens != NULL)
    sp_json_append_canonical (canonical, self->json, tokens, 0, TRUE);
  else
    sp_node_append_canonical (self->node, TRUE, canonical);
  return sp_revision_make (deleted, parent, canonical->str);
}

/**
 * sp_body_clear:
 * @self: a body; what it holds is freed, the struct is not
 */
void
sp_body_clear (SpBody *self)
{
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->node, sp_node_unref);
  g_clear_pointer (&self->text, sp_text_free);
  g_clear_pointer (&self->rev, g_free);
}
