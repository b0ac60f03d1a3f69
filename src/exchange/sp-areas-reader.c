/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpAreasReader: boundaries as GeoJSON become `area:` documents. The ONS names the columns of its boundaries by kind,
 * year and meaning: WD25CD and WD25NM are the code and name of a ward of 2025. The first such pair is what the file is
 * about. */
#include "sp-areas-reader.h"

#include "sp-geometry.h"
#include "sp-import-id.h"
#include "sp-polygon.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpAreasReader
{
  SpReader parent_instance;

  SpFeatures *features; /* owned */
  GHashTable *seen;     /* owned ids */
  guint       at;
};

G_DEFINE_FINAL_TYPE (SpAreasReader, sp_areas_reader, SP_TYPE_READER)

typedef struct
{
  const char *kind;
  const char *code; /* nullable */
  const char *name; /* nullable */
} Labels;

/* The kinds of area by how the names of their columns begin (ONS Open Geography portal, and NHS for the last). */
static const char *
kind_of (const char *prefix, gsize length)
{
  static const char * const table[][2] = {
    { "WD", "ward" },
    { "LSOA", "lsoa" },
    { "MSOA", "msoa" },
    { "OA", "oa" },
    { "PAR", "parish" },
    { "PARNCP", "parish" },
    { "LAD", "local authority" },
    { "UTLA", "local authority" },
    { "LTLA", "local authority" },
    { "CTYUA", "local authority" },
    { "PCN", "pcn" },
    { "ICC", "icc" },
    { "SICBL", "icb" },
    { "ICB", "icb" },
    { "DZ", "data zone" },
    { "IZ", "intermediate zone" },
    { "WARD", "ward" },
    { "PARISH", "parish" },
    { "CED", "electoral division" },
    { "PCON", "constituency" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strlen (table[i][0]) == length && g_ascii_strncasecmp (table[i][0], prefix, length) == 0)
      return table[i][1];
  return NULL;
}

/* "WD25CD", "wd25nm", "PCN_CODE", "ward_name": the kind, and which of the two it is. */
static const char *
read_label (const char *property, gboolean *is_code)
{
  gsize letters = 0, digits = 0;
  const char *rest;

  while (g_ascii_isalpha (property[letters]))
    letters++;
  while (g_ascii_isdigit (property[letters + digits]))
    digits++;
  rest = property + letters + digits;
  if (*rest == '_' || *rest == ' ')
    rest++;
  *is_code = g_ascii_strcasecmp (rest, "cd") == 0 || g_ascii_strcasecmp (rest, "code") == 0;
  if (!*is_code && g_ascii_strcasecmp (rest, "nm") != 0 && g_ascii_strcasecmp (rest, "name") != 0)
    return NULL;
  return kind_of (property, letters);
}

/* A cell of blanks says nothing: the ONS writes " " for a Welsh name where there is none. */
static const char *
text_of (const SpNode *value)
{
  const char *text = sp_node_get_string (value);

  return text != NULL && text[strspn (text, " ")] != '\0' ? text : NULL;
}

static void
find_labels (const SpNode *properties, Labels *labels)
{
  *labels = (Labels){ 0 };
  for (guint i = 0; sp_node_is_object (properties) && i < sp_node_get_length (properties); i++)
    {
      gboolean is_code;
      const char *kind = read_label (sp_node_get_name (properties, i), &is_code);
      const char *text = text_of (sp_node_get_element (properties, i));
      const char **slot = is_code ? &labels->code : &labels->name;

      if (kind == NULL || text == NULL || (labels->kind != NULL && strcmp (kind, labels->kind) != 0))
        continue;
      labels->kind = kind;
      if (*slot == NULL)
        *slot = text;
    }
}

/* Without such columns, an area that somebody drew: whatever is called a name and a code. */
static void
find_plain_labels (const SpNode *properties, Labels *labels)
{
  static const char * const names[] = { "name", "title", "area_name", "area name", "label", NULL };
  static const char * const codes[] = { "code", "area_code", "area code", "gss_code", "ref", NULL };

  *labels = (Labels){ .kind = "drawn" };
  for (guint i = 0; sp_node_is_object (properties) && i < sp_node_get_length (properties); i++)
    {
      g_autofree char *property = g_ascii_strdown (sp_node_get_name (properties, i), -1);
      const char *text = text_of (sp_node_get_element (properties, i));

      if (labels->name == NULL && g_strv_contains (names, property))
        labels->name = text;
      if (labels->code == NULL && g_strv_contains (codes, property))
        labels->code = text;
    }
}

static gboolean
is_own (const SpNode *feature)
{
  const char *id = sp_node_get_text (feature, "id");

  return id != NULL && g_str_has_prefix (id, "area:")
         && g_strcmp0 (sp_node_get_text (sp_node_get (feature, "properties"), "type"), "area") == 0;
}

/* What is "code" in a file of one's own may hold anything; an id must not. */
static char *
make_id (const Labels *labels)
{
  g_autofree char *row = NULL;
  g_autofree char *made = NULL;

  if (labels->code != NULL && strlen (labels->code) <= 40
      && strspn (labels->code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
             == strlen (labels->code))
    return g_strconcat ("area:", labels->code, NULL);
  row = sp_import_id_row_from_words (labels->name, labels->kind, labels->code);
  made = sp_import_id_for_row ("areas", row);
  return g_strconcat ("area:", made + strlen ("asset:"), NULL);
}

static SpNode *
make_area (const SpNode *feature, SpRecord *record)
{
  const SpNode *properties = sp_node_get (feature, "properties");
  g_autofree char *id = NULL;
  SpNode *area;
  Labels labels;

  find_labels (properties, &labels);
  if (labels.kind == NULL)
    find_plain_labels (properties, &labels);
  if (labels.name == NULL && labels.code == NULL)
    {
      sp_record_skip (record, NULL, _("the area has neither name nor code"));
      return NULL;
    }
  id = make_id (&labels);
  area = sp_node_new_object ();
  sp_node_set_text (area, "_id", id);
  sp_node_set_text (area, "type", "area");
  sp_node_set_text (area, "name", labels.name != NULL ? labels.name : labels.code);
  sp_node_set_text (area, "kind", labels.kind);
  sp_node_set_text (area, "code", labels.code);
  return area;
}

static SpNode *
restore_own (const SpNode *feature)
{
  const SpNode *properties = sp_node_get (feature, "properties");
  SpNode *area = sp_node_new_object ();

  sp_node_set (area, "_id", sp_node_ref (sp_node_get (feature, "id")));
  for (guint i = 0; i < sp_node_get_length (properties); i++)
    if (sp_node_get_name (properties, i)[0] != '_')
      sp_node_set (area, sp_node_get_name (properties, i), sp_node_ref (sp_node_get_element (properties, i)));
  return area;
}

static gboolean
add_outline (SpAreasReader *self, SpNode *area, const SpNode *feature, SpRecord *record, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SpPolygon) polygon = NULL;
  g_autofree char *json = NULL;
  SpNode *geometry = sp_geometry_tidy (self->features, sp_node_get (feature, "geometry"), notes, error);

  for (guint i = 0; i < notes->len; i++)
    sp_record_add_problem (record, NULL, "%s", (const char *) g_ptr_array_index (notes, i));
  if (geometry == NULL)
    return FALSE;
  sp_node_set (area, "geometry", geometry);
  polygon = sp_polygon_new (geometry, error);
  if (polygon == NULL)
    return FALSE;
  json = sp_node_to_json (area);
  if (strlen (json) <= SP_JSON_MAX_BYTES)
    return TRUE;
  g_set_error (error, SP_ERROR, SP_ERROR_PARSE,
               "its outline takes %" G_GSIZE_FORMAT " kB, more than the 1024 kB of a document; "
               "a generalised outline will do",
               strlen (json) / 1024);
  return FALSE;
}

static void
read_feature (SpAreasReader *self, const SpNode *feature, SpRecord *record)
{
  g_autoptr (SpNode) area = is_own (feature) ? restore_own (feature) : make_area (feature, record);
  g_autoptr (GError) error = NULL;
  const char *id = sp_node_get_text (area, "_id");

  if (area == NULL)
    return;
  if (!add_outline (self, area, feature, record, &error))
    {
      const char *name = sp_node_get_text (area, "name");
      sp_record_skip (record, NULL, "%s: %s", name != NULL ? name : id, error->message);
    }
  else if (!g_hash_table_add (self->seen, g_strdup (id)))
    sp_record_skip (record, NULL, _("%s stands in the file twice"), id);
  else
    record->asset = g_steal_pointer (&area);
}

static gboolean
sp_areas_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpAreasReader *self = SP_AREAS_READER (reader);
  g_autoptr (GError) why = NULL;
  g_autoptr (SpNode) feature = NULL;

  if (self->at == sp_features_get_length (self->features))
    return TRUE;
  feature = sp_features_get (self->features, self->at++, &why);
  *record = sp_record_new (self->at);
  if (feature != NULL)
    read_feature (self, feature, *record);
  else
    sp_record_skip (*record, NULL, "%s", why->message);
  return TRUE;
}

