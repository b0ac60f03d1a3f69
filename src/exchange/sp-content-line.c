/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of iCalendar (RFC 5545) and vCard (RFC 6350): a name, a colon, a value; folded where they are long, and with
 * nothing in a text that could begin a line of its own. */
#include "sp-content-line.h"

#include <string.h>

#define MOST_OCTETS 75 /* of one line, without its end */

/* Whether a control character, which neither format knows but for the line end. */
static gboolean
is_control (char c)
{
  return ((guchar) c < 0x20 && c != '\t') || c == 0x7f;
}

/**
 * sp_content_line_escape:
 * @text: UTF-8
 *
 * Returns: (transfer full): the same as a value of type TEXT: line ends, commas, semicolons and backslashes escaped
 */
char *
sp_content_line_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
      g_string_append (out, "\\n");
    else if (strchr (",;\\", *p) != NULL)
      g_string_append_printf (out, "\\%c", *p);
    else if (!is_control (*p))
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/**
 * sp_content_line_append:
 * @out: gets the line
 * @name: of the property, with its parameters
 * @value: as it is to stand there; no control characters
 *
 * Appends a line, folded between characters so that no part of it has more than 75 octets.
 */
void
sp_content_line_append (GString *out, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize used = 0;

  for (const char *p = line; *p != '\0';)
    {
      gsize n = (gsize) (g_utf8_next_char (p) - p);
      if (used + n > MOST_OCTETS)
        {
          g_string_append (out, "\r\n ");
          used = 1;
        }
      g_string_append_len (out, p, (gssize) n);
      used += n;
      p += n;
    }
  g_string_append (out, "\r\n");
}

/**
 * sp_content_line_append_text:
 * @out: gets the line
 * @name: of the property, with its parameters
 * @text: (nullable): UTF-8; without any there is no line
 *
 * Appends a line whose value is a text.
 */
void
sp_content_line_append_text (GString *out, const char *name, const char *text)
{
  g_autofree char *value = text != NULL ? sp_content_line_escape (text) : NULL;

  if (value != NULL && *value != '\0')
    sp_content_line_append (out, name, value);
}

/**
 * sp_content_line_uuid:
 * @id: (nullable): of a document, such as `asset:0b7e…`
 *
 * Returns: (transfer full): what makes a UID of it: letters, digits and hyphens, the same for the same id
 */
char *
sp_content_line_uuid (const char *id)
{
  const char *colon = id != NULL ? strchr (id, ':') : NULL;
  const char *uuid = colon != NULL ? colon + 1 : "";

  return g_uuid_string_is_valid (uuid) ? g_strdup (uuid)
                                       : g_compute_checksum_for_string (G_CHECKSUM_SHA1, id != NULL ? id : "", -1);
}
