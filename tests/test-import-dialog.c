/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list goes into the window's store: looked at, corrected, imported, undone, given up. */
#include "window-fixture.h"

#include "sp-import-columns.h"
#include "sp-import-dialog.h"
#include "sp-import-job.h"

static const char lunch[] =
  "Name,Address,Postcode,Phone\n"
  "Soup Kitchen,\"High Street, Maryport\",CA15 6AA,01632 960101\n"
  ",Nowhere,,\n"
  "Knitting Circle,\"Senhouse Street, Maryport\",CA15 6AB,no phone\n";

static char *
write_list (WindowFixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_filename_to_uri (path, NULL, NULL);
}

/* The dialog that stands before the window. */
static SpImportDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (SP_IS_IMPORT_DIALOG (widget))
        return SP_IMPORT_DIALOG (widget);
    }
  return NULL;
}

static const char *
page_of (SpImportDialog *dialog)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find_type (dialog, GTK_TYPE_STACK)));
}

static SpImportDialog *
open_list (WindowFixture *f, const char *name, const char *text)
{
  g_autofree char *uri = write_list (f, name, text);
  const char *uris[] = { uri, NULL };
  SpImportDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.import-files", "^as", uris);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  WAIT (!g_str_equal (page_of (dialog), "working"));
  spin ();
  return dialog;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_check (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static GtkCheckButton *
find_check (SpImportDialog *dialog, const char *label)
{
  GtkWidget *check = find_widget (GTK_WIDGET (dialog), is_check, label);

  g_assert_nonnull (check);
  return GTK_CHECK_BUTTON (check);
}

static void
test_import_and_undo (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "lunch.csv", lunch);
  GtkListView *list = GTK_LIST_VIEW (find_type (dialog, GTK_TYPE_LIST_VIEW));
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (list));
  GtkWidget *undo;

  g_assert_cmpstr (page_of (dialog), ==, "preview");
  g_assert_nonnull (find_text (dialog, "3 rows: 2 new, 1 left out"));
  g_assert_nonnull (find_text (dialog, "lunch.csv, row 3"));
  g_assert_nonnull (find_text (dialog, "Without a name"));
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  gtk_check_button_set_active (find_check (dialog, "Only Rows with a _Note"), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2); /* no name, no telephone number */
  g_assert_cmpuint (count_results (f), ==, 5);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 7);
  g_assert_nonnull (find_text (f->window, "Imported. 3 rows: 2 new, 1 left out. 2 entries are in the middle of their postcode now. 1 of those only "
                                      "approximately."));
  undo = find_widget (GTK_WIDGET (f->window), is_button, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  WAIT (count_results (f) == 5);
  WAIT (find_text (f->window, "2 entries taken back.") != NULL);
  g_assert_false (sp_changes_can_undo (sp_window_get_changes (f->window))); /* not twice */
}

/* The ordinary undo takes an import back as one step, among those of the window. */
static void
test_undo_among_changes (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "lunch.csv", lunch);
  SpChanges *changes = sp_window_get_changes (f->window);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 7);
  g_assert_true (sp_changes_can_undo (changes));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  WAIT (count_results (f) == 5);
  WAIT (find_text (f->window, "2 entries taken back.") != NULL);
  g_assert_false (sp_changes_can_undo (changes));
  g_assert_false (sp_changes_can_redo (changes));
}

