/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replicator and a server in a process of its own: a first pull with projection and full text beside the bare loop and
 * beside PouchDB, which builds no index; how long the index takes that both leave for later; a push beside PouchDB's; ten times as many documents; and how soon a write is on the
 * other side of a live feed. */
#include "sp-bare.h"
#include "sp-bench-server.h"
#include "sp-couch-peer.h"
#include "sp-projection.h"
#include "sp-replicator.h"
#include "sp-store-peer.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#define BYTES 1600   /* of a document */
#define WRITES 200   /* whose way is measured */
#define PAUSE_MS 20  /* between two */
#define REPEATS 5    /* of what takes about a second: in turns, and the fastest counts */

/* ── One call, waited for ── */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static SpStore *
open_store (const char *path)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  SpStore *store;

  sp_store_open_async (path, NULL, ended_cb, &result);
  store = sp_store_open_finish (wait_for (&result), &error);
  sp_bench_check (store != NULL, &error);
  g_object_unref (result);
  return store;
}

static void
close_store (SpStore *store)
{
  GAsyncResult *result = NULL;

  sp_store_close_async (store, ended_cb, &result);
  sp_store_close_finish (store, wait_for (&result), NULL);
  g_object_unref (result);
  g_object_unref (store);
}

static void
remove_store (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_remove (file);
    }
}

/* ── Pull and push ── */

static SpPeer *
open_database (SpBenchServer *server, const char *name)
{
  g_autofree char *url = g_strconcat (server->address, name, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = sp_couch_client_new (uri, "root", "root");

  return SP_PEER (sp_couch_peer_new (client));
}

static void
create_database (SpBenchServer *server, const char *name)
{
  g_autofree char *path = g_strconcat ("/", name, NULL);
  const int file = sp_bench_connect (server);

  sp_bench_send (file, "PUT", path, "");
  sp_bench_check (sp_bench_receive (file) == 201, NULL);
  g_close (file, NULL);
}

/* Seconds for one direction, all of @assets. */
static double
time_copy (SpPeer *from, SpPeer *to, guint assets)
{
  g_autoptr (SpReplicator) replicator = sp_replicator_new (from, to);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  const double start = sp_bench_now ();
  double seconds;

  sp_replicator_run_async (replicator, NULL, ended_cb, &result);
  wait_for (&result);
  seconds = sp_bench_now () - start;
  sp_bench_check (sp_replicator_run_finish (replicator, result, &error), &error);
  sp_bench_check (sp_replicator_get_counts (replicator)->written == assets, NULL);
  g_object_unref (result);
  return seconds;
}

static gpointer
catch_up (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_projection_is_behind (db) && sp_projection_catch_up (db, G_MAXINT64, error) ? db : NULL;
}

/* Seconds for the index that a first pull leaves to the store's tidying, which would begin some two seconds later. */
static double
time_rest (SpStore *store)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  const double start = sp_bench_now ();

  sp_store_write_async (store, catch_up, NULL, NULL, NULL, NULL, ended_cb, &result);
  sp_bench_check (sp_store_call_finish (store, wait_for (&result), &error) != NULL, &error);
  g_object_unref (result);
  return sp_bench_now () - start;
}

/* @rest: seconds for what it left for later. @pushed: (nullable): seconds for the way to the empty database @back */
static double
time_pull (SpBenchServer *server, const char *name, guint assets, double *rest, const char *back, double *pushed)
{
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "sync.db", NULL);
  g_autoptr (SpPeer) there = open_database (server, name);
  g_autoptr (SpPeer) empty = back != NULL ? open_database (server, back) : NULL;
  g_autoptr (SpStorePeer) here = NULL;
  SpStore *store;
  double seconds;

  remove_store (path);
  store = open_store (path);
  here = sp_store_peer_new (store, TRUE);
  sp_store_peer_set_lasts (here, FALSE); /* as the program does with a server */
  seconds = time_copy (there, SP_PEER (here), assets);
  *rest = time_rest (store);
  if (empty != NULL)
    *pushed = time_copy (SP_PEER (here), empty, assets);
  close_store (store);
  remove_store (path);
  return seconds;
}

static double
time_bare (const char *ready, guint assets)
{
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "sync-bare.db", NULL);
  g_autoptr (GError) error = NULL;
  SpDb *db;
  SpBare *bare;
  double start, seconds;

  remove_store (path);
  db = sp_db_open (path, SP_DB_WRITE, &error);
  sp_bench_check (db != NULL && sp_db_set_lasting (db, FALSE, &error), &error); /* as a pull */
  bare = sp_bare_new (db, ready);
  sp_bare_load (bare, 1, assets, SP_BARE_DOCUMENT | SP_BARE_PROJECTION);
  start = sp_bench_now ();
  sp_bench_check (sp_db_begin (db, &error), &error);
  sp_bare_write (bare, 1, assets);
  sp_bare_write_words (bare);
  sp_bench_check (sp_db_commit (db, &error), &error);
  seconds = sp_bench_now () - start;
  sp_bare_free (bare);
  sp_db_close (db);
  remove_store (path);
  return seconds;
}

