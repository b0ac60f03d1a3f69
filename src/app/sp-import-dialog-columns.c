/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of columns, in SpImportDialog: what each was taken for. Whoever corrects one has the files looked at again. */
#include "sp-import-dialog-private.h"

#include "sp-import-options.h"

#include <glib/gi18n.h>

/* A field that can stand in one column of a file only leaves the one that had it. */
static void
take_from_others (GPtrArray *columns, const SpImportColumn *chosen)
{
  for (guint i = 0; i < columns->len; i++)
    {
      SpImportColumn *other = g_ptr_array_index (columns, i);
      if (other != chosen && other->file == chosen->file && other->field == chosen->field && !sp_column_field_repeats (chosen->field))
        other->field = SP_COLUMN_NONE;
    }
}

static void
column_cb (AdwComboRow *row, GParamSpec *pspec, SpImportDialog *self)
{
  GPtrArray *columns = sp_import_job_get_columns (self->job);
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
  SpImportColumn *column;
  g_auto (GStrv) maps = NULL;

  if (self->running || index >= columns->len)
    return;
  column = g_ptr_array_index (columns, index);
  column->field = (SpColumnField) adw_combo_row_get_selected (row);
  take_from_others (columns, column);
  maps = sp_import_columns_get_maps (columns, column->file);
  sp_import_job_set_maps (self->job, column->file, (const char *const *) maps);
  sp_import_dialog_look (self);
}

static GListModel *
new_field_names (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < SP_N_COLUMN_FIELDS; i++)
    gtk_string_list_take (names, sp_import_column_get_label ((SpColumnField) i));
  return G_LIST_MODEL (names);
}

static GtkWidget *
new_column_row (SpImportDialog *self, guint index, GListModel *names)
{
  const SpImportColumn *column = g_ptr_array_index (sp_import_job_get_columns (self->job), index);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->header);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), column->field);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  g_signal_connect (row, "notify::selected", G_CALLBACK (column_cb), self);
  return row;
}

static void
add_group (SpImportDialog *self, GtkWidget *group)
{
  adw_preferences_page_add (self->columns, ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
}

static void
option_cb (gpointer self)
{
  if (!((SpImportDialog *) self)->running)
    sp_import_dialog_look (self);
}

/* The columns of one file, if it has any. */
static void
add_columns (SpImportDialog *self, guint file, GListModel *names)
{
  GPtrArray *columns = sp_import_job_get_columns (self->job);
  g_autofree char *title = self->n_files > 1 ? sp_import_job_get_file_name (self->job, file) : NULL;
  g_autofree char *markup = title != NULL ? g_markup_escape_text (title, -1) : NULL;
  GtkWidget *group = NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      if (((const SpImportColumn *) g_ptr_array_index (columns, i))->file != file)
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup != NULL ? markup : "");
          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                                 _("What each column was taken for. Correct what is wrong."));
          add_group (self, group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_column_row (self, i, names));
    }
}

/**
 * sp_import_dialog_show_columns:
 * @self: a dialog that has looked at its files
 *
 * Fills the page of columns; it is hidden where no file has any.
 */
void
sp_import_dialog_show_columns (SpImportDialog *self)
{
  GPtrArray *columns = sp_import_job_get_columns (self->job);
  g_autoptr (GListModel) names = new_field_names ();
  GtkWidget *options = sp_import_options_new (self->job, option_cb, self);

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->columns, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  if (options != NULL)
    add_group (self, options);
  for (guint file = 0; file < self->n_files; file++)
    add_columns (self, file, names);
  gtk_stack_page_set_visible (self->columns_page, columns->len > 0);
  gtk_widget_set_visible (self->switcher, columns->len > 0);
}
