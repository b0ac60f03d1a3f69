/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpPaneHandle: the line between two panes, to be dragged, or moved by the arrow keys. */
#include "sp-pane-handle.h"

#define KEY_STEP 24.0 /* pixels */

struct _SpPaneHandle
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SpPaneHandle, sp_pane_handle, GTK_TYPE_WIDGET)

enum { MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The handle follows the pointer, so that what is told is always what is still to go. */
static void
drag_update_cb (GtkGestureDrag *gesture, double x, double y, SpPaneHandle *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MOVED], 0, x);
}

static gboolean
move_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  g_signal_emit (widget, signals[MOVED], 0, g_variant_get_double (args));
  return TRUE;
}

static void
sp_pane_handle_class_init (SpPaneHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "panehandle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_by_key, "d", -KEY_STEP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_by_key, "d", KEY_STEP);

  /**
   * SpPaneHandle::moved:
   * @self: the handle
   * @x: pixels to the right
   *
   * The user wants it elsewhere.
   */
  signals[MOVED] = g_signal_new ("moved", SP_TYPE_PANE_HANDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
sp_pane_handle_init (SpPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * sp_pane_handle_new:
 * @label: what it changes, for a screen reader
 *
 * Returns: (transfer floating): a handle
 */
GtkWidget *
sp_pane_handle_new (const char *label)
{
  GtkWidget *self = g_object_new (SP_TYPE_PANE_HANDLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return self;
}