/* A row that makes its entry too large is told of before the import, and left out of it; the others go in. */
static void
test_too_large (WindowFixture *f, gconstpointer data)
{
  g_autofree char *much = g_strnfill (280000, '\\'); /* twice the bytes in JSON, and the row stands in the entry twice */
  g_autofree char *text = g_strdup_printf ("Name,Description\nBowls,%s\nYoga,Mats\n", much);
  SpImportDialog *dialog = open_list (f, "large.csv", text);

  g_assert_nonnull (find_text (dialog, "2 rows: 1 new, 1 left out"));
  g_assert_nonnull (find_text (dialog, "large.csv, row 2"));
  g_assert_nonnull (find_text (dialog, "with it the entry would be larger than 1 MiB, the most that is stored"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 6);
}

static void
test_again (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "lunch.csv", lunch);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 7);
  WAIT (find_dialog () == NULL);
  dialog = open_list (f, "lunch.csv", lunch); /* the same list says nothing new */
  g_assert_nonnull (find_text (dialog, "3 rows: 2 as before, 1 left out"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL); /* not enabled */
  g_assert_cmpstr (page_of (dialog), ==, "preview");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.cancel", NULL);
  g_assert_null (find_dialog ());
}

static void
test_twin (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "twins.csv",
                                      "Name,Kind,Postcode,Latitude,Longitude\n"
                                      "Harbour Hall,place,CA15 6AA,54.7150,-3.4960\n");

  g_assert_nonnull (find_text (dialog, "1 new entry may be there already under another name."));
  g_assert_nonnull (find_text (dialog, "May be there already: Harbour Hall"));
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
  g_assert_cmpuint (count_results (f), ==, 5);
}

/* What the list does not publish is marked, and is not among the results afterwards, unless it is asked for. */
static void
test_hidden (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "hidden.csv", "Name,Published,Visible to\nOpen Door,yes,2999-01-01\nBack Room,no,\n");

  g_assert_nonnull (find_text (dialog, "Not shown: the list does not publish it, or only on other days"));
  gtk_check_button_set_active (find_check (dialog, "Only Rows with a _Note"), TRUE);
  g_assert_null (find_text (dialog, "Open Door"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 6);
  g_assert_nonnull (find_text (f->window, "Imported. 2 rows: 2 new. 1 entry is outside its dates for showing."));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.filter", "(ss)", "hidden", "");
  WAIT (count_results (f) == 1);
  WAIT (find_text (f->window, "Back Room") != NULL);
}

/* A published list of postcodes makes no entries, but puts those on the map that wait for it. */
static void
test_postcodes (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "club.csv", "Name,Postcode\nFar Club,LA1 1AA\n");

  g_assert_nonnull (find_text (dialog, "1 new entry has no position."));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 6);
  dialog = open_list (f, "la.csv", "\"LA1 1AA\",10,347500,461800,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n");
  g_assert_nonnull (find_text (dialog, "1 row: 1 new"));
  g_assert_nonnull (find_text (dialog, "LA1 1AA"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (find_text (f->window, "Imported. 1 row: 1 new. 1 entry is in the middle of its postcode now.") != NULL);
  g_assert_cmpuint (count_results (f), ==, 6);
  g_assert_true (sp_changes_can_undo (sp_window_get_changes (f->window)));
  dialog = open_list (f, "la.csv", "\"LA1 1AA\",10,347500,461800,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n");
  g_assert_nonnull (find_text (dialog, "1 row: 1 as before"));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* A preview does not read all of them. */
static void
test_many_postcodes (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SpImportDialog *dialog;

  for (guint i = 0; i < SP_IMPORT_JOB_ROWS + 500; i++)
    g_string_append_printf (text, "\"LA%u %u%c%c\",10,%u,461800,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n", 1 + i / 1000, i / 100 % 10,
                            "ABDEFGHJLN"[i / 10 % 10], "ABDEFGHJLN"[i % 10], 347500 + i);
  dialog = open_list (f, "la.csv", text->str);
  g_assert_nonnull (find_text (dialog, "2000 rows: 2000 new"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (find_text (f->window, "Imported. 2500 rows: 2500 new") != NULL);
  g_assert_false (sp_changes_can_undo (sp_window_get_changes (f->window)));
}

static gboolean
is_pages (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_STACK (widget) && gtk_stack_get_child_by_name (GTK_STACK (widget), "columns") != NULL;
}

static void
turn_to_columns (SpImportDialog *dialog)
{
  WAIT (!g_str_equal (page_of (dialog), "working"));
  gtk_stack_set_visible_child_name (GTK_STACK (find_widget (GTK_WIDGET (dialog), is_pages, NULL)), "columns");
  spin ();
}

/* The switch of the second row. */
static gboolean
is_last_switch (GtkWidget *widget, gconstpointer data)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return GTK_IS_SWITCH (widget) && row != NULL && gtk_widget_get_next_sibling (row) == NULL;
}

/* Names of people and names in capitals: a switch each, which reads the list again. */
static void
test_options (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "clubs.csv", "Name,Chair\nSOUP KITCHEN,Jane Smith\n");
  GtkWidget *control;

  turn_to_columns (dialog);
  control = find_type (dialog, GTK_TYPE_SWITCH);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_widget_get_ancestor (control, ADW_TYPE_ACTION_ROW))), ==,
                   "Leave Out _Names of People");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (control)));
  gtk_switch_set_active (GTK_SWITCH (control), TRUE);
  turn_to_columns (dialog);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (find_type (dialog, GTK_TYPE_SWITCH))));
  gtk_switch_set_active (GTK_SWITCH (find_widget (GTK_WIDGET (dialog), is_last_switch, NULL)), TRUE);
  turn_to_columns (dialog);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 6);
  WAIT (find_dialog () == NULL);
  type_words (f, "kitchen");
  WAIT (find_text (f->window, "Soup Kitchen") != NULL);
}

