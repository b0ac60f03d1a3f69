/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gate and the reading of its strings share. */
#pragma once

#include "sp-json-gate.h"

G_BEGIN_DECLS

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
