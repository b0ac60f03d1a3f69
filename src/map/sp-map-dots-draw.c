/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Postcodes drawn: how dense they lie as a soft tint, which is what a town looks like from afar; from nearby also one
 * by one.
 *
 * The tint is a small mask of one number a cell. Cells are squares of the world, not of the window, and the mask
 * reaches over the window's edges by as much as it is blurred, so that tiles fit together. */
#include "sp-map-dots-private.h"

#include "sp-places.h"

#include <math.h>

#define CELL_PIXELS_BITS 7     /* cells of two pixels: 2^7 in a tile of 256 */
#define FINEST_BITS 18         /* from there on cells keep their size on the ground, 90 m at 54° */
#define TOWN_DENSITY 55.0      /* postcodes a square kilometre at which the tint reaches 1 - 1/e */
#define CELL_KM2_AT_0 (40075.017 * 40075.017 * 0.345) /* square kilometres of the world's map at 54°: cos² there */
#define DOTS_FROM_ZOOM 12.5
#define MAX_PASSES 5
#define GUESS_TO_ZOOM 11.5       /* beyond it a round town would be a lie; gone one zoom later */
#define GUESS_DENSITY 1500.0     /* people a square kilometre, the gaps between quarters included */
#define GUESS_STRENGTH 0.8       /* of a town of postcodes */
#define LEAST_GUESSED 1500       /* people */

typedef struct
{
  int     bits;    /* 2^bits cells a world */
  int     left;    /* cell */
  int     top;
  int     columns;
  int     rows;
  int     passes;  /* of the blur */
  float  *counts;  /* rows × columns */
} Mask;

/* Postcodes in a cell at which the tint is strong. */
static double
full_count (const Mask *self)
{
  return TOWN_DENSITY * CELL_KM2_AT_0 / exp2 (2 * self->bits);
}

typedef void (*PlaceFunc) (guint32 column, guint32 row, guint32 count, gpointer user_data);

static guint
first_at_least (const GArray *items, guint32 key) /* items begin with their key and have two words */
{
  guint low = 0, high = items->len;

  while (low < high)
    {
      guint between = (low + high) / 2;

      if (g_array_index (items, SpMapCell, between).key < key)
        low = between + 1;
      else
        high = between;
    }
  return low;
}

/* Numbers from @from to @to, of those 2^bits that there are. */
static gboolean
clamp_range (double *from, double *to, int bits)
{
  *from = MAX (floor (*from), 0);
  *to = MIN (floor (*to), (1 << bits) - 1);
  return *from <= *to;
}

/* Calls @func for the cells, or the dots, that may lie in this part of the world; others may come too. */
static void
each_cell (const SpMapDots *self, double left, double top, double right, double bottom, PlaceFunc func,
           gpointer user_data)
{
  double cells = 1 << SP_MAP_DOTS_CELL_BITS;

  left *= cells, right *= cells, top *= cells, bottom *= cells;
  if (!clamp_range (&left, &right, SP_MAP_DOTS_CELL_BITS) || !clamp_range (&top, &bottom, SP_MAP_DOTS_CELL_BITS))
    return;
  for (guint32 row = (guint32) top; row <= (guint32) bottom; row++)
    {
      guint32 last = row << SP_MAP_DOTS_CELL_BITS | (guint32) right;

      for (guint i = first_at_least (self->cells, row << SP_MAP_DOTS_CELL_BITS | (guint32) left); i < self->cells->len;
           i++)
        {
          const SpMapCell *cell = &g_array_index (self->cells, SpMapCell, i);

          if (cell->key > last)
            break;
          func (cell->key & ((1u << SP_MAP_DOTS_CELL_BITS) - 1), row, cell->count, user_data);
        }
    }
}

static void
each_in_bucket (const SpMapDots *self, const SpMapBucket *bucket, PlaceFunc func, gpointer user_data)
{
  guint32 column = (bucket->key & ((1u << SP_MAP_DOTS_BUCKET_BITS) - 1)) << SP_MAP_DOTS_PLACE_BITS;
  guint32 row = bucket->key >> SP_MAP_DOTS_BUCKET_BITS << SP_MAP_DOTS_PLACE_BITS;

  for (guint32 i = bucket->first; i < bucket[1].first; i++)
    func (column | (self->places[i] & ((1u << SP_MAP_DOTS_PLACE_BITS) - 1)),
          row | self->places[i] >> SP_MAP_DOTS_PLACE_BITS, 1, user_data);
}

