/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the pins of one spot stand when they are fanned out: few in a circle, more in a spiral, as in the Overlapping
 * Marker Spiderfier (G. MacKerron, https://github.com/jawj/OverlappingMarkerSpiderfier). Pure functions. */
#include "sp-pin-fan.h"

#include <math.h>

#define MOST_IN_CIRCLE 8
#define LEAST_RADIUS 1.9 /* in pins */
#define APART 1.5        /* from one pin to the next, in pins */

static void
place_in_circle (guint index, guint count, double pin, double *x, double *y)
{
  double radius = pin * MAX (LEAST_RADIUS, count * APART / (2 * G_PI)), angle = 2 * G_PI * index / count;

  *x = radius * sin (angle);
  *y = -radius * cos (angle);
}

/* Each a step further out, and so far around that it stands clear of the one before. */
static void
place_in_spiral (guint index, double pin, double *x, double *y)
{
  double radius = pin * LEAST_RADIUS, angle = 0;

  for (guint i = 0; i < index; i++)
    {
      angle += APART * pin / radius;
      radius += pin * APART * 1.25 / (2 * G_PI) * (APART * pin / radius);
    }
  *x = radius * sin (angle);
  *y = -radius * cos (angle);
}

/**
 * sp_pin_fan_place:
 * @index: which of the pins
 * @count: how many there are
 * @pin: how wide one is, in pixels
 * @x: (out): to the right of the spot, in pixels
 * @y: (out): below it
 *
 * The first is at the top; the next ones follow clockwise.
 */
void
sp_pin_fan_place (guint index, guint count, double pin, double *x, double *y)
{
  if (count <= MOST_IN_CIRCLE)
    place_in_circle (index, count, pin, x, y);
  else
    place_in_spiral (index, pin, x, y);
}
