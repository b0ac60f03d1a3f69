/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-dots.h"
#include "sp-map-palette.h"
#include "sp-map-window.h"

G_BEGIN_DECLS

#define SP_MAP_DOTS_BUCKET_BITS 12 /* 2^12 buckets a world, each way */
#define SP_MAP_DOTS_PLACE_BITS 12  /* 2^12 places a bucket: 2.4 m at the equator */
#define SP_MAP_DOTS_CELL_BITS 15   /* 2^15 counted cells a world */

/* The dots of a square: dots from @first on, to where those of the next bucket begin. */
typedef struct
{
  guint32 key;   /* row << SP_MAP_DOTS_BUCKET_BITS | column */
  guint32 first;
} SpMapBucket;

typedef struct
{
  guint32 key;   /* row << SP_MAP_DOTS_CELL_BITS | column */
  guint32 count;
} SpMapCell;

struct _SpMapDots
{
  gatomicrefcount ref_count;
  guint32         n;
  guint32        *places;    /* row << SP_MAP_DOTS_PLACE_BITS | column within the bucket; sorted within it */
  GArray         *buckets;   /* SpMapBucket, sorted by key; one more at the end, with @n */
  GArray         *cells;     /* SpMapCell, sorted by key */
};

void sp_map_dots_draw_towns (const SpMapDots *self, cairo_t *cr, const SpMapWindow *window,
                             const SpMapPalette *palette);
void sp_map_dots_draw_dots  (const SpMapDots *self, cairo_t *cr, const SpMapWindow *window, const SpMapPalette *palette);

G_END_DECLS
