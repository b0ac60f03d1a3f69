/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is undone when a store is shared with somebody no more. */
#include "sp-sharing-leave.h"

#include "sp-clock.h"
#include "sp-docs.h"
#include "sp-history.h"
#include "sp-sync.h"

/* SpStoreFunc: no version need be kept any more for the sake of one that is not synced with */
static gpointer
forget_peer (SpDb *db, gpointer memory_id, GCancellable *cancellable, GError **error)
{
  g_autofree char *memory = sp_docs_get_local (db, memory_id, NULL, error);
  g_autofree char *peer = sp_sync_find_peer (memory);

  return peer != NULL && sp_history_forget_peer (db, peer, sp_clock_now (), error) ? memory_id : NULL;
}

/**
 * sp_sharing_leave:
 * @store: a store; what a sync of it had to write was told to it before
 * @account: whom it is shared with no more
 *
 * Forgets in the store that somebody else has it, as far as it was ever synced; that may take a moment. Who that is, the store
 * remembers itself, whether a sync runs or not.
 */
void
sp_sharing_leave (SpStore *store, const SpSharingAccount *account)
{
  g_autoptr (GUri) uri = g_uri_parse (account->address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (SpCouchClient) client = uri != NULL ? sp_couch_client_new (uri, NULL, NULL) : NULL;

  if (client != NULL)
    sp_store_write_async (store, forget_peer, sp_sync_make_memory_id (sp_couch_client_get_address (client)), g_free, NULL, NULL, NULL, NULL);
}
