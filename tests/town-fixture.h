/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window, a server that does as told, and a keyring of our own. */

#include "window-fixture.h"

#include "sp-preferences.h"
#include "sp-sharing-page.h"
#include "sp-sharing-status.h"

#include <libsoup/soup.h>

/* ── A keyring that keeps, or not ── */

#define TEST_TYPE_KEYRING (test_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TestKeyring, test_keyring, TEST, KEYRING, GObject)

struct _TestKeyring
{
  GObject parent_instance;

  gboolean keeps;
  char    *password;
  char    *forgotten; /* whose password was forgotten last */
};

static TestKeyring *keyring;

static void
keyring_look_up (SpKeyring *self, const char *server, const char *user, GTask *task)
{
  if (keyring->keeps && keyring->password != NULL)
    g_task_return_pointer (task, g_strdup (keyring->password), g_free);
  else
    g_task_return_new_error (task, SP_ERROR, keyring->keeps ? SP_ERROR_NOT_FOUND : SP_ERROR_UNSUPPORTED, "None");
  g_object_unref (task);
}

static void
keyring_save (SpKeyring *self, const char *server, const char *user, const char *password, GTask *task)
{
  if (keyring->keeps)
    {
      g_free (keyring->password);
      keyring->password = g_strdup (password);
      if (password == NULL)
        {
          g_free (keyring->forgotten);
          keyring->forgotten = g_strdup (user);
        }
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_new_error (task, SP_ERROR, SP_ERROR_UNSUPPORTED, "None");
  g_object_unref (task);
}

static void
test_keyring_init_interface (SpKeyringInterface *iface)
{
  iface->look_up = keyring_look_up;
  iface->save = keyring_save;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestKeyring, test_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SP_TYPE_KEYRING, test_keyring_init_interface))
static void test_keyring_class_init (TestKeyringClass *klass) {}
static void test_keyring_init (TestKeyring *self) {}

/* ── A server that answers with a status, or as an empty database does ── */

typedef struct
{
  WindowFixture window;
  SoupServer   *server;
  char         *address;
  guint         status;   /* of the database; 200 for one that works */
  const char   *password; /* of ann */
  const char   *session;  /* what it says of her; NULL: it does not tell of roles */
  guint         logins;   /* requests with name and password */
  gboolean      refuses;  /* entries, all of which it lacks */
} Town;

static gboolean
may_enter (Town *f, SoupServerMessage *message)
{
  const char *login = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *pair = g_strdup_printf ("ann:%s", f->password);
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));

  f->logins += login != NULL;
  return login != NULL && g_str_has_suffix (login, code);
}

/* What was sent, as what a server answers that lacks all of it, or refuses the entries among it. */
static char *
answer_writes (const char *path, SoupMessageBody *sent)
{
  g_autoptr (SpNode) asked = sp_node_parse (sent->data, (gssize) sent->length, NULL);
  g_autoptr (SpNode) lacks = sp_node_new_object ();
  g_autoptr (SpNode) refused = sp_node_new_array ();
  const SpNode *docs = sp_node_get (asked, "docs");

  for (guint i = 0; docs == NULL && i < sp_node_get_length (asked); i++)
    {
      SpNode *missing = sp_node_new_object ();

      sp_node_set (missing, "missing", sp_node_ref (sp_node_get_element (asked, i)));
      sp_node_set (lacks, sp_node_get_name (asked, i), missing);
    }
  for (guint i = 0; i < sp_node_get_length (docs); i++)
    {
      const SpNode *document = sp_node_get_element (docs, i);
      g_autofree char *reason = g_strdup_printf ("%s: Only an editor may change entries", sp_node_get_text (document, "_id"));
      SpNode *failure = sp_node_new_object ();

      sp_node_set_text (failure, "id", sp_node_get_text (document, "_id"));
      sp_node_set_text (failure, "rev", sp_node_get_text (document, "_rev"));
      sp_node_set_text (failure, "error", "forbidden");
      sp_node_set_text (failure, "reason", reason);
      if (g_str_has_prefix (sp_node_get_text (document, "_id"), "asset:"))
        sp_node_append (refused, failure);
      else
        sp_node_unref (failure);
    }
  return sp_node_to_json (g_str_has_suffix (path, "_revs_diff") ? lacks : refused);
}

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Town *f = data;
  const char *method = soup_server_message_get_method (message);
  const char *feed = query != NULL ? g_hash_table_lookup (query, "feed") : NULL;
  const char *body = "{\"ok\":true,\"db_name\":\"town\",\"update_seq\":0,\"doc_count\":0,\"rev\":\"0-1\"}";
  g_autofree char *writes = NULL;
  guint status = 200;

  if (!may_enter (f, message))
    status = 401;
  else if (g_str_has_prefix (path, "/town") && f->status != 200)
    status = f->status;
  else if (g_str_equal (path, "/_session") && f->session != NULL)
    body = f->session;
  else if (strstr (path, "_local/") != NULL && g_str_equal (method, "GET"))
    status = 404;
  else if (g_str_has_suffix (path, "_changes"))
    body = "{\"results\":[],\"last_seq\":0}";
  else if (f->refuses && (g_str_has_suffix (path, "_revs_diff") || g_str_has_suffix (path, "_bulk_docs")))
    body = writes = answer_writes (path, soup_server_message_get_request_body (message));
  else if (g_str_has_suffix (path, "_revs_diff"))
    body = "{}";
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
  if (status == 200 && g_strcmp0 (feed, "continuous") == 0)
    {
      soup_message_body_truncate (soup_server_message_get_response_body (message));
      soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_EOF);
      soup_server_message_pause (message); /* for ever */
    }
}

