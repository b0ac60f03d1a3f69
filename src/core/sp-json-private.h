/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gate, the slicing and the reading of strings share. */
#pragma once

#include "sp-json-gate.h"

#include <string.h>

G_BEGIN_DECLS

static inline gboolean
sp_json_is_plain (char c)
{
  return (unsigned char) c >= 0x20 && c != '"' && c != '\\';
}

/* A bit in each byte of @word that is zero; perhaps also in a byte above one that is. */
static inline guint64
sp_json_find_zero (guint64 word)
{
  return (word - G_GUINT64_CONSTANT (0x0101010101010101)) & ~word & G_GUINT64_CONSTANT (0x8080808080808080);
}

/* The first byte from @at that ends a string, begins an escape or is a control character; @length if there is none. Eight at
 * a time, as strings are most of a document: read as a little-endian number, whose lowest bit that is set is the first byte's. */
static inline gsize
sp_json_skip_plain (const char *bytes, gsize at, gsize length)
{
  for (; at + 8 <= length; at += 8)
    {
      guint64 eight, ends;

      memcpy (&eight, bytes + at, 8);
      eight = GUINT64_FROM_LE (eight);
      ends = sp_json_find_zero (eight ^ G_GUINT64_CONSTANT (0x2222222222222222)) | sp_json_find_zero (eight ^ G_GUINT64_CONSTANT (0x5c5c5c5c5c5c5c5c))
             | sp_json_find_zero (eight & G_GUINT64_CONSTANT (0xe0e0e0e0e0e0e0e0));
      if (ends != 0)
        return at + (gsize) __builtin_ctzll (ends) / 8;
    }
  while (at < length && sp_json_is_plain (bytes[at]))
    at++;
  return at;
}

/* Four hexadecimal digits at @p, or -1. */
static inline int
sp_json_read_hex4 (const char *p, gsize left)
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

G_END_DECLS
