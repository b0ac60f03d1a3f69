/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which meridians and parallels a map shows: round numbers of degrees, minutes or seconds, neither crowded nor rare. */
#include "sp-graticule.h"

#include <math.h>

#define WIDEST 320.0 /* pixels between meridians: so there is always one in a window of some size */

static const double steps[] = {
  30,       15,       10,       5,           2,           1,           30 / 60.0,  15 / 60.0,  10 / 60.0,
  5 / 60.0, 2 / 60.0, 1 / 60.0, 30 / 3600.0, 15 / 3600.0, 10 / 3600.0, 5 / 3600.0, 2 / 3600.0, 1 / 3600.0,
};

/**
 * sp_graticule_init:
 * @self: (out caller-allocates): a graticule
 * @window: a window
 *
 * The step depends on the scale alone, so that all tiles of a zoom agree.
 */
void
sp_graticule_init (SpGraticule *self, const SpMapWindow *window)
{
  guint i = 0;
  SpBox box;

  while (i + 1 < G_N_ELEMENTS (steps) && steps[i] * window->world / 360 > WIDEST)
    i++;
  sp_map_window_get_box (window, &box);
  self->step = steps[i];
  self->first_meridian = (int) ceil (box.west / self->step);
  self->first_parallel = (int) ceil (box.south / self->step);
  self->n_meridians = (guint) MAX (floor (box.east / self->step) - self->first_meridian + 1, 0);
  self->n_parallels = (guint) MAX (floor (box.north / self->step) - self->first_parallel + 1, 0);
}
