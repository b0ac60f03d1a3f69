/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Geometries of GeoJSON as Signpost keeps them: an entry has one point, an area has an outline in degrees with six
 * decimals (0.1 m) whose rings are closed. */
#include "sp-geometry.h"

#include "sp-polygon.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static char *
format_degrees (double value)
{
  char *text = g_malloc (32);
  gsize n;

  g_ascii_formatd (text, 32, "%.6f", value);
  for (n = strlen (text); text[n - 1] == '0'; n--)
    ;
  text[text[n - 1] == '.' ? n - 1 : n] = '\0';
  if (strcmp (text, "-0") == 0)
    strcpy (text, "0");
  return text;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, what);
  return FALSE;
}

/* A position as the file has it; degrees keep their digits. */
static gboolean
read_position (const SpFeatures *features, const SpNode *position, char **latitude, char **longitude, GError **error)
{
  double lat, lon;

  if (!sp_node_is_array (position) || sp_node_get_length (position) < 2
      || sp_node_get_lexeme (sp_node_get_element (position, 0)) == NULL
      || sp_node_get_lexeme (sp_node_get_element (position, 1)) == NULL)
    return refuse (error, _("its position is not two numbers"));
  if (!sp_features_project (features, sp_node_get_double (sp_node_get_element (position, 0)),
                            sp_node_get_double (sp_node_get_element (position, 1)), &lat, &lon))
    return refuse (error, _("its position is no place on earth"));
  if (sp_features_is_projected (features))
    {
      *latitude = format_degrees (lat);
      *longitude = format_degrees (lon);
      return TRUE;
    }
  *latitude = g_strdup (sp_node_get_lexeme (sp_node_get_element (position, 1)));
  *longitude = g_strdup (sp_node_get_lexeme (sp_node_get_element (position, 0)));
  return TRUE;
}

static gboolean
read_inner_point (const SpFeatures *features, const SpNode *geometry, char **latitude, char **longitude, GError **error)
{
  g_autoptr (SpNode) tidy = sp_geometry_tidy (features, geometry, NULL, error);
  g_autoptr (SpPolygon) polygon = tidy != NULL ? sp_polygon_new (tidy, error) : NULL;
  double lat, lon;

  if (polygon == NULL)
    return FALSE;
  sp_polygon_get_inner_point (polygon, &lat, &lon);
  *latitude = format_degrees (lat);
  *longitude = format_degrees (lon);
  return TRUE;
}

/* Of a list of positions the middle one: a point on the line. */
static const SpNode *
middle_of (const SpNode *positions)
{
  guint n = sp_node_get_length (positions);

  return sp_node_is_array (positions) && n > 0 ? sp_node_get_element (positions, n / 2) : NULL;
}

static const SpNode *
first_of (const SpNode *list)
{
  return sp_node_is_array (list) && sp_node_get_length (list) > 0 ? sp_node_get_element (list, 0) : NULL;
}

/**
 * sp_geometry_get_point:
 * @features: where the geometry comes from
 * @geometry: (nullable): any geometry of GeoJSON
 * @latitude: (out) (transfer full): degrees north, as JSON writes numbers
 * @longitude: (out) (transfer full): degrees east
 * @is_point: (out): whether that is the place itself, and not a point inside of something larger
 * @error: %SP_ERROR_PARSE if the geometry cannot be read
 *
 * Returns: whether there is a point; without error if @geometry is %NULL, null or empty
 */
gboolean
sp_geometry_get_point (const SpFeatures *features, const SpNode *geometry, char **latitude, char **longitude,
                       gboolean *is_point, GError **error)
{
  const char *type = sp_node_get_text (geometry, "type");
  const SpNode *at = sp_node_get (geometry, "coordinates");

  *is_point = g_strcmp0 (type, "Point") == 0;
  if (type == NULL)
    return geometry == NULL || sp_node_get_kind (geometry) == SP_JSON_NULL ? FALSE
                                                                           : refuse (error, _("its geometry has no type"));
  if (strcmp (type, "GeometryCollection") == 0)
    {
      const SpNode *inner = first_of (sp_node_get (geometry, "geometries"));
      if (inner == NULL || g_strcmp0 (sp_node_get_text (inner, "type"), type) == 0)
        return FALSE;
      return sp_geometry_get_point (features, inner, latitude, longitude, is_point, error);
    }
  if (sp_node_is_array (at) && sp_node_get_length (at) == 0)
    return FALSE;
  if (*is_point)
    return read_position (features, at, latitude, longitude, error);
  if (strcmp (type, "MultiPoint") == 0)
    return read_position (features, first_of (at), latitude, longitude, error);
  if (strcmp (type, "LineString") == 0)
    return read_position (features, middle_of (at), latitude, longitude, error);
  if (strcmp (type, "MultiLineString") == 0)
    return read_position (features, middle_of (first_of (at)), latitude, longitude, error);
  if (strcmp (type, "Polygon") == 0 || strcmp (type, "MultiPolygon") == 0)
    return read_inner_point (features, geometry, latitude, longitude, error);
  return refuse (error, _("its geometry is of a type that GeoJSON does not have"));
}

/* --- outlines --- */

