/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON gate: everything from outside passes here first. It builds nothing but checks everything, and
 * yields the byte range of each value. What it lets through means the same to SQLite, to JSON libraries and
 * to JavaScript, which disagree on each thing it refuses. Grammar: RFC 8259. */
#include "sp-json-gate.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

typedef struct
{
  const char *bytes;
  gsize       length;
  gsize       at;
  guint       depth;
  GArray     *tokens; /* of SpJsonToken */
  GError    **error;
} Scanner;

static gboolean scan_value (Scanner *s);

static gboolean
refuse (Scanner *s, gsize at, const char *format, ...)
{
  va_list args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (s->error, SP_ERROR, SP_ERROR_PARSE, "Byte %" G_GSIZE_FORMAT ": %s", at, what);
  return FALSE;
}

static void
skip_space (Scanner *s)
{
  while (s->at < s->length && (s->bytes[s->at] == ' ' || s->bytes[s->at] == '\n' || s->bytes[s->at] == '\r' || s->bytes[s->at] == '\t'))
    s->at++;
}

static guint
open_token (Scanner *s, SpJsonType type, gsize start)
{
  SpJsonToken token = { .type = type, .start = (guint32) start };

  g_array_append_val (s->tokens, token);
  return s->tokens->len - 1;
}

static void
close_token (Scanner *s, guint index, gsize end)
{
  SpJsonToken *token = &g_array_index (s->tokens, SpJsonToken, index);

  token->end = (guint32) end;
  token->next = s->tokens->len;
}

/* Four hexadecimal digits at @p, or -1. */
static int
read_hex4 (const char *p, gsize left)
{
  int value = 0;

  if (left < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (p[i]);
    }
  return value;
}

/* At a `\u`: checks the escape and, for a high surrogate, its partner. */
static gboolean
scan_unicode_escape (Scanner *s, gboolean is_name)
{
  int code = read_hex4 (s->bytes + s->at + 2, s->length - s->at - 2);

  if (code < 0)
    return refuse (s, s->at, "“\\u” must be followed by four hexadecimal digits");
  if (code == 0)
    return refuse (s, s->at, "“\\u0000” is not allowed");
  if (is_name && code < 128 && (g_ascii_isalpha (code) || code == '_'))
    return refuse (s, s->at, "a letter of a member name is written as an escape");
  if (code >= 0xDC00 && code <= 0xDFFF)
    return refuse (s, s->at, "half of a surrogate pair stands alone");
  if (code >= 0xD800 && code <= 0xDBFF)
    {
      int low = -1;
      if (s->length - s->at >= 12 && s->bytes[s->at + 6] == '\\' && s->bytes[s->at + 7] == 'u')
        low = read_hex4 (s->bytes + s->at + 8, 4);
      if (low < 0xDC00 || low > 0xDFFF)
        return refuse (s, s->at, "half of a surrogate pair stands alone");
      s->at += 6;
    }
  s->at += 6;
  return TRUE;
}

static gboolean
scan_escape (Scanner *s, gboolean is_name)
{
  char c = s->at + 1 < s->length ? s->bytes[s->at + 1] : '\0';

  if (c == 'u')
    return scan_unicode_escape (s, is_name);
  if (c == '\0' || strchr ("\"\\/bfnrt", c) == NULL)
    return refuse (s, s->at, "unknown escape in a string");
  s->at += 2;
  return TRUE;
}

/* UTF-8 was checked for the whole text before. */
static gboolean
scan_string (Scanner *s, gboolean is_name)
{
  gsize open = s->at;
  guint token = open_token (s, SP_JSON_STRING, ++s->at);

  while (s->at < s->length)
    {
      unsigned char c = (unsigned char) s->bytes[s->at];
      if (c == '"')
        {
          close_token (s, token, s->at++);
          return TRUE;
        }
      if (c < 0x20)
        return refuse (s, s->at, "a control character stands in a string");
      if (c == '\\')
        {
          g_array_index (s->tokens, SpJsonToken, token).escaped = TRUE;
          if (!scan_escape (s, is_name))
            return FALSE;
        }
      else
        s->at++;
    }
  return refuse (s, open, "a string does not end");
}

static gsize
count_digits (Scanner *s)
{
  gsize from = s->at;

  while (s->at < s->length && g_ascii_isdigit (s->bytes[s->at]))
    s->at++;
  return s->at - from;
}

static gboolean
is_finite_number (const char *start, gsize length)
{
  g_autofree char *copy = g_strndup (start, length);

  return isfinite (g_ascii_strtod (copy, NULL));
}

