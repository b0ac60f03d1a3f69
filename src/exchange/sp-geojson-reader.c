/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpGeojsonReader: a list as GeoJSON. Its properties are columns like those of CSV, and the geometry is the position. A
 * feature that Signpost wrote itself comes back as it was. */
#include "sp-geojson-reader.h"

#include "sp-geometry.h"
#include "sp-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_AHEAD 100   /* features whose properties make up the columns */
#define MAX_COLUMNS 1000

struct _SpGeojsonReader
{
  SpReader parent_instance;

  SpFeatures *features; /* owned */
  SpColumns  *columns;  /* owned */
  SpRowMaker *maker;    /* owned */
  guint       at;
};

G_DEFINE_FINAL_TYPE (SpGeojsonReader, sp_geojson_reader, SP_TYPE_READER)

static gboolean
is_own (const SpNode *feature)
{
  const char *id = sp_node_get_text (feature, "id");

  return id != NULL && g_str_has_prefix (id, "asset:")
         && g_strcmp0 (sp_node_get_text (sp_node_get (feature, "properties"), "type"), "asset") == 0;
}

/* A property as the text of a cell; a list of words has semicolons between. */
static char *
cell_text (const SpNode *value)
{
  GString *words;

  switch (sp_node_get_kind (value))
    {
    case SP_JSON_NULL:
      return NULL;
    case SP_JSON_STRING:
      return g_strdup (sp_node_get_string (value));
    case SP_JSON_NUMBER:
      return g_strdup (sp_node_get_lexeme (value));
    case SP_JSON_TRUE:
      return g_strdup ("true");
    case SP_JSON_FALSE:
      return g_strdup ("false");
    case SP_JSON_ARRAY:
      words = g_string_new (NULL);
      for (guint i = 0; i < sp_node_get_length (value); i++)
        {
          g_autofree char *word = cell_text (sp_node_get_element (value, i));
          if (word != NULL)
            g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", word);
        }
      return g_string_free (words, FALSE);
    case SP_JSON_OBJECT:
    default:
      return sp_node_to_json (value);
    }
}

static gboolean
find_columns (SpGeojsonReader *self, const SpReaderOptions *options, GError **error)
{
  gboolean nameless = options->nameless;
  gboolean all_own = TRUE;

  for (guint i = 0; i < MIN (sp_features_get_length (self->features), LOOK_AHEAD); i++)
    {
      g_autoptr (SpNode) feature = sp_features_get (self->features, i, NULL);
      const SpNode *properties = sp_node_get (feature, "properties");

      if (feature == NULL || is_own (feature))
        continue;
      all_own = FALSE;
      for (guint k = 0; sp_node_is_object (properties) && k < sp_node_get_length (properties); k++)
        if (sp_columns_find (self->columns, sp_node_get_name (properties, k)) < 0
            && sp_columns_get_length (self->columns) < MAX_COLUMNS)
          sp_columns_add (self->columns, sp_node_get_name (properties, k));
    }
  sp_columns_leave_names (self->columns, options->names);
  return sp_columns_settle (self->columns, all_own || nameless ? NULL : error) || all_own || nameless;
}

static GPtrArray *
make_cells (SpGeojsonReader *self, const SpNode *properties)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sp_node_is_object (properties) && i < sp_node_get_length (properties); i++)
    {
      int column = sp_columns_find (self->columns, sp_node_get_name (properties, i));
      if (column < 0 && sp_columns_get_length (self->columns) < MAX_COLUMNS)
        column = (int) sp_columns_add (self->columns, sp_node_get_name (properties, i));
      if (column < 0)
        continue;
      if ((guint) column >= cells->len)
        g_ptr_array_set_size (cells, column + 1);
      g_free (cells->pdata[column]);
      cells->pdata[column] = cell_text (sp_node_get_element (properties, i));
    }
  return cells;
}

static void
add_position (SpGeojsonReader *self, SpRecord *record, const SpNode *geometry)
{
  g_autofree char *latitude = NULL;
  g_autofree char *longitude = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_point;

  if (sp_geometry_get_point (self->features, geometry, &latitude, &longitude, &is_point, &error))
    {
      if (!sp_row_set_position (record->asset, latitude, longitude, is_point ? NULL : "place"))
        sp_record_add_problem (record, NULL, _("%s, %s is not a position on the map"), latitude, longitude);
    }
  else if (error != NULL)
    sp_record_add_problem (record, NULL, "%s", error->message);
}

