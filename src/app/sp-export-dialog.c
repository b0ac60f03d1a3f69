/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpExportDialog: the present list as a file: in which format, and for whom. It can be given up until it is complete. */
#include "sp-export-dialog.h"

#include "sp-compat.h"
#include "sp-count-words.h"
#include "sp-export-job.h"
#include "sp-facts.h"

#include <glib/gi18n.h>

struct _SpExportDialog
{
  AdwWindow parent_instance;

  SpWindow     *window;      /* owned: GTK wants it to live as long as this, which a job may hold */
  SpExportJob  *job;         /* owned */
  GFile        *file;        /* owned; nullable: what is written */
  GCancellable *cancellable; /* owned; nullable */
  gboolean      running;

  /* of the template */
  GtkStack            *stack;
  AdwStatusPage       *working_page;
  AdwStatusPage       *failed_page;
  GtkProgressBar      *progress;
  AdwPreferencesGroup *what;
  AdwComboRow         *format;
  GtkCheckButton      *public;
  GtkSwitch           *overdue;
};

G_DEFINE_FINAL_TYPE (SpExportDialog, sp_export_dialog, ADW_TYPE_WINDOW)

/* As the rows of the template. */
static const struct { const char *format, *suffix; } formats[] = {
  { "csv", "csv" },     { "xlsx", "xlsx" },  { "html", "html" }, { "ics", "ics" },
  { "vcard", "vcf" }, { "geojson", "geojson" }, { "kml", "kml" }, { "oruk", "json" },
};

static guint
get_format (SpExportDialog *self)
{
  return MIN (adw_combo_row_get_selected (self->format), G_N_ELEMENTS (formats) - 1);
}

static SpExportMode
get_mode (SpExportDialog *self)
{
  if (!gtk_check_button_get_active (self->public))
    return SP_EXPORT_FULL;
  return gtk_switch_get_active (self->overdue) ? SP_EXPORT_PUBLIC_OVERDUE : SP_EXPORT_PUBLIC;
}

/* What the list holds: "Near Maryport, within 3 km: 23 entries" */
static void
show_what (SpExportDialog *self, SpFinder *finder)
{
  g_autofree char *text = sp_count_words_search (finder);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (self->what, markup);
}

static void
progressed_cb (SpExportDialog *self)
{
  guint count = sp_export_job_get_count (self->job);
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", count), count);

  gtk_progress_bar_set_fraction (self->progress, sp_export_job_get_progress (self->job));
  adw_status_page_set_description (self->working_page, text);
}

static void
tell (SpExportDialog *self)
{
  guint count = sp_export_job_get_count (self->job);
  const char *withheld = sp_export_job_get_withheld (self->job);
  g_autofree char *written = g_strdup_printf (ngettext ("%u entry written", "%u entries written", count), count);
  g_autofree char *text = withheld != NULL ? g_strdup_printf ("%s. %s", written, withheld) : g_steal_pointer (&written);

  sp_window_toast_file (self->window, text, self->file);
}

static void
show_failure (SpExportDialog *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, markup);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean well = sp_export_job_run_finish (self->job, result, &error);

  self->running = FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  if (!well && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_failure (self, error);
      return;
    }
  if (well)
    tell (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (SpExportDialog) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && gtk_widget_get_visible (GTK_WIDGET (self)))
    sp_export_dialog_write (self, file);
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpExportDialog *self = SP_EXPORT_DIALOG (widget);
  /* Translators: the name of a file, without what stands after its dot */
  g_autofree char *proposed = g_strdup_printf ("%s.%s", _("Signpost list"), formats[get_format (self)].suffix);

  sp_compat_save_file (GTK_WINDOW (self), _("Export the List"), proposed, chosen_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpExportDialog *self = SP_EXPORT_DIALOG (widget);

  if (self->running)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sp_export_dialog_close_request (GtkWindow *window)
{
  cancel_action (GTK_WIDGET (window), NULL, NULL);
  return TRUE;
}

/* A window that was destroyed is hidden; it is disposed of when nothing holds it any more. */
static void
hidden_cb (SpExportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
sp_export_dialog_finalize (GObject *object)
{
  SpExportDialog *self = SP_EXPORT_DIALOG (object);
  SpWindow *window = self->window;

  g_clear_object (&self->job);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sp_export_dialog_parent_class)->finalize (object);
  g_clear_object (&window);
}

static void
sp_export_dialog_class_init (SpExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sp_export_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, working_page);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, public);
  gtk_widget_class_bind_template_child (widget_class, SpExportDialog, overdue);
  gtk_widget_class_install_action (widget_class, "export.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
}

static void
sp_export_dialog_init (SpExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "hide", G_CALLBACK (hidden_cb), NULL);
}

/**
 * sp_export_dialog_new:
 * @window: the window whose list is to be written; it is open
 *
 * Returns: (transfer none): a dialog, to be presented
 */
SpExportDialog *
sp_export_dialog_new (SpWindow *window)
{
  SpExportDialog *self = g_object_new (SP_TYPE_EXPORT_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  SpFinder *finder = sp_browser_get_finder (sp_window_get_browser (window));
  GSettings *settings = sp_window_get_settings (window);
  g_autofree char *terms = settings != NULL ? g_settings_get_string (settings, "term-calendar") : NULL;

  self->window = g_object_ref (window);
  self->job = sp_export_job_new (sp_browser_get_store (sp_window_get_browser (window)), sp_finder_get_query (finder),
                                 sp_facts_get_nation (settings), terms);
  g_signal_connect_object (self->job, "progressed", G_CALLBACK (progressed_cb), self, G_CONNECT_SWAPPED);
  show_what (self, finder);
  g_signal_connect_object (finder, "ended", G_CALLBACK (show_what), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * sp_export_dialog_write:
 * @self: a dialog
 * @file: where to write; a file of that name is replaced
 *
 * Begins to write what was chosen.
 */
void
sp_export_dialog_write (SpExportDialog *self, GFile *file)
{
  g_return_if_fail (SP_IS_EXPORT_DIALOG (self) && !self->running);

  g_set_object (&self->file, file);
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.start", FALSE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  sp_export_job_run_async (self->job, file, formats[get_format (self)].format, get_mode (self), self->cancellable,
                           written_cb, g_object_ref (self));
}