static gboolean
same_position (const SpNode *a, const SpNode *b)
{
  return strcmp (sp_node_get_lexeme (sp_node_get_element (a, 0)), sp_node_get_lexeme (sp_node_get_element (b, 0))) == 0
         && strcmp (sp_node_get_lexeme (sp_node_get_element (a, 1)), sp_node_get_lexeme (sp_node_get_element (b, 1)))
                == 0;
}

static SpNode *
tidy_position (const SpFeatures *features, const SpNode *position, GError **error)
{
  g_autofree char *latitude = NULL;
  g_autofree char *longitude = NULL;
  g_autofree char *y = NULL;
  g_autofree char *x = NULL;
  SpNode *tidy;

  if (!read_position (features, position, &latitude, &longitude, error))
    return NULL;
  y = format_degrees (g_ascii_strtod (latitude, NULL));
  x = format_degrees (g_ascii_strtod (longitude, NULL));
  tidy = sp_node_new_array ();
  sp_node_append (tidy, sp_node_new_lexeme (x));
  sp_node_append (tidy, sp_node_new_lexeme (y));
  return tidy;
}

/* Rounded, without positions that have become the same, and closed. */
static SpNode *
tidy_ring (const SpFeatures *features, const SpNode *ring, GError **error)
{
  g_autoptr (SpNode) tidy = sp_node_new_array ();
  guint n;

  for (guint i = 0; sp_node_is_array (ring) && i < sp_node_get_length (ring); i++)
    {
      SpNode *position = tidy_position (features, sp_node_get_element (ring, i), error);
      if (position == NULL)
        return NULL;
      n = sp_node_get_length (tidy);
      if (n > 0 && same_position (sp_node_get_element (tidy, n - 1), position))
        sp_node_unref (position);
      else
        sp_node_append (tidy, position);
    }
  n = sp_node_get_length (tidy);
  if (n > 0 && !same_position (sp_node_get_element (tidy, 0), sp_node_get_element (tidy, n - 1)))
    sp_node_append (tidy, sp_node_copy (sp_node_get_element (tidy, 0)));
  if (sp_node_get_length (tidy) >= 4)
    return g_steal_pointer (&tidy);
  refuse (error, _("a ring has fewer than three corners"));
  return NULL;
}

static void
note (GPtrArray *notes, const char *what, guint index, const char *why)
{
  if (notes != NULL)
    g_ptr_array_add (notes, g_strdup_printf ("%s %u was left out: %s", what, index, why));
}

/* A polygon without its outline is nothing; one without a hole is only a little wrong, and that is said. */
static SpNode *
tidy_polygon (const SpFeatures *features, const SpNode *rings, GPtrArray *notes, GError **error)
{
  g_autoptr (SpNode) tidy = sp_node_new_array ();

  for (guint i = 0; sp_node_is_array (rings) && i < sp_node_get_length (rings); i++)
    {
      g_autoptr (GError) why = NULL;
      SpNode *ring = tidy_ring (features, sp_node_get_element (rings, i), &why);

      if (ring != NULL)
        sp_node_append (tidy, ring);
      else if (i == 0)
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
      else
        note (notes, "hole", i, why->message);
    }
  if (sp_node_get_length (tidy) > 0)
    return g_steal_pointer (&tidy);
  refuse (error, _("a polygon has no outline"));
  return NULL;
}

static SpNode *
tidy_polygons (const SpFeatures *features, const SpNode *polygons, GPtrArray *notes, GError **error)
{
  g_autoptr (SpNode) tidy = sp_node_new_array ();
  g_autoptr (GError) last = NULL;

  for (guint i = 0; sp_node_is_array (polygons) && i < sp_node_get_length (polygons); i++)
    {
      g_autoptr (GError) why = NULL;
      SpNode *polygon = tidy_polygon (features, sp_node_get_element (polygons, i), notes, &why);

      if (polygon != NULL)
        {
          sp_node_append (tidy, polygon);
          continue;
        }
      note (notes, "part", i + 1, why->message);
      g_clear_error (&last);
      last = g_steal_pointer (&why);
    }
  if (sp_node_get_length (tidy) > 0)
    return g_steal_pointer (&tidy);
  if (last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    refuse (error, _("a multipolygon has no parts"));
  return NULL;
}

/**
 * sp_geometry_tidy:
 * @features: where the geometry comes from
 * @geometry: (nullable): a polygon or multipolygon
 * @notes: (nullable) (element-type utf8): where is said what had to be left out
 * @error: %SP_ERROR_PARSE if nothing is left
 *
 * Returns: (transfer full) (nullable): the same in degrees, rounded, its rings closed
 */
SpNode *
sp_geometry_tidy (const SpFeatures *features, const SpNode *geometry, GPtrArray *notes, GError **error)
{
  const char *type = sp_node_get_text (geometry, "type");
  const SpNode *at = sp_node_get (geometry, "coordinates");
  gboolean multi = g_strcmp0 (type, "MultiPolygon") == 0;
  SpNode *coordinates, *tidy;

  if (!multi && g_strcmp0 (type, "Polygon") != 0)
    {
      refuse (error, _("it has no outline (a Polygon or MultiPolygon)"));
      return NULL;
    }
  coordinates = multi ? tidy_polygons (features, at, notes, error) : tidy_polygon (features, at, notes, error);
  if (coordinates == NULL)
    return NULL;
  tidy = sp_node_new_object ();
  sp_node_set (tidy, "type", sp_node_new_string (type));
  sp_node_set (tidy, "coordinates", coordinates);
  return tidy;
}
