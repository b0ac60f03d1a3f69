/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpGeojsonWriter: documents as a FeatureCollection (RFC 7946), one feature a line. The id is the feature's, the
 * position its geometry, and all other members are its properties. An entry without a position has no geometry, but is there. */
#include "sp-geojson-writer.h"

#include <string.h>

struct _SpGeojsonWriter
{
  SpWriter parent_instance;

  gboolean begun;
  GString *text; /* owned: the feature that is being written */
};

G_DEFINE_FINAL_TYPE (SpGeojsonWriter, sp_geojson_writer, SP_TYPE_WRITER)

#define HEAD "{\"type\":\"FeatureCollection\",\"features\":["

/* Whether it has a position that GeoJSON can hold. */
static gboolean
append_point (const SpNode *location, GString *text)
{
  const char *latitude = sp_node_get_lexeme (sp_node_get (location, "latitude"));
  const char *longitude = sp_node_get_lexeme (sp_node_get (location, "longitude"));

  if (latitude == NULL || longitude == NULL)
    return FALSE;
  g_string_append (text, "{\"type\":\"Point\",\"coordinates\":[");
  g_string_append (text, longitude);
  g_string_append_c (text, ',');
  g_string_append (text, latitude);
  g_string_append (text, "]}");
  return TRUE;
}

static void
append_geometry (const SpNode *document, const SpNode *outline, gboolean *has_point, GString *text)
{
  *has_point = outline == NULL && append_point (sp_node_get (document, "location"), text);
  if (outline != NULL)
    sp_node_append_json (outline, text);
  else if (!*has_point)
    g_string_append (text, "null");
}

/* What the geometry does not say: the accuracy. */
static void
append_location (const SpNode *location, GString *text)
{
  gsize before = text->len;
  guint n = 0;

  g_string_append (text, "\"location\":{");
  for (guint i = 0; i < sp_node_get_length (location); i++)
    {
      const char *name = sp_node_get_name (location, i);
      if (strcmp (name, "latitude") == 0 || strcmp (name, "longitude") == 0)
        continue;
      if (n++ > 0)
        g_string_append_c (text, ',');
      sp_node_append_member (location, i, text);
    }
  if (n > 0)
    g_string_append_c (text, '}');
  else
    g_string_truncate (text, before);
}

static void
append_properties (const SpNode *document, const SpNode *outline, gboolean has_point, GString *text)
{
  gsize before = text->len;

  for (guint i = 0; i < sp_node_get_length (document); i++)
    {
      const char *name = sp_node_get_name (document, i);
      const SpNode *value = sp_node_get_element (document, i);

      if (name[0] == '_' || value == outline)
        continue;
      if (text->len > before && text->str[text->len - 1] != ',')
        g_string_append_c (text, ',');
      if (has_point && strcmp (name, "location") == 0)
        append_location (value, text);
      else
        sp_node_append_member (document, i, text);
    }
  if (text->len > before && text->str[text->len - 1] == ',')
    g_string_truncate (text, text->len - 1);
}

/* Straight into the text, without a tree of it. */
static void
append_feature (const SpNode *document, GString *text)
{
  gboolean is_area = g_strcmp0 (sp_node_get_text (document, "type"), "area") == 0, has_point;
  const SpNode *outline = is_area ? sp_node_get (document, "geometry") : NULL, *id = sp_node_get (document, "_id");

  g_string_append (text, "{\"type\":\"Feature\",");
  if (id != NULL)
    {
      g_string_append (text, "\"id\":");
      sp_node_append_json (id, text);
      g_string_append_c (text, ',');
    }
  g_string_append (text, "\"geometry\":");
  append_geometry (document, outline, &has_point, text);
  g_string_append (text, ",\"properties\":{");
  append_properties (document, outline, has_point, text);
  g_string_append (text, "}}");
}

static gboolean
sp_geojson_writer_add (SpWriter *writer, const SpNode *document, GError **error)
{
  SpGeojsonWriter *self = SP_GEOJSON_WRITER (writer);

  g_string_assign (self->text, self->begun ? ",\n" : HEAD "\n");
  self->begun = TRUE;
  append_feature (document, self->text);
  return sp_writer_put (writer, self->text->str, self->text->len, error);
}

static gboolean
sp_geojson_writer_end (SpWriter *writer, GError **error)
{
  const char *end = SP_GEOJSON_WRITER (writer)->begun ? "\n]}\n" : HEAD "]}\n";

  return sp_writer_put (writer, end, strlen (end), error);
}

static void
sp_geojson_writer_finalize (GObject *object)
{
  g_string_free (SP_GEOJSON_WRITER (object)->text, TRUE);
  G_OBJECT_CLASS (sp_geojson_writer_parent_class)->finalize (object);
}

static void
sp_geojson_writer_class_init (SpGeojsonWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_geojson_writer_finalize;
  SP_WRITER_CLASS (class)->add = sp_geojson_writer_add;
  SP_WRITER_CLASS (class)->end = sp_geojson_writer_end;
}

static void
sp_geojson_writer_init (SpGeojsonWriter *self)
{
  self->text = g_string_new (NULL);
}