static gboolean
scan_number (Scanner *s)
{
  gsize start = s->at;
  guint token = open_token (s, SP_JSON_NUMBER, start);
  gboolean has_exponent = FALSE;

  if (s->bytes[s->at] == '-')
    s->at++;
  if (s->at < s->length && s->bytes[s->at] == '0')
    s->at++;
  else if (count_digits (s) == 0)
    return refuse (s, start, "a value is expected");
  if (s->at < s->length && s->bytes[s->at] == '.')
    {
      s->at++;
      if (count_digits (s) == 0)
        return refuse (s, start, "a number ends after its decimal point");
    }
  if (s->at < s->length && (s->bytes[s->at] == 'e' || s->bytes[s->at] == 'E'))
    {
      has_exponent = TRUE;
      s->at++;
      if (s->at < s->length && (s->bytes[s->at] == '+' || s->bytes[s->at] == '-'))
        s->at++;
      if (count_digits (s) == 0)
        return refuse (s, start, "a number ends after its exponent sign");
    }
  if (s->at < s->length && (g_ascii_isalnum (s->bytes[s->at]) || s->bytes[s->at] == '.'))
    return refuse (s, start, "a number is not written as JSON writes numbers");
  if ((has_exponent || s->at - start > 300) && !is_finite_number (s->bytes + start, s->at - start))
    return refuse (s, start, "a number is too large");
  close_token (s, token, s->at);
  return TRUE;
}

static gboolean
scan_word (Scanner *s, const char *word, SpJsonType type)
{
  gsize n = strlen (word);
  guint token = open_token (s, type, s->at);

  if (s->length - s->at < n || memcmp (s->bytes + s->at, word, n) != 0)
    return refuse (s, s->at, "a value is expected");
  s->at += n;
  close_token (s, token, s->at);
  return TRUE;
}

static char *
token_text (Scanner *s, const SpJsonToken *token)
{
  return sp_json_gate_unescape (s->bytes + token->start, token->end - token->start);
}

/* Compares two member names as they read once unescaped. */
static gboolean
same_name (Scanner *s, const SpJsonToken *a, const SpJsonToken *b)
{
  if (!a->escaped && !b->escaped)
    return a->end - a->start == b->end - b->start
           && memcmp (s->bytes + a->start, s->bytes + b->start, a->end - a->start) == 0;
  g_autofree char *first = token_text (s, a);
  g_autofree char *second = token_text (s, b);
  return strcmp (first, second) == 0;
}

#define FEW_MEMBERS 24 /* up to here comparing each with each is the faster way */

static gboolean
check_names_by_hash (Scanner *s, guint object)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = object + 1; i < s->tokens->len;)
    {
      const SpJsonToken *name = &g_array_index (s->tokens, SpJsonToken, i);
      if (!g_hash_table_add (seen, token_text (s, name)))
        return refuse (s, name->start, "an object has two members of one name");
      i = g_array_index (s->tokens, SpJsonToken, i + 1).next;
    }
  return TRUE;
}

static gboolean
check_names (Scanner *s, guint object, guint count)
{
  guint names[FEW_MEMBERS];
  guint n = 0;

  if (count > FEW_MEMBERS)
    return check_names_by_hash (s, object);
  for (guint i = object + 1; i < s->tokens->len;)
    {
      const SpJsonToken *name = &g_array_index (s->tokens, SpJsonToken, i);
      for (guint k = 0; k < n; k++)
        if (same_name (s, name, &g_array_index (s->tokens, SpJsonToken, names[k])))
          return refuse (s, name->start, "an object has two members of one name");
      names[n++] = i;
      i = g_array_index (s->tokens, SpJsonToken, i + 1).next;
    }
  return TRUE;
}

static gboolean
scan_member (Scanner *s)
{
  skip_space (s);
  if (s->at >= s->length || s->bytes[s->at] != '"')
    return refuse (s, s->at, "a member name in double quotes is expected");
  if (!scan_string (s, TRUE))
    return FALSE;
  skip_space (s);
  if (s->at >= s->length || s->bytes[s->at] != ':')
    return refuse (s, s->at, "a colon is expected after a member name");
  s->at++;
  return scan_value (s);
}