/* Seconds of PouchDB for the same pull and push, to the empty database @back; whether it could be had. */
static gboolean
time_pouch (SpBenchServer *server, const char *back, double *pulled, double *pushed)
{
  g_autofree char *from = g_strconcat (server->address, "full", NULL);
  g_autofree char *to = g_strconcat (server->address, back, NULL);
  g_autofree char *mark = g_build_filename (g_getenv ("SIGNPOST_PEERS"), "fetched", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) node = NULL;
  double walls[2], works[2];

  if (g_file_test (mark, G_FILE_TEST_EXISTS))
    node = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "node", g_getenv ("SIGNPOST_POUCH"), from, to, NULL);
  if (node == NULL)
    return FALSE;
  sp_bench_check (g_subprocess_communicate_utf8 (node, NULL, NULL, &text, NULL, NULL) && g_subprocess_get_successful (node)
                  && sscanf (text, "%lf %lf %lf %lf", &walls[0], &works[0], &walls[1], &works[1]) == 4, NULL);
  *pulled = sp_bench_is_by_processor () ? works[0] : walls[0];
  *pushed = sp_bench_is_by_processor () ? works[1] : walls[1];
  return TRUE;
}

/* Seconds of the first pull, of what it leaves for later and of the push of ours, of the bare loop and of PouchDB. */
typedef struct
{
  double pulled, rest, pushed, bare, pouch_pulled, pouch_pushed;
  gboolean has_pouch;
} Copies;

static void
measure_turn (Copies *copies, SpBenchServer *server, const char *ready, guint assets, guint turn)
{
  g_autofree char *ours = g_strdup_printf ("ours%u", turn), *theirs = g_strdup_printf ("theirs%u", turn);
  double pulled, rest, pushed = G_MAXDOUBLE;

  create_database (server, ours);
  create_database (server, theirs);
  pulled = time_pull (server, "full", assets, &rest, ours, &pushed);
  copies->pulled = MIN (copies->pulled, pulled);
  copies->rest = MIN (copies->rest, rest);
  copies->pushed = MIN (copies->pushed, pushed);
  copies->bare = MIN (copies->bare, time_bare (ready, assets));
  copies->has_pouch = time_pouch (server, theirs, &pulled, &pushed);
  if (!copies->has_pouch)
    return;
  copies->pouch_pulled = MIN (copies->pouch_pulled, pulled);
  copies->pouch_pushed = MIN (copies->pouch_pushed, pushed);
}

/* In turns, and the middle of each counts: the quiet moment of a machine that the fastest of some short pulls finds is not long
 * enough for one of ten times as many. */
static gboolean
measure_growth (SpBenchServer *server, guint assets)
{
  double once[REPEATS], tenfold[REPEATS], rest;

  for (guint i = 0; i < REPEATS; i++)
    {
      once[i] = time_pull (server, "full", assets, &rest, NULL, NULL);
      tenfold[i] = time_pull (server, "tenfold", 10 * assets, &rest, NULL, NULL);
    }
  g_print ("# the index of what is near, for ten times as many: %.2f s\n", rest);
  return sp_bench_report ("first pull of ten times as many", sp_bench_percentile (tenfold, REPEATS, 0.5),
                          sp_bench_percentile (once, REPEATS, 0.5), 13, "s ");
}

static gboolean
measure_copies (guint assets)
{
  g_autofree char *ready = sp_bench_documents (assets, BYTES);
  g_autofree char *large = sp_bench_documents (10 * assets, BYTES);
  g_autoptr (SpBenchServer) server = sp_bench_server_new ("sync-server");
  g_autofree char *full = sp_bench_server_path (server, "full");
  g_autofree char *tenfold = sp_bench_server_path (server, "tenfold");
  Copies copies = { G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE, FALSE };
  gboolean fine;

  sp_bench_copy (ready, full);
  sp_bench_copy (large, tenfold);
  sync (); /* the disk has nothing of them left to write */
  sp_bench_server_start (server);
  for (guint i = 0; i < REPEATS; i++)
    measure_turn (&copies, server, ready, assets, i);
  fine = sp_bench_report ("first pull, beside the bare loop", copies.pulled, copies.bare, 1 / 0.6, "s ");
  g_print ("# the index of what is near, that both leave for later: %.2f s\n", copies.rest);
  if (copies.has_pouch)
    {
      fine &= sp_bench_report ("first pull, beside PouchDB", copies.pulled, copies.pouch_pulled, 1 / 2.0, "s ");
      fine &= sp_bench_report ("first push, beside PouchDB", copies.pushed, copies.pouch_pushed, 1 / 5.0, "s ");
    }
  else
    g_print ("# PouchDB is not here (./dev test fetches it): pull %.2f s, push %.2f s\n", copies.pulled, copies.pushed);
  return measure_growth (server, assets) && fine;
}

