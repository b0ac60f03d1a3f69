/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries that are not on the map yet, in the window: how many, which, and the way to put one there. */
#include "window-fixture.h"

#include "sp-entry-form.h"
#include "sp-form-position.h"

static gboolean
has_item (GMenuModel *menu, const char *label)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *text = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &text) && g_str_equal (text, label))
        return TRUE;
      if (section != NULL && has_item (section, label))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_main_menu (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget));
}

/* The menu is made when it is opened first. */
static GMenuModel *
open_menu (WindowFixture *f)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find_widget (GTK_WIDGET (f->window), is_main_menu, NULL));

  gtk_menu_button_popup (button);
  gtk_menu_button_popdown (button);
  return gtk_menu_button_get_menu_model (button);
}

static SpEntryForm *
find_form (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (SP_IS_ENTRY_FORM (widget))
        return SP_ENTRY_FORM (widget);
    }
  return NULL;
}

/* Whether the keyboard is where the position is asked for. */
static gboolean
is_at_position (SpEntryForm *form)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (form));

  return focus != NULL && gtk_widget_get_ancestor (focus, SP_TYPE_FORM_POSITION) != NULL;
}

static gboolean
is_map_near (SpEntryForm *form, double latitude, double longitude)
{
  ShumateMap *map = SHUMATE_MAP (find_type (form, SHUMATE_TYPE_MAP));
  ShumateLocation *middle = SHUMATE_LOCATION (shumate_map_get_viewport (map));

  return fabs (shumate_location_get_latitude (middle) - latitude) < 0.02 && fabs (shumate_location_get_longitude (middle) - longitude) < 0.02;
}

/* Six entries, of which the last has no position. */
static void
test_list (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (5);
  GMenuModel *menu = open_menu (f);
  SpEntryEdit *edit;
  SpEntryForm *form;

  WAIT (has_item (menu, "1 Entry _Not on the Map Yet"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.filter", "(ss)", "near", "Maryport"); /* gives way */
  wait_for_search (f);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.unplaced", NULL);
  wait_for_search (f);
  WAIT (count_results (f) == 1);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show", "s", id);
  WAIT (find_text (f->window, "Place on the Map") != NULL);

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.place", "s", id);
  form = find_form ();
  WAIT (sp_entry_form_get_edit (form) != NULL);
  WAIT (is_at_position (form));
  edit = sp_entry_form_get_edit (form);
  sp_entry_edit_set (edit, "address", sp_node_parse ("{\"city\":\"Cockermouth\",\"postal_code\":\"ZZ1 1ZZ\"}", -1, NULL));
  WAIT (is_map_near (form, 54.66, -3.36));
  g_assert_null (sp_entry_edit_get (edit, "location"));
  sp_entry_edit_set (edit, "location", sp_node_parse ("{\"latitude\":54.71,\"longitude\":-3.49,\"accuracy\":\"exact\"}", -1, NULL));
  sp_entry_form_save (form);
  WAIT (find_form () == NULL);
  WAIT (count_results (f) == 0);
  WAIT (!has_item (menu, "1 Entry _Not on the Map Yet"));
}

/* What is on the map is not spoken of. */
static void
test_none (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (0);

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show", "s", id);
  WAIT (find_text (f->window, "Harbour Hall") != NULL);
  spin ();
  g_assert_null (find_text (f->window, "Place on the Map"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.unplaced", NULL);
  wait_for_search (f);
  g_assert_cmpuint (count_results (f), ==, 0);
}

static void
add_tests (void)
{
  g_test_add ("/unplaced/list", WindowFixture, GUINT_TO_POINTER (6), set_up_window, test_list, tear_down_window);
  g_test_add ("/unplaced/none", WindowFixture, NULL, set_up_window, test_none, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
