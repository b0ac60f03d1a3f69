/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list as a person sees them: what the file calls each, and what it is taken for. */
#include "sp-import-columns.h"

#include "sp-field.h"
#include "sp-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What has no member of an asset of its own, or is known by another name there. */
static const struct
{
  SpColumnField field;
  const char   *label;
} labels[] = {
  { SP_COLUMN_NONE, N_("not used") },
  { SP_COLUMN_ID, N_("id in Signpost") },
  { SP_COLUMN_ROW, N_("id in this list") },
  { SP_COLUMN_PARENT, N_("id of the row it belongs to") },
  { SP_COLUMN_CLOSED, N_("whether it is closed for now") },
  { SP_COLUMN_VISIBLE, N_("whether it is in public lists") },
  { SP_COLUMN_MASKED, N_("whether the address is hidden") },
  { SP_COLUMN_CONTACT_VISIBLE, N_("whether the contact is public") },
  { SP_COLUMN_LINK, N_("another web address") },
  { SP_COLUMN_LINK_LABEL, N_("name of another web address") },
  { SP_COLUMN_WEEKDAY, N_("day of the week") },
  { SP_COLUMN_OPENS, N_("opens at") },
  { SP_COLUMN_CLOSES, N_("closes at") },
  { SP_COLUMN_COST_OPTION, N_("what the cost is for") },
  { SP_COLUMN_COST_TYPE, N_("what the cost is per") },
  { SP_COLUMN_ORGANISATION, N_("organisation") },
  { SP_COLUMN_VENUE, N_("venue") },
  { SP_COLUMN_EASTING, N_("easting") },
  { SP_COLUMN_NORTHING, N_("northing") },
  { SP_COLUMN_COORDINATES, N_("coordinates or grid reference") },
  { SP_COLUMN_ADDRESS, N_("address in one") },
  { SP_COLUMN_LINE_3, N_("address, third line") },
  { SP_COLUMN_AREA, N_("name of the area") },
  { SP_COLUMN_CONTACT, N_("contact, whatever it is") },
  { SP_COLUMN_WORDS, N_("times in words") },
  { SP_COLUMN_REFERRAL, N_("how to join") },
  { SP_COLUMN_NEEDS_REFERRAL, N_("whether a referral is needed") },
  { SP_COLUMN_ACCESSIBILITY, N_("access") },
  { SP_COLUMN_COST, N_("cost") },
  { SP_COLUMN_VOLUNTEERING, N_("volunteers wanted") },
  { SP_COLUMN_CHECKED, N_("checked on") },
};

/**
 * sp_import_column_new:
 * @file: which of the files it is in, from 0
 * @column: what a reader says of it
 *
 * Returns: (transfer full): a column
 */
SpImportColumn *
sp_import_column_new (guint file, const SpColumn *column)
{
  SpImportColumn *self = g_new (SpImportColumn, 1);

  *self = (SpImportColumn){ file, g_strdup (column->header), column->field, column->personal, column->left_out };
  return self;
}

/**
 * sp_import_column_free:
 * @self: (transfer full): a column
 */
void
sp_import_column_free (SpImportColumn *self)
{
  g_free (self->header);
  g_free (self);
}

/* The member of an asset that a column fills; those of contacts belong to the items of a list. */
static const SpField *
find_field (const char *path)
{
  g_autofree char *item = NULL;

  if (path == NULL)
    return NULL;
  if (!g_str_has_prefix (path, "contacts."))
    return sp_field_find (path);
  item = g_strdup_printf ("contacts.*.%s", path + strlen ("contacts."));
  return sp_field_find (item);
}

/**
 * sp_import_column_get_label:
 * @field: what a column can be
 *
 * Returns: (transfer full): what a person calls it, with a capital
 */
char *
sp_import_column_get_label (SpColumnField field)
{
  const char *path = sp_column_field_get_path (field);
  const SpField *member = find_field (path);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].field == field)
      return sp_words_capitalise (_(labels[i].label));
  if (field >= SP_COLUMN_MONDAY && field <= SP_COLUMN_SUNDAY)
    return sp_words_capitalise (sp_words_weekday (field - SP_COLUMN_MONDAY));
  return sp_words_capitalise (member != NULL ? _(member->label) : path);
}

/**
 * sp_import_columns_get_maps:
 * @columns: (element-type SpImportColumn): columns of all files
 * @file: one of them, from 0
 *
 * Returns: (transfer full) (array zero-terminated=1): what each of them is to be read as, for #SpReaderOptions; free with
 *   g_strfreev()
 */
char **
sp_import_columns_get_maps (GPtrArray *columns, guint file)
{
  g_autoptr (GStrvBuilder) maps = g_strv_builder_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      const SpImportColumn *column = g_ptr_array_index (columns, i);
      const char *path = sp_column_field_get_path (column->field);
      g_autofree char *map = NULL;

      if (column->file != file || (column->personal && column->left_out)) /* for that, and not because somebody said what it is */
        continue;
      map = g_strdup_printf ("%s=%s", column->header, path != NULL ? path : "");
      g_strv_builder_add (maps, map);
    }
  return g_strv_builder_end (maps);
}
