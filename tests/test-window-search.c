/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching in the window: the list follows what is typed; a postcode is a place; suggestions by keyboard. */
#include "window-fixture.h"

static void
test_typing (WindowFixture *f, gconstpointer data)
{
  g_autoptr (SpResult) first = NULL;

  g_assert_cmpuint (count_results (f), ==, 5);
  type_words (f, "lunch");
  g_assert_cmpuint (count_results (f), ==, 2);
  g_assert_nonnull (find_text (f->window, "2 found"));
  type_words (f, "tuesday lunch");
  g_assert_cmpuint (count_results (f), ==, 1);
  first = g_list_model_get_item (results_of (f), 0);
  WAIT (sp_result_get_asset (first) != NULL);
  g_assert_nonnull (find_text (f->window, "Tuesday Lunch Club"));
  g_assert_nonnull (find_text (f->window, "Tue noon to 2pm · free"));
  type_words (f, "");
  g_assert_cmpuint (count_results (f), ==, 5);
}

/* What is typed as a postcode becomes the place to be near, with Enter alone. */
static void
test_postcode (WindowFixture *f, gconstpointer data)
{
  const SpFilters *filters;

  type_words (f, "ca156aa");
  g_signal_emit_by_name (search_of (f), "activate");
  wait_for_search (f);
  filters = sp_query_get_filters (sp_browser_get_query (browser_of (f)));
  g_assert_cmpstr (filters->near, ==, "CA15 6AA");
  g_assert_null (filters->words);
  g_assert_cmpstr (gtk_editable_get_text (search_of (f)), ==, "");
  g_assert_cmpuint (count_results (f), ==, 5);
  g_assert_nonnull (find_text (f->window, "Near CA15 6AA"));
  g_assert_nonnull (find_text (f->window, "Nearest first"));
}

static void
test_unknown_postcode (WindowFixture *f, gconstpointer data)
{
  type_words (f, "ZE1 0AA");
  g_signal_emit_by_name (search_of (f), "activate");
  wait_for_search (f);
  g_assert_nonnull (find_text (f->window, "Place Not Found"));
  gtk_widget_activate (gtk_widget_get_ancestor (find_text (f->window, "Search Everywhere"), GTK_TYPE_BUTTON));
  WAIT (sp_query_get_filters (sp_browser_get_query (browser_of (f)))->near == NULL);
  wait_for_search (f);
  g_assert_cmpuint (count_results (f), ==, 5);
}

static GtkWidget *
find_popover (WindowFixture *f)
{
  return find_type (find_type (f->window, SP_TYPE_SEARCH_BOX), GTK_TYPE_POPOVER);
}

/* Returns: whether it was taken */
static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
      taken = taken || handled;
    }
  return taken;
}

static void
test_suggestion (WindowFixture *f, gconstpointer data)
{
  const SpFilters *filters;

  gtk_widget_grab_focus (GTK_WIDGET (search_of (f)));
  gtk_window_set_focus_visible (GTK_WINDOW (f->window), TRUE);
  type_words (f, "maryport");
  WAIT (find_popover (f) != NULL);
  g_assert_nonnull (find_text (find_popover (f), "Near Maryport, Cumbria"));
  press (GTK_WIDGET (search_of (f)), GDK_KEY_Down);
  g_signal_emit_by_name (search_of (f), "activate");
  wait_for_search (f);
  filters = sp_query_get_filters (sp_browser_get_query (browser_of (f)));
  g_assert_cmpstr (filters->near, ==, "Maryport, Cumbria");
  g_assert_true (filters->placed);
  g_assert_null (find_popover (f));
}

/* The first Escape is for the suggestions, also while they are on their way; the next for the words. */
static void
test_escape (WindowFixture *f, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (search_of (f)));
  gtk_editable_set_text (search_of (f), "maryport");
  g_assert_null (find_popover (f));
  g_assert_true (press (GTK_WIDGET (search_of (f)), GDK_KEY_Escape));
  g_assert_false (press (GTK_WIDGET (search_of (f)), GDK_KEY_Escape));
  type_words (f, "maryport ");
  WAIT (find_popover (f) != NULL);
  g_assert_true (press (GTK_WIDGET (search_of (f)), GDK_KEY_Escape));
  WAIT (find_popover (f) == NULL);
  g_assert_false (press (GTK_WIDGET (search_of (f)), GDK_KEY_Escape));
  g_assert_cmpstr (gtk_editable_get_text (search_of (f)), ==, "maryport ");
  g_signal_emit_by_name (search_of (f), "stop-search"); /* what the entry makes of it then */
  g_assert_cmpstr (gtk_editable_get_text (search_of (f)), ==, "");
  wait_for_search (f);
}

/* Past the suggestions comes the list; with nothing selected its first row. */
static void
test_down_to_list (WindowFixture *f, gconstpointer data)
{
  type_words (f, "bef");
  gtk_widget_grab_focus (GTK_WIDGET (search_of (f)));
  for (int i = 0; i < 8 && sp_browser_get_selected (browser_of (f)) == NULL; i++)
    {
      press (GTK_WIDGET (search_of (f)), GDK_KEY_Down);
      spin ();
    }
  WAIT (sp_browser_get_selected (browser_of (f)) != NULL);
  g_assert_cmpstr (sp_browser_get_selected (browser_of (f)), ==, "asset:00000000-0000-4000-8000-000000000003");
}

/* Words that were changed elsewhere are in the entry too. */
static void
test_followed (WindowFixture *f, gconstpointer data)
{
  g_autoptr (SpQuery) query = sp_query_new ();

  sp_query_set_words (query, "walking");
  sp_browser_set_query (browser_of (f), query);
  g_assert_cmpstr (gtk_editable_get_text (search_of (f)), ==, "walking");
  wait_for_search (f);
  g_assert_cmpuint (count_results (f), ==, 1);
}

static void
add_tests (void)
{
  g_test_add ("/window/search/typing", WindowFixture, NULL, set_up_window, test_typing, tear_down_window);
  g_test_add ("/window/search/postcode", WindowFixture, NULL, set_up_window, test_postcode, tear_down_window);
  g_test_add ("/window/search/unknown-postcode", WindowFixture, NULL, set_up_window, test_unknown_postcode, tear_down_window);
  g_test_add ("/window/search/suggestion", WindowFixture, NULL, set_up_window, test_suggestion, tear_down_window);
  g_test_add ("/window/search/escape", WindowFixture, NULL, set_up_window, test_escape, tear_down_window);
  g_test_add ("/window/search/down-to-list", WindowFixture, NULL, set_up_window, test_down_to_list, tear_down_window);
  g_test_add ("/window/search/followed", WindowFixture, NULL, set_up_window, test_followed, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
