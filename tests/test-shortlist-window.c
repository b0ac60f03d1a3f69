/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortlists in the window: gathering, the question about a name, the order, and taking a deletion back. */
#include "details-fixture.h"

#include "sp-shortlist-book.h"
#include "sp-shortlist-chooser.h"
#include "sp-shortlist-name.h"
#include "sp-shortlist-row.h"
#include "sp-shortlist-window.h"

static SpShortlistBook *
book_of (WindowFixture *f)
{
  return sp_shortlist_book_of (sp_browser_get_store (browser_of (f)));
}

static gint64 last_changed; /* number of the list; 0 until the change is made */

static void
changed_cb (gpointer owner, const SpShortlist *after, const GError *error)
{
  g_assert_no_error (error);
  last_changed = after->n;
}

static gint64
change (WindowFixture *f, SpShortlistAction action, gint64 list, const char *id, const char *text)
{
  const SpShortlistChange what = { action, list, id, text, SP_SHORTLIST_END, NULL };

  last_changed = 0;
  sp_shortlist_book_change (book_of (f), &what, f->window, changed_cb);
  WAIT (last_changed != 0);
  return last_changed;
}

static gint64
make_list (WindowFixture *f)
{
  gint64 n = change (f, SP_SHORTLIST_CREATE, 0, NULL, "Dry days");

  change (f, SP_SHORTLIST_ADD, n, "asset:hall", "has a kitchen");
  change (f, SP_SHORTLIST_ADD, n, "asset:choir", NULL);
  change (f, SP_SHORTLIST_ADD, n, "asset:org", NULL);
  return n;
}

static void
type_into (gpointer root, const char *text)
{
  GtkWidget *name = find_type (root, SP_TYPE_SHORTLIST_NAME);

  gtk_editable_set_text (GTK_EDITABLE (find_type (name, GTK_TYPE_ENTRY)), text);
}

