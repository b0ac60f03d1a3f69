/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window by the room there is: three panes, two, or one page at a time; large text makes it narrow. */
#include "window-fixture.h"

#include "sp-facet.h"
#include "sp-filter-bar.h"
#include "sp-filter-chooser.h"

static SpAdaptive *
panes_of (WindowFixture *f)
{
  return SP_ADAPTIVE (find_type (f->window, SP_TYPE_ADAPTIVE));
}

static int
least_width (gpointer widget)
{
  int least;

  gtk_widget_measure (GTK_WIDGET (widget), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Without a window manager a window takes a new size only when it is shown again; and what the display says then of the size
 * before may arrive late, and be taken for the wish of the user. */
static void
resize (WindowFixture *f, int width, SpAdaptiveMode mode)
{
  do
    {
      gtk_widget_set_visible (GTK_WIDGET (f->window), FALSE);
      gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (f->window)));
      spin ();
      gtk_window_set_default_size (GTK_WINDOW (f->window), width, 700);
      gtk_window_present (GTK_WINDOW (f->window));
      wait_for_frame (f);
      wait_for_frame (f); /* the first lays out, and tells what came of it */
    }
  while (sp_adaptive_get_mode (panes_of (f)) != mode);
  spin ();
}

static void
test_modes (WindowFixture *f, gconstpointer data)
{
  resize (f, 1200, SP_ADAPTIVE_THREE);
  resize (f, 700, SP_ADAPTIVE_TWO);
  g_assert_true (sp_adaptive_is_shown (panes_of (f), SP_PAGE_LIST));
  resize (f, 360, SP_ADAPTIVE_ONE);
  g_assert_nonnull (find_text (f->window, "Map")); /* the switcher */
  resize (f, 1200, SP_ADAPTIVE_THREE);
  g_assert_null (find_text (f->window, "Map"));
}

/* One page at a time: the entry, and back to where it was opened from. */
static void
test_pages (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (1);

  resize (f, 360, SP_ADAPTIVE_ONE);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show", "s", id);
  g_assert_cmpint (sp_adaptive_get_page (panes_of (f)), ==, SP_PAGE_DETAILS);
  g_assert_cmpstr (sp_browser_get_selected (browser_of (f)), ==, id);
  spin ();
  g_assert_false (sp_adaptive_is_shown (panes_of (f), SP_PAGE_LIST));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.back", NULL);
  g_assert_cmpint (sp_adaptive_get_page (panes_of (f)), ==, SP_PAGE_LIST);
  g_assert_cmpstr (sp_browser_get_selected (browser_of (f)), ==, id); /* one can look at it on the map */
}

/* Side by side, going back closes the details. */
static void
test_close (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (1);

  resize (f, 1200, SP_ADAPTIVE_THREE);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.show", "s", id);
  spin ();
  g_assert_true (sp_adaptive_is_shown (panes_of (f), SP_PAGE_LIST));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.back", NULL);
  g_assert_null (sp_browser_get_selected (browser_of (f)));
}

/* 200 % text on the narrowest screen. */
static void
test_large_text (WindowFixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (f->window));
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  add_filter (f, "near", "maryport");
  add_filter (f, "category", "lunch-club");
  g_assert_cmpint (least_width (f->window), <=, 360);
  resize (f, 1000, SP_ADAPTIVE_THREE);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  WAIT (sp_adaptive_get_mode (panes_of (f)) == SP_ADAPTIVE_ONE);
  spin ();
  g_assert_cmpint (least_width (f->window), <=, 360);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static SpFilterChooser *
open_chooser (WindowFixture *f, const char *filter)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (find_type (find_type (f->window, SP_TYPE_FILTER_BAR), GTK_TYPE_MENU_BUTTON));
  SpFilterChooser *chooser;

  gtk_menu_button_popup (button);
  chooser = SP_FILTER_CHOOSER (gtk_menu_button_get_popover (button));
  sp_filter_chooser_open (chooser, filter);
  WAIT (gtk_widget_get_mapped (GTK_WIDGET (chooser)));
  return chooser;
}

/* Both answers are in sight, though each takes two lines there. */
static void
expect_unscrolled (SpFilterChooser *chooser)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (gtk_widget_get_ancestor (find_text (chooser, "Wants volunteers"), GTK_TYPE_LIST_BOX),
                                                 GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  WAIT (gtk_adjustment_get_page_size (position) > 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (position), <=, gtk_adjustment_get_page_size (position));
}

/* There, whatever the chooser of filters asks, it is as wide as the window at most. */
static void
test_chooser (WindowFixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (f->window));
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  resize (f, 360, SP_ADAPTIVE_ONE);
  for (guint i = 0; sp_facet_get (i) != NULL; i++)
    {
      SpFilterChooser *chooser = open_chooser (f, sp_facet_get (i)->filter);
      int natural;

      gtk_widget_measure (GTK_WIDGET (chooser), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      g_assert_cmpint (natural, <=, gtk_widget_get_width (GTK_WIDGET (f->window)));
      if (g_str_equal (sp_facet_get (i)->filter, "available"))
        expect_unscrolled (chooser);
      gtk_popover_popdown (GTK_POPOVER (chooser));
      spin ();
    }
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

/* A pane keeps the width that the user gave it, and what is remembered is what was wanted. */
static void
test_widths (WindowFixture *f, gconstpointer data)
{
  GSettings *settings = sp_window_get_settings (f->window);
  int width;

  g_object_set (panes_of (f), "list-width", 420, NULL);
  g_assert_cmpint (g_settings_get_int (settings, "list-width"), ==, 420);
  g_settings_set_int (settings, "list-width", 333);
  spin ();
  g_object_get (panes_of (f), "list-width", &width, NULL);
  g_assert_cmpint (width, ==, 333);
  g_settings_reset (settings, "list-width");
}

/* What is to be seen from the first frame on is known before it: else a window grows for what it has no room for. */
static void
test_ahead (void)
{
  GtkWidget *window = gtk_window_new ();
  SpAdaptive *panes = g_object_new (SP_TYPE_ADAPTIVE, NULL);

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (panes));
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 700);
  g_assert_cmpint (sp_adaptive_get_mode (panes), ==, SP_ADAPTIVE_ONE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  g_assert_cmpint (sp_adaptive_get_mode (panes), ==, SP_ADAPTIVE_THREE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_tests (void)
{
  g_test_add_func ("/window/narrow/ahead", test_ahead);
  g_test_add ("/window/narrow/modes", WindowFixture, NULL, set_up_window, test_modes, tear_down_window);
  g_test_add ("/window/narrow/pages", WindowFixture, NULL, set_up_window, test_pages, tear_down_window);
  g_test_add ("/window/narrow/close", WindowFixture, NULL, set_up_window, test_close, tear_down_window);
  g_test_add ("/window/narrow/chooser", WindowFixture, NULL, set_up_window, test_chooser, tear_down_window);
  g_test_add ("/window/narrow/large-text", WindowFixture, NULL, set_up_window, test_large_text, tear_down_window);
  g_test_add ("/window/narrow/widths", WindowFixture, NULL, set_up_window, test_widths, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
