/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base map, drawn: sea and the glow of its shore, land, towns, the grid, lakes, rivers, borders, postcodes. */
#include "sp-base-map-private.h"

#include "sp-graticule.h"
#include "sp-map-dots-private.h"
#include "sp-map-tracer.h"

#include <math.h>

#define GLOW_WIDE 9.0     /* pixels from the shore */
#define GLOW_NARROW 3.5
#define GLOW_FROM_ZOOM 4.5
#define GLOW_THIN 2.0     /* pixels */
#define LEAST_GLOWING 2.0 /* pixels */
#define MARGIN 12.0       /* pixels beyond the window, where clipped shores run unseen */
#define LEAST_ISLAND 0.8  /* pixels */
#define LEAST_ISLAND_OF_WORLD 2.0
#define WHOLE_WORLD_ZOOM 1.5
#define LEAST_LAKE 2.0
#define TOWNS_FROM_ZOOM 5.5
#define CLIP_TOWNS_ZOOM 9.5
#define RIVERS_FADE 14.0  /* zoom from which on rivers are too far from the truth to be of use; gone two later */

/* From which zoom on a river of each level is shown, and how wide it is there, in pixels. */
static const struct
{
  double zoom;
  double width;
} rivers[] = { { 4.5, 0.7 }, { 5.5, 0.6 }, { 6.5, 0.55 }, { 7.5, 0.5 } };

typedef struct
{
  cairo_t            *cr;
  const SpMapWindow  *window;
  const SpMapPalette *palette;
  double              zoom;
  SpMapTracer         tracer;
} Drawing;

static void
stroke (Drawing *self, const SpMapColour *colour, double width, gboolean preserve)
{
  sp_map_palette_set_source (self->cr, colour);
  cairo_set_line_width (self->cr, width);
  if (preserve)
    cairo_stroke_preserve (self->cr);
  else
    cairo_stroke (self->cr);
}

/* How much of their greatest width lines of the shore have. */
static double
get_growth (const Drawing *self)
{
  return CLAMP ((self->zoom - 4) / 4, 0.35, 1);
}

/* Wide and soft, so that few points are enough; the land covers its inner half. */
static void
draw_glow (Drawing *self)
{
  double thin = self->tracer.thin;

  if (self->zoom < GLOW_FROM_ZOOM)
    return;
  cairo_new_path (self->cr);
  self->tracer.thin = GLOW_THIN;
  sp_map_tracer_trace (&self->tracer, SP_MAP_LAND, SP_MAP_LAND, LEAST_GLOWING);
  self->tracer.thin = thin;
  cairo_set_tolerance (self->cr, 0.4);
  stroke (self, &self->palette->glow_wide, 2 * GLOW_WIDE * get_growth (self), TRUE);
  stroke (self, &self->palette->glow_narrow, 2 * GLOW_NARROW * get_growth (self), FALSE);
  cairo_set_tolerance (self->cr, 0.1);
}

/* The tint of towns is soft: from nearby one would see it reach over the shore. */
static void
draw_land (Drawing *self, const SpMapDots *dots)
{
  double least = self->zoom < WHOLE_WORLD_ZOOM ? LEAST_ISLAND_OF_WORLD : LEAST_ISLAND;

  cairo_new_path (self->cr);
  if (!sp_map_tracer_trace (&self->tracer, SP_MAP_LAND, SP_MAP_LAND, least))
    return;
  sp_map_palette_set_source (self->cr, &self->palette->land);
  cairo_fill_preserve (self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_BEVEL);
  stroke (self, &self->palette->shore, 0.5 + 0.4 * get_growth (self), TRUE);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_save (self->cr);
  if (self->zoom >= CLIP_TOWNS_ZOOM)
    cairo_clip (self->cr);
  cairo_new_path (self->cr);
  if (self->zoom >= TOWNS_FROM_ZOOM)
    sp_map_dots_draw_towns (dots, self->cr, self->window, self->palette);
  cairo_restore (self->cr);
}

