/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTilesAhead: tiles of the built-in map that are drawn before anybody asks for them. While a window is made and laid out
 * for the first time, one processor is busy, and the others are not; when it is there, so is most of its map.
 *
 * One thread draws them one after another, those in the middle first. */
#include "sp-tiles-ahead.h"

#include "sp-thread.h"

#include <math.h>

#define MOST_TILES 64 /* more than a screen holds would only be in the way of those that are asked for */

typedef struct
{
  SpBaseSpot       spot;
  double           distance; /* from the middle, in tiles */
  cairo_surface_t *surface;  /* owned, nullable: drawn */
  gboolean         is_taken; /* somebody else draws it, or has it */
} Tile;

struct _SpTilesAhead
{
  int        pixels; /* of each tile */
  SpMapStyle style;
  SpMapDots *dots;   /* owned, nullable */

  GMutex     mutex; /* for what follows */
  GArray    *tiles; /* Tile */
  gboolean   is_stopped;
};

static void
clear_tile (gpointer data)
{
  Tile *tile = data;

  g_clear_pointer (&tile->surface, cairo_surface_destroy);
}

static void
clear (gpointer data)
{
  SpTilesAhead *self = data;

  g_clear_pointer (&self->dots, sp_map_dots_unref);
  g_array_unref (self->tiles);
  g_mutex_clear (&self->mutex);
}

static int
compare_tiles (gconstpointer a, gconstpointer b)
{
  double first = ((const Tile *) a)->distance, second = ((const Tile *) b)->distance;

  return (first > second) - (first < second);
}

static void
add_tiles (GArray *tiles, const SpBox *box, int zoom)
{
  double left, top, right, bottom;

  sp_geodesy_to_tile (box->north, box->west, zoom, &left, &top);
  sp_geodesy_to_tile (box->south, box->east, zoom, &right, &bottom);
  if ((floor (right) - floor (left) + 1) * (floor (bottom) - floor (top) + 1) > MOST_TILES)
    return;
  for (double y = floor (top); y < bottom; y++)
    for (double x = floor (left); x < right; x++)
      {
        Tile tile = { { (guint) x, (guint) y, zoom }, hypot (x + 0.5 - (left + right) / 2, y + 0.5 - (top + bottom) / 2), NULL, FALSE };
        g_array_append_val (tiles, tile);
      }
  g_array_sort (tiles, compare_tiles);
}

/* Returns: whether there is one to draw, the next after @index */
static gboolean
find_next (SpTilesAhead *self, guint *index, SpBaseSpot *spot)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (*index < self->tiles->len && g_array_index (self->tiles, Tile, *index).is_taken)
    (*index)++;
  if (self->is_stopped || *index >= self->tiles->len)
    return FALSE;
  *spot = g_array_index (self->tiles, Tile, *index).spot;
  return TRUE;
}

static void
keep (SpTilesAhead *self, guint index, cairo_surface_t *surface)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Tile *tile = &g_array_index (self->tiles, Tile, index);

  if (tile->is_taken)
    cairo_surface_destroy (surface);
  else
    tile->surface = surface;
}

static gpointer
draw_thread (gpointer data)
{
  SpTilesAhead *self = data;
  SpBaseSpot spot;

  sp_thread_step_back ();
  for (guint i = 0; find_next (self, &i, &spot); i++)
    keep (self, i, sp_base_tile_draw (&spot, self->pixels, self->style, self->dots));
  g_atomic_rc_box_release_full (self, clear);
  return NULL;
}

/**
 * sp_tiles_ahead_start:
 * @box: what will be in sight
 * @zoom: zoom level of the tiles
 * @pixels: how wide and high each is to be
 * @style: how the map is drawn
 * @dots: (nullable): postcodes to draw as dots
 *
 * Begins to draw, on a thread of its own. What covers more than a large screen is left alone.
 *
 * Returns: (transfer full): the tiles; sp_tiles_ahead_stop() ends it
 */
SpTilesAhead *
sp_tiles_ahead_start (const SpBox *box, int zoom, int pixels, SpMapStyle style, SpMapDots *dots)
{
  SpTilesAhead *self = g_atomic_rc_box_new0 (SpTilesAhead);

  self->pixels = pixels;
  self->style = style;
  self->dots = dots != NULL ? sp_map_dots_ref (dots) : NULL;
  g_mutex_init (&self->mutex);
  self->tiles = g_array_new (FALSE, FALSE, sizeof (Tile));
  g_array_set_clear_func (self->tiles, clear_tile);
  add_tiles (self->tiles, box, zoom);
  g_thread_unref (g_thread_new ("tiles-ahead", draw_thread, g_atomic_rc_box_acquire (self)));
  return self;
}

/**
 * sp_tiles_ahead_take:
 * @self: tiles that are drawn ahead
 * @spot: one that is asked for now
 *
 * It is not drawn here any more: whoever asks for it has it, or draws it.
 *
 * Returns: (transfer full) (nullable): its picture, if it is there
 */
cairo_surface_t *
sp_tiles_ahead_take (SpTilesAhead *self, const SpBaseSpot *spot)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->tiles->len; i++)
    {
      Tile *tile = &g_array_index (self->tiles, Tile, i);

      if (tile->spot.x != spot->x || tile->spot.y != spot->y || tile->spot.zoom != spot->zoom)
        continue;
      tile->is_taken = TRUE;
      return g_steal_pointer (&tile->surface);
    }
  return NULL;
}

/**
 * sp_tiles_ahead_stop:
 * @self: (transfer full): tiles that nobody will ask for any more
 *
 * The thread ends after the tile that it draws just now; nobody waits for it.
 */
void
sp_tiles_ahead_stop (SpTilesAhead *self)
{
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_mutex_unlock (&self->mutex);
  g_atomic_rc_box_release_full (self, clear);
}
