/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpHistoryWindow: who changed an entry, when and what, the newest first, with a button for each earlier version that is
 * still kept to go back to it. Going back is a change like any other and can be undone. */
#include "sp-history-window.h"

#include "sp-entry-history.h"
#include "sp-entry-words.h"
#include "sp-form-label.h"

#include <glib/gi18n.h>

struct _SpHistoryWindow
{
  AdwWindow parent_instance;

  SpChanges      *changes; /* owned */
  SpStore        *store;   /* owned */
  char           *id;      /* owned; document id */
  SpEntryHistory *history; /* owned, nullable until it is read */
  GCancellable   *reading; /* owned */

  /* of the template */
  GtkStack      *stack;
  GtkWidget     *steps;
  AdwStatusPage *error_page;
};

G_DEFINE_FINAL_TYPE (SpHistoryWindow, sp_history_window, ADW_TYPE_WINDOW)

static void
say_error (SpHistoryWindow *self, const GError *error)
{
  adw_status_page_set_description (self->error_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpHistoryWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sp_changes_save_finish (SP_CHANGES (source), result, &error);

  if (self->store == NULL)
    return;
  if (id == NULL)
    say_error (self, error);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
restore_cb (SpHistoryWindow *self, GtkWidget *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "step"));
  const SpHistoryStep *step = g_ptr_array_index (self->history->steps, index), *now = g_ptr_array_index (self->history->steps, 0);
  g_autoptr (SpNode) changes = sp_entry_history_restore (self->history, index);
  g_autofree char *when = sp_entry_words_instant (step->on);
  /* Translators: name of an entry, date and time */
  g_autofree char *label = g_strdup_printf (_("“%s” restored as of %s"), self->history->name != NULL ? self->history->name : self->id, when);

  gtk_widget_set_sensitive (self->steps, FALSE);
  sp_changes_save_async (self->changes, self->id, now->rev, changes, label, restored_cb, g_object_ref (self));
}

static GtkWidget *
new_restore_button (SpHistoryWindow *self, guint index, const char *when)
{
  GtkWidget *button = sp_form_button_new (_("Restore This Version"));
  /* Translators: date and time */
  g_autofree char *name = g_strdup_printf (_("Restore the version of %s"), when);

  gtk_widget_set_margin_top (button, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "step", GUINT_TO_POINTER (index));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (restore_cb), self);
  return button;
}

static void
add_step (SpHistoryWindow *self, guint index)
{
  const SpHistoryStep *step = g_ptr_array_index (self->history->steps, index);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *when = sp_entry_words_instant (step->on);
  g_autofree char *head = sp_entry_words_signature (step->by, step->on);

  gtk_widget_add_css_class (row, "card");
  gtk_widget_add_css_class (row, "formnote");
  gtk_box_append (GTK_BOX (row), sp_form_label_new (head, "heading"));
  for (guint i = 0; i < step->words->len; i++)
    gtk_box_append (GTK_BOX (row), sp_form_label_new (g_ptr_array_index (step->words, i), "body"));
  if (index == 0)
    gtk_box_append (GTK_BOX (row), sp_form_label_new (_("This is what it says now"), "caption"));
  else if (step->body != NULL)
    gtk_box_append (GTK_BOX (row), new_restore_button (self, index, when));
  else
    gtk_box_append (GTK_BOX (row), sp_form_label_new (_("The version itself is not kept any more"), "caption"));
  gtk_box_append (GTK_BOX (self->steps), row);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpHistoryWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpEntryHistory) history = sp_entry_history_read_finish (SP_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (history == NULL)
    {
      say_error (self, error);
      return;
    }
  self->history = g_steal_pointer (&history);
  for (guint i = 0; i < self->history->steps->len; i++)
    add_step (self, i);
  gtk_stack_set_visible_child_name (self->stack, "steps");
}

static void
sp_history_window_dispose (GObject *object)
{
  SpHistoryWindow *self = SP_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (sp_history_window_parent_class)->dispose (object);
}

static void
sp_history_window_finalize (GObject *object)
{
  SpHistoryWindow *self = SP_HISTORY_WINDOW (object);

  g_object_unref (self->reading);
  g_clear_pointer (&self->history, sp_entry_history_free);
  g_free (self->id);
  G_OBJECT_CLASS (sp_history_window_parent_class)->finalize (object);
}

static void
sp_history_window_class_init (SpHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_history_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_history_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpHistoryWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, SpHistoryWindow, error_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_history_window_init (SpHistoryWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_history_window_new:
 * @parent: (nullable): the window it stands before
 * @store: the store
 * @changes: what writes a restored version, so that it can be undone
 * @id: document id of the entry
 *
 * Returns: (transfer none): a window that reads the history meanwhile
 */
SpHistoryWindow *
sp_history_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id)
{
  SpHistoryWindow *self = g_object_new (SP_TYPE_HISTORY_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->changes = g_object_ref (changes);
  self->id = g_strdup (id);
  sp_entry_history_read_async (store, id, self->reading, read_cb, g_object_ref (self));
  return self;
}
