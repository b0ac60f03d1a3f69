/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in: sessions, passwords, and who guesses them. */
#include "server-fixture.h"

#include "sp-attempts.h"
#include "sp-login.h"

static char *
log_in (ServerFixture *f, const char *body)
{
  g_autoptr (SoupMessage) message = make_message (f, NULL, "POST", "_session", body);
  const char *cookie;

  if (ask_message (f, message) != 200)
    return NULL;
  cookie = soup_message_headers_get_one (soup_message_get_response_headers (message), "Set-Cookie");
  g_assert_nonnull (strstr (cookie, "HttpOnly"));
  return g_strndup (cookie, strcspn (cookie, ";"));
}

static guint
ask_with_cookie (ServerFixture *f, const char *cookie, const char *method, const char *path)
{
  g_autoptr (SoupMessage) message = make_message (f, NULL, method, path, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Cookie", cookie);
  return ask_message (f, message);
}

static void
test_session (ServerFixture *f, gconstpointer data)
{
  g_autofree char *cookie = log_in (f, "{'name':'eve','password':'eve'}");
  g_autofree char *told = get_answer (f);

  g_assert_cmpstr (told, ==, "{'ok':true,'name':'eve','roles':[],'databases':{'town':['editor']}}");
  g_assert_null (log_in (f, "{'name':'eve','password':'no'}"));
  g_assert_cmpuint (f->status, ==, 401);
  g_assert_null (log_in (f, "{'name':'eve'}"));
  g_assert_cmpuint (f->status, ==, 400);
  g_assert_cmpuint (ask_with_cookie (f, cookie, "GET", "town"), ==, 200);
  g_assert_cmpuint (ask_with_cookie (f, "AuthSession=abc", "GET", "town"), ==, 401);
  g_assert_cmpuint (ask_with_cookie (f, cookie, "DELETE", "_session"), ==, 200);
  g_assert_cmpuint (ask_with_cookie (f, cookie, "GET", "town"), ==, 401);
  ASSERT_TELLS (NULL, "GET", "_session", NULL, 200, "'userCtx':{'name':null,'roles':[]}");
  ASSERT_TELLS ("root", "GET", "_session", NULL, 200, "'roles':['admin','_admin']");
}

static void
test_form (ServerFixture *f, gconstpointer data)
{
  g_autoptr (SoupMessage) message = make_message (f, NULL, "POST", "_session", NULL);
  g_autoptr (GBytes) form = g_bytes_new_static ("name=eve&password=eve", 21);

  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  g_assert_cmpuint (ask_message (f, message), ==, 200);
}

/* A browser hears that its session lasts on, now and then. */
static const char *
get_new_cookie (ServerFixture *f, const char *cookie, const char *path)
{
  static char *told;
  g_autoptr (SoupMessage) message = make_message (f, NULL, "GET", path, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Cookie", cookie);
  g_assert_cmpuint (ask_message (f, message), ==, 200);
  g_free (told);
  told = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Set-Cookie"));
  return told;
}

static void
test_renewed_session (ServerFixture *f, gconstpointer data)
{
  g_autofree char *cookie = NULL;

  stop_server (f);
  f->session_s = 20;
  start_server (f);
  cookie = log_in (f, "{'name':'eve','password':'eve'}");
  g_assert_null (get_new_cookie (f, cookie, "town"));
  g_usleep (2100 * 1000); /* more than a tenth of its life */
  g_assert_nonnull (strstr (get_new_cookie (f, cookie, "town/_changes"), "Max-Age=20;"));
  g_assert_null (get_new_cookie (f, cookie, "town"));
  g_usleep (2100 * 1000);
  g_assert_true (g_str_has_prefix (get_new_cookie (f, cookie, "_session"), cookie));
}

/* Who logs in without end loses sessions of their own only. */
static void
test_many_sessions (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  g_autofree char *others = sp_login_open_session (login, "vic");
  g_autofree char *first = sp_login_open_session (login, "eve");
  g_autofree char *last = NULL;
  g_autofree char *vic = NULL, *eve = NULL, *gone = NULL;

  for (guint i = 0; i < 10001; i++)
    {
      g_free (last);
      last = sp_login_open_session (login, "eve");
    }
  vic = sp_login_find_session (login, others);
  eve = sp_login_find_session (login, last);
  gone = sp_login_find_session (login, first);
  g_assert_cmpstr (vic, ==, "vic");
  g_assert_cmpstr (eve, ==, "eve");
  g_assert_null (gone);
}

/* A password that is changed, or an account that goes, ends what was remembered of it. */
static void
test_change_of_accounts (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  g_autofree char *token = sp_login_open_session (login, "eve");
  g_autofree char *name = sp_login_find_session (login, token);
  g_autoptr (SpAccounts) accounts = sp_accounts_load (path, NULL);

  g_assert_cmpstr (name, ==, "eve");
  g_assert_true (sp_accounts_remove (accounts, "eve"));
  g_assert_true (sp_accounts_save (accounts, path, NULL));
  g_assert_true (sp_login_reload (login, NULL));
  g_assert_null (sp_login_find_session (login, token));
}

#define MANY_ACCOUNTS 50000

/* Gives @path to what was saved elsewhere. */
static void
take_place (const char *other, const char *path)
{
  g_assert_cmpint (g_rename (other, path), ==, 0);
  while (g_main_context_iteration (NULL, FALSE)) /* whoever watches the file begins to read it, in a thread */
    ;
  g_usleep (5000);
}

/* A file that takes long to read does not come back after a shorter one that took its place. */
static void
test_old_accounts (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autofree char *long_path = g_strconcat (path, ".long", NULL), *short_path = g_strconcat (path, ".short", NULL);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  g_autoptr (SpAccounts) few = sp_accounts_load (path, NULL), many = sp_accounts_load (path, NULL);
  g_autofree char *hash = sp_accounts_get_password (few, "eve");

  g_assert_nonnull (hash);
  g_assert_true (sp_accounts_remove (few, "eve"));
  for (guint i = 0; i < MANY_ACCOUNTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("guest-%u", i);

      sp_accounts_set_password (many, name, hash);
    }
  g_assert_true (sp_accounts_save (many, long_path, NULL) && sp_accounts_save (few, short_path, NULL));
  take_place (long_path, path);
  take_place (short_path, path);
  while (g_atomic_int_get (&G_OBJECT (login)->ref_count) > 1) /* a thread reads for it */
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_clear_pointer (&hash, g_free);
  hash = sp_accounts_get_password (sp_login_get_accounts (login), "eve");
  g_assert_null (hash);
}

/* ── Guessing passwords ── */

typedef struct
{
  GString    *order; /* gets the mark of each as it ends */
  char        mark;
  gboolean    right;
} Guess;

static void
guessed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Guess *guess = data;

  g_assert_true (sp_login_check_finish (SP_LOGIN (source), result, NULL) == guess->right);
  g_string_append_c (guess->order, guess->mark);
}

/* @mark: `-` for a wrong password */
static void
try_password (SpLogin *login, const char *name, const char *address, char mark, GString *order)
{
  Guess *guess = g_new (Guess, 1);

  *guess = (Guess){ order, mark, mark != '-' };
  sp_login_check_async (login, name, mark != '-' ? name : "wrong", address, guessed_cb, guess);
}

static void
wait_for_guesses (GString *order, gsize n)
{
  while (order->len < n)
    g_main_context_iteration (NULL, TRUE);
}

/* Who failed before comes after somebody who began later. */
static void
test_guesses (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 1; i <= 4; i++)
    {
      try_password (login, "eve", "192.0.2.1", '-', order);
      wait_for_guesses (order, i);
    }
  g_string_truncate (order, 0);
  try_password (login, "eve", "192.0.2.2", 'a', order); /* the account, from elsewhere */
  try_password (login, "con", "192.0.2.1", 'b', order); /* the address, with another account */
  try_password (login, "vic", "192.0.2.3", 'c', order);
  wait_for_guesses (order, 1);
  g_assert_cmpstr (order->str, ==, "c");
  wait_for_guesses (order, 3);
}

