/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scale bar: round distances that fit, in the words people use. */
#include "sp-scale-bar.h"

#include "sp-map-window.h"

static const struct { double metres_per_pixel; SpScaleUnits units; const char *words; double length; } bars[] = {
  { 1, SP_SCALE_METRIC, "100 m", 100 },        { 10, SP_SCALE_METRIC, "1 km", 100 },     { 9.9, SP_SCALE_METRIC, "500 m", 50.505 },
  { 20, SP_SCALE_METRIC, "2 km", 100 },        { 49, SP_SCALE_METRIC, "2 km", 40.816 },  { 0.1, SP_SCALE_METRIC, "10 m", 100 },
  { 0.004, SP_SCALE_METRIC, "0.2 m", 50 },     { 9000, SP_SCALE_METRIC, "500 km", 55.556 },
  { 1, SP_SCALE_IMPERIAL, "100 yd", 91.44 },   { 4.1, SP_SCALE_IMPERIAL, "¼ mi", 98.131 }, { 4, SP_SCALE_IMPERIAL, "200 yd", 45.72 },
  { 8.1, SP_SCALE_IMPERIAL, "½ mi", 99.342 },  { 16.1, SP_SCALE_IMPERIAL, "1 mi", 99.959 }, { 100, SP_SCALE_IMPERIAL, "5 mi", 80.467 },
};

static void
test_bars (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      g_autofree char *words = NULL;
      SpScaleBar bar;

      sp_scale_bar_init (&bar, bars[i].metres_per_pixel, 100, bars[i].units);
      words = sp_scale_bar_describe (&bar);
      g_assert_cmpstr (words, ==, bars[i].words);
      g_assert_cmpfloat_with_epsilon (bar.length, bars[i].length, 0.001);
    }
}

/* Whatever the scale, the bar fits and is not too short to read. */
static void
test_fits (void)
{
  for (double scale = 0.01; scale < 100000; scale *= 1.03)
    for (guint units = SP_SCALE_METRIC; units <= SP_SCALE_IMPERIAL; units++)
      {
        SpScaleBar bar;

        sp_scale_bar_init (&bar, scale, 120, units);
        g_assert_cmpfloat (bar.length, <=, 120.001);
        g_assert_cmpfloat (bar.length, >=, 120 / 2.5 - 0.001);
      }
}

/* At the latitude of Maryport a zoom of 12 shows 22 metres a pixel: what is 1 km on the bar is 1 km on the ground. */
static void
test_on_the_map (void)
{
  SpMapWindow window;
  SpScaleBar bar;
  double west, east, latitude;

  sp_map_window_init_around (&window, 54.7143, -3.4947, 12, 400, 400);
  sp_scale_bar_init (&bar, sp_map_window_get_metres_per_pixel (&window, 54.7143), 100, SP_SCALE_METRIC);
  g_assert_true (bar.large);
  g_assert_cmpfloat (bar.amount, ==, 2);
  sp_map_window_from_pixel (&window, 100, 200, &latitude, &west);
  sp_map_window_from_pixel (&window, 100 + bar.length, 200, &latitude, &east);
  g_assert_cmpfloat_with_epsilon (sp_geodesy_distance (latitude, west, latitude, east), 2000, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/scale-bar/bars", test_bars);
  g_test_add_func ("/scale-bar/fits", test_fits);
  g_test_add_func ("/scale-bar/on-the-map", test_on_the_map);
  return g_test_run ();
}
