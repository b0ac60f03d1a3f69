/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpKmlPlace: a placemark of KML (OGC 07-147r2, 11.3) becomes a feature of GeoJSON, so that all that is known of lists of
 * places holds for both. One that Signpost wrote has its whole document with it. */
#include "sp-kml-place.h"

#include <math.h>
#include <string.h>

#define MOST_DATA 1000        /* of one place */
#define MOST_POSITIONS 200000 /* of one place: an outline in more detail than any map shows */
#define OWN "_signpost"

struct _SpKmlPlace
{
  SpNode *properties; /* owned */
  SpNode *shapes;     /* owned; array of geometries */
  SpNode *outer;      /* owned, nullable; of the polygon that is being read */
  SpNode *inner;      /* owned, nullable; array of rings */
  guint   n_positions;
};

/**
 * sp_kml_place_new:
 *
 * Returns: (transfer full): a place of which nothing is known
 */
SpKmlPlace *
sp_kml_place_new (void)
{
  SpKmlPlace *self = g_new0 (SpKmlPlace, 1);

  self->properties = sp_node_new_object ();
  self->shapes = sp_node_new_array ();
  return self;
}

/**
 * sp_kml_place_free:
 * @self: (transfer full): a place
 */
void
sp_kml_place_free (SpKmlPlace *self)
{
  sp_node_unref (self->properties);
  sp_node_unref (self->shapes);
  g_clear_pointer (&self->outer, sp_node_unref);
  g_clear_pointer (&self->inner, sp_node_unref);
  g_free (self);
}

/**
 * sp_kml_place_set:
 * @self: a place
 * @name: of a column
 * @text: what stands in it; nothing is not kept
 */
void
sp_kml_place_set (SpKmlPlace *self, const char *name, const char *text)
{
  if (*name != '\0' && text[strspn (text, " \t\r\n")] != '\0' && sp_node_get_length (self->properties) < MOST_DATA)
    sp_node_set (self->properties, name, sp_node_new_string (text));
}

/* A number as JSON writes it, with the digits of the file where they are such already. */
static SpNode *
read_number (const char *text, gsize length)
{
  g_autofree char *lexeme = g_strndup (text, length);
  g_autoptr (SpNode) node = sp_node_parse (lexeme, -1, NULL);
  char *end;
  double value;

  if (node != NULL && sp_node_get_lexeme (node) != NULL)
    return g_steal_pointer (&node);
  value = g_ascii_strtod (lexeme, &end);
  return end != lexeme && *end == '\0' && isfinite (value) ? sp_node_new_number (value) : NULL;
}

/* "longitude,latitude" or "longitude,latitude,height". */
static SpNode *
read_position (const char *text, gsize length)
{
  const char *comma = memchr (text, ',', length);
  gsize first = comma != NULL ? (gsize) (comma - text) : 0, left = comma != NULL ? length - first - 1 : 0;
  const char *second = comma != NULL ? memchr (comma + 1, ',', left) : NULL;
  g_autoptr (SpNode) longitude = comma != NULL ? read_number (text, first) : NULL;
  g_autoptr (SpNode) latitude =
    comma != NULL ? read_number (comma + 1, second != NULL ? (gsize) (second - comma) - 1 : left) : NULL;
  SpNode *position;

  if (longitude == NULL || latitude == NULL)
    return NULL;
  position = sp_node_new_array ();
  sp_node_append (position, g_steal_pointer (&longitude));
  sp_node_append (position, g_steal_pointer (&latitude));
  return position;
}

/* Positions with white space between; what is none is passed over. */
static SpNode *
read_positions (SpKmlPlace *self, const char *text)
{
  SpNode *positions = sp_node_new_array ();

  while (*text != '\0' && self->n_positions < MOST_POSITIONS)
    {
      gsize length = strcspn (text, " \t\r\n");
      SpNode *position = length > 0 ? read_position (text, length) : NULL;

      if (position != NULL)
        {
          sp_node_append (positions, position);
          self->n_positions++;
        }
      text += length;
      text += strspn (text, " \t\r\n");
    }
  return positions;
}

static void
add_geometry (SpKmlPlace *self, const char *type, SpNode *coordinates)
{
  SpNode *shape = sp_node_new_object ();

  sp_node_set (shape, "type", sp_node_new_string (type));
  sp_node_set (shape, "coordinates", coordinates);
  sp_node_append (self->shapes, shape);
}

