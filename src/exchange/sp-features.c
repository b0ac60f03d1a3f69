/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFeatures: GeoJSON (RFC 7946) taken apart feature by feature: a collection, a list of features, one feature, one
 * a line (newline-delimited), or one after a record separator (RFC 8142). Coordinates are degrees, or those of a
 * reference system that the older GeoJSON of 2008 named in `crs`. */
#include "sp-features.h"

#include "sp-geodesy.h"
#include "sp-grid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FEATURE_BYTES (16 * 1024 * 1024) /* outlines come in more detail than they are kept */

#define LEAST_METRES 1000 /* every place in Britain is farther from the corner of the grid; no degrees are so many */

typedef enum
{
  SYSTEM_DEGREES,
  SYSTEM_GRID,
  SYSTEM_MERCATOR,
} System;

struct _SpFeatures
{
  GBytes *bytes;  /* owned */
  GArray *ranges; /* SpJsonRange */
  System  system;
  SpGrid  grid;
};

static gboolean
is_blank (char c)
{
  return g_ascii_isspace (c) || c == '\x1E';
}

/* One feature a line, or one after each record separator: there it may have several lines. */
static GArray *
split_at (const char *text, gsize length, char end_of_feature)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (SpJsonRange));

  for (gsize at = 0; at < length;)
    {
      const char *end = memchr (text + at, end_of_feature, length - at);
      gsize next = end != NULL ? (gsize) (end - text) + 1 : length;
      SpJsonRange range = { at, next - at };

      while (range.length > 0 && is_blank (text[range.start]))
        range.start++, range.length--;
      while (range.length > 0 && is_blank (text[range.start + range.length - 1]))
        range.length--;
      if (range.length > 0)
        g_array_append_val (ranges, range);
      at = next;
    }
  return ranges;
}

/* Whether a line ends with a closed object while something follows: no text of one object has that. */
static gboolean
is_line_delimited (const char *text, gsize length)
{
  const char *end = memchr (text, '\n', length);
  g_autoptr (GArray) tokens = NULL;
  gsize at;

  if (end == NULL)
    return FALSE;
  for (at = (gsize) (end - text); at < length && is_blank (text[at]);)
    at++;
  if (at == length || text[at] != '{')
    return FALSE;
  for (gsize i = 0; i < (gsize) (end - text); i++)
    if (!is_blank (text[i]))
      {
        tokens = sp_json_gate_scan (text + i, (gsize) (end - text) - i, MAX_FEATURE_BYTES, NULL);
        return tokens != NULL;
      }
  return FALSE;
}

static GArray *
find_features (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) why = NULL;
  GArray *ranges = NULL;
  SpJsonRange whole = { 0, length };
  gsize at = 0;

  while (at < length && is_blank (text[at]))
    at++;
  if (at < length && memchr (text, '\x1E', at) != NULL)
    return split_at (text, length, '\x1E');
  if (at < length && is_line_delimited (text, length))
    return split_at (text, length, '\n');
  if (at < length && text[at] == '[')
    return sp_json_gate_slice (text, length, NULL, &ranges, error) ? ranges : NULL;
  if (sp_json_gate_slice (text, length, "features", &ranges, &why))
    return ranges;
  if (memmem (text, length, "\"Feature\"", strlen ("\"Feature\"")) == NULL
      || memmem (text, length, "\"features\"", strlen ("\"features\"")) != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  ranges = g_array_new (FALSE, FALSE, sizeof (SpJsonRange));
  g_array_append_val (ranges, whole);
  return ranges;
}

/* The number at the end of a name such as "urn:ogc:def:crs:EPSG::27700"; 4326 for CRS84; 0 if nothing is said. */
static guint
find_epsg (const char *text, gsize length)
{
  const char *crs = memmem (text, length, "\"crs\"", 5);
  gsize left = crs != NULL ? MIN ((gsize) (text + length - crs), 300) : 0;
  const char *epsg = crs != NULL ? memmem (crs, left, "EPSG", 4) : NULL;
  const char *end;
  guint code = 0, place = 1;

  if (crs != NULL && memmem (crs, left, "CRS84", 5) != NULL)
    return 4326;
  end = epsg != NULL ? memchr (epsg, '"', left - (gsize) (epsg - crs)) : NULL;
  for (; end != NULL && g_ascii_isdigit (end[-1]) && place < 1000000; end--, place *= 10)
    code += place * (guint) g_ascii_digit_value (end[-1]);
  return code;
}

/* A file that names no system and has numbers too large for degrees is on the national grid. */
static gboolean
first_is_on_grid (const SpFeatures *self)
{
  g_autoptr (SpNode) feature = self->ranges->len > 0 ? sp_features_get (self, 0, NULL) : NULL;
  const SpNode *at = sp_node_get (sp_node_get (feature, "geometry"), "coordinates");
  double easting, northing;

  while (sp_node_is_array (at) && sp_node_get_length (at) > 0 && sp_node_is_array (sp_node_get_element (at, 0)))
    at = sp_node_get_element (at, 0);
  if (!sp_node_is_array (at) || sp_node_get_length (at) < 2)
    return FALSE;
  easting = sp_node_get_double (sp_node_get_element (at, 0));
  northing = sp_node_get_double (sp_node_get_element (at, 1));
  return easting > LEAST_METRES && northing > LEAST_METRES && sp_grid_contains (SP_GRID_BRITISH, easting, northing);
}

