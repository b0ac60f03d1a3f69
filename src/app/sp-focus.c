/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the keyboard is in a window. GTK leaves two gaps: a widget that is taken out of the window keeps the keyboard, so
 * that no key does anything any more; and a popover keeps all keys from the program, so that it cannot be quit. */
#include "sp-focus.h"

#define QUIT "app.quit"

/* ---- what was taken out ---- */

/* After GTK has looked for another place itself. */
static void
after_paint_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  if (focus == NULL || gtk_widget_get_root (focus) == GTK_ROOT (window))
    return;
  gtk_root_set_focus (GTK_ROOT (window), NULL);
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
}

static void
realize_cb (GtkWindow *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb), window,
                           G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

/* ---- popovers ---- */

static GtkEventController *
make_keys (GtkApplication *application)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, QUIT);

  for (guint i = 0; accels[i] != NULL; i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accels[i]), gtk_named_action_new (QUIT)));
  gtk_event_controller_set_name (keys, QUIT);
  return keys;
}

static gboolean
has_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (g_strcmp0 (gtk_event_controller_get_name (controller), QUIT) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Each gets the keys of the program when it first has the keyboard. */
static void
focus_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  if (popover != NULL && gtk_window_get_application (window) != NULL && !has_keys (popover))
    gtk_widget_add_controller (popover, make_keys (gtk_window_get_application (window)));
}

/**
 * sp_focus_watch:
 * @window: a window that was not shown yet
 *
 * Sees to it that some widget in the window always has the keyboard when something takes it away, and that the program
 * can be quit from within a popover.
 */
void
sp_focus_watch (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect_after (window, "realize", G_CALLBACK (realize_cb), NULL);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
}
