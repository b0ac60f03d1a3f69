/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost-server: runs the server, or does the work beside it by subcommand. */
#include "sp-rights.h"
#include "sp-server.h"
#include "sp-user-command.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  char     *data;
  char     *listen;
  char     *database;
  char     *tls_certificate;
  char     *tls_key;
  gboolean  behind_proxy;
  GStrv     origins;
  gboolean  version;
  GStrv     words;
} Options;

typedef struct
{
  GMainLoop *loop;
  gboolean   failed;
} Run;

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  sp_server_stop_finish (SP_SERVER (source), result, NULL);
  g_main_loop_quit (data);
}

typedef struct
{
  SpServer  *server;
  GMainLoop *loop;
} Stop;

static gboolean
stop_cb (gpointer data)
{
  const Stop *stop = data;

  sp_server_stop_async (stop->server, stopped_cb, stop->loop);
  return G_SOURCE_REMOVE;
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  if (sp_server_start_finish (SP_SERVER (source), result, &error))
    {
      address = sp_server_get_address (SP_SERVER (source));
      g_print ("Signpost listens at %s\n", address);
      return;
    }
  g_printerr ("signpost-server: %s\n", error->message);
  run->failed = TRUE;
  g_main_loop_quit (run->loop);
}

/* Each feed that waits is an open file. */
static void
allow_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
serve (const Options *options, GError **error)
{
  SpServerOptions how = { options->listen != NULL ? options->listen : "127.0.0.1:5985", options->tls_certificate, options->tls_key,
                          options->behind_proxy, (const char *const *) options->origins, SP_SERVER_LIMITS };
  g_autoptr (SpServer) server = sp_server_new (options->data, &how, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { loop, FALSE };
  Stop stop = { server, loop };
  guint on_term, on_int;

  if (server == NULL)
    return FALSE;
  allow_files ();
  on_term = g_unix_signal_add (SIGTERM, stop_cb, &stop);
  on_int = g_unix_signal_add (SIGINT, stop_cb, &stop);
  sp_server_start_async (server, started_cb, &run);
  g_main_loop_run (loop);
  if (run.failed)
    {
      g_source_remove (on_term);
      g_source_remove (on_int);
      g_set_error_literal (error, SP_ERROR, SP_ERROR_FAILED, "It does not run");
    }
  return !run.failed;
}

static gboolean
run (const Options *options, GError **error)
{
  const char *const none[] = { NULL };
  const char *const *words = options->words != NULL ? (const char *const *) options->words : none;
  g_autofree char *design = NULL;

  if (words[0] != NULL && strcmp (words[0], "print-design-doc") == 0 && words[1] == NULL)
    {
      design = sp_rights_print_design_document ();
      g_print ("%s\n", design);
      return TRUE;
    }
  if (options->data == NULL)
    g_set_error_literal (error, SP_ERROR, SP_ERROR_USAGE, "Say where the data is: --data DIR");
  else if (words[0] == NULL)
    return serve (options, error);
  else if (strcmp (words[0], "user") == 0)
    return sp_user_command (options->data, options->database, words + 1, error);
  else if (strcmp (words[0], "create") == 0)
    return sp_create_command (options->data, words + 1, error);
  else
    g_set_error (error, SP_ERROR, SP_ERROR_USAGE, "There is no command “%s”; try --help", words[0]);
  return FALSE;
}

static void
clear_options (Options *options)
{
  g_free (options->data);
  g_free (options->listen);
  g_free (options->database);
  g_free (options->tls_certificate);
  g_free (options->tls_key);
  g_strfreev (options->origins);
  g_strfreev (options->words);
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Folder of databases and accounts", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Where to listen; 127.0.0.1:5985 unless told", "ADDRESS:PORT" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_certificate, "Certificate, PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, "Its private key, PEM", "FILE" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options->behind_proxy, "A proxy adds TLS and X-Forwarded-For", NULL },
    { "cors", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->origins, "A web site whose pages may ask; several times", "ORIGIN" },
    { "database", 0, 0, G_OPTION_ARG_STRING, &options->database, "user: where the roles count", "DB" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, "[user add|passwd|role|remove|list NAME ROLE… | create DB | print-design-doc]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good;

  setlocale (LC_ALL, "");
  signal (SIGPIPE, SIG_IGN);
  if (!parse (&options, &argc, &argv, &error))
    {
      g_printerr ("signpost-server: %s\n", error->message);
      clear_options (&options);
      return 2;
    }
  if (options.version)
    g_print ("signpost-server " SIGNPOST_SERVER_VERSION "\n");
  good = options.version || run (&options, &error);
  if (!good)
    g_printerr ("signpost-server: %s\n", error->message);
  clear_options (&options);
  return good ? 0 : g_error_matches (error, SP_ERROR, SP_ERROR_USAGE) ? 2 : 1;
}
