/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpImportDialog: lists before they go into the store: what each row becomes, what is wrong with it, whether it may be
 * there already, and what each column was taken for, which a person may correct. Then the import, which can be given up
 * until it is done, and undone afterwards. */
#include "sp-import-dialog-private.h"

#include "sp-import-row-view.h"
#include "sp-import-words.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (SpImportDialog, sp_import_dialog, ADW_TYPE_WINDOW)

/* ── What was found ── */

static void
show_counts (SpImportDialog *self)
{
  const SpImportCounts *counts = sp_import_job_get_counts (self->job);
  guint listed = g_list_model_get_n_items (sp_import_job_get_rows (self->job));
  g_autofree char *summary = sp_import_words_counts (counts);
  g_autofree char *alike = g_strdup_printf (ngettext ("%u new entry may be there already under another name.",
                                                      "%u new entries may be there already under another name.",
                                                      counts->alike),
                                            counts->alike);
  g_autofree char *unlisted = g_strdup_printf (ngettext ("%u more row is not listed.", "%u more rows are not listed.",
                                                         counts->read - listed),
                                               counts->read - listed);

  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->alike, alike);
  gtk_widget_set_visible (GTK_WIDGET (self->alike), counts->alike > 0);
  gtk_label_set_label (self->unlisted, unlisted);
  gtk_widget_set_visible (GTK_WIDGET (self->unlisted), counts->read > listed);
  gtk_widget_set_visible (GTK_WIDGET (self->only_noted), counts->noted > 0);
}

static void
show_places (SpImportDialog *self)
{
  g_autofree char *text = sp_import_words_places (sp_import_job_get_counts (self->job), FALSE);

  gtk_label_set_label (self->places, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->places), text != NULL);
}

/* Nothing is left out in silence. */
static void
show_left_out (SpImportDialog *self)
{
  g_autofree char *text = sp_import_words_left_out (sp_import_job_get_columns (self->job));

  gtk_label_set_label (self->left_out, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), text != NULL);
}

static void
show_gone (SpImportDialog *self)
{
  GPtrArray *gone = sp_import_job_get_gone (self->job);
  guint n = gone != NULL ? gone->len : 0;
  g_autofree char *label = g_strdup_printf (ngettext ("_Close %u entry that is not in the list any more",
                                                      "_Close %u entries that are not in the list any more", n), n);
  g_autofree char *names = n > 0 ? sp_import_words_gone (gone) : NULL;

  gtk_check_button_set_label (self->close_gone, label);
  gtk_label_set_label (self->gone, names != NULL ? names : "");
  gtk_widget_set_visible (GTK_WIDGET (self->close_gone), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->gone), n > 0);
}

/* Whether there is anything to do. */
static void
update_start (SpImportDialog *self)
{
  const SpImportCounts *counts = sp_import_job_get_counts (self->job);
  GPtrArray *gone = sp_import_job_get_gone (self->job);
  gboolean closes = gone != NULL && gone->len > 0 && gtk_check_button_get_active (self->close_gone);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start",
                                 closes || counts->more || counts->outcomes[SP_IMPORT_ADDED] + counts->outcomes[SP_IMPORT_UPDATED] > 0);
}

static void
close_gone_cb (SpImportDialog *self)
{
  sp_import_job_set_close_gone (self->job, gtk_check_button_get_active (self->close_gone));
  if (!self->running)
    update_start (self);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, sp_import_row_view_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  sp_import_row_view_set_row (SP_IMPORT_ROW_VIEW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static gboolean
is_shown (gpointer row, gpointer data)
{
  SpImportDialog *self = data;

  return !gtk_check_button_get_active (self->only_noted) || sp_import_row_get_note (row) != NULL;
}

static void
filter_cb (SpImportDialog *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
set_up_list (SpImportDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (gtk_filter_list_model_new (
    g_object_ref (sp_import_job_get_rows (self->job)), self->filter))));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
}

/* ── Running ── */

static void
progressed_cb (SpImportDialog *self)
{
  const SpImportCounts *counts = sp_import_job_get_counts (self->job);
  g_autofree char *text = g_strdup_printf (ngettext ("%u row", "%u rows", counts->read), counts->read);

  gtk_progress_bar_set_fraction (self->progress, sp_import_job_get_progress (self->job));
  adw_status_page_set_description (self->working_page, text);
}

static void
start (SpImportDialog *self, const char *title, const char *by, GAsyncReadyCallback callback)
{
  adw_status_page_set_title (self->working_page, title);
  adw_status_page_set_description (self->working_page, NULL);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start", FALSE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  sp_import_job_run_async (self->job, by, self->cancellable, callback, g_object_ref (self));
}

/* Whether the dialog goes on with what it was doing. */
static gboolean
has_failed (SpImportDialog *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean well = sp_import_job_run_finish (self->job, result, &error);

  self->running = FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return TRUE;
  if (!well && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return TRUE;
    }
  if (!well)
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->failed_page, markup);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  return !well;
}