/* ── Live ── */

typedef struct
{
  char    *awaited; /* document id */
  gboolean arrived;
} Watch;

static void
changed_cb (SpStore *store, GStrv ids, Watch *watch)
{
  watch->arrived |= watch->awaited != NULL && g_strv_contains ((const char *const *) ids, watch->awaited);
}

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pause_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, wake_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Milliseconds from a write on the server until the store on the other side has it. */
static double
time_write (int file, Watch *watch, const char *prefix, guint number)
{
  g_autofree char *id = g_strdup_printf ("asset:%s-%u", prefix, number);
  g_autofree char *path = g_strdup_printf ("/live/%s", id);
  const gint64 start = g_get_monotonic_time ();

  watch->awaited = id;
  watch->arrived = FALSE;
  sp_bench_send (file, "PUT", path, "{\"type\":\"asset\",\"schema\":1,\"kind\":\"group\",\"name\":\"Lunch club\",\"categories\":[\"food\"]}");
  while (!watch->arrived)
    g_main_context_iteration (NULL, TRUE);
  watch->awaited = NULL;
  sp_bench_check (sp_bench_receive (file) == 201, NULL);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static gboolean
measure_writes (SpBenchServer *server, Watch *watch, const char *prefix, const char *when)
{
  g_autofree char *middle = g_strdup_printf ("live write, %s: median", when);
  g_autofree char *most = g_strdup_printf ("live write, %s: 95 of 100", when);
  const int file = sp_bench_connect (server);
  double times[WRITES];
  gboolean fine;

  for (guint i = 0; i < WRITES; i++)
    {
      times[i] = time_write (file, watch, prefix, i);
      pause_ms (PAUSE_MS);
    }
  g_close (file, NULL);
  fine = sp_bench_bound (middle, sp_bench_percentile (times, WRITES, 0.5), 30, "ms");
  return sp_bench_bound (most, sp_bench_percentile (times, WRITES, 0.95), 100, "ms") && fine;
}

/* Another laptop brings many to the same database. */
static GSubprocess *
begin_import (SpBenchServer *server, guint assets)
{
  g_autofree char *ready = sp_bench_documents (assets, BYTES);
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "sync-import.db", NULL);
  g_autofree char *url = g_strconcat (server->address, "live", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *import;

  remove_store (path);
  sp_bench_copy (ready, path);
  g_subprocess_launcher_setenv (launcher, "SIGNPOST_PASSWORD", "root", TRUE);
  import = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("SIGNPOST"), "sync", "--store", path, "--user", "root", url, NULL);
  sp_bench_check (import != NULL, &error);
  return import;
}

static gboolean
measure_live (guint assets)
{
  g_autoptr (SpBenchServer) server = sp_bench_server_new ("live-server");
  g_autofree char *path = g_build_filename (SP_BENCH_FOLDER, "live.db", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SpReplicator) replicator = NULL;
  g_autoptr (SpStorePeer) here = NULL;
  g_autoptr (SpPeer) there = NULL;
  GAsyncResult *result = NULL;
  SpStore *store;
  Watch watch = { NULL, FALSE };
  gboolean fine;

  sp_bench_server_start (server);
  create_database (server, "live");
  remove_store (path);
  store = open_store (path);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &watch);
  here = sp_store_peer_new (store, TRUE);
  sp_store_peer_set_lasts (here, FALSE); /* as the program does with a server */
  there = open_database (server, "live");
  replicator = sp_replicator_new (there, SP_PEER (here));
  sp_replicator_set_live (replicator, TRUE);
  sp_replicator_run_async (replicator, cancellable, ended_cb, &result);
  fine = measure_writes (server, &watch, "quiet", "quiet");
  {
    g_autoptr (GSubprocess) import = begin_import (server, assets);

    fine = measure_writes (server, &watch, "busy", "during an import") && fine;
    g_subprocess_wait (import, NULL, NULL);
    sp_bench_check (g_subprocess_get_successful (import), NULL);
  }
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_object_unref (result);
  close_store (store);
  remove_store (path);
  return fine;
}

int
main (int argc, char **argv)
{
  const guint assets = sp_bench_options (argc, argv, 10000);
  gboolean fine = measure_copies (assets);

  fine = measure_live (assets) && fine;
  return !fine;
}
