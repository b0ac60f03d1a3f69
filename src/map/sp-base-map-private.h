/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-map.h"

#include "sp-error.h"

G_BEGIN_DECLS

/* What a line is, as the file numbers them. Rings first. */
#define SP_MAP_LAND 1
#define SP_MAP_LAKE 2
#define SP_MAP_ISLAND 3
#define SP_MAP_POND 4
#define SP_MAP_RIVER_1 17
#define SP_MAP_RIVER_4 20
#define SP_MAP_BORDER 33

#define SP_MAP_CHUNK 64 /* points */

/* In units of its level, from the north-west corner of the world. */
typedef struct
{
  gint32 x;
  gint32 y;
} SpMapPoint;

typedef struct
{
  gint32 left;
  gint32 top;
  gint32 right;
  gint32 bottom;
} SpMapEdges;

/* A ring or an open line. Its points stand in SpMapLevel.points, the edges of every SP_MAP_CHUNK of them, the last ones
 * perhaps fewer, in SpMapLevel.chunks; those edges hold the point before the chunk and the one after it as well. */
typedef struct
{
  guint8     kind;
  guint32    first_point;
  guint32    n_points;
  guint32    first_chunk;
  SpMapEdges edges;
} SpMapLine;

typedef struct
{
  int        zoom;   /* the greatest it is made for */
  double     units;  /* a world */
  SpMapEdges covers;
  GArray    *points; /* SpMapPoint */
  GArray    *chunks; /* SpMapEdges */
  GArray    *lines;  /* SpMapLine, sorted by kind */
} SpMapLevel;

struct _SpBaseMap
{
  gatomicrefcount ref_count;
  GPtrArray      *levels; /* SpMapLevel, coarsest first */
};

GPtrArray        *sp_base_map_read_levels  (GBytes *bytes, GError **error);
const SpMapLevel *sp_base_map_choose_level (const SpBaseMap *self, const SpMapWindow *window);

static inline gboolean
sp_map_kind_is_ring (guint kind)
{
  return kind <= SP_MAP_POND;
}

G_END_DECLS
