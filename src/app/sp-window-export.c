/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present list as a file. */
#include "sp-window-actions.h"

#include "sp-export-dialog.h"

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (sp_export_dialog_new (window)));
}

/**
 * sp_window_add_export_actions:
 * @self: a window with a store
 *
 * Adds win.export.
 */
void
sp_window_add_export_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "export", .activate = export_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
