/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SpSharing: whom a store is shared with, and the sync that does it. The address is a setting of the store, not of the
 * program, so that a store on a memory stick is not sent where another one belongs. The password is asked of the keyring;
 * where there is none, of a person, each time.
 *
 * SpSharing::changed says that something it tells may have changed; many changes at once are told once. */
#include "sp-sharing-private.h"

#include "sp-couch-peer.h"
#include "sp-couch-probe.h"
#include "sp-refusals.h"
#include "sp-sharing-leave.h"
#include "sp-store-peer.h"

#define SCHEMA "org.signpost.Signpost.Sharing"

G_DEFINE_FINAL_TYPE (SpSharing, sp_sharing, G_TYPE_OBJECT)

static guint changed_signal;

/* ── Telling ── */

static void
refusals_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSharing) self = data;
  GPtrArray *refusals = sp_store_call_finish (SP_STORE (source), result, NULL);

  if (refusals == NULL)
    return;
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  self->refusals = refusals;
  g_signal_emit (self, changed_signal, 0);
}

/* SpStoreFunc */
static gpointer
list_refusals (SpDb *db, gpointer peer, GCancellable *cancellable, GError **error)
{
  return sp_refusals_list (db, peer, error);
}

/**
 * sp_sharing_read_refusals:
 * @self: a sharing
 *
 * Looks anew at what was refused; #SpSharing::changed tells when that is known.
 */
void
sp_sharing_read_refusals (SpSharing *self)
{
  sp_store_read_async (self->store, list_refusals, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, refusals_cb,
                       g_object_ref (self));
}