/* A register of trustees comes without them. */
static void
test_register (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "register.csv", "Charity name,Charity number,Trustees\nSoup Kitchen,123,Jane Smith\n");

  g_assert_nonnull (find_text (dialog, "Left out, for they have the names of people: Trustees"));
  turn_to_columns (dialog);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (find_type (dialog, GTK_TYPE_SWITCH))));
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
}

/* What was said of the columns is remembered; what is gone is closed only if somebody wants it. */
static void
test_next_edition (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "first.csv", "Wer,Ruf\nSoup,01632 960111\nTea,01632 960112\nCake,01632 960113\n");

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_type (dialog, ADW_TYPE_COMBO_ROW)), SP_COLUMN_NAME);
  WAIT (find_text (dialog, "3 rows: 3 new") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 8);
  WAIT (find_dialog () == NULL);

  dialog = open_list (f, "second.csv", "Wer,Ruf\nSoup,01632 960111\nTea,01632 960112\n");
  g_assert_nonnull (find_text (dialog, "2 rows: 2 as before"));
  g_assert_nonnull (find_text (dialog, "Cake"));
  gtk_check_button_set_active (find_check (dialog, "_Close 1 entry that is not in the list any more"), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 7);
  WAIT (find_dialog () == NULL);
}

static void
test_columns (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "odd.csv", "Wer,Address\nSoup Kitchen,\"High Street, Maryport\"\n");
  AdwComboRow *row = ADW_COMBO_ROW (find_type (dialog, ADW_TYPE_COMBO_ROW));

  g_assert_nonnull (find_text (dialog, "No column was recognised as the name. Please choose which it is."));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Wer");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, SP_COLUMN_NONE);
  adw_combo_row_set_selected (row, SP_COLUMN_NAME);
  WAIT (find_text (dialog, "1 row: 1 new") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 6);
  WAIT (find_dialog () == NULL);
}

static gboolean
is_column (GtkWidget *widget, gconstpointer header)
{
  return ADW_IS_COMBO_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), header) == 0;
}

