/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base map: what is land and what is water, that tiles fit together, and that a damaged file is refused. */
#include "sp-base-map-private.h"
#include "sp-data.h"
#include "sp-graticule.h"
#include "sp-map-palette.h"

#include <math.h>
#include <string.h>

#define SIZE 256
#define ROUNDING 16 /* of 255: where a shore passes through a pixel; a seam differs by far more */
#define MAX_FILE 500000

static cairo_surface_t *
draw (const SpMapWindow *window, SpMapStyle style, const SpMapDots *dots)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) window->width, (int) window->height);
  cairo_t *cr = cairo_create (surface);

  sp_base_map_draw (sp_base_map_get_default (), cr, window, style, dots);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (surface) + 4 * x) & 0xffffff;
}

static guint32
colour (const SpMapColour *colour)
{
  return (guint32) lrint (colour->red * 255) << 16 | (guint32) lrint (colour->green * 255) << 8 | (guint32) lrint (colour->blue * 255);
}

static guint32
centre_at (double latitude, double longitude, double zoom, SpMapStyle style, const SpMapDots *dots)
{
  cairo_surface_t *surface;
  SpMapWindow window;
  guint32 found;

  sp_map_window_init_around (&window, latitude, longitude, zoom, 64, 64);
  surface = draw (&window, style, dots);
  found = pixel (surface, 32, 32);
  cairo_surface_destroy (surface);
  return found;
}

static void
test_file (void)
{
  g_autoptr (GBytes) bytes = sp_data_load ("basemap/base-map.bin");
  const SpBaseMap *map = sp_base_map_get_default ();

  g_assert_cmpuint (g_bytes_get_size (bytes), <=, MAX_FILE);
  g_assert_cmpuint (map->levels->len, ==, 4);
  for (guint i = 0; i < map->levels->len; i++)
    {
      const SpMapLevel *level = g_ptr_array_index (map->levels, i);
      g_assert_cmpuint (level->lines->len, >, 500);
    }
}

static const struct { const char *name; double latitude; double longitude; double zoom; gboolean land; } known[] = {
  { "Cockermouth", 54.6613, -3.3500, 13, TRUE },    { "in the Irish Sea", 53.7, -4.9, 12, FALSE },
  { "inland of Maryport", 54.71, -3.46, 14, TRUE }, { "off Maryport", 54.73, -3.56, 13, FALSE },
  { "Ben Nevis", 56.797, -5.004, 10, TRUE },        { "Lough Neagh", 54.6, -6.41, 10, FALSE },
  { "Windermere", 54.36, -2.930, 14, FALSE },       { "Isle of Man", 54.23, -4.53, 9, TRUE },
  { "Dublin", 53.34, -6.30, 11, TRUE },             { "North Sea", 56.1, 3.2, 6, FALSE },
  { "near Paris", 48.6, 2.1, 7, TRUE },             { "Channel", 50.1, -1.7, 8, FALSE },
  { "Shetland", 60.25, -1.30, 9, TRUE },            { "Scilly", 49.93, -6.305, 13, TRUE },
  { "the Sahara", 24, 10, 2, TRUE },                { "Atlantic", 40, -40, 2, FALSE },
  { "Siberia", 66, 100, 2, TRUE },                  { "Chukotka, beyond 180°", 66.5, -174, 3, TRUE },
  { "Antarctica", -80, 70, 1, TRUE },               { "at London, very near", 51.5307, -0.1239, 18, TRUE },
};

static void
test_land_and_water (void)
{
  for (guint style = SP_MAP_STYLE_LIGHT; style <= SP_MAP_STYLE_PRINT; style++)
    for (guint i = 0; i < G_N_ELEMENTS (known); i++)
      {
        const SpMapPalette *palette = sp_map_palette_get (style);
        guint32 found = centre_at (known[i].latitude, known[i].longitude, known[i].zoom, style, NULL);

        if (found != colour (known[i].land ? &palette->land : &palette->sea))
          g_error ("%s: %06x", known[i].name, found);
      }
}