static gboolean
tell_cb (gpointer data)
{
  SpSharing *self = data;

  self->idle = 0;
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
tell (SpSharing *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (tell_cb, self);
}

/* A server that does not tell of roles lets everybody edit whom it lets in; one that did once, and is silent now, has not
 * changed its mind. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSharing) self = data;
  g_autofree SpCouchProbe *probe = sp_couch_probe_finish (result, NULL);

  if (probe == NULL || self->client != SP_COUCH_CLIENT (source))
    return;
  if (probe->role != SP_ROLE_NONE)
    g_settings_set_string (self->settings, "role", sp_role_get_name (probe->role));
  g_clear_object (&self->client);
  tell (self);
}

/* What was refused may be known, or be no longer, whenever both sides have come to rest; and who may do what, when they
 * have for the first time. */
static void
state_cb (SpSharing *self)
{
  tell (self);
  if (sp_sync_get_state (self->sync) != SP_SYNC_SYNCED)
    return;
  sp_sharing_read_refusals (self);
  if (self->client != NULL)
    sp_couch_probe_async (self->client, self->cancellable, asked_cb, g_object_ref (self));
}

/* ── The sync ── */

static void
drop_sync (SpSharing *self)
{
  if (self->sync == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->sync, self);
  sp_sync_stop (self->sync);
  g_clear_object (&self->sync);
  g_clear_object (&self->client);
}

static void
make_sync (SpSharing *self, const char *password)
{
  g_auto (SpSharingAccount) account = { NULL };
  g_autoptr (SpCouchClient) client = NULL;
  g_autoptr (SpStorePeer) here = sp_store_peer_new (self->store, TRUE);
  g_autoptr (SpCouchPeer) there = NULL;

  drop_sync (self);
  g_clear_error (&self->problem);
  self->wants_password = FALSE;
  if (password != self->password)
    {
      g_free (self->password);
      self->password = g_strdup (password);
    }
  tell (self);
  sp_sharing_get_account (self, &account);
  client = sp_sharing_make_client (&account, self->password, &self->problem);
  if (client == NULL)
    return;
  there = sp_couch_peer_new (client);
  sp_store_peer_set_lasts (here, FALSE);
  self->sync = sp_sync_new (SP_PEER (here), SP_PEER (there), sp_couch_client_get_address (client));
  self->client = g_steal_pointer (&client);
  sp_sync_set_monitor (self->sync, g_network_monitor_get_default ());
  g_signal_connect_swapped (self->sync, "notify", G_CALLBACK (tell), self);
  g_signal_connect_swapped (self->sync, "notify::state", G_CALLBACK (state_cb), self);
  sp_sync_start (self->sync);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSharing) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *password = sp_keyring_look_up_finish (SP_KEYRING (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->sync != NULL)
    return;
  self->keeps_password = !g_error_matches (error, SP_ERROR, SP_ERROR_UNSUPPORTED);
  if (password != NULL)
    {
      make_sync (self, password);
      return;
    }
  self->wants_password = TRUE;
  tell (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SpSharing) self = data;
  g_autoptr (GError) error = NULL;

  sp_keyring_save_finish (SP_KEYRING (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->keeps_password = error == NULL;
  tell (self);
}

/* ── The object ── */

static void
sp_sharing_dispose (GObject *object)
{
  SpSharing *self = SP_SHARING (object);

  sp_sharing_close (self);
  g_clear_object (&self->settings);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (sp_sharing_parent_class)->dispose (object);
}

static void
sp_sharing_finalize (GObject *object)
{
  SpSharing *self = SP_SHARING (object);

  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_free (self->password);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (sp_sharing_parent_class)->finalize (object);
}

static void
sp_sharing_class_init (SpSharingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sp_sharing_dispose;
  G_OBJECT_CLASS (klass)->finalize = sp_sharing_finalize;

  /**
   * SpSharing::changed:
   * @self: the sharing
   *
   * Something that it tells may have changed.
   */
  changed_signal = g_signal_new ("changed", SP_TYPE_SHARING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sp_sharing_init (SpSharing *self)
{
  self->cancellable = g_cancellable_new ();
  self->keeps_password = TRUE;
}

/**
 * sp_sharing_new:
 * @store: a store, open
 * @keyring: where its server's password is kept
 *
 * Returns: (transfer full): whom the store is shared with; it does nothing yet
 */
SpSharing *
sp_sharing_new (SpStore *store, SpKeyring *keyring)
{
  SpSharing *self = g_object_new (SP_TYPE_SHARING, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sp_store_get_path (store), -1);
  g_autofree char *path = g_strdup_printf ("/org/signpost/Signpost/sharing/%.32s/", digest);

  self->store = g_object_ref (store);
  self->keyring = g_object_ref (keyring);
  self->settings = g_settings_new_with_path (SCHEMA, path);
  return self;
}

/**
 * sp_sharing_start:
 * @self: a sharing
 *
 * Begins to sync if it is set up, as soon as the keyring has given the password.
 */
void
sp_sharing_start (SpSharing *self)
{
  g_auto (SpSharingAccount) account = { NULL };

  if (!sp_sharing_is_set_up (self))
    return;
  sp_sharing_get_account (self, &account);
  if (*account.user == '\0')
    make_sync (self, NULL);
  else
    sp_keyring_look_up_async (self->keyring, account.address, account.user, self->cancellable, looked_up_cb, g_object_ref (self));
}

/**
 * sp_sharing_close:
 * @self: a sharing
 *
 * Stops for good, before the store is closed. What is set up stays so.
 */
void
sp_sharing_close (SpSharing *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  drop_sync (self);
}

static void
forget_password (SpSharing *self, const SpSharingAccount *account)
{
  if (*account->user != '\0')
    sp_keyring_save_async (self->keyring, account->address, account->user, NULL, self->cancellable, saved_cb, g_object_ref (self));
}

/* What was known of the account that another one replaces: what it may do, and its password. */
static void
forget_account (SpSharing *self, const SpSharingAccount *next)
{
  g_auto (SpSharingAccount) present = { NULL };

  sp_sharing_get_account (self, &present);
  if (g_str_equal (present.address, next->address) && g_str_equal (present.user, next->user))
    return;
  g_settings_reset (self->settings, "role");
  forget_password (self, &present);
}

/**
 * sp_sharing_connect:
 * @self: a sharing
 * @account: whom the store is to be shared with
 * @password: the account's password
 *
 * Sets it up, keeps the password where that is possible, and begins.
 */
void
sp_sharing_connect (SpSharing *self, const SpSharingAccount *account, const char *password)
{
  forget_account (self, account);
  g_settings_set_string (self->settings, "address", account->address);
  g_settings_set_string (self->settings, "user", account->user);
  g_settings_set_string (self->settings, "authority", account->authority);
  if (*account->user != '\0')
    sp_keyring_save_async (self->keyring, account->address, account->user, password, self->cancellable, saved_cb,
                           g_object_ref (self));
  make_sync (self, password);
}

/**
 * sp_sharing_disconnect:
 * @self: a sharing
 *
 * Shares the store no more. What it has stays, the password is forgotten.
 */
void
sp_sharing_disconnect (SpSharing *self)
{
  g_auto (SpSharingAccount) account = { NULL };

  sp_sharing_get_account (self, &account);
  drop_sync (self);
  sp_sharing_leave (self->store, &account);
  forget_password (self, &account);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->password, g_free);
  self->wants_password = FALSE;
  g_settings_reset (self->settings, "address");
  g_settings_reset (self->settings, "user");
  g_settings_reset (self->settings, "authority");
  g_settings_reset (self->settings, "role");
  tell (self);
}

/**
 * sp_sharing_give_password:
 * @self: a sharing that wants a password, or whose password is wrong
 * @password: what a person typed
 *
 * Goes on with that, and keeps it where that is possible.
 */
void
sp_sharing_give_password (SpSharing *self, const char *password)
{
  g_auto (SpSharingAccount) account = { NULL };

  sp_sharing_get_account (self, &account);
  sp_sharing_connect (self, &account, password);
}

/**
 * sp_sharing_sync_now:
 * @self: a sharing
 *
 * Looks for the server at once; goes on if it was paused.
 */
void
sp_sharing_sync_now (SpSharing *self)
{
  if (self->sync == NULL)
    sp_sharing_start (self);
  else if (sp_sync_get_state (self->sync) == SP_SYNC_IDLE)
    sp_sync_start (self->sync);
  else
    sp_sync_now (self->sync);
}

/**
 * sp_sharing_pause:
 * @self: a sharing
 *
 * Stops until sp_sharing_sync_now(), or until the program is started again. What has come stays, and need not come again.
 */
void
sp_sharing_pause (SpSharing *self)
{
  if (self->sync != NULL)
    sp_sync_stop (self->sync);
}
