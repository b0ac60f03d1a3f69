/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SpMapPosition:
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east, WGS 84
 *
 * Where a postcode is. The precision of a float is half a metre here, which is more than a postcode has.
 */
typedef struct
{
  float latitude;
  float longitude;
} SpMapPosition;

/**
 * SpMapDots:
 *
 * The positions of postcodes, sorted so that a tile finds its part at once, and counted for the zooms at which they
 * are too many to draw one by one. Immutable, so any thread may draw from it.
 */
typedef struct _SpMapDots SpMapDots;

SpMapDots *sp_map_dots_new   (const SpMapPosition *positions, gsize n);
SpMapDots *sp_map_dots_ref   (SpMapDots *self);
void       sp_map_dots_unref (SpMapDots *self);
gsize      sp_map_dots_get_n (const SpMapDots *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpMapDots, sp_map_dots_unref)

G_END_DECLS
