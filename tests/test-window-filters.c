/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters in the window: chips come and go, choosers promise what the search keeps, and an empty list says what to give
 * up. */
#include "window-fixture.h"

#include "sp-facet-page.h"
#include "sp-facet-row.h"
#include "sp-filter-bar.h"
#include "sp-filter-chooser.h"
#include "sp-local-taxonomy.h"
#include "sp-taxonomy.h"

static guint
count_chips (WindowFixture *f)
{
  GtkWidget *chip = find_type (f->window, SP_TYPE_FILTER_CHIP);
  guint count = 0;

  for (; chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    count += SP_IS_FILTER_CHIP (chip);
  return count;
}

static void
remove_first_chip (WindowFixture *f)
{
  g_signal_emit_by_name (find_type (f->window, SP_TYPE_FILTER_CHIP), "remove");
  wait_for_search (f);
}

static void
test_chips (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpuint (count_chips (f), ==, 0);
  add_filter (f, "free", "");
  add_filter (f, "day", "tue");
  add_filter (f, "day", "thu");
  g_assert_cmpuint (count_chips (f), ==, 3);
  g_assert_cmpuint (count_results (f), ==, 1);
  g_assert_cmpstr (sp_filter_chip_get_label (SP_FILTER_CHIP (find_type (f->window, SP_TYPE_FILTER_CHIP))), ==, "Tuesday");
  remove_first_chip (f);
  g_assert_cmpuint (count_chips (f), ==, 2);
  g_assert_cmpuint (count_results (f), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.clear-filters", NULL);
  wait_for_search (f);
  g_assert_cmpuint (count_chips (f), ==, 0);
  g_assert_cmpuint (count_results (f), ==, 5);
}

/* What is typed leaves the chips alone, and the keyboard where it is; a chip that goes leaves it to the next. */
static void
test_chips_stay (WindowFixture *f, gconstpointer data)
{
  GtkWidget *chip, *focus;

  add_filter (f, "free", "");
  add_filter (f, "kind", "group");
  chip = find_type (f->window, SP_TYPE_FILTER_CHIP);
  type_words (f, "lunch");
  g_assert_true (find_type (f->window, SP_TYPE_FILTER_CHIP) == chip);
  gtk_widget_child_focus (chip, GTK_DIR_TAB_FORWARD);
  remove_first_chip (f);
  focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  g_assert_true (gtk_widget_is_ancestor (focus, find_type (f->window, SP_TYPE_FILTER_CHIP)));
}

static SpFilterChooser *
open_chooser (WindowFixture *f, const char *filter)
{
  GtkWidget *button = find_type (find_type (f->window, SP_TYPE_FILTER_BAR), GTK_TYPE_MENU_BUTTON);
  SpFilterChooser *chooser;

  gtk_menu_button_popup (GTK_MENU_BUTTON (button)); /* makes it, the first time */
  chooser = SP_FILTER_CHOOSER (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  sp_filter_chooser_open (chooser, filter);
  WAIT (gtk_widget_get_mapped (GTK_WIDGET (chooser)));
  return chooser;
}

/* Those of a long list come a few at a time. */
static SpFacetRow *
find_row (SpFilterChooser *chooser, const char *label)
{
  GtkWidget *page = find_type (chooser, SP_TYPE_FACET_PAGE);

  WAIT (find_text (page, label) != NULL);
  return SP_FACET_ROW (gtk_widget_get_ancestor (find_text (page, label), SP_TYPE_FACET_ROW));
}

static void
choose (WindowFixture *f, SpFacetRow *row)
{
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  wait_for_search (f);
}

/* Each count is what the search then finds. */
static void
test_counts (WindowFixture *f, gconstpointer data)
{
  static const struct { const char *filter; const char *label; const char *count; guint found; } choices[] = {
    { "kind", "Groups", "3", 3 },       { "category", "Lunch club", "2", 2 },   { "day", "Thursday", "1", 1 },
    { "free", "Free", "2", 2 },         { "access", "Wheelchair access", "1", 1 }, { "crisis", "Rest centre", "1", 1 },
    { "available", "Not known to be full", "4", 4 }, { "status", "Temporarily closed", "1", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      SpFilterChooser *chooser = open_chooser (f, choices[i].filter);
      SpFacetRow *row = find_row (chooser, choices[i].label);

      WAIT (*sp_facet_row_get_count (row) != '\0');
      g_assert_cmpstr (sp_facet_row_get_count (row), ==, choices[i].count);
      choose (f, row);
      g_assert_cmpuint (count_results (f), ==, choices[i].found);
      choose (f, row); /* and back */
      g_assert_cmpuint (count_results (f), ==, 5);
      gtk_popover_popdown (GTK_POPOVER (chooser));
    }
}

static GPtrArray *
list_visible_rows (GtkWidget *list)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (SP_IS_FACET_ROW (row) && gtk_widget_get_visible (row))
      g_ptr_array_add (rows, row);
  return rows;
}

static guint
count_visible_rows (GtkWidget *list)
{
  g_autoptr (GPtrArray) rows = list_visible_rows (list);

  return rows->len;
}

/* Each question has its own answers and no others, in rows that were there. */
static void
test_rows_again (WindowFixture *f, gconstpointer data)
{
  SpFilterChooser *chooser = open_chooser (f, "category");
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (find_row (chooser, "Lunch club")));
  g_autoptr (GPtrArray) categories = NULL, kinds = NULL;

  choose (f, find_row (chooser, "Lunch club"));
  WAIT (*sp_facet_row_get_count (find_row (chooser, "Lunch club")) != '\0'); /* all are there */
  categories = list_visible_rows (list);
  open_chooser (f, "kind");
  kinds = list_visible_rows (list);
  g_assert_cmpuint (kinds->len, ==, 3);
  g_assert_cmpuint (categories->len, >, 40);
  for (guint i = 0; i < kinds->len; i++)
    {
      g_assert_true (kinds->pdata[i] == categories->pdata[i]);
      g_assert_cmpstr (sp_facet_row_get_count (kinds->pdata[i]), ==, "");
    }
  WAIT (*sp_facet_row_get_count (find_row (chooser, "Groups")) != '\0');
  g_assert_cmpstr (sp_facet_row_get_count (find_row (chooser, "Groups")), ==, "2");
  open_chooser (f, "category");
  WAIT (count_visible_rows (list) == categories->len);
  gtk_popover_popdown (GTK_POPOVER (chooser));
}

/* Another question begins at its first answer, wherever the keyboard was in the one before. */
static void
test_first_answer (WindowFixture *f, gconstpointer data)
{
  SpFilterChooser *chooser = open_chooser (f, "category");
  GtkWidget *row = GTK_WIDGET (find_row (chooser, "Lunch club")), *list = gtk_widget_get_parent (row);

  WAIT (gtk_widget_grab_focus (row) && gtk_widget_is_focus (row));
  choose (f, SP_FACET_ROW (row));
  open_chooser (f, "kind");
  gtk_widget_grab_focus (gtk_widget_get_parent (list)); /* it has left the list */
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (find_row (chooser, "Places"))));
  gtk_popover_popdown (GTK_POPOVER (chooser));
}

