/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpNode: one JSON value in memory, read through the gate and written without loss. A library's tree would do
 * but for two things that documents need: numbers keep their lexeme, and the canonical form is defined here. */
#include "sp-node-private.h"

#include "sp-number.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/**
 * sp_node_new_container:
 * @kind: %SP_JSON_OBJECT or %SP_JSON_ARRAY
 *
 * Returns: (transfer full): an empty one
 */
SpNode *
sp_node_new_container (SpJsonType kind)
{
  SpNode *self = g_new0 (SpNode, 1);

  self->ref_count = 1;
  self->kind = kind;
  return self;
}

/**
 * sp_node_new_scalar:
 * @kind: of a value that is not a container
 * @length: bytes of its text, without the nul
 *
 * Returns: (transfer full): the value; its text is yet to be written, only the nul behind it is there
 */
SpNode *
sp_node_new_scalar (SpJsonType kind, gsize length)
{
  SpNode *self = g_malloc (MAX (sizeof (SpNode), offsetof (SpNode, text) + length + 1));

  self->ref_count = 1;
  self->kind = kind;
  self->text[length] = '\0';
  return self;
}

static SpNode *
new_text (SpJsonType kind, const char *text)
{
  gsize length = strlen (text);
  SpNode *self = sp_node_new_scalar (kind, length);

  memcpy (self->text, text, length);
  return self;
}

static gboolean
is_in_block (const SpNode *self, const void *p)
{
  return self->block != NULL && (const char *) p >= self->block && (const char *) p < self->block + self->block_size;
}

static void
free_unless_in_block (const SpNode *self, void *p)
{
  if (!is_in_block (self, p))
    g_free (p);
}

/* Makes room for one more child; the bytes of the names that are there stay in the block. */
static void
grow (SpNode *self)
{
  guint room = MAX (4, self->room * 2);
  SpNode **children = g_new (SpNode *, room);

  if (self->length > 0)
    memcpy (children, self->children, self->length * sizeof (SpNode *));
  free_unless_in_block (self, self->children);
  self->children = children;
  if (self->kind == SP_JSON_OBJECT)
    {
      char **names = g_new (char *, room);
      if (self->length > 0)
        memcpy (names, self->names, self->length * sizeof (char *));
      free_unless_in_block (self, self->names);
      self->names = names;
    }
  self->room = room;
}

/**
 * sp_node_add_child:
 * @self: an object or array
 * @name: (transfer full) (nullable): the member's name, allocated or in the block of @self; ignored in an array
 * @value: (transfer full): its new last child
 */
void
sp_node_add_child (SpNode *self, char *name, SpNode *value)
{
  if (self->length == self->room)
    grow (self);
  if (self->kind == SP_JSON_OBJECT)
    self->names[self->length] = name;
  self->children[self->length++] = value;
}

/**
 * sp_node_new_object:
 *
 * Returns: (transfer full): an object without members
 */
SpNode *sp_node_new_object (void) { return sp_node_new_container (SP_JSON_OBJECT); }

/**
 * sp_node_new_array:
 *
 * Returns: (transfer full): an array without elements
 */
SpNode *sp_node_new_array (void) { return sp_node_new_container (SP_JSON_ARRAY); }

/**
 * sp_node_new_null:
 *
 * Returns: (transfer full): null
 */
SpNode *sp_node_new_null (void) { return sp_node_new_scalar (SP_JSON_NULL, 0); }

/**
 * sp_node_new_boolean:
 * @value: which one
 *
 * Returns: (transfer full): true or false
 */
SpNode *sp_node_new_boolean (gboolean value) { return sp_node_new_scalar (value ? SP_JSON_TRUE : SP_JSON_FALSE, 0); }

/**
 * sp_node_new_string:
 * @text: UTF-8; copied
 *
 * Returns: (transfer full): the string
 */
SpNode *sp_node_new_string (const char *text) { return new_text (SP_JSON_STRING, text); }

/**
 * sp_node_new_lexeme:
 * @lexeme: a number as JSON writes it; not checked
 *
 * Returns: (transfer full): the number
 */
SpNode *
sp_node_new_lexeme (const char *lexeme)
{
  return new_text (SP_JSON_NUMBER, lexeme);
}

/**
 * sp_node_new_number:
 * @value: a finite number
 *
 * Returns: (transfer full): the number, written as ECMAScript writes it
 */
