/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-map-window.h"

G_BEGIN_DECLS

/**
 * SpGraticule:
 * @step: degrees from line to line
 * @first_meridian: the westernmost within the window, in steps from Greenwich; negative to the west
 * @n_meridians: how many there are from there to the east
 * @first_parallel: the southernmost within the window, in steps from the equator; negative to the south
 * @n_parallels: how many there are from there to the north
 *
 * The meridians and parallels that a map of some scale shows.
 */
typedef struct
{
  double step;
  int    first_meridian;
  guint  n_meridians;
  int    first_parallel;
  guint  n_parallels;
} SpGraticule;

void sp_graticule_init (SpGraticule *self, const SpMapWindow *window);

G_END_DECLS
