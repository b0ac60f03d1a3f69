/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON gate: everything from outside passes here first. It builds nothing but checks everything, and
 * yields the byte range of each value. What it lets through means the same to SQLite, to JSON libraries and
 * to JavaScript, which disagree on each thing it refuses. Grammar: RFC 8259. */
#include "sp-json-private.h"

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
  guint       n_tokens;
  GError    **error;
} Scanner;

static gboolean scan_value (Scanner *s);

static gboolean refuse (Scanner *s, gsize at, const char *format, ...) G_GNUC_PRINTF (3, 4);

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

static inline SpJsonToken *
get_token (Scanner *s, guint index)
{
  return &g_array_index (s->tokens, SpJsonToken, index);
}

/* The array is as long as there is room; what counts is @s->n_tokens, until the end of the scan. */
static guint
open_token (Scanner *s, SpJsonType type, gsize start)
{
  if (s->n_tokens == s->tokens->len)
    g_array_set_size (s->tokens, s->n_tokens * 2);
  *get_token (s, s->n_tokens) = (SpJsonToken){ .type = type, .start = (guint32) start };
  return s->n_tokens++;
}

static void
close_token (Scanner *s, guint index, gsize end)
{
  SpJsonToken *token = get_token (s, index);

  token->end = (guint32) end;
  token->next = s->n_tokens;
}

/* At a `\u`: checks the escape and, for a high surrogate, its partner. */
static gboolean
scan_unicode_escape (Scanner *s, gboolean is_name)
{
  int code = sp_json_read_hex4 (s->bytes + s->at + 2, s->length - s->at - 2);

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
        low = sp_json_read_hex4 (s->bytes + s->at + 8, 4);
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

  while ((s->at = sp_json_skip_plain (s->bytes, s->at, s->length)) < s->length)
    {
      char c = s->bytes[s->at];
      if (c == '"')
        {
          close_token (s, token, s->at++);
          return TRUE;
        }
      if (c != '\\')
        return refuse (s, s->at, "a control character stands in a string");
      get_token (s, token)->escaped = TRUE;
      if (!scan_escape (s, is_name))
        return FALSE;
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
  gsize length = a->end - a->start;

  if (!a->escaped && !b->escaped)
    return length == b->end - b->start && memcmp (s->bytes + a->start, s->bytes + b->start, length) == 0;
  g_autofree char *first = token_text (s, a);
  g_autofree char *second = token_text (s, b);
  return strcmp (first, second) == 0;
}

#define FEW_MEMBERS 24 /* up to here comparing each with each is the faster way */

/* A name as it reads once unescaped. */
typedef struct
{
  const char *text;   /* in the bytes that are scanned, or @copy */
  gsize       length;
  char       *copy;   /* owned, nullable */
  guint       at;
} Name;

static int
compare_names (const void *a, const void *b)
{
  const Name *one = a, *other = b;

  if (one->length != other->length)
    return one->length < other->length ? -1 : 1;
  return memcmp (one->text, other->text, one->length);
}

static void
clear_name (gpointer name)
{
  g_free (((Name *) name)->copy);
}

static Name
make_name (Scanner *s, const SpJsonToken *token)
{
  Name name = { s->bytes + token->start, token->end - token->start, NULL, token->start };

  if (token->escaped)
    {
      name.text = name.copy = token_text (s, token);
      name.length = strlen (name.copy);
    }
  return name;
}

/* By sorting: a table of hashes could be made slow by whoever chooses the names. */
static gboolean
check_many_names (Scanner *s, guint object, guint count)
{
  g_autoptr (GArray) names = g_array_sized_new (FALSE, FALSE, sizeof (Name), count);

  g_array_set_clear_func (names, clear_name);
  for (guint i = object + 1; i < s->n_tokens; i = get_token (s, i + 1)->next)
    {
      const Name name = make_name (s, get_token (s, i));
      g_array_append_val (names, name);
    }
  g_array_sort (names, compare_names);
  for (guint i = 1; i < names->len; i++)
    {
      const Name *one = &g_array_index (names, Name, i - 1), *other = &g_array_index (names, Name, i);
      if (compare_names (one, other) == 0)
        return refuse (s, MAX (one->at, other->at), "an object has two members of one name");
    }
  return TRUE;
}

static gboolean
check_names (Scanner *s, guint object, guint count)
{
  guint names[FEW_MEMBERS];
  guint n = 0;

  if (count > FEW_MEMBERS)
    return check_many_names (s, object, count);
  for (guint i = object + 1; i < s->n_tokens;)
    {
      const SpJsonToken *name = get_token (s, i);
      for (guint k = 0; k < n; k++)
        if (same_name (s, name, get_token (s, names[k])))
          return refuse (s, name->start, "an object has two members of one name");
      names[n++] = i;
      i = get_token (s, i + 1)->next;
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

/* The first byte that is not plain ASCII, rounded down: most texts need no closer look. */
static gsize
skip_ascii (const char *bytes, gsize length)
{
  gsize at = 0;

  for (; at + 8 <= length; at += 8)
    {
      guint64 eight;
      memcpy (&eight, bytes + at, 8);
      if ((eight & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  return at;
}

/* A nul byte passes here; it is refused wherever the grammar meets it. */
static gboolean
is_utf8 (Scanner *s)
{
  gsize at = skip_ascii (s->bytes, s->length);
  const char *bad;

  if (g_utf8_validate_len (s->bytes + at, s->length - at, &bad))
    return TRUE;
  return refuse (s, (gsize) (bad - s->bytes), "the text is not valid UTF-8");
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
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (SpJsonToken));
  Scanner s = { .bytes = bytes, .length = length, .tokens = tokens, .error = error };

  if (length > MIN (max_bytes, G_MAXUINT32))
    {
      refuse (&s, 0, "the text has %" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " allowed", length, max_bytes);
      return NULL;
    }
  g_array_set_size (tokens, (guint) MIN (length / 8 + 4, 256));
  if (!is_utf8 (&s) || !scan_value (&s))
    return NULL;
  skip_space (&s);
  if (s.at < length)
    {
      refuse (&s, s.at, "something follows after the end of the text");
      return NULL;
    }
  g_array_set_size (tokens, s.n_tokens);
  return g_steal_pointer (&tokens);
}

/**
 * sp_json_gate_can_store:
 * @json: a document that is about to be written
 *
 * Asks before the first write what sp_json_gate_scan() would say afterwards: each of two versions may be as large and as
 * deep as any document, but not all that they say together. Any thread.
 *
 * Returns: whether the gate lets it through, with %SP_JSON_MAX_BYTES
 */
gboolean
sp_json_gate_can_store (const char *json)
{
  g_autoptr (GArray) tokens = sp_json_gate_scan (json, strlen (json), SP_JSON_MAX_BYTES, NULL);

  return tokens != NULL;
}
