/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the window's store, and what is offered when that fails: to try again, or to use the last automatic backup. A
 * file that cannot be opened is kept. */
#include "sp-window-private.h"

#include "sp-backup.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 200 /* before a store that is being opened is shown to be */
#define BACKUP_S 60 /* before the backup of the day begins: until then the person begins */

/* ── The way back to a backup ── */

static void
restore_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autofree char *backup = sp_backup_find_newest (path);
  g_autofree char *kept = NULL;
  GError *error = NULL;

  if (backup == NULL)
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_NOT_FOUND, _("There is no backup of “%s”"), (const char *) path);
  else if (sp_backup_restore (path, backup, &kept, cancellable, NULL, NULL, &error))
    g_task_return_pointer (task, g_steal_pointer (&kept), g_free);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpWindow *self = SP_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    sp_window_toast (self, error->message, NULL, NULL);
  else
    {
      text = kept != NULL ? g_strdup_printf (_("The last backup is open. What was there before is kept as “%s”"), kept)
                          : g_strdup (_("The last backup is open"));
      sp_window_toast (self, text, NULL, NULL);
    }
  sp_window_open (self);
}

static void
restore_cb (SpWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, restored_cb, NULL);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  g_task_set_source_tag (task, restore_cb);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, restore_thread);
}

static void
look_for_backup_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_task_return_pointer (task, sp_backup_find_newest (path), g_free);
}

static void
backup_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SpWindow *self = SP_WINDOW (source);
  g_autofree char *backup = g_task_propagate_pointer (G_TASK (result), NULL);

  gtk_widget_set_visible (self->restore, backup != NULL);
}

/* Of help only where the file itself is at fault. */
static void
offer_backup (SpWindow *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  gtk_widget_set_visible (self->restore, FALSE);
  if (!g_error_matches (error, SP_ERROR, SP_ERROR_DAMAGED) && !g_error_matches (error, SP_ERROR, SP_ERROR_FOREIGN))
    return;
  task = g_task_new (self, NULL, backup_found_cb, NULL);
  g_task_set_source_tag (task, offer_backup);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, look_for_backup_thread);
}

/* ── Opening ── */

static void
show_error (SpWindow *self, const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
  gtk_widget_grab_focus (self->retry);
  offer_backup (self, error);
}

/* @store: (transfer full) (nullable) */
static void
take_store (SpWindow *self, SpStore *store, const GError *error)
{
  g_autoptr (SpStore) held = store;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  if (store == NULL)
    {
      show_error (self, error);
      return;
    }
  sp_store_put_off_backup (store, BACKUP_S);
  sp_window_show_store (self, store);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = data;
  g_autoptr (GError) error = NULL;
  SpStore *store = sp_store_open_finish (result, &error);

  take_store (self, store, error);
}

static void
take_opening (SpWindow *self)
{
  g_autoptr (SpStoreOpening) opening = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;
  SpStore *store = sp_store_opening_take (opening, &error);

  take_store (self, store, error);
}

static void
opening_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = data;

  take_opening (self);
}

static gboolean
patience_cb (gpointer data)
{
  SpWindow *self = data;

  if (self->browser == NULL && g_str_equal (gtk_stack_get_visible_child_name (self->stack), "loading"))
    gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

/**
 * sp_window_open:
 * @self: a window without a store
 *
 * Opens the store at the window's path, off the main loop.
 */
void
sp_window_open (SpWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  g_signal_handlers_disconnect_by_func (self->retry, sp_window_open, self);
  g_signal_handlers_disconnect_by_func (self->restore, restore_cb, self);
  g_signal_connect_swapped (self->retry, "clicked", G_CALLBACK (sp_window_open), self);
  g_signal_connect_swapped (self->restore, "clicked", G_CALLBACK (restore_cb), self);
  self->opening = sp_application_take_opening (SP_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), self->path);
  if (self->opening != NULL && sp_store_opening_is_done (self->opening))
    {
      take_opening (self);
      return;
    }
  g_timeout_add_full (G_PRIORITY_DEFAULT, PATIENCE_MS, patience_cb, g_object_ref (self), g_object_unref);
  if (self->opening != NULL)
    sp_store_opening_wait_async (self->opening, opening_done_cb, g_object_ref (self));
  else
    sp_store_open_async (self->path, NULL, opened_cb, g_object_ref (self));
}
