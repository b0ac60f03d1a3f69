/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-pin-look.h"

G_BEGIN_DECLS

#define SP_POINT_WORLD 4294967296.0 /* the side of the map in the units of SpPoint; one is 9 mm at the equator */

/**
 * SpPoint:
 * @doc: the document's local number
 * @x: east of 180° west, on the square map of Web Mercator, as a part of 2³²
 * @y: south of its northern edge, likewise
 * @look: of its pin
 *
 * One entry on the map, in 24 bytes.
 */
typedef struct
{
  gint64    doc;
  guint32   x;
  guint32   y;
  SpPinLook look;
} SpPoint;

void    sp_point_place  (SpPoint *self, double latitude, double longitude);
void    sp_point_locate (const SpPoint *self, double *latitude, double *longitude);
guint64 sp_point_order  (guint32 x, guint32 y);
void    sp_point_sort   (const guint64 *keys, guint n, guint32 *order);

G_END_DECLS
