/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads raster MBTiles: what a tile is painted from, be it in the file itself, above it or below. */
#include "sp-mbtiles-private.h"

#include <math.h>

#define MAX_OVERZOOM 8  /* then a tile of 256 pixels shows one pixel of its ancestor */
#define MAX_UNDERZOOM 2 /* then a tile is made of 16 */
#define TILE_LOOKS 5000

/**
 * sp_mbtiles_ref:
 * @self: tiles
 *
 * Returns: (transfer full): the same
 */
SpMbtiles *
sp_mbtiles_ref (SpMbtiles *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_mbtiles_unref:
 * @self: (transfer full): tiles
 */
void
sp_mbtiles_unref (SpMbtiles *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sqlite3_finalize (self->tile);
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self->title);
  g_free (self->name);
  g_free (self->attribution);
  g_free (self);
}

/**
 * sp_mbtiles_get_name:
 * @self: tiles
 *
 * Returns: what the file calls itself, else its file name; plain text
 */
const char *
sp_mbtiles_get_name (const SpMbtiles *self)
{
  return self->name;
}

/**
 * sp_mbtiles_get_attribution:
 * @self: tiles
 *
 * Returns: whom to credit, plain text; empty if the file does not say
 */
const char *
sp_mbtiles_get_attribution (const SpMbtiles *self)
{
  return self->attribution;
}

/**
 * sp_mbtiles_get_min_zoom:
 * @self: tiles
 *
 * Returns: the least zoom of a tile
 */
int
sp_mbtiles_get_min_zoom (const SpMbtiles *self)
{
  return self->min_zoom;
}

/**
 * sp_mbtiles_get_max_zoom:
 * @self: tiles
 *
 * Returns: the greatest zoom of a tile
 */
int
sp_mbtiles_get_max_zoom (const SpMbtiles *self)
{
  return self->max_zoom;
}

/**
 * sp_mbtiles_get_box:
 * @self: tiles
 * @box: (out caller-allocates): what the file says it covers; all of the map if it does not say
 */
void
sp_mbtiles_get_box (const SpMbtiles *self, SpBox *box)
{
  *box = self->box;
}

/* With the lock held. Rows of the file count from the south (TMS). Returns: whether the file could be read; @bytes is
 * %NULL where it has no such tile. */
static gboolean
read_tile (SpMbtiles *self, int zoom, guint x, guint y, GBytes **bytes, GError **error)
{
  int status;

  *bytes = NULL;
  self->looks = TILE_LOOKS;
  sqlite3_bind_int (self->tile, 1, zoom);
  sqlite3_bind_int64 (self->tile, 2, x);
  sqlite3_bind_int64 (self->tile, 3, (1 << zoom) - 1 - (gint64) y);
  status = sqlite3_step (self->tile);
  if (status == SQLITE_ROW && sqlite3_column_bytes (self->tile, 0) > 0)
    *bytes = g_bytes_new (sqlite3_column_blob (self->tile, 0), (gsize) sqlite3_column_bytes (self->tile, 0));
  if (status != SQLITE_ROW && status != SQLITE_DONE)
    sp_mbtiles_fail (self, error);
  sqlite3_reset (self->tile);
  return status == SQLITE_ROW || status == SQLITE_DONE;
}

static void
add_piece (GPtrArray *pieces, GBytes *bytes, SpMbtilesPart from, SpMbtilesPart to)
{
  SpMbtilesPiece *piece = g_new (SpMbtilesPiece, 1);

  *piece = (SpMbtilesPiece){ bytes, from, to };
  g_ptr_array_add (pieces, piece);
}

/* The tile itself, or the nearest of those above it that hold it. */
static gboolean
read_ancestor (SpMbtiles *self, GPtrArray *pieces, int zoom, guint x, guint y, GError **error)
{
  int least = MAX (self->min_zoom, zoom - MAX_OVERZOOM);

  for (int above = MIN (zoom, self->max_zoom); above >= least; above--)
    {
      int up = zoom - above;
      double size = ldexp (1, -up);
      GBytes *bytes;

      if (!read_tile (self, above, x >> up, y >> up, &bytes, error))
        return FALSE;
      if (bytes == NULL)
        continue;
      add_piece (pieces, bytes, (SpMbtilesPart){ (x & ((1u << up) - 1)) * size, (y & ((1u << up) - 1)) * size, size },
                 (SpMbtilesPart){ 0, 0, 1 });
      return TRUE;
    }
  return TRUE;
}

static gboolean
read_descendants (SpMbtiles *self, GPtrArray *pieces, int zoom, guint x, guint y, GError **error)
{
  int down = self->min_zoom - zoom;
  guint n = 1u << down;

  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      {
        GBytes *bytes;

        if (!read_tile (self, self->min_zoom, (x << down) + column, (y << down) + row, &bytes, error))
          return FALSE;
        if (bytes != NULL)
          add_piece (pieces, bytes, (SpMbtilesPart){ 0, 0, 1 },
                     (SpMbtilesPart){ column / (double) n, row / (double) n, 1 / (double) n });
      }
  return TRUE;
}

/**
 * sp_mbtiles_read:
 * @self: tiles
 * @zoom: of the tile
 * @x: tiles from the west edge
 * @y: tiles from the north edge (XYZ, not TMS)
 * @error: return location for an error: `SP_ERROR_DAMAGED`, `SP_ERROR_INVALID`, `SP_ERROR_FAILED`
 *
 * Looks for what a tile is painted from. Blocks: call it in a thread; any may.
 *
 * Returns: (transfer full) (element-type SpMbtilesPiece) (nullable): the pieces, none where the file has nothing; or
 * %NULL with
 *   @error set. Whether the bytes are a sound picture is not known yet.
 */
GPtrArray *
sp_mbtiles_read (SpMbtiles *self, int zoom, guint x, guint y, GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) sp_mbtiles_piece_free);
  gboolean read = TRUE;

  if (zoom < 0 || zoom > SP_GEODESY_MAX_ZOOM || x >= 1u << zoom || y >= 1u << zoom
      || zoom < self->min_zoom - MAX_UNDERZOOM)
    return g_steal_pointer (&pieces);
  g_mutex_lock (&self->lock);
  if (zoom >= self->min_zoom)
    read = read_ancestor (self, pieces, zoom, x, y, error);
  else
    read = read_descendants (self, pieces, zoom, x, y, error);
  g_mutex_unlock (&self->lock);
  return read ? g_steal_pointer (&pieces) : NULL;
}

/**
 * sp_mbtiles_piece_free:
 * @self: (transfer full): a piece
 */
void
sp_mbtiles_piece_free (SpMbtilesPiece *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}
