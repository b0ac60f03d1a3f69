/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slicing a batch: finds the elements of one array without judging what is inside them, so that the gate can look at
 * each document by itself. */
#include "sp-json-private.h"

typedef struct
{
  const char *bytes;
  gsize       length;
} Text;

static gsize
skip_blank (const Text *t, gsize at)
{
  while (at < t->length && g_ascii_isspace (t->bytes[at]))
    at++;
  return at;
}

static gsize
skip_string (const Text *t, gsize at)
{
  while ((at = sp_json_skip_plain (t->bytes, at + 1, t->length)) < t->length && t->bytes[at] != '"')
    if (t->bytes[at] == '\\')
      at++;
  return at + 1;
}

/* The first byte after the value at @at; brackets are counted, not matched by kind: the gate does that later. */
static gsize
skip_value (const Text *t, gsize at)
{
  gsize depth = 0;

  while (at < t->length)
    {
      char c = t->bytes[at];
      if (c == '"')
        {
          at = skip_string (t, at);
          if (depth == 0)
            return at;
          continue;
        }
      if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']')
        {
          if (depth == 0)
            return at;
          if (--depth == 0)
            return at + 1;
        }
      else if (c == ',' && depth == 0)
        return at;
      at++;
    }
  return at;
}

static gboolean
find_member (const Text *t, const char *member, gsize *at)
{
  gsize i = skip_blank (t, 0);

  if (i >= t->length || t->bytes[i] != '{')
    return FALSE;
  i = skip_blank (t, i + 1);
  while (i < t->length && t->bytes[i] == '"')
    {
      gsize name_end = skip_string (t, i);
      gboolean found = name_end <= t->length && name_end - i - 2 == strlen (member)
                       && memcmp (t->bytes + i + 1, member, strlen (member)) == 0;
      i = skip_blank (t, name_end);
      if (i >= t->length || t->bytes[i] != ':')
        return FALSE;
      i = skip_blank (t, i + 1);
      if (found)
        {
          *at = i;
          return TRUE;
        }
      i = skip_blank (t, skip_value (t, i));
      if (i >= t->length || t->bytes[i] != ',')
        return FALSE;
      i = skip_blank (t, i + 1);
    }
  return FALSE;
}

/**
 * sp_json_gate_find:
 * @bytes: a JSON text of any size
 * @length: its length in bytes
 * @member: a name
 * @range: (out): where the value of that member stands
 *
 * Looks into the outermost object for a member, without judging what is inside: the range must then pass
 * sp_json_gate_scan() by itself. Uses no stack, whatever the nesting.
 *
 * Returns: whether the text is an object with that member
 */
gboolean
sp_json_gate_find (const char *bytes, gsize length, const char *member, SpJsonRange *range)
{
  const Text t = { bytes, length };
  gsize at = 0, end;

  if (!find_member (&t, member, &at) || at >= length)
    return FALSE;
  end = MIN (skip_value (&t, at), length);
  *range = (SpJsonRange){ at, end - at };
  return range->length > 0;
}

/**
 * sp_json_gate_slice:
 * @bytes: a JSON text of any size: an object that holds an array, or an array
 * @length: its length in bytes
 * @member: (nullable): the name of the member that holds the array; %NULL if the text is the array
 * @ranges: (out) (transfer full) (element-type SpJsonRange): where each element stands
 * @error: %SP_ERROR_PARSE if there is no such array or it does not end
 *
 * Finds the elements of a batch without looking into them, so that one bad document does not cost the others.
 * Each range must then pass sp_json_gate_scan() by itself. Uses no stack, whatever the nesting.
 *
 * Returns: whether there was such an array
 */
gboolean
sp_json_gate_slice (const char *bytes, gsize length, const char *member, GArray **ranges, GError **error)
{
  Text t = { bytes, length };
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (SpJsonRange));
  gsize at = 0;

  if ((member != NULL && !find_member (&t, member, &at))
      || (at = skip_blank (&t, at)) >= length || bytes[at] != '[')
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Byte %" G_GSIZE_FORMAT ": a list%s%s%s is expected", at,
                   member != NULL ? " “" : "", member != NULL ? member : "", member != NULL ? "”" : "");
      return FALSE;
    }
  at = skip_blank (&t, at + 1);
  while (at < length && bytes[at] != ']')
    {
      gsize end = MIN (skip_value (&t, at), length);
      SpJsonRange range = { at, end - at };
      while (range.length > 0 && g_ascii_isspace (bytes[at + range.length - 1]))
        range.length--;
      g_array_append_val (found, range);
      at = skip_blank (&t, end);
      if (at >= length || (bytes[at] != ',' && bytes[at] != ']'))
        break;
      if (bytes[at] == ',')
        at = skip_blank (&t, at + 1);
    }
  if (at >= length || bytes[at] != ']')
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Byte %" G_GSIZE_FORMAT ": the list does not end", at);
      return FALSE;
    }
  *ranges = g_steal_pointer (&found);
  return TRUE;
}
