/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the points of the base map to paths of cairo: what lies far outside is skipped, corners are rounded off where
 * the map is drawn larger than its points were chosen for, points that fall together are left out, rings are clipped.
 */
#include "sp-map-tracer.h"

#include <math.h>

#define THIN 0.45     /* pixels: less than anybody sees */
#define SMOOTH_ZOOM 10.5 /* from there on corners show */
#define SMOOTH_LEVEL 8   /* coarser ones are not drawn larger than they are made for */
#define CURVE_STEP 6  /* pixels of a rounded corner that are drawn straight */
#define MAX_STEPS 24

typedef struct
{
  double x;
  double y;
} PixelPoint;

/**
 * sp_map_tracer_init:
 * @self: (out caller-allocates): a tracer; free what it holds with sp_map_tracer_clear()
 * @cr: where the paths go
 * @level: the lines
 * @window: what is drawn
 * @margin: pixels around it; more than half the width of any stroke along a ring
 */
void
sp_map_tracer_init (SpMapTracer *self, cairo_t *cr, const SpMapLevel *level, const SpMapWindow *window, double margin)
{
  double scale = window->world / level->units, zoom = sp_map_window_get_zoom (window);

  *self = (SpMapTracer){ cr, level };
  self->scale = scale;
  self->x = window->x * window->world;
  self->y = window->y * window->world;
  self->margin = margin;
  self->thin = THIN;
  self->width = window->width;
  self->height = window->height;
  self->smooth = zoom > SMOOTH_ZOOM || (zoom > level->zoom - 0.5 && level->zoom >= SMOOTH_LEVEL);
  self->reach.left = (gint32) floor ((self->x - margin) / scale);
  self->reach.top = (gint32) floor ((self->y - margin) / scale);
  self->reach.right = (gint32) ceil ((self->x + window->width + margin) / scale);
  self->reach.bottom = (gint32) ceil ((self->y + window->height + margin) / scale);
  self->points = g_array_new (FALSE, FALSE, sizeof (PixelPoint));
  self->clipped = g_array_new (FALSE, FALSE, sizeof (PixelPoint));
}

/**
 * sp_map_tracer_clear:
 * @self: a tracer
 */
void
sp_map_tracer_clear (SpMapTracer *self)
{
  g_array_unref (self->points);
  g_array_unref (self->clipped);
}

static gboolean
is_outside (const SpMapTracer *self, const SpMapEdges *edges)
{
  return edges->right < self->reach.left || edges->left > self->reach.right || edges->bottom < self->reach.top
         || edges->top > self->reach.bottom;
}

static gboolean
is_inside (const SpMapTracer *self, const SpMapEdges *edges)
{
  return edges->left > self->reach.left && edges->right < self->reach.right && edges->top > self->reach.top
         && edges->bottom < self->reach.bottom;
}

static PixelPoint
to_pixels (const SpMapTracer *self, const SpMapPoint *point)
{
  return (PixelPoint){ point->x * self->scale - self->x, point->y * self->scale - self->y };
}

static PixelPoint
middle (PixelPoint a, PixelPoint b)
{
  return (PixelPoint){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
}

/* A quadratic Bézier curve from the middle of the side before @b to the middle of the side after: a uniform B-spline.
 * Its end is where the next curve starts. */
static void
add_corner (GArray *out, PixelPoint a, PixelPoint b, PixelPoint c, gboolean with_end)
{
  PixelPoint start = middle (a, b), end = middle (b, c);
  double length = hypot (b.x - start.x, b.y - start.y) + hypot (end.x - b.x, end.y - b.y);
  guint steps = (guint) CLAMP (ceil (length / CURVE_STEP), 1, MAX_STEPS);

  for (guint i = 0; i < steps; i++)
    {
      double t = (double) i / steps, s = 1 - t;
      PixelPoint point = { s * s * start.x + 2 * s * t * b.x + t * t * end.x,
                           s * s * start.y + 2 * s * t * b.y + t * t * end.y };
      g_array_append_val (out, point);
    }
  if (with_end)
    g_array_append_val (out, end);
}

/* The points of one chunk. Which are left out depends on the chunk alone, not on the window. */
static void
add_chunk (SpMapTracer *self, const SpMapLine *line, guint from, guint to)
{
  const SpMapPoint *points = &g_array_index (self->level->points, SpMapPoint, line->first_point);
  gboolean ring = sp_map_kind_is_ring (line->kind);
  PixelPoint last = { INFINITY, INFINITY };

  for (guint i = from; i < to; i++)
    {
      PixelPoint point = to_pixels (self, &points[i]);
      gboolean end = !ring && (i == 0 || i + 1 == line->n_points);

      if (self->smooth && !end)
        add_corner (self->points, to_pixels (self, &points[i > 0 ? i - 1 : line->n_points - 1]), point,
                    to_pixels (self, &points[i + 1 < line->n_points ? i + 1 : 0]), i + 1 == to);
      else if (end || fabs (point.x - last.x) + fabs (point.y - last.y) > self->thin)
        {
          g_array_append_val (self->points, point);
          last = point;
        }
    }
}

/* A chunk beyond one edge stands for its first point: as all of it lies on that side, clipping gives the same. */
static void
collect_ring (SpMapTracer *self, const SpMapLine *line)
{
  const SpMapEdges *chunks = &g_array_index (self->level->chunks, SpMapEdges, line->first_chunk);

  g_array_set_size (self->points, 0);
  for (guint from = 0; from < line->n_points; from += SP_MAP_CHUNK)
    {
      if (is_outside (self, &chunks[from / SP_MAP_CHUNK]))
        {
          PixelPoint point =
              to_pixels (self, &g_array_index (self->level->points, SpMapPoint, line->first_point + from));
          g_array_append_val (self->points, point);
        }
      else
        add_chunk (self, line, from, MIN (from + SP_MAP_CHUNK, line->n_points));
    }
}

/* Sutherland and Hodgman's clipping of a ring against one edge: keeps where sign · coordinate >= sign · edge. */
static void
clip_ring (SpMapTracer *self, gboolean vertical, double edge, double sign)
{
  GArray *in = self->points, *out = self->clipped;

  g_array_set_size (out, 0);
  for (guint i = 0; i < in->len; i++)
    {
      PixelPoint a = g_array_index (in, PixelPoint, i), b = g_array_index (in, PixelPoint, i + 1 < in->len ? i + 1 : 0);
      double from = sign * ((vertical ? a.y : a.x) - edge), to = sign * ((vertical ? b.y : b.x) - edge);

      if (from >= 0)
        g_array_append_val (out, a);
      if ((from >= 0) != (to >= 0))
        {
          double t = from / (from - to);
          PixelPoint cut = { a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) };
          g_array_append_val (out, cut);
        }
    }
  self->points = out;
  self->clipped = in;
}