/* Distances are counted from the place that the search looked up. */
static void
test_distances (WindowFixture *f, gconstpointer data)
{
  SpFilterChooser *chooser;
  SpFacetRow *row;

  add_filter (f, "near", "maryport");
  chooser = open_chooser (f, "within");
  row = find_row (chooser, "5 miles");
  WAIT (*sp_facet_row_get_count (row) != '\0');
  g_assert_cmpstr (sp_facet_row_get_count (row), ==, "3");
  choose (f, row);
  g_assert_cmpuint (count_results (f), ==, 3);
  gtk_popover_popdown (GTK_POPOVER (chooser));
}

static void
test_wrong_value (WindowFixture *f, gconstpointer data)
{
  SpFilterChooser *chooser = open_chooser (f, "age");
  GtkWidget *page = find_type (chooser, SP_TYPE_FACET_PAGE);
  GtkWidget *entry = find_type (page, GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), "old");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (sp_query_get_filters (sp_browser_get_query (browser_of (f)))->age, ==, -1);
  g_assert_nonnull (find_widget (page, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_ENTRY)));
  gtk_editable_set_text (GTK_EDITABLE (entry), "71");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (sp_query_get_filters (sp_browser_get_query (browser_of (f)))->age, ==, 71);
  wait_for_search (f);
}

static SpFacetRow *
wait_for_offer (WindowFixture *f, const char *label)
{
  WAIT (find_text (f->window, label) != NULL);
  return SP_FACET_ROW (gtk_widget_get_ancestor (find_text (f->window, label), SP_TYPE_FACET_ROW));
}