/* ── Many guesses at once ── */

typedef struct
{
  guint right;
  guint wrong;
  guint refused;
} Tally;

static void
tallied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Tally *tally = data;
  g_autoptr (GError) error = NULL;

  if (sp_login_check_finish (SP_LOGIN (source), result, &error))
    tally->right++;
  else if (error == NULL)
    tally->wrong++;
  else
    {
      g_assert_error (error, SP_ERROR, SP_ERROR_LOCKED);
      tally->refused++;
    }
}

/* A hundred guesses do not wait side by side: those that would have to wait are refused. */
static void
test_parallel_guesses (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  Tally tally = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *password = g_strdup_printf ("guess-%u", i);

      sp_login_check_async (login, "eve", password, "192.0.2.1", tallied_cb, &tally);
    }
  while (tally.wrong + tally.refused < 100)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (tally.wrong, ==, 3);
}

/* A browser comes with several requests at once: one check is enough for all, wrong or right. */
static void
test_parallel_requests (ServerFixture *f, gconstpointer data)
{
  g_autofree char *path = sp_server_make_accounts_path (f->folder);
  g_autoptr (SpLogin) login = sp_login_new (path, SP_LOGIN_SESSION_S, NULL);
  Tally tally = { 0 };

  for (guint i = 0; i < 20; i++)
    sp_login_check_async (login, "eve", i % 2 ? "old" : "eve", "192.0.2.1", tallied_cb, &tally);
  while (tally.right + tally.wrong + tally.refused < 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (tally.right, ==, 10);
  g_assert_cmpuint (tally.wrong, ==, 10);
}

static guint
fail (SpAttempts *attempts, const char *name, const char *address)
{
  guint delay = 0;

  g_assert_true (sp_attempts_begin (attempts, name, address, &delay));
  sp_attempts_end (attempts, name, address, SP_ATTEMPT_WRONG);
  return delay;
}

/* An account may be called like an address, and is none. */
static void
test_names_like_addresses (void)
{
  SpAttempts *attempts = sp_attempts_new ();

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("nobody-%u", i);

      fail (attempts, name, "127.0.0.77");
    }
  g_assert_cmpuint (fail (attempts, "from 127.0.0.77", "192.0.2.1"), ==, 0);
  g_assert_cmpuint (fail (attempts, "127.0.0.77", "192.0.2.2"), ==, 0);
  g_assert_cmpuint (fail (attempts, "eve", "127.0.0.77"), ==, 4000);
  sp_attempts_free (attempts);
}

