/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of the window: one selection with the browser, kept over searches; rows that say all; many entries. */
#include "window-fixture.h"

#include "sp-result-selection.h"

static GtkListView *
list_of (WindowFixture *f)
{
  return GTK_LIST_VIEW (find_type (f->window, GTK_TYPE_LIST_VIEW));
}

static SpResultSelection *
selection_of (WindowFixture *f)
{
  return SP_RESULT_SELECTION (gtk_list_view_get_model (list_of (f)));
}

static guint
find_position (WindowFixture *f, guint asset)
{
  g_autofree char *id = window_asset_id (asset);

  for (guint i = 0; i < count_results (f); i++)
    {
      g_autoptr (SpResult) result = g_list_model_get_item (results_of (f), i);

      WAIT (sp_result_get_asset (result) != NULL);
      if (g_strcmp0 (sp_result_get_id (result), id) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
test_select_row (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (2);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection_of (f)), find_position (f, 2), TRUE);
  WAIT (sp_browser_get_selected (browser_of (f)) != NULL);
  g_assert_cmpstr (sp_browser_get_selected (browser_of (f)), ==, id);
}

/* As the map does it. */
static void
test_selected_elsewhere (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (3);

  sp_browser_select (browser_of (f), id);
  WAIT (sp_result_selection_get_position (selection_of (f)) != GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sp_result_selection_get_position (selection_of (f)), ==, find_position (f, 3));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection_of (f)), find_position (f, 3)));
  sp_browser_select (browser_of (f), NULL);
  g_assert_cmpuint (sp_result_selection_get_position (selection_of (f)), ==, GTK_INVALID_LIST_POSITION);
}

/* A search that leaves the selected entry out does not forget it. */
static void
test_kept (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (1);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection_of (f)), find_position (f, 1), TRUE);
  WAIT (sp_browser_get_selected (browser_of (f)) != NULL);
  type_words (f, "walking");
  g_assert_cmpuint (sp_result_selection_get_position (selection_of (f)), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpstr (sp_browser_get_selected (browser_of (f)), ==, id);
  type_words (f, "lunch");
  g_assert_cmpuint (sp_result_selection_get_position (selection_of (f)), ==, find_position (f, 1));
}

static void
test_order (WindowFixture *f, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.order", "s", "name");
  wait_for_search (f);
  g_assert_nonnull (find_text (f->window, "By name"));
  g_assert_cmpuint (find_position (f, 3), ==, 0); /* Befriending by telephone */
  g_assert_cmpuint (find_position (f, 0), ==, 1); /* Harbour Hall */
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.order", "s", "natural");
  wait_for_search (f);
}

static void
expect_label (WindowFixture *f, guint asset, const char *label)
{
  g_autoptr (SpResult) result = g_list_model_get_item (results_of (f), find_position (f, asset));
  GtkWidget *row = gtk_widget_get_ancestor (find_text (list_of (f), sp_asset_get_name (sp_result_get_asset (result))), SP_TYPE_RESULT_ROW);
  g_autofree char *difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  g_assert_cmpstr (difference, ==, NULL);
}

/* What a screen reader says of a row: all of it. */
static void
test_rows_are_told (WindowFixture *f, gconstpointer data)
{
  expect_label (f, 1, "Tuesday Lunch Club, Tue noon to 2pm · free, Never checked");
  expect_label (f, 3, "Befriending by telephone, Free, Full, Never checked");
  expect_label (f, 4, "Walking Group, Temporarily closed, Never checked");
  add_filter (f, "near", "54.7143,-3.4947");
  expect_label (f, 3, "Befriending by telephone, 5 miles, Free, Full, Never checked");
}

static void
test_units (WindowFixture *f, gconstpointer data)
{
  add_filter (f, "near", "54.7143,-3.4947");
  g_settings_set_string (sp_window_get_settings (f->window), "units", "kilometres");
  spin ();
  expect_label (f, 3, "Befriending by telephone, 8.3 km, Free, Full, Never checked");
  g_settings_reset (sp_window_get_settings (f->window), "units");
  spin ();
}

/* Thousands of entries: all can be scrolled to, few are objects. */
static void
test_many (WindowFixture *f, gconstpointer data)
{
  guint last = count_results (f) - 1;

  g_assert_cmpuint (count_results (f), ==, 3000);
  sp_result_selection_reveal (selection_of (f), last);
  gtk_widget_activate_action (GTK_WIDGET (list_of (f)), "list.scroll-to-item", "u", last);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection_of (f)), last, TRUE);
  WAIT (sp_browser_get_selected (browser_of (f)) != NULL);
  type_words (f, "bench 2999");
  g_assert_cmpuint (count_results (f), ==, 1);
  type_words (f, "");
  g_assert_cmpuint (sp_result_selection_get_position (selection_of (f)), ==, last);
}

