/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpMapStyle:
 * @SP_MAP_STYLE_LIGHT: for a light window
 * @SP_MAP_STYLE_DARK: for a dark window
 * @SP_MAP_STYLE_PRINT: for paper: little ink, and readable when it was printed in grey
 */
typedef enum
{
  SP_MAP_STYLE_LIGHT,
  SP_MAP_STYLE_DARK,
  SP_MAP_STYLE_PRINT,
} SpMapStyle;

G_END_DECLS
