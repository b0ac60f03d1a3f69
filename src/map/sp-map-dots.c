/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The positions of postcodes in memory: four bytes each, in buckets, and for small scales how many lie in each cell. */
#include "sp-map-dots-private.h"

#include <math.h>
#include <stdlib.h>

#define ALL_BITS (SP_MAP_DOTS_BUCKET_BITS + SP_MAP_DOTS_PLACE_BITS)
#define CELL_SHIFT (ALL_BITS - SP_MAP_DOTS_CELL_BITS)
#define MASK ((1u << SP_MAP_DOTS_PLACE_BITS) - 1)

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* Bucket row, bucket column, row and column in the bucket, from the highest bits on. */
static guint64
make_key (const SpMapPosition *position)
{
  double x, y;
  guint64 column, row;

  sp_geodesy_to_tile (position->latitude, position->longitude, ALL_BITS, &x, &y);
  column = (guint64) CLAMP (x, 0, (1 << ALL_BITS) - 1);
  row = (guint64) CLAMP (y, 0, (1 << ALL_BITS) - 1);
  return row >> SP_MAP_DOTS_PLACE_BITS << (ALL_BITS + SP_MAP_DOTS_PLACE_BITS)
         | column >> SP_MAP_DOTS_PLACE_BITS << ALL_BITS | (row & MASK) << SP_MAP_DOTS_PLACE_BITS | (column & MASK);
}

static guint64 *
sorted_keys (const SpMapPosition *positions, gsize n, guint32 *n_keys)
{
  guint64 *keys = g_new (guint64, n);

  *n_keys = 0;
  for (gsize i = 0; i < n; i++)
    if (sp_geodesy_is_valid ((double) positions[i].latitude, (double) positions[i].longitude))
      keys[(*n_keys)++] = make_key (&positions[i]);
  if (*n_keys > 0)
    qsort (keys, *n_keys, sizeof (guint64), compare_keys);
  return keys;
}

static void
fill_buckets (SpMapDots *self, const guint64 *keys)
{
  SpMapBucket bucket = { G_MAXUINT32, 0 };

  for (guint32 i = 0; i < self->n; i++)
    {
      guint32 key = (guint32) (keys[i] >> ALL_BITS);

      self->places[i] = (guint32) (keys[i] & ((1u << ALL_BITS) - 1));
      if (key == bucket.key)
        continue;
      bucket = (SpMapBucket){ key, i };
      g_array_append_val (self->buckets, bucket);
    }
  bucket = (SpMapBucket){ G_MAXUINT32, self->n };
  g_array_append_val (self->buckets, bucket);
}

static guint64
cell_of (guint64 key)
{
  guint64 row =
      key >> (ALL_BITS + SP_MAP_DOTS_PLACE_BITS) << SP_MAP_DOTS_PLACE_BITS | (key >> SP_MAP_DOTS_PLACE_BITS & MASK);
  guint64 column = (key >> ALL_BITS & ((1u << SP_MAP_DOTS_BUCKET_BITS) - 1)) << SP_MAP_DOTS_PLACE_BITS | (key & MASK);

  return row >> CELL_SHIFT << SP_MAP_DOTS_CELL_BITS | column >> CELL_SHIFT;
}

/* Turns the keys into those of cells. */
static void
fill_cells (SpMapDots *self, guint64 *keys)
{
  for (guint32 i = 0; i < self->n; i++)
    keys[i] = cell_of (keys[i]);
  if (self->n > 0)
    qsort (keys, self->n, sizeof (guint64), compare_keys);
  for (guint32 i = 0, next; i < self->n; i = next)
    {
      SpMapCell cell;

      for (next = i + 1; next < self->n && keys[next] == keys[i];)
        next++;
      cell = (SpMapCell){ (guint32) keys[i], next - i };
      g_array_append_val (self->cells, cell);
    }
}

/**
 * sp_map_dots_new:
 * @positions: (array length=n): positions in any order; those that are none are left out
 * @n: how many
 *
 * Copies and sorts them: half a second for all postcodes of Great Britain, so call it in a thread.
 *
 * Returns: (transfer full): the dots
 */
SpMapDots *
sp_map_dots_new (const SpMapPosition *positions, gsize n)
{
  SpMapDots *self = g_new0 (SpMapDots, 1);
  g_autofree guint64 *keys = NULL;

  g_return_val_if_fail (n < G_MAXUINT32, NULL);
  g_atomic_ref_count_init (&self->ref_count);
  keys = sorted_keys (positions, n, &self->n);
  self->places = g_new (guint32, self->n);
  self->buckets = g_array_new (FALSE, FALSE, sizeof (SpMapBucket));
  self->cells = g_array_new (FALSE, FALSE, sizeof (SpMapCell));
  fill_buckets (self, keys);
  fill_cells (self, keys);
  return self;
}

/**
 * sp_map_dots_ref:
 * @self: dots
 *
 * Returns: (transfer full): the same
 */
SpMapDots *
sp_map_dots_ref (SpMapDots *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_map_dots_unref:
 * @self: (transfer full): dots
 */
void
sp_map_dots_unref (SpMapDots *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->places);
  g_array_unref (self->buckets);
  g_array_unref (self->cells);
  g_free (self);
}

/**
 * sp_map_dots_get_n:
 * @self: dots
 *
 * Returns: how many there are
 */
gsize
sp_map_dots_get_n (const SpMapDots *self)
{
  return self->n;
}
