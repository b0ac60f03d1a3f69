/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost sync --live: keeps the store and a server alike until somebody stops it, and says on standard output how it is
 * doing, a line for each change. */
#include "sp-cli-live.h"

#include "sp-cli-output.h"
#include "sp-couch-peer.h"
#include "sp-store-peer.h"
#include "sp-sync.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define LOOK_S 2 /* how often it is looked whether another program wrote to the store */

/* What is told while it runs. */
typedef struct
{
  GMainLoop  *loop;
  SpSync     *sync;
  char       *told;    /* nullable: the last that was told */
} Live;

static gboolean
stop_cb (gpointer data)
{
  Live *live = data;

  g_main_loop_quit (live->loop);
  return G_SOURCE_CONTINUE;
}

/* @text: (transfer full). Told once, until there is something else to tell. */
static void
tell (Live *live, char *text)
{
  if (g_strcmp0 (live->told, text) != 0)
    sp_cli_print ("%s\n", text);
  g_free (live->told);
  live->told = text;
  sp_cli_flush ();
}

static void
state_cb (SpSync *sync, GParamSpec *pspec, Live *live)
{
  const SpSyncState state = sp_sync_get_state (sync);
  const GError *problem = sp_sync_get_problem (sync);

  if (problem != NULL && state == SP_SYNC_OFFLINE)
    tell (live, g_strdup_printf (_("offline: %s"), problem->message));
  else if (problem != NULL && state == SP_SYNC_REFUSED)
    tell (live, g_strdup_printf (_("refused: %s"), problem->message));
  else if (state == SP_SYNC_SYNCED)
    tell (live, g_strdup_printf (_("synced: %u received, %u sent, %u refused"), sp_sync_get_received (sync),
                                 sp_sync_get_sent (sync), sp_sync_get_refused (sync)));
}

/* Not every file system tells of changes, and SQLite may put its log away and make another one. */
static gboolean
look_cb (gpointer store)
{
  sp_store_look (store);
  return G_SOURCE_CONTINUE;
}

/* Whoever writes to the store in another program does so through this file. */
static GFileMonitor *
watch_file (SpStore *store)
{
  g_autofree char *path = g_strconcat (sp_store_get_path (store), "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);

  if (monitor != NULL)
    g_signal_connect_object (monitor, "changed", G_CALLBACK (sp_store_look), store, G_CONNECT_SWAPPED);
  return monitor;
}

/**
 * sp_cli_live:
 * @loop: runs meanwhile
 * @store: this store
 * @there: the server
 * @address: the server's address
 * @error: not used: what goes wrong is told, and tried again
 *
 * Keeps both alike until the program gets a signal to end.
 *
 * Returns: %TRUE
 */
gboolean
sp_cli_live (GMainLoop *loop, SpStore *store, SpPeer *there, const char *address, GError **error)
{
  g_autoptr (SpStorePeer) here = sp_store_peer_new (store, TRUE);
  g_autoptr (SpSync) sync = sp_sync_new (SP_PEER (here), there, address);
  Live live = { .loop = loop, .sync = sync };
  const guint sources[] = { g_unix_signal_add (SIGINT, stop_cb, &live), g_unix_signal_add (SIGTERM, stop_cb, &live),
                            g_timeout_add_seconds (LOOK_S, look_cb, store) };
  g_autoptr (GFileMonitor) monitor = watch_file (store);

  sp_store_peer_set_lasts (here, !SP_IS_COUCH_PEER (there));
  sp_sync_set_monitor (sync, g_network_monitor_get_default ());
  g_signal_connect (sync, "notify::state", G_CALLBACK (state_cb), &live);
  sp_sync_start (sync);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (sync, &live);
  sp_sync_stop (sync);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  g_free (live.told);
  return TRUE;
}
