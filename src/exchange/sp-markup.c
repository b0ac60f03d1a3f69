/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for XML and HTML: nothing in it can become markup, neither between tags nor in a quoted attribute, and no
 * character stays that XML has no place for. */
#include "sp-markup.h"

#include <string.h>

/* XML 1.0, production 2: of the controls only tab and the line ends; neither surrogates nor U+FFFE and U+FFFF. */
static gboolean
is_allowed (gunichar c)
{
  return c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff);
}

static void
append_char (GString *out, const char *p)
{
  static const struct { char c; const char *entity; } entities[] = {
    { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (*p == entities[i].c)
      {
        g_string_append (out, entities[i].entity);
        return;
      }
  if (is_allowed (g_utf8_get_char (p)))
    g_string_append_len (out, p, g_utf8_next_char (p) - p);
}

/**
 * sp_markup_append:
 * @out: gets the text
 * @text: (nullable): UTF-8
 *
 * Appends a text so that it reads as itself.
 */
void
sp_markup_append (GString *out, const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    append_char (out, p);
}

/**
 * sp_markup_append_lines:
 * @out: gets the text
 * @text: UTF-8
 *
 * Appends a text for HTML, in which a line end becomes `<br>`.
 */
void
sp_markup_append_lines (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '\n')
      g_string_append (out, "<br>\n");
    else
      append_char (out, p);
}

/**
 * sp_markup_append_element:
 * @out: gets the element
 * @name: of the element
 * @text: (nullable): what stands in it; without one there is no element
 *
 * Appends `<name>text</name>`.
 */
void
sp_markup_append_element (GString *out, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (out, "<%s>", name);
  sp_markup_append (out, text);
  g_string_append_printf (out, "</%s>", name);
}