static guint
count_rows (WindowFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (selection_of (f)));
}

/* No more rows than are looked at, and more before one comes to their end. */
static void
test_rows_as_needed (WindowFixture *f, gconstpointer data)
{
  GtkAdjustment *position = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_of (f)));
  guint few = count_rows (f), more;

  WAIT (gtk_adjustment_get_upper (position) > gtk_adjustment_get_page_size (position));
  wait_for_frame (f);
  g_assert_cmpuint (count_rows (f), ==, few); /* nobody has scrolled, and they fill the list */
  g_assert_cmpuint (few, <, 24);
  gtk_adjustment_set_value (position, gtk_adjustment_get_upper (position));
  WAIT (count_rows (f) > few);
  more = count_rows (f);
  g_assert_cmpuint (more, <, 200);
  wait_for_frame (f);
  gtk_adjustment_set_value (position, gtk_adjustment_get_upper (position));
  WAIT (count_rows (f) > more);
  type_words (f, "bench"); /* another question */
  WAIT (count_rows (f) <= few);
  g_assert_cmpuint (count_results (f), >, 2000);
  type_words (f, "bench 2999");
  g_assert_cmpuint (count_rows (f), ==, 1);
}

/* The end is that of all that was found. */
static void
test_end (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (list_of (f)));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_End, 0, 0, &handled);
    }
  g_assert_cmpuint (count_rows (f), ==, 3000);
}

/* Another question begins at its best answer, wherever the list was. */
static void
test_another_question (WindowFixture *f, gconstpointer data)
{
  GtkAdjustment *position = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_of (f)));

  sp_result_selection_reveal (selection_of (f), 1500);
  gtk_widget_activate_action (GTK_WIDGET (list_of (f)), "list.scroll-to-item", "u", 1500);
  WAIT (gtk_adjustment_get_value (position) > 1000);
  type_words (f, "bench");
  WAIT (gtk_adjustment_get_value (position) < 1);
  g_assert_cmpuint (count_results (f), >, 2000);
}

/* @seen: (element-type SpResultRow): holds all that ever were, so that no other takes their place in memory */
static void
note_rows (WindowFixture *f, GPtrArray *seen)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (list_of (f))); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (row != NULL && !g_ptr_array_find (seen, row, NULL))
        g_ptr_array_add (seen, g_object_ref (row));
    }
}

/* Each answer is quite another one; its rows are those of earlier ones. */
static void
test_rows_again (WindowFixture *f, gconstpointer data)
{
  static const char *const words[] = { "bench 2999", "bench 1500", "bench 1700", "bench 2042", "bench 2345", "bench 1234" };
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_object_unref);
  guint first;

  note_rows (f, seen);
  type_words (f, words[0]);
  note_rows (f, seen);
  first = seen->len;
  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    {
      type_words (f, words[i]);
      note_rows (f, seen);
      g_assert_cmpuint (count_results (f), ==, 1);
    }
  g_assert_cmpuint (seen->len, ==, first);
  type_words (f, "walking");
  g_assert_nonnull (find_text (list_of (f), "Walking Group"));
}

static void
add_tests (void)
{
  g_test_add ("/window/list/select-row", WindowFixture, NULL, set_up_window, test_select_row, tear_down_window);
  g_test_add ("/window/list/selected-elsewhere", WindowFixture, NULL, set_up_window, test_selected_elsewhere, tear_down_window);
  g_test_add ("/window/list/kept", WindowFixture, NULL, set_up_window, test_kept, tear_down_window);
  g_test_add ("/window/list/order", WindowFixture, NULL, set_up_window, test_order, tear_down_window);
  g_test_add ("/window/list/rows-are-told", WindowFixture, NULL, set_up_window, test_rows_are_told, tear_down_window);
  g_test_add ("/window/list/units", WindowFixture, NULL, set_up_window, test_units, tear_down_window);
  g_test_add ("/window/list/another-question", WindowFixture, GUINT_TO_POINTER (3000), set_up_window, test_another_question,
              tear_down_window);
  g_test_add ("/window/list/rows-as-needed", WindowFixture, GUINT_TO_POINTER (3000), set_up_window, test_rows_as_needed,
              tear_down_window);
  g_test_add ("/window/list/rows-again", WindowFixture, GUINT_TO_POINTER (3000), set_up_window, test_rows_again, tear_down_window);
  g_test_add ("/window/list/end", WindowFixture, GUINT_TO_POINTER (3000), set_up_window, test_end, tear_down_window);
  g_test_add ("/window/list/many", WindowFixture, GUINT_TO_POINTER (3000), set_up_window, test_many, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
