/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window on a small store, and short words for what a person does with it. */

#include "sp-adaptive.h"
#include "sp-application.h"
#include "sp-docs.h"
#include "sp-filter-chip.h"
#include "sp-result-row.h"
#include "sp-search-box.h"
#include "sp-window.h"

#include "leak-fixture.h"

#include <glib/gstdio.h>

typedef struct
{
  char     *folder;
  char     *path;
  SpWindow *window;
} WindowFixture;

/* One for all tests: a process has one program. */
static SpApplication *window_application;

/* Places around Maryport; the numbers in the tests count these. */
static const char *const window_assets[] = {
  "{\"type\":\"asset\",\"schema\":1,\"kind\":\"place\",\"name\":\"Harbour Hall\",\"categories\":[\"community-centre\"],\"status\":\"active\","
  "\"location\":{\"latitude\":54.7150,\"longitude\":-3.4960,\"accuracy\":\"exact\"},\"address\":{\"city\":\"Maryport\",\"postal_code\":\"CA15 6AA\"},"
  "\"building\":{\"capacity\":120,\"crisis_roles\":[\"rest centre\"]},\"accessibility\":{\"tags\":[\"wheelchair\"]}}",
  "{\"type\":\"asset\",\"schema\":1,\"kind\":\"group\",\"name\":\"Tuesday Lunch Club\",\"categories\":[\"lunch-club\"],\"status\":\"active\",\"free\":true,"
  "\"location\":{\"latitude\":54.7143,\"longitude\":-3.4947,\"accuracy\":\"exact\"},"
  "\"schedules\":[{\"id\":\"s1\",\"freq\":\"weekly\",\"byday\":\"TU\",\"opens_at\":\"12:00\",\"closes_at\":\"14:00\"}]}",
  "{\"type\":\"asset\",\"schema\":1,\"kind\":\"group\",\"name\":\"Thursday Lunch Club\",\"categories\":[\"lunch-club\"],\"status\":\"active\","
  "\"costs\":[{\"id\":\"k1\",\"amount\":3,\"currency\":\"GBP\"}],"
  "\"location\":{\"latitude\":54.7000,\"longitude\":-3.4900,\"accuracy\":\"exact\"},"
  "\"schedules\":[{\"id\":\"s1\",\"freq\":\"weekly\",\"byday\":\"TH\",\"opens_at\":\"12:00\",\"closes_at\":\"14:00\"}]}",
  "{\"type\":\"asset\",\"schema\":1,\"kind\":\"service\",\"name\":\"Befriending by telephone\",\"categories\":[\"befriending\"],\"status\":\"active\",\"free\":true,"
  "\"availability\":{\"state\":\"full\"},\"location\":{\"latitude\":54.6450,\"longitude\":-3.5440,\"accuracy\":\"exact\"}}",
  "{\"type\":\"asset\",\"schema\":1,\"kind\":\"group\",\"name\":\"Walking Group\",\"categories\":[\"walking-group\"],\"status\":\"temporarily closed\","
  "\"location\":{\"latitude\":54.6640,\"longitude\":-3.3700,\"accuracy\":\"exact\"}}",
};

G_GNUC_UNUSED static char *
window_asset_id (guint index)
{
  return g_strdup_printf ("asset:00000000-0000-4000-8000-%012u", index);
}

