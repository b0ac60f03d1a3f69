/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpWindow: one window on one store. It holds what its panes share: the browser and the changes. */
#include "sp-window-private.h"

#include "sp-window-actions.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (SpWindow, sp_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * sp_window_show_store:
 * @self: a window that has none yet
 * @store: the store, open
 *
 * Shows what is in the store.
 */
void
sp_window_show_store (SpWindow *self, SpStore *store)
{
  GSettings *settings = sp_window_get_settings (self);

  self->browser = sp_browser_new (store);
  self->changes = sp_changes_new (store);
  self->sharing = sp_sharing_new (store, sp_application_get_keyring (SP_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))));
  sp_window_add_changes_actions (self);
  sp_window_add_browse_actions (self);
  sp_window_add_details_actions (self);
  sp_window_add_entries_actions (self);
  sp_window_add_export_actions (self);
  sp_window_add_import_actions (self);
  sp_window_add_print_actions (self);
  sp_window_add_refused_actions (self);
  sp_window_add_remove_actions (self);
  sp_window_add_shortlists_actions (self);
  sp_window_add_unplaced_actions (self);
  sp_window_add_updates_actions (self);
  sp_window_add_week_actions (self);
  sp_search_box_set_browser (self->search, self->browser);
  sp_result_pane_set_browser (self->results, self->browser, settings);
  sp_map_view_set_browser (self->map, self->browser);
  sp_window_set_up_panes (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search), TRUE);
  sp_sharing_status_set_sharing (self->sharing_status, self->sharing);
  sp_sharing_bar_set_sharing (self->sharing_bar, self->sharing);
  sp_sharing_start (self->sharing);
  sp_window_follow_taxonomy (self);
  sp_window_watch_first_run (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
bind_settings (SpWindow *self)
{
  GSettings *settings = sp_window_get_settings (self);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "list-width", self->panes, "list-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "details-width", self->panes, "details-width", G_SETTINGS_BIND_DEFAULT);
}

static void
sp_window_dispose (GObject *object)
{
  SpWindow *self = SP_WINDOW (object);

  g_clear_handle_id (&self->making_details, g_source_remove);
  if (self->sharing != NULL)
    sp_sharing_close (self->sharing);
  g_clear_object (&self->sharing);
  g_clear_object (&self->browser);
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (sp_window_parent_class)->dispose (object);
}

static void
sp_window_finalize (GObject *object)
{
  g_free (SP_WINDOW (object)->path);
  G_OBJECT_CLASS (sp_window_parent_class)->finalize (object);
}

/* Bound to the window, not to the program: what has the keyboard takes them first, as a text entry does its own undo. */
static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "win.search" },
    { GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.clear-filters" },
    { GDK_KEY_n, GDK_CONTROL_MASK, "win.add" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "win.print" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_Escape, 0, "win.back" },
    { GDK_KEY_Left, GDK_ALT_MASK, "win.back" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

static void
sp_window_class_init (SpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sp_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_window_finalize;
  g_type_ensure (SP_TYPE_ADAPTIVE);
  g_type_ensure (SP_TYPE_MAP_VIEW);
  g_type_ensure (SP_TYPE_RESULT_PANE);
  g_type_ensure (SP_TYPE_SEARCH_BOX);
  g_type_ensure (SP_TYPE_UPDATES_BADGE);
  g_type_ensure (SP_TYPE_SHARING_BAR);
  g_type_ensure (SP_TYPE_SHARING_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/signpost/Signpost/ui/sp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, add_label);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, updates);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, sharing_bar);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, sharing_status);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, results);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, map);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, details_page);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, close);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, list_button);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, map_button);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, SpWindow, restore);
  bind_keys (widget_class);
}

/* GTK would make the window of shortcuts together with this one, if the file were where it looks for it. */
static void
show_help_action (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/signpost/Signpost/help-overlay.ui");
  GtkWindow *overlay = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (overlay, self);
  gtk_window_present (overlay);
}

/* Not before somebody opens it: a menu is as much work as the rest of the header bar. */
static void
make_menu_cb (GtkMenuButton *button, gpointer self)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, G_MENU_MODEL (((SpWindow *) self)->primary_menu));
}

static void
sp_window_init (SpWindow *self)
{
  static const GActionEntry help = { .name = "show-help-overlay", .activate = show_help_action };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, make_menu_cb, self, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), &help, 1, self);
  sp_search_box_set_key_capture (self->search, GTK_WIDGET (self));
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

  self->path = g_strdup (store);
  bind_settings (self);
  sp_window_open (self);
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
 * sp_window_get_sharing:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): whom its store is shared with; %NULL until the store is open
 */
SpSharing *sp_window_get_sharing (SpWindow *self) { return self->sharing; }

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
