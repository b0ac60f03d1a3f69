/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpKmlWriter: entries as KML 2.2 (OGC 07-147r2), for Google Earth, QGIS and map programs on a phone: a folder for each
 * heading, the facts as a description, and a few of them as data with names. The whole document stands in one more such
 * datum, as JSON, so that Signpost reads it back without loss; a position that was moved on the map comes back moved. */
#include "sp-kml-writer.h"

#include "sp-entry-words.h"
#include "sp-heading-spool.h"
#include "sp-markup.h"
#include "sp-pin-look.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SpKmlWriter
{
  SpWriter parent_instance;

  SpHeadingSpool *spool; /* owned */
};

G_DEFINE_FINAL_TYPE (SpKmlWriter, sp_kml_writer, SP_TYPE_WRITER)

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
#define TAIL "</Document>\n</kml>\n"

/* As the pins of Signpost, in the order of KML: opacity, blue, green, red. */
static const char * const colours[SP_PIN_N_COLOURS] = {
  [SP_PIN_COLOUR_OTHER] = "ff77767a", [SP_PIN_COLOUR_BROWN] = "ff2c4586",  [SP_PIN_COLOUR_ORANGE] = "ff0046c6",
  [SP_PIN_COLOUR_PINK] = "ff81349c",  [SP_PIN_COLOUR_GREEN] = "ff41812a",  [SP_PIN_COLOUR_RED] = "ff1d1da5",
  [SP_PIN_COLOUR_PURPLE] = "ff84355e", [SP_PIN_COLOUR_YELLOW] = "ff007fb3", [SP_PIN_COLOUR_BLUE] = "ffb45f1a",
  [SP_PIN_COLOUR_TEAL] = "ff6e7a0f",  [SP_PIN_COLOUR_SLATE] = "ff64483d",
};

static const char *
get_colour (const SpHeading *heading)
{
  return colours[heading != NULL ? sp_pin_colour_from_name (heading->colour) : SP_PIN_COLOUR_OTHER];
}

/* The description is HTML within the XML, and so escaped twice. */
static void
append_description (GString *out, const SpNode *body, const SpNode *venue)
{
  g_autoptr (GPtrArray) lines = sp_entry_words_read (body, venue);
  g_autoptr (GString) html = g_string_new (NULL);
  const char *summary = sp_entry_words_summary (body);

  if (summary != NULL)
    {
      g_string_append (html, "<p>");
      sp_markup_append_lines (html, summary);
      g_string_append (html, "</p>");
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const SpEntryLine *line = g_ptr_array_index (lines, i);

      g_string_append (html, "<b>");
      sp_markup_append (html, line->label);
      g_string_append (html, "</b> ");
      sp_markup_append_lines (html, line->text);
      g_string_append (html, "<br>\n");
    }
  sp_markup_append_element (out, "description", html->str);
}

static void
append_datum (GString *out, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (out, "<Data name=\"%s\"><value>", name);
  sp_markup_append (out, text);
  g_string_append (out, "</value></Data>\n");
}

