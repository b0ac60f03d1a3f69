/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNode: one JSON value in memory, read through the gate and written without loss. A library's tree would do
 * but for two things that documents need: numbers keep their lexeme, and the canonical form is defined here. */
#include "sp-node.h"

#include "sp-number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct _SpNode
{
  gint       ref_count; /* atomic */
  SpJsonType kind;
  char      *text;      /* owned; of a string or number */
  guint      length;    /* children of an array or object */
  guint      room;
  SpNode   **children;  /* owned */
  char     **names;     /* owned; of an object, else NULL */
};

static SpNode *
new_node (SpJsonType kind)
{
  SpNode *self = g_new0 (SpNode, 1);

  self->ref_count = 1;
  self->kind = kind;
  return self;
}

static void
add_child (SpNode *self, char *name, SpNode *value)
{
  if (self->length == self->room)
    {
      self->room = MAX (4, self->room * 2);
      self->children = g_renew (SpNode *, self->children, self->room);
      if (self->kind == SP_JSON_OBJECT)
        self->names = g_renew (char *, self->names, self->room);
    }
  if (self->kind == SP_JSON_OBJECT)
    self->names[self->length] = name;
  self->children[self->length++] = value;
}

static char *
token_text (const char *bytes, const SpJsonToken *token)
{
  if (token->escaped)
    return sp_json_gate_unescape (bytes + token->start, token->end - token->start);
  return g_strndup (bytes + token->start, token->end - token->start);
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
  const SpJsonToken *token = &g_array_index (tokens, SpJsonToken, index);
  SpNode *self = new_node (token->type);

  if (token->type == SP_JSON_STRING || token->type == SP_JSON_NUMBER)
    self->text = token_text (bytes, token);
  else if (token->type == SP_JSON_OBJECT || token->type == SP_JSON_ARRAY)
    for (guint i = index + 1; i < token->next;)
      {
        char *name = NULL;
        if (token->type == SP_JSON_OBJECT)
          name = token_text (bytes, &g_array_index (tokens, SpJsonToken, i++));
        add_child (self, name, sp_node_from_tokens (bytes, tokens, i));
        i = g_array_index (tokens, SpJsonToken, i).next;
      }
  return self;
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
  g_autoptr (GArray) tokens = sp_json_gate_scan (bytes, length < 0 ? strlen (bytes) : (gsize) length, SP_JSON_MAX_BYTES, error);

  return tokens != NULL ? sp_node_from_tokens (bytes, tokens, 0) : NULL;
}

SpNode *sp_node_new_object (void) { return new_node (SP_JSON_OBJECT); }
SpNode *sp_node_new_array (void) { return new_node (SP_JSON_ARRAY); }
SpNode *sp_node_new_null (void) { return new_node (SP_JSON_NULL); }
SpNode *sp_node_new_boolean (gboolean value) { return new_node (value ? SP_JSON_TRUE : SP_JSON_FALSE); }

SpNode *
sp_node_new_string (const char *text)
{
  SpNode *self = new_node (SP_JSON_STRING);

  self->text = g_strdup (text);
  return self;
}

/**
 * sp_node_new_lexeme:
 * @lexeme: a number as JSON writes it; not checked
 *
 * Returns: (transfer full): the number
 */
SpNode *
sp_node_new_lexeme (const char *lexeme)
{
  SpNode *self = new_node (SP_JSON_NUMBER);

  self->text = g_strdup (lexeme);
  return self;
}

SpNode *
sp_node_new_number (double value)
{
  GString *text = g_string_new (NULL);
  SpNode *self = new_node (SP_JSON_NUMBER);

  g_assert (isfinite (value));
  sp_number_append_double (text, value);
  self->text = g_string_free (text, FALSE);
  return self;
}

/**
 * sp_node_copy:
 * @self: (nullable): a value
 *
 * Returns: (transfer full) (nullable): a deep copy that nobody else holds
 */
SpNode *
sp_node_copy (const SpNode *self)
{
  SpNode *copy;

  if (self == NULL)
    return NULL;
  copy = new_node (self->kind);
  copy->text = g_strdup (self->text);
  for (guint i = 0; i < self->length; i++)
    add_child (copy, self->names != NULL ? g_strdup (self->names[i]) : NULL, sp_node_copy (self->children[i]));
  return copy;
}

