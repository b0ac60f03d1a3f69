/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-peer.h"
#include "sp-store.h"

G_BEGIN_DECLS

#define SP_TYPE_STORE_PEER (sp_store_peer_get_type ())
G_DECLARE_FINAL_TYPE (SpStorePeer, sp_store_peer, SP, STORE_PEER, GObject)

SpStorePeer *sp_store_peer_new       (SpStore *store, gboolean merges);
void         sp_store_peer_set_lasts (SpStorePeer *self, gboolean lasts);

G_END_DECLS
