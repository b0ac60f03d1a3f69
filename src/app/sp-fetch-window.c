/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpFetchWindow: where the address of a list on the web is typed, and the list is fetched. It can be given up. What it is,
 * and what becomes of it, is seen afterwards, as of a file. */
#include "sp-fetch-window.h"

#include "sp-fetch-job.h"
#include "sp-fetcher.h"
#include "sp-typed.h"
#include "sp-weak.h"

#include <glib/gi18n.h>

struct _SpFetchWindow
{
  AdwWindow parent_instance;

  SpFetchJob   *job;         /* owned */
  GCancellable *cancellable; /* owned, nullable; of what is running */

  /* of the template */
  GtkStack       *stack;
  GtkEditable    *address;
  GtkLabel       *problem;
  AdwStatusPage  *working_page;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (SpFetchWindow, sp_fetch_window, ADW_TYPE_WINDOW)

enum { FETCHED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* "example.org/list.csv" is good enough. */
static char *
read_address (SpFetchWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
  g_autofree char *url = sp_typed_url (typed);

  return url != NULL && sp_fetcher_is_address (url) ? g_steal_pointer (&url) : NULL;
}

static void
show_problem (SpFetchWindow *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
typed_cb (SpFetchWindow *self)
{
  g_autofree char *url = read_address (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fetch.start", url != NULL);
  show_problem (self, NULL);
}

static void
progressed_cb (SpFetchWindow *self)
{
  guint read = sp_fetch_job_get_read (self->job), total = sp_fetch_job_get_total (self->job);
  g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", read), read);

  adw_status_page_set_description (self->working_page, text);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double) read / total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
set_running (SpFetchWindow *self, gboolean running)
{
  g_clear_object (&self->cancellable);
  if (running)
    self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fetch.start", !running);
  gtk_stack_set_visible_child_name (self->stack, running ? "working" : "address");
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpFetchWindow) self = sp_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = sp_fetch_job_run_finish (SP_FETCH_JOB (source), result, &error);

  if (self == NULL || !gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile */
    return;
  set_running (self, FALSE);
  if (file != NULL)
    {
      g_signal_emit (self, signals[FETCHED], 0, file);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpFetchWindow *self = SP_FETCH_WINDOW (widget);
  g_autofree char *url = read_address (self);

  if (url == NULL || self->cancellable != NULL)
    return;
  show_problem (self, NULL);
  adw_status_page_set_description (self->working_page, NULL);
  gtk_progress_bar_set_fraction (self->progress, 0);
  set_running (self, TRUE);
  sp_fetch_job_run_async (self->job, url, self->cancellable, fetched_cb, sp_weak_new (self));
}

static void
activated_cb (SpFetchWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "fetch.start", NULL);
}

/* What is running is given up; else the window. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SpFetchWindow *self = SP_FETCH_WINDOW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
sp_fetch_window_close_request (GtkWindow *window)
{
  cancel_action (GTK_WIDGET (window), NULL, NULL);
  return TRUE;
}

/* A window that was destroyed is hidden. */
static void
hidden_cb (SpFetchWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
sp_fetch_window_finalize (GObject *object)
{
  SpFetchWindow *self = SP_FETCH_WINDOW (object);

  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sp_fetch_window_parent_class)->finalize (object);
}

static void
sp_fetch_window_class_init (SpFetchWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sp_fetch_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sp_fetch_window_close_request;

  /**
   * SpFetchWindow::fetched:
   * @self: the window
   * @file: the list, see sp_fetched_get_address()
   *
   * The list is here; the window closes.
   */
  signals[FETCHED] = g_signal_new ("fetched", SP_TYPE_FETCH_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-fetch-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpFetchWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpFetchWindow, address);
  gtk_widget_class_bind_template_child (widget_class, SpFetchWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, SpFetchWindow, working_page);
  gtk_widget_class_bind_template_child (widget_class, SpFetchWindow, progress);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "fetch.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "fetch.cancel", NULL, cancel_action);
}

static void
sp_fetch_window_init (SpFetchWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->job = sp_fetch_job_new ();
  g_signal_connect_object (self->job, "progressed", G_CALLBACK (progressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "hide", G_CALLBACK (hidden_cb), NULL);
  typed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

/**
 * sp_fetch_window_new:
 * @parent: the window it stands before
 *
 * Returns: (transfer none): a window, to be presented
 */
SpFetchWindow *
sp_fetch_window_new (GtkWindow *parent)
{
  return g_object_new (SP_TYPE_FETCH_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
}