SpNode *
sp_node_new_number (double value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert (isfinite (value));
  sp_number_append_double (text, value);
  return new_text (SP_JSON_NUMBER, text->str);
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
  if (!sp_node_is_container (self))
    return new_text (self->kind, self->text);
  copy = sp_node_new_container (self->kind);
  for (guint i = 0; i < self->length; i++)
    sp_node_add_child (copy, self->names != NULL ? g_strdup (self->names[i]) : NULL, sp_node_copy (self->children[i]));
  return copy;
}

/**
 * sp_node_ref:
 * @self: a value
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): the same value
 */
SpNode *
sp_node_ref (SpNode *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
free_container (SpNode *self)
{
  for (guint i = 0; i < self->length; i++)
    {
      if (self->names != NULL)
        free_unless_in_block (self, self->names[i]);
      sp_node_unref (self->children[i]);
    }
  free_unless_in_block (self, self->names);
  free_unless_in_block (self, self->children);
  g_free (self->block);
}

/**
 * sp_node_unref:
 * @self: (transfer full): a value
 *
 * Frees it, with all that is in it, when nobody else holds it. May be called from any thread.
 */
void
sp_node_unref (SpNode *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  if (sp_node_is_container (self))
    free_container (self);
  g_free (self);
}

/**
 * sp_node_get_kind:
 * @self: a value
 *
 * Returns: what it is
 */
SpJsonType sp_node_get_kind (const SpNode *self) { return self->kind; }

/**
 * sp_node_is_object:
 * @self: (nullable): a value
 *
 * Returns: whether it is an object
 */
gboolean sp_node_is_object (const SpNode *self) { return self != NULL && self->kind == SP_JSON_OBJECT; }

/**
 * sp_node_is_array:
 * @self: (nullable): a value
 *
 * Returns: whether it is an array
 */
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

/**
 * sp_node_get_boolean:
 * @self: (nullable): a value
 *
 * Returns: whether it is true; %FALSE of false and of anything else
 */
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

/**
 * sp_node_get_length:
 * @self: (nullable): a value
 *
 * Returns: of an array the number of elements, of an object that of members; 0 of anything else
 */
guint
sp_node_get_length (const SpNode *self)
{
  return self != NULL && sp_node_is_container (self) ? self->length : 0;
}

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
  g_return_val_if_fail (sp_node_is_container (self) && index < self->length, NULL);
  return self->children[index];
}

/**
 * sp_node_get_name:
 * @self: an object
 * @index: below its length
 *
 * Returns: (transfer none): the name of the member
 */
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
  sp_node_add_child (self, NULL, element);
}

/**
 * sp_node_remove_index:
 * @self: an array or object
 * @index: below its length; what follows moves up
 */
void
sp_node_remove_index (SpNode *self, guint index)
{
  g_return_if_fail (sp_node_is_container (self) && index < self->length);
  sp_node_unref (self->children[index]);
  memmove (self->children + index, self->children + index + 1, (self->length - index - 1) * sizeof (SpNode *));
  if (self->names != NULL)
    {
      free_unless_in_block (self, self->names[index]);
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
      if (*self->names[i] == *member && strcmp (self->names[i], member) == 0) /* most differ in the first letter */
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

/**
 * sp_node_get_text:
 * @self: (nullable): an object, or anything else
 * @member: a name
 *
 * Returns: (nullable) (transfer none): the text of that member; %NULL if it is no string
 */
const char *sp_node_get_text (const SpNode *self, const char *member) { return sp_node_get_string (sp_node_get (self, member)); }

/**
 * sp_node_get_number:
 * @self: (nullable): an object, or anything else
 * @member: a name
 *
 * Returns: the value of that member; NAN if it is no number
 */
double sp_node_get_number (const SpNode *self, const char *member) { return sp_node_get_double (sp_node_get (self, member)); }

/**
 * sp_node_get_flag:
 * @self: (nullable): an object, or anything else
 * @member: a name
 * @fallback: what counts if that member is neither true nor false
 *
 * Returns: whether it is true
 */
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

  for (guint i = 0; i < array->length; i++) /* first, as an id may look like a number */
    if (g_strcmp0 (sp_node_get_text (array->children[i], "id"), step) == 0)
      return array->children[i];
  if (end != step && *end == '\0' && position >= 1 && position <= array->length)
    return array->children[position - 1];
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
      sp_node_add_child (self, g_strdup (member), value);
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

/**
 * sp_node_remove:
 * @self: an object
 * @member: a name
 *
 * Returns: whether there was such a member
 */
gboolean
sp_node_remove (SpNode *self, const char *member)
{
  int index = find_member (self, member);

  if (index < 0)
    return FALSE;
  sp_node_remove_index (self, (guint) index);
  return TRUE;
}
