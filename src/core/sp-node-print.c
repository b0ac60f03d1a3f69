/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNode as text: JSON as it was written, and the canonical form that revision ids and merges compare. */
#include "sp-node-private.h"

#include "sp-json-print.h"
#include "sp-number.h"

#include <stdlib.h>
#include <string.h>

static void
append_scalar (const SpNode *self, gboolean canonical, GString *out)
{
  switch (self->kind)
    {
    case SP_JSON_STRING:
      sp_json_append_text (out, self->text);
      break;
    case SP_JSON_NUMBER:
      if (canonical)
        sp_number_append_canonical (out, self->text);
      else
        g_string_append (out, self->text);
      break;
    case SP_JSON_TRUE:
      g_string_append (out, "true");
      break;
    case SP_JSON_FALSE:
      g_string_append (out, "false");
      break;
    case SP_JSON_NULL:
      g_string_append (out, "null");
      break;
    case SP_JSON_OBJECT:
    case SP_JSON_ARRAY:
    default:
      g_assert_not_reached ();
    }
}

/**
 * sp_node_append_json:
 * @self: a value
 * @out: where the text goes
 *
 * Appends @self as JSON without insignificant whitespace: members in their order, numbers as they were written.
 */
void
sp_node_append_json (const SpNode *self, GString *out)
{
  if (!sp_node_is_container (self))
    {
      append_scalar (self, FALSE, out);
      return;
    }
  g_string_append_c (out, self->kind == SP_JSON_OBJECT ? '{' : '[');
  for (guint i = 0; i < self->length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (self->names != NULL)
        sp_node_append_member (self, i, out);
      else
        sp_node_append_json (self->children[i], out);
    }
  g_string_append_c (out, self->kind == SP_JSON_OBJECT ? '}' : ']');
}

/**
 * sp_node_append_member:
 * @self: an object
 * @index: of a member
 * @out: where the text goes
 *
 * Appends that member alone, as sp_node_append_json() would: `"name":"Jo"`.
 */
void
sp_node_append_member (const SpNode *self, guint index, GString *out)
{
  sp_json_append_text (out, self->names[index]);
  g_string_append_c (out, ':');
  sp_node_append_json (self->children[index], out);
}

typedef struct
{
  const char   *name;
  const SpNode *value;
} Member;

static int
compare_members (const void *a, const void *b)
{
  return strcmp (((const Member *) a)->name, ((const Member *) b)->name);
}

static void
append_canonical_object (const SpNode *self, gboolean top, GString *out)
{
  g_autofree Member *members = g_new (Member, MAX (1, self->length));
  guint n = 0;

  for (guint i = 0; i < self->length; i++)
    if (!top || self->names[i][0] != '_')
      members[n++] = (Member){ self->names[i], self->children[i] };
  qsort (members, n, sizeof (Member), compare_members);

  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_json_append_text (out, members[i].name);
      g_string_append_c (out, ':');
      sp_node_append_canonical (members[i].value, FALSE, out);
    }
  g_string_append_c (out, '}');
}

/**
 * sp_node_append_canonical:
 * @self: a value
 * @top: whether this is a document, whose members that begin with `_` are left out
 * @out: where the text goes
 *
 * Appends the canonical form: members sorted by the bytes of their names, no whitespace, the fewest escapes, numbers
 * as ECMAScript prints them. Two values that mean the same have the same canonical form.
 */
void
sp_node_append_canonical (const SpNode *self, gboolean top, GString *out)
{
  if (self->kind == SP_JSON_OBJECT)
    {
      append_canonical_object (self, top, out);
      return;
    }
  if (self->kind != SP_JSON_ARRAY)
    {
      append_scalar (self, TRUE, out);
      return;
    }
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sp_node_append_canonical (self->children[i], FALSE, out);
    }
  g_string_append_c (out, ']');
}

/**
 * sp_node_to_json:
 * @self: a value
 *
 * Returns: (transfer full): it as JSON, see sp_node_append_json()
 */
char *
sp_node_to_json (const SpNode *self)
{
  GString *out = g_string_sized_new (256);

  sp_node_append_json (self, out);
  return g_string_free (out, FALSE);
}

/**
 * sp_node_to_canonical:
 * @self: a document's body, or any value
 *
 * Returns: (transfer full): its canonical form, without the top members that begin with `_`
 */
char *
sp_node_to_canonical (const SpNode *self)
{
  GString *out = g_string_sized_new (256);

  sp_node_append_canonical (self, TRUE, out);
  return g_string_free (out, FALSE);
}

/**
 * sp_node_compare:
 * @a: (nullable): a value; %NULL is absent and comes first
 * @b: (nullable): another
 *
 * Returns: the order of the canonical bytes of @a and @b, inner members that begin with `_` included
 */
int
sp_node_compare (const SpNode *a, const SpNode *b)
{
  g_autoptr (GString) first = NULL;
  g_autoptr (GString) second = NULL;

  if (a == b)
    return 0;
  if (a == NULL || b == NULL)
    return a == NULL ? -1 : 1;
  first = g_string_new (NULL);
  second = g_string_new (NULL);
  sp_node_append_canonical (a, FALSE, first);
  sp_node_append_canonical (b, FALSE, second);
  return strcmp (first->str, second->str);
}

static gboolean
same_number (const SpNode *a, const SpNode *b)
{
  g_autoptr (GString) first = NULL;
  g_autoptr (GString) second = NULL;

  if (strcmp (a->text, b->text) == 0)
    return TRUE;
  first = g_string_new (NULL);
  second = g_string_new (NULL);
  sp_number_append_canonical (first, a->text);
  sp_number_append_canonical (second, b->text);
  return g_string_equal (first, second);
}

#define FEW_MEMBERS 64 /* up to here looking for each member is faster than sorting them */

static gboolean
same_container (const SpNode *a, const SpNode *b)
{
  if (a->length != b->length)
    return FALSE;
  if (a->kind == SP_JSON_OBJECT && a->length > FEW_MEMBERS)
    return sp_node_compare (a, b) == 0;
  for (guint i = 0; i < a->length; i++)
    {
      const SpNode *other = a->names != NULL ? sp_node_get (b, a->names[i]) : b->children[i];
      if (other == NULL || !sp_node_equal (a->children[i], other))
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_node_equal:
 * @a: (nullable): a value; %NULL is absent
 * @b: (nullable): another
 *
 * Returns: whether both have the same canonical form
 */
gboolean
sp_node_equal (const SpNode *a, const SpNode *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->kind != b->kind)
    return FALSE;
  if (sp_node_is_container (a))
    return same_container (a, b);
  if (a->kind == SP_JSON_NUMBER)
    return same_number (a, b);
  return a->kind != SP_JSON_STRING || strcmp (a->text, b->text) == 0;
}
