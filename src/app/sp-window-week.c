/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way from an entry to the week of a place. */
#include "sp-window-actions.h"

#include "sp-week-window.h"

static void
week_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (sp_week_window_new (window, g_variant_get_string (parameter, NULL)));
}

/**
 * sp_window_add_week_actions:
 * @self: a window with a store
 *
 * Adds win.week, which takes the document id of a place.
 */
void
sp_window_add_week_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "week", .activate = week_action, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
