/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of the base map: whatever is read can be drawn, at scales it was made for and at others. */
#include "sp-base-map.h"
#include "sp-error.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const int zooms[] = { 0, 4, 11, 18 };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SpBaseMap) map = sp_base_map_new (bytes, &error);

  if (map == NULL)
    {
      g_assert_error (error, SP_ERROR, SP_ERROR_PARSE);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 32, 32);
      cairo_t *cr = cairo_create (surface);
      SpMapWindow window;

      sp_map_window_init_around (&window, 5, -3, zooms[i], 32, 32);
      sp_base_map_draw (map, cr, &window, SP_MAP_STYLE_LIGHT, NULL);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  return 0;
}
