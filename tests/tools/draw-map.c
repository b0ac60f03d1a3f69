/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a piece of the built-in map into a PNG file, for looking at it:
 *
 *   draw-map [--dark|--print] [--postcodes FILE] [--size WxH] [--scale N] [--font-scale N] [--no-names]
 *     [--tiles] -- LAT LON ZOOM FILE.png
 *
 * The postcodes are lines of latitude and longitude. With --tiles the map is put together from tiles of 256 pixels, as in
 * the window. */
#include "sp-base-map.h"
#include "sp-place-labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static gboolean dark, print, no_names, tiles;
static char *postcodes, *size;
static int scale = 1;
static double font_scale = 1;
static char **words;

static const GOptionEntry options[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, NULL, NULL },
  { "print", 0, 0, G_OPTION_ARG_NONE, &print, NULL, NULL },
  { "no-names", 0, 0, G_OPTION_ARG_NONE, &no_names, NULL, NULL },
  { "tiles", 0, 0, G_OPTION_ARG_NONE, &tiles, NULL, NULL },
  { "postcodes", 0, 0, G_OPTION_ARG_FILENAME, &postcodes, NULL, NULL },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, NULL, NULL },
  { "scale", 0, 0, G_OPTION_ARG_INT, &scale, NULL, NULL },
  { "font-scale", 0, 0, G_OPTION_ARG_DOUBLE, &font_scale, NULL, NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
  { NULL }
};

static SpMapDots *
read_postcodes (void)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (SpMapPosition));
  g_autofree char *text = NULL;
  char *at;

  if (postcodes == NULL || !g_file_get_contents (postcodes, &text, NULL, NULL))
    return NULL;
  for (at = text; *at != '\0';)
    {
      SpMapPosition position;
      position.latitude = (float) g_ascii_strtod (at, &at);
      position.longitude = (float) g_ascii_strtod (at, &at);
      g_array_append_val (positions, position);
      at += strspn (at, " \n");
    }
  return sp_map_dots_new ((const SpMapPosition *) positions->data, positions->len);
}

static void
draw_tiles (cairo_t *cr, const SpMapWindow *window, SpMapStyle style, const SpMapDots *dots)
{
  int zoom = (int) lround (sp_map_window_get_zoom (window));
  double count = ldexp (1, zoom), left = window->x * count, top = window->y * count;

  for (guint y = (guint) top; y <= (guint) (top + window->height / 256); y++)
    for (guint x = (guint) left; x <= (guint) (left + window->width / 256); x++)
      {
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256 * scale, 256 * scale);
        cairo_t *tile = cairo_create (surface);
        SpMapWindow part;

        sp_map_window_init_tile (&part, x, y, zoom, 256);
        cairo_scale (tile, scale, scale);
        sp_base_map_draw (sp_base_map_get_default (), tile, &part, style, dots);
        cairo_save (cr);
        cairo_scale (cr, 1.0 / scale, 1.0 / scale);
        cairo_set_source_surface (cr, surface, round ((x - left) * 256 * scale), round ((y - top) * 256 * scale));
        cairo_paint (cr);
        cairo_restore (cr);
        cairo_destroy (tile);
        cairo_surface_destroy (surface);
      }
}

static void
draw_names (cairo_t *cr, const SpMapWindow *window, SpMapStyle style)
{
  g_autoptr (SpPlaceLabels) labels = NULL;
  gint64 start = g_get_monotonic_time ();

  labels = sp_place_labels_new (NULL, font_scale);
  g_print ("names laid out in %.1f ms\n", (double) (g_get_monotonic_time () - start) / 1e3);
  for (guint i = 0; i < 2; i++)
    {
      start = g_get_monotonic_time ();
      sp_place_labels_draw (labels, cr, window, style, NULL, 0);
      g_print ("names drawn in %.1f ms\n", (double) (g_get_monotonic_time () - start) / 1e3);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("LAT LON ZOOM FILE.png");
  g_autoptr (SpMapDots) dots = NULL;
  SpMapStyle style;
  SpMapWindow window;
  double width = 1000, height = 700;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || words == NULL || g_strv_length (words) != 4)
    return EXIT_FAILURE;
  if (size != NULL && strchr (size, 'x') != NULL)
    width = atof (size), height = atof (strchr (size, 'x') + 1);
  style = dark ? SP_MAP_STYLE_DARK : print ? SP_MAP_STYLE_PRINT : SP_MAP_STYLE_LIGHT;
  dots = read_postcodes ();
  sp_map_window_init_around (&window, atof (words[0]), atof (words[1]), atof (words[2]), width, height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width * scale, (int) height * scale);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  if (tiles)
    draw_tiles (cr, &window, style, dots);
  else
    sp_base_map_draw (sp_base_map_get_default (), cr, &window, style, dots);
  if (!no_names)
    draw_names (cr, &window, style);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, words[3]);
  cairo_surface_destroy (surface);
  return EXIT_SUCCESS;
}
