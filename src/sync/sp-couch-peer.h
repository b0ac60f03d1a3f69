/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-couch-client.h"
#include "sp-peer.h"

G_BEGIN_DECLS

#define SP_TYPE_COUCH_PEER (sp_couch_peer_get_type ())
G_DECLARE_FINAL_TYPE (SpCouchPeer, sp_couch_peer, SP, COUCH_PEER, GObject)

SpCouchPeer *sp_couch_peer_new (SpCouchClient *client);

G_END_DECLS