/* From the details to a new list, with a line of why. */
static void
test_gather (WindowFixture *f, gconstpointer data)
{
  GtkWindow *chooser;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.shortlist-add", "s", "asset:hall");
  chooser = find_window (SP_TYPE_SHORTLIST_CHOOSER);
  WAIT (find_text (chooser, "Harbour Hall") != NULL);
  gtk_editable_set_text (GTK_EDITABLE (find_type (chooser, GTK_TYPE_ENTRY)), "has a kitchen");
  type_into (chooser, "Dry days");
  press (chooser, "Add");
  WAIT (find_window (SP_TYPE_SHORTLIST_CHOOSER) == NULL);
  WAIT (find_text (f->window, "Added to “Dry days”") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.shortlists", NULL);
  WAIT (find_text (find_window (SP_TYPE_SHORTLIST_WINDOW), "1 entry") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.shortlist-undo", NULL);
  WAIT (find_text (find_window (SP_TYPE_SHORTLIST_WINDOW), "0 entries") != NULL);
}

/* A name that looks like a person's is questioned, not refused. */
static void
test_question (WindowFixture *f, gconstpointer data)
{
  GtkWindow *chooser;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.shortlist-add", "s", "asset:hall");
  chooser = find_window (SP_TYPE_SHORTLIST_CHOOSER);
  type_into (chooser, "Mrs Benson");
  press (chooser, "Add");
  WAIT (find_part (chooser, "“Mrs Benson” looks like somebody’s name") != NULL);
  g_assert_nonnull (find_window (SP_TYPE_SHORTLIST_CHOOSER)); /* nothing was made */
  press (chooser, "Use This Name Anyway");
  WAIT (find_text (f->window, "Added to “Mrs Benson”") != NULL);
}

/* The names of the rows in their order. */
static char *
list_rows (GtkWindow *window)
{
  GtkWidget *row = find_type (window, SP_TYPE_SHORTLIST_ROW);
  GString *out = g_string_new (NULL);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", sp_shortlist_row_get_id (SP_SHORTLIST_ROW (row)));
  return g_string_free (out, FALSE);
}

static gboolean
has_rows (GtkWindow *window, const char *expected)
{
  g_autofree char *rows = list_rows (window);

  return strcmp (rows, expected) == 0;
}

static GtkWindow *
open_list (WindowFixture *f)
{
  GtkWindow *window;
  GtkWidget *list;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.shortlists", NULL);
  window = find_window (SP_TYPE_SHORTLIST_WINDOW);
  WAIT (find_text (window, "Dry days") != NULL);
  list = gtk_widget_get_ancestor (find_text (window, "Dry days"), GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_activate (list);
  WAIT (find_type (window, SP_TYPE_SHORTLIST_ROW) != NULL);
  return window;
}

/* By keyboard, and what has the focus keeps it while it moves. */
static void
test_order (WindowFixture *f, gconstpointer data)
{
  gint64 n = make_list (f);
  GtkWindow *window = open_list (f);
  GtkWidget *row = find_type (window, SP_TYPE_SHORTLIST_ROW), *why = find_type (row, GTK_TYPE_ENTRY);

  g_assert_cmpint (n, >, 0);
  g_assert_true (has_rows (window, "asset:hall asset:choir asset:org"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (why)), ==, "has a kitchen");
  g_assert_true (gtk_widget_grab_focus (why));
  gtk_widget_activate_action (why, "row.move", "i", 1);
  WAIT (has_rows (window, "asset:choir asset:hall asset:org"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (window), why));
  gtk_widget_activate_action (why, "row.move", "i", 1);
  WAIT (has_rows (window, "asset:choir asset:org asset:hall"));
  gtk_widget_activate_action (why, "row.move", "i", 1); /* it is the last */
  gtk_widget_activate_action (why, "row.move", "i", -1);
  WAIT (has_rows (window, "asset:choir asset:hall asset:org"));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(SpShortlist **) data = sp_store_get_shortlist_finish (SP_STORE (source), result, NULL);
}

static SpShortlist *
read_list (WindowFixture *f, gint64 n)
{
  SpShortlist *list = NULL;

  sp_store_get_shortlist_async (sp_browser_get_store (browser_of (f)), n, NULL, list_cb, &list);
  WAIT (list != NULL);
  return list;
}

/* What is being typed when the window closes is kept. */
static void
test_why (WindowFixture *f, gconstpointer data)
{
  gint64 n = make_list (f);
  GtkWindow *window = open_list (f);
  GtkWidget *why = find_type (find_type (window, SP_TYPE_SHORTLIST_ROW), GTK_TYPE_ENTRY);
  g_autoptr (SpShortlist) list = NULL;
  const char *kept = NULL;

  gtk_widget_grab_focus (why);
  gtk_editable_set_text (GTK_EDITABLE (why), " warm ");
  gtk_window_close (window);
  WAIT (find_window (SP_TYPE_SHORTLIST_WINDOW) == NULL);
  while (g_strcmp0 (kept, "warm") != 0) /* it is on its way */
    {
      g_clear_pointer (&list, sp_shortlist_free);
      list = read_list (f, n);
      kept = ((SpShortlistItem *) g_ptr_array_index (list->items, 0))->why;
    }
}

static void
test_remove_and_undo (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window;

  make_list (f);
  window = open_list (f);
  gtk_widget_activate_action (find_type (window, SP_TYPE_SHORTLIST_ROW), "row.remove", NULL);
  WAIT (has_rows (window, "asset:choir asset:org"));
  WAIT (find_text (window, "Removed from the shortlist") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "shortlist.undo", NULL);
  WAIT (has_rows (window, "asset:hall asset:choir asset:org"));
}

static void
test_delete_and_undo (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window;

  make_list (f);
  window = open_list (f);
  gtk_widget_activate_action (GTK_WIDGET (window), "shortlist.delete", NULL);
  WAIT (find_text (window, "No Shortlists Yet") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "shortlist.undo", NULL);
  WAIT (find_text (window, "Dry days") != NULL && find_text (window, "3 entries") != NULL);
}

/* The entry behind a row is shown in the window. */
static void
test_show (WindowFixture *f, gconstpointer data)
{
  GtkWindow *window;

  make_list (f);
  window = open_list (f);
  press (window, "Harbour Hall");
  WAIT (g_strcmp0 (sp_browser_get_selected (browser_of (f)), "asset:hall") == 0);
}

static void
add_tests (void)
{
  g_test_add ("/shortlist-window/gather", WindowFixture, NULL, set_up_details, test_gather, tear_down_window);
  g_test_add ("/shortlist-window/question", WindowFixture, NULL, set_up_details, test_question, tear_down_window);
  g_test_add ("/shortlist-window/order", WindowFixture, NULL, set_up_details, test_order, tear_down_window);
  g_test_add ("/shortlist-window/why", WindowFixture, NULL, set_up_details, test_why, tear_down_window);
  g_test_add ("/shortlist-window/remove-and-undo", WindowFixture, NULL, set_up_details, test_remove_and_undo, tear_down_window);
  g_test_add ("/shortlist-window/delete-and-undo", WindowFixture, NULL, set_up_details, test_delete_and_undo, tear_down_window);
  g_test_add ("/shortlist-window/show", WindowFixture, NULL, set_up_details, test_show, tear_down_window);
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add_tests);
}