static void
assert_alike (cairo_surface_t *whole, int left, int top, cairo_surface_t *tile, const char *where)
{
  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      {
        guint32 a = pixel (whole, left + x, top + y), b = pixel (tile, x, y);

        for (guint shift = 0; shift <= 16; shift += 8)
          if (abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > ROUNDING)
            g_error ("%s: pixel %d, %d of the tile at %d, %d is %06x, not %06x", where, x, y, left, top, b, a);
      }
}

static SpMapDots *
make_dots (double latitude, double longitude, double reach, guint n)
{
  g_autofree SpMapPosition *positions = g_new (SpMapPosition, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      positions[i].latitude = (float) (latitude + g_rand_double_range (random, -reach, reach));
      positions[i].longitude = (float) (longitude + g_rand_double_range (random, -reach, reach));
    }
  return sp_map_dots_new (positions, n);
}

/* Two by two tiles beside the same drawn at once. */
static void
check_tiles (double latitude, double longitude, int zoom, const SpMapDots *dots)
{
  g_autofree char *where = g_strdup_printf ("%g, %g at zoom %d", latitude, longitude, zoom);
  double x, y;
  SpMapWindow window;
  cairo_surface_t *whole;

  sp_geodesy_to_tile (latitude, longitude, zoom, &x, &y);
  sp_map_window_init_tile (&window, (guint) x, (guint) y, zoom, SIZE);
  window.width = window.height = 2 * SIZE;
  whole = draw (&window, SP_MAP_STYLE_LIGHT, dots);
  for (int row = 0; row < 2; row++)
    for (int column = 0; column < 2; column++)
      {
        cairo_surface_t *tile;

        sp_map_window_init_tile (&window, (guint) x + (guint) column, (guint) y + (guint) row, zoom, SIZE);
        tile = draw (&window, SP_MAP_STYLE_LIGHT, dots);
        assert_alike (whole, column * SIZE, row * SIZE, tile, where);
        cairo_surface_destroy (tile);
      }
  cairo_surface_destroy (whole);
}

static void
test_tiles_fit (void)
{
  g_autoptr (SpMapDots) dots = make_dots (54.7, -3.5, 0.2, 20000);

  for (int zoom = 1; zoom <= 18; zoom++)
    {
      if (zoom == 4) /* two by two of these reach beyond what the finer level covers */
        continue;
      check_tiles (54.7143, -3.4947, zoom, dots); /* Maryport: shore and a town */
      check_tiles (57.3, -6.0, zoom, NULL);       /* Skye: much shore */
      check_tiles (54.1, -6.6, zoom, NULL);       /* rivers and a border */
    }
}

static void
test_no_edges (void)
{
  cairo_surface_t *surface;
  SpMapWindow window;
  guint32 land = colour (&sp_map_palette_get (SP_MAP_STYLE_LIGHT)->land);
  guint others[4] = { 0 };

  sp_map_window_init_around (&window, 52.2003, -1.2003, 15, SIZE, SIZE); /* inland, of a land whose shore is far away */
  surface = draw (&window, SP_MAP_STYLE_LIGHT, NULL);
  for (int i = 0; i < SIZE; i++)
    {
      others[0] += pixel (surface, i, 0) != land;
      others[1] += pixel (surface, i, SIZE - 1) != land;
      others[2] += pixel (surface, 0, i) != land;
      others[3] += pixel (surface, SIZE - 1, i) != land;
    }
  for (guint edge = 0; edge < 4; edge++)
    g_assert_cmpuint (others[edge], <=, 6); /* where the grid crosses it */
  cairo_surface_destroy (surface);
}

static void
test_stays_in_its_window (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 100, 100);
  cairo_t *cr = cairo_create (surface);
  SpMapWindow window;

  sp_map_window_init_around (&window, 54.7143, -3.4947, 12, 60, 60);
  cairo_translate (cr, 20, 20);
  sp_base_map_draw (sp_base_map_get_default (), cr, &window, SP_MAP_STYLE_LIGHT, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int i = 0; i < 100; i++)
    {
      g_assert_cmphex (pixel (surface, i, 19), ==, 0);
      g_assert_cmphex (pixel (surface, 80, i), ==, 0);
    }
  g_assert_cmphex (pixel (surface, 21, 21), !=, 0);
  cairo_surface_destroy (surface);
}

