/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpGeojsonWriter: documents as a FeatureCollection (RFC 7946), one feature a line. The id is the feature's, the
 * position its geometry, and all other members are its properties. An entry without a position has no geometry, but is there. */
#include "sp-geojson-writer.h"

#include <string.h>

struct _SpGeojsonWriter
{
  SpWriter parent_instance;

  gboolean begun;
};

G_DEFINE_FINAL_TYPE (SpGeojsonWriter, sp_geojson_writer, SP_TYPE_WRITER)

#define HEAD "{\"type\":\"FeatureCollection\",\"features\":["

/* The point of an entry; NULL if it has none, or none that GeoJSON could hold. */
static SpNode *
make_point (const SpNode *location)
{
  const char *latitude = sp_node_get_lexeme (sp_node_get (location, "latitude"));
  const char *longitude = sp_node_get_lexeme (sp_node_get (location, "longitude"));
  SpNode *coordinates, *point;

  if (latitude == NULL || longitude == NULL)
    return NULL;
  coordinates = sp_node_new_array ();
  sp_node_append (coordinates, sp_node_new_lexeme (longitude));
  sp_node_append (coordinates, sp_node_new_lexeme (latitude));
  point = sp_node_new_object ();
  sp_node_set (point, "type", sp_node_new_string ("Point"));
  sp_node_set (point, "coordinates", coordinates);
  return point;
}

/* What the geometry does not say: the accuracy. */
static SpNode *
location_without_point (const SpNode *location)
{
  SpNode *rest = sp_node_copy (location);

  sp_node_remove (rest, "latitude");
  sp_node_remove (rest, "longitude");
  return rest;
}

static SpNode *
make_feature (const SpNode *document)
{
  gboolean is_area = g_strcmp0 (sp_node_get_text (document, "type"), "area") == 0;
  SpNode *feature = sp_node_new_object (), *properties = sp_node_new_object ();
  SpNode *outline = is_area ? sp_node_get (document, "geometry") : NULL;
  SpNode *point = is_area ? NULL : make_point (sp_node_get (document, "location"));

  sp_node_set (feature, "type", sp_node_new_string ("Feature"));
  if (sp_node_get (document, "_id") != NULL)
    sp_node_set (feature, "id", sp_node_ref (sp_node_get (document, "_id")));
  for (guint i = 0; i < sp_node_get_length (document); i++)
    {
      const char *name = sp_node_get_name (document, i);
      SpNode *value = sp_node_get_element (document, i);

      if (name[0] == '_' || value == outline)
        continue;
      if (point != NULL && strcmp (name, "location") == 0)
        {
          SpNode *rest = location_without_point (value);
          if (sp_node_get_length (rest) > 0)
            sp_node_set (properties, name, rest);
          else
            sp_node_unref (rest);
        }
      else
        sp_node_set (properties, name, sp_node_ref (value));
    }
  if (outline != NULL)
    point = sp_node_ref (outline);
  sp_node_set (feature, "geometry", point != NULL ? point : sp_node_new_null ());
  sp_node_set (feature, "properties", properties);
  return feature;
}

static gboolean
sp_geojson_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpGeojsonWriter *self = SP_GEOJSON_WRITER (writer);
  g_autoptr (SpNode) feature = make_feature (document);
  g_autoptr (GString) text = g_string_new (self->begun ? ",\n" : HEAD "\n");

  self->begun = TRUE;
  sp_node_append_json (feature, text);
  return sp_writer_put (writer, text->str, text->len, error);
}

static gboolean
sp_geojson_writer_end (SpWriter *writer, GError **error)
{
  const char *end = SP_GEOJSON_WRITER (writer)->begun ? "\n]}\n" : HEAD "]}\n";

  return sp_writer_put (writer, end, strlen (end), error);
}

static void
sp_geojson_writer_class_init (SpGeojsonWriterClass *class)
{
  SP_WRITER_CLASS (class)->add = sp_geojson_writer_add;
  SP_WRITER_CLASS (class)->end = sp_geojson_writer_end;
}

static void
sp_geojson_writer_init (SpGeojsonWriter *self)
{
}
