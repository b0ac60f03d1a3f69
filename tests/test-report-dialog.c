/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The present list and a few entries become pages: a PDF that is read back with poppler, and what a printer gets. */
#include "window-fixture.h"

#include "sp-report-dialog.h"
#include "sp-shortlist-book.h"
#include "sp-shortlist-window.h"

#include <poppler.h>
#include <string.h>

static SpReportDialog *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (SP_IS_REPORT_DIALOG (widget))
        return SP_REPORT_DIALOG (widget);
    }
  return NULL;
}

static SpReportDialog *
open_dialog (WindowFixture *f, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL);
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

static gpointer
get_child (SpReportDialog *dialog, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (dialog), SP_TYPE_REPORT_DIALOG, name);
}

/* All pages, one after the other. */
static char *
read_pdf (const char *path, int *n_pages)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_file (uri, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  *n_pages = poppler_document_get_n_pages (document);
  for (int i = 0; i < *n_pages; i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree char *words = poppler_page_get_text (page);

      g_string_append (text, words);
      g_object_unref (page);
    }
  g_object_unref (document);
  return g_string_free (text, FALSE);
}

static char *
get_path (WindowFixture *f)
{
  return g_build_filename (f->folder, "pages.pdf", NULL);
}

/* What the dialog writes as it stands. */
static char *
write_pdf (WindowFixture *f, SpReportDialog *dialog)
{
  g_autofree char *path = get_path (f);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int n_pages;

  sp_report_dialog_write (dialog, file);
  WAIT (find_dialog () == NULL);
  return read_pdf (path, &n_pages);
}

static void
test_list (WindowFixture *f, gconstpointer data)
{
  SpReportDialog *dialog;
  g_autofree char *text = NULL;

  type_words (f, "lunch");
  dialog = open_dialog (f, "win.save-pdf");
  g_assert_nonnull (find_text (dialog, "Save Meeting List"));
  text = write_pdf (f, dialog);
  g_assert_nonnull (strstr (text, "What there is"));
  g_assert_nonnull (strstr (text, "2 entries"));
  g_assert_nonnull (strstr (text, "Tuesday Lunch Club"));
  g_assert_null (strstr (text, "Harbour Hall"));
  g_assert_nonnull (find_text (f->window, "2 entries written"));
  g_assert_nonnull (find_text (f->window, "Open"));
}

