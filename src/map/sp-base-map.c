/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base map in memory, and which of its levels of detail a window is drawn from. */
#include "sp-base-map-private.h"

#include "sp-data.h"

#include <math.h>

#define FILE_NAME "basemap/base-map.bin"

/**
 * sp_base_map_new:
 * @bytes: a file as data/basemap/generate.py makes it
 * @error: return location for an error, `SP_ERROR_PARSE`
 *
 * Returns: (transfer full) (nullable): the map, or %NULL with @error set
 */
SpBaseMap *
sp_base_map_new (GBytes *bytes, GError **error)
{
  GPtrArray *levels = sp_base_map_read_levels (bytes, error);
  SpBaseMap *self;

  if (levels == NULL)
    return NULL;
  self = g_new0 (SpBaseMap, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->levels = levels;
  return self;
}

static gpointer
read_default (gpointer data)
{
  g_autoptr (GBytes) bytes = sp_data_load (FILE_NAME);
  g_autoptr (GError) error = NULL;
  SpBaseMap *self = sp_base_map_new (bytes, &error);

  if (self == NULL)
    g_error ("%s: %s", FILE_NAME, error->message);
  return self;
}

/**
 * sp_base_map_get_default:
 *
 * The map that is built in. It is read when somebody first asks, in some ten milliseconds: ask in a thread. Any thread
 * may.
 *
 * Returns: (transfer none): the map; it lasts as long as the program
 */
SpBaseMap *
sp_base_map_get_default (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_default, NULL);
}

/**
 * sp_base_map_ref:
 * @self: a map
 *
 * Returns: (transfer full): the same
 */
SpBaseMap *
sp_base_map_ref (SpBaseMap *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * sp_base_map_unref:
 * @self: (transfer full): a map
 */
void
sp_base_map_unref (SpBaseMap *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->levels);
  g_free (self);
}

static gboolean
covers (const SpMapLevel *level, const SpMapWindow *window)
{
  return window->x * level->units >= level->covers.left && window->y * level->units >= level->covers.top
         && (window->x + window->width / window->world) * level->units <= level->covers.right
         && (window->y + window->height / window->world) * level->units <= level->covers.bottom;
}

/**
 * sp_base_map_choose_level:
 * @self: a map
 * @window: what will be drawn
 *
 * Returns: the coarsest level that is made for the zoom, or the finest; if that does not cover the window, the finest
 *   coarser one that does; if none does, the coarsest
 */
const SpMapLevel *
sp_base_map_choose_level (const SpBaseMap *self, const SpMapWindow *window)
{
  double zoom = sp_map_window_get_zoom (window);
  guint i = 0;

  while (i + 1 < self->levels->len && ((const SpMapLevel *) g_ptr_array_index (self->levels, i))->zoom < zoom - 0.01)
    i++;
  while (i > 0 && !covers (g_ptr_array_index (self->levels, i), window))
    i--;
  return g_ptr_array_index (self->levels, i);
}