/* Object or array: both are items between brackets with commas. */
static gboolean
scan_container (Scanner *s, SpJsonType type, char end)
{
  gsize open = s->at;
  guint token = open_token (s, type, s->at++);
  guint count = 0;

  if (++s->depth > SP_JSON_MAX_DEPTH)
    return refuse (s, open, "the nesting is deeper than %d", SP_JSON_MAX_DEPTH);
  skip_space (s);
  if (s->at < s->length && s->bytes[s->at] == end)
    goto done;
  for (;;)
    {
      count++;
      if (!(type == SP_JSON_OBJECT ? scan_member (s) : scan_value (s)))
        return FALSE;
      skip_space (s);
      if (s->at >= s->length)
        return refuse (s, open, type == SP_JSON_OBJECT ? "an object does not end" : "an array does not end");
      if (s->bytes[s->at] == end)
        break;
      if (s->bytes[s->at] != ',')
        return refuse (s, s->at, "a comma or “%c” is expected", end);
      s->at++;
    }
  if (type == SP_JSON_OBJECT && count > 1 && !check_names (s, token, count))
    return FALSE;
done:
  s->at++;
  s->depth--;
  close_token (s, token, s->at);
  return TRUE;
}

static gboolean
scan_value (Scanner *s)
{
  skip_space (s);
  if (s->at >= s->length)
    return refuse (s, s->at, "the text ends where a value is expected");
  switch (s->bytes[s->at])
    {
    case '{': return scan_container (s, SP_JSON_OBJECT, '}');
    case '[': return scan_container (s, SP_JSON_ARRAY, ']');
    case '"': return scan_string (s, FALSE);
    case 't': return scan_word (s, "true", SP_JSON_TRUE);
    case 'f': return scan_word (s, "false", SP_JSON_FALSE);
    case 'n': return scan_word (s, "null", SP_JSON_NULL);
    default: return scan_number (s);
    }
}

/**
 * sp_json_gate_scan:
 * @bytes: a JSON text, not necessarily ended by a nul
 * @length: its length in bytes
 * @max_bytes: how long it may be, usually %SP_JSON_MAX_BYTES
 * @error: where to say what was refused and at which byte (%SP_ERROR_PARSE)
 *
 * Checks one JSON text: valid UTF-8, no lone surrogate, no `\u0000`, numbers finite in a double, nesting of at most
 * %SP_JSON_MAX_DEPTH, no two members of one name after unescaping, and no ASCII letter or underscore of a
 * member name written as an escape. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type SpJsonToken): the tokens, or %NULL
 */
GArray *
sp_json_gate_scan (const char *bytes, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (GArray) tokens = g_array_sized_new (FALSE, FALSE, sizeof (SpJsonToken), 64);
  Scanner s = { .bytes = bytes, .length = length, .tokens = tokens, .error = error };
  const char *bad;

  if (length > MIN (max_bytes, G_MAXUINT32))
    {
      refuse (&s, 0, "the text has %" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " allowed", length, max_bytes);
      return NULL;
    }
  if (!g_utf8_validate_len (bytes, length, &bad))
    {
      refuse (&s, bad - bytes, "the text is not valid UTF-8");
      return NULL;
    }
  if (!scan_value (&s))
    return NULL;
  skip_space (&s);
  if (s.at < length)
    {
      refuse (&s, s.at, "something follows after the end of the text");
      return NULL;
    }
  return g_steal_pointer (&tokens);
}

/**
 * sp_json_gate_unescape:
 * @bytes: the inside of a JSON string that the gate let through
 * @length: its length in bytes
 *
 * Returns: (transfer full): the string as it reads, UTF-8
 */
char *
sp_json_gate_unescape (const char *bytes, gsize length)
{
  char *text = g_malloc (length + 1); /* an escape is never shorter than what it stands for */
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
      gunichar code;
      const char *known;

      if (bytes[i] != '\\')
        {
          text[n++] = bytes[i];
          continue;
        }
      i++;
      if (bytes[i] != 'u')
        {
          known = strchr (from, bytes[i]);
          text[n++] = known != NULL ? to[known - from] : bytes[i];
          continue;
        }
      code = (gunichar) read_hex4 (bytes + i + 1, 4);
      i += 4;
      if (code >= 0xD800 && code <= 0xDBFF)
        {
          code = 0x10000 + ((code - 0xD800) << 10) + ((gunichar) read_hex4 (bytes + i + 3, 4) - 0xDC00);
          i += 6;
        }
      n += (gsize) g_unichar_to_utf8 (code, text + n);
    }
  text[n] = '\0';
  return text;
}

/* --- slicing a batch: finds the elements of one array without judging what is inside them --- */

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
  for (at++; at < t->length && t->bytes[at] != '"'; at++)
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