/* Lets what is ready run, but not a map that is on its way for ever. */
G_GNUC_UNUSED static void
spin (void)
{
  for (guint i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

#define WAIT(condition) G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

/* More of one kind, named by number; @count 0 for none. */
static void
fill_window_store (const char *path, guint count)
{
  g_autoptr (GError) error = NULL;
  SpDb *db = sp_db_open (path, SP_DB_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (sp_db_begin (db, NULL));
  for (guint i = 0; i < MIN (count, G_N_ELEMENTS (window_assets)); i++)
    {
      g_autofree char *id = window_asset_id (i);
      g_autoptr (SpNode) body = sp_node_parse (window_assets[i], -1, &error);

      g_assert_no_error (error);
      g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
    }
  for (guint i = G_N_ELEMENTS (window_assets); i < count; i++)
    {
      g_autofree char *id = window_asset_id (i);
      g_autofree char *json = g_strdup_printf ("{\"type\":\"asset\",\"kind\":\"place\",\"name\":\"Bench %u\",\"categories\":[\"park\"]}", i);
      g_autoptr (SpNode) body = sp_node_parse (json, -1, NULL);

      g_assert_true (sp_docs_put_new (db, id, body, NULL, &error));
    }
  g_assert_true (sp_db_commit (db, &error));
  sp_db_close (db);
}

static SpBrowser *
browser_of (WindowFixture *f)
{
  return sp_window_get_browser (f->window);
}

G_GNUC_UNUSED static GListModel *
results_of (WindowFixture *f)
{
  return G_LIST_MODEL (sp_finder_get_list (sp_browser_get_finder (browser_of (f))));
}

G_GNUC_UNUSED static guint
count_results (WindowFixture *f)
{
  return g_list_model_get_n_items (results_of (f));
}

/* Until the newest search has ended and everybody has heard of it. */
G_GNUC_UNUSED static void
wait_for_search (WindowFixture *f)
{
  WAIT (!sp_finder_is_running (sp_browser_get_finder (browser_of (f))));
  spin ();
}

G_GNUC_UNUSED static void
set_up_path (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("signpost-window-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "store.db", NULL);
}

/* Until what has changed so far is laid out and drawn: what is not cannot be scrolled, say. */
static void
wait_for_frame (WindowFixture *f)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  gint64 before = gdk_frame_clock_get_frame_counter (clock);

  gtk_widget_queue_draw (GTK_WIDGET (f->window));
  WAIT (gdk_frame_clock_get_frame_counter (clock) > before);
}

G_GNUC_UNUSED static void
open_window (WindowFixture *f)
{
  f->window = sp_window_new (window_application, f->path);
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT (browser_of (f) != NULL);
  wait_for_search (f);
  wait_for_frame (f);
}

/* @count: how many entries the store gets */
G_GNUC_UNUSED static void
set_up_window (WindowFixture *f, gconstpointer count)
{
  set_up_path (f, NULL);
  fill_window_store (f->path, count != NULL ? GPOINTER_TO_UINT (count) : G_N_ELEMENTS (window_assets));
  open_window (f);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (sp_store_close_finish (SP_STORE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static gboolean
late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
has_shown_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_realized (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_shown_popover (child))
      return TRUE;
  return FALSE;
}

/* A popover that takes the pointer looks half a second later for a tooltip, and GTK 4.8 complains if it is gone by then. */
static void
let_tooltips_pass (WindowFixture *f)
{
  gboolean late = FALSE;

  if (!has_shown_popover (GTK_WIDGET (f->window)))
    return;
  g_timeout_add (700, late_cb, &late);
  WAIT (late);
}

/* Nothing of ours holds it. On a virtual display GTK itself does now and then, for ever: that is said. */
static void
wait_until_gone (WindowFixture *f)
{
  gboolean late = FALSE;
  guint patience = g_timeout_add_seconds (20, late_cb, &late);

  WAIT (f->window == NULL || late);
  if (!late)
    {
      g_source_remove (patience);
      return;
    }
  g_test_message ("the window is held though it was destroyed");
  g_object_run_dispose (G_OBJECT (f->window));
}

G_GNUC_UNUSED static void
tear_down_window (WindowFixture *f, gconstpointer data)
{
  g_autoptr (SpStore) store = browser_of (f) != NULL ? g_object_ref (sp_browser_get_store (browser_of (f))) : NULL;
  gboolean closed = store == NULL;

  let_tooltips_pass (f);
  g_object_add_weak_pointer (G_OBJECT (f->window), (gpointer *) &f->window);
  gtk_window_destroy (GTK_WINDOW (f->window));
  wait_until_gone (f);
  if (store != NULL)
    sp_store_close_async (store, closed_cb, &closed);
  WAIT (closed);
  spin ();
  remove_folder (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

typedef gboolean (*WidgetTest) (GtkWidget *widget, gconstpointer data);

/* The first that passes, parents first; hidden ones are passed over. */
static GtkWidget *
find_widget (GtkWidget *root, WidgetTest test, gconstpointer data)
{
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (test (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, test, data);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

G_GNUC_UNUSED static GtkWidget *
find_type (gpointer root, GType type)
{
  return find_widget (GTK_WIDGET (root), is_of_type, GSIZE_TO_POINTER (type));
}

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

/* A label that says exactly that and is on screen. */
G_GNUC_UNUSED static GtkWidget *
find_text (gpointer root, const char *text)
{
  return find_widget (GTK_WIDGET (root), says, text);
}

G_GNUC_UNUSED static GtkEditable *
search_of (WindowFixture *f)
{
  return sp_search_box_get_editable (SP_SEARCH_BOX (find_type (f->window, SP_TYPE_SEARCH_BOX)));
}

G_GNUC_UNUSED static void
type_words (WindowFixture *f, const char *words)
{
  gtk_editable_set_text (search_of (f), words);
  wait_for_search (f);
}

G_GNUC_UNUSED static void
add_filter (WindowFixture *f, const char *name, const char *value)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.filter", "(ss)", name, value);
  wait_for_search (f);
}

G_GNUC_UNUSED static int
run_window_tests (int *argc, char ***argv, void (*add) (void))
{
  int status;

  keep_first_quarks ();
  g_test_init (argc, argv, NULL); /* with-display isolates: GTK must find the system's icons */
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  window_application = sp_application_new ();
  g_application_set_flags (G_APPLICATION (window_application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (window_application), NULL, NULL));
  add ();
  status = g_test_run ();
  g_clear_object (&window_application);
  return status;
}