static void
draw_rings (Drawing *self, guint kind, const SpMapColour *colour)
{
  cairo_new_path (self->cr);
  if (!sp_map_tracer_trace (&self->tracer, kind, kind, LEAST_LAKE))
    return;
  sp_map_palette_set_source (self->cr, colour);
  cairo_fill_preserve (self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_BEVEL);
  stroke (self, &self->palette->shore, 0.4 + 0.2 * get_growth (self), FALSE);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
}

static void
draw_rivers (Drawing *self)
{
  SpMapColour colour = self->palette->river;

  colour.alpha *= 1 - CLAMP ((self->zoom - RIVERS_FADE) / 2, 0, 1);
  for (guint i = G_N_ELEMENTS (rivers); i-- > 0 && colour.alpha > 0;)
    {
      double grown = MIN (exp2 ((self->zoom - rivers[i].zoom) * 0.35), 5);

      cairo_new_path (self->cr);
      if (self->zoom >= rivers[i].zoom
          && sp_map_tracer_trace (&self->tracer, SP_MAP_RIVER_1 + i, SP_MAP_RIVER_1 + i, 1))
        stroke (self, &colour, rivers[i].width * grown, FALSE);
    }
}

static void
draw_borders (Drawing *self)
{
  double grown = CLAMP ((self->zoom - 3) / 5, 0.4, 1.2);

  cairo_new_path (self->cr);
  if (!sp_map_tracer_trace (&self->tracer, SP_MAP_BORDER, SP_MAP_BORDER, 0))
    return;
  stroke (self, &self->palette->border_casing, 5 * grown, TRUE);
  stroke (self, &self->palette->border, 1.1 * grown, FALSE);
}

static void
draw_grid (Drawing *self)
{
  SpGraticule graticule;
  double x, y;

  sp_graticule_init (&graticule, self->window);
  cairo_new_path (self->cr);
  for (guint i = 0; i < graticule.n_meridians; i++)
    {
      sp_map_window_to_pixel (self->window, 0, (graticule.first_meridian + (int) i) * graticule.step, &x, &y);
      cairo_move_to (self->cr, x, -1);
      cairo_line_to (self->cr, x, self->window->height + 1);
    }
  for (guint i = 0; i < graticule.n_parallels; i++)
    {
      sp_map_window_to_pixel (self->window, (graticule.first_parallel + (int) i) * graticule.step, 0, &x, &y);
      cairo_move_to (self->cr, -1, y);
      cairo_line_to (self->cr, self->window->width + 1, y);
    }
  stroke (self, &self->palette->grid, 1, FALSE);
}

static void
draw_all (Drawing *self, const SpMapDots *dots)
{
  sp_map_palette_set_source (self->cr, &self->palette->sea);
  cairo_paint (self->cr);
  draw_glow (self);
  draw_land (self, dots);
  draw_grid (self);
  draw_rivers (self);
  for (guint kind = SP_MAP_LAKE; kind <= SP_MAP_POND; kind++)
    draw_rings (self, kind, kind == SP_MAP_ISLAND ? &self->palette->land : &self->palette->sea);
  draw_borders (self);
  if (dots != NULL)
    sp_map_dots_draw_dots (dots, self->cr, self->window, self->palette);
}

/**
 * sp_base_map_draw:
 * @self: a map
 * @cr: where to: a tile, a page; the window's corner at its origin
 * @window: what
 * @style: its colours
 * @dots: (nullable): the postcodes that are known
 *
 * Draws the window and nothing beside it. Lines do not depend on the window, so that tiles beside each other fit. A
 * tile takes a few milliseconds; several threads may draw from one map at a time, each with its own context.
 */
void
sp_base_map_draw (const SpBaseMap *self, cairo_t *cr, const SpMapWindow *window, SpMapStyle style,
                  const SpMapDots *dots)
{
  Drawing drawing = { cr, window, sp_map_palette_get (style), sp_map_window_get_zoom (window) };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, window->width, window->height);
  cairo_clip (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  sp_map_tracer_init (&drawing.tracer, cr, sp_base_map_choose_level (self, window), window, MARGIN);
  draw_all (&drawing, dots);
  sp_map_tracer_clear (&drawing.tracer);
  cairo_restore (cr);
}
