/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-base-map-private.h"

G_BEGIN_DECLS

/**
 * SpMapTracer:
 *
 * Turns lines of a level into paths of a cairo context, clipped to a little more than a window. The same line takes the
 * same course in every window, so that tiles fit together.
 */
typedef struct
{
  cairo_t          *cr;
  const SpMapLevel *level;
  SpMapEdges        reach;    /* what is traced, in units */
  double            scale;    /* pixels a unit */
  double            x;        /* pixels of the window's west edge from that of the world */
  double            y;
  double            margin;   /* pixels around the window that are traced as well */
  double            width;    /* of the window, pixels */
  double            height;
  double            thin;     /* pixels from the last point, below which a point is left out; may be set */
  gboolean          smooth;   /* round off the corners: the points lie far apart */
  GArray           *points;   /* PixelPoint: the line in hand */
  GArray           *clipped;  /* PixelPoint */
} SpMapTracer;

void     sp_map_tracer_init  (SpMapTracer *self, cairo_t *cr, const SpMapLevel *level, const SpMapWindow *window,
                              double margin);
void     sp_map_tracer_clear (SpMapTracer *self);
gboolean sp_map_tracer_trace (SpMapTracer *self, guint first_kind, guint last_kind, double least_size);

G_END_DECLS
