/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Map cells as words of the full text index: the tiles of Web Mercator (OSM's numbering, slippy map) that hold a
 * position, at every second zoom. So "near here" and "has these words" are one question to one index. */
#include "sp-tiles.h"

#include "sp-point.h"

#define FIRST_ZOOM 4
#define LAST_ZOOM 16
#define ZOOM_STEP 2

typedef struct
{
  guint x;
  guint y;
} Tile;

static Tile
tile_of (double latitude, double longitude, guint zoom)
{
  double last = (double) (1u << zoom) - 1, x, y;

  sp_geodesy_to_tile (latitude, longitude, (int) zoom, &x, &y);
  return (Tile){ (guint) CLAMP (x, 0, last), (guint) CLAMP (y, 0, last) };
}

static char
zoom_letter (guint zoom)
{
  return (char) ('a' + (zoom - FIRST_ZOOM) / ZOOM_STEP);
}

/**
 * sp_tiles_append_tokens:
 * @out: words with a space between
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east
 *
 * Appends the words for the cells that hold a position, each with a space before.
 */
void
sp_tiles_append_tokens (GString *out, double latitude, double longitude)
{
  Tile tile = tile_of (latitude, longitude, LAST_ZOOM);

  for (guint zoom = LAST_ZOOM; zoom >= FIRST_ZOOM; zoom -= ZOOM_STEP)
    {
      g_string_append_printf (out, " _%c%x.%x", zoom_letter (zoom), tile.x, tile.y);
      tile = (Tile){ tile.x >> ZOOM_STEP, tile.y >> ZOOM_STEP };
    }
}

static void
append_region (GString *out, guint x, guint y)
{
  g_string_append_printf (out, "_r%x.%x", x, y);
}

/**
 * sp_tiles_append_region:
 * @out: gets it
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east
 *
 * Appends how a facet begins that is joined with the region of a position, the map cell at %SP_TILES_REGION_ZOOM.
 */
void
sp_tiles_append_region (GString *out, double latitude, double longitude)
{
  Tile tile = tile_of (latitude, longitude, SP_TILES_REGION_ZOOM);

  append_region (out, tile.x, tile.y);
}

/**
 * sp_tiles_order:
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east
 *
 * Returns: a place on a line that passes neighbours soon after each other, sp_point_order()
 */
guint64
sp_tiles_order (double latitude, double longitude)
{
  Tile tile = tile_of (latitude, longitude, LAST_ZOOM);

  return sp_point_order (tile.x, tile.y);
}

/* How many tiles of a zoom touch a box, from @first to @last. */
static guint64
span (const SpBox *box, guint zoom, Tile *first, Tile *last)
{
  *first = tile_of (box->north, box->west, zoom);
  *last = tile_of (box->south, box->east, zoom);
  return (guint64) (last->x - first->x + 1) * (last->y - first->y + 1);
}

/**
 * sp_tiles_list_regions:
 * @box: a part of the map
 * @most: how many regions are allowed
 * @regions: (element-type utf8) (transfer full): gets how the facets begin that are joined with the regions it touches
 *
 * Returns: how many there are; 0 if they would be more than @most
 */
guint
sp_tiles_list_regions (const SpBox *box, guint most, GPtrArray *regions)
{
  Tile first, last;
  guint64 n = span (box, SP_TILES_REGION_ZOOM, &first, &last);

  if (n > most)
    return 0;
  for (guint y = first.y; y <= last.y; y++)
    for (guint x = first.x; x <= last.x; x++)
      {
        GString *region = g_string_new (NULL);
        append_region (region, x, y);
        g_ptr_array_add (regions, g_string_free (region, FALSE));
      }
  return (guint) n;
}

/**
 * sp_tiles_cover:
 * @box: what to cover
 * @most: how many cells are allowed, at least 4
 * @coarsest: the least zoom of cells that are of use; 0 for any
 * @tokens: (element-type utf8) (transfer full): gets their words
 *
 * Covers a box with the smallest cells that are few enough.
 *
 * Returns: how many words were added; 0 if the box is too large for any
 */
guint
sp_tiles_cover (const SpBox *box, guint most, guint coarsest, GPtrArray *tokens)
{
  for (guint zoom = LAST_ZOOM; zoom >= MAX (FIRST_ZOOM, coarsest); zoom -= ZOOM_STEP)
    {
      Tile first, last;
      guint64 n = span (box, zoom, &first, &last);

      if (n > most)
        continue;
      for (guint y = first.y; y <= last.y; y++)
        for (guint x = first.x; x <= last.x; x++)
          g_ptr_array_add (tokens, g_strdup_printf ("_%c%x.%x", zoom_letter (zoom), x, y));
      return (guint) n;
    }
  return 0;
}