static void
start_town (Town *f)
{
  GSList *uris;
  g_autofree char *base = NULL;

  f->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (f->server, NULL, answer_cb, f, NULL);
  g_assert_true (soup_server_listen_local (f->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (f->server);
  base = g_uri_to_string (uris->data);
  f->address = g_strconcat (base, "town/", NULL);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  f->status = 200;
  f->password = "secret";
}

static void
set_up (Town *f, gconstpointer count)
{
  keyring = g_object_new (TEST_TYPE_KEYRING, NULL);
  keyring->keeps = TRUE;
  sp_application_set_keyring (window_application, SP_KEYRING (keyring));
  start_town (f);
  set_up_path (&f->window, NULL);
  fill_window_store (f->window.path, GPOINTER_TO_UINT (count));
  open_window (&f->window);
}

static void
tear_down (Town *f, gconstpointer data)
{
  sp_sharing_disconnect (sp_window_get_sharing (f->window.window));
  tear_down_window (&f->window, NULL);
  soup_server_disconnect (f->server);
  g_object_unref (f->server);
  g_free (f->address);
  g_free (keyring->password);
  g_free (keyring->forgotten);
  g_object_unref (keyring);
  spin ();
}

static SpSharing *
sharing_of (Town *f)
{
  return sp_window_get_sharing (f->window.window);
}

static SpSharingPage *
open_page (Town *f)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  gtk_widget_activate_action (GTK_WIDGET (f->window.window), "app.sharing", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (toplevels, i);

      if (SP_IS_PREFERENCES (widget))
        return SP_SHARING_PAGE (find_type (widget, SP_TYPE_SHARING_PAGE));
    }
  g_assert_not_reached ();
}

static gboolean
is_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_labelled (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
type_in (SpSharingPage *page, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (page), is_titled, row)), text);
}

static void
press (gpointer root, const char *label)
{
  g_signal_emit_by_name (find_widget (GTK_WIDGET (root), is_labelled, label), "clicked");
}

static void
fill_in (Town *f, SpSharingPage *page, const char *password)
{
  type_in (page, "_Address", f->address);
  type_in (page, "_Name", "ann");
  type_in (page, "_Password", password);
}

static gboolean
begins (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), text);
}

#define WAIT_FOR_TEXT(root, text) WAIT (find_widget (GTK_WIDGET (root), begins, text) != NULL)

static GtkWidget *
status_of (Town *f)
{
  return find_type (f->window.window, SP_TYPE_SHARING_STATUS);
}

/* Whether the header says so; the words themselves give way to the icon where it is narrow. */
static gboolean
header_says (Town *f, const char *words)
{
  GtkWidget *status = status_of (f);
  GtkWidget *button = status != NULL ? find_type (status, GTK_TYPE_MENU_BUTTON) : NULL;

  return button != NULL && g_str_has_prefix (gtk_widget_get_tooltip_text (button), words);
}

#define WAIT_FOR_HEADER(words) WAIT (header_says (f, words))
