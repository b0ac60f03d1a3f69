/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server in a process of its own: what a thousand idle feeds cost and how soon all hear of a write, batches of documents
 * beside the bare loop with the same durability, and single documents a second. */
#include "sp-bare.h"
#include "sp-bench-server.h"
#include "sp-generate.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define FEEDS 1000
#define BATCH 100        /* documents of one _bulk_docs */
#define CONNECTIONS 4    /* that ask for documents at the same time */

static void
ask (SpBenchServer *server, const char *method, const char *path, const char *body, guint status)
{
  const int file = sp_bench_connect (server);

  sp_bench_send (file, method, path, body);
  sp_bench_check (sp_bench_receive (file) == status, NULL);
  g_close (file, NULL);
}

/* ── Feeds ── */

/* Reads what is there until @needle came; a part of it may be in @seen from the last time. */
static gboolean
read_until (int file, GString *seen, const char *needle)
{
  char buffer[4096];
  const gssize n = read (file, buffer, sizeof buffer);

  sp_bench_check (n > 0, NULL);
  g_string_append_len (seen, buffer, n);
  return strstr (seen->str, needle) != NULL;
}

/* Waits until @needle came to all; what came before is forgotten. */
static void
await_all (struct pollfd *feeds, const char *needle)
{
  GString *seen[FEEDS];
  guint left = FEEDS;

  for (guint i = 0; i < FEEDS; i++)
    {
      seen[i] = g_string_new (NULL);
      feeds[i].events = POLLIN;
    }
  while (left > 0)
    {
      sp_bench_check (poll (feeds, FEEDS, 30000) > 0, NULL);
      for (guint i = 0; i < FEEDS; i++)
        if (feeds[i].events != 0 && feeds[i].revents != 0 && read_until (feeds[i].fd, seen[i], needle))
          {
            feeds[i].events = 0;
            left--;
          }
    }
  for (guint i = 0; i < FEEDS; i++)
    g_string_free (seen[i], TRUE);
}

static gboolean
measure_feeds (SpBenchServer *server)
{
  g_autofree struct pollfd *feeds = g_new0 (struct pollfd, FEEDS);
  double before, heard;
  gint64 start;
  gboolean fine;

  ask (server, "PUT", "/feeds", "", 201);
  ask (server, "PUT", "/feeds/first", "{}", 201);
  before = sp_bench_server_memory (server);
  for (guint i = 0; i < FEEDS; i++)
    {
      feeds[i].fd = sp_bench_connect (server);
      sp_bench_send (feeds[i].fd, "GET", "/feeds/_changes?feed=continuous&heartbeat=60000&since=now", NULL);
    }
  await_all (feeds, "\r\n\r\n");
  fine = sp_bench_bound ("1,000 idle feeds, resident", sp_bench_server_memory (server) - before, 32, "MiB");
  start = g_get_monotonic_time ();
  ask (server, "PUT", "/feeds/second", "{}", 201);
  await_all (feeds, "second");
  heard = (double) (g_get_monotonic_time () - start) / 1e6;
  for (guint i = 0; i < FEEDS; i++)
    g_close (feeds[i].fd, NULL);
  return sp_bench_bound ("a write reaches 1,000 feeds", heard, 1, "s  ") && fine;
}

/* ── Batches ── */

static char *
make_batch (SpGenerator *generator, guint first)
{
  GString *out = g_string_new ("{\"docs\":[");

  for (guint i = first; i < first + BATCH; i++)
    {
      char id[43];
      gsize start;

      sp_generator_id (i, id);
      g_string_append_printf (out, "%s{\"_id\":\"%s\",", i > first ? "," : "", id);
      start = out->len;
      sp_generator_append (generator, i, out);
      g_string_erase (out, (gssize) start, 1); /* its opening brace */
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static double
time_batches (SpBenchServer *server, guint assets)
{
  g_autoptr (SpGenerator) generator = sp_generator_new ();
  const int file = sp_bench_connect (server);
  double seconds = 0;

  ask (server, "PUT", "/batches", "", 201);
  for (guint first = 0; first < assets; first += BATCH)
    {
      g_autofree char *body = make_batch (generator, first);
      const double start = sp_bench_server_now (server);

      sp_bench_send (file, "POST", "/batches/_bulk_docs", body);
      sp_bench_check (sp_bench_receive (file) == 201, NULL);
      seconds += sp_bench_server_now (server) - start;
    }
  g_close (file, NULL);
  return seconds;
}

/* The same rows in the same batches, each durable before the next. A server has no projection, which is in @parts only to tell
 * what a store for searching would cost. */
static double
time_bare (const char *ready, guint assets, SpBareParts parts)
{
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "server-bare.db", NULL);
  g_autoptr (GError) error = NULL;
  SpDb *db;
  SpBare *bare;
  double seconds = 0;

  g_remove (path);
  db = sp_db_open (path, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL, &error);
  bare = sp_bare_new (db, ready);
  for (guint first = 1; first <= assets; first += BATCH)
    {
      double start;

      sp_bare_load (bare, first, BATCH, parts);
      start = sp_bench_now ();
      sp_bench_check (sp_db_begin (db, &error), &error);
      sp_bare_write (bare, first, BATCH);
      sp_bench_check (sp_db_commit (db, &error), &error);
      seconds += sp_bench_now () - start;
    }
  sp_bare_free (bare);
  sp_db_close (db);
  g_remove (path);
  return seconds;
}

/* ── Single documents ── */

/* Microseconds for one. */
static double
time_reads (SpBenchServer *server, guint assets)
{
  int files[CONNECTIONS];
  double start;
  guint i;

  for (i = 0; i < CONNECTIONS; i++)
    files[i] = sp_bench_connect (server);
  start = sp_bench_server_now (server);
  for (i = 0; i < assets; i += CONNECTIONS)
    {
      for (guint j = 0; j < CONNECTIONS; j++)
        {
          g_autofree char *path = NULL;
          char id[43];

          sp_generator_id ((i + j) * 397 % assets, id);
          path = g_strconcat ("/batches/", id, NULL);
          sp_bench_send (files[j], "GET", path, NULL);
        }
      for (guint j = 0; j < CONNECTIONS; j++)
        sp_bench_check (sp_bench_receive (files[j]) == 200, NULL);
    }
  start = sp_bench_server_now (server) - start;
  for (guint j = 0; j < CONNECTIONS; j++)
    g_close (files[j], NULL);
  return start / i * 1e6;
}

/* As many files as the system allows: each feed is one. */
static void
allow_files (void)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char **argv)
{
  const guint assets = (sp_bench_options (argc, argv, 10000) + BATCH - 1) / BATCH * BATCH;
  g_autofree char *ready = sp_bench_store (assets);
  g_autoptr (SpBenchServer) server = sp_bench_server_new ("server-server");
  gboolean fine;
  double batches;

  sp_bench_server_start (server);
  allow_files ();
  batches = time_batches (server, assets);
  fine = sp_bench_report ("_bulk_docs of 100, beside the bare loop", batches, time_bare (ready, assets, SP_BARE_DOCUMENT), 2, "s ");
  fine = sp_bench_report ("the same, beside a bare loop that projects too", batches, time_bare (ready, assets, SP_BARE_DOCUMENT | SP_BARE_PROJECTION | SP_BARE_NEAR), 2, "s ") && fine;
  fine = sp_bench_bound ("GET of a document (200 µs: 5,000 a second)", time_reads (server, assets), 200, "µs") && fine;
  return !(measure_feeds (server) && fine); /* last: a thousand readers that are gone are noticed at their next heartbeat only */
}
