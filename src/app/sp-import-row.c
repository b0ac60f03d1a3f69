/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportRow: what one row of a list becomes, for the list of a preview. Immutable; made on a thread of the store. */
#include "sp-import-row.h"

#include "sp-taxonomy.h"

#include <glib/gi18n.h>

struct _SpImportRow
{
  GObject parent_instance;

  char           *file;    /* owned; its name without the folder */
  char           *name;    /* owned, nullable */
  char           *summary; /* owned, nullable; what was understood */
  char           *note;    /* owned, nullable; sentences, a line each */
  guint           row;     /* as a person counts */
  SpImportOutcome outcome;
};

G_DEFINE_FINAL_TYPE (SpImportRow, sp_import_row, G_TYPE_OBJECT)

static void
sp_import_row_finalize (GObject *object)
{
  SpImportRow *self = SP_IMPORT_ROW (object);

  g_free (self->file);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->note);
  G_OBJECT_CLASS (sp_import_row_parent_class)->finalize (object);
}

static void
sp_import_row_class_init (SpImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sp_import_row_finalize;
}

static void
sp_import_row_init (SpImportRow *self)
{
}

static void
add_part (GString *summary, const char *text)
{
  if (text != NULL)
    g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", text);
}

/* "Lunch club · CA15 6AA · Every Tuesday, 12 to 2" */
static char *
summarise (const SpNode *asset)
{
  const SpNode *codes = sp_node_get (asset, "categories");
  GString *summary = g_string_new (NULL);

  for (guint i = 0; i < sp_node_get_length (codes); i++)
    {
      const char *code = sp_node_get_string (sp_node_get_element (codes, i));
      const SpCategory *category = code != NULL ? sp_taxonomy_lookup (sp_taxonomy_get_default (), code) : NULL;

      add_part (summary, category != NULL ? sp_category_get_local_name (category) : code);
    }
  add_part (summary, sp_node_get_text (sp_node_get (asset, "address"), "city"));
  add_part (summary, sp_node_get_text (sp_node_get (asset, "address"), "postal_code"));
  add_part (summary, sp_node_get_text (asset, "schedule_words"));
  return g_string_free (summary, summary->len == 0);
}

/**
 * sp_import_row_new:
 * @file: name of the file, without the folder
 * @record: what one of its rows says
 * @outcome: what becomes of it
 * @note: (nullable): what a person should know, a sentence a line
 *
 * Returns: (transfer full): the row
 */
SpImportRow *
sp_import_row_new (const char *file, const SpRecord *record, SpImportOutcome outcome, const char *note)
{
  const SpKnownPlace *place = record->place;
  SpImportRow *self = g_object_new (SP_TYPE_IMPORT_ROW, NULL);

  self->file = g_strdup (file);
  self->row = record->row;
  if (record->asset != NULL)
    {
      self->name = g_strdup (sp_node_get_text (record->asset, "name"));
      self->summary = summarise (record->asset);
    }
  else if (place != NULL)
    {
      self->name = g_strdup (place->postcode != NULL ? place->postcode : place->name);
      self->summary = g_strdup (place->county);
    }
  self->outcome = outcome;
  self->note = g_strdup (note);
  return self;
}

/**
 * sp_import_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what the entry is called
 */
const char *sp_import_row_get_name (SpImportRow *self) { return self->name; }

/**
 * sp_import_row_get_summary:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what was understood of it, in a line
 */
const char *sp_import_row_get_summary (SpImportRow *self) { return self->summary; }

/**
 * sp_import_row_get_note:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): problems and possible duplicates, a sentence a line
 */
const char *sp_import_row_get_note (SpImportRow *self) { return self->note; }

/**
 * sp_import_row_get_outcome:
 * @self: a row
 *
 * Returns: what becomes of it
 */
SpImportOutcome sp_import_row_get_outcome (SpImportRow *self) { return self->outcome; }

/**
 * sp_import_row_get_place:
 * @self: a row
 *
 * Returns: (transfer full): where it stands, for a person: "food-banks.csv, row 12"
 */
char *
sp_import_row_get_place (SpImportRow *self)
{
  /* Translators: a file and the number of a row in it */
  return g_strdup_printf (_("%s, row %u"), self->file, self->row);
}
