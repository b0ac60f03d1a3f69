/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between GTK 4.8 with libadwaita 1.2 and their newer releases: choosing files, opening addresses, asking a
 * question, and the about window. Nowhere else does the program ask for a version. */
#include "sp-compat.h"

#include <glib/gi18n.h>

#define HAS_FILE_DIALOG GTK_CHECK_VERSION (4, 10, 0)
#define HAS_ADW_DIALOG  ADW_CHECK_VERSION (1, 5, 0)

/* ── Addresses ── */

/**
 * sp_compat_open_uri:
 * @parent: (nullable): the window that asks
 * @uri: an address: http, https, mailto, tel, file
 *
 * Opens an address with the program that the desktop has for it.
 */
void
sp_compat_open_uri (GtkWindow *parent, const char *uri)
{
#if HAS_FILE_DIALOG
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, parent, NULL, NULL, NULL);
#else
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
#endif
}

/* ── Files ── */

typedef struct
{
  SpCompatFileFunc func;
  gpointer         user_data;
} FileCall;

static FileCall *
new_call (SpCompatFileFunc func, gpointer user_data)
{
  FileCall *call = g_new (FileCall, 1);

  *call = (FileCall){ func, user_data };
  return call;
}

#if HAS_FILE_DIALOG

/* @call: (transfer full); @file: (nullable) (transfer full) */
static void
answer_one (FileCall *call, GFile *file)
{
  g_autoptr (GListStore) files = file != NULL ? g_list_store_new (G_TYPE_FILE) : NULL;

  if (file != NULL)
    g_list_store_append (files, file);
  g_clear_object (&file);
  call->func (G_LIST_MODEL (files), call->user_data);
  g_free (call);
}

static void
opened_several_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  g_autofree FileCall *call = data;
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  call->func (files, call->user_data);
}

static void
opened_one_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  answer_one (data, gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL));
}

static void
saved_cb (GObject *dialog, GAsyncResult *result, gpointer data)
{
  answer_one (data, gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, NULL));
}

#else

static void
native_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree FileCall *call = data;
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  call->func (files, call->user_data);
  g_object_unref (dialog);
}

static GtkFileChooser *
show_native (GtkWindow *parent, const char *title, GtkFileChooserAction action, const char *accept, FileCall *call)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, action, accept, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect (native, "response", G_CALLBACK (native_cb), call);
  return GTK_FILE_CHOOSER (native);
}

#endif

/**
 * sp_compat_open_files:
 * @parent: the window that asks
 * @title: title of the dialog
 * @filter: (nullable): which files fit
 * @several: whether more than one may be chosen
 * @func: gets the answer, once
 * @user_data: for @func
 *
 * Lets the user choose files to read.
 */
void
sp_compat_open_files (GtkWindow *parent, const char *title, GtkFileFilter *filter, gboolean several, SpCompatFileFunc func,
                      gpointer user_data)
{
  FileCall *call = new_call (func, user_data);
#if HAS_FILE_DIALOG
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_default_filter (dialog, filter);
  if (several)
    gtk_file_dialog_open_multiple (dialog, parent, NULL, opened_several_cb, call);
  else
    gtk_file_dialog_open (dialog, parent, NULL, opened_one_cb, call);
#else
  GtkFileChooser *chooser = show_native (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), call);

  gtk_file_chooser_set_select_multiple (chooser, several);
  if (filter != NULL)
    gtk_file_chooser_add_filter (chooser, filter);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
#endif
}

/**
 * sp_compat_save_file:
 * @parent: the window that asks
 * @title: title of the dialog
 * @name: the name that is proposed
 * @func: gets the answer, once
 * @user_data: for @func
 *
 * Lets the user choose where to write a file. That a file may be replaced has been asked by then.
 */
void
sp_compat_save_file (GtkWindow *parent, const char *title, const char *name, SpCompatFileFunc func, gpointer user_data)
{
  FileCall *call = new_call (func, user_data);
#if HAS_FILE_DIALOG
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, saved_cb, call);
#else
  GtkFileChooser *chooser = show_native (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), call);

  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
#endif
}

/* ── Questions ── */

typedef struct
{
  SpCompatAnswerFunc func;
  gpointer           user_data;
} AnswerCall;

static void
answered_cb (GObject *dialog, const char *response, gpointer data)
{
  AnswerCall *call = data;

  call->func (response, call->user_data);
}

static void
free_answer_call (gpointer call, GClosure *closure)
{
  g_free (call);
}

/**
 * sp_compat_ask:
 * @parent: the window that asks
 * @heading: the question
 * @body: what follows from the answer; plain text
 * @response: id of the answer that does it
 * @label: what its button says, with a mnemonic
 * @destructive: whether something is lost by it
 * @func: gets @response, or "cancel"
 * @user_data: for @func
 *
 * Asks before doing. Cancelling is the other answer, and the default if something is lost.
 */
void
sp_compat_ask (GtkWindow *parent, const char *heading, const char *body, const char *response, const char *label,
               gboolean destructive, SpCompatAnswerFunc func, gpointer user_data)
{
  AnswerCall *call = g_new (AnswerCall, 1);
  int appearance = destructive ? (int) ADW_RESPONSE_DESTRUCTIVE : (int) ADW_RESPONSE_SUGGESTED;

  *call = (AnswerCall){ func, user_data };
#if HAS_ADW_DIALOG
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), response, label, NULL);
  adw_alert_dialog_set_response_appearance (alert, response, (AdwResponseAppearance) appearance);
  adw_alert_dialog_set_default_response (alert, destructive ? "cancel" : response);
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), call, free_answer_call, 0);
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), response, label, NULL);
  adw_message_dialog_set_response_appearance (message, response, (AdwResponseAppearance) appearance);
  adw_message_dialog_set_default_response (message, destructive ? "cancel" : response);
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), call, free_answer_call, 0);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

/* ── About ── */

/**
 * sp_compat_show_about:
 * @parent: the window
 * @first_property: name of a property that AdwAboutWindow and AdwAboutDialog share, followed by its value, and so on
 * @...: %NULL at the end
 *
 * Shows who made the program.
 *
 * Returns: (transfer none): the window, for sp_compat_about_add_credit()
 */
GtkWidget *
sp_compat_show_about (GtkWindow *parent, const char *first_property, ...)
{
  va_list properties;
#if HAS_ADW_DIALOG
  GtkWidget *about = GTK_WIDGET (adw_about_dialog_new ());
#else
  GtkWidget *about = g_object_new (ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
#endif

  va_start (properties, first_property);
  g_object_set_valist (G_OBJECT (about), first_property, properties);
  va_end (properties);
#if HAS_ADW_DIALOG
  adw_dialog_present (ADW_DIALOG (about), GTK_WIDGET (parent));
#else
  gtk_window_present (GTK_WINDOW (about));
#endif
  return about;
}

/**
 * sp_compat_about_add_credit:
 * @about: what sp_compat_show_about() gave
 * @title: what is credited
 * @copyright: to whom it belongs
 * @licence: under which licence, as markup
 *
 * Adds something that others made to the page of licences.
 */
void
sp_compat_about_add_credit (GtkWidget *about, const char *title, const char *copyright, const char *licence)
{
#if HAS_ADW_DIALOG
  adw_about_dialog_add_legal_section (ADW_ABOUT_DIALOG (about), title, copyright, GTK_LICENSE_CUSTOM, licence);
#else
  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (about), title, copyright, GTK_LICENSE_CUSTOM, licence);
#endif
}
