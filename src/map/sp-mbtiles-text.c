/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the metadata of an MBTiles file, and what its pictures begin with. */
#include "sp-mbtiles-private.h"

#include <string.h>

#define MAX_TEXT 300 /* letters */

/* The few entities that credits have. Returns: how many bytes of @at it took, or 0. */
static gsize
decode_entity (const char *at, GString *out)
{
  static const struct { const char *entity; const char *text;
  } entities[] = {
    { "&amp;", "&" },  { "&lt;", "<" },   { "&gt;", ">" },   { "&quot;", "\"" },
    { "&copy;", "©" }, { "&nbsp;", " " }, { "&#169;", "©" }, { "&#39;", "'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (at, entities[i].entity))
      {
        g_string_append (out, entities[i].text);
        return strlen (entities[i].entity);
      }
  return 0;
}

/**
 * sp_mbtiles_strip_tags:
 * @text: from a file, perhaps not UTF-8, perhaps with HTML in it, perhaps endless
 *
 * Returns: (transfer full): a line of plain text of at most 300 letters
 */
char *
sp_mbtiles_strip_tags (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *at = valid; *at != '\0' && out->len < 4 * MAX_TEXT;)
    {
      gsize length = *at == '&' && !in_tag ? decode_entity (at, out) : 0;

      if (length > 0)
        {
          at += length;
          continue;
        }
      if (*at == '<')
        in_tag = TRUE;
      else if (*at == '>' && in_tag)
        in_tag = FALSE;
      else if (!in_tag)
        g_string_append_unichar (out, g_unichar_iscntrl (g_utf8_get_char (at)) ? ' ' : g_utf8_get_char (at));
      at = g_utf8_next_char (at);
    }
  if (g_utf8_strlen (out->str, -1) > MAX_TEXT)
    g_string_truncate (out, (gsize) (g_utf8_offset_to_pointer (out->str, MAX_TEXT) - out->str));
  return g_strdup (g_strstrip (out->str));
}

/**
 * sp_mbtiles_parse_bounds:
 * @text: "west,south,east,north" in degrees
 * @box: (out caller-allocates): the box
 *
 * Returns: whether it was that
 */
gboolean
sp_mbtiles_parse_bounds (const char *text, SpBox *box)
{
  double edges[4];

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      char *end;

      edges[i] = g_ascii_strtod (text, &end);
      if (end == text || *end != (i < 3 ? ',' : '\0'))
        return FALSE;
      text = end + 1;
    }
  *box = (SpBox){ edges[1], edges[0], edges[3], edges[2] };
  return sp_geodesy_is_valid (box->south, box->west) && sp_geodesy_is_valid (box->north, box->east)
         && box->south <= box->north && box->west <= box->east;
}

/**
 * sp_mbtiles_is_picture:
 * @bytes: of a tile
 *
 * Returns: whether it begins as PNG, JPEG or WebP does
 */
gboolean
sp_mbtiles_is_picture (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
         || (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
         || (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0);
}
