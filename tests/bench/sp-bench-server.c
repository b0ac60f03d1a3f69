/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server to measure, in a process of its own, and the plainest client there can be: a socket and a few lines of HTTP. */
#include "sp-bench-server.h"

#include "sp-accounts.h"
#include "sp-databases.h"
#include "sp-generate.h"
#include "sp-passwords.h"
#include "sp-server.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

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

/* A server that does not run yet, in an empty folder of the build folder. */
SpBenchServer *
sp_bench_server_new (const char *name)
{
  static const char *const roles[] = { "admin", NULL };
  SpBenchServer *self = g_new0 (SpBenchServer, 1);
  g_autofree char *accounts_path = NULL;
  g_autofree char *hash = sp_passwords_hash ("root", NULL);
  g_autoptr (GError) error = NULL;
  SpAccounts *accounts;

  self->folder = g_build_filename (SP_BENCH_FOLDER, name, NULL);
  remove_tree (self->folder);
  sp_bench_check (g_mkdir (self->folder, 0700) == 0, NULL);
  accounts_path = sp_server_make_accounts_path (self->folder);
  accounts = sp_accounts_load (accounts_path, &error);
  sp_bench_check (accounts != NULL, &error);
  sp_accounts_set_password (accounts, "root", hash);
  sp_accounts_set_roles (accounts, "root", SP_ACCOUNTS_SERVER, roles);
  sp_bench_check (sp_accounts_save (accounts, accounts_path, &error), &error);
  sp_accounts_free (accounts);
  return self;
}

/* The file of a database. */
char *
sp_bench_server_path (SpBenchServer *self, const char *database)
{
  return sp_databases_make_path (self->folder, database);
}

/* Starts the server; as behind a proxy, so that one address may have many connections. */
void
sp_bench_server_start (SpBenchServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  const char *url;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("SIGNPOST_SERVER"), "--data", self->folder,
                                    "--listen", "127.0.0.1:0", "--behind-proxy", NULL);
  sp_bench_check (self->process != NULL, &error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  url = line != NULL ? strstr (line, "http://") : NULL;
  sp_bench_check (url != NULL, &error);
  self->address = g_strdup (url);
  self->port = (guint16) atoi (strrchr (url, ':') + 1);
  self->pid = atoi (g_subprocess_get_identifier (self->process));
}

/* Seconds as sp_bench_now() counts them, but with --cpu those of the server. */
double
sp_bench_server_now (SpBenchServer *self)
{
  return sp_bench_now_of (self->pid);
}

/* MiB of the server that are in memory. */
double
sp_bench_server_memory (SpBenchServer *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", self->pid);
  g_autofree char *text = NULL;
  const char *line;

  sp_bench_check (g_file_get_contents (path, &text, NULL, NULL), NULL);
  line = strstr (text, "VmRSS:");
  sp_bench_check (line != NULL, NULL);
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

void
sp_bench_server_free (SpBenchServer *self)
{
  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      g_subprocess_wait (self->process, NULL, NULL);
      g_object_unref (self->process);
    }
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->address);
  g_free (self);
}

/* ── The plainest client ── */

/* A connection. */
int
sp_bench_connect (SpBenchServer *self)
{
  const struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (self->port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  const int file = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

  sp_bench_check (file >= 0 && connect (file, (const struct sockaddr *) &address, sizeof address) == 0, NULL);
  setsockopt (file, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return file;
}

/* Sends a request; @body may be NULL. */
void
sp_bench_send (int file, const char *method, const char *path, const char *body)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Basic cm9vdDpyb290\r\nContent-Type: application/json\r\n", method, path);
  if (body != NULL)
    g_string_append_printf (text, "Content-Length: %zu\r\n\r\n%s", strlen (body), body);
  else
    g_string_append (text, "\r\n");
  sp_bench_check (write (file, text->str, text->len) == (gssize) text->len, NULL);
}

/* Waits for the answer to it, which has a Content-Length; gives its status. */
guint
sp_bench_receive (int file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[16384];
  const char *end, *length;
  gsize wanted = G_MAXSIZE;

  while (text->len < wanted)
    {
      const gssize n = read (file, buffer, sizeof buffer);

      sp_bench_check (n > 0, NULL);
      g_string_append_len (text, buffer, n);
      end = wanted == G_MAXSIZE ? strstr (text->str, "\r\n\r\n") : NULL;
      if (end == NULL)
        continue;
      length = strstr (text->str, "Content-Length: ");
      sp_bench_check (length != NULL && length < end, NULL);
      wanted = (gsize) (end + 4 - text->str) + strtoul (length + strlen ("Content-Length: "), NULL, 10);
    }
  return (guint) atoi (text->str + strlen ("HTTP/1.1 "));
}

/* ── Documents ── */

/* A store as sp_bench_store() makes it, whose documents have @bytes on average or a few more; made once. */
char *
sp_bench_documents (guint assets, guint bytes)
{
  g_autofree char *ready = sp_bench_store (assets);
  g_autofree char *path = g_strdup_printf ("%s-%u", ready, bytes);
  g_autofree char *unfinished = g_strconcat (path, ".new", NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE rev SET body = json_set (body, '$.note', substr (hex (zeroblob (%u)), 1, max (1, %u - length (body) - 10)))", bytes, bytes);
  g_autoptr (GError) error = NULL;
  SpDb *db;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  sp_bench_copy (ready, unfinished);
  db = sp_db_open (unfinished, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL && sp_db_exec (db, sql, &error) && sp_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", &error), &error);
  sp_db_close (db);
  sp_bench_check (g_rename (unfinished, path) == 0, NULL);
  return g_steal_pointer (&path);
}
