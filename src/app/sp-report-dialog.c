/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpReportDialog: the present list as pages for a meeting, or a few entries as a signposting sheet: what is on them, for whom,
 * and how large. It can be given up until the pages are there. */
#include "sp-report-dialog.h"

#include "sp-compat.h"
#include "sp-count-words.h"
#include "sp-report-job.h"
#include "sp-report-order.h"
#include "sp-report-print.h"

#include <glib/gi18n.h>

struct _SpReportDialog
{
  AdwWindow parent_instance;

  SpWindow     *window;      /* owned: GTK wants it to live as long as this, which a job may hold */
  SpReportGoal  goal;
  SpReportKind  kind;
  SpReportJob  *job;         /* owned */
  char         *print_to;    /* owned, nullable: instead of asking for a printer */
  GtkPrintOperation *operation; /* owned, nullable: while it runs */
  char         *said;        /* owned, nullable: what is told when the printer has the pages */
  GFile        *file;        /* owned, nullable: what is written */
  GCancellable *cancellable; /* owned */
  gboolean      running;

  /* of the template */
  GtkStack            *stack;
  GtkButton           *start;
  AdwStatusPage       *working_page;
  AdwStatusPage       *failed_page;
  GtkProgressBar      *progress;
  AdwPreferencesGroup *what;
  AdwEntryRow         *title;
  AdwComboRow         *order;
  GtkSwitch           *large;
  GtkCheckButton      *public;
  GtkWidget           *overdue_row;
  GtkSwitch           *overdue;
  GtkSwitch           *summary;
  GtkSwitch           *map;
  GtkSwitch           *buildings;
  GtkSwitch           *funding;
  GtkSwitch           *checks;
  GtkWidget           *summary_row;
  GtkWidget           *buildings_row;
  GtkWidget           *funding_row;
  GtkWidget           *checks_row;
};

G_DEFINE_FINAL_TYPE (SpReportDialog, sp_report_dialog, ADW_TYPE_WINDOW)

/* ── What is chosen ── */

static SpReportParts
get_without (SpReportDialog *self)
{
  const struct { GtkSwitch *row; SpReportParts part; } parts[] = {
    { self->summary, SP_REPORT_SUMMARY }, { self->map, SP_REPORT_MAP }, { self->buildings, SP_REPORT_BUILDINGS },
    { self->funding, SP_REPORT_FUNDING }, { self->checks, SP_REPORT_CHECKS },
  };
  SpReportParts without = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    without |= gtk_switch_get_active (parts[i].row) ? 0 : parts[i].part;
  return without;
}

/* Entries that somebody chose by name are all printed. */
static SpReportChoice
get_choice (SpReportDialog *self)
{
  return (SpReportChoice){
    .kind = self->kind, .full = !gtk_check_button_get_active (self->public),
    .overdue = self->kind == SP_REPORT_SIGNPOSTING || gtk_switch_get_active (self->overdue),
    .large = gtk_switch_get_active (self->large), .area_kind = sp_report_order_get_kind (self->order),
    .without = get_without (self), .title = gtk_editable_get_text (GTK_EDITABLE (self->title)),
  };
}

/* @name: (nullable) */
static void
describe (SpReportDialog *self, const char *name, const char *count)
{
  /* Translators: a search in words, or the name of a shortlist or an entry, and how much it is: “Near Maryport, within 3 km: 23 entries” */
  g_autofree char *text = name != NULL ? g_strdup_printf (_("%s: %s"), name, count) : g_strdup (count);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (self->what, markup);
}

static void
describe_search (SpReportDialog *self, SpFinder *finder)
{
  g_autofree char *text = sp_count_words_search (finder);

  describe (self, NULL, text);
}

static void
describe_entries (SpReportDialog *self, const char *name, guint n)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);

  if (n > SP_REPORT_SHEET_MAX)
    {
      g_free (count);
      count = g_strdup_printf (ngettext ("the first %u of %u entries", "the first %u of %u entries", n), SP_REPORT_SHEET_MAX, n);
    }
  describe (self, name, count);
}

/* ── The end ── */

static void
show_failure (SpReportDialog *self, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->failed_page, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->start), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_choices (SpReportDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "choices");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.start", TRUE);
}

static char *
describe_written (SpReport *report)
{
  guint count = sp_report_get_n_entries (report);
  g_autofree char *written = g_strdup_printf (ngettext ("%u entry written", "%u entries written", count), count);
  g_autofree char *withheld = sp_report_describe_withheld (report);

  return withheld != NULL ? g_strdup_printf ("%s. %s", written, withheld) : g_steal_pointer (&written);
}

