/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"
#include "sp-peer.h"

G_BEGIN_DECLS

/* For sp-store-peer.c only. The functions with a cancellable are SpStoreFuncs. */
gboolean sp_store_peer_count        (SpDb *db, SpPeerInfo *info, GError **error);
gpointer sp_store_peer_write_note   (SpDb *db, gpointer note, GCancellable *cancellable, GError **error);
gpointer sp_store_peer_list_refused (SpDb *db, gpointer peer, GCancellable *cancellable, GError **error);
gpointer sp_store_peer_list_not_got (SpDb *db, gpointer peer, GCancellable *cancellable, GError **error);

G_END_DECLS