static void
each_dot (const SpMapDots *self, double left, double top, double right, double bottom, PlaceFunc func,
          gpointer user_data)
{
  double buckets = 1 << SP_MAP_DOTS_BUCKET_BITS;

  left *= buckets, right *= buckets, top *= buckets, bottom *= buckets;
  if (!clamp_range (&left, &right, SP_MAP_DOTS_BUCKET_BITS) || !clamp_range (&top, &bottom, SP_MAP_DOTS_BUCKET_BITS))
    return;
  for (guint32 row = (guint32) top; row <= (guint32) bottom; row++)
    {
      guint32 last = row << SP_MAP_DOTS_BUCKET_BITS | (guint32) right;

      for (guint i = first_at_least (self->buckets, row << SP_MAP_DOTS_BUCKET_BITS | (guint32) left);
           i + 1 < self->buckets->len; i++)
        {
          const SpMapBucket *bucket = &g_array_index (self->buckets, SpMapBucket, i);

          if (bucket->key > last)
            break;
          each_in_bucket (self, bucket, func, user_data);
        }
    }
}

static void
count_at (Mask *mask, guint32 column, guint32 row, guint32 count, int shift)
{
  int x = (int) (column >> shift) - mask->left, y = (int) (row >> shift) - mask->top;

  if (x >= 0 && x < mask->columns && y >= 0 && y < mask->rows)
    mask->counts[y * mask->columns + x] += (float) count;
}

static void
count_cell (guint32 column, guint32 row, guint32 count, gpointer user_data)
{
  count_at (user_data, column, row, count, SP_MAP_DOTS_CELL_BITS - ((Mask *) user_data)->bits);
}

static void
count_dot (guint32 column, guint32 row, guint32 count, gpointer user_data)
{
  count_at (user_data, column, row, count,
            SP_MAP_DOTS_BUCKET_BITS + SP_MAP_DOTS_PLACE_BITS - ((Mask *) user_data)->bits);
}

/* A town as far as the gazetteer knows it: round, thinning out from its middle. */
typedef struct
{
  double x;      /* worlds */
  double y;
  double radius;
} Town;

static gpointer
guess_towns (gpointer data)
{
  g_autoptr (GPtrArray) places = sp_places_list ();
  GArray *towns = g_array_new (FALSE, FALSE, sizeof (Town));

  for (guint i = 0; i < places->len; i++)
    {
      const SpPlace *place = g_ptr_array_index (places, i);
      double people = MIN (place->population, 400000); /* where there are more, the suburbs are in the list too */
      Town town;

      sp_geodesy_to_tile (place->latitude, place->longitude, 0, &town.x, &town.y);
      town.radius = sqrt (people / GUESS_DENSITY / G_PI) / (40075.017 * cos (place->latitude * G_PI / 180));
      if (place->population >= LEAST_GUESSED)
        g_array_append_val (towns, town);
    }
  return towns;
}

/* Raises the numbers around the town to what a town has at least. */
static void
add_town (Mask *mask, const Town *town, double most)
{
  double cells = ldexp (1, mask->bits), radius = MAX (town->radius * cells, 0.5);
  double x = town->x * cells - mask->left - 0.5, y = town->y * cells - mask->top - 0.5;

  for (int row = (int) MAX (ceil (y - radius), 0); row <= MIN (floor (y + radius), mask->rows - 1); row++)
    for (int column = (int) MAX (ceil (x - radius), 0); column <= MIN (floor (x + radius), mask->columns - 1); column++)
      {
        double part = 2 - 2 * ((column - x) * (column - x) + (row - y) * (row - y)) / (radius * radius);
        float *count = &mask->counts[row * mask->columns + column];

        *count = (float) MAX (*count, most * CLAMP (part, 0, 1));
      }
}

static void
add_towns (Mask *mask, double zoom)
{
  static GOnce once = G_ONCE_INIT;
  const GArray *towns = g_once (&once, guess_towns, NULL);
  double strength = GUESS_STRENGTH * (1 - CLAMP (zoom - GUESS_TO_ZOOM, 0, 1));

  for (guint i = 0; i < towns->len && strength > 0; i++)
    add_town (mask, &g_array_index (towns, Town, i), strength * full_count (mask));
}

/* Each number and a half of its neighbours' in a row, as part of all; the outermost lose some, but lie outside the
 * window. */
static void
blur_row (float *numbers, int n, int stride)
{
  float before = 0;

  for (int i = 0; i < n; i++)
    {
      float here = numbers[i * stride], after = i + 1 < n ? numbers[(i + 1) * stride] : 0;

      numbers[i * stride] = (before + 2 * here + after) / 4;
      before = here;
    }
}

static void
blur (Mask *mask)
{
  for (int pass = 0; pass < mask->passes; pass++)
    {
      for (int row = 0; row < mask->rows; row++)
        blur_row (mask->counts + row * mask->columns, mask->columns, 1);
      for (int column = 0; column < mask->columns; column++)
        blur_row (mask->counts + column, mask->rows, mask->columns);
    }
}

