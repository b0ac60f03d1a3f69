/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scale bar: the longest round distance that fits. */
#include "sp-scale-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define METRES_A_KILOMETRE 1000.0
#define METRES_A_YARD 0.9144 /* exactly: Weights and Measures Act 1985 */
#define METRES_A_MILE 1609.344

/* The greatest of 1, 2 and 5 with noughts that is not above @most. */
static double
round_down (double most)
{
  double power = pow (10, floor (log10 (most) + 1e-9));
  double first = most / power;

  return (first >= 5 - 1e-9 ? 5 : first >= 2 - 1e-9 ? 2 : 1) * power;
}

/* Below one mile, halves and quarters are what people know; below a quarter come yards. */
static double
round_miles (double most)
{
  return most >= 1 ? round_down (most) : most >= 0.5 ? 0.5 : 0.25;
}

/**
 * sp_scale_bar_init:
 * @self: (out caller-allocates): a scale bar
 * @metres_per_pixel: as sp_map_window_get_metres_per_pixel() says for the middle of the map; above 0
 * @max_length: pixels that it may be long; above 0
 * @units: what to measure in
 */
void
sp_scale_bar_init (SpScaleBar *self, double metres_per_pixel, double max_length, SpScaleUnits units)
{
  double metres = metres_per_pixel * max_length;
  double large = units == SP_SCALE_METRIC ? METRES_A_KILOMETRE : METRES_A_MILE;
  double small = units == SP_SCALE_METRIC ? 1 : METRES_A_YARD;
  double least_large = units == SP_SCALE_METRIC ? 1 : 0.25;

  g_return_if_fail (metres_per_pixel > 0 && max_length > 0);
  self->units = units;
  self->large = metres / large >= least_large - 1e-9;
  if (!self->large)
    self->amount = round_down (metres / small);
  else if (units == SP_SCALE_METRIC)
    self->amount = round_down (metres / large);
  else
    self->amount = round_miles (metres / large + 1e-9);
  self->length = self->amount * (self->large ? large : small) / metres_per_pixel;
}

/**
 * sp_scale_bar_describe:
 * @self: a scale bar
 *
 * Returns: (transfer full): what it stands for: "500 m", "2 km", "200 yd", "½ mi"
 */
char *
sp_scale_bar_describe (const SpScaleBar *self)
{
  g_autofree char *amount = NULL;

  if (self->large && self->units == SP_SCALE_IMPERIAL && self->amount < 1)
    amount = g_strdup (self->amount > 0.4 ? "½" : "¼");
  else
    amount = g_strdup_printf ("%g", self->amount);
  if (self->units == SP_SCALE_METRIC)
    return self->large ? g_strdup_printf (_("%s km"), amount) : g_strdup_printf (_("%s m"), amount);
  return self->large ? g_strdup_printf (_("%s mi"), amount) : g_strdup_printf (_("%s yd"), amount);
}
