/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signpost sync: both ways between the store and another one, a file or a database on a server, so that they agree; once, or
 * for as long as it runs. */
#include "sp-cli.h"

#include "sp-cli-live.h"
#include "sp-cli-output.h"
#include "sp-couch-address.h"
#include "sp-couch-peer.h"
#include "sp-projection.h"
#include "sp-replicator.h"
#include "sp-store-peer.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the arguments said. */
typedef struct
{
  char    *user;      /* nullable */
  char    *authority; /* nullable; path of a PEM file */
  gboolean live;
  GUri    *address;   /* nullable: it is a file */
} Options;

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

/* @in: whether it brings what others did */
static gboolean
copy (Wait *wait, SpPeer *from, SpPeer *to, gboolean in, SpReplicatorCounts *counts, GError **error)
{
  g_autoptr (SpReplicator) replicator = sp_replicator_new (from, to);
  g_autoptr (GAsyncResult) result = NULL;

  sp_replicator_set_may_skip (replicator, in);
  sp_replicator_set_passing (replicator, !SP_IS_COUCH_PEER (to));
  sp_replicator_run_async (replicator, NULL, ended_cb, wait);
  result = wait_for (wait);
  *counts = *sp_replicator_get_counts (replicator);
  tell_refused (replicator);
  return sp_replicator_run_finish (replicator, result, error);
}

static gpointer
catch_up (SpDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return sp_projection_catch_up (db, G_MAXINT64, error) ? db : NULL;
}

/* What a first pull left for later is done before the store is closed: this program will not be there then. What fails is left to
 * the next one that opens it. */
static void
complete (SpStore *store)
{
  sp_store_write_async (store, catch_up, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* What others did comes first, so that a merge goes out with the rest. */
static gboolean
copy_both_ways (Wait *wait, SpStore *store, SpPeer *there, GError **error)
{
  g_autoptr (SpStorePeer) here = sp_store_peer_new (store, TRUE);
  SpReplicatorCounts in, out;

  sp_store_peer_set_lasts (here, !SP_IS_COUCH_PEER (there));
  if (!copy (wait, there, SP_PEER (here), TRUE, &in, error) || !copy (wait, SP_PEER (here), there, FALSE, &out, error))
    return FALSE;
  complete (store);
  sp_cli_print (ngettext ("%u change received\n", "%u changes received\n", in.written), in.written);
  sp_cli_print (ngettext ("%u change sent\n", "%u changes sent\n", out.written), out.written);
  return TRUE;
}

static gboolean
sync_with_file (Wait *wait, SpStore *store, const char *path, GError **error)
{
  g_autoptr (SpStore) other = open_store (wait, path, error);
  g_autoptr (SpStorePeer) there = other != NULL ? sp_store_peer_new (other, TRUE) : NULL;
  gboolean done = other != NULL && copy_both_ways (wait, store, SP_PEER (there), error);

  if (done)
    complete (other);
  return close_store (wait, other, done ? error : NULL) && done;
}

/* A name and a password in the address would end up in the shell's history: they have their own ways in. They go nowhere where
 * others can read them on the way. */
static gboolean
check_address (GUri *address, const char *user, GError **error)
{
  const char *scheme = g_uri_get_scheme (address);

  if (g_uri_get_userinfo (address) != NULL)
    return sp_cli_usage (error, _("Name and password do not belong into the address; see “man signpost-sync”"));
  if (user != NULL && g_str_equal (scheme, "http") && !sp_couch_address_is_safe (address))
    return sp_cli_usage (error, _("The address begins with https://, so that nobody on the way reads the password"));
  if (g_str_equal (scheme, "https") || g_str_equal (scheme, "http"))
    return TRUE;
  return sp_cli_usage (error, _("“%s” is no address of a server: it begins with https:// or http://"), scheme);
}

static gboolean
sync_with_server (Wait *wait, SpStore *store, const Options *options, GError **error)
{
  g_autoptr (SpCouchClient) client = sp_couch_client_new (options->address, options->user, g_getenv ("SIGNPOST_PASSWORD"));
  g_autoptr (SpCouchPeer) there = NULL;

  if (options->authority != NULL && !sp_couch_client_set_authority (client, options->authority, error))
    return FALSE;
  there = sp_couch_peer_new (client);
  if (!options->live)
    return copy_both_ways (wait, store, SP_PEER (there), error);
  return sp_cli_live (wait->loop, store, SP_PEER (there), sp_couch_client_get_address (client), error);
}

static gboolean
sync_store (SpCliCall *call, const Options *options, GError **error)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL };
  g_autoptr (SpStore) store = open_store (&wait, call->store, error);
  gboolean done;

  done = store != NULL
         && (options->address != NULL ? sync_with_server (&wait, store, options, error)
                                      : sync_with_file (&wait, store, call->rest[0], error));
  done = close_store (&wait, store, done ? error : NULL) && done;
  g_main_loop_unref (wait.loop);
  return done;
}

static void
clear_options (Options *options)
{
  g_free (options->user);
  g_free (options->authority);
  g_clear_pointer (&options->address, g_uri_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

/* Whether what was asked for makes sense together. */
static gboolean
check_options (Options *options, const char *where, GError **error)
{
  if (strstr (where, "://") != NULL)
    {
      options->address = g_uri_parse (where, G_URI_FLAGS_ENCODED, error);
      return options->address != NULL && check_address (options->address, options->user, error);
    }
  if (options->live)
    return sp_cli_usage (error, _("--live is for the address of a server"));
  return TRUE;
}

/**
 * sp_cli_sync:
 * @call: the call
 * @context: gets the options
 * @argv: (array zero-terminated=1): the arguments after the subcommand's name
 * @error: see #SpCliFunc
 *
 * Exchanges what is new with a database on a server, or with another store, which is made if it is not there: a memory
 * stick is a network too.
 *
 * Returns: whether both have all that the other had, but for what was refused and named
 */
gboolean
sp_cli_sync (SpCliCall *call, GOptionContext *context, GStrv *argv, GError **error)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_STRING, &options.user, N_("who logs in; the password is that of SIGNPOST_PASSWORD"), N_("NAME") },
    { "live", 0, 0, G_OPTION_ARG_NONE, &options.live, N_("go on until it is stopped"), NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &options.authority, N_("trust the certificates that these have signed, and no others"), N_("FILE") },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!sp_cli_parse (call, context, argv, 1, 1, error) || !check_options (&options, call->rest[0], error)
      || !sp_cli_make_folder (call, error))
    return FALSE;
  return sync_store (call, &options, error);
}
