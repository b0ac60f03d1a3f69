/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON text made of what the gate let through, without a value in between: a text as a string, a document without its
 * whitespace, and the canonical form that revision ids and merges compare. */
#include "sp-json-print.h"

#include "sp-json-private.h"
#include "sp-number.h"

#include <stdlib.h>
#include <string.h>

#define FEW_MEMBERS 32 /* for up to so many nothing is allocated */

/* What g_string_append_len() does; mostly there is room, and documents are made of very many small pieces. */
static inline void
put (GString *out, const char *bytes, gsize length)
{
  if (out->allocated_len - out->len <= length)
    {
      g_string_append_len (out, bytes, (gssize) length);
      return;
    }
  memcpy (out->str + out->len, bytes, length);
  out->len += length;
  out->str[out->len] = '\0';
}

static void
put_escaped (GString *out, char c)
{
  static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
  const char *known = strchr (from, c);

  if (known != NULL)
    put (out, (char[]){ '\\', to[known - from] }, 2);
  else
    g_string_append_printf (out, "\\u%04x", (unsigned char) c);
}

/**
 * sp_json_append_text:
 * @out: where it goes
 * @text: valid UTF-8
 *
 * Appends @text as a JSON string, with only those escapes that JSON asks for, and the short ones where there are any.
 */
void
sp_json_append_text (GString *out, const char *text)
{
  const gsize length = strlen (text);

  put (out, "\"", 1);
  for (gsize at = 0; at < length; at++)
    {
      const gsize plain = sp_json_skip_plain (text, at, length) - at;

      put (out, text + at, plain);
      at += plain;
      if (at < length)
        put_escaped (out, text[at]);
    }
  put (out, "\"", 1);
}

/**
 * sp_json_is_compact:
 * @tokens: (element-type SpJsonToken): what the gate found in a text
 *
 * Counts, and looks at no text: each value but the first has a comma or a colon behind it, unless it is the last of those
 * that stand around it.
 *
 * Returns: whether the text has no whitespace between its tokens
 */
gboolean
sp_json_is_compact (GArray *tokens)
{
  const SpJsonToken *all = (const SpJsonToken *) (gpointer) tokens->data;
  gsize length = tokens->len - 1;

  for (guint i = 0; i < tokens->len; i++)
    if (all[i].type == SP_JSON_OBJECT || all[i].type == SP_JSON_ARRAY)
      length += all[i].next > i + 1 ? 1 : 2; /* its brackets, less what is not behind its last value */
    else
      length += all[i].end - all[i].start + (all[i].type == SP_JSON_STRING ? 2 : 0);
  return length == all[0].end - all[0].start + (all[0].type == SP_JSON_STRING ? 2 : 0);
}

/**
 * sp_json_append_minified:
 * @out: where the text goes
 * @bytes: a JSON text that the gate let through, or a part of it
 * @length: its length in bytes
 *
 * Appends @bytes without the whitespace between its tokens, all else byte by byte.
 */
void
sp_json_append_minified (GString *out, const char *bytes, gsize length)
{
  gsize from = 0;

  for (gsize i = 0; i < length; i++)
    {
      const char c = bytes[i];

      if (c == '"')
        while ((i = sp_json_skip_plain (bytes, i + 1, length)) < length && bytes[i] == '\\')
          i++; /* the byte after a backslash never ends a string */
      else if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        {
          put (out, bytes + from, i - from);
          from = i + 1;
        }
    }
  put (out, bytes + from, length - from);
}

/* ── The canonical form ── */

/* A member of an object. */
typedef struct
{
  const char *name; /* as it reads once unescaped; in the text, or @copy */
  gsize       length;
  char       *copy;  /* owned, nullable */
  guint       value; /* its token */
} Member;

/* A text that went through the gate. */
typedef struct
{
  const char        *bytes;
  const SpJsonToken *tokens;
} Text;

static void put_value (GString *out, const Text *text, guint index);

/* Most names differ in their first byte. */
static int
compare_members (const void *a, const void *b)
{
  const Member *one = a, *other = b;
  const gsize shorter = MIN (one->length, other->length);
  int order = shorter > 0 ? (unsigned char) one->name[0] - (unsigned char) other->name[0] : 0;

  if (order == 0)
    order = memcmp (one->name, other->name, shorter);
  return order != 0 ? order : (one->length > other->length) - (one->length < other->length);
}

static Member
make_member (const Text *text, guint name)
{
  const SpJsonToken *token = &text->tokens[name];
  Member member = { text->bytes + token->start, token->end - token->start, NULL, name + 1 };

  if (token->escaped)
    {
      member.name = member.copy = sp_json_gate_unescape (member.name, member.length);
      member.length = strlen (member.copy);
    }
  return member;
}

