/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that are not on the map yet, in the window: the list of them, and the form where one is put there. */
#include "sp-window-actions.h"

#include "sp-filter.h"
#include "sp-unplaced-menu.h"
#include "sp-window-entries.h"
#include "sp-window-private.h"

static void
unplaced_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpWindow *self = window;
  g_autoptr (SpQuery) all = sp_filter_without_all (sp_browser_get_query (self->browser));
  g_autoptr (SpQuery) query = NULL;

  sp_query_set_words (all, NULL);
  query = sp_filter_with (all, "unplaced", NULL, NULL);
  sp_browser_set_query (self->browser, query);
  if (!sp_adaptive_is_shown (self->panes, SP_PAGE_LIST))
    sp_adaptive_set_page (self->panes, SP_PAGE_LIST);
}

static void
place_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  SpEntryForm *form = sp_window_new_form (window);

  sp_entry_form_begin_at (form, "location");
  sp_entry_form_open (form, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (form));
}

/**
 * sp_window_add_unplaced_actions:
 * @self: a window with a store
 *
 * Adds win.unplaced, which lists the entries without a position, and win.place(id), which opens the form of one where its
 * position is asked for; and a way to the list in the menu.
 */
void
sp_window_add_unplaced_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "unplaced", .activate = unplaced_action },
    { .name = "place", .activate = place_action, .parameter_type = "s" },
  };
  g_autoptr (GMenuModel) section = sp_unplaced_menu_new (sp_browser_get_store (self->browser));
  int n = g_menu_model_get_n_items (G_MENU_MODEL (self->primary_menu));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_menu_insert_section (self->primary_menu, MAX (n - 1, 0), NULL, section);
}