static void
test_dots (void)
{
  const SpMapPosition odd[] = { { NAN, 0 }, { 91, 0 }, { 54.5f, -3 }, { 0, 181 } };
  g_autoptr (SpMapDots) few = sp_map_dots_new (odd, G_N_ELEMENTS (odd));
  g_autoptr (SpMapDots) none = sp_map_dots_new (NULL, 0);
  g_autoptr (SpMapDots) town = make_dots (55.2, -2.9, 0.02, 3000);
  const SpMapPalette *palette = sp_map_palette_get (SP_MAP_STYLE_LIGHT);

  g_assert_cmpuint (sp_map_dots_get_n (few), ==, 1);
  g_assert_cmpuint (sp_map_dots_get_n (none), ==, 0);
  g_assert_cmpuint (sp_map_dots_get_n (town), ==, 3000);
  for (int zoom = 9; zoom <= 12; zoom++)
    {
      g_assert_cmphex (centre_at (55.2003, -2.9003, zoom, SP_MAP_STYLE_LIGHT, none), ==, colour (&palette->land));
      g_assert_cmphex (centre_at (55.2003, -2.9003, zoom, SP_MAP_STYLE_LIGHT, town), ==, colour (&palette->built_up));
    }
  g_assert_cmphex (centre_at (54.6435, -3.5445, 10, SP_MAP_STYLE_LIGHT, NULL), !=, colour (&palette->land)); /* Workington: known of */
  g_assert_cmphex (centre_at (54.6435, -3.5400, 13, SP_MAP_STYLE_LIGHT, NULL), ==, colour (&palette->land)); /* not how it lies */
  g_assert_cmphex (centre_at (54.5, -3, 16, SP_MAP_STYLE_LIGHT, few), !=, centre_at (54.5, -3, 16, SP_MAP_STYLE_LIGHT, NULL));
}

static gpointer
draw_in_thread (gpointer data)
{
  cairo_surface_t *surface = draw (data, SP_MAP_STYLE_DARK, NULL);
  char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, cairo_image_surface_get_data (surface), 4 * SIZE * SIZE);

  cairo_surface_destroy (surface);
  return sum;
}

static void
test_threads (void)
{
  SpMapWindow window;
  GThread *threads[4];
  g_autofree char *expected = NULL;

  sp_map_window_init_tile (&window, 125, 80, 8, SIZE);
  expected = draw_in_thread (&window);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_in_thread, &window);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *sum = g_thread_join (threads[i]);
      g_assert_cmpstr (sum, ==, expected);
    }
}

static void
assert_refused (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (sp_base_map_new (bytes, &error));
  g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
  g_assert_true (g_str_has_prefix (error->message, "The built-in map: "));
}

/* One level of one triangle, with codes of order 3; the numbers are worked out by hand. */
static const guint8 triangle[] = {
  'S', 'P', 'B', 'M', 1, 1, 0, 0,
  3, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 5,
  0x06, 0x68, 0x66, 0x44, 0xf0,
};

static void
assert_change_refused (guint at, guint8 value)
{
  guint8 data[sizeof triangle];

  memcpy (data, triangle, sizeof triangle);
  data[at] = value;
  assert_refused (data, sizeof data);
}

static void
test_malformed (void)
{
  g_autoptr (GBytes) bytes = sp_data_load ("basemap/base-map.bin");
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  g_autoptr (GBytes) small = g_bytes_new_static (triangle, sizeof triangle);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpBaseMap) map = sp_base_map_new (small, &error);
  const SpMapLevel *level;

  g_assert_no_error (error);
  level = g_ptr_array_index (map->levels, 0);
  g_assert_cmpuint (level->points->len, ==, 3);
  for (gsize length = 0; length < sizeof triangle; length++)
    assert_refused (triangle, length);
  for (gsize length = 0; length < size; length += 4099)
    assert_refused (data, length);
  memcpy (longer, data, size);
  assert_refused (longer, size + 1);
  assert_change_refused (0, 'X');     /* another kind of file */
  assert_change_refused (4, 2);       /* of another version */
  assert_change_refused (5, 0);       /* with no level */
  assert_change_refused (5, 9);       /* with too many */
  assert_change_refused (9, 25);      /* a grid that is too fine */
  assert_change_refused (10, 17);     /* codes of too high an order */
  assert_change_refused (12, 1);      /* covering more than the world */
  assert_change_refused (28, 255);    /* more lines than there are */
  assert_change_refused (32, 255);    /* more bytes than there are */
  assert_change_refused (31, 0);      /* bytes but no line */
  assert_change_refused (36, 0xff);   /* an unknown kind */
  assert_change_refused (37, 0x00);   /* a ring without points */
}

