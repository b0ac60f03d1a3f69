/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings as they read, once the gate has let them through: nothing is checked here any more. */
#include "sp-json-private.h"

#include <string.h>

/* The character of the `\u` escape whose digits begin at @digits, and how many bytes of the text it took. */
static gunichar
unescape_unicode (const char *digits, gsize *used)
{
  gunichar code = (gunichar) sp_json_read_hex4 (digits, 4);

  *used = 4;
  if (code < 0xD800 || code > 0xDBFF)
    return code;
  *used = 10;
  return 0x10000 + ((code - 0xD800) << 10) + ((gunichar) sp_json_read_hex4 (digits + 6, 4) - 0xDC00);
}

/**
 * sp_json_gate_unescape_to:
 * @bytes: the inside of a JSON string that the gate let through
 * @length: its length in bytes
 * @out: room for @length bytes and a nul: an escape is never shorter than what it stands for
 *
 * Writes the string as it reads, UTF-8, with a nul at its end.
 *
 * Returns: the bytes written, without the nul
 */
gsize
sp_json_gate_unescape_to (const char *bytes, gsize length, char *out)
{
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      const char *known;
      gsize used;

      if (bytes[i] != '\\')
        out[n++] = bytes[i];
      else if (bytes[++i] != 'u')
        {
          known = strchr (from, bytes[i]);
          out[n++] = known != NULL ? to[known - from] : bytes[i];
        }
      else
        {
          n += (gsize) g_unichar_to_utf8 (unescape_unicode (bytes + i + 1, &used), out + n);
          i += used;
        }
    }
  out[n] = '\0';
  return n;
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
  char *text = g_malloc (length + 1);

  sp_json_gate_unescape_to (bytes, length, text);
  return text;
}
