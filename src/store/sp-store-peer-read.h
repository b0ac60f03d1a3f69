/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-db.h"

G_BEGIN_DECLS

/* For sp-store-peer.c only. These are SpStoreFuncs. */
gpointer sp_store_peer_list_missing   (SpDb *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer sp_store_peer_read_documents (SpDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
