/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWindow: one window on one store. It opens the store, and holds what its panes share: the browser and the changes. */
#include "sp-window.h"

#include "sp-window-actions.h"

#include <glib/gi18n.h>

struct _SpWindow
{
  AdwApplicationWindow parent_instance;

  SpBrowser *browser; /* owned, nullable until the store is open */
  SpChanges *changes; /* owned, nullable until the store is open */

  /* of the template */
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  AdwStatusPage   *error_page;
};

G_DEFINE_FINAL_TYPE (SpWindow, sp_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_store (SpWindow *self, SpStore *store)
{
  self->browser = sp_browser_new (store);
  self->changes = sp_changes_new (store);
  sp_window_add_changes_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpStore) store = sp_store_open_finish (result, &error);

  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (store != NULL)
    {
      show_store (self, store);
      return;
    }
  adw_status_page_set_description (self->error_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
sp_window_dispose (GObject *object)
{
  SpWindow *self = SP_WINDOW (object);

  g_clear_object (&self->browser);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (sp_window_parent_class)->dispose (object);
}

static void
sp_window_class_init (SpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, error_page);
}

static void
sp_window_init (SpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sp_window_new:
 * @application: the program
 * @store: path of the store; it is made, with its folder, if it is not there
 *
 * Returns: (transfer none): a window that belongs to @application; the store opens meanwhile
 */
SpWindow *
sp_window_new (SpApplication *application, const char *store)
{
  SpWindow *self = g_object_new (SP_TYPE_WINDOW, "application", application, NULL);

  sp_store_open_async (store, NULL, opened_cb, g_object_ref (self));
  return self;
}

/**
 * sp_window_of:
 * @widget: a widget
 *
 * Returns: (transfer none) (nullable): the window it is in; %NULL if it is in none, or in a dialog of its own
 */
SpWindow *
sp_window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!SP_IS_WINDOW (root) && GTK_IS_WINDOW (root))
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return SP_IS_WINDOW (root) ? SP_WINDOW (root) : NULL;
}

/**
 * sp_window_get_browser:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what it looks at; %NULL until the store is open
 */
SpBrowser *sp_window_get_browser (SpWindow *self) { return self->browser; }

/**
 * sp_window_get_changes:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the changes it made; %NULL until the store is open
 */
SpChanges *sp_window_get_changes (SpWindow *self) { return self->changes; }

/**
 * sp_window_get_settings:
 * @self: a window
 *
 * Returns: (transfer none): what the user has set
 */
GSettings *
sp_window_get_settings (SpWindow *self)
{
  return sp_application_get_settings (SP_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

/**
 * sp_window_toast:
 * @self: a window
 * @text: a short sentence
 * @button: (nullable): what its button says, with a mnemonic
 * @action: (nullable): detailed name of the action of its button
 *
 * Shows a toast.
 */
void
sp_window_toast (SpWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, button);
  if (action != NULL)
    adw_toast_set_detailed_action_name (toast, action);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