/* ── Printing ── */

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  g_autoptr (SpReportDialog) self = data;
  g_autoptr (GError) error = NULL;

  self->running = FALSE;
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      show_failure (self, error != NULL ? error->message : _("The printer did not take the pages"));
    }
  else if (gtk_widget_get_visible (GTK_WIDGET (self)) && result == GTK_PRINT_OPERATION_RESULT_CANCEL)
    show_choices (self);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      sp_window_toast (self->window, self->said, NULL, NULL);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  g_clear_object (&self->operation);
}

static void
print (SpReportDialog *self, SpReport *report, GPtrArray *pages)
{
  GtkPrintOperationAction action = self->print_to != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
  GtkPrintOperation *operation;
  double width, height;

  g_free (self->said);
  self->said = g_strdup_printf (ngettext ("%u page is on its way to the printer", "%u pages are on their way to the printer", pages->len), pages->len);
  sp_report_get_page_size (report, &width, &height);
  operation = sp_report_print_new (pages, width, height, sp_report_get_title (report));
  self->operation = g_object_ref (operation);
  if (self->print_to != NULL)
    gtk_print_operation_set_export_filename (operation, self->print_to);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), g_object_ref (self));
  self->running = TRUE;
  gtk_print_operation_run (operation, action, GTK_WINDOW (self), NULL); /* ::done tells of errors too */
  g_object_unref (operation);
}

/* ── The job ── */