static void
test_graticule (void)
{
  SpMapWindow window;
  SpGraticule graticule;

  sp_map_window_init_around (&window, 54.5, -3.5, 6, 512, 512);
  sp_graticule_init (&graticule, &window);
  g_assert_cmpfloat (graticule.step, ==, 5);
  g_assert_cmpint (graticule.first_meridian, ==, -1); /* from 9.1° W to 2.1° E: 5° W and Greenwich */
  g_assert_cmpuint (graticule.n_meridians, ==, 2);
  g_assert_cmpint (graticule.first_parallel, ==, 11); /* from 51.1° N to 57.6° N: 55° N */
  g_assert_cmpuint (graticule.n_parallels, ==, 1);
  for (int zoom = 3; zoom <= 18; zoom++)
    {
      sp_map_window_init_around (&window, 54.5, -3.5, zoom, 700, 700);
      sp_graticule_init (&graticule, &window);
      g_assert_cmpuint (graticule.n_meridians, >=, 1);
      g_assert_cmpuint (graticule.n_meridians, <=, 8);
      g_assert_cmpuint (graticule.n_parallels, <=, 14);
    }
}

static void
test_window (void)
{
  SpMapWindow window;
  SpBox box;
  double x, y, latitude, longitude;

  sp_map_window_init_around (&window, 54.7143, -3.4947, 12.5, 400, 300);
  g_assert_cmpfloat_with_epsilon (sp_map_window_get_zoom (&window), 12.5, 1e-9);
  sp_map_window_to_pixel (&window, 54.7143, -3.4947, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 200, 1e-5);
  g_assert_cmpfloat_with_epsilon (y, 150, 1e-5);
  sp_map_window_from_pixel (&window, 0, 300, &latitude, &longitude);
  sp_map_window_get_box (&window, &box);
  g_assert_cmpfloat_with_epsilon (latitude, box.south, 1e-9);
  g_assert_cmpfloat_with_epsilon (longitude, box.west, 1e-9);
  g_assert_cmpfloat_with_epsilon (sp_geodesy_distance (54.7143, box.west, 54.7143, box.east),
                                  400 * sp_map_window_get_metres_per_pixel (&window, 54.7143), 1);
}

static double
luminance (const SpMapColour *colour) /* WCAG 2.1, relative luminance */
{
  const double parts[] = { colour->red, colour->green, colour->blue }, weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
contrast (const SpMapColour *a, const SpMapColour *b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_names_can_be_read (void)
{
  for (guint style = SP_MAP_STYLE_LIGHT; style <= SP_MAP_STYLE_PRINT; style++)
    {
      const SpMapPalette *palette = sp_map_palette_get (style);
      const SpMapColour *names[] = { &palette->town, &palette->village, &palette->country, &palette->water_name };

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_assert_cmpfloat (contrast (names[i], &palette->land), >=, 4.5);
          g_assert_cmpfloat (contrast (names[i], &palette->sea), >=, 4.5);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base-map/file", test_file);
  g_test_add_func ("/base-map/land-and-water", test_land_and_water);
  g_test_add_func ("/base-map/tiles-fit", test_tiles_fit);
  g_test_add_func ("/base-map/no-edges", test_no_edges);
  g_test_add_func ("/base-map/stays-in-its-window", test_stays_in_its_window);
  g_test_add_func ("/base-map/dots", test_dots);
  g_test_add_func ("/base-map/threads", test_threads);
  g_test_add_func ("/base-map/malformed", test_malformed);
  g_test_add_func ("/base-map/graticule", test_graticule);
  g_test_add_func ("/base-map/window", test_window);
  g_test_add_func ("/base-map/names-can-be-read", test_names_can_be_read);
  return g_test_run ();
}