static double
sp_areas_reader_get_progress (SpReader *reader)
{
  SpAreasReader *self = SP_AREAS_READER (reader);

  return (double) self->at / MAX (1, sp_features_get_length (self->features));
}

static void
sp_areas_reader_finalize (GObject *object)
{
  SpAreasReader *self = SP_AREAS_READER (object);

  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->features, sp_features_free);
  G_OBJECT_CLASS (sp_areas_reader_parent_class)->finalize (object);
}

static void
sp_areas_reader_class_init (SpAreasReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_areas_reader_finalize;
  SP_READER_CLASS (class)->next = sp_areas_reader_next;
  SP_READER_CLASS (class)->get_progress = sp_areas_reader_get_progress;
}

static void
sp_areas_reader_init (SpAreasReader *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * sp_areas_reader_new:
 * @features: (transfer full): the features of a file
 * @options: how to read it; nothing of it matters here
 * @error: not set; for the form that all readers have
 *
 * Returns: (transfer full): a reader whose records are `area:` documents
 */
SpReader *
sp_areas_reader_new (SpFeatures *features, const SpReaderOptions *options, GError **error)
{
  SpAreasReader *self = g_object_new (SP_TYPE_AREAS_READER, NULL);

  self->features = features;
  return SP_READER (self);
}

/**
 * sp_areas_reader_recognises:
 * @features: the features of a file
 *
 * Returns: whether its first feature that can be read is an outline with a code or name of a known kind of area
 */
gboolean
sp_areas_reader_recognises (const SpFeatures *features)
{
  for (guint i = 0; i < MIN (sp_features_get_length (features), 10); i++)
    {
      g_autoptr (SpNode) feature = sp_features_get (features, i, NULL);
      const char *type = sp_node_get_text (sp_node_get (feature, "geometry"), "type");
      Labels labels;

      if (feature == NULL)
        continue;
      find_labels (sp_node_get (feature, "properties"), &labels);
      return is_own (feature)
             || (labels.kind != NULL && (g_strcmp0 (type, "Polygon") == 0 || g_strcmp0 (type, "MultiPolygon") == 0));
    }
  return FALSE;
}