/* The position stands in the geometry only, so that one moved in a map program comes back moved. */
static void
restore_own (SpRecord *record, const SpNode *feature)
{
  const SpNode *coordinates = sp_node_get (sp_node_get (feature, "geometry"), "coordinates");
  SpNode *body = sp_node_new_object ();
  const SpNode *properties = sp_node_get (feature, "properties");

  sp_node_set (body, "_id", sp_node_ref (sp_node_get (feature, "id")));
  for (guint i = 0; i < sp_node_get_length (properties); i++)
    if (sp_node_get_name (properties, i)[0] != '_')
      sp_node_set (body, sp_node_get_name (properties, i), sp_node_ref (sp_node_get_element (properties, i)));
  if (sp_node_is_array (coordinates) && sp_node_get_length (coordinates) >= 2
      && g_strcmp0 (sp_node_get_text (sp_node_get (feature, "geometry"), "type"), "Point") == 0)
    {
      const SpNode *had = sp_node_get (body, "location");
      SpNode *location = sp_node_is_object (had) ? sp_node_copy (had) : sp_node_new_object ();
      sp_node_set (location, "latitude", sp_node_ref (sp_node_get_element (coordinates, 1)));
      sp_node_set (location, "longitude", sp_node_ref (sp_node_get_element (coordinates, 0)));
      sp_node_set (body, "location", location);
    }
  record->asset = body;
}

static gboolean
sp_geojson_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpGeojsonReader *self = SP_GEOJSON_READER (reader);
  g_autoptr (GError) why = NULL;
  g_autoptr (SpNode) feature = NULL;
  g_autoptr (GPtrArray) cells = NULL;

  if (self->at == sp_features_get_length (self->features))
    return TRUE;
  feature = sp_features_get (self->features, self->at++, &why);
  if (feature == NULL)
    {
      *record = sp_record_new (self->at);
      sp_record_skip (*record, NULL, "%s", why->message);
      return TRUE;
    }
  if (is_own (feature))
    {
      *record = sp_record_new (self->at);
      restore_own (*record, feature);
      return TRUE;
    }
  cells = make_cells (self, sp_node_get (feature, "properties"));
  *record = sp_row_maker_make (self->maker, self->at, (const char * const *) cells->pdata, cells->len, error);
  if (*record != NULL && (*record)->asset != NULL)
    add_position (self, *record, sp_node_get (feature, "geometry"));
  return *record != NULL;
}

static const SpColumns *
sp_geojson_reader_get_columns (SpReader *reader)
{
  return SP_GEOJSON_READER (reader)->columns;
}

static double
sp_geojson_reader_get_progress (SpReader *reader)
{
  SpGeojsonReader *self = SP_GEOJSON_READER (reader);

  return (double) self->at / MAX (1, sp_features_get_length (self->features));
}

static void
sp_geojson_reader_finalize (GObject *object)
{
  SpGeojsonReader *self = SP_GEOJSON_READER (object);

  g_clear_pointer (&self->maker, sp_row_maker_free);
  g_clear_pointer (&self->columns, sp_columns_free);
  g_clear_pointer (&self->features, sp_features_free);
  G_OBJECT_CLASS (sp_geojson_reader_parent_class)->finalize (object);
}

static void
sp_geojson_reader_class_init (SpGeojsonReaderClass *class)
{
  SpReaderClass *reader_class = SP_READER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = sp_geojson_reader_finalize;
  reader_class->next = sp_geojson_reader_next;
  reader_class->get_columns = sp_geojson_reader_get_columns;
  reader_class->get_progress = sp_geojson_reader_get_progress;
}

static void
sp_geojson_reader_init (SpGeojsonReader *self)
{
}

/**
 * sp_geojson_reader_new:
 * @features: (transfer full): the features of a file
 * @options: how to read it
 * @error: %SP_ERROR_PARSE if the features have no name
 *
 * Returns: (transfer full) (nullable): a reader
 */
SpReader *
sp_geojson_reader_new (SpFeatures *features, const SpReaderOptions *options, GError **error)
{
  g_autoptr (SpGeojsonReader) self = g_object_new (SP_TYPE_GEOJSON_READER, NULL);

  self->features = features;
  self->columns = sp_columns_new (options->maps, error);
  if (self->columns == NULL || !find_columns (self, options, error))
    return NULL;
  self->maker = sp_row_maker_new (self->columns, options);
  return SP_READER (g_steal_pointer (&self));
}
