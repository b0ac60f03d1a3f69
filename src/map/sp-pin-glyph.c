/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signs on pins, one a heading: told apart by their outline alone, at some ten pixels and in black and white. */
#include "sp-pin-glyph.h"

#include <glib.h>
#include <math.h>

/* A polygon with its corners on a circle; every other one on an inner circle if @inner is below @outer. */
static void
trace_corners (cairo_t *cr, guint corners, double outer, double inner, double turned)
{
  for (guint i = 0; i < corners; i++)
    {
      double radius = i % 2 == 0 ? outer : inner, angle = turned + 2 * G_PI * i / corners;
      cairo_line_to (cr, radius * sin (angle), -radius * cos (angle));
    }
  cairo_close_path (cr);
}

static void
trace_heart (cairo_t *cr, double r)
{
  cairo_move_to (cr, 0, r);
  cairo_curve_to (cr, -0.5 * r, 0.55 * r, -1.1 * r, 0.15 * r, -1.1 * r, -0.35 * r);
  cairo_curve_to (cr, -1.1 * r, -1.05 * r, -0.25 * r, -1.05 * r, 0, -0.4 * r);
  cairo_curve_to (cr, 0.25 * r, -1.05 * r, 1.1 * r, -1.05 * r, 1.1 * r, -0.35 * r);
  cairo_curve_to (cr, 1.1 * r, 0.15 * r, 0.5 * r, 0.55 * r, 0, r);
  cairo_close_path (cr);
}

static void
trace_cross (cairo_t *cr, double r)
{
  double arm = 0.34 * r;

  cairo_rectangle (cr, -arm, -r, 2 * arm, 2 * r);
  cairo_rectangle (cr, -r, -arm, 2 * r, 2 * arm);
}

/* Pointed at both ends, with a stalk. */
static void
trace_leaf (cairo_t *cr, double r)
{
  cairo_move_to (cr, 0.95 * r, -0.95 * r);
  cairo_curve_to (cr, 1.05 * r, 0.35 * r, 0.35 * r, 1.0 * r, -0.45 * r, 0.6 * r);
  cairo_line_to (cr, -0.9 * r, 1.05 * r);
  cairo_line_to (cr, -1.1 * r, 0.85 * r);
  cairo_line_to (cr, -0.6 * r, 0.4 * r);
  cairo_curve_to (cr, -0.95 * r, -0.4 * r, -0.3 * r, -1.0 * r, 0.95 * r, -0.95 * r);
  cairo_close_path (cr);
}

/* With a hole: at this size nothing else tells it from a disc. */
static void
trace_nut (cairo_t *cr, double r)
{
  trace_corners (cr, 6, 1.1 * r, 1.1 * r, 0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 0.45 * r, 0, 2 * G_PI);
}

/**
 * sp_pin_glyph:
 * @cr: where; its path is replaced
 * @shape: which
 * @radius: of the circle around the sign, in the units of @cr
 *
 * Fills the path of a sign around the origin, with the source of @cr.
 */
void
sp_pin_glyph (cairo_t *cr, SpPinShape shape, double radius)
{
  double r = radius;

  cairo_new_path (cr);
  switch (shape)
    {
    case SP_PIN_SHAPE_SQUARE:
      cairo_rectangle (cr, -0.8 * r, -0.8 * r, 1.6 * r, 1.6 * r);
      break;
    case SP_PIN_SHAPE_CIRCLE:
      cairo_arc (cr, 0, 0, 0.92 * r, 0, 2 * G_PI);
      break;
    case SP_PIN_SHAPE_HEART:
      trace_heart (cr, r);
      break;
    case SP_PIN_SHAPE_DIAMOND:
      trace_corners (cr, 4, 1.12 * r, 0.8 * r, 0);
      break;
    case SP_PIN_SHAPE_CROSS:
      trace_cross (cr, r);
      break;
    case SP_PIN_SHAPE_TRIANGLE:
      trace_corners (cr, 3, 1.15 * r, 1.15 * r, 0);
      break;
    case SP_PIN_SHAPE_STAR:
      trace_corners (cr, 10, 1.2 * r, 0.5 * r, 0);
      break;
    case SP_PIN_SHAPE_TRIANGLE_DOWN:
      trace_corners (cr, 3, 1.15 * r, 1.15 * r, G_PI);
      break;
    case SP_PIN_SHAPE_LEAF:
      trace_leaf (cr, r);
      break;
    case SP_PIN_SHAPE_HEXAGON:
      trace_nut (cr, r);
      break;
    case SP_PIN_SHAPE_OTHER:
    case SP_PIN_N_SHAPES:
    default:
      cairo_arc (cr, 0, 0, 0.4 * r, 0, 2 * G_PI);
    }
  cairo_set_fill_rule (cr, shape == SP_PIN_SHAPE_HEXAGON ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
  cairo_fill (cr);
}