SpNode *
sp_node_ref (SpNode *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
sp_node_unref (SpNode *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint i = 0; i < self->length; i++)
    {
      if (self->names != NULL)
        g_free (self->names[i]);
      sp_node_unref (self->children[i]);
    }
  g_free (self->names);
  g_free (self->children);
  g_free (self->text);
  g_free (self);
}

SpJsonType sp_node_get_kind (const SpNode *self) { return self->kind; }
gboolean sp_node_is_object (const SpNode *self) { return self != NULL && self->kind == SP_JSON_OBJECT; }
gboolean sp_node_is_array (const SpNode *self) { return self != NULL && self->kind == SP_JSON_ARRAY; }

/**
 * sp_node_get_string:
 * @self: (nullable): a value
 *
 * Returns: (nullable) (transfer none): the text of a string, %NULL of anything else
 */
const char *
sp_node_get_string (const SpNode *self)
{
  return self != NULL && self->kind == SP_JSON_STRING ? self->text : NULL;
}

/**
 * sp_node_get_double:
 * @self: (nullable): a value
 *
 * Returns: the value of a number, NAN of anything else
 */
double
sp_node_get_double (const SpNode *self)
{
  return self != NULL && self->kind == SP_JSON_NUMBER ? g_ascii_strtod (self->text, NULL) : NAN;
}

gboolean
sp_node_get_boolean (const SpNode *self)
{
  return self != NULL && self->kind == SP_JSON_TRUE;
}

/**
 * sp_node_get_lexeme:
 * @self: (nullable): a value
 *
 * Returns: (nullable) (transfer none): a number as it was written, %NULL of anything else
 */
const char *
sp_node_get_lexeme (const SpNode *self)
{
  return self != NULL && self->kind == SP_JSON_NUMBER ? self->text : NULL;
}

/* Of an array the elements, of an object the members; 0 of anything else and of NULL. */
guint sp_node_get_length (const SpNode *self) { return self != NULL ? self->length : 0; }

/**
 * sp_node_get_element:
 * @self: an array or object
 * @index: below its length
 *
 * Returns: (transfer none): the element, or the value of the member
 */
SpNode *
sp_node_get_element (const SpNode *self, guint index)
{
  g_return_val_if_fail (index < self->length, NULL);
  return self->children[index];
}

const char *
sp_node_get_name (const SpNode *self, guint index)
{
  g_return_val_if_fail (self->kind == SP_JSON_OBJECT && index < self->length, NULL);
  return self->names[index];
}

/**
 * sp_node_append:
 * @self: an array
 * @element: (transfer full): its new last element
 */
void
sp_node_append (SpNode *self, SpNode *element)
{
  g_return_if_fail (self->kind == SP_JSON_ARRAY);
  add_child (self, NULL, element);
}

void
sp_node_remove_index (SpNode *self, guint index)
{
  g_return_if_fail (index < self->length);
  sp_node_unref (self->children[index]);
  memmove (self->children + index, self->children + index + 1, (self->length - index - 1) * sizeof (SpNode *));
  if (self->names != NULL)
    {
      g_free (self->names[index]);
      memmove (self->names + index, self->names + index + 1, (self->length - index - 1) * sizeof (char *));
    }
  self->length--;
}

/**
 * sp_node_sort:
 * @self: an array
 * @compare: gets two `SpNode **`
 */
void
sp_node_sort (SpNode *self, GCompareFunc compare)
{
  g_return_if_fail (self->kind == SP_JSON_ARRAY);
  if (self->length > 1)
    qsort (self->children, self->length, sizeof (SpNode *), compare);
}

static int
find_member (const SpNode *self, const char *member)
{
  if (self != NULL && self->kind == SP_JSON_OBJECT)
    for (guint i = 0; i < self->length; i++)
      if (strcmp (self->names[i], member) == 0)
        return (int) i;
  return -1;
}

/**
 * sp_node_get:
 * @self: (nullable): an object, or anything else
 * @member: a name
 *
 * Returns: (nullable) (transfer none): the value of that member
 */
SpNode *
sp_node_get (const SpNode *self, const char *member)
{
  int index = find_member (self, member);

  return index < 0 ? NULL : self->children[index];
}