static void
progressed_cb (SpReportDialog *self)
{
  gtk_progress_bar_set_fraction (self->progress, sp_report_job_get_progress (self->job));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpReportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = NULL;
  SpReport *report = sp_report_job_run_finish (self->job, result, &pages, &error);

  self->running = FALSE;
  if (!gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  if (report != NULL && pages != NULL)
    {
      print (self, report, pages);
      return;
    }
  if (report == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_failure (self, error->message);
      return;
    }
  if (report != NULL)
    {
      self->said = describe_written (report);
      sp_window_toast_file (self->window, self->said, self->file);
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
start (SpReportDialog *self)
{
  SpReportChoice choice = get_choice (self);

  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.start", FALSE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  sp_report_job_run_async (self->job, &choice, self->file, self->cancellable, made_cb, g_object_ref (self));
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (SpReportDialog) self = data;
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && gtk_widget_get_visible (GTK_WIDGET (self)))
    sp_report_dialog_write (self, file);
}

/* ── Actions ── */

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpReportDialog *self = SP_REPORT_DIALOG (widget);
  /* Translators: the names of files, without “.pdf” */
  const char *proposed = self->kind == SP_REPORT_LIST ? _("Meeting list") : _("Signposting sheet");
  g_autofree char *file = g_strdup_printf ("%s.pdf", proposed);

  if (self->goal == SP_REPORT_PRINT)
    sp_report_dialog_print (self, NULL);
  else
    sp_compat_save_file (GTK_WINDOW (self), gtk_window_get_title (GTK_WINDOW (self)), file, chosen_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpReportDialog *self = SP_REPORT_DIALOG (widget);

  if (self->operation != NULL)
    gtk_print_operation_cancel (self->operation);
  else if (self->running)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sp_report_dialog_close_request (GtkWindow *window)
{
  cancel_action (GTK_WIDGET (window), NULL, NULL);
  return TRUE;
}

/* A window that was destroyed is hidden; it is disposed of when nothing holds it any more. */
static void
hidden_cb (SpReportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
sp_report_dialog_finalize (GObject *object)
{
  SpReportDialog *self = SP_REPORT_DIALOG (object);
  SpWindow *window = self->window;

  g_clear_object (&self->job);
  g_clear_object (&self->operation);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self->print_to);
  g_free (self->said);
  G_OBJECT_CLASS (sp_report_dialog_parent_class)->finalize (object);
  g_clear_object (&window);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SpReportDialog, name)

static void
sp_report_dialog_class_init (SpReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_report_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sp_report_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-report-dialog.ui");
  BIND (stack);
  BIND (start);
  BIND (working_page);
  BIND (failed_page);
  BIND (progress);
  BIND (what);
  BIND (title);
  BIND (order);
  BIND (large);
  BIND (public);
  BIND (overdue_row);
  BIND (overdue);
  BIND (summary);
  BIND (map);
  BIND (buildings);
  BIND (funding);
  BIND (checks);
  BIND (summary_row);
  BIND (buildings_row);
  BIND (funding_row);
  BIND (checks_row);
  gtk_widget_class_install_action (widget_class, "report.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "report.cancel", NULL, cancel_action);
}

static void
sp_report_dialog_init (SpReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "hide", G_CALLBACK (hidden_cb), NULL);
}

/* A sheet has its entries, and a map of each. */
static void
show_rows (SpReportDialog *self)
{
  gboolean list = self->kind == SP_REPORT_LIST;

  gtk_widget_set_visible (GTK_WIDGET (self->order), list);
  gtk_widget_set_visible (self->overdue_row, list);
  gtk_widget_set_visible (self->summary_row, list);
  gtk_widget_set_visible (self->buildings_row, list);
  gtk_widget_set_visible (self->funding_row, list);
  gtk_widget_set_visible (self->checks_row, list);
}

static void
name_window (SpReportDialog *self)
{
  static const char * const titles[2][2] = {
    { N_("Print Meeting List"), N_("Save Meeting List") },
    { N_("Print Signposting Sheet"), N_("Save Signposting Sheet") },
  };

  gtk_window_set_title (GTK_WINDOW (self), _(titles[self->kind == SP_REPORT_SIGNPOSTING][self->goal == SP_REPORT_SAVE]));
  gtk_button_set_label (self->start, self->goal == SP_REPORT_SAVE ? _("_Save…") : _("_Print…"));
  gtk_editable_set_text (GTK_EDITABLE (self->title), sp_report_get_usual_title (self->kind));
}

/**
 * sp_report_dialog_new:
 * @window: the window whose list it is about; it is open
 * @parent: what the dialog stands before: @window, or one of its own windows
 * @goal: what the pages are for
 * @name: (nullable): what @ids are called, if that is known
 * @ids: (nullable) (array zero-terminated=1): the entries of a signposting sheet; %NULL for the present list, for a meeting
 *
 * Returns: (transfer none): a dialog, to be presented
 */
SpReportDialog *
sp_report_dialog_new (SpWindow *window, GtkWindow *parent, SpReportGoal goal, const char *name, const char * const *ids)
{
  SpReportDialog *self = g_object_new (SP_TYPE_REPORT_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  SpBrowser *browser = sp_window_get_browser (window);
  SpStore *store = sp_browser_get_store (browser);
  SpFinder *finder = sp_browser_get_finder (browser);
  g_autoptr (GStrvBuilder) first = g_strv_builder_new ();
  g_auto (GStrv) taken = NULL;

  for (guint i = 0; ids != NULL && ids[i] != NULL && i < SP_REPORT_SHEET_MAX; i++)
    g_strv_builder_add (first, ids[i]);
  taken = ids != NULL ? g_strv_builder_end (first) : NULL;
  self->window = g_object_ref (window);
  self->goal = goal;
  self->kind = ids != NULL ? SP_REPORT_SIGNPOSTING : SP_REPORT_LIST;
  self->job = sp_report_job_new (store, sp_finder_get_query (finder), (const char * const *) taken, sp_window_get_settings (window));
  g_signal_connect_object (self->job, "progressed", G_CALLBACK (progressed_cb), self, G_CONNECT_SWAPPED);
  name_window (self);
  show_rows (self);
  if (ids != NULL)
    describe_entries (self, name, g_strv_length ((char **) ids));
  else
    {
      describe_search (self, finder);
      g_signal_connect_object (finder, "ended", G_CALLBACK (describe_search), self, G_CONNECT_SWAPPED);
    }
  sp_report_order_read (self->order, store);
  return self;
}

/**
 * sp_report_dialog_write:
 * @self: a dialog
 * @file: where to write a PDF; a file of that name is replaced
 *
 * Begins to write what was chosen.
 */
void
sp_report_dialog_write (SpReportDialog *self, GFile *file)
{
  g_return_if_fail (SP_IS_REPORT_DIALOG (self) && !self->running);

  g_set_object (&self->file, file);
  start (self);
}

/**
 * sp_report_dialog_print:
 * @self: a dialog
 * @file: (nullable): a path, for what the printer would get; %NULL to ask for a printer
 *
 * Begins to make the pages that were chosen, then prints them.
 */
void
sp_report_dialog_print (SpReportDialog *self, const char *file)
{
  g_return_if_fail (SP_IS_REPORT_DIALOG (self) && !self->running);

  g_clear_object (&self->file);
  g_free (self->print_to);
  self->print_to = g_strdup (file);
  start (self);
}
