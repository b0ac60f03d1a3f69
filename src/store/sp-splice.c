/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes some top members of a stored text and leaves every other byte as it is, so that what a newer program wrote
 * survives an older one's edit. SQLite's json_set() does the same, but cannot name a member with a quote in it. */
#include "sp-splice.h"

#include <string.h>

typedef struct
{
  const char   *json;
  const SpNode *changes;
  GString      *out;
  GHashTable   *written; /* indices of the changes that stood in the text */
} Splice;

/* The index of a member of @changes, or -1. */
static int
find_change (const SpNode *changes, const char *name)
{
  for (guint i = 0; i < sp_node_get_length (changes); i++)
    if (strcmp (sp_node_get_name (changes, i), name) == 0)
      return (int) i;
  return -1;
}

static void
begin_member (Splice *s)
{
  if (s->out->len > 1)
    g_string_append_c (s->out, ',');
}

static void
copy_member (Splice *s, const SpJsonToken *name, const SpJsonToken *value)
{
  gsize quote = value->type == SP_JSON_STRING;
  gsize start = name->start - 1;

  begin_member (s);
  g_string_append_len (s->out, s->json + start, (gssize) (value->end + quote - start));
}

static void
write_member (Splice *s, guint index)
{
  g_autoptr (SpNode) name = NULL;
  const SpNode *value = sp_node_get_element (s->changes, index);

  if (sp_node_get_kind (value) == SP_JSON_NULL)
    return;
  name = sp_node_new_string (sp_node_get_name (s->changes, index));
  begin_member (s);
  sp_node_append_json (name, s->out);
  g_string_append_c (s->out, ':');
  sp_node_append_json (value, s->out);
}

static void
splice_members (Splice *s, GArray *tokens)
{
  const SpJsonToken *all = (const SpJsonToken *) (gpointer) tokens->data;

  for (guint i = 1; i < all[0].next; i = all[i + 1].next)
    {
      g_autofree char *name = sp_json_gate_unescape (s->json + all[i].start, all[i].end - all[i].start);
      int change = find_change (s->changes, name);

      if (change < 0)
        copy_member (s, &all[i], &all[i + 1]);
      else
        {
          write_member (s, (guint) change);
          g_hash_table_add (s->written, GINT_TO_POINTER (change));
        }
    }
  for (guint i = 0; i < sp_node_get_length (s->changes); i++)
    if (!g_hash_table_contains (s->written, GUINT_TO_POINTER (i)))
      write_member (s, i);
}

/**
 * sp_splice_members:
 * @json: an object as it is stored
 * @changes: an object: new values of top members, JSON null for those to remove
 * @error: %SP_ERROR_PARSE if @json is not an object that the gate lets through
 *
 * Replaces members where they stand, removes others, adds new ones at the end. The bytes of all other members stay.
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the new text
 */
char *
sp_splice_members (const char *json, const SpNode *changes, GError **error)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (json, strlen (json), SP_JSON_MAX_BYTES, error);
  g_autoptr (GHashTable) written = g_hash_table_new (NULL, NULL);
  Splice s = { .json = json, .changes = changes, .written = written };

  if (tokens == NULL)
    return NULL;
  if (g_array_index (tokens, SpJsonToken, 0).type != SP_JSON_OBJECT)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "Byte 0: a document must be an object");
      return NULL;
    }
  s.out = g_string_new ("{");
  splice_members (&s, tokens);
  g_string_append_c (s.out, '}');
  return g_string_free (s.out, FALSE);
}
