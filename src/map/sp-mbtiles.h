/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-error.h"
#include "sp-geodesy.h"

G_BEGIN_DECLS

/**
 * SpMbtilesPart:
 * @x: left edge
 * @y: upper edge
 * @size: width and height
 *
 * A square of a tile: the whole of it is 0, 0 and 1.
 */
typedef struct
{
  double x;
  double y;
  double size;
} SpMbtilesPart;

/**
 * SpMbtilesPiece:
 * @bytes: a picture, as the file holds it: PNG, JPEG or WebP
 * @from: the part of that picture to take
 * @to: the part of the asked tile to paint it on
 *
 * What a tile is painted from. A tile of the file is one piece, from all of it to all of it; below the file's greatest
 * zoom a part of the nearest ancestor; above its least zoom its descendants, side by side.
 */
typedef struct
{
  GBytes       *bytes;
  SpMbtilesPart from;
  SpMbtilesPart to;
} SpMbtilesPiece;

/**
 * SpMbtiles:
 *
 * A file of raster tiles, MBTiles 1.3. It is only read. Any thread may ask; one is served at a time.
 */
typedef struct _SpMbtiles SpMbtiles;

SpMbtiles  *sp_mbtiles_open            (const char *path, GError **error);
SpMbtiles  *sp_mbtiles_ref             (SpMbtiles *self);
void        sp_mbtiles_unref           (SpMbtiles *self);
const char *sp_mbtiles_get_name        (const SpMbtiles *self);
const char *sp_mbtiles_get_attribution (const SpMbtiles *self);
int         sp_mbtiles_get_min_zoom    (const SpMbtiles *self);
int         sp_mbtiles_get_max_zoom    (const SpMbtiles *self);
void        sp_mbtiles_get_box         (const SpMbtiles *self, SpBox *box);
GPtrArray  *sp_mbtiles_read            (SpMbtiles *self, int zoom, guint x, guint y, GError **error);
void        sp_mbtiles_piece_free      (SpMbtilesPiece *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SpMbtiles, sp_mbtiles_unref)

G_END_DECLS