/* Of several files each shows its columns, and is read as it was told. */
static void
test_columns_of_several (WindowFixture *f, gconstpointer data)
{
  g_autofree char *first = write_list (f, "first.csv", "Name,Town\nSoup Kitchen,Maryport\n");
  g_autofree char *second = write_list (f, "second.csv", "Wer,Wo\nKnitting Circle,Maryport\n");
  const char *uris[] = { first, second, NULL };
  SpImportDialog *dialog;
  AdwComboRow *row;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.import-files", "^as", uris);
  dialog = find_dialog ();
  WAIT (!g_str_equal (page_of (dialog), "working"));
  spin ();
  g_assert_nonnull (find_text (dialog, "No column was recognised as the name. Please choose which it is."));
  g_assert_nonnull (find_text (dialog, "second.csv"));
  row = ADW_COMBO_ROW (find_widget (GTK_WIDGET (dialog), is_column, "Name"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, SP_COLUMN_NAME);
  row = ADW_COMBO_ROW (find_widget (GTK_WIDGET (dialog), is_column, "Wer"));
  adw_combo_row_set_selected (row, SP_COLUMN_NAME); /* the other file keeps its own */
  WAIT (find_text (dialog, "2 rows: 2 new") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT (count_results (f) == 7);
  WAIT (find_dialog () == NULL);
}

static void
test_column_labels (void)
{
  for (guint i = 0; i < SP_N_COLUMN_FIELDS; i++)
    {
      g_autofree char *label = sp_import_column_get_label ((SpColumnField) i);
      g_assert_true (label != NULL && g_ascii_isupper (label[0]));
      g_assert_null (strchr (label, '.')); /* a word, not a path */
    }
}

static void
test_refused (WindowFixture *f, gconstpointer data)
{
  SpImportDialog *dialog = open_list (f, "picture.csv", "\x89PNG\r\n\x1a\n and no list at all");

  g_assert_cmpstr (page_of (dialog), ==, "failed");
  g_assert_nonnull (find_text (dialog, "The List Cannot Be Read"));
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
}

static char *
long_list (void)
{
  GString *text = g_string_new ("Name,Postcode\n");

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "Club %u,CA15 6AA\n", i);
  return g_string_free (text, FALSE);
}

static void
test_given_up (WindowFixture *f, gconstpointer data)
{
  g_autofree char *text = long_list ();
  SpImportDialog *dialog = open_list (f, "long.csv", text);
  gboolean began = FALSE;

  g_assert_nonnull (find_text (dialog, "4000 rows: 4000 new"));
  g_assert_nonnull (find_text (dialog, "2000 more rows are not listed."));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  WAIT ((began = began || count_results (f) > 5)); /* some of it is there already */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.cancel", NULL);
  WAIT (find_dialog () == NULL);
  WAIT (count_results (f) == 5);
}

static void
test_closed_with_window (WindowFixture *f, gconstpointer data)
{
  g_autofree char *text = long_list ();
  SpImportDialog *dialog = open_list (f, "long.csv", text);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.start", NULL);
  spin (); /* the fixture closes the window in the middle */
}

static void
add (void)
{
#define ADD(name, function) g_test_add (name, WindowFixture, NULL, set_up_window, function, tear_down_window)
  ADD ("/import-dialog/import-and-undo", test_import_and_undo);
  ADD ("/import-dialog/undo-among-changes", test_undo_among_changes);
  ADD ("/import-dialog/too-large", test_too_large);
  ADD ("/import-dialog/again", test_again);
  ADD ("/import-dialog/twin", test_twin);
  ADD ("/import-dialog/hidden", test_hidden);
  ADD ("/import-dialog/postcodes", test_postcodes);
  ADD ("/import-dialog/many-postcodes", test_many_postcodes);
  ADD ("/import-dialog/columns", test_columns);
  ADD ("/import-dialog/columns-of-several", test_columns_of_several);
  ADD ("/import-dialog/options", test_options);
  ADD ("/import-dialog/register", test_register);
  ADD ("/import-dialog/next-edition", test_next_edition);
  ADD ("/import-dialog/refused", test_refused);
  ADD ("/import-dialog/given-up", test_given_up);
  ADD ("/import-dialog/closed-with-window", test_closed_with_window);
#undef ADD
  g_test_add_func ("/import-dialog/column-labels", test_column_labels);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
