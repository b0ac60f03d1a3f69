/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present list becomes a file: what was found and nothing else, for the public or for colleagues. */
#include "window-fixture.h"

#include "sp-export-dialog.h"

#include <string.h>

static GFile *
get_file (WindowFixture *f, const char *name)
{
  return g_file_new_build_filename (f->folder, name, NULL);
}

static SpExportDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (SP_IS_EXPORT_DIALOG (widget))
        return SP_EXPORT_DIALOG (widget);
    }
  return NULL;
}

static SpExportDialog *
open_dialog (WindowFixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.export", NULL);
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

static char *
read_file (GFile *file)
{
  char *text = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  return text;
}

static guint
count_lines (const char *text)
{
  guint lines = 0;

  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

/* Opened before a search has ended, it says how much that finds once it is known, and not what the last one found. */
static void
test_before_the_search_ended (WindowFixture *f, gconstpointer data)
{
  SpExportDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.filter", "(ss)", "kind", "place");
  dialog = open_dialog (f);
  g_assert_null (find_text (dialog, "Everything: 5 entries"));
  g_assert_null (find_text (dialog, "Places: 5 entries"));
  wait_for_search (f);
  WAIT (find_text (dialog, "Places: 1 entry") != NULL || find_text (dialog, "place: 1 entry") != NULL);
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
}

static void
test_csv (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (f, "list.csv");
  SpExportDialog *dialog = open_dialog (f);
  g_autofree char *text = NULL;

  g_assert_nonnull (find_text (dialog, "Everything: 5 entries"));
  sp_export_dialog_write (dialog, file);
  WAIT (find_dialog () == NULL);
  text = read_file (file);
  g_assert_cmpuint (count_lines (text), ==, 6);
  g_assert_nonnull (strstr (text, "Harbour Hall"));
  g_assert_nonnull (find_text (f->window, "5 entries written"));
  g_assert_nonnull (find_text (f->window, "Open"));
}

static void
test_found_only (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (f, "found.geojson");
  SpExportDialog *dialog;
  g_autofree char *text = NULL;

  type_words (f, "lunch");
  dialog = open_dialog (f);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_type (dialog, ADW_TYPE_COMBO_ROW)), 5);
  sp_export_dialog_write (dialog, file);
  WAIT (find_dialog () == NULL);
  text = read_file (file);
  g_assert_nonnull (strstr (text, "FeatureCollection"));
  g_assert_nonnull (strstr (text, "Tuesday Lunch Club"));
  g_assert_null (strstr (text, "Harbour Hall"));
}

/* What is offered is what is written. */
static void
test_formats (WindowFixture *f, gconstpointer data)
{
  static const char * const beginnings[] = { "\xEF\xBB\xBF_id,", "PK\x03\x04", "<!DOCTYPE html>", "BEGIN:VCALENDAR", "BEGIN:VCARD",
                                             "{\"type\":\"FeatureCollection\"", "<?xml", "{\"contents\":[" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autofree char *name = g_strdup_printf ("list-%u.out", i), *text = NULL;
      g_autoptr (GFile) file = get_file (f, name);
      SpExportDialog *dialog = open_dialog (f);
      AdwComboRow *format = ADW_COMBO_ROW (find_type (dialog, ADW_TYPE_COMBO_ROW));

      g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (format)), ==, G_N_ELEMENTS (beginnings));
      adw_combo_row_set_selected (format, i);
      sp_export_dialog_write (dialog, file);
      WAIT (find_dialog () == NULL);
      text = read_file (file);
      g_assert_true (g_str_has_prefix (text, beginnings[i]));
    }
}

