/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document that was refused calls itself. A batch that travels must go on without it, and for that its sender has to
 * hear which one it was: here its id and its revision are looked for in bytes that no gate has let through. */
#include "sp-wire-name.h"

#include "sp-body.h"

#include <string.h>

/* A string as it reads; one that the gate refuses is given back as it is written, as far as that is UTF-8: it is for names
 * only. %NULL if it is none. */
static char *
read_text (const char *bytes, gsize length)
{
  g_autoptr (GArray) tokens = NULL;

  if (length < 2 || bytes[0] != '"' || bytes[length - 1] != '"')
    return NULL;
  tokens = sp_json_gate_scan (bytes, length, length, NULL);
  return tokens != NULL ? sp_json_gate_unescape (bytes + 1, length - 2) : g_utf8_make_valid (bytes + 1, (gssize) length - 2);
}

static char *
find_text (const char *json, gsize length, const char *member)
{
  SpJsonRange range;

  return sp_json_gate_find (json, length, member, &range) ? read_text (json + range.start, range.length) : NULL;
}

/* The first of the list that stands in @list, which begins with its bracket. */
static char *
read_first (const char *list, gsize length)
{
  gsize at = 1;
  const char *end;

  while (at < length && g_ascii_isspace (list[at]))
    at++;
  if (at >= length || list[0] != '[' || list[at] != '"')
    return NULL;
  end = memchr (list + at + 1, '"', length - at - 1);
  return end != NULL ? read_text (list + at, (gsize) (end - list) - at + 1) : NULL;
}

/* `_revisions` where there is no `_rev`. */
static char *
find_path (const char *json, gsize length)
{
  SpJsonRange path, start, ids;
  g_autofree char *number = NULL;
  g_autofree char *hash = NULL;

  if (!sp_json_gate_find (json, length, "_revisions", &path) || !sp_json_gate_find (json + path.start, path.length, "start", &start)
      || !sp_json_gate_find (json + path.start, path.length, "ids", &ids))
    return NULL;
  number = g_strndup (json + path.start + start.start, start.length);
  hash = read_first (json + path.start + ids.start, ids.length);
  return hash != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT "-%s", g_ascii_strtoll (number, NULL, 10), hash) : NULL;
}

static gboolean
is_empty_object (const char *bytes, gsize length)
{
  gsize at = 1;

  while (at < length && g_ascii_isspace (bytes[at]))
    at++;
  return at < length && bytes[0] == '{' && bytes[at] == '}';
}

/* Attachments are why most that are too large are so: then that is what its writer must hear. */
static void
explain_attachments (const char *json, gsize length, GError **error)
{
  GError *found = NULL;
  SpJsonRange range;

  if (!sp_json_gate_find (json, length, "_attachments", &range)
      || sp_body_check_member ("_attachments", is_empty_object (json + range.start, range.length), &found))
    return;
  g_clear_error (error);
  g_propagate_error (error, found);
}

/**
 * sp_wire_name_refused:
 * @json: a document of any size and with any fault
 * @length: its length in bytes
 * @head: what was read of it before it was refused
 * @error: (inout): why it was refused; becomes %SP_ERROR_DENIED if it has attachments
 *
 * Finds the `_id`, and the `_rev` or else the newest of `_revisions`, that were not read; they are for naming the document
 * to its sender and nothing else. Uses no stack, whatever the nesting. Any thread.
 */
void
sp_wire_name_refused (const char *json, gsize length, SpWireHead *head, GError **error)
{
  if (head->id == NULL)
    head->id = find_text (json, length, "_id");
  if (head->revisions == NULL)
    {
      g_autofree char *rev = find_text (json, length, "_rev");

      if (rev == NULL)
        rev = find_path (json, length);
      if (rev != NULL)
        head->revisions = g_strdupv ((char *[]){ rev, NULL });
    }
  explain_attachments (json, length, error);
}