/* From one address only some wait at a time, whichever accounts they try; those elsewhere do not wait for them. */
static void
test_waiting_from_one_address (void)
{
  SpAttempts *attempts = sp_attempts_new ();
  guint begun = 0, delay;

  for (guint i = 0; i < 3; i++)
    fail (attempts, "eve", "192.0.2.1");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("guest-%u", i);

      begun += sp_attempts_begin (attempts, name, "192.0.2.1", &delay);
    }
  g_assert_cmpuint (begun, ==, 4);
  g_assert_true (sp_attempts_begin (attempts, "guest-1", "192.0.2.2", &delay));
  g_assert_cmpuint (delay, ==, 0);
  sp_attempts_end (attempts, "guest-0", "192.0.2.1", SP_ATTEMPT_RIGHT);
  g_assert_cmpuint (fail (attempts, "guest-9", "192.0.2.1"), ==, 0); /* forgiven */
  sp_attempts_free (attempts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, limits, func) g_test_add ("/server-login/" name, ServerFixture, limits, set_up_server, func, tear_down_server)
  ADD ("session", NULL, test_session);
  ADD ("form", NULL, test_form);
  ADD ("change-of-accounts", NULL, test_change_of_accounts);
  ADD ("old-accounts", NULL, test_old_accounts);
  ADD ("guesses", NULL, test_guesses);
  ADD ("renewed-session", NULL, test_renewed_session);
  ADD ("many-sessions", NULL, test_many_sessions);
  ADD ("parallel-guesses", NULL, test_parallel_guesses);
  ADD ("parallel-requests", NULL, test_parallel_requests);
  g_test_add_func ("/server-login/names-like-addresses", test_names_like_addresses);
  g_test_add_func ("/server-login/waiting-from-one-address", test_waiting_from_one_address);
  return g_test_run ();
}
