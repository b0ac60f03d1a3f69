/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNode from a text, through the gate: each scalar is one allocation, each container two. */
#include "sp-node-private.h"

#include <string.h>

static gsize
copy_token (const char *bytes, const SpJsonToken *token, char *out)
{
  gsize length = token->end - token->start;

  if (token->escaped)
    return sp_json_gate_unescape_to (bytes + token->start, length, out);
  memcpy (out, bytes + token->start, length);
  out[length] = '\0';
  return length;
}

static SpNode *
scalar_from_token (const char *bytes, const SpJsonToken *token)
{
  gboolean has_text = token->type == SP_JSON_STRING || token->type == SP_JSON_NUMBER;
  SpNode *self = sp_node_new_scalar (token->type, has_text ? token->end - token->start : 0);

  if (has_text)
    copy_token (bytes, token, self->text);
  return self;
}

/* Allocates the block of a container whose number of children and bytes of names are known. */
static void
reserve (SpNode *self, guint children, gsize name_bytes)
{
  gsize arrays = children * (self->kind == SP_JSON_OBJECT ? 2 : 1) * sizeof (gpointer);

  if (children == 0)
    return;
  self->room = children;
  self->block_size = arrays + name_bytes;
  self->block = g_malloc (self->block_size);
  self->children = (SpNode **) (gpointer) self->block;
  if (self->kind == SP_JSON_OBJECT)
    self->names = (char **) (gpointer) self->block + children;
}

static void
reserve_for_tokens (SpNode *self, const SpJsonToken *tokens, guint index)
{
  gboolean named = self->kind == SP_JSON_OBJECT;
  guint children = 0;
  gsize name_bytes = 0;

  for (guint i = index + 1; i < tokens[index].next; i = tokens[i].next)
    {
      if (named)
        {
          name_bytes += tokens[i].end - tokens[i].start + 1;
          i++;
        }
      children++;
    }
  reserve (self, children, name_bytes);
}

static SpNode *
build (const char *bytes, const SpJsonToken *tokens, guint index)
{
  const SpJsonToken *token = &tokens[index];
  gboolean named = token->type == SP_JSON_OBJECT;
  SpNode *self;
  char *free_bytes;

  if (!named && token->type != SP_JSON_ARRAY)
    return scalar_from_token (bytes, token);
  self = sp_node_new_container (token->type);
  reserve_for_tokens (self, tokens, index);
  free_bytes = self->room > 0 ? self->block + (named ? 2 : 1) * self->room * sizeof (gpointer) : NULL;
  for (guint i = index + 1; i < token->next; i = tokens[i].next)
    {
      char *name = NULL;
      if (named)
        {
          name = free_bytes;
          free_bytes += copy_token (bytes, &tokens[i++], name) + 1;
        }
      sp_node_add_child (self, name, build (bytes, tokens, i));
    }
  return self;
}

/**
 * sp_node_from_tokens:
 * @bytes: the text that was scanned
 * @tokens: (element-type SpJsonToken): what sp_json_gate_scan() gave for it
 * @index: the token to begin with; 0 for the whole text
 *
 * Returns: (transfer full): the value
 */
SpNode *
sp_node_from_tokens (const char *bytes, GArray *tokens, guint index)
{
  return build (bytes, (const SpJsonToken *) (gpointer) tokens->data, index);
}

/**
 * sp_node_parse:
 * @bytes: a JSON text of at most %SP_JSON_MAX_BYTES
 * @length: its length in bytes, or -1 if it ends with a nul
 * @error: what the gate refused
 *
 * Reads a text through the gate.
 *
 * Returns: (transfer full) (nullable): the value
 */
SpNode *
sp_node_parse (const char *bytes, gssize length, GError **error)
{
  return sp_node_parse_large (bytes, length < 0 ? strlen (bytes) : (gsize) length, SP_JSON_MAX_BYTES, error);
}

/**
 * sp_node_parse_large:
 * @bytes: a JSON text
 * @length: its length in bytes
 * @most: how many there may be
 * @error: what the gate refused
 *
 * Reads a text that is no document and may be larger than one.
 *
 * Returns: (transfer full) (nullable): the value
 */
SpNode *
sp_node_parse_large (const char *bytes, gsize length, gsize most, GError **error)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (bytes, length, most, error);

  return tokens != NULL ? sp_node_from_tokens (bytes, tokens, 0) : NULL;
}