static cairo_surface_t *
make_surface (const Mask *mask)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, mask->columns, mask->rows);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  double full = full_count (mask);

  cairo_surface_flush (surface);
  for (int row = 0; row < mask->rows; row++)
    for (int column = 0; column < mask->columns; column++)
      {
        double part = mask->counts[row * mask->columns + column] / full;

        data[row * stride + column] = (guchar) lrint (255 * (1 - exp (-part * sqrt (part))));
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
paint_mask (const Mask *mask, cairo_t *cr, const SpMapWindow *window, const SpMapPalette *palette)
{
  double cells = ldexp (1, mask->bits), size = window->world / cells;
  cairo_surface_t *surface = make_surface (mask);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (surface);
  cairo_matrix_t matrix;

  cairo_matrix_init_scale (&matrix, 1 / size, 1 / size);
  cairo_matrix_translate (&matrix, (window->x * cells - mask->left) * size, (window->y * cells - mask->top) * size);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  sp_map_palette_set_source (cr, &palette->built_up);
  cairo_mask (cr, pattern);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}

/* Of the cells that the window touches, and of as many more around it as the blur reaches. */
static void
init_mask (Mask *mask, const SpMapWindow *window)
{
  int zoom = (int) floor (sp_map_window_get_zoom (window) + 0.01);
  double cells;

  mask->bits = CLAMP (zoom + CELL_PIXELS_BITS, CELL_PIXELS_BITS, FINEST_BITS);
  mask->passes = CLAMP (mask->bits - FINEST_BITS + MAX_PASSES, 1, MAX_PASSES);
  cells = ldexp (1, mask->bits);
  mask->left = (int) floor (window->x * cells) - mask->passes - 1;
  mask->top = (int) floor (window->y * cells) - mask->passes - 1;
  mask->columns = (int) ceil ((window->x + window->width / window->world) * cells) + mask->passes + 1 - mask->left;
  mask->rows = (int) ceil ((window->y + window->height / window->world) * cells) + mask->passes + 1 - mask->top;
}

/**
 * sp_map_dots_draw_towns:
 * @self: (nullable): dots
 * @cr: where to
 * @window: what
 * @palette: colours
 *
 * Tints the land where postcodes lie close together; at small scales, and weaker, also where the gazetteer knows of
 * people, so that there are towns before any postcode is known.
 */
void
sp_map_dots_draw_towns (const SpMapDots *self, cairo_t *cr, const SpMapWindow *window, const SpMapPalette *palette)
{
  g_autofree float *counts = NULL;
  double cells, left, top, right, bottom;
  Mask mask;

  init_mask (&mask, window);
  mask.counts = counts = g_new0 (float, (gsize) mask.columns * (gsize) mask.rows);
  cells = ldexp (1, mask.bits);
  left = mask.left / cells, right = (mask.left + mask.columns) / cells;
  top = mask.top / cells, bottom = (mask.top + mask.rows) / cells;
  if (self != NULL && mask.bits <= SP_MAP_DOTS_CELL_BITS)
    each_cell (self, left, top, right, bottom, count_cell, &mask);
  else if (self != NULL)
    each_dot (self, left, top, right, bottom, count_dot, &mask);
  add_towns (&mask, sp_map_window_get_zoom (window));
  blur (&mask);
  paint_mask (&mask, cr, window, palette);
}

typedef struct
{
  cairo_t *cr;
  double   x;       /* pixels of the window's west edge from that of the world */
  double   y;
  double   scale;   /* pixels a place */
  double   radius;
  double   width;   /* pixels */
  double   height;
} Painter;

static void
paint_dot (guint32 column, guint32 row, guint32 count, gpointer user_data)
{
  Painter *self = user_data;
  double x = (column + 0.5) * self->scale - self->x, y = (row + 0.5) * self->scale - self->y;

  if (x < -self->radius || y < -self->radius || x > self->width + self->radius || y > self->height + self->radius)
    return;
  cairo_move_to (self->cr, x, y);
  cairo_line_to (self->cr, x, y);
}

/**
 * sp_map_dots_draw_dots:
 * @self: dots
 * @cr: where to
 * @window: what
 * @palette: colours
 *
 * Draws each as a dot, if the scale is large enough for that.
 */
void
sp_map_dots_draw_dots (const SpMapDots *self, cairo_t *cr, const SpMapWindow *window, const SpMapPalette *palette)
{
  double zoom = sp_map_window_get_zoom (window);
  double radius = CLAMP (0.65 * exp2 ((zoom - 13) * 0.4), 0.5, 2.6), reach = radius / window->world;
  Painter painter = { cr, window->x * window->world, window->y * window->world };

  if (zoom < DOTS_FROM_ZOOM)
    return;
  painter.scale = window->world / ldexp (1, SP_MAP_DOTS_BUCKET_BITS + SP_MAP_DOTS_PLACE_BITS);
  painter.radius = radius;
  painter.width = window->width;
  painter.height = window->height;
  cairo_new_path (cr);
  each_dot (self, window->x - reach, window->y - reach, window->x + window->width / window->world + reach,
            window->y + window->height / window->world + reach, paint_dot, &painter);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 2 * radius);
  sp_map_palette_set_source (cr, &palette->dot);
  cairo_stroke (cr);
}
