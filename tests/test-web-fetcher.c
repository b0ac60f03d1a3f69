/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The web as it is: a server in a thread, and what it may answer. */
#include "sp-error.h"
#include "sp-web-fetcher.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  SoupServer   *server; /* of the thread, while it runs */
  GMutex        lock;
  GCond         ready;
  char         *base;   /* owned; without a slash at its end */
  SpFetcher    *fetcher;
} Fixture;

static void
answer_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  static char large[200000];

  if (strcmp (path, "/list") == 0)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/csv; charset=utf-8", SOUP_MEMORY_STATIC, "name\nHall\n", 10);
    }
  else if (strcmp (path, "/large") == 0)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, large, sizeof large);
    }
  else if (strcmp (path, "/round") == 0 || strcmp (path, "/moved") == 0 || strcmp (path, "/away") == 0)
    {
      soup_server_message_set_status (message, 302, NULL);
      soup_message_headers_append (headers, "Location", strcmp (path, "/moved") == 0 ? "/list"
                                                        : strcmp (path, "/away") == 0 ? "file:///etc/passwd" : "/round");
    }
  else
    soup_server_message_set_status (message, (guint) g_ascii_strtoull (path + 1, NULL, 10), NULL);
}

static void
start_listening (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  f->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (f->server, NULL, answer_cb, f, NULL);
  soup_server_listen_local (f->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (f->server);
  f->base = g_uri_to_string (uris->data);
  f->base[strlen (f->base) - 1] = '\0';
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static gpointer
serve (gpointer data)
{
  Fixture *f = data;

  g_main_context_push_thread_default (f->context);
  g_mutex_lock (&f->lock);
  start_listening (f);
  g_cond_signal (&f->ready);
  g_mutex_unlock (&f->lock);
  g_main_loop_run (f->loop);
  soup_server_disconnect (f->server);
  g_clear_object (&f->server);
  g_main_context_pop_thread_default (f->context);
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_mutex_init (&f->lock);
  g_cond_init (&f->ready);
  f->context = g_main_context_new ();
  f->loop = g_main_loop_new (f->context, FALSE);
  g_mutex_lock (&f->lock);
  f->thread = g_thread_new ("server", serve, f);
  while (f->base == NULL)
    g_cond_wait (&f->ready, &f->lock);
  g_mutex_unlock (&f->lock);
  f->fetcher = sp_web_fetcher_new ();
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->fetcher);
  g_main_context_invoke (f->context, quit_cb, f->loop);
  g_thread_join (f->thread);
  g_main_loop_unref (f->loop);
  g_main_context_unref (f->context);
  g_free (f->base);
  g_mutex_clear (&f->lock);
  g_cond_clear (&f->ready);
}

static GBytes *
fetch (Fixture *f, const char *path, char **type, GError **error)
{
  g_autofree char *url = g_strconcat (f->base, path, NULL);

  return sp_fetcher_fetch_bytes (f->fetcher, url, 100000, type, NULL, error);
}

static void
test_answers (Fixture *f, gconstpointer data)
{
  static const char * const paths[] = { "/list", "/moved", "/list" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *type = NULL;
      g_autoptr (GBytes) bytes = fetch (f, paths[i], &type, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "name\nHall\n", 10);
      g_assert_cmpstr (type, ==, "text/csv");
    }
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  static const struct { const char *path; SpError code; const char *word; } cases[] = {
    { "/404", SP_ERROR_NOT_FOUND, "nothing at this address" }, { "/410", SP_ERROR_NOT_FOUND, "nothing" },
    { "/401", SP_ERROR_DENIED, "not for everybody" },          { "/403", SP_ERROR_DENIED, "not for everybody" },
    { "/429", SP_ERROR_SERVER, "busy" },                       { "/503", SP_ERROR_SERVER, "busy" },
    { "/500", SP_ERROR_SERVER, "500" },                        { "/large", SP_ERROR_SERVER, "more than" },
    { "/round", SP_ERROR_SERVER, "round and round" },          { "/away", SP_ERROR_DENIED, "not to be trusted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = fetch (f, cases[i].path, NULL, &error);

      g_assert_null (bytes);
      g_assert_error (error, SP_ERROR, (int) cases[i].code);
      if (strstr (error->message, cases[i].word) == NULL || !g_str_has_prefix (error->message, "127.0.0.1: "))
        g_error ("%s: “%s” does not say “%s”", cases[i].path, error->message, cases[i].word);
    }
}

static void
test_nobody (Fixture *f, gconstpointer data)
{
  static const char * const wrong[] = { "ftp://example.org/", "example.org", "http:///x", "https://", "", "file:///etc/passwd" };
  g_autoptr (GError) error = NULL, given_up = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) none = sp_fetcher_fetch_bytes (f->fetcher, "http://127.0.0.1:1/", 1000, NULL, NULL, &error), cancelled = NULL;
  g_autofree char *url = g_strconcat (f->base, "/list", NULL);

  g_assert_null (none);
  g_assert_error (error, SP_ERROR, SP_ERROR_UNREACHABLE);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refused = NULL;
      g_autoptr (GBytes) bytes = sp_fetcher_fetch_bytes (f->fetcher, wrong[i], 1000, NULL, NULL, &refused);

      g_assert_null (bytes);
      g_assert_error (refused, SP_ERROR, SP_ERROR_INVALID);
      g_assert_false (sp_fetcher_is_address (wrong[i]));
    }
  g_assert_true (sp_fetcher_is_address (url));
  g_cancellable_cancel (cancellable);
  cancelled = sp_fetcher_fetch_bytes (f->fetcher, url, 1000, NULL, cancellable, &given_up);
  g_assert_error (given_up, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/web-fetcher/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/web-fetcher/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/web-fetcher/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  return g_test_run ();
}