/* What an empty list offers, with its true count, is what one gets. */
static void
test_loosen (WindowFixture *f, gconstpointer data)
{
  SpFacetRow *row;

  type_words (f, "lunch");
  add_filter (f, "day", "thu");
  add_filter (f, "free", "");
  g_assert_cmpuint (count_results (f), ==, 0);
  g_assert_nonnull (find_text (f->window, "Nothing Found"));
  row = wait_for_offer (f, "Without “Free”");
  g_assert_cmpstr (sp_facet_row_get_count (row), ==, "1 found");
  g_assert_nonnull (find_text (f->window, "Without “Thursday”"));
  g_assert_null (find_text (f->window, "Without the words “lunch”")); /* would find nothing either */
  choose (f, row);
  g_assert_cmpuint (count_results (f), ==, 1);
  g_assert_nonnull (find_text (f->window, "1 found"));
}

/* A wider ring comes first. */
static void
test_wider (WindowFixture *f, gconstpointer data)
{
  SpFacetRow *row;

  add_filter (f, "near", "maryport");
  add_filter (f, "within", "1mi");
  type_words (f, "befriending");
  g_assert_cmpuint (count_results (f), ==, 0);
  row = wait_for_offer (f, "Without the words “befriending”");
  g_assert_cmpstr (sp_facet_row_get_count (row), ==, "2 found");
  g_assert_nonnull (find_text (f->window, "Without “Near Maryport, Cumbria · 1 mile”"));
}

static void
put (const char *path, const char *id, const char *json)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);
  g_autoptr (SpNode) body = sp_node_parse (json, -1, &error);

  g_assert_no_error (error);
  g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
  sp_db_close (db);
}

/* A partnership's category is among the answers, and its words are understood. */
static void
test_local_category (WindowFixture *f, gconstpointer data)
{
  SpFilterChooser *chooser;
  g_autofree char *id = window_asset_id (9);

  fill_window_store (f->path, G_N_ELEMENTS (window_assets));
  put (f->path, id, "{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Old Quay\",\"status\":\"active\",\"categories\":[\"harbour\"]}");
  put (f->path, SP_LOCAL_TAXONOMY, "{\"type\":\"taxonomy\",\"categories\":[{\"code\":\"harbour\",\"name\":\"Harbour\","
                                   "\"heading\":\"nature\",\"needs\":[\"misses the boats\"]}]}");
  open_window (f);
  WAIT (sp_taxonomy_get_default () != sp_taxonomy_get_built_in ());
  wait_for_search (f);
  chooser = open_chooser (f, "category");
  choose (f, find_row (chooser, "Harbour"));
  g_assert_cmpuint (count_results (f), ==, 1);
  choose (f, find_row (chooser, "Harbour"));
  gtk_popover_popdown (GTK_POPOVER (chooser));
  type_words (f, "misses the boats");
  g_assert_cmpuint (count_results (f), ==, 1);
  sp_taxonomy_set_default (NULL);
}

static void
test_empty_store (WindowFixture *f, gconstpointer data)
{
  open_window (f);
  g_assert_nonnull (find_text (f->window, "Welcome to Signpost"));
}

static void
add_tests (void)
{
  g_test_add ("/window/filters/chips", WindowFixture, NULL, set_up_window, test_chips, tear_down_window);
  g_test_add ("/window/filters/chips-stay", WindowFixture, NULL, set_up_window, test_chips_stay, tear_down_window);
  g_test_add ("/window/filters/counts", WindowFixture, NULL, set_up_window, test_counts, tear_down_window);
  g_test_add ("/window/filters/rows-again", WindowFixture, NULL, set_up_window, test_rows_again, tear_down_window);
  g_test_add ("/window/filters/first-answer", WindowFixture, NULL, set_up_window, test_first_answer, tear_down_window);
  g_test_add ("/window/filters/distances", WindowFixture, NULL, set_up_window, test_distances, tear_down_window);
  g_test_add ("/window/filters/wrong-value", WindowFixture, NULL, set_up_window, test_wrong_value, tear_down_window);
  g_test_add ("/window/filters/loosen", WindowFixture, NULL, set_up_window, test_loosen, tear_down_window);
  g_test_add ("/window/filters/wider", WindowFixture, NULL, set_up_window, test_wider, tear_down_window);
  g_test_add ("/window/filters/local-category", WindowFixture, NULL, set_up_path, test_local_category, tear_down_window);
  g_test_add ("/window/filters/empty-store", WindowFixture, NULL, set_up_path, test_empty_store, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