static guint
count_members (const Text *text, guint object)
{
  guint n = 0;

  for (guint i = object + 1; i < text->tokens[object].next; i = text->tokens[i + 1].next)
    n++;
  return n;
}

/* Sorts as qsort() does, which takes longer for the few members that most objects have. */
static void
sort_few (Member *members, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      const Member member = members[i];
      guint at = i;

      for (; at > 0 && compare_members (&members[at - 1], &member) > 0; at--)
        members[at] = members[at - 1];
      members[at] = member;
    }
}

/* The members in the order of their names. */
static guint
list_members (const Text *text, guint object, gboolean top, Member *members)
{
  guint n = 0;

  for (guint i = object + 1; i < text->tokens[object].next; i = text->tokens[i + 1].next)
    {
      if (top && text->bytes[text->tokens[i].start] == '_') /* which is never written as an escape */
        continue;
      members[n++] = make_member (text, i);
    }
  if (n <= FEW_MEMBERS)
    sort_few (members, n);
  else
    qsort (members, n, sizeof (Member), compare_members);
  return n;
}

static void
put_name (GString *out, const Member *member)
{
  if (member->copy != NULL)
    sp_json_append_text (out, member->copy);
  else
    put (out, member->name - 1, member->length + 2); /* with its quotes */
  put (out, ":", 1);
}

static void
put_object (GString *out, const Text *text, guint index, gboolean top)
{
  Member few[FEW_MEMBERS];
  const guint count = count_members (text, index);
  Member *members = count > FEW_MEMBERS ? g_new (Member, count) : few;
  const guint n = list_members (text, index, top, members);

  put (out, "{", 1);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        put (out, ",", 1);
      put_name (out, &members[i]);
      put_value (out, text, members[i].value);
      g_free (members[i].copy);
    }
  put (out, "}", 1);
  if (members != few)
    g_free (members);
}

static void
put_array (GString *out, const Text *text, guint index)
{
  put (out, "[", 1);
  for (guint i = index + 1; i < text->tokens[index].next; i = text->tokens[i].next)
    {
      if (i > index + 1)
        put (out, ",", 1);
      put_value (out, text, i);
    }
  put (out, "]", 1);
}

static void
put_string (GString *out, const char *bytes, const SpJsonToken *token)
{
  g_autofree char *copy = NULL;

  if (!token->escaped)
    {
      put (out, bytes + token->start - 1, token->end - token->start + 2);
      return;
    }
  copy = sp_json_gate_unescape (bytes + token->start, token->end - token->start);
  sp_json_append_text (out, copy);
}

static void
put_number (GString *out, const char *bytes, const SpJsonToken *token)
{
  const gsize length = token->end - token->start;
  char few[32];
  char *lexeme = length < sizeof few ? few : g_malloc (length + 1);

  memcpy (lexeme, bytes + token->start, length);
  lexeme[length] = '\0';
  sp_number_append_canonical (out, lexeme);
  if (lexeme != few)
    g_free (lexeme);
}

static void
put_value (GString *out, const Text *text, guint index)
{
  const SpJsonToken *token = &text->tokens[index];

  switch (token->type)
    {
    case SP_JSON_OBJECT:
      put_object (out, text, index, FALSE);
      break;
    case SP_JSON_ARRAY:
      put_array (out, text, index);
      break;
    case SP_JSON_STRING:
      put_string (out, text->bytes, token);
      break;
    case SP_JSON_NUMBER:
      put_number (out, text->bytes, token);
      break;
    case SP_JSON_TRUE:
    case SP_JSON_FALSE:
    case SP_JSON_NULL:
    default:
      put (out, text->bytes + token->start, token->end - token->start);
      break;
    }
}

/**
 * sp_json_append_canonical:
 * @out: where the text goes
 * @bytes: a text that went through the gate
 * @tokens: (element-type SpJsonToken): what the gate found in it
 * @index: the token of a value; 0 for the whole text
 * @top: whether that is a document, whose members that begin with `_` are left out
 *
 * Appends what sp_node_append_canonical() makes of the same value, and makes none.
 */
void
sp_json_append_canonical (GString *out, const char *bytes, GArray *tokens, guint index, gboolean top)
{
  const Text text = { bytes, (const SpJsonToken *) (gpointer) tokens->data };

  if (text.tokens[index].type == SP_JSON_OBJECT)
    put_object (out, &text, index, top);
  else
    put_value (out, &text, index);
}