const char *sp_node_get_text (const SpNode *self, const char *member) { return sp_node_get_string (sp_node_get (self, member)); }
double sp_node_get_number (const SpNode *self, const char *member) { return sp_node_get_double (sp_node_get (self, member)); }

gboolean
sp_node_get_flag (const SpNode *self, const char *member, gboolean fallback)
{
  const SpNode *value = sp_node_get (self, member);

  if (value == NULL || (value->kind != SP_JSON_TRUE && value->kind != SP_JSON_FALSE))
    return fallback;
  return value->kind == SP_JSON_TRUE;
}

/* The item of an array that a path component means: a position from 1, or the "id" of the item. */
static SpNode *
find_item (const SpNode *array, const char *step)
{
  char *end;
  guint64 position = g_ascii_strtoull (step, &end, 10);

  if (end != step && *end == '\0')
    return position >= 1 && position <= array->length ? array->children[position - 1] : NULL;
  for (guint i = 0; i < array->length; i++)
    if (g_strcmp0 (sp_node_get_text (array->children[i], "id"), step) == 0)
      return array->children[i];
  return NULL;
}

/**
 * sp_node_get_path:
 * @self: (nullable): a value
 * @path: names with dots between, such as `address.postal_code`; in an array a position from 1 or the `id` of an item
 *
 * Returns: (nullable) (transfer none): what stands there
 */
SpNode *
sp_node_get_path (const SpNode *self, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  const SpNode *at = self;

  for (guint i = 0; at != NULL && steps[i] != NULL; i++)
    at = at->kind == SP_JSON_ARRAY ? find_item (at, steps[i]) : sp_node_get (at, steps[i]);
  return (SpNode *) at;
}

/**
 * sp_node_set:
 * @self: an object
 * @member: a name
 * @value: (transfer full): what it shall have
 *
 * Replaces a member where it stands, or adds it at the end.
 */
void
sp_node_set (SpNode *self, const char *member, SpNode *value)
{
  int index = find_member (self, member);

  g_return_if_fail (self->kind == SP_JSON_OBJECT);
  if (index < 0)
    {
      add_child (self, g_strdup (member), value);
      return;
    }
  sp_node_unref (self->children[index]);
  self->children[index] = value;
}

/**
 * sp_node_set_text:
 * @self: an object
 * @member: a name
 * @text: (nullable): %NULL and "" remove the member, since absent means unknown
 */
void
sp_node_set_text (SpNode *self, const char *member, const char *text)
{
  if (text == NULL || *text == '\0')
    sp_node_remove (self, member);
  else
    sp_node_set (self, member, sp_node_new_string (text));
}

gboolean
sp_node_remove (SpNode *self, const char *member)
{
  int index = find_member (self, member);

  if (index < 0)
    return FALSE;
  sp_node_remove_index (self, (guint) index);
  return TRUE;
}

/* Only the escapes that JSON asks for, and the short ones where there are any. */
static void
append_string (GString *out, const char *text)
{
  const char *plain = text;

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
      const char *known;

      if ((unsigned char) *p >= 0x20 && *p != '"' && *p != '\\')
        continue;
      g_string_append_len (out, plain, p - plain);
      plain = p + 1;
      known = strchr (from, *p);
      if (known != NULL)
        g_string_append_printf (out, "\\%c", to[known - from]);
      else
        g_string_append_printf (out, "\\u%04x", (unsigned char) *p);
    }
  g_string_append (out, plain);
  g_string_append_c (out, '"');
}

static void
append_scalar (const SpNode *self, gboolean canonical, GString *out)
{
  switch (self->kind)
    {
    case SP_JSON_STRING:
      append_string (out, self->text);
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

static gboolean
is_container (const SpNode *self)
{
  return self->kind == SP_JSON_OBJECT || self->kind == SP_JSON_ARRAY;
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
  if (!is_container (self))
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
        {
          append_string (out, self->names[i]);
          g_string_append_c (out, ':');
        }
      sp_node_append_json (self->children[i], out);
    }
  g_string_append_c (out, self->kind == SP_JSON_OBJECT ? '}' : ']');
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
      append_string (out, members[i].name);
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

gboolean
sp_node_equal (const SpNode *a, const SpNode *b)
{
  return sp_node_compare (a, b) == 0;
}
