/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty store says how to begin, until there is something; and the about window says whose data it is. */
#include "window-fixture.h"

static void
set_up_empty_window (WindowFixture *f, gconstpointer data)
{
  set_up_path (f, NULL);
  fill_window_store (f->path, 0);
  open_window (f);
}

static void
test_sample (WindowFixture *f, gconstpointer data)
{
  g_assert_nonnull (find_text (f->window, "Welcome to Signpost"));
  g_assert_nonnull (find_text (f->window, "Import a List"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.sample", NULL);
  WAIT (count_results (f) > 100);
  wait_for_search (f);
  g_assert_null (find_text (f->window, "Welcome to Signpost"));
}

static void
test_not_without_need (WindowFixture *f, gconstpointer data)
{
  g_assert_null (find_text (f->window, "Welcome to Signpost"));
  type_words (f, "nothing has these words"); /* then other advice is needed */
  g_assert_cmpuint (count_results (f), ==, 0);
  g_assert_null (find_text (f->window, "Welcome to Signpost"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.sample", NULL); /* the store is not empty */
  WAIT (find_widget (GTK_WIDGET (f->window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_LABEL)) != NULL);
  type_words (f, "");
  g_assert_cmpuint (count_results (f), ==, 5);
}

static gboolean
is_credited (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  gboolean credited = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      credited = credited || find_text (widget, "Signpost") != NULL;
    }
  return credited;
}

static void
test_about (WindowFixture *f, gconstpointer data)
{
  g_assert_false (is_credited ());
  gtk_widget_activate_action (GTK_WIDGET (f->window), "app.about", NULL);
  WAIT (is_credited ());
}

static void
add (void)
{
  g_test_add ("/first-run/sample", WindowFixture, NULL, set_up_empty_window, test_sample, tear_down_window);
  g_test_add ("/first-run/not-without-need", WindowFixture, NULL, set_up_window, test_not_without_need, tear_down_window);
  g_test_add ("/first-run/about", WindowFixture, NULL, set_up_window, test_about, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