/* What nobody has checked for too long is for the public only if somebody wants it. */
static void
test_overdue (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (0);
  g_autoptr (SpNode) changes = sp_node_parse ("{\"url\":\"https://example.org/old\",\"checked\":{\"contact\":{\"on\":\"2010-01-01\"}}}", -1, NULL);
  SpAsset *asset;

  sp_browser_select (browser_of (f), id);
  WAIT ((asset = sp_browser_get_entry (browser_of (f))) != NULL);
  sp_changes_save_async (sp_window_get_changes (f->window), id, sp_asset_get_rev (asset), changes, "Changed", NULL, NULL);
  WAIT (sp_changes_can_undo (sp_window_get_changes (f->window)));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = get_file (f, "overdue.csv");
      SpExportDialog *dialog = open_dialog (f);
      g_autofree char *text = NULL;

      gtk_switch_set_active (GTK_SWITCH (find_type (dialog, GTK_TYPE_SWITCH)), i == 1);
      sp_export_dialog_write (dialog, file);
      WAIT (find_dialog () == NULL);
      text = read_file (file);
      g_assert_true ((strstr (text, "example.org/old") != NULL) == (i == 1));
    }
}

static void
put_contact (WindowFixture *f)
{
  g_autofree char *id = window_asset_id (0);
  g_autoptr (SpNode) changes = sp_node_parse ("{\"contacts\":[{\"id\":\"c1\",\"phone\":\"01632 960199\",\"visible_to\":\"members\"}]}",
                                              -1, NULL);
  SpAsset *asset;

  sp_browser_select (browser_of (f), id);
  WAIT ((asset = sp_browser_get_entry (browser_of (f))) != NULL);
  sp_changes_save_async (sp_window_get_changes (f->window), id, sp_asset_get_rev (asset), changes, "Changed", NULL, NULL);
  WAIT (sp_changes_can_undo (sp_window_get_changes (f->window)));
}

static char *
export_as (WindowFixture *f, const char *name, gboolean is_public)
{
  g_autoptr (GFile) file = get_file (f, name);
  SpExportDialog *dialog = open_dialog (f);
  GtkCheckButton *public = GTK_CHECK_BUTTON (find_type (dialog, GTK_TYPE_CHECK_BUTTON));

  g_assert_true (gtk_check_button_get_active (public)); /* what harms least comes first */
  gtk_check_button_set_active (public, is_public);
  sp_export_dialog_write (dialog, file);
  WAIT (find_dialog () == NULL);
  return read_file (file);
}

static void
test_public (WindowFixture *f, gconstpointer data)
{
  g_autofree char *public = NULL;
  g_autofree char *full = NULL;

  put_contact (f);
  public = export_as (f, "public.csv", TRUE);
  full = export_as (f, "full.csv", FALSE);
  g_assert_null (strstr (public, "01632 960199"));
  g_assert_nonnull (strstr (full, "01632 960199"));
}

static void
test_refused (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (f, "no-such-folder/list.csv");
  SpExportDialog *dialog = open_dialog (f);

  sp_export_dialog_write (dialog, file);
  WAIT (find_text (dialog, "The List Cannot Be Written") != NULL);
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
}

static void
test_given_up (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (f, "list.csv");
  SpExportDialog *dialog = open_dialog (f);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  sp_export_dialog_write (dialog, file);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "export.cancel", NULL);
  WAIT (find_dialog () == NULL);
  folder = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_null (strstr (name, "list.csv")); /* neither the file nor the one that was written aside */
}

static void
add (void)
{
#define ADD(name, count, function) \
  g_test_add (name, WindowFixture, GUINT_TO_POINTER (count), set_up_window, function, tear_down_window)
  ADD ("/export-dialog/csv", 5, test_csv);
  ADD ("/export-dialog/before-the-search-ended", 5, test_before_the_search_ended);
  ADD ("/export-dialog/found-only", 5, test_found_only);
  ADD ("/export-dialog/formats", 5, test_formats);
  ADD ("/export-dialog/overdue", 5, test_overdue);
  ADD ("/export-dialog/public", 5, test_public);
  ADD ("/export-dialog/refused", 5, test_refused);
  ADD ("/export-dialog/given-up", 2000, test_given_up);
#undef ADD
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
