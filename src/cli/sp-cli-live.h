/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sp-peer.h"
#include "sp-store.h"

G_BEGIN_DECLS

gboolean sp_cli_live (GMainLoop *loop, SpStore *store, SpPeer *there, const char *address, GError **error);

G_END_DECLS
