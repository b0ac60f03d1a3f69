/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPolygon: an area's outline: whether a point is inside, its box, its size, and a point that is surely inside. */
#include "sp-polygon.h"

#include <math.h>
#include <string.h>

#define GRID 1e7                 /* steps a degree; two products of differences then fit 63 bits each */
#define EARTH_RADIUS_M 6371007.2 /* of the sphere with the surface of WGS 84 */
#define SCAN_LINES 9

typedef struct
{
  gint32 lat; /* in steps of the grid */
  gint32 lon;
} Point;

typedef struct
{
  guint first; /* of its points; the last repeats the first */
  guint count;
  Point low;   /* corners of its box */
  Point high;
} Ring;

typedef struct
{
  guint first; /* of its rings: the outline, then the holes */
  guint count;
} Shape;

struct _SpPolygon
{
  gint    ref_count; /* atomic */
  GArray *points;    /* Point */
  GArray *rings;     /* Ring */
  GArray *shapes;    /* Shape */
};

#define POINT(self, i) (&g_array_index ((self)->points, Point, (i)))
#define RING(self, i) (&g_array_index ((self)->rings, Ring, (i)))
#define SHAPE(self, i) (&g_array_index ((self)->shapes, Shape, (i)))

static gboolean
read_position (const SpNode *node, Point *point)
{
  double lat;
  double lon;

  if (!sp_node_is_array (node) || sp_node_get_length (node) < 2)
    return FALSE;
  lon = sp_node_get_double (sp_node_get_element (node, 0));
  lat = sp_node_get_double (sp_node_get_element (node, 1));
  if (!(fabs (lat) <= 90) || !(fabs (lon) <= 180)) /* NAN fails too */
    return FALSE;
  point->lat = (gint32) lround (lat * GRID);
  point->lon = (gint32) lround (lon * GRID);
  return TRUE;
}

static void
grow_box (Ring *ring, const Point *point)
{
  ring->low.lat = MIN (ring->low.lat, point->lat);
  ring->low.lon = MIN (ring->low.lon, point->lon);
  ring->high.lat = MAX (ring->high.lat, point->lat);
  ring->high.lon = MAX (ring->high.lon, point->lon);
}

static gboolean
read_ring (SpPolygon *self, const SpNode *node, guint polygon, guint number, GError **error)
{
  Ring ring = { self->points->len, 0, { G_MAXINT32, G_MAXINT32 }, { G_MININT32, G_MININT32 } };
  Point point;

  if (!sp_node_is_array (node) || sp_node_get_length (node) < 3)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Polygon %u, ring %u: a ring needs at least three corners", polygon + 1, number + 1);
      return FALSE;
    }
  for (guint i = 0; i < sp_node_get_length (node); i++)
    {
      if (!read_position (sp_node_get_element (node, i), &point))
        {
          g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Polygon %u, ring %u, corner %u: expected a longitude and a latitude in degrees",
                       polygon + 1, number + 1, i + 1);
          return FALSE;
        }
      grow_box (&ring, &point);
      g_array_append_val (self->points, point);
    }
  point = *POINT (self, ring.first);
  if (memcmp (&point, POINT (self, self->points->len - 1), sizeof point) != 0)
    g_array_append_val (self->points, point);
  ring.count = self->points->len - ring.first;
  g_array_append_val (self->rings, ring);
  return TRUE;
}

static gboolean
read_shape (SpPolygon *self, const SpNode *node, guint number, GError **error)
{
  Shape shape = { self->rings->len, sp_node_get_length (node) };

  if (!sp_node_is_array (node) || shape.count == 0)
    {
      g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "Polygon %u: it has no ring", number + 1);
      return FALSE;
    }
  for (guint i = 0; i < shape.count; i++)
    if (!read_ring (self, sp_node_get_element (node, i), number, i, error))
      return FALSE;
  g_array_append_val (self->shapes, shape);
  return TRUE;
}