static gboolean
trace_ring (SpMapTracer *self, const SpMapLine *line)
{
  collect_ring (self, line);
  if (!is_inside (self, &line->edges))
    {
      clip_ring (self, FALSE, -self->margin, 1);
      clip_ring (self, FALSE, self->width + self->margin, -1);
      clip_ring (self, TRUE, -self->margin, 1);
      clip_ring (self, TRUE, self->height + self->margin, -1);
    }
  if (self->points->len < 3)
    return FALSE;
  cairo_new_sub_path (self->cr);
  for (guint i = 0; i < self->points->len; i++)
    cairo_line_to (self->cr, g_array_index (self->points, PixelPoint, i).x,
                   g_array_index (self->points, PixelPoint, i).y);
  cairo_close_path (self->cr);
  return TRUE;
}

static gboolean
side_is_outside (const SpMapTracer *self, PixelPoint a, PixelPoint b)
{
  return MAX (a.x, b.x) < -self->margin || MIN (a.x, b.x) > self->width + self->margin || MAX (a.y, b.y) < -self->margin
         || MIN (a.y, b.y) > self->height + self->margin;
}

/* The runs of the collected points that touch the window. */
static gboolean
trace_points (SpMapTracer *self)
{
  gboolean any = FALSE, drawing = FALSE;

  for (guint i = 0; i + 1 < self->points->len; i++)
    {
      PixelPoint a = g_array_index (self->points, PixelPoint, i), b = g_array_index (self->points, PixelPoint, i + 1);
      gboolean outside = side_is_outside (self, a, b);

      if (!outside && !drawing)
        cairo_move_to (self->cr, a.x, a.y);
      if (!outside)
        cairo_line_to (self->cr, b.x, b.y);
      drawing = !outside;
      any = any || drawing;
    }
  return any;
}

/* Chunks far away break the line; where one of them touches another its first point stands for the joint. */
static gboolean
trace_line (SpMapTracer *self, const SpMapLine *line)
{
  const SpMapEdges *chunks = &g_array_index (self->level->chunks, SpMapEdges, line->first_chunk);
  gboolean any = FALSE;

  g_array_set_size (self->points, 0);
  for (guint from = 0; from < line->n_points; from += SP_MAP_CHUNK)
    {
      if (!is_outside (self, &chunks[from / SP_MAP_CHUNK]))
        {
          add_chunk (self, line, from, MIN (from + SP_MAP_CHUNK, line->n_points));
          continue;
        }
      any = trace_points (self) || any;
      g_array_set_size (self->points, 0);
    }
  return trace_points (self) || any;
}

static gboolean
is_seen (const SpMapTracer *self, const SpMapLine *line, double least_size)
{
  double size = MAX (line->edges.right - line->edges.left, line->edges.bottom - line->edges.top) * self->scale;

  return size >= least_size && !is_outside (self, &line->edges);
}

/**
 * sp_map_tracer_trace:
 * @self: a tracer
 * @first_kind: the least kind of line
 * @last_kind: the greatest
 * @least_size: pixels; lines that are narrower and lower are left out
 *
 * Adds these lines to the path of the context.
 *
 * Returns: whether there were any
 */
gboolean
sp_map_tracer_trace (SpMapTracer *self, guint first_kind, guint last_kind, double least_size)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->level->lines->len; i++)
    {
      const SpMapLine *line = &g_array_index (self->level->lines, SpMapLine, i);

      if (line->kind < first_kind || line->kind > last_kind || !is_seen (self, line, least_size))
        continue;
      any = (sp_map_kind_is_ring (line->kind) ? trace_ring (self, line) : trace_line (self, line)) || any;
    }
  return any;
}
