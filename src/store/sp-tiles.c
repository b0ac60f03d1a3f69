/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Map cells: the tiles of Web Mercator (OSM's numbering, slippy map) that hold a position. As words of the full text index,
 * at every second zoom, they make "near here" and "has these words" one question to one index; as numbers on a line that
 * passes neighbours soon after each other they are the order of another one. */
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

static void
append_hex (GString *out, guint number)
{
  char digits[8];
  guint n = sizeof digits;

  do
    digits[--n] = "0123456789abcdef"[number % 16];
  while ((number /= 16) > 0);
  g_string_append_len (out, digits + n, (gssize) (sizeof digits - n));
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
      g_string_append (out, " _"); /* piece by piece: printf would take longer than all the rest */
      g_string_append_c (out, zoom_letter (zoom));
      append_hex (out, tile.x);
      g_string_append_c (out, '.');
      append_hex (out, tile.y);
      tile = (Tile){ tile.x >> ZOOM_STEP, tile.y >> ZOOM_STEP };
    }
}

/**
 * sp_tiles_order:
 * @latitude: degrees north, WGS 84
 * @longitude: degrees east
 *
 * Returns: a place on a line that passes neighbours soon after each other, sp_point_order(); less than 2³²
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
 * sp_tiles_cover:
 * @box: what to cover
 * @most: how many cells are allowed, at least 4
 * @tokens: (element-type utf8) (transfer full): gets their words
 *
 * Covers a box with the smallest cells that are few enough.
 *
 * Returns: how many words were added; 0 if the box is too large for any
 */
guint
sp_tiles_cover (const SpBox *box, guint most, GPtrArray *tokens)
{
  for (guint zoom = LAST_ZOOM; zoom >= FIRST_ZOOM; zoom -= ZOOM_STEP)
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

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const SpTileRange *first = a, *second = b;

  return (first->first > second->first) - (first->first < second->first);
}

/* Ranges of which the next goes on where the one before ends become one. */
static void
join_ranges (GArray *ranges)
{
  guint kept = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 1; i < ranges->len; i++)
    {
      SpTileRange *last = &g_array_index (ranges, SpTileRange, kept), next = g_array_index (ranges, SpTileRange, i);

      if (next.first == last->last + 1)
        last->last = next.last;
      else
        g_array_index (ranges, SpTileRange, ++kept) = next;
    }
  g_array_set_size (ranges, kept + 1);
}

/**
 * sp_tiles_list_ranges:
 * @box: what to cover
 * @most: how many tiles are allowed, at least 4
 * @ranges: (element-type SpTileRange): gets where on the line of sp_tiles_order() all in the box is, in their order
 *
 * Covers a box with the smallest tiles that are few enough; those that follow each other on the line become one range.
 */
void
sp_tiles_list_ranges (const SpBox *box, guint most, GArray *ranges)
{
  guint zoom = LAST_ZOOM;
  Tile first, last;

  g_array_set_size (ranges, 0);
  while (span (box, zoom, &first, &last) > most)
    zoom--;
  for (guint y = first.y; y <= last.y; y++)
    for (guint x = first.x; x <= last.x; x++)
      {
        const guint bits = 2 * (LAST_ZOOM - zoom);
        const guint64 order = sp_point_order (x, y);
        const SpTileRange range = { order << bits, ((order + 1) << bits) - 1 };

        g_array_append_val (ranges, range);
      }
  join_ranges (ranges);
}
