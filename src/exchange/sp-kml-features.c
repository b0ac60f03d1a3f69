/* SPDX-License-Identifier: GPL-3.0-or-later */
/* KML, and KMZ, which is KML in a ZIP archive, taken apart place by place into features of GeoJSON. They go to a temporary
 * file without a name, so that memory stays flat. What a file links to is not fetched. */
#include "sp-kml-features.h"

#include "sp-kml-place.h"
#include "sp-xml.h"
#include "sp-zip.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD "{\"type\":\"FeatureCollection\",\"features\":["
#define TAIL "\n]}\n"
#define BLOCK (64 * 1024)
#define MOST_TEXT (16 * 1024 * 1024) /* of one element; beyond, it is cut, and its row is too long anyway */

typedef enum
{
  PART_OTHER,
  PART_DOCUMENT,
  PART_FOLDER,
  PART_PLACE,
  PART_DATA,
  PART_POINT,
  PART_LINE,
  PART_POLYGON,
  PART_OUTER,
  PART_INNER,
  PART_RING,
} Part;

static const struct { const char *name; Part part; } parts[] = {
  { "Document", PART_DOCUMENT },        { "Folder", PART_FOLDER },           { "Placemark", PART_PLACE },
  { "Data", PART_DATA },                { "SimpleData", PART_DATA },         { "Point", PART_POINT },
  { "LineString", PART_LINE },          { "Polygon", PART_POLYGON },         { "outerBoundaryIs", PART_OUTER },
  { "innerBoundaryIs", PART_INNER },    { "LinearRing", PART_RING },
};

typedef struct
{
  SpTaxonomy    *taxonomy;
  GOutputStream *out;
  GError        *error;   /* of @out; owned, nullable */
  GByteArray    *path;    /* Part of each open element */
  GPtrArray     *folders; /* owned names of the open folders; "" before it is read */
  SpKmlPlace    *place;   /* owned; the open one */
  char          *datum;   /* owned; the name of the open one */
  GString       *text;    /* of the open element */
  guint          n;
} Parser;

static Part
part_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, name) == 0)
      return parts[i].part;
  return PART_OTHER;
}

/* The element @up levels above the innermost; PART_OTHER above the root. */
static Part
above (const Parser *self, guint up)
{
  return self->path->len > up ? (Part) self->path->data[self->path->len - 1 - up] : PART_OTHER;
}

/* A folder that is called as a category is one. The innermost says most. */
static const char *
find_category (const Parser *self)
{
  for (guint i = self->folders->len; i-- > 0;)
    {
      const char *name = g_ptr_array_index (self->folders, i);
      if (*name != '\0' && sp_taxonomy_find (self->taxonomy, name) != NULL)
        return name;
    }
  return NULL;
}

static void
start_cb (gpointer data, const char *name, const SpXmlTag *tag)
{
  Parser *self = data;
  guint8 part = (guint8) part_of (name);

  g_byte_array_append (self->path, &part, 1);
  g_string_truncate (self->text, 0);
  if (part == PART_FOLDER)
    g_ptr_array_add (self->folders, g_strdup (""));
  else if (part == PART_PLACE && self->place == NULL)
    self->place = sp_kml_place_new ();
  else if (part == PART_DATA)
    {
      g_free (self->datum);
      self->datum = sp_xml_tag_dup (tag, "name");
    }
  else if (part == PART_POLYGON && self->place != NULL)
    sp_kml_place_begin_polygon (self->place);
  else if (strcmp (name, "link") == 0 && self->place != NULL && above (self, 1) == PART_PLACE) /* atom:link */
    {
      g_autofree char *href = sp_xml_tag_dup (tag, "href");
      if (href != NULL)
        sp_kml_place_set (self->place, "Website", href);
    }
}

static void
text_cb (gpointer data, const char *text, gsize length)
{
  Parser *self = data;

  if (self->text->len < MOST_TEXT)
    g_string_append_len (self->text, text, (gssize) MIN (length, MOST_TEXT - self->text->len));
}

static void
write_place (Parser *self)
{
  const char *category = find_category (self);
  g_autoptr (SpNode) feature = NULL;
  g_autoptr (GString) text = g_string_new (self->n++ > 0 ? ",\n" : HEAD "\n");

  if (self->folders->len > 0)
    sp_kml_place_set (self->place, "Folder", g_ptr_array_index (self->folders, self->folders->len - 1));
  if (category != NULL)
    sp_kml_place_set (self->place, "Folder category", category);
  feature = sp_kml_place_to_feature (self->place);
  sp_node_append_json (feature, text);
  g_clear_pointer (&self->place, sp_kml_place_free);
  if (self->error == NULL)
    g_output_stream_write_all (self->out, text->str, text->len, NULL, NULL, &self->error);
}

