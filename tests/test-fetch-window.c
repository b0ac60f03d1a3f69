/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list from the web goes into the window's store: fetched from a server on this machine, looked at, imported; and what the
 * server does not give is said. */
#include "window-fixture.h"

#include "sp-fetch-window.h"
#include "sp-import-dialog.h"

#include <libsoup/soup.h>

typedef struct
{
  SoupServer        *server;
  SoupServerMessage *paused; /* owned, nullable: it waits for an answer */
  guint              asked;
  gboolean           one_is_gone; /* from the second page */
  char              *base;   /* owned; without a slash at its end */
} Web;

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  static const char page[] = "{\"total_items\":%u,\"total_pages\":2,\"page_number\":%u,\"contents\":["
                             "{\"id\":\"%u1\",\"name\":\"Club %u1\",\"status\":\"active\",\"schedules\":[]}%s]}";
  static const char more[] = ",{\"id\":\"%u2\",\"name\":\"Club %u2\",\"status\":\"active\",\"schedules\":[]}";
  Web *web = data;
  guint n = query != NULL && g_strcmp0 (g_hash_table_lookup (query, "page"), "2") == 0 ? 2 : 1;
  g_autofree char *second = n == 2 && web->one_is_gone ? g_strdup ("") : g_strdup_printf (more, n, n);
  g_autofree char *text = g_strdup_printf (page, web->one_is_gone ? 3 : 4, n, n, n, second);

  web->asked++;
  soup_server_message_set_status (message, strcmp (path, "/services") == 0 ? 200 : 404, NULL);
  if (strcmp (path, "/never") == 0)
    {
      web->paused = g_object_ref (message);
      soup_server_message_pause (message);
    }
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
web_start (Web *web)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  web->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (web->server, NULL, answer_cb, web, NULL);
  soup_server_listen_local (web->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (web->server);
  web->base = g_uri_to_string (uris->data);
  web->base[strlen (web->base) - 1] = '\0';
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
web_stop (Web *web)
{
  g_clear_object (&web->paused);
  soup_server_disconnect (web->server);
  g_object_unref (web->server);
  g_free (web->base);
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);
      if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_visible (widget))
        return widget;
    }
  return NULL;
}

static GtkWidget *
fetch (WindowFixture *f, Web *web, const char *path)
{
  g_autofree char *url = g_strconcat (web->base, path, NULL);
  GtkWidget *window;

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.import-web", NULL);
  window = find_toplevel (SP_TYPE_FETCH_WINDOW);
  g_assert_nonnull (window);
  gtk_widget_activate_action (window, "fetch.start", NULL); /* nothing is typed: it is not enabled */
  g_assert_cmpuint (web->asked, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (find_type (window, ADW_TYPE_ENTRY_ROW)), url);
  gtk_widget_activate_action (window, "fetch.start", NULL);
  return window;
}

static const char *
page_of (GtkWidget *window)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find_type (window, GTK_TYPE_STACK)));
}

/* A feed with two pages; it goes by its address in everything that people see. */
static void
test_feed (WindowFixture *f, gconstpointer data)
{
  Web web = { 0 };
  g_autofree char *row = NULL;
  GtkWidget *dialog;

  web_start (&web);
  fetch (f, &web, "/services?key=secret");
  WAIT ((dialog = find_toplevel (SP_TYPE_IMPORT_DIALOG)) != NULL);
  g_assert_null (find_toplevel (SP_TYPE_FETCH_WINDOW));
  g_assert_cmpuint (web.asked, ==, 2);
  WAIT (!g_str_equal (page_of (dialog), "working"));
  spin ();
  g_assert_nonnull (find_text (dialog, "4 rows: 4 new"));
  row = g_strdup_printf ("%s/services, row 1", web.base);
  g_assert_nonnull (find_text (dialog, row));
  gtk_widget_activate_action (dialog, "import.start", NULL);
  WAIT (find_toplevel (SP_TYPE_IMPORT_DIALOG) == NULL);
  WAIT (count_results (f) == 9);

  web.one_is_gone = TRUE; /* the next edition */
  web.asked = 0;
  fetch (f, &web, "/services?key=secret");
  WAIT ((dialog = find_toplevel (SP_TYPE_IMPORT_DIALOG)) != NULL);
  WAIT (!g_str_equal (page_of (dialog), "working"));
  spin ();
  g_assert_nonnull (find_text (dialog, "3 rows: 3 as before"));
  g_assert_nonnull (find_text (dialog, "Club 22"));
  gtk_widget_activate_action (dialog, "import.cancel", NULL);
  WAIT (find_toplevel (SP_TYPE_IMPORT_DIALOG) == NULL);
  web_stop (&web);
}

static void
test_nothing (WindowFixture *f, gconstpointer data)
{
  Web web = { 0 };
  GtkWidget *window;

  web_start (&web);
  window = fetch (f, &web, "/nothing");
  g_assert_cmpstr (page_of (window), ==, "working");
  WAIT (g_str_equal (page_of (window), "address"));
  g_assert_nonnull (find_text (window, "127.0.0.1: there is nothing at this address (404)"));
  gtk_widget_activate_action (window, "fetch.cancel", NULL);
  WAIT (find_toplevel (SP_TYPE_FETCH_WINDOW) == NULL);
  web_stop (&web);
}

/* Given up while the server thinks: the address stays, to be tried again; then the window is closed while it thinks. */
static void
test_given_up (WindowFixture *f, gconstpointer data)
{
  Web web = { 0 };
  GtkWidget *window;

  web_start (&web);
  window = fetch (f, &web, "/never");
  WAIT (web.asked == 1);
  gtk_widget_activate_action (window, "fetch.cancel", NULL);
  WAIT (g_str_equal (page_of (window), "address"));
  g_clear_object (&web.paused);
  gtk_widget_activate_action (window, "fetch.start", NULL);
  WAIT (web.asked == 2);
  gtk_window_destroy (GTK_WINDOW (window));
  WAIT (find_toplevel (SP_TYPE_FETCH_WINDOW) == NULL);
  web_stop (&web);
}

static void
add (void)
{
#define ADD(name, function) g_test_add (name, WindowFixture, NULL, set_up_window, function, tear_down_window)
  ADD ("/fetch-window/feed", test_feed);
  ADD ("/fetch-window/nothing", test_nothing);
  ADD ("/fetch-window/given-up", test_given_up);
#undef ADD
}

int
main (int argc, char **argv)
{
  return run_window_tests (&argc, &argv, add);
}
