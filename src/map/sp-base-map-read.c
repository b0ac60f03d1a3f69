/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the file of the base map (data/basemap/README.md describes it). Every number is checked against what is left of
 * the file before anything is allocated for it. */
#include "sp-base-map-private.h"

#include <string.h>

#define HEADER 8
#define LEVEL_HEADER 28
#define VERSION 1
#define MAX_LEVELS 8
#define MAX_BITS 24
#define MAX_ORDER 16
#define KIND_BITS 6
#define COUNT_ORDER 4

typedef struct
{
  const guint8 *data;
  gsize         n_bits;
  gsize         at;     /* bits */
  guint         order;  /* of the codes of coordinates */
  gint32        world;  /* units */
  SpMapPoint    last;
} Stream;

static guint32
read_word (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, SP_ERROR, SP_ERROR_PARSE, "The built-in map: %s", what);
  return FALSE;
}

/* Returns: whether there were so many bits left. */
static gboolean
read_bits (Stream *self, guint n, guint32 *value)
{
  if (self->n_bits - self->at < n)
    return FALSE;
  *value = 0;
  for (; n > 0; n--, self->at++)
    *value = *value << 1 | (self->data[self->at / 8] >> (7 - self->at % 8) & 1);
  return TRUE;
}

/* An Exp-Golomb code of an order. Returns: whether it was there, and below 2^28. */
static gboolean
read_count (Stream *self, guint order, guint32 *value)
{
  guint length = 0;
  guint32 bit;

  do
    if (!read_bits (self, 1, &bit))
      return FALSE;
  while (bit == 0 && ++length + order < 28);
  if (bit == 0 || !read_bits (self, length + order, value))
    return FALSE;
  *value += (1u << (length + order)) - (1u << order);
  return TRUE;
}

static gboolean
read_signed (Stream *self, gint32 *value)
{
  guint32 code;

  if (!read_count (self, self->order, &code))
    return FALSE;
  *value = (code & 1) != 0 ? -(gint32) (code / 2) - 1 : (gint32) (code / 2);
  return TRUE;
}

/* A point within a world of the map on either side. */
static gboolean
read_point (Stream *self, SpMapPoint *point)
{
  gint32 x, y;

  if (!read_signed (self, &x) || !read_signed (self, &y))
    return FALSE;
  point->x = self->last.x + x;
  point->y = self->last.y + y;
  self->last = *point;
  return ABS (point->x) <= 2 * self->world && ABS (point->y) <= 2 * self->world;
}

static void
add_to_edges (SpMapEdges *edges, const SpMapPoint *point)
{
  edges->left = MIN (edges->left, point->x);
  edges->top = MIN (edges->top, point->y);
  edges->right = MAX (edges->right, point->x);
  edges->bottom = MAX (edges->bottom, point->y);
}

/* The edges of the points from @from to before @to, with a neighbour on each side. */
static SpMapEdges
chunk_edges (const SpMapPoint *points, guint n, guint from, guint to, gboolean ring)
{
  guint before = from > 0 ? from - 1 : (ring ? n - 1 : 0);
  guint after = to < n ? to : (ring ? 0 : n - 1);
  SpMapEdges edges = { points[before].x, points[before].y, points[before].x, points[before].y };

  for (guint i = from; i < to; i++)
    add_to_edges (&edges, &points[i]);
  add_to_edges (&edges, &points[after]);
  return edges;
}

static void
index_line (SpMapLevel *level, SpMapLine *line)
{
  const SpMapPoint *points = &g_array_index (level->points, SpMapPoint, line->first_point);

  line->first_chunk = level->chunks->len;
  line->edges = (SpMapEdges){ points->x, points->y, points->x, points->y };
  for (guint from = 0; from < line->n_points; from += SP_MAP_CHUNK)
    {
      guint to = MIN (from + SP_MAP_CHUNK, line->n_points);
      SpMapEdges edges = chunk_edges (points, line->n_points, from, to, sp_map_kind_is_ring (line->kind));

      g_array_append_val (level->chunks, edges);
      add_to_edges (&line->edges, &(SpMapPoint){ edges.left, edges.top });
      add_to_edges (&line->edges, &(SpMapPoint){ edges.right, edges.bottom });
    }
}

static gboolean
is_known_kind (guint kind)
{
  return (kind >= SP_MAP_LAND && kind <= SP_MAP_POND) || (kind >= SP_MAP_RIVER_1 && kind <= SP_MAP_RIVER_4)
         || kind == SP_MAP_BORDER;
}