/**
 * sp_kml_place_add_shape:
 * @self: a place
 * @type: "Point" or "LineString"
 * @coordinates: as KML writes them
 *
 * Adds a geometry, unless it has no position.
 */
void
sp_kml_place_add_shape (SpKmlPlace *self, const char *type, const char *coordinates)
{
  g_autoptr (SpNode) positions = read_positions (self, coordinates);

  if (sp_node_get_length (positions) == 0)
    return;
  if (strcmp (type, "Point") == 0)
    add_geometry (self, type, sp_node_ref (sp_node_get_element (positions, 0)));
  else
    add_geometry (self, type, g_steal_pointer (&positions));
}

/**
 * sp_kml_place_begin_polygon:
 * @self: a place
 */
void
sp_kml_place_begin_polygon (SpKmlPlace *self)
{
  g_clear_pointer (&self->outer, sp_node_unref);
  g_clear_pointer (&self->inner, sp_node_unref);
  self->inner = sp_node_new_array ();
}

/**
 * sp_kml_place_add_ring:
 * @self: a place with a polygon that was begun
 * @coordinates: as KML writes them
 * @outer: whether it is the outline, and not a hole
 */
void
sp_kml_place_add_ring (SpKmlPlace *self, const char *coordinates, gboolean outer)
{
  SpNode *ring = read_positions (self, coordinates);

  if (outer && self->outer == NULL)
    self->outer = ring;
  else if (!outer && self->inner != NULL)
    sp_node_append (self->inner, ring);
  else
    sp_node_unref (ring);
}

/**
 * sp_kml_place_end_polygon:
 * @self: a place with a polygon that was begun
 *
 * Adds it, unless it has no outline.
 */
void
sp_kml_place_end_polygon (SpKmlPlace *self)
{
  SpNode *rings;

  if (self->outer != NULL)
    {
      rings = sp_node_new_array ();
      sp_node_append (rings, g_steal_pointer (&self->outer));
      for (guint i = 0; i < sp_node_get_length (self->inner); i++)
        sp_node_append (rings, sp_node_ref (sp_node_get_element (self->inner, i)));
      add_geometry (self, "Polygon", rings);
    }
  g_clear_pointer (&self->inner, sp_node_unref);
}

static SpNode *
make_geometry (const SpKmlPlace *self)
{
  SpNode *all;

  if (sp_node_get_length (self->shapes) == 0)
    return sp_node_new_null ();
  if (sp_node_get_length (self->shapes) == 1)
    return sp_node_ref (sp_node_get_element (self->shapes, 0));
  all = sp_node_new_object ();
  sp_node_set (all, "type", sp_node_new_string ("GeometryCollection"));
  sp_node_set (all, "geometries", sp_node_ref (self->shapes));
  return all;
}

/* The document that Signpost wrote with it. */
static SpNode *
read_own (const SpKmlPlace *self)
{
  const char *json = sp_node_get_text (self->properties, OWN);
  g_autoptr (SpNode) body = json != NULL ? sp_node_parse (json, -1, NULL) : NULL;
  const char *id = sp_node_get_text (body, "_id");

  if (id == NULL || !g_str_has_prefix (id, "asset:") || g_strcmp0 (sp_node_get_text (body, "type"), "asset") != 0)
    return NULL;
  return g_steal_pointer (&body);
}

/* An entry that is on the map by its venue has no position of its own. */
static gboolean
has_position (const SpNode *body)
{
  const SpNode *location = sp_node_get (body, "location");

  return sp_node_get_lexeme (sp_node_get (location, "latitude")) != NULL
         && sp_node_get_lexeme (sp_node_get (location, "longitude")) != NULL;
}

/**
 * sp_kml_place_to_feature:
 * @self: a place
 *
 * Returns: (transfer full): the same as a feature of GeoJSON
 */
SpNode *
sp_kml_place_to_feature (const SpKmlPlace *self)
{
  g_autoptr (SpNode) own = read_own (self);
  SpNode *feature = sp_node_new_object ();

  sp_node_set (feature, "type", sp_node_new_string ("Feature"));
  if (own != NULL)
    sp_node_set (feature, "id", sp_node_ref (sp_node_get (own, "_id")));
  sp_node_set (feature, "geometry", own == NULL || has_position (own) ? make_geometry (self) : sp_node_new_null ());
  sp_node_set (feature, "properties", own != NULL ? sp_node_ref (own) : sp_node_ref (self->properties));
  return feature;
}