static gboolean
read_system (SpFeatures *self, const char *text, gsize length, GError **error)
{
  gsize first = self->ranges->len > 0 ? g_array_index (self->ranges, SpJsonRange, 0).start : length;
  gsize after = length;
  guint epsg = find_epsg (text, first);

  if (epsg == 0 && self->ranges->len > 0)
    {
      const SpJsonRange *last = &g_array_index (self->ranges, SpJsonRange, self->ranges->len - 1);
      after = last->start + last->length;
      epsg = find_epsg (text + after, length - after);
    }
  if (epsg == 0 && first_is_on_grid (self))
    epsg = 27700;
  if (epsg == 0 || epsg == 4326 || epsg == 4258 || epsg == 4979)
    return TRUE;
  self->system = epsg == 3857 || epsg == 900913 ? SYSTEM_MERCATOR : SYSTEM_GRID;
  if (self->system == SYSTEM_MERCATOR || sp_grid_from_epsg (epsg, &self->grid))
    return TRUE;
  g_set_error (
      error, SP_ERROR, SP_ERROR_UNSUPPORTED,
      _("The coordinates are in EPSG:%u; Signpost reads degrees (EPSG:4326), the national grids and Web Mercator"), epsg);
  return FALSE;
}

/**
 * sp_features_new:
 * @bytes: the whole text, which may be a file mapped into memory
 * @error: %SP_ERROR_PARSE if there are no features, %SP_ERROR_UNSUPPORTED for coordinates of an unknown system
 *
 * Returns: (transfer full) (nullable): its features
 */
SpFeatures *
sp_features_new (GBytes *bytes, GError **error)
{
  g_autoptr (SpFeatures) self = g_new0 (SpFeatures, 1);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  self->bytes = g_bytes_ref (bytes);
  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    {
      g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, 3, length - 3);
      return sp_features_new (rest, error);
    }
  self->ranges = find_features (text != NULL ? text : "", length, error);
  if (self->ranges == NULL || !read_system (self, text != NULL ? text : "", length, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sp_features_free:
 * @self: (transfer full): features
 */
void
sp_features_free (SpFeatures *self)
{
  g_clear_pointer (&self->ranges, g_array_unref);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * sp_features_get_length:
 * @self: features
 *
 * Returns: how many there are
 */
guint sp_features_get_length (const SpFeatures *self) { return self->ranges->len; }

/**
 * sp_features_is_projected:
 * @self: features
 *
 * Returns: whether their coordinates are those of another reference system, for sp_features_project(), instead of
 *   degrees
 */
gboolean sp_features_is_projected (const SpFeatures *self) { return self->system != SYSTEM_DEGREES; }

/**
 * sp_features_get:
 * @self: features
 * @index: which one, from 0
 * @error: %SP_ERROR_PARSE: what the gate refused, or that it is no feature
 *
 * Returns: (transfer full) (nullable): the feature
 */
SpNode *
sp_features_get (const SpFeatures *self, guint index, GError **error)
{
  const SpJsonRange *range = &g_array_index (self->ranges, SpJsonRange, index);
  const char *text = (const char *) g_bytes_get_data (self->bytes, NULL) + range->start;
  g_autoptr (GArray) tokens = sp_json_gate_scan (text, range->length, MAX_FEATURE_BYTES, error);
  g_autoptr (SpNode) feature = NULL;

  if (tokens == NULL)
    return NULL;
  feature = sp_node_from_tokens (text, tokens, 0);
  if (g_strcmp0 (sp_node_get_text (feature, "type"), "Feature") == 0)
    return g_steal_pointer (&feature);
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("this is not a GeoJSON feature"));
  return NULL;
}

/**
 * sp_features_project:
 * @self: features
 * @x: the first coordinate of a position
 * @y: the second
 * @latitude: (out): degrees north, WGS 84
 * @longitude: (out): degrees east, WGS 84
 *
 * Returns: whether that is a place on earth
 */
gboolean
sp_features_project (const SpFeatures *self, double x, double y, double *latitude, double *longitude)
{
  switch (self->system)
    {
    case SYSTEM_GRID:
      return sp_grid_to_wgs84 (self->grid, x, y, latitude, longitude);
    case SYSTEM_MERCATOR:
      sp_geodesy_from_mercator (x, y, latitude, longitude);
      break;
    case SYSTEM_DEGREES:
    default:
      *latitude = y;
      *longitude = x;
    }
  return sp_geodesy_is_valid (*latitude, *longitude);
}
