/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding and looking in the window: its actions for that, and which panes are to be seen. */
#include "sp-window-private.h"

#include "sp-filter.h"
#include "sp-window-actions.h"

#include <glib/gi18n.h>

/* ── Panes ── */

static void
show_switcher (SpWindow *self)
{
  SpAdaptivePage page = sp_adaptive_get_page (self->panes);
  gboolean one = sp_adaptive_get_mode (self->panes) == SP_ADAPTIVE_ONE;
  gboolean three = sp_adaptive_get_mode (self->panes) == SP_ADAPTIVE_THREE;

  gtk_widget_set_visible (self->switcher, one && page != SP_PAGE_DETAILS);
  gtk_widget_set_visible (self->add_label, !one);
  sp_sharing_status_set_narrow (self->sharing_status, !three);
  gtk_widget_set_visible (self->back, !three);
  gtk_widget_set_visible (self->close, three);
  gtk_toggle_button_set_active (page == SP_PAGE_MAP ? self->map_button : self->list_button, TRUE);
}

static void
switched_cb (SpWindow *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) && sp_adaptive_get_page (self->panes) != SP_PAGE_DETAILS)
    sp_adaptive_set_page (self->panes, button == self->map_button ? SP_PAGE_MAP : SP_PAGE_LIST);
}

static void
make_details (SpWindow *self)
{
  self->details = SP_DETAILS (sp_details_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->details), TRUE);
  gtk_box_append (GTK_BOX (self->details_page), GTK_WIDGET (self->details));
  sp_details_set_browser (self->details, self->browser);
}

static gboolean
make_details_cb (gpointer data)
{
  SpWindow *self = data;

  self->making_details = 0;
  if (self->details == NULL)
    make_details (self);
  return G_SOURCE_REMOVE;
}

/* When there is nothing else to do: the first entry that is chosen does not wait until all cards are made. */
static void
found_cb (SpWindow *self)
{
  if (self->browser != NULL && self->details == NULL && self->making_details == 0)
    self->making_details = g_idle_add_full (G_PRIORITY_LOW, make_details_cb, self, NULL);
}

static void
selected_cb (SpWindow *self)
{
  if (self->details == NULL && sp_browser_get_selected (self->browser) != NULL)
    make_details (self);
  sp_adaptive_set_has_details (self->panes, sp_browser_get_selected (self->browser) != NULL);
}

/* In the list there is a row to go on from. */
static void
leave_search_cb (SpWindow *self)
{
  if (!sp_adaptive_is_shown (self->panes, SP_PAGE_LIST))
    sp_adaptive_set_page (self->panes, SP_PAGE_LIST);
  sp_result_pane_focus_list (self->results, TRUE);
}

/**
 * sp_window_set_up_panes:
 * @self: a window with a browser
 *
 * Lets the panes follow the selection, and the buttons that lead from one to the other follow the panes.
 */
void
sp_window_set_up_panes (SpWindow *self)
{
  g_signal_connect_object (self->browser, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sp_browser_get_finder (self->browser), "ended", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "leave", G_CALLBACK (leave_search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "notify::mode", G_CALLBACK (show_switcher), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "notify::page", G_CALLBACK (show_switcher), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list_button, "toggled", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map_button, "toggled", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
  show_switcher (self);
}

/* ── Actions ── */

static void
search_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (((SpWindow *) data)->search));
}

static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SpWindow *self = data;

  sp_browser_select (self->browser, g_variant_get_string (parameter, NULL));
  sp_adaptive_set_page (self->panes, SP_PAGE_DETAILS);
  if (gtk_window_get_focus_visible (GTK_WINDOW (self)) || !sp_adaptive_is_shown (self->panes, SP_PAGE_LIST))
    gtk_widget_child_focus (self->details_page, GTK_DIR_TAB_FORWARD); /* who came by keyboard goes on there */
}

/* From the details to where they were opened from; where they stand beside the list, they close. */
static void
back_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SpWindow *self = data;
  gboolean went_back = sp_adaptive_go_back (self->panes);

  if (!went_back || sp_adaptive_get_mode (self->panes) == SP_ADAPTIVE_THREE)
    sp_browser_select (self->browser, NULL);
  if (sp_adaptive_is_shown (self->panes, SP_PAGE_LIST))
    sp_result_pane_focus_list (self->results, FALSE);
}

static void
clear_filters_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SpWindow *self = data;
  g_autoptr (SpQuery) query = sp_filter_without_all (sp_browser_get_query (self->browser));

  sp_browser_set_query (self->browser, query);
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SpWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SpQuery) query = NULL;
  const char *name, *value;

  g_variant_get (parameter, "(&s&s)", &name, &value);
  query = sp_filter_with (sp_browser_get_query (self->browser), name, value, &error);
  if (query == NULL)
    sp_window_toast (self, error->message, NULL, NULL);
  else
    sp_browser_set_query (self->browser, query);
}

static void
search_this_area_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sp_map_view_search_this_area (((SpWindow *) data)->map);
}

/**
 * sp_window_add_browse_actions:
 * @self: a window with a store
 *
 * Adds win.search, win.show, win.back, win.filter, win.clear-filters, win.search-this-area and win.order.
 */
void
sp_window_add_browse_actions (SpWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "search", .activate = search_action },
    { .name = "show", .activate = show_action, .parameter_type = "s" },
    { .name = "back", .activate = back_action },
    { .name = "filter", .activate = filter_action, .parameter_type = "(ss)" },
    { .name = "clear-filters", .activate = clear_filters_action },
    { .name = "search-this-area", .activate = search_this_area_action },
  };
  g_autoptr (GAction) order = g_settings_create_action (sp_window_get_settings (self), "order");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), order);
}
