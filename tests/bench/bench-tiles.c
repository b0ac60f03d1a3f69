/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiles of the built-in map at every zoom, over the whole of Great Britain and with 1,700,000 postcodes, beside bare cairo: painting
 * the sea and filling the same land, already clipped. */
#include "sp-base-map-private.h"
#include "sp-bench.h"
#include "sp-map-palette.h"
#include "sp-map-tracer.h"
#include "sp-places.h"

#include <math.h>

#define TILES 120    /* at each zoom */
#define LAST_ZOOM 18

/* Postcodes as they lie about: most near the middle of a place, more where more people live. */
static SpMapDots *
make_dots (guint n)
{
  g_autoptr (GPtrArray) places = sp_places_list ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree SpMapPosition *positions = g_new (SpMapPosition, n);
  double people = 0, left = n;
  guint made = 0;

  for (guint i = 0; i < places->len; i++)
    people += ((const SpPlace *) g_ptr_array_index (places, i))->population + 300.0;
  for (guint i = 0; i < places->len && made < n; i++)
    {
      const SpPlace *place = g_ptr_array_index (places, i);
      guint share = (guint) ((place->population + 300.0) / people * left) + 1;
      double reach = sqrt ((place->population + 300.0) / 3000 / G_PI) / 111;

      for (; share > 0 && made < n; share--, made++)
        {
          double turn = g_rand_double_range (random, 0, 2 * G_PI), away = reach * sqrt (g_rand_double (random));
          positions[made] = (SpMapPosition){ (float) (place->latitude + away * sin (turn)),
                                             (float) (place->longitude + away * cos (turn) / 0.6) };
        }
    }
  return sp_map_dots_new (positions, made);
}

/* The tile of a zoom in which a random place lies: people look where people are. */
static void
choose_tile (GPtrArray *places, GRand *random, int zoom, SpMapWindow *window)
{
  const SpPlace *place = g_ptr_array_index (places, g_rand_int_range (random, 0, (gint32) places->len));
  double x, y;

  sp_geodesy_to_tile (place->latitude, place->longitude, zoom, &x, &y);
  sp_map_window_init_tile (window, (guint) x, (guint) y, zoom, 256);
}

static double
time_bare (cairo_t *cr, const SpMapWindow *window)
{
  const SpMapPalette *palette = sp_map_palette_get (SP_MAP_STYLE_LIGHT);
  SpMapTracer tracer;
  cairo_path_t *path;
  double start, time;

  sp_map_tracer_init (&tracer, cr, sp_base_map_choose_level (sp_base_map_get_default (), window), window, 12);
  cairo_new_path (cr);
  sp_map_tracer_trace (&tracer, SP_MAP_LAND, SP_MAP_LAND, 0.8);
  path = cairo_copy_path (cr);
  sp_map_tracer_clear (&tracer);
  cairo_new_path (cr);
  start = sp_bench_now ();
  sp_map_palette_set_source (cr, &palette->sea);
  cairo_paint (cr);
  cairo_append_path (cr, path);
  sp_map_palette_set_source (cr, &palette->land);
  cairo_fill (cr);
  time = sp_bench_now () - start;
  cairo_path_destroy (path);
  return time * 1e3;
}

/* The nearer, the less there is to fill, and the more of the time goes to all else. */
static double
get_limit (int zoom)
{
  return zoom <= 3 ? 10 : zoom <= 8 ? 30 : zoom <= 12 ? 45 : 90;
}

static gboolean
bench_zoom (int zoom, const SpMapDots *dots)
{
  g_autoptr (GPtrArray) places = sp_places_list ();
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) zoom);
  double ours[TILES], bare[TILES];
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256, 256);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *name = g_strdup_printf ("tiles of zoom %d: 95th percentile", zoom);

  for (guint i = 0; i < TILES; i++)
    {
      SpMapWindow window;
      double start;

      choose_tile (places, random, zoom, &window);
      bare[i] = time_bare (cr, &window);
      start = sp_bench_now ();
      sp_base_map_draw (sp_base_map_get_default (), cr, &window, SP_MAP_STYLE_LIGHT, dots);
      ours[i] = (sp_bench_now () - start) * 1e3;
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return sp_bench_report (name, sp_bench_percentile (ours, TILES, 0.95), sp_bench_percentile (bare, TILES, 0.95),
                          get_limit (zoom), "ms");
}

int
main (int argc, char **argv)
{
  guint n = sp_bench_options (argc, argv, 1700000), misses = 0;
  double start = sp_bench_now ();
  g_autoptr (SpMapDots) dots = make_dots (n);

  g_print ("%u postcodes made and sorted in %.2f s\n", n, sp_bench_now () - start);
  start = sp_bench_now ();
  sp_base_map_get_default ();
  g_print ("the map read in %.1f ms\n", (sp_bench_now () - start) * 1e3);
  for (int zoom = 0; zoom <= LAST_ZOOM; zoom++)
    misses += !bench_zoom (zoom, dots);
  return misses > 0;
}