static gboolean
read_multipolygon (SpPolygon *self, const SpNode *node, GError **error)
{
  if (!sp_node_is_array (node) || sp_node_get_length (node) == 0)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, "The geometry has no polygon");
      return FALSE;
    }
  for (guint i = 0; i < sp_node_get_length (node); i++)
    if (!read_shape (self, sp_node_get_element (node, i), i, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_geometry (SpPolygon *self, const SpNode *geometry, GError **error)
{
  const char *type = sp_node_get_text (geometry, "type");
  const SpNode *coordinates = sp_node_get (geometry, "coordinates");

  if (g_strcmp0 (type, "Polygon") == 0)
    return read_shape (self, coordinates, 0, error);
  if (g_strcmp0 (type, "MultiPolygon") == 0)
    return read_multipolygon (self, coordinates, error);
  g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "The geometry is “%s”, not a Polygon or MultiPolygon", type != NULL ? type : "nothing");
  return FALSE;
}

/**
 * sp_polygon_new:
 * @geometry: (nullable): a GeoJSON geometry (RFC 7946), Polygon or MultiPolygon, WGS 84
 * @error: %SP_ERROR_PARSE with the polygon, ring and corner that cannot be read
 *
 * Rings that are not closed are closed; the winding does not matter.
 *
 * Returns: (transfer full) (nullable): the polygon
 */
SpPolygon *
sp_polygon_new (const SpNode *geometry, GError **error)
{
  g_autoptr (SpPolygon) self = g_new0 (SpPolygon, 1);

  self->ref_count = 1;
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  self->rings = g_array_new (FALSE, FALSE, sizeof (Ring));
  self->shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  return read_geometry (self, geometry, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * sp_polygon_ref:
 * @self: polygons
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): the same polygons
 */
SpPolygon *
sp_polygon_ref (SpPolygon *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

/**
 * sp_polygon_unref:
 * @self: (transfer full): polygons
 *
 * Frees them when nobody else holds them. May be called from any thread.
 */
void
sp_polygon_unref (SpPolygon *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_array_unref (self->points);
  g_array_unref (self->rings);
  g_array_unref (self->shapes);
  g_free (self);
}

/**
 * sp_polygon_get_box:
 * @self: a polygon
 * @box: (out): the smallest box around it, degrees
 */
void
sp_polygon_get_box (const SpPolygon *self, SpBox *box)
{
  Ring all = *RING (self, 0);

  for (guint i = 1; i < self->rings->len; i++)
    {
      grow_box (&all, &RING (self, i)->low);
      grow_box (&all, &RING (self, i)->high);
    }
  *box = (SpBox) { all.low.lat / GRID, all.low.lon / GRID, all.high.lat / GRID, all.high.lon / GRID };
}

/**
 * sp_polygon_get_n_rings:
 * @self: polygons
 *
 * Returns: how many rings they have together, outlines and holes
 */
guint
sp_polygon_get_n_rings (const SpPolygon *self)
{
  return self->rings->len;
}

/**
 * sp_polygon_get_n_corners:
 * @self: polygons
 * @ring: number of a ring
 *
 * Returns: how many corners it has; the first comes again as the last
 */
guint
sp_polygon_get_n_corners (const SpPolygon *self, guint ring)
{
  return RING (self, ring)->count;
}

/**
 * sp_polygon_get_corner:
 * @self: polygons
 * @ring: number of a ring
 * @corner: number of a corner in it
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 */
void
sp_polygon_get_corner (const SpPolygon *self, guint ring, guint corner, double *latitude, double *longitude)
{
  const Point *point = POINT (self, RING (self, ring)->first + corner);

  *latitude = point->lat / GRID;
  *longitude = point->lon / GRID;
}

typedef enum { OUTSIDE, INSIDE, ON_EDGE } Side;

/* Whether @value lies between @a and @b, both included. */
static gboolean
between (gint64 value, gint64 a, gint64 b)
{
  return value >= MIN (a, b) && value <= MAX (a, b);
}

/* Counts the edges east of @point (even-odd rule), in whole numbers. */
static Side
side_of_ring (const SpPolygon *self, const Ring *ring, Point point)
{
  gboolean inside = FALSE;

  if (!between (point.lat, ring->low.lat, ring->high.lat) || !between (point.lon, ring->low.lon, ring->high.lon))
    return OUTSIDE;
  for (guint i = ring->first; i + 1 < ring->first + ring->count; i++)
    {
      const Point *a = POINT (self, i);
      const Point *b = POINT (self, i + 1);
      gint64 across;
      gint64 along;

      if (!between (point.lat, a->lat, b->lat))
        continue;
      across = ((gint64) point.lon - a->lon) * ((gint64) b->lat - a->lat);
      along = ((gint64) point.lat - a->lat) * ((gint64) b->lon - a->lon);
      if (across == along && between (point.lon, a->lon, b->lon))
        return ON_EDGE;
      if ((a->lat > point.lat) != (b->lat > point.lat) && (b->lat > a->lat ? across < along : across > along))
        inside = !inside;
    }
  return inside ? INSIDE : OUTSIDE;
}

static gboolean
shape_contains (const SpPolygon *self, const Shape *shape, Point point)
{
  for (guint i = 0; i < shape->count; i++)
    {
      Side side = side_of_ring (self, RING (self, shape->first + i), point);

      if (side == ON_EDGE)
        return TRUE;
      if ((side == INSIDE) != (i == 0)) /* outside the outline, or in a hole */
        return FALSE;
    }
  return TRUE;
}

/**
 * sp_polygon_contains:
 * @self: a polygon
 * @latitude: degrees north
 * @longitude: degrees east
 *
 * Edges and corners, those of holes too, belong to the polygon; what is inside a hole does not.
 *
 * Returns: whether the point is in it; %FALSE of NAN
 */
gboolean
sp_polygon_contains (const SpPolygon *self, double latitude, double longitude)
{
  Point point;

  if (!(fabs (latitude) <= 90) || !(fabs (longitude) <= 180))
    return FALSE;
  point = (Point) { (gint32) lround (latitude * GRID), (gint32) lround (longitude * GRID) };
  for (guint i = 0; i < self->shapes->len; i++)
    if (shape_contains (self, SHAPE (self, i), point))
      return TRUE;
  return FALSE;
}

static double
radians (gint32 steps)
{
  return steps / GRID * (G_PI / 180);
}

/* On the sphere, in square metres. After R. G. Chamberlain and W. H. Duquette, "Some Algorithms for Polygons on a
 * Sphere", JPL Publication 07-03 (2007), in its form as a sum over edges. */
static double
ring_area (const SpPolygon *self, const Ring *ring)
{
  double sum = 0;

  for (guint i = ring->first; i + 1 < ring->first + ring->count; i++)
    {
      const Point *a = POINT (self, i);
      const Point *b = POINT (self, i + 1);
      sum += (radians (b->lon) - radians (a->lon)) * (sin (radians (a->lat)) + sin (radians (b->lat)));
    }
  return fabs (sum) / 2 * EARTH_RADIUS_M * EARTH_RADIUS_M;
}

static double
shape_area (const SpPolygon *self, const Shape *shape)
{
  double area = ring_area (self, RING (self, shape->first));

  for (guint i = 1; i < shape->count; i++)
    area -= ring_area (self, RING (self, shape->first + i));
  return MAX (area, 0);
}

/**
 * sp_polygon_get_area:
 * @self: a polygon
 *
 * Returns: its surface in square metres, holes taken off
 */
double
sp_polygon_get_area (const SpPolygon *self)
{
  double area = 0;

  for (guint i = 0; i < self->shapes->len; i++)
    area += shape_area (self, SHAPE (self, i));
  return area;
}

static const Shape *
largest_shape (const SpPolygon *self)
{
  const Shape *largest = SHAPE (self, 0);
  double most = shape_area (self, largest);

  for (guint i = 1; i < self->shapes->len; i++)
    {
      double area = shape_area (self, SHAPE (self, i));
      if (area > most)
        {
          largest = SHAPE (self, i);
          most = area;
        }
    }
  return largest;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Adds the longitudes at which the edges of @ring cross the latitude @lat, which lies between two steps of the grid. */
static void
add_crossings (const SpPolygon *self, const Ring *ring, double lat, GArray *found)
{
  for (guint i = ring->first; i + 1 < ring->first + ring->count; i++)
    {
      const Point *a = POINT (self, i);
      const Point *b = POINT (self, i + 1);
      double lon;

      if ((a->lat > lat) == (b->lat > lat))
        continue;
      lon = a->lon + (lat - a->lat) * ((double) b->lon - a->lon) / ((double) b->lat - a->lat);
      g_array_append_val (found, lon);
    }
}

/* The middle of the widest stretch of that latitude which is inside. */
static gboolean
middle_of_line (const SpPolygon *self, const Shape *shape, double lat, Point *middle)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (double));
  double widest = -1;

  for (guint i = 0; i < shape->count; i++)
    add_crossings (self, RING (self, shape->first + i), lat, found);
  g_array_sort (found, compare_doubles);
  for (guint i = 0; i + 1 < found->len; i += 2)
    {
      double west = g_array_index (found, double, i);
      double east = g_array_index (found, double, i + 1);
      if (east - west > widest)
        {
          widest = east - west;
          *middle = (Point) { (gint32) floor (lat), (gint32) lround ((west + east) / 2) };
        }
    }
  return widest >= 0 && shape_contains (self, shape, *middle);
}

/* Square of the distance from @p to the edge @a @b, with a degree of longitude worth @scale degrees of latitude. */
static double
edge_distance (const Point *p, const Point *a, const Point *b, double scale)
{
  double ax = ((double) a->lon - p->lon) * scale;
  double ay = (double) a->lat - p->lat;
  double dx = ((double) b->lon - a->lon) * scale;
  double dy = (double) b->lat - a->lat;
  double length = dx * dx + dy * dy;
  double t = length > 0 ? CLAMP (-(ax * dx + ay * dy) / length, 0, 1) : 0;

  ax += t * dx;
  ay += t * dy;
  return ax * ax + ay * ay;
}

static double
clearance (const SpPolygon *self, const Shape *shape, const Point *point)
{
  const Ring *outline = RING (self, shape->first);
  double scale = cos (radians (outline->low.lat / 2 + outline->high.lat / 2));
  double least = G_MAXDOUBLE;

  for (guint r = 0; r < shape->count; r++)
    {
      const Ring *ring = RING (self, shape->first + r);
      for (guint i = ring->first; i + 1 < ring->first + ring->count; i++)
        least = MIN (least, edge_distance (point, POINT (self, i), POINT (self, i + 1), scale));
    }
  return least;
}

/**
 * sp_polygon_get_inner_point:
 * @self: a polygon
 * @latitude: (out): degrees north
 * @longitude: (out): degrees east
 *
 * A point that is in the polygon, however bent it is or full of holes, and stands well clear of its edges: on each
 * of a few evenly spaced latitudes the middle of the widest stretch inside; the one of these that is farthest from
 * any edge. Of several polygons it lies in the largest. A polygon without a surface gives its first corner.
 */
void
sp_polygon_get_inner_point (const SpPolygon *self, double *latitude, double *longitude)
{
  const Shape *shape = largest_shape (self);
  const Ring *outline = RING (self, shape->first);
  Point best = *POINT (self, outline->first);
  double most = -1;

  for (int i = 0; i < SCAN_LINES; i++)
    {
      int step = i % 2 == 0 ? i / 2 : -(i + 1) / 2; /* from the middle outward, so that of equals the middle wins */
      double height = (double) outline->high.lat - outline->low.lat;
      double lat = floor (outline->low.lat + height * (0.5 + step / (SCAN_LINES + 1.0))) + 0.5;
      Point point;
      double clear;

      if (!middle_of_line (self, shape, lat, &point))
        continue;
      clear = clearance (self, shape, &point);
      if (clear > most)
        {
          best = point;
          most = clear;
        }
    }
  *latitude = best.lat / GRID;
  *longitude = best.lon / GRID;
}
