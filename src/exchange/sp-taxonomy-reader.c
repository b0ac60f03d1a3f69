/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpTaxonomyReader: the categories and words of a partnership as a file (docs/data.md), which become the document
 * `taxonomy:local`. It is one record; with a mistake in it the file is refused as a whole. */
#include "sp-taxonomy-reader.h"

#include "sp-error.h"
#include "sp-taxonomy.h"

#include <glib/gi18n-lib.h>

struct _SpTaxonomyReader
{
  SpReader parent_instance;

  SpNode *document; /* owned, nullable: not read yet */
};

G_DEFINE_FINAL_TYPE (SpTaxonomyReader, sp_taxonomy_reader, SP_TYPE_READER)

static gboolean
sp_taxonomy_reader_next (SpReader *reader, SpRecord **record, GError **error)
{
  SpTaxonomyReader *self = SP_TAXONOMY_READER (reader);

  if (self->document == NULL)
    return TRUE;
  *record = sp_record_new (1);
  (*record)->asset = g_steal_pointer (&self->document);
  return TRUE;
}

static double
sp_taxonomy_reader_get_progress (SpReader *reader)
{
  return SP_TAXONOMY_READER (reader)->document == NULL ? 1 : 0;
}

static void
sp_taxonomy_reader_finalize (GObject *object)
{
  g_clear_pointer (&SP_TAXONOMY_READER (object)->document, sp_node_unref);
  G_OBJECT_CLASS (sp_taxonomy_reader_parent_class)->finalize (object);
}

static void
sp_taxonomy_reader_class_init (SpTaxonomyReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sp_taxonomy_reader_finalize;
  SP_READER_CLASS (class)->next = sp_taxonomy_reader_next;
  SP_READER_CLASS (class)->get_progress = sp_taxonomy_reader_get_progress;
}

static void
sp_taxonomy_reader_init (SpTaxonomyReader *self)
{
}

/* What a store adds by itself is left out. */
static SpNode *
make_document (const SpNode *file)
{
  static const char * const members[] = { "name", "term_prefix", "headings", "categories" };
  SpNode *document = sp_node_new_object ();

  sp_node_set_text (document, "_id", "taxonomy:local");
  sp_node_set_text (document, "type", "taxonomy");
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (sp_node_get (file, members[i]) != NULL)
      sp_node_set (document, members[i], sp_node_ref (sp_node_get (file, members[i])));
  return document;
}

/**
 * sp_taxonomy_reader_new:
 * @bytes: the whole file
 * @error: %SP_ERROR_PARSE if it is no such document, or which item of it is wrong
 *
 * Returns: (transfer full) (nullable): a reader with one record
 */
SpReader *
sp_taxonomy_reader_new (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (SpNode) file = sp_node_parse (text, (gssize) length, error);
  g_autoptr (SpTaxonomy) taxonomy = NULL;
  SpTaxonomyReader *self;

  if (file == NULL)
    return NULL;
  if (!sp_node_is_object (file) || g_strcmp0 (sp_node_get_text (file, "type"), "taxonomy") != 0)
    {
      g_set_error_literal (error, SP_ERROR, SP_ERROR_PARSE, _("This is not a taxonomy: its “type” is another"));
      return NULL;
    }
  taxonomy = sp_taxonomy_extend (sp_taxonomy_get_built_in (), file, error);
  if (taxonomy == NULL)
    return NULL;
  self = g_object_new (SP_TYPE_TAXONOMY_READER, NULL);
  self->document = make_document (file);
  return SP_READER (self);
}