static void
test_choices (WindowFixture *f, gconstpointer data)
{
  SpReportDialog *dialog = open_dialog (f, "win.save-pdf");
  g_autofree char *text = NULL;

  gtk_editable_set_text (GTK_EDITABLE (get_child (dialog, "title")), "For the winter meeting");
  gtk_switch_set_active (get_child (dialog, "map"), FALSE);
  gtk_switch_set_active (get_child (dialog, "buildings"), FALSE);
  text = write_pdf (f, dialog);
  g_assert_nonnull (strstr (text, "For the winter meeting"));
  g_assert_null (strstr (text, "What there is"));
  g_assert_null (strstr (text, "Map:"));
  g_assert_null (strstr (text, "Buildings in a crisis"));
  g_assert_nonnull (strstr (text, "To be checked"));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_nonnull (sp_store_call_finish (SP_STORE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static gpointer
put_ward (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SpNode) body = sp_node_parse ("{\"type\":\"area\",\"kind\":\"ward\",\"name\":\"Netherhall\",\"geometry\":{\"type\":\"Polygon\","
                                           "\"coordinates\":[[[-3.6,54.69],[-3.4,54.69],[-3.4,54.8],[-3.6,54.8],[-3.6,54.69]]]}}", -1, NULL);

  return sp_docs_put_new (db, "area:netherhall", body, NULL, error) ? db : NULL;
}

/* Maryport lies in the ward, the other two entries do not: they come last. */
static void
test_area (WindowFixture *f, gconstpointer data)
{
  SpReportDialog *dialog = open_dialog (f, "win.save-pdf");
  AdwComboRow *order = get_child (dialog, "order");
  g_autofree char *text = NULL;
  const char *ward, *none;
  gboolean written = FALSE;

  WAIT (!gtk_widget_get_sensitive (GTK_WIDGET (order))); /* there are no areas */
  gtk_window_close (GTK_WINDOW (dialog));
  sp_store_write_async (sp_browser_get_store (browser_of (f)), put_ward, NULL, NULL, NULL, NULL, written_cb, &written);
  WAIT (written);
  dialog = open_dialog (f, "win.save-pdf");
  order = get_child (dialog, "order");
  WAIT (g_list_model_get_n_items (adw_combo_row_get_model (order)) == 2);
  adw_combo_row_set_selected (order, 1);
  gtk_switch_set_active (get_child (dialog, "summary"), FALSE);
  text = write_pdf (f, dialog);
  ward = strstr (text, "Netherhall");
  none = strstr (text, "In no area");
  g_assert_true (ward != NULL && ward < none);
  g_assert_nonnull (strstr (ward, "Thursday Lunch Club"));
  g_assert_true (strstr (text, "Thursday Lunch Club") < none);
  g_assert_true (strstr (text, "Walking Group") > none);
}

static void
test_print (WindowFixture *f, gconstpointer data)
{
  SpReportDialog *dialog = open_dialog (f, "win.print");
  g_autofree char *path = get_path (f), *text = NULL, *number = NULL;
  int n_pages;

  g_assert_nonnull (find_text (dialog, "Print Meeting List"));
  sp_report_dialog_print (dialog, path);
  WAIT (find_dialog () == NULL);
  text = read_pdf (path, &n_pages);
  g_assert_cmpint (n_pages, >=, 2);
  number = g_strdup_printf ("Page %d of %d", n_pages, n_pages);
  g_assert_nonnull (strstr (text, "Harbour Hall"));
  g_assert_nonnull (strstr (text, number));
}

static void
test_sheet (WindowFixture *f, gconstpointer data)
{
  g_autofree char *id = window_asset_id (1), *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.save-sheet", "s", id);
  g_assert_nonnull (find_text (find_dialog (), "Save Signposting Sheet"));
  text = write_pdf (f, find_dialog ());
  g_assert_nonnull (strstr (text, "Places to try"));
  g_assert_nonnull (strstr (text, "1. Tuesday Lunch Club"));
  g_assert_null (strstr (text, "Harbour Hall"));
}

static void
changed_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  g_assert_no_error (error);
  *(gint64 *) g_object_get_data (owner, "list") = after->n;
}

/* Eight entries, of which six have room; the name of the list and the lines of why stay where they are. */
static void
test_shortlist (WindowFixture *f, gconstpointer data)
{
  SpShortlistBook *book = sp_shortlist_book_of (sp_browser_get_store (browser_of (f)));
  SpShortlistChange change = { .action = SP_SHORTLIST_CREATE, .text = "For Jo" };
  g_autofree char *text = NULL;
  gint64 list = 0;
  GtkWindow *window;

  g_object_set_data (G_OBJECT (f->window), "list", &list);
  sp_shortlist_book_change (book, &change, f->window, changed_cb);
  WAIT (list != 0);
  for (guint i = 8; i-- > 0;)
    {
      g_autofree char *id = window_asset_id (i);
      change = (SpShortlistChange){ SP_SHORTLIST_ADD, list, id, "says she likes it", SP_SHORTLIST_END, NULL };
      sp_shortlist_book_change (book, &change, f->window, changed_cb);
    }
  window = sp_shortlist_window_new (f->window);
  gtk_window_present (window);
  WAIT (find_text (window, "8 entries") != NULL);
  gtk_widget_activate (gtk_widget_get_ancestor (find_text (window, "8 entries"), GTK_TYPE_LIST_BOX_ROW));
  WAIT (find_text (window, "Walking Group") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "shortlist.save-pdf", NULL);
  g_assert_nonnull (find_text (find_dialog (), "For Jo: the first 6 of 8 entries"));
  text = write_pdf (f, find_dialog ());
  g_assert_nonnull (strstr (text, "1. Bench 7"));
  g_assert_nonnull (strstr (text, "6. Thursday Lunch Club"));
  g_assert_null (strstr (text, "Harbour Hall"));
  g_assert_null (strstr (text, "Jo"));
  g_assert_null (strstr (text, "she likes"));
  gtk_window_destroy (window);
}

static void
test_refused (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_build_filename (f->folder, "no-such-folder", "list.pdf", NULL);
  SpReportDialog *dialog = open_dialog (f, "win.save-pdf");

  sp_report_dialog_write (dialog, file);
  WAIT (find_text (dialog, "The Pages Cannot Be Made") != NULL);
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT (find_dialog () == NULL);
}

/* Neither the file nor the one that was written aside is left. */
static void
test_given_up (WindowFixture *f, gconstpointer data)
{
  g_autofree char *path = get_path (f);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SpReportDialog *dialog = open_dialog (f, "win.save-pdf");
  g_autoptr (GDir) folder = NULL;
  const char *name;

  sp_report_dialog_write (dialog, file);
  WAIT (gtk_progress_bar_get_fraction (get_child (dialog, "progress")) > 0.2);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "report.cancel", NULL);
  WAIT (find_dialog () == NULL);
  folder = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_null (strstr (name, "pages.pdf"));
}

static void
add (void)
{
#define ADD(name, count, function) \
  g_test_add (name, WindowFixture, GUINT_TO_POINTER (count), set_up_window, function, tear_down_window)
  ADD ("/report-dialog/list", 5, test_list);
  ADD ("/report-dialog/choices", 5, test_choices);
  ADD ("/report-dialog/area", 5, test_area);
  ADD ("/report-dialog/print", 5, test_print);
  ADD ("/report-dialog/sheet", 5, test_sheet);
  ADD ("/report-dialog/shortlist", 8, test_shortlist);
  ADD ("/report-dialog/refused", 5, test_refused);
  ADD ("/report-dialog/given-up", 2000, test_given_up);
#undef ADD
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