/* Whether a file has columns, and none of them is the name. */
static gboolean
file_lacks_name (SpImportDialog *self, guint file)
{
  GPtrArray *columns = sp_import_job_get_columns (self->job);
  gboolean any = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      const SpImportColumn *column = g_ptr_array_index (columns, i);
      if (column->file == file && column->field == SP_COLUMN_NAME)
        return FALSE;
      any = any || column->file == file;
    }
  return any;
}

/* Whether a person must first say which column is the name. */
static gboolean
lacks_name (SpImportDialog *self)
{
  for (guint file = 0; file < self->n_files; file++)
    if (file_lacks_name (self, file))
      return TRUE;
  return FALSE;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpImportDialog) self = data;

  if (has_failed (self, result))
    return;
  show_counts (self);
  show_places (self);
  show_left_out (self);
  show_gone (self);
  sp_import_dialog_show_columns (self);
  if (lacks_name (self))
    {
      gtk_label_set_label (self->summary, _("No column was recognised as the name. Please choose which it is."));
      gtk_stack_set_visible_child_name (self->pages, "columns");
    }
  gtk_stack_set_visible_child_name (self->stack, "preview");
  update_start (self);
}

/**
 * sp_import_dialog_look:
 * @self: a dialog
 *
 * Reads the files, as they are taken now, and shows what would become of their rows. Nothing is written.
 */
void
sp_import_dialog_look (SpImportDialog *self)
{
  start (self, _("Reading the List"), NULL, looked_cb);
}

/* Postcodes and places stay; what became an entry, or put one on the map, can be taken back. */
static void
tell_done (SpImportDialog *self)
{
  const SpImportCounts *counts = sp_import_job_get_counts (self->job);
  g_autofree char *action = g_strdup_printf ("win.undo-import::%s", sp_import_job_get_id (self->job));
  g_autofree char *words = sp_import_words_counts (counts), *places = sp_import_words_places (counts, TRUE);
  g_autofree char *text = g_strdup_printf (_("Imported. %s"), words); /* Translators: %s counts, such as “42 rows: 40 new, 2 updated” */
  g_autofree char *all = places != NULL ? g_strdup_printf ("%s. %s", text, places) : g_strdup (text);
  gboolean undoable = counts->known < counts->read || counts->placed > 0;

  if (undoable)
    sp_changes_add_import (sp_window_get_changes (self->window), sp_import_job_get_id (self->job), text);
  sp_window_toast (self->window, all, undoable ? _("_Undo") : NULL, undoable ? action : NULL);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpImportDialog) self = data;

  if (has_failed (self, result))
    return;
  tell_done (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpImportDialog *self = SP_IMPORT_DIALOG (widget);
  SpChanges *changes = sp_window_get_changes (self->window);

  start (self, _("Importing"), sp_changes_get_author (changes), imported_cb);
}

/* What is running stops first, and takes back what it did. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpImportDialog *self = SP_IMPORT_DIALOG (widget);

  if (self->running)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sp_import_dialog_close_request (GtkWindow *window)
{
  cancel_action (GTK_WIDGET (window), NULL, NULL);
  return TRUE;
}

/* A window that was destroyed is hidden; it is disposed of when nothing holds it any more. */
static void
hidden_cb (SpImportDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
sp_import_dialog_dispose (GObject *object)
{
  SpImportDialog *self = SP_IMPORT_DIALOG (object);

  if (self->list != NULL) /* its filter asks this dialog */
    gtk_list_view_set_model (self->list, NULL);
  G_OBJECT_CLASS (sp_import_dialog_parent_class)->dispose (object);
}

static void
sp_import_dialog_finalize (GObject *object)
{
  SpImportDialog *self = SP_IMPORT_DIALOG (object);
  SpWindow *window = self->window;

  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (sp_import_dialog_parent_class)->finalize (object);
  g_clear_object (&window);
}

static void
sp_import_dialog_class_init (SpImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sp_import_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, working_page);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, alike);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, places);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, left_out);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, close_gone);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, gone);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, unlisted);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, columns_page);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, only_noted);
  gtk_widget_class_bind_template_child (widget_class, SpImportDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_gone_cb);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
}

static void
sp_import_dialog_init (SpImportDialog *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "hide", G_CALLBACK (hidden_cb), NULL);
}

/**
 * sp_import_dialog_new:
 * @window: the window whose store the lists go into; it is open
 * @files: (element-type GFile): the lists
 *
 * Returns: (transfer none): a dialog that reads the lists already; to be presented
 */
SpImportDialog *
sp_import_dialog_new (SpWindow *window, GListModel *files)
{
  SpImportDialog *self = g_object_new (SP_TYPE_IMPORT_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);

  self->window = g_object_ref (window);
  self->n_files = g_list_model_get_n_items (files);
  self->job = sp_import_job_new (sp_browser_get_store (sp_window_get_browser (window)), files);
  g_signal_connect_object (self->job, "progressed", G_CALLBACK (progressed_cb), self, G_CONNECT_SWAPPED);
  set_up_list (self);
  sp_import_dialog_look (self);
  return self;
}
