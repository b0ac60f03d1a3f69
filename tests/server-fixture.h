/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A server in a folder of its own, in this process, with an account for each role; and a client of it. */

#include "sp-accounts.h"
#include "sp-node.h"
#include "sp-passwords.h"
#include "sp-server.h"
#include "sp-user-command.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char           *folder;
  SpServer       *server;
  char           *address;
  SoupSession    *session;
  const SpGuardLimits *limits;
  const char *const *origins;
  guint           session_s; /* 0: as usual */
  gboolean        waits;
  GBytes         *answer;
  guint           status;
  char           *etag;
} ServerFixture;

typedef struct
{
  const char *name; /* and password */
  const char *database;
  const char *role;
} ServerAccount;

static const ServerAccount server_accounts[] = {
  { "root", SP_ACCOUNTS_SERVER, "admin" },
  { "eve", "town", "editor" },
  { "con", "town", "contributor" },
  { "vic", "town", "viewer" },
};

static char *server_hashes[G_N_ELEMENTS (server_accounts)]; /* made once: that takes a while */

static void
make_server_accounts (ServerFixture *f)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpAccounts) accounts = sp_accounts_load (path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (server_accounts); i++)
    {
      const ServerAccount *account = &server_accounts[i];
      const char *const roles[] = { account->role, NULL };

      if (server_hashes[i] == NULL)
        server_hashes[i] = sp_passwords_hash (account->name, NULL);
      sp_accounts_set_password (accounts, account->name, server_hashes[i]);
      sp_accounts_set_roles (accounts, account->name, account->database, roles);
    }
  g_assert_true (sp_accounts_save (accounts, path, NULL));
}

static void
server_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  sp_server_start_finish (SP_SERVER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = FALSE;
}

static void
server_stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (sp_server_stop_finish (SP_SERVER (source), result, NULL));
  *(gboolean *) data = FALSE;
}

static void
wait_for_server (gboolean *waits)
{
  while (*waits)
    g_main_context_iteration (NULL, TRUE);
}

G_GNUC_UNUSED static void
start_server (ServerFixture *f)
{
  static const SpGuardLimits limits = SP_SERVER_LIMITS;
  SpServerOptions options = { .listen = "127.0.0.1:0", .origins = f->origins, .limits = f->limits != NULL ? *f->limits : limits,
                              .session_s = f->session_s };
  g_autoptr (GError) error = NULL;

  f->server = sp_server_new (f->folder, &options, &error);
  g_assert_no_error (error);
  f->waits = TRUE;
  sp_server_start_async (f->server, server_started_cb, &f->waits);
  wait_for_server (&f->waits);
  g_free (f->address);
  f->address = sp_server_get_address (f->server);
}

G_GNUC_UNUSED static void
stop_server (ServerFixture *f)
{
  f->waits = TRUE;
  sp_server_stop_async (f->server, server_stopped_cb, &f->waits);
  wait_for_server (&f->waits);
  g_object_add_weak_pointer (G_OBJECT (f->server), (gpointer *) &f->server);
  g_object_unref (f->server);
  while (f->server != NULL) /* answers on their way let go of it; for ever if it leaks */
    g_main_context_iteration (NULL, TRUE);
}

G_GNUC_UNUSED static void
set_up_server (ServerFixture *f, gconstpointer data)
{
  static const char *const town[] = { "town", NULL };
  g_autoptr (GError) error = NULL;

  f->limits = data;
  f->folder = g_dir_make_tmp ("signpost-server-XXXXXX", NULL);
  make_server_accounts (f);
  sp_create_command (f->folder, town, &error);
  g_assert_no_error (error);
  start_server (f);
  f->session = soup_session_new_with_options ("timeout", 20, NULL);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

G_GNUC_UNUSED static void
tear_down_server (ServerFixture *f, gconstpointer data)
{
  soup_session_abort (f->session);
  g_clear_object (&f->session);
  stop_server (f);
  remove_tree (f->folder);
  g_clear_pointer (&f->answer, g_bytes_unref);
  g_free (f->folder);
  g_free (f->address);
  g_free (f->etag);
}

/* @who: (nullable): an account, whose password is its name, perhaps with another password after a colon */
G_GNUC_UNUSED static SoupMessage *
make_message (ServerFixture *f, const char *who, const char *method, const char *path, const char *body)
{
  g_autofree char *url = g_strconcat (f->address, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (who != NULL)
    {
      g_autofree char *pair = strchr (who, ':') != NULL ? g_strdup (who) : g_strdup_printf ("%s:%s", who, who);
      g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));
      g_autofree char *login = g_strconcat ("Basic ", code, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", login);
    }
  if (body != NULL)
    {
      g_autofree char *text = g_strdelimit (g_strdup (body), "'", '"');
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  return message;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ServerFixture *f = data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  g_clear_pointer (&f->answer, g_bytes_unref);
  f->answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  f->status = f->answer != NULL ? soup_message_get_status (message) : 0;
  g_free (f->etag);
  f->etag = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag"));
  f->waits = FALSE;
}

/* The status of the answer, 0 if there is none; its body stays in the fixture. */
static guint
ask_message (ServerFixture *f, SoupMessage *message)
{
  f->waits = TRUE;
  soup_session_send_and_read_async (f->session, message, G_PRIORITY_DEFAULT, NULL, asked_cb, f);
  wait_for_server (&f->waits);
  return f->status;
}

G_GNUC_UNUSED static guint
ask (ServerFixture *f, const char *who, const char *method, const char *path, const char *body)
{
  g_autoptr (SoupMessage) message = make_message (f, who, method, path, body);

  return ask_message (f, message);
}

/* The answer with double quotes as single ones, less a line's end. */
G_GNUC_UNUSED static char *
get_answer (ServerFixture *f)
{
  gsize length;
  const char *bytes = g_bytes_get_data (f->answer, &length);

  return g_strchomp (g_strdelimit (g_strndup (bytes != NULL ? bytes : "", length), "\"", '\''));
}

G_GNUC_UNUSED static SpNode *
parse_answer (ServerFixture *f)
{
  gsize length;
  const char *bytes = g_bytes_get_data (f->answer, &length);
  g_autoptr (GError) error = NULL;
  SpNode *node = sp_node_parse (bytes, (gssize) length, &error);

  g_assert_no_error (error);
  return node;
}

#define ASSERT_ANSWERS(who, method, path, body, status_, text_) \
  G_STMT_START { \
    g_autofree char *answered_ = NULL; \
    g_assert_cmpuint (ask (f, who, method, path, body), ==, status_); \
    answered_ = get_answer (f); \
    g_assert_cmpstr (answered_, ==, text_); \
  } G_STMT_END

#define ASSERT_TELLS(who, method, path, body, status_, text_) \
  G_STMT_START { \
    g_autofree char *answered_ = NULL; \
    const guint got_ = ask (f, who, method, path, body); \
    answered_ = get_answer (f); \
    if (strstr (answered_, text_) == NULL) \
      g_test_message ("%s", answered_); \
    g_assert_cmpuint (got_, ==, status_); \
    g_assert_nonnull (strstr (answered_, text_)); \
  } G_STMT_END
