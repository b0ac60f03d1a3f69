/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost sync: both ways between the store and another one, so that they agree. */
#include "sp-cli.h"

#include "sp-cli-output.h"
#include "sp-replicator.h"
#include "sp-store-peer.h"

#include <glib/gi18n.h>

/* One call, waited for: a subcommand has nothing else to do meanwhile. */
typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
} Wait;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  if (wait->result == NULL)
    g_main_loop_run (wait->loop);
  return g_steal_pointer (&wait->result);
}

static SpStore *
open_store (Wait *wait, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sp_store_open_async (path, NULL, ended_cb, wait);
  result = wait_for (wait);
  return sp_store_open_finish (result, error);
}

static gboolean
close_store (Wait *wait, SpStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (store == NULL)
    return TRUE;
  sp_store_close_async (store, ended_cb, wait);
  result = wait_for (wait);
  return sp_store_close_finish (store, result, error);
}

static void
tell_refused (SpReplicator *replicator)
{
  GPtrArray *refused = sp_replicator_get_refused (replicator);

  for (guint i = 0; i < refused->len; i++)
    {
      const SpPeerDocument *document = g_ptr_array_index (refused, i);

      sp_cli_tell (_("%s was refused: %s\n"), document->id, document->error->message);
    }
}

static gboolean
copy (Wait *wait, SpPeer *from, SpPeer *to, SpReplicatorCounts *counts, GError **error)
{
  g_autoptr (SpReplicator) replicator = sp_replicator_new (from, to);
  g_autoptr (GAsyncResult) result = NULL;

  sp_replicator_run_async (replicator, NULL, ended_cb, wait);
  result = wait_for (wait);
  *counts = *sp_replicator_get_counts (replicator);
  tell_refused (replicator);
  return sp_replicator_run_finish (replicator, result, error);
}

/* What others did comes first, so that a merge goes out with the rest. */
static gboolean
copy_both_ways (Wait *wait, SpStore *store, SpStore *other, GError **error)
{
  g_autoptr (SpStorePeer) here = sp_store_peer_new (store, TRUE);
  g_autoptr (SpStorePeer) there = sp_store_peer_new (other, TRUE);
  SpReplicatorCounts in, out;

  if (!copy (wait, SP_PEER (there), SP_PEER (here), &in, error) || !copy (wait, SP_PEER (here), SP_PEER (there), &out, error))
    return FALSE;
  sp_cli_print (ngettext ("%u change received\n", "%u changes received\n", in.written), in.written);
  sp_cli_print (ngettext ("%u change sent\n", "%u changes sent\n", out.written), out.written);
  return TRUE;
}

static gboolean
sync_with_file (SpCliCall *call, const char *path, GError **error)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL };
  g_autoptr (SpStore) store = open_store (&wait, call->store, error);
  g_autoptr (SpStore) other = store != NULL ? open_store (&wait, path, error) : NULL;
  gboolean done = other != NULL && copy_both_ways (&wait, store, other, error);
  gboolean closed = close_store (&wait, other, done ? error : NULL);

  closed = close_store (&wait, store, done && closed ? error : NULL) && closed;
  g_main_loop_unref (wait.loop);
  return done && closed;
}

/**
 * sp_cli_sync:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Exchanges what is new with another store, which is made if it is not there: a memory stick is a network too.
 *
 * Returns: whether both have all that the other had, but for what was refused and named
 */
gboolean
sp_cli_sync (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  if (!sp_cli_parse (call, context, argv, 1, 1, error) || !sp_cli_make_folder (call, error))
    return FALSE;
  if (g_uri_is_valid (call->rest[0], G_URI_FLAGS_NONE, NULL))
    {
      g_set_error (error, SP_ERROR, SP_ERROR_UNSUPPORTED, _("%s: this version syncs with files only"), call->rest[0]);
      return FALSE;
    }
  return sync_with_file (call, call->rest[0], error);
}