/* The two characters that JSON leaves as they are and XML does not know. */
static char *
to_json (const SpNode *body)
{
  g_autofree char *json = sp_node_to_json (body);
  g_autoptr (GString) all = g_string_new (json);

  g_string_replace (all, "\xEF\xBF\xBE", "\\uFFFE", 0);
  g_string_replace (all, "\xEF\xBF\xBF", "\\uFFFF", 0);
  g_string_replace (all, "\x7F", "\\u007F", 0);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
append_data (GString *out, const SpNode *body, const SpNode *venue)
{
  g_autoptr (GPtrArray) categories = sp_entry_words_categories (body);
  g_autofree char *where = sp_entry_words_where (body, venue), *names = NULL, *json = to_json (body);

  g_ptr_array_add (categories, NULL);
  names = g_strjoinv ("; ", (char **) categories->pdata);
  g_string_append (out, "<ExtendedData>\n");
  append_datum (out, "category", names);
  append_datum (out, "address", where);
  append_datum (out, "website", sp_node_get_text (body, "url"));
  append_datum (out, "_signpost", json);
  g_string_append (out, "</ExtendedData>\n");
}

static gboolean
sp_kml_writer_add (SpWriter *writer, const SpNode *body, GError **error)
{
  SpKmlWriter *self = SP_KML_WRITER (writer);
  const SpNode *venue = sp_writer_get_venue (writer);
  const char *latitude, *longitude;
  g_autoptr (GString) out = g_string_new ("<Placemark>\n");
  guint order;

  sp_entry_words_heading (body, &order);
  sp_markup_append_element (out, "name", sp_node_get_text (body, "name"));
  g_string_append_c (out, '\n');
  append_description (out, body, venue);
  g_string_append_printf (out, "\n<styleUrl>#h%u</styleUrl>\n", order);
  append_data (out, body, venue);
  if (sp_entry_words_position (body, venue, &latitude, &longitude))
    g_string_append_printf (out, "<Point><coordinates>%s,%s</coordinates></Point>\n", longitude, latitude);
  g_string_append (out, "</Placemark>\n");
  return sp_heading_spool_add (self->spool, order, out->str, out->len, error);
}

static gboolean
put_string (SpWriter *writer, const GString *text, GError **error)
{
  return sp_writer_put (writer, text->str, text->len, error);
}

static gboolean
write_head (SpKmlWriter *self, GError **error)
{
  SpWriter *writer = SP_WRITER (self);
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  guint n = sp_taxonomy_get_n_headings (taxonomy);
  g_autofree char *withheld = sp_writer_describe (writer);
  g_autoptr (GString) out = g_string_new (HEAD);
  g_autoptr (GString) said = g_string_new (sp_writer_get_filtered (writer));

  if (withheld != NULL)
    g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "", withheld);
  sp_markup_append_element (out, "name", "Signpost");
  sp_markup_append_element (out, "description", said->str);
  for (guint i = 0; i <= n; i++)
    if (sp_heading_spool_count (self->spool, i) > 0)
      g_string_append_printf (out, "\n<Style id=\"h%u\"><IconStyle><color>%s</color></IconStyle></Style>", i,
                              get_colour (i < n ? sp_taxonomy_get_heading (taxonomy, i) : NULL));
  g_string_append_c (out, '\n');
  return put_string (writer, out, error);
}

static gboolean
write_folder (SpKmlWriter *self, guint order, const char *name, GError **error)
{
  SpWriter *writer = SP_WRITER (self);
  g_autoptr (GString) head = g_string_new ("<Folder>\n");

  if (sp_heading_spool_count (self->spool, order) == 0)
    return TRUE;
  sp_markup_append_element (head, "name", name);
  g_string_append_c (head, '\n');
  return put_string (writer, head, error)
         && sp_heading_spool_write (self->spool, order, sp_writer_get_stream (writer), error)
         && sp_writer_put (writer, "</Folder>\n", strlen ("</Folder>\n"), error);
}

static gboolean
sp_kml_writer_end (SpWriter *writer, GError **error)
{
  SpKmlWriter *self = SP_KML_WRITER (writer);
  SpTaxonomy *taxonomy = sp_taxonomy_get_default ();
  guint n = sp_taxonomy_get_n_headings (taxonomy);

  if (!write_head (self, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!write_folder (self, i, sp_heading_get_local_name (sp_taxonomy_get_heading (taxonomy, i)), error))
      return FALSE;
  return write_folder (self, n, _("Others"), error) && sp_writer_put (writer, TAIL, strlen (TAIL), error);
}

static void
sp_kml_writer_finalize (GObject *object)
{
  sp_heading_spool_free (SP_KML_WRITER (object)->spool);
  G_OBJECT_CLASS (sp_kml_writer_parent_class)->finalize (object);
}

static void
sp_kml_writer_class_init (SpKmlWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_kml_writer_finalize;
  SP_WRITER_CLASS (class)->wants_links = TRUE;
  SP_WRITER_CLASS (class)->add = sp_kml_writer_add;
  SP_WRITER_CLASS (class)->end = sp_kml_writer_end;
}

static void
sp_kml_writer_init (SpKmlWriter *self)
{
  self->spool = sp_heading_spool_new (sp_taxonomy_get_n_headings (sp_taxonomy_get_default ()) + 1);
}
