/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpClosingWindow: closes an entry for now, for good, or opens it again, with a notice that says why and how long. */
#include "sp-closing-window.h"

#include "sp-form-notice.h"
#include "sp-form.h"
#include "sp-store-documents.h"

#include <glib/gi18n.h>

struct _SpClosingWindow
{
  AdwWindow parent_instance;

  SpChanges    *changes; /* owned */
  SpEntryEdit  *edit;    /* owned, nullable until the entry is read */
  GCancellable *reading; /* owned */

  /* of the template */
  GtkWidget    *save_button;
  SpFormNotice *notice;
  GtkWidget    *content;
};

G_DEFINE_FINAL_TYPE (SpClosingWindow, sp_closing_window, ADW_TYPE_WINDOW)

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpClosingWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStoreEntry) entry = sp_store_get_finish (SP_STORE (source), result, &error);

  if (self->changes == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (entry == NULL || entry->deleted)
    {
      sp_form_notice_say (self->notice, error != NULL ? error->message : _("The entry was deleted."), NULL, NULL, NULL);
      gtk_widget_set_visible (self->content, FALSE);
      return;
    }
  self->edit = sp_entry_edit_new (sp_asset_get_id (entry->asset), sp_asset_get_rev (entry->asset), sp_asset_get_body (entry->asset));
  sp_form_bind (self->content, self->edit, "");
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpClosingWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sp_changes_save_finish (SP_CHANGES (source), result, &error);

  if (self->changes == NULL)
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (id != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    sp_form_notice_say (self->notice, error->message, NULL, NULL, NULL);
}

/* The first thing that is wrong is said where it is. */
static gboolean
complain (SpClosingWindow *self)
{
  g_autoptr (GPtrArray) problems = sp_entry_edit_check (self->edit);
  const SpEntryProblem *problem = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  SpFormField *field = problem != NULL ? sp_form_find (self->content, problem->path) : NULL;

  if (field != NULL)
    {
      sp_form_field_complain (field, problem->sentence);
      gtk_widget_grab_focus (GTK_WIDGET (field));
    }
  else if (problem != NULL)
    sp_form_notice_say (self->notice, problem->sentence, NULL, NULL, NULL);
  return problem != NULL;
}

/* "“Shed” closed for now" would need a sentence for each; what is done is that its state is changed. */
static void
save_cb (SpClosingWindow *self, GtkButton *button)
{
  g_autoptr (SpNode) changes = NULL;
  g_autofree char *label = NULL;

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (self->edit == NULL || complain (self))
    return;
  changes = sp_entry_edit_make_changes (self->edit);
  if (sp_node_get_length (changes) == 0)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* Translators: name of an entry; it was closed, or opened again */
  label = g_strdup_printf (g_strcmp0 (sp_entry_edit_get_text (self->edit, "status"), "active") == 0 ? _("“%s” goes on") : _("“%s” closed"),
                           sp_entry_edit_get_text (self->edit, "name"));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  sp_changes_save_async (self->changes, sp_entry_edit_get_id (self->edit), sp_entry_edit_get_rev (self->edit), changes, label, saved_cb,
                         g_object_ref (self));
}

static void
sp_closing_window_dispose (GObject *object)
{
  SpClosingWindow *self = SP_CLOSING_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->edit);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (sp_closing_window_parent_class)->dispose (object);
}

static void
sp_closing_window_finalize (GObject *object)
{
  g_object_unref (SP_CLOSING_WINDOW (object)->reading);
  G_OBJECT_CLASS (sp_closing_window_parent_class)->finalize (object);
}

static void
sp_closing_window_class_init (SpClosingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  sp_form_ensure_types ();
  g_type_ensure (SP_TYPE_FORM_NOTICE);
  G_OBJECT_CLASS (klass)->dispose = sp_closing_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_closing_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-closing-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpClosingWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, SpClosingWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SpClosingWindow, content);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sp_closing_window_init (SpClosingWindow *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_closing_window_new:
 * @parent: (nullable): the window it stands before
 * @store: the store
 * @changes: what saves, so that it can be undone
 * @id: document id of the entry
 *
 * Returns: (transfer none): a window that reads the entry meanwhile
 */
SpClosingWindow *
sp_closing_window_new (GtkWindow *parent, SpStore *store, SpChanges *changes, const char *id)
{
  SpClosingWindow *self = g_object_new (SP_TYPE_CLOSING_WINDOW, "transient-for", parent, NULL);

  self->changes = g_object_ref (changes);
  sp_store_get_async (store, id, self->reading, read_cb, g_object_ref (self));
  return self;
}