/* A text that stands right in a place. */
static void
end_place_text (Parser *self, const char *name)
{
  static const struct { const char *name, *column; } texts[] = {
    { "name", "Name" }, { "description", "Description" }, { "address", "Address" }, { "phoneNumber", "Phone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].name, name) == 0)
      sp_kml_place_set (self->place, texts[i].column, self->text->str);
}

static void
end_coordinates (Parser *self)
{
  Part in = above (self, 1), around = above (self, 2);

  if (in == PART_POINT)
    sp_kml_place_add_shape (self->place, "Point", self->text->str);
  else if (in == PART_RING && (around == PART_OUTER || around == PART_INNER))
    sp_kml_place_add_ring (self->place, self->text->str, around == PART_OUTER);
  else if (in == PART_LINE || in == PART_RING)
    sp_kml_place_add_shape (self->place, "LineString", self->text->str);
}

static void
end_in_place (Parser *self, const char *name)
{
  Part part = above (self, 0), in = above (self, 1);

  if (part == PART_PLACE)
    write_place (self);
  else if (part == PART_POLYGON)
    sp_kml_place_end_polygon (self->place);
  else if (in == PART_PLACE)
    end_place_text (self, name);
  else if (strcmp (name, "coordinates") == 0)
    end_coordinates (self);
  else if (self->datum != NULL && (strcmp (name, "SimpleData") == 0 || (in == PART_DATA && strcmp (name, "value") == 0)))
    sp_kml_place_set (self->place, self->datum, self->text->str);
}

static void
end_cb (gpointer data, const char *name)
{
  Parser *self = data;

  if (above (self, 0) == PART_FOLDER)
    g_ptr_array_set_size (self->folders, (int) self->folders->len - 1);
  else if (self->place != NULL)
    end_in_place (self, name);
  else if (above (self, 1) == PART_FOLDER && strcmp (name, "name") == 0)
    {
      g_free (self->folders->pdata[self->folders->len - 1]);
      self->folders->pdata[self->folders->len - 1] = g_strdup (g_strstrip (self->text->str));
      g_string_truncate (self->text, 0); /* g_strstrip() does not tell the string */
    }
  g_byte_array_set_size (self->path, self->path->len - 1);
  g_string_truncate (self->text, 0);
}

static gboolean
push_archive (SpXml *xml, GBytes *bytes, GError **error)
{
  g_autofree char *name = sp_zip_find (bytes, ".kml", error);
  g_autoptr (SpZipPart) part = name != NULL ? sp_zip_part_open (bytes, name, error) : NULL;
  g_autofree char *block = g_malloc (BLOCK);
  gssize n;

  if (part == NULL)
    return FALSE;
  while ((n = sp_zip_part_read (part, block, BLOCK, error)) > 0)
    if (!sp_xml_push (xml, block, (gsize) n, error))
      return FALSE;
  return n == 0;
}

static gboolean
parse (Parser *self, GBytes *bytes, GError **error)
{
  static const SpXmlHandler handler = { start_cb, end_cb, text_cb };
  g_autoptr (SpXml) xml = sp_xml_new (&handler, self);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gboolean is_archive = length >= 4 && memcmp (data, "PK\x03\x04", 4) == 0;

  if (!(is_archive ? push_archive (xml, bytes, error) : sp_xml_push (xml, data, length, error)) || !sp_xml_finish (xml, error))
    return FALSE;
  if (self->error == NULL)
    g_output_stream_printf (self->out, NULL, NULL, &self->error, "%s%s", self->n == 0 ? HEAD : "", TAIL);
  if (self->error == NULL)
    return g_output_stream_flush (self->out, NULL, error);
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static gboolean
convert (GBytes *bytes, SpTaxonomy *taxonomy, GOutputStream *out, GError **error)
{
  Parser parser = {
    .taxonomy = taxonomy, .out = out, .path = g_byte_array_new (), .text = g_string_new (NULL),
    .folders = g_ptr_array_new_with_free_func (g_free),
  };
  gboolean well = parse (&parser, bytes, error);

  g_byte_array_unref (parser.path);
  g_ptr_array_unref (parser.folders);
  g_string_free (parser.text, TRUE);
  g_free (parser.datum);
  g_clear_pointer (&parser.place, sp_kml_place_free);
  g_clear_error (&parser.error);
  return well;
}

/**
 * sp_kml_features_new:
 * @bytes: a whole KML or KMZ file
 * @taxonomy: (nullable): of the words for categories, after which folders may be called; %NULL for the one that comes
 *   with Signpost
 * @error: %SP_ERROR_PARSE if it is damaged, has a document type, or unpacks to far too much
 *
 * Returns: (transfer full) (nullable): its places
 */
SpFeatures *
sp_kml_features_new (GBytes *bytes, SpTaxonomy *taxonomy, GError **error)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("signpost-XXXXXX", &stream, error);
  g_autoptr (GOutputStream) out = NULL;
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) json = NULL;

  if (file == NULL)
    return NULL;
  out = g_buffered_output_stream_new_sized (g_io_stream_get_output_stream (G_IO_STREAM (stream)), BLOCK);
  if (convert (bytes, taxonomy != NULL ? taxonomy : sp_taxonomy_get_default (), out, error))
    mapped = g_mapped_file_new (g_file_peek_path (file), FALSE, error);
  g_file_delete (file, NULL, NULL);
  if (mapped == NULL)
    return NULL;
  json = g_mapped_file_get_bytes (mapped);
  return sp_features_new (json, error);
}
