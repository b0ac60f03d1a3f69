/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is offered for a list as a whole: to leave out the names of people, and to write names in capitals as usual. */
#include "sp-import-options.h"

#include <glib/gi18n.h>

typedef struct
{
  SpImportJob        *job; /* owned */
  SpImportOptionsFunc changed;
  gpointer            data;
} Options;

static void
options_free (gpointer data, GClosure *closure)
{
  Options *options = data;

  g_object_unref (options->job);
  g_free (options);
}

static void
names_cb (GtkSwitch *control, GParamSpec *pspec, Options *options)
{
  sp_import_job_set_names (options->job, gtk_switch_get_active (control) ? SP_NAMES_LEAVE : SP_NAMES_KEEP);
  options->changed (options->data);
}

static void
title_case_cb (GtkSwitch *control, GParamSpec *pspec, Options *options)
{
  sp_import_job_set_title_case (options->job, gtk_switch_get_active (control));
  options->changed (options->data);
}

static void
add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle, gboolean active, GCallback callback,
            const Options *options)
{
  GtkWidget *row = adw_action_row_new (), *control = gtk_switch_new ();
  Options *own = g_memdup2 (options, sizeof *options);

  g_object_ref (own->job);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (control), active);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  g_signal_connect_data (control, "notify::active", callback, own, options_free, 0);
  adw_preferences_group_add (group, row);
}

/**
 * sp_import_options_new:
 * @job: a job that has looked at its lists
 * @changed: called after something else was chosen and @job was told
 * @data: for @changed
 *
 * Returns: (transfer floating) (nullable): a group of switches; %NULL if there is nothing to choose
 */
GtkWidget *
sp_import_options_new (SpImportJob *job, SpImportOptionsFunc changed, gpointer data)
{
  const Options options = { job, changed, data };
  GPtrArray *columns = sp_import_job_get_columns (job);
  guint capitals = sp_import_job_get_counts (job)->capitals;
  gboolean personal = FALSE, left_out = FALSE;
  GtkWidget *group;

  for (guint i = 0; i < columns->len; i++)
    {
      const SpImportColumn *column = g_ptr_array_index (columns, i);
      personal = personal || column->personal;
      left_out = left_out || (column->personal && column->left_out);
    }
  if (!personal && capitals == 0)
    return NULL;
  group = adw_preferences_group_new ();
  if (personal)
    add_switch (ADW_PREFERENCES_GROUP (group), _("Leave Out _Names of People"),
                _("Chairs, secretaries, trustees: nobody needs them to find a place"), left_out, G_CALLBACK (names_cb), &options);
  if (capitals > 0)
    {
      g_autofree char *count = g_strdup_printf (ngettext ("%u entry has its name in capitals", "%u entries have their names in capitals",
                                                          capitals), capitals);
      add_switch (ADW_PREFERENCES_GROUP (group), _("Write Names in _Capitals as Usual"), count,
                  sp_import_job_get_choices (job)->title_case, G_CALLBACK (title_case_cb), &options);
    }
  return group;
}