static gboolean
read_line (Stream *stream, SpMapLevel *level, guint last_kind, GError **error)
{
  guint32 kind, n;
  SpMapLine line;

  if (!read_bits (stream, KIND_BITS, &kind) || !read_count (stream, COUNT_ORDER, &n))
    return fail (error, "a line is cut off");
  if (!is_known_kind (kind) || kind < last_kind)
    return fail (error, "a line is of an unknown kind, or out of order");
  if (n < (sp_map_kind_is_ring (kind) ? 3 : 2) || n > (stream->n_bits - stream->at) / 2 / (stream->order + 1))
    return fail (error, "a line has a wrong number of points");
  line = (SpMapLine){ (guint8) kind, level->points->len, n };
  for (guint i = 0; i < n; i++)
    {
      SpMapPoint point;

      if (!read_point (stream, &point))
        return fail (error, "a point is cut off, or off the map");
      g_array_append_val (level->points, point);
    }
  index_line (level, &line);
  g_array_append_val (level->lines, line);
  return TRUE;
}

static gboolean
read_lines (SpMapLevel *level, Stream *stream, guint32 n, GError **error)
{
  guint kind = 0;

  for (guint32 i = 0; i < n; i++)
    {
      if (!read_line (stream, level, kind, error))
        return FALSE;
      kind = g_array_index (level->lines, SpMapLine, level->lines->len - 1).kind;
    }
  if (stream->n_bits - stream->at >= 8)
    return fail (error, "there is more of a level than its lines");
  return TRUE;
}

static void
level_free (gpointer data)
{
  SpMapLevel *self = data;

  g_array_unref (self->points);
  g_array_unref (self->chunks);
  g_array_unref (self->lines);
  g_free (self);
}

static SpMapLevel *
level_new (int zoom, guint bits)
{
  SpMapLevel *self = g_new0 (SpMapLevel, 1);

  self->zoom = zoom;
  self->units = 1u << bits;
  self->points = g_array_new (FALSE, FALSE, sizeof (SpMapPoint));
  self->chunks = g_array_new (FALSE, FALSE, sizeof (SpMapEdges));
  self->lines = g_array_new (FALSE, FALSE, sizeof (SpMapLine));
  return self;
}

/* Reads the level at @data, of at most @size bytes, to the end of @levels. Returns: how many bytes it took, or 0. */
static gsize
read_level (GPtrArray *levels, const guint8 *data, gsize size, GError **error)
{
  Stream stream = { data + LEVEL_HEADER };
  SpMapLevel *level;
  guint32 length;

  if (size < LEVEL_HEADER || data[1] == 0 || data[1] > MAX_BITS || data[2] > MAX_ORDER)
    return fail (error, "the header of a level is wrong");
  length = read_word (data + 24);
  for (guint edge = 0; edge < 4; edge++)
    if (read_word (data + 4 + 4 * edge) > 1u << data[1])
      return fail (error, "a level covers more than the map");
  if (length > size - LEVEL_HEADER)
    return fail (error, "a level is cut off");
  stream.n_bits = (gsize) length * 8;
  stream.order = data[2];
  stream.world = 1 << data[1];
  level = level_new (data[0], data[1]);
  g_ptr_array_add (levels, level);
  level->covers = (SpMapEdges){ (gint32) read_word (data + 4), (gint32) read_word (data + 8),
                                (gint32) read_word (data + 12), (gint32) read_word (data + 16) };
  return read_lines (level, &stream, read_word (data + 20), error) ? LEVEL_HEADER + length : 0;
}

/**
 * sp_base_map_read_levels:
 * @bytes: what the file holds
 * @error: return location for an error, `SP_ERROR_PARSE`
 *
 * Returns: (transfer full) (element-type SpMapLevel): at least one level
 */
GPtrArray *
sp_base_map_read_levels (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (level_free);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize at = HEADER;

  if (size < HEADER || memcmp (data, "SPBM", 4) != 0 || data[4] != VERSION || data[5] == 0 || data[5] > MAX_LEVELS)
    {
      fail (error, "this is not a file of it");
      return NULL;
    }
  for (guint i = 0; i < data[5]; i++)
    {
      gsize length = read_level (levels, data + at, size - at, error);

      if (length == 0)
        return NULL;
      at += length;
    }
  if (at != size)
    {
      fail (error, "there is more of it than its levels");
      return NULL;
    }
  return g_steal_pointer (&levels);
}
